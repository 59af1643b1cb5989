"""People of an agreement: who may what on which ground, and each party letting its own people in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from agreements import actions, permissions
from agreements.access import Access, open_agreement
from agreements.actions.parties import DETAILS, details_sha256, opened_details
from agreements.forms.people import BindForm, EndForm, InviteForm, NameForm, PartyForm
from agreements.grounds import grounds
from agreements.models import Correction, Invitation, Mandate, Municipality, Organisation, Party, Signatory
from agreements.openings import Versions, saved
from agreements.views.acts import Act, corrections_told, perform
from tym.core.once import acts_once

Capacity = Mandate.Capacity
# What an office gives the right to, with its ground. Said to people; permissions.py is what enforces.
RIGHTS = {
    Capacity.LIAISON: gettext_lazy("keeps the party's own rows and proposes for it (8 §)"),
    Capacity.MAIN_USER: gettext_lazy("keeps the party's own rows and lets its people in"),
    Capacity.COORDINATOR: gettext_lazy("prepares, records decisions and what a party has told in writing (7 §)"),
    Capacity.STAND_IN: gettext_lazy("the same as the coordinator, in her place (7 §)"),
    Capacity.SECRETARY: gettext_lazy("records decisions"),
    Capacity.CHAIR: gettext_lazy("reads, and confirms corrections (7 §)"),
    Capacity.VICE_CHAIR: gettext_lazy("reads, and confirms corrections (7 §)"),
    Capacity.MUNICIPAL_CONTACT: gettext_lazy("reads what is in force (8 §)"),
}
READS = gettext_lazy("reads the agreement and its changes")


@require_GET
def people_list(request: HttpRequest, pk: int) -> HttpResponse:
    """Who may what, on which ground, by party; the main user's own tools for her own party."""
    access = open_agreement(request, pk)
    held = list(
        access.agreement.mandates.select_related("person", "party", "municipality").order_by("valid_from", "pk")
    )
    shown = _shown(access, held)
    told = grounds(access.agreement, shown)
    rows: dict[int | None, list[dict[str, Any]]] = defaultdict(list)
    for mandate in shown:
        rows[mandate.party_id].append(_row(access, mandate, told[mandate.pk]))
    parties = list(access.agreement.parties.all())
    waiting = _waiting(access, parties)
    context = {
        "agreement": access.agreement,
        "section": "people",
        "groups": [
            _group(access, party, held) | {"rows": rows[party.pk], "invitations": waiting[party.pk]}
            for party in parties
        ],
        "common": rows[None],
    }
    return TemplateResponse(request, "agreements/people_list.html", context)


def _shown(access: Access, held: list[Mandate]) -> list[Mandate]:
    """All; to a municipal contact who holds an office today, as on the agreement's own page: not who else reads."""
    if any(mandate.capacity != Capacity.MUNICIPAL_CONTACT for mandate in access.mandates):
        return held
    reading = (Capacity.READER, Capacity.AUDITOR)
    return [mandate for mandate in held if mandate.holds(access.day.today) and mandate.capacity not in reading]


def _group(access: Access, party: Party, held: list[Mandate]) -> dict[str, Any]:
    """A party: whether the reader keeps its people, and whether anybody may bind it today, or who can let somebody."""
    today = [mandate for mandate in held if mandate.party_id == party.pk and mandate.holds(access.day.today)]
    return {
        "party": party,
        "manages": permissions.can_manage_people(access.mandates, party) is not None,
        "may_be_bound": any(mandate.may_bind_party for mandate in today),
        "main_users": [mandate.person.name for mandate in today if mandate.capacity == Capacity.MAIN_USER],
    }


def _row(access: Access, mandate: Mandate, ground: str) -> dict[str, Any]:
    today, party = access.day.today, mandate.party
    manages = party is not None and permissions.can_manage_people(access.mandates, party) is not None
    return {
        "mandate": mandate,
        "ground": ground,
        # Her own people's addresses are the main user's business, nobody else's.
        "email": mandate.person.email if manages else None,
        "right": RIGHTS.get(Capacity(mandate.capacity), READS),
        "in_force": mandate.holds(today),
        "ended": mandate.valid_to is not None and mandate.valid_to < today,
        "may_change": manages and mandate.capacity in permissions.GIVEN_BY_PARTY and mandate.holds(today),
    }


def _waiting(access: Access, parties: list[Party]) -> dict[int, list[dict[str, Any]]]:
    """By party: invitations of the main user's own party that wait, or have expired and were not made again."""
    own = [party for party in parties if permissions.can_manage_people(access.mandates, party)]
    latest: dict[tuple[Any, ...], Invitation] = {}
    for invitation in Invitation.objects.filter(party__in=own).order_by("-invited_at", "-pk"):
        who = (invitation.party_id, invitation.email, invitation.capacity, invitation.municipality_id)
        latest.setdefault(who, invitation)
    found: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for invitation in latest.values():
        if invitation.mandate_id is None and invitation.cancelled_at is None:
            expired = not invitation.is_open(access.day.today)
            found[invitation.party_id].append({"invitation": invitation, "expired": expired})
    return found


def _own_party(request: HttpRequest, pk: int, order: int) -> tuple[Access, Party]:
    access = open_agreement(request, pk)
    party = access.agreement.parties.select_related("organisation").named_on(access.day.on).filter(order=order).first()
    if party is None:
        raise Http404
    return access, party


@require_http_methods(["GET", "POST"])
@acts_once
def person_invite(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """Invite a person to act for the party; the link goes by e-mail."""
    access, party = _own_party(request, pk, order)
    by = permissions.require(permissions.can_manage_people(access.mandates, party))
    act = Act(
        title=_("Invite a person"),
        lead=party.short_name,
        back=reverse("agreements:people_list", args=[pk]),
        done=_("The invitation has been made."),
        note=_("The link in the e-mail works once and for %(days)s days.") % {"days": Invitation.DAYS_OPEN},
    )

    def link(secret: str) -> str:
        return request.build_absolute_uri(reverse("agreements:invitation_open", args=[secret]))

    def invite(**values: Any) -> None:
        invitation = actions.invite_person(party=party, by=by, on=access.day.today, link=link, **values)
        if invitation.mail_failed:
            told = {"email": invitation.email}
            messages.error(
                request, _("The mail to %(email)s was not sent. Cancel the invitation and invite again.") % told
            )

    area = Municipality.objects.filter(pk__in=access.agreement.area.values("municipality"))
    return perform(
        request,
        access,
        act,
        InviteForm(request.POST or None, party=party, area=area),
        invite,
        section="people",
    )


@require_POST
@acts_once
def invitation_cancel(request: HttpRequest, pk: int, invitation_pk: int) -> HttpResponse:
    """Take back an invitation that has not been used."""
    access = open_agreement(request, pk)
    invitations = Invitation.objects.select_related("party").filter(party__agreement=access.agreement)
    invitation = invitations.filter(pk=invitation_pk).first()
    if invitation is None:
        raise Http404
    by = permissions.require(permissions.can_manage_people(access.mandates, invitation.party))
    actions.cancel_invitation(invitation=invitation, by=by, on=access.day.today)
    messages.success(request, _("The invitation has been cancelled."))
    return redirect("agreements:people_list", pk)


def _own_mandate(request: HttpRequest, pk: int, mandate_pk: int) -> tuple[Access, Mandate, Mandate]:
    """A mandate of the main user's own party, and the mandate on which she acts."""
    access = open_agreement(request, pk)
    mandates = access.agreement.mandates.select_related("party", "person", "municipality")
    mandate = mandates.filter(pk=mandate_pk, party__isnull=False).first()
    if mandate is None or mandate.party is None:
        raise Http404
    return access, mandate, permissions.require(permissions.can_manage_people(access.mandates, mandate.party))


@require_http_methods(["GET", "POST"])
@acts_once
def mandate_end(request: HttpRequest, pk: int, mandate_pk: int) -> HttpResponse:
    """End a mandate of the own party's person."""
    access, mandate, by = _own_mandate(request, pk, mandate_pk)
    act = Act(
        title=_("End the mandate"),
        lead=str(mandate),
        back=reverse("agreements:people_list", args=[pk]),
        done=_("The mandate has been ended."),
        note=_("The right holds to the end of the last day."),
    )
    return perform(
        request,
        access,
        act,
        EndForm(request.POST or None, initial={"last_day": access.day.today}),
        lambda **values: actions.end_own_mandate(mandate=mandate, by=by, on=access.day.today, **values),
        section="people",
    )


@require_http_methods(["GET", "POST"])
@acts_once
def mandate_bind(request: HttpRequest, pk: int, mandate_pk: int) -> HttpResponse:
    """Say whether the person's proposal or consent is the party's."""
    access, mandate, by = _own_mandate(request, pk, mandate_pk)
    form = BindForm(request.POST or None, initial={"may_bind_party": not mandate.may_bind_party})
    binds = form.wanted()
    act = Act(
        title=_("May bind the party") if binds else _("May no longer bind the party"),
        lead=str(mandate),
        back=reverse("agreements:people_list", args=[pk]),
        done=_("The change has been recorded."),
        note=_("The proposal or consent of a person who may bind the party is the party's."),
    )
    return perform(
        request,
        access,
        act,
        form,
        lambda **values: actions.set_binding(mandate=mandate, by=by, on=access.day.today, **values),
        section="people",
    )


@require_GET
def party_detail(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """A party: who answers in law, its names with their days, its signatories."""
    access, party = _own_party(request, pk, order)
    context = {
        "agreement": access.agreement,
        "section": "agreement",
        "party": party,
        "names": list(party.organisation.names.all()),
        "signatories": [_signatory(access, signatory) for signatory in _signatories(party)],
        "may_edit": permissions.can_edit_party(access.mandates, party),
    }
    return TemplateResponse(request, "agreements/party_detail.html", context)


def _signatories(party: Party) -> QuerySet[Signatory]:
    corrections = Correction.objects.select_related("made_by", "signatory")
    return party.signatories.prefetch_related(Prefetch("corrections", corrections))


def _signatory(access: Access, signatory: Signatory) -> dict[str, Any]:
    return {
        "signatory": signatory,
        "corrections": corrections_told(access.mandates, signatory.corrections.all()),
        "may_correct": permissions.can_correct_day(access.mandates, signatory),
    }


@require_http_methods(["GET", "POST"])
def party_edit(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """The party's own people keep its details."""
    access, party = _own_party(request, pk, order)
    by = permissions.require(permissions.can_edit_party(access.mandates, party))
    initial = {name: getattr(party.organisation, name) for name in DETAILS}
    initial["ground"] = details_sha256(party.organisation)
    act = _party_act(party, _("Edit the details of the party"))
    return perform(
        request,
        access,
        replace(act, again=lambda form: _details_again(party, form)),
        PartyForm(request.POST or None, initial=initial),
        lambda **values: actions.save_party_details(party=party, by=by, on=access.day.today, **values),
        section="agreement",
    )


def _details_again(party: Party, form: Any) -> tuple[Versions, PartyForm]:
    """The details as they were, are and were typed; the form as it was typed, now starting from the stored ones."""
    organisation = Organisation.objects.get(pk=party.organisation_id)
    opened = opened_details(organisation, form.cleaned_data["ground"])
    versions = Versions(
        organisation.name, opened, organisation, form.cleaned_data, saved(organisation), opened is not None
    )
    again = PartyForm({**form.data.dict(), "ground": details_sha256(organisation)})
    again.is_valid()
    return versions, again


@require_http_methods(["GET", "POST"])
@acts_once
def party_rename(request: HttpRequest, pk: int, order: int) -> HttpResponse:
    """A new name from a day on."""
    access, party = _own_party(request, pk, order)
    by = permissions.require(permissions.can_edit_party(access.mandates, party))
    return perform(
        request,
        access,
        _party_act(party, _("Give a new name from a day on")),
        NameForm(request.POST or None),
        lambda **values: actions.rename_organisation(party=party, by=by, on=access.day.today, **values),
        section="agreement",
    )


def _party_act(party: Party, title: str) -> Act:
    back = reverse("agreements:party_detail", args=[party.agreement_id, party.order])
    return Act(title=title, lead=party.organisation.name, back=back, done=_("The details have been saved."))
