"""A party's statement of a settlement: every item with its share, as page, PDF and sheet (loppulaskelman erittely)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal

from django.template.loader import render_to_string
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from agreements.models import Party
from costs.balances import Balance, balances_of, payments_of
from costs.models import CostItem, Payment, Settlement
from tym.core.formats import format_day
from tym.core.pdf import PdfSource, style_sheet

WIDTHS = (12, 28, 40, 22, 14, 14, 20, 10, 10, 14)


@dataclass(frozen=True)
class Line:
    """An item of the settlement and the party's part of it."""

    item: CostItem
    weight: Decimal
    whole: Decimal
    share: Decimal


@dataclass(frozen=True)
class Statement:
    """What the settlement says of one party. payments: what it pays and what it is paid."""

    settlement: Settlement
    party: Party
    lines: tuple[Line, ...]
    balance: Balance
    payments: tuple[tuple[Party, Party, Decimal], ...]

    @property
    def title(self) -> str:
        return _("Statement of costs, %(party)s") % {"party": self.party.short_name}


def statement_of(settlement: Settlement, party: Party) -> Statement:
    """The number of queries does not depend on the number of items."""
    balances = balances_of(settlement)
    own = next(balance for balance in balances if balance.party == party)
    moves = payments_of(balances)
    if settlement.state == Settlement.State.CLOSED:
        fixed = Payment.objects.filter(settlement=settlement).select_related("payer", "payee")
        moves = [(payment.payer, payment.payee, payment.amount) for payment in fixed]
    items = settlement.items.select_related("payer", "split").prefetch_related("split__shares")
    lines = tuple(_line(item, party) for item in items)
    return Statement(settlement, party, lines, own, tuple(move for move in moves if party in move[:2]))


def _line(item: CostItem, party: Party) -> Line:
    parts = list(item.split.shares.all())
    whole = sum((part.weight for part in parts), Decimal(0))
    own = next((part for part in parts if part.party_id == party.pk), None)
    return Line(item, own.weight if own else Decimal(0), whole, own.amount if own else Decimal(0))


def headings() -> list[str]:
    return [
        _("Day of the invoice"), _("Supplier"), _("What was bought"), _("Kind of cost"), _("Amount shared, €"),
        _("VAT"), _("Paid by"), _("Weight"), _("Of all"), _("Share, €"),
    ]  # fmt: skip


def rows_of(statement: Statement) -> list[list[str | Decimal]]:
    """The lines as a sheet has them, and their sum."""
    rows: list[list[str | Decimal]] = [
        [
            format_day(line.item.invoiced_on), line.item.supplier, line.item.description,
            str(line.item.get_kind_display()), line.item.settled_amount, str(line.item.split.get_shared_display()),
            line.item.payer.short_name, line.weight, line.whole, line.share,
        ]
        for line in statement.lines
    ]  # fmt: skip
    total = sum((line.item.settled_amount for line in statement.lines), Decimal(0))
    return [*rows, [_("Together"), "", "", "", total, "", "", "", "", statement.balance.share]]


def pdf_source(statement: Statement) -> PdfSource:
    """What the PDF is made from; the same statement gives the same bytes."""
    rows = [[str(cell) for cell in row] for row in rows_of(statement)]
    told = {"settlement": statement.settlement.matter.reference, "party": statement.party.short_name}
    told |= {"sha256": statement.settlement.matter.sha256}
    return PdfSource(
        html=render_to_string("costs/pdf/statement.html", {"statement": statement, "language": get_language() or "fi"}),
        css=(style_sheet("pdf.css"),),
        attachment_name="erittely.json",
        attachment=json.dumps({**told, "headings": headings(), "rows": rows}, ensure_ascii=False, indent=1).encode(),
        attachment_mime="application/json",
        day=statement.settlement.last_day,
        title=f"{statement.title}, {statement.settlement.matter.title}",
        language=get_language() or "fi",
    )
