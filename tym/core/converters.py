"""Numbers in addresses."""

from django.urls.converters import IntConverter


class NumberConverter(IntConverter):
    """A number that a database can hold; a longer one is simply no address (404)."""

    regex = "[0-9]{1,15}"
