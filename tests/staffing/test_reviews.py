"""The adequacy review: what it asks for, what it freezes, when it is due, and its pages."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from agreements.models import Matter
from staffing import actions, reviews
from staffing.actions import Judged
from staffing.models import AdequacyReview, Judgement
from staffing.readings import REVIEW_DUE
from staffing.review_paper import pdf_source
from staffing.state import settings_of
from tests.pages import main_text, typed
from tests.staffing import review_kit as kit
from tests.staffing.figures_kit import realised
from tests.verapdf import check
from tym.core.errors import NotAllowed, Refused, Stale
from tym.core.pdf import render_pdf


@pytest.fixture(autouse=True)
def _spring(clock, settings):
    clock.day = kit.SPRING
    # English, so that a translation put right does not break what is tested here.
    settings.LANGUAGE_CODE = "en"
    with override("en"):
        yield


def page(name, cast, *args):
    return reverse(f"staffing:{name}", args=[cast.agreement.pk, kit.YEAR, *args])


def standing(cast, day=kit.SPRING):
    (found,) = reviews.standings(cast.agreement, settings_of([cast.agreement])[cast.agreement.pk], day)
    return found


def test_review_rests_on_figures_of_its_day_and_names_the_version(cast):
    realised(cast)
    review = kit.prepared(cast)
    assert (review.version.number, review.taken_on, review.matter.kind) == (1, kit.SPRING, "adequacy")
    assert [line["title"] for line in review.figures["lines"]][-1] == "Year 2025"
    before = review.figures["parties"]
    realised(cast, person_years=Decimal("0.90"), revision=1, on=kit.SPRING)
    review.refresh_from_db()
    assert review.figures["parties"] == before
    assert actions.retake_figures(review=review, by=cast.coordinator, on=kit.SPRING).figures["parties"] != before


def test_submitting_asks_for_every_party_every_duty_and_fresh_figures(cast):
    review = kit.prepared(cast)
    told = {"review": review, "by": cast.coordinator, "on": kit.SPRING, "opens_report": True}
    with pytest.raises(Refused, match="Kela"):
        actions.submit_review(**told)
    kit.judge(cast, review)
    with pytest.raises(Refused, match=r"4\.8"):
        actions.submit_review(**told)
    actions.save_duties(review=review, values=kit.KEPT, by=cast.coordinator, on=kit.SPRING)
    realised(cast, on=kit.SPRING)
    with pytest.raises(Refused, match="have changed"):
        actions.submit_review(**told)
    actions.retake_figures(review=review, by=cast.coordinator, on=kit.SPRING)
    review = actions.submit_review(**told)
    assert (review.report.kind, review.report.title) == (Matter.Kind.REPORT, "Annual report 2025")
    with pytest.raises(Refused, match="put before"):
        kit.remedy(cast, review)


def test_review_apart_from_the_report_says_why(cast):
    review = kit.whole(cast)
    with pytest.raises(Refused, match="with the annual report"):
        actions.submit_review(review=review, by=cast.coordinator, on=kit.SPRING)
    review = kit.submitted(cast, review, deviation="Toimintakertomus viivästyy.")
    kit.decide(cast, review.matter)
    assert reviews.of_year(cast.agreement, kit.YEAR)[0].is_apart


def test_judgement_short_of_adequate_has_its_reasons(cast):
    review = kit.prepared(cast)
    with pytest.raises(Refused, match="reasons"):
        kit.judge(cast, review, kela=Judged("not", " "))
    with pytest.raises(ValidationError, match="identity"):
        kit.judge(cast, review, kela=Judged("partly", "Asiakas 131052-308T"))


@pytest.mark.parametrize("who", ["kela", "ta", "member"])
def test_only_preparers_prepare(cast, who):
    with pytest.raises(NotAllowed):
        kit.prepared(cast, by=getattr(cast, who))


def test_one_review_a_year_and_a_returned_one_is_taken_along(cast):
    with pytest.raises(Refused, match="not over"):
        kit.prepared(cast, year=2026)
    review = kit.submitted(cast)
    with pytest.raises(Refused, match="being prepared"):
        kit.prepared(cast)
    kit.decide(cast, review.matter, "return")
    again = kit.prepared(cast)
    assert [row.outcome for row in again.judgement_set.all()] == ["adequate"] * 3
    assert again.remedy_set.get().responsible == "Kari Noormarkku"
    kit.decide(cast, kit.submitted(cast, again, report=review.report).matter)
    with pytest.raises(Refused, match="approved already"):
        kit.prepared(cast)


def test_colleague_who_saved_first_is_not_overwritten(cast):
    review = kit.prepared(cast)
    seen = actions.review_sha256(review)
    kit.judge(cast, review)
    with pytest.raises(Stale):
        actions.save_duties(review=review, values=kit.KEPT, by=cast.coordinator, on=kit.SPRING, seen=seen)


def test_due_day_is_the_years_end_until_the_group_sets_another(cast):
    assert (standing(cast).due, standing(cast).state, standing(cast).is_overdue) == (date(2026, 12, 31), "none", False)
    assert standing(cast, date(2026, 12, 31)).sentence == "The adequacy review of 2025 is due on 31.12.2026."
    told = {"agreement": cast.agreement, "by": cast.coordinator, "on": kit.SPRING, "valid_from": date(2026, 1, 1)}
    with pytest.raises(Refused):
        actions.propose_settings(values={REVIEW_DUE: "29.2."}, **told)
    kit.decide(cast, actions.propose_settings(values={REVIEW_DUE: "1.3."}, **told))
    late = standing(cast)
    assert (late.is_overdue, late.ground) == (True, "Johtoryhmä 2.3.2026 § 3")
    assert "Overdue" in main_text(cast.client(cast.kela).get(page("review_detail", cast)))
    (told,) = reviews.overdue([cast.agreement], kit.SPRING)[cast.agreement.pk]
    assert told == (late.sentence, page("review_detail", cast))
    assert late.sentence in main_text(cast.client(cast.kela).get("/"))
    kit.decide(cast, kit.submitted(cast).matter)
    assert late.sentence not in main_text(cast.client(cast.kela).get("/"))
    assert (standing(cast).state, standing(cast).is_overdue, standing(cast).sentence) == ("approved", False, "")


def test_review_is_overdue_once_the_report_has_been_handled_without_it(cast):
    review = kit.submitted(cast)
    kit.decide(cast, review.report, "note")
    assert not standing(cast).is_overdue
    assert standing(cast, date(2026, 3, 3)).is_overdue


def test_page_leads_from_figures_to_the_group(cast):
    client = cast.client(cast.coordinator)
    assert "Prepare the review from the figures" in main_text(client.get(page("review_detail", cast)))
    assert client.post(page("review_start", cast)).status_code == 302
    wrong = client.post(
        page("review_judge", cast), typed(client.get(page("review_judge", cast)), outcome_3="partly", reasons_3="")
    )
    assert "Write why" in main_text(wrong)
    told = typed(
        wrong, outcome_1="adequate", outcome_2="adequate", outcome_3="partly", reasons_3="Vaje ilman sijaista."
    )
    assert client.post(page("review_judge", cast), told).status_code == 302
    kept = {name: "kept" for name in typed(client.get(page("review_check", cast))) if name.startswith("state_")}
    client.post(page("review_check", cast), typed(client.get(page("review_check", cast)), **kept))
    client.post(page("remedy_add", cast), {"what": "Teko", "responsible": "Kaisa", "by_when": "31.3.2026"})
    asked = client.post(page("review_submit", cast), typed(client.get(page("review_submit", cast)), handled="open"))
    assert "its matter is opened" in main_text(asked)
    assert client.post(page("review_submit", cast), typed(asked, confirm="1")).status_code == 302
    shown = main_text(cast.client(cast.kela).get(page("review_detail", cast)))
    assert all(words in shown for words in ("Before the steering group", "Partly adequate", "Vaje ilman", "Kaisa"))


def test_preparation_is_seen_by_preparers_alone(cast):
    review = kit.whole(cast)
    row = review.remedy_set.get()
    assert "Sijaiskäytäntö" not in main_text(cast.client(cast.kela).get(page("review_detail", cast)))
    client = cast.client(cast.coordinator)
    assert client.post(page("remedy_remove", cast, row.pk)).status_code == 302
    assert not review.remedy_set.exists()
    assert client.post(page("review_retake", cast)).status_code == 302


def test_stale_form_keeps_what_was_typed_and_can_go_on(cast):
    review, client = kit.prepared(cast), cast.client(cast.coordinator)
    first = typed(client.get(page("review_judge", cast)), outcome_1="adequate", reasons_2="Oma teksti")
    kit.remedy(cast, review)
    again = client.post(page("review_judge", cast), first)
    assert again.status_code == 409
    assert typed(again)["reasons_2"] == "Oma teksti"
    assert client.post(page("review_judge", cast), typed(again)).status_code == 302
    assert Judgement.objects.get().outcome == "adequate"


def test_year_not_over_has_no_review(cast):
    client = cast.client(cast.coordinator)
    for year in (2024, 2026, 99999):
        assert client.get(reverse("staffing:review_detail", args=[cast.agreement.pk, year])).status_code == 404
    assert client.get(page("review_pdf", cast)).status_code == 404


def test_queries_do_not_grow_with_actions(cast):
    review, client = kit.whole(cast), cast.client(cast.coordinator)

    def asked():
        with CaptureQueriesContext(connection) as caught:
            client.get(page("review_detail", cast))
        return len(caught)

    one = asked()
    kit.remedy(cast, review)
    kit.remedy(cast, review)
    assert asked() == one


def test_queries_for_what_is_late_do_not_grow_with_agreements(cast, django_assert_num_queries):
    kit.submitted(cast)
    for agreements in ([cast.agreement], [cast.agreement, cast.second]):
        with django_assert_num_queries(4):
            reviews.overdue(agreements, date(2027, 1, 1))


@pytest.mark.verapdf
def test_review_pdf_is_archivable_and_accessible(cast):
    realised(cast)
    kit.submitted(cast)
    check(render_pdf(pdf_source(reviews.of_year(cast.agreement, kit.YEAR)[0])), "3a", "ua1")


def test_review_pdf_says_why_when_it_cannot_be(cast, monkeypatch):
    kit.submitted(cast)
    monkeypatch.setattr("tym.core.pdf.LONGEST_HTML", 1)
    assert cast.client(cast.kela).get(page("review_pdf", cast)).status_code == 503


def test_group_handles_the_review_as_any_matter(cast):
    """The item page draws what lies under the matter."""
    review = kit.submitted(cast)
    assert reviews.under(review.matter).review == review
    assert reviews.under(review.report) is None
    assert AdequacyReview.objects.approved().count() == 0
    kit.decide(cast, review.matter)
    assert AdequacyReview.objects.approved().get() == review
