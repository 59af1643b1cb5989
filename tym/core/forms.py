"""How every form of the site is written out: label, hint, error, and what ties them together for a screen reader."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.forms import (
    BaseForm,
    BaseFormSet,
    BoundField,
    CheckboxSelectMultiple,
    ChoiceField,
    MultipleChoiceField,
    RadioSelect,
)
from django.forms.renderers import TemplatesSetting
from django.utils.translation import gettext as _

from tym.core.formats import format_day, format_number


class TymBoundField(BoundField):
    """A field whose label and hint say everything, and which an error summary can link to."""

    def build_widget_attrs(self, attrs: dict[str, Any], widget: Any = None) -> dict[str, Any]:
        """No placeholders: the text vanishes when one starts to write, and it repeats the label."""
        built = super().build_widget_attrs(attrs, widget)
        if (widget or self.field.widget).attrs.get("placeholder"):
            built["placeholder"] = False
        return built

    @property
    def is_tick(self) -> bool:
        """One box to tick: the label comes after it, and leaving it empty is an answer."""
        return self.widget_type == "checkbox"

    @property
    def is_marked_optional(self) -> bool:
        return not (self.field.required or self.field.disabled or self.is_tick)

    @property
    def link_target(self) -> str:
        """The id where a link from the error summary lands: of a group its first choice."""
        if isinstance(self.field.widget, RadioSelect | CheckboxSelectMultiple):
            return f"{self.auto_id}_0"
        return self.id_for_label


class TymRenderer(TemplatesSetting):
    """`{{ form }}` and `{{ field.as_field_group }}` in the site's look. The admin's forms keep their own templates."""

    form_template_name = "includes/form.html"
    formset_template_name = "includes/formset.html"
    field_template_name = "includes/field.html"
    bound_field_class = TymBoundField


@dataclass(frozen=True)
class ErrorItem:
    """One line of the error summary. `target` is empty when the error belongs to no field that can be seen."""

    target: str
    label: str
    message: str
    row: int | None = None


def error_items(*sources: BaseForm | BaseFormSet | Iterable[BaseForm] | None) -> list[ErrorItem]:
    """Every error of forms and formsets, in the order in which the page shows the fields."""
    return [item for source in sources if source is not None for item in _items_of(source)]


def _items_of(source: BaseForm | BaseFormSet | Iterable[BaseForm]) -> Iterator[ErrorItem]:
    if isinstance(source, BaseForm):
        yield from _form_items(source)
        return
    if isinstance(source, BaseFormSet):
        yield from (ErrorItem("", "", str(message)) for message in source.non_form_errors())
    # Rows are numbered only where there are several to tell apart.
    for number, form in enumerate(source, start=1):
        yield from _form_items(form, row=number if isinstance(source, BaseFormSet) else None)


def _form_items(form: BaseForm, row: int | None = None) -> Iterator[ErrorItem]:
    for message in form.non_field_errors():
        yield ErrorItem("", "", str(message), row)
    for field in form:
        target = "" if field.is_hidden else _target(field)
        for message in field.errors:
            yield ErrorItem(target, str(field.label).rstrip("."), str(message), row)


def _target(field: BoundField) -> str:
    return field.link_target if isinstance(field, TymBoundField) else field.id_for_label


def told(form: BaseForm) -> list[tuple[str, str]]:
    """What was filled in, label by label and in words, for the page where one checks before confirming.

    A form may tell it in its own way.
    """
    own = getattr(form, "told", None)
    return own() if own else told_fields(form.visible_fields())


def told_fields(fields: Iterable[BoundField]) -> list[tuple[str, str]]:
    """Those of the fields that were filled in."""
    return [
        (str(field.label), text)
        for field in fields
        if (text := _in_words(field, field.form.cleaned_data.get(field.name)))
    ]


def _in_words(field: BoundField, value: Any) -> str:
    if value in (None, ""):
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, Decimal):
        return format_number(value, 2)
    if isinstance(value, QuerySet):
        return ", ".join(str(item) for item in value)
    if isinstance(field.field, MultipleChoiceField):
        known = dict(field.field.choices)  # type: ignore[arg-type]
        return ", ".join(str(known.get(item, item)) for item in value)
    if isinstance(field.field, ChoiceField):
        return str(dict(field.field.choices).get(value, value))  # type: ignore[arg-type]
    return str(value)
