"""Minutes of a meeting: put to be checked, checked, signed, and what is noted afterwards (pöytäkirja)."""

from __future__ import annotations

import json
from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from agreements.history import tracked
from agreements.models import Mandate
from steering.models.meetings import Meeting
from tym.accounts.models import User
from tym.core.identity import no_identity_code


class Minutes(models.Model):
    """The minutes of one meeting. While `sha256` is empty they are being written and `content` is empty.

    content: all that the minutes say, as canonical JSON, kept when they are put to be checked; sha256 is its
    fingerprint, and what checkers and signers bind themselves to. way: how they are checked, as the group's rule
    said on the meeting day. entries: what the secretary adds. secrecy_ground: why they are secret, empty when not.
    deviation: why fewer checkers were chosen than the rule says (poikkeama); with none the group checks at its next
    meeting.
    """

    class Way(models.TextChoices):
        TWO_CHECKERS = "two_checkers", _("by two chosen members")
        NEXT_MEETING = "next_meeting", _("at the next meeting")
        AT_ONCE = "at_once", _("at once in the meeting")

    class Publicity(models.TextChoices):
        PUBLIC = "public", pgettext_lazy("publicity", "Public")  # julkinen, 621/1999 6 §
        NOT_YET = "not_yet", pgettext_lazy("publicity", "Not yet public")  # ei vielä julkinen
        SECRET = "secret", pgettext_lazy("publicity", "Secret")  # salassa pidettävä, 621/1999 24 §

    meeting = models.OneToOneField(Meeting, models.PROTECT, related_name="minutes")
    way = models.CharField(max_length=12, choices=Way)
    entries = models.TextField(_("other entries"), blank=True, validators=[no_identity_code])
    secrecy_ground = models.CharField(_("ground of secrecy"), max_length=300, blank=True, validators=[no_identity_code])
    deviation = models.TextField(_("reason for the deviation"), blank=True, validators=[no_identity_code])
    content = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)

    history = tracked()

    class Meta:
        ordering = ["meeting"]
        verbose_name = _("minutes")
        verbose_name_plural = _("minutes")
        constraints = [
            models.CheckConstraint(
                condition=Q(sha256="", content="") | (~Q(sha256="") & ~Q(content="")), name="steering_minutes_put_whole"
            ),
            models.CheckConstraint(
                condition=Q(way__in=["two_checkers", "next_meeting", "at_once"]), name="steering_minutes_way_known"
            ),
        ]

    def __str__(self) -> str:
        return str(self.meeting)

    def get_absolute_url(self) -> str:
        return reverse("steering:minutes_detail", args=[self.meeting.agreement_id, self.meeting_id])

    @property
    def told(self) -> dict[str, Any]:
        """The content that was put to be checked."""
        found: dict[str, Any] = json.loads(self.content)
        return found


class Checker(models.Model):
    """A member chosen to check the minutes (pöytäkirjantarkastaja); she was there."""

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="checkers")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")

    history = tracked()

    class Meta:
        ordering = ["meeting", "pk"]
        verbose_name = _("minute checker")
        verbose_name_plural = _("minute checkers")
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="steering_checker_once")]

    def __str__(self) -> str:
        return str(self.person)


class Bound(models.Model):
    """A person binds herself to exactly the content with the fingerprint, on the mandate of the meeting day."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="%(class)ss")
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    sha256 = models.CharField(max_length=64)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(self.person)


class MinutesCheck(Bound):
    """Minutes checked (tarkastus). group_in: the meeting in which the group checked them; else a chosen checker did.

    A check of what was re-opened stays, and does not count: its fingerprint is another.
    """

    group_in = models.ForeignKey(Meeting, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["minutes", "pk"]
        verbose_name = _("check of minutes")
        verbose_name_plural = _("checks of minutes")
        constraints = [
            models.UniqueConstraint(fields=["minutes", "person", "sha256"], name="steering_minutescheck_once")
        ]


class MinutesSignature(Bound):
    """Minutes signed (allekirjoitus) by who chaired and who was secretary on the meeting day."""

    class Office(models.TextChoices):
        CHAIR = "chair", _("chair")
        SECRETARY = "secretary", _("secretary")

    office = models.CharField(max_length=10, choices=Office)

    class Meta:
        ordering = ["minutes", "office"]
        verbose_name = _("signature of minutes")
        verbose_name_plural = _("signatures of minutes")
        constraints = [
            models.UniqueConstraint(fields=["minutes", "office"], name="steering_minutessignature_once"),
            models.CheckConstraint(
                condition=Q(office__in=["chair", "secretary"]), name="steering_minutessignature_office_known"
            ),
        ]


class MinutesNote(models.Model):
    """What has to be said of minutes after they were signed (korjausmerkintä); the minutes stay as they are."""

    minutes = models.ForeignKey(Minutes, models.PROTECT, related_name="notes")
    text = models.TextField(_("correction note"), validators=[no_identity_code])
    mandate = models.ForeignKey(Mandate, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["minutes", "pk"]
        verbose_name = _("correction note")
        verbose_name_plural = _("correction notes")
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="steering_minutesnote_says_something")]

    def __str__(self) -> str:
        return self.text[:80]
