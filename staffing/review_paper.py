"""The adequacy review on paper: what the PDF is made from."""

from __future__ import annotations

import json

from django.template.loader import render_to_string
from django.utils.translation import get_language

from staffing.reviews import Shown
from tym.core.pdf import PdfSource, style_sheet


def pdf_source(shown: Shown) -> PdfSource:
    """The same review gives the same bytes."""
    review, language = shown.review, get_language() or "fi"
    told = {
        "matter": review.matter.reference,
        "sha256": review.matter.sha256,
        "year": review.year,
        "annex_2_version": review.version.number,
        "taken_on": review.taken_on.isoformat(),
        "judgements": [[row.party.short_name, row.outcome, row.reasons] for row in shown.judgements],
        "duties": [[duty.code, row.state, row.note] for duty, row in shown.duties],
        "actions": [[row.what, row.responsible, row.by_when.isoformat()] for row in shown.remedies],
        "figures": review.figures,
    }
    return PdfSource(
        html=render_to_string("staffing/pdf/review.html", {"shown": shown, "review": review, "language": language}),
        css=(style_sheet("pdf.css"),),
        attachment_name="riittavyys.json",
        attachment=json.dumps(told, ensure_ascii=False, indent=1).encode(),
        attachment_mime="application/json",
        day=review.taken_on,
        title=review.matter.title,
        language=language,
    )
