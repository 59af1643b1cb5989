"""A change of the text on its way to be signed, in the database, as cheaply as can be."""

from datetime import date

from agreements import actions
from agreements.actions.files import Upload
from agreements.actions.signing import Frozen, source_to_sign
from agreements.models import SigningPlace, SigningRound
from agreements.permissions import mandates_of
from tests.agreements import signing_kit as kit
from tests.cast import TODAY, Capacity

START = date(2025, 10, 1)
SCAN = Upload("skannaus.pdf", b"%PDF-1.7 scan", "application/pdf")


def proposed(cast):
    """A proposal to change section 3 of the text."""
    return cast.propose(cast.draft_text(cast.ta, cast.main_text, key="s3", heading="Miten johdetaan"), by=cast.ta)


def agreed(cast):
    """The same, decided by every party."""
    change = proposed(cast)
    for by in (cast.ta, cast.hva, cast.kela):
        decide(cast, change, by)
    return cast.fresh(change)


def decide(cast, change, by, outcome="approve"):
    told = {"organ": "Hallitus", "decided_on": TODAY, "section": "5", "outcome": outcome, "sha256": change.sha256}
    return actions.decide_for_party(change=change, party=by.party, by=by, on=TODAY, **told)


def signers(cast):
    """Mandates of the four who sign: Kela's two together."""
    second = cast.holder(Capacity.SIGNATORY, cast.kela.party)
    return [cast.ta, cast.hva, cast.kela, second]


def named(held, **told):
    """The mandates as signatories named for their parties."""
    return [actions.Named(one.party, one.person.name, "johtaja", "hallintosääntö 5 §", one.person) for one in held]


def opened(cast, way="paper", *, change=None, held=None, **told):
    """A round on the agreed change; the file is a small one, drawn once a run."""
    change = change or agreed(cast)
    who = named(held or signers(cast))
    valid_from = told.get("valid_from", START)
    frozen = Frozen(kit.frozen(), source_to_sign(change, valid_from, who).fingerprint)
    told = {"valid_from": valid_from, "sha256": change.sha256, "named": who, "frozen": frozen, **told}
    return actions.open_signing(change=change, by=cast.coordinator, on=TODAY, way=way, **told)


def places(signing):
    """In order, without the replaced."""
    found = signing.places.filter(replaced_by=None).select_related(
        "party", "person", "round__change__matter__agreement"
    )
    return list(found.order_by("order"))


def mandate_of(place, day=TODAY):
    held = mandates_of(place.person, place.party.agreement_id, day)
    return next(one for one in held if one.party_id == place.party_id)


def sign(place, **told):
    told = {"by": mandate_of(place), "on": TODAY, "sha256": place.round.sha256, **told}
    return actions.sign_here(place=place, **told)


def bring(cast, signing, content=None, *, signed=None, by=None, on=TODAY, brought=TODAY):
    """Bring back a file; without one, a scan. `signed` are the places it carries, all by default."""
    upload = Upload("allekirjoitettu.pdf", content, "application/pdf") if content else SCAN
    who = places(signing) if signed is None else signed
    return actions.bring_signed(
        signing=signing, by=by or cast.coordinator, on=brought, upload=upload, signers=who, signed_on=on
    )


def completed(cast, **told):
    """A round signed on paper by all."""
    signing = opened(cast, **told)
    bring(cast, signing)
    return fresh(signing)


def fresh(signing):
    return SigningRound.objects.select_related("change__matter__agreement", "end__record__file", "frozen__file").get(
        pk=signing.pk
    )


def put_in_force(cast, signing, **told):
    change = signing.change
    told = {"valid_from": START, "sha256": change.sha256, **told}
    return actions.adopt_amendment(change=cast.fresh(change), by=cast.coordinator, on=TODAY, **told)


def place_of(signing, party):
    return SigningPlace.objects.filter(round=signing, party=party, replaced_by=None).order_by("order").first()
