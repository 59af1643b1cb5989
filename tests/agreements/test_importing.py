import pytest

from agreements.importing import PREAMBLE_KEY, parse
from agreements.markup import plain
from tests.agreements.importing_kit import SAMPLES, agreement, bodies, characters, in_order, parsed, sample


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_every_character_is_kept_in_order(name, line_end):
    text = sample(name)
    found = parse(text.replace("\n", line_end).encode())
    expected, kept = characters(text), characters(in_order(found))
    if name == "omintakeinen":
        letterhead = characters(text[: text.index("YHTEISTYÖSOPIMUS")])
        expected = expected.removeprefix(letterhead)
        assert letterhead in kept
        kept = kept.replace(letterhead, "", 1)
    assert kept == expected


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("kolme_sopijaa", {"parts": 3, "sections": 9, "annexes": 3, "parties": 3, "signatories": 4, "unrecognised": 0}),
        ("kaksi_aluetta", {"parts": 0, "sections": 6, "annexes": 4, "parties": 5, "signatories": 5, "unrecognised": 0}),
        (
            "samarbetsavtal",
            {"parts": 0, "sections": 4, "annexes": 3, "parties": 3, "signatories": 3, "unrecognised": 0},
        ),
    ],
)
def test_counts_of_recognised_texts(name, counts):
    assert parsed(sample(name)).counts == counts


def test_title_over_two_lines_is_one():
    assert parsed(sample("kolme_sopijaa")).title == "SOPIMUS YHTEISTYÖSTÄ MONIALAISEN TUEN MALLISSA (TYM) LAAKSOLASSA"


def test_title_of_one_word_takes_its_subtitle():
    assert parsed(sample("omintakeinen")).title == "YHTEISTYÖSOPIMUS Suomaan monialainen tuki"


def test_parts_hold_their_sections_and_wrapped_headings_are_whole():
    found = parsed(sample("kolme_sopijaa"))
    assert found.parts == (
        "I TAVAT JA VÄKI",
        "II MALLIN JOHTAMINEN SEKÄ SEN SISÄINEN JÄRJESTYS JA YHTEISTYÖN KEHITTÄMINEN",
        "IV LOPUKSI",
    )
    assert [section.part[:2].strip() for section in found.sections] == ["", "", "", "I", "I", "II", "IV", "IV", "IV"]
    assert found.sections[5].heading.endswith("koordinaattorin tukena toimiva yhteinen työvaliokunta")


def test_sections_have_stable_keys_and_the_line_of_their_heading():
    text = sample("kolme_sopijaa")
    found = parsed(text)
    assert [(section.key, section.number) for section in found.sections] == [(f"s{n}", str(n)) for n in range(1, 10)]
    lines = text.split("\n")
    assert [lines[section.line - 1].split()[0] for section in found.sections] == [str(n) for n in range(1, 10)]


def test_hyphens_at_line_ends_belong_to_the_word():
    kept = in_order(parsed(sample("kolme_sopijaa")))
    for word in (
        "TYM-laki)",
        "KEHA-keskus,",
        "tietosuoja-asetuksen",
        "TYM- toiminnasta",
        "Niitty-Aho,",
        "9 §:n 2",
        "12 §).",
    ):
        assert word in kept


def test_hyphen_before_a_conjunction_keeps_its_blank():
    assert bodies(agreement("1 Palvelut", "Tarjolla on sosiaali-\nja terveyspalveluja."))["s1"] == (
        "Tarjolla on sosiaali- ja terveyspalveluja."
    )


def test_hyphen_with_a_blank_stays_as_written_where_wraps_leave_their_blanks():
    body = "Palvelusta kerrotaan kaikille kunnille \nja niiden asukkaille myös TYM- \ntoiminnan osalta."
    assert "TYM- toiminnan" in bodies(agreement("1 Palvelut", body))["s1"]


def test_list_continues_over_a_page_break():
    assert bodies(sample("kolme_sopijaa"))["s7"].split("\n\n")[-1].split("\n") == [
        "1) 25 artikla;",
        "2) 32 artikla;",
        "3) 12 artiklan 1 ja 2 kohta siltä osin kuin ne koskevat tietosuoja-asetuksen mukaista turvallisuutta.",
    ]


def test_sentence_continues_over_a_page_break():
    assert (
        "sen mukaan, kuinka paljon asiakkaita sillä on, ja ilmoittaa muutoksesta muille."
        in bodies(sample("kolme_sopijaa"))["s5"]
    )


def test_private_use_bullets_become_a_list():
    assert bodies(sample("kolme_sopijaa"))["s4"].split("\n\n")[1] == (
        "- yhteisessä pisteessä, joka on kaikkien kolmen käytössä arkisin\n"
        "- kirjastossa\n"
        "- muualla (esim. yrityksen tiloissa)"
    )


def test_blanks_left_by_lost_bullets_make_a_list():
    body = "Palvelua annetaan:\n\n Kelan tiloissa\n kirjastossa, jossa on\nhuone varattuna\n muualla\n\nJoskus etänä."
    assert bodies(agreement("1 Paikat", body))["s1"] == (
        "Palvelua annetaan:\n\n- Kelan tiloissa\n- kirjastossa, jossa on huone varattuna\n- muualla\n\nJoskus etänä."
    )


def test_all_kinds_of_bullets_make_one_list_and_letters_stay():
    blocks = bodies(sample("kaksi_aluetta"))["s3"].split("\n\n")
    assert blocks[1] == "- ohjaus\n- valmennus, jota annetaan ryhmässä\n- neuvonta\n- tuki\n- seuranta"
    assert blocks[3:] == ["a) keväällä;", "b) syksyllä."]


def test_short_lines_under_a_colon_become_a_list():
    assert bodies(sample("kolme_sopijaa"))["s2"].endswith(
        "Yhteyshenkilöt ovat:\n\n- Johtoryhmän puheenjohtaja, Laaksolan työllisyysalue\n"
        "- Varapuheenjohtaja, Laaksolan Hyvinvointialue\n- Kelan jäsen"
    )


def test_lines_of_a_signature_stay_lines():
    assert "Kerttu Salo\npalvelujohtaja\nPohjoisen hyvinvointialue" in bodies(sample("kaksi_aluetta"))["s6"]


def test_marks_in_the_source_show_as_the_same_characters():
    body = bodies(sample("omintakeinen"))["s1"]
    assert plain(body).split("\n") == [
        "Maksettavaa ei ole *tähdellä* merkityn **kulun** lisäksi, eikä \\ tai _viiva_ muuta sitä.",
        "- 7 henkeä",
        "- ja muut",
        "2) kohta on poistettu.",
        "2025 on ensimmäinen vuosi.",
    ]
    assert "\\*\\*kulun\\*\\*" in body


def test_dash_inside_a_wrapped_sentence_is_no_bullet():
    assert bodies(agreement("1 Alku", "Kela ja kunta\n– kumpikin osaltaan\n– vastaavat tästä."))["s1"] == (
        "Kela ja kunta – kumpikin osaltaan – vastaavat tästä."
    )


def test_second_list_with_the_same_numbers_keeps_them():
    body = bodies(agreement("1 Luettelot", "1) yksi\n2) kaksi\n\n1) toinen yksi\n2) toinen kaksi"))["s1"]
    assert plain(body).split("\n") == ["1) yksi", "2) kaksi", "1) toinen yksi", "2) toinen kaksi"]


@pytest.mark.parametrize(
    "trap",
    [
        "Asiasta säädetään laissa\n381/2023 Työllistymisestä ja sen edistämisestä.",
        "Toiminta alkaa vuonna\n2 Kelan mukaan, kun sopijapuolet ovat saaneet siihen tarvittavan rahoituksen\n"
        "valtiolta ja kunnilta.",
        "1. Ensimmäinen rivi\n2. Toinen rivi\n3. Kolmas rivi",
        "1. Ensimmäinen rivi\n\n2. Toinen rivi",
        "2 Kelan työntekijää osallistuu ohjaukseen jokaisena arkipäivänä ja lisäksi tarvittaessa myös iltaisin, jos\n"
        "asiakkaita on niin paljon, että päivä ei riitä. Iltatyöstä sovitaan aina erikseen, ja siitä\n"
        "maksetaan se korvaus, joka siitä on säädetty.\nMuusta ei makseta.",
    ],
)
def test_numbers_in_the_text_are_not_headings(trap):
    text = agreement("1 Alku", trap, "2 Loppu", "Teksti.", "3 Viimeinen", "Teksti.")
    assert [section.heading for section in parsed(text).sections] == ["Alku", "Loppu", "Viimeinen"]


@pytest.mark.parametrize("style", ["{} ", "{}. ", "{} § ", "§ {} ", "{}\u00a0§\u00a0"])
def test_every_style_of_section_number_is_read(style):
    headings = [f"{style.format(number)}Otsikko {chr(64 + number)}" for number in range(1, 13)]
    text = agreement(*(f"{heading}\n\nTeksti." for heading in headings))
    assert [section.number for section in parsed(text).sections] == [str(n) for n in range(1, 13)]


def test_section_sign_on_a_line_of_its_own_takes_the_next_line_as_heading():
    section = parsed(sample("samarbetsavtal")).sections[3]
    assert (section.number, section.heading) == ("4", "Underskrifter")


def test_text_without_blank_lines_is_understood():
    text = (
        "Sopimus yhteistyöstä\n1. Tarkoitus\nSopijapuolet sopivat tällä sopimuksella yhteisestä mallista kaikille\n"
        "alueen työttömille.\n2. Sopijapuolet\n1. Alan kunta\n2. Alan hyvinvointialue\n3. Kela\n"
        "3. Kesto\nSopimus tulee voimaan 1.5.2025.\n"
    )
    found = parsed(text)
    assert [section.heading for section in found.sections] == ["Tarkoitus", "Sopijapuolet", "Kesto"]
    assert [party.role for party in found.parties] == ["employment_authority", "wellbeing_county", "kela"]


def test_missing_number_does_not_swallow_the_rest():
    text = agreement("1 Yksi", "Teksti.", "2 Kaksi", "Teksti.", "4 Neljä", "Teksti.", "5 Viisi", "Teksti.")
    assert [section.number for section in parsed(text).sections] == ["1", "2", "4", "5"]


@pytest.mark.parametrize(
    ("sections", "missed"),
    [
        (("2 Kaksi", "Teksti jatkuu, ja\n3 Kolmas\non sen osa.\nSiinä kaikki.", "4 Neljä", "Teksti."), "3 Kolmas"),
        (("2 Kaksi", "Teksti.", "3 Kolmas on vain lause."), "3 Kolmas on vain lause."),
    ],
)
def test_line_that_may_be_a_missing_heading_is_reported(sections, missed):
    found = parsed(agreement("1 Yksi", "Teksti.", *sections))
    assert [row.text for row in found.unrecognised] == [missed]


def test_what_has_no_place_is_kept_and_reported_with_its_line():
    text = sample("omintakeinen")
    found = parsed(text)
    assert found.sections[0].key == PREAMBLE_KEY
    assert "Tämä sopimus korvaa aiemman." in found.sections[0].body
    lines = text.split("\n")
    for stray in found.unrecognised:
        assert " ".join(lines[stray.line - 1].split()) == stray.text
    texts = [stray.text for stray in found.unrecognised]
    assert texts.count("Suomaan sopimus") == 4
    for text in (
        "Suomaan kunta Dnro 12/2025",
        "Sisällys",
        "2 (3)",
        "SEURAAVAKSI RAHASTA",
        "Matti Virta, Suomaan yrittäjät",
    ):
        assert text in texts


def test_byte_order_mark_is_accepted():
    assert parse(b"\xef\xbb\xbf" + sample("kolme_sopijaa").encode()) == parsed(sample("kolme_sopijaa"))
