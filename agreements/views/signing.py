"""Pages of signing: opening a round, the round, what its signatories do, each party's own copy (14 §)."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements import actions, completeness, contents, permissions, rounds
from agreements.access import Access, open_change, open_round
from agreements.forms.signing import BringForm, OpenSigningForm, PasswordForm, ReasonForm, ReplaceForm
from agreements.models import Change, SigningPlace, SigningRound
from agreements.sealing import SealFailed
from agreements.views.acts import Act, perform
from tym.core.errors import Refused
from tym.core.limits import Limit, sender_of
from tym.core.once import acts_once
from tym.core.pdf import PdfFailed

PASSWORD_TRIES = Limit("sign-with-password", 10, datetime.timedelta(minutes=10))
Way = SigningRound.Way


@require_http_methods(["GET", "POST"])
@acts_once
def signing_open(request: HttpRequest, pk: int) -> HttpResponse:
    """Name the signatories, check, freeze."""
    access, change = open_change(request, pk)
    by = permissions.require(permissions.can_open_signing(access.mandates, change))
    form = OpenSigningForm(
        request.POST or None,
        initial={"valid_from": change.wanted_from},
        parties=list(access.agreement.parties.named_on(access.day.today)),
        people=rounds.people_of(access.agreement, access.day.today),
        starts=rounds.starts_of(access.agreement),
    )
    act = Act(
        title=_("Open signing"),
        lead=str(change),
        back=change.get_absolute_url(),
        done=_("The text and annexes have been frozen and wait to be signed."),
        note=_("After this nothing of the text and annexes in the file changes. Making the file takes some seconds."),
    )

    def freeze(*, way: str, valid_from: datetime.date, in_set_order: bool, **_lines: Any) -> None:
        told: dict[str, Any] = {"change": change, "valid_from": valid_from, "named": form.named()}
        told |= {"way": way, "sha256": change.sha256}
        try:
            frozen = actions.freeze(**told)
        except PdfFailed as failure:
            raise Refused(failure.message) from failure
        actions.open_signing(by=by, on=access.day.today, frozen=frozen, in_set_order=in_set_order, **told)

    return perform(request, access, act, form, freeze, change=change, check=_check(change, access.day.today))


def _check(change: Change, day: datetime.date) -> dict[str, Any]:
    """What the text as it will be signed still lacks; on the day from which it is wanted, or today."""
    day = max(day, change.wanted_from or day)
    return completeness.look(change.matter.agreement, day, contents.document_changes(change))


@require_GET
def signing_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The round: what is signed, by whom, whose move it is."""
    access, signing = open_round(request, pk)
    return TemplateResponse(request, "agreements/signing_detail.html", _context(request, access, signing))


def _context(request: HttpRequest, access: Access, signing: SigningRound) -> dict[str, Any]:
    places = rounds.places_of(signing)
    files = list(signing.files.select_related("record", "mandate__person"))
    is_open, mandates = signing.state == SigningRound.State.OPEN, access.mandates
    all_signed = all(one.signed for one in places)
    return {
        "agreement": access.agreement,
        "section": "changes",
        "signing": signing,
        "change": signing.change,
        "standing": rounds.standing(signing, places, request.user),  # type: ignore[arg-type]
        "proof": rounds.proof(signing),
        "places": [_place(mandates, signing, one) for one in places],
        "files": files,
        "latest": files[-1].record if files else signing.frozen,
        "may_bring": is_open and signing.way != Way.IN_APP and permissions.can_bring_signed(mandates),
        "may_interrupt": is_open and permissions.can_run_signing(mandates),
        "may_seal": is_open and signing.way == Way.IN_APP and all_signed and permissions.can_run_signing(mandates),
        "copies": _copies(access, signing),
        "may_adopt": signing.state == SigningRound.State.COMPLETED
        and permissions.can_adopt_amendment(mandates, signing.change),
    }


def _place(mandates: permissions.Mandates, signing: SigningRound, one: rounds.Place) -> dict[str, Any]:
    is_open = signing.state == SigningRound.State.OPEN and one.signed is None
    may_act = is_open and one.declined is None
    return {
        "told": one,
        "may_sign": may_act and signing.way == Way.IN_APP and permissions.can_sign(mandates, one.place),
        "may_decline": may_act and permissions.can_decline(mandates, one.place),
        "may_replace": is_open and permissions.can_replace_signatory(mandates, one.place),
        "may_remind": may_act and one.place.person_id and permissions.can_run_signing(mandates),
    }


def _copies(access: Access, signing: SigningRound) -> list[dict[str, Any]]:
    """Each party with the receipt of its own copy, once there is one."""
    if signing.state != SigningRound.State.COMPLETED:
        return []
    got = {receipt.party_id: receipt for receipt in signing.receipts.select_related("mandate__person")}
    return [
        {
            "party": party,
            "receipt": got.get(party.pk),
            "may_receive": party.pk not in got and permissions.can_receive_copy(access.mandates, party),
        }
        for party in access.agreement.parties.all()
    ]


def _open_place(request: HttpRequest, pk: int, place_pk: int) -> tuple[Access, SigningRound, SigningPlace]:
    access, signing = open_round(request, pk)
    place = signing.places.select_related("party", "person").filter(pk=place_pk).first()
    if place is None:
        raise Http404
    place.round = signing
    return access, signing, place


@require_http_methods(["GET", "POST"])
@acts_once
def signing_sign(request: HttpRequest, pk: int, place_pk: int) -> HttpResponse:
    """Sign in this service, with the password again; the last signature brings the seal."""
    access, signing, place = _open_place(request, pk, place_pk)
    by = permissions.require(permissions.can_sign(access.mandates, place))
    form = PasswordForm(
        request.POST or None,
        initial={"sha256": signing.sha256},
        person=request.user,
        may_try=lambda: PASSWORD_TRIES.take(sender_of(request)),
    )
    context: dict[str, Any] = {"agreement": access.agreement, "section": "changes", "signing": signing}
    context |= {"place": place, "form": form, "proof": rounds.proof(signing)}
    if request.method != "POST" or not form.is_valid():
        return TemplateResponse(request, "agreements/signing_sign.html", context)
    actions.sign_here(place=place, by=by, on=access.day.today, sha256=form.cleaned_data["sha256"])
    messages.success(request, _("You have signed."))
    if all(one.signed for one in rounds.places_of(signing)):
        _seal(request, access, signing, by)
    return redirect(signing)


def _seal(request: HttpRequest, access: Access, signing: SigningRound, by: Any) -> None:
    try:
        actions.seal_round(signing=signing, by=by, on=access.day.today)
    except SealFailed as failure:
        messages.warning(request, failure.message)
    else:
        messages.success(request, _("Everybody has signed, and the file has been sealed."))


@require_POST
@acts_once
def signing_seal(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the seal on when it could not be put on with the last signature."""
    access, signing = open_round(request, pk)
    by = permissions.require(permissions.can_run_signing(access.mandates))
    _seal(request, access, signing, by)
    return redirect(signing)


@require_http_methods(["GET", "POST"])
@acts_once
def signing_bring(request: HttpRequest, pk: int) -> HttpResponse:
    """Take in the file that was signed outside, or the scan of a paper."""
    access, signing = open_round(request, pk)
    by = permissions.require(permissions.can_bring_signed(access.mandates))
    waiting = [one.place.pk for one in rounds.places_of(signing) if one.waits]
    places = SigningPlace.objects.filter(pk__in=waiting).select_related("party", "round__change__matter__agreement")
    act = Act(
        title=_("Bring the signed file"),
        lead=str(signing.change),
        back=signing.get_absolute_url(),
        done=_("The signed file has been taken in."),
        note=rounds.proof(signing),
    )
    form = BringForm(
        request.POST or None, request.FILES or None, places=places, initial={"signed_on": access.day.today}
    )
    told: dict[str, Any] = {"signing": signing, "by": by, "on": access.day.today}
    return perform(request, access, act, form, lambda **values: actions.bring_signed(**told, **values))


def _with_reason(
    request: HttpRequest,
    access: Access,
    signing: SigningRound,
    title: str,
    done: str,
    note: str,
    do: Callable[..., Any],
) -> HttpResponse:
    act = Act(title=title, lead=str(signing.change), back=signing.get_absolute_url(), done=done, note=note)
    return perform(request, access, act, ReasonForm(request.POST or None), do)


@require_http_methods(["GET", "POST"])
@acts_once
def signing_decline(request: HttpRequest, pk: int, place_pk: int) -> HttpResponse:
    """She does not sign, and says why."""
    access, signing, place = _open_place(request, pk, place_pk)
    by = permissions.require(permissions.can_decline(access.mandates, place))
    title = _("Decline to sign: %(name)s") % {"name": place.name}
    note = _("The reason is shown to every party. Another can be named in her place.")
    told: dict[str, Any] = {"place": place, "by": by, "on": access.day.today}
    done = _("That she does not sign has been recorded.")
    return _with_reason(
        request, access, signing, title, done, note, lambda **values: actions.decline_signing(**told, **values)
    )


@require_http_methods(["GET", "POST"])
@acts_once
def signing_interrupt(request: HttpRequest, pk: int) -> HttpResponse:
    """End the round without result."""
    access, signing = open_round(request, pk)
    by = permissions.require(permissions.can_run_signing(access.mandates))
    note = _("What has been signed stays, but has no effect. The change can be put to be signed anew.")
    told: dict[str, Any] = {"signing": signing, "by": by, "on": access.day.today}
    title, done = _("Interrupt the signing"), _("The signing has been interrupted.")
    return _with_reason(
        request, access, signing, title, done, note, lambda **values: actions.interrupt_signing(**told, **values)
    )


@require_http_methods(["GET", "POST"])
@acts_once
def signing_replace(request: HttpRequest, pk: int, place_pk: int) -> HttpResponse:
    """Name another signatory in her place."""
    access, signing, place = _open_place(request, pk, place_pk)
    by = permissions.require(permissions.can_replace_signatory(access.mandates, place))
    act = Act(
        title=_("Name another in the place of %(name)s") % {"name": place.name},
        lead=str(signing.change),
        back=signing.get_absolute_url(),
        done=_("Another signatory has been named."),
        note=_("The frozen file does not change: its table of signatories keeps the name first given."),
    )
    people = rounds.people_of(access.agreement, access.day.today).get(place.party_id, [])
    form = ReplaceForm(request.POST or None, place=place, people=people)

    def replace(*, reason: str, **_line: Any) -> None:
        actions.replace_signatory(place=place, by=by, on=access.day.today, named=form.named(), reason=reason)

    return perform(request, access, act, form, replace)


@require_POST
@acts_once
def signing_remind(request: HttpRequest, pk: int, place_pk: int) -> HttpResponse:
    """Remind her by e-mail."""
    access, signing, place = _open_place(request, pk, place_pk)
    by = permissions.require(permissions.can_run_signing(access.mandates))
    link = request.build_absolute_uri(signing.get_absolute_url())
    actions.remind_signatory(place=place, by=by, on=access.day.today, link=link)
    messages.success(request, _("A reminder has been sent to %(name)s.") % {"name": place.name})
    return redirect(signing)


@require_POST
@acts_once
def copy_acknowledge(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """The party has fetched its own signed copy."""
    access, signing = open_round(request, pk)
    party = access.agreement.parties.filter(order=order).first()
    if party is None:
        raise Http404
    by = permissions.require(permissions.can_receive_copy(access.mandates, party))
    actions.acknowledge_copy(signing=signing, party=party, by=by, on=access.day.today)
    messages.success(request, _("The receipt of your own copy has been recorded."))
    return redirect(signing)
