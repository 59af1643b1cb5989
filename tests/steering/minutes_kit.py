"""Minutes in few words: a meeting that has ended, of which the coordinator writes them; seats 2 and 3 check."""

from datetime import timedelta

from steering import actions
from steering.models import Meeting
from tests.cast import TODAY
from tests.steering.kit import Group, last_item
from tests.steering.office_kit import approve


class Book:
    """Minutes of a meeting held today with seats 1-4, of one item beside the standing ones."""

    tomorrow = TODAY + timedelta(days=1)

    def __init__(self, cast, *, dissents=False, group=None, titles=("Asia",)):
        self.cast, self.group = cast, group or Group(cast)
        self.by = {"by": cast.coordinator, "on": TODAY}
        self.meeting = self.held(*titles, dissents=dissents)
        self.minutes = None

    def held(self, *titles, dissents=False):
        meeting = self.group.opened(TODAY, *titles, present=(1, 2, 3, 4))
        for item in meeting.items.select_related("meeting__agreement", "matter"):
            self.group.unanimous(item)
        if dissents:
            self.group.dissent(last_item(meeting), 4)
        return self.group.end(meeting)

    def another(self):
        """A later meeting, ended, with nothing written of it."""
        meeting = self.held("Toinen asia")
        return Meeting.objects.get(pk=meeting.pk)

    @property
    def chair(self):
        return self.group.mandate(self.group.member(1))

    def written(self, **told):
        people = [self.group.member(number) for number in (2, 3)]
        self.minutes = actions.save_minutes(meeting=self.meeting, checkers=people, **told, **self.by)
        return self.minutes

    def put(self, *, way="", **told):
        self.written(**told)
        if way:
            rule = {"values": {"meeting.minutes": way}, "valid_from": TODAY, **self.by}
            approve(self.cast, actions.propose_readings(agreement=self.cast.agreement, **rule))
        self.minutes = actions.put_to_check(meeting=self.meeting, **self.by)
        return self.minutes

    def check(self, number, **told):
        by = self.group.mandate(self.group.member(number))
        told = {"on": TODAY, "sha256": self.minutes.sha256, **told}
        return actions.check_minutes(meeting=self.meeting, by=by, **told)

    def checked(self):
        if self.minutes is None:
            self.put()
        self.check(2)
        self.check(3)
        return self.minutes

    def sign(self, office, by=None, **told):
        by = by or (self.chair if office == "chair" else self.cast.coordinator)
        told = {"sha256": self.minutes.sha256, **told}
        return actions.sign_minutes(meeting=self.meeting, by=by, office=office, **told)

    def signed(self):
        self.checked()
        self.sign("chair")
        self.sign("secretary")
        return self.minutes

    def noted(self):
        self.signed()
        return actions.note_minutes(meeting=self.meeting, text="§ 2: nimi on Reposaari.", **self.by)
