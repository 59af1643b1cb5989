"""Whose consent each proposal has and whose it waits for, for many proposals at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from agreements import contents, permissions
from agreements.models import Change, Consent, Party


@dataclass(frozen=True)
class Standing:
    """A party with rows of its own in a proposal. yours: the reader herself can give the yes that is missing."""

    party: Party
    given: bool
    yours: bool


Standings = list[Standing]


def with_consents(
    changes: Iterable[Change], mandates: permissions.Mandates, known: Iterable[Party] | None = None
) -> list[tuple[Change, Standings]]:
    """Each change with its standings, none for what is not proposed. Two queries more, however many changes.

    mandates: the reader's, on all the agreements of the changes. known: their parties, when the page has them.
    """
    changes = list(changes)
    asked = _asked([change for change in changes if change.state == Change.State.PROPOSED])
    concerned = Party.objects.filter(pk__in={party for _change, party in asked}) if known is None else known
    parties = {party.pk: party for party in concerned}
    return [
        (change, [_standing(change, parties[pk], asked[change.pk, pk], mandates) for pk in _of(change, asked, parties)])
        for change in changes
    ]


Asked = dict[tuple[int, int], bool]


def _asked(changes: Sequence[Change]) -> Asked:
    """By change and party with rows of its own in it, removals included: whether it has said yes. One query."""
    said_yes = Consent.objects.filter(
        matter=OuterRef("version__change__matter"),
        party=OuterRef("party"),
        sha256=OuterRef("version__change__sha256"),
        outcome=Consent.Outcome.GIVEN,
    )
    rows: list[Any] = [
        content.model._default_manager.filter(version__change__in=changes)
        .annotate(given=Exists(said_yes))
        .order_by()
        .values_list("version__change", "party", "given")
        for content in contents.all_contents()
        if hasattr(content.model, "party")
    ]
    found = rows[0].union(*rows[1:]) if rows else ()
    return {(change, party): bool(given) for change, party, given in found}


def _of(change: Change, asked: Asked, parties: dict[int, Party]) -> list[int]:
    """The parties concerned by the change, in party order."""
    return sorted((pk for change_pk, pk in asked if change_pk == change.pk), key=lambda pk: parties[pk].order)


def _standing(change: Change, party: Party, given: bool, mandates: permissions.Mandates) -> Standing:
    yours = not given and permissions.can_consent(mandates, change, party) is not None
    return Standing(party, given, yours)
