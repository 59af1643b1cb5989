"""The administration (ylläpito): what those who run the service may look at, list by list.

Django's admin gives lists, search and filters. Everything else of it is left out: no sign-in page of its own, no form,
no bulk action, no way back to an earlier state. Each room registers its own models in its `admin.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import update_wrapper
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import SEARCH_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, include, path, re_path, reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from simple_history.models import HistoricalChanges

from tym.core import past
from tym.core.words import NOTHING, in_words, label

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[models.Model]
else:
    _ModelAdmin = admin.ModelAdmin

COLUMNS = 5
# How a filter of a list asks of its field; any other question about a row is refused.
ASKED = {"id", "pk", "exact", "in", "isnull", "gte", "gt", "lte", "lt"}


class Administration(admin.AdminSite):
    """The lists of every room, for those who run the service. For everybody else it does not exist."""

    site_title = gettext_lazy("Administration")
    site_header = gettext_lazy("Administration")
    index_title = gettext_lazy("Administration")

    def register_rest(self, room: str, admin_class: type[RecordAdmin]) -> None:
        """Those models of the room that need no words of their own."""
        for model in apps.get_app_config(room).get_models():
            if not issubclass(model, HistoricalChanges) and not self.is_registered(model):
                self.register(model, admin_class)

    def admin_of(self, model: Any) -> RecordAdmin | None:
        found = self._registry.get(model)
        return found if isinstance(found, RecordAdmin) else None

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """Somebody who may not come in is not asked to sign in again: there is nothing for her here."""
        inner = super().admin_view(view, cacheable)

        def only_those_who_run_the_service(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not self.has_permission(request):
                raise Http404
            return inner(request, *args, **kwargs)

        return update_wrapper(only_those_who_run_the_service, view)

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> TemplateResponse:
        """The lists of one room."""
        return super().app_index(request, app_label, {"title": apps.get_app_config(app_label).verbose_name})

    def get_urls(self) -> list[URLResolver | URLPattern]:
        """Index, rooms and models. None of Django's own sign-in, password, script or redirecting addresses."""
        rooms = "|".join(sorted({model._meta.app_label for model in self._registry}))
        return [
            path("", self.admin_view(self.index), name="index"),
            *[
                path(f"{model._meta.app_label}/{model._meta.model_name}/", include(known.urls))
                for model, known in self._registry.items()
            ],
            re_path(rf"^(?P<app_label>{rooms})/$", self.admin_view(self.app_index), name="app_list"),
        ]


site = Administration(name="admin")


class RecordList(ChangeList):
    """A list whose filters are called as the fields are."""

    def get_filters(self, request: HttpRequest) -> Any:
        found = super().get_filters(request)
        for spec in found[0]:
            spec.title = label(spec.field)  # type: ignore[attr-defined]
        return found


class RecordAdmin(_ModelAdmin):
    """A model that is looked at and never written: list, search, filters, a page for each row, and its history.

    hidden: fields that are not even read (secrets, contents). tells: relations that the row's own name reads.
    acted_on: relation of a line of history that says in what office somebody acted. reasons: words for those that
    actions leave in the history.
    """

    hidden: tuple[str, ...] = ()
    tells: tuple[str, ...] = ()
    acted_on = ""
    reasons: Mapping[str, Promise] = {}
    actions = None
    list_per_page = 50
    show_facets = admin.ShowFacets.NEVER
    object_history_template = "admin/record_history.html"

    # Who

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.admin_site.has_permission(request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.admin_site.has_permission(request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    # What

    def get_urls(self) -> list[URLPattern]:
        """Without the nameless address that Django once had for a row."""
        return [known for known in super().get_urls() if known.name]

    @property
    def shown(self) -> list[Any]:
        """The columns that may be seen."""
        return [field for field in self.model._meta.concrete_fields if field.name not in self.hidden]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        """Every row with what its page names, in one query, and without what is hidden."""
        return self.whole(super().get_queryset(request))

    def of(self, model: Any) -> RecordAdmin | None:
        """How another model is looked at."""
        return site.admin_of(model)

    def whole(self, rows: models.QuerySet) -> models.QuerySet:
        return self.lean(rows.defer(*self.hidden), dict(self._relations()))

    def lean(self, rows: models.QuerySet, relations: dict[str, Any]) -> models.QuerySet:
        """With these related rows, but without what is hidden of them."""
        hidden = [
            f"{name}__{secret}"
            for name, model in relations.items()
            if (known := site.admin_of(model))
            for secret in known.hidden
        ]
        return rows.select_related(*relations).defer(*hidden)

    def _relations(self) -> Iterator[tuple[str, Any]]:
        for field in self.shown:
            if field.is_relation:
                yield from self.named(field.name, field.related_model)

    def named(self, relation: str, model: Any) -> Iterator[tuple[str, Any]]:
        """The relation, and what the name of the row it leads to reads."""
        yield relation, model
        known = site.admin_of(model)
        for told in known.tells if known else ():
            yield from self.named(f"{relation}__{told}", model._meta.get_field(told).related_model)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        """Only what the list's own filters ask: a hidden value could be guessed letter by letter otherwise."""
        names = self.get_list_filter(request)
        asked = [lookup.removeprefix(name).split("__") for name in names if f"{lookup}__".startswith(f"{name}__")]
        return any(set(filter(None, words)) <= ASKED for words in asked)

    def get_list_display(self, request: HttpRequest) -> Any:
        """The columns named in `list_display`, or else the first ones that say something in a word."""
        names = list(self.list_display)
        if names == ["__str__"]:
            telling = [f.name for f in self.shown if f.is_relation or f.choices or isinstance(f, models.DateField)]
            names += telling[: COLUMNS - 1]
        return [self._column(name) for name in names]

    def _column(self, name: Any) -> Callable[[models.Model], str]:
        field = None if name == "__str__" else self.model._meta.get_field(name)

        def column(row: models.Model) -> str:
            return in_words(field, getattr(row, name)) if field else str(row)

        column.__name__ = name
        heading = label(field) if field else capfirst(self.opts.verbose_name)
        column.short_description = heading  # type: ignore[attr-defined]
        column.admin_order_field = name if field else None  # type: ignore[attr-defined]
        return column

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return RecordList

    def get_search_fields(self, request: HttpRequest) -> Any:
        """Those named in `search_fields`, or else every text of the row."""
        texts = (models.CharField, models.TextField)
        return self.search_fields or [f.name for f in self.shown if isinstance(f, texts) and not f.choices]

    def get_list_filter(self, request: HttpRequest | None) -> Any:
        """Those named in `list_filter`, and every column of few values."""
        few = [f.name for f in self.shown if f.choices or isinstance(f, models.BooleanField)]
        return [*self.list_filter, *few]

    # Pages

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        self._look_only(request)
        named = {"title": capfirst(self.opts.verbose_name_plural), "search_var": SEARCH_VAR}
        return super().changelist_view(request, named)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """One row: every column by its name. Nothing can be sent from here."""
        record = self._record(request, object_id)
        context = self._context(request, record) | {"facts": list(self.facts(record))}
        return TemplateResponse(request, "admin/record_detail.html", context)

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """What was changed in the row, when, by whom and why. Nothing can be brought back from here."""
        record = self._record(request, object_id)
        context = self._context(request, record) | {"past": past.of(record, self, request.GET.get("p"))}
        return TemplateResponse(request, str(self.object_history_template), context)

    def facts(self, record: models.Model) -> Iterator[tuple[str, str, str]]:
        """(label, value in words, address of the row it names or "")."""
        for field in self.shown:
            value = getattr(record, field.name)
            yield label(field), in_words(field, value), address_of(value)
        for field in (field for field in self.model._meta.many_to_many if field.name not in self.hidden):
            yield label(field), ", ".join(map(str, getattr(record, field.name).all())) or NOTHING, ""

    def _record(self, request: HttpRequest, object_id: str) -> models.Model:
        self._look_only(request)
        record = self.get_object(request, unquote(object_id))
        if record is None:
            raise Http404
        return record

    def _look_only(self, request: HttpRequest) -> None:
        if request.method not in ("GET", "HEAD"):
            raise PermissionDenied(_("Here one only looks. Changes are made on the pages of the agreement."))

    def _context(self, request: HttpRequest, record: models.Model | None) -> dict[str, Any]:
        named = {"title": capfirst(self.opts.verbose_name), "opts": self.opts, "record": record}
        return self.admin_site.each_context(request) | named | {"may_change": self.has_change_permission(request)}


def address_of(value: Any) -> str:
    """The page of a row in here, or "" for what has none."""
    if not isinstance(value, models.Model) or not site.is_registered(type(value)):
        return ""
    return reverse(f"admin:{value._meta.app_label}_{value._meta.model_name}_change", args=[value.pk])
