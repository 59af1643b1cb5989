"""The two proposals to the text of the demo, received in time and late (12 §, domain 6.8)."""

from __future__ import annotations

from datetime import date

from agreements import actions
from agreements.models import Change, Document
from tym.desk.demo import data
from tym.desk.demo.stage import Stage

SHARE = (
    "siinä suhteessa, kuinka paljon kummankin henkilöstöä on mukana yhteistoimintamallissa.",
    "siinä suhteessa, kuinka monta kummankin työntekijää liitteen 2 mukaan tekee asiakastyötä.",
)
PLAN = ("arkistonmuodostussuunnitelman mukaan", "tiedonohjaussuunnitelman mukaan")


def count_heads(stage: Stage) -> Change:
    """The county's, received 15.9.2025 and wanted 1.1.2026: the latest day is 1.10.2025, so it is in time.

    What counts is the day of receipt, not that of the meeting that handles it, 2.10.2025.
    """
    return _propose(
        stage,
        data.COUNTY,
        date(2025, 9, 15),
        number="9",
        said=SHARE,
        what="Muiden yhteisten kustannusten jakoperusteeksi kirjataan liitteen 2 mukainen työntekijöiden määrä.",
        why="Sopimus ei kerro, jaetaanko kustannukset henkilöiden vai henkilötyövuosien suhteessa.",
        wanted_from=date(2026, 1, 1),
    )


def rename_the_plan(stage: Stage) -> Change:
    """Kela's, received 30.11.2025 and wanted 1.2.2026: the latest day was 1.11.2025, so it is late.

    The earliest day is 1.3.2026, three months before which is 1.12.2025; 28.11.2025, before 28.2.2026, was over.
    """
    return _propose(
        stage,
        data.KELA,
        date(2025, 11, 30),
        number="11",
        said=PLAN,
        what="Arkistonmuodostussuunnitelman tilalle kirjataan tiedonohjaussuunnitelma.",
        why="Organisaatiot ovat siirtyneet tiedonohjaussuunnitelmaan.",
        wanted_from=date(2026, 2, 1),
    )


def _propose(
    stage: Stage, role: str, on: date, *, number: str, said: tuple[str, str], what: str, why: str, wanted_from: date
) -> Change:
    """One section said otherwise."""
    by, text = stage.liaison(role), stage.agreement.documents.get(kind=Document.Kind.MAIN_TEXT)
    change = actions.draft_change(document=text, by=by, on=on)
    clause = next(one for one in actions.draft_clauses(change, text) if one.number == number)
    actions.save_clause(
        change=change,
        document=text,
        by=by,
        on=on,
        number=number,
        heading=clause.heading,
        body=_said_otherwise(clause.body, *said),
        key=clause.key,
    )
    actions.save_proposal(change=change, by=by, on=on, what=what, why=why, wanted_from=wanted_from)
    return actions.propose_change(change=change, by=by, on=on)


def _said_otherwise(body: str, old: str, new: str) -> str:
    if old not in body:
        raise ValueError(old)
    return body.replace(old, new)
