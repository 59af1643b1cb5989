"""Say who runs the service: `staff EMAIL [--off]`."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from tym.accounts.actions import set_staff
from tym.accounts.models import User


class Command(BaseCommand):
    help = "Lets a person answer feedback and read the administration (/yllapito/). No right to act on any agreement."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--off", action="store_true", help="take it away")

    def handle(self, *args: Any, **options: Any) -> None:
        person = User.objects.filter(email__iexact=options["email"]).first()
        if person is None:
            raise CommandError(f"There is nobody with the address {options['email']}.")
        set_staff(person=person, is_staff=not options["off"])
        self.stdout.write(f"{person}: {'runs' if not options['off'] else 'does not run'} the service")
