"""Forms of the agreement as people use and misuse them: nothing typed is lost, nothing wrong is written."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements import actions
from agreements.models import Change, Clause, Consent, Decision
from tests.pages import assert_told, main_text, stored, summary_links, text_of, tree, typed

LONG = "ä" * 5000


@pytest.fixture
def draft(cast):
    return cast.draft(cast.kela)


@pytest.fixture
def proposed(cast):
    return cast.proposed_change(cast.kela)


@pytest.fixture
def kela(cast):
    return cast.client(cast.kela)


@pytest.fixture
def coordinator(cast):
    return cast.client(cast.coordinator)


def address(name, change, *more):
    return reverse(f"agreements:{name}", args=[change.pk, *more])


PROPOSAL = {"what": "Kaksi riviä muuttuu.", "why": "Syy on tämä.", "wanted_from": "1.9.2025"}


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("what", "", None),
        ("what", "  \n ", None),
        ("what", LONG, None),
        ("what", "a\0b", None),
        ("why", "", None),
        ("why", LONG, None),
        ("wanted_from", "31.2.2026", "31.2.2026"),
        ("wanted_from", "abc", "Write the day as dd.mm.yyyy, for example 1.4.2025."),
        ("wanted_from", "2025-09-01", "Write the day as dd.mm.yyyy, for example 1.4.2025."),
        ("wanted_from", "1.9.25", "Write the day as dd.mm.yyyy, for example 1.4.2025."),
    ],
)
def test_bad_proposal_is_told_beside_the_field_and_kept(kela, draft, field, value, message):
    url, before = address("draft_proposal", draft), stored()
    sent = typed(kela.get(url), **PROPOSAL | {field: value})
    response = kela.post(url, sent)
    assert_told(response, field, _(message) if message else "")
    kept = {name: typed(response)[name].replace("\ufffd", "\0") for name in PROPOSAL}
    assert kept == {name: sent[name] for name in PROPOSAL}
    assert stored() == before


def test_proposal_is_saved_and_goes_on_to_the_check_page(kela, draft):
    url = address("draft_proposal", draft)
    response = kela.post(url, typed(kela.get(url), **PROPOSAL, check="1"))
    assert response.url == address("change_propose", draft)
    draft.refresh_from_db()
    assert (draft.what, draft.why, draft.wanted_from) == (PROPOSAL["what"], PROPOSAL["why"], date(2025, 9, 1))
    assert all(value in main_text(kela.get(response.url)) for value in PROPOSAL.values())


def test_stale_proposal_shows_both_and_saving_again_is_a_choice(cast, kela, draft):
    url = address("draft_proposal", draft)
    sent = typed(kela.get(url), **PROPOSAL)
    told = {"what": "Kollegan teksti.", "why": "Kollegan syy.", "wanted_from": None}
    actions.save_proposal(change=draft, by=cast.kela_main_user, on=cast.today, **told)
    before, response = stored(), kela.post(url, sent)
    assert response.status_code == 409
    assert "Kollegan teksti." in main_text(response)
    assert typed(response)["what"] == PROPOSAL["what"]
    assert stored() == before
    assert kela.post(url, typed(response)).status_code == 302
    draft.refresh_from_db()
    assert draft.what == PROPOSAL["what"]


def test_proposing_twice_is_one_proposal(cast, kela, draft):
    url = address("change_propose", draft)
    sent = typed(kela.get(url))
    assert kela.post(url, sent).status_code == 302
    before = stored()
    assert kela.post(url, sent).url == draft.get_absolute_url()
    assert stored() == before
    assert Consent.objects.filter(matter=draft.matter).count() == 1


@pytest.mark.parametrize("revision", ["", "abc", "-1", "0", "9" * 40, "²"])
def test_draft_saved_meanwhile_is_not_proposed_unseen(kela, draft, revision):
    url = address("change_propose", draft)
    assert kela.post(url, {"revision": revision}).status_code == 409
    draft.refresh_from_db()
    assert draft.state == Change.State.DRAFT


def test_empty_draft_or_draft_without_reasons_is_not_proposed(cast, kela):
    empty = cast.draft(cast.kela, lines=list(map(cast.input, cast.lines(cast.kela.party))))
    for change in (empty, cast.draft(cast.hva, what="", why="")):
        client = cast.client(change.drafted_by)
        url = address("change_propose", change)
        response = client.post(url, typed(client.get(url)))
        assert response.status_code == 409
        assert _("This cannot be done") in main_text(response)
        assert cast.fresh(change).state == Change.State.DRAFT


def test_proposal_overtaken_by_a_decision_shows_both_rows(cast, kela, proposed):
    late = cast.draft(cast.kela, lines=[cast.input(cast.line(cast.kela.party), title="Myöhempi nimike")])
    cast.decide(proposed)
    url = address("change_propose", late)
    response = kela.post(url, typed(kela.get(url)))
    assert response.status_code == 409
    beside_each_other = text_of(tree(response).find_class("compare")[0])
    assert "Myöhempi nimike" in beside_each_other
    assert "0,70" in beside_each_other


DECISION = {"decided_on": "2.6.2025", "section": "12", "outcome": "approve"}


@pytest.mark.parametrize(
    ("field", "sent", "message"),
    [
        ("decided_on", {"decided_on": ""}, "Write the day."),
        ("decided_on", {"decided_on": "3.6.2025"}, "The day of the decision is in the future."),
        ("decided_on", {"decided_on": "31.2.2026"}, "31.2.2026"),
        ("section", {"section": ""}, ""),
        ("section", {"section": "1" * 13}, ""),
        ("outcome", {"outcome": ""}, ""),
        ("outcome", {"outcome": "note"}, ""),
        ("grounds", {"outcome": "reject"}, "Write the grounds: why the proposal was rejected or returned."),
        ("grounds", {"outcome": "return"}, "Write the grounds: why the proposal was rejected or returned."),
        ("valid_from", {"valid_from": "abc"}, "Write the day as dd.mm.yyyy, for example 1.4.2025."),
        (
            "deviation",
            {"valid_from": "1.6.2025"},
            "The start is before the decision. Give the reason, and it is recorded as a deviation.",
        ),
    ],
)
def test_bad_decision_is_told_beside_the_field_and_kept(coordinator, proposed, field, sent, message):
    url, before = address("change_decide", proposed), stored()
    sent = DECISION | {"sha256": proposed.sha256, "confirm": "1", "deviation": "", **sent}
    response = coordinator.post(url, sent)
    assert_told(response, field, _(message) if message else "")
    again = typed(response)
    assert {name: again.get(name) or "" for name in ("decided_on", "section")} == {
        name: sent[name] for name in ("decided_on", "section")
    }
    assert stored() == before


def test_section_sign_is_not_repeated(coordinator, proposed):
    sent = DECISION | {"section": "§ 12 §", "sha256": proposed.sha256, "confirm": "1"}
    assert coordinator.post(address("change_decide", proposed), sent).status_code == 302
    assert Decision.objects.get(matter=proposed.matter).section == "12"


def test_decision_is_checked_before_it_is_confirmed_and_can_be_edited(coordinator, proposed):
    url = address("change_decide", proposed)
    before = stored()
    check = coordinator.post(url, typed(coordinator.get(url), **DECISION, grounds="Perustelu."))
    assert {"2.6.2025", "12", "Perustelu."} <= {text_of(cell) for cell in tree(check).xpath("//main//dd")}
    carried = typed(check)
    back = coordinator.post(url, carried | {"edit": "1"})
    assert typed(back)["grounds"] == "Perustelu."
    assert not summary_links(back)
    assert stored() == before
    assert coordinator.post(url, carried | {"confirm": "1"}).status_code == 302
    proposed.refresh_from_db()
    assert (proposed.state, proposed.valid_from) == (Change.State.ADOPTED, date(2025, 6, 2))


def test_start_before_the_decision_is_recorded_with_its_reason(coordinator, proposed):
    told = {"valid_from": "1.5.2025", "deviation": "Työ alkoi jo toukokuussa.", "sha256": proposed.sha256}
    response = coordinator.post(address("change_decide", proposed), DECISION | told | {"confirm": "1"}, follow=True)
    assert "Työ alkoi jo toukokuussa." in main_text(response)
    assert _("Deviation") in main_text(response)


def test_confirming_a_decision_twice_is_one_decision(coordinator, proposed):
    url, sent = address("change_decide", proposed), DECISION | {"sha256": proposed.sha256, "confirm": "1"}
    assert coordinator.post(url, sent).status_code == 302
    before = stored()
    assert coordinator.post(url, sent).status_code in (302, 403, 409)
    assert stored() == before


@pytest.mark.parametrize("sha256", ["", "0" * 64, "x"])
def test_decision_on_something_else_than_was_shown_is_refused(coordinator, proposed, sha256):
    before = stored()
    response = coordinator.post(address("change_decide", proposed), DECISION | {"sha256": sha256, "confirm": "1"})
    assert response.status_code == (409 if sha256 else 200)
    assert stored() == before


def test_decision_without_consent_is_refused_with_the_clause(cast, coordinator):
    change = cast.proposed_change(cast.kela_main_user)
    response = coordinator.post(address("change_decide", change), DECISION | {"sha256": change.sha256, "confirm": "1"})
    assert response.status_code == 409
    refusal = text_of(tree(response).get_element_by_id("refusal"))
    assert "Kela" in refusal
    assert _("agreement 7 §") in refusal


@pytest.mark.parametrize(("number", "clause"), [(0, "agreement 12 §"), (3, "agreement 7 §")])
def test_text_and_composition_are_not_decided_here(cast, coordinator, number, clause):
    """The group neither adopts nor rejects main text (12 §) or a party's notice of its members (7 §)."""
    who = cast.kela_main_user
    change = cast.propose(cast.draft_text(who, cast.document(number), wanted_from=cast.today), by=who)
    assert clause.split()[1] in main_text(coordinator.get(change.get_absolute_url()))
    assert address("change_decide", change) not in coordinator.get(change.get_absolute_url()).content.decode()
    told = DECISION | {"grounds": "Syy.", "sha256": change.sha256, "confirm": "1"}
    url = address("change_decide", change)
    forged = [coordinator.post(url, told | {"outcome": outcome}) for outcome in ("approve", "reject", "return")]
    for response in (coordinator.get(url), *forged):
        assert response.status_code == 409
        assert _(clause) in main_text(response)
    assert not Decision.objects.filter(matter=change.matter).exists()


def test_consent_is_bound_to_what_was_shown_and_given_once(cast):
    change = cast.proposed_change(cast.kela_main_user)
    client, url = cast.client(cast.kela), address("change_consent", change, 3)
    assert client.post(url, {"sha256": "0" * 64}).status_code == 409
    assert not change.matter.consents.exists()
    sent = typed(client.get(url))
    assert [client.post(url, sent).status_code for _time in range(2)] == [302, 302]
    assert change.matter.consents.get().mandate == cast.kela


def test_withdrawing_twice_is_one_withdrawal(kela, proposed):
    url = address("change_withdraw", proposed)
    assert kela.post(url, typed(kela.get(url))).status_code == 302
    before = stored()
    assert kela.post(url).status_code in (302, 403, 409)
    assert stored() == before


def test_taking_up_again_twice_is_one_draft(cast, kela):
    returned = cast.returned_change(cast.kela)
    first, second = (kela.post(address("change_redraft", returned)).url for _time in range(2))
    assert first == second != returned.get_absolute_url()


@pytest.fixture
def text_draft(cast):
    return cast.draft_text(cast.kela, cast.main_text, key="s1", body="Luonnoksen teksti.", heading="Mitä sovitaan")


@pytest.mark.parametrize(
    ("field", "sent", "message"),
    [
        ("body", {"heading": "", "body": "  \n"}, "Write the text of the section."),
        ("body", {"body": "a\0b"}, ""),
        ("body", {"body": "sana " * 30_000}, ""),
        ("heading", {"heading": "o" * 501}, ""),
        ("number", {"number": "1" * 13}, ""),
    ],
)
def test_bad_section_is_told_beside_the_field_and_kept(kela, text_draft, field, sent, message):
    url, before = address("draft_clause", text_draft, 0, "s2"), stored()
    response = kela.post(url, typed(kela.get(url)) | sent)
    assert_told(response, field, _(message) if message else "")
    assert typed(response)[field].split() == sent[field].replace("\0", "\ufffd").split()
    assert stored() == before


def test_section_is_previewed_without_being_saved(kela, text_draft):
    url, before = address("draft_clause", text_draft, 0, "s1"), stored()
    sent = typed(kela.get(url), body="Alku.\n\n- yksi\n- **kaksi** <b>ei</b>\n\n<script>alert(1)</script>")
    response = kela.post(url, sent | {"preview": "1"})
    preview = tree(response).find_class("compare")[0]
    assert [text_of(item) for item in preview.xpath(".//li")] == ["yksi", "kaksi <b>ei</b>"]
    assert preview.xpath(".//strong")[0].text == "kaksi"
    assert not tree(response).xpath("//script")
    assert typed(response)["body"].split() == sent["body"].split()
    assert stored() == before


def test_stale_section_shows_both_and_saving_again_is_a_choice(cast, kela, text_draft):
    url = address("draft_clause", text_draft, 0, "s1")
    sent = typed(kela.get(url), body="Minun tekstini.")
    told = {"number": "1", "heading": "Mitä sovitaan", "body": "Kollegan teksti.", "key": "s1"}
    actions.save_clause(change=text_draft, document=cast.main_text, by=cast.kela_main_user, on=cast.today, **told)
    response = kela.post(url, sent)
    assert response.status_code == 409
    assert "Kollegan teksti." in main_text(response)
    assert typed(response)["body"].strip() == "Minun tekstini."
    assert Clause.objects.get(version__change=text_draft, key="s1").body == "Kollegan teksti."
    assert kela.post(url, typed(response)).status_code == 302
    assert Clause.objects.get(version__change=text_draft, key="s1").body == "Minun tekstini."
