"""The yearly review of 2025 by the parties, and a dispute that was settled by negotiating (12 and 13 §)."""

from __future__ import annotations

from datetime import date

from agreements import actions
from agreements.models import DisputeEnd, ReviewOutcome, ReviewStatement
from tym.desk.demo import data
from tym.desk.demo.stage import Stage

YEAR, CONCLUDED = 2025, date(2025, 12, 18)
CHANGE, KEEP = ReviewStatement.Outcome.CHANGE, ReviewStatement.Outcome.KEEP
# What each party stated (A26): day, outcome, words.
STATED = {
    data.AUTHORITY: (
        date(2025, 12, 8),
        CHANGE,
        "Yhteisrekisterinpitoa ja KEHA-keskuksen tehtäviä koskevat säännökset ovat TYM-lain 13 §:ssä, mutta sopimus "
        "viittaa 12 §:ään. KEHA-keskuksen nimi muuttuu 1.1.2026.",
    ),
    data.COUNTY: (
        date(2025, 12, 11),
        CHANGE,
        "Käyttöoikeuksia koskeva kohta on kirjoitettu ennen lain muutosta 437/2024: kunnat ja kuntayhtymät puuttuvat.",
    ),
    data.KELA: (date(2025, 12, 15), KEEP, "Viittausten korjaaminen sopii Kelalle."),
}
OUTCOME = "Sopimus on muutoin ajan tasalla. Koordinaattori laatii viittauksista muutosesityksen."

DISPUTED, NEGOTIATED, SETTLED = date(2026, 3, 2), date(2026, 3, 10), date(2026, 3, 17)
SUBJECT = "Kuka maksaa tulkkauksen, kun asiakkaan tapaavat sosiaaliohjaaja ja palveluasiantuntija yhdessä"
NOTE = (
    "Hyvinvointialueen mukaan tulkkaus on sopimuksen 9 §:n muu yhteinen kustannus, työllisyysalueen mukaan kunkin oma "
    "meno. Todettiin, ettei johtoryhmä ole hyväksynyt kustannusta jaettavaksi."
)
AGREED = "Tapaamisen varannut sopijapuoli maksaa tulkkauksen omana menonaan. Sopimusta ei tarvitse muuttaa."


def review(stage: Stage) -> ReviewOutcome:
    """Every party stated in December; the references are to be corrected."""
    for role, (day, outcome, said) in STATED.items():
        actions.state_review(
            party=stage.parties[role], year=YEAR, by=stage.liaison(role), on=day, outcome=outcome, said=said
        )
    came = ReviewOutcome.Outcome.PROPOSAL
    return actions.conclude_review(
        agreement=stage.agreement, year=YEAR, by=stage.coordinator, on=CONCLUDED, outcome=came, said=OUTCOME
    )


def dispute(stage: Stage) -> None:
    """Opened by the county in March 2026, talked about once, agreed on a week later."""
    county = stage.liaison(data.COUNTY)
    opened = actions.open_dispute(
        party=stage.parties[data.COUNTY], by=county, on=DISPUTED, subject=SUBJECT, disputed_on=DISPUTED
    )
    actions.note_dispute(dispute=opened, by=stage.coordinator, on=NEGOTIATED, day=NEGOTIATED, body=NOTE)
    outcome = DisputeEnd.Outcome.AGREED
    actions.end_dispute(dispute=opened, by=stage.coordinator, on=SETTLED, outcome=outcome, day=SETTLED, said=AGREED)
