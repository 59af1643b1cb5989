"""The quarter in two presses, and the page of figures: what a person sees and does."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from agreements import actions, history
from agreements.models import Mandate
from staffing.actions import propose_settings
from staffing.models import AnnexConfirmation, ClientCount, RealisedStaffing, Vacancy
from staffing.periods import Period
from staffing.readings import CLIENTS_LIMIT
from tests.factories import OrganisationFactory
from tests.pages import main_text, text_of, tree, typed
from tests.staffing.figures_kit import FORMS, Q1, as_agreed, confirm, counts, realised, vacancy

SHEET = reverse("staffing:quarter_sheet")


@pytest.fixture
def kela(cast):
    """Kela's liaison, who is liaison of Kela in the second agreement too."""
    party = cast.second.parties.get(role="kela")
    told = {"capacity": Mandate.Capacity.LIAISON, "party": party, "may_bind_party": True, "valid_from": Q1.first}
    actions.grant_mandate(agreement=cast.second, person=cast.kela.person, by=cast.system, **told)
    return cast.client(cast.kela)


def sent(response):
    """What the page where one checks would send; several values of one name stay several."""
    told = {}
    for name, value in tree(response).xpath("//main//form")[-1].form_values():
        told.setdefault(name, []).append(value)
    return told | {"confirm": "1"}


def test_quarter_of_every_agreement_takes_two_presses(cast, kela):
    check = kela.post(SHEET, {"pick": "all"})
    told = main_text(check)
    assert told.count("Toteutui sovitusti:") == told.count("Ei muutoksia:") == 2
    assert "Toteutui sovitusti: 2 henkilöä, 1,20 htv" in told
    assert not RealisedStaffing.objects.exists()
    done = kela.post(SHEET, sent(check), follow=True)
    assert "Tästä neljänneksestä mikään ei odota sinua." in main_text(done)
    assert RealisedStaffing.objects.filter(as_agreed=True).count() == AnnexConfirmation.objects.count() == 2
    assert "Vahvisti Katja Kela 2.6.2025, versio 1." in main_text(done)


@pytest.mark.parametrize(("pick", "realised_rows", "confirmations"), [("realised", 1, 0), ("annex", 0, 1)])
def test_one_press_for_one_agreement(cast, kela, pick, realised_rows, confirmations):
    check = kela.post(SHEET, {"pick": f"{pick}-{cast.kela.party.pk}"})
    kela.post(SHEET, sent(check))
    assert RealisedStaffing.objects.count() == realised_rows
    assert AnnexConfirmation.objects.count() == confirmations


def test_what_is_unticked_is_not_confirmed(cast, kela):
    told = sent(kela.post(SHEET, {"pick": "all"}))
    kela.post(SHEET, told | {"realised": [str(cast.kela.party.pk)], "annex": []})
    assert RealisedStaffing.objects.get().party == cast.kela.party
    assert not AnnexConfirmation.objects.exists()


def test_nothing_ticked_is_said_aloud(kela):
    response = kela.post(SHEET, {"confirm": "1"})
    assert response.status_code == 409
    assert "Mitään ei ollut valittu" in main_text(response)


def test_annex_that_changed_after_the_check_is_not_confirmed(cast, kela):
    told = sent(kela.post(SHEET, {"pick": "all"}))
    cast.adopted_change(cast.kela)
    response = kela.post(SHEET, told)
    assert response.status_code == 409
    assert "liite 2 on muuttunut" in main_text(response)
    assert not RealisedStaffing.objects.exists()
    assert not AnnexConfirmation.objects.exists()


def test_colleague_who_told_other_figures_meanwhile_is_shown(cast, kela):
    told = sent(kela.post(SHEET, {"pick": "all"}))
    realised(cast, cast.kela_main_user, person_years=Decimal("0.70"))
    response = kela.post(SHEET, told)
    assert response.status_code == 409
    assert "Kimmo Kelalainen on tallentanut" in main_text(response)
    assert "0,70 htv" in main_text(response)


@pytest.mark.parametrize("field", ["realised", "annex"])
def test_party_of_others_cannot_be_slipped_in(cast, kela, field):
    response = kela.post(SHEET, {"confirm": "1", field: str(cast.hva.party.pk)})
    assert response.status_code == 404
    assert not RealisedStaffing.objects.exists()


@pytest.mark.parametrize("agreed", ["", "x/y", "2", "9/9.00", "2/NaN", "²/1"])
def test_forged_figures_are_not_confirmed(cast, kela, agreed):
    pk = cast.kela.party.pk
    response = kela.post(SHEET, {"confirm": "1", "realised": str(pk), f"agreed-{pk}": agreed})
    assert response.status_code == 409
    assert not RealisedStaffing.objects.exists()


@pytest.mark.parametrize("pick", ["", "x", "all-x", "annex-", "annex-0", "realised-999999", "other-1"])
def test_pick_of_nothing_is_refused_kindly(kela, pick):
    assert kela.post(SHEET, {"pick": pick}).status_code in (200, 409)


def test_not_confirmed_is_told_apart_from_no_change_and_from_a_change(cast, kela, clock):
    assert main_text(kela.get(SHEET)).count("Ei vahvistettu") == 4
    confirm(cast)
    told = main_text(kela.get(SHEET))
    assert (told.count("Ei vahvistettu"), told.count("Ei muutosta")) == (3, 1)
    cast.proposed_change(cast.kela)
    assert "Muutettu" in main_text(kela.get(SHEET))
    # The confirmation of June was of the first quarter; the second waits again.
    clock.day = date(2025, 7, 1)
    told = main_text(kela.get(SHEET))
    assert "Neljännes 2/2025" in told
    assert "Viimeksi vahvistettu 2.6.2025, Katja Kela." in told
    assert "Ei muutosta" in main_text(kela.get(f"{SHEET}?kausi=2025-q1"))
    assert "annex-" not in kela.get(f"{SHEET}?kausi=2025-q1").content.decode()


def test_quarter_told_by_months_has_no_press(cast, kela):
    realised(cast, period=Period.month(2025, 2))
    page = kela.get(SHEET).content.decode()
    assert f"realised-{cast.kela.party.pk}" not in page
    assert "2/2025" in page


@pytest.mark.parametrize("code", ["2025-q2", "2025-01", "x", "2025-q9"])
def test_quarter_that_cannot_be_told_is_no_page(kela, code):
    assert kela.get(SHEET, {"kausi": code}).status_code == 404


def more_agreements(cast, count):
    """Further agreements on which Kela's liaison acts; all have Kela as their only party."""
    for number in range(count):
        agreement = type(cast.agreement)(title=f"Sopimus {number}", short_title=f"TYM {number}", valid_from=Q1.first)
        history.save(agreement, by=cast.system, reason="test")
        party = type(cast.kela.party)(
            agreement=agreement, organisation=OrganisationFactory(), role="kela", short_name="Kela", order=1
        )
        history.save(party, by=cast.system, reason="test")
        actions.grant_mandate(
            agreement=agreement,
            person=cast.kela.person,
            capacity="liaison",
            party=party,
            valid_from=Q1.first,
            by=cast.system,
        )


def queries(client, url, django_assert_max_num_queries):
    with django_assert_max_num_queries(100) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def test_sheet_asks_the_same_number_of_queries_for_many_agreements(cast, django_assert_max_num_queries):
    client = cast.client(cast.kela)
    as_agreed(cast)
    confirm(cast)
    first = queries(client, SHEET, django_assert_max_num_queries)
    more_agreements(cast, 3)
    assert queries(client, SHEET, django_assert_max_num_queries) == first
    assert "TYM 2" in main_text(client.get(SHEET))


def page_of(cast, year=2025):
    return f"{reverse('staffing:figures_detail', args=[cast.agreement.pk])}?vuosi={year}"


def test_page_of_figures_asks_the_same_number_of_queries_for_one_quarter_and_four(
    cast, clock, django_assert_max_num_queries
):
    clock.day = date(2026, 1, 12)
    client, rows = cast.client(cast.kela), (cast.ta, cast.hva, cast.kela)

    def tell(period):
        for by in rows:
            realised(cast, by, period=period, on=clock.day)
        counts(cast, period=period, on=clock.day)
        vacancy(cast, first_day=period.first, on=clock.day)

    tell(Q1)
    first = queries(client, page_of(cast), django_assert_max_num_queries)
    for number in (2, 3, 4):
        tell(Period.quarter(2025, number))
    assert queries(client, page_of(cast), django_assert_max_num_queries) == first


def test_figures_explain_themselves_on_the_page(cast):
    for by in (cast.ta, cast.hva, cast.kela):
        as_agreed(cast, by)
    counts(cast, clients=485)
    decide_limit(cast, "45")
    page = cast.client(cast.member).get(page_of(cast))
    told = main_text(page)
    assert "485 / 9,70 = 50,00" in told
    assert "6,00 + 2,50 + 1,20 = 9,70" in told
    assert "oletus, muuta ei ole päätetty" in told
    assert "45 (Johtoryhmä 2.1.2025 § 3, voimassa alkaen 2.1.2025)" in told
    assert "ylittää rajan 45" in told
    details = tree(page).xpath("//main//details")
    assert all("Näytä, miten luku on laskettu" in text_of(detail.xpath("./summary")[0]) for detail in details)
    assert len(details) == 5 * 6 + 3 * 3 + 4


def decide_limit(cast, value):
    day = date(2025, 1, 2)
    matter = propose_settings(
        agreement=cast.agreement, values={CLIENTS_LIMIT: value}, valid_from=day, by=cast.coordinator, on=day
    )
    actions.decide_matter(
        matter=matter, by=cast.coordinator, on=day, organ="Johtoryhmä", decided_on=day, section="3",
        outcome="approve", sha256=matter.sha256,
    )  # fmt: skip


def test_silent_party_is_named_and_no_limit_is_built_in(cast):
    realised(cast)
    told = main_text(cast.client(cast.hva).get(page_of(cast)))
    assert "Ei vahvistanutPorin kaupunki, Satakunnan hyvinvointialue" in told
    assert "Johtoryhmä ei ole asettanut rajaa" in told
    assert "ei vielä päättynyt" in told


@pytest.mark.parametrize("year", ["x", "1999", "2026", "²025", "99999999999", ""])
def test_year_that_is_none_shows_the_last_that_has_figures(cast, year):
    assert "Henkilöstö 2025" in main_text(cast.client(cast.kela).get(page_of(cast, year)))


def edit(cast, who=None, **typed_values):
    url = reverse("staffing:realised_edit", args=[cast.agreement.pk, 3, "2025-q1"])
    return cast.client(who or cast.kela).post(url, {**FORMS["realised_edit"], **typed_values})


def test_second_saver_sees_both_and_can_go_on(cast):
    assert edit(cast).status_code == 302
    response = edit(cast, cast.kela_main_user, person_years="0,80")
    assert response.status_code == 409
    told = main_text(response)
    assert "Katja Kela on tallentanut saman ajan luvut 2.6.2025: 2 henkilöä, 1,10 htv" in told
    again = typed(response, confirm="1")
    assert (again["person_years"], again["revision"]) == ("0,80", "1")
    url = reverse("staffing:realised_edit", args=[cast.agreement.pk, 3, "2025-q1"])
    assert cast.client(cast.kela_main_user).post(url, again).status_code == 302
    assert cast.kela.party.realised_staffing.get().person_years == Decimal("0.80")


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("note", "Asiakas 131052-308T poissa", "henkilötunnuksen"),
        ("person_years", "2,5", "enintään yksi henkilötyövuosi"),
        ("person_years", "paljon", "desimaalipilkulla"),
        ("persons", "-1", "negatiivinen"),
        ("persons", "1,5", "kokonaisluku"),
    ],
)
def test_wrong_figures_are_told_beside_the_field_and_kept(cast, field, value, says):
    response = edit(cast, **{field: value})
    page = tree(response)
    assert response.status_code == 200
    assert page.xpath(f"//*[@name='{field}'][@aria-invalid='true']")
    assert says in text_of(page.get_element_by_id("error-summary"))
    assert typed(response)[field] == value
    assert not RealisedStaffing.objects.exists()


def test_counts_by_municipality_are_checked_before_they_are_confirmed(cast):
    pori = cast.agreement.municipalities.get(name="Pori")
    url = reverse("staffing:counts_edit", args=[cast.agreement.pk, "2025-q1"])
    client = cast.client(cast.coordinator)
    told = {"clients": "100", f"place_{pori.pk}": "60", "plans_in_time": "9", "note": "", "revision": "0"}
    assert "Anna myös tämä luku" in main_text(client.post(url, told))
    told["plans_due"] = "10"
    check = client.post(url, told)
    assert "Asiakkaita kunnassa Pori" in main_text(check)
    assert not ClientCount.objects.exists()
    assert client.post(url, typed(check, confirm="1")).status_code == 302
    assert ClientCount.objects.get().municipalities.get().clients == 60


def test_vacancy_is_added_put_right_and_removed(cast):
    client, pk = cast.client(cast.kela), cast.agreement.pk
    client.post(reverse("staffing:vacancy_add", args=[pk, 3]), FORMS["vacancy_add"])
    row = Vacancy.objects.get()
    assert "94" in main_text(client.get(page_of(cast)))
    url = reverse("staffing:vacancy_edit", args=[pk, row.pk])
    told = typed(client.get(url), last_day="31.3.2025", confirm="1")
    assert client.post(url, told).status_code == 302
    row.refresh_from_db()
    assert (row.last_day, row.revision, row.substitute_person_years) == (date(2025, 3, 31), 2, 0)
    # The same press again leads on; another with the old start is a conflict.
    assert client.post(url, told | {"last_day": "30.4.2025"}).status_code == 409
    client.post(reverse("staffing:vacancy_withdraw", args=[pk, row.pk]), {"revision": "2", "confirm": "1"})
    assert "Vajeita ei ole ilmoitettu." in main_text(client.get(page_of(cast)))
    assert client.get(url).status_code == 404
