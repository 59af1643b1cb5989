"""Habits of this code that no linter of the shelf keeps: who writes, how addresses are called, what a page may hold."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from django.urls import URLPattern, URLResolver, get_resolver

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("agreements", "costs", "registry", "staffing", "steering", "tym")
FOLDERS = (*ROOMS, "docs", "locale", "templates", "tests", ".ci")
TEXT = {"", ".css", ".html", ".js", ".json", ".lock", ".md", ".po", ".py", ".sh", ".svg", ".toml", ".txt", ".yml"}

WRITES = {
    "save", "asave", "create", "acreate", "delete", "adelete", "bulk_create", "bulk_update", "get_or_create",
    "update_or_create", "_raw_delete", "save_base",
}  # fmt: skip
# file: why it may write
WRITERS = {"agreements/history.py": "every save of a tracked row passes through it"}
RAW_SQL = {"cursor", "raw", "RawSQL", "extra", "executescript"}
RAW_SQL_FILES = {"tym/core/guards.py": "triggers are SQL"}
GATHERED = {"_", "gettext", "ngettext", "pgettext", "npgettext"}
UNESCAPED = re.compile(r"\bmark_safe\b|\|safe\b|\bcsrf_exempt\b|autoescape off|\bSafeString\(")
UNESCAPED_FILES = {
    "agreements/markup.py": "light markup becomes HTML here, every piece escaped",
    "templates/includes/cell.html": "a form field's hint is ours, as in Django's own template",
    "templates/includes/field_notes.html": "a form field's hint is ours, as in Django's own template",
}
# Our policy for pages (CSP) lets none of these run; they would fail in silence.
INLINE = re.compile(r"<style\b|<script\b(?![^>]*\bsrc=)|\sstyle\s*=|\son[a-z]+\s*=|javascript:", re.IGNORECASE)
# Put together so that this file does not hold what it looks for.
REGISTRIES = re.compile(
    "|".join(["py" + r"pi\.org", "python" + r"hosted\.org", "npm" + r"js\.(?:org|com)", "crates" + r"\.io"])
)
MACHINE = re.compile(
    r"(?<![\w.:/*})-])/(?:" + "|".join(["wo" + "rk", "ro" + "ot", "ho" + "me", "tm" + "p", "Us" + "ers"]) + r")(?:/|\b)"
)
MACHINE_FILES = {".ci/postgres.sh": "a socket's path must be short, and the server's user must reach it"}


def name_of(file):
    return file.relative_to(ROOT).as_posix()


def code():
    return [file for room in ROOMS for file in (ROOT / room).rglob("*.py") if "migrations" not in file.parts]


def templates():
    return [*(ROOT / "templates").rglob("*.*"), *(file for room in ROOMS for file in (ROOT / room).rglob("*.html"))]


def everything():
    inside = (file for folder in FOLDERS for file in (ROOT / folder).rglob("*"))
    files = [*inside, *(file for file in ROOT.iterdir() if not file.name.startswith("."))]
    return [file for file in files if file.is_file() and file.suffix in TEXT]


def calls(file):
    """(name of the called method or function, line) of every call in the file; `update` only as the ORM's."""
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            # A dictionary or hash is updated from a positional argument, rows by keywords alone.
            if name != "update" or (node.keywords and not node.args):
                yield name, node.lineno


def is_action(file):
    return file.name == "actions.py" or "actions" in file.parent.parts


def test_only_actions_write():
    found = {
        f"{name_of(file)}:{line} {name}"
        for file in code()
        if not is_action(file) and name_of(file) not in WRITERS
        for name, line in calls(file)
        if name in WRITES | {"update"} and not (name == "save" and "history.save(" in line_of(file, line))
    }
    assert found == set()


def line_of(file, line):
    return file.read_text().splitlines()[line - 1]


def test_only_guards_speak_sql():
    found = {
        f"{name_of(file)}:{line} {name}"
        for file in code()
        if name_of(file) not in RAW_SQL_FILES
        for name, line in calls(file)
        if name in RAW_SQL
    }
    assert found == set()


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("row.save()", ["save"]),
        ("Row.objects.filter(a=1).update(b=2)", ["filter", "update"]),
        ("words.update(more)", []),
        ("Row.objects.bulk_create(rows)", ["bulk_create"]),
    ],
)
def test_search_for_writes_finds_them(tmp_path, line, found):
    file = tmp_path / "views.py"
    file.write_text(line)
    assert sorted(name for name, _line in calls(file)) == found


def own_models():
    ours = [model for model in apps.get_models() if model.__module__.split(".")[0] in ROOMS]
    return [model for model in ours if not model.__name__.startswith("Historical")]


@pytest.mark.parametrize("model", own_models())
def test_model_says_what_it_is(model):
    # Without a docstring Django writes one: the name and its fields.
    assert not model.__doc__.startswith(f"{model.__name__}(")


def patterns(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, entry.namespace or namespace)
        elif isinstance(entry, URLPattern):
            yield namespace, entry


def test_addresses_are_called_room_noun_verb_as_their_views():
    own = [(room, entry) for room, entry in patterns(get_resolver()) if room in {*ROOMS, "accounts", "desk"}]
    assert len(own) > 5
    assert [entry.name for _room, entry in own if not re.fullmatch(r"[a-z]+(_[a-z]+)+", entry.name)] == []
    assert [entry.name for _room, entry in own if entry.callback.__name__ != entry.name] == []
    names = [f"{room}:{entry.name}" for room, entry in own]
    assert sorted(set(names)) == sorted(names)


def test_nothing_passes_by_escaping_or_csrf_unexplained():
    # A mail in plain text is rightly not escaped.
    pages = [file for file in templates() if file.suffix != ".txt"]
    found = {name_of(file) for file in [*code(), *pages] if UNESCAPED.search(file.read_text())}
    assert found <= set(UNESCAPED_FILES)


def test_templates_hold_no_inline_script_or_style():
    found = {f"{name_of(file)}: {match[0]}" for file in templates() for match in INLINE.finditer(file.read_text())}
    assert found == set()


@pytest.mark.parametrize(
    "html", ["<p style='a'>", "<style>", "<script>alert()</script>", '<a onclick="x">', '<a href="javascript:x">']
)
def test_search_for_inline_things_finds_them(html):
    assert INLINE.search(html)
    assert not INLINE.search('<script src="a.js" defer></script><p class="style=">')


def test_no_text_for_translation_stands_inside_an_f_string():
    """It is not found there when texts are gathered, so it would be shown in English."""
    found = {
        (name_of(file), call.lineno)
        for file in code()
        for joined in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(joined, ast.JoinedStr)
        for call in ast.walk(joined)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in GATHERED
    }
    assert found == set()


def test_every_app_has_one_last_migration():
    leaves = [app for app, _name in MigrationLoader(None).graph.leaf_nodes()]
    assert sorted(set(leaves)) == sorted(leaves)


def test_no_file_names_a_registry():
    assert {name_of(file) for file in everything() if REGISTRIES.search(file.read_text())} == set()


def test_no_file_names_a_path_of_one_machine():
    found = {name_of(file) for file in everything() if MACHINE.search(file.read_text())}
    assert found <= set(MACHINE_FILES)


def test_search_for_machine_paths_finds_them():
    assert MACHINE.search("open('" + "/ro" + "ot/a')")
    assert MACHINE.search("cd " + "/wo" + "rk")
    assert not MACHINE.search("https://example.org" + "/ho" + "me/")


def test_every_exception_to_these_rules_still_exists():
    excused = {*WRITERS, *RAW_SQL_FILES, *UNESCAPED_FILES, *MACHINE_FILES}
    assert {name for name in excused if not (ROOT / name).exists()} == set()
    assert {name for name in UNESCAPED_FILES if not UNESCAPED.search((ROOT / name).read_text())} == set()
