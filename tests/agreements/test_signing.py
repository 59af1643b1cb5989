"""Signing rounds: what is frozen, who signs in which way, and what is in force only then (12 and 14 §)."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.utils import translation
from django.utils.translation import gettext as _

from agreements import actions
from agreements.actions.signing import Frozen, source_to_sign
from agreements.models import Change, CopyReceipt, SigningAct, SigningRound
from agreements.rounds import waiting_for
from agreements.sealing import SealFailed
from agreements.signatures import judge
from agreements.state import documents_on
from tests.agreements import signing_kit as kit
from tests.agreements import signing_world as world
from tests.agreements.signing_world import START
from tests.cast import TODAY, sections_of
from tests.pages import main_text
from tym.core.errors import NotAllowed, Refused, Stale

State = SigningRound.State


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def test_only_what_every_party_has_decided_is_put_to_be_signed(cast):
    change = world.proposed(cast)
    world.decide(cast, change, cast.ta)
    with pytest.raises(Refused, match="every party's own decision"):
        world.opened(cast, change=cast.fresh(change))


def test_party_needs_as_many_signatories_as_sign_together(cast):
    with pytest.raises(Refused, match="Kela"):
        world.opened(cast, held=[cast.ta, cast.hva, cast.kela])


def test_file_to_be_signed_shows_the_text_as_it_will_be_and_who_signs(cast):
    change = world.agreed(cast)
    html = source_to_sign(change, START, world.named(world.signers(cast))).html
    assert "Uusi teksti." in html
    assert "Johtoryhmä kokoontuu" not in html
    assert "Sopijat on lueteltu alla." in html
    assert "hallintosääntö 5 §" in html
    assert cast.canary not in html
    assert cast.fresh(change).state == Change.State.PROPOSED


def test_round_is_refused_when_an_annex_changed_after_the_file_was_drawn(cast):
    change, who = world.agreed(cast), world.named(world.signers(cast))
    frozen = Frozen(kit.frozen(), source_to_sign(change, START, who).fingerprint)
    cast.adopted_change(cast.kela)
    with pytest.raises(Stale):
        actions.open_signing(
            change=change, by=cast.coordinator, on=TODAY, way="paper", valid_from=START, named=who, frozen=frozen,
            sha256=change.sha256,
        )  # fmt: skip


def test_only_a_preparer_opens_a_round(cast):
    change, who = world.agreed(cast), world.named(world.signers(cast))
    frozen = Frozen(kit.frozen(), source_to_sign(change, START, who).fingerprint)
    with pytest.raises(NotAllowed):
        actions.open_signing(
            change=change, by=cast.kela, on=TODAY, way="paper", valid_from=START, named=who, frozen=frozen,
            sha256=change.sha256,
        )  # fmt: skip


def test_change_is_in_one_round_at_a_time_and_anew_after_an_interruption(cast):
    signing = world.opened(cast)
    with pytest.raises(Refused):
        world.opened(cast, change=signing.change)
    with pytest.raises(Refused):
        actions.withdraw_change(change=cast.fresh(signing.change), by=cast.ta, on=TODAY)
    actions.interrupt_signing(signing=signing, by=cast.coordinator, on=TODAY, reason="Nimi on väärin.")
    assert world.fresh(signing).state == State.INTERRUPTED
    assert world.opened(cast, change=signing.change).state == State.OPEN


def test_signed_text_comes_into_force_from_the_day_that_was_signed(cast):
    signing = world.opened(cast)
    with pytest.raises(Refused, match="when every party has signed it"):
        world.put_in_force(cast, signing)
    world.bring(cast, signing)
    with pytest.raises(Refused, match=r"1\.10\.2025"):
        world.put_in_force(cast, signing, valid_from=date(2025, 11, 1))
    world.put_in_force(cast, signing)
    assert "Uusi teksti." in {row.body for row in sections_of(cast.main_text, START)}
    assert "Uusi teksti." not in {row.body for row in sections_of(cast.main_text, START - timedelta(days=1))}
    assert next(state.version.number for state in documents_on(cast.agreement, START)) == 2


def test_everybody_signs_for_herself_in_this_service(cast):
    signing = world.opened(cast, "in_app")
    first = world.places(signing)[0]
    with pytest.raises(NotAllowed):
        world.sign(first, by=cast.hva)
    with pytest.raises(Stale):
        world.sign(first, sha256="0" * 64)
    assert world.sign(first) == world.sign(first)
    with pytest.raises(Refused, match="in this service"):
        world.bring(cast, signing)


def test_nobody_signs_here_in_the_name_of_another(cast):
    signing = world.opened(cast, "in_app")
    place = world.place_of(signing, cast.kela.party)
    named = actions.Named(cast.kela.party, "Joku Muu", "", "", cast.kela_main_user.person)
    with pytest.raises(Refused, match="her own name"):
        actions.replace_signatory(place=place, by=cast.kela, on=TODAY, named=named, reason="Vaihto.")


def test_file_is_sealed_when_everybody_has_signed_in_this_service(cast):
    signing = world.opened(cast, "in_app")
    first, *rest = world.places(signing)
    world.sign(first)
    with pytest.raises(Refused):
        actions.seal_round(signing=world.fresh(signing), by=cast.coordinator, on=TODAY)
    for place in rest:
        world.sign(place)
    actions.seal_round(signing=world.fresh(signing), by=world.mandate_of(rest[-1]), on=TODAY)
    done = world.fresh(signing)
    assert done.state == State.COMPLETED
    sealed = bytes(done.end.record.file.content)
    assert judge(sealed, kit.frozen()).accepted
    assert [one["name"] for one in done.files.get().signatures] == ["Testileima"]
    world.put_in_force(cast, done)


def test_without_a_seal_the_signatures_stay_and_the_seal_comes_later(cast, settings, tmp_path):
    settings.TYM_SEAL_KEY = settings.TYM_SEAL_CERT = str(tmp_path / "none")
    signing = world.opened(cast, "in_app")
    for place in world.places(signing):
        world.sign(place)
    with pytest.raises(SealFailed):
        actions.seal_round(signing=world.fresh(signing), by=cast.coordinator, on=TODAY)
    assert SigningAct.objects.filter(place__round=signing, kind="signed").count() == 4


def test_signed_file_comes_back_in_two_steps_and_completes_the_round(cast):
    signing = world.opened(cast, "outside")
    ta, hva, *kela = world.places(signing)
    once = kit.signed(kit.frozen(), "Työllisyysalue")
    world.bring(cast, signing, once, signed=[ta])
    twice = kit.signed(kit.signed(once, "Hyvinvointialue"), "Kela Testi")
    file = world.bring(cast, signing, twice, signed=[hva, *kela])
    assert [one["name"] for one in file.signatures] == ["Hyvinvointialue", "Kela Testi"]
    assert world.fresh(signing).end.record == file.record


def test_altered_wrong_and_parallel_files_are_refused_with_the_reason(cast):
    signing = world.opened(cast, "outside")
    good = kit.signed(kit.frozen(), "Kela Testi")
    with pytest.raises(Refused, match=r"has been altered: it is not the file that was given to be signed\.$"):
        world.bring(cast, signing, good[:900] + bytes([good[900] ^ 1]) + good[901:])
    # A service that works so is not cured by trying again.
    with pytest.raises(Refused, match=r"another file.*interrupt this signing and open it anew on paper"):
        world.bring(cast, signing, b"%PDF-1.7 jotain muuta")
    world.bring(cast, signing, good, signed=world.places(signing)[:1])
    with pytest.raises(Refused, match="Others have signed"):
        world.bring(cast, signing, kit.signed(kit.frozen(), "Toinen"), signed=world.places(signing)[1:])
    assert world.fresh(signing).state == State.OPEN


def test_set_order_is_kept(cast):
    signing = world.opened(cast, "in_app", in_set_order=True)
    first, second, *_rest = world.places(signing)
    with pytest.raises(Refused, match=first.name):
        world.sign(second)
    assert (waiting_for(first.person), waiting_for(second.person)) == ({cast.agreement.pk: [signing]}, {})
    world.sign(first)
    assert (waiting_for(first.person), waiting_for(second.person)) == ({}, {cast.agreement.pk: [signing]})
    assert _("Your signature is waited for: %(change)s") % {"change": signing.change} in main_text(
        cast.client(second.person).get("/")
    )
    world.sign(second)


def test_one_who_declines_is_replaced_and_stays_visible(cast):
    signing = world.opened(cast, "in_app")
    place = world.place_of(signing, cast.hva.party)
    with pytest.raises(NotAllowed):
        actions.decline_signing(place=place, by=cast.ta, on=TODAY, reason="En voi.")
    actions.decline_signing(place=place, by=cast.hva, on=TODAY, reason="Olen esteellinen.")
    with pytest.raises(Refused):
        world.sign(place)
    other = cast.holder("signatory", cast.hva.party)
    (named,) = world.named([other])
    new = actions.replace_signatory(place=place, by=cast.hva, on=TODAY, named=named, reason="Varahenkilö.")
    assert (new.replaces, new.order) == (place, place.order)
    world.sign(new)
    with pytest.raises(Refused, match="has signed already"):
        actions.replace_signatory(place=new, by=cast.hva, on=TODAY, named=named, reason="Taas.")


def test_reminder_goes_once_a_day(cast, clock, django_capture_on_commit_callbacks):
    signing = world.opened(cast, "in_app")
    place, told = world.places(signing)[0], {"by": cast.coordinator, "link": "https://tym.example.fi/x"}
    with django_capture_on_commit_callbacks(execute=True):
        actions.remind_signatory(place=place, on=TODAY, **told)
    assert [message.to for message in mail.outbox] == [[place.person.email]]
    assert "https://tym.example.fi/x" in mail.outbox[0].body
    with pytest.raises(Refused):
        actions.remind_signatory(place=place, on=TODAY, **told)
    actions.remind_signatory(place=place, on=TODAY + timedelta(days=1), **told)


def test_each_party_acknowledges_its_own_copy_once(cast):
    signing = world.opened(cast)
    with pytest.raises(Refused):
        actions.acknowledge_copy(signing=signing, party=cast.kela.party, by=cast.kela, on=TODAY)
    world.bring(cast, signing)
    with pytest.raises(NotAllowed):
        actions.acknowledge_copy(signing=world.fresh(signing), party=cast.kela.party, by=cast.ta, on=TODAY)
    for _time in range(2):
        actions.acknowledge_copy(signing=world.fresh(signing), party=cast.kela.party, by=cast.kela, on=TODAY)
    assert CopyReceipt.objects.filter(round=signing).count() == 1


def test_closed_round_takes_nothing_more(cast):
    signing = world.completed(cast)
    with pytest.raises(Refused):
        world.bring(cast, signing)
    with pytest.raises(Refused):
        actions.interrupt_signing(signing=signing, by=cast.coordinator, on=TODAY, reason="Ei enää.")
    with pytest.raises(Refused):
        actions.withdraw_change(change=cast.fresh(signing.change), by=cast.ta, on=TODAY)


def test_party_tells_of_its_own_signatories_alone_on_paper(cast):
    signing = world.opened(cast)
    own = [place for place in world.places(signing) if place.party_id == cast.kela.party_id]
    with pytest.raises(Refused, match="recorded by the coordinator"):
        world.bring(cast, signing, by=cast.kela)
    world.bring(cast, signing, by=cast.kela, signed=own)
    world.bring(cast, signing, signed=[place for place in world.places(signing) if place not in own])
    assert world.fresh(signing).state == SigningRound.State.COMPLETED
