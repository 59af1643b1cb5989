"""Rows of minutes that a constraint must not let in. Collected by tests/agreements/test_guards.py."""

from steering.models import Checker, Minutes, MinutesCheck, MinutesNote, MinutesSignature
from tests.steering.minutes_kit import Book

BREAKS = {}


def breaks(name):
    def register(prepare):
        BREAKS[f"steering_{name}"] = lambda cast: prepare(Book(cast))
        return prepare

    return register


@breaks("minutes_put_whole")
def content_without_a_fingerprint(book):
    return Minutes(meeting=book.meeting, way="two_checkers", content="{}")


@breaks("minutes_way_known")
def checked_by_nobody(book):
    return Minutes(meeting=book.meeting, way="nobody")


@breaks("minutes_meeting_id_key")
def minutes_twice(book):
    book.written()
    return Minutes(meeting=book.meeting, way="two_checkers")


@breaks("checker_once")
def the_same_checker_twice(book):
    book.written()
    return Checker(meeting=book.meeting, person=book.group.member(2))


def bound(model, book, mandate, **values):
    told = {"minutes": book.minutes, "person": mandate.person, "mandate": mandate, "sha256": book.minutes.sha256}
    return model(**told, **values)


@breaks("minutescheck_once")
def check_twice(book):
    book.checked()
    return bound(MinutesCheck, book, book.group.mandate(book.group.member(2)))


@breaks("minutessignature_once")
def sign_twice(book):
    book.checked()
    book.sign("chair")
    return bound(MinutesSignature, book, book.chair, office="chair")


@breaks("minutessignature_office_known")
def sign_as_somebody(book):
    book.checked()
    return bound(MinutesSignature, book, book.group.cast.coordinator, office="witness")


@breaks("minutesnote_says_something")
def an_empty_note(book):
    return MinutesNote(minutes=book.signed(), text="", mandate=book.cast.coordinator)
