"""Load the national goals for promoting employment: `national_goals`. Safe to repeat."""

from typing import Any

from django.core.management.base import BaseCommand

from agreements.history import System
from steering import national
from steering.actions import load_national_goals
from tym.accounts.actions import system_person


class Command(BaseCommand):
    help = "Loads the national goals 2025–2027 (act 380/2023 21 §) to which the goals of a year are linked."

    def handle(self, *args: Any, **options: Any) -> None:
        goals = load_national_goals(
            by=System(system_person()),
            first_year=national.FIRST_YEAR,
            last_year=national.LAST_YEAR,
            texts=national.TEXTS,
        )
        self.stdout.write(f"National goals {national.FIRST_YEAR}–{national.LAST_YEAR}: {len(goals)}")
