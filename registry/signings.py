"""Signing rounds as metadata of an archive: who signed what, when, how, with which certificate (14 §, act 13/2003)."""

from __future__ import annotations

from typing import Any

from agreements.models import Agreement, SigningPlace, SigningRound


def signings_of(agreement: Agreement) -> list[dict[str, Any]]:
    """Every round, the interrupted ones too. Five queries, however many there are; one when there is none."""
    rounds = SigningRound.objects.filter(change__matter__agreement=agreement)
    related = rounds.select_related("change__matter", "end__record__file", "mandate__person")
    parts = ("places__party", "places__acts__file__record__file", "files__record__file", "receipts__party")
    loaded = related.defer("end__record__file__content").prefetch_related(*parts, "receipts__mandate__person")
    return [_round(one) for one in loaded.order_by("pk")]


def _round(one: SigningRound) -> dict[str, Any]:
    end = one.ending
    return {
        "matter": one.change.matter.reference,
        "way": one.way,
        "in_set_order": one.in_set_order,
        "valid_from": one.valid_from,
        "opened_at": one.opened_at.isoformat(),
        "opened_by": str(one.mandate.person),
        "frozen_sha256": one.sha256,
        "state": one.state.value,
        "ended_on": end.on if end else None,
        "reason": end.reason if end else "",
        "signed_sha256": end.record.file.sha256 if end and end.record else None,
        "signatories": [_place(place) for place in one.places.all()],
        "files": [
            {
                "sha256": file.record.file.sha256,
                "continues_sha256": file.before_sha256,
                "taken_at": file.taken_at.isoformat(),
                "signatures": file.signatures,
            }
            for file in one.files.all()
        ],
        "copies_fetched": [
            {"party": row.party.short_name, "by": str(row.mandate.person), "at": row.at.isoformat()}
            for row in one.receipts.all()
        ],
    }


def _place(place: SigningPlace) -> dict[str, Any]:
    return {
        "place": place.pk,
        "replaces": place.replaces_id,
        "replaced_because": place.reason,
        "name": place.name,
        "office": place.title,
        "authority": place.basis,
        "party": place.party.short_name,
        "acts": [
            {
                "act": act.kind,
                "on": act.on,
                "recorded_at": act.at.isoformat(),
                "reason": act.reason,
                "file_sha256": act.file.record.file.sha256 if act.file else None,
            }
            for act in place.acts.all()
        ],
    }
