"""The table of people: who may what on which ground, whose addresses are shown, and what is missing."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import actions, history
from agreements.actions.files import Upload
from agreements.models import Invitation, Mandate
from steering.actions.seats import SeatHolder, SeatInput, replace_seats
from steering.models import SeatLine
from tests.agreements.together_kit import PDF, post
from tests.cast import FIRST_DAY, TODAY
from tests.factories import UserFactory
from tests.pages import main_text, text_of, tree

Capacity = Mandate.Capacity
NOBODY = "Nobody may bind this party at present, so its consent cannot be given."


def page(cast, who):
    return cast.client(who).get(reverse("agreements:people_list", args=[cast.agreement.pk]))


def row_of(response, person):
    [row] = [row for row in tree(response).xpath("//tbody/tr") if text_of(row.xpath("th")[0]).startswith(str(person))]
    return row


def ground_of(cast, mandate):
    return text_of(row_of(page(cast, cast.ta), mandate.person).xpath("td")[-1])


def real_today():
    return f"{timezone.localdate():%-d.%-m.%Y}"


def invitation(cast, email="uusi@kela.example", on=TODAY, **told):
    """(invitation, its secret)"""
    secrets = []
    told = {"name": "Uusi Ihminen", "capacity": "reader", "party": cast.kela.party, "by": cast.kela_main_user, **told}
    made = actions.invite_person(email=email, on=on, link=lambda secret: secrets.append(secret) or "https://x/", **told)
    return made, secrets[0]


def accepted(cast, **told):
    _made, secret = invitation(cast, **told)
    return actions.accept_invitation(secret=secret, on=TODAY, password="kuusi-pitkaa-sanaa-9")


def test_ground_of_an_invited_person_is_her_invitation(cast):
    told = {"who": cast.kela_main_user, "day": real_today()}
    assert ground_of(cast, accepted(cast)) == _("Invited by %(who)s on %(day)s") % told


def written(mandate):
    """The day on which it was written, which for the cast is that of the run's beginning."""
    return f"{timezone.localdate(mandate.history.earliest().history_date):%-d.%-m.%Y}"


def test_ground_of_the_first_people_is_the_command(cast):
    told = {"day": written(cast.kela)}
    assert ground_of(cast, cast.kela) == _("Granted by a command of the installation on %(day)s") % told


def test_ground_of_a_seat_is_annex_3(cast):
    told = {"day": written(cast.member)}
    assert ground_of(cast, cast.member) == _("From Annex 3 (agreement 7 §), recorded on %(day)s") % told


def seat(cast, change, name):
    """Kela's member changes from 1.7.2025 in the draft. The member's mandate, when the party's yes is in."""
    row = SeatLine.objects.of(cast.annex3).in_force(TODAY).get(party=cast.kela.party)
    told = replace(SeatInput.of(row), member=SeatHolder(name))
    replace_seats(change=change, document=cast.annex3, by=change.drafted_by, on=TODAY, seats=[told])
    proposal = {"what": "Jäsen vaihtuu.", "why": "Tehtävät vaihtuivat.", "wanted_from": date(2025, 7, 1)}
    actions.save_proposal(change=change, by=change.drafted_by, on=TODAY, **proposal)
    change = cast.propose(change, by=change.drafted_by)
    if change.state == change.State.PROPOSED:
        actions.give_consent(change=change, party=change.party, by=cast.kela, on=TODAY, sha256=change.sha256)
    return Mandate.objects.select_related("person").get(person__name=name)


def test_ground_of_a_seat_recorded_for_a_party_is_its_notice(cast):
    notice = Upload("ilmoitus.pdf", PDF, "application/pdf")
    told = {"document": cast.annex3, "party": cast.kela.party, "notice": notice, "arrived_on": date(2025, 5, 28)}
    change = actions.record_on_behalf(by=cast.coordinator, on=TODAY, **told)
    ground = _("From Annex 3, recorded on behalf of the party from its notice of %(day)s") % {"day": "28.5.2025"}
    assert ground_of(cast, seat(cast, change, "Uusi Jäsen")) == ground


def test_ground_of_a_seat_of_the_partys_own_notice_is_annex_3(cast):
    change = actions.draft_change(document=cast.annex3, by=cast.kela, on=TODAY)
    ground = _("From Annex 3 (agreement 7 §), recorded on %(day)s") % {"day": real_today()}
    assert ground_of(cast, seat(cast, change, "Uusi Jäsen")) == ground


def test_ground_of_what_a_person_granted_names_her(cast):
    mandate = Mandate(agreement=cast.agreement, person=UserFactory(), capacity=Capacity.AUDITOR, valid_from=FIRST_DAY)
    history.save(mandate, by=cast.coordinator, reason="granted")
    told = {"who": cast.coordinator, "day": real_today()}
    assert ground_of(cast, mandate) == _("Granted by %(who)s on %(day)s") % told


def test_ground_stays_what_it_was_when_the_mandate_changes(cast):
    mandate = accepted(cast)
    before = ground_of(cast, mandate)
    actions.end_own_mandate(mandate=mandate, by=cast.kela_main_user, on=TODAY, last_day=TODAY)
    assert ground_of(cast, mandate) == before


def test_main_user_sees_the_addresses_of_her_own_people_only(cast):
    text = main_text(page(cast, cast.kela_main_user))
    shown = {who for who in ("ta", "hva", "kela", "kela_main_user", "coordinator") if email(cast, who) in text}
    assert shown == {"kela", "kela_main_user"}


@pytest.mark.parametrize("who", ["ta", "hva", "kela", "coordinator", "member"])
def test_nobody_else_sees_an_address(cast, who):
    accepted(cast)
    assert "@" not in main_text(page(cast, getattr(cast, who)))


def test_main_user_who_has_ended_sees_no_address(cast):
    ended = cast.holder(Capacity.MAIN_USER, cast.kela.party, valid_to=date(2025, 6, 1))
    actions.grant_mandate(
        agreement=cast.agreement,
        person=ended.person,
        capacity=Capacity.READER,
        party=cast.kela.party,
        valid_from=FIRST_DAY,
        by=cast.system,
    )
    assert "@" not in main_text(page(cast, ended))


def email(cast, who):
    return getattr(cast, who).person.email


def warnings(response):
    """The warnings of the page by the heading of the party they stand under."""
    found = tree(response).xpath("//main//*[contains(@class, 'notice--warn')]")
    return {text_of(box.xpath("preceding-sibling::h2[1]")[0]).lower(): text_of(box) for box in found}


def unbind(cast, mandate):
    actions.set_binding(mandate=mandate, by=cast.kela_main_user, on=TODAY, may_bind_party=False)


def test_party_that_nobody_may_bind_is_told_with_what_to_do(cast):
    assert warnings(page(cast, cast.kela_main_user)) == {}
    unbind(cast, cast.kela)
    own, others = warnings(page(cast, cast.kela_main_user)), warnings(page(cast, cast.ta))
    assert list(own) == list(others) == ["kela"]
    assert _(NOBODY) in own["kela"]
    assert _("Let one of your people bind the party in the table below, or invite a person who may.") in own["kela"]
    assert cast.kela_main_user.person.name in others["kela"]


def test_right_to_bind_counts_from_its_first_day_to_its_last(cast, clock):
    mandate = Mandate.objects.get(pk=cast.kela.pk)
    actions.end_own_mandate(mandate=mandate, by=cast.kela_main_user, on=TODAY, last_day=date(2025, 6, 30))
    clock.day = date(2025, 6, 30)
    assert warnings(page(cast, cast.ta)) == {}
    clock.day = date(2025, 7, 1)
    assert list(warnings(page(cast, cast.ta))) == ["kela"]


def test_party_without_a_main_user_is_sent_to_those_who_run_the_service(cast):
    actions.end_mandate(mandate=cast.hva, by=cast.system, last_day=date(2025, 6, 1))
    [told] = warnings(page(cast, cast.ta)).values()
    assert _("The party has no main user. Those who run the service can give it one.") in told


def cards(response):
    return [text_of(card) for card in tree(response).xpath("//main//li[@class='card']")]


def test_expired_invitation_is_told_to_the_main_user_until_she_acts(cast, clock):
    made, _secret = invitation(cast)
    clock.day = made.expires_on
    assert _("Expired") not in " ".join(cards(page(cast, cast.kela_main_user)))
    clock.day = date(2025, 6, 17)
    [card] = cards(page(cast, cast.kela_main_user))
    assert _("Expired") in card
    assert "16.6.2025" in card
    assert cards(page(cast, cast.ta)) == []
    post(cast.client(cast.kela_main_user), "invitation_cancel", cast.agreement.pk, made.pk)
    assert cards(page(cast, cast.kela_main_user)) == []


def test_invitation_made_again_takes_the_place_of_the_expired_one(cast, clock):
    invitation(cast)
    clock.day = date(2025, 6, 20)
    _again, secret = invitation(cast, on=clock.day)
    [card] = cards(page(cast, cast.kela_main_user))
    assert _("Expired") not in card
    actions.accept_invitation(secret=secret, on=clock.day, password="kuusi-pitkaa-sanaa-9")
    assert cards(page(cast, cast.kela_main_user)) == []


def test_queries_do_not_grow_with_people_and_invitations(cast):
    client, url = cast.client(cast.kela_main_user), reverse("agreements:people_list", args=[cast.agreement.pk])

    def count():
        with CaptureQueriesContext(connection) as seen:
            client.get(url)
        return len(seen)

    accepted(cast, email="eka@kela.example")
    invitation(cast, email="toka@kela.example")
    few = count()
    for number in range(3):
        accepted(cast, email=f"lisa{number}@kela.example")
        invitation(cast, email=f"kutsu{number}@kela.example")
        cast.holder(Capacity.READER, cast.hva.party)
    assert count() == few
    assert Invitation.objects.count() == 8
