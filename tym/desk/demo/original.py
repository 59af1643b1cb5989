"""What came before the demo's story: the signed original and the separate agreement on the youth joint service."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from agreements import actions
from agreements.actions.files import Upload
from agreements.models import Signatory, SignedOriginal
from tym.desk.demo.stage import Stage

ENTERED = date(2025, 1, 2)
ORIGINAL = Path(__file__).parent / "alkuperainen_satakunta.pdf"
# By name, since the text's order is the order of parties.
SIGNED = {
    "Jouko Hautamäki": date(2024, 12, 9),
    "Saila Hohtari": date(2024, 12, 11),
    "Heikki Heilä": date(2024, 12, 16),
    "Tommi Hallikainen": date(2024, 12, 16),
}


def load(stage: Stage) -> None:
    """Signed in December 2024 in an outside service; the file of the demo carries no signatures."""
    by = stage.agreement.mandates.get(capacity="secretary")
    signatories = Signatory.objects.filter(party__agreement=stage.agreement)
    actions.enter_signed_original(
        agreement=stage.agreement,
        by=by,
        on=ENTERED,
        upload=Upload("allekirjoitettu.pdf", ORIGINAL.read_bytes(), "application/pdf"),
        signed={signatory: SIGNED[signatory.name] for signatory in signatories},
        way=SignedOriginal.Way.OUTSIDE,
        names="\n".join(SIGNED),
    )
    actions.relate_agreement(
        agreement=stage.agreement,
        by=by,
        on=ENTERED,
        kind="youth",
        title="Ohjaamo Satakunnan sopimus",
        day=date(2024, 12, 18),
        link="https://ohjaamo.example/satakunta/sopimus",
        responsible="Emmi Yyteri, nuorten yhteispalvelun koordinaattori",
    )
