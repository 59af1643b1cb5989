"""A proposal to change the text as a paper for the meeting (muutosesitys): what, why, marked, before and after."""

from __future__ import annotations

import json
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements import contents
from agreements.models import Change
from agreements.stages import Life
from agreements.text import TEXT
from tym.core.pdf import PdfSource, style_sheet


def proposal_source(change: Change, life: Life) -> PdfSource:
    """What the PDF is made from. The same proposal gives the same bytes, whatever has happened to it since."""
    documents = contents.document_changes(change)
    title = _("Proposal to change the agreement text, matter %(matter)s") % {"matter": change.matter.reference}
    texts = [(touched.document, touched.compared()) for touched in documents if touched.content is TEXT]
    others = [(touched, touched.compared()) for touched in documents if touched.content is not TEXT]
    language = get_language() or "fi"
    told = {"title": title, "language": language, "change": change, "matter": change.matter, "life": life}
    return PdfSource(
        html=render_to_string("agreements/pdf/proposal.html", told | {"texts": texts, "others": others}),
        css=(style_sheet("pdf.css"), style_sheet("pdf-proposal.css")),
        attachment_name="muutosesitys.json",
        attachment=json.dumps(_data(change, documents), ensure_ascii=False, indent=1, sort_keys=True).encode(),
        attachment_mime="application/json",
        day=change.received_on or change.drafted_at.date(),
        title=title,
        language=language,
    )


def _data(change: Change, documents: list[contents.DocumentChange]) -> dict[str, Any]:
    return {
        "format": "tym-proposal/1",
        "sha256": change.sha256,
        "what": change.what,
        "why": change.why,
        "wanted_from": change.wanted_from.isoformat() if change.wanted_from else None,
        "received_on": change.counted_from.isoformat() if change.counted_from else None,
        "rows": [
            {
                "document": touched.document.number,
                "before": _row(touched, item.before),
                "after": _row(touched, item.after),
            }
            for touched in documents
            for item in touched.changes
        ],
    }


def _row(touched: contents.DocumentChange, row: Any) -> Any:
    return touched.content.canonical(row) if row else None
