"""An agreement enters the system as it was signed."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from agreements import history, permissions
from agreements.actions.changes import open_matter
from agreements.actions.decisions import adopt
from agreements.actions.locking import lock_change
from agreements.actions.rows import RowDraft, draft_version, write_rows
from agreements.history import System
from agreements.importing import ParsedAgreement
from agreements.models import Agreement, Change, Clause, Document, Matter, Organisation, Party, Signatory
from tym.core.errors import Refused

SHORT_TITLE = 80


@transaction.atomic
def found_agreement(
    *, parsed: ParsedAgreement, by: System, short_title: str = "", valid_from: datetime.date | None = None
) -> Change:
    """Make the agreement, its parties, signatories, documents and text. Not yet in force: see adopt_original.

    Returns the change that holds the agreement as signed, a draft to which annex rows may still be added.
    valid_from is used when the text names no start day. Raises Refused when neither does.
    """
    permissions.require_system(by)
    first_day = parsed.valid_from or valid_from
    if first_day is None:
        raise Refused(_("The text does not say from which day the agreement is in force. Give the day."))
    title = parsed.title or _("Cooperation agreement")
    agreement = Agreement(
        title=title,
        short_title=(short_title or _short_title(parsed, title))[:SHORT_TITLE],
        annex_heading=parsed.annex_heading,
        valid_from=first_day,
        valid_to=parsed.valid_to,
    )
    history.save(agreement, by=by, reason="imported")
    _add_parties(agreement, parsed, by)
    matter = open_matter(
        agreement=agreement,
        kind=Matter.Kind.ORIGINAL,
        title=_("The agreement as signed"),
        by=by,
        year=first_day.year,
    )
    change = Change(matter=matter)
    history.save(change, by=by, reason="imported")
    _add_documents(agreement, parsed, change, by)
    return change


def _short_title(parsed: ParsedAgreement, title: str) -> str:
    authorities = [party.name for party in parsed.parties if party.role == Party.Role.EMPLOYMENT_AUTHORITY]
    return f"TYM {', '.join(authorities)}" if authorities else title


def _add_parties(agreement: Agreement, parsed: ParsedAgreement, by: System) -> None:
    for found in parsed.parties:
        organisation = Organisation.objects.filter(name__iexact=found.name).first()
        if organisation is None:
            organisation = Organisation(name=found.name)
            history.save(organisation, by=by, reason="imported")
        signers = [signer for signer in parsed.signatories if signer.party_order == found.order]
        party = Party(
            agreement=agreement,
            organisation=organisation,
            role=found.role,
            short_name=found.short_name[:60],
            order=found.order,
            min_signers=max(1, len(signers)),
        )
        history.save(party, by=by, reason="imported")
        for order, signer in enumerate(signers, start=1):
            history.save(Signatory(party=party, name=signer.name, order=order), by=by, reason="imported")


def _add_documents(agreement: Agreement, parsed: ParsedAgreement, change: Change, by: System) -> None:
    main = Document(agreement=agreement, kind=Document.Kind.MAIN_TEXT, number=0, title=agreement.title)
    history.save(main, by=by, reason="imported")
    for annex in parsed.annexes:
        document = Document(
            agreement=agreement, kind=annex.kind, number=annex.number, label=annex.label, title=annex.title
        )
        history.save(document, by=by, reason="imported")
    drafts = [
        RowDraft(
            key=section.key,
            values={
                "part": section.part,
                "number": section.number,
                "heading": section.heading,
                "body": section.body,
                "position": 10 * place,
            },
        )
        for place, section in enumerate(parsed.sections, start=1)
    ]
    write_rows(
        version=draft_version(change=change, document=main, by=by), replaced=Clause.objects.none(), drafts=drafts
    )


@transaction.atomic
def adopt_original(*, change: Change, by: System) -> Change:
    """Put the agreement as signed in force from its own first day."""
    permissions.require_system(by)
    change = lock_change(change)
    if change.state != Change.State.DRAFT or change.matter.kind != Matter.Kind.ORIGINAL:
        raise Refused(_("The agreement is in force already."))
    first_day: datetime.date = change.matter.agreement.valid_from
    adopt(change, valid_from=first_day, deviation="", by=by)
    return change
