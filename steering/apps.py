from dataclasses import replace

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SteeringConfig(AppConfig):
    name = "steering"
    verbose_name = _("Steering group")

    def ready(self) -> None:
        from agreements import agenda, contents  # noqa: PLC0415  models must be loaded first
        from steering.actions import seat_people  # noqa: PLC0415
        from steering.content import SEATS  # noqa: PLC0415
        from steering.places import places_of  # noqa: PLC0415

        contents.register("composition", content=replace(SEATS, adopted=seat_people))
        agenda.register(places_of)
