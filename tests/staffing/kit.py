"""The rows page as a browser sees it."""

from html.parser import HTMLParser

from staffing.actions import own_lines

TEXTS = ("key", "title", "persons", "person_years", "unit", "municipalities", "note")
TICKS = ("leads_client_work", "uses_typpi", "remove")
NEW = {"title": "neuvoja", "persons": "2", "person_years": "1,50", "unit": "Pori", "leads_client_work": "on"}


class Page(HTMLParser):
    """What a browser would send back, and what a person reads."""

    def __init__(self, response):
        super().__init__(convert_charrefs=True)
        self.fields, self.text, self.attributes, self._area = {}, "", [], None
        self.feed(response.content.decode())

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        self.attributes.append(attrs)
        if tag == "textarea":
            self._area = attrs["name"]
            self.fields[self._area] = ""
        elif tag == "input" and (attrs.get("type") != "checkbox" or "checked" in attrs):
            self.fields[attrs["name"]] = attrs.get("value", "on" if attrs.get("type") == "checkbox" else "")

    def handle_endtag(self, tag):
        if tag == "textarea":
            # The line break after the opening tag belongs to HTML.
            self.fields[self._area] = self.fields[self._area].removeprefix("\n").removeprefix("\r\n")
            self._area = None

    def handle_data(self, data):
        if self._area is None:
            self.text += data
        else:
            self.fields[self._area] += data

    @property
    def rows(self):
        count = int(self.fields["rows-TOTAL_FORMS"])
        return [{name: self.fields.get(f"rows-{n}-{name}") for name in (*TEXTS, *TICKS)} for n in range(count)]

    def error_of(self, name):
        (field,) = (attrs for attrs in self.attributes if attrs.get("name") == name)
        return field.get("aria-invalid") == "true" and any(
            attrs.get("id") in field["aria-describedby"].split()
            for attrs in self.attributes
            if "_error" in attrs.get("id", "")
        )


def titles(cast, draft):
    return [line.title for line in own_lines(draft, cast.annex2)]
