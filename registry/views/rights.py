"""Access rights: every party in counts, a party's own list, its yearly confirmation."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import Access
from agreements.models import Party
from agreements.openings import Versions, saved
from agreements.views.acts import Act, perform
from registry import actions, permissions
from registry.findings import without_names
from registry.forms.rights import CountsForm, RightEditForm, RightForm, SweepForm, WayForm
from registry.models import AccessRight, RightsSetting
from registry.rights import PartyRights, employers_of_others, rights_of
from registry.views.pages import SECTION, context_of, open_own, open_registry
from registry.words import finding_told
from tym.core.errors import Refused, Stale
from tym.core.formats import format_day
from tym.core.once import acts_once

TOLD = actions.rights.TOLD


@require_GET
def right_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Counts and findings of every party; names are on each party's own page."""
    access = open_registry(request, pk)
    rows = [_told(access, row) for row in rights_of(access.agreement, access.day.on)]
    return TemplateResponse(request, "registry/right_list.html", context_of(access, "rights", rows=rows))


def _told(access: Access, row: PartyRights) -> dict[str, Any]:
    return {
        "row": row,
        "findings": [(one.level, finding_told(one)) for one in without_names(row.findings)],
        "may_keep": permissions.can_keep_rights(access.mandates, row.party),
    }


def own_address(party: Party) -> str:
    return reverse("registry:right_own", args=[party.agreement_id, party.order])


def limits_of(access: Access, party: Party) -> dict[str, Any]:
    """What a right that is typed may say."""
    return {"today": access.day.today, "others": employers_of_others(party)}


@require_GET
def right_own(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """A party's own list by name, or its counts and how to confirm them."""
    access, party, _by = open_own(request, pk, order)
    row = next(row for row in rights_of(access.agreement, access.day.on) if row.party == party)
    rights = [(right, _state(right, access)) for right in party.access_rights.all()]
    context = context_of(
        access,
        "rights",
        party=party,
        row=row,
        findings=[(one.level, finding_told(one)) for one in row.findings],
        rights=rights,
        checks=list(party.rights_checks.select_related("mandate__person").order_by("-on", "-pk")[:5]),
    )
    return TemplateResponse(request, "registry/right_own.html", context)


def _state(right: AccessRight, access: Access) -> str:
    day = access.day.on
    if right.is_over(day):
        return "ended"
    if right.is_open(day):
        return "left" if right.left_on and right.left_on < day else "open"
    return "applied"


@require_http_methods(["GET", "POST"])
@acts_once
def right_add(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Enter a person's right."""
    access, party, by = open_own(request, pk, order)
    start = {"employer": party.organisation.name, "is_staff": True}
    form = RightForm(request.POST or None, initial=start, **limits_of(access, party))
    if request.method != "POST" or not form.is_valid():
        return _form(request, access, party, form, _("Add a person"))
    try:
        actions.enter_right(party=party, by=by, on=access.day.today, **form.cleaned_data)
    except Refused as refusal:
        return _form(request, access, party, form, _("Add a person"), refusal=refusal, status=409)
    messages.success(request, _("The right has been saved."))
    return redirect(own_address(party))


def _form(request: HttpRequest, access: Access, party: Party, form: RightForm, title: str, **more: Any) -> HttpResponse:
    status = more.pop("status", 200)
    context = context_of(access, "rights", party=party, form=form, title=title, back=own_address(party), **more)
    return TemplateResponse(request, "registry/right_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
@acts_once
def right_edit(request: HttpRequest, pk: int, order: int, right_pk: int) -> HttpResponse:
    """How a right has gone on: trained, granted, changed, ended."""
    access, party, by = open_own(request, pk, order)
    right = party.access_rights.filter(pk=right_pk).first()
    if right is None:
        raise Http404
    start = {name: getattr(right, name) for name in (*TOLD, "revision")}
    form = RightEditForm(request.POST or None, initial=start, **limits_of(access, party))
    title = _("Edit the right")
    if request.method != "POST" or not form.is_valid():
        return _form(request, access, party, form, title)
    try:
        actions.revise_right(right=right, by=by, on=access.day.today, **form.cleaned_data)
    except Stale as stale:
        versions = [_versions(right, form)]
        form.data = {**form.data.dict(), "revision": right.revision}  # type: ignore[attr-defined]
        return _form(request, access, party, form, title, stale=stale, versions=versions, status=409)
    except Refused as refusal:
        return _form(request, access, party, form, title, refusal=refusal, status=409)
    messages.success(request, _("The right has been saved."))
    return redirect(own_address(party))


def _versions(right: AccessRight, form: RightForm) -> Versions:
    """As it was when the form was opened, as it is stored, and as it was typed."""
    opened = right.history.filter(revision=form.cleaned_data["revision"]).order_by("history_id").last()
    return Versions(
        title=str(right),
        opened=_lines({name: getattr(opened, name) for name in TOLD}) if opened else None,
        stored=_lines({name: getattr(right, name) for name in TOLD}),
        mine=_lines(form.cleaned_data),
        saved=saved(right),
        is_known=opened is not None,
    )


def _lines(values: dict[str, Any]) -> list[tuple[str, str]]:
    return [(str(RightForm.base_fields[name].label), _words(values[name])) for name in TOLD]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return format_day(value) if hasattr(value, "year") else str(value or "–")


@require_http_methods(["GET", "POST"])
@acts_once
def right_check(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """The yearly confirmation: a sweep through the list, or the counts."""
    access, party, by = open_own(request, pk, order)
    named = RightsSetting.objects.filter(party=party, named=True).exists()
    act = Act(
        title=_("Confirm the access rights of %(party)s") % {"party": party.genitive},
        lead=access.agreement.short_title,
        back=own_address(party),
        done=_("The access rights have been confirmed."),
        note=_("Each party applies for, keeps up and duly ends the rights of its own staff (agreement 10 §)."),
    )
    told: dict[str, Any] = {"party": party, "by": by, "on": access.day.today}
    if not named:
        counts = CountsForm(request.POST or None, initial=_last(party))
        return perform(request, access, act, counts, lambda **more: actions.confirm_counts(**told, **more), **_SECTION)
    current = [right for right in party.access_rights.all() if right.is_open(access.day.today)]
    form = SweepForm(request.POST or None, rights=current)

    def sweep(needed: Any, seen: list[int], note: str) -> Any:
        return actions.check_rights(**told, seen=seen, needed=[right.pk for right in needed], note=note)

    return perform(request, access, act, form, sweep, **_SECTION)


_SECTION = {"section": SECTION}


def _last(party: Party) -> dict[str, Any]:
    check = party.rights_checks.last()
    names = ("granted", "outside", "applied", "untrained", "left")
    return {name: getattr(check, name) for name in names} if check else {}


@require_http_methods(["GET", "POST"])
@acts_once
def right_setting(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Whether the party keeps names here."""
    access, party, by = open_own(request, pk, order)
    named = RightsSetting.objects.filter(party=party, named=True).exists()
    act = Act(
        title=_("How access rights are kept, %(party)s") % {"party": party.short_name},
        lead=access.agreement.short_title,
        back=own_address(party),
        done=_("The way of keeping access rights has been saved."),
        note=_("Names are seen by the liaison and the main user of the party alone; the others see counts."),
    )
    form = WayForm(request.POST or None, initial={"named": "1" if named else "0"})
    return perform(
        request,
        access,
        act,
        form,
        lambda named: actions.choose_way(party=party, by=by, on=access.day.today, named=named),
        **_SECTION,
    )
