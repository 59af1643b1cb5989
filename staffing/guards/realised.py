"""Rules of what came true: realised staff, vacancies, counts, confirmations (agreement 4-6 §)."""

from django.db import models

from agreements.permissions import PARTY_EDITORS, PREPARERS
from staffing import models as m
from staffing.periods import Period
from tym.core.guards import DELETE, INSERT, UPDATE, Guard, append_only

REALISED, VACANCY, COUNT = "staffing_realisedstaffing", "staffing_vacancy", "staffing_clientcount"
PLACE, CONFIRMATION = "staffing_municipalitycount", "staffing_annexconfirmation"


def _listed(capacities: tuple) -> str:
    return ", ".join(f"'{capacity.value}'" for capacity in capacities)


def _day(column: str, start: int, length: int) -> str:
    # Dates as text are the same on both engines; their arithmetic is not.
    return f"SUBSTR(CAST(NEW.{column} AS VARCHAR(10)), {start}, {length})"


def _calendar_period() -> str:
    """True for a calendar month or quarter of one year."""
    periods = [Period.month(2025, number) for number in range(1, 13)]
    periods += [Period.quarter(2025, number) for number in (1, 2, 3, 4)]
    pairs = ", ".join(f"'{p.first:%m-%d} {p.last:%m-%d}'" for p in periods)
    year = f"CAST({_day('first_day', 1, 4)} AS INTEGER)"
    leap = f"({year} % 4 = 0 AND ({year} % 100 <> 0 OR {year} % 400 = 0))"
    told = f"({_day('first_day', 6, 5)} || ' ' || {_day('last_day', 6, 5)})"
    same_year = f"{_day('first_day', 1, 4)} = {_day('last_day', 1, 4)}"
    february = f"CASE WHEN {leap} THEN '02-01 02-29' ELSE '02-01 02-28' END"
    ordinary = pairs.replace("'02-01 02-28', ", "")
    return f"({same_year} AND ({told} IN ({ordinary}) OR {told} = {february}))"


def _of_period(model: type[models.Model], owner: str) -> list[Guard]:
    """A figure is of one calendar period, which no other figure of the same owner overlaps."""
    table = model._meta.db_table
    return [
        Guard(
            f"{table}_calendar_period",
            table,
            (INSERT, UPDATE),
            f"NOT {_calendar_period()}",
            "a figure is of a calendar month or quarter",
        ),
        Guard(
            f"{table}_no_overlap",
            table,
            (INSERT,),
            f"EXISTS (SELECT 1 FROM {table} o WHERE o.{owner} = NEW.{owner} AND o.id <> NEW.id "
            "AND o.first_day <= NEW.last_day AND o.last_day >= NEW.first_day "
            "AND NOT (o.first_day = NEW.first_day AND o.last_day = NEW.last_day))",
            "the time has figures already, by month or by quarter",
        ),
        _same(table, owner, "first_day", "last_day"),
        *_kept(table),
    ]


def _same(table: str, *columns: str) -> Guard:
    differs = " OR ".join(f"NEW.{column} <> OLD.{column}" for column in columns)
    return Guard(f"{table}_same", table, (UPDATE,), differs, "what a figure is about does not change")


def _kept(table: str) -> list[Guard]:
    return [
        Guard(f"{table}_kept", table, (DELETE,), "TRUE", "figures are corrected, never removed"),
        Guard(
            f"{table}_revision",
            table,
            (UPDATE,),
            "NEW.revision <> OLD.revision + 1",
            "an older figure cannot overwrite a newer one",
        ),
    ]


def _of_agreement(table: str, agreement: str) -> Guard:
    return Guard(
        f"{table}_of_agreement",
        table,
        (INSERT,),
        f"NEW.last_day < (SELECT a.valid_from FROM agreements_agreement a WHERE a.id = {agreement})",
        "nothing came true before the agreement",
    )


def _by_own_party(table: str, column: str) -> Guard:
    return Guard(
        f"{table}_own_party",
        table,
        (INSERT, UPDATE) if table != CONFIRMATION else (INSERT,),
        f"NOT EXISTS (SELECT 1 FROM agreements_mandate d WHERE d.id = NEW.{column} AND d.party_id = NEW.party_id "
        f"AND d.capacity IN ({_listed(PARTY_EDITORS)}))",
        "a party's own people tell its figures (agreement 5 §)",
    )


REALISED_GUARDS = [
    *_of_period(m.RealisedStaffing, "party_id"),
    _by_own_party(REALISED, "confirmed_by_id"),
    _of_agreement(REALISED, "(SELECT p.agreement_id FROM agreements_party p WHERE p.id = NEW.party_id)"),
    _by_own_party(VACANCY, "recorded_by_id"),
    _same(VACANCY, "party_id"),
    *_kept(VACANCY),
    *_of_period(m.ClientCount, "agreement_id"),
    _of_agreement(COUNT, "NEW.agreement_id"),
    Guard(
        f"{COUNT}_by_preparer",
        COUNT,
        (INSERT, UPDATE),
        "NOT EXISTS (SELECT 1 FROM agreements_mandate d WHERE d.id = NEW.entered_by_id "
        f"AND d.agreement_id = NEW.agreement_id AND d.capacity IN ({_listed(PREPARERS)}))",
        "common counts are entered by the coordinator, the stand-in or the secretary (agreement 7 §)",
    ),
    Guard(
        f"{PLACE}_of_area",
        PLACE,
        (INSERT, UPDATE),
        "NOT EXISTS (SELECT 1 FROM staffing_clientcount c JOIN agreements_areamunicipality p "
        "ON p.agreement_id = c.agreement_id WHERE c.id = NEW.count_id AND p.municipality_id = NEW.municipality_id)",
        "the municipality is not of the agreement's area",
    ),
    Guard(
        f"{PLACE}_same",
        PLACE,
        (UPDATE,),
        "NEW.count_id <> OLD.count_id OR NEW.municipality_id <> OLD.municipality_id",
        "a count stays with its municipality",
    ),
    Guard(f"{PLACE}_kept", PLACE, (DELETE,), "TRUE", "figures are corrected, never removed"),
    _by_own_party(CONFIRMATION, "mandate_id"),
    Guard(
        f"{CONFIRMATION}_of_annex",
        CONFIRMATION,
        (INSERT,),
        "NOT EXISTS (SELECT 1 FROM agreements_version v JOIN agreements_change c ON c.id = v.change_id "
        "JOIN agreements_document d ON d.id = v.document_id JOIN agreements_party p "
        "ON p.agreement_id = d.agreement_id WHERE v.id = NEW.version_id AND p.id = NEW.party_id "
        "AND d.kind = 'staffing' AND c.state = 'adopted' AND c.valid_from <= NEW.day)",
        "what is confirmed is a version of Annex 2 in force",
    ),
    *append_only(m.AnnexConfirmation),
]
