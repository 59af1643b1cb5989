"""Destroying documents whose time has run out: propose, look, confirm, decline."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import Access
from agreements.models import Party
from agreements.permissions import require
from agreements.views.acts import Act, perform
from registry import actions, permissions
from registry.destruction import COMMON, OWN, Standing, falling_due, kept_records, of_scope, standing_of, unproposed
from registry.forms.destruction import ConfirmForm, DeclineForm, ProposeForm
from registry.models import Destruction
from registry.views.pages import SECTION, context_of, open_registry, party_of
from tym.core.errors import Refused
from tym.core.once import acts_once
from tym.core.pdf import PdfFailed

LISTED = "registry/_destroyed_lines.html"
# More would not be looked through by anybody, and the minutes must stay within a PDF.
MOST = 200


def _opened(request: HttpRequest, pk: int, destruction_pk: int) -> tuple[Access, Standing]:
    access = open_registry(request, pk)
    found = Destruction.objects.filter(agreement=access.agreement, pk=destruction_pk).first()
    if found is None:
        raise Http404
    return access, standing_of(found)


@require_http_methods(["GET", "POST"])
@acts_once
def destruction_propose(request: HttpRequest, pk: int, order: int, scope: str) -> HttpResponse:
    """A party proposes its own documents, or common ones, to be destroyed."""
    access = open_registry(request, pk)
    party = party_of(access, order)
    by = require(permissions.can_propose_destruction(access.mandates, party))
    if scope not in (OWN, COMMON):
        raise Http404
    agreement, common = access.agreement, scope == COMMON
    free = unproposed(kept_records([agreement]))
    found = falling_due(agreement, list(agreement.parties.all()), free, access.day.today)
    found = of_scope(found, None if common else party)[:MOST]
    chosen = set(request.POST.getlist("records"))
    act = Act(
        title=_("Propose common documents to be destroyed") if common else _("Propose own documents to be destroyed"),
        lead=f"{party.short_name}, {agreement.short_title}",
        back=reverse("registry:retention_list", args=[pk]),
        done=_("The proposal has been made. It waits for confirmation; nothing has been destroyed."),
        note=_("Nothing is destroyed yet. %(who)s") % {"who": _who_confirms(common)},
    )
    return perform(
        request,
        access,
        act,
        ProposeForm(request.POST or None, found=found),
        lambda records: actions.propose_destruction(
            party=party, by=by, on=access.day.today, records=records, common=common
        ),
        section=SECTION,
        listed=LISTED,
        lines=[_line(one) for one in found if not chosen or str(one.record.pk) in chosen],
    )


def _who_confirms(common: bool) -> str:
    if common:
        return _("Every other party confirms on its own behalf, and the last confirmation destroys.")
    return _("A second person of the party confirms, and that destroys.")


def _line(one: Any) -> dict[str, Any]:
    """A document that falls due, as a line of a proposal shows it."""
    return {"record": one.record, "basis": one.basis, "last_day": one.last}


@require_GET
def destruction_detail(request: HttpRequest, pk: int, destruction_pk: int) -> HttpResponse:
    """What is proposed, on what basis, who has said what, and the minutes when it has been done."""
    access, standing = _opened(request, pk, destruction_pk)
    parties = list(access.agreement.parties.all())
    context = context_of(
        access,
        "retention",
        standing=standing,
        lines=standing.lines,
        confirms=[party for party in standing.waits if _may_confirm(access, standing, party)],
        declines=[party for party in parties if _may_decline(access, standing, party)],
    )
    return TemplateResponse(request, "registry/destruction_detail.html", context)


def _may_confirm(access: Access, standing: Standing, party: Party) -> bool:
    able = permissions.can_confirm_destruction(access.mandates, standing.destruction, party)
    return standing.is_open and able is not None


def _may_decline(access: Access, standing: Standing, party: Party) -> bool:
    able = permissions.can_decline_destruction(access.mandates, standing.destruction, party)
    silent = all(one.party_id != party.pk for one in standing.consents)
    return standing.is_open and silent and able is not None


@require_http_methods(["GET", "POST"])
@acts_once
def destruction_confirm(request: HttpRequest, pk: int, destruction_pk: int, order: int) -> HttpResponse:
    """A party's confirmation. Every document is named before it; the last confirmation cannot be undone."""
    access, standing = _opened(request, pk, destruction_pk)
    destruction, party = standing.destruction, party_of(access, order)
    by = require(permissions.can_confirm_destruction(access.mandates, destruction, party))
    last = standing.waits == (party,)

    def confirm(sha256: str) -> Any:
        on = access.day.today
        try:
            return actions.confirm_destruction(destruction=destruction, party=party, by=by, on=on, sha256=sha256)
        except PdfFailed as failure:
            raise Refused(failure.message) from failure

    act = Act(
        title=_("Destroy documents for good") if last else _("Confirm that documents are destroyed"),
        lead=f"{standing.whose}, {access.agreement.short_title}; {party.short_name}",
        back=destruction.get_absolute_url(),
        done=_("The documents have been destroyed. The minutes tell of it.") if last else _("Your word is recorded."),
        note=_last_note() if last else _("When every party has confirmed, the documents are gone for good."),
    )
    form = ConfirmForm(request.POST or None, initial={"sha256": destruction.sha256})
    listed = {"listed": LISTED, "lines": standing.lines}
    return perform(request, access, act, form, confirm, section=SECTION, **listed)


def _last_note() -> str:
    return _(
        "This is the last confirmation: the files below are destroyed at once, and that cannot be undone. Title, type, "
        "day and fingerprint stay in the register, and minutes of destruction are kept for good."
    )


@require_http_methods(["GET", "POST"])
@acts_once
def destruction_decline(request: HttpRequest, pk: int, destruction_pk: int, order: int) -> HttpResponse:
    """A party's no, or the proposer's second thought: the documents stay."""
    access, standing = _opened(request, pk, destruction_pk)
    destruction, party = standing.destruction, party_of(access, order)
    by = require(permissions.can_decline_destruction(access.mandates, destruction, party))
    act = Act(
        title=_("Decline the destruction"),
        lead=f"{standing.whose}, {access.agreement.short_title}; {party.short_name}",
        back=destruction.get_absolute_url(),
        done=_("The proposal has been declined. The documents stay."),
        note=_("Every party sees the reason. The documents can be proposed again."),
    )
    return perform(
        request,
        access,
        act,
        DeclineForm(request.POST or None),
        lambda reason: actions.decline_destruction(
            destruction=destruction, party=party, by=by, on=access.day.today, reason=reason
        ),
        section=SECTION,
    )
