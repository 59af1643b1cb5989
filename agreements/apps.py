from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AgreementsConfig(AppConfig):
    name = "agreements"
    verbose_name = _("The agreement")

    def ready(self) -> None:
        from agreements import contents, lasting, text, under, waiting  # noqa: PLC0415  models must be loaded first
        from agreements.guards import TEXT_KINDS  # noqa: PLC0415

        contents.register(*TEXT_KINDS, content=text.TEXT)
        under.register("reading", template="agreements/_settled.html", gather=lasting.under)
        waiting.register(lasting.overdue)
