"""Attacks on adequacy reviews: what lies under a submitted one stays, and a whole one is what the group decides on."""

from django.db import DEFAULT_DB_ALIAS
from django.utils import timezone

from agreements.models import Decision, Matter
from staffing.models import AdequacyReview, DutyCheck, Judgement, Remedy
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.factories import MatterFactory
from tests.staffing import review_kit as kit

TABLE = "staffing_adequacyreview"
# constraint: what builds a row that breaks it
CONSTRAINTS = {}


def review(cast, **told):
    """A lawful row that is not stored yet."""
    values = {"year": kit.YEAR, "version": cast.annex2.versions.get(number=1), "figures": {}, "taken_on": kit.SPRING}
    values |= {"matter": empty_matter(cast), "prepared_by": cast.coordinator}
    return AdequacyReview(**{**values, **told})


def empty_matter(cast, kind="adequacy"):
    return MatterFactory(agreement=cast.agreement, kind=kind)


def frozen_matter(cast):
    return MatterFactory(agreement=cast.agreement, kind="adequacy", sha256="b" * 64, submitted_at=timezone.now())


@attack(f"{TABLE}_before_submitting", INSERT)
def add_afterwards(cast):
    return insert(review(cast, matter=frozen_matter(cast)))


@attack(f"{TABLE}_before_submitting", UPDATE)
def move_under_what_was_submitted(cast):
    return update(kit.prepared(cast), matter=frozen_matter(cast))


@attack(f"{TABLE}_submitted", UPDATE)
def move_away_from_what_was_submitted(cast):
    return update(kit.submitted(cast), matter=empty_matter(cast))


@attack(
    f"{TABLE}_submitted",
    DELETE,
    also=tuple(f"staffing_{name}_submitted" for name in ("judgement", "remedy", "dutycheck")),
)
def remove_what_was_submitted(cast):
    stored = kit.submitted(cast)

    def remove():
        for model in (Judgement, Remedy, DutyCheck):
            for row in model.objects.filter(review=stored):
                delete(row)()
        delete(stored)()

    return remove


for _event in (INSERT, UPDATE):

    def broken(guard, label="", _event=_event, **values):
        @attack(guard, _event, label=label)
        def break_it(cast):
            told = {name: value(cast) for name, value in values.items()}
            return insert(review(cast, **told)) if _event == INSERT else update(kit.prepared(cast), **told)

    broken(f"{TABLE}_of_its_kind", matter=lambda cast: empty_matter(cast, "other"))
    broken(f"{TABLE}_of_annex", "another annex", version=lambda cast: cast.annex1.versions.get())
    broken(f"{TABLE}_of_annex", "draft", version=lambda cast: cast.draft(cast.kela).versions.get())
    broken(f"{TABLE}_of_report", "another kind", report=lambda cast: empty_matter(cast, "other"))
    broken(f"{TABLE}_of_report", "elsewhere", report=lambda cast: MatterFactory(agreement=cast.second, kind="report"))
    broken(f"{TABLE}_prepared_by", prepared_by=lambda cast: cast.second_coordinator)


def submitting(stored):
    return update(stored.matter, sha256="d" * 64, submitted_at=timezone.now())


@attack(f"{TABLE}_judges_all", UPDATE)
def submit_without_judging_kela(cast):
    stored = kit.whole(cast)
    stored.judgement_set.filter(party=cast.kela.party).delete()
    update(stored, deviation="Syy.")()
    return submitting(stored)


@attack(f"{TABLE}_with_report", UPDATE)
def submit_apart_and_say_nothing(cast):
    return submitting(kit.whole(cast))


@attack(f"{TABLE}_one_a_year", INSERT)
def approve_a_year_twice(cast):
    first = kit.submitted(cast)
    kit.decide(cast, first.matter, "return")
    second = kit.submitted(cast, kit.prepared(cast), report=first.report)
    kit.decide(cast, second.matter)
    matter = Matter.objects.get(pk=first.matter_id)
    told = {"organ": "Johtoryhmä", "decided_on": kit.SPRING, "section": "9", "outcome": "approve"}
    return insert(Decision(matter=matter, sha256=matter.sha256, mandate=cast.coordinator, **told))


def part(model, cast, of):
    """A part of a review that is not stored yet."""
    values = {
        Judgement: {"party": cast.kela.party, "outcome": "adequate"},
        Remedy: {"what": "Teko", "responsible": "Kaisa", "by_when": kit.SPRING},
        DutyCheck: {"duty": "9.9", "state": "kept"},
    }[model]
    return model(review=of, **values)


def in_the_place_of(rows, statement):
    """Take the rows away first, so that only what is written in their place is refused."""

    def both():
        rows.all()._raw_delete(DEFAULT_DB_ALIAS)
        statement()

    return both


def attacks_on_a_part(model):
    table, stored = model._meta.db_table, f"{model._meta.model_name}_set"

    @attack(f"{table}_before_submitting", INSERT, also=(f"{table}_submitted",))
    def add_afterwards(cast):
        first = kit.submitted(cast)
        return in_the_place_of(getattr(first, stored), insert(part(model, cast, first)))

    @attack(f"{table}_before_submitting", UPDATE, also=(f"{table}_submitted",))
    def move_under_what_was_submitted(cast):
        first = kit.submitted(cast)
        kit.decide(cast, first.matter, "return")
        second = kit.prepared(cast)
        row = getattr(second, stored).last()
        return in_the_place_of(getattr(first, stored), update(row, review=first))

    @attack(f"{table}_submitted", UPDATE)
    def move_away_from_what_was_submitted(cast):
        first = kit.submitted(cast)
        kit.decide(cast, first.matter, "return")
        second = kit.prepared(cast)
        getattr(second, stored).all().delete()
        return update(getattr(first, stored).first(), review=second)

    @attack(f"{table}_submitted", DELETE)
    def remove_afterwards(cast):
        return delete(getattr(kit.submitted(cast), stored).first())


for _model in (Judgement, Remedy, DutyCheck):
    attacks_on_a_part(_model)


@attack("staffing_judgement_of_party", INSERT)
def judge_a_party_of_another_agreement(cast):
    return insert(Judgement(review=kit.prepared(cast), party=cast.second.parties.first(), outcome="adequate"))


@attack("staffing_judgement_of_party", UPDATE)
def turn_a_judgement_to_another_agreement(cast):
    return update(kit.whole(cast).judgement_set.first(), party=cast.second.parties.first())


CONSTRAINTS["staffing_review_year_known"] = lambda cast: review(cast, year=1899)
CONSTRAINTS["staffing_adequacyreview_matter_id_key"] = lambda cast: review(cast, matter=kit.prepared(cast).matter)
CONSTRAINTS["staffing_judgement_party_once"] = lambda cast: part(Judgement, cast, kit.whole(cast))
CONSTRAINTS["staffing_judgement_known"] = lambda cast: judgement(cast, outcome="fine", reasons="Syy.")
CONSTRAINTS["staffing_judgement_reasoned"] = lambda cast: judgement(cast, outcome="partly")
CONSTRAINTS["staffing_dutycheck_once"] = lambda cast: DutyCheck(review=kit.whole(cast), duty="4.8", state="kept")
CONSTRAINTS["staffing_dutycheck_known"] = lambda cast: DutyCheck(review=kit.prepared(cast), duty="4.8", state="so")


def judgement(cast, **told):
    return Judgement(review=kit.prepared(cast), party=cast.kela.party, **told)
