"""The password asked again before a legal act: the person at the machine is who signed in."""

from __future__ import annotations

import datetime
import math

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tym.accounts.models import User
from tym.core.limits import Limit

GUESSES = Limit("password-again", 5, datetime.timedelta(minutes=10))


def password_again(person: User, typed: str) -> str:
    """The password, if it is hers. After five wrong ones none is looked at for a while; a right one forgets them."""
    sender = f"person {person.pk}"
    if not GUESSES.take(sender):
        minutes = max(1, math.ceil(GUESSES.wait(sender).total_seconds() / 60))
        told = ngettext(
            "A wrong password has been given too many times. Try again in %(minutes)s minute.",
            "A wrong password has been given too many times. Try again in %(minutes)s minutes.",
            minutes,
        )
        raise ValidationError(told % {"minutes": minutes})
    if not person.check_password(typed):
        raise ValidationError(_("The password is not right."))
    GUESSES.forget(sender)
    return typed
