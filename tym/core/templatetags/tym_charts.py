"""Charts that need neither script nor style: figures stay readable as text, and a table always stands beside."""

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

register = template.Library()

WIDTH, BAR = 320, 14


@register.simple_tag
def bars(title: str, rows: Iterable[tuple[str, Decimal, str]]) -> SafeString:
    """Horizontal bars of (label, amount, amount in words). Amounts below zero have no bar.

    A screen reader reads the list; in a PDF each drawing has to have its own text, which is its title.
    """
    told = list(rows)
    largest = max((amount for _label, amount, _words in told), default=Decimal(0))
    drawn = format_html_join(
        "",
        '<li>{}: {}<svg class="chart" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">'
        "<title>{}: {}</title>"
        '<rect width="{}" height="{}" fill="#00347a"/></svg></li>',
        ((label, words, WIDTH, BAR, label, words, _length(amount, largest), BAR) for label, amount, words in told),
    )
    return format_html('<ul class="bars" aria-label="{}">{}</ul>', title, drawn)


def _length(amount: Decimal, largest: Decimal) -> str:
    return f"{max(amount, Decimal(0)) / largest * WIDTH:.1f}" if largest > 0 else "0"
