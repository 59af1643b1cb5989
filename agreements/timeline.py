"""What has happened to a change, told in sentences, oldest first."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from agreements.models import (
    Change,
    Consent,
    CopyReceipt,
    Decision,
    Mandate,
    Matter,
    SigningAct,
    SigningEnd,
    SigningPlace,
    SigningRound,
)
from tym.core.formats import format_day


@dataclass(frozen=True)
class Event:
    """One thing that happened, and when it was recorded."""

    at: datetime.datetime
    sentence: str
    more: str = ""


def events(
    change: Change,
    consents: Iterable[Consent],
    decisions: Iterable[Decision],
    rounds: Iterable[SigningRound] = (),
) -> list[Event]:
    """The change's own history, the parties' consents, the decisions of its matter, and its signing. One query.

    rounds: as rounds.rounds_of gives them.
    """
    past = change.history.select_related("history_user", "mandate__party").order_by("history_id")
    told = [event for line in past if (event := _of_history(line, change.kind))]
    told += [_of_consent(consent, change.kind) for consent in consents if consent.sha256 == change.sha256]
    told += [_of_decision(decision, change.kind) for decision in decisions if decision.sha256 == change.sha256]
    told += [event for signing in rounds for event in _of_signing(signing)]
    return sorted(told, key=lambda event: event.at)


def _who(line: Any) -> str:
    return f"{line.history_user} ({line.mandate.title})" if line.mandate else str(line.history_user)


def _by(mandate: Mandate) -> str:
    return f"{mandate.person} ({mandate.title})"


def _of_history(line: Any, kind: str) -> Event | None:
    told = {"who": _who(line), "day": format_day(line.valid_from) if line.valid_from else ""}
    sentences = {
        "drafted": _("%(who)s started a draft."),
        "reworded": _("%(who)s started a draft of another wording."),
        "replaced": _("Another wording replaced this one."),
        "ended": _("%(who)s recorded that the negotiations ended without agreement."),
        "redrafted": _("%(who)s took the change up again as a new draft."),
        "imported": _("%(who)s entered the agreement as it was signed."),
        "proposed": _("%(who)s made the proposal."),
        "withdrawn": _("%(who)s withdrew the change."),
        "amended": _("%(who)s began to redraft the proposal for the group to approve as amended.")
        if line.amends_id
        else _("The group approved the matter as amended: the redrafted change is in its own place."),
        "adopted": _("%(who)s put the signed text in force from %(day)s.")
        if kind == Matter.Kind.AMENDMENT
        else _("The change is in force from %(day)s."),
        "revoked": _("The change did not come into force on %(day)s."),
    }
    if kind == Matter.Kind.NOTICE:
        sentences["proposed"] = _("%(who)s gave the notice.")
    if kind == Matter.Kind.GROUP_APPOINTMENT:
        sentences["proposed"] = _("%(who)s recorded the composition as it was appointed.")
    sentence = sentences.get(line.history_change_reason)
    if sentence is None:
        return None
    deviation = _("Deviation: %(reason)s") % {"reason": line.deviation} if line.deviation else ""
    return Event(line.history_date, sentence % told, deviation or line.ended_because)


def _of_consent(consent: Consent, kind: str) -> Event:
    told = {"who": _by(consent.mandate), "party": consent.party.genitive}
    if kind == Matter.Kind.NOTICE:
        return Event(consent.given_at, _("%(who)s confirmed the notice of %(party)s.") % told)
    return Event(consent.given_at, _("%(who)s gave the consent of %(party)s.") % told)


def _of_signing(signing: SigningRound) -> Iterator[Event]:
    """Everything that happened in a round, in the order of its parts."""
    told = {"who": _by(signing.mandate), "way": signing.get_way_display(), "day": format_day(signing.valid_from)}
    yield Event(signing.opened_at, _("%(who)s opened signing %(way)s, to be in force from %(day)s.") % told)
    places = {place.pk: place for place in signing.places.all()}
    for place in places.values():
        if place.replaces_id:
            yield _of_replacement(place, places[place.replaces_id])
        for act in place.acts.all():
            yield _of_act(place, act)
    if signing.ending:
        yield _of_end(signing.ending)
    for receipt in signing.receipts.all():
        yield _of_receipt(receipt)


def _of_replacement(place: SigningPlace, before: SigningPlace) -> Event:
    told = {"who": _by(place.mandate), "name": place.name, "before": before.name, "party": place.party.genitive}
    sentence = _("%(who)s named %(name)s to sign for %(party)s. Named first: %(before)s.")
    return Event(place.added_at, sentence % told, place.reason)


def _of_act(place: SigningPlace, act: SigningAct) -> Event:
    told = {"name": place.name, "party": place.party.genitive, "day": format_day(act.on), "who": _by(act.mandate)}
    own_hand = act.mandate.person_id == place.person_id
    sentences = {
        (SigningAct.Kind.SIGNED, True): _("%(name)s signed for %(party)s on %(day)s."),
        (SigningAct.Kind.SIGNED, False): _("%(name)s signed for %(party)s on %(day)s. Recorded by %(who)s."),
        (SigningAct.Kind.DECLINED, True): _("%(name)s declined to sign for %(party)s on %(day)s."),
        (SigningAct.Kind.DECLINED, False): _(
            "%(name)s declined to sign for %(party)s on %(day)s. Recorded by %(who)s."
        ),
    }
    reminder = _("%(who)s reminded %(name)s on %(day)s to sign for %(party)s.")
    return Event(act.at, sentences.get((SigningAct.Kind(act.kind), own_hand), reminder) % told, act.reason)


def _of_end(end: SigningEnd) -> Event:
    told = {"who": _by(end.mandate), "day": format_day(end.on)}
    if end.outcome == SigningRound.State.COMPLETED:
        return Event(end.at, _("Everybody has signed: the signing was completed on %(day)s.") % told)
    return Event(end.at, _("%(who)s interrupted the signing on %(day)s.") % told, end.reason)


def _of_receipt(receipt: CopyReceipt) -> Event:
    told = {"who": _by(receipt.mandate), "party": receipt.party.genitive}
    return Event(receipt.at, _("%(who)s acknowledged the own signed copy of %(party)s as received.") % told)


def _of_decision(decision: Decision, kind: str) -> Event:
    words = decision.told
    told = {
        "organ": words["organ"],
        "day": words["decided_on"],
        "section": words["section"],
        "who": _by(decision.mandate),
    }
    sentences = {
        Decision.Outcome.APPROVE: _("%(organ)s approved the change on %(day)s § %(section)s. Recorded by %(who)s."),
        Decision.Outcome.REJECT: _("%(organ)s rejected the change on %(day)s § %(section)s. Recorded by %(who)s."),
        Decision.Outcome.RETURN: _(
            "%(organ)s returned the change for preparation on %(day)s § %(section)s. Recorded by %(who)s."
        ),
        Decision.Outcome.REVOKE: _("%(organ)s revoked the change on %(day)s § %(section)s. Recorded by %(who)s."),
        Decision.Outcome.NOTE: _("%(organ)s noted it on %(day)s § %(section)s. Recorded by %(who)s."),
        Decision.Outcome.TABLE: _("%(organ)s tabled it on %(day)s § %(section)s. Recorded by %(who)s."),
        Decision.Outcome.NEGOTIATE: _(
            "%(organ)s started negotiations on it on %(day)s § %(section)s. Recorded by %(who)s."
        ),
    }
    if kind == Matter.Kind.GROUP_APPOINTMENT:
        sentences[Decision.Outcome.APPROVE] = _(
            "%(organ)s appointed the steering group on %(day)s § %(section)s. Recorded by %(who)s."
        )
    return Event(decision.recorded_at, sentences[Decision.Outcome(decision.outcome)] % told, words["grounds"])
