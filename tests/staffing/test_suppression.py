"""Counts shown outside the parties tell of nobody."""

from types import SimpleNamespace

import pytest

from staffing.suppression import NAMES, suppressed


def count(**values):
    return SimpleNamespace(**{**dict.fromkeys(NAMES), "clients": 1000, **values})


def places(**clients):
    return [SimpleNamespace(municipality=name, clients=value) for name, value in clients.items()]


@pytest.mark.parametrize(("given", "shown"), [(0, None), (4, None), (5, 5), (None, None)])
def test_less_than_five_is_hidden(given, shown):
    told = suppressed(count(started=given))
    assert told.values["started"] == shown
    assert ("started" in told.hidden) is (given in (0, 4))


@pytest.mark.parametrize(("in_time", "shown"), [(98, None), (95, 95), (100, 100)])
def test_part_is_hidden_when_its_rest_is_small(in_time, shown):
    assert suppressed(count(plans_due=100, plans_in_time=in_time)).values["plans_in_time"] == shown


@pytest.mark.parametrize(("phases", "hidden"), [((3, 997), True), ((400, 598), True), ((400, 600), False)])
def test_phases_do_not_tell_each_other(phases, hidden):
    told = suppressed(count(in_assessment=phases[0], in_plan=phases[1])).values
    assert (told["in_assessment"] is None and told["in_plan"] is None) is hidden


def test_one_small_municipality_takes_another_with_it():
    told = suppressed(count(clients=100), places(Pori=60, Ulvila=37, Karvia=3)).municipalities
    assert told == {"Pori": 60, "Ulvila": None, "Karvia": None}


def test_two_small_municipalities_hide_each_other():
    told = suppressed(count(clients=100), places(Pori=94, Siikainen=2, Karvia=4)).municipalities
    assert told == {"Pori": 94, "Siikainen": None, "Karvia": None}


def test_small_rest_of_the_area_hides_a_municipality():
    told = suppressed(count(clients=100), places(Pori=60, Ulvila=38)).municipalities
    assert told == {"Pori": 60, "Ulvila": None}


def test_large_rest_hides_a_small_municipality_already():
    told = suppressed(count(clients=100), places(Pori=60, Karvia=3)).municipalities
    assert told == {"Pori": 60, "Karvia": None}
