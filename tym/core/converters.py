"""Numbers and choices in addresses."""

from django.urls.converters import IntConverter, StringConverter


class NumberConverter(IntConverter):
    """A number that a database can hold; a longer one is simply no address (404)."""

    regex = "[0-9]{1,15}"


class SheetConverter(StringConverter):
    """The kinds of spreadsheet this site writes."""

    regex = "xlsx|csv"
