"""The administration of Part IV."""

from django.utils.translation import gettext_lazy as _

from agreements.admin import REASONS, BusinessAdmin
from tym.core.administration import site


class RegistryAdmin(BusinessAdmin):
    reasons = REASONS | {
        "checked": _("checked"),
        "chosen": _("way chosen"),
        "entered": _("entered"),
        "revised": _("revised"),
    }


site.register_rest("registry", RegistryAdmin)
