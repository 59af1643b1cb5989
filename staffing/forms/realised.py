"""What came true, as typed: a party's figures, vacancies, counts of clients, limits."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import Municipality
from staffing.actions.counts import COUNTS
from staffing.models import ClientCount
from staffing.readings import CLIENTS_LIMIT, QUESTIONS, REALISED_LIMIT, REVIEW_DUE
from staffing.words import CHOICES, LIMITS, REVIEW_DUE_WORDS
from staffing.words import QUESTIONS as QUESTION_WORDS
from tym.core.fields import CountField, DayField, FigureField, PersonYearsField, YearDayField
from tym.core.identity import no_identity_code

BOTH = _("Give both the substitute's person-years and the first day, or neither.")


class HeadsField(CountField):
    """Heads of a party."""

    maximum = Decimal(9999)


def _note(**kwargs: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Note"),
        required=False,
        max_length=300,
        widget=forms.Textarea({"rows": 2}),
        validators=[no_identity_code],
        **kwargs,
    )


def _title(label: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=120, validators=[no_identity_code])


def _revision() -> forms.IntegerField:
    return forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31 - 1)


class RealisedForm(forms.Form):
    """Figures that differ from what was agreed."""

    persons = HeadsField(label=_("Persons"), help_text=_("Each person once, whatever part of her work this is."))
    person_years = PersonYearsField(
        label=_("Person-years"),
        help_text=_("Only the part for the multidisciplinary service; mean of the time. For example 1,10."),
    )
    note = _note(help_text=_("For example why less came true than was agreed. Nothing about clients."))
    revision = _revision()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        persons, years = data.get("persons"), data.get("person_years")
        if persons is not None and years is not None and years > persons:
            self.add_error("person_years", _("One person is at most one person-year."))
        return data


class VacancyForm(forms.Form):
    """A post that nobody fills for a time."""

    title = _title(_("Job title"))
    person_years = PersonYearsField(label=_("Person-years"))
    first_day = DayField(label=_("First day"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("dd.mm.yyyy. Empty while it goes on."))
    substitute_person_years = PersonYearsField(
        label=_("Person-years of the substitute"), required=False, help_text=_("Empty when nobody stands in.")
    )
    substitute_from = DayField(label=_("Substitute from"), required=False)
    note = _note()
    revision = _revision()

    def clean_substitute_person_years(self) -> Decimal:
        return self.cleaned_data["substitute_person_years"] or Decimal(0)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        first, last, years = data.get("first_day"), data.get("last_day"), data.get("person_years")
        if first and last and last < first:
            self.add_error("last_day", _("The last day is before the first."))
        if years is not None and years <= 0:
            self.add_error("person_years", _("A vacancy is of more than 0 person-years."))
        self._check_substitute(data)
        return data

    def _check_substitute(self, data: dict[str, Any]) -> None:
        start, stands_in = data.get("substitute_from"), data.get("substitute_person_years")
        first, last, years = data.get("first_day"), data.get("last_day"), data.get("person_years")
        if stands_in and not start and "substitute_from" not in self.errors:
            self.add_error(
                "substitute_from", _("Give both the substitute's person-years and the first day, or neither.")
            )
        if start and not stands_in and "substitute_person_years" not in self.errors:
            self.add_error(
                "substitute_person_years", _("Give both the substitute's person-years and the first day, or neither.")
            )
        if stands_in and years is not None and stands_in > years:
            self.add_error("substitute_person_years", _("The substitute cannot do more than the post."))
        if start and ((first and start < first) or (last and start > last)):
            self.add_error("substitute_from", _("The substitute starts during the vacancy."))


class WithdrawForm(forms.Form):
    """Nothing to fill in but which state of the vacancy was seen."""

    revision = _revision()


class CountsForm(forms.Form):
    """Counts of a period, and of each municipality of the area. Only numbers."""

    note = _note(help_text=_("For example how the clients were counted. Nothing about one client."))
    revision = _revision()

    def __init__(self, *args: Any, area: Sequence[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.area = list(area)
        for name in COUNTS:
            label = ClientCount._meta.get_field(name).verbose_name  # type: ignore[union-attr]
            self.fields[name] = CountField(label=str(label).capitalize(), required=name == "clients")
        for place in self.area:
            self.fields[f"place_{place.pk}"] = CountField(
                label=_("Clients in %(name)s") % {"name": place.name}, required=False
            )
        self.order_fields([*COUNTS, *(f"place_{place.pk}" for place in self.area)])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for _name, some, of in ClientCount.PARTS:
            done, due = data.get(some), data.get(of)
            if done is not None and due is None and of not in self.errors:
                self.add_error(of, _("Give this number too: the share is counted from it."))
            if done is not None and due is not None and done > due:
                self.add_error(some, _("What was done in time cannot be more than what was due."))
        clients = data.get("clients")
        if clients is not None:
            self._check_sums(data, clients)
        return data

    def _check_sums(self, data: dict[str, Any], clients: int) -> None:
        if (data.get("in_assessment") or 0) + (data.get("in_plan") or 0) > clients:
            self.add_error("in_plan", _("The phases have more clients than there are."))
        if self.area and sum(data.get(f"place_{place.pk}") or 0 for place in self.area) > clients:
            self.add_error("clients", _("The municipalities have more clients than the whole area."))

    @property
    def values(self) -> dict[str, int | None]:
        return {name: self.cleaned_data[name] for name in COUNTS}

    @property
    def places(self) -> dict[Municipality, int | None]:
        return {place: self.cleaned_data[f"place_{place.pk}"] for place in self.area}


class LimitField(FigureField):
    """A limit, with at most two decimals; empty leaves it as it is."""

    places = 2
    maximum = Decimal(100_000)
    widget = forms.TextInput(attrs={"inputmode": "decimal", "size": 8, "maxlength": 20, "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Write a number, for example 60 or 92,50."),
        "negative": _("The number cannot be negative."),
        "decimals": _("Write at most two decimals."),
        "too_large": _("The number can be at most %(maximum)s."),
    }


class SettingsForm(forms.Form):
    """Limits and readings for the group to decide. What is left empty stays as it is."""

    KEYS = (CLIENTS_LIMIT, REALISED_LIMIT)

    clients_limit = LimitField(label=LIMITS[CLIENTS_LIMIT], required=False)
    realised_limit = LimitField(label=LIMITS[REALISED_LIMIT], required=False)
    review_due = YearDayField(
        label=REVIEW_DUE_WORDS,
        required=False,
        help_text=_("A day of the following year without the year, for example 31.3."),
    )
    valid_from = DayField(label=_("In force from"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in QUESTIONS:
            choices = [("", _("stays as it is")), *((choice, CHOICES[choice]) for choice in question.choices)]
            self.fields[question.code] = forms.ChoiceField(
                label=f"{QUESTION_WORDS[question.code]} ({question.code})",
                choices=choices,
                required=False,
                widget=forms.RadioSelect,
            )
        self.order_fields(["clients_limit", "realised_limit", "review_due", *(q.code for q in QUESTIONS), "valid_from"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for name in ("clients_limit", "realised_limit"):
            if data.get(name) is not None and data[name] <= 0:
                self.add_error(name, _("A limit is more than 0."))
        if not self.errors and not self.values:
            self.add_error(None, _("Choose what is decided."))
        return data

    @property
    def values(self) -> dict[str, str]:
        """What is decided, by key of the setting."""
        data = self.cleaned_data
        limits = {CLIENTS_LIMIT: data.get("clients_limit"), REALISED_LIMIT: data.get("realised_limit")}
        told = {key: f"{value.normalize():f}".replace(".", ",") for key, value in limits.items() if value}
        told |= {REVIEW_DUE: data["review_due"]} if data.get("review_due") else {}
        return told | {question.key: data[question.code] for question in QUESTIONS if data.get(question.code)}
