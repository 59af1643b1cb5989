"""The adequacy review of 2025 with its annual report, for the meeting of 11.2.2026 (domain 6.5)."""

from __future__ import annotations

from datetime import date
from typing import Any

from staffing import actions
from staffing.actions import Judged
from staffing.duties import DUTIES
from staffing.models import AdequacyReview
from tym.desk.demo import data
from tym.desk.demo.stage import Stage

YEAR, PREPARED = 2025, date(2026, 1, 26)
COUNTY_REASONS = (
    "Yksi sosiaaliohjaajan tehtävä oli täyttämättä 1.6.–15.10.2025 ilman sijaista. Kolmannella neljänneksellä "
    "asiakkaita oli toteutunutta henkilötyövuotta kohti selvästi yli johtoryhmän rajan."
)
PARTLY = {
    "4.8": "Vajeeseen ei saatu sijaista.",
    "5.3": "Toteutuneella henkilöstöllä laskettuna raja ylittyi niukasti.",
    "6.1": "Tavoite 90 % jäi saavuttamatta.",
    "6.3": "Tavoite 90 % jäi saavuttamatta.",
}


def prepare(stage: Stage) -> AdequacyReview:
    """Prepared by the coordinator in January, and put before the group with its report."""
    told: dict[str, Any] = {"by": stage.coordinator, "on": PREPARED}
    review = actions.prepare_review(agreement=stage.agreement, year=YEAR, **told)
    judged = {party: Judged("adequate") for party in stage.parties.values()}
    judged[stage.parties[data.COUNTY]] = Judged("partly", COUNTY_REASONS)
    actions.save_judgements(review=review, values=judged, **told)
    looked_at = {
        duty.code: Judged("partly" if duty.code in PARTLY else "kept", PARTLY.get(duty.code, "")) for duty in DUTIES
    }
    actions.save_duties(review=review, values=looked_at, **told)
    actions.add_remedy(
        review=review,
        what="Hyvinvointialue ottaa käyttöön sijaiskäytännön: yli kuukauden vajeeseen haetaan sijainen.",
        responsible="Kari Noormarkku",
        by_when=date(2026, 3, 31),
        **told,
    )
    return actions.submit_review(review=review, opens_report=True, **told)
