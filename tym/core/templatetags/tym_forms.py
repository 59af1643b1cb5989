"""What the form templates ask of tym/core/forms.py."""

from typing import Any

from django import template

from tym.core import forms

register = template.Library()


@register.simple_tag(takes_context=True)
def error_items(context: template.Context) -> list[forms.ErrorItem]:
    """Errors of what the including page passed as `form` and `forms`."""
    sources: list[Any] = [context.get("form"), context.get("forms")]
    return forms.error_items(*(source for source in sources if source))
