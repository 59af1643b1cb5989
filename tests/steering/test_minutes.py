"""Minutes: who writes, checks and signs them, and what they say."""

import json
from datetime import time, timedelta

import pytest

from agreements.models import Mandate
from steering import actions, minuted, todo
from steering.composition import composition_on
from steering.models import Meeting, Minutes
from steering.papers import canonical, extract_source, minutes_source, summons_source
from steering.standing import standing_of
from tests.cast import FIRST_DAY, TODAY
from tests.steering.kit import last_item, section
from tests.steering.minutes_kit import Book
from tests.verapdf import check
from tym.core.errors import NotAllowed, Refused, Stale
from tym.core.pdf import render_pdf

pytestmark = pytest.mark.usefixtures("english")


@pytest.fixture
def book(cast):
    return Book(cast)


def standing(book):
    minutes = Minutes.objects.select_related("meeting__agreement").get(meeting=book.meeting)
    return standing_of(minutes.meeting, minutes)


def test_minutes_are_put_checked_by_the_chosen_and_signed(book):
    book.put()
    assert (standing(book).is_checked, standing(book).publicity) == (False, "not_yet")
    book.check(2)
    assert [row.person for row in standing(book).unchecked] == [book.group.member(3)]
    with pytest.raises(Refused, match="when they have been checked"):
        book.sign("chair")
    book.check(3)
    book.sign("chair")
    assert standing(book).unsigned == ["secretary"]
    book.sign("secretary")
    now = standing(book)
    assert (now.is_signed, now.publicity) == (True, "public")
    assert now.public_on is not None


def test_pressing_twice_is_once(book):
    book.signed()
    assert actions.put_to_check(meeting=book.meeting, **book.by) == book.minutes
    assert (book.check(2).pk, book.sign("chair").pk) == (book.check(2).pk, book.sign("chair").pk)
    assert len(standing(book).signatures) == 2


def test_secret_minutes_never_become_public(book):
    book.written(secrecy_ground="621/1999 24 § 1 mom 20 kohta")
    book.minutes = actions.put_to_check(meeting=book.meeting, **book.by)
    book.check(2)
    book.check(3)
    book.sign("chair")
    book.sign("secretary")
    assert (standing(book).publicity, standing(book).public_on) == ("secret", None)


def test_who_was_not_chosen_does_not_check_and_who_did_not_chair_does_not_sign(book):
    book.put()
    with pytest.raises(NotAllowed):
        book.check(4)
    book.checked()
    with pytest.raises(NotAllowed):
        book.sign("chair", by=book.group.mandate(book.group.member(2)))
    with pytest.raises(NotAllowed):
        book.sign("secretary", by=book.chair)


def test_where_there_was_a_secretary_the_coordinator_does_not_sign(book, cast):
    secretary = cast.holder(Mandate.Capacity.SECRETARY)
    book.checked()
    with pytest.raises(NotAllowed):
        book.sign("secretary")
    assert book.sign("secretary", by=secretary).person == secretary.person


def test_who_held_the_office_on_the_meeting_day_signs_later(book, cast, clock):
    book.checked()
    chair = book.chair
    Mandate.objects.filter(pk=chair.pk).update(valid_to=TODAY)
    clock.day = TODAY + timedelta(days=400)
    signed = book.sign("chair", by=chair)
    assert (signed.person, signed.mandate.valid_to) == (chair.person, TODAY)


def test_another_text_is_not_checked_by_an_old_page(book):
    old = book.put().sha256
    actions.reopen_minutes(meeting=book.meeting, **book.by)
    book.put(entries="Lisäys.")
    with pytest.raises(Stale):
        book.check(2, sha256=old)
    assert book.check(2).sha256 != old


def test_checks_of_what_was_reopened_do_not_count(book):
    book.checked()
    actions.reopen_minutes(meeting=book.meeting, **book.by)
    book.put(entries="Lisäys.")
    assert standing(book).checks == ()
    with pytest.raises(Refused):
        book.sign("chair")


def test_after_the_first_signature_there_are_only_notes(book, cast):
    book.checked()
    with pytest.raises(Refused, match="Re-open them instead"):
        actions.note_minutes(meeting=book.meeting, text="Korjaus.", **book.by)
    book.sign("chair")
    with pytest.raises(Refused, match="written as a note"):
        actions.reopen_minutes(meeting=book.meeting, **book.by)
    with pytest.raises(Refused, match="put to be checked"):
        book.written(entries="Muuta.")
    book.sign("secretary")
    actions.note_minutes(meeting=book.meeting, text="Korjaus.", **book.by)
    assert "Korjaus." in minutes_source(standing(book)).html


def test_checkers_are_of_those_who_were_there_and_somebody_is_chosen(book):
    with pytest.raises(Refused, match="did not act in a seat"):
        actions.save_minutes(meeting=book.meeting, checkers=[book.group.member(7)], **book.by)
    with pytest.raises(Refused, match="No minute checker was chosen") as refused:
        actions.put_to_check(meeting=book.meeting, **book.by)
    actions.save_minutes(meeting=book.meeting, checkers=[book.group.member(2), book.group.member(3)], **book.by)
    actions.save_minutes(meeting=book.meeting, checkers=[book.group.member(4)], **book.by)
    assert [row.person for row in book.meeting.checkers.all()] == [book.group.member(4)]
    assert "7 §" in refused.value.clause


def test_fewer_than_two_checkers_is_a_deviation_with_its_reason(book):
    told = {"meeting": book.meeting, "deviation": "Kokous oli kiireinen.", **book.by}
    actions.save_minutes(checkers=[book.group.member(2)], **{**told, "deviation": ""})
    with pytest.raises(Refused, match="One minute checker was chosen"):
        actions.put_to_check(meeting=book.meeting, **book.by)
    actions.save_minutes(checkers=[book.group.member(2)], **told)
    book.minutes = actions.put_to_check(meeting=book.meeting, **book.by)
    assert book.minutes.way == "two_checkers"
    for words in ("One minute checker was chosen", "7 §", "Kokous oli kiireinen."):
        assert words in minutes_source(standing(book)).html
    book.check(2)
    assert standing(book).is_checked
    actions.reopen_minutes(meeting=book.meeting, **book.by)
    actions.save_minutes(checkers=[], **told)
    book.minutes = actions.put_to_check(meeting=book.meeting, **book.by)
    assert book.minutes.way == "next_meeting"
    later = book.another()
    check = actions.check_minutes(meeting=book.meeting, sha256=book.minutes.sha256, **book.by)
    assert (check.group_in, standing(book).is_checked) == (later, True)
    actions.reopen_minutes(meeting=book.meeting, **book.by)
    assert (book.put().way, book.minutes.told["deviation"]) == ("two_checkers", {})


def test_minutes_are_of_a_meeting_that_has_ended(cast, group):
    meeting = group.opened(TODAY, "Asia")
    with pytest.raises(Refused, match="has ended"):
        actions.put_to_check(meeting=meeting, by=cast.coordinator, on=TODAY)


@pytest.mark.parametrize("way", ["at_once", "next_meeting"])
def test_the_group_checks_as_its_rule_says(book, cast, way):
    book.put(way=way)
    with pytest.raises(NotAllowed):
        book.check(2)
    told = {"meeting": book.meeting, "sha256": book.minutes.sha256, **book.by}
    if way == "next_meeting":
        with pytest.raises(Refused, match="has not been held yet"):
            actions.check_minutes(**told)
    expected = book.meeting if way == "at_once" else book.another()
    assert actions.check_minutes(**told).group_in == expected
    assert standing(book).is_checked


def test_minutes_say_what_happened(cast, group):
    meeting = group.full_meeting()
    actions.attend(
        meeting=meeting,
        present=actions.Present(cast.kela.person, "guest"),
        came_at=time(13),
        from_item=last_item(meeting),
        by=cast.coordinator,
        on=TODAY,
    )
    for item in meeting.items.exclude(state="closed").select_related("meeting__agreement", "matter"):
        group.unanimous(item)
    meeting = group.end(meeting)
    told = minuted.content_of(Minutes(meeting=meeting, way="two_checkers"))
    one = told["items"][-1]
    words = " ".join(one["handling"])
    name, deputy = group.member(2).name, group.deputy(1).name
    assert f"{name} told that she is disqualified in the matter" in words
    assert f"{deputy} acted in seat 1 as personal deputy." in words
    assert f"{cast.kela.person.name} came to the meeting at 13.00, before this item." in words
    assert {vote["name"]: vote["choice"] for vote in one["votes"]}[group.member(7).name] == "against the proposal"
    assert [dissent["name"] for dissent in one["dissents"]] == [group.member(7).name]
    assert one["tasks"] == [{"what": "Tiedotetaan", "who": "Kaisa Koordinaattori", "by_when": ""}]
    assert one["appeal"] == "not stated"
    assert told["absent"] == [group.member(1).name]
    assert len(told["participants"]) == 8
    assert json.loads(canonical(told)) == told


def test_a_name_changed_afterwards_stays_in_the_minutes_as_it_was(book):
    book.signed()
    person = book.group.member(1)
    name, person.name = person.name, "Uusi Sukunimi"
    person.save()
    html = minutes_source(standing(book)).html
    assert name in html


def test_minutes_take_as_many_queries_for_three_items_as_for_one(cast, group, django_assert_num_queries):
    for titles in (["Asia"], ["Yksi", "Kaksi", "Kolme"]):
        book = Book(cast, group=group, titles=titles, dissents=True)
        meeting = Meeting.objects.select_related("agreement").get(pk=book.meeting.pk)
        minutes = Minutes(meeting=meeting, way="two_checkers")
        with django_assert_num_queries(12):
            assert len(minuted.content_of(minutes)["items"]) == len(titles) + 2


@pytest.mark.verapdf
def test_papers_are_archivable_and_accessible(cast, group):
    book = Book(cast, group=group, dissents=True)
    book.noted()
    now = standing(book)
    for source in (minutes_source(now), extract_source(now, last_item(book.meeting)), summons_source(book.meeting)):
        check(render_pdf(source), "3a", "ua1")


def test_extract_is_of_signed_minutes_or_of_an_item_checked_at_once(cast, group):
    meeting = group.opened(TODAY, "Asia", "Toinen")
    item = group.close(group.take_up(section(meeting, 3)), checked_at_once=True)
    other = group.unanimous(section(meeting, 4))
    now = standing_of(meeting, Minutes(meeting=meeting, way="two_checkers"))
    assert actions.can_extract(now, item)
    assert "The § was checked at once." in extract_source(now, item).html
    with pytest.raises(Refused, match="signed minutes"):
        actions.issue_extract(standing=now, item=other, by=cast.coordinator, on=TODAY)


# What is to be done


def sentences(cast, day=TODAY):
    parties = list(cast.agreement.parties.all())
    group = composition_on(cast.agreement, day, parties)
    of_group = todo.of_group(cast.agreement, group, parties, day)
    return [one.sentence for one in [*of_group, *todo.of_meetings(cast.agreement, day)]]


def test_minutes_wait_for_one_thing_after_another(cast, book):
    assert any("have not been put to be checked" in one for one in sentences(cast))
    book.put()
    waits = [one.whose for one in todo.of_meetings(cast.agreement, TODAY)]
    assert {name for names in waits for name in names.split(", ")} == {
        book.group.member(2).name,
        book.group.member(3).name,
    }
    book.checked()
    (signing,) = todo.of_meetings(cast.agreement, TODAY)
    assert signing.whose == f"chair {book.group.member(1).name}, secretary {cast.coordinator.person.name}"
    assert signing.url.endswith(f"/{book.meeting.pk}/poytakirja/")
    book.signed()
    assert todo.of_meetings(cast.agreement, TODAY) == []


def test_late_summons_and_an_ending_term_are_told(cast, group):
    assert sentences(cast) == []
    group.plan(TODAY + timedelta(days=8))
    assert sentences(cast) == []
    group.plan(TODAY + timedelta(days=3))
    assert [one for one in sentences(cast) if "the summons is late" in one]
    last = group.term.last_day
    assert any("within 6 months" in one for one in sentences(cast, last - timedelta(days=150)))
    assert any("within 3 months" in one for one in sentences(cast, last - timedelta(days=30)))
    assert any("no term" in one for one in sentences(cast, last + timedelta(days=1)))


def test_no_coordinator_is_told(cast, group):
    Mandate.objects.filter(capacity="coordinator", agreement=cast.agreement).update(valid_to=FIRST_DAY)
    assert "There is no TYM coordinator." in sentences(cast)
