"""Duties of sections 4-6 that an adequacy review looks at, each with its place in the agreement and the act."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Duty:
    """A duty. code: as in the list of obligations (domain 5.4-5.6)."""

    code: str
    text: Any
    clause: Any

    @property
    def field(self) -> str:
        return self.code.replace(".", "_")


FOUR, FIVE, SIX = _("agreement 4 §"), _("agreement 5 §"), _("agreement 6 §")
DUTIES = (
    Duty("4.3", _("Assessments and plans are made primarily face to face."), FOUR),
    Duty("4.4", _("Remote tools that support the plan meet the law."), FOUR),
    Duty("4.7", _("Who organises a client's service sees to enough resource for guidance and planning."), FOUR),
    Duty("4.8", _("Substitutes see to the service when somebody is absent."), FOUR),
    Duty("5.2", _("The agreed resource has come about."), FIVE),
    Duty("5.3", _("Staff is enough for the number of clients."), FIVE),
    Duty("5.4", _("The service is delivered as the act says."), _("agreement 5 §, act 381/2023")),
    Duty("5.6", _("Counted staff meets both conditions: main responsibility for client work, and TYPPI."), FIVE),
    Duty("6.1", _("The need for service is cleared up within three months."), _("agreement 6 §, act 381/2023 4 §")),
    Duty("6.3", _("Plans are reviewed at least every three months."), _("agreement 6 §, act 381/2023 6 §")),
    Duty("6.4", _("County and Kela take part in reviews for their own services."), SIX),
)
BY_CODE = {duty.code: duty for duty in DUTIES}
