"""Yearly reviews, the end and disputes, as tests need them."""

from agreements import actions
from agreements.models import ReviewOutcome, ReviewStatement
from tests.cast import TODAY
from tym.core.uploads import Upload

YEAR = TODAY.year


def extract():
    return Upload("ote.pdf", b"%PDF-1.7 ote", "application/pdf")


def state(cast, by, *, on=TODAY, year=YEAR, outcome="keep", said=""):
    return actions.state_review(party=by.party, year=year, by=by, on=on, outcome=outcome, said=said)


def all_stated(cast, **told):
    return [state(cast, by, **told) for by in (cast.ta, cast.hva, cast.kela)]


def concluded(cast, *, on=TODAY, year=YEAR, outcome=ReviewOutcome.Outcome.NO_CHANGE):
    all_stated(cast, on=on, year=year)
    told = {"agreement": cast.agreement, "year": year, "by": cast.coordinator, "on": on}
    return actions.conclude_review(**told, outcome=outcome)


def terminated(cast, by=None, **told):
    by = by or cast.kela
    told = {"decided_on": TODAY, "last_day": TODAY.replace(month=12, day=31), **told}
    file = told.pop("extract", extract())
    decision = {"organ": "Hallitus", "section": "7", "extract": file}
    return actions.terminate_agreement(party=told.pop("party", by.party), by=by, on=TODAY, **decision, **told)


def dispute(cast, by=None, *, on=TODAY, **told):
    by = by or cast.kela
    told = {"subject": "Tilakustannusten jako", "disputed_on": TODAY, **told}
    return actions.open_dispute(party=by.party, by=by, on=on, **told)


def noted(cast, open_dispute, by=None, body="Neuvoteltiin."):
    return actions.note_dispute(dispute=open_dispute, by=by or cast.ta, on=TODAY, day=TODAY, body=body)


def ended(cast, open_dispute, outcome="agreed"):
    told = {"day": TODAY, "said": "Jaetaan puoliksi."}
    return actions.end_dispute(dispute=open_dispute, by=cast.coordinator, on=TODAY, outcome=outcome, **told)


def statement(cast, by, **told):
    """A statement as it would be stored."""
    told = {"party": by.party, "year": YEAR, "outcome": "keep", "mandate": by, **told}
    return ReviewStatement(**told)


def fill(cast):
    """Rows of every model, more than one where there can be."""
    for year in (YEAR, YEAR + 1):
        concluded(cast, on=TODAY.replace(year=year), year=year)
    for outcome in ("agreed", "court"):
        opened = dispute(cast)
        noted(cast, opened)
        ended(cast, opened, outcome)
    terminated(cast, last_day=TODAY.replace(year=YEAR + 5))
    terminated(cast, cast.second_coordinator, party=cast.second.parties.first())
