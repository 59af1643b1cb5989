"""The yearly review by the parties, ending the agreement, disputes, completeness: the rules (12-13 §)."""

from datetime import date

import pytest
from django.utils.safestring import mark_safe

from agreements import actions, completeness, lasting
from agreements import permissions as p
from agreements.court import court_limit, payment_limit
from agreements.models import Agreement, Mandate
from agreements.text import Section
from tests.agreements import lasting_kit as kit
from tests.cast import TODAY
from tym.core.errors import NotAllowed, Refused

CAPACITIES = tuple(Mandate.Capacity.values)
EDITORS, PREPARERS = {"liaison", "main_user"}, {"coordinator", "stand_in", "secretary"}


def held(cast, capacity, *, binds=False):
    told = {"agreement": cast.agreement, "party": cast.kela.party, "person": cast.nobody, "may_bind_party": binds}
    return (Mandate(capacity=capacity, **told),)


@pytest.mark.parametrize(
    ("may", "able", "for_others"),
    [
        (lambda m, own: p.can_state_review(m, own), set(), False),
        (lambda m, own: p.can_open_dispute(m, own), set(), False),
        (lambda m, own: p.can_terminate(m, own), PREPARERS, False),
        (lambda m, own: p.can_read_disputes(m), set(CAPACITIES) - {"municipal_contact"}, True),
        (lambda m, own: p.can_note_dispute(m), EDITORS | PREPARERS, True),
        (lambda m, own: p.can_end_dispute(m), PREPARERS, True),
    ],
    ids=["state", "dispute", "terminate", "read", "note", "end"],
)
def test_who_may(cast, may, able, for_others):
    """By capacity alone; besides these, who may bind a party, for that party."""
    assert {capacity for capacity in CAPACITIES if may(held(cast, capacity), cast.kela.party)} == able
    binds = held(cast, "signatory", binds=True)
    assert may(binds, cast.kela.party)
    assert (may(binds, cast.hva.party) is not None) == for_others


def test_preparers_conclude_a_review(cast):
    assert {capacity for capacity in CAPACITIES if p.can_conclude_review(held(cast, capacity))} == PREPARERS
    assert {capacity for capacity in CAPACITIES if p.can_relate(held(cast, capacity))} == {*PREPARERS, "main_user"}


def test_review_is_recorded_when_every_party_has_stated(cast):
    kit.state(cast, cast.kela, outcome="change", said="Liite 2 on vanhentunut.")
    kit.state(cast, cast.ta)
    told = {"agreement": cast.agreement, "year": kit.YEAR, "by": cast.coordinator, "on": TODAY, "outcome": "proposal"}
    with pytest.raises(Refused, match=cast.hva.party.short_name):
        actions.conclude_review(**told)
    kit.state(cast, cast.hva)
    outcome = actions.conclude_review(**told)
    assert outcome.matter.sha256
    sentence = lasting.standing_of(cast.agreement, kit.YEAR, TODAY).sentence
    assert all(str(word) in sentence for word in (kit.YEAR, "Kela", outcome.get_outcome_display()))
    with pytest.raises(Refused):
        actions.conclude_review(**told)


def test_statement_is_given_once_by_the_party_itself_for_a_year_of_force(cast):
    with pytest.raises(NotAllowed):
        actions.state_review(party=cast.kela.party, year=kit.YEAR, by=cast.hva, on=TODAY, outcome="keep")
    with pytest.raises(Refused):
        kit.state(cast, cast.kela, year=kit.YEAR + 1)
    with pytest.raises(Refused):
        kit.state(cast, cast.kela, outcome="change", said="  ")
    kit.state(cast, cast.kela)
    with pytest.raises(Refused):
        kit.state(cast, cast.kela, outcome="change", said="Sittenkin.")


def test_review_is_overdue_from_the_first_day_of_the_next_year(cast):
    assert not lasting.overdue([cast.agreement], date(2025, 12, 31))
    ((told, where),) = lasting.overdue([cast.agreement], date(2026, 1, 1))[cast.agreement.pk]
    assert "31.12.2025" in told
    assert where.endswith("/voimassaolo/")
    kit.concluded(cast)
    assert not lasting.overdue([cast.agreement], date(2026, 1, 1))


def test_due_day_of_the_review_is_what_the_group_has_decided(cast):
    """Proposed alone it changes nothing; approved it holds from its day on, and never of a day that had passed."""
    kit.due_proposed(cast, "1.3.")
    assert not lasting.overdue([cast.agreement], TODAY)
    kit.due_decided(cast, "1.6.")
    assert not lasting.overdue([cast.agreement], date(2025, 12, 31))
    told = [line for line, _where in lasting.overdue([cast.agreement], date(2026, 6, 2))[cast.agreement.pk]]
    assert ["1.6.2026" in told[0], "31.12.2025" in told[1], len(told)] == [True, True, 2]
    late = Agreement(valid_from=date(2025, 7, 1))
    assert [lasting.due_of(late, year, "1.6.") for year in (2025, 2026)] == [date(2025, 12, 31), date(2026, 6, 1)]
    for value in ("29.2.", "31.11.", "heti"):
        with pytest.raises(Refused):
            kit.due_proposed(cast, value)


def test_related_agreement_is_replaced_or_ended_once(cast):
    first = kit.related(cast)
    for wrong in ({"upload": kit.extract(), "link": "https://a.example/"}, {"link": ""}, {"day": date(2025, 6, 3)}):
        with pytest.raises(Refused):
            kit.related(cast, **wrong)
    with pytest.raises(Refused):
        kit.related(cast, kind="other", replaces=first)
    second = kit.related(cast, by=cast.kela_main_user, replaces=first)
    for again in (lambda: kit.related_ended(cast, first), lambda: kit.related(cast, replaces=first)):
        with pytest.raises(Refused):
            again()
    assert [one.is_current for one in (first, second)] == [False, True]
    with pytest.raises(Refused):
        actions.end_related(related=second, by=cast.coordinator, on=TODAY, day=date(2025, 6, 1), reason="Ennen.")
    kit.related_ended(cast, second, by=cast.kela_main_user)
    with pytest.raises(NotAllowed):
        kit.related(cast, by=cast.kela)


def test_agreement_ends_on_a_recorded_decision_of_a_party(cast):
    ending = kit.terminated(cast)
    agreement = Agreement.objects.get(pk=cast.agreement.pk)
    assert agreement.valid_to == date(2025, 12, 31)
    assert agreement.history.latest().history_change_reason == "terminated"
    assert all(word in lasting.told_end(ending) for word in ("Kela", "Hallitus", "2.6.2025 § 7", "31.12.2025"))
    with pytest.raises(Refused):
        kit.terminated(cast, cast.hva)


@pytest.mark.parametrize(
    "told",
    [{"last_day": date(2025, 6, 1)}, {"decided_on": date(2025, 6, 3)}],
    ids=["last day before the decision", "decided tomorrow"],
)
def test_termination_on_impossible_days_is_refused(cast, told):
    with pytest.raises(Refused):
        kit.terminated(cast, **told)
    assert Agreement.objects.get(pk=cast.agreement.pk).valid_to is None


def test_another_partys_person_does_not_end_the_agreement(cast):
    with pytest.raises(NotAllowed):
        kit.terminated(cast, cast.hva, party=cast.kela.party)


def test_dispute_is_noted_until_it_ends(cast):
    dispute = kit.dispute(cast)
    kit.noted(cast, dispute)
    with pytest.raises(Refused):
        actions.end_dispute(
            dispute=dispute, by=cast.ta, on=TODAY, outcome="agreed", day=date(2025, 6, 1), said="Liian aikaisin."
        )
    kit.ended(cast, dispute, "court")
    with pytest.raises(Refused):
        kit.noted(cast, dispute)
    with pytest.raises(Refused):
        kit.ended(cast, dispute)
    with pytest.raises(Refused):
        kit.dispute(cast, disputed_on=date(2025, 6, 3))


@pytest.mark.parametrize(
    ("disputed", "last"),
    [
        (date(2025, 6, 2), date(2030, 6, 2)),
        (date(2024, 2, 29), date(2029, 2, 28)),
        (date(2025, 12, 31), date(2030, 12, 31)),
    ],
)
def test_court_is_asked_within_five_years(disputed, last):
    assert court_limit(disputed) == last


@pytest.mark.parametrize("claimed", [date(2025, 1, 1), date(2025, 12, 31)])
def test_payment_is_claimed_within_five_years_from_the_start_of_the_next_year(claimed):
    assert payment_limit(claimed) == date(2030, 12, 31)


def test_payment_claim_has_its_own_limit(cast):
    plain, claim = kit.dispute(cast), kit.dispute(cast, claimed_on=date(2024, 3, 1))
    kit.ended(cast, claim, "court")
    by_pk = {one.dispute.pk: one for one in lasting.disputes_of(cast.agreement)}
    assert by_pk[plain.pk].limit == date(2030, 6, 2)
    assert by_pk[claim.pk].limit == date(2029, 12, 31)
    assert "Päättynyt 2.6.2025" in by_pk[claim.pk].sentence
    assert "31.12.2029" in by_pk[claim.pk].sentence


# The common template's own headings and the words that matter.
TEXT = {
    "1": (
        "Sopimuksen tarkoitus",
        "<p>Nuorten työllistämistä edistävästä yhteispalvelusta sovitaan eri sopimuksessa.</p>",
    ),
    "4": ("Palveluiden tuottamisen paikat ja tavat", "<p>Palvelua tarjotaan</p>"),
    "5": ("Henkilöstö palveluiden toteuttamiseksi", "<p>Henkilöstön riittävyyttä tarkastellaan vuosittain.</p>"),
    "9": ("Toiminnan toteuttamisesta aiheutuvat kulut", "<p>Kela osallistuu kustannuksiin.</p>"),
    "10": (
        "Henkilörekisteri",
        "<p>Elinkeino-, liikenne- ja ympäristökeskusten kehittämis- ja hallintokeskus (381/2023, 12 §) ja muut ovat "
        "yhteisrekisterinpitäjiä. Hallintokeskus voi myöntää käyttöoikeuden työvoimaviranomaisten, hyvinvointialueen "
        "tai\nKelan palveluksessa olevalle.</p>",
    ),
}


def written(*without):
    kept = [(number, *words) for number, words in TEXT.items() if number not in without]
    return [Section("", f"s{number}", number, heading, mark_safe(body)) for number, heading, body in kept]


def test_agreement_has_what_the_decree_asks_for_and_its_annexes(cast):
    found = completeness.check(written(), list(cast.agreement.documents.all()), [kit.related(cast)])
    assert [str(item.what) for item in found["missing"]] == []
    assert len(found["wanted"]) == 9
    assert [item.where for item in found["outdated"]] == ["10 Henkilörekisteri"] * 3
    assert found["wanted"][-1].where == "1 Sopimuksen tarkoitus"


@pytest.mark.parametrize(("without", "missing"), [("4", 1), ("5", 2), ("9", 2)])
def test_what_is_missing_is_told(without, missing):
    assert [item.is_there for item in completeness.contents_of(written(without))].count(False) == missing


def test_annex_without_a_version_is_missing_and_right_references_are_left_alone(cast):
    documents = cast.agreement.documents.exclude(number=2)
    assert [item.is_there for item in completeness.annexes_of(documents)] == [True, False, True]
    assert not completeness.outdated_in(written("10"))
    assert "13 §" in str(completeness.outdated_in(written())[0].what)
    assert [len(section.notes) for section in completeness.noted(written())] == [0, 0, 0, 0, 3]
