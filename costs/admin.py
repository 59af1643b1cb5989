"""The administration of Part III."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.admin import REASONS, BusinessAdmin
from costs import models as m
from tym.core.administration import site
from tym.core.words import name_fields

name_fields(
    amount=_("amount in euros"),
    closed_at=_("closed"),
    credit_of=_("credit of"),
    ends=_("ends the agreed sharing"),
    entered_at=_("entered"),
    entered_by=_("entered by"),
    final=_("final"),
    payee=_("paid to"),
    payer=_("paid by"),
    receipt=_("receipt"),
    shared=_("amount that is shared"),
    source=_("source of the weights"),
    weight=_("weight"),
)


class CostsAdmin(BusinessAdmin):
    reasons = REASONS | {
        "closed": _("closed"),
        "computed": _("computed"),
        "entered": _("entered"),
        "gathered": _("gathered into a settlement"),
        "paid": _("paid"),
        "reopened": _("reopened"),
        "revised": _("revised"),
        "settled": _("settled"),
        "split": _("split between the parties"),
    }


@admin.register(m.DayAttendance, site=site)
class DayAttendanceAdmin(CostsAdmin):
    tells = ("party",)
    list_display = ("__str__", "day")
    list_filter = ("party__agreement",)
    search_fields = ("party__short_name", "day__place")


@admin.register(m.Settlement, site=site)
class SettlementAdmin(CostsAdmin):
    tells = ("matter",)
    list_filter = ("agreement",)
    search_fields = ("matter__title",)


@admin.register(m.CostItem, site=site)
class CostItemAdmin(CostsAdmin):
    list_display = ("__str__", "invoiced_on", "kind", "net", "vat", "payer")
    list_filter = ("agreement",)


@admin.register(m.Split, site=site)
class SplitAdmin(CostsAdmin):
    tells = ("item",)
    list_filter = ("item__agreement",)
    search_fields = ("item__supplier", "item__description", "source")


@admin.register(m.SplitShare, site=site)
class SplitShareAdmin(CostsAdmin):
    tells = ("party",)
    list_display = ("__str__", "split", "weight")
    list_filter = ("party__agreement",)
    search_fields = ("party__short_name",)


@admin.register(m.Sharing, site=site)
class SharingAdmin(CostsAdmin):
    list_display = ("__str__", "agreed_on", "valid_from", "basis")
    list_filter = ("agreement",)


@admin.register(m.SharingWeight, site=site)
class SharingWeightAdmin(CostsAdmin):
    tells = ("party",)
    list_filter = ("party__agreement",)
    search_fields = ("party__short_name", "sharing__reference")


@admin.register(m.Payment, site=site)
class PaymentAdmin(CostsAdmin):
    tells = ("payer", "payee")
    list_filter = ("settlement__agreement",)


site.register_rest("costs", CostsAdmin)
