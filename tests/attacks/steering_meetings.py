"""Attacks on meetings, agendas and attendance."""

from datetime import date, timedelta

from django.utils import timezone

from steering.actions import prepare_followup, summon
from steering.models import AgendaItem, Meeting
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.cast import TODAY
from tests.factories import system
from tests.steering.kit import EVENING, Group, last_item, other_matter

TOMORROW = TODAY + timedelta(days=1)
NOW = timezone.now()
OVER = {"state": "closed", "closed_at": NOW, "outcome": "dropped"}


def new_meeting(cast, **values):
    group = Group(cast)
    told = {"year": 2025, "number": 9, "held_on": TODAY, **values}
    return Meeting(agreement=cast.agreement, **{"term": group.term, **told})


def planned(cast):
    return Group(cast).plan(TODAY)


def summoned(cast):
    return Group(cast).summoned(TODAY, "Asia")


def opened(cast):
    return Group(cast).opened(TODAY, "Asia")


def handled(cast):
    return Group(cast).handled()


def closed(cast):
    return Group(cast).closed()


def ended(cast):
    group = Group(cast)
    meeting = group.opened(TODAY, present=(1, 2, 3, 4))
    for item in meeting.items.all():
        group.unanimous(item)
    return group.end(meeting)


def closed_with_matter(cast):
    group = Group(cast)
    meeting = group.opened(TODAY, matters=(other_matter(cast),))
    return group.take_up(last_item(meeting)), group


@attack("steering_meeting_starts_planned", INSERT)
def plan_a_summoned_meeting(cast):
    return insert(new_meeting(cast, state="summoned", summoned_on=TODAY))


@attack("steering_meeting_path", UPDATE)
def open_without_a_summons(cast):
    return update(planned(cast), state="open", summoned_on=TODAY, opened_at=EVENING)


@attack("steering_meeting_path", UPDATE, label="back")
def go_back_to_planning(cast):
    return update(summoned(cast), state="planned")


@attack("steering_meeting_over", UPDATE)
def rewrite_a_meeting_that_is_over(cast):
    return update(ended(cast), note="Muuta")


@attack("steering_meeting_kept", DELETE)
def remove_a_meeting(cast):
    return delete(Meeting.objects.get(pk=_empty(cast).pk))


def _empty(cast):
    group = Group(cast)
    meeting = new_meeting_in(cast, group)
    meeting.save()
    return meeting


def new_meeting_in(cast, group):
    meeting = Meeting(agreement=cast.agreement, term=group.term, year=2025, number=5, held_on=TODAY)
    stamped(meeting)
    return meeting


def stamped(row):
    row._history_user, row._change_reason = system().person, "test"


def meeting_stays(label, value, prepare=summoned, also=()):
    @attack("steering_meeting_same", UPDATE, label=label, also=also)
    def turn_a_meeting_into_another(cast):
        return update(prepare(cast), **value(cast))


meeting_stays("agreement", lambda cast: {"agreement": cast.second}, planned, ("steering_meeting_in_term",))
meeting_stays("number", lambda cast: {"number": 8})
meeting_stays("year", lambda cast: {"year": 2026}, also=("steering_meeting_year_of_day",))
meeting_stays("day", lambda cast: {"held_on": TOMORROW})
meeting_stays("kind", lambda cast: {"kind": "e_meeting"})
meeting_stays("deadline", lambda cast: {"kind": "written", "deadline": TOMORROW})


@attack("steering_meeting_in_term", INSERT)
def meet_after_the_term(cast):
    return insert(new_meeting(cast, held_on=date(2030, 1, 1), year=2030))


@attack("steering_meeting_in_term", UPDATE)
def move_before_the_term(cast):
    return update(planned(cast), held_on=date(2024, 12, 31), year=2024)


@attack("steering_meeting_year_of_day", INSERT)
def number_in_another_year(cast):
    return insert(new_meeting(cast, year=2026))


@attack("steering_meeting_year_of_day", UPDATE)
def renumber_in_another_year(cast):
    return update(planned(cast), year=2026)


@attack("steering_meeting_ended_whole", UPDATE)
def end_with_an_open_item(cast):
    return update(opened(cast), state="ended", ended_at=EVENING)


# Items


def new_item(meeting, **values):
    return AgendaItem(meeting=meeting, **{"position": 9, "title": "Uusi", **values})


@attack("steering_agendaitem_starts_open", INSERT)
def add_a_closed_item(cast):
    return insert(new_item(planned(cast), **OVER))


@attack("steering_agendaitem_on_agenda", INSERT)
def add_to_a_meeting_that_is_over(cast):
    return insert(new_item(ended(cast)))


@attack("steering_agendaitem_closed", UPDATE)
def rewrite_a_closed_item(cast):
    return update(closed(cast), decision_text="Toisin")


@attack("steering_agendaitem_closed", UPDATE, label="again", also=("steering_agendaitem_path",))
def reopen_a_closed_item(cast):
    told = {"needed": None, "present": None, "chaired_by": None}
    return update(closed(cast), state="open", outcome="", closed_at=None, **told)


@attack("steering_agendaitem_closed", DELETE)
def remove_an_item_taken_off(cast):
    item = last_item(Group(cast).summoned(TODAY, "Asia"))
    AgendaItem.objects.filter(pk=item.pk).update(**OVER)
    return delete(item)


@attack("steering_agendaitem_kept", DELETE)
def remove_an_item_of_an_open_meeting(cast):
    return delete(last_item(opened(cast)))


@attack("steering_agendaitem_path", UPDATE)
def close_without_taking_up(cast):
    item = last_item(opened(cast))
    told = {"closed_at": NOW, "outcome": "note", "needed": 4, "present": 0}
    return update(item, state="closed", **told)


@attack("steering_agendaitem_in_open_meeting", UPDATE)
def take_up_before_the_meeting(cast):
    return update(last_item(summoned(cast)), state="handled", needed=4, present=0)


@attack("steering_agendaitem_same", UPDATE)
def move_an_item_to_another_meeting(cast):
    group = Group(cast)
    item, other = last_item(group.summoned(TODAY, "Asia")), group.plan(TOMORROW)
    return update(item, meeting=other)


@attack("steering_agendaitem_same", UPDATE, label="matter")
def change_the_matter_of_an_item(cast):
    return update(last_item(summoned(cast)), matter=other_matter(cast))


@attack("steering_agendaitem_same", UPDATE, label="section")
def renumber_an_item(cast):
    return update(last_item(opened(cast)), section=99)


@attack("steering_agendaitem_quorum_kept", UPDATE)
def lower_the_quorum(cast):
    return update(handled(cast), needed=1)


@attack("steering_agendaitem_present_counted", UPDATE, also=("steering_agendaitem_quorum_kept",))
def count_more_than_are_there(cast):
    return update(handled(cast), present=8)


@attack("steering_agendaitem_present_counted", UPDATE, label="nobody")
def take_up_with_nobody(cast):
    return update(last_item(opened(cast)), state="handled", needed=4, present=4)


@attack("steering_agendaitem_own_agreement", INSERT)
def put_the_neighbours_matter_on_the_agenda(cast):
    return insert(new_item(planned(cast), matter=cast.second.matters.first()))


@attack("steering_agendaitem_own_agreement", UPDATE, also=("steering_agendaitem_same",))
def change_to_the_neighbours_matter(cast):
    return update(last_item(summoned(cast)), matter=cast.second.matters.first())


@attack("steering_agendaitem_section_once", INSERT)
def use_a_section_again(cast):
    group = Group(cast)
    group.opened(TODAY, "Asia")
    return insert(new_item(group.plan(TOMORROW), section=2))


@attack("steering_agendaitem_section_once", UPDATE)
def take_a_section_of_another_meeting(cast):
    group = Group(cast)
    group.opened(TODAY, "Asia")
    return update(last_item(group.plan(TOMORROW)), section=1)


@attack("steering_agendaitem_decided_so", UPDATE)
def close_with_another_outcome_than_was_decided(cast):
    item, _group = closed_with_matter(cast)
    decision = cast.returned_change(cast.kela).matter.decisions.get()
    return update(item, state="closed", outcome="approve", closed_at=NOW, decision=decision)


@attack("steering_agendaitem_all_stated", UPDATE)
def decide_in_writing_before_all_have_stated(cast):
    group = Group(cast)
    meeting = group.opened(TODAY, "Asia", kind="written", deadline=TOMORROW, present=())
    return update(last_item(meeting), state="closed", outcome="approve", closed_at=NOW)


@attack("steering_agendaitem_followup_kept", UPDATE)
def rewrite_a_followup_after_the_summons(cast):
    group = Group(cast)
    meeting = group.plan(TODAY)
    told = {"meeting": meeting, "by": cast.coordinator, "on": TODAY}
    item = prepare_followup(**told)
    summon(summoned_on=TODAY, deviation="Kiire.", send=False, **told)
    return update(item, followup="{}")


@attack("steering_agendaitem_followup_kept", UPDATE, label="taken_up")
def give_an_item_a_followup_when_it_is_handled(cast):
    return update(handled(cast), followup="{}")


def closed_against_the_vote(label, outcome, against):
    @attack("steering_agendaitem_as_voted", UPDATE, label=label)
    def close_otherwise_than_was_voted(cast):
        group = Group(cast)
        item = group.handled()
        group.vote(item, against=against)
        return update(item, state="closed", outcome=outcome, closed_at=timezone.now())


closed_against_the_vote("carried", "reject", (7,))
closed_against_the_vote("fell", "approve", (1, 2, 3, 4))
