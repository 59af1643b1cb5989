"""Pages on which the parties work together: notices, revocations, corrections, the agreement text."""

from datetime import date

import pytest
from django.urls import reverse

from agreements import actions, contents
from agreements.models import Change, Correction, Record
from tests.agreements import signing_world
from tests.agreements.together_kit import ORIGINAL, PDF, pdf, post, shown
from tym.core.errors import Refused


@pytest.fixture
def coming(cast):
    """Approved, in force only from 1.9.2025."""
    return cast.adopted_change(cast.kela, valid_from=date(2025, 9, 1))


def test_change_that_has_not_started_is_revoked_and_its_row_can_change_again(cast, coming):
    client = cast.client(cast.coordinator)
    told = {"decided_on": "2.6.2025", "section": "9", "grounds": "Virkaa ei täytetä."}
    assert "Virkaa ei täytetä." in shown(post(client, "change_revoke", coming.pk, **told))
    assert cast.fresh(coming).state == Change.State.ADOPTED
    page = shown(post(client, "change_revoke", coming.pk, **told, confirm="1"))
    assert cast.fresh(coming).state == Change.State.REVOKED
    assert "Virkaa ei täytetä." in page
    urgent = cast.adopted_change(cast.kela, valid_from=date(2025, 7, 1))
    assert urgent.state == Change.State.ADOPTED


@pytest.mark.parametrize("who", ["ta", "kela", "member"])
def test_only_who_records_decisions_revokes(cast, coming, who):
    assert post(cast.client(getattr(cast, who)), "change_revoke", coming.pk).status_code == 403


def test_started_change_is_not_revoked(cast, coming, clock):
    clock.day = date(2025, 9, 1)
    assert post(cast.client(cast.coordinator), "change_revoke", coming.pk).status_code == 403
    with pytest.raises(Refused):
        actions.revoke_change(
            change=coming,
            by=cast.coordinator,
            on=clock.day,
            organ="Johtoryhmä",
            decided_on=date(2025, 8, 1),
            section="1",
            grounds="myöhässä",
            sha256=coming.sha256,
        )


def test_change_on_which_another_builds_is_not_revoked(cast, coming):
    later = cast.adopted_change(cast.kela, valid_from=date(2025, 10, 1))
    assert later.state == Change.State.ADOPTED
    told = {"decided_on": "2.6.2025", "section": "9", "grounds": "syy", "confirm": "1"}
    assert post(cast.client(cast.coordinator), "change_revoke", coming.pk, **told).status_code == 409


def test_row_that_starts_later_is_told_where_it_is_changed(cast, coming):
    draft = cast.draft(cast.kela)
    page = shown(cast.client(cast.kela).get(draft.get_absolute_url()))
    assert "1.9.2025" in page


def test_correction_needs_a_second_person(cast, coming):
    decision = coming.matter.decisions.get()
    client = cast.client(cast.coordinator)
    told = {"field": "section", "becomes": "21", "reason": "näppäilyvirhe", "confirm": "1"}
    post(client, "decision_correct", coming.pk, decision.pk, **told)
    correction = Correction.objects.get(decision=decision)
    assert post(client, "correction_confirm", coming.pk, correction.pk, confirm="1").status_code == 403
    assert decision.told["section"] != "21"
    page = shown(post(cast.client(cast.chair), "correction_confirm", coming.pk, correction.pk, confirm="1"))
    assert "§ 21" in page
    assert "näppäilyvirhe" in page


def test_correction_that_is_no_day_is_refused(cast, coming):
    decision = coming.matter.decisions.get()
    told = {"field": "decided_on", "becomes": "31.2.2025", "reason": "syy", "confirm": "1"}
    answer = post(cast.client(cast.coordinator), "decision_correct", coming.pk, decision.pk, **told)
    assert answer.status_code == 409
    assert "31.2.2025" in shown(answer)


def on_behalf(cast, **more):
    told = {"party": cast.hva.party.pk, "notice": pdf(), "arrived_on": "2.6.2025", "checked": "on"}
    return post(cast.client(cast.coordinator), "record_on_behalf", cast.agreement.pk, 2, **(told | more))


def test_coordinator_records_a_partys_notice_and_its_consent_is_still_needed(cast):
    answer = on_behalf(cast)
    change = Change.objects.get(notice__isnull=False)
    assert answer.redirect_chain[-1][0] == change.get_absolute_url()
    page = cast.client(cast.coordinator).get(reverse("staffing:draft_lines", args=[change.pk, 2]))
    assert page.status_code == 200
    assert cast.client(cast.ta).get(change.get_absolute_url()).status_code == 404
    assert "2.6.2025" in shown(cast.client(cast.hva).get(change.get_absolute_url()))
    download = cast.client(cast.hva).get(change.notice.get_absolute_url())
    assert download.content == PDF
    assert "attachment" in download["Content-Disposition"]
    assert cast.client(cast.ta).get(change.notice.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "more",
    [
        {"arrived_on": "3.6.2025"},
        {"notice": pdf(content=b"MZ not a pdf")},
        {"notice": pdf(content=b"")},
        {"checked": ""},
        {"party": "999999"},
    ],
)
def test_bad_notice_starts_nothing(cast, more):
    on_behalf(cast, **more)
    assert not Change.objects.filter(notice__isnull=False).exists()
    assert not Record.objects.filter(agreement=cast.agreement, kind=Record.Kind.NOTICE).exists()


def test_municipal_contact_reads_what_is_in_force_only(cast):
    client = cast.client(cast.holder("municipal_contact", party=cast.ta.party))
    proposed = cast.proposed_change(cast.kela)
    assert client.get(cast.agreement.get_absolute_url()).status_code == 200
    assert client.get(cast.annex2.get_absolute_url()).status_code == 200
    assert client.get(proposed.get_absolute_url()).status_code == 404
    assert str(proposed) not in shown(client.get(reverse("agreements:change_list", args=[cast.agreement.pk])))


def test_another_partys_draft_is_only_told_to_exist(cast):
    draft = cast.draft(cast.hva, what="salainen aie")
    page = shown(cast.client(cast.kela).get(cast.annex2.get_absolute_url()))
    assert "salainen aie" not in page
    assert cast.hva.party.short_name.capitalize() in page
    assert draft.state == Change.State.DRAFT


@pytest.mark.parametrize("keep", ["mine", "decided"])
def test_collision_is_settled_row_by_row(cast, keep):
    returned = cast.returned_change(cast.kela)
    draft = actions.redraft_change(change=returned, by=cast.kela, on=cast.today)
    cast.adopted_change(cast.kela, valid_from=date(2025, 7, 1))
    client = cast.client(cast.kela)
    assert "Pidä päätetty" in shown(client.get(draft.get_absolute_url()))
    touched = contents.document_changes(cast.fresh(draft))[0]
    key = touched.collisions[0].before.key
    stale = post(client, "collision_settle", draft.pk, 2, key, keep=keep, revision="999")
    assert stale.status_code == 409
    post(client, "collision_settle", draft.pk, 2, key, keep=keep, revision=cast.fresh(draft).revision)
    touched = contents.document_changes(cast.fresh(draft))[0]
    assert not touched.collisions
    assert [item.row.key for item in touched.changes] == ([key] if keep == "mine" else [])


def test_amendment_needs_every_partys_own_decision_and_signature(cast):
    change = cast.draft_text(cast.ta, cast.main_text, body="Uusi sanamuoto.", heading="Tarkoitus")
    actions.save_proposal(change=change, by=cast.ta, on=cast.today, what="a", why="b", wanted_from=None)
    change = actions.propose_change(change=cast.fresh(change), by=cast.ta, on=cast.today)
    client = cast.client(cast.coordinator)
    assert post(client, "amendment_adopt", change.pk, valid_from="1.8.2025", confirm="1").status_code == 409
    for party in cast.agreement.parties.all():
        told = {"organ": "Lautakunta", "decided_on": "2.6.2025", "section": "5", "outcome": "approve", "checked": "on"}
        refused = post(client, "party_decide", change.pk, party.order, **told)
        assert refused.status_code == 409
        post(client, "party_decide", change.pk, party.order, **told, extract=pdf("ote.pdf"))
    assert post(client, "amendment_adopt", change.pk, valid_from="1.8.2025", confirm="1").status_code == 409
    signing_world.completed(cast, change=cast.fresh(change), valid_from=date(2025, 10, 1))
    post(client, "amendment_adopt", change.pk, valid_from="1.10.2025", confirm="1")
    assert cast.fresh(change).valid_from == date(2025, 10, 1)
    page = cast.agreement.get_absolute_url()
    assert "Uusi sanamuoto." not in shown(client.get(page + "?on=2025-09-30"))
    assert "Uusi sanamuoto." in shown(client.get(page + "?on=2025-10-01"))


def test_one_partys_no_ends_the_amendment(cast):
    change = cast.draft_text(cast.ta, cast.main_text, body="Uusi sanamuoto.", heading="Tarkoitus")
    actions.save_proposal(change=change, by=cast.ta, on=cast.today, what="a", why="b", wanted_from=None)
    change = actions.propose_change(change=cast.fresh(change), by=cast.ta, on=cast.today)
    told = {"organ": "Johtaja", "decided_on": "2.6.2025", "section": "5", "outcome": "reject", "checked": "on"}
    assert post(cast.client(cast.hva), "party_decide", change.pk, cast.kela.party.order, **told).status_code == 403
    post(cast.client(cast.kela), "party_decide", change.pk, cast.kela.party.order, **told)
    assert cast.fresh(change).state == Change.State.REJECTED


def test_section_is_moved_and_removed_in_the_draft_only(cast):
    change = cast.draft_text(cast.ta, cast.main_text, body="Uusi sanamuoto.", heading="Tarkoitus")
    first, second, *_rest = actions.draft_clauses(change, cast.main_text)
    client = cast.client(cast.ta)
    args = (change.pk, 0, second.key)
    assert post(client, "clause_move", *args, to="up", revision="999").status_code == 409
    post(client, "clause_move", *args, to="up", revision=cast.fresh(change).revision)
    assert actions.draft_clauses(change, cast.main_text)[0].key == second.key
    post(client, "clause_remove", change.pk, 0, first.key, revision=cast.fresh(change).revision)
    assert first.key not in [clause.key for clause in actions.draft_clauses(change, cast.main_text)]
    assert first.heading in shown(client.get(cast.agreement.get_absolute_url()))


def test_signed_original_and_consolidated_copy_are_two_things(cast):
    client = cast.client(cast.coordinator)
    page = cast.agreement.get_absolute_url()
    url = reverse("agreements:original_enter", args=[cast.agreement.pk])
    assert b"alkuper" in client.get(page).content
    client.post(url, {"upload": pdf("allekirjoitettu.pdf"), **ORIGINAL})
    record = Record.objects.get(agreement=cast.agreement, kind=Record.Kind.SIGNED_ORIGINAL)
    text = shown(client.get(page))
    assert "Lataa allekirjoitettu alkuperäinen (PDF)" in text
    assert "Lataa ajantasainen kooste (PDF)" in text
    assert cast.client(cast.stranger).get(record.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("code", ["131052-308T", "131052A308T", "131052 – 308T", "010101+123N"])
def test_identity_code_is_refused_beside_the_field(cast, code):
    draft = cast.draft(cast.kela)
    told = {"what": f"Asiakas {code} siirtyy.", "why": "syy", "wanted_from": "", "revision": cast.fresh(draft).revision}
    answer = cast.client(cast.kela).post(reverse("agreements:draft_proposal", args=[draft.pk]), told)
    assert "henkilötunnuksen" in shown(answer)
    assert "siirtyy" in shown(answer)
