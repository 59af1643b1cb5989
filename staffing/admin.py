"""The administration of Part I."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.admin import REASONS, BusinessAdmin, RowAdmin
from staffing import models as m
from staffing.suppression import NAMES
from tym.core.administration import site
from tym.core.words import name_fields

name_fields(line_key=_("key of the row"), recorded_by=_("recorded by"), withdrawn=_("withdrawn"))


class StaffingAdmin(BusinessAdmin):
    reasons = REASONS | {"edited": _("edited"), "removed": _("removed")}


@admin.register(m.StaffingLine, site=site)
class StaffingLineAdmin(RowAdmin):
    list_display = ("__str__", "party", "version", "persons", "person_years")


@admin.register(m.ServicePoint, site=site)
class ServicePointAdmin(RowAdmin):
    list_display = ("__str__", "party", "version", "kind", "municipality")


@admin.register(m.RealisedStaffing, site=site)
class RealisedStaffingAdmin(StaffingAdmin):
    tells = ("party",)
    list_display = ("__str__", "persons", "person_years", "confirmed_on")
    list_filter = ("party__agreement",)


@admin.register(m.Vacancy, site=site)
class VacancyAdmin(StaffingAdmin):
    tells = ("party",)
    list_filter = ("party__agreement",)


@admin.register(m.AnnexConfirmation, site=site)
class AnnexConfirmationAdmin(StaffingAdmin):
    tells = ("party", "version")
    list_filter = ("party__agreement",)
    search_fields = ("party__short_name",)


@admin.register(m.ClientCount, site=site)
class ClientCountAdmin(StaffingAdmin):
    """That it was counted, not how many: a small number is for the parties alone."""

    hidden = NAMES
    tells = ("agreement",)
    list_display = ("__str__", "first_day", "last_day", "entered_on")
    list_filter = ("agreement",)
    search_fields = ("note",)


@admin.register(m.MunicipalityCount, site=site)
class MunicipalityCountAdmin(StaffingAdmin):
    hidden = ("clients",)
    tells = ("count", "municipality")
    list_display = ("__str__", "municipality")
    search_fields = ("municipality__name",)


class OfReviewAdmin(StaffingAdmin):
    list_filter = ("review__matter__agreement",)


site.register(
    m.AdequacyReview,
    StaffingAdmin,
    tells=("matter", "version"),
    hidden=("figures",),
    list_filter=("matter__agreement",),
    search_fields=("matter__title",),
)
site.register(m.Judgement, OfReviewAdmin, tells=("party",), search_fields=("reasons",))
site.register([m.Remedy, m.DutyCheck], OfReviewAdmin)

site.register_rest("staffing", StaffingAdmin)
