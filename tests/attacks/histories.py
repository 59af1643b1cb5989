"""The same three attacks on the history of every tracked model."""

from agreements import actions
from agreements.guards import TRACKED
from steering.guards import TRACKED as TRACKED_OF_GROUP
from tests.agreements.proposal_kit import proposal
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.factories import CaseNumberFactory, CorrectionFactory, InvitationFactory, OrganisationNameFactory
from tests.steering.minutes_kit import Book


def corrected(cast):
    decision = cast.adopted_change(cast.kela).matter.decisions.get()
    return CorrectionFactory(decision=decision, made_by=cast.coordinator)


# Models of which the cast has no row.
MADE = {
    "Comment": lambda cast: actions.comment_on(change=proposal(cast), by=cast.kela, on=cast.today, body="Epäselvä."),
    "CaseNumber": lambda cast: CaseNumberFactory(),
    "Correction": corrected,
    "Invitation": lambda cast: InvitationFactory(party=cast.kela.party, invited_by=cast.kela_main_user),
    "Checker": lambda cast: Book(cast).written(),
    "Minutes": lambda cast: Book(cast).written(),
    "OrganisationName": lambda cast: OrganisationNameFactory(),
}


def latest(cast, model):
    if not model.history.exists():
        MADE[model.__name__](cast)
    return model.history.latest()


def attacks_on_history(model):
    table = model.history.model._meta.db_table

    @attack(f"{table}_append_only", UPDATE)
    def blame_somebody_else(cast):
        return update(latest(cast, model), history_user=cast.stranger.person)

    @attack(f"{table}_append_only", DELETE)
    def forget(cast):
        return delete(latest(cast, model))

    @attack(f"{table}_actor", INSERT)
    def leave_no_name(cast):
        line = latest(cast, model)
        line.pk = line.history_user = None
        return insert(line)


for tracked in (*TRACKED, *TRACKED_OF_GROUP):
    attacks_on_history(tracked)
