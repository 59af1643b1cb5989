"""The whole agreement of a day as plain objects: for the PDF (ajantasainen kooste) and for the data inside it."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements import contents, text
from agreements.models import Agreement, Clause, Document, Matter, Party, Version
from agreements.rounds import SignedChange
from agreements.state import DocumentState, documents_on
from agreements.validity import Signed, signed_of, validity_of
from tym.core.formats import format_day

Loaded = list[tuple[contents.Content, list[Any]]]


@dataclass(frozen=True)
class Annex:
    """An annex as it stands on the day; each block's template draws it, on screen and here alike."""

    number: int
    label: str
    title: str
    key: str
    version_number: int | None
    sentence: str
    blocks: list[contents.Block]


@dataclass(frozen=True)
class Compilation:
    """Everything the PDF shows. `data` is the same as plain values; `fingerprint` is its SHA-256."""

    title: str
    short_title: str
    language: str
    on: datetime.date
    validity: str
    original_note: str
    deviation: str
    parties: list[dict[str, str]]
    case_numbers: list[dict[str, str]]
    versions: list[dict[str, Any]]
    amendments: list[dict[str, Any]]
    sections: list[text.Section]
    annex_heading: str
    annexes: list[Annex]
    signatories: list[dict[str, str]]
    data: dict[str, Any]
    is_to_sign: bool = False

    @property
    def fingerprint(self) -> str:
        return contents.sha256_of(self.data)

    @property
    def json(self) -> bytes:
        return json.dumps(self.data, ensure_ascii=False, indent=1, sort_keys=True).encode()


def compile_agreement(
    agreement: Agreement, on: datetime.date, adjust: Callable[[dict[int, Loaded]], None] | None = None
) -> Compilation:
    """Gather the agreement as it stands on the day. Queries do not grow with rows. adjust: changes rows by document."""
    states = documents_on(agreement, on)
    rows = _rows(agreement, on)
    if adjust:
        adjust(rows)
    parties = list(agreement.parties.named_on(on).prefetch_related("signatories"))
    signed = signed_of([agreement], on).get(agreement.pk)
    validity = validity_of(agreement, on, signed)
    cases = _case_numbers(agreement)
    main = next(state for state in states if state.document.kind == Document.Kind.MAIN_TEXT)
    annexes = [state for state in states if state is not main]
    return Compilation(
        title=agreement.title,
        short_title=agreement.short_title,
        language="fi",
        on=on,
        validity=validity.sentence,
        original_note=_original_note(on, signed),
        deviation=validity.deviation,
        parties=[_party(party) for party in parties],
        case_numbers=cases,
        versions=[_version(state, state.version) for state in states if state.version],
        amendments=[_amendment(version, signed) for version, signed in main.signed],
        sections=text.sections(_all_rows(rows[main.document.pk])),
        annex_heading=agreement.annex_heading,
        annexes=[_annex(state, rows[state.document.pk]) for state in annexes],
        signatories=[_signatory(party, name) for party in parties for name in _names(party)],
        data=_data(agreement, on, parties, cases, states, rows),
    )


def _original_note(on: datetime.date, signed: Signed | None) -> str:
    """That this is not the signed original, and when that was signed, or that it is not here."""
    note = _("This is a consolidated copy of %(day)s, not the signed original.") % {"day": format_day(on)}
    if signed is None:
        lacking = _("The signed original has not been recorded here.")
        return f"{note} {lacking}"
    told = {"day": format_day(signed.day) if signed.day else "", "fingerprint": signed.record.file.sha256[:16]}
    return f"{note} {_signed(signed) % told}"


def _signed(signed: Signed) -> str:
    """When the original was signed, as far as the days of its signatories are known."""
    if signed.day is None:
        return _("The original has been signed, on a day that is not known (fingerprint %(fingerprint)s).")
    if not signed.whole:
        return _(
            "The last day of signing that is known is %(day)s; some days are not known (fingerprint %(fingerprint)s)."
        )
    return _("The original was signed on %(day)s (fingerprint %(fingerprint)s).")


def _rows(agreement: Agreement, on: datetime.date) -> dict[int, Loaded]:
    """Rows in force by document and kind: each kind of content is asked once for the whole agreement."""
    found: dict[int, Loaded] = {pk: [] for pk in agreement.documents.values_list("pk", flat=True)}
    for content in contents.all_contents():
        rows = content.model._default_manager.filter(version__document__agreement=agreement)
        of_document: dict[int, list[Any]] = {}
        for row in content.load(rows.in_force(on).select_related("version")):
            of_document.setdefault(row.version.document_id, []).append(row)
        for pk, loaded in of_document.items():
            found[pk].append((content, loaded))
    return found


def _all_rows(loaded: Loaded) -> list[Any]:
    return [row for _content, rows in loaded for row in rows]


def _party(party: Any) -> dict[str, str]:
    return {
        "name": party.name,
        "short_name": party.short_name,
        "role_label": party.get_role_display(),
    }


def _names(party: Party) -> list[str]:
    return [signatory.name for signatory in party.signatories.all()]


def _signatory(party: Any, name: str) -> dict[str, str]:
    return {"name": name, "party": party.name}


def _case_numbers(agreement: Agreement) -> list[dict[str, str]]:
    original = agreement.matters.filter(kind=Matter.Kind.ORIGINAL).first()
    cases = original.case_numbers.select_related("party") if original else []
    return [{"party": case.party.short_name, "number": case.number} for case in cases]


def _version(state: DocumentState, version: Version) -> dict[str, Any]:
    return {
        "title": state.document.full_title,
        "number": version.number,
        "valid_from": version.change.start,
        "decided": state.ground(version),
    }


def _amendment(version: Version, signed: SignedChange) -> dict[str, Any]:
    return {"number": version.number, "signed_on": signed.on, "how": signed.how, "sha256": signed.sha256}


def _annex(state: DocumentState, loaded: Loaded) -> Annex:
    version = state.version
    return Annex(
        number=state.document.number,
        label=str(state.document),
        title=state.document.title,
        key=f"liite-{state.document.number}",
        version_number=version.number if version else None,
        sentence=state.validity,
        blocks=[contents.Block(content.template, content.present(rows)) for content, rows in loaded],
    )


def _data(
    agreement: Agreement,
    on: datetime.date,
    parties: list[Any],
    cases: list[dict],
    states: list[DocumentState],
    rows: dict[int, Loaded],
) -> dict[str, Any]:
    return {
        "format": "tym-agreement/1",
        "title": agreement.title,
        "on": on.isoformat(),
        "valid_from": agreement.valid_from.isoformat(),
        "valid_to": agreement.valid_to.isoformat() if agreement.valid_to else None,
        "parties": [
            {
                "name": p.name,
                "short_name": p.short_name,
                "role": p.role,
                "order": p.order,
                "min_signers": p.min_signers,
                "signatories": _names(p),
            }
            for p in parties
        ],
        "case_numbers": cases,
        "documents": [_document_data(state, rows[state.document.pk]) for state in states],
    }


def _document_data(state: DocumentState, loaded: Loaded) -> dict[str, Any]:
    version = state.version
    return {
        "number": state.document.number,
        "kind": state.document.kind,
        "title": state.document.title,
        "version": version.number if version else None,
        "valid_from": version.change.start.isoformat() if version else None,
        "rows": [content.canonical(row) for content, rows in loaded for row in rows],
        **({"signed": [_signed_data(*one) for one in state.signed]} if state.signed else {}),
    }


def _signed_data(version: Version, signed: SignedChange) -> dict[str, Any]:
    return {"version": version.number, "on": signed.on.isoformat(), "way": signed.way, "sha256": signed.sha256}


def main_text(agreement: Agreement, on: datetime.date) -> list[text.Section]:
    """The agreement text in force on the day, ready to be shown. One query."""
    clauses = Clause.objects.filter(
        version__document__agreement=agreement, version__document__kind=Document.Kind.MAIN_TEXT
    )
    return text.sections(text.load(clauses.in_force(on)))
