"""A signing round as its page tells it: who has signed, whose move it is, whose copy has not been fetched (14 §)."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, Max, OuterRef, Prefetch, Q
from django.utils.translation import gettext as _

from agreements.models import (
    Agreement,
    Change,
    CopyReceipt,
    Mandate,
    Party,
    Signatory,
    SigningAct,
    SigningPlace,
    SigningRound,
)
from tym.accounts.models import User
from tym.core.formats import format_day

Kind = SigningAct.Kind


@dataclass(frozen=True)
class Place:
    """A signatory with what she has done; `earlier` are those in whose place she came, latest first."""

    place: SigningPlace
    signed: SigningAct | None
    declined: SigningAct | None
    reminded: SigningAct | None
    earlier: list[Place] = field(default_factory=list)

    @property
    def waits(self) -> bool:
        return self.signed is None and self.declined is None


def rounds_of(change: Change) -> list[SigningRound]:
    """The rounds of a change, latest first, with all that its page tells. Four queries, or one when there are none."""
    acted = ("mandate__person", "mandate__party")
    rounds = change.signing_rounds.select_related(*acted, *(f"end__{name}" for name in acted))
    return list(
        rounds.prefetch_related(
            Prefetch("places", SigningPlace.objects.select_related("party", *acted)),
            Prefetch("places__acts", SigningAct.objects.select_related(*acted)),
            Prefetch("receipts", CopyReceipt.objects.select_related("party", *acted)),
        )
    )


def starts_of(agreement: Agreement) -> dict[int, list[SigningPlace]]:
    """Whom to begin with when a round is opened, by party: those of the latest round, or whom the agreement names."""
    latest = SigningRound.objects.filter(change__matter__agreement=agreement).order_by("-pk").values("pk")[:1]
    places = SigningPlace.objects.filter(round__in=latest, replaced_by=None)
    found: dict[int, list[SigningPlace]] = {}
    for place in places or _of_the_text(agreement):
        found.setdefault(place.party_id, []).append(place)
    return found


def _of_the_text(agreement: Agreement) -> list[SigningPlace]:
    signatories = Signatory.objects.filter(party__agreement=agreement)
    return [SigningPlace(party_id=one.party_id, name=one.name) for one in signatories]


def people_of(agreement: Agreement, day: datetime.date) -> dict[int, list[User]]:
    """Who could sign in this service for each party: those whose mandate of it has not ended."""
    lasting = Q(valid_to=None) | Q(valid_to__gte=day)
    mandates = Mandate.objects.filter(lasting, agreement=agreement, party__isnull=False).select_related("person")
    found: dict[int | None, dict[int, User]] = {}
    for mandate in mandates.order_by("person__name", "person"):
        found.setdefault(mandate.party_id, {})[mandate.person_id] = mandate.person
    return {party: list(people.values()) for party, people in found.items() if party}


def waiting_for(person: User) -> dict[int, list[SigningRound]]:
    """Open rounds that wait for her signature now, by agreement. One query."""
    places = SigningPlace.objects.filter(replaced_by=None)
    before = places.filter(round=OuterRef("round"), order__lt=OuterRef("order")).exclude(acts__kind=Kind.SIGNED)
    mine = places.filter(Q(round__in_set_order=False) | ~Exists(before), person=person, round__end=None)
    found: dict[int, list[SigningRound]] = {}
    for place in mine.exclude(acts__kind__in=[Kind.SIGNED, Kind.DECLINED]).select_related("round__change__matter"):
        found.setdefault(place.round.change.matter.agreement_id, []).append(place.round)
    return found


def places_of(signing: SigningRound) -> list[Place]:
    """Everybody who is to sign, in order. Three queries, however many there are."""
    rows = list(signing.places.select_related("party", "person", "mandate__person").prefetch_related("acts__file"))
    told = {row.pk: _place(row) for row in rows}
    replaced = {row.replaces_id for row in rows}
    for one in told.values():
        before = one.place.replaces_id
        while before:
            one.earlier.append(told[before])
            before = told[before].place.replaces_id
    return [one for one in told.values() if one.place.pk not in replaced]


def _place(place: SigningPlace) -> Place:
    acts = {act.kind: act for act in place.acts.all()}
    return Place(place, acts.get(Kind.SIGNED), acts.get(Kind.DECLINED), acts.get(Kind.REMINDED))


def standing(signing: SigningRound, places: Iterable[Place], person: User) -> str:
    """Whose move it is, in a sentence for this reader."""
    if signing.state == SigningRound.State.INTERRUPTED:
        return _("The signing was interrupted. The change can be put to be signed anew.")
    if signing.state == SigningRound.State.COMPLETED:
        return _("Everybody has signed. Each party fetches its own copy (agreement 14 §).")
    declined = [one.place.name for one in places if one.declined]
    if declined:
        names = ", ".join(declined)
        return _("%(names)s does not sign. Name another, or interrupt the signing.") % {"names": names}
    waiting = [one.place for one in places if one.waits]
    if not waiting:
        return _("Everybody has signed. The file waits for the seal of this service.")
    if signing.in_set_order:
        waiting = waiting[:1]
    if any(place.person_id == person.pk for place in waiting):
        return _("Your signature is waited for.")
    return _("Waits for the signature of: %(names)s.") % {"names": ", ".join(place.name for place in waiting)}


def proof(signing: SigningRound) -> str:
    """What this way of signing proves, and what it does not."""
    return {
        SigningRound.Way.OUTSIDE: _(
            "The signatures are in the file. Anybody can check them from the file itself, without this service."
        ),
        SigningRound.Way.IN_APP: _(
            "Each signs with her own password, and the act is recorded here. The seal that the file gets shows that it "
            "is the file they signed and has not changed; it is this service's seal, not the signature of a person."
        ),
        SigningRound.Way.PAPER: _(
            "The file is a scan of the signed paper, or what a signing service made anew. It is not verifiable here: "
            "the evidence is the paper itself, or what the service keeps."
        ),
    }[SigningRound.Way(signing.way)]


def how(way: str) -> str:
    """The way of signing in honest words: what the file carries."""
    return {
        SigningRound.Way.OUTSIDE: _("in an outside signing service (the signatures are in the file)"),
        SigningRound.Way.IN_APP: _("in this service, each with her password (the file has the service's seal)"),
        SigningRound.Way.PAPER: _("on paper (the file is not verifiable)"),
    }[SigningRound.Way(way)]


@dataclass(frozen=True)
class SignedChange:
    """When and how an amendment was signed. on: the day of the last signature. sha256: of the signed file."""

    round_id: int
    on: datetime.date
    way: str
    sha256: str

    @property
    def how(self) -> str:
        return how(self.way)

    @property
    def words(self) -> dict[str, str]:
        return {"day": format_day(self.on), "how": self.how, "fingerprint": self.sha256[:16]}


LAST_SIGNATURE = Max("places__acts__on", filter=Q(places__acts__kind=Kind.SIGNED))


def signed_changes(agreement: Agreement) -> dict[int, SignedChange]:
    """What has been signed here, by change. One query."""
    rounds = SigningRound.objects.filter(change__matter__agreement=agreement, end__outcome="completed").order_by()
    told = rounds.annotate(on=LAST_SIGNATURE).values_list("change", "pk", "on", "way", "end__record__file__sha256")
    return {change: SignedChange(*values) for change, *values in told}


@dataclass(frozen=True)
class Copies:
    """The latest signed round of an agreement, with the day of its last signature, and who has not fetched her copy."""

    signing: SigningRound
    signed_on: datetime.date
    missing: list[Party]


def copies_of(agreement: Agreement) -> Copies | None:
    """Two queries, or one when nothing has been signed here."""
    rounds = SigningRound.objects.filter(change__matter__agreement=agreement, end__outcome="completed")
    signing = rounds.annotate(signed_on=LAST_SIGNATURE).order_by("-pk").first()
    if signing is None:
        return None
    return Copies(signing, signing.signed_on, list(agreement.parties.exclude(pk__in=signing.receipts.values("party"))))
