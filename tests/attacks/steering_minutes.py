"""Attacks on minutes, their checks, signatures and notes."""

from agreements.models import Mandate
from steering import actions
from steering.models import Checker, Dissent, Minutes, MinutesCheck, MinutesNote, MinutesSignature
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.cast import TODAY
from tests.steering.kit import Group, last_item
from tests.steering.minutes_kit import Book

OTHER = "f" * 64


@attack("steering_minutes_of_held", INSERT)
def minutes_of_a_meeting_going_on(cast):
    return insert(Minutes(meeting=Group(cast).opened(TODAY, "Asia"), way="two_checkers"))


@attack("steering_minutes_of_held", INSERT, label="cancelled")
def minutes_of_a_cancelled_meeting(cast):
    group = Group(cast)
    told = {"by": cast.coordinator, "on": TODAY, "note": "Sairaus."}
    return insert(Minutes(meeting=actions.cancel_meeting(meeting=group.plan(TODAY), **told), way="two_checkers"))


@attack("steering_minutes_start_open", INSERT)
def minutes_put_at_birth(cast):
    return insert(Minutes(meeting=Book(cast).meeting, way="two_checkers", content="{}", sha256=OTHER))


@attack("steering_minutes_kept", DELETE)
def remove_minutes(cast):
    return delete(Book(cast).written())


@attack("steering_minutes_same", UPDATE)
def move_minutes_to_another_meeting(cast):
    book = Book(cast)
    minutes = book.written()
    return update(minutes, meeting=book.another())


@attack("steering_minutes_put", UPDATE)
def rewrite_what_is_being_checked(cast):
    return update(Book(cast).put(), content='{"items": []}', sha256=OTHER)


@attack("steering_minutes_put", UPDATE, label="entries")
def add_an_entry_to_what_is_being_checked(cast):
    return update(Book(cast).put(), entries="Lisäys.")


@attack("steering_minutes_put", UPDATE, label="secrecy")
def make_secret_what_is_being_checked(cast):
    return update(Book(cast).put(), secrecy_ground="621/1999 24 §")


@attack("steering_minutes_signed", UPDATE)
def reopen_signed_minutes(cast):
    book = Book(cast)
    book.checked()
    return update(book.sign("chair").minutes, sha256="", content="")


@attack("steering_checker_was_there", INSERT)
def a_checker_who_was_away(cast):
    book = Book(cast)
    return insert(Checker(meeting=book.meeting, person=book.group.member(7)))


@attack("steering_checker_was_there", INSERT, label="guest")
def a_checker_without_a_seat(cast):
    return insert(Checker(meeting=Book(cast).meeting, person=cast.coordinator.person))


@attack("steering_checker_was_there", UPDATE)
def a_checker_becomes_another(cast):
    book = Book(cast)
    book.written()
    return update(Checker.objects.first(), person=book.group.member(7))


@attack("steering_checker_before_checking", INSERT)
def a_checker_afterwards(cast):
    book = Book(cast)
    book.put()
    return insert(Checker(meeting=book.meeting, person=book.group.member(4)))


@attack("steering_checker_before_checking", UPDATE)
def a_checker_moved_to_minutes_being_checked(cast):
    book = Book(cast)
    book.put()
    other = book.another()
    row = Checker(meeting=other, person=book.group.member(4))
    insert(row)()
    return update(row, meeting=book.meeting)


@attack("steering_checker_kept", DELETE)
def drop_a_checker_who_has_not_checked(cast):
    book = Book(cast)
    book.put()
    return delete(book.meeting.checkers.first())


@attack("steering_checker_kept", UPDATE)
def take_a_checker_to_another_meeting(cast):
    book = Book(cast)
    book.put()
    return update(book.meeting.checkers.get(person=book.group.member(2)), meeting=book.another())


@attack("steering_minutescheck_append_only", UPDATE)
def redate_a_check(cast):
    book = Book(cast)
    book.checked()
    return update(MinutesCheck.objects.first(), sha256=OTHER)


@attack("steering_minutescheck_append_only", DELETE)
def remove_a_check(cast):
    book = Book(cast)
    book.checked()
    return delete(MinutesCheck.objects.first())


def check(book, number, **values):
    person = book.group.member(number)
    mandate = book.group.mandate(person)
    told = {"minutes": book.minutes, "person": person, "mandate": mandate, "sha256": book.minutes.sha256}
    return insert(MinutesCheck(**{**told, **values}))


@attack("steering_minutescheck_exact", INSERT)
def check_other_words(cast):
    book = Book(cast)
    book.put()
    return check(book, 2, sha256=OTHER)


@attack("steering_minutescheck_by_whom", INSERT)
def check_without_being_chosen(cast):
    book = Book(cast)
    book.put()
    return check(book, 4)


@attack("steering_minutescheck_by_whom", INSERT, label="group")
def the_group_checks_for_the_chosen(cast):
    book = Book(cast)
    book.put()
    return check(book, 2, group_in=book.meeting)


@attack("steering_minutescheck_by_whom", INSERT, label="same_meeting")
def check_at_the_next_meeting_in_the_same_one(cast):
    book = Book(cast)
    book.put(way="next_meeting")
    return check(book, 2, group_in=book.meeting)


@attack("steering_minutescheck_by_whom", INSERT, label="not_at_once")
def check_later_what_is_checked_at_once(cast):
    book = Book(cast)
    book.put(way="at_once")
    return check(book, 2, group_in=book.another())


@attack("steering_minutescheck_mandate", INSERT)
def check_on_the_mandate_of_another(cast):
    book = Book(cast)
    book.put()
    return check(book, 2, mandate=book.group.mandate(book.group.member(3)))


@attack("steering_minutessignature_append_only", UPDATE)
def sign_for_another(cast):
    book = Book(cast)
    book.checked()
    return update(book.sign("chair"), person=book.group.member(2))


@attack("steering_minutessignature_append_only", DELETE)
def remove_a_signature(cast):
    book = Book(cast)
    book.checked()
    return delete(book.sign("chair"))


def signature(book, mandate, office, **values):
    told = {"minutes": book.minutes, "person": mandate.person, "mandate": mandate, "office": office}
    return insert(MinutesSignature(**{"sha256": book.minutes.sha256, **told, **values}))


@attack("steering_minutessignature_exact", INSERT)
def sign_other_words(cast):
    book = Book(cast)
    book.checked()
    return signature(book, book.chair, "chair", sha256=OTHER)


@attack("steering_minutessignature_checked", INSERT)
def sign_before_all_have_checked(cast):
    book = Book(cast)
    book.put()
    book.check(2)
    return signature(book, book.chair, "chair")


@attack("steering_minutessignature_checked", INSERT, label="reopened")
def sign_on_checks_of_what_was_reopened(cast):
    book = Book(cast)
    book.checked()
    actions.reopen_minutes(meeting=book.meeting, by=cast.coordinator, on=TODAY)
    book.put(entries="Toisin.")
    return signature(book, book.chair, "chair")


@attack("steering_minutessignature_in_office", INSERT)
def sign_without_having_chaired(cast):
    book = Book(cast)
    book.checked()
    return signature(book, book.group.mandate(book.group.member(2)), "chair")


@attack("steering_minutessignature_in_office", INSERT, label="secretary")
def sign_as_secretary_with_a_seat(cast):
    book = Book(cast)
    book.checked()
    return signature(book, book.chair, "secretary")


@attack("steering_minutessignature_in_office", INSERT, label="not_that_day")
def sign_as_secretary_of_another_day(cast):
    book = Book(cast)
    book.checked()
    return signature(book, cast.holder(Mandate.Capacity.SECRETARY, valid_from=book.tomorrow), "secretary")


@attack("steering_minutessignature_in_office", INSERT, label="coordinator")
def the_coordinator_signs_where_there_was_a_secretary(cast):
    book = Book(cast)
    book.checked()
    cast.holder(Mandate.Capacity.SECRETARY)
    return signature(book, cast.coordinator, "secretary")


@attack("steering_minutesnote_append_only", UPDATE)
def rewrite_a_note(cast):
    return update(Book(cast).noted(), text="Muuta.")


@attack("steering_minutesnote_append_only", DELETE)
def remove_a_note(cast):
    return delete(Book(cast).noted())


@attack("steering_minutesnote_after_signing", INSERT)
def a_note_before_the_secretary_signs(cast):
    book = Book(cast)
    book.checked()
    book.sign("chair")
    return insert(MinutesNote(minutes=book.minutes, text="Huomautus.", mandate=cast.coordinator))


@attack("steering_dissent_before_checking", INSERT)
def dissent_after_the_minutes(cast):
    book = Book(cast)
    book.put()
    return insert(Dissent(item=last_item(book.meeting), person=book.group.member(3)))


@attack("steering_dissent_before_checking", UPDATE)
def rewrite_a_dissent_after_the_minutes(cast):
    book = Book(cast, dissents=True)
    book.put()
    return update(Dissent.objects.get(item__meeting=book.meeting), text="Muuta.")
