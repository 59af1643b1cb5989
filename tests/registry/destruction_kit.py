"""Documents whose time has run out, and proposals to destroy them, for a test."""

from contextlib import contextmanager
from datetime import date
from unittest.mock import patch

from agreements.actions.files import Upload, keep_for_agreement, keep_record
from registry import actions

LONG_AGO = date(2023, 5, 2)


def old(cast, who=None, *, content=b"%PDF-1.7 old", on=LONG_AGO, kind="notice"):
    """A document that came two years ago: of the party of `who`, or common."""
    upload = Upload("vanha.pdf", content, "application/pdf")
    party = who.party if who else None
    return keep_for_agreement(cast.agreement, kind, upload, by=who or cast.coordinator, on=on, party=party)


def keep_of_matter(cast, matter, who):
    upload = Upload("peruste.pdf", b"%PDF-1.7 pending", "application/pdf")
    return keep_record(matter, "notice", upload, by=who, on=LONG_AGO, party=who.party)


def due(cast, who=None, **told):
    """The same, when everybody to whom it belongs keeps such for a year."""
    for by in [who] if who else [cast.ta, cast.hva, cast.kela]:
        rule = {"kind": "notice", "years": 1, "counted_from": "document", "basis": "TOS 1.2"}
        actions.set_rule(party=by.party, by=by, on=cast.today, **rule)
    return old(cast, who, **told)


def proposed(cast, *records, by=None):
    """Proposed by Kela: its own documents, or common ones."""
    by = by or cast.kela
    records = records or [due(cast, by)]
    told = {"party": by.party, "by": by, "on": cast.today, "common": records[0].party is None}
    return actions.propose_destruction(records=[record.pk for record in records], **told)


def common(cast, **told):
    return proposed(cast, due(cast, **told))


@contextmanager
def drawing():
    """Drawing takes seconds: here the minutes are their data. Gives what has been drawn."""
    drawn = []

    def draw(source):
        drawn.append(source)
        return b"%PDF-" + source.attachment

    with patch("registry.actions.destruction.render_pdf", draw):
        yield drawn


def confirm(cast, destruction, who, **told):
    told = {"sha256": destruction.sha256, "by": who, "party": who.party, **told}
    with drawing():
        return actions.confirm_destruction(destruction=destruction, on=cast.today, **told)


def decline(cast, destruction, who, reason="Riita on kesken."):
    told = {"destruction": destruction, "party": who.party, "on": cast.today, "reason": reason}
    return actions.decline_destruction(by=who, **told)


def destroyed(cast, *records):
    """Proposed and confirmed: Kela's own by its main user, common ones by the other parties."""
    destruction = proposed(cast, *records)
    for who in [cast.kela_main_user] if destruction.party else [cast.ta, cast.hva]:
        confirm(cast, destruction, who)
    return destruction
