"""Issuing official documents."""

from __future__ import annotations

import datetime
import hashlib

from django.db import transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from agreements import permissions
from agreements.compilation import Compilation, compile_agreement
from agreements.history import System
from agreements.models import Agreement, Change, Mandate, Matter, Party, Record
from agreements.proposal_paper import proposal_source
from agreements.stages import Life
from tym.core.actions import store_file
from tym.core.errors import Refused
from tym.core.formats import format_day
from tym.core.pdf import PdfSource, render_pdf, style_sheet

PDF_TEMPLATE = "agreements/pdf/agreement.html"


def pdf_source(compilation: Compilation) -> PdfSource:
    """What the PDF is made from. The same source gives the same bytes."""
    return PdfSource(
        html=render_to_string(PDF_TEMPLATE, {"compilation": compilation}),
        css=(style_sheet("pdf.css"),),
        attachment_name="sopimus.json",
        attachment=compilation.json,
        attachment_mime="application/json",
        day=compilation.on,
        title=compilation.title,
        language=compilation.language,
    )


def issue_consolidated(*, agreement: Agreement, by: Mandate | System, day: datetime.date, on: datetime.date) -> Record:
    """Issue the consolidated copy (ajantasainen kooste) of a day, or give back the one already issued.

    Raises PdfFailed when the document cannot be made; nothing is stored then.
    """
    if not isinstance(by, System):
        by = permissions.require(permissions.can_view(permissions.mandates_of(by.person, agreement.pk, on), agreement))
    source = pdf_source(compile_agreement(agreement, day))
    title = _("Consolidated copy %(day)s, %(agreement)s")
    named = title % {"day": format_day(source.day), "agreement": agreement.short_title}
    return issue(agreement=agreement, kind=Record.Kind.CONSOLIDATED, source=source, title=named, by=by)


def issue_proposal(*, change: Change, life: Life, by: Mandate, on: datetime.date) -> Record:
    """Issue the proposal to change the text (muutosesitys) as a paper for the meeting, or give back the one made.

    Raises Refused for what is not such a proposal, PdfFailed when it cannot be made.
    """
    agreement = change.matter.agreement
    by = permissions.require(permissions.can_view(permissions.mandates_of(by.person, agreement.pk, on), agreement))
    if change.state == Change.State.DRAFT or change.matter.kind != Matter.Kind.AMENDMENT:
        raise Refused(_("Only a proposal to change the agreement text is made into this paper."))
    source, kind = proposal_source(change, life), Record.Kind.PROPOSAL
    return issue(agreement=agreement, kind=kind, source=source, title=source.title, by=by, matter=change.matter)


def issue(
    *,
    agreement: Agreement,
    kind: str,
    source: PdfSource,
    title: str,
    by: Mandate | System,
    matter: Matter | None = None,
    party: Party | None = None,
) -> Record:
    """The document as a record, or the one made of the same source already. Whoever calls has asked for the right.

    Raises PdfFailed. Rendering takes seconds, so it is never called in a transaction.
    """
    issued, _key = _issued(agreement, kind, source)
    return issued or keep_issued(agreement, kind, source, render_pdf(source), title, by, matter, party)


def _issued(agreement: Agreement, kind: str, source: PdfSource) -> tuple[Record | None, str]:
    """The record made of the source, and the key by which it is found.

    One whose file has been destroyed is issued anew when asked for; the next key is the fingerprint of the last.
    """
    key = source.fingerprint
    known = Record.objects.filter(agreement=agreement, kind=kind).select_related("file__destruction")
    known = known.defer("file__content")
    while (record := known.filter(source_sha256=key).first()) and record.file.destroyed:
        key = hashlib.sha256(key.encode()).hexdigest()
    return record, key


@transaction.atomic
def keep_issued(
    agreement: Agreement,
    kind: str,
    source: PdfSource,
    content: bytes,
    title: str,
    by: Mandate | System,
    matter: Matter | None,
    party: Party | None,
) -> Record:
    """What has been drawn, as a record; or the one that somebody kept meanwhile."""
    Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    issued, key = _issued(agreement, kind, source)
    return issued or Record.objects.create(
        agreement=agreement,
        matter=matter,
        party=party,
        kind=kind,
        title=title,
        on=source.day,
        file=store_file(content=content, media_type="application/pdf"),
        source_sha256=key,
        mandate=None if isinstance(by, System) else by,
    )
