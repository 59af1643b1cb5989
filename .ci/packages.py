"""System packages: what is missing on this Debian machine, and getting it.

Runs before the virtual environment exists, so the standard library only.
"""

import contextlib
import ctypes
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib import invalidate_caches
from importlib.util import find_spec
from pathlib import Path

POSTGRES_BINARIES = "/usr/lib/postgresql/*/bin/initdb"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
JAXB = Path("/usr/share/java/jaxb-runtime.jar")


@dataclass(frozen=True)
class Package:
    name: str
    present: Callable[[], bool]


def library(name: str) -> Callable[[], bool]:
    """The question whether the dynamic loader finds the library."""

    def present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def command(name: str) -> Callable[[], bool]:
    """The question whether the program is on PATH."""
    return lambda: shutil.which(name) is not None


def java_17() -> bool:
    """Whether a Java runtime new enough for the PDF validator is there."""
    java = shutil.which("java")
    if java is None:
        return False
    spoken = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    version = spoken.partition('version "')[2].partition('"')[0].partition(".")[0]
    return version.isdigit() and int(version) >= 17


def postgres() -> bool:
    """Whether some version of the database server's programs is there."""
    return any(Path("/").glob(POSTGRES_BINARIES.lstrip("/")))


VENV = Package("python3-venv", lambda: find_spec("ensurepip") is not None)
RUN = (
    Package("libpango-1.0-0", library("libpango-1.0.so.0")),
    Package("libpangoft2-1.0-0", library("libpangoft2-1.0.so.0")),
    Package("libharfbuzz-subset0", library("libharfbuzz-subset.so.0")),
    Package("fontconfig", command("fc-list")),
    Package("gettext", command("msgfmt")),
)
TEST_POSTGRES = (Package("postgresql", postgres),)
TEST_BROWSER = (Package("chromium", command(CHROMIUM)),)
TEST_PDF = (
    Package("default-jre-headless", java_17),
    Package("libjaxb-java", JAXB.exists),
    Package("poppler-utils", command("pdftotext")),
)
TEST = (*TEST_POSTGRES, *TEST_BROWSER, *TEST_PDF)


def missing(packages: Iterable[Package]) -> list[str]:
    """Names of the packages whose content is not on this machine."""
    invalidate_caches()
    return [package.name for package in packages if not package.present()]


def as_root() -> list[str] | None:
    """The words to put before a command that needs root; None where root cannot be had without asking."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True, check=False).returncode == 0:
        return [sudo, "-n"]
    return None


def by_hand(names: Iterable[str]) -> str:
    """The command a person would type."""
    prefix = "" if os.geteuid() == 0 else "sudo "
    return f"{prefix}apt-get install -y --no-install-recommends {' '.join(names)}"


def install(names: list[str]) -> bool:
    """Installs the packages when that can be done without asking anybody; says whether it was."""
    root = as_root()
    apt = shutil.which("apt-get")
    if root is None or apt is None:
        return False
    print(f"Installing system packages: {' '.join(names)}", flush=True)
    apt_get = [*root, "env", "DEBIAN_FRONTEND=noninteractive", apt, "-qq"]
    # A stale list is no reason to stop: what is needed may still be found with it.
    silent([*apt_get, "update"])
    with no_main_cluster(root) if "postgresql" in names else contextlib.nullcontext():
        finished = silent([*apt_get, "install", "-y", "--no-install-recommends", *names])
    if finished.returncode:
        sys.stderr.write(finished.stdout)
    return finished.returncode == 0


def silent(words: list[str]) -> subprocess.CompletedProcess[str]:
    """Runs a command whose words matter only when it fails."""
    return subprocess.run(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )


@contextlib.contextmanager
def no_main_cluster(root: list[str]) -> Iterator[None]:
    """While the database server is installed, keeps Debian from starting one: the tests start their own."""
    file = "/etc/postgresql-common/createcluster.d/tym-tests.conf"
    silent([*root, "sh", "-c", f"mkdir -p $(dirname {file}) && echo 'create_main_cluster = false' > {file}"])
    try:
        yield
    finally:
        silent([*root, "rm", "-f", file])
