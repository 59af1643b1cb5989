"""What a party's own people are reminded of on the front page. Counts of their own party, never names or others'."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import JSONObject
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Agreement, Change, Decision, Mandate, Party, Record
from agreements.permissions import PARTY_EDITORS
from registry.destruction import waiting_for
from registry.duties import duties_on, unconfirmed
from registry.findings import WARNING, Counts, Finding
from registry.models import (
    AccessRight,
    ArchiveExport,
    Destruction,
    DutyNote,
    PublicityClass,
    RightsCheck,
    RightsSetting,
)
from registry.rights import findings_of
from staffing.models import StaffingLine

Line = tuple[str, str]
COUNTED = tuple(Counts.__dataclass_fields__)


def own(agreements: Sequence[Agreement], mandates: Sequence[Mandate], day: datetime.date) -> dict[int, list[Line]]:
    """By agreement. Two queries, however many agreements; none for who is nobody's liaison or main user."""
    keys = {m.party_id for m in mandates if m.capacity in PARTY_EDITORS and m.party_id}
    if not keys:
        return {}
    known = _told(Party.objects.filter(pk__in=keys, agreement__in=agreements), mandates[0].person_id, day)
    parties: list[Any] = list(known)
    rights = _rights_of([party for party in parties if party.is_named])
    found: dict[int, list[Line]] = {}
    for party in parties:
        confirmed = {duty.key: getattr(party, f"confirmed_{place}") for place, duty in enumerate(duties_on(day))}
        findings = _findings(party, rights[party.pk], day)
        duties = _duties(party, unconfirmed(party, confirmed, day))
        lines = [*_rights(party, findings), *duties, *_archive(party), *_destruction(party)]
        if lines:
            found.setdefault(party.agreement_id, []).extend(lines)
    return found


def _told(parties: QuerySet[Party], person: int, day: datetime.date) -> QuerySet[Party]:
    """All that is asked of a party in one query: the front page asks for every agreement of the reader."""
    of_party = {"party": OuterRef("pk")}
    lines = StaffingLine.objects.in_force(day).filter(**of_party, leads_client_work=True, uses_typpi=True)
    heads = lines.order_by().values("party").annotate(heads=Sum("persons")).values("heads")
    checks = RightsCheck.objects.filter(**of_party, on__lte=day).order_by("-on", "-pk")
    last_check = checks.values(told=JSONObject(on="on", **{name: name for name in COUNTED}))[:1]
    notes = DutyNote.objects.filter(**of_party, confirms=True, on__lte=day).order_by("-on")
    confirmed = {
        f"confirmed_{place}": Subquery(notes.filter(duty=duty.key).values("on")[:1])
        for place, duty in enumerate(duties_on(day))
    }
    told = {
        "is_named": Exists(RightsSetting.objects.filter(**of_party, named=True)),
        "heads": Subquery(heads),
        "last_check": Subquery(last_check),
        "to_destroy": Subquery(waiting_for(OuterRef("agreement"), OuterRef("pk"), person).values("pk")[:1]),
    }
    return _with_news(parties.select_related("agreement"), day).annotate(**told, **confirmed)


def _rights_of(parties: Sequence[Party]) -> dict[int, list[AccessRight]]:
    found: dict[int, list[AccessRight]] = defaultdict(list)
    for right in AccessRight.objects.filter(party__in=parties):
        found[right.party_id].append(right)
    return found


def _findings(party: Any, rights: list[AccessRight], day: datetime.date) -> list[Finding]:
    ends, check = party.agreement.valid_to, party.last_check
    staff = 0 if ends and ends < day else party.heads or 0
    counts = Counts(**{name: check[name] for name in COUNTED}) if check else None
    last = datetime.date.fromisoformat(check["on"]) if check else None
    return findings_of(party, rights if party.is_named else None, counts, staff, last, day)


def _rights(party: Party, findings: Sequence[Finding]) -> Iterator[Line]:
    """What there is to check in the party's access rights, and its yearly confirmation (10 §)."""
    late = [one for one in findings if one.kind == "check_overdue"]
    count = sum(one.level == WARNING for one in findings) - len(late)
    if count:
        text = ngettext("%(count)s finding in access rights", "%(count)s findings in access rights", count)
        yield text % {"count": count}, reverse("registry:right_own", args=[party.agreement_id, party.order])
    if late:
        address = reverse("registry:right_check", args=[party.agreement_id, party.order])
        yield _("The yearly confirmation of access rights has not been made"), address


def _duties(party: Party, count: int) -> Iterator[Line]:
    if count:
        text = ngettext(
            "%(count)s duty has not been confirmed this year",
            "%(count)s duties have not been confirmed this year",
            count,
        )
        yield text % {"count": count}, reverse("registry:duty_confirm", args=[party.agreement_id, party.order])


def _archive(party: Any) -> Iterator[Line]:
    if party.has_news:
        address = reverse("registry:archive_list", args=[party.agreement_id])
        yield _("Something has come since the last archive package"), address


def _destruction(party: Any) -> Iterator[Line]:
    """A proposal to destroy documents that waits for the party's word (11 §)."""
    if party.to_destroy:
        what = _("A proposal to destroy documents waits for your party's confirmation")
        yield what, Destruction(pk=party.to_destroy, agreement_id=party.agreement_id).get_absolute_url()


def _with_news(parties: QuerySet[Party], day: datetime.date) -> QuerySet[Party]:
    """has_news: after the party's last archive package a document or a decision came, a version began, a class was set.

    The page of packages compares the whole content; this is what can be asked of many agreements at once.
    """
    last = ArchiveExport.objects.filter(party=OuterRef("pk")).order_by("-made_at", "-pk")
    drafts = Change.objects.filter(Change.UNSEEN, matter=OuterRef("matter"))
    unseen = Exists(drafts.exclude(party=OuterRef(OuterRef("pk"))))
    agreement, made = OuterRef("agreement"), OuterRef("exported_at")
    came = Record.objects.filter(agreement=agreement, issued_at__gt=made).exclude(unseen)
    decided = Decision.objects.filter(matter__agreement=agreement, recorded_at__gt=made)
    adopted = Change.objects.filter(matter__agreement=agreement, state=Change.State.ADOPTED)
    began = adopted.filter(valid_from__gt=OuterRef("exported_on"), valid_from__lte=day)
    classed = PublicityClass.objects.filter(record__agreement=agreement, made_at__gt=made)
    news = Q(Exists(came)) | Q(Exists(decided)) | Q(Exists(began)) | Q(Exists(classed))
    exported = {"exported_at": Subquery(last.values("made_at")[:1]), "exported_on": Subquery(last.values("on")[:1])}
    return parties.annotate(**exported).annotate(has_news=news)
