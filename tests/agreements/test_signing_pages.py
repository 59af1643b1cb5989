"""The pages of signing, walked by those who sign."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import actions, verifying
from agreements.actions.records import pdf_source
from agreements.compilation import compile_agreement
from agreements.models import SigningRound
from agreements.signatures import judge, sha256
from registry.models import PublicityClass
from tests.agreements import signing_kit as kit
from tests.agreements import signing_world as world
from tests.cast import TODAY
from tests.factories import RecordFactory, SignatoryFactory
from tests.pages import assert_told, main_text, summary_links, text_of, tree, typed
from tests.verapdf import check
from tym.core import uploads


def page(name, *args):
    return reverse(f"agreements:{name}", args=args)


def pdf(content):
    return SimpleUploadedFile("sopimus.pdf", content, content_type="application/pdf")


@pytest.mark.verapdf
def test_round_is_opened_on_its_form_and_signed_by_four_with_their_passwords(cast):
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


def fields_of(response):
    """The signatories' fields with what they start from."""
    names = tree(response).xpath("//fieldset//*[self::input or self::select]/@name")
    return {name: typed(response).get(name, "") for name in names if name.startswith("s")}


def test_opening_form_starts_from_whom_the_agreement_or_the_last_round_names(cast):
    """As many lines as must sign or are named, and one more a party; it grows without a script and loses nothing."""
    change, client = world.agreed(cast), cast.client(cast.coordinator)
    SignatoryFactory(party=cast.kela.party, order=9, name=cast.kela.person.name)
    url = page("signing_open", change.pk)
    empty = client.get(url)
    told = fields_of(empty)
    assert sum(name.endswith("_name") for name in told) == (1 + 1) + (1 + 1) + (3 + 1)
    assert (told["s3_3_name"], told["s3_3_person"]) == (cast.kela.person.name, str(cast.kela.person.pk))
    assert [text_of(legend) for legend in tree(empty).xpath("//fieldset[@class='seat']/legend")] == [
        party.name for party in cast.agreement.parties.named_on(TODAY)
    ]
    more = client.post(url, {**typed(empty), "s3_4_name": "Neljäs", "s3_4_basis": "ohje 2 §", "edit": "1"})
    grown = fields_of(more)
    assert (grown["s3_4_name"], grown["s3_4_basis"], grown["s3_5_name"]) == ("Neljäs", "ohje 2 §", "")
    assert not summary_links(more)
    signing = world.opened(cast, change=change)
    actions.interrupt_signing(signing=signing, by=cast.coordinator, on=TODAY, reason="Uudelleen.")
    again = fields_of(client.get(url))
    for prefix, place in zip(("s1_1", "s2_1", "s3_1", "s3_2"), world.places(signing), strict=True):
        assert [again[f"{prefix}_{part}"] for part in ("name", "title", "basis", "person")] == [
            place.name, place.title, place.basis, str(place.person_id)
        ]  # fmt: skip


def test_errors_of_a_signatory_are_told_beside_her_line(cast):
    change, client = world.agreed(cast), cast.client(cast.coordinator)
    held, url = world.signers(cast), page("signing_open", change.pk)
    told = {"way": "in_app", "valid_from": "1.10.2025"}
    for prefix, one in zip(("s1_1", "s2_1", "s3_1"), held, strict=False):
        told |= {f"{prefix}_name": one.person.name, f"{prefix}_person": one.person.pk}
    told |= {"s1_1_person": "", "s2_1_name": "Joku Muu", "s2_2_title": "johtaja"}
    wrong = client.post(url, told)
    who = {"name": cast.ta.person.name}
    sign_in = _("%(name)s: who signs in this service must be able to sign in to it.") % who
    assert_told(wrong, "s1_1_person", sign_in)
    other = {"name": "Joku Muu", "person": cast.hva.person.name}
    own_name = _("%(name)s would sign in as %(person)s: here everybody signs in her own name.") % other
    assert_told(wrong, "s2_1_person", own_name)
    assert set(summary_links(wrong)) == {
        f"#id_{one}" for one in ("s1_1_person", "s2_1_person", "s2_2_name", "s3_2_name")
    }
    assert ["open" in one.attrib for one in tree(wrong).xpath("//fieldset/details")] == [
        False, True, False
    ]  # fmt: skip
    elsewhere = client.post(url, {**told, "s3_2_name": "Vieras", "s3_2_person": cast.stranger.person.pk})
    assert "#id_s3_2_person" in summary_links(elsewhere)
    place = world.place_of(world.opened(cast, "in_app", change=change), cast.kela.party)
    replaced = {"new_name": "Joku", "new_person": cast.kela_main_user.person.pk, "reason": "Syy."}
    answer = cast.client(cast.kela).post(page("signing_replace", place.round_id, place.pk), replaced)
    assert "#id_new_person" in summary_links(answer)


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
    assert _("This is not a fingerprint: a SHA-256 has 64 signs, 0–9 and a–f.") in main_text(
        client.get(url, {"tarkiste": fingerprint[1:]})
    )


def test_whoever_holds_the_signed_file_is_told_of_it_without_a_sign_in_and_of_nothing_else(cast, monkeypatch):
    """A court or an archive; also one who signs in for another agreement. Only fingerprints are compared for them."""
    signing = world.opened(cast, "outside")
    once = kit.signed(kit.frozen(), "Kela Testi")
    world.bring(cast, signing, once, signed=world.places(signing)[:1])
    good = kit.signed(once, "Toinen")
    world.bring(cast, signing, good, signed=world.places(signing)[1:])
    record = world.fresh(signing).end.record
    inside = RecordFactory(agreement=cast.agreement, kind="minutes", title=cast.agreement.title)
    own = RecordFactory(agreement=cast.agreement, kind="consolidated", title="Oma kooste", party=cast.kela.party)
    with monkeypatch.context() as then:
        then.setattr(timezone, "now", lambda: datetime(2025, 6, 1, tzinfo=UTC))
        issued = RecordFactory(agreement=cast.agreement, kind="consolidated", title="Yhteinen kooste")
    coming = RecordFactory(agreement=cast.agreement, kind="signed_original", on=world.START)
    url, unknown = page("file_verify"), _("This file is not known here.")
    monkeypatch.setattr(verifying, "judge", None)  # what is not opened cannot be judged
    for reader in (None, cast.nobody, cast.stranger):
        client = cast.client(reader)
        known = main_text(client.post(url, {"upload": pdf(good)}))
        assert cast.agreement.title in known
        assert cast.kela.person.name in known
        assert record.get_absolute_url() not in client.get(url, {"tarkiste": record.file.sha256}).content.decode()
        assert "Yhteinen kooste" in main_text(client.get(url, {"tarkiste": issued.file.sha256}))
        hidden = [signing.sha256, sha256(once), *(one.file.sha256 for one in (inside, own, coming))]
        for answer in (client.get(url, {"tarkiste": fingerprint}) for fingerprint in hidden):
            assert unknown in main_text(answer)
            assert cast.agreement.title not in main_text(answer)
        for content in (kit.frozen(), once, good + b"\n% more"):
            assert unknown in main_text(client.post(url, {"upload": pdf(content)}))
    told = {"record": record, "on": TODAY, "state": "secret", "ground": "621/1999 24 § 1 mom", "part": "kaikki"}
    PublicityClass.objects.create(**told, reason="syy", mandate=cast.coordinator)
    assert unknown in main_text(cast.client().post(url, {"upload": pdf(good)}))
    assert cast.agreement.title in main_text(cast.client(cast.kela).post(url, {"upload": pdf(good)}))


def test_verification_without_a_sign_in_has_its_measure(cast, monkeypatch):
    url, client = page("file_verify"), cast.client()
    monkeypatch.setattr(uploads, "MAX_REQUEST", 400)
    assert client.post(url, {"upload": pdf(b"%PDF-1.7 " + b"x" * 400)}).status_code == 400
    times = [client.get(url, {"tarkiste": "a" * 64}).status_code for _time in range(61)]
    assert times == [200] * 60 + [429]
    assert client.get(url).status_code == 200
    late = client.post(url, {"upload": pdf(b"%PDF-1.7")})
    assert (late.status_code, late["Retry-After"]) == (429, "3600")


def test_copy_and_agreement_page_say_how_each_amendment_was_signed(cast):
    """With the day of the last signature, not that of bringing the scan, and the fingerprint of the signed file."""
    signing = world.opened(cast)
    world.bring(cast, signing, brought=TODAY + timedelta(days=3))
    signed = world.fresh(signing)
    world.put_in_force(cast, signed)
    told, start = ("2.6.2025", _("on paper (the file is not verifiable)"), signed.end.record.file.sha256), world.START
    url, client = cast.agreement.get_absolute_url(), cast.client(cast.kela)
    ground = _(
        "The parties have decided it (agreement 12 §). It was signed on %(day)s %(how)s, fingerprint %(fingerprint)s."
    )
    words = ground % {"day": told[0], "how": told[1], "fingerprint": told[2][:16]}
    for place in (
        pdf_source(compile_agreement(cast.agreement, start)).html,
        client.get(url, {"on": start}).content.decode(),
    ):
        assert all(one in place for one in (*told, words))
    before = compile_agreement(cast.agreement, start - timedelta(days=1))
    assert before.amendments == []
    assert told[2] not in before.json.decode()
    page_ = main_text(client.get(url))
    assert told[2] not in page_
    assert words in page_  # what comes
    assert _("The text was last signed on %(day)s.") % {"day": told[0]} in page_


def by_mandate(held):
    return f"{held.person} ({held.title})"


def interrupted_and_signed_anew(cast, first):
    """All that can happen to a round; then a second one on paper, to the text in force. Who came in another's place."""
    ta, hva, *_kela = world.places(first)
    actions.remind_signatory(place=ta, by=cast.coordinator, on=TODAY, link="https://x")
    world.sign(ta)
    actions.decline_signing(place=hva, by=cast.hva, on=TODAY, reason="Olen esteellinen.")
    (other,) = world.named([cast.holder("signatory", cast.hva.party)])
    actions.replace_signatory(place=hva, by=cast.hva, on=TODAY, named=other, reason="Varahenkilö.")
    actions.interrupt_signing(signing=first, by=cast.coordinator, on=TODAY, reason="Nimi oli väärin.")
    more = [cast.holder("signatory", cast.kela.party) for _number in range(6)]
    second = world.opened(cast, change=first.change, held=[*world.signers(cast), *more])
    world.bring(cast, second)
    world.put_in_force(cast, world.fresh(second))
    actions.acknowledge_copy(signing=world.fresh(second), party=cast.kela.party, by=cast.kela, on=TODAY)
    return other


def story(cast, first, other):
    """The same in the sentences of the timeline, in their order."""
    ta, hva, *_kela = first.places.select_related("party")
    by = {"who": by_mandate(cast.coordinator), "day": "2.6.2025"}
    opened = {**by, "day": "1.10.2025"}
    wait, county = ({"name": one.name, "party": one.party.genitive} | by for one in (ta, hva))
    replaced = {"who": by_mandate(cast.hva), "name": other.name, "party": hva.party.genitive, "before": hva.name}
    own = {"who": by_mandate(cast.kela), "party": cast.kela.party.genitive}
    return [
        _("%(who)s opened signing %(way)s, to be in force from %(day)s.") % {**opened, "way": _("in this service")},
        _("%(who)s reminded %(name)s on %(day)s to sign for %(party)s.") % wait,
        _("%(name)s signed for %(party)s on %(day)s.") % wait,
        _("%(name)s declined to sign for %(party)s on %(day)s.") % county + " Olen esteellinen.",
        _("%(who)s named %(name)s to sign for %(party)s. Named first: %(before)s.") % replaced + " Varahenkilö.",
        _("%(who)s interrupted the signing on %(day)s.") % by + " Nimi oli väärin.",
        _("%(who)s opened signing %(way)s, to be in force from %(day)s.") % {**opened, "way": _("on paper")},
        _("%(name)s signed for %(party)s on %(day)s. Recorded by %(who)s.") % wait,
        _("Everybody has signed: the signing was completed on %(day)s.") % by,
        _("%(who)s put the signed text in force from %(day)s.") % opened,
        _("%(who)s acknowledged the own signed copy of %(party)s as received.") % own,
    ]


def test_timeline_of_the_change_tells_the_whole_signing(cast, django_assert_max_num_queries):
    """Each step with who, for whom and when; and two rounds with ten people ask no more than one with four."""
    first = world.opened(cast, "in_app")
    url, client = first.change.get_absolute_url(), cast.client(cast.coordinator)
    client.get(url)
    with django_assert_max_num_queries(40) as few:
        client.get(url)
    other = interrupted_and_signed_anew(cast, first)
    with django_assert_max_num_queries(len(few) + 1):  # the signed text has a version now
        shown = client.get(url)
    told = [" ".join(line.itertext()) for line in tree(shown).xpath("//ol[@class='timeline']/li")]
    places = [
        next((at for at, line in enumerate(told) if line.endswith(one)), one) for one in story(cast, first, other)
    ]
    assert [place for place in places if isinstance(place, str)] == []
    assert places == sorted(places)


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


def test_number_no_row_can_have_is_a_wrong_choice(cast):
    signing = world.opened(cast)
    sent = {"signers": str(10**30), "signed_on": "2.6.2025", "upload": pdf(b"%PDF-1.7"), "checked": "on"}
    answer = cast.client(cast.coordinator).post(page("signing_bring", signing.pk), sent)
    assert (answer.status_code, len(summary_links(answer))) == (200, 1)
