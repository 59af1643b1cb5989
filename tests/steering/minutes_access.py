"""Who gets which answer on the pages of minutes and papers: rows for tests/agreements/test_access.py."""

from datetime import time

from agreements.models import Record
from steering import actions
from steering.models import Minutes
from steering.papers import extract_source, minutes_source, summons_source
from steering.standing import standing_of
from tests import cast as casting
from tests.cast import TODAY
from tests.factories import RecordFactory

COORDINATOR = "login 404 404 403 403 403 403 403 {} 403"
ALL = "login 404 404 {0} {0} {0} {0} {0} {0} {0}"
NONE = "login 405 405 405 405 405 405 405 405 405"
MEMBER = "login 404 404 403 403 403 403 403 403 {}"
# name, subject, who reads, who writes
PAGES = (
    ("summons_issue", "with_summons", NONE, ALL),
    ("minutes_detail", "minutes_written", ALL, NONE),
    ("minutes_edit", "minutes_written", COORDINATOR, COORDINATOR),
    ("minutes_put", "minutes_written", NONE, COORDINATOR),
    ("minutes_reopen", "minutes_put", NONE, COORDINATOR),
    ("minutes_check", "minutes_put", NONE, MEMBER),
    ("minutes_sign", "minutes_checked", NONE, COORDINATOR),
    ("minutes_note", "minutes_signed", COORDINATOR, COORDINATOR),
    ("minutes_issue", "with_minutes", NONE, ALL),
    ("extract_issue", "with_extract", NONE, ALL),
    ("task_list", "tasked", ALL, NONE),
)
ARGUMENTS = {
    "minutes_sign": "/meeting_pk=?,office=secretary",
    "extract_issue": "/meeting_pk=?,item_pk=?",
    "task_list": "",
}
TABLE = "\n".join(
    f"steering:{name} {subject}{ARGUMENTS.get(name, '/meeting_pk=?')} {method} {answers.format(done)}"
    for name, subject, reads, writes in PAGES
    for method, answers, done in (("GET", reads, "ok"), ("POST", writes, "go"))
) + "\nsteering:task_list theirs GET login ok 404 404 404 404 404 404 404 404"  # fmt: skip
BODIES = {
    "minutes_edit": lambda meeting: {"entries": "Lisäys."},
    "minutes_check": lambda meeting: {"sha256": meeting.minutes.sha256},
    "minutes_sign": lambda meeting: {"sha256": meeting.minutes.sha256, "password": casting.PASSWORD},
    "minutes_note": lambda meeting: {"text": "Korjaus."},
}


class MinutesStates:
    """Meetings of the cast's own group that have ended, with their minutes. Mixed into Meetings."""

    def ended(self):
        meeting = self.emptied()
        return actions.end_meeting(meeting=meeting, ended_at=time(14), **self.by)

    def minutes_written(self):
        meeting = self.ended()
        actions.save_minutes(meeting=meeting, checkers=[self.cast.member.person], deviation="Kiire.", **self.by)
        return meeting

    def minutes_put(self):
        meeting = self.minutes_written()
        actions.put_to_check(meeting=meeting, **self.by)
        return meeting

    def minutes_checked(self):
        meeting = self.minutes_put()
        sha256 = Minutes.objects.get(meeting=meeting).sha256
        actions.check_minutes(meeting=meeting, by=self.cast.member, on=TODAY, sha256=sha256)
        return meeting

    def minutes_signed(self):
        meeting = self.minutes_checked()
        standing = self._standing(meeting)
        for office, (by, *_others) in standing.signers.items():
            actions.sign_minutes(meeting=meeting, by=by, office=office, sha256=standing.minutes.sha256)
        return meeting

    # Papers kept without drawing them, which would take seconds.

    def with_summons(self):
        meeting = self.summoned()
        return self._kept(meeting, Record.Kind.SUMMONS, summons_source(meeting))

    def with_minutes(self):
        meeting = self.minutes_put()
        return self._kept(meeting, Record.Kind.MINUTES, minutes_source(self._standing(meeting)))

    def with_extract(self):
        meeting = self.minutes_signed()
        item = meeting.items.last()
        return self._kept(meeting, Record.Kind.EXTRACT, extract_source(self._standing(meeting), item))

    def _standing(self, meeting):
        minutes = Minutes.objects.select_related("meeting__agreement").get(meeting=meeting)
        return standing_of(minutes.meeting, minutes)

    def _kept(self, meeting, kind, source):
        told = {"agreement": self.cast.agreement, "on": TODAY, "source_sha256": source.fingerprint}
        RecordFactory(kind=kind, **told)
        return meeting


STATES = [name for name in vars(MinutesStates) if not name.startswith("_")]
