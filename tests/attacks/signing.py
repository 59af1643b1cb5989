"""Attacks on signing: what was frozen, who signed, what is in force without it."""

from datetime import timedelta

from agreements.models import (
    Change,
    CopyReceipt,
    Record,
    SigningAct,
    SigningEnd,
    SigningFile,
    SigningPlace,
    SigningRound,
)
from tests import factories as f
from tests.agreements import signing_world as world
from tests.agreements.signing_world import START
from tests.attacks import DELETE, INSERT, UPDATE, attack, delete, insert, update
from tests.attacks.changes import adopt_by_force
from tests.cast import TODAY
from tym.core.actions import store_file


def record(cast, change, content=b"%PDF-1.7 x", kind="to_sign"):
    return Record.objects.create(
        agreement=change.matter.agreement,
        matter=change.matter,
        kind=kind,
        title="x",
        file=store_file(content=content, media_type="application/pdf"),
    )


def a_round(cast, change, **values):
    frozen = values.pop("frozen", None) or record(cast, change)
    told = {"way": "paper", "valid_from": START, "sha256": frozen.file.sha256, "mandate": cast.coordinator, **values}
    return SigningRound(change=change, frozen=frozen, **told)


@attack("agreements_signinground_agreed", INSERT)
def sign_what_a_party_has_not_decided(cast):
    return insert(a_round(cast, world.proposed(cast)))


@attack("agreements_signinground_agreed", INSERT, label="annex")
def sign_an_annex_update(cast):
    return insert(a_round(cast, cast.proposed_change(cast.kela)))


@attack("agreements_signinground_one", INSERT)
def sign_in_two_rounds(cast):
    return insert(a_round(cast, world.opened(cast).change))


@attack("agreements_signinground_one", INSERT, label="signed")
def sign_again_what_has_been_signed(cast):
    return insert(a_round(cast, world.completed(cast).change))


@attack("agreements_signinground_frozen", INSERT)
def sign_another_file_than_the_frozen(cast):
    return insert(a_round(cast, world.agreed(cast), sha256="a" * 64))


@attack("agreements_signinground_frozen", INSERT, label="record")
def sign_the_file_of_another_matter(cast):
    return insert(a_round(cast, world.agreed(cast), frozen=record(cast, cast.proposed_change(cast.kela))))


def a_place(cast, signing, **values):
    told = {"party": cast.kela.party, "order": 9, "mandate": cast.coordinator, **values}
    name = told["person"].name if told.get("person") else "Uusi"
    return SigningPlace(round=signing, **{"name": name, **told})


def in_place_of(cast, place, **values):
    told = {"party": place.party, "order": place.order, "replaces": place, "reason": "syy", **values}
    return a_place(cast, place.round, **told)


@attack("agreements_signingplace_open", INSERT)
def name_one_more_after_the_first_act(cast):
    signing = world.opened(cast, "in_app")
    world.sign(world.places(signing)[0])
    return insert(a_place(cast, signing, person=cast.kela.person))


@attack("agreements_signingplace_open", INSERT, label="closed")
def name_one_to_a_closed_round(cast):
    signing = world.opened(cast)
    interrupt(cast, signing)
    return insert(in_place_of(cast, world.places(signing)[0]))


def interrupt(cast, signing):
    SigningEnd.objects.create(round=signing, outcome="interrupted", on=TODAY, reason="syy", mandate=cast.coordinator)


@attack("agreements_signingplace_of_agreement", INSERT)
def sign_for_a_party_of_another_agreement(cast):
    return insert(a_place(cast, world.opened(cast), party=cast.stranger.party))


@attack("agreements_signingplace_replaces", INSERT)
def replace_by_another_party(cast):
    return insert(in_place_of(cast, world.places(world.opened(cast))[0], party=cast.kela.party))


@attack("agreements_signingplace_replaces", INSERT, label="signed")
def replace_one_who_has_signed(cast):
    place = world.places(world.opened(cast, "in_app"))[0]
    world.sign(place)
    return insert(in_place_of(cast, place, person=place.person))


@attack("agreements_signingplace_replaces", INSERT, label="place")
def replace_in_another_order(cast):
    return insert(in_place_of(cast, world.places(world.opened(cast))[0], order=9))


@attack("agreements_signingplace_known", INSERT)
def sign_here_without_signing_in(cast):
    return insert(a_place(cast, world.opened(cast, "in_app")))


def an_act(place, by, **values):
    return SigningAct(place=place, mandate=by, **{"kind": "signed", "on": TODAY, **values})


def a_file(cast, signing, content=b"%PDF-1.7 y", **values):
    told = {"record": record(cast, signing.change, content, "signed"), "mandate": cast.coordinator, **values}
    return SigningFile(round=signing, **told)


@attack("agreements_signingact_open", INSERT)
def sign_in_a_closed_round(cast):
    signing = world.opened(cast, "in_app")
    interrupt(cast, signing)
    place = world.places(signing)[0]
    return insert(an_act(place, world.mandate_of(place)))


@attack("agreements_signingact_open", INSERT, label="replaced")
def sign_after_having_been_replaced(cast):
    place = world.places(world.opened(cast, "in_app"))[0]
    in_place_of(cast, place, person=place.person).save()
    return insert(an_act(place, world.mandate_of(place)))


@attack("agreements_signingact_in_turn", INSERT)
def sign_before_ones_turn(cast):
    place = world.places(world.opened(cast, "in_app", in_set_order=True))[1]
    return insert(an_act(place, world.mandate_of(place)))


@attack("agreements_signingplace_own_name", INSERT)
def sign_here_in_the_name_of_another(cast):
    return insert(a_place(cast, world.opened(cast, "in_app"), person=cast.kela.person, name=cast.ta.person.name))


@attack("agreements_signingact_own_hand", INSERT)
def sign_for_somebody_else(cast):
    """One of the same party, with a mandate of her own."""
    return insert(an_act(world.place_of(world.opened(cast, "in_app"), cast.kela.party), cast.kela_main_user))


@attack("agreements_signingact_own_hand", INSERT, label="party")
def sign_on_a_mandate_of_nobodys_party(cast):
    """She herself, but on a mandate that is not of the party for which she signs."""
    other = f.MandateFactory(agreement=cast.agreement, person=cast.ta.person, party=cast.hva.party)
    return insert(an_act(world.place_of(world.opened(cast, "in_app"), cast.ta.party), other))


@attack("agreements_signingact_own_hand", INSERT, label="former")
def sign_on_a_mandate_that_has_ended(cast):
    told = {"agreement": cast.agreement, "person": cast.ta.person, "party": cast.ta.party}
    ended = f.MandateFactory(**told, valid_to=TODAY - timedelta(days=1))
    return insert(an_act(world.place_of(world.opened(cast, "in_app"), cast.ta.party), ended))


@attack("agreements_signingact_own_hand", INSERT, label="early")
def sign_on_a_mandate_that_has_not_begun(cast):
    told = {"agreement": cast.agreement, "person": cast.ta.person, "party": cast.ta.party}
    coming = f.MandateFactory(**told, valid_from=TODAY + timedelta(days=1))
    return insert(an_act(world.place_of(world.opened(cast, "in_app"), cast.ta.party), coming))


@attack("agreements_signingact_on_file", INSERT)
def sign_outside_without_a_file(cast):
    return insert(an_act(world.places(world.opened(cast, "outside"))[0], cast.coordinator))


@attack("agreements_signingact_on_file", INSERT, label="round")
def sign_with_the_file_of_another_round(cast):
    first = world.opened(cast)
    file = a_file(cast, first)
    file.save()
    interrupt(cast, first)
    second = world.opened(cast, change=first.change)
    return insert(an_act(world.places(second)[0], cast.coordinator, file=file))


@attack("agreements_signingfile_open", INSERT)
def bring_a_file_to_a_closed_round(cast):
    signing = world.opened(cast)
    interrupt(cast, signing)
    return insert(a_file(cast, signing))


@attack("agreements_signingfile_chain", INSERT)
def bring_a_file_that_continues_another(cast):
    return insert(a_file(cast, world.opened(cast, "outside"), before_sha256="a" * 64))


@attack("agreements_signingfile_chain", INSERT, label="fork")
def bring_a_file_that_passes_one_by(cast):
    signing = world.opened(cast, "outside")
    a_file(cast, signing, before_sha256=signing.sha256).save()
    return insert(a_file(cast, signing, b"%PDF-1.7 z", before_sha256=signing.sha256))


@attack("agreements_signingfile_of_agreement", INSERT)
def bring_a_record_of_another_agreement(cast):
    theirs = Change.objects.filter(matter__agreement=cast.second).first()
    return insert(a_file(cast, world.opened(cast), record=record(cast, theirs)))


def the_end(cast, signing, **values):
    return SigningEnd(round=signing, on=TODAY, mandate=cast.coordinator, **{"outcome": "completed", **values})


def with_file(cast, signing, signed):
    """The round with a file and the signatures of the first so many."""
    file = a_file(cast, signing)
    file.save()
    for place in world.places(signing)[:signed]:
        an_act(place, cast.coordinator, file=file).save()
    return file


@attack("agreements_signingend_all_signed", INSERT)
def complete_without_a_signature(cast):
    signing = world.opened(cast)
    return insert(the_end(cast, signing, record=with_file(cast, signing, 3).record))


@attack("agreements_signingend_all_signed", INSERT, label="two of Kela")
def complete_with_one_of_kela(cast):
    """A round opened past the actions, with one signatory of Kela only."""
    signing = a_round(cast, world.agreed(cast))
    signing.save()
    for order, held in enumerate((cast.ta, cast.hva, cast.kela), start=1):
        a_place(cast, signing, party=held.party, order=order).save()
    return insert(the_end(cast, signing, record=with_file(cast, signing, 3).record))


@attack("agreements_signingend_last_file", INSERT)
def complete_with_an_older_file(cast):
    signing = world.opened(cast)
    older = with_file(cast, signing, 4)
    a_file(cast, signing, b"%PDF-1.7 z").save()
    return insert(the_end(cast, signing, record=older.record))


@attack("agreements_copyreceipt_own", INSERT)
def acknowledge_another_partys_copy(cast):
    return insert(CopyReceipt(round=world.completed(cast), party=cast.kela.party, mandate=cast.ta))


@attack("agreements_copyreceipt_own", INSERT, label="early")
def acknowledge_what_has_not_been_signed(cast):
    return insert(CopyReceipt(round=world.opened(cast), party=cast.kela.party, mandate=cast.kela))


@attack("agreements_copyreceipt_of_agreement", INSERT)
def acknowledge_for_a_party_of_another_agreement(cast):
    return insert(CopyReceipt(round=world.completed(cast), party=cast.stranger.party, mandate=cast.stranger))


@attack("agreements_change_signed", UPDATE)
def put_text_in_force_unsigned(cast):
    return adopt_by_force(world.agreed(cast), START)


@attack("agreements_change_signed", UPDATE, label="open")
def put_text_in_force_while_it_is_signed(cast):
    return adopt_by_force(world.opened(cast).change, START)


@attack("agreements_change_signed", UPDATE, label="day")
def put_text_in_force_from_another_day(cast):
    return adopt_by_force(world.completed(cast).change, START.replace(month=11))


@attack("agreements_change_in_signing", UPDATE)
def withdraw_what_is_being_signed(cast):
    return update(world.opened(cast).change, state="withdrawn")


@attack("agreements_change_in_signing", UPDATE, also=("agreements_change_negotiated",), label="replaced")
def replace_the_wording_that_is_being_signed(cast):
    return update(world.opened(cast).change, state="replaced")


@attack("agreements_change_in_signing", UPDATE, also=("agreements_change_negotiated",), label="ended")
def end_negotiations_on_what_has_been_signed(cast):
    return update(world.completed(cast).change, state="ended", ended_because="x")


@attack("agreements_change_in_signing", UPDATE, label="signed")
def withdraw_what_has_been_signed(cast):
    return update(world.completed(cast).change, state="withdrawn")


def a_receipt(cast):
    return CopyReceipt.objects.create(round=world.completed(cast), party=cast.kela.party, mandate=cast.kela)


# What is in each append-only table after a round on paper, and a column that nobody may rewrite.
KEPT = {
    "signinground": (world.opened, {"sha256": "a" * 64}),
    "signingplace": (lambda cast: world.places(world.opened(cast))[0], {"name": "Muu"}),
    "signingact": (lambda cast: SigningAct.objects.filter(place__round=world.completed(cast)).first(), {"on": START}),
    "signingfile": (lambda cast: world.completed(cast).files.get(), {"before_sha256": "a" * 64}),
    "signingend": (lambda cast: world.completed(cast).end, {"on": START}),
    "copyreceipt": (a_receipt, {"party_id": 1}),
}


def stays(table, make, values):
    @attack(f"agreements_{table}_append_only", UPDATE)
    def rewrite(cast):
        return update(make(cast), **values)

    @attack(f"agreements_{table}_append_only", DELETE)
    def remove(cast):
        return delete(make(cast))


for table, (make, values) in KEPT.items():
    stays(table, make, values)
