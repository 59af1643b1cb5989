"""Bring a real agreement in from its text: `import_agreement FILE [--dry-run]`."""

import json
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.actions import adopt_original, found_agreement, set_area
from agreements.history import System
from agreements.importing import MAX_BYTES, ImportProblem, ParsedAgreement, parse
from agreements.models import Agreement
from tym.accounts.actions import system_person
from tym.core.errors import Refused


class Command(BaseCommand):
    help = "Imports an agreement from a UTF-8 text file. Nothing is written when the file is not understood."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="only tell what would be imported")
        parser.add_argument("--short-title", default="", help="name of the agreement in lists")
        parser.add_argument("--area", default="", help="municipalities of the area, separated by commas")
        parser.add_argument("--valid-from", type=date.fromisoformat, help="first day of force when the text has none")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            parsed = parse(_read(options["file"]))
            self._tell(parsed)
            agreement = None if options["dry_run"] else _import(parsed, options)
        except ImportProblem as problem:
            raise CommandError(f"{options['file']}: {problem}") from problem
        except Refused as refusal:
            raise CommandError(f"{options['file']}: {refusal.message}") from refusal
        except ValidationError as error:
            raise CommandError(f"{options['file']}: {' '.join(error.messages)}") from error
        self.stdout.write(json.dumps(_result(parsed, agreement, options["valid_from"])))

    def _tell(self, parsed: ParsedAgreement) -> None:
        self.stdout.write(parsed.title)
        for party in parsed.parties:
            names = [signer.name for signer in parsed.signatories if signer.party_order == party.order]
            self.stdout.write(f"  {party.order}. {party.name} ({party.short_name}), {party.role}: {', '.join(names)}")
        part = ""
        for section in parsed.sections:
            if section.part != part:
                part = section.part
                self.stdout.write(f"  {part}")
            self.stdout.write(f"    {section.number} {section.heading}")
        for annex in parsed.annexes:
            self.stdout.write(f"  {annex.label}) {annex.title}")
        for line in parsed.unrecognised:
            self.stdout.write(_("  Line %(line)d is kept as text without a place: %(text)s") % vars(line))


def _read(path: Path) -> bytes:
    """The file's bytes, no more than the parser would take."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(f"{path}: {error.strerror}") from error


@transaction.atomic
def _import(parsed: ParsedAgreement, options: dict[str, Any]) -> Agreement:
    by = System(system_person())
    change = found_agreement(parsed=parsed, by=by, short_title=options["short_title"], valid_from=options["valid_from"])
    set_area(agreement=change.matter.agreement, names=options["area"].split(","), by=by)
    return adopt_original(change=change, by=by).matter.agreement


def _result(parsed: ParsedAgreement, agreement: Agreement | None, given: date | None) -> dict[str, Any]:
    valid_from = parsed.valid_from or given
    days = {
        "valid_from": valid_from.isoformat() if valid_from else None,
        "valid_to": parsed.valid_to.isoformat() if parsed.valid_to else None,
    }
    counts = parsed.counts
    unrecognised = {"unrecognised": counts.pop("unrecognised")}
    return {"agreement": agreement.pk if agreement else None} | counts | days | unrecognised
