"""Attacks on the recorded original and on agreements that belong beside this one."""

from datetime import timedelta

from agreements.models import Record, RelatedAgreement, RelatedEnd, SignedOriginal
from tests.agreements import lasting_kit as kit
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.cast import TODAY
from tests.factories import RecordFactory


def a_related(cast, **told):
    told = {"kind": "youth", "title": "Sopimus", "link": "https://a.example/", "mandate": cast.coordinator, **told}
    return RelatedAgreement(agreement=cast.agreement, **told)


def an_end(cast, related, **told):
    return RelatedEnd(**{"related": related, "on": TODAY, "reason": "x", "mandate": cast.coordinator, **told})


@attack("agreements_signedoriginal_of_original", INSERT)
def tell_of_a_copy_that_it_was_signed(cast):
    return insert(SignedOriginal(record=RecordFactory(agreement=cast.agreement), way="paper"))


@attack("agreements_related_here", INSERT)
def relate_from_outside(cast):
    return insert(a_related(cast, mandate=cast.stranger))


@attack("agreements_related_here", INSERT, label="file")
def relate_somebody_elses_file(cast):
    record = RecordFactory(agreement=cast.second, kind=Record.Kind.RELATED)
    return insert(a_related(cast, link="", record=record))


@attack("agreements_related_here", INSERT, label="kind")
def relate_another_kind_of_file(cast):
    record = RecordFactory(agreement=cast.agreement, kind=Record.Kind.SIGNED_ORIGINAL)
    return insert(a_related(cast, link="", record=record))


@attack("agreements_related_replaces_current", INSERT)
def replace_another_type(cast):
    return insert(a_related(cast, kind="other", replaces=kit.related(cast)))


@attack("agreements_related_replaces_current", INSERT, label="ended")
def replace_what_has_ended(cast):
    ended = kit.related(cast)
    kit.related_ended(cast, ended)
    return insert(a_related(cast, replaces=ended))


@attack("agreements_relatedend_here", INSERT)
def end_a_related_from_outside(cast):
    return insert(an_end(cast, kit.related(cast), mandate=cast.stranger))


@attack("agreements_relatedend_here", INSERT, label="replaced")
def end_what_has_been_replaced(cast):
    first = kit.related(cast)
    kit.related(cast, replaces=first)
    return insert(an_end(cast, first))


# A row of each kind that is only added, and what somebody would make of it.
ROWS = {
    "signedoriginal": (lambda cast: kit.original(cast), {"way": "paper"}),
    "relatedagreement": (lambda cast: kit.related(cast), {"title": "Muu"}),
    "relatedend": (lambda cast: kit.related_ended(cast, kit.related(cast)), {"on": TODAY - timedelta(days=9)}),
}


def _only_added(name, make, values):
    @attack(f"agreements_{name}_append_only", UPDATE)
    def rewrite(cast):
        return update(make(cast), **values)

    @attack(f"agreements_{name}_append_only", DELETE)
    def forget(cast):
        return delete(make(cast))


for _name, (_make, _values) in ROWS.items():
    _only_added(_name, _make, _values)


def _told_twice(cast):
    return SignedOriginal(record=kit.original(cast).record, way="paper")


def _unknown_way(cast):
    record = RecordFactory(agreement=cast.agreement, kind=Record.Kind.SIGNED_ORIGINAL)
    return SignedOriginal(record=record, way="guessed")


def _replaced_twice(cast):
    first = kit.related(cast)
    kit.related(cast, replaces=first)
    return a_related(cast, replaces=first)


def _ended_twice(cast):
    first = kit.related(cast)
    kit.related_ended(cast, first)
    return an_end(cast, first)


CONSTRAINTS = {
    "agreements_original_way_known": _unknown_way,
    "agreements_signedoriginal_record_id_key": _told_twice,
    "agreements_related_file_or_link": lambda cast: a_related(cast, link="http://a.example/"),
    "agreements_related_kind_known": lambda cast: a_related(cast, kind="mystery"),
    "agreements_relatedagreement_replaces_id_key": _replaced_twice,
    "agreements_related_end_with_reason": lambda cast: an_end(cast, kit.related(cast), reason=""),
    "agreements_relatedend_related_id_key": _ended_twice,
}
