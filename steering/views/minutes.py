"""Minutes: read, written, put to be checked, checked, signed; papers as PDF; the execution list."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements.access import Access, day_of
from agreements.models import Record
from agreements.permissions import Mandates, mandates_of, require
from agreements.views.acts import Act
from steering import actions, permissions
from steering.forms.minutes import MinutesForm, NoteForm, SignForm
from steering.models import Meeting, Minutes, MinutesSignature, Task
from steering.standing import Standing, standing_of
from steering.views.pages import SECTION, fill_in, navigation, open_item, open_meetings, open_one, press
from tym.accounts.models import User
from tym.core.once import acts_once
from tym.core.pdf import PdfFailed


def _open(request: HttpRequest, pk: int, meeting_pk: int) -> tuple[Access, Standing, Mandates]:
    """The minutes, with the mandates of the meeting day.

    For who sees the meetings today, and for checkers and signers whose office has ended since.
    """
    wanted = Meeting.objects.select_related("agreement", "minutes").filter(agreement=pk, pk=meeting_pk)
    meeting = wanted.filter(state__in=Meeting.HELD_STATES).first()
    if meeting is None:
        raise Http404
    day = day_of(request)
    now = mandates_of(request.user, pk, day.today)  # type: ignore[arg-type]
    then = mandates_of(request.user, pk, meeting.held_on)  # type: ignore[arg-type]
    standing = standing_of(meeting, getattr(meeting, "minutes", None))
    if permissions.can_view_meetings(now) is None and _own_move(standing, then) is None:
        raise Http404
    return Access(meeting.agreement, now or then, day), standing, then


def _own_move(standing: Standing, then: Mandates) -> Any:
    chosen = {row.person_id for row in standing.checkers}
    signers = [mandate for held in standing.signers.values() for mandate in held]
    return permissions.can_sign_or_check(then, chosen, signers)


def _page(request: HttpRequest, access: Access, standing: Standing, then: Mandates, **context: Any) -> TemplateResponse:
    minutes, status = standing.minutes, context.pop("status", 200)
    prepares = permissions.can_prepare_meeting(mandates_held(request, access))
    offices = actions.offices_to_sign(standing, then)
    form = SignForm(person=request.user, initial={"sha256": minutes.sha256}, auto_id="sign_%s") if offices else None
    context = {
        "agreement": access.agreement,
        "section": SECTION,
        "meeting": minutes.meeting,
        "standing": standing,
        "told": standing.content,
        "notes": list(minutes.notes.select_related("mandate__person")) if minutes.pk else [],
        "may_prepare": prepares,
        "may_check": _may_check(standing, then, prepares),
        "offices": [(office, MinutesSignature.Office(office).label) for office in offices],
        "may_extract": _extractable(standing),
        "form": form,
        **context,
    }
    return TemplateResponse(request, "steering/minutes_detail.html", context, status=status)


def mandates_held(request: HttpRequest, access: Access) -> Mandates:
    """Those of today: an ended office prepares nothing any more."""
    return tuple(mandate for mandate in access.mandates if mandate.holds(access.day.today))


def _may_check(standing: Standing, then: Mandates, prepares: Any) -> bool:
    if not standing.is_put or standing.is_checked:
        return False
    if standing.minutes.way != Minutes.Way.TWO_CHECKERS:
        return bool(prepares)
    waited = {row.person_id for row in standing.unchecked}
    return permissions.can_check_minutes(then, waited) is not None


def _extractable(standing: Standing) -> dict[int, int]:
    """By §, the item of which an extract can be given. One query."""
    items = standing.minutes.meeting.items.exclude(section=None)
    return {item.section: item.pk for item in items if item.section and actions.can_extract(standing, item)}


@require_GET
def minutes_detail(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """What the minutes say, who has checked and signed, and whose move it is."""
    return _page(request, *_open(request, pk, meeting_pk))


@require_http_methods(["GET", "POST"])
@acts_once
def minutes_edit(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """Checkers, other entries, secrecy: all else comes from the data."""
    access, standing, _then = _open(request, pk, meeting_pk)
    by = require(permissions.can_prepare_meeting(mandates_held(request, access)))
    minutes, meeting = standing.minutes, standing.minutes.meeting
    people = User.objects.filter(pk__in=actions.seated(meeting)).order_by("name")
    started: dict[str, Any] = {"checkers": [row.person_id for row in standing.checkers]}
    started |= {name: getattr(minutes, name) for name in ("entries", "secrecy_ground", "deviation")}
    form = MinutesForm(request.POST or None, people=people, initial=started)
    act = _act(meeting, _("Write the minutes"), _("The minutes have been saved."))
    told: dict[str, Any] = {"meeting": meeting, "by": by, "on": access.day.today}
    return fill_in(request, access, act, form, lambda **typed: actions.save_minutes(**told, **typed))


def _act(meeting: Meeting, title: str, done: str, note: str = "") -> Act:
    lead = _("Meeting %(meeting)s") % {"meeting": meeting}
    return Act(title, lead, reverse("steering:minutes_detail", args=[meeting.agreement_id, meeting.pk]), done, note)


@require_POST
@acts_once
def minutes_put(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """Put the minutes to be checked."""
    done = _("The minutes have been put to be checked.")
    return _prepared(request, pk, meeting_pk, done, actions.put_to_check)


@require_POST
@acts_once
def minutes_reopen(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """Write the minutes again; only before the first signature."""
    done = _("The minutes have been re-opened. They are checked anew.")
    return _prepared(request, pk, meeting_pk, done, actions.reopen_minutes)


def _prepared(request: HttpRequest, pk: int, meeting_pk: int, done: str, do: Callable[..., Any]) -> HttpResponse:
    access, standing, _then = _open(request, pk, meeting_pk)
    by = require(permissions.can_prepare_meeting(mandates_held(request, access)))
    meeting = standing.minutes.meeting
    back = reverse("steering:minutes_detail", args=[pk, meeting_pk])
    return press(request, back, done, lambda: do(meeting=meeting, by=by, on=access.day.today))


@require_POST
@acts_once
def minutes_check(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """Check exactly what was read."""
    access, standing, then = _open(request, pk, meeting_pk)
    by = (then or access.mandates)[0]
    told: dict[str, Any] = {"meeting": standing.minutes.meeting, "by": by, "on": access.day.today}
    return press(
        request,
        reverse("steering:minutes_detail", args=[pk, meeting_pk]),
        _("The minutes have been checked."),
        lambda: actions.check_minutes(sha256=request.POST.get("sha256", "")[:64], **told),
    )


@require_POST
@acts_once
def minutes_sign(request: HttpRequest, pk: int, meeting_pk: int, office: str) -> HttpResponse:
    """Sign, with the password again."""
    access, standing, then = _open(request, pk, meeting_pk)
    if office not in MinutesSignature.Office.values:
        raise Http404
    by = require(permissions.can_sign_minutes(then, standing.signers[office]))
    form = SignForm(request.POST, person=request.user, auto_id="sign_%s")
    if not form.is_valid():
        return _page(request, access, standing, then, form=form)
    meeting = standing.minutes.meeting
    told: dict[str, Any] = {"meeting": meeting, "by": by, "office": office, "sha256": form.cleaned_data["sha256"]}
    back = reverse("steering:minutes_detail", args=[pk, meeting_pk])
    return press(request, back, _("The minutes have been signed."), lambda: actions.sign_minutes(**told))


@require_http_methods(["GET", "POST"])
@acts_once
def minutes_note(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """A correction note after the signing."""
    access, standing, _then = _open(request, pk, meeting_pk)
    by = require(permissions.can_prepare_meeting(mandates_held(request, access)))
    meeting = standing.minutes.meeting
    note = _("The signed minutes stay as they are; the note is shown with them.")
    act = _act(meeting, _("Write a correction note"), _("The note has been added to the minutes."), note)
    told: dict[str, Any] = {"meeting": meeting, "by": by, "on": access.day.today}
    form = NoteForm(request.POST or None)
    return fill_in(request, access, act, form, lambda **typed: actions.note_minutes(**told, **typed))


# Papers as PDF


@require_POST
@acts_once
def summons_issue(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """ "Lataa kokouskutsu (PDF)"."""
    access, meeting = open_one(request, pk, meeting_pk)
    told: dict[str, Any] = {"by": access.mandates[0], "on": access.day.today}
    return _issued(request, access, lambda: actions.issue_summons(meeting=meeting, **told))


@require_POST
@acts_once
def minutes_issue(request: HttpRequest, pk: int, meeting_pk: int) -> HttpResponse:
    """ "Lataa pöytäkirja (PDF)"."""
    access, standing, _then = _open(request, pk, meeting_pk)
    told: dict[str, Any] = {"by": access.mandates[0], "on": access.day.today}
    return _issued(request, access, lambda: actions.issue_minutes(standing=standing, **told))


@require_POST
@acts_once
def extract_issue(request: HttpRequest, pk: int, meeting_pk: int, item_pk: int) -> HttpResponse:
    """ "Anna pöytäkirjanote"."""
    access, item = open_item(request, pk, meeting_pk, item_pk)
    standing = standing_of(item.meeting, Minutes.objects.filter(meeting=item.meeting).first())
    told: dict[str, Any] = {"by": access.mandates[0], "on": access.day.today}
    return _issued(request, access, lambda: actions.issue_extract(standing=standing, item=item, **told))


def _issued(request: HttpRequest, access: Access, make: Callable[[], Record]) -> HttpResponse:
    try:
        return redirect(make())
    except PdfFailed as failure:
        context = {"agreement": access.agreement, "section": SECTION, "failure": failure, "day": access.day}
        return TemplateResponse(request, "agreements/pdf_failed.html", context, status=503)


# The execution list


@require_GET
def task_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who does what by when, over all meetings (täytäntöönpanolista)."""
    access = open_meetings(request, pk)
    tasks = list(Task.objects.filter(item__meeting__agreement=pk).select_related("item__meeting"))
    today = access.day.today
    context = {
        "agreement": access.agreement,
        "section": SECTION,
        **navigation(access),
        "open": [(task, task.by_when is not None and task.by_when < today) for task in tasks if not task.done_on],
        "done": [task for task in tasks if task.done_on],
        "may_tick": permissions.can_prepare_meeting(access.mandates),
    }
    return TemplateResponse(request, "steering/task_list.html", context)
