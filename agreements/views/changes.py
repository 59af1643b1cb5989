"""Changes: the list, the page of one, and what is done to it after it has been proposed."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements import actions, completeness, contents, permissions, timeline
from agreements.access import Access, open_agreement, open_change
from agreements.consents import with_consents
from agreements.forms.changes import DecisionForm
from agreements.models import Change, Consent, Decision, Document, Mandate, Matter, Party, SigningRound
from agreements.models.parties import corrected_day
from agreements.rivals import rivals_of
from agreements.rounds import rounds_of
from agreements.stages import life_of, tell_stages
from agreements.views.acts import corrections_told
from tym.core.errors import Refused
from tym.core.once import acts_once

ORGAN = "Johtoryhmä"


@require_GET
def change_list(request: HttpRequest, pk: int) -> HttpResponse:
    """All changes of the agreement that the person may see, open ones first."""
    access = open_agreement(request, pk)
    changes = (
        Change.objects.visible_to(request.user, access.day.today)  # type: ignore[arg-type]
        .filter(matter__agreement=access.agreement)
        .exclude(matter__kind=Matter.Kind.ORIGINAL)
        .select_related("matter", "party")
        .order_by("-pk")
    )
    cards = with_consents(changes, access.mandates)
    tell_stages(change for change, _consents in cards)
    context = {
        "agreement": access.agreement,
        "section": "changes",
        "open": [card for card in cards if card[0].is_open],
        "ended": [card for card in cards if not card[0].is_open],
    }
    return TemplateResponse(request, "agreements/change_list.html", context)


def strip(
    change: Change, documents: list[contents.DocumentChange], consents: list[Consent], today: datetime.date
) -> list[dict[str, Any]]:
    """Which parties have said yes to the change, and who could for those that have not."""
    given = {consent.party_id: consent for consent in consents if consent.sha256 == change.sha256}
    parties = contents.parties_concerned(documents)
    may_bind = Mandate.objects.in_force(today).filter(
        party__in=[party for party in parties if party.pk not in given], may_bind_party=True
    )
    people: dict[int | None, list[str]] = {}
    for mandate in may_bind.select_related("person"):
        people.setdefault(mandate.party_id, []).append(mandate.person.name)
    return [{"party": party, "consent": given.get(party.pk), "people": people.get(party.pk, [])} for party in parties]


def change_context(access: Access, change: Change) -> dict[str, Any]:
    """All that the page of a change shows."""
    documents = contents.document_changes(change)
    matter = change.matter
    consents = list(matter.consents.select_related("party", "mandate__person", "mandate__party"))
    made = matter.decisions.select_related("party", "mandate__person", "mandate__party")
    decisions = list(made.prefetch_related("corrections__made_by", "corrections__decision"))
    parties = strip(change, documents, consents, access.day.today)
    is_of_text = matter.kind == Matter.Kind.AMENDMENT
    of_agreement = list(access.agreement.parties.all()) if is_of_text else []
    mandates = access.mandates
    return {
        "agreement": access.agreement,
        "section": "changes",
        "change": change,
        "matter": matter,
        "documents": [(touched, touched.compared()) for touched in documents],
        "editors": _editors(change, documents),
        "collisions": [(touched, touched.collisions) for touched in documents if touched.collisions],
        "strip": parties,
        "arrival": _arrival(access, change),
        "missing": [row["party"] for row in parties if row["consent"] is None],
        "decisions": [_told(mandates, decision) for decision in decisions],
        "own_decisions": _own_decisions(access, change, decisions, of_agreement),
        "life": life_of(change, of_agreement, decisions, mandates),
        "rivals": rivals_of(change, documents) if is_of_text else [],
        "rewords": actions.negotiated_wording(change) if is_of_text and change.state == Change.State.DRAFT else None,
        "check": _check(access, change, documents) if is_of_text else None,
        "meanwhile": contents.decided_meanwhile(change),
        "coming": _coming(documents, access.day.today),
        "may_revoke": permissions.can_revoke(mandates, change, access.day.today),
        **(signing := signing_context(mandates, change)),
        "events": timeline.events(change, consents, decisions, signing["rounds"]),
        **_acts_of(mandates, change),
        "amendments": change.amendments.filter(state=Change.State.ADOPTED) if change.state == "amended" else (),
        "may_consent": [row["party"] for row in parties if _may_still_consent(mandates, change, row)],
        "decidable": matter.kind == Matter.Kind.ANNEX_UPDATE,
    }


def _check(access: Access, change: Change, documents: list[contents.DocumentChange]) -> dict[str, object] | None:
    """What the agreement would lack with the change in it, as long as that can be mended before it is signed."""
    day = max(access.day.today, change.wanted_from or access.day.today)
    return completeness.look(access.agreement, day, documents) if change.is_open else None


def _acts_of(mandates: permissions.Mandates, change: Change) -> dict[str, Any]:
    """What the reader may do with the change as it stands."""
    return {
        "may_edit": permissions.can_edit(mandates, change),
        "may_amend": permissions.can_amend(mandates, change),
        "may_redraft": permissions.can_redraft(mandates, change),
        "may_decide": permissions.can_decide(mandates, change),
    }


def _editors(change: Change, documents: list[contents.DocumentChange]) -> list[tuple[Document, contents.Content]]:
    """Where the rows of a draft are edited: those it changes, and those that may still be added to its documents."""
    touched = [(one.document, one.content) for one in documents]
    more = [
        (document, content)
        for document in dict.fromkeys(document for document, _content in touched)
        for content in contents.addable(document, change)
        if (document, content) not in touched
    ]
    return touched + more


def signing_context(mandates: permissions.Mandates, change: Change) -> dict[str, Any]:
    """The signing rounds of an amendment, and what they let one do now."""
    amends = change.matter.kind == Matter.Kind.AMENDMENT
    rounds = rounds_of(change) if amends else []
    last = rounds[0].state if rounds else SigningRound.State.INTERRUPTED
    free = last == SigningRound.State.INTERRUPTED
    return {
        "rounds": rounds,
        "may_sign_next": free and permissions.can_open_signing(mandates, change),
        "may_adopt": last == SigningRound.State.COMPLETED and permissions.can_adopt_amendment(mandates, change),
        "may_withdraw": free and permissions.can_withdraw(mandates, change),
    }


def _told(mandates: permissions.Mandates, decision: Decision) -> dict[str, Any]:
    """A decision in words, with its corrections and what the person may do about them."""
    corrections = corrections_told(mandates, decision.corrections.all())
    may_correct = permissions.can_correct(mandates, decision)
    return {"decision": decision, "told": decision.told, "corrections": corrections, "may_correct": may_correct}


def _arrival(access: Access, change: Change) -> dict[str, Any]:
    """The day of the notice on which the change was recorded on a party's behalf, and its corrections."""
    if not change.is_on_behalf:
        return {}
    corrections = change.corrections.select_related("made_by", "change")
    return {
        "day": corrected_day(change.arrived_on, corrections),
        "corrections": corrections_told(access.mandates, corrections),
        "may_correct": permissions.can_correct_day(access.mandates, change),
    }


def _own_decisions(
    access: Access, change: Change, decisions: list[Decision], parties: list[Party]
) -> list[dict[str, Any]]:
    """Each party with its own decision, for a proposal to change the agreement text."""
    if change.matter.kind != Matter.Kind.AMENDMENT:
        return []
    made = {decision.party_id: decision for decision in decisions if decision.sha256 == change.sha256}
    return [
        {
            "party": party,
            "decision": made.get(party.pk),
            "may_decide": party.pk not in made and permissions.can_decide_for(access.mandates, change, party),
        }
        for party in parties
    ]


def _coming(documents: list[contents.DocumentChange], today: datetime.date) -> list[dict[str, Any]]:
    """Rows the change replaces that have been decided but start only later."""
    return [{"row": row, "start": row.version.change.start} for touched in documents for row in touched.coming(today)]


def _may_still_consent(mandates: permissions.Mandates, change: Change, row: dict[str, Any]) -> bool:
    return row["consent"] is None and permissions.can_consent(mandates, change, row["party"]) is not None


@require_GET
def change_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Before and after, consents, decisions, and what happened."""
    access, change = open_change(request, pk)
    return TemplateResponse(request, "agreements/change_detail.html", change_context(access, change))


@require_http_methods(["GET", "POST"])
@acts_once
def change_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Check, then take the change back."""
    access, change = open_change(request, pk)
    by = permissions.require(permissions.can_withdraw(access.mandates, change))
    if request.method == "POST":
        actions.withdraw_change(change=change, by=by, on=access.day.today)
        messages.success(request, _("The change has been withdrawn."))
        return redirect(change)
    context = {"agreement": access.agreement, "section": "changes", "change": change}
    return TemplateResponse(request, "agreements/change_withdraw.html", context)


@require_POST
@acts_once
def change_redraft(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up again what was returned, rejected or withdrawn."""
    access, change = open_change(request, pk)
    by = permissions.require(permissions.can_redraft(access.mandates, change))
    return redirect(actions.redraft_change(change=change, by=by, on=access.day.today))


@require_POST
@acts_once
def change_amend(request: HttpRequest, pk: int) -> HttpResponse:
    """ "Laadi muutettuna": begin the change that the group approves in the place of the proposal."""
    access, change = open_change(request, pk)
    by = permissions.require(permissions.can_amend(access.mandates, change))
    return redirect(actions.amend_change(change=change, by=by, on=access.day.today))


@require_http_methods(["GET", "POST"])
@acts_once
def change_consent(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Check, then give the party's consent to exactly what is shown."""
    access, change = open_change(request, pk)
    party = change.party
    if party is None or party.order != order:
        party = Party.objects.filter(agreement=access.agreement, order=order).first()
    if party is None:
        raise Http404
    by = permissions.require(permissions.can_consent(access.mandates, change, party))
    if request.method == "POST":
        actions.give_consent(
            change=change, party=party, by=by, on=access.day.today, sha256=request.POST.get("sha256", "")
        )
        messages.success(request, _("The consent has been recorded."))
        return redirect(change)
    context = change_context(access, change) | {"party": party}
    return TemplateResponse(request, "agreements/change_consent.html", context)


@require_http_methods(["GET", "POST"])
@acts_once
def change_decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the steering group's decision: fill in, check, confirm."""
    access, change = open_change(request, pk)
    by = permissions.require(permissions.can_decide(access.mandates, change))
    actions.check_competence(change)
    started = {"sha256": change.sha256, "valid_from": change.wanted_from}
    form = DecisionForm(request.POST or None, today=access.day.today, initial=started)
    context = change_context(access, change) | {"form": form}
    if request.method != "POST" or "edit" in request.POST or not form.is_valid():
        if "edit" in request.POST:
            form.errors.clear()
        return TemplateResponse(request, "agreements/change_decide.html", context)
    if "confirm" not in request.POST:
        context["outcome"] = Decision.Outcome(form.cleaned_data["outcome"]).label
        return TemplateResponse(request, "agreements/change_decide_check.html", context)
    return _decide(request, access, change, form, by, context)


def _decide(
    request: HttpRequest, access: Access, change: Change, form: DecisionForm, by: Mandate, context: dict[str, Any]
) -> HttpResponse:
    try:
        actions.decide_change(change=change, by=by, on=access.day.today, organ=ORGAN, **form.cleaned_data)
    except Refused as refusal:
        context["refusal"] = refusal
        return TemplateResponse(request, "agreements/change_decide.html", context, status=409)
    messages.success(request, _("The decision has been recorded."))
    return redirect(change)
