"""Minutes of destruction (hävittämispöytäkirja) as a PDF source: what, when, by whom, on what basis."""

from __future__ import annotations

import datetime
import json

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.models import Mandate
from registry.destruction import Standing
from tym.core.formats import format_day
from tym.core.pdf import PdfSource, style_sheet


def minutes_source(standing: Standing, *, last: Mandate, on: datetime.date) -> PdfSource:
    """last: who gives the last confirmation, on the day on which the documents are destroyed."""
    destruction = standing.destruction
    agreement, language = destruction.agreement, get_language() or "fi"
    title = _("Minutes of destruction %(number)s, %(day)s, %(agreement)s")
    title %= {"number": destruction.pk, "day": format_day(on), "agreement": agreement.short_title}
    confirmed = [(one.party.short_name, str(one.mandate.person), one.on) for one in standing.consents]
    confirmed.append((last.party.short_name if last.party else "", str(last.person), on))
    context = {"standing": standing, "title": title, "on": on, "confirmed": confirmed, "language": language}
    return PdfSource(
        html=render_to_string("registry/pdf/destruction.html", {**context, "agreement": agreement}),
        css=(style_sheet("pdf.css"),),
        attachment_name="havittaminen.json",
        attachment=_data(standing, confirmed, on),
        attachment_mime="application/json",
        day=on,
        title=title,
        language=language,
    )


def _data(standing: Standing, confirmed: list[tuple[str, str, datetime.date]], on: datetime.date) -> bytes:
    """The same as data, for an archive that reads no PDF."""
    destruction = standing.destruction
    told = {
        "agreement": destruction.agreement.title,
        "destroyed_on": on,
        "list_sha256": destruction.sha256,
        "proposed": {"by": str(destruction.mandate.person), "on": destruction.on},
        "confirmed": [{"party": party, "by": person, "on": day} for party, person, day in confirmed],
        "documents": [
            {
                "title": line.record.title,
                "type": line.record.kind,
                "day": line.record.on,
                "sha256": line.record.file.sha256,
                "basis": line.basis,
                "last_day": line.last_day,
            }
            for line in standing.lines
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True, default=str).encode()
