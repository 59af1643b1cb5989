"""The administration of Part II."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from agreements.admin import REASONS, BusinessAdmin, RowAdmin
from steering import models as m
from tym.core.administration import site
from tym.core.words import name_fields

name_fields(
    as_deputy=_("as deputy"),
    at=_("at"),
    asked_by=_("asked by"),
    called_at=_("deputy called"),
    chaired_by=_("chaired by"),
    choice=_("vote"),
    decided=_("decided to be disqualified"),
    declared_by=_("declared by"),
    decision=_("recorded decision"),
    deputy=_("personal deputy"),
    ended_at=_("ended at"),
    first_year=_("first year"),
    from_item=_("present from item"),
    group_in=_("meeting that checked the minutes"),
    last_year=_("last year"),
    member=_("member"),
    moved_to=_("moved to the meeting"),
    national_goals=_("national goals"),
    needed=_("members needed"),
    office=_("office held"),
    opened_at=_("opened at"),
    own_wording=_("worded here"),
    present=_("members present"),
    standing=_("standing item"),
    summoned_on=_("summoned on"),
    summons_deviation=_("reason for a late summons"),
    text=_("text"),
    until_item=_("present until item"),
    way=_("way of checking"),
)


class SteeringAdmin(BusinessAdmin):
    reasons = REASONS | {
        "answered": _("answered"),
        "asked": _("asked"),
        "asked for a meeting": _("asked for a meeting"),
        "came": _("came"),
        "chosen": _("chosen"),
        "closed": _("closed"),
        "decided": _("decided"),
        "declared": _("declared"),
        "deputy called": _("deputy called"),
        "dissented": _("dissented"),
        "done": _("done"),
        "dropped": _("taken off the agenda"),
        "edited": _("edited"),
        "entered": _("entered"),
        "item put back": _("item put back"),
        "left": _("left"),
        "loaded": _("loaded"),
        "moved": _("moved to another meeting"),
        "named": _("named to the office"),
        "planned": _("planned"),
        "put back": _("put back"),
        "put to be checked": _("put to be checked"),
        "re-opened": _("re-opened"),
        "removed": _("removed"),
        "reordered": _("reordered"),
        "summoned": _("summoned"),
        "taken up": _("taken up"),
        "voted": _("voted"),
    }


class OfItemAdmin(SteeringAdmin):
    """What belongs to one item of an agenda, and is called by its person."""

    tells = ("person",)
    list_filter = ("item__meeting__agreement",)
    search_fields = ("person__name", "item__title")


class OfAgreementAdmin(SteeringAdmin):
    list_filter = ("agreement",)


class OfMatterAdmin(SteeringAdmin):
    list_filter = ("matter__agreement",)


site.register(m.SeatLine, RowAdmin, tells=("member",), list_display=("__str__", "party", "deputy", "version"))
site.register(m.Minutes, SteeringAdmin, tells=("meeting",), hidden=("content",), search_fields=("entries",))
site.register([m.MinutesCheck, m.MinutesSignature, m.Checker], SteeringAdmin, tells=("person",))
site.register([m.Disqualification, m.Seating, m.Vote, m.Dissent], OfItemAdmin)
site.register(m.Attendance, SteeringAdmin, tells=("person",), search_fields=("person__name",))
site.register([m.Meeting, m.Term, m.Event], OfAgreementAdmin)
site.register(m.MunicipalContact, OfAgreementAdmin, tells=("municipality",))
site.register(m.Appointment, OfMatterAdmin, tells=("person",))
site.register([m.GoalSet, m.Frame, m.WorkingGroup], OfMatterAdmin)


@admin.register(m.AgendaItem, site=site)
class AgendaItemAdmin(SteeringAdmin):
    list_display = ("__str__", "meeting", "kind", "state", "outcome")
    list_filter = ("meeting__agreement",)
    search_fields = ("title", "explanation", "proposal", "decision_text")


@admin.register(m.Absence, site=site)
class AbsenceAdmin(SteeringAdmin):
    tells = ("seat",)
    list_filter = ("meeting__agreement",)
    search_fields = ("seat__member__name",)


site.register_rest("steering", SteeringAdmin)
