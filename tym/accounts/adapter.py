"""How django-allauth behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class ClosedSignUp(DefaultAccountAdapter):
    """Nobody signs up: people are invited by their own party's main user."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False
