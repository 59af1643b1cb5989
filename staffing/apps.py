from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffingConfig(AppConfig):
    name = "staffing"
    verbose_name = _("Staff")

    def ready(self) -> None:
        from agreements import contents  # noqa: PLC0415  models must be loaded first
        from staffing.content import STAFFING  # noqa: PLC0415

        contents.register("staffing", content=STAFFING)
