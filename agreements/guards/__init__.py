"""What the database refuses in this room. `row_guards` serves every kind of content."""

from agreements import models as m
from agreements.guards.changes import CHANGE_GUARDS, VERSION_GUARDS
from agreements.guards.matters import MATTER_GUARDS
from agreements.guards.parties import PARTY_GUARDS
from agreements.guards.rows import row_guards
from tym.core.guards import history

__all__ = ["GUARDS", "TEXT_KINDS", "row_guards"]

TRACKED = (
    m.Agreement,
    m.AreaMunicipality,
    m.CaseNumber,
    m.Change,
    m.Document,
    m.Mandate,
    m.Matter,
    m.Municipality,
    m.Organisation,
    m.Party,
    m.Signatory,
    m.Version,
)
TEXT_KINDS = ("main_text", "service_description", "composition", "other")

GUARDS = [
    *CHANGE_GUARDS,
    *VERSION_GUARDS,
    *MATTER_GUARDS,
    *PARTY_GUARDS,
    *row_guards(m.Clause, TEXT_KINDS),
    *[guard for model in TRACKED for guard in history(model)],
]
