"""The administration of the agreement: everything is read here, and only municipalities are written."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from agreements import actions
from agreements import models as m
from agreements.forms.reference import MunicipalityForm
from tym.core.administration import RecordAdmin, site
from tym.core.errors import Refused
from tym.core.words import name_fields

name_fields(
    annex_heading=_("heading of the annexes"),
    arrived_on=_("day of arrival"),
    base=_("row that this one replaces"),
    becomes=_("corrected to"),
    cancelled_at=_("cancelled"),
    capacity=_("office"),
    case_number=_("case number"),
    confirmed_at=_("confirmed"),
    confirmed_by=_("confirmed by"),
    claimed_on=_("payment demanded, or its basis arose"),
    counted_from=_("three months counted from"),
    decided_on=_("day of decision"),
    deviation=_("reason for the deviation"),
    drafted_at=_("drafted"),
    drafted_by=_("drafted by"),
    disputed_on=_("disputed since"),
    earliest_from=_("can start at the earliest"),
    ended_because=_("why no agreement was reached"),
    expires_on=_("open until"),
    extract=_("extract of minutes"),
    field=_("what is corrected"),
    file=_("file"),
    given_at=_("given"),
    grounds=_("grounds"),
    invited_at=_("invited"),
    invited_by=_("invited by"),
    issued_at=_("entered"),
    key=_("key"),
    kind=_("kind"),
    label=_("written number"),
    last_day=_("last day of force"),
    made_at=_("made"),
    made_by=_("made by"),
    may_bind_party=_("may bind the party"),
    min_signers=_("signers together, at least"),
    municipalities=_("municipalities"),
    name=_("name"),
    notice=_("written notice"),
    number=_("number"),
    on=_("day"),
    said=_("what was said"),
    subject=_("subject"),
    order=_("place in order"),
    organ=_("deciding body"),
    original_name=_("name of the file as sent"),
    outcome=_("outcome"),
    position=_("place in order"),
    proposed_at=_("proposed"),
    proposed_by=_("proposed by"),
    reason=_("reason"),
    received_on=_("reached the steering group"),
    recorded_at=_("recorded"),
    redraft_of=_("redrafted from"),
    amends=_("proposal that is redrafted"),
    removed=_("removes a row"),
    resolved_at=_("resolved"),
    resolved_by=_("resolved by"),
    revision=_("number of saves"),
    role=_("role"),
    section=_("section of the minutes"),
    short_name=_("short name"),
    signed_on=_("signed"),
    slot=_("single office"),
    source_sha256=_("fingerprint of the source"),
    state=_("state"),
    submitted_at=_("submitted"),
    title=_("title"),
    valid_from=_("valid from"),
    value=_("value"),
    was=_("as first recorded"),
    year=_("year"),
)
# What actions write into the history as the reason.
REASONS = {
    "accepted": _("invitation accepted"),
    "added": _("added"),
    "appointed": _("appointed"),
    "adopted": _("adopted"),
    "binding": _("right to bind the party"),
    "cancelled": _("invitation cancelled"),
    "commented": _("commented"),
    "counted": _("three months counted anew"),
    "confirmed": _("confirmed by a second person"),
    "corrected": _("corrected"),
    "drafted": _("drafted"),
    "amended": _("approved as amended"),
    "ended": _("ended"),
    "granted": _("granted"),
    "imported": _("imported"),
    "invited": _("invited"),
    "numbered": _("numbered"),
    "opened": _("opened"),
    "proposed": _("proposed"),
    "recorded": _("recorded"),
    "redrafted": _("redrafted"),
    "rejected": _("rejected"),
    "renamed": _("renamed"),
    "replaced": _("replaced by a new wording"),
    "resolved": _("resolved"),
    "returned": _("returned"),
    "reworded": _("another wording started"),
    "revoked": _("revoked before coming into force"),
    "saved": _("saved"),
    "signed before": _("signed before this service"),
    "submitted": _("submitted"),
    "terminated": _("terminated"),
    "withdrawn": _("withdrawn"),
}


class BusinessAdmin(RecordAdmin):
    """Rows whose history knows the mandate on which somebody acted."""

    acted_on = "mandate"
    reasons = REASONS


class RowAdmin(RecordAdmin):
    """Rows of an annex or of text: their own history, row by row of the same key."""

    list_filter = ("version__document__agreement", "version__change__state")


@admin.register(m.Municipality, site=site)
class MunicipalityAdmin(BusinessAdmin):
    """Reference data, the only thing that is written here; through the action, with history."""

    list_display = ("__str__", "name_sv")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return self._edit(request, None)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        municipality = self.get_object(request, object_id)
        if municipality is None:
            raise Http404
        return self._edit(request, municipality)

    def _edit(self, request: HttpRequest, municipality: Any) -> HttpResponse:
        known = {"name": municipality.name, "name_sv": municipality.name_sv} if municipality else {}
        form = MunicipalityForm(request.POST if request.method == "POST" else None, initial=known)
        if form.is_valid() and self._saved(request, form, municipality):
            return redirect("admin:agreements_municipality_changelist")
        context = self._context(request, municipality) | {"form": form}
        return TemplateResponse(request, "admin/reference_form.html", context)

    def _saved(self, request: HttpRequest, form: MunicipalityForm, municipality: Model | None) -> bool:
        try:
            actions.save_municipality(municipality=municipality, by=request.user, **form.cleaned_data)  # type: ignore[arg-type]
        except Refused as refusal:
            form.add_error("name", refusal.message)
            return False
        messages.success(request, _("Saved."))
        return True


@admin.register(m.Agreement, site=site)
class AgreementAdmin(BusinessAdmin):
    list_display = ("__str__", "title", "valid_from", "valid_to")


@admin.register(m.AreaMunicipality, site=site)
class AreaMunicipalityAdmin(BusinessAdmin):
    tells = ("municipality",)
    list_filter = ("agreement",)
    search_fields = ("municipality__name",)


@admin.register(m.Party, site=site)
class PartyAdmin(BusinessAdmin):
    list_display = ("__str__", "agreement", "organisation", "role", "min_signers")
    list_filter = ("agreement",)


@admin.register(m.Signatory, site=site)
class SignatoryAdmin(BusinessAdmin):
    list_display = ("__str__", "party", "signed_on")
    list_filter = ("party__agreement",)


@admin.register(m.Mandate, site=site)
class MandateAdmin(BusinessAdmin):
    tells = ("person", "party")
    list_display = ("__str__", "agreement", "valid_from", "valid_to")
    list_filter = ("agreement",)
    search_fields = ("person__name", "party__short_name")


@admin.register(m.Matter, site=site)
class MatterAdmin(BusinessAdmin):
    list_display = ("__str__", "year", "number", "kind", "agreement", "submitted_at")
    list_filter = ("agreement", "year")


@admin.register(m.CaseNumber, site=site)
class CaseNumberAdmin(BusinessAdmin):
    list_filter = ("matter__agreement",)


@admin.register(m.Decision, site=site)
class DecisionAdmin(RecordAdmin):
    list_display = ("__str__", "matter", "party", "outcome", "recorded_at")
    list_filter = ("matter__agreement",)


@admin.register(m.Correction, site=site)
class CorrectionAdmin(BusinessAdmin):
    list_display = ("__str__", "decision", "made_by", "made_at", "confirmed_at")
    list_filter = ("decision__matter__agreement",)


@admin.register(m.Consent, site=site)
class ConsentAdmin(RecordAdmin):
    tells = ("party",)
    list_display = ("__str__", "matter", "outcome", "mandate", "given_at")
    list_filter = ("matter__agreement",)
    search_fields = ("matter__title", "party__short_name", "mandate__person__name", "sha256")


@admin.register(m.ShorterNotice, site=site)
class ShorterNoticeAdmin(RecordAdmin):
    tells = ("party",)
    list_display = ("__str__", "change", "party", "mandate", "given_at")
    list_filter = ("change__matter__agreement",)


@admin.register(m.ReviewStatement, m.ReviewOutcome, m.Termination, m.Dispute, m.DisputeNote, m.DisputeEnd, site=site)
class LastingAdmin(RecordAdmin):
    """Yearly reviews, the end and disputes: rows that are only added."""

    list_display = ("__str__", "mandate")


@admin.register(m.RelatedAgreement, m.RelatedEnd, site=site)
class RelatedAdmin(RecordAdmin):
    """Agreements that belong beside one: rows that are only added."""

    list_display = ("__str__", "mandate")


@admin.register(m.SignedOriginal, site=site)
class SignedOriginalAdmin(RecordAdmin):
    list_display = ("__str__", "record", "way")


@admin.register(m.Document, site=site)
class DocumentAdmin(BusinessAdmin):
    list_display = ("__str__", "title", "kind", "agreement")
    list_filter = ("agreement",)


@admin.register(m.Change, site=site)
class ChangeAdmin(BusinessAdmin):
    tells = ("matter",)
    list_display = ("__str__", "state", "party", "proposed_at", "valid_from")
    list_filter = ("matter__agreement",)
    search_fields = ("matter__title", "what", "why")


@admin.register(m.Version, site=site)
class VersionAdmin(BusinessAdmin):
    tells = ("document",)
    list_display = ("__str__", "document", "change", "number")
    list_filter = ("document__agreement",)
    search_fields = ("change__matter__title", "document__title")


@admin.register(m.Invitation, site=site)
class InvitationAdmin(BusinessAdmin):
    """Neither the link's secret nor the address to which it went."""

    hidden = ("secret_sha256", "email")
    list_display = ("__str__", "party", "invited_at", "expires_on", "mandate")
    list_filter = ("party__agreement",)
    search_fields = ("name",)


@admin.register(m.Reading, site=site)
class ReadingAdmin(RecordAdmin):
    list_display = ("__str__", "matter", "valid_from")
    list_filter = ("matter__agreement",)


@admin.register(m.Record, site=site)
class RecordRowAdmin(RecordAdmin):
    list_display = ("__str__", "kind", "agreement", "party", "issued_at")
    list_filter = ("agreement",)


@admin.register(m.Clause, site=site)
class ClauseAdmin(RowAdmin):
    list_display = ("__str__", "part", "version", "removed")


site.register_rest("agreements", BusinessAdmin)
