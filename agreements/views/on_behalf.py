"""What is recorded for a party: its written notice, its own decision, the original it signed."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements import actions, permissions
from agreements.access import open_agreement, open_change, open_document
from agreements.forms.acts import OnBehalfForm, OriginalForm, PartyDecisionForm, StartForm
from agreements.models import Change, Signatory, SigningRound
from agreements.views.acts import Act, perform
from tym.core.once import acts_once


@require_http_methods(["GET", "POST"])
@acts_once
def record_on_behalf(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The coordinator starts a party's change from its written notice; the party's consent is still needed."""
    access, document = open_document(request, pk, number)
    by = permissions.require(permissions.can_record_on_behalf(access.mandates))
    act = Act(
        title=_("Record on behalf of a party"),
        lead=document.full_title,
        back=document.get_absolute_url(),
        done=_("The draft has been started from the party's notice. Write its rows, then propose."),
        note=_("The change shows that it was recorded from the notice. The party's consent is still needed."),
    )
    form = OnBehalfForm(request.POST or None, request.FILES or None, parties=access.agreement.parties.all())
    return perform(
        request,
        access,
        act,
        form,
        lambda **values: actions.record_on_behalf(document=document, by=by, on=access.day.today, **values),
        section="agreement",
    )


@require_http_methods(["GET", "POST"])
@acts_once
def party_decide(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """One party's own decision on a proposal to change the agreement text."""
    access, change = open_change(request, pk)
    party = access.agreement.parties.filter(order=order).first()
    if party is None:
        raise Http404
    by = permissions.require(permissions.can_decide_for(access.mandates, change, party))
    act = Act(
        title=_("Record the party's own decision"),
        lead=f"{party.short_name}: {change}",
        back=change.get_absolute_url(),
        done=_("The party's decision has been recorded."),
        note=_("The agreement text changes only when every party has approved (agreement 12 §)."),
    )
    return perform(
        request,
        access,
        act,
        PartyDecisionForm(request.POST or None, request.FILES or None),
        lambda **values: actions.decide_for_party(
            change=change, party=party, by=by, on=access.day.today, sha256=change.sha256, **values
        ),
        change=change,
    )


@require_http_methods(["GET", "POST"])
@acts_once
def amendment_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the amended text in force when every party has approved and signed it."""
    access, change = open_change(request, pk)
    by = permissions.require(permissions.can_adopt_amendment(access.mandates, change))
    act = Act(
        title=_("Put the amended text in force"),
        lead=str(change),
        back=change.get_absolute_url(),
        done=_("The amended text has been put in force."),
        note=_("Every party's own decision and signatures are needed (agreement 12 and 14 §)."),
    )
    return perform(
        request,
        access,
        act,
        StartForm(request.POST or None, initial={"valid_from": _signed_from(change) or change.wanted_from}),
        lambda **values: actions.adopt_amendment(
            change=change, by=by, on=access.day.today, sha256=change.sha256, **values
        ),
        change=change,
    )


def _signed_from(change: Change) -> datetime.date | None:
    """The day that the parties have signed."""
    signed = change.signing_rounds.filter(end__outcome=SigningRound.State.COMPLETED).first()
    return signed.valid_from if signed else None


@require_http_methods(["GET", "POST"])
@acts_once
def original_enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter the original that was signed before this system."""
    access = open_agreement(request, pk)
    by = permissions.require(permissions.can_enter_original(access.mandates))
    signatories = list(Signatory.objects.filter(party__agreement=access.agreement))
    form = OriginalForm(
        request.POST or None,
        request.FILES or None,
        initial={"names": "\n".join(signatory.name for signatory in signatories)},
        # A day that is known stays when another file is entered; a wrong one is corrected.
        signatories=[signatory for signatory in signatories if signatory.signed_on is None],
        is_named=bool(signatories),
    )
    act = Act(
        title=_("Enter the signed original"),
        lead=access.agreement.title,
        back=access.agreement.get_absolute_url(),
        done=_("The signed original has been entered."),
        note=_(
            "A day that is not known is left empty. If the file is a PDF with electronic signatures, this service "
            "looks whether they are whole and keeps what it found. The file cannot be taken away afterwards."
        ),
    )

    def enter(**values: Any) -> None:
        told: dict[str, Any] = {name: values.get(name) for name in ("upload", "way", "names", "signed_on")}
        actions.enter_signed_original(
            agreement=access.agreement, by=by, on=access.day.today, signed=form.signed(), **told
        )

    return perform(request, access, act, form, enter, section="agreement")


@require_POST
@acts_once
def collision_settle(request: HttpRequest, pk: int, number: int, key: str) -> HttpResponse:
    """Choose between what was decided meanwhile and what the draft has, for one row."""
    access, change = open_change(request, pk)
    by = permissions.require(permissions.can_edit(access.mandates, change))
    document = access.agreement.documents.filter(number=number).first()
    if document is None:
        raise Http404
    revision = request.POST.get("revision", "")
    actions.settle_collision(
        change=change,
        document=document,
        key=key,
        keep_mine=request.POST.get("keep") == "mine",
        by=by,
        on=access.day.today,
        revision=int(revision) if revision.isdecimal() else -1,
    )
    messages.success(request, _("The draft has been saved."))
    return redirect(change)
