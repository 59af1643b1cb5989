"""Loading the demo, through the same actions that people use."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from agreements import actions
from agreements.history import System
from agreements.importing import parse
from agreements.models import Agreement, Change, Mandate, Matter
from staffing.actions import LineInput, own_lines, replace_lines
from tym.accounts.actions import add_person, system_person
from tym.desk.demo import (
    amended,
    costs,
    data,
    figures,
    group,
    lasting,
    meetings,
    minutes,
    notices,
    original,
    points,
    rights,
    winter,
)
from tym.desk.demo.stage import Stage

HERE = Path(__file__).parent


@transaction.atomic
def load_demo() -> list[Agreement]:
    """Both agreements; those that are here already are left alone."""
    system = System(system_person())
    found = [
        _found("satakunta.txt", "TYM Satakunta", data.AREA, data.VERSION_1, data.OFFICES, system),
        _found(
            "etela_satakunta.txt", "TYM Etelä-Satakunta", data.SOUTH_AREA, data.SOUTH_STAFF, data.SOUTH_OFFICES, system
        ),
    ]
    if found[0]:
        _number_the_case(found[0])
        original.load(found[0])
        group.appoint(
            found[0],
            data.SEATS,
            organ="Satakunnan työllisyysalueen jaosto",
            decided_on=date(2024, 12, 3),
            section="41",
            first_day=data.TERM[0],
        )
        group.sign_in_members()
        for signatory in data.SIGNATORIES:
            _grant(found[0], data.Office(signatory.name, signatory.email, "signatory", signatory.role, data.TERM[0]))
        _play_the_year(found[0])
    if found[1]:
        group.appoint(
            found[1],
            data.SOUTH_SEATS,
            organ="Etelä-Satakunnan työllisyysaluelautakunta",
            decided_on=date(2025, 1, 20),
            section="8",
            first_day=data.SOUTH_START,
            authority="rauma.example",
        )
    return [stage.agreement for stage in found if stage]


def _play_the_year(stage: Stage) -> None:
    """Satakunta's first year: meetings, Annex 2 version 2, a member who changes, figures, and what waits."""
    meetings.national_goals(stage)
    meetings.first_meeting(stage)
    update = _propose_version_2(stage)
    limit = figures.propose_limit(stage)
    notice = group.change_a_member(stage)
    meetings.second_meeting(stage, limit, update.matter, notice.matter)
    meetings.ask_municipalities(stage)
    figures.load(stage)
    heads = notices.count_heads(stage)
    meetings.third_and_fourth_meeting(stage, heads)
    amended.load(stage, heads)
    winter.fifth_meeting(stage)
    winter.outcomes_of_2025(stage)
    minutes.load(stage)
    costs.load(stage)
    rights.load(stage)
    winter.first_meeting_of_2026(stage, lasting.review(stage), notices.rename_the_plan(stage))
    lasting.dispute(stage)
    _propose_version_3(stage)


def _found(
    file: str,
    short_title: str,
    area: Iterable[str],
    staff: Iterable[data.Staff],
    offices: Iterable[data.Office],
    by: System,
) -> Stage | None:
    if Agreement.objects.filter(short_title=short_title).exists():
        return None
    parsed = parse((HERE / file).read_bytes())
    change = actions.found_agreement(parsed=parsed, by=by, short_title=short_title)
    agreement = change.matter.agreement
    places = {place.name: place for place in actions.set_area(agreement=agreement, names=area, by=by)}
    stage = Stage(agreement, {party.role: party for party in agreement.parties.all()}, places, by)
    _write_annexes(stage, change, staff, file)
    points.write(stage, change)
    actions.adopt_original(change=change, by=by)
    for office in offices:
        _grant(stage, office)
    return stage


def _write_annexes(stage: Stage, change: Change, staff: Iterable[data.Staff], file: str) -> None:
    first_day = stage.agreement.valid_from
    replace_lines(
        change=change, document=stage.annex_2, by=stage.by, on=first_day, lines=[_line(stage, row) for row in staff]
    )
    for number in (1, 3):
        text = HERE / f"liite{number}_{file}"
        if text.exists():
            actions.save_clause(
                change=change,
                document=stage.agreement.documents.get(number=number),
                by=stage.by,
                on=first_day,
                number="",
                heading="",
                body=text.read_text(encoding="utf-8"),
            )


def _line(stage: Stage, row: data.Staff) -> LineInput:
    return LineInput(
        title=row.title,
        persons=row.persons,
        person_years=row.person_years,
        unit=row.unit,
        municipalities=[stage.places[name] for name in row.places],
        leads_client_work=row.counts,
        uses_typpi=True,
        party=stage.parties[row.role],
    )


def _grant(stage: Stage, office: data.Office) -> None:
    person = add_person(name=office.name, email=office.email, password=data.PASSWORD if office.sign_in else None)
    actions.grant_mandate(
        agreement=stage.agreement,
        person=person,
        capacity=office.capacity,
        party=stage.parties[office.role] if office.role else None,
        may_bind_party=office.binds,
        valid_from=office.valid_from,
        valid_to=office.valid_to,
        by=stage.by,
    )


def _number_the_case(stage: Stage) -> None:
    matter = stage.agreement.matters.get(kind=Matter.Kind.ORIGINAL)
    for role, number in data.CASE_NUMBERS.items():
        actions.set_case_number(matter=matter, party=stage.parties[role], number=number, by=stage.by)


def _propose_version_2(stage: Stage) -> Change:
    """The county adds a guide in the north and a nurse; approved 20.3.2025 § 12, in force 1.4.2025."""
    change = _draft(stage, data.COUNTY, date(2025, 3, 3))
    kept = [replace(_of(line), **_nurses(line)) for line in own_lines(change, stage.annex_2)]
    return _propose(
        stage,
        change,
        date(2025, 3, 3),
        lines=[*kept, _line(stage, data.NORTH_GUIDE)],
        what="Hyvinvointialue lisää sosiaaliohjaajan Pohjois-Satakuntaan ja toisen terveydenhoitajan.",
        why="Asiakasmäärä on kasvanut pohjoisessa, ja terveydenhoitajan vastaanotolle on ollut jonoa.",
        wanted_from=date(2025, 4, 1),
    )


def _nurses(line: object) -> dict:
    if getattr(line, "title", "") != data.NURSE.title:
        return {}
    return {"persons": data.NURSES.persons, "person_years": data.NURSES.person_years}


def _propose_version_3(stage: Stage) -> None:
    """The employment area raises Kankaanpää from 1,60 to 2,00 person-years; waits for the group."""
    change = _draft(stage, data.AUTHORITY, date(2025, 11, 10))
    lines = [
        replace(_of(line), person_years=Decimal("2.00")) if line.unit == "Kankaanpää" else _of(line)
        for line in own_lines(change, stage.annex_2)
    ]
    _propose(
        stage,
        change,
        date(2025, 11, 10),
        lines=lines,
        what="Kankaanpään palveluasiantuntijoiden työpanos nousee 1,60 henkilötyövuodesta 2,00 henkilötyövuoteen.",
        why="Osa-aikainen palveluasiantuntija palaa kokoaikaiseen työhön.",
        wanted_from=date(2026, 1, 1),
    )


def _draft(stage: Stage, role: str, on: date) -> Change:
    return actions.draft_change(document=stage.annex_2, by=stage.liaison(role), on=on)


def _propose(
    stage: Stage, change: Change, on: date, *, lines: list[LineInput], what: str, why: str, wanted_from: date
) -> Change:
    by = change.drafted_by
    assert by is not None  # noqa: S101  a drafted change has its drafter
    replace_lines(change=change, document=stage.annex_2, by=by, on=on, lines=lines)
    actions.save_proposal(change=change, by=by, on=on, what=what, why=why, wanted_from=wanted_from)
    return actions.propose_change(change=change, by=by, on=on)


def _of(line: object) -> LineInput:
    names = ("title", "persons", "person_years", "unit", "leads_client_work", "uses_typpi", "note", "key")
    return LineInput(
        **{name: getattr(line, name) for name in names},
        municipalities=list(line.municipalities.all()),  # type: ignore[attr-defined]
    )


def sign_ins() -> list[tuple[str, str]]:
    """(e-mail address, who she is) of the people who can sign in; of those of the south alone also where."""
    people: dict[str, list[str]] = {}
    for office in data.OFFICES:
        if office.sign_in:
            people.setdefault(office.email, []).append(_label(office))
    for office in data.SOUTH_OFFICES:
        if office.sign_in:
            people.setdefault(office.email, [f"{_label(office)}, Etelä-Satakunta"])
    names = {office.email: office.name for office in (*data.OFFICES, *data.SOUTH_OFFICES)}
    for name, role, office_name in data.SIGN_INS:
        people.setdefault(data.email_of(name, role), []).append(office_name)
        names[data.email_of(name, role)] = name
    return [(email, f"{names[email]} ({', '.join(dict.fromkeys(kinds))})") for email, kinds in people.items()]


def _label(office: data.Office) -> str:
    return str(Mandate.Capacity(office.capacity).label)
