"""Who acts, whether that is enough, and how a vote ends: every rule by itself, without a database."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from steering import quorum as q

ROLES = ("chair", "member", "member", "vice_chair", "member", "member", "member")
PARTIES = ("TA", "TA", "TA", "HVA", "HVA", "HVA", "KELA")
SEATS = [
    q.Seat(number, party, role, f"m{number}", f"d{number}")
    for number, (party, role) in enumerate(zip(PARTIES, ROLES, strict=True), start=1)
]
EVERYBODY = [person for seat in SEATS for person in (seat.member, seat.deputy)]


def acting(present, disqualified=()):
    return [(one.seat.number, one.person) for one in q.acting_in(SEATS, present, disqualified)]


def quorum(present, disqualified=(), **rules):
    return q.quorum(SEATS, present, disqualified, q.Rules(**rules))


@pytest.mark.parametrize(
    ("present", "disqualified", "expected"),
    [
        (["m1"], [], [(1, "m1")]),
        (["d1"], [], [(1, "d1")]),
        (["m1", "d1"], [], [(1, "m1")]),
        (["m1", "d1"], ["m1"], [(1, "d1")]),
        (["m1"], ["m1"], []),
        (["m1", "d1"], ["m1", "d1"], []),
        (["m1", "d1"], ["d1"], [(1, "m1")]),
        (["d1", "m2"], [], [(1, "d1"), (2, "m2")]),
        (["guest"], [], []),
    ],
)
def test_who_acts_in_a_seat(present, disqualified, expected):
    assert acting(present, disqualified) == expected


def test_seat_without_a_deputy_is_empty_when_the_member_is_away():
    assert q.acting_in([q.Seat(1, "TA", "chair", "m1")], [None], []) == []


@pytest.mark.parametrize(("seats", "needed"), [(1, 1), (2, 2), (3, 2), (6, 4), (7, 4), (8, 5), (9, 5)])
def test_over_half_of_the_seats_is_needed(seats, needed):
    assert q.needed(seats, q.Rules()) == needed


@pytest.mark.parametrize(("rule", "needed"), [(5, 5), (1, 1), (99, 7)])
def test_group_may_ask_for_another_number(rule, needed):
    assert quorum(["m1"], quorum=rule).needed == needed


@pytest.mark.parametrize(("there", "quorate"), [(3, False), (4, True), (7, True)])
def test_quorum_is_counted_from_those_who_act(there, quorate):
    found = quorum([seat.member for seat in SEATS[:there]])
    assert (found.present, found.quorate) == (there, quorate)
    assert [seat.number for seat in found.empty] == list(range(there + 1, 8))


def test_disqualification_takes_the_quorum_of_that_item():
    there = ["m1", "m2", "m3", "m4"]
    assert quorum(there).quorate
    assert not quorum(there, ["m4"]).quorate
    assert quorum([*there, "d4"], ["m4"]).quorate


@pytest.mark.parametrize(("there", "missing"), [("m1", False), ("m4", False), ("m2", True), ("d1", True)])
def test_chair_or_vice_chair_may_be_required(there, missing):
    others = ["m3", "m5", "m6", "m7"]
    found = quorum([there, *others], chair_required=True)
    assert found.no_chair is missing
    assert found.quorate is not missing
    assert quorum([there, *others]).quorate


def test_every_party_may_be_required():
    there = ["m1", "m2", "m3", "m4", "m5"]
    assert quorum(there, each_party=True).parties_missing == ("KELA",)
    assert not quorum(there, each_party=True).quorate
    assert quorum([*there, "d7"], each_party=True).quorate


@pytest.mark.parametrize(
    ("there", "elected", "chair"),
    [
        (["m1", "m4"], None, "m1"),
        (["m4", "m2"], None, "m4"),
        (["d1", "m4"], None, "m4"),
        (["d1", "m2"], None, None),
        (["d1", "m2"], "m2", "m2"),
        (["d1", "m2"], "d1", "d1"),
        (["d1", "m2"], "m3", None),
        (["m1", "m2"], "m2", "m1"),
    ],
)
def test_deputy_of_the_chair_does_not_inherit_the_chair(there, elected, chair):
    found = q.chair_of(q.acting_in(SEATS, there), elected)
    assert (found.person if found else None) == chair


def votes(in_favour, against, blank=0):
    words = ["for"] * in_favour + ["against"] * against + ["blank"] * blank
    return dict(enumerate(words, start=1))


@pytest.mark.parametrize(
    ("given", "carried"),
    [(votes(4, 2), True), (votes(2, 4), False), (votes(1, 0, 5), True), (votes(3, 2, 1), True)],
)
def test_most_votes_win(given, carried):
    found = q.result(given, 1, q.Rules())
    assert (found.carried, found.by_chair, found.is_tie) == (carried, False, False)


@pytest.mark.parametrize(("chair", "carried"), [(1, True), (4, False)])
def test_chairs_vote_decides_a_tie(chair, carried):
    found = q.result(votes(3, 3), chair, q.Rules())
    assert (found.in_favour, found.against, found.carried, found.by_chair) == (3, 3, carried, True)


@pytest.mark.parametrize("chair", [None, 7, 9])
def test_tie_without_the_chairs_vote_is_undecided(chair):
    assert q.result(votes(3, 3, 1), chair, q.Rules()).carried is None


def test_group_may_say_that_the_proposal_falls_in_a_tie():
    found = q.result(votes(3, 3), 1, q.Rules(tie_by_chair=False))
    assert (found.carried, found.by_chair) == (False, False)


def test_rules_are_defaults_until_the_group_adopts_them():
    assert q.rules_from({}) == q.Rules()
    assert q.rules_from({}).by_default == set(q.KEYS)


def test_rules_are_read_from_the_settings():
    told = {
        "meeting.quorum": "5",
        "meeting.chair_required": "yes",
        "meeting.each_party": "no",
        "meeting.tie": "falls",
        "meeting.summons_days": "4",
        "meeting.minutes": "at_once",
    }
    expected = q.Rules(5, True, False, False, 4, q.Minutes.AT_ONCE, frozenset())
    assert q.rules_from(told) == expected
    assert q.rules_from(told | {"meeting.quorum": "over_half"}).quorum == 0


@pytest.mark.parametrize("key", sorted(q.KEYS.values()))
@pytest.mark.parametrize("value", ["", "mitä tahansa", "-1", "1000", "٤", "9" * 5000])
def test_setting_that_cannot_be_read_is_the_default(key, value):
    rules = q.rules_from({key: value})
    assert rules == q.Rules()


people = st.sets(st.sampled_from(EVERYBODY))


@given(present=people, disqualified=people)
def test_nobody_acts_twice_nor_for_another_nor_disqualified(present, disqualified):
    found = q.acting_in(SEATS, present, disqualified)
    assert len({one.seat.number for one in found}) == len({one.person for one in found}) == len(found)
    for one in found:
        assert one.person in present - disqualified
        assert one.person == (one.seat.deputy if one.as_deputy else one.seat.member)
        assert not one.as_deputy or one.seat.member not in present - disqualified


@given(present=people, more=people, disqualified=people)
def test_more_people_never_undo_a_quorum(present, more, disqualified):
    assert not quorum(present, disqualified).quorate or quorum(present | more, disqualified).quorate
