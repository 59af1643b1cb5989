"""Proposals to change the text, as the tests of negotiations need them."""

from datetime import date

from agreements import actions
from agreements.models import Change, Decision
from tests.agreements import signing_world
from tests.cast import TODAY
from tym.core.uploads import Upload

# Proposed on 2.6.2025: in time from 2.9.2025.
EARLIEST, WANTED = date(2025, 9, 2), date(2025, 8, 1)


def proposal(cast, by=None, *, key="s1", body="Uusi sanamuoto.", on=TODAY, **told):
    """The employment authority proposes another text for the section."""
    by = by or cast.ta
    change = cast.draft_text(by, cast.main_text, key=key, body=body, heading="Mitä sovitaan", **told)
    return cast.fresh(actions.propose_change(change=change, by=by, on=on))


def late_proposal(cast):
    return proposal(cast, wanted_from=WANTED)


def start(cast, change):
    """The steering group starts negotiations."""
    told = {"organ": "Johtoryhmä", "decided_on": TODAY, "section": "5", "outcome": Decision.Outcome.NEGOTIATE}
    actions.decide_matter(matter=change.matter, by=cast.coordinator, on=TODAY, sha256=change.sha256, **told)
    return cast.fresh(change)


def negotiated(cast, **told):
    return start(cast, proposal(cast, **told))


def reworded(cast, change, by, *, body="Toinen sanamuoto.", key="s1"):
    """Another wording, proposed."""
    draft = actions.offer_wording(change=change, by=by, on=TODAY)
    told = {"number": "1", "heading": "Mitä sovitaan", "body": body, "key": key}
    actions.save_clause(change=draft, document=cast.main_text, by=by, on=TODAY, **told)
    return cast.propose(Change.objects.get(pk=draft.pk), by=by)


def approve(cast, change, *parties, outcome="approve"):
    """Each party's own decision, from its extract."""
    told = {"organ": "Lautakunta", "decided_on": TODAY, "section": "5", "outcome": outcome, "sha256": change.sha256}
    for party in parties or cast.agreement.parties.all():
        extract = Upload("ote.pdf", b"%PDF-1.7 ote", "application/pdf")
        actions.decide_for_party(change=change, party=party, by=cast.coordinator, on=TODAY, extract=extract, **told)
    return cast.fresh(change)


def adopt(cast, change, valid_from):
    """Signed by all for the day, then in force."""
    signing_world.completed(cast, change=change, valid_from=valid_from)
    told = {"valid_from": valid_from, "sha256": change.sha256}
    return actions.adopt_amendment(change=change, by=cast.coordinator, on=TODAY, **told)
