"""Who may not open or post the rows page, and posts that no browser sends."""

import pytest
from django.urls import reverse

from agreements.actions import draft_change
from staffing.forms import MAX_SENT
from staffing.models import StaffingLine
from tests.staffing.kit import NEW, Page, titles

# Who


@pytest.mark.parametrize("who", ["stranger", "nobody", "ta", "coordinator", "member"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_another_partys_draft_does_not_exist(cast, url, who, method):
    assert getattr(cast.client(getattr(cast, who)), method)(url).status_code == 404


def test_forged_post_by_a_stranger_writes_nothing(cast, kela, draft, url, post):
    page = Page(kela.get(url))

    assert post({"persons": "9"}, page=page, client=cast.client(cast.stranger)).status_code == 404
    assert not StaffingLine.objects.filter(version__change=draft).exists()


def test_signed_out_person_is_sent_to_sign_in(cast, url):
    assert cast.client().get(url).status_code == 302


def test_member_of_the_party_reads_but_does_not_edit(cast):
    draft = draft_change(document=cast.annex2, by=cast.hva, on=cast.today)

    assert cast.client(cast.member).get(reverse("staffing:draft_lines", args=[draft.pk, 2])).status_code == 403


def test_mandate_that_has_ended_is_no_mandate(cast, kela, url, clock):
    holder = cast.holder("main_user", cast.kela.party, valid_to=cast.today)
    client = cast.client(holder)
    assert client.get(url).status_code == 200

    clock.day = clock.day.replace(day=clock.day.day + 1)

    assert client.get(url).status_code == 404


def test_proposed_change_is_not_edited(cast, kela):
    proposed = cast.proposed_change(cast.kela)
    url = reverse("staffing:draft_lines", args=[proposed.pk, 2])

    assert (kela.get(url).status_code, kela.post(url, {}).status_code) == (409, 409)


@pytest.mark.parametrize("number", [0, 1, 3, 99, 10**30])
def test_other_documents_have_no_staff_rows(kela, draft, number):
    # By hand: numbers that no document has cannot be reversed.
    assert kela.get(f"{draft.get_absolute_url()}liitteet/{number}/henkilosto/").status_code == 404


def test_change_that_does_not_touch_annex_2_gets_no_staff_rows(cast, kela):
    notice = draft_change(document=cast.annex3, by=cast.kela, on=cast.today)

    assert kela.get(reverse("staffing:draft_lines", args=[notice.pk, 2])).status_code == 404


# Hostile posts


@pytest.mark.parametrize("whose", ["ta", "hva"])
def test_another_partys_row_is_forbidden(cast, draft, post, whose):
    key = cast.line(getattr(cast, whose).party).key

    assert post({}, {**NEW, "key": key}).status_code == 403
    assert not StaffingLine.objects.filter(version__change=draft).exists()


@pytest.mark.parametrize("key", ["f" * 32, "1", "' OR 1=1 --", "x" * 5000])
def test_key_of_no_row_is_forbidden(post, key):
    assert post({}, {**NEW, "key": key}).status_code == 403


def test_key_of_another_agreements_row_is_forbidden(cast, post):
    other = StaffingLine.objects.of(cast.document(2, cast.second)).first()

    assert post({}, {**NEW, "key": other.key}).status_code == 403


def test_same_row_twice_is_refused(cast, post):
    assert post({}, {**NEW, "key": cast.line(cast.kela.party).key}).status_code == 409


@pytest.mark.parametrize(
    "forged",
    [
        {"rows-TOTAL_FORMS": "1000000"},
        {"rows-TOTAL_FORMS": "-1"},
        {"rows-TOTAL_FORMS": ""},
        {"rows-TOTAL_FORMS": "x"},
        {"rows-TOTAL_FORMS": str(MAX_SENT + 1)},
        {"rows-INITIAL_FORMS": "x"},
        {"revision": "x"},
        {"revision": ""},
        {"ground": ""},
    ],
)
@pytest.mark.parametrize("button", ["save", "add"])
def test_forged_count_or_start_is_a_bad_request(draft, post, forged, button):
    assert post(**forged, **{button: "1"}).status_code == 400
    assert not StaffingLine.objects.filter(version__change=draft).exists()


def test_post_without_anything_is_a_bad_request(kela, url):
    assert kela.post(url, {}).status_code == 400


@pytest.mark.parametrize("revision", ["-1", "9" * 30])
def test_revision_that_never_was_is_a_conflict(post, revision):
    assert post({"persons": "4"}, revision=revision).status_code == 409


def test_row_cut_off_on_the_way_is_not_removed(cast, draft, post):
    response = post(**{"rows-TOTAL_FORMS": "0"})

    assert response.status_code == 409
    assert titles(cast, draft) == ["työkykyneuvoja"]
    assert [row["title"] for row in Page(response).rows] == ["työkykyneuvoja"]


def test_markup_in_a_title_is_text(cast, draft, kela, url, post):
    post({"title": "<script>x</script>"})

    assert b"<script>x" not in kela.get(url).content
    assert b"<script>x" not in kela.get(draft.get_absolute_url()).content
