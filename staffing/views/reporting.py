"""Where figures are told: a party's own, its vacancies, the common counts, limits for the group."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from agreements import permissions as common
from agreements.access import Access, open_agreement
from agreements.models import Municipality, Party
from agreements.views.acts import Act, perform
from staffing import actions, permissions
from staffing.forms.realised import CountsForm, RealisedForm, SettingsForm, VacancyForm, WithdrawForm
from staffing.models import Vacancy
from staffing.periods import Period
from staffing.state import days_in_words, period_in_words
from tym.core.errors import Stale
from tym.core.once import acts_once

VACANCY = ("title", "person_years", "first_day", "last_day", "substitute_person_years", "substitute_from", "note")


def _period(code: str, access: Access) -> Period:
    """The month or quarter in the address; one that is not over, or not of the agreement, is no address."""
    try:
        period = Period.parse(code)
    except ValueError:
        raise Http404 from None
    if period.last > access.day.today or period.last < access.agreement.valid_from:
        raise Http404
    return period


def _party(access: Access, order: int) -> Party:
    party = access.agreement.parties.filter(order=order).first()
    if party is None:
        raise Http404
    party.agreement = access.agreement
    return party


def _back(access: Access, year: int | None = None) -> str:
    address = reverse("staffing:figures_detail", args=[access.agreement.pk])
    return f"{address}?vuosi={year}" if year else address


def _fresh(form: Form, revision: Callable[[], int], do: Callable[[], Any]) -> Any:
    """Acts; when somebody saved first, the form goes on from what is stored now and keeps what was typed."""
    try:
        return do()
    except Stale:
        form.data = {**form.data.dict(), "revision": revision()}  # type: ignore[attr-defined]
        raise


@require_http_methods(["GET", "POST"])
@acts_once
def realised_edit(request: HttpRequest, pk: int, order: int, code: str) -> HttpResponse:
    """A party's own figures of a quarter or month, when they differ from what was agreed."""
    access = open_agreement(request, pk)
    party, period = _party(access, order), _period(code, access)
    by = common.require(permissions.can_report_staff(access.mandates, party))
    rows = party.realised_staffing.filter(first_day=period.first, last_day=period.last)
    stored = rows.first()
    start: dict[str, Any] = {"revision": stored.revision if stored else 0}
    if stored:
        start |= {"persons": stored.persons, "person_years": stored.person_years, "note": stored.note}
    form = RealisedForm(request.POST or None, initial=start)
    act = Act(
        title=_("Realised staff, %(period)s") % {"period": period_in_words(period)},
        lead=f"{party.short_name}, {access.agreement.short_title}",
        back=_back(access, period.year),
        done=_("The figures have been saved."),
        note=_("%(days)s. Earlier figures stay in the history.") % {"days": days_in_words(period)},
    )

    def save(**values: Any) -> Any:
        told = {"party": party, "period": period, "by": by, "on": access.day.today, **values}
        return _fresh(form, lambda: rows.get().revision, lambda: actions.save_realised(**told))

    return perform(request, access, act, form, save, section="staffing")


@require_http_methods(["GET", "POST"])
@acts_once
def vacancy_add(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """A post of the party that nobody fills, and who stands in."""
    access = open_agreement(request, pk)
    party = _party(access, order)
    by = common.require(permissions.can_report_staff(access.mandates, party))
    form = VacancyForm(request.POST or None, initial={"revision": 0})
    act = Act(
        title=_("Add vacancy"),
        lead=f"{party.short_name}, {access.agreement.short_title}",
        back=_back(access),
        done=_("The vacancy has been saved."),
        note=_("The parties see to the service by substitutes when needed (agreement 4 §)."),
    )

    def save(revision: int, **values: Any) -> Any:
        told = actions.VacancyInput(**values)
        return actions.save_vacancy(party=party, values=told, by=by, on=access.day.today)

    return perform(request, access, act, form, save, section="staffing")


def _vacancy(access: Access, pk: int) -> Vacancy:
    held = Vacancy.objects.filter(party__agreement=access.agreement, withdrawn=False).select_related("party")
    vacancy = held.filter(pk=pk).first()
    if vacancy is None:
        raise Http404
    return vacancy


@require_http_methods(["GET", "POST"])
@acts_once
def vacancy_edit(request: HttpRequest, pk: int, vacancy_pk: int) -> HttpResponse:
    """Put a vacancy right: it ended, or somebody stands in."""
    access = open_agreement(request, pk)
    vacancy = _vacancy(access, vacancy_pk)
    by = common.require(permissions.can_report_staff(access.mandates, vacancy.party))
    start = {name: getattr(vacancy, name) or None for name in VACANCY} | {"revision": vacancy.revision}
    form = VacancyForm(request.POST or None, initial=start)
    act = Act(
        title=_("Edit vacancy"),
        lead=f"{vacancy.party.short_name}: {vacancy.title} ({vacancy.pk})",
        back=_back(access),
        done=_("The vacancy has been saved."),
        note=_("Earlier figures stay in the history."),
    )

    def save(revision: int, **values: Any) -> Any:
        told = {"values": actions.VacancyInput(**values, line_key=vacancy.line_key), "revision": revision}
        return _fresh(
            form,
            lambda: _vacancy(access, vacancy_pk).revision,
            lambda: actions.save_vacancy(
                party=vacancy.party,
                by=by,
                on=access.day.today,
                vacancy=vacancy,
                **told,  # type: ignore[arg-type]
            ),
        )

    return perform(request, access, act, form, save, section="staffing")


@require_http_methods(["GET", "POST"])
@acts_once
def vacancy_withdraw(request: HttpRequest, pk: int, vacancy_pk: int) -> HttpResponse:
    """A vacancy entered by mistake."""
    access = open_agreement(request, pk)
    vacancy = _vacancy(access, vacancy_pk)
    by = common.require(permissions.can_report_staff(access.mandates, vacancy.party))
    form = WithdrawForm(request.POST or None, initial={"revision": vacancy.revision})
    act = Act(
        title=_("Remove a vacancy entered by mistake"),
        lead=f"{vacancy.party.short_name}: {vacancy.title} ({vacancy.pk})",
        back=_back(access),
        done=_("The vacancy has been removed."),
        note=_("It stays in the history. A vacancy that has ended gets its last day instead."),
    )

    def withdraw(revision: int) -> Any:
        return actions.withdraw_vacancy(vacancy=vacancy, revision=revision, by=by, on=access.day.today)

    return perform(request, access, act, form, withdraw, section="staffing")


@require_http_methods(["GET", "POST"])
@acts_once
def counts_edit(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Counts of clients of a quarter or month, for all parties."""
    access = open_agreement(request, pk)
    period = _period(code, access)
    by = common.require(permissions.can_enter_counts(access.mandates))
    rows = access.agreement.client_counts.filter(first_day=period.first, last_day=period.last)
    stored = rows.first()
    start: dict[str, Any] = {"revision": 0}
    if stored:
        start = {name: getattr(stored, name) for name in (*actions.COUNTS, "note", "revision")}
        start |= {f"place_{place.municipality_id}": place.clients for place in stored.municipalities.all()}
    form = CountsForm(request.POST or None, initial=start, area=_area(access))
    act = Act(
        title=_("Client counts, %(period)s") % {"period": period_in_words(period)},
        lead=access.agreement.short_title,
        back=_back(access, period.year),
        done=_("The counts have been saved."),
        note=_("%(days)s. Only counts: nothing about one client.") % {"days": days_in_words(period)},
    )

    def save(revision: int, note: str, **values: Any) -> Any:
        told: dict[str, Any] = {"agreement": access.agreement, "period": period, "by": by, "on": access.day.today}
        told |= {"note": note, "values": form.values, "municipalities": form.places, "revision": revision}
        return _fresh(form, lambda: rows.get().revision, lambda: actions.save_counts(**told))

    return perform(request, access, act, form, save, section="staffing")


def _area(access: Access) -> list[Municipality]:
    places = access.agreement.area.select_related("municipality").order_by("municipality__name")
    return [place.municipality for place in places]


@require_http_methods(["GET", "POST"])
@acts_once
def settings_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put limits and readings of figures before the steering group."""
    access = open_agreement(request, pk)
    by = common.require(permissions.can_propose_limits(access.mandates))
    form = SettingsForm(request.POST or None, initial={"valid_from": access.day.today})
    act = Act(
        title=_("Propose limits and readings"),
        lead=access.agreement.short_title,
        back=_back(access),
        done=_("The matter waits for the steering group. It holds when the group has approved it."),
        note=_("The law sets no limit; the steering group judges, and may set its own (act 381/2023 9 §)."),
    )

    def propose(**values: Any) -> Any:
        day = values["valid_from"]
        return actions.propose_settings(
            agreement=access.agreement, values=form.values, valid_from=day, by=by, on=access.day.today
        )

    return perform(request, access, act, form, propose, section="staffing")
