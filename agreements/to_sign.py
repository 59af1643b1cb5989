"""The agreement as the parties sign it: as it will be from a day on, with the change in it, and who signs (14 §)."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from agreements import contents
from agreements.compilation import Compilation, Loaded, compile_agreement
from agreements.models import Change, Document, Party, Version
from tym.core.formats import format_day


@dataclass(frozen=True)
class Signer:
    """Who is to sign, as printed in the file."""

    party: int
    name: str
    title: str = ""
    basis: str = ""


def compile_to_sign(change: Change, valid_from: datetime.date, signers: Sequence[Signer]) -> Compilation:
    """Gather what is to be signed. Queries do not grow with rows."""
    touched = contents.document_changes(change)
    agreement = change.matter.agreement
    as_it_stands = compile_agreement(agreement, valid_from, lambda rows: _apply(touched, rows))
    names = {party.pk: party.name for party in agreement.parties.named_on(valid_from)}
    told = [{**asdict(signer), "party": names[signer.party]} for signer in signers]
    note = _("This is the text to be signed. It comes into force on %(day)s when every party has signed it.")
    documents = {one.document.pk: one.document for one in touched}.values()
    return replace(
        as_it_stands,
        is_to_sign=True,
        original_note=note % {"day": format_day(valid_from)},
        deviation="",
        versions=_versions(as_it_stands.versions, list(documents), valid_from),
        signatories=told,
        data={**as_it_stands.data, "change": change.sha256, "to_sign": told},
    )


def _apply(touched: Sequence[contents.DocumentChange], rows: dict[int, Loaded]) -> None:
    """Put the rows of the change where it has them, in the place of what it replaces."""
    for one in touched:
        loaded = rows[one.document.pk]
        place = next((at for at, (content, _rows) in enumerate(loaded) if content is one.content), None)
        standing = loaded[place][1] if place is not None else []
        gone = {item.before.pk for item in one.changes if item.before}
        kept = [row for row in standing if row.pk not in gone]
        result = (one.content, list(contents.in_order(kept + [item.after for item in one.changes if item.after])))
        if place is None:
            loaded.append(result)
        else:
            loaded[place] = result


def _versions(
    versions: list[dict[str, Any]], changed: Sequence[Document], valid_from: datetime.date
) -> list[dict[str, Any]]:
    """The list of versions, with the new one of each document that the change touches."""
    numbers = dict(
        Version.objects.filter(document__in=changed).values_list("document").annotate(last=Max("number")).order_by()
    )
    titles = {document.full_title for document in changed}
    new = [
        {
            "title": document.full_title,
            "number": (numbers.get(document.pk) or 0) + 1,
            "valid_from": valid_from,
            "decided": _("The parties sign it (agreement 12 and 14 §)."),
        }
        for document in changed
    ]
    return sorted([one for one in versions if one["title"] not in titles] + new, key=lambda one: str(one["title"]))


def signers_of(parties: Sequence[Party]) -> list[Signer]:
    """The signatories as the agreement names them, to start from."""
    return [Signer(party.pk, signatory.name) for party in parties for signatory in party.signatories.all()]
