"""Give the first mandates: `grant AGREEMENT EMAIL CAPACITY [--name …] [--party N] …`."""

import getpass
import sys
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from agreements.actions import grant_mandate
from agreements.history import System
from agreements.models import Agreement, Mandate
from tym.accounts.actions import add_person, system_person
from tym.accounts.models import User
from tym.core.errors import Refused
from tym.core.periods import today


class Command(BaseCommand):
    help = (
        "Gives a person a mandate on an agreement; after an import nobody holds one. A new person needs --name. "
        "The password is asked for, or read from standard input with --password-stdin; without one she cannot sign in."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agreement", type=int)
        parser.add_argument("email")
        parser.add_argument("capacity", choices=Mandate.Capacity.values)
        parser.add_argument("--name", help="the person's name, when she is new")
        parser.add_argument("--party", type=int, metavar="N", help="order number of the party for which she acts")
        parser.add_argument("--may-bind", action="store_true", help="her proposal or consent is the party's")
        parser.add_argument("--from", dest="valid_from", type=date.fromisoformat, help="first day; default today")
        parser.add_argument("--to", dest="valid_to", type=date.fromisoformat, help="last day; default none")
        parser.add_argument("--password", action="store_true", help="ask for a password")
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        agreement = Agreement.objects.filter(pk=options["agreement"]).first()
        if agreement is None:
            raise CommandError(f"There is no agreement {options['agreement']}.")
        try:
            mandate = _grant(agreement, options)
        except Refused as refusal:
            raise CommandError(refusal.message) from refusal
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"{mandate}: {agreement}")


def _grant(agreement: Agreement, options: dict[str, Any]) -> Mandate:
    party = None
    if options["party"] is not None:
        party = agreement.parties.filter(order=options["party"]).first()
        if party is None:
            raise CommandError(f"The agreement has no party {options['party']}.")
    return grant_mandate(
        agreement=agreement,
        person=_person(options),
        capacity=options["capacity"],
        party=party,
        may_bind_party=options["may_bind"],
        valid_from=options["valid_from"] or today(),
        valid_to=options["valid_to"],
        by=System(system_person()),
    )


def _person(options: dict[str, Any]) -> User:
    known = User.objects.filter(email__iexact=options["email"]).first()
    if known is None and not options["name"]:
        raise CommandError("The person is new: give --name.")
    password = _password(options)
    return add_person(name=options["name"] or known.name, email=options["email"], password=password)  # type: ignore[union-attr]


def _password(options: dict[str, Any]) -> str | None:
    if options["password_stdin"]:
        password = sys.stdin.readline().rstrip("\n")
    elif options["password"]:
        password = getpass.getpass()
    else:
        return None
    validate_password(password)
    return password
