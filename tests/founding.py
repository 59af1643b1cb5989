"""Both agreements of the tests, built through the actions: once a run, and after each flush."""

from decimal import Decimal

from agreements import actions
from agreements import history as agreement_history
from agreements.importing.result import ParsedAgreement, ParsedAnnex, ParsedParty, ParsedSection, ParsedSignatory
from agreements.models import AreaMunicipality, Municipality
from staffing.actions import LineInput, own_lines, replace_lines
from steering.actions import SeatHolder, SeatInput, appoint_group
from steering.actions.terms import Appointing
from tests.cast import (
    CANARY,
    FIRST_DAY,
    MUNICIPALITIES,
    PASSWORD,
    PEOPLE,
    POINTS,
    SEATS,
    SECOND_PEOPLE,
    SECOND_SEATS,
    SECOND_TITLE,
    SECTIONS,
    SHORT_TITLE,
    STAFF,
    TODAY,
    Cast,
    email_of,
)
from tests.factories import system
from tests.staffing.point_kit import found_points
from tym.accounts.actions import add_person


def build():
    """Both agreements, through the actions. Called once a run and after each flush."""
    _satakunta()
    _second()


def _satakunta():
    text = parsed(
        title="Sopimus palvelun järjestämisestä Satakunnassa",
        cities=("Porin kaupunki", "Satakunnan hyvinvointialue", "Kansaneläkelaitos"),
        sections=SECTIONS,
    )
    change = founded(text, SHORT_TITLE, MUNICIPALITIES)
    _annexes(change, STAFF, "Palvelun kuvaus.", POINTS)
    _people(change.matter.agreement, PEOPLE)
    _group(change.matter.agreement, "ta", SEATS)


def _second():
    text = parsed(
        title=f"Sopimus {CANARY}",
        cities=(f"{CANARY} kaupunki", f"{CANARY} hyvinvointialue", "Kansaneläkelaitos"),
        sections=(("1", f"{CANARY} pykälä", "", f"{CANARY} teksti."),),
    )
    change = founded(text, SECOND_TITLE, ("Eurajoki",))
    staff = ((1, f"{CANARY} asiantuntija", f"{CANARY} yksikkö", 4, "3.50", True, ("Eurajoki",)),)
    _annexes(change, staff, f"{CANARY}.", ((1, "other", "Eurajoki", f"{CANARY} piste"),))
    _people(change.matter.agreement, SECOND_PEOPLE)
    _group(change.matter.agreement, "stranger", SECOND_SEATS)
    _second_proposal(change.matter.agreement)


def _second_proposal(agreement):
    cast = Cast()
    document = cast.document(2, agreement)
    change = actions.draft_change(document=document, by=cast.stranger, on=TODAY)
    lines = [cast.input(line, persons=line.persons + 1) for line in own_lines(change, document)]
    replace_lines(change=change, document=document, by=cast.stranger, on=TODAY, lines=lines)
    actions.save_proposal(
        change=change, by=cast.stranger, on=TODAY, what=f"{CANARY} mitä", why=f"{CANARY} miksi", wanted_from=None
    )
    actions.propose_change(change=change, by=cast.stranger, on=TODAY)


def _group(agreement, by, seats):
    for _party, _role, *holders in seats:
        for who, name in holders:
            add_person(name=name, email=email_of(who), password=PASSWORD)
    parties = {party.order: party for party in agreement.parties.all()}
    appoint_group(
        agreement=agreement,
        party=parties[1],
        by=getattr(Cast(), by),
        on=FIRST_DAY,
        decision=Appointing("Kaupunginhallitus", FIRST_DAY, "1"),
        valid_from=FIRST_DAY,
        seats=[
            SeatInput(
                member=SeatHolder(member[1], email_of(member[0]), "päällikkö"),
                deputy=SeatHolder(deputy[1], email_of(deputy[0])),
                role=role,
                party=parties[order],
            )
            for order, role, member, deputy in seats
        ],
    )


def parsed(*, title, cities, sections):
    roles = ("employment_authority", "wellbeing_county", "kela")
    signers = ((1, "Saara Satamo"), (2, "Heikki Harju"), (3, "Kirsi Kangas"), (3, "Kalle Koski"))
    annexes = (
        (1, "Palvelukuvaus", "service_description"),
        (2, "Henkilöstö", "staffing"),
        (3, "Kokoonpano", "composition"),
    )
    return ParsedAgreement(
        title=title,
        sections=tuple(
            ParsedSection(key=f"s{number}", number=number, heading=heading, part=part, body=body, line=int(number))
            for number, heading, part, body in sections
        ),
        parties=tuple(
            ParsedParty(role=role, name=name, short_name="Kela" if role == "kela" else name, order=order)
            for order, (role, name) in enumerate(zip(roles, cities, strict=True), start=1)
        ),
        signatories=tuple(ParsedSignatory(name=name, title="", party_order=order) for order, name in signers),
        annexes=tuple(
            ParsedAnnex(number=number, label=str(number), title=name, kind=kind, text=f"Liite {number} {name}")
            for number, name, kind in annexes
        ),
        annex_heading="Liitteet",
        valid_from=FIRST_DAY,
        valid_to=None,
        until_further_notice=True,
        unrecognised=(),
    )


def founded(parsed, short_title, municipalities):
    by = system()
    change = actions.found_agreement(parsed=parsed, by=by, short_title=short_title)
    for name in municipalities:
        municipality = Municipality(name=name)
        agreement_history.save(municipality, by=by, reason="test")
        area = AreaMunicipality(agreement=change.matter.agreement, municipality=municipality)
        agreement_history.save(area, by=by, reason="test")
    return change


def _annexes(change, staff, text, points):
    by, agreement = system(), change.matter.agreement
    parties = {party.order: party for party in agreement.parties.all()}
    places = {place.name: place for place in Municipality.objects.all()}
    documents = {document.number: document for document in agreement.documents.all()}
    lines = [
        LineInput(
            title,
            persons,
            Decimal(years),
            unit,
            municipalities=[places[name] for name in served],
            leads_client_work=counts,
            uses_typpi=counts,
            party=parties[order],
        )
        for order, title, unit, persons, years, counts, served in staff
    ]
    replace_lines(change=change, document=documents[2], by=by, on=FIRST_DAY, lines=lines)
    for number, heading in ((1, "Palvelut"), (3, "Jäsenet")):
        actions.save_clause(
            change=change, document=documents[number], by=by, on=FIRST_DAY, number="1", heading=heading, body=text
        )
    found_points(change, by, points)
    actions.adopt_original(change=change, by=by)


def _people(agreement, people):
    parties = {party.order: party for party in agreement.parties.all()} | {None: None}
    for who, name, capacity, order, may_bind in people:
        actions.grant_mandate(
            agreement=agreement,
            person=add_person(name=name, email=email_of(who), password=PASSWORD),
            capacity=capacity,
            party=parties[order],
            may_bind_party=may_bind,
            valid_from=FIRST_DAY,
            by=system(),
        )
