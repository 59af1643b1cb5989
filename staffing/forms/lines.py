"""The rows of Annex 2 as typed: read, checked, never saved here."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.forms.formsets import TOTAL_FORM_COUNT, BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from agreements.models import Municipality
from staffing.lines import LineInput
from staffing.models import StaffingLine
from tym.core.fields import CountField, PersonYearsField
from tym.core.identity import no_identity_code
from tym.core.uploads import SheetUploadField

MAX_ROWS = 500
# A spreadsheet may put as many new rows in the place of as many old ones.
MAX_SENT = 2 * MAX_ROWS
# Cells copied from a spreadsheet of so many rows.
MAX_PASTED = 500_000
ROW_FIELDS = ("unit", "municipalities", "title", "persons", "person_years", "leads_client_work", "uses_typpi", "note")
TICKS = ("leads_client_work", "uses_typpi", "remove")


class PersonsField(CountField):
    """Heads of one row."""

    maximum = Decimal(9999)


class LineField(forms.CharField):
    """One line of text in a low box where a long one can be read whole.

    columns: its share of the table's width. line_end: what a line break means.
    """

    default_validators = [no_identity_code]

    def __init__(self, columns: int, *, line_end: str = " ", **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea({"rows": 2, "cols": columns}), **kwargs)
        self.line_end = line_end

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        return " ".join(text.replace("\n", self.line_end).split())


class Area:
    """The municipalities a row may serve, found by name in either language (toimialue, agreement 3 §)."""

    def __init__(self, municipalities: Iterable[Municipality]) -> None:
        self.municipalities = sorted(set(municipalities), key=lambda municipality: municipality.name)
        self._by_name = {m.name_sv.casefold(): m for m in self.municipalities if m.name_sv}
        self._by_name |= {m.name.casefold(): m for m in self.municipalities}

    def __str__(self) -> str:
        return ", ".join(municipality.name for municipality in self.municipalities)

    def read(self, text: str) -> list[Municipality]:
        """Municipalities of names separated by commas. Raises ValidationError that names the first unknown one."""
        names = [name.strip() for name in text.replace(";", ",").split(",")]
        found = {}
        for name in filter(None, names):
            municipality = self._by_name.get(name.casefold())
            if municipality is None:
                raise self._unknown(name)
            found[municipality.pk] = municipality
        return list(found.values())

    def _unknown(self, name: str) -> ValidationError:
        told = {"name": name, "area": str(self)}
        if not self.municipalities:
            return ValidationError(
                _("No municipalities have been recorded for this agreement yet. Leave the field empty."), "no_area"
            )
        return ValidationError(
            _("“%(name)s” is not a municipality of the agreement's area. The area: %(area)s."), "unknown", told
        )


class LineForm(forms.Form):
    """One row. A row in which nothing is written and which continues no row is no row."""

    key = forms.CharField(required=False, widget=forms.HiddenInput)
    title = LineField(24, label=_("Job title"), max_length=120, error_messages={"required": _("Write the job title.")})
    persons = PersonsField(label=_("Persons"))
    person_years = PersonYearsField(label=_("Person-years"), help_text=_("For example 0,80"))
    unit = LineField(20, label=_("Unit"), max_length=120, required=False)
    municipalities = LineField(
        24,
        line_end=", ",
        label=_("Municipalities"),
        max_length=2000,
        required=False,
        help_text=_("Names separated by commas. Empty means the whole area."),
    )
    leads_client_work = forms.BooleanField(label=_("Main responsibility for client work"), required=False)
    uses_typpi = forms.BooleanField(label=_("Uses the TYPPI system"), required=False)
    note = LineField(16, label=_("Note"), max_length=300, required=False)
    remove = forms.BooleanField(label=_("Remove row"), required=False)

    def __init__(self, *args: Any, area: Area, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = area

    def has_changed(self) -> bool:
        return any(str(value).strip() for name, value in self.typed.items() if value and name not in TICKS)

    @property
    def typed(self) -> dict[str, Any]:
        """What the person sent, as she wrote it."""
        return {name: self[name].data for name in self.fields}

    def clean_municipalities(self) -> list[Municipality]:
        return self.area.read(self.cleaned_data["municipalities"])

    def clean(self) -> dict[str, Any]:
        persons, person_years = self.cleaned_data.get("persons"), self.cleaned_data.get("person_years")
        if persons is not None and person_years is not None and person_years > persons:
            self.add_error("person_years", _("At most as many as there are persons."))
        return self.cleaned_data

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound and self.cleaned_data.get("remove"):
            # What goes away need not be right.
            self.errors.clear()

    @property
    def is_removed(self) -> bool:
        return bool(self.cleaned_data.get("remove"))

    @property
    def line(self) -> LineInput | None:
        """The row as it should be; None when it is empty or to be removed."""
        if not self.cleaned_data or self.is_removed:
            return None
        return LineInput(key=self.cleaned_data["key"], **{name: self.cleaned_data[name] for name in ROW_FIELDS})


class BaseLineFormSet(BaseFormSet):
    """All rows of a party on one page."""

    @property
    def is_readable(self) -> bool:
        """Whether the number of rows came through whole: too few would remove rows nobody asked to remove."""
        total: int | None = self.management_form.cleaned_data[TOTAL_FORM_COUNT]
        return self.management_form.is_valid() and total is not None and 0 <= total <= MAX_SENT

    def clean(self) -> None:
        if len([form for form in self.forms if not form.is_removed]) > MAX_ROWS:
            raise ValidationError(_("There can be at most %(rows)s rows."), "rows", {"rows": MAX_ROWS})

    @property
    def typed(self) -> list[dict[str, Any]]:
        return [form.typed for form in self.forms]

    @property
    def lines(self) -> list[LineInput]:
        """The rows to keep, of those that are right."""
        return [line for form in self.forms if not form.errors and (line := form.line)]

    @property
    def unfinished(self) -> int:
        """How many rows have something to correct."""
        return len([form for form in self.forms if form.errors])


LineFormSet = cast(
    type[BaseLineFormSet],
    formset_factory(LineForm, formset=BaseLineFormSet, extra=0, max_num=MAX_SENT, absolute_max=MAX_SENT),
)


class StartForm(forms.Form):
    """What the person started from, so that nobody's save is undone unseen."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    ground = forms.CharField(widget=forms.HiddenInput)


def as_typed(line: StaffingLine | LineInput) -> dict[str, Any]:
    """A row as the form shows it."""
    names = (name for name in ROW_FIELDS if name != "municipalities")
    return {"key": line.key, "municipalities": line.places, **{name: getattr(line, name) for name in names}}


class SheetForm(forms.Form):
    """Rows from outside: a file, or cells pasted from one. Nothing is kept of either but the rows."""

    REPLACE, ADD = "replace", "add"

    upload = SheetUploadField(label=_("Spreadsheet file"), required=False)
    pasted = forms.CharField(
        label=_("Paste from a spreadsheet"),
        required=False,
        max_length=MAX_PASTED,
        strip=False,
        validators=[no_identity_code],
        widget=forms.Textarea({"rows": 6}),
        help_text=_("Copy the rows in the spreadsheet, with or without the headings, and paste them here."),
    )
    mode = forms.ChoiceField(
        label=_("What happens to the present rows"),
        choices=[
            (REPLACE, _("The spreadsheet takes the place of all rows of the draft")),
            (ADD, _("Rows of the spreadsheet are added or changed, other rows stay")),
        ],
        initial=REPLACE,
        widget=forms.RadioSelect,
    )

    def clean(self) -> dict[str, Any]:
        upload, pasted = self.cleaned_data.get("upload"), (self.cleaned_data.get("pasted") or "").strip()
        if not self.errors and bool(upload) == bool(pasted):
            self.add_error("upload", _("Choose a file or paste the rows: one of the two."))
        return self.cleaned_data
