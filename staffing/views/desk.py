"""What every page of a draft of Annex 2 starts from."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from agreements import permissions
from agreements.access import open_change
from agreements.models import AreaMunicipality, Change, Document, Mandate
from staffing import summary
from staffing.content import DraftLines, drafted
from staffing.forms import Area, BaseLineFormSet, LineFormSet, StartForm
from tym.core.errors import Refused

PREFIX = "rows"


@dataclass(frozen=True)
class Sums:
    """The sums of a party's rows as written, and of all parties with them. unfinished: rows left out of the sums."""

    own: summary.Totals
    all: summary.Totals
    spread: summary.Spread
    unfinished: int


@dataclass(frozen=True)
class Desk:
    """A draft on the table of a person who may edit it."""

    change: Change
    document: Document
    by: Mandate
    today: datetime.date
    stored: DraftLines
    area: Area

    def formset(self, **kwargs: Any) -> BaseLineFormSet:
        return LineFormSet(prefix=PREFIX, form_kwargs={"area": self.area, "empty_permitted": True}, **kwargs)

    @property
    def start(self) -> StartForm:
        return StartForm(initial={"revision": self.change.revision, "ground": self.stored.ground}, auto_id=False)

    def sent(self, request: HttpRequest) -> tuple[BaseLineFormSet, StartForm]:
        """The posted rows and what they started from. Raises BadRequest when they did not come through whole."""
        formset, start = self.formset(data=request.POST), StartForm(request.POST, auto_id=False)
        if not (formset.is_readable and start.is_valid()):
            raise BadRequest("The rows did not come through whole.")
        return formset, start

    def sums(self, formset: BaseLineFormSet) -> Sums:
        """Of the rows in the form; as stored when nothing has been sent."""
        own: list[Any] = list(formset.lines if formset.is_bound else self.stored.own)
        whole = [*own, *self.stored.others]
        unfinished = formset.unfinished if formset.is_bound else 0
        return Sums(summary.totals(own), summary.totals(whole), summary.spread(own), unfinished)


def open_desk(request: HttpRequest, pk: int, number: int) -> Desk:
    access, change = open_change(request, pk)
    versions = change.versions.select_related("document")
    document = get_object_or_404(versions, document__number=number, document__kind=Document.Kind.STAFFING).document
    if change.state != Change.State.DRAFT:
        raise Refused(_("This is no longer a draft, so it cannot be edited."))
    by = permissions.require(permissions.can_edit(access.mandates, change))
    stored = drafted(change, document)
    return Desk(change, document, by, access.day.today, stored, _area(change, stored))


def _area(change: Change, stored: DraftLines) -> Area:
    """The agreement's municipalities, and those the party's rows already name."""
    area = AreaMunicipality.objects.filter(agreement=change.matter.agreement_id).select_related("municipality")
    named = [municipality for line in stored.own for municipality in line.municipalities.all()]
    return Area([place.municipality for place in area] + named)
