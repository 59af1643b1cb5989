from datetime import date

import pytest

from tests.agreements.importing_kit import DEMO, agreement, characters, in_order, parsed, sample


def test_parties_of_the_seeds_shape():
    assert [(p.order, p.role, p.name, p.short_name) for p in parsed(sample("kolme_sopijaa")).parties] == [
        (1, "employment_authority", "Laaksolan työllisyysalue", "työllisyysalue"),
        (2, "wellbeing_county", "Laaksolan Hyvinvointialue", "Hyvinvointialue"),
        (3, "kela", "Kansaneläkelaitos", "Kela"),
    ]


def test_two_authorities_and_two_counties_are_parties():
    assert [(p.role, p.name, p.short_name) for p in parsed(sample("kaksi_aluetta")).parties] == [
        ("employment_authority", "Pohjoisen työllisyysalue", "Pohjoinen"),
        ("employment_authority", "Etelän kaupunki, työllisyyspalvelut", "Etelä"),
        ("wellbeing_county", "Pohjoisen hyvinvointialue", "Pohjoisen hyvinvointialue"),
        ("wellbeing_county", "Etelän hyvinvointialue", "Etelän hyvinvointialue"),
        ("kela", "Kansaneläkelaitos", "Kela"),
    ]


def test_swedish_parties():
    assert [(p.role, p.short_name) for p in parsed(sample("samarbetsavtal")).parties] == [
        ("employment_authority", "sysselsättningsområdet"),
        ("wellbeing_county", "välfärdsområdet"),
        ("kela", "FPA"),
    ]


def test_parties_named_in_a_sentence():
    assert [(p.name, p.short_name) for p in parsed(sample("omintakeinen")).parties] == [
        ("Suomaan kunta", "Suomaan kunta"),
        ("Suomaan hyvinvointialue", "SUHVA"),
        ("Kansaneläkelaitos", "Kela"),
    ]


def test_row_of_a_strange_party_is_reported():
    found = parsed(agreement("1 Sopijapuolet", "1. Alan kunta\n2. Alan yrittäjät ry\n3. Kela"))
    assert [party.name for party in found.parties] == ["Alan kunta", "Kela"]
    assert [row.text for row in found.unrecognised] == ["Alan yrittäjät ry"]


def test_kela_has_two_signatories():
    assert [(s.name, s.title, s.party_order) for s in parsed(sample("kolme_sopijaa")).signatories] == [
        ("Maija Notko", "", 1),
        ("Ville Harju", "", 2),
        ("Sari Niitty-Aho", "", 3),
        ("Ari Puro", "", 3),
    ]


def test_signatories_in_blocks_with_titles():
    assert [(s.name, s.title, s.party_order) for s in parsed(sample("kaksi_aluetta")).signatories] == [
        ("Aino Kallio", "työllisyysjohtaja", 1),
        ("Eero Lehto", "", 2),
        ("Oiva Ranta", "Ylijohtaja", 4),
        ("Kerttu Salo", "palvelujohtaja", 3),
        ("Irma af Kuusi", "vt. johtaja", 5),
    ]


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("kolme_sopijaa", [(1, "1", "service_description"), (2, "2", "staffing"), (3, "3", "composition")]),
        (
            "kaksi_aluetta",
            [(1, "A", "service_description"), (2, "B", "staffing"), (3, "C", "composition"), (4, "D", "other")],
        ),
        ("samarbetsavtal", [(1, "1", "service_description"), (2, "2", "staffing"), (3, "3", "composition")]),
    ],
)
def test_annexes_have_number_label_and_kind(name, rows):
    assert [(annex.number, annex.label, annex.kind) for annex in parsed(sample(name)).annexes] == rows


def test_wrapped_annex_row_is_whole():
    row = parsed(sample("kaksi_aluetta")).annexes[1]
    assert row.title == "Pohjoisen henkilöstö ja sen sijoittuminen eri toimipisteisiin vuoden alusta lukien"


def test_annexes_listed_in_a_section_stay_in_its_body():
    text = agreement(
        "1 Sisältö", "Teksti.", "2 Liitteet", "Liite 1 Palvelukuvaus\nLiite 2 Resurssit", "3 Loppu", "Teksti."
    )
    found = parsed(text)
    assert [annex.title for annex in found.annexes] == ["Palvelukuvaus", "Resurssit"]
    assert found.annex_heading == ""
    assert found.sections[1].body == "Liite 1 Palvelukuvaus\n\nLiite 2 Resurssit"


@pytest.mark.parametrize(
    ("sentence", "valid_from", "valid_to", "open_ended"),
    [
        ("Sopimus tulee voimaan 1.1.2025 ja on voimassa toistaiseksi.", date(2025, 1, 1), None, True),
        ("Sopimus on voimassa 1.1.2025 alkaen 31.12.2027 saakka.", date(2025, 1, 1), date(2027, 12, 31), False),
        ("Sopimus on voimassa 1.1.2025–31.12.2027.", date(2025, 1, 1), date(2027, 12, 31), False),
        ("Sopimus on voimassa ajalla 1.1.2025 – 31.12.2027.", date(2025, 1, 1), date(2027, 12, 31), False),
        ("Sopimus astuu voimaan 1. päivänä tammikuuta 2025.", date(2025, 1, 1), None, False),
        ("Sopimus alkaa 1.2.2025\nja päättyy 31 päivänä joulukuuta 2027.", date(2025, 2, 1), date(2027, 12, 31), False),
        ("Avtalet träder i kraft 1.1.2025 och gäller tills vidare.", date(2025, 1, 1), None, True),
        (
            "Avtalet gäller från och med den 1 mars 2025 till och med den 31.12.2027.",
            date(2025, 3, 1),
            date(2027, 12, 31),
            False,
        ),
        ("Sopimus tulee voimaan, kun kaikki ovat sen allekirjoittaneet.", None, None, False),
        ("Aiempi sopimus on tehty 1.1.2020.", None, None, False),
    ],
)
def test_validity_is_read(sentence, valid_from, valid_to, open_ended):
    found = parsed(agreement("1 Alku", "Teksti.", "2 Voimassaolo", sentence))
    assert (found.valid_from, found.valid_to, found.until_further_notice) == (valid_from, valid_to, open_ended)


@pytest.mark.parametrize(
    ("name", "parts", "valid_from"), [("satakunta", 5, date(2025, 1, 1)), ("etela_satakunta", 0, date(2025, 2, 1))]
)
def test_demo_agreements_are_understood_whole(name, parts, valid_from):
    text = (DEMO / f"{name}.txt").read_text(encoding="utf-8")
    found = parsed(text)
    assert found.counts == {
        "parts": parts,
        "sections": 14,
        "annexes": 3,
        "parties": 3,
        "signatories": 4,
        "unrecognised": 0,
    }
    assert (found.valid_from, found.valid_to, found.until_further_notice) == (valid_from, None, True)
    assert [signatory.party_order for signatory in found.signatories] == [1, 2, 3, 3]
    assert characters(in_order(found)) == characters(text)
