"""Signing: in this service, outside it, on paper; the seal; each party's own copy (14 §)."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import permissions, sealing, signatures
from agreements.actions.decisions import approvals
from agreements.actions.files import Upload
from agreements.actions.signing import current_places, lock_place, lock_round
from agreements.models import (
    CopyReceipt,
    Mandate,
    Party,
    Record,
    SigningAct,
    SigningEnd,
    SigningFile,
    SigningPlace,
    SigningRound,
)
from agreements.outside import SERVICE, trusted_roots
from agreements.signatures import Verdict
from tym.core.actions import store_file
from tym.core.errors import Refused, Stale
from tym.core.formats import format_day

Way = SigningRound.Way
SIGNED = SigningAct.Kind.SIGNED
PDF = "application/pdf"


def latest_content(signing: SigningRound) -> bytes:
    """The file to be signed next: the frozen one, or the last that came back signed."""
    last = signing.files.select_related("record__file").order_by("pk").last()
    record = last.record if last else signing.frozen
    return bytes(record.file.content)


def is_signed(place: SigningPlace) -> bool:
    return any(act.kind == SIGNED for act in place.acts.all())


@transaction.atomic
def sign_here(*, place: SigningPlace, by: Mandate, on: datetime.date, sha256: str) -> SigningAct:
    """Sign the frozen file in this service; the page has asked for the password again. Pressing twice is once.

    It is an act recorded here. The seal that comes when all have signed shows that the file is the one they signed.
    """
    known = SigningAct.objects.filter(place=place, kind=SIGNED, mandate__person=by.person).first()
    if known:
        return known
    signing, place = lock_place(place)
    mandates = permissions.mandates_of(by.person, signing.agreement.pk, on)
    by = permissions.require(permissions.can_sign(mandates, place))
    if signing.way != Way.IN_APP:
        raise Refused(_("This round is not signed in this service."))
    if sha256 != signing.sha256:
        raise Stale(_("This is not the file that was frozen. Look at it again."))
    _check_turn(signing, [place])
    return _add_act(place, on, by)


def _check_turn(signing: SigningRound, signers: Collection[SigningPlace]) -> None:
    """Each of them may sign now: not declined, and in a set order everybody before has signed."""
    now = {place.pk for place in signers}
    for place in current_places(signing):
        if place.pk in now and any(act.kind == SigningAct.Kind.DECLINED for act in place.acts.all()):
            raise Refused(_("%(name)s has declined to sign.") % {"name": place.name})
        waits = place.pk not in now and not is_signed(place)
        if signing.in_set_order and waits and any(one.order > place.order for one in signers):
            raise Refused(_("%(name)s signs first: the order has been set.") % {"name": place.name})


def _add_act(place: SigningPlace, on: datetime.date, by: Mandate, file: SigningFile | None = None) -> SigningAct:
    return SigningAct.objects.create(place=place, kind=SIGNED, on=on, file=file, mandate=by)


def seal_round(*, signing: SigningRound, by: Mandate, on: datetime.date) -> SigningEnd:
    """Seal the file when everybody has signed in this service; the round is then completed.

    Raises SealFailed; what has been signed stays, and the seal can be put on later. May call the time-stamp
    service, so it is done before the transaction.
    """
    if signing.ending:
        return signing.ending
    _check_all_signed(signing)
    given = latest_content(signing)
    sealed = sealing.seal(given, reason=_seal_words(signing))
    verdict = signatures.judge(sealed, given, trusted_roots())
    return _keep_sealed(signing, by, on, sealed, verdict)


def _check_all_signed(signing: SigningRound) -> None:
    if signing.way != Way.IN_APP or not all(is_signed(place) for place in current_places(signing)):
        raise Refused(_("The file is sealed when everybody has signed."), clause=_("agreement 14 §"))


@transaction.atomic
def _keep_sealed(signing: SigningRound, by: Mandate, on: datetime.date, sealed: bytes, verdict: Verdict) -> SigningEnd:
    signing = lock_round(signing)
    places = current_places(signing)
    mandates = permissions.mandates_of(by.person, signing.agreement.pk, on)
    own = next((held for place in places if (held := permissions.can_sign(mandates, place))), None)
    by = permissions.require(permissions.can_run_signing(mandates) or own)
    _check_all_signed(signing)
    if not verdict.accepted:
        raise Refused(verdict.reason)
    file = _keep_file(signing, Upload("", sealed, PDF), verdict, by, on, completes=True)
    return _complete(signing, file, by, on)


def _seal_words(signing: SigningRound) -> str:
    """Who signed and when, inside the seal. Everybody who opens the file reads it."""
    told = []
    for place in current_places(signing):
        for act in place.acts.all():
            if act.kind == SIGNED:
                at = timezone.localtime(act.at)
                told.append(f"{place.name} ({place.party.short_name}) {at:%d.%m.%Y %H.%M}")
    return _("Signed in the TYM service: %(signers)s") % {"signers": ", ".join(told)}


def bring_signed(
    *,
    signing: SigningRound,
    by: Mandate,
    on: datetime.date,
    upload: Upload,
    signers: Collection[SigningPlace],
    signed_on: datetime.date,
) -> SigningFile:
    """Take in the file that was signed outside, or the scan of a paper; completes the round when it is the last.

    A signed file must be the latest file of the round with whole signatures behind it; otherwise Refused, with the
    reason in words. Judging takes time, so it is done before the transaction.
    """
    verdict = None
    if signing.way == Way.OUTSIDE:
        verdict = _judged(signing, upload.content)
        if not verdict.accepted:
            raise Refused(f"{verdict.reason} {_other_ways()}" if verdict.of_service else verdict.reason)
    return _keep_brought(signing, by, on, upload, signers, signed_on, verdict)


def _other_ways() -> str:
    """What to do about a service that does more than adds signatures."""
    return _(
        "If the signing service does so to every file, either have it set only to add invisible signatures and have "
        "the file signed again, or interrupt this signing and open it anew on paper: then the service's file is kept "
        "as it came and marked not verifiable."
    )


def _judged(signing: SigningRound, content: bytes) -> Verdict:
    given = latest_content(signing)
    verdict = SERVICE.returned(content, SERVICE.given(given))
    first = bytes(signing.frozen.file.content)
    if not verdict.accepted and given != first and SERVICE.returned(content, first).accepted:
        return Verdict(False, _("Others have signed meanwhile. Download the file anew and have that one signed."))
    return verdict


@transaction.atomic
def _keep_brought(
    signing: SigningRound,
    by: Mandate,
    on: datetime.date,
    upload: Upload,
    signers: Collection[SigningPlace],
    signed_on: datetime.date,
    verdict: Verdict | None,
) -> SigningFile:
    signing = lock_round(signing)
    mandates = permissions.mandates_of(by.person, signing.agreement.pk, on)
    by = permissions.require(permissions.can_bring_signed(mandates))
    waiting = [place for place in current_places(signing) if not is_signed(place)]
    _check_brought(signing, waiting, signers, signed_on, on)
    _check_whose(signing, mandates, signers)
    now = {place.pk for place in signers}
    completes = all(place.pk in now for place in waiting)
    file = _keep_file(signing, upload, verdict, by, on, completes=completes)
    for place in sorted(signers, key=lambda place: place.order):
        _add_act(place, signed_on, by, file)
    if completes:
        _complete(signing, file, by, on)
    return file


def _check_brought(
    signing: SigningRound,
    waiting: Collection[SigningPlace],
    signers: Collection[SigningPlace],
    signed_on: datetime.date,
    on: datetime.date,
) -> None:
    if signing.way == Way.IN_APP:
        raise Refused(_("This round is signed in this service."))
    if not signers:
        raise Refused(_("Tell whose signatures the file has."))
    if not {place.pk for place in signers} <= {place.pk for place in waiting}:
        raise Refused(_("One of them has signed already, or somebody replaced her."))
    if signed_on > on:
        raise Refused(_("Nobody has signed in the future."))
    decided = max(decision.decided_on for decision in approvals(signing.change))
    if signed_on < decided:
        # The file was made when the last party had decided.
        raise Refused(_("Nobody has signed the file before it was agreed on %(day)s.") % {"day": format_day(decided)})
    _check_turn(signing, signers)


def _check_whose(signing: SigningRound, mandates: permissions.Mandates, signers: Collection[SigningPlace]) -> None:
    """A scan shows nothing of who signed, so a party's own people tell of their own signatories only."""
    own = {mandate.party_id for mandate in mandates}
    if signing.way != Way.PAPER or permissions.can_run_signing(mandates):
        return
    if any(place.party_id not in own for place in signers):
        raise Refused(_("The signatures of other parties on paper are recorded by the coordinator."))


def _keep_file(
    signing: SigningRound, upload: Upload, verdict: Verdict | None, by: Mandate, on: datetime.date, *, completes: bool
) -> SigningFile:
    before = "" if signing.way == Way.PAPER else signatures.sha256(latest_content(signing))
    agreement = signing.agreement
    told = {"day": format_day(signing.valid_from), "agreement": agreement.short_title}
    whole, partly = _("Signed, in force from %(day)s, %(agreement)s"), _("Partly signed, %(agreement)s")
    record = Record.objects.create(
        agreement=agreement,
        matter=signing.change.matter,
        kind=Record.Kind.SIGNED if completes else Record.Kind.TO_SIGN,
        title=(whole if completes else partly) % told,
        on=on,
        original_name=upload.name,
        file=store_file(content=upload.content, media_type=upload.media_type),
        mandate=by,
    )
    seen = [asdict(one) for one in verdict.signatures] if verdict else []
    return SigningFile.objects.create(round=signing, record=record, before_sha256=before, signatures=seen, mandate=by)


def _complete(signing: SigningRound, file: SigningFile, by: Mandate, on: datetime.date) -> SigningEnd:
    return SigningEnd.objects.create(
        round=signing, outcome=SigningRound.State.COMPLETED, on=on, record=file.record, mandate=by
    )


@transaction.atomic
def acknowledge_copy(*, signing: SigningRound, party: Party, by: Mandate, on: datetime.date) -> CopyReceipt:
    """The party has fetched its own signed copy. Pressing twice is one receipt."""
    if signing.state != SigningRound.State.COMPLETED:
        raise Refused(_("There is no signed copy yet."), clause=_("agreement 14 §"))
    mandates = permissions.mandates_of(by.person, signing.agreement.pk, on)
    by = permissions.require(permissions.can_receive_copy(mandates, party))
    receipt, _new = CopyReceipt.objects.get_or_create(round=signing, party=party, defaults={"mandate": by})
    return receipt
