"""The two commands and the rules about files that no linter of the shelf keeps."""

import ast
import importlib
import os
import re
import socket
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ROOMS = ("agreements", "costs", "registry", "staffing", "steering", "tym")
LONGEST_FILE, LONGEST_FUNCTION = 350, 40


def pins(lock):
    return dict(re.findall(r"^([a-z0-9._-]+)(?:\[[a-z,]+\])?==(\S+)", (ROOT / lock).read_text(), re.MULTILINE))


def canonical(requirement):
    return re.match(r"[A-Za-z0-9._-]+", requirement)[0].lower().replace("_", "-").replace(".", "-")


def sources():
    folders = (*ROOMS, "tests", ".ci")
    return [file for folder in folders for file in (ROOT / folder).rglob("*.py") if "migrations" not in file.parts]


@pytest.fixture
def tool(monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / ".ci"))
    return importlib.import_module


def set_up(*options, **variables):
    return subprocess.run(
        [sys.executable, ROOT / ".ci" / "setup.py", *options],
        env=os.environ | variables,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-dev.lock"])
def test_lock_names_no_address(lock):
    assert "://" not in (ROOT / lock).read_text()


def test_locks_agree_on_every_version():
    run, dev = pins("requirements.lock"), pins("requirements-dev.lock")
    assert len(run) > 10
    assert {name: dev.get(name) for name in run} == run


def test_locks_hold_every_declared_dependency():
    assert {canonical(line) for line in PROJECT["project"]["dependencies"]} <= set(pins("requirements.lock"))
    assert {canonical(line) for line in PROJECT["dependency-groups"]["dev"]} <= set(pins("requirements-dev.lock"))


def test_every_room_has_its_place_in_the_import_contract():
    layers = PROJECT["tool"]["importlinter"]["contracts"][0]["layers"]
    placed = {name.strip() for layer in layers for name in layer.split("|")}
    rooms = {
        ".".join(file.parent.relative_to(ROOT).parts) for file in [*ROOT.glob("*/apps.py"), *ROOT.glob("tym/*/apps.py")]
    }
    assert rooms == placed


def test_files_stay_short():
    assert [(file.name, lines) for file in sources() if (lines := file.read_text().count("\n")) > LONGEST_FILE] == []


def test_functions_stay_short():
    functions = [
        (file.name, node.name, node.end_lineno - node.lineno + 1)
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [found for found in functions if found[2] > LONGEST_FUNCTION] == []


def test_setup_refuses_a_busy_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        finished = set_up("--machine-only", "--port", str(port))
    assert finished.returncode == 1
    assert finished.stderr.startswith(f"Port {port} of 127.0.0.1 cannot be used")


def test_setup_prints_the_command_for_packages_it_cannot_install():
    finished = set_up("--machine-only", PATH="/nowhere")
    assert finished.returncode == 1
    assert re.search(r"apt-get install -y --no-install-recommends .*fontconfig gettext\n", finished.stderr)


@pytest.mark.parametrize(("ci", "accepted"), [("true", False), ("", True)])
def test_what_is_left_out_is_said_aloud_and_fails_ci(tool, monkeypatch, capsys, ci, accepted):
    monkeypatch.setenv("CI", ci)
    checks = tool("checks")
    step = checks.Step("browser tests", (), result="LEFT OUT", left_out="missing: chromium")
    assert checks.report([step]) is accepted
    assert "LEFT OUT: BROWSER TESTS (missing: chromium)" in capsys.readouterr().out


def test_tests_that_skip_themselves_count_as_left_out(tool):
    checks = tool("checks")
    step = checks.Step("veraPDF tests", ("pytest",), whole=True, result="passed")
    checks.judge_tests(step, 0, {"passed": 1, "failed": 0, "skipped": 2})
    assert step.left_out == "2 of its tests skipped themselves"


def test_counts_come_from_the_report_of_pytest(tool, tmp_path):
    written = tmp_path / "report.xml"
    written.write_text('<testsuites><testsuite tests="9" failures="1" errors="2" skipped="3"/></testsuites>')
    assert tool("checks").counts(written) == {"passed": 3, "failed": 3, "skipped": 3}
