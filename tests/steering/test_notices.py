"""A party's notice changes who sits in its own seats (agreement 7 §)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import transaction

from agreements import actions
from agreements.models import Mandate
from steering.actions import SeatInput, replace_seats
from steering.content import drafted
from steering.models import SeatLine
from tests.cast import TODAY
from tests.steering.seat_kit import (
    day_before,
    drafted_notice,
    notice,
    offices,
    person,
    present,
    revise,
    seated,
)
from tym.accounts.models import User
from tym.core.errors import NotAllowed, Refused, Stale

pytestmark = pytest.mark.usefixtures("english")

FROM = date(2025, 7, 1)


def test_member_changes_from_a_day_and_the_deputy_stays(cast):
    """Domain 7.7: the county's other member from a day."""
    change = notice(cast, cast.hva, place=1, member=person("Tiina Uusi", "palveluvastaava"), wanted_from=FROM)
    assert (change.state, change.start) == ("adopted", FROM)
    assert seated(cast, day_before(FROM))[4] == ("Jari Jäsen", "Jaana Jäsenvara")
    assert seated(cast, FROM)[4] == ("Tiina Uusi", "Jaana Jäsenvara")
    assert seated(cast, FROM)[3] == ("Ville Varapuheenjohtaja", "Vieno Vara")
    assert offices(cast, "Jari Jäsen", day_before(FROM)) == ["member"]
    assert offices(cast, "Jari Jäsen", FROM) == []
    assert offices(cast, "Tiina Uusi", day_before(FROM)) == []
    assert offices(cast, "Tiina Uusi", FROM) == ["member"]
    assert offices(cast, "Tiina Uusi", date(2029, 12, 31)) == ["member"]
    assert offices(cast, "Jaana Jäsenvara", FROM) == ["deputy"]
    deputy = cast.agreement.mandates.get(person=cast.deputy.person)
    assert (deputy.valid_from, deputy.valid_to) == (date(2025, 1, 1), date(2029, 12, 31))


def test_deputy_becomes_the_member(cast):
    notice(cast, cast.kela, member=_of(cast.kela_deputy), deputy=_of(cast.kela_seat), wanted_from=FROM)
    assert seated(cast, FROM)[5] == ("Kaarlo Kelavara", "Kirsi Kelajäsen")
    assert (offices(cast, "Kaarlo Kelavara", FROM), offices(cast, "Kirsi Kelajäsen", FROM)) == (["member"], ["deputy"])
    assert offices(cast, "Kaarlo Kelavara", day_before(FROM)) == ["deputy"]


def _of(mandate):
    return person(mandate.person.name, email=mandate.person.email)


def test_chair_changes_by_the_authoritys_notice(cast):
    notice(cast, cast.ta, member=person("Uusi Puheenjohtaja"), wanted_from=FROM)
    assert offices(cast, "Pirjo Puheenjohtaja", day_before(FROM)) == ["chair"]
    assert offices(cast, "Uusi Puheenjohtaja", FROM) == ["chair"]


def test_who_was_to_come_never_sits_when_another_comes_on_the_same_day(cast):
    notice(cast, cast.ta, member=person("Ensin Nimetty"), wanted_from=FROM)
    notice(cast, cast.ta, member=person("Sitten Nimetty"), wanted_from=FROM)
    assert seated(cast, FROM)[1][0] == "Sitten Nimetty"
    never = Mandate.objects.get(person__name="Ensin Nimetty")
    assert never.valid_to < never.valid_from
    for day in (day_before(FROM), FROM, FROM + timedelta(days=1)):
        assert offices(cast, "Ensin Nimetty", day) == []
    assert offices(cast, "Pirjo Puheenjohtaja", day_before(FROM)) == ["chair"]
    assert offices(cast, "Sitten Nimetty", FROM) == ["chair"]


def test_person_without_an_address_sits(cast):
    """She cannot sign in, and the next save does not make her twice."""
    change = drafted_notice(cast, cast.kela, member=person("Osoitteeton Olli", email=""), wanted_from=FROM)
    known = User.objects.count()
    seats = [SeatInput.of(seat) for seat in drafted(change, cast.annex3).own]
    replace_seats(change=change, document=cast.annex3, by=cast.kela, on=TODAY, seats=seats)
    assert User.objects.count() == known
    cast.propose(cast.fresh(change), by=cast.kela)
    assert offices(cast, "Osoitteeton Olli", FROM) == ["member"]
    notice(cast, cast.kela, deputy=person("Toinen Vara"), wanted_from=FROM + timedelta(days=1))
    assert User.objects.filter(name="Osoitteeton Olli").count() == 1
    assert seated(cast, FROM + timedelta(days=1))[5] == ("Osoitteeton Olli", "Toinen Vara")


def test_two_notices_for_one_seat_are_not_both_adopted(cast):
    mine = drafted_notice(cast, cast.kela_main_user, member=person("Ensimmäinen"), wanted_from=FROM)
    mine = cast.propose(mine, by=cast.kela_main_user)
    notice(cast, cast.kela, member=person("Toinen"), wanted_from=FROM)
    with pytest.raises(Refused) as refused:
        actions.give_consent(change=mine, party=cast.kela.party, by=cast.kela, on=TODAY, sha256=mine.sha256)
    assert refused.value
    assert seated(cast, FROM)[5][0] == "Toinen"


def test_parties_change_their_seats_side_by_side(cast):
    drafts = [
        (cast.hva, drafted_notice(cast, cast.hva, member=person("Hyvä Jäsen"), wanted_from=FROM)),
        (cast.kela, drafted_notice(cast, cast.kela, member=person("Kela Jäsen"), wanted_from=FROM)),
    ]
    for by, change in drafts:
        cast.propose(change, by=by)
    assert (seated(cast, FROM)[3][0], seated(cast, FROM)[5][0]) == ("Hyvä Jäsen", "Kela Jäsen")


def test_start_before_the_notice_needs_a_reason(cast):
    late = {"member": person("Myöhään Kerrottu"), "wanted_from": day_before(TODAY)}
    for who in (cast.kela, cast.kela_main_user):
        change = drafted_notice(cast, who, **late)
        with pytest.raises(Refused, match="before the notice"):
            actions.propose_change(change=change, by=who, on=TODAY)
    change = notice(cast, cast.kela, deviation="Tieto viipyi.", **late)
    assert (change.state, change.deviation) == ("adopted", "Tieto viipyi.")
    assert offices(cast, "Myöhään Kerrottu", day_before(TODAY)) == ["member"]


def test_shared_deputy_needs_a_reason(cast):
    shared = {"place": 1, "deputy": _of(cast.vice_deputy), "wanted_from": FROM}
    with pytest.raises(Refused, match="personal"), transaction.atomic():
        notice(cast, cast.hva, **shared)
    notice(cast, cast.hva, deviation="Uutta varajäsentä haetaan.", **shared)
    assert offices(cast, "Vieno Vara", FROM) == ["deputy"]


def test_shared_deputy_stays_one_when_the_other_seat_gets_its_own(cast):
    """And a notice that leaves the shared deputies alone needs no reason."""
    notice(cast, cast.hva, place=1, deputy=_of(cast.vice_deputy), wanted_from=FROM, deviation="Haetaan.")
    later = FROM + timedelta(days=30)
    notice(cast, cast.kela, member=person("Muu Jäsen"), wanted_from=later)
    notice(cast, cast.hva, place=1, deputy=person("Oma Vara"), wanted_from=later)
    assert offices(cast, "Vieno Vara", later) == ["deputy"]
    assert offices(cast, "Oma Vara", later) == ["deputy"]
    notice(cast, cast.hva, place=0, deputy=person("Toinen Oma"), wanted_from=later)
    assert offices(cast, "Vieno Vara", later) == []


def test_notice_waits_for_who_may_bind_the_party(cast):
    change = notice(cast, cast.kela_main_user, member=person("Odottava"), wanted_from=FROM)
    assert (change.state, offices(cast, "Odottava", FROM)) == ("proposed", [])
    actions.give_consent(change=change, party=cast.kela.party, by=cast.kela, on=TODAY, sha256=change.sha256)
    assert (cast.fresh(change).state, offices(cast, "Odottava", FROM)) == ("adopted", ["member"])


def test_member_is_not_her_own_deputy(cast):
    with pytest.raises(Refused, match="own deputy"):
        drafted_notice(cast, cast.kela, deputy=_of(cast.kela_seat))


def test_holder_of_another_seat_is_refused(cast):
    change = drafted_notice(cast, cast.kela, member=_of(cast.chair), wanted_from=FROM)
    with pytest.raises(Refused, match="more than one seat"):
        actions.propose_change(change=change, by=cast.kela, on=TODAY)


def test_nobody_needs_to_approve_and_the_group_notes_it(cast):
    change = notice(cast, cast.kela, member=person("Tiedoksi"), wanted_from=FROM)
    told = {"organ": "Johtoryhmä", "decided_on": TODAY, "section": "14", "sha256": change.matter.sha256}
    for outcome in ("approve", "reject", "return"):
        with pytest.raises(Refused):
            actions.decide_matter(matter=change.matter, by=cast.coordinator, on=TODAY, outcome=outcome, **told)
    actions.decide_matter(matter=change.matter, by=cast.coordinator, on=TODAY, outcome="note", **told)
    assert cast.fresh(change).state == "adopted"


def test_number_of_seats_does_not_change_by_notice(cast):
    change = drafted_notice(cast, cast.kela)
    seats = [SeatInput.of(seat) for seat in drafted(change, cast.annex3).own]
    with pytest.raises(NotAllowed):
        replace_seats(
            change=change,
            document=cast.annex3,
            by=cast.kela,
            on=TODAY,
            seats=[*seats, SeatInput(person("Lisäpaikka"), key="uusi")],
        )
    replace_seats(change=change, document=cast.annex3, by=cast.kela, on=TODAY, seats=[])
    assert SeatLine.objects.filter(version__change=change).count() == 0


def test_role_stays_with_the_seat(cast):
    change = drafted_notice(cast, cast.hva, place=1, member=person("Mikä Vain"), role="vice_chair")
    assert SeatLine.objects.get(version__change=change).role == "member"


def test_seat_of_another_party_is_refused(cast):
    change = drafted_notice(cast, cast.kela)
    theirs = replace(present(cast)[0], member=person("Kelan Mies"))
    with pytest.raises(NotAllowed):
        replace_seats(change=change, document=cast.annex3, by=cast.kela, on=TODAY, seats=[theirs])


def test_stale_draft_is_told(cast):
    change = drafted_notice(cast, cast.kela, member=person("Oma Ehdotus"))
    seats = [SeatInput.of(seat) for seat in drafted(change, cast.annex3).own]
    ground = drafted(change, cast.annex3).ground
    told = {"change": change, "document": cast.annex3, "by": cast.kela, "on": TODAY, "seats": seats}
    with pytest.raises(Stale):
        replace_seats(revision=change.revision - 1, **told)
    replace_seats(revision=change.revision, ground=ground, **told)
    revise(cast, present(cast), first=date(2025, 8, 1))
    with pytest.raises(Stale):
        replace_seats(ground=ground, **told)


def test_decided_seat_can_be_taken_back_to_what_it_was(cast):
    """A draft that says the same as what is decided changes nothing."""
    change = drafted_notice(cast, cast.kela, member=person("Hetkeksi"))
    seats = [SeatInput.of(seat) for seat in drafted(change, cast.annex3).decided.values()]
    replace_seats(change=change, document=cast.annex3, by=cast.kela, on=TODAY, seats=seats)
    with pytest.raises(Refused, match="nothing"):
        actions.propose_change(change=cast.fresh(change), by=cast.kela, on=TODAY)
