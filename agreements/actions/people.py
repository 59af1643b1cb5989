"""Each party lets its own people in."""

from __future__ import annotations

import datetime
import hashlib
import secrets
from collections.abc import Callable

from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements import history, permissions
from agreements.actions.locking import lock_agreement
from agreements.actions.mandates import grant_mandate, stop_mandate
from agreements.history import Newcomer
from agreements.models import Invitation, Mandate, Municipality, Party
from tym.accounts.actions import add_person
from tym.core.errors import NotAllowed, Refused
from tym.core.formats import format_day


def secret_sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


@transaction.atomic
def invite_person(
    *,
    party: Party,
    by: Mandate,
    on: datetime.date,
    email: str,
    name: str,
    capacity: str,
    link: Callable[[str], str],
    may_bind_party: bool = False,
    municipality: Municipality | None = None,
) -> Invitation:
    """Invite a person by e-mail to act for the party. `link` makes the address from the link's secret.

    The mail goes out after the commit; a mail that fails undoes nothing. Raises NotAllowed for an office the
    party does not fill itself, Refused when an open invitation waits already.
    """
    lock_agreement(party.agreement_id)
    mandates = permissions.mandates_of(by.person, party.agreement_id, on)
    by = permissions.require(permissions.can_manage_people(mandates, party))
    _check_invitation(party, email, capacity, municipality, on)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        party=party,
        email=email.strip().lower(),
        name=name.strip(),
        capacity=capacity,
        municipality=municipality,
        may_bind_party=may_bind_party,
        secret_sha256=secret_sha256(secret),
        invited_by=by,
        expires_on=on + datetime.timedelta(days=Invitation.DAYS_OPEN),
    )
    history.save(invitation, by=by, reason="invited")
    address = link(secret)
    transaction.on_commit(lambda: _send(invitation, address), robust=True)
    return invitation


def _check_invitation(
    party: Party, email: str, capacity: str, municipality: Municipality | None, on: datetime.date
) -> None:
    if capacity not in permissions.GIVEN_BY_PARTY:
        raise NotAllowed(_("A party does not fill this office by itself."))
    if capacity == Mandate.Capacity.MUNICIPAL_CONTACT and municipality is None:
        raise Refused(_("Name the municipality of the contact person."))
    waiting = party.invitations.filter(email__iexact=email, capacity=capacity, mandate=None, cancelled_at=None)
    if waiting.filter(expires_on__gte=on).exists():
        raise Refused(_("An invitation to this address is open already. Cancel it first."))


def _send(invitation: Invitation, address: str) -> None:
    told = {
        "name": invitation.name,
        "inviter": str(invitation.invited_by),
        "agreement": invitation.party.agreement.title,
        "capacity": invitation.get_capacity_display(),
        "address": address,
        "day": format_day(invitation.expires_on),
    }
    body = _(
        "Hello %(name)s,\n\n%(inviter)s invites you to the service where this agreement is kept:\n%(agreement)s\n\n"
        "Your office there: %(capacity)s.\n\nAccept the invitation here; the link works once and until %(day)s:\n"
        "%(address)s\n"
    )
    send_mail(_("Invitation to keep a TYM agreement"), body % told, None, [invitation.email])


@transaction.atomic
def cancel_invitation(*, invitation: Invitation, by: Mandate, on: datetime.date) -> Invitation:
    """Take back an invitation that has not been used."""
    lock_agreement(invitation.party.agreement_id)
    invitation = Invitation.objects.select_related("party").get(pk=invitation.pk)
    mandates = permissions.mandates_of(by.person, invitation.party.agreement_id, on)
    by = permissions.require(permissions.can_manage_people(mandates, invitation.party))
    if invitation.mandate_id or invitation.cancelled_at:
        raise Refused(_("The invitation has been used or cancelled already."))
    invitation.cancelled_at = timezone.now()
    history.save(invitation, by=by, reason="cancelled", fields=["cancelled_at"])
    return invitation


@transaction.atomic
def accept_invitation(*, secret: str, on: datetime.date, password: str | None = None) -> Mandate:
    """Turn an open invitation into a mandate, once. A newcomer gets the password she chose.

    Raises Refused when the link is unknown, used, cancelled or past its last day.
    """
    found = Invitation.objects.select_related("party__agreement").filter(secret_sha256=secret_sha256(secret)).first()
    if found is None:
        raise Refused(_("The invitation is not open any more. Ask for a new one."))
    lock_agreement(found.party.agreement_id)
    invitation = Invitation.objects.select_related("party__agreement", "invited_by").get(pk=found.pk)
    if not invitation.is_open(on):
        raise Refused(_("The invitation is not open any more. Ask for a new one."))
    person = add_person(name=invitation.name, email=invitation.email, password=password)
    mandate = grant_mandate(
        agreement=invitation.party.agreement,
        person=person,
        capacity=invitation.capacity,
        party=invitation.party,
        municipality=invitation.municipality,
        may_bind_party=invitation.may_bind_party,
        valid_from=on,
        by=Newcomer(person),
    )
    invitation.mandate = mandate
    history.save(invitation, by=Newcomer(person), reason="accepted", fields=["mandate"])
    return mandate


@transaction.atomic
def end_own_mandate(*, mandate: Mandate, by: Mandate, on: datetime.date, last_day: datetime.date) -> Mandate:
    """A main user ends a mandate of her own party's person; at least one main user per party stays."""
    party = _own_party(mandate, by, on)
    if last_day < on:
        raise Refused(_("A mandate is not ended afterwards: the last day is today or later."))
    others = party.mandates.filter(capacity=Mandate.Capacity.MAIN_USER, valid_to=None).exclude(pk=mandate.pk)
    if mandate.capacity == Mandate.Capacity.MAIN_USER and not others.exists():
        raise Refused(_("At least one main user per party stays. Name another one first."))
    return stop_mandate(mandate, last_day=last_day, by=by)


@transaction.atomic
def set_binding(*, mandate: Mandate, by: Mandate, on: datetime.date, may_bind_party: bool) -> Mandate:
    """A main user says whether the person's proposal or consent is the party's."""
    _own_party(mandate, by, on)
    mandate = Mandate.objects.get(pk=mandate.pk)
    mandate.may_bind_party = may_bind_party
    history.save(mandate, by=by, reason="binding", fields=["may_bind_party"])
    return mandate


def _own_party(mandate: Mandate, by: Mandate, on: datetime.date) -> Party:
    """The party whose main user `by` is, when the mandate is one that the party gives itself."""
    lock_agreement(mandate.agreement_id)
    if mandate.party is None or mandate.capacity not in permissions.GIVEN_BY_PARTY:
        raise NotAllowed(_("A party does not fill this office by itself."))
    mandates = permissions.mandates_of(by.person, mandate.agreement_id, on)
    permissions.require(permissions.can_manage_people(mandates, mandate.party))
    return mandate.party
