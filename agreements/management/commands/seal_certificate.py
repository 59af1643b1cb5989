"""Makes the seal of this installation, unless it has one."""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.sealing import installed_seal, make_seal


class Command(BaseCommand):
    help = "Makes the key and certificate with which this installation seals signed files, unless they exist."

    def handle(self, *args: Any, **options: Any) -> None:
        seal = installed_seal()
        if seal.key.exists() and seal.certificate.exists():
            self.stdout.write("The installation has a seal.")
            return
        make_seal(seal.key, seal.certificate, name="TYM-palvelun leima")
        self.stdout.write(f"Made {seal.certificate}")
