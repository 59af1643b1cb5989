"""Attacks on what came true: realised staff, vacancies, client counts, confirmations of Annex 2."""

from datetime import date
from decimal import Decimal

from staffing.guards import TRACKED
from staffing.models import AnnexConfirmation, ClientCount, MunicipalityCount, RealisedStaffing, Vacancy
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.attacks.histories import MADE, attacks_on_history
from tests.attacks.points import CONSTRAINTS as POINTS
from tests.cast import TODAY
from tests.factories import MunicipalityFactory
from tests.staffing.figures_kit import Q1, confirm, counts, realised, vacancy

FIRST, LAST = Q1.first, Q1.last
MARCH = {"first_day": date(2025, 3, 1), "last_day": date(2025, 3, 31)}
# constraint: what builds a row that breaks it
CONSTRAINTS = {**POINTS}


def of_kela(cast, **values):
    told = {"party": cast.kela.party, "persons": 2, "person_years": Decimal("1.20"), "confirmed_by": cast.kela}
    told |= {"first_day": FIRST, "last_day": LAST, "confirmed_on": TODAY}
    return RealisedStaffing(**{**told, **values})


def empty_post(cast, **values):
    told = {"party": cast.kela.party, "title": "neuvoja", "person_years": Decimal("1.00"), "recorded_by": cast.kela}
    return Vacancy(**{**told, "first_day": FIRST, **values})


def counted(cast, **values):
    told = {"agreement": cast.agreement, "clients": 100, "entered_by": cast.coordinator, "entered_on": TODAY}
    return ClientCount(**{**told, "first_day": FIRST, "last_day": LAST, **values})


def attacked(guard, event, row, label="", also=(), **values):
    """The row with `values` (of the cast) is inserted, or a lawful one is changed into it."""

    @attack(guard, event, label=label, also=also)
    def break_it(cast):
        told = {name: value(cast) if callable(value) else value for name, value in values.items()}
        if event == INSERT:
            return insert(row(cast, **told))
        return update(made(cast, row), **{"revision": 2, **told})


def made(cast, row):
    return {of_kela: realised, empty_post: vacancy, counted: counts}[row](cast)


def not_of_the_calendar(guard, row):
    for label, first, last in (
        ("half a month", date(2025, 1, 1), date(2025, 1, 15)),
        ("two months", date(2025, 1, 1), date(2025, 2, 28)),
        ("crooked quarter", date(2025, 2, 1), date(2025, 4, 30)),
        ("two years", date(2024, 1, 1), date(2025, 3, 31)),
        ("late start", date(2025, 1, 2), date(2025, 3, 31)),
    ):
        attacked(guard, INSERT, row, label, first_day=first, last_day=last)
    before = (guard.replace("calendar_period", "of_agreement"),)
    leap = {"first_day": date(2024, 2, 1), "last_day": date(2024, 2, 28)}
    attacked(guard, INSERT, row, "short leap February", before, **leap)


for _name, _row in (("staffing_realisedstaffing", of_kela), ("staffing_clientcount", counted)):
    not_of_the_calendar(f"{_name}_calendar_period", _row)


@attack("staffing_realisedstaffing_calendar_period", UPDATE, also=("staffing_realisedstaffing_same",))
def stretch_a_quarter(cast):
    return update(realised(cast), last_day=date(2025, 4, 30), revision=2)


@attack("staffing_clientcount_calendar_period", UPDATE, also=("staffing_clientcount_same",))
def stretch_a_count(cast):
    return update(counts(cast), last_day=date(2025, 4, 30), revision=2)


@attack("staffing_realisedstaffing_no_overlap", INSERT)
def tell_a_month_of_a_quarter_told(cast):
    realised(cast)
    return insert(of_kela(cast, **MARCH))


@attack("staffing_clientcount_no_overlap", INSERT)
def count_a_month_of_a_quarter_counted(cast):
    counts(cast)
    return insert(counted(cast, **MARCH))


def before_the_agreement(guard, row):
    @attack(guard, INSERT)
    def tell_of_a_time_before(cast):
        return insert(row(cast, first_day=date(2024, 10, 1), last_day=date(2024, 12, 31)))


before_the_agreement("staffing_realisedstaffing_of_agreement", of_kela)
before_the_agreement("staffing_clientcount_of_agreement", counted)

for _guard, _row, _by in (
    ("staffing_realisedstaffing_own_party", of_kela, "confirmed_by"),
    ("staffing_vacancy_own_party", empty_post, "recorded_by"),
):
    for _event in (INSERT, UPDATE):
        attacked(_guard, _event, _row, "another party", **{_by: lambda cast: cast.hva})
        attacked(_guard, _event, _row, "no office", **{_by: lambda cast: cast.kela_seat})

for _event in (INSERT, UPDATE):
    attacked("staffing_clientcount_by_preparer", _event, counted, "a party", entered_by=lambda cast: cast.kela)
    attacked(
        "staffing_clientcount_by_preparer",
        _event,
        counted,
        "elsewhere",
        entered_by=lambda cast: cast.second_coordinator,
    )

for _table, _row in (("realisedstaffing", of_kela), ("vacancy", empty_post), ("clientcount", counted)):

    @attack(f"staffing_{_table}_kept", DELETE)
    def remove_a_figure(cast, row=_row):
        return delete(made(cast, row))

    @attack(f"staffing_{_table}_revision", UPDATE)
    def overwrite_with_an_older_one(cast, row=_row):
        return update(made(cast, row), revision=1)


attacked(
    "staffing_realisedstaffing_same", UPDATE, of_kela, "time", first_day=date(2025, 4, 1), last_day=date(2025, 4, 30)
)
attacked("staffing_clientcount_same", UPDATE, counted, "time", first_day=date(2025, 4, 1), last_day=date(2025, 4, 30))


@attack("staffing_vacancy_same", UPDATE)
def give_a_vacancy_to_another_party(cast):
    return update(vacancy(cast), party=cast.hva.party, recorded_by=cast.hva, revision=2)


def place(cast, **values):
    told = {"count": counts(cast), "municipality": cast.agreement.municipalities.first(), "clients": 5}
    return MunicipalityCount(**{**told, **values})


@attack("staffing_municipalitycount_of_area", INSERT)
def count_where_the_agreement_does_not_reach(cast):
    return insert(place(cast, municipality=MunicipalityFactory()))


@attack("staffing_municipalitycount_of_area", UPDATE, also=("staffing_municipalitycount_same",))
def move_a_count_out_of_the_area(cast):
    return update(stored_place(cast), municipality=MunicipalityFactory())


@attack("staffing_municipalitycount_same", UPDATE)
def move_a_count(cast):
    return update(stored_place(cast), municipality=cast.agreement.municipalities.get(name="Ulvila"))


@attack("staffing_municipalitycount_kept", DELETE)
def remove_a_municipality(cast):
    return delete(stored_place(cast))


def stored_place(cast):
    pori = cast.agreement.municipalities.get(name="Pori")
    return counts(cast, municipalities={pori: 40}).municipalities.get()


@attack("staffing_annexconfirmation_own_party", INSERT)
def confirm_the_rows_of_another_party(cast):
    return insert(confirmation(cast, mandate=cast.hva))


@attack("staffing_annexconfirmation_of_annex", INSERT, label="another annex")
def confirm_another_annex(cast):
    return insert(confirmation(cast, version=cast.annex1.versions.get()))


@attack("staffing_annexconfirmation_of_annex", INSERT, label="not in force")
def confirm_what_is_not_in_force(cast):
    return insert(confirmation(cast, day=date(2024, 12, 31)))


@attack("staffing_annexconfirmation_of_annex", INSERT, label="draft")
def confirm_a_draft(cast):
    return insert(confirmation(cast, version=cast.draft(cast.kela).versions.get()))


@attack("staffing_annexconfirmation_append_only", UPDATE)
def date_a_confirmation_back(cast):
    return update(confirm(cast), day=date(2025, 4, 1))


@attack("staffing_annexconfirmation_append_only", DELETE)
def take_a_confirmation_back(cast):
    return delete(confirm(cast))


def confirmation(cast, **values):
    told = {"party": cast.kela.party, "version": cast.annex2.versions.get(number=1), "day": TODAY}
    return AnnexConfirmation(**{**told, "mandate": cast.kela, **values})


MADE |= {
    "RealisedStaffing": lambda cast: realised(cast),
    "Vacancy": lambda cast: vacancy(cast),
    "ClientCount": stored_place,
    "MunicipalityCount": stored_place,
}
for tracked in TRACKED:
    attacks_on_history(tracked)


def broken(name, row, made_first=None, **values):
    def build(cast):
        if made_first:
            made_first(cast)
        return row(cast, **{key: value(cast) if callable(value) else value for key, value in values.items()})

    CONSTRAINTS[name] = build


broken("staffing_realised_once", of_kela, realised)
broken("staffing_realised_years_not_negative", of_kela, person_years=Decimal("-0.01"))
broken("staffing_realised_within_persons", of_kela, persons=1, person_years=Decimal("1.01"))
broken("staffing_realised_not_of_future", of_kela, confirmed_on=date(2025, 3, 30))
broken("staffing_vacancy_of_something", empty_post, person_years=Decimal(0))
broken("staffing_vacancy_in_order", empty_post, last_day=date(2024, 12, 31))
broken("staffing_vacancy_substitute_whole", empty_post, substitute_from=FIRST)
broken(
    "staffing_vacancy_substitute_within",
    empty_post,
    last_day=LAST,
    substitute_person_years=Decimal("0.50"),
    substitute_from=date(2025, 4, 1),
)
broken("staffing_confirmation_once_a_day", lambda cast: confirmation(cast), lambda cast: confirm(cast))
broken("staffing_count_once", counted, counts)
broken("staffing_count_not_of_future", counted, entered_on=date(2025, 3, 30))
broken("staffing_count_plans_in_time_within", counted, plans_in_time=2, plans_due=1)
broken("staffing_count_reviews_in_time_within", counted, reviews_in_time=2)
broken("staffing_count_face_to_face_within", counted, face_to_face=2, assessments=1)
broken("staffing_count_phases_within", counted, in_assessment=60, in_plan=41)


def count_a_municipality_twice(cast):
    first = stored_place(cast)
    return MunicipalityCount(count=first.count, municipality=first.municipality, clients=1)


CONSTRAINTS["staffing_count_municipality_once"] = count_a_municipality_twice
