"""What the rendered HTML of a form tells a person and a screen reader. Parsed, so that layout may change freely."""

from html.parser import HTMLParser

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tym.core.forms import ErrorItem, TymRenderer, error_items


class Elements(HTMLParser):
    """Flat list of (tag, attributes) and the text of all of them."""

    def __init__(self, html):
        super().__init__()
        self.found, self.text = [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))

    def handle_data(self, data):
        if data.strip():
            self.text.append(data.strip())

    def one(self, tag, **wanted):
        (element,) = (a for t, a in self.found if t == tag and wanted.items() <= a.items())
        return element

    @property
    def ids(self):
        return [attrs["id"] for _, attrs in self.found if "id" in attrs]


class ProposalForm(forms.Form):
    default_renderer = TymRenderer

    what = forms.CharField(label="Mitä", help_text="Yksi virke.")
    case = forms.CharField(label="Asianumero", required=False, widget=forms.TextInput(attrs={"placeholder": "KELA 1"}))
    outcome = forms.ChoiceField(label="Päätös", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    sure = forms.BooleanField(label="Tarkistettu", required=False)
    key = forms.CharField(widget=forms.HiddenInput)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


@pytest.fixture
def empty_form():
    return ProposalForm({})


def elements(html):
    return Elements(str(html))


def test_field_is_described_by_hint_and_error_that_exist(empty_form):
    page = elements(empty_form["what"].as_field_group())
    widget = page.one("input", name="what")
    assert widget["aria-describedby"] == "id_what_helptext id_what_error"
    assert widget["aria-invalid"] == "true"
    assert {"id_what_helptext", "id_what_error"} <= set(page.ids)


def test_field_error_begins_with_the_word_error(empty_form):
    text = elements(empty_form["what"].as_field_group()).text
    assert text == ["Mitä", "Yksi virke.", "Error:", "This field is required."]


def test_field_without_error_has_neither_error_nor_invalid_mark():
    page = elements(ProposalForm()["what"].as_field_group())
    assert page.one("input", name="what")["aria-describedby"] == "id_what_helptext"
    assert "aria-invalid" not in page.one("input", name="what")


@pytest.mark.parametrize(("name", "marked"), [("what", False), ("case", True), ("outcome", False), ("sure", False)])
def test_label_marks_optional_fields_in_words(name, marked):
    html = str(ProposalForm()[name].as_field_group())
    assert ("(optional)" in html) is marked
    assert "*" not in html


def test_field_shows_no_placeholder():
    assert "placeholder" not in elements(ProposalForm()["case"].as_field_group()).one("input", name="case")


def test_radio_group_is_a_fieldset_described_by_its_error(empty_form):
    page = elements(empty_form["outcome"].as_field_group())
    assert page.one("fieldset")["aria-describedby"] == "id_outcome_error"
    assert "legend" in [tag for tag, _ in page.found]


def test_cell_has_label_widget_and_error_tied_together(empty_form):
    page = elements(render_to_string("includes/cell.html", {"field": empty_form["what"]}))
    assert page.one("label")["for"] == page.one("input")["id"]
    assert set(page.one("input")["aria-describedby"].split()) <= set(page.ids)


def test_form_writes_every_field_once(empty_form):
    names = [attrs["name"] for tag, attrs in elements(empty_form).found if tag == "input"]
    assert names == ["what", "case", "outcome", "outcome", "sure", "key"]


def test_error_items_point_to_what_can_be_focused(empty_form):
    assert [(item.target, item.label) for item in error_items(empty_form)] == [
        ("id_what", "Mitä"),
        ("id_outcome_0", "Päätös"),
        ("", "Key"),
    ]


def test_error_summary_links_reach_ids_of_the_form(empty_form):
    page = elements(render_to_string("includes/error_summary.html", {"form": empty_form}))
    links = [attrs["href"].removeprefix("#") for tag, attrs in page.found if tag == "a"]
    assert links == ["id_what", "id_outcome_0"]
    assert set(links) <= set(elements(empty_form).ids)
    assert page.one("div", role="alert")["tabindex"] == "-1"


def test_error_summary_is_silent_when_all_is_well():
    form = ProposalForm({"what": "x", "outcome": "a", "key": "k"})
    assert render_to_string("includes/error_summary.html", {"form": form}).strip() == ""
    assert render_to_string("includes/error_summary.html", {}).strip() == ""


def test_error_items_number_the_rows_of_a_formset():
    formset = forms.formset_factory(ProposalForm, extra=0, max_num=1, validate_max=True)(
        {
            "form-TOTAL_FORMS": "2",
            "form-INITIAL_FORMS": "0",
            "form-0-what": "x",
            "form-0-outcome": "a",
            "form-0-key": "k",
            "form-1-outcome": "a",
            "form-1-key": "k",
        }
    )
    whole, row = error_items(formset)
    assert (whole.target, whole.row) == ("", None)
    assert row == ErrorItem("id_form-1-what", "Mitä", "This field is required.", 2)


def test_error_items_of_several_forms_keep_their_order(empty_form):
    other = ProposalForm({}, prefix="b")
    targets = [item.target for item in error_items([empty_form, other]) if item.target]
    assert targets == ["id_what", "id_outcome_0", "id_b-what", "id_b-outcome_0"]


def test_error_summary_escapes_what_was_typed():
    class Echo(forms.Form):
        unit = forms.ChoiceField(label="Yksikkö")

    html = render_to_string("includes/error_summary.html", {"form": Echo({"unit": "<script>"})})
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


@pytest.mark.parametrize("template", ["400.html", "403.html", "403_csrf.html", "404.html", "409.html", "500.html"])
def test_error_page_renders_without_request_or_context(template, settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    page = elements(render_to_string(template))
    assert page.one("html")["lang"] == "en"
    assert [tag for tag, _ in page.found].count("h1") == 1


def test_failure_page_needs_no_manifest_of_static_files(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"}
    }
    assert elements(render_to_string("500.html")).one("link", rel="stylesheet")["href"].endswith("tym/site.css")


def test_refusal_of_rights_tells_its_reason(settings):
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    html = render_to_string("403.html", {"exception": "Ei tehtävää <Kela>"}, request=request)
    assert "Ei tehtävää &lt;Kela&gt;" in html
