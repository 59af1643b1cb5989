"""Attacks on terms of the steering group, and on settings under a submitted matter."""

from datetime import date

from django.utils import timezone

from agreements.models import Reading
from steering.models import Term
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.attacks.changes import OTHER_HASH
from tests.factories import DecisionFactory, MatterFactory, ReadingFactory, TermFactory


def submitted(matter):
    matter.sha256, matter.submitted_at = OTHER_HASH, timezone.now()
    update(matter, sha256=matter.sha256, submitted_at=matter.submitted_at)()
    return matter


def appointment(cast, *, kind="group_appointment", party=None, **decision):
    """A matter with the authority's decision that appoints a group."""
    matter = submitted(MatterFactory(agreement=cast.agreement, kind=kind))
    told = {"mandate": cast.ta, "party": party or cast.ta.party, "outcome": "approve", **decision}
    DecisionFactory(matter=matter, **told)
    return matter


def term(cast, first, last, **values):
    told = {"agreement": cast.agreement, "party": cast.ta.party, "valid_from": first, "valid_to": last}
    return insert(TermFactory.build(**{**told, "matter": values.pop("matter", None) or appointment(cast), **values}))


def now(cast):
    return Term.objects.get(agreement=cast.agreement)


def not_five_years(label, first, last):
    @attack("steering_term_five_years", INSERT, label=label)
    def appoint_for_another_time(cast):
        return term(cast, first, last)


not_five_years("a day less", date(2030, 1, 1), date(2034, 12, 30))
not_five_years("a day more", date(2030, 1, 1), date(2035, 1, 1))
not_five_years("four years", date(2030, 1, 1), date(2033, 12, 31))
not_five_years("six years", date(2030, 5, 15), date(2036, 5, 14))
not_five_years("a month more", date(2030, 5, 15), date(2035, 6, 14))
not_five_years("a month less, first of the month", date(2030, 5, 1), date(2035, 3, 31))
not_five_years("from the leap day into March", date(2032, 2, 29), date(2037, 3, 1))
not_five_years("to the leap day left out", date(2031, 3, 1), date(2036, 2, 28))
not_five_years("ends before it begins", date(2030, 1, 1), date(2025, 12, 31))


@attack("steering_term_no_overlap", INSERT)
def begin_on_the_last_day_of_the_present_term(cast):
    return term(cast, date(2029, 12, 31), date(2034, 12, 30))


@attack("steering_term_no_overlap", INSERT, label="before")
def end_on_the_first_day_of_the_present_term(cast):
    return term(cast, date(2020, 1, 2), date(2025, 1, 1))


@attack("steering_term_no_overlap", UPDATE, also=("steering_term_same",))
def reopen_into_the_next_term(cast):
    first = now(cast)
    update(first, closed_on=date(2026, 1, 31), closing_reason="Uusi johtoryhmä.")()
    term(cast, date(2026, 2, 1), date(2031, 1, 31))()
    return update(first, closed_on=None, closing_reason="")


def not_appointed(label, **told):
    @attack("steering_term_appointed", INSERT, label=label)
    def begin_a_term_nobody_appointed(cast):
        values = {name: value(cast) for name, value in told.items()}
        return term(cast, date(2030, 1, 1), date(2034, 12, 31), **values)


not_appointed("no decision", matter=lambda cast: MatterFactory(agreement=cast.agreement, kind="group_appointment"))
not_appointed("other matter", matter=lambda cast: appointment(cast, kind="other"))
not_appointed("rejected", matter=lambda cast: appointment(cast, outcome="reject"))
not_appointed("decided by the county", matter=lambda cast: appointment(cast, party=cast.hva.party))
not_appointed(
    "by the county",
    party=lambda cast: cast.hva.party,
    matter=lambda cast: appointment(cast, party=cast.hva.party, mandate=cast.hva),
)


def stays(name, value, also=()):
    @attack("steering_term_same", UPDATE, label=name, also=also)
    def turn_a_term_into_another(cast):
        return update(now(cast), **{name: value(cast)})


stays("agreement", lambda cast: cast.second, also=("steering_term_no_overlap",))
stays("matter", lambda cast: appointment(cast))
stays("party", lambda cast: cast.hva.party)
stays("valid_from", lambda cast: date(2025, 1, 2))
stays("valid_to", lambda cast: date(2029, 12, 30))


@attack("steering_term_same", UPDATE, label="closed")
def close_twice(cast):
    update(now(cast), closed_on=date(2026, 1, 31), closing_reason="Uusi johtoryhmä.")()
    return update(now(cast), closing_reason="Toinen syy.")


@attack("steering_term_kept", DELETE)
def remove_a_term(cast):
    return delete(now(cast))


def reading():
    return ReadingFactory()


@attack("agreements_reading_before_submitting", INSERT)
def add_a_setting_to_what_is_submitted(cast):
    return insert(ReadingFactory.build(matter=submitted(MatterFactory(kind="reading"))))


@attack("agreements_reading_before_submitting", UPDATE)
def move_a_setting_under_what_is_submitted(cast):
    return update(reading(), matter=submitted(MatterFactory(kind="reading")))


@attack("agreements_reading_submitted", UPDATE)
def move_a_setting_away_from_what_is_submitted(cast):
    row = reading()
    submitted(row.matter)
    return update(row, matter=MatterFactory(kind="reading"))


@attack("agreements_reading_submitted", UPDATE, label="value", also=("agreements_reading_before_submitting",))
def rewrite_a_setting(cast):
    row = reading()
    submitted(row.matter)
    return update(row, value="muuta")


@attack("agreements_reading_submitted", DELETE)
def remove_a_setting(cast):
    row = reading()
    submitted(row.matter)
    return delete(Reading.objects.get(pk=row.pk))


@attack("agreements_reading_of_reading", INSERT)
def set_something_in_another_matter(cast):
    return insert(ReadingFactory.build(matter=MatterFactory(kind="other")))


@attack("agreements_reading_of_reading", UPDATE)
def move_a_setting_to_another_matter(cast):
    return update(reading(), matter=MatterFactory(kind="other"))
