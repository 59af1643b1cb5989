from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffingConfig(AppConfig):
    name = "staffing"
    verbose_name = _("Staff")

    def ready(self) -> None:
        from agreements import contents, under, waiting  # noqa: PLC0415  models must be loaded first
        from staffing import reviews, settled  # noqa: PLC0415
        from staffing.content import STAFFING  # noqa: PLC0415
        from staffing.points import POINTS  # noqa: PLC0415

        contents.register("staffing", content=STAFFING)
        contents.register("service_description", content=POINTS)
        under.register("adequacy", template="staffing/_review.html", gather=reviews.under)
        under.register("reading", template="agreements/_settled.html", gather=settled.under)
        waiting.register(reviews.overdue)
