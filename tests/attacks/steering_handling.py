"""Attacks on who acts in the seats, on votes, disqualifications, dissents and tasks."""

from datetime import date

from steering import actions
from steering.actions import Candidate, SeatHolder
from steering.models import Disqualification, Dissent, Seating, Vote
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.cast import TODAY
from tests.steering.kit import Group, last_item


def open_item(group, **told):
    return last_item(group.opened(TODAY, "Asia", **told))


def seating(group, item, number, person=None, **values):
    return Seating(item=item, seat=group.seat(number), person=person or group.member(number), **values)


@attack("steering_seating_frozen", INSERT)
def sit_down_while_the_item_is_handled(cast):
    group = Group(cast)
    item = group.take_up(open_item(group, present=(1, 2, 3, 4)))
    return insert(seating(group, item, 5))


@attack("steering_seating_frozen", UPDATE, also=("steering_seating_kept",))
def hand_the_seat_over_while_the_item_is_handled(cast):
    group = Group(cast)
    row = group.handled().seatings.get(seat__position=1)
    return update(row, person=group.deputy(1), as_deputy=True)


@attack("steering_seating_kept", UPDATE)
def carry_a_seating_to_another_item(cast):
    group = Group(cast)
    meeting = group.opened(TODAY, "Asia", "Toinen")
    first, second = list(meeting.items.all())[-2:]
    return update(group.take_up(first).seatings.first(), item=second)


@attack("steering_seating_kept", DELETE)
def stand_up_while_the_item_is_handled(cast):
    return delete(Group(cast).handled().seatings.first())


@attack("steering_seating_of_seat", INSERT)
def sit_in_the_seat_of_another(cast):
    group = Group(cast)
    return insert(seating(group, open_item(group), 1, group.member(2)))


def own_appointment(group):
    """An item on the appointment of the member of seat 2, not taken up yet."""
    member = group.member(2)
    candidate = Candidate("stand_in", SeatHolder(member.name, member.email))
    told = {"agreement": group.agreement, "by": group.cast.coordinator, "on": TODAY, "candidates": [candidate]}
    matter = actions.propose_appointment(valid_from=date(2025, 7, 1), valid_to=date(2025, 12, 31), **told)
    return last_item(group.opened(TODAY, matters=[matter]))


@attack("steering_seating_not_the_appointee", INSERT)
def sit_for_ones_own_appointment(cast):
    group = Group(cast)
    return insert(seating(group, own_appointment(group), 2))


@attack("steering_seating_not_the_appointee", UPDATE, also=("steering_seating_kept", "steering_seating_frozen"))
def carry_a_seating_to_ones_own_appointment(cast):
    group = Group(cast)
    item = own_appointment(group)
    other = group.item(item.meeting, "Toinen")
    return update(group.take_up(other).seatings.get(seat__position=2), item=item)


@attack("steering_seating_of_seat", INSERT, label="deputy as member")
def sit_as_member_when_only_deputy(cast):
    group = Group(cast)
    return insert(seating(group, open_item(group), 1, group.deputy(1)))


@attack("steering_seating_of_seat", INSERT, label="deputy of another")
def sit_as_deputy_of_another(cast):
    group = Group(cast)
    return insert(seating(group, open_item(group), 1, group.deputy(2), as_deputy=True))


@attack("steering_seating_of_seat", INSERT, label="last term")
def sit_as_last_terms_member(cast):
    group = Group(cast)
    old, past = group.seat(1), group.member(1)
    group.replace_member(1, "Uusi Jäsen", date(2025, 5, 1))
    return insert(Seating(item=open_item(group, present=(2, 3, 4, 5)), seat=old, person=past))


@attack("steering_seating_of_seat", INSERT, label="coming member")
def sit_before_the_seat_begins(cast):
    group = Group(cast)
    coming = group.replace_member(1, "Uusi Jäsen", date(2025, 7, 1))
    return insert(Seating(item=open_item(group), seat=coming, person=coming.member))


@attack("steering_seating_of_seat", INSERT, label="other agreement")
def sit_in_a_seat_of_another_agreement(cast):
    group, other = Group(cast), Group(cast, agreement=cast.second)
    return insert(Seating(item=open_item(group), seat=other.seat(1), person=other.member(1)))


@attack("steering_seating_of_seat", UPDATE)
def change_seats(cast):
    group = Group(cast)
    row = seating(group, open_item(group), 1)
    row.save()
    return update(row, person=group.member(2))


def disqualified(group, item, number, decided=True):
    person = group.member(number)
    row = Disqualification(item=item, person=person, ground="1", reason="Puoliso.", declared_by=person, decided=decided)
    row._history_user, row._change_reason = group.cast.system.person, "test"
    row.save()
    return row


@attack("steering_seating_not_disqualified", INSERT)
def sit_though_disqualified(cast):
    group = Group(cast)
    item = open_item(group)
    disqualified(group, item, 2)
    return insert(seating(group, item, 2))


@attack("steering_seating_not_disqualified", UPDATE)
def move_to_an_item_from_which_one_is_disqualified(cast):
    group = Group(cast)
    meeting = group.opened(TODAY, "Asia", "Toinen")
    first, second = list(meeting.items.all())[-2:]
    disqualified(group, second, 2)
    row = seating(group, first, 2)
    row.save()
    return update(row, item=second)


# Votes


def vote(group, item, number, person=None, **values):
    told = {"seat": group.seat(number), "person": person or group.member(number), "choice": "for"}
    return Vote(item=item, **told | values)


@attack("steering_vote_seated", INSERT)
def vote_though_absent(cast):
    group = Group(cast)
    return insert(vote(group, group.take_up(open_item(group, present=(1, 2, 3, 4))), 5))


@attack("steering_vote_seated", INSERT, label="deputy beside the member")
def vote_as_deputy_beside_the_member(cast):
    group = Group(cast)
    return insert(vote(group, group.handled(), 1, group.deputy(1)))


@attack("steering_vote_seated", INSERT, label="disqualified")
def vote_though_disqualified(cast):
    group = Group(cast)
    item = open_item(group)
    disqualified(group, item, 2)
    return insert(vote(group, group.take_up(item), 2))


@attack("steering_vote_seated", INSERT, label="in the seat of another")
def vote_in_the_seat_of_another(cast):
    group = Group(cast)
    return insert(vote(group, group.handled(), 1, group.member(2)))


@attack("steering_vote_seated", UPDATE)
def take_over_a_vote(cast):
    group = Group(cast)
    item = group.handled()
    group.vote(item)
    return update(item.votes.get(seat__position=1), person=group.member(2))


@attack("steering_vote_while_handled", INSERT)
def vote_on_a_closed_item(cast):
    group = Group(cast)
    return insert(vote(group, group.closed(), 1))


@attack("steering_vote_while_handled", INSERT, label="too early")
def vote_before_the_item_is_taken_up(cast):
    group = Group(cast)
    item = open_item(group)
    seating(group, item, 1).save()
    return insert(vote(group, item, 1))


@attack("steering_vote_while_handled", UPDATE)
def carry_a_vote_to_a_closed_item(cast):
    group = Group(cast)
    meeting = group.opened(TODAY, "Asia", "Toinen")
    first, second = list(meeting.items.all())[-2:]
    group.close(group.take_up(first))
    item = group.take_up(second)
    group.vote(item)
    return update(item.votes.get(seat__position=1), item=first)


def voted_and_closed(cast):
    group = Group(cast)
    item = group.handled()
    group.vote(item, against=(2,))
    return group.close(item)


@attack("steering_vote_kept", UPDATE, also=("steering_vote_while_handled",))
def change_a_vote_afterwards(cast):
    return update(voted_and_closed(cast).votes.first(), choice="blank")


@attack("steering_vote_kept", DELETE)
def forget_a_vote(cast):
    return delete(voted_and_closed(cast).votes.first())


# Disqualifications


@attack("steering_disqualification_open", INSERT)
def disqualify_afterwards(cast):
    group = Group(cast)
    item = group.take_up(open_item(group, present=(1, 2, 3, 4)))
    person = group.member(5)
    return insert(
        Disqualification(item=group.close(item), person=person, ground="7", reason="Syy.", declared_by=person)
    )


@attack("steering_disqualification_open", UPDATE)
def carry_a_disqualification_to_a_closed_item(cast):
    group = Group(cast)
    meeting = group.opened(TODAY, "Asia", "Toinen")
    first, second = list(meeting.items.all())[-2:]
    row = disqualified(group, second, 2, decided=False)
    group.close(group.take_up(first))
    return update(row, item=first)


def settled(cast):
    group = Group(cast)
    item = open_item(group)
    row = disqualified(group, item, 2)
    group.close(group.take_up(item))
    return row


@attack("steering_disqualification_kept", UPDATE, also=("steering_disqualification_open",))
def excuse_afterwards(cast):
    return update(settled(cast), decided=False)


@attack("steering_disqualification_kept", DELETE)
def forget_a_disqualification(cast):
    return delete(settled(cast))


@attack("steering_disqualification_not_seated", INSERT)
def disqualify_who_acts_in_a_seat(cast):
    group = Group(cast)
    person = group.member(2)
    told = {"person": person, "ground": "1", "reason": "Puoliso.", "declared_by": person, "decided": True}
    return insert(Disqualification(item=group.handled(), **told))


@attack("steering_disqualification_not_seated", UPDATE)
def decide_that_who_acts_in_a_seat_is_disqualified(cast):
    group = Group(cast)
    item = open_item(group)
    row = disqualified(group, item, 2, decided=False)
    group.take_up(item)
    return update(row, decided=True)


# Dissents and tasks


def dissented(cast):
    group = Group(cast)
    return group.dissent(group.closed(), 7), group


@attack("steering_dissent_of_decider", INSERT)
def dissent_though_absent(cast):
    group = Group(cast)
    item = group.close(group.take_up(open_item(group, present=(1, 2, 3, 4))))
    return insert(Dissent(item=item, person=group.member(5)))


@attack("steering_dissent_of_decider", UPDATE, also=("steering_dissent_same",))
def dissent_in_the_name_of_another(cast):
    dissent, group = dissented(cast)
    return update(dissent, person=group.deputy(1))


@attack("steering_dissent_after_decision", INSERT)
def dissent_before_the_decision(cast):
    group = Group(cast)
    return insert(Dissent(item=group.handled(), person=group.member(1)))


@attack("steering_dissent_kept", DELETE)
def forget_a_dissent(cast):
    return delete(dissented(cast)[0])


@attack("steering_dissent_same", UPDATE)
def give_a_dissent_to_another(cast):
    dissent, group = dissented(cast)
    return update(dissent, person=group.member(1))


def task(cast, **values):
    group = Group(cast)
    return group.task(group.closed(), **values)


@attack("steering_task_same", UPDATE)
def undo_what_has_been_done(cast):
    return update(task(cast, done=True), done_on=None)


@attack("steering_task_same", UPDATE, label="item")
def give_a_task_to_another_item(cast):
    group = Group(cast)
    row = group.task(group.closed())
    return update(row, item=row.item.meeting.items.first())


@attack("steering_task_kept", DELETE)
def remove_a_task(cast):
    return delete(task(cast))
