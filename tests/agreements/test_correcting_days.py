"""A day typed wrongly is put right in the open by two people: a notice's arrival, a day of signing."""

from datetime import date

import pytest
from django.urls import reverse

from agreements import actions, history
from agreements.compilation import compile_agreement
from agreements.models import Correction, Record
from tests.agreements.together_kit import ORIGINAL, pdf, post, shown
from tests.cast import TODAY
from tym.core.errors import Refused


@pytest.fixture
def change(cast):
    """Recorded on behalf of the wellbeing county from a notice that arrived on 2.6.2025."""
    told = {"party": cast.hva.party.pk, "notice": pdf(), "arrived_on": "2.6.2025", "checked": "on"}
    post(cast.client(cast.coordinator), "record_on_behalf", cast.agreement.pk, 2, **told)
    return cast.hva.party.changes.get(notice__isnull=False)


@pytest.fixture
def signatory(cast):
    """Signed on 9.12.2024, as first recorded."""
    signatory = cast.kela.party.signatories.first()
    signatory.signed_on = date(2024, 12, 9)
    history.save(signatory, by=cast.coordinator, reason="signed before")
    return signatory


OFFER = {"reason": "näppäilyvirhe", "confirm": "1"}


def test_arrival_of_a_notice_is_corrected_by_two_people(cast, change):
    first = cast.client(cast.coordinator)
    post(first, "arrival_correct", change.pk, becomes="28.5.2025", **OFFER)
    correction = Correction.objects.get(change=change)
    assert post(first, "correction_confirm", change.pk, correction.pk, confirm="1").status_code == 403
    assert change.told_arrival == TODAY
    page = shown(post(cast.client(cast.hva), "correction_confirm", change.pk, correction.pk, confirm="1"))
    assert cast.fresh(change).told_arrival == date(2025, 5, 28)
    assert "2.6.2025 → 28.5.2025" in page
    assert "näppäilyvirhe" in page
    assert cast.fresh(change).arrived_on == TODAY


def test_day_of_signing_is_corrected_by_two_people_and_told_in_the_copy(cast, signatory):
    first, args = cast.client(cast.coordinator), (cast.agreement.pk, signatory.pk)
    post(first, "original_enter", cast.agreement.pk, upload=pdf(), **ORIGINAL)
    post(first, "signing_correct", *args, becomes="11.12.2024", **OFFER)
    assert post(first, "signing_confirm", *args, confirm="1").status_code == 403
    assert "9.12.2024" in compile_agreement(cast.agreement, TODAY).original_note
    page = shown(post(cast.client(cast.kela), "signing_confirm", *args, confirm="1"))
    assert "9.12.2024 → 11.12.2024" in page
    assert "11.12.2024" in compile_agreement(cast.agreement, TODAY).original_note
    assert Record.objects.get(kind=Record.Kind.SIGNED_ORIGINAL, agreement=cast.agreement).on == date(2024, 12, 9)
    signatory.refresh_from_db()
    assert (signatory.signed_on, signatory.told_day) == (date(2024, 12, 9), date(2024, 12, 11))


def test_correction_is_confirmed_once(cast, signatory):
    correction = offer(cast, signatory, date(2024, 12, 11))
    actions.confirm_correction(correction=correction, by=cast.kela, on=TODAY)
    with pytest.raises(Refused):
        actions.confirm_correction(correction=correction, by=cast.kela_main_user, on=TODAY)


def offer(cast, of, day):
    return actions.correct_day(of=of, by=cast.coordinator, on=TODAY, becomes=day, reason="syy")


@pytest.mark.parametrize("day", [date(2024, 12, 9), date(2025, 6, 3)])
def test_same_day_and_a_day_in_the_future_are_refused(cast, signatory, day):
    with pytest.raises(Refused):
        offer(cast, signatory, day)


def test_second_correction_waits_for_the_first(cast, signatory):
    offer(cast, signatory, date(2024, 12, 11))
    with pytest.raises(Refused):
        offer(cast, signatory, date(2024, 12, 12))


def test_later_correction_corrects_the_corrected(cast, signatory):
    for day in (date(2024, 12, 11), date(2024, 12, 12)):
        actions.confirm_correction(correction=offer(cast, signatory, day), by=cast.kela, on=TODAY)
        signatory.refresh_from_db()
    assert signatory.told_day == date(2024, 12, 12)
    assert [correction.was for correction in signatory.corrections.all()] == ["9.12.2024", "11.12.2024"]


def test_day_that_is_no_day_is_told_beside_the_field(cast, signatory):
    args = (cast.agreement.pk, signatory.pk)
    answer = post(cast.client(cast.coordinator), "signing_correct", *args, becomes="31.2.2024", **OFFER)
    assert "31.2.2024" in shown(answer)
    assert not Correction.objects.exists()


def test_correction_of_another_agreement_is_not_reached(cast, signatory):
    url = reverse("agreements:signing_correct", args=[cast.second.pk, signatory.pk])
    assert cast.client(cast.stranger).get(url).status_code == 404
