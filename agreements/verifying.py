"""Tells of a file whether it is one that was signed here, and unchanged. Only of agreements the reader sees."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.translation import gettext as _

from agreements.models import Change, Record, SigningRound
from agreements.outside import trusted_roots
from agreements.signatures import Seen, judge, sha256
from tym.accounts.models import User
from tym.core.formats import format_day


@dataclass(frozen=True)
class Found:
    """What is known of a file. holds: it is a signed agreement, whole and unchanged."""

    holds: bool
    sentence: str
    more: str = ""
    record: Record | None = None
    signatures: tuple[Seen, ...] = ()


def find(fingerprint: str, person: User, day: datetime.date) -> Found:
    """By SHA-256 alone: exactly the same bytes are kept here, or not."""
    records = Record.objects.visible_to(person, day).filter(file__sha256=fingerprint)
    record = records.select_related("agreement").defer("file__content").order_by("pk").first()
    return _of(record) if record else _unknown()


def _unknown() -> Found:
    return Found(
        False,
        _("This file is not known here."),
        _("It has been changed, or it is not a file of an agreement that you see."),
    )


def _of(record: Record) -> Found:
    told = {"title": record.title, "agreement": record.agreement.title}
    if record.kind == Record.Kind.SIGNED:
        signing = SigningRound.objects.select_related("change", "end").get(end__record=record)
        return Found(True, _signed_words(signing), _signers(signing), record)
    if record.kind == Record.Kind.SIGNED_ORIGINAL:
        more = _("It was signed before this service: its signatures are not verified here.")
        return Found(True, _("This is the signed original of %(agreement)s, as it was entered.") % told, more, record)
    if record.kind == Record.Kind.TO_SIGN:
        return Found(False, _("This is a file to be signed, not a signed one: %(title)s.") % told, record=record)
    more = _("It is unchanged, but not a signed agreement.")
    return Found(False, _("This is a document kept here: %(title)s.") % told, more, record)


def _signed_words(signing: SigningRound) -> str:
    number = signing.change.versions.filter(document__number=0).values_list("number", flat=True).first()
    told = {"number": number, "day": format_day(signing.valid_from), "agreement": signing.agreement.title}
    if number is None:
        return _("This is the signed text of %(agreement)s, to be in force from %(day)s. It is unchanged.") % told
    return _("This is version %(number)s of the text of %(agreement)s, in force from %(day)s. It is unchanged.") % told


def _signers(signing: SigningRound) -> str:
    places = signing.places.filter(acts__kind="signed").select_related("party").prefetch_related("acts")
    told = [f"{place.name} ({place.party.short_name})" for place in places]
    way = signing.get_way_display()
    return _("Signed by %(names)s, %(way)s.") % {"names": ", ".join(told), "way": way}


def look(content: bytes, person: User, day: datetime.date) -> Found:
    """By the file: the same bytes, or the frozen file with other signatures behind it than those taken in here."""
    found = find(sha256(content), person, day)
    if found.record:
        return found
    signing = _frozen_in(content, person, day)
    if signing is None:
        return found
    verdict = judge(content, bytes(signing.frozen.file.content), trusted_roots())
    if not verdict.accepted:
        told = {"title": signing.frozen.title, "reason": verdict.reason}
        return Found(False, _("This began as a file of this service (%(title)s). %(reason)s") % told)
    more = _("Its signatures are whole, but it is not the file that was taken in here as the signed one.")
    return Found(
        False, _("This is the text to be signed with signatures behind it."), more, signatures=verdict.signatures
    )


def _frozen_in(content: bytes, person: User, day: datetime.date) -> SigningRound | None:
    """The round whose frozen file the content begins with. Sizes first: a file is hashed once for each that fits."""
    rounds = SigningRound.objects.filter(change__in=Change.objects.visible_to(person, day))
    sizes = rounds.order_by().values_list("frozen__file__size", flat=True).distinct()
    prefixes = [sha256(content[:size]) for size in sizes if size <= len(content)]
    return rounds.filter(sha256__in=prefixes).select_related("frozen__file").order_by("-pk").first()
