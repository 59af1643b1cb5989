"""Whether an agreement is in force on a day and on what signatures it rests, told honestly (12 and 14 §, A15).

The first day of force is what the text says, the day of signing what the signed original shows: they are kept apart.
"In force" needs both; a text whose original has not been recorded here is in force "by its text".
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import F, OuterRef, Subquery
from django.utils.translation import gettext as _

from agreements.models import Agreement, Change, Correction, Record, SigningAct, SigningEnd
from tym.core.formats import format_day, parse_day

SIGNATORY = "agreement__parties__signatories"


@dataclass(frozen=True)
class Signed:
    """The file that shows the signing. day: the last signature whose day is known. whole: every day is known.

    first_day: from when what was signed is in force. in_round: it was signed in a round of this service.
    """

    record: Record
    day: datetime.date | None
    whole: bool
    first_day: datetime.date
    in_round: bool = False

    @property
    def sentence(self) -> str:
        if self.day is None:
            return _("It has been signed, on a day that is not known.")
        told = {"day": format_day(self.day)}
        if not self.whole:
            return _("The last signature whose day is known is of %(day)s; some days are not known.") % told
        return _("It was signed on %(day)s.") % told

    @property
    def deviation(self) -> str:
        """A note when it was signed after it had come into force; empty otherwise."""
        if self.day is None or self.day <= self.first_day:
            return ""
        told = {"day": format_day(self.day), "first": format_day(self.first_day)}
        late = _(
            "The last signature, on %(day)s, is later than the first day of force, %(first)s. The first day is what "
            "the text says; the day of signing is kept apart from it (agreement 14 §, reading A15)."
        )
        return late % told


@dataclass(frozen=True)
class Validity:
    """sentence: in force or not. signing: when it was signed, or that no original is here. deviation: signed late."""

    sentence: str
    signing: str
    deviation: str
    signed: Signed | None


def signed_of(agreements: Sequence[Agreement], day: datetime.date) -> dict[int, Signed]:
    """What shows the signing of each agreement on the day. One query, however many agreements."""
    return signed_by(signed_files(agreements), day)


def signed_by(files: Sequence[Any], day: datetime.date) -> dict[int, Signed]:
    """Of the files read by `signed_files`: an agreement's latest original, else its latest round in force."""
    found: dict[int, Signed] = {}
    for record, days in _with_days(files):
        first_day, earlier = record.agreement.valid_from, found.get(record.agreement_id)
        if record.kind == Record.Kind.SIGNED_ORIGINAL and (earlier is None or earlier.in_round):
            known = days or [record.on]
            latest = max((one for one in known if one), default=None)
            found[record.agreement_id] = Signed(record, latest, all(known), first_day)
        elif record.starts and record.starts <= day and earlier is None:
            found[record.agreement_id] = Signed(record, record.last_signed, True, record.starts, in_round=True)
    return found


def signed_files(agreements: Sequence[Agreement]) -> list[Any]:
    """Signed files, the latest first, each as many times as its agreement has signatories, with the day of one.

    becomes: that day corrected. Of a round's file also the day of its last signature, which may be brought here
    later, and the first day of its text, when that is in force. One query.
    """
    ends = SigningEnd.objects.filter(record=OuterRef("pk"), round__change__state=Change.State.ADOPTED)
    acts = SigningAct.objects.filter(place__round__end__record=OuterRef("pk"), kind=SigningAct.Kind.SIGNED)
    confirmed = Correction.objects.filter(signatory=OuterRef(SIGNATORY), confirmed_at__isnull=False)
    told = Record.objects.filter(
        agreement__in=agreements, kind__in=(Record.Kind.SIGNED_ORIGINAL, Record.Kind.SIGNED)
    ).annotate(
        last_signed=Subquery(acts.order_by("-on").values("on")[:1]),
        starts=Subquery(ends.values("round__valid_from")[:1]),
        signatory=F(SIGNATORY),
        signed_on=F(f"{SIGNATORY}__signed_on"),
        becomes=Subquery(confirmed.order_by("-made_at", "-pk").values("becomes")[:1]),
    )
    return list(told.select_related("agreement", "file", "original").defer("file__content"))


def _with_days(files: Sequence[Any]) -> list[tuple[Any, list[datetime.date | None]]]:
    """Each file once, with the days of all signatories of its agreement, corrected."""
    found: dict[int, tuple[Any, list[datetime.date | None]]] = {}
    for file in files:
        _file, days = found.setdefault(file.pk, (file, []))
        if file.signatory:
            days.append(parse_day(file.becomes) if file.becomes else file.signed_on)
    return list(found.values())


def validity_of(agreement: Agreement, day: datetime.date, signed: Signed | None) -> Validity:
    """How the agreement stands on the day (agreement 12 §)."""
    sentence = _sentence(agreement, day) if signed else _by_text(agreement, day)
    if signed is None:
        return Validity(sentence, _("The signed original has not been recorded here."), "", None)
    return Validity(sentence, signed.sentence, signed.deviation, signed)


def _sentence(agreement: Agreement, day: datetime.date) -> str:
    told = _days_told(agreement, day)
    if day < agreement.valid_from:
        return _("The agreement is not in force on %(on)s. It comes into force on %(first)s.") % told
    if agreement.valid_to is None:
        return _("The agreement is in force from %(first)s until further notice.") % told
    if day > agreement.valid_to:
        return _("The agreement is not in force on %(on)s. It was in force from %(first)s to %(last)s.") % told
    return _("The agreement is in force from %(first)s to %(last)s.") % told


def _by_text(agreement: Agreement, day: datetime.date) -> str:
    """The same when nothing here shows that it has been signed."""
    told = _days_told(agreement, day)
    if day < agreement.valid_from:
        return _("The agreement is not in force on %(on)s. By its text it comes into force on %(first)s.") % told
    if agreement.valid_to is None:
        return _("By its text the agreement is in force from %(first)s until further notice.") % told
    if day > agreement.valid_to:
        return _("By its text the agreement was in force from %(first)s to %(last)s, and is not on %(on)s.") % told
    return _("By its text the agreement is in force from %(first)s to %(last)s.") % told


def _days_told(agreement: Agreement, day: datetime.date) -> dict[str, str]:
    last = format_day(agreement.valid_to) if agreement.valid_to else ""
    return {"on": format_day(day), "first": format_day(agreement.valid_from), "last": last}
