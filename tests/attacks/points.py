"""Attacks on the service points of Annex 1: the generic ones of all rows, and those of a party's own rows."""

from datetime import timedelta

from staffing.models import ServicePoint
from tests.attacks import INSERT, UPDATE, attack, insert, update
from tests.attacks.rows import adopt_by_force, approve, attacks_on, row_of
from tests.attacks.together import LATER, revocation
from tests.factories import ServicePointFactory
from tests.staffing.point_kit import point, point_draft

NAMES_STAY = ("staffing_municipality_name_stays", "agreements_municipality_name_stays")


class Points:
    """Kela's service points."""

    table = "staffing_servicepoint"
    model = ServicePoint

    @staticmethod
    def editor(cast):
        return cast.kela

    @staticmethod
    def document(cast):
        return cast.annex1

    @staticmethod
    def foreign_document(cast):
        return cast.annex2

    @staticmethod
    def draft(cast, *, new=False):
        return point_draft(cast, new=new)

    @staticmethod
    def unsaved(cast, version, **values):
        told = {"party": cast.kela.party, "municipality": cast.agreement.municipalities.first(), **values}
        return ServicePointFactory.build(version=version, **told)


attacks_on(Points)


@attack("staffing_servicepoint_own_party", INSERT)
def add_a_point_of_another_party(cast):
    return insert(Points.unsaved(cast, Points.draft(cast).versions.get(), party=cast.hva.party))


@attack("staffing_servicepoint_own_party", UPDATE)
def give_the_point_to_another_party(cast):
    return update(row_of(Points, Points.draft(cast, new=True)), party=cast.hva.party)


@attack("staffing_servicepoint_base", UPDATE, label="party", also=("staffing_servicepoint_own_party",))
def replace_a_point_of_another_party(cast):
    theirs = point(cast, cast.ta.party)
    return update(row_of(Points, Points.draft(cast)), base=theirs, key=theirs.key)


@attack("staffing_servicepoint_consented", UPDATE)
def adopt_points_without_the_partys_yes(cast):
    change = cast.propose(point_draft(cast, by=cast.kela_main_user), by=cast.kela_main_user)
    approve(cast, change)
    return adopt_by_force(change)


@attack("staffing_servicepoint_revoked_alone", UPDATE)
def revoke_points_on_which_others_build(cast):
    first = _adopted(cast, LATER)
    _adopted(cast, LATER + timedelta(days=30))
    revocation(cast, first)
    return update(first, state="revoked")


def _adopted(cast, valid_from):
    change = cast.propose(point_draft(cast), by=cast.kela)
    cast.decide(change, "approve", valid_from=valid_from)
    return cast.fresh(change)


@attack("staffing_point_municipality_name_stays", UPDATE, also=NAMES_STAY)
def rename_a_municipality_that_points_use(cast):
    return update(point(cast, cast.kela.party).municipality, name="Uusi nimi")


CONSTRAINTS = {}


def breaks(name):
    def register(prepare):
        CONSTRAINTS[name] = prepare
        return prepare

    return register


@breaks("staffing_servicepoint_once_a_version")
def point_twice(cast):
    row = row_of(Points, Points.draft(cast, new=True))
    return Points.unsaved(cast, row.version, key=row.key)


@breaks("staffing_servicepoint_removes_something")
def remove_nothing(cast):
    return Points.unsaved(cast, Points.draft(cast).versions.get(), removed=True)


@breaks("staffing_point_kind_known")
def a_fifth_kind(cast):
    return Points.unsaved(cast, Points.draft(cast).versions.get(), kind="bus")
