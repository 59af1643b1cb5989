"""Take an agreement out: `export_agreement ID [--on YYYY-MM-DD] [--format pdf|json] --output FILE`."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.actions import issue_consolidated
from agreements.compilation import compile_agreement
from agreements.history import System
from agreements.models import Agreement
from tym.accounts.actions import system_person
from tym.core.pdf import PdfFailed
from tym.core.periods import today


class Command(BaseCommand):
    help = "Writes the consolidated copy of an agreement (PDF/A-3a and PDF/UA-1 with data) or its data (JSON)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agreement", type=int)
        parser.add_argument("--on", type=date.fromisoformat, help="the day whose state is exported; default today")
        parser.add_argument("--format", choices=["pdf", "json"], default="pdf")
        parser.add_argument("--output", type=Path, required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        agreement = Agreement.objects.filter(pk=options["agreement"]).first()
        if agreement is None:
            raise CommandError(f"There is no agreement {options['agreement']}.")
        try:
            content = _content(agreement, options["on"] or today(), options["format"])
            options["output"].write_bytes(content)
        except PdfFailed as failure:
            raise CommandError(str(failure)) from failure
        except OSError as error:
            raise CommandError(f"{options['output']}: {error.strerror}") from error
        self.stdout.write(f"{options['output']}: {len(content)} bytes")


def _content(agreement: Agreement, day: date, form: str) -> bytes:
    if form == "json":
        return compile_agreement(agreement, day).json
    by = System(system_person())
    return bytes(issue_consolidated(agreement=agreement, by=by, day=day, on=today()).file.content)
