"""Files. They live in the database: one backup, one transaction."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoredFile(models.Model):
    """A file by its content (tiedosto): the same bytes are kept once and never change.

    A destroyed file is emptied, and its fingerprint stays. The same bytes that come anew are then a new file.
    """

    sha256 = models.CharField(max_length=64, db_index=True)
    content = models.BinaryField()
    size = models.PositiveIntegerField()
    media_type = models.CharField(max_length=100)
    stored_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("stored file")
        verbose_name_plural = _("stored files")
        constraints = [
            models.UniqueConstraint(fields=["sha256"], condition=~Q(content=b""), name="core_storedfile_once")
        ]

    def __str__(self) -> str:
        return self.sha256[:12]

    @property
    def destroyed(self) -> FileDestruction | None:
        """Costs no query after `select_related("destruction")`."""
        return getattr(self, "destruction", None)


class FileDestruction(models.Model):
    """That the bytes of a file were destroyed (hävittäminen), and the file that tells why: the minutes of it."""

    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="destruction")
    minutes = models.ForeignKey(StoredFile, models.PROTECT, verbose_name=_("file of the minutes"), related_name="+")
    on = models.DateField(_("day"))
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("destroyed file")
        verbose_name_plural = _("destroyed files")

    def __str__(self) -> str:
        return str(self.file)
