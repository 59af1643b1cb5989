"""What is kept how long, and what falls due."""

from datetime import date

import pytest
from django.urls import reverse

from agreements.models import Agreement, Record
from registry import actions
from registry.models import RetentionRule
from registry.retention import Rule, due, last_day, rules_by_party, rules_of
from tests.pages import main_text
from tests.registry import kit
from tym.core.errors import NotAllowed, Refused


def rule_of(cast, kind="notice", who=None):
    return next(rule for rule in rules_of((who or cast.kela).party) if rule.kind == kind)


def test_default_holds_until_the_party_sets_its_own(cast):
    assert (rule_of(cast).years, rule_of(cast).own, rule_of(cast, "minutes").years) == (10, False, None)
    kit.rule(cast)
    kit.rule(cast, years=7)
    assert (rule_of(cast).years, rule_of(cast).own, rule_of(cast, who=cast.hva).years) == (7, True, 10)


@pytest.mark.parametrize("who", ["hva", "coordinator", "member", "stranger"])
def test_only_a_partys_own_people_set_its_times(cast, who):
    told = {"party": cast.kela.party, "by": getattr(cast, who), "on": cast.today, "kind": "notice", "years": 5}
    with pytest.raises(NotAllowed):
        actions.set_rule(**told, counted_from="document", basis="TOS")
    with pytest.raises(Refused):
        actions.set_rule(**{**told, "by": cast.kela}, counted_from="document", basis=" ")
    assert not RetentionRule.objects.exists()


@pytest.mark.parametrize(
    ("years", "start", "ends", "expected"),
    [
        (10, "agreement_end", date(2029, 12, 31), date(2039, 12, 31)),
        (10, "agreement_end", None, None),
        (1, "document", None, date(2025, 2, 28)),
        (None, "document", None, None),
    ],
)
def test_last_day_is_counted_from_what_the_rule_says(years, start, ends, expected):
    rule, record = Rule("notice", "", years, start, "TOS"), Record(on=date(2024, 2, 29))
    assert last_day(rule, record, Agreement(valid_to=ends)) == expected


def test_what_falls_due_by_the_rules_of_those_it_belongs_to(cast):
    kit.rule(cast, years=1)
    own = {"kind": "notice", "party": cast.kela.party}
    old = Record(pk=1, on=date(2024, 6, 1), title="Vanha", **own)
    kept = Record(pk=2, on=date(2024, 6, 2), title="Viimeistä päivää", **own)
    others = Record(pk=3, kind="notice", on=date(2020, 6, 1), party=cast.hva.party)
    common = Record(pk=4, kind="notice", on=date(2020, 6, 1))
    parties = list(cast.agreement.parties.all())
    found = due(cast.agreement, parties, rules_by_party(parties), [kept, others, common, old], cast.today)
    assert [(one.record, one.last) for one in found] == [(old, date(2025, 6, 1))]
    assert "TOS 1.2" in found[0].basis


def test_page_shows_the_four_year_rule_and_takes_a_time(cast):
    client = cast.client(cast.kela)
    url = reverse("registry:retention_list", args=[cast.agreement.pk])
    assert "381/2023 12 §" in main_text(client.get(url))
    edit = reverse("registry:retention_set", args=[cast.agreement.pk, 3, "notice"])
    body = {"years": "0", "counted_from": "document", "basis": "TOS 4", "confirm": "1"}
    assert client.post(edit, body).status_code == 200
    assert client.post(edit, {**body, "years": "6"}).status_code == 302
    assert "TOS 4" in main_text(cast.client(cast.hva).get(url))
    assert client.get(reverse("registry:retention_set", args=[cast.agreement.pk, 3, "muu"])).status_code == 404
