"""What each party has taken into its own archive (agreement 11 §)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from agreements.models import Mandate, Party


class ArchiveExport(models.Model):
    """An archive package that was made for a party (arkistopaketti). mandate: empty when a command made it.

    manifest_sha256: fingerprint of the package's list of fingerprints. state_sha256: of what there was to archive.
    """

    party = models.ForeignKey(Party, models.PROTECT, related_name="archive_exports")
    on = models.DateField(_("day"))
    files = models.PositiveIntegerField(_("files"))
    manifest_sha256 = models.CharField(_("fingerprint of the package"), max_length=64)
    state_sha256 = models.CharField(_("fingerprint of the content"), max_length=64)
    mandate = models.ForeignKey(Mandate, models.PROTECT, null=True, blank=True, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["party__agreement", "party__order", "-made_at", "-pk"]
        verbose_name = _("archive package")
        verbose_name_plural = _("archive packages")

    def __str__(self) -> str:
        return f"{self.party}: {self.on:%d.%m.%Y}"
