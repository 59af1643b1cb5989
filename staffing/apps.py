from django.apps import AppConfig


class StaffingConfig(AppConfig):
    name = "staffing"

    def ready(self) -> None:
        from agreements import contents  # noqa: PLC0415  models must be loaded first
        from staffing.content import STAFFING  # noqa: PLC0415

        contents.register("staffing", content=STAFFING)
