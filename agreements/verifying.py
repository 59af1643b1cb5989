"""Tells of a file whether it is one that was signed here, and unchanged.

Who holds mandates is told of every file she sees. Anybody else who holds the file (a court, an archive) is told by its
fingerprint alone, and only of what is public: signed agreements and issued consolidated copies.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from agreements import openness
from agreements.models import Change, Record, SignedOriginal, SigningAct, SigningRound
from agreements.outside import trusted_roots
from agreements.rounds import how
from agreements.signatures import Seen, judge, sha256
from tym.accounts.models import User
from tym.core.formats import format_day

Reader = User | AnonymousUser


@dataclass(frozen=True)
class Found:
    """What is known of a file. holds: it is a signed agreement, whole and unchanged. record: for who may get it."""

    holds: bool
    sentence: str
    more: str = ""
    record: Record | None = None
    signatures: tuple[Seen, ...] = ()
    is_known: bool = True


def find(fingerprint: str, reader: Reader, day: datetime.date) -> Found:
    """By SHA-256 alone: exactly the same bytes are kept here, or not."""
    if isinstance(reader, User):
        seen = _with(fingerprint, Record.objects.visible_to(reader, day))
        if seen:
            return _of(seen[0])
    public = openness.public(_with(fingerprint, _told_to_anybody()), day)
    return replace(_of(public[0]), record=None) if public else _unknown(reader)


def _with(fingerprint: str, records: QuerySet[Record]) -> list[Record]:
    found = records.filter(file__sha256=fingerprint).select_related("agreement", "file__destruction")
    return list(found.defer("file__content").order_by(F("file__destruction").asc(nulls_first=True), "pk"))


def _told_to_anybody() -> QuerySet[Record]:
    """Signed agreements and issued copies that belong to all; never a draft or a file half signed."""
    kinds = Record.Kind
    signed = SigningRound.objects.filter(end__outcome="completed").values("end__record")
    of_kind = Q(kind__in=[kinds.CONSOLIDATED, kinds.SIGNED_ORIGINAL]) | Q(kind=kinds.SIGNED, pk__in=signed)
    return Record.objects.filter(of_kind, party=None)


def _unknown(reader: Reader) -> Found:
    more = _("It has been changed, or it is neither a signed agreement nor a consolidated copy issued here.")
    if reader.is_authenticated:
        more = _("It has been changed, or it is not a file of an agreement that you see.")
    return Found(False, _("This file is not known here."), more, is_known=False)


def _of(record: Record) -> Found:
    told = {"title": record.title, "agreement": record.agreement.title}
    if record.kind == Record.Kind.SIGNED:
        signing = SigningRound.objects.select_related("change", "end").get(end__record=record)
        return Found(True, _signed_words(signing), _signers(signing), record)
    if record.kind == Record.Kind.SIGNED_ORIGINAL:
        original = SignedOriginal.objects.filter(record=record).first()
        before = _("It was signed before this service.")
        proof = original.proof if original else _("Its signatures were not looked at when it was entered.")
        more = f"{before} {proof}"
        return Found(True, _("This is the signed original of %(agreement)s, as it was entered.") % told, more, record)
    if record.kind == Record.Kind.CONSOLIDATED:
        more = _("It is unchanged. It is not the signed original.")
        return Found(False, _("This is a document issued by this service: %(title)s.") % told, more, record)
    if record.kind == Record.Kind.TO_SIGN:
        return Found(False, _("This is a file to be signed, not a signed one: %(title)s.") % told, record=record)
    more = _("It is unchanged, but not a signed agreement.")
    if record.file.destroyed:
        return Found(False, _("This is a document that has been destroyed here: %(title)s.") % told, more, record)
    return Found(False, _("This is a document kept here: %(title)s.") % told, more, record)


def _signed_words(signing: SigningRound) -> str:
    number = signing.change.versions.filter(document__number=0).values_list("number", flat=True).first()
    told = {"number": number, "day": format_day(signing.valid_from), "agreement": signing.agreement.title}
    if number is None:
        return _("This is the signed text of %(agreement)s, to be in force from %(day)s. It is unchanged.") % told
    return _("This is version %(number)s of the text of %(agreement)s, in force from %(day)s. It is unchanged.") % told


def _signers(signing: SigningRound) -> str:
    signed = SigningAct.objects.filter(place__round=signing, kind=SigningAct.Kind.SIGNED)
    acts = signed.select_related("place__party").order_by("place__order")
    told = [f"{act.place.name} ({act.place.party.short_name} {format_day(act.on)})" for act in acts]
    return _("Signed by %(names)s, %(way)s.") % {"names": ", ".join(told), "way": how(signing.way)}


def look(content: bytes, reader: Reader, day: datetime.date) -> Found:
    """By the file: the same bytes, or the frozen file with other signatures behind it than those taken in here.

    For an outsider nothing but the fingerprint is compared: the file is not opened.
    """
    found = find(sha256(content), reader, day)
    if found.is_known or not isinstance(reader, User):
        return found
    signing = _frozen_in(content, reader, day)
    if signing is None:
        return found
    # It begins with the frozen file, which may have been destroyed here since.
    verdict = judge(content, content[: signing.frozen.file.size], trusted_roots())
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
    found = rounds.filter(sha256__in=prefixes).select_related("frozen__file").defer("frozen__file__content")
    return found.order_by("-pk").first()
