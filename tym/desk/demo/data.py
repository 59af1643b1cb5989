"""Facts of the demo. Organisations and municipalities are real, people and figures are invented."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

AUTHORITY, COUNTY, KELA = "employment_authority", "wellbeing_county", "kela"
PASSWORD = "satakunta-demo-2025"  # noqa: S105  printed by `make run`; the demo holds nothing secret

TERM = (date(2025, 1, 1), date(2029, 12, 31))
AREA = (
    "Harjavalta",
    "Jämijärvi",
    "Kankaanpää",
    "Karvia",
    "Kokemäki",
    "Merikarvia",
    "Nakkila",
    "Pomarkku",
    "Pori",
    "Siikainen",
    "Ulvila",
)
SOUTH_AREA = ("Eura", "Eurajoki", "Huittinen", "Rauma", "Säkylä")


@dataclass(frozen=True)
class Office:
    """A mandate of the demo. sign_in: she gets the demo password, and `says` is printed beside her address."""

    name: str
    email: str
    capacity: str
    role: str | None
    valid_from: date
    valid_to: date | None = None
    binds: bool = False
    sign_in: bool = False


@dataclass(frozen=True)
class Seat:
    """A seat of the steering group: the member and her personal deputy, each with a job title."""

    party: str
    role: str
    member: str
    title: str
    deputy: str


def email_of(name: str, role: str, authority: str = "pori.example") -> str:
    domain = {AUTHORITY: authority, COUNTY: "satahva.example", KELA: "kela.example"}[role]
    plain = name.lower().translate(str.maketrans("äöå", "aoa")).replace(" ", ".")
    return f"{plain}@{domain}"


SEATS = (
    Seat(AUTHORITY, "chair", "Outi Kullaanmaa", "työllisyyspalvelupäällikkö", "Juhani Harjunpää"),
    Seat(AUTHORITY, "member", "Teemu Reposaari", "palveluesihenkilö", "Riikka Meri-Pori"),
    Seat(AUTHORITY, "member", "Henna Jämiä", "palvelupäällikkö (Kankaanpää)", "Sami Pohjankangas"),
    Seat(COUNTY, "vice_chair", "Minna Kokemäenjoki", "aikuisten sosiaalipalvelujen päällikkö", "Eeva Panelia"),
    Seat(COUNTY, "member", "Kari Noormarkku", "vastaava sosiaalityöntekijä", "Petri Leineperi"),
    Seat(COUNTY, "member", "Anniina Söörmarkku", "osastonhoitaja", "Laura Kauttua"),
    Seat(KELA, "member", "Sanna Vehmassalmi", "palvelupäällikkö", "Mikko Oravasaari"),
)
SOUTH_SEATS = (
    Seat(AUTHORITY, "chair", "Jenni Kortela", "työllisyysjohtaja", "Aki Voiluoto"),
    Seat(COUNTY, "vice_chair", "Kari Noormarkku", "vastaava sosiaalityöntekijä", "Petri Leineperi"),
    Seat(KELA, "member", "Sanna Vehmassalmi", "palvelupäällikkö", "Mikko Oravasaari"),
)
# Anniina Söörmarkku's seat from 1.4.2025, by the county's notice of 20.3.2025.
NEW_MEMBER = ("Tiina Ahlainen", "palveluvastaava")
SIGN_INS = (
    ("Katja Lavia", AUTHORITY, "TYM-koordinaattori"),
    ("Outi Kullaanmaa", AUTHORITY, "puheenjohtaja"),
    ("Minna Kokemäenjoki", COUNTY, "varapuheenjohtaja"),
    (NEW_MEMBER[0], COUNTY, "jäsen"),
    ("Riikka Meri-Pori", AUTHORITY, "varajäsen"),
)
OFFICES = (
    Office("Teemu Reposaari", "teemu.reposaari@pori.example", "liaison", AUTHORITY, TERM[0], None, True, True),
    Office("Kari Noormarkku", "kari.noormarkku@satahva.example", "liaison", COUNTY, TERM[0], None, True, True),
    Office("Sanna Vehmassalmi", "sanna.vehmassalmi@kela.example", "liaison", KELA, TERM[0], None, True, True),
    Office("Henna Jämiä", "henna.jamia@pori.example", "main_user", AUTHORITY, TERM[0], None, False, True),
    Office("Eeva Panelia", "eeva.panelia@satahva.example", "main_user", COUNTY, TERM[0], None, False, True),
    Office("Mikko Oravasaari", "mikko.oravasaari@kela.example", "main_user", KELA, TERM[0], None, False, True),
    # Coordinator from 1.3.2025, when the group has approved her and the authority named her.
    Office("Katja Lavia", "katja.lavia@pori.example", "secretary", None, TERM[0], sign_in=True),
)


@dataclass(frozen=True)
class Signatory:
    """Who signs for a party, in which office and on what authority; also a mandate of the party."""

    name: str
    role: str
    title: str
    basis: str

    @property
    def email(self) -> str:
        return email_of(self.name, self.role)


# Others than the text of 2024 names: people of the demo are invented.
SIGNATORIES = (
    Signatory("Aarre Lyttylä", AUTHORITY, "työllisyysjohtaja", "hallintosääntö 12 §"),
    Signatory("Ritva Lattomeri", COUNTY, "toimialajohtaja", "hallintosääntö 31 §"),
    Signatory("Heikki Kaasmarkku", KELA, "yhteistyöpäällikkö", "Kelan työjärjestys"),
    Signatory("Tarja Ruosniemi", KELA, "asiakkuuspäällikkö", "Kelan työjärjestys"),
)
SOUTH_START = date(2025, 2, 1)
SOUTH_LEADING = (date(2025, 3, 1), date(2030, 1, 31))
SOUTH_OFFICES = (
    Office("Jenni Kortela", "jenni.kortela@rauma.example", "liaison", AUTHORITY, SOUTH_START, None, True, True),
    Office("Kari Noormarkku", "kari.noormarkku@satahva.example", "liaison", COUNTY, SOUTH_START, None, True, True),
    Office("Sanna Vehmassalmi", "sanna.vehmassalmi@kela.example", "liaison", KELA, SOUTH_START, None, True, True),
    Office("Aki Voiluoto", "aki.voiluoto@rauma.example", "main_user", AUTHORITY, SOUTH_START, None, False, True),
    Office("Eeva Panelia", "eeva.panelia@satahva.example", "main_user", COUNTY, SOUTH_START, None, False, True),
    Office("Mikko Oravasaari", "mikko.oravasaari@kela.example", "main_user", KELA, SOUTH_START, None, False, True),
    Office("Olli Kodisjoki", "olli.kodisjoki@rauma.example", "coordinator", None, *SOUTH_LEADING, sign_in=True),
    Office("Päivi Unaja", "paivi.unaja@rauma.example", "stand_in", None, *SOUTH_LEADING),
    Office("Lotta Lappi", "lotta.lappi@rauma.example", "youth_lead", None, SOUTH_START),
)

CASE_NUMBERS = {AUTHORITY: "PRIDno-2024-4711", COUNTY: "SATA/1234/00.04.02/2024", KELA: "98/010/2024"}


@dataclass(frozen=True)
class Staff:
    """A row of Annex 2 in the demo; no places means the whole area."""

    role: str
    unit: str
    places: tuple[str, ...]
    title: str
    persons: int
    person_years: Decimal
    counts: bool = True


def _staff(role: str, unit: str, places: tuple[str, ...], title: str, persons: int, years: str, **more: bool) -> Staff:
    return Staff(role, unit, places, title, persons, Decimal(years), **more)


EXPERT, GUIDE = "palveluasiantuntija", "sosiaaliohjaaja"
NORTH = ("Kankaanpää", "Jämijärvi", "Karvia", "Siikainen", "Pomarkku")
CENTRE = ("Harjavalta", "Kokemäki", "Nakkila")
NURSE = _staff(COUNTY, "", (), "terveydenhoitaja", 1, "1.00")
NURSES = _staff(COUNTY, "", (), "terveydenhoitaja", 2, "1.50")
NORTH_GUIDE = _staff(COUNTY, "Pohjois-Satakunta", NORTH, GUIDE, 1, "1.00")
VERSION_1 = (
    _staff(AUTHORITY, "Pori", ("Pori",), "palveluasiantuntija (omavalmentaja)", 6, "6.00"),
    _staff(AUTHORITY, "Kankaanpää", NORTH, EXPERT, 2, "1.60"),
    _staff(AUTHORITY, "Harjavalta", CENTRE, EXPERT, 2, "2.00"),
    _staff(AUTHORITY, "Ulvila", ("Ulvila", "Merikarvia"), EXPERT, 1, "1.00"),
    _staff(AUTHORITY, "", (), "TYM-koordinaattori", 1, "1.00", counts=False),
    _staff(COUNTY, "Pori ja Ulvila", ("Pori", "Ulvila"), GUIDE, 4, "4.00"),
    _staff(COUNTY, "Keski-Satakunta", CENTRE, GUIDE, 1, "0.80"),
    _staff(COUNTY, "", (), "sosiaalityöntekijä", 1, "0.50"),
    NURSE,
    _staff(KELA, "", (), "palveluasiantuntija, kuntoutus", 2, "1.20"),
)
SOUTH_STAFF = (
    _staff(AUTHORITY, "Rauma", ("Rauma", "Eurajoki"), EXPERT, 3, "3.00"),
    _staff(AUTHORITY, "Huittinen", ("Huittinen", "Säkylä", "Eura"), EXPERT, 2, "2.00"),
    _staff(COUNTY, "Rauma", (), GUIDE, 3, "3.00"),
    _staff(COUNTY, "", (), "terveydenhoitaja", 1, "0.50"),
    _staff(KELA, "", (), "palveluasiantuntija, kuntoutus", 1, "0.60"),
)
