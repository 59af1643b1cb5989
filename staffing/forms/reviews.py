"""The adequacy review as typed: judgements, duties, actions, and with what it is handled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from agreements.models import Matter, Party
from staffing.actions import Judged, report_title
from staffing.duties import DUTIES
from staffing.models import AdequacyReview, DutyCheck, Judgement
from tym.core.fields import DayField
from tym.core.identity import no_identity_code

OPENS = "open"
APART = "apart"


def _seen() -> forms.CharField:
    return forms.CharField(widget=forms.HiddenInput, max_length=64)


def _text(label: Any, rows: int, longest: int, **kwargs: Any) -> forms.CharField:
    area = forms.Textarea({"rows": rows})
    return forms.CharField(
        label=label, required=False, max_length=longest, widget=area, validators=[no_identity_code], **kwargs
    )


class JudgementForm(forms.Form):
    """A judgement on each party's staff; one left open may be filled in later."""

    seen = _seen()

    def __init__(self, *args: Any, parties: Sequence[Party], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parties = list(parties)
        for party in self.parties:
            told = {"party": party.short_name}
            self.fields[f"outcome_{party.order}"] = forms.ChoiceField(
                label=_("%(party)s: judgement") % told,
                choices=Judgement.Outcome.choices,
                required=False,
                widget=forms.RadioSelect,
            )
            self.fields[f"reasons_{party.order}"] = _text(_("%(party)s: reasons") % told, 3, 4000)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for party in self.parties:
            outcome, name = data.get(f"outcome_{party.order}"), f"reasons_{party.order}"
            if outcome and outcome != Judgement.Outcome.ADEQUATE and not data.get(name) and name not in self.errors:
                self.add_error(name, _("Write why the staff is not fully adequate."))
        return data

    @staticmethod
    def initial_of(judgements: Sequence[Judgement]) -> dict[str, str]:
        outcomes = {f"outcome_{row.party.order}": row.outcome for row in judgements}
        return outcomes | {f"reasons_{row.party.order}": row.reasons for row in judgements}

    @property
    def values(self) -> dict[Party, Judged]:
        data = self.cleaned_data
        return {p: Judged(data[f"outcome_{p.order}"], data[f"reasons_{p.order}"]) for p in self.parties}


class DutiesForm(forms.Form):
    """How each duty of sections 4-6 was kept. facts: what the figures say of it."""

    seen = _seen()

    def __init__(self, *args: Any, facts: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for duty in DUTIES:
            self.fields[f"state_{duty.field}"] = forms.ChoiceField(
                label=f"{duty.code} {duty.text}",
                help_text=". ".join(filter(None, (str(duty.clause), facts.get(duty.code, "")))),
                choices=[("", _("not looked at yet")), *DutyCheck.State.choices],
                required=False,
            )
            self.fields[f"note_{duty.field}"] = forms.CharField(
                label=_("%(code)s: note") % {"code": duty.code},
                required=False,
                max_length=300,
                validators=[no_identity_code],
            )

    @staticmethod
    def initial_of(checks: Sequence[DutyCheck]) -> dict[str, str]:
        held = {row.duty: row for row in checks}
        pairs = [(duty, held[duty.code]) for duty in DUTIES if duty.code in held]
        return {f"state_{d.field}": row.state for d, row in pairs} | {f"note_{d.field}": row.note for d, row in pairs}

    @property
    def values(self) -> dict[str, Judged]:
        data = self.cleaned_data
        return {d.code: Judged(data[f"state_{d.field}"], data[f"note_{d.field}"]) for d in DUTIES}


class RemedyForm(forms.Form):
    """An action with who answers for it and by when."""

    what = forms.CharField(label=_("Action to be taken"), max_length=300, validators=[no_identity_code])
    responsible = forms.CharField(label=_("Responsible person"), max_length=120, validators=[no_identity_code])
    by_when = DayField(label=_("By when"))


class SubmitReviewForm(forms.Form):
    """With which annual report the review is handled."""

    seen = _seen()
    handled = forms.ChoiceField(label=_("Handled with"), widget=forms.RadioSelect)
    deviation = _text(
        _("Reason, when it is handled apart from the annual report"),
        2,
        1000,
        help_text=_("The agreement has the review made when the annual report is handled (5 §)."),
    )

    def __init__(self, *args: Any, review: AdequacyReview, reports: Sequence[Matter], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reports = {str(report.pk): report for report in reports}
        title = report_title(review.year)
        choices = [(pk, f"{report.title} ({report.reference})") for pk, report in self.reports.items()]
        if title not in {report.title for report in reports}:
            choices.append((OPENS, _("“%(title)s”: its matter is opened in the same act") % {"title": title}))
        self.fields["handled"].choices = [*choices, (APART, _("apart from the annual report"))]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("handled") == APART and not data.get("deviation") and "deviation" not in self.errors:
            self.add_error("deviation", _("Write the reason."))
        return data

    @property
    def values(self) -> dict[str, Any]:
        chosen = self.cleaned_data["handled"]
        return {
            "report": self.reports.get(chosen),
            "opens_report": chosen == OPENS,
            "deviation": self.cleaned_data["deviation"] if chosen == APART else "",
            "seen": self.cleaned_data["seen"],
        }
