from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegistryConfig(AppConfig):
    name = "registry"
    verbose_name = _("Registers and documents")

    def ready(self) -> None:
        from agreements import openness, waiting  # noqa: PLC0415  models must be loaded first
        from registry import reminders  # noqa: PLC0415
        from registry.documents import closed  # noqa: PLC0415

        openness.register(closed)
        waiting.register_own(reminders.own)
