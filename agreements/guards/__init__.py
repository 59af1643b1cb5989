"""What the database refuses in this room. `row_guards` serves every kind of content."""

from agreements import models as m
from agreements.guards.changes import CHANGE_GUARDS, VERSION_GUARDS
from agreements.guards.lasting import LASTING_GUARDS
from agreements.guards.matters import CORRECTION_GUARDS, MATTER_GUARDS, under_matter
from agreements.guards.negotiation import NEGOTIATION_GUARDS
from agreements.guards.parties import INVITATION_GUARDS, PARTY_GUARDS
from agreements.guards.related import RELATED_GUARDS
from agreements.guards.rows import row_guards
from agreements.guards.signing import SIGNING_GUARDS
from tym.core.guards import history

__all__ = ["GUARDS", "TEXT_KINDS", "row_guards", "under_matter"]

TRACKED = (
    m.Agreement,
    m.AreaMunicipality,
    m.CaseNumber,
    m.Comment,
    m.Change,
    m.Document,
    m.Mandate,
    m.Matter,
    m.Municipality,
    m.Organisation,
    m.Party,
    m.Signatory,
    m.Version,
    m.Correction,
    m.Invitation,
    m.OrganisationName,
)
TEXT_KINDS = ("main_text", "service_description", "composition", "other")

GUARDS = [
    *CHANGE_GUARDS,
    *VERSION_GUARDS,
    *NEGOTIATION_GUARDS,
    *MATTER_GUARDS,
    *PARTY_GUARDS,
    *CORRECTION_GUARDS,
    *INVITATION_GUARDS,
    *SIGNING_GUARDS,
    *LASTING_GUARDS,
    *RELATED_GUARDS,
    *row_guards(m.Clause, TEXT_KINDS),
    *[guard for model in TRACKED for guard in history(model)],
]
