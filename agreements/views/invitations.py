"""Accepting an invitation: the one page of an agreement that asks for no sign-in.

The link of the mail only hands its secret over to a cookie and goes on to a page whose address holds none. So the
secret stands in no Referer and in no line of a log about that page, and the form can be sent: a browser on a page
with the policy no-referrer sends `Origin: null`, which the check against forged forms refuses.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements import actions
from agreements.actions.people import open_invitation
from agreements.forms.acts import ConfirmForm
from agreements.forms.people import PasswordForm
from agreements.models import Mandate
from tym.accounts.actions import find_person
from tym.accounts.models import User
from tym.core import periods
from tym.core.errors import Refused

COOKIE = "kutsu"
AN_HOUR = 60 * 60
LONGEST_SECRET = 100


@login_not_required
@require_safe
def invitation_open(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the secret out of the address. The same answer to every secret, good or bad."""
    response = redirect("agreements:invitation_accept")
    response.set_cookie(
        COOKIE,
        secret[:LONGEST_SECRET],
        max_age=AN_HOUR,
        path=reverse("agreements:invitation_accept"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    response["Referrer-Policy"] = "no-referrer"
    return response


@login_not_required
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest) -> HttpResponse:
    """Who invites, to what, until when; a newcomer chooses a password, others accept signed in as themselves."""
    # The form carries what it showed: two invitations open in two tabs are not mixed.
    secret = request.POST.get("secret", "") if request.method == "POST" else request.COOKIES.get(COOKIE, "")
    invitation = open_invitation(secret, periods.today())
    known = find_person(invitation.email) if invitation else None
    if invitation is None or (known and not known.is_active):
        return _closed(request)
    step, typed = _step(request, known), request.POST if request.method == "POST" else None
    person = known or User(name=invitation.name, email=invitation.email)
    form = PasswordForm(typed, person=person) if step == "newcomer" else ConfirmForm(typed)
    context = {"invitation": invitation, "secret": secret, "form": form, "step": step}
    if typed is None or step not in ("newcomer", "confirm") or not form.is_valid():
        return TemplateResponse(request, "agreements/invitation_accept.html", context)
    return _accept(request, context)


def _step(request: HttpRequest, known: User | None) -> str:
    """What has to happen next: sign_out, confirm, sign_in, or newcomer (choose a password)."""
    if request.user.is_authenticated:
        return "confirm" if request.user == known else "sign_out"
    return "sign_in" if known and known.has_usable_password() else "newcomer"


def _closed(request: HttpRequest) -> HttpResponse:
    return TemplateResponse(request, "agreements/invitation_closed.html", status=404)


def _accept(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    today, secret = periods.today(), context["secret"]
    person = request.user if request.user.is_authenticated else None
    password = context["form"].cleaned_data.get("password")
    try:
        mandate = actions.accept_invitation(secret=secret, on=today, password=password, person=person)
    except Refused as refusal:
        if open_invitation(secret, today) is None:
            return _closed(request)
        context["refusal"] = refusal
        return TemplateResponse(request, "agreements/invitation_accept.html", context, status=409)
    if person is None:
        login(request, mandate.person)
    response = redirect(_told(request, mandate))
    response.delete_cookie(COOKIE, path=reverse("agreements:invitation_accept"))
    return response


def _told(request: HttpRequest, mandate: Mandate) -> str:
    """The page to go to: the agreement, or her own page when the office starts only later."""
    if mandate.valid_from > periods.today():
        messages.success(request, _("The invitation has been accepted. The office starts when its holder's has ended."))
        return reverse("agreements:own_page")
    messages.success(request, _("Welcome. Your mandate is in force from today."))
    return mandate.agreement.get_absolute_url()
