"""Pages of costs: from an invoice to a paid settlement, as people press it."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from agreements.models import Reading
from costs import actions
from costs.models import CostItem, DevelopmentDay, Settlement
from tests.attacks import costs as made
from tests.costs import kit
from tests.pages import main_text, tree, typed

DAY = CostItem.Kind.DEVELOPMENT_DAY
ITEM = {"kind": "joint", "invoiced_on": "5.5.2025", "supplier": "Paino Oy", "description": "Esite", "net": "615,00"}


@pytest.fixture(autouse=True)
def _english(settings):
    """Sentences are told apart by their English words."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


def address(cast, name, *args):
    return reverse(f"costs:{name}", args=[cast.agreement.pk, *args])


def page(cast, who, name, *args, **query):
    return cast.client(getattr(cast, who)).get(address(cast, name, *args), query)


def told(response):
    return main_text(response).replace("\u00a0", " ")


def send(cast, who, name, body, *args):
    return cast.client(getattr(cast, who)).post(address(cast, name, *args), body)


def act(cast, who, name, body, *args):
    """Open, fill in, look at the check page, confirm."""
    client, url = cast.client(getattr(cast, who)), address(cast, name, *args)
    checked = client.post(url, typed(client.get(url), **body))
    assert tree(checked).xpath("//main//button[@name='confirm']"), main_text(checked)
    confirmed = client.post(url, typed(checked, confirm="1"))
    assert confirmed.status_code == 302, main_text(confirmed)
    return told(checked)


def entered(cast, who="coordinator", **differing):
    body = {**ITEM, "payer": cast.ta.party.pk, "revision": "0", **differing}
    response = send(cast, who, "item_add", body)
    assert response.status_code == 302, main_text(response)
    return CostItem.objects.latest("pk")


def test_from_invoice_to_payment_through_the_pages(cast, clock, drawn):
    cost = entered(cast, "ta", vat="0")
    act(cast, "coordinator", "item_submit", {"reason": "Tarvitaan."}, cost.pk)
    assert "Before the steering group" in told(page(cast, "kela", "item_detail", cost.pk))
    kit.approve(cast, CostItem.objects.get().matter)
    checked = act(cast, "coordinator", "item_split", {}, cost.pk)
    assert "615,00 € × 6 / 10 = 369,00 € → 369,00 €" in checked
    act(cast, "coordinator", "settlement_open", {})
    settlement = Settlement.objects.get()
    act(cast, "coordinator", "settlement_submit", {}, settlement.pk)
    for who in ("ta", "hva", "kela"):
        party = getattr(cast, who).party
        act(cast, who, "settlement_accept", {}, settlement.pk, party.order)
    shown = told(page(cast, "kela", "settlement_detail", settlement.pk))
    assert "was closed" in shown
    assert "246,00 €" in shown
    assert "Not paid" in shown
    payment = settlement.payments.get()
    clock.day = date(2025, 8, 1)
    assert "Late" in told(page(cast, "hva", "settlement_detail", settlement.pk))
    act(cast, "hva", "payment_mark", {"reference": "RF18"}, settlement.pk, payment.pk)
    assert "RF18" in told(page(cast, "ta", "settlement_detail", settlement.pk))


def test_item_shows_every_step_and_what_the_other_keys_give(cast):
    cost = made.day_item(cast)
    kit.split(cast, cost)
    shown = told(page(cast, "member", "item_detail", cost.pk))
    assert "23,00 € × 12 / 23 = 12,00 €" in shown
    assert "default, until the parties agree otherwise" in shown
    assert "those who attended on 5.5.2025" in shown
    links = tree(page(cast, "member", "item_detail", cost.pk)).xpath("//main//a/@href")
    assert not [link for link in links if "liitteet" in link]
    assert "What the other readings would have given" in shown


def test_weights_of_annex_2_link_to_the_annex_of_that_day(cast):
    cost = kit.approved(cast, "615.01")
    kit.split(cast, cost)
    links = tree(page(cast, "kela", "item_detail", cost.pk)).xpath("//main//a/@href")
    assert f"{reverse('agreements:annex_detail', args=[cast.agreement.pk, 2])}?on=2025-05-05" in links
    shown = told(page(cast, "kela", "item_detail", cost.pk))
    assert "615,01 € × 6 / 10 = 369,006 €" in shown
    assert "one cent left over" in shown


def test_cost_that_waits_for_the_group_says_so_and_shows_a_calculation(cast):
    shown = told(page(cast, "kela", "item_detail", kit.item(cast, "615").pk))
    assert "Needs the steering group's approval" in shown
    assert "This is a calculation only." in shown


def test_receipt_is_kept_and_linked(cast):
    file = SimpleUploadedFile("lasku.pdf", b"%PDF-1.7 x", content_type="application/pdf")
    cost = entered(cast, receipt=file)
    assert "lasku.pdf" in told(page(cast, "kela", "item_detail", cost.pk))
    assert cast.client(cast.kela).get(cost.receipt.get_absolute_url()).content == b"%PDF-1.7 x"


@pytest.mark.parametrize(
    ("differing", "said"),
    [
        ({"net": "x"}, "Write the amount in euros"),
        ({"net": "1,234"}, "at most two decimals"),
        ({"net": "99999999"}, "can be at most"),
        ({"net": "-5"}, "A credit note refers to the item it corrects."),
        ({"kind": "development_day"}, "Choose the development day."),
        ({"invoiced_on": "31.2.2025"}, "not in the calendar"),
        ({"invoiced_on": "1.1.2026"}, "in the future"),
        ({"supplier": "Matti 131052-308T"}, "personal identity code"),
        ({"receipt": SimpleUploadedFile("x.pdf", b"MZ")}, "must be a PDF"),
        ({"payer": "0"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_told_and_nothing_typed_is_lost(cast, differing, said):
    body = {**ITEM, "payer": cast.ta.party.pk, "revision": "0", **differing}
    response = send(cast, "coordinator", "item_add", body)
    assert response.status_code in (200, 409)
    assert said in told(response)
    assert typed(response)["description"] == "Esite"
    assert not CostItem.objects.exists()


def test_party_enters_only_what_it_has_paid(cast):
    options = tree(page(cast, "kela", "item_add")).xpath("//select[@name='payer']/option/@value")
    assert options == [str(cast.kela.party.pk)]


def test_second_to_save_sees_three_versions_and_can_still_save(cast):
    cost = entered(cast)
    first, second = (typed(page(cast, who, "item_edit", cost.pk)) for who in ("ta", "coordinator"))
    assert send(cast, "ta", "item_edit", {**first, "net": "700,00"}, cost.pk).status_code == 302
    conflict = send(cast, "coordinator", "item_edit", {**second, "net": "800,00"}, cost.pk)
    assert conflict.status_code == 409
    assert all(amount in told(conflict) for amount in ("615,00 €", "700,00 €", "800,00 €"))
    assert send(cast, "coordinator", "item_edit", typed(conflict), cost.pk).status_code == 302
    assert CostItem.objects.get().net == 800


def test_correction_starts_from_what_it_corrects_and_has_its_weights(cast):
    cost = made.day_item(cast)
    kit.split(cast, cost)
    client = cast.client(cast.coordinator)
    url = f"{address(cast, 'item_add')}?oikaisee={cost.pk}"
    assert client.post(url, typed(client.get(url), net="-2,30", description="Hyvitys")).status_code == 302
    credit = CostItem.objects.latest("pk")
    actions.split_item(item=credit, by=cast.coordinator, on=cast.today)
    assert "Corrected by" in told(page(cast, "kela", "item_detail", cost.pk))
    assert "Corrects the item" in told(page(cast, "kela", "item_detail", credit.pk))
    assert kit.amounts(credit.split) == [Decimal("-1.20"), Decimal("-0.90"), Decimal("-0.20")]


def test_development_day_is_recorded_and_put_right(cast):
    came = {"held_on": "5.5.2025", "place": "Pori", "came_1": "12", "came_2": "9", "came_3": "2"}
    act(cast, "coordinator", "day_record", came)
    assert "5.5.2025, Pori: 23 attended" in told(page(cast, "member", "cost_year"))
    client, url = cast.client(cast.coordinator), f"{address(cast, 'day_record')}?paiva=5.5.2025"
    assert typed(client.get(url))["came_1"] == "12"
    act(cast, "coordinator", "day_record", {**came, "came_1": "13"})
    assert [row.persons for row in DevelopmentDay.objects.get().attendance.all()] == [13, 9, 2]


def test_year_without_a_development_day_is_late_until_a_reason_is_told(cast, clock):
    assert "It is to be held by 31.12.2025." in told(page(cast, "member", "cost_year"))
    clock.day = date(2026, 1, 2)
    assert "Late No development day has been recorded for 2025" in told(page(cast, "member", "cost_year", vuosi="2025"))
    act(cast, "coordinator", "day_not_held", {"year": "2025", "reason": "Tilaa ei saatu."})
    shown = told(page(cast, "member", "cost_year", vuosi="2025"))
    assert "Tilaa ei saatu." in shown
    assert "Late No development" not in shown


def test_agreed_sharing_is_recorded_consented_to_and_shown_with_its_file(cast):
    file = SimpleUploadedFile("sopimus.pdf", b"%PDF-1.7 x", content_type="application/pdf")
    body = {"basis": "separate", "reference": "D/12/2025", "agreed_on": "15.1.2025", "valid_from": "1.5.2025"}
    body |= {"weight_1": "70", "weight_2": "", "file": file}
    refused = send(cast, "ta", "sharing_record", body)
    assert "Write the number." in told(refused)
    assert typed(refused)["reference"] == "D/12/2025"
    file.seek(0)
    assert send(cast, "ta", "sharing_record", {**body, "weight_2": "30", "checked": "on"}).status_code == 302
    (recorded,) = cast.agreement.sharings.all()
    for who in ("ta", "hva"):
        assert "Consent missing" in told(page(cast, "kela", "cost_year"))
        checked = act(cast, who, "sharing_consent", {}, recorded.pk, getattr(cast, who).party.order)
        assert "70 : " in checked
    shown = told(page(cast, "kela", "cost_year"))
    assert "sopimus.pdf" in shown
    cost = kit.approved(cast, "10.00")
    act(cast, "coordinator", "item_split", {}, cost.pk)
    shown = told(page(cast, "kela", "item_detail", cost.pk))
    assert "10,00 € × 70 / 100 = 7,00 €" in shown
    assert "act 381/2023 10 § 2 mom; D/12/2025, 15.1.2025)" in shown
    assert "sopimus.pdf" in shown


def test_setting_is_proposed_and_shown_on_the_item(cast):
    cost = kit.approved(cast, "100.00", vat=Decimal("25.50"))
    shown = told(page(cast, "kela", "item_detail", cost.pk))
    assert "Amount shared125,50 €, with VAT" in shown
    assert "Without VAT" in shown
    body = {"kind": "joint", "to": "amount:net", "valid_from": "1.5.2025"}
    act(cast, "coordinator", "key_propose", body)
    reading = Reading.objects.get(key="costs.joint.amount")
    kit.approve(cast, reading.matter)
    for who in ("ta", "hva"):
        act(cast, who, "key_consent", {}, reading.pk, getattr(cast, who).party.order)
    shown = told(page(cast, "kela", "item_detail", cost.pk))
    assert "100,00 € × 6 / 10 = 60,00 €" in shown
    ground = "agreement 9 §, act 381/2023 10 § 2 mom; Johtoryhmä 2.6.2025 § 13, in force from 1.5.2025"
    assert f"amount that is sharedwithout VAT ({ground})" in shown
    wrong = send(cast, "coordinator", "key_propose", {**body, "to": "key:attendance"})
    assert "Only costs of the development day" in told(wrong)


def test_cost_that_was_returned_shows_why_and_is_put_again(cast):
    cost = kit.item(cast, "615")
    kit.approve(cast, kit.submitted(cast, cost), "return")
    shown = told(page(cast, "kela", "item_detail", cost.pk))
    assert "Returned for preparation" in shown
    body = typed(page(cast, "coordinator", "item_edit", cost.pk), net="600,00")
    assert send(cast, "coordinator", "item_edit", body, cost.pk).status_code == 302
    act(cast, "coordinator", "item_submit", {"reason": "Lyhyempi."}, cost.pk)
    assert "Before the steering group" in told(page(cast, "kela", "item_detail", cost.pk))


def test_year_tells_sums_shares_and_a_missing_day(cast, clock):
    made.split_day(cast)
    kit.item(cast, "7", CostItem.Kind.OWN, payer=cast.kela.party, by=cast.kela)
    shown = page(cast, "member", "cost_year")
    assert "12,00 €" in told(shown)
    (chart,) = (bars.text_content() for bars in tree(shown).find_class("bars"))
    assert "12,00" in chart
    clock.day = date(2026, 3, 1)
    assert "No development day has been recorded for 2024" in told(page(cast, "member", "cost_year", vuosi="2024"))
    assert page(cast, "member", "cost_year", vuosi="1").status_code == 404


def test_municipal_contact_does_not_see_costs(cast):
    contact = cast.holder("municipal_contact", cast.ta.party, municipality=cast.agreement.municipalities.first())
    assert cast.client(contact).get(address(cast, "cost_year")).status_code == 403


def test_accepting_what_has_changed_meanwhile_is_refused(cast):
    settlement = made.checking(cast)
    body = typed(page(cast, "kela", "settlement_accept", settlement.pk, 3), confirm="1")
    actions.reopen_settlement(settlement=settlement, by=cast.coordinator, on=cast.today)
    kit.split(cast, kit.approved(cast, "10"))
    actions.submit_settlement(settlement=settlement, by=cast.coordinator, on=cast.today)
    refused = send(cast, "kela", "settlement_accept", body, settlement.pk, 3)
    assert refused.status_code == 409
    assert "has changed" in told(refused)


def queries(cast, name, *args):
    client = cast.client(cast.coordinator)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address(cast, name, *args)).status_code == 200
    return len(caught)


@pytest.mark.parametrize("name", ["cost_year", "settlement_detail", "statement_detail", "item_detail"])
def test_queries_do_not_grow_with_items(cast, name):
    kit.split(cast, kit.item(cast, "5", DAY, day=kit.day(cast, 1, 1, 1)))
    kit.split(cast, kit.approved(cast, "5"))
    settlement = kit.settled(cast)
    args = {"cost_year": (), "statement_detail": (settlement.pk, 1), "item_detail": (settlement.items.last().pk,)}
    args = args.get(name, (settlement.pk,))
    kit.setting(cast, "joint.amount", "net", cast.ta)
    kit.sharing(cast, "7", "3", agree=(cast.ta,))
    queries(cast, name, *args)
    before = queries(cast, name, *args)
    actions.reopen_settlement(settlement=settlement, by=cast.coordinator, on=cast.today)
    for number in range(2):
        kit.split(cast, kit.item(cast, "5", DAY, day=kit.day(cast, 1, 1, 1, held_on=date(2025, 5, 1 + number))))
        kit.split(cast, kit.approved(cast, "5"))
        kit.setting(cast, "joint.amount", "net", cast.ta)
        kit.sharing(cast, "7", "3", agree=(cast.ta,))
    actions.submit_settlement(settlement=settlement, by=cast.coordinator, on=cast.today)
    assert settlement.items.count() == 6
    assert queries(cast, name, *args) == before
