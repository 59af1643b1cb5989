"""The registry for a test."""

from datetime import date

from registry import actions
from registry.copies import missing
from registry.models import AccessRight
from tests.factories import RecordFactory
from tests.registry import destruction_kit as destruction
from tym.core.actions import store_file

APPLIED, TRAINED, GRANTED = date(2025, 3, 3), date(2025, 3, 10), date(2025, 3, 12)


def choose(cast, who=None, *, named):
    who = who or cast.kela
    return actions.choose_way(party=who.party, by=who, on=cast.today, named=named)


def by_name(cast, who=None):
    return choose(cast, who, named=True)


def right(cast, who=None, *, person="Ulla Kaarina", **told):
    """An open right on the party's list, by name."""
    who = who or cast.kela
    by_name(cast, who)
    days = {"applied_on": APPLIED, "trained_on": TRAINED, "granted_on": GRANTED}
    told = {"person": person, "employer": who.party.short_name, **days, **told}
    return actions.enter_right(party=who.party, by=who, on=cast.today, **told)


def check(cast, who=None, **counts):
    who = who or cast.ta
    told = {"granted": 6, "outside": 0, "applied": 0, "untrained": 0, "left": 0, **counts}
    return actions.confirm_counts(party=who.party, by=who, on=cast.today, **told)


def sweep(cast, who=None, needed=None, **told):
    who = who or cast.kela
    seen = [right.pk for right in AccessRight.objects.filter(party=who.party) if right.is_open(cast.today)]
    told = {"seen": seen, "needed": seen if needed is None else needed, **told}
    return actions.check_rights(party=who.party, by=who, on=cast.today, **told)


def revise(cast, right, who=None, **differing):
    told = {"revision": right.revision, **differing}
    return actions.revise_right(right=right, by=who or cast.kela, on=cast.today, **told)


def rule(cast, who=None, **told):
    who = who or cast.kela
    told = {"kind": "notice", "years": 5, "counted_from": "document", "basis": "TOS 1.2", **told}
    return actions.set_rule(party=who.party, by=who, on=cast.today, **told)


def classify(cast, record, who=None, **told):
    told = {
        "state": "secret",
        "ground": "621/1999 24 § 1 mom 7 k",
        "part": "koko asiakirja",
        "reason": "Turva.",
        **told,
    }
    return actions.set_publicity(record=record, by=who or cast.kela, on=cast.today, **told)


def copies(cast, day=None):
    """The consolidated copies that an archive package needs, kept without drawing them, which would take seconds."""
    for start in missing(cast.agreement, day or cast.today):
        content = b"%PDF-1.7 " + start.isoformat().encode()
        RecordFactory(
            agreement=cast.agreement, on=start, file=store_file(content=content, media_type="application/pdf")
        )


def fill(cast):
    """At least two rows of every model, for the administration."""
    copies(cast)
    for who in (cast.kela, cast.hva):
        classify(cast, RecordFactory(agreement=cast.agreement, party=who.party), who)
        right(cast, who)
        sweep(cast, who)
        actions.confirm_duties(party=who.party, by=who, on=cast.today, duties=["10-3"])
        actions.export_archive(party=who.party, by=who, on=cast.today)
        rule(cast, who)
    for content in (b"%PDF-1.7 first", b"%PDF-1.7 second"):
        destruction.destroyed(cast, destruction.due(cast, cast.kela, content=content))
