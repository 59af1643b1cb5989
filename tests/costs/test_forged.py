"""Forms that no page of ours has made: what a guard would refuse is told in words, and nothing is written."""

import pytest

from costs.models import CostItem, DayNotHeld, Payment, Settlement, Sharing
from tests.attacks import costs as made
from tests.costs import kit
from tests.costs.test_pages import ITEM, page, send
from tests.pages import main_text

HELD = {"held_on": "5.5.2025", "came_1": "1", "came_2": "1", "came_3": "1", "confirm": "1"}
SHARED = {"basis": "separate", "reference": "x", "agreed_on": "1.5.2025", "valid_from": "1.5.2025", "checked": "on"}


def stored():
    models = (CostItem, DayNotHeld, Payment, Settlement, Sharing)
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.mark.parametrize(
    "differing",
    [
        {"payer": lambda cast: cast.stranger.party.pk},
        {"credit_of": lambda cast: made.their_item(cast).pk},
        {"kind": lambda cast: "gift"},
        {"kind": lambda cast: "own", "day": lambda cast: kit.day(cast, 1, 1, 1).pk},
        {"revision": lambda cast: "-1"},
        {"net": lambda cast: "1e9"},
    ],
)
def test_forged_item(cast, differing):
    body = {**ITEM, "payer": cast.ta.party.pk, "revision": "0"}
    body |= {name: value(cast) for name, value in differing.items()}
    before = stored()
    assert send(cast, "coordinator", "item_add", body).status_code in (200, 409)
    assert stored() == before


def test_party_does_not_enter_what_another_has_paid(cast):
    body = {**ITEM, "payer": cast.ta.party.pk, "revision": "0"}
    assert send(cast, "kela", "item_add", body).status_code == 200
    assert not CostItem.objects.exists()


@pytest.mark.parametrize(
    ("who", "name", "body", "answers"),
    [
        ("coordinator", "day_record", {**HELD, "came_1": "-1"}, (200,)),
        ("coordinator", "day_not_held", {"year": "1999", "reason": "x", "confirm": "1"}, (200,)),
        ("coordinator", "key_propose", {"kind": "own", "to": "key:heads", "valid_from": "1.5.2025"}, (200,)),
        ("coordinator", "key_propose", {"kind": "joint", "to": "colour:red", "valid_from": "1.5.2025"}, (200,)),
        ("coordinator", "settlement_open", {"first_day": "2.1.2025", "last_day": "1.1.2025", "confirm": "1"}, (200,)),
        ("ta", "sharing_record", {**SHARED, "weight_1": "-1", "weight_2": "1"}, (200,)),
        ("ta", "sharing_record", {**SHARED, "weight_1": "0", "weight_2": "0"}, (200,)),
        ("ta", "sharing_record", {**SHARED, "weight_1": "1", "weight_2": "1", "ends": "on"}, (200,)),
        ("kela", "sharing_record", {**SHARED, "weight_1": "1", "weight_2": "1"}, (403,)),
    ],
)
def test_forged_preparation(cast, who, name, body, answers):
    before = stored()
    assert send(cast, who, name, body).status_code in answers
    assert stored() == before


def test_weight_for_kela_is_not_read_from_a_form(cast):
    body = {**SHARED, "weight_1": "1", "weight_2": "1", "weight_3": "8"}
    assert send(cast, "ta", "sharing_record", body).status_code == 302
    assert [row.party for row in Sharing.objects.get().weights.all()] == [cast.ta.party, cast.hva.party]


def test_forged_acceptance_split_and_payment(cast):
    settlement, other = made.checking(cast), kit.item(cast, "5")
    before = stored()
    refused = {"sha256": "f" * 64, "confirm": "1"}
    assert send(cast, "kela", "settlement_accept", refused, settlement.pk, 3).status_code == 409
    assert send(cast, "kela", "settlement_accept", refused, settlement.pk, 1).status_code == 403
    assert send(cast, "coordinator", "item_split", {"confirm": "1"}, other.pk).status_code == 409
    assert send(cast, "coordinator", "settlement_submit", {"confirm": "1"}, settlement.pk).status_code == 409
    assert send(cast, "kela", "statement_pdf", {}, settlement.pk, 3).status_code == 409
    assert stored() == before


def test_closed_settlement_takes_nothing_more(cast):
    settlement = made.closed(cast)
    item = settlement.items.get()
    before = stored()
    body = {**ITEM, "kind": "development_day", "day": item.day_id, "payer": cast.ta.party.pk, "revision": "0"}
    assert send(cast, "coordinator", "item_edit", body, item.pk).status_code == 409
    for name in ("settlement_submit", "settlement_reopen"):
        assert send(cast, "coordinator", name, {"confirm": "1"}, settlement.pk).status_code == 409
    accepted = {"sha256": settlement.matter.sha256, "confirm": "1"}
    told_who = send(cast, "kela", "settlement_accept", accepted, settlement.pk, 3)
    assert (told_who.status_code, cast.kela.person.name in main_text(told_who)) == (409, True)
    assert page(cast, "kela", "settlement_accept", settlement.pk, 3).status_code == 302
    payment = settlement.payments.first()
    paid = {"paid_on": "1.1.2026", "confirm": "1"}
    who = "hva" if payment.payer == cast.hva.party else "kela"
    assert send(cast, who, "payment_mark", paid, settlement.pk, payment.pk).status_code == 409
    assert stored() == before
