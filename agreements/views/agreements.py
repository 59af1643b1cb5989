"""What holds: the list, an agreement, an annex, and the copies of them."""

from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.views.decorators.http import require_GET, require_POST

from agreements import actions, completeness, contents, lasting, permissions, waiting
from agreements.access import Access, open_agreement, open_agreement_with_people, open_document
from agreements.compilation import main_text
from agreements.consents import Standings, with_consents
from agreements.models import Agreement, Change, Document, Mandate, Matter, Party, Record
from agreements.related import with_youth, youth_of
from agreements.rounds import copies_of, waiting_for
from agreements.stages import tell_stages
from agreements.state import document_on, documents_on
from agreements.validity import signed_by, signed_files, signed_of, validity_of
from tym.core import periods
from tym.core.pdf import PdfFailed

READING = (Mandate.Capacity.READER, Mandate.Capacity.AUDITOR)


@require_GET
def agreement_list(request: HttpRequest) -> HttpResponse:
    """The agreements on which the person holds a mandate, with her offices and what is open."""
    today = periods.today()
    own = tuple(Mandate.objects.in_force(today).filter(person=request.user.pk).select_related("party"))
    agreements = list(
        Agreement.objects.visible_to(request.user, today).prefetch_related("parties")  # type: ignore[arg-type]
    )
    visible = Change.objects.visible_to(request.user, today)  # type: ignore[arg-type]
    proposed = visible.filter(matter__agreement__in=agreements, state=Change.State.PROPOSED)
    open_in: dict[int, list[tuple[Change, Standings]]] = {}
    parties = [party for agreement in agreements for party in agreement.parties.all()]
    for change, consents in with_consents(proposed.select_related("matter").order_by("proposed_at"), own, parties):
        open_in.setdefault(change.matter.agreement_id, []).append((change, consents))
    offices: dict[int, list[Mandate]] = {}
    for mandate in own:
        offices.setdefault(mandate.agreement_id, []).append(mandate)
    late, told_own = waiting.late(agreements, today), waiting.own(agreements, own, today)
    to_sign = waiting_for(request.user)  # type: ignore[arg-type]
    signed = signed_of(agreements, today)
    cards = [
        {
            "agreement": agreement,
            "validity": validity_of(agreement, today, signed.get(agreement.pk)),
            "offices": offices[agreement.pk],
            "changes": open_in.get(agreement.pk, []),
            "late": late.get(agreement.pk, []),
            "own": told_own.get(agreement.pk, []),
            "to_sign": to_sign.get(agreement.pk, []),
        }
        for agreement in agreements
    ]
    context = {"cards": cards, "tells_figures": any(m.capacity in permissions.PARTY_EDITORS for m in own)}
    return TemplateResponse(request, "agreements/agreement_list.html", context)


@require_GET
def agreement_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The agreement as it stands on the day: parties, text, annexes in force, offices."""
    access, held = open_agreement_with_people(request, pk)
    agreement, day = access.agreement, access.day
    states = documents_on(agreement, day.on)
    main = next((state for state in states if state.document.kind == Document.Kind.MAIN_TEXT), None)
    parties = list(with_youth(lasting.with_review(agreement.parties.named_on(day.on), agreement, day.today)))
    changes = with_consents(_open_changes(request, access), access.mandates, parties)
    tell_stages(change for change, _consents in changes)
    files = signed_files([agreement])
    signed = signed_by(files, day.on).get(agreement.pk)
    ending = lasting.termination_of(agreement)
    context = {
        "agreement": agreement,
        "section": "agreement",
        "day": day,
        "told_end": lasting.told_end(ending) if ending else "",
        "review": lasting.next_review(agreement, parties, day.today),
        "validity": validity_of(agreement, day.on, signed),
        "parties": parties,
        "original": signed.record if signed and not signed.in_round else None,
        "youth": youth_of(parties),
        "may_relate": permissions.can_relate(access.mandates),
        "copies": copies_of(agreement) if any(file.kind == Record.Kind.SIGNED for file in files) else None,
        "may_enter_original": permissions.can_enter_original(access.mandates),
        "area": list(agreement.area.select_related("municipality").order_by("municipality__name")),
        "main": main,
        "annexes": [state for state in states if state is not main],
        "sections": completeness.noted(main_text(agreement, day.on)),
        "changes": changes,
        "offices": [mandate for mandate in held if mandate.holds(day.on) and mandate.capacity not in READING],
        "may_record": permissions.can_record_on_behalf(access.mandates),
        "may_amend": permissions.can_draft(access.mandates, main.document) if main else None,
    }
    return TemplateResponse(request, "agreements/agreement_detail.html", context)


def _open_changes(request: HttpRequest, access: Access) -> QuerySet[Change]:
    """Drafts the person may see and proposals that wait for somebody."""
    return (
        Change.objects.visible_to(request.user, access.day.today)  # type: ignore[arg-type]
        .filter(matter__agreement=access.agreement, state__in=[Change.State.DRAFT, Change.State.PROPOSED])
        .exclude(matter__kind=Matter.Kind.ORIGINAL)
        .select_related("matter", "party")
        .order_by("pk")
    )


def _hidden_drafts(request: HttpRequest, access: Access, document: Document) -> list[Party]:
    """Parties with a draft the person does not see: only that it exists is told."""
    seen = Change.objects.visible_to(request.user, access.day.today)  # type: ignore[arg-type]
    drafts = Change.objects.filter(versions__document=document, state=Change.State.DRAFT, party__isnull=False)
    return list(Party.objects.filter(changes__in=drafts.exclude(pk__in=seen.values("pk"))).distinct())


@require_GET
def annex_detail(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """An annex as it stands on the day, its versions, and what is being changed in it."""
    access, document = open_document(request, pk, number)
    if document.kind == Document.Kind.MAIN_TEXT:
        raise Http404
    day = access.day
    context = {
        "agreement": access.agreement,
        "section": "agreement",
        "document": document,
        "day": day,
        "state": document_on(document, day.on),
        "blocks": contents.blocks_on(document, day.on),
        "changes": with_consents(_open_changes(request, access).filter(versions__document=document), access.mandates),
        "exports": [content.export_url for content in contents.of(document) if content.export_url],
        "may_draft": permissions.can_draft(access.mandates, document),
        "may_record": permissions.can_record_on_behalf(access.mandates),
        "hidden": _hidden_drafts(request, access, document),
    }
    return TemplateResponse(request, "agreements/annex_detail.html", context)


@require_POST
def consolidated_issue(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the consolidated copy of the day, or find the one already made, and go to it."""
    access = open_agreement(request, pk)
    if access.day.error:
        return redirect(f"{access.agreement.get_absolute_url()}?{urlencode({'on': access.day.typed})}")
    try:
        record = actions.issue_consolidated(
            agreement=access.agreement, by=access.mandates[0], day=access.day.on, on=access.day.today
        )
    except PdfFailed as failure:
        context = {"agreement": access.agreement, "section": "agreement", "failure": failure, "day": access.day}
        return TemplateResponse(request, "agreements/pdf_failed.html", context, status=503)
    return redirect(record)


@require_GET
def record_download(request: HttpRequest, pk: int) -> HttpResponse:
    """A file, only through its record and only to those who see the agreement. What was destroyed is told (410)."""
    visible = Record.objects.visible_to(request.user, periods.today())  # type: ignore[arg-type]
    record = visible.select_related("file__destruction", "agreement").filter(pk=pk).first()
    if record is None:
        raise Http404
    if destroyed := record.file.destroyed:
        minutes = visible.filter(agreement=record.agreement, file=destroyed.minutes_id).first()
        context = {"agreement": record.agreement, "record": record, "destroyed": destroyed, "minutes": minutes}
        return TemplateResponse(request, "agreements/record_destroyed.html", context, status=410)
    response = HttpResponse(bytes(record.file.content), content_type=record.file.media_type)
    response["Content-Disposition"] = f'attachment; filename="{record.file_name}"'
    response["Content-Security-Policy"] = "sandbox"
    return response


@require_GET
def own_page(request: HttpRequest) -> HttpResponse:
    """The person's own mandates: on which agreement, in what capacity, from when until when."""
    mandates = Mandate.objects.filter(person=request.user.pk).select_related("agreement", "party")
    context = {"mandates": list(mandates.order_by("agreement__short_title", "valid_from")), "today": periods.today()}
    return TemplateResponse(request, "agreements/own_page.html", context)
