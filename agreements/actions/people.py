"""Each party lets its own people in."""

from __future__ import annotations

import datetime
import hashlib
import logging
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
from tym.accounts.actions import add_person, find_person
from tym.accounts.models import User
from tym.core.errors import NotAllowed, Refused
from tym.core.formats import format_day

logger = logging.getLogger(__name__)
A_DAY = datetime.timedelta(days=1)


def secret_sha256(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def open_invitation(secret: str, day: datetime.date) -> Invitation | None:
    """The invitation whose link has the secret, if it can still be accepted. All else looks the same: None."""
    found = Invitation.objects.select_related("party__agreement", "invited_by__person", "invited_by__party")
    invitation = found.filter(secret_sha256=secret_sha256(secret)).first()
    return invitation if invitation and invitation.is_open(day) else None


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

    The mail goes out after the commit; one that fails undoes nothing and is told in `mail_failed` of the
    invitation. Raises NotAllowed for an office the party does not fill itself, Refused when the office is taken
    or an open invitation waits already.
    """
    lock_agreement(party.agreement_id)
    mandates = permissions.mandates_of(by.person, party.agreement_id, on)
    by = permissions.require(permissions.can_manage_people(mandates, party))
    municipality = municipality if capacity == Mandate.Capacity.MUNICIPAL_CONTACT else None
    _check_invitation(party, on, email, capacity, municipality, may_bind_party)
    secret = secrets.token_urlsafe(32)
    invitation = Invitation(
        party=party,
        email=email.strip().lower(),
        name=" ".join(name.split()),
        capacity=capacity,
        municipality=municipality,
        may_bind_party=may_bind_party,
        secret_sha256=secret_sha256(secret),
        invited_by=by,
        expires_on=on + datetime.timedelta(days=Invitation.DAYS_OPEN),
    )
    history.save(invitation, by=by, reason="invited")
    address = link(secret)
    transaction.on_commit(lambda: _send(invitation, address))
    return invitation


def _check_invitation(
    party: Party,
    on: datetime.date,
    email: str,
    capacity: str,
    municipality: Municipality | None,
    may_bind_party: bool,
) -> None:
    """No invitation that could not be accepted: the office is taken, or the party does not fill it."""
    if capacity not in permissions.GIVEN_BY_PARTY:
        raise NotAllowed(_("A party does not fill this office by itself."))
    if capacity == Mandate.Capacity.MUNICIPAL_CONTACT:
        _check_municipality(party, municipality, may_bind_party)
    held = party.mandates.filter(person__email__iexact=email.strip(), capacity=capacity, municipality=municipality)
    if held.exclude(valid_to__lt=on).exists():
        raise Refused(_("The person holds this office already."))
    _first_free_day(party, capacity, on)
    waiting = party.invitations.filter(email__iexact=email.strip(), capacity=capacity, mandate=None, cancelled_at=None)
    if waiting.filter(municipality=municipality, expires_on__gte=on).exists():
        raise Refused(_("An invitation to this address is open already. Cancel it first."))


def _check_municipality(party: Party, municipality: Municipality | None, may_bind_party: bool) -> None:
    if party.role != Party.Role.EMPLOYMENT_AUTHORITY:
        raise Refused(_("The contact persons of the municipalities are invited by the employment authority."))
    if municipality is None:
        raise Refused(_("Name the municipality of the contact person."))
    if not party.agreement.area.filter(municipality=municipality).exists():
        raise Refused(_("The municipality is not of the area of this agreement."), clause=_("agreement 3 §"))
    if may_bind_party:
        raise Refused(_("A contact person of a municipality does not bind the party."))


def _first_free_day(party: Party, capacity: str, on: datetime.date) -> datetime.date:
    """The day from which the office is free: that day, or the day after its holder's last. Raises Refused."""
    slot = Mandate.slot_of(capacity, party)
    held = list(party.mandates.filter(slot=slot).exclude(valid_to__lt=on)) if slot else []
    lasting = next((mandate for mandate in held if mandate.valid_to is None), None)
    if lasting:
        told = {"person": lasting.person.name}
        raise Refused(_("%(person)s holds the office until further notice. End that mandate first.") % told)
    return max((mandate.valid_to + A_DAY for mandate in held if mandate.valid_to), default=on)


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
        "%(address)s\n\nThe link is yours alone: do not pass it on. "
        "If you did not expect this, you need not do anything.\n"
    )
    try:
        send_mail(_("Invitation to keep a TYM agreement"), body % told, None, [invitation.email])
    except Exception:
        # Whatever a mail server answers, the invitation has been made; its main user is told.
        logger.exception("The mail of invitation %s was not sent.", invitation.pk)
        invitation.mail_failed = True


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
def accept_invitation(
    *, secret: str, on: datetime.date, password: str | None = None, person: User | None = None
) -> Mandate:
    """Turn an open invitation into a mandate, once. A newcomer gets the password she chose.

    person: who is signed in. Somebody who can sign in accepts only as herself (NotAllowed), and keeps her password.
    Raises Refused when the link is unknown, used, cancelled or past its last day, or the office is taken.
    """
    found = open_invitation(secret, on)
    if found:
        lock_agreement(found.party.agreement_id)
    invitation = open_invitation(secret, on)
    if invitation is None:
        raise Refused(_("The invitation is not open any more. Ask for a new one."))
    person = _invited_person(invitation, password, person)
    mandate = _mandate_of(invitation, person, on)
    invitation.mandate = mandate
    history.save(invitation, by=Newcomer(person), reason="accepted", fields=["mandate"])
    return mandate


def _invited_person(invitation: Invitation, password: str | None, signed_in: User | None) -> User:
    known = find_person(invitation.email)
    if signed_in and signed_in != known:
        raise NotAllowed(_("The invitation is for somebody else."))
    if known and not known.is_active:
        raise NotAllowed(_("The sign-in has been closed."))
    if known and known.has_usable_password():
        if signed_in is None:
            raise NotAllowed(_("Sign in first. The invitation is for a person who has a sign-in already."))
        return known
    if not password:
        raise Refused(_("Choose a password."))
    return add_person(name=invitation.name, email=invitation.email, password=password)


def _mandate_of(invitation: Invitation, person: User, on: datetime.date) -> Mandate:
    party = invitation.party
    held = party.mandates.filter(person=person, capacity=invitation.capacity, municipality=invitation.municipality)
    if held.exclude(valid_to__lt=on).exists():
        raise Refused(_("You hold this office already."))
    return grant_mandate(
        agreement=party.agreement,
        person=person,
        capacity=invitation.capacity,
        party=party,
        municipality=invitation.municipality,
        may_bind_party=invitation.may_bind_party,
        valid_from=_first_free_day(party, invitation.capacity, on),
        by=Newcomer(person),
    )


@transaction.atomic
def end_own_mandate(*, mandate: Mandate, by: Mandate, on: datetime.date, last_day: datetime.date) -> Mandate:
    """A main user ends a mandate of her own party's person. Raises Refused as check_end does."""
    by = _main_user_of(mandate, by, on)
    mandate = Mandate.objects.select_related("party").get(pk=mandate.pk)
    check_end(mandate=mandate, on=on, last_day=last_day)
    return stop_mandate(mandate, last_day=last_day, by=by)


def is_last_main_user(mandate: Mandate) -> bool:
    """Whether the party would be left without a main user who stays until further notice."""
    if mandate.capacity != Mandate.Capacity.MAIN_USER or mandate.party is None or mandate.valid_to:
        return False
    others = mandate.party.mandates.filter(capacity=Mandate.Capacity.MAIN_USER, valid_to=None).exclude(pk=mandate.pk)
    return not others.exists()


def check_end(*, mandate: Mandate, on: datetime.date, last_day: datetime.date) -> None:
    """Raises Refused for a last day that has passed, or when the party would be left without a main user."""
    if last_day < on:
        raise Refused(_("A mandate is not ended afterwards: the last day is today or later."))
    if is_last_main_user(mandate):
        raise Refused(_("At least one main user per party stays. Name another one first."))
    if mandate.valid_to and mandate.valid_to < last_day:
        raise Refused(_("The mandate has been ended already. Grant a new one."))


@transaction.atomic
def set_binding(*, mandate: Mandate, by: Mandate, on: datetime.date, may_bind_party: bool) -> Mandate:
    """A main user says whether the person's proposal or consent is the party's. Said twice, it is written once."""
    by = _main_user_of(mandate, by, on)
    mandate = Mandate.objects.get(pk=mandate.pk)
    if may_bind_party and mandate.capacity == Mandate.Capacity.MUNICIPAL_CONTACT:
        raise Refused(_("A contact person of a municipality does not bind the party."))
    if mandate.valid_to and mandate.valid_to < on:
        raise Refused(_("The mandate has ended."))
    if mandate.may_bind_party != may_bind_party:
        mandate.may_bind_party = may_bind_party
        history.save(mandate, by=by, reason="binding", fields=["may_bind_party"])
    return mandate


def _main_user_of(mandate: Mandate, by: Mandate, on: datetime.date) -> Mandate:
    """The mandate on which `by` handles the people of the mandate's party, if the party fills that office itself."""
    lock_agreement(mandate.agreement_id)
    if mandate.party is None or mandate.capacity not in permissions.GIVEN_BY_PARTY:
        raise NotAllowed(_("A party does not fill this office by itself."))
    mandates = permissions.mandates_of(by.person, mandate.agreement_id, on)
    return permissions.require(permissions.can_manage_people(mandates, mandate.party))
