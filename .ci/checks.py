"""Everything a change has to pass, in order, every step run; one table at the end.

What had to be left out is said in capitals, and is a failure where CI=true. Standard library only.
"""

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass, field
from pathlib import Path

import packages
import setup

ROOT = setup.ROOT
BIN = setup.VENV / "bin"
# Longest any one step may take, in seconds: a hanging test must not hold a whole machine.
LIMIT = 900
# Of the caller's environment these would change what is tested.
NOT_OURS = ("DATABASE_URL", "TYM_ALLOWED_HOSTS", "TYM_DEBUG", "TYM_PROXY_COUNT", "EMAIL_URL", "DJANGO_SETTINGS_MODULE")
PYTEST = (BIN / "python", "-m", "pytest", "-q", "-n", "2", "--durations=8", "--durations-min=2")
MANAGE = (BIN / "python", "manage.py")


@dataclass
class Step:
    name: str
    command: tuple[object, ...]
    needs: tuple[packages.Package, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)
    # Tests that skip themselves here are tests left out, not tests for the other engine.
    whole: bool = False

    result: str = ""
    seconds: float = 0.0
    counts: dict[str, int] = field(default_factory=dict)
    left_out: str = ""

    @property
    def is_tests(self) -> bool:
        return "pytest" in self.command


def steps(deployed: dict[str, str]) -> list[Step]:
    """The steps in their order."""
    given = os.environ.get("DATABASE_URL", "")
    own_server = given.startswith("postgres")
    postgres: tuple[object, ...] = () if own_server else (".ci/postgres.sh",)
    plain = ("-m", "not browser and not verapdf")
    return [
        Step("ruff check", (BIN / "ruff", "check", "--output-format", "concise", ".")),
        Step("ruff format", (BIN / "ruff", "format", "--check", ".")),
        Step("mypy", (BIN / "mypy",)),
        Step("import contracts", (BIN / "lint-imports",)),
        Step("missing migrations", (*MANAGE, "makemigrations", "--check", "--dry-run")),
        Step("check --deploy", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), environment=deployed),
        # The tests make their tables from the models; here every migration runs, and the guards after it.
        Step("migrate from nothing, SQLite", (*MANAGE, "migrate", "-v", "0")),
        Step("tests, SQLite", (*PYTEST, *plain)),
        Step(
            "migrate from nothing, PostgreSQL",
            (*postgres, *MANAGE, "migrate", "-v", "0"),
            needs=() if own_server else packages.TEST_POSTGRES,
            environment={"DATABASE_URL": given} if own_server else {},
        ),
        Step(
            "tests, PostgreSQL",
            (*postgres, *PYTEST, "-m", "not browser and not verapdf and not one_engine"),
            needs=() if own_server else packages.TEST_POSTGRES,
            environment={"DATABASE_URL": given} if own_server else {},
        ),
        # A walk in the browser ends in a file that veraPDF and pdfsig judge.
        Step(
            "browser tests",
            (*PYTEST, "-m", "browser"),
            needs=(*packages.TEST_BROWSER, *packages.TEST_PDF),
            whole=True,
        ),
        Step("veraPDF tests", (*PYTEST, "-m", "verapdf"), needs=packages.TEST_PDF, whole=True),
    ]


def environment(folder: Path) -> dict[str, str]:
    """What every step runs with: nothing of the caller's settings, nothing of the clone's own data."""
    kept = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return kept | {
        "DATABASE_URL": f"sqlite:///{folder / 'tym.sqlite3'}",
        "TYM_TEST_SQLITE": str(folder / "test.sqlite3"),
        "TYM_SECRET_KEY": "test-only-" + "x" * 50,
        "TYM_PLAIN_HTTP": "1",
    }


def execute(command: tuple[object, ...], variables: dict[str, str]) -> int:
    """Runs the command with everything it starts, and ends all of it when it takes too long."""
    process = subprocess.Popen(
        [str(word) for word in command],
        cwd=ROOT,
        env=variables,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        return process.wait(timeout=LIMIT)
    except subprocess.TimeoutExpired:
        print(f"STOPPED AFTER {LIMIT} SECONDS", flush=True)
        return 1
    finally:
        if process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()


def counts(report: Path) -> dict[str, int]:
    """Passed, failed and skipped, as pytest itself wrote them down."""
    if not report.exists():
        return {}
    suite = ET.parse(report).getroot().find("testsuite")  # noqa: S314  pytest wrote it a moment ago
    if suite is None:
        return {}
    total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
    failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
    return {"passed": total - failed - skipped, "failed": failed, "skipped": skipped}


def perform(step: Step, folder: Path) -> None:
    """Runs one step and notes how it went."""
    print(f"\n=== {step.name}", flush=True)
    absent = packages.missing(step.needs)
    if absent:
        step.result, step.left_out = "LEFT OUT", f"missing: {' '.join(absent)}; {packages.by_hand(absent)}"
        return
    report = folder / "report.xml"
    report.unlink(missing_ok=True)
    extra = (f"--junitxml={report}",) if step.is_tests else ()
    started = time.monotonic()
    status = execute((*step.command, *extra), environment(folder) | step.environment)
    step.seconds = time.monotonic() - started
    step.result = "FAILED" if status else "passed"
    if step.is_tests:
        judge_tests(step, status, counts(report))


def judge_tests(step: Step, status: int, found: dict[str, int]) -> None:
    """Says of a test run what its status does not: no test at all, or tests that skipped themselves."""
    step.counts = found
    if status == 5:
        step.result, step.left_out = "LEFT OUT", "no test was found"
    elif step.whole and found.get("skipped"):
        step.left_out = f"{found['skipped']} of its tests skipped themselves"


def report(done: list[Step]) -> bool:
    """Prints the table and what was left out; whether the whole may count as passed."""
    print(f"\n{'step':<22}{'result':<11}{'seconds':>7}")
    for step in done:
        print(f"{step.name:<22}{step.result:<11}{step.seconds:>7.1f}")
    print(f"{'all':<33}{sum(step.seconds for step in done):>7.1f}\n")
    left_out = [step for step in done if step.left_out]
    for step in left_out:
        print(f"LEFT OUT: {step.name.upper()} ({step.left_out})")
    sums = {word: sum(step.counts.get(word, 0) for step in done) for word in ("passed", "failed", "skipped")}
    print(f"{sums['passed']} passed, {sums['failed']} failed, {sums['skipped']} skipped", flush=True)
    failed = [step for step in done if step.result == "FAILED"]
    return not failed and not (left_out and os.environ.get("CI") == "true")


def quick(arguments: list[str]) -> int:
    """Chosen tests on SQLite, in the environment of the whole run."""
    with tempfile.TemporaryDirectory(prefix="tym-test-") as folder:
        return execute((BIN / "python", "-m", "pytest", *arguments), environment(Path(folder)))


def main() -> int:
    # Ended from outside, the running step and all it started must end too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    setup.machine("dev")
    if sys.argv[1:2] == ["--quick"]:
        return quick(sys.argv[2:])
    wanted = packages.missing(packages.TEST)
    if wanted:
        packages.install(wanted)
    deployed = {
        "TYM_PLAIN_HTTP": "0",
        "TYM_SECRET_KEY": secrets.token_urlsafe(64),
        "TYM_ALLOWED_HOSTS": "tym.example.org",
    }
    done = steps(deployed)
    with tempfile.TemporaryDirectory(prefix="tym-test-") as folder:
        for step in done:
            perform(step, Path(folder))
    return 0 if report(done) else 1


if __name__ == "__main__":
    sys.exit(main())
