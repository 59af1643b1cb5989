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


def related(cast, by=None, **told):
    """The agreement on the youth joint service, by a link unless a file is given."""
    told = {"kind": "youth", "title": "Ohjaamon sopimus", "day": TODAY, **told}
    if "upload" not in told:
        told.setdefault("link", "https://ohjaamo.example/sopimus")
    return actions.relate_agreement(agreement=cast.agreement, by=by or cast.coordinator, on=TODAY, **told)


def related_ended(cast, one, by=None):
    return actions.end_related(related=one, by=by or cast.coordinator, on=TODAY, day=TODAY, reason="Päättyi.")


def related_by_file(cast, **told):
    return related(cast, upload=extract(), **told)


def original(cast, **told):
    """The signed original, with no day known."""
    told = {"upload": extract(), "signed": {}, **told}
    return actions.enter_signed_original(agreement=cast.agreement, by=cast.coordinator, on=TODAY, **told).original


def due_proposed(cast, due="30.11.", **told):
    told = {"by": cast.coordinator, "on": TODAY, "valid_from": TODAY, **told}
    return actions.propose_review_due(agreement=cast.agreement, due=due, **told)


def due_decided(cast, due="30.11."):
    matter = due_proposed(cast, due)
    told = {"organ": "Johtoryhmä", "decided_on": TODAY, "section": "9", "outcome": "approve", "sha256": matter.sha256}
    actions.decide_matter(matter=matter, by=cast.coordinator, on=TODAY, **told)
    return matter


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
    for _time in range(2):
        original(cast)
        related_ended(cast, related(cast))
    terminated(cast, last_day=TODAY.replace(year=YEAR + 5))
    terminated(cast, cast.second_coordinator, party=cast.second.parties.first())
