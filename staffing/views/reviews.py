"""The adequacy review of a year: looked at, prepared, judged, put before the group, printed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements import permissions as common
from agreements.access import Access, open_agreement
from agreements.models import Decision, Matter
from agreements.views.acts import Act, perform
from staffing import actions, permissions, reviews
from staffing.forms.reviews import DutiesForm, JudgementForm, RemedyForm, SubmitReviewForm
from staffing.models import AdequacyReview, Remedy
from staffing.review_paper import pdf_source
from staffing.state import settings_of
from tym.core.errors import Refused, Stale
from tym.core.once import acts_once
from tym.core.pdf import PdfFailed, render_pdf

SECTION = "staffing"


def _back(pk: int, year: int) -> str:
    return reverse("staffing:review_detail", args=[pk, year])


def _open_year(request: HttpRequest, pk: int, year: int) -> Access:
    """A year of the agreement that is over; another has no review."""
    access = open_agreement(request, pk)
    if not access.agreement.valid_from.year <= year < access.day.today.year:
        raise Http404
    return access


def _visible(access: Access, year: int) -> list[reviews.Shown]:
    """What is being prepared is seen by those who prepare it."""
    prepares = permissions.can_prepare_review(access.mandates)
    return [one for one in reviews.of_year(access.agreement, year) if prepares or one.state != "draft"]


@require_GET
def review_detail(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The review of the year as it stands, and what is to be done about it."""
    access = _open_year(request, pk, year)
    found = _visible(access, year)
    standings = reviews.standings(access.agreement, settings_of([access.agreement])[access.agreement.pk], access.day.on)
    prepares = permissions.can_prepare_review(access.mandates)
    context = {
        "agreement": access.agreement,
        "section": SECTION,
        "year": year,
        "shown": found[0] if found else None,
        "earlier": found[1:],
        "standing": next((one for one in standings if one.year == year), None),
        "may_prepare": prepares,
        "may_start": prepares and not any(one.state in ("draft", "before", "approved") for one in found),
    }
    return TemplateResponse(request, "staffing/review_detail.html", context)


@require_POST
@acts_once
def review_start(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Take the figures of the year and start."""
    access = _open_year(request, pk, year)
    by = common.require(permissions.can_prepare_review(access.mandates))
    return _press(
        request,
        access,
        year,
        _("The figures of the year have been taken. Now write the judgements."),
        lambda: actions.prepare_review(agreement=access.agreement, year=year, by=by, on=access.day.today),
    )


@require_POST
@acts_once
def review_retake(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Take the figures anew."""
    access, review = _draft(request, pk, year)
    by = common.require(permissions.can_prepare_review(access.mandates))
    return _press(
        request,
        access,
        year,
        _("The figures of the year have been taken anew."),
        lambda: actions.retake_figures(review=review, by=by, on=access.day.today),
    )


@require_POST
@acts_once
def remedy_remove(request: HttpRequest, pk: int, year: int, remedy_pk: int) -> HttpResponse:
    """Take an action out."""
    access, review = _draft(request, pk, year)
    by = common.require(permissions.can_prepare_review(access.mandates))
    remedy = Remedy.objects.filter(review=review, pk=remedy_pk).select_related("review__matter").first()
    if remedy is None:
        raise Http404
    return _press(
        request,
        access,
        year,
        _("The action has been removed."),
        lambda: actions.remove_remedy(remedy=remedy, by=by, on=access.day.today),
    )


def _press(request: HttpRequest, access: Access, year: int, done: str, do: Callable[[], Any]) -> HttpResponse:
    try:
        do()
    except Refused as refusal:
        context = {
            "agreement": access.agreement,
            "section": SECTION,
            "refusal": refusal,
            "back": _back(access.agreement.pk, year),
        }
        return TemplateResponse(request, "staffing/refused.html", context, status=409)
    messages.success(request, done)
    return redirect(_back(access.agreement.pk, year))


def _draft(request: HttpRequest, pk: int, year: int) -> tuple[Access, AdequacyReview]:
    """The review in preparation; without one the page does not exist, nor for those who do not prepare."""
    access = _open_year(request, pk, year)
    drafts = AdequacyReview.objects.of_year(access.agreement, year).filter(matter__sha256="")
    review = drafts.select_related("matter__agreement", "version").first()
    if review is None or permissions.can_prepare_review(access.mandates) is None:
        raise Http404
    return access, review


def _act(review: AdequacyReview, title: str, done: str, note: str = "") -> Act:
    back = _back(review.matter.agreement_id, review.year)
    return Act(title=title, lead=review.matter.title, back=back, done=done, note=note)


def _fill_in(request: HttpRequest, access: Access, act: Act, form: BaseForm, do: Callable[[], Any]) -> HttpResponse:
    """A form of something in preparation: saved at once, without the check that a legal act has."""
    context = {"agreement": access.agreement, "section": SECTION, "act": act, "form": form}
    if request.method != "POST" or not form.is_valid():
        return TemplateResponse(request, "staffing/fill_form.html", context)
    try:
        do()
    except Refused as refusal:
        return TemplateResponse(request, "staffing/fill_form.html", context | {"refusal": refusal}, status=409)
    messages.success(request, act.done)
    return redirect(act.back)


def _fresh(form: Any, review: AdequacyReview, do: Callable[[], Any]) -> Any:
    """Acts; when a colleague saved first, the form goes on from what is stored now and keeps what was typed."""
    try:
        return do()
    except Stale:
        form.data = {**form.data.dict(), "seen": actions.review_sha256(review)}
        raise


@require_http_methods(["GET", "POST"])
@acts_once
def review_judge(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The judgement on each party's staff."""
    access, review = _draft(request, pk, year)
    by = common.require(permissions.can_prepare_review(access.mandates))
    held = JudgementForm.initial_of(list(review.judgement_set.select_related("party")))
    initial = held | {"seen": actions.review_sha256(review)}
    form = JudgementForm(request.POST or None, parties=list(access.agreement.parties.all()), initial=initial)
    note = _("The judgement is the steering group's (agreement 5 §); the law sets no figure. Reasons tell why.")

    def save() -> Any:
        told = {"values": form.values, "seen": form.cleaned_data["seen"], "by": by, "on": access.day.today}
        return _fresh(form, review, lambda: actions.save_judgements(review=review, **told))

    act = _act(review, _("Judgement by party"), _("The judgements have been saved."), note)
    return _fill_in(request, access, act, form, save)


@require_http_methods(["GET", "POST"])
@acts_once
def review_check(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """How the duties of sections 4-6 were kept."""
    access, review = _draft(request, pk, year)
    by = common.require(permissions.can_prepare_review(access.mandates))
    initial = DutiesForm.initial_of(list(review.dutycheck_set.all())) | {"seen": actions.review_sha256(review)}
    form = DutiesForm(request.POST or None, facts=review.figures["facts"], initial=initial)

    def save() -> Any:
        told = {"values": form.values, "seen": form.cleaned_data["seen"], "by": by, "on": access.day.today}
        return _fresh(form, review, lambda: actions.save_duties(review=review, **told))

    act = _act(review, _("Duties of sections 4–6"), _("The duties have been saved."))
    return _fill_in(request, access, act, form, save)


@require_http_methods(["GET", "POST"])
@acts_once
def remedy_add(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """An action that follows."""
    access, review = _draft(request, pk, year)
    by = common.require(permissions.can_prepare_review(access.mandates))
    form = RemedyForm(request.POST or None)

    def save() -> Any:
        return actions.add_remedy(review=review, by=by, on=access.day.today, **form.cleaned_data)

    return _fill_in(request, access, _act(review, _("Add an action"), _("The action has been saved.")), form, save)


@require_http_methods(["GET", "POST"])
@acts_once
def review_submit(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """Put the review before the group."""
    access, review = _draft(request, pk, year)
    by = common.require(permissions.can_prepare_review(access.mandates))
    told = Decision.objects.filter(party=None, outcome=Decision.Outcome.REJECT)
    reports = access.agreement.matters.filter(kind=Matter.Kind.REPORT).exclude(decisions__in=told)
    initial = {"seen": actions.review_sha256(review)}
    form = SubmitReviewForm(request.POST or None, review=review, reports=list(reports), initial=initial)
    act = _act(
        review,
        _("Put the review before the steering group"),
        _("The review is before the steering group."),
        _("The review cannot be changed after this. It names version %(number)s of Annex 2.")
        % {"number": review.version.number},
    )

    def submit(**_typed: Any) -> Any:
        return _fresh(
            form, review, lambda: actions.submit_review(review=review, by=by, on=access.day.today, **form.values)
        )

    return perform(request, access, act, form, submit, section=SECTION)


@require_GET
def review_pdf(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """The review as an archivable, accessible PDF. It is drawn anew each time: the same source, the same bytes."""
    access = _open_year(request, pk, year)
    found = _visible(access, year)
    if not found:
        raise Http404
    try:
        response = HttpResponse(render_pdf(pdf_source(found[0])), content_type="application/pdf")
    except PdfFailed as failure:
        told = {"agreement": access.agreement, "section": SECTION, "failure": failure, "back": _back(pk, year)}
        return TemplateResponse(request, "staffing/refused.html", told, status=503)
    response["Content-Disposition"] = f'attachment; filename="riittavyys-{year}.pdf"'
    response["Content-Security-Policy"] = "sandbox"
    return response
