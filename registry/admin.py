"""The administration of Part IV."""

from django.utils.translation import gettext_lazy as _

from agreements.admin import REASONS, BusinessAdmin
from registry.models import Destruction
from tym.core.administration import site


class RegistryAdmin(BusinessAdmin):
    reasons = REASONS | {
        "checked": _("checked"),
        "chosen": _("way chosen"),
        "entered": _("entered"),
        "revised": _("revised"),
    }


site.register(Destruction, RegistryAdmin, tells=("agreement", "party"))
site.register_rest("registry", RegistryAdmin)
