"""Who plays in the tests: two agreements, built once a run through the actions, always in the database.

Satakunta is where tests act. Etelä-Satakunta stands beside it full of CANARY: the word must never reach
anybody who has no mandate there. Every test gets its own `Cast`, which reads fresh rows when asked.
"""

from datetime import date
from decimal import Decimal
from functools import cached_property

from django.test import Client

from agreements import actions
from agreements.models import Agreement, Change, Clause, Document, Mandate
from agreements.permissions import mandates_of
from staffing.actions import LineInput, replace_lines
from staffing.content import load
from staffing.models import StaffingLine
from tests.factories import UserFactory, system

TODAY = date(2025, 6, 2)
FIRST_DAY = date(2025, 1, 1)
PASSWORD = "kissankello-7-sininen"
CANARY = "KANARIALINTU"
SHORT_TITLE = "TYM Satakunta"
SECOND_TITLE = f"TYM {CANARY}"
Capacity = Mandate.Capacity

PARTS = ("I Osa: Palvelun järjestäminen", "II Osa: Yhdessä johtaminen")
SECTIONS = (
    ("1", "Mitä sovitaan", PARTS[0], "Sopijat tarjoavat palvelun yhdessä.\n\n- neuvonta\n- **kuntoutus**"),
    ("2", "Ketkä sopivat", PARTS[0], "Sopijat on lueteltu alla.\n\n1) kaupunki\n2) hyvinvointialue\n3) Kela"),
    ("3", "Miten johdetaan", PARTS[1], "Johtoryhmä kokoontuu neljä kertaa vuodessa."),
)
MUNICIPALITIES = ("Harjavalta", "Kokemäki", "Pori", "Ulvila")
# party order: job title, unit, persons, person-years, leads client work and uses TYPPI, municipalities
STAFF = (
    (1, "palveluasiantuntija", "Porin toimipiste", 6, "6.00", True, ("Pori",)),
    (1, "palveluohjaaja", "Kokemäen toimipiste", 2, "0.80", False, ("Kokemäki", "Harjavalta")),
    (2, "sosiaaliohjaaja", "Aikuissosiaalityö", 3, "2.50", True, ()),
    (2, "terveydenhoitaja", "Terveysasema", 1, "0.00", True, ("Ulvila",)),
    (3, "työkykyneuvoja", "Kela Satakunta", 2, "1.20", True, ()),
)
# party order, kind, municipality, name
POINTS = (
    (1, "joint", "Pori", "Porin yhteispalvelupiste"),
    (2, "premises", "Harjavalta", "Harjavallan sosiaaliasema"),
    (3, "premises", "Pori", "Kelan palvelupiste"),
)
PEOPLE = (  # attribute of Cast, name, capacity, party order, may bind
    ("ta", "Taina Työllisyys", Capacity.LIAISON, 1, True),
    ("hva", "Hanna Hyvinvointi", Capacity.LIAISON, 2, True),
    ("kela", "Katja Kela", Capacity.LIAISON, 3, True),
    ("kela_main_user", "Kimmo Kelalainen", Capacity.MAIN_USER, 3, False),
    ("coordinator", "Kaisa Koordinaattori", Capacity.COORDINATOR, None, False),
)
SEATS = (  # party order, role, attributes of Cast of the member and of her personal deputy, with their names
    (1, "chair", ("chair", "Pirjo Puheenjohtaja"), ("chair_deputy", "Veikko Varajäsen")),
    (1, "member", ("ta_seat", "Tuula Työjäsen"), ("ta_deputy", "Tauno Työvara")),
    (2, "vice_chair", ("vice_chair", "Ville Varapuheenjohtaja"), ("vice_deputy", "Vieno Vara")),
    (2, "member", ("member", "Jari Jäsen"), ("deputy", "Jaana Jäsenvara")),
    (3, "member", ("kela_seat", "Kirsi Kelajäsen"), ("kela_deputy", "Kaarlo Kelavara")),
)
SECOND_SEATS = (
    (1, "chair", ("second_chair", f"{CANARY} Puheenjohtaja"), ("second_deputy", f"{CANARY} Vara")),
    (2, "vice_chair", ("second_vice", f"{CANARY} Varapuheenjohtaja"), ("second_vara", f"{CANARY} Varavara")),
)
SECOND_PEOPLE = (
    ("stranger", f"{CANARY} Vieras", Capacity.LIAISON, 1, True),
    ("second_coordinator", f"{CANARY} Koordinaattori", Capacity.COORDINATOR, None, False),
)


def email_of(who):
    return f"{who.replace('_', '.')}@example.org"


_SEATED = [holder for _party, _role, *holders in SEATS + SECOND_SEATS for holder in holders]
_KNOWN = {who for who, *_rest in [*PEOPLE, *SECOND_PEOPLE, *_SEATED]}


class Cast:
    """The people and rows of a test. People are mandates: `cast.kela.person`, `cast.kela.party`.

    ta, hva, kela: liaisons who may bind their party. kela_main_user: may not. coordinator, member (of the
    wellbeing county) with her personal deputy, chair, vice_chair, ta_seat, kela_seat and their deputies, and, on
    the second agreement only, stranger and second_coordinator.
    """

    today = TODAY
    canary = CANARY
    password = PASSWORD

    def __getattr__(self, name):
        if name not in _KNOWN:
            raise AttributeError(name)
        held = Mandate.objects.select_related("person", "party", "agreement")
        mandate = held.get(person__email=email_of(name))
        setattr(self, name, mandate)
        return mandate

    @cached_property
    def system(self):
        return system()

    @cached_property
    def agreement(self):
        return Agreement.objects.get(short_title=SHORT_TITLE)

    @cached_property
    def second(self):
        return Agreement.objects.get(short_title=SECOND_TITLE)

    @cached_property
    def nobody(self):
        """Signs in, but holds no mandate anywhere."""
        return UserFactory(name="Ei Kukaan")

    def document(self, number, agreement=None):
        return Document.objects.select_related("agreement").get(agreement=agreement or self.agreement, number=number)

    @cached_property
    def main_text(self):
        return self.document(0)

    @cached_property
    def annex1(self):
        return self.document(1)

    @cached_property
    def annex2(self):
        return self.document(2)

    @cached_property
    def annex3(self):
        return self.document(3)

    def client(self, who=None):
        """A browser; signed in as the person (a mandate or a person), or anonymous."""
        client = Client()
        if who is not None:
            client.force_login(getattr(who, "person", who))
        return client

    def holder(self, capacity, party=None, **values):
        """One more person with a mandate on Satakunta."""
        return actions.grant_mandate(
            agreement=self.agreement,
            person=UserFactory(),
            capacity=capacity,
            party=party,
            by=self.system,
            **{"valid_from": FIRST_DAY, **values},
        )

    def mandates(self, who, day=TODAY):
        """The person's mandates on Satakunta, as a view reads them for the permissions."""
        return mandates_of(getattr(who, "person", who), self.agreement.pk, day)

    def lines(self, party=None, day=TODAY):
        """Rows of Annex 2 in force on the day: all, or one party's."""
        rows = StaffingLine.objects.of(self.annex2).in_force(day)
        return load(rows.filter(party=party) if party else rows)

    def line(self, party, day=TODAY):
        """The party's first row."""
        return self.lines(party, day)[0]

    def input(self, line, **differing):
        """A row as the form would send it back, with what differs."""
        names = ("title", "persons", "person_years", "unit", "leads_client_work", "uses_typpi", "note", "key")
        values = {name: getattr(line, name) for name in names}
        return LineInput(**{**values, "municipalities": tuple(line.municipalities.all()), **differing})

    def draft(self, by, *, lines=None, document=None, **told):
        """A draft of Annex 2 by a liaison; `lines` (rows as they should be), or half a person-year less on the first.

        Told: what, why, wanted_from. With another `document` it is an empty draft of that.
        """
        change = actions.draft_change(document=document or self.annex2, by=by, on=TODAY)
        if document is None:
            if lines is None:
                decided = load(StaffingLine.objects.of(self.annex2).latest_decided().filter(party=by.party))
                fewer = decided[0].person_years - Decimal("0.50")
                lines = [self.input(decided[0], person_years=fewer), *map(self.input, decided[1:])]
            replace_lines(change=change, document=self.annex2, by=by, on=TODAY, lines=lines)
        told = {"what": "Htv-määrä muuttuu.", "why": "Tehtävät järjestetään uudelleen.", "wanted_from": None, **told}
        actions.save_proposal(change=change, by=by, on=TODAY, **told)
        return self.fresh(change)

    def draft_text(self, by, document, *, key="", body="Uusi teksti.", heading="Kohta", **told):
        """A draft that rewrites the section `key` of a written document, or adds one."""
        change = self.draft(by, document=document, **told)
        actions.save_clause(
            change=change, document=document, by=by, on=TODAY, number="", heading=heading, body=body, key=key
        )
        return self.fresh(change)

    def propose(self, change, *, by):
        return self.fresh(actions.propose_change(change=change, by=by, on=TODAY))

    def proposed_change(self, by, **draft):
        """A draft, proposed by the same person."""
        return self.propose(self.draft(by, **draft), by=by)

    def decide(self, change, outcome="approve", *, by=None, on=TODAY, **told):
        """What the steering group decided today on the change; the decision."""
        change = self.fresh(change)
        told = {
            "organ": "Johtoryhmä",
            "decided_on": TODAY,
            "section": "4",
            "valid_from": None,
            "sha256": change.sha256,
            **told,
        }
        return actions.decide_change(change=change, by=by or self.coordinator, on=on, outcome=outcome, **told)

    def adopted_change(self, by, *, valid_from=None, **draft):
        """A change of Annex 2, all the way into force."""
        change = self.proposed_change(by, **draft)
        self.decide(change, valid_from=valid_from)
        return self.fresh(change)

    def returned_change(self, by, **draft):
        change = self.proposed_change(by, **draft)
        self.decide(change, "return")
        return self.fresh(change)

    def fresh(self, change):
        """The change as the database has it now."""
        return Change.objects.select_related("matter__agreement", "party", "drafted_by__person").get(pk=change.pk)


def sections_of(document, day=TODAY):
    """The rows of a written document in force on the day."""
    return list(Clause.objects.of(document).in_force(day))
