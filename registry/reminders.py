"""What a party's own people are reminded of on the front page. Counts of their own party, never names or others'."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from agreements.models import Agreement, Change, Decision, Mandate, Party, Record
from agreements.permissions import PARTY_EDITORS
from registry.duties import overdue_of
from registry.findings import WARNING
from registry.models import ArchiveExport, PublicityClass
from registry.rights import PartyRights, of_parties

Line = tuple[str, str]


def own(agreements: Sequence[Agreement], mandates: Sequence[Mandate], day: datetime.date) -> dict[int, list[Line]]:
    """By agreement. Seven queries, however many agreements; none for who is nobody's liaison or main user."""
    keys = {m.party_id for m in mandates if m.capacity in PARTY_EDITORS and m.party_id}
    if not keys:
        return {}
    parties = list(_with_news(Party.objects.filter(pk__in=keys, agreement__in=agreements), day))
    unconfirmed, found = overdue_of(parties, day), dict[int, list[Line]]()
    for row in of_parties(parties, day):
        told = [*_rights(row), *_duties(row.party, unconfirmed[row.party.pk]), *_archive(row.party)]
        if told:
            found.setdefault(row.party.agreement_id, []).extend(told)
    return found


def _rights(row: PartyRights) -> Iterator[Line]:
    """What there is to check in the party's access rights, and its yearly confirmation (10 §)."""
    party, late = row.party, [one for one in row.findings if one.kind == "check_overdue"]
    count = sum(one.level == WARNING for one in row.findings) - len(late)
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


def _archive(party: Party) -> Iterator[Line]:
    if party.has_news:  # type: ignore[attr-defined]
        yield (
            _("Something has come since the last archive package"),
            reverse("registry:archive_list", args=[party.agreement_id]),
        )


def _with_news(parties: QuerySet[Party], day: datetime.date) -> QuerySet[Party]:
    """has_news: after the party's last archive package a document or a decision came, a version began, a class was set.

    The page of packages compares the whole content; this is what can be asked of many agreements at once.
    """
    last = ArchiveExport.objects.filter(party=OuterRef("pk")).order_by("-made_at", "-pk")
    own = {"made": OuterRef("exported_at"), "agreement": OuterRef("agreement")}
    drafts = Change.objects.filter(matter=OuterRef("matter"), state=Change.State.DRAFT)
    unseen = Exists(drafts.exclude(party=OuterRef(OuterRef("pk"))))
    came = Record.objects.filter(agreement=own["agreement"], issued_at__gt=own["made"]).exclude(unseen)
    decided = Decision.objects.filter(matter__agreement=own["agreement"], recorded_at__gt=own["made"])
    began = Change.objects.filter(
        matter__agreement=own["agreement"],
        state=Change.State.ADOPTED,
        valid_from__gt=OuterRef("exported_on"),
        valid_from__lte=day,
    )
    classed = PublicityClass.objects.filter(record__agreement=own["agreement"], made_at__gt=own["made"])
    news = Q(Exists(came)) | Q(Exists(decided)) | Q(Exists(began)) | Q(Exists(classed))
    exported = {"exported_at": Subquery(last.values("made_at")[:1]), "exported_on": Subquery(last.values("on")[:1])}
    return parties.select_related("agreement").annotate(**exported).annotate(has_news=news)
