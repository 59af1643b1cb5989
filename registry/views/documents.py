"""Every document in one list, with search; the entry of one, and how public it is."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from agreements.access import Access
from agreements.models import Record
from agreements.permissions import require
from agreements.views.acts import Act, perform
from registry import actions, permissions
from registry.documents import Listed, documents_of, search, visible
from registry.forms.publicity import PublicityForm
from registry.models import PublicityClass
from registry.views.pages import SECTION, context_of, open_registry
from tym.core.once import acts_once

A_PAGE = 50
LONGEST_SEARCH = 100


def _known(request: HttpRequest, access: Access) -> list[Listed]:
    records = visible(access.agreement, request.user, access.day.today)  # type: ignore[arg-type]
    return documents_of(access.agreement, records, access.day.today)


@require_GET
def document_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person sees, newest first."""
    access = open_registry(request, pk)
    words, kind = request.GET.get("haku", "")[:LONGEST_SEARCH], request.GET.get("laji", "")
    kind = kind if kind in Record.Kind.values else ""
    known = _known(request, access)
    found = search(known, words, kind)
    there = {one.record.kind for one in known}
    pages = Paginator(found, A_PAGE)
    context = context_of(
        access,
        "documents",
        shown=pages.get_page(request.GET.get("sivu", "")),
        count=len(found),
        words=words,
        kind=kind,
        kinds=[(value, label) for value, label in Record.Kind.choices if value in there],
    )
    return TemplateResponse(request, "registry/document_list.html", context)


def _one(request: HttpRequest, access: Access, record_pk: int) -> Listed:
    """The document as its register tells it; 404 when the person does not see it."""
    found = next((one for one in _known(request, access) if one.record.pk == record_pk), None)
    if found is None:
        raise Http404
    return found


@require_GET
def document_detail(request: HttpRequest, pk: int, record_pk: int) -> HttpResponse:
    """The register's entry of a document (act 906/2019 25–26 §), with every class it has been given."""
    access = open_registry(request, pk)
    one = _one(request, access, record_pk)
    classes = PublicityClass.objects.filter(record=one.record).select_related("mandate__person", "mandate__party")
    context = context_of(
        access,
        "documents",
        one=one,
        classes=list(classes.order_by("-pk")),
        may_set=permissions.can_set_publicity(access.mandates, one.record),
    )
    return TemplateResponse(request, "registry/document_detail.html", context)


@require_http_methods(["GET", "POST"])
@acts_once
def document_publicity(request: HttpRequest, pk: int, record_pk: int) -> HttpResponse:
    """Set how public a document is."""
    access = open_registry(request, pk)
    one = _one(request, access, record_pk)
    by = require(permissions.can_set_publicity(access.mandates, one.record))
    act = Act(
        title=_("Set how public the document is"),
        lead=_("%(title)s (document %(number)s)") % {"title": one.record.title, "number": one.record.pk},
        back=reverse("registry:document_detail", args=[pk, record_pk]),
        done=_("The class of publicity has been saved."),
        note=_(
            "What is set by hand stands above what is computed from act 621/1999 6–7 §, which is still told beside "
            "it. The earlier class stays to be seen, and the document itself does not change."
        ),
    )
    return perform(
        request,
        access,
        act,
        PublicityForm(request.POST or None),
        lambda **told: actions.set_publicity(record=one.record, by=by, on=access.day.today, **told),
        section=SECTION,
    )
