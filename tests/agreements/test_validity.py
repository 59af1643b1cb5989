"""In force needs a first day and signatures: what is told of each, and what a recorded original proves (14 §, A15)."""

from datetime import date, timedelta

import pytest
from django.db import DEFAULT_DB_ALIAS
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements import actions
from agreements.actions.files import Upload
from agreements.models import Agreement, Record, Signatory, SignedOriginal
from agreements.signatures import examine
from agreements.validity import Signed, signed_of, validity_of
from tests.agreements import signing_kit, signing_world
from tests.agreements.together_kit import ORIGINAL, pdf, post, shown
from tests.attacks import drop_guard
from tests.cast import FIRST_DAY, TODAY
from tests.factories import AgreementFactory
from tests.pages import main_text
from tym.core.errors import Refused
from tym.desk.demo.original import ORIGINAL as ORIGINAL_FILE

DAY = timedelta(days=1)
# Drawn by this product once, so that no test draws.
DRAWN = ORIGINAL_FILE.read_bytes()
LACKING = "The signed original has not been recorded here."
FOUR = [date(2024, 12, 9), date(2024, 12, 11), date(2024, 12, 16), date(2024, 12, 16)]


def recorded(cast, days, **told):
    """The signed original with its signatories' days, None for one that is not known."""
    signatories = Signatory.objects.filter(party__agreement=cast.agreement)
    told = {"upload": Upload("a.pdf", b"%PDF-1.7 x", "application/pdf"), **told}
    signed = dict(zip(signatories, days, strict=True))
    return actions.enter_signed_original(agreement=cast.agreement, by=cast.coordinator, on=TODAY, signed=signed, **told)


def told_of(cast, day=TODAY):
    return validity_of(cast.agreement, day, signed_of([cast.agreement], day).get(cast.agreement.pk))


@pytest.mark.parametrize("last", [None, date(2026, 12, 31)])
def test_without_an_original_the_agreement_is_in_force_by_its_text_only(last):
    """Each state in its own words, and never in those of an agreement whose signing is shown."""
    agreement = AgreementFactory.build(valid_to=last)
    shows = Signed(Record(), FIRST_DAY, True, FIRST_DAY)
    days = [FIRST_DAY - DAY, FIRST_DAY, *([last, last + DAY] if last else [])]
    by_text = [validity_of(agreement, day, None) for day in days]
    signed = [validity_of(agreement, day, shows) for day in days]
    assert all("1.1.2025" in one.sentence for one in by_text + signed)
    assert {one.signing for one in by_text} == {_(LACKING)}
    assert len({one.sentence for one in by_text + signed}) == (6 if last else 4)


@pytest.mark.parametrize(
    ("days", "sentence", "day", "late"),
    [
        (FOUR, "It was signed on %(day)s.", "16.12.2024", False),
        ([*FOUR[:3], FIRST_DAY], "It was signed on %(day)s.", "1.1.2025", False),
        ([*FOUR[:3], FIRST_DAY + DAY], "It was signed on %(day)s.", "2.1.2025", True),
        (
            [None, *FOUR[1:]],
            "The last signature whose day is known is of %(day)s; some days are not known.",
            "16.12.2024",
            False,
        ),
        ([None] * 4, "It has been signed, on a day that is not known.", "", False),
    ],
    ids=["before", "on the first day", "late", "partly known", "not known"],
)
def test_recorded_original_tells_when_it_was_signed(cast, days, sentence, day, late):
    recorded(cast, days)
    told = told_of(cast)
    assert told.signing == _(sentence) % {"day": day}
    assert bool(told.deviation) == late
    page = main_text(cast.client(cast.member).get(cast.agreement.get_absolute_url()))
    assert told.signing in page
    assert ("A15" in page) == late
    card = main_text(cast.client(cast.member).get("/"))
    assert told.signing in card
    assert ("A15" in card) == late


def test_lacking_original_is_told_with_the_way_to_record_it(cast):
    url = reverse("agreements:original_enter", args=[cast.agreement.pk])
    for who, may in ((cast.kela, True), (cast.coordinator, True), (cast.member, False)):
        response = cast.client(who).get(cast.agreement.get_absolute_url())
        assert _(LACKING) in main_text(response)
        assert (url in response.content.decode()) == may


def test_round_signed_here_shows_the_signing_from_its_first_day(cast):
    change = signing_world.put_in_force(cast, signing_world.completed(cast, change=signing_world.agreed(cast)))
    assert told_of(cast, change.valid_from - DAY).signing == _(LACKING)
    told = told_of(cast, change.valid_from)
    assert (told.signing, told.signed.in_round) == (_("It was signed on %(day)s.") % {"day": "2.6.2025"}, True)
    record = recorded(cast, FOUR)
    assert told_of(cast, change.valid_from).signed.record == record


def test_day_of_signing_is_that_of_the_last_signature_though_the_scan_came_later(cast):
    signing = signing_world.opened(cast)
    with pytest.raises(Refused):
        signing_world.bring(cast, signing, on=TODAY - DAY)
    signing_world.bring(cast, signing, brought=TODAY + DAY)
    change = signing_world.put_in_force(cast, signing_world.fresh(signing))
    told = told_of(cast, change.valid_from)
    assert told.signing == _("It was signed on %(day)s.") % {"day": "2.6.2025"}


def test_agreement_whose_text_names_no_signatories_takes_one_day(cast):
    agreement = Agreement.objects.get(pk=cast.second.pk)
    drop_guard("agreements_signatory_never_removed")
    Signatory.objects.filter(party__agreement=agreement)._raw_delete(DEFAULT_DB_ALIAS)
    client = cast.client(cast.second_coordinator)
    late = post(client, "original_enter", agreement.pk, upload=pdf(), signed_on="3.6.2025", **ORIGINAL)
    assert late.status_code == 409
    post(client, "original_enter", agreement.pk, upload=pdf(), signed_on="20.1.2025", **ORIGINAL)
    assert "20.1.2025" in signed_of([agreement], TODAY)[agreement.pk].sentence


def test_what_a_file_proves_is_told_where_it_is_shown_and_verified(cast):
    """A picture of a paper proves nothing by itself; a file signed outside does, until somebody edits it."""
    whole = signing_kit.signed(signing_kit.signed(DRAWN, "Asta Alku"), "Olli Oja", box=(10, 10, 90, 40))
    edited = whole + b"\n% more"
    client, place = cast.client(cast.kela), reverse("agreements:lasting_detail", args=[cast.agreement.pk])
    told = {
        b"%PDF-1.7 x": (_("Not verifiable: the file is a picture of a paper. The paper itself is the evidence."), ""),
        whole: (_("The electronic signatures of the file were whole when it was taken in."), "Asta Alku"),
        edited: (_("The file has been edited after the last signature, and nobody has signed that."), ""),
    }
    for content, (proof, name) in told.items():
        post(client, "original_enter", cast.agreement.pk, upload=pdf(content=content), **{**ORIGINAL, "names": "Olli"})
        page = shown(client.get(place))
        assert proof in page
        assert name in page
        assert "Olli" in page
        answer = post(client, "file_verify", upload=pdf(content=content))
        assert proof in shown(answer)
    assert SignedOriginal.objects.latest("pk").signatures == []


def test_broken_and_unreadable_signatures_are_told_apart_from_none():
    signed = signing_kit.signed(DRAWN, "Asta Alku")
    at = signed.index(b"/Title") if b"/Title" in signed else len(DRAWN) // 2
    altered = signed[:at] + bytes([signed[at] ^ 1]) + signed[at + 1 :]
    assert examine(signed).accepted
    assert examine(altered).reason
    assert examine(signed[: len(signed) // 2] + b"/ByteRange").reason
    for none in (DRAWN, b"%PDF-1.7 x", b"\x89PNG\r\n\x1a\n"):
        assert (examine(none).accepted, examine(none).reason) == (False, "")
