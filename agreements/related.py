"""The agreement on the youth joint service beside this one (act 381/2023 16 § 3 mom), for pages that ask little."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from agreements.models import RelatedAgreement
from agreements.models.parties import PartyQuerySet


@dataclass(frozen=True)
class Youth:
    """The latest one in force, and where it is read."""

    title: str
    address: str


def with_youth(parties: PartyQuerySet) -> PartyQuerySet:
    """Parties with what their agreement's youth agreement is; costs no query of its own."""
    current = RelatedAgreement.objects.filter(
        agreement=OuterRef("agreement"), kind=RelatedAgreement.Kind.YOUTH, end=None, replaced_by=None
    ).order_by("-pk")
    return parties.annotate(
        youth_title=Subquery(current.values("title")[:1]),
        youth_link=Subquery(current.values("link")[:1]),
        youth_record=Subquery(current.values("record")[:1]),
    )


def youth_of(parties: Sequence[Any]) -> Youth | None:
    """From parties read by `with_youth`; none when no agreement has been recorded."""
    one = parties[0] if parties else None
    if one is None or not one.youth_title:
        return None
    address = one.youth_link or reverse("agreements:record_download", args=[one.youth_record])
    return Youth(one.youth_title, address)
