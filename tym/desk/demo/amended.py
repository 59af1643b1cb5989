"""A change of the agreement text of the demo, from the parties' own decisions to their own copies (12 and 14 §)."""

from __future__ import annotations

from datetime import date
from typing import Any

from agreements import actions
from agreements.actions import Named
from agreements.models import Change, Mandate, SigningPlace, SigningRound
from agreements.sealing import SealFailed
from tym.accounts.models import User
from tym.desk.demo import data
from tym.desk.demo.stage import Stage

ASKED, ANSWERED = date(2025, 10, 20), date(2025, 10, 23)
QUESTION = "Lasketaanko koordinaattori työntekijöihin, vaikka hän ei tee asiakastyötä?"
ANSWER = "Ei lasketa: liitteessä 2 on merkitty, kuka tekee asiakastyötä."
# Who decided: organ, day, section, case number.
DECIDED = {
    data.AUTHORITY: ("Satakunnan työllisyysalueen jaosto", date(2025, 11, 4), "63", "PRIDno-2025-3320"),
    data.COUNTY: ("Aluehallitus", date(2025, 11, 10), "214", "SATA/2211/00.04.02/2025"),
    data.KELA: ("Kelan hallitus", date(2025, 11, 17), "12", "71/010/2025"),
}
OPENED, ADOPTED, STARTS = date(2025, 11, 18), date(2025, 12, 3), date(2026, 1, 1)
# The day each signed, in their order.
SIGNED = (date(2025, 11, 19), date(2025, 11, 24), date(2025, 12, 1), date(2025, 12, 2))
FETCHED = {data.AUTHORITY: date(2025, 12, 4), data.COUNTY: date(2025, 12, 8)}


def load(stage: Stage, change: Change) -> None:
    """The county's proposal, in force from its wanted day. Kela has not fetched its copy.

    Without a seal on this machine it stays waiting for the seal.
    """
    _negotiate(stage, change)
    _decide(stage, change)
    signing = _open(stage, change)
    by = _sign(signing)
    try:
        actions.seal_round(signing=signing, by=by, on=SIGNED[-1])
    except SealFailed:
        return
    actions.adopt_amendment(
        change=change, by=stage.coordinator, on=ADOPTED, valid_from=STARTS, sha256=signing.change.sha256
    )
    signing = SigningRound.objects.get(pk=signing.pk)
    for role, day in FETCHED.items():
        actions.acknowledge_copy(signing=signing, party=stage.parties[role], by=stage.liaison(role), on=day)


def _negotiate(stage: Stage, change: Change) -> None:
    """Kela asks, gets its answer, and is content."""
    by = stage.liaison(data.KELA)
    actions.comment_on(change=change, by=by, on=ASKED, body=QUESTION)
    answer = actions.comment_on(change=change, by=stage.liaison(data.COUNTY), on=ANSWERED, body=ANSWER)
    for comment in (change.comments.exclude(pk=answer.pk).get(), answer):
        actions.resolve_comment(comment=comment, by=by if comment != answer else stage.coordinator, on=ANSWERED)


def _decide(stage: Stage, change: Change) -> None:
    for role, (organ, day, section, number) in DECIDED.items():
        actions.decide_for_party(
            change=change,
            party=stage.parties[role],
            by=stage.liaison(role),
            on=day,
            organ=organ,
            decided_on=day,
            section=section,
            case_number=number,
            outcome="approve",
            sha256=change.sha256,
        )


def _open(stage: Stage, change: Change) -> SigningRound:
    told: dict[str, Any] = {"change": change, "valid_from": STARTS, "sha256": change.sha256}
    told |= {"way": SigningRound.Way.IN_APP, "named": [_named(stage, signatory) for signatory in data.SIGNATORIES]}
    return actions.open_signing(by=stage.coordinator, on=OPENED, frozen=actions.freeze(**told), **told)


def _named(stage: Stage, signatory: data.Signatory) -> Named:
    person = User.objects.get(email=signatory.email)
    return Named(stage.parties[signatory.role], person.name, signatory.title, signatory.basis, person)


def _sign(signing: SigningRound) -> Mandate:
    """Each on her own day; the mandate of the last one."""
    places = SigningPlace.objects.filter(round=signing).select_related("party", "person", "round__change__matter")
    for place, day in zip(places.order_by("order"), SIGNED, strict=True):
        by = Mandate.objects.get(person=place.person, party=place.party, capacity="signatory")
        actions.sign_here(place=place, by=by, on=day, sha256=signing.sha256)
    return by
