"""The costs of the demo's first year (domain 6.7): a brochure, a development day, a speaker, what each party owes."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from agreements.actions import decide_matter
from agreements.models import Mandate, Matter
from costs import actions
from costs.models import CostItem
from tym.desk.demo import data
from tym.desk.demo.stage import Stage

APPROVED, HELD, TOLD = date(2025, 3, 20), date(2025, 11, 12), date(2025, 11, 14)
CAME = {data.AUTHORITY: 12, data.COUNTY: 9, data.KELA: 2}


def load(stage: Stage) -> None:
    """The brochure approved 20.3.2025 § 13 and the development day are split; the speaker's fee waits."""
    brochure = _brochure(stage)
    approve(stage, brochure)
    actions.split_item(item=brochure, by=stage.coordinator, on=date(2025, 5, 2))
    day = _day(stage)
    actions.split_item(item=day, by=stage.coordinator, on=TOLD)
    _speaker(stage)


def _enter(stage: Stage, by: Mandate, on: date, role: str, **told: Any) -> CostItem:
    payer = stage.parties[role]
    return actions.enter_item(agreement=stage.agreement, by=by, on=on, payer=payer, vat=Decimal(0), **told)


def _brochure(stage: Stage) -> CostItem:
    item = _enter(
        stage,
        stage.liaison(data.AUTHORITY),
        date(2025, 5, 2),
        data.AUTHORITY,
        kind=CostItem.Kind.JOINT,
        invoiced_on=date(2025, 4, 30),
        supplier="Porin Paino Oy",
        description="Asiakasesite",
        net=Decimal("615.00"),
    )
    reason = "Esite kertoo palvelusta asiakkaille koko alueella."
    actions.submit_cost(item=item, by=stage.coordinator, on=APPROVED, reason=reason)
    return CostItem.objects.get(pk=item.pk)


def approve(stage: Stage, item: CostItem) -> None:
    """The group's decision of 20.3.2025 § 13."""
    matter = Matter.objects.get(pk__in=[item.matter_id])
    decide_matter(
        matter=matter,
        by=stage.coordinator,
        on=date(2025, 3, 21),
        outcome="approve",
        organ="Johtoryhmä",
        decided_on=APPROVED,
        section="13",
        sha256=matter.sha256,
    )


def _day(stage: Stage) -> CostItem:
    attendance = {stage.parties[role]: persons for role, persons in CAME.items()}
    day = actions.record_day(
        agreement=stage.agreement, by=stage.coordinator, on=TOLD, held_on=HELD, attendance=attendance, place="Pori"
    )
    return _enter(
        stage,
        stage.coordinator,
        TOLD,
        data.AUTHORITY,
        kind=CostItem.Kind.DEVELOPMENT_DAY,
        invoiced_on=HELD,
        supplier="Porin Kongressi Oy",
        description="Kehittämispäivän tilat 900,00 € ja tarjoilu 484,75 €",
        net=Decimal("1384.75"),
        day=day,
    )


def _speaker(stage: Stage) -> None:
    """A speaker's fee is not premises or catering: it is another joint cost, and waits to be put before the group."""
    _enter(
        stage,
        stage.liaison(data.COUNTY),
        TOLD,
        data.COUNTY,
        kind=CostItem.Kind.JOINT,
        invoiced_on=date(2025, 11, 13),
        supplier="Puhuja Oy",
        description="Kehittämispäivän puhujan palkkio",
        net=Decimal("400.00"),
    )
