"""The pages of signing, walked by those who sign."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements import actions
from agreements.models import SigningRound
from agreements.sealing import Seal, make_seal
from agreements.signatures import judge
from tests.agreements import signing_kit as kit
from tests.agreements import signing_world as world
from tests.cast import TODAY
from tests.pages import main_text, typed
from tests.verapdf import check


@pytest.fixture
def seal(settings, tmp_path):
    made = Seal(tmp_path / "seal.key", tmp_path / "seal.pem")
    make_seal(made.key, made.certificate, name="Testileima")
    settings.TYM_SEAL_KEY, settings.TYM_SEAL_CERT = str(made.key), str(made.certificate)


def page(name, *args):
    return reverse(f"agreements:{name}", args=args)


def pdf(content):
    return SimpleUploadedFile("sopimus.pdf", content, content_type="application/pdf")


@pytest.mark.verapdf
def test_round_is_opened_on_its_form_and_signed_by_four_with_their_passwords(cast, seal):
    """To a sealed file of the whole agreement that is archivable, accessible, and whole in other programs' eyes too."""
    change, held = world.agreed(cast), world.signers(cast)
    for one in held:
        one.person.set_password(cast.password)
        one.person.save()
    coordinator, url = cast.client(cast.coordinator), page("signing_open", change.pk)
    told = {"way": "in_app", "valid_from": "1.10.2025"}
    for prefix, one in zip(("s1_1", "s2_1", "s3_1", "s3_2"), held, strict=True):
        told |= {f"{prefix}_name": one.person.name, f"{prefix}_person": one.person.pk}
    checked = coordinator.post(url, told)
    assert held[0].person.name in main_text(checked)
    assert coordinator.post(url, {**told, "confirm": "1"}).status_code == 302
    signing = SigningRound.objects.get(change=change)
    assert page("signing_detail", signing.pk) in coordinator.get(change.get_absolute_url()).content.decode()
    for place in world.places(signing):
        client, sign = cast.client(place.person), page("signing_sign", signing.pk, place.pk)
        assert _("Your signature is waited for.") in main_text(client.get(signing.get_absolute_url()))
        wrong = client.post(sign, typed(client.get(sign), password="väärä"))
        assert _("The password is not right.") in main_text(wrong)
        assert client.post(sign, typed(client.get(sign), password=cast.password)).status_code == 302
    done = world.fresh(signing)
    assert done.state == SigningRound.State.COMPLETED
    assert "Testileima" in main_text(coordinator.get(signing.get_absolute_url()))
    sealed = bytes(done.end.record.file.content)
    assert judge(sealed, bytes(done.frozen.file.content)).accepted
    check(sealed, "3a", "ua1")


def test_wrong_file_is_refused_on_the_page_and_the_signed_one_taken_in(cast):
    signing = world.opened(cast, "outside")
    client, url = cast.client(cast.coordinator), page("signing_bring", signing.pk)
    told = {"signers": [place.pk for place in world.places(signing)], "signed_on": "2.6.2025", "checked": "on"}
    good = kit.signed(kit.frozen(), "Kela Testi")
    refused = client.post(url, {**told, "upload": pdf(good[:700] + b"x" + good[701:])})
    assert refused.status_code == 409
    assert client.post(url, {**told, "upload": pdf(good)}).status_code == 302
    assert "Kela Testi" in main_text(client.get(signing.get_absolute_url()))


def test_agreement_tells_whose_copy_has_not_been_fetched_until_it_is(cast):
    signing = world.completed(cast)
    client, agreement = cast.client(cast.kela), cast.agreement.get_absolute_url()
    told = _("The signed copy has not been fetched by")
    assert f"{told}: {cast.ta.party.short_name}" in main_text(client.get(agreement))
    client.post(page("copy_acknowledge", signing.pk, 3))
    assert cast.kela.party.short_name not in main_text(client.get(agreement)).partition(told)[2].partition(".")[0]


def test_verification_page_knows_the_signed_file_and_no_other(cast):
    signing = world.opened(cast, "outside")
    good = kit.signed(kit.frozen(), "Kela Testi")
    world.bring(cast, signing, good)
    world.put_in_force(cast, world.fresh(signing))
    url, client = page("file_verify"), cast.client(cast.kela)
    known = client.post(url, {"upload": pdf(good)})
    assert cast.agreement.title in main_text(known)
    assert cast.kela.person.name in main_text(known)
    assert _("This file is not known here.") in main_text(client.post(url, {"upload": pdf(b"%PDF-1.7 muu")}))
    other = client.post(url, {"upload": pdf(kit.signed(kit.frozen(), "Toinen"))})
    assert _("This is the text to be signed with signatures behind it.") in main_text(other)
    edited = client.post(url, {"upload": pdf(good + b"\n% more")})
    assert _("The file has been edited after the last signature, and nobody has signed that.") in main_text(edited)
    fingerprint = world.fresh(signing).end.record.file.sha256
    assert cast.agreement.title in main_text(client.get(url, {"tarkiste": fingerprint.upper()}))
    hidden = cast.client(cast.stranger).get(url, {"tarkiste": fingerprint})
    assert _("This file is not known here.") in main_text(hidden)
    assert cast.agreement.title not in main_text(hidden)


def test_round_page_asks_as_much_for_one_signatory_as_for_many(cast, django_assert_max_num_queries):
    first = world.opened(cast, "in_app")
    client = cast.client(cast.coordinator)
    client.get(first.get_absolute_url())
    with django_assert_max_num_queries(40) as few:
        client.get(first.get_absolute_url())
    actions.interrupt_signing(signing=first, by=cast.coordinator, on=TODAY, reason="Lisää.")
    more = [cast.holder("signatory", cast.kela.party) for _number in range(3)]
    second = world.opened(cast, "in_app", change=first.change, held=[*world.signers(cast), *more])
    with django_assert_max_num_queries(len(few)):
        client.get(second.get_absolute_url())
