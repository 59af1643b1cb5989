"""Validity of the agreement: the parties' yearly review, ending it, and what is missing of it (12 §)."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements import actions, completeness, lasting, permissions
from agreements.access import Access, open_agreement
from agreements.forms.lasting import OutcomeForm, ReviewDueForm, StatementForm, TerminationForm
from agreements.models import Party, Reading
from agreements.validity import signed_of, validity_of
from agreements.views.acts import Act, perform
from tym.core.once import acts_once


def _address(access: Access) -> str:
    return reverse("agreements:lasting_detail", args=[access.agreement.pk])


def party_of(access: Access, order: int) -> Party:
    party = access.agreement.parties.filter(order=order).first()
    if party is None:
        raise Http404
    return party


@require_GET
def lasting_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """How long the agreement lasts: reviews by the parties, its end, disputes; for preparers what is missing."""
    access = open_agreement(request, pk)
    agreement, mandates, today = access.agreement, access.mandates, access.day.today
    ending = lasting.termination_of(agreement)
    parties = list(agreement.parties.all())
    context = {
        "agreement": agreement,
        "section": "agreement",
        "validity": validity_of(agreement, today, signed_of([agreement], today).get(agreement.pk)),
        "may_enter_original": permissions.can_enter_original(mandates),
        "ending": ending,
        "told_end": lasting.told_end(ending) if ending else "",
        "related": list(agreement.related.select_related("record", "end", "replaced_by", "mandate__person")),
        "may_relate": permissions.can_relate(mandates),
        "due_set": _due_told(lasting.due_set(agreement, today)),
        "may_propose_due": permissions.can_conclude_review(mandates),
        "reviews": [_review(one, mandates) for one in lasting.standings(agreement, today)],
        "may_read_disputes": permissions.can_read_disputes(mandates),
        "disputes": lasting.disputes_of(agreement),
        "may_dispute": [party for party in parties if permissions.can_open_dispute(mandates, party)],
        "may_terminate": [party for party in parties if not ending and permissions.can_terminate(mandates, party)],
        "check": completeness.look(agreement, today) if permissions.can_conclude_review(mandates) else None,
    }
    return TemplateResponse(request, "agreements/lasting_detail.html", context)


def _due_told(reading: Reading | None) -> str:
    """Until which day of a year the agreement is reviewed, and on what that rests."""
    if reading is None:
        told = {"day": lasting.REVIEW_DUE_DEFAULT}
        return _("Each year is reviewed by %(day)s (agreement 12 §; nobody has decided another day).") % told
    decision = next(d for d in reading.matter.decisions.all() if d.party_id is None and d.outcome == "approve")
    told = {**decision.told, "day": reading.value, "decided": decision.told["decided_on"]}
    return _("Each year is reviewed by %(day)s (%(organ)s %(decided)s § %(section)s).") % told


def _review(standing: lasting.Standing, mandates: permissions.Mandates) -> dict[str, Any]:
    is_open = standing.outcome is None
    may_state = [party for party in standing.missing if is_open and permissions.can_state_review(mandates, party)]
    may_conclude = is_open and not standing.missing and permissions.can_conclude_review(mandates) is not None
    return {"it": standing, "may_state": may_state, "may_conclude": may_conclude}


def _year_of(access: Access, year: int) -> lasting.Standing:
    if year not in lasting.years_of(access.agreement, access.day.today):
        raise Http404
    return lasting.standing_of(access.agreement, year, access.day.today)


@require_http_methods(["GET", "POST"])
@acts_once
def review_state(request: HttpRequest, pk: int, year: int, order: int) -> HttpResponse:
    """A party's statement in the review of the year."""
    access = open_agreement(request, pk)
    party = party_of(access, order)
    by = permissions.require(permissions.can_state_review(access.mandates, party))
    _year_of(access, year)
    act = Act(
        title=_("State in the yearly review"),
        lead=f"{party.short_name}, {year}",
        back=_address(access),
        done=_("The party's statement has been recorded."),
        note=_("The statement stays as it is and every party sees it (agreement 12 §)."),
    )
    told: dict[str, Any] = {"party": party, "year": year, "by": by, "on": access.day.today}
    form = StatementForm(request.POST or None)
    return perform(request, access, act, form, lambda **v: actions.state_review(**told, **v), section="agreement")


@require_http_methods(["GET", "POST"])
@acts_once
def review_conclude(request: HttpRequest, pk: int, year: int) -> HttpResponse:
    """What came of the review of the year."""
    access = open_agreement(request, pk)
    by = permissions.require(permissions.can_conclude_review(access.mandates))
    standing = _year_of(access, year)
    stated = "; ".join(
        f"{one.party.short_name}: {one.get_outcome_display()}{f' ({one.said})' if one.said else ''}"
        for one in standing.statements
    )
    act = Act(
        title=_("Record the outcome of the yearly review"),
        lead=str(year),
        back=_address(access),
        done=_("The outcome of the review has been recorded. The matter can be put on the group's agenda to be noted."),
        note=stated or _("No party has stated yet."),
    )
    told: dict[str, Any] = {"agreement": access.agreement, "year": year, "by": by, "on": access.day.today}
    form = OutcomeForm(request.POST or None)
    return perform(request, access, act, form, lambda **v: actions.conclude_review(**told, **v), section="agreement")


@require_http_methods(["GET", "POST"])
@acts_once
def review_due_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Put the due day of the yearly review before the group."""
    access = open_agreement(request, pk)
    by = permissions.require(permissions.can_conclude_review(access.mandates))
    act = Act(
        title=_("Propose a due day for the yearly review"),
        lead=access.agreement.short_title,
        back=_address(access),
        done=_("The matter waits for the steering group. It holds when the group has approved it."),
        note=_(
            "The agreement says only that it is reviewed yearly (12 §). Without a decision the year's last day holds."
        ),
    )
    form = ReviewDueForm(request.POST or None, initial={"valid_from": access.day.today})
    told: dict[str, Any] = {"agreement": access.agreement, "by": by, "on": access.day.today}
    return perform(request, access, act, form, lambda **v: actions.propose_review_due(**told, **v), section="agreement")


@require_http_methods(["GET", "POST"])
@acts_once
def agreement_terminate(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """A party's own decision that ends the agreement, from its extract."""
    access = open_agreement(request, pk)
    party = party_of(access, order)
    by = permissions.require(permissions.can_terminate(access.mandates, party))
    act = Act(
        title=_("Record a termination"),
        lead=f"{party.short_name}: {access.agreement}",
        back=_address(access),
        done=_("The termination has been recorded. Every party sees the last day of force."),
        note=_(
            "When you confirm, the last day you give becomes the agreement's last day of force, and every party sees "
            "the decision with its extract. After that day the agreement is shown as ended, its years are no longer "
            "reviewed and no staff is counted, and retention times that begin from the end of the agreement begin. "
            "Nothing is deleted, and those who hold a mandate go on reading. The agreement has no clause on "
            "termination and no notice period, so this service does not judge whether the day is possible. The "
            "entry cannot be taken back here."
        ),
    )
    form = TerminationForm(request.POST or None, request.FILES or None)
    told: dict[str, Any] = {"party": party, "by": by, "on": access.day.today}
    return perform(
        request, access, act, form, lambda **v: actions.terminate_agreement(**told, **v), section="agreement"
    )
