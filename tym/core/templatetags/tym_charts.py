"""Charts that need neither script nor style: figures stay readable as text, and a table always stands beside."""

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

WIDTH, ROW, BAR, TOP = 320, 46, 14, 6


@register.simple_tag
def bars(title: str, rows: Iterable[tuple[str, Decimal, str]]) -> SafeString:
    """Horizontal bars of (label, amount, amount in words). Amounts below zero have no bar."""
    told = list(rows)
    largest = max((amount for _label, amount, _words in told), default=Decimal(0))
    drawn = format_html_join(
        "",
        '<text x="0" y="{}" font-size="14" fill="currentColor">{}: {}</text>'
        '<rect x="0" y="{}" width="{}" height="{}" fill="#00347a"/>',
        (
            (TOP + place * ROW + 14, label, words, TOP + place * ROW + 20, _length(amount, largest), BAR)
            for place, (label, amount, words) in enumerate(told)
        ),
    )
    said = "; ".join(f"{label} {words}" for label, _amount, words in told)
    return format_html(
        '<svg class="chart" viewBox="0 0 {} {}" role="img" aria-label="{}: {}" focusable="false">{}</svg>',
        WIDTH, TOP + ROW * len(told), title, said, drawn,
    )  # fmt: skip


def _length(amount: Decimal, largest: Decimal) -> str:
    return f"{max(amount, Decimal(0)) / largest * WIDTH:.1f}" if largest > 0 else "0"
