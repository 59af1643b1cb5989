"""Opening a signing round, and everything but the signing itself: declining, replacing, reminding, ending (14 §)."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.mail import send_mail
from django.db import transaction
from django.utils.translation import gettext as _

from agreements import permissions
from agreements.actions.decisions import approvals, check_adoptable
from agreements.actions.locking import lock_agreement, lock_change
from agreements.actions.records import pdf_source
from agreements.models import (
    Agreement,
    Change,
    Mandate,
    Party,
    Record,
    SigningAct,
    SigningEnd,
    SigningPlace,
    SigningRound,
)
from agreements.sealing import ready_to_sign
from agreements.to_sign import Signer, compile_to_sign
from tym.accounts.models import User
from tym.core.actions import store_file
from tym.core.errors import Refused, Stale
from tym.core.formats import format_day
from tym.core.pdf import PdfSource, render_pdf

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Named:
    """A signatory as named when a round is opened: for whom, in which office, on what authority."""

    party: Party
    name: str
    title: str = ""
    basis: str = ""
    person: User | None = None


@dataclass(frozen=True)
class Frozen:
    """The file to be signed and the fingerprint of what it was made from."""

    content: bytes
    source_sha256: str


def source_to_sign(change: Change, valid_from: datetime.date, named: Sequence[Named]) -> PdfSource:
    """What the file to be signed is made from: the text and annexes as the change makes them, and who signs."""
    signers = [Signer(one.party.pk, one.name, one.title, one.basis) for one in named]
    return pdf_source(compile_to_sign(change, valid_from, signers))


def freeze(*, change: Change, way: str, valid_from: datetime.date, named: Sequence[Named], sha256: str) -> Frozen:
    """Draw the file to be signed. Takes seconds, so never in a transaction. Raises PdfFailed, or as open_signing."""
    _check_openable(change, named, way, valid_from, sha256)
    source = source_to_sign(change, valid_from, named)
    return Frozen(ready_to_sign(render_pdf(source)), source.fingerprint)


@transaction.atomic
def open_signing(
    *,
    change: Change,
    by: Mandate,
    on: datetime.date,
    way: str,
    valid_from: datetime.date,
    named: Sequence[Named],
    frozen: Frozen,
    sha256: str,
    in_set_order: bool = False,
) -> SigningRound:
    """Put what every party has decided to be signed; from here on nothing of it changes.

    Raises Refused with the clause when a decision or a signatory is missing, Stale when the text, an annex or a
    name is another than in the frozen file.
    """
    change = lock_change(change)
    mandates = permissions.mandates_of(by.person, change.matter.agreement_id, on)
    by = permissions.require(permissions.can_open_signing(mandates, change))
    _check_openable(change, named, way, valid_from, sha256)
    if source_to_sign(change, valid_from, named).fingerprint != frozen.source_sha256:
        raise Stale(_("The text, an annex or a signatory has changed meanwhile. Look at it again."))
    record = _keep_frozen(change, frozen, valid_from, by)
    signing = SigningRound.objects.create(
        change=change,
        way=way,
        in_set_order=in_set_order,
        valid_from=valid_from,
        frozen=record,
        sha256=record.file.sha256,
        mandate=by,
    )
    for order, one in enumerate(named, start=1):
        _keep(_place(signing, one, by, order=order))
    return signing


def _place(signing: SigningRound, one: Named, by: Mandate, **told: Any) -> SigningPlace:
    words = {part: " ".join(getattr(one, part).split()) for part in ("name", "title", "basis")}
    return SigningPlace(round=signing, party=one.party, person=one.person, mandate=by, **words, **told)


def _check_openable(change: Change, named: Sequence[Named], way: str, valid_from: datetime.date, sha256: str) -> None:
    if change.sha256 != sha256:
        raise Stale(_("This is not what was proposed. Look at the proposal again."))
    latest = max(decision.decided_on for decision in approvals(change))
    # A day before the decisions needs its reason when the text is put in force, not here.
    check_adoptable(change, valid_from=valid_from, decided_on=latest, deviation="-")
    if any(signing.state != SigningRound.State.INTERRUPTED for signing in change.signing_rounds.select_related("end")):
        raise Refused(_("The change is being signed already, or has been signed."))
    for party in change.matter.agreement.parties.all():
        mine = [one for one in named if one.party.pk == party.pk]
        if len(mine) < party.min_signers:
            told = {"party": party.short_name, "number": party.min_signers}
            raise Refused(_("%(party)s: at least %(number)s must sign.") % told, clause=_("agreement 14 §"))
        for one in mine:
            check_named(one, way)


def check_named(one: Named, way: str) -> None:
    """Whether she can be named to sign in this way. Raises Refused."""
    if way != SigningRound.Way.IN_APP:
        return
    if one.person is None:
        raise Refused(_("%(name)s: who signs in this service must be able to sign in to it.") % {"name": one.name})
    if " ".join(one.name.split()) != one.person.name:
        told = {"name": one.name, "person": one.person.name}
        raise Refused(_("%(name)s would sign in as %(person)s: here everybody signs in her own name.") % told)
    if not one.party.mandates.filter(person=one.person).exists():
        told = {"name": one.name, "party": one.party.short_name}
        raise Refused(_("%(name)s has no mandate of %(party)s.") % told)


def _keep_frozen(change: Change, frozen: Frozen, valid_from: datetime.date, by: Mandate) -> Record:
    agreement = change.matter.agreement
    told = {"day": format_day(valid_from), "agreement": agreement.short_title}
    return Record.objects.create(
        agreement=agreement,
        matter=change.matter,
        kind=Record.Kind.TO_SIGN,
        title=_("To be signed, in force from %(day)s, %(agreement)s") % told,
        on=valid_from,
        file=store_file(content=frozen.content, media_type="application/pdf"),
        mandate=by,
    )


def _keep(row: SigningPlace | SigningAct | SigningEnd) -> None:
    row.full_clean(validate_constraints=False, exclude=["file", "record"])
    row.save()


def lock_round(signing: SigningRound) -> SigningRound:
    """The round as it is now, with its agreement locked. Raises Refused when it is closed."""
    lock_agreement(signing.change.matter.agreement_id)
    fresh = SigningRound.objects.select_related("change__matter__agreement", "end", "frozen__file").get(pk=signing.pk)
    if fresh.ending:
        raise Refused(_("The signing has ended."), clause=_("agreement 14 §"))
    return fresh


def current_places(signing: SigningRound) -> list[SigningPlace]:
    """Those who are to sign, without the replaced, in order; with their acts."""
    places = signing.places.filter(replaced_by=None).select_related("party", "person")
    return list(places.prefetch_related("acts"))


def lock_place(place: SigningPlace) -> tuple[SigningRound, SigningPlace]:
    """The place in its open round; Refused when it has been answered for or somebody replaced her."""
    signing = lock_round(place.round)
    found = next((one for one in current_places(signing) if one.pk == place.pk), None)
    if found is None:
        raise Refused(_("Another signatory has been named in her place."))
    if any(act.kind == SigningAct.Kind.SIGNED for act in found.acts.all()):
        raise Refused(_("%(name)s has signed already.") % {"name": found.name})
    return signing, found


def _mandates(by: Mandate, agreement: Agreement, on: datetime.date) -> permissions.Mandates:
    return permissions.mandates_of(by.person, agreement.pk, on)


@transaction.atomic
def decline_signing(*, place: SigningPlace, by: Mandate, on: datetime.date, reason: str) -> SigningAct:
    """She does not sign, and says why. The round waits until she is replaced or the round is interrupted."""
    signing, place = lock_place(place)
    by = permissions.require(permissions.can_decline(_mandates(by, signing.agreement, on), place))
    if any(act.kind == SigningAct.Kind.DECLINED for act in place.acts.all()):
        raise Refused(_("That she does not sign has been recorded already."))
    act = SigningAct(place=place, kind=SigningAct.Kind.DECLINED, on=on, reason=_reason(reason), mandate=by)
    _keep(act)
    return act


@transaction.atomic
def replace_signatory(
    *, place: SigningPlace, by: Mandate, on: datetime.date, named: Named, reason: str
) -> SigningPlace:
    """Another signs in her place, for the same party; she stays visible with the reason.

    The frozen file does not change: the name in its table of signatories is the one first named.
    """
    signing, place = lock_place(place)
    by = permissions.require(permissions.can_replace_signatory(_mandates(by, signing.agreement, on), place))
    if named.party.pk != place.party_id:
        raise Refused(_("Another of the same party signs in her place."))
    check_named(named, signing.way)
    new = _place(signing, named, by, order=place.order, replaces=place, reason=_reason(reason))
    _keep(new)
    return new


@transaction.atomic
def interrupt_signing(*, signing: SigningRound, by: Mandate, on: datetime.date, reason: str) -> SigningEnd:
    """End the round without result; what was frozen and done stays. The change can be put to be signed anew."""
    signing = lock_round(signing)
    by = permissions.require(permissions.can_run_signing(_mandates(by, signing.agreement, on)))
    end = SigningEnd(round=signing, outcome=SigningRound.State.INTERRUPTED, on=on, reason=_reason(reason), mandate=by)
    _keep(end)
    return end


def _reason(reason: str) -> str:
    if not reason.strip():
        raise Refused(_("Write the reason."))
    return reason.strip()


@transaction.atomic
def remind_signatory(*, place: SigningPlace, by: Mandate, on: datetime.date, link: str) -> SigningAct:
    """Remind her by e-mail, at most once a day. The mail goes out after the commit."""
    signing, place = lock_place(place)
    by = permissions.require(permissions.can_run_signing(_mandates(by, signing.agreement, on)))
    person = place.person
    address = person.email if person else ""
    if person is None or not address:
        raise Refused(_("%(name)s has no address in this service. Remind her otherwise.") % {"name": place.name})
    if any(act.kind == SigningAct.Kind.REMINDED and act.on == on for act in place.acts.all()):
        raise Refused(_("%(name)s has been reminded today already.") % {"name": place.name})
    act = SigningAct(place=place, kind=SigningAct.Kind.REMINDED, on=on, mandate=by)
    _keep(act)
    transaction.on_commit(lambda: _send(person.name, address, signing, link))
    return act


def _send(name: str, address: str, signing: SigningRound, link: str) -> None:
    body = _("Hello %(name)s,\n\nyour signature is waited for in this agreement:\n%(agreement)s\n\n%(link)s\n")
    told = {"name": name, "agreement": signing.agreement.title, "link": link}
    try:
        send_mail(_("Your signature is waited for"), body % told, None, [address])
    except Exception:
        # Whatever a mail server answers, that she was reminded here stays; the log tells.
        logger.exception("A reminder to sign was not sent.")
