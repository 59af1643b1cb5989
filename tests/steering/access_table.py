"""Who gets which answer on the pages of meetings: more rows for tests/agreements/test_access.py, in its columns."""

from datetime import time, timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from steering import actions, state
from steering.models import AgendaItem, Attendance, Disqualification, Meeting, Task
from tests.cast import TODAY
from tests.steering import minutes_access
from tests.steering.minutes_access import MinutesStates

COORDINATOR = "login 404 404 403 403 403 403 403 {} 403"
BOTH = "login 404 404 403 403 403 403 403 {} {}"
ALL = "login 404 404 ok ok ok ok ok ok ok"
NONE = "login 405 405 405 405 405 405 405 405 405"
# name, subject, who reads, who writes
PAGES = (
    ("meeting_list", "ours", ALL, NONE),
    ("meeting_plan", "ours", COORDINATOR, COORDINATOR),
    ("decision_elsewhere", "ours", COORDINATOR, COORDINATOR),
    ("meeting_detail", "planned", ALL, NONE),
    ("meeting_edit", "planned", COORDINATOR, COORDINATOR),
    ("meeting_summon", "planned", COORDINATOR, COORDINATOR),
    ("meeting_cancel", "planned", COORDINATOR, COORDINATOR),
    ("meeting_open", "summoned", COORDINATOR, COORDINATOR),
    ("meeting_end", "emptied", COORDINATOR, COORDINATOR),
    ("meeting_ask", "written", NONE, "login 404 404 403 403 403 403 403 403 go"),
    ("deputy_call", "summoned", NONE, BOTH),
    ("attendance_add", "going_on", COORDINATOR, COORDINATOR),
    ("attendance_end", "going_on", COORDINATOR, COORDINATOR),
    ("item_add", "planned", COORDINATOR, COORDINATOR),
    ("followup_prepare", "planned", COORDINATOR, COORDINATOR),
    ("item_offer", "planned", NONE, COORDINATOR),
    ("item_detail", "going_on", ALL, NONE),
    ("item_edit", "planned", COORDINATOR, COORDINATOR),
    ("item_move", "planned", NONE, COORDINATOR),
    ("item_remove", "planned", NONE, COORDINATOR),
    ("item_unanimous", "going_on", NONE, COORDINATOR),
    ("item_take_up", "going_on", NONE, COORDINATOR),
    ("item_put_back", "handled", NONE, COORDINATOR),
    ("item_close", "handled", COORDINATOR, COORDINATOR),
    ("item_redraft", "changing", NONE, "login 404 404 403 403 403 go go {} 403"),
    ("vote_cast", "handled", NONE, "login 404 404 403 403 403 403 403 403 go"),
    ("vote_record", "handled", COORDINATOR, COORDINATOR),
    ("disqualification_declare", "summoned", BOTH, BOTH),
    ("disqualification_decide", "declared", NONE, COORDINATOR),
    ("disqualification_except", "few", COORDINATOR, COORDINATOR),
    ("dissent_record", "closed", BOTH, BOTH),
    ("task_add", "closed", COORDINATOR, COORDINATOR),
    ("task_finish", "tasked", NONE, COORDINATOR),
)
ARGUMENTS = {
    "meeting_list": "",
    "meeting_plan": "",
    "decision_elsewhere": "/matter_pk=?",
    "deputy_call": "/meeting_pk=?,seat_pk=?",
    "attendance_end": "/meeting_pk=?,attendance_pk=?",
    "item_offer": "/meeting_pk=?,matter_pk=?",
    "disqualification_decide": "/meeting_pk=?,item_pk=?,row_pk=?",
    "disqualification_except": "/meeting_pk=?,item_pk=?,row_pk=?",
    "task_finish": "/meeting_pk=?,item_pk=?,task_pk=?",
}
OF_AN_ITEM = ("item_", "vote_", "disqualification_", "dissent_", "task_")


def arguments(name):
    of_item = name.startswith(OF_AN_ITEM) and name != "item_add"
    return ARGUMENTS.get(name, "/meeting_pk=?,item_pk=?" if of_item else "/meeting_pk=?")


TABLE = "\n".join(
    f"steering:{name} {subject}{arguments(name)} {method} {answers.format(*[done] * 2)}"
    for name, subject, reads, writes in PAGES
    for method, answers, done in (("GET", reads, "ok"), ("POST", writes, "go"))
) + "\n" + "\n".join(
    f"steering:{name} theirs{arguments(name).replace('?', '1')} GET login {answer} 404 404 404 404 404 404 404 404"
    for name, answer in (("meeting_list", "ok"), ("meeting_plan", "403"))
) + "\n" + minutes_access.TABLE  # fmt: skip


class Meetings(MinutesStates):
    """Meetings of the cast's own group of five, in every state."""

    def __init__(self, cast):
        self.cast, self.by = cast, {"by": cast.coordinator, "on": TODAY}

    def planned(self, **told):
        plan = actions.Plan(held_on=TODAY, **told)
        meeting = actions.plan_meeting(agreement=self.cast.agreement, plan=plan, **self.by)
        actions.add_item(meeting=meeting, item=actions.ItemInput("Asia"), **self.by)
        return meeting

    def summoned(self, **told):
        return actions.summon(meeting=self.planned(**told), summoned_on=TODAY, deviation="Kiire.", **self.by)

    def going_on(self, **told):
        meeting = self.summoned(**told)
        seats = [] if told else state.seats_on(self.cast.agreement.pk, TODAY)
        there = [actions.Present(seat.member) for seat in seats]
        return actions.open_meeting(meeting=meeting, opened_at=time(12), present=there, **self.by)

    def written(self):
        return self.going_on(kind="written", deadline=TODAY + timedelta(days=7))

    def emptied(self):
        meeting = self.going_on()
        for item in meeting.items.select_related("meeting__agreement"):
            actions.decide_unanimously(item=item, **self.by)
        return meeting

    def handled(self):
        meeting = self.going_on()
        actions.take_up(item=last(meeting), **self.by)
        return meeting

    def changing(self):
        meeting = self.going_on()
        actions.add_item(meeting=meeting, matter=self.cast.proposed_change(self.cast.kela).matter, **self.by)
        return meeting

    def closed(self):
        meeting = self.handled()
        actions.close_item(item=last(meeting), outcome="approve", **self.by)
        return meeting

    def declared(self):
        meeting = self.summoned()
        told = {"person": self.cast.member.person, "ground": "1", "reason": "Puoliso."}
        actions.declare_disqualification(item=last(meeting), **told, **self.by)
        return actions.open_meeting(meeting=meeting, opened_at=time(12), **self.by)

    def few(self):
        """Just a quorum, one of whom is disqualified."""
        meeting = self.summoned()
        seats = state.seats_on(self.cast.agreement.pk, TODAY)
        there = [actions.Present(seat.member) for seat in seats[: len(seats) // 2 + 1]]
        told = {"person": seats[0].member, "ground": "1", "reason": "Puoliso."}
        actions.declare_disqualification(item=last(meeting), **told, **self.by)
        return actions.open_meeting(meeting=meeting, opened_at=time(12), present=there, **self.by)

    def tasked(self):
        meeting = self.closed()
        actions.add_task(item=last(meeting), what="Tiedotus", who="Kaisa", by_when=None, **self.by)
        return meeting


def last(meeting):
    return AgendaItem.objects.filter(meeting=meeting).select_related("meeting__agreement", "matter").last()


STATES = [name for name in dir(Meetings) if not name.startswith("_")]


def seat_of(cast, person):
    return next(seat for seat in state.seats_on(cast.agreement.pk, TODAY) if seat.member == person)


def named(cast):
    """What stands in the address for "?"."""
    meeting = Meeting.objects.filter(agreement=cast.agreement).last
    return {
        "meeting_pk": lambda: meeting().pk,
        "item_pk": lambda: last(meeting()).pk,
        "seat_pk": lambda: next(
            s.pk for s in state.seats_on(cast.agreement.pk, TODAY) if s.member == cast.member.person
        ),
        "attendance_pk": lambda: Attendance.objects.filter(meeting=meeting()).first().pk,
        "matter_pk": lambda: state.offered_matters(cast.agreement).first().pk,
        "row_pk": lambda: Disqualification.objects.get().pk,
        "task_pk": lambda: Task.objects.get().pk,
    }


def elsewhere(cast):
    extract = SimpleUploadedFile("ote.pdf", b"%PDF-1.4 ote", "application/pdf")
    told = {"decided_on": "2.6.2025", "section": "1", "outcome": "note", "checked": "on", "extract": extract}
    return {**told, "sha256": state.offered_matters(cast.agreement).first().sha256}


def sent(name, cast):
    """A body that would be accepted from whoever may send it."""
    plan = {"kind": "meeting", "held_on": "2.6.2025", "place": "Pori"}
    item = {"title": "Uusi", "kind": "decide", "appeal": "not_stated"}
    who = {"person": cast.member.person.pk, "confirm": "1"}
    return {
        "meeting_plan": plan,
        "decision_elsewhere": elsewhere(cast) if name == "decision_elsewhere" else {},
        "meeting_edit": plan,
        "meeting_summon": {"summoned_on": "2.6.2025", "deviation": "Kiire.", "confirm": "1"},
        "meeting_cancel": {"note": "Sairaus.", "confirm": "1"},
        "meeting_open": {"opened_at": "12.00"},
        "meeting_end": {"ended_at": "14.00", "confirm": "1"},
        "attendance_add": {"person": cast.kela.person.pk, "capacity": "guest", "came_at": "12.30"},
        "item_add": item,
        "followup_prepare": {"text": "Vaje."},
        "item_edit": item,
        "item_close": {"outcome": "approve", "confirm": "1"},
        "vote_cast": {"choice": "for"},
        "disqualification_declare": {**who, "ground": "1", "reason": "Puoliso."},
        "disqualification_decide": {"decided": "yes"},
        "disqualification_except": {"urgency": "Määräaika.", "confirm": "1"},
        "dissent_record": {**who, "text": "Eri mieltä."},
        "task_add": {"what": "Tiedotus", "who": "Kaisa"},
    }.get(name, {})


def sent_of_rows(name, cast):
    """Bodies that name rows of the meeting at hand."""
    meeting = Meeting.objects.filter(agreement=cast.agreement).last()
    if name in minutes_access.BODIES:
        return minutes_access.BODIES[name](meeting)
    if name == "attendance_end":
        return {"left_at": "13.00", "until_item": last(meeting).pk}
    if name == "vote_record":
        return {f"vote_{seating.pk}": "for" for seating in last(meeting).seatings.all()}
    return sent(name, cast)
