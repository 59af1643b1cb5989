"""Load the demo: `demo [--if-empty]`. Safe to repeat."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from agreements.models import Agreement
from tym.accounts.models import User
from tym.desk.demo import data
from tym.desk.demo.load import load_demo, sign_ins


class Command(BaseCommand):
    help = "Loads two demo agreements through the actions and prints the sign-ins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--if-empty", action="store_true", help="load only into a database without agreements")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (options["if_empty"] and Agreement.objects.exists()):
            for agreement in load_demo():
                self.stdout.write(f"Loaded {agreement} ({agreement.pk}).")
        self._print_sign_ins()

    def _print_sign_ins(self) -> None:
        here = set(User.objects.filter(is_active=True).values_list("email", flat=True))
        people = [(email, who) for email, who in sign_ins() if email in here]
        if people:
            self.stdout.write(f"Demo sign-ins (password {data.PASSWORD}):")
        for email, who in people:
            self.stdout.write(f"  {email:36} {who}")
