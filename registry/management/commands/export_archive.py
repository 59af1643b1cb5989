"""Take a party's archive package out: `export_archive AGREEMENT --party N --output FOLDER|FILE.zip [--on DAY]`."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from agreements.actions import issue_consolidated
from agreements.history import System
from agreements.models import Party
from registry.actions import export_archive
from registry.copies import missing
from registry.packages import Package
from tym.accounts.actions import system_person
from tym.core.pdf import PdfFailed
from tym.core.periods import today


class Command(BaseCommand):
    help = (
        "Writes the archive package of a party: documents, data, metadata and fingerprints (docs/archive.md). "
        "Consolidated copies that are missing are drawn first."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("agreement", type=int)
        parser.add_argument("--party", type=int, required=True, help="the party's place in the agreement: 1, 2, 3")
        parser.add_argument("--output", type=Path, required=True, help="an empty folder, or a file that ends in .zip")
        parser.add_argument("--on", type=date.fromisoformat, help="day of the package; default today")

    def handle(self, *args: Any, **options: Any) -> None:
        found = Party.objects.select_related("agreement", "organisation").filter(agreement=options["agreement"])
        party = found.filter(order=options["party"]).first()
        if party is None:
            raise CommandError(f"Agreement {options['agreement']} has no party {options['party']}.")
        by, day, output = System(system_person()), options["on"] or today(), options["output"]
        if output.suffix != ".zip" and output.exists() and any(output.iterdir()):
            raise CommandError(f"{output} is not empty.")
        try:
            for start in missing(party.agreement, day):
                issue_consolidated(agreement=party.agreement, by=by, day=start, on=day)
            export, package = export_archive(party=party, by=by, on=day)
            _write(package, output)
        except PdfFailed as failure:
            raise CommandError(str(failure)) from failure
        except OSError as error:
            raise CommandError(f"{output}: {error.strerror}") from error
        self.stdout.write(f"{output}: {export.files} files, SHA256SUMS {export.manifest_sha256}")


def _write(package: Package, output: Path) -> None:
    if output.suffix != ".zip":
        package.write_folder(output)
        return
    with output.open("wb") as file:
        package.write_zip(file)
