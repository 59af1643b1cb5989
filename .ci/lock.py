"""Writes both lock files anew from pyproject.toml: every platform, every hash, no registry named."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGETS = {"requirements.lock": [], "requirements-dev.lock": ["--group", "dev"]}


def main() -> None:
    # Only the newest resolution matters here, so uv itself is not locked and does not stay in .venv.
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        subprocess.run([f"{folder}/bin/pip", "install", "--quiet", "uv"], check=True)
        for target, group in TARGETS.items():
            subprocess.run(
                [f"{folder}/bin/uv", "pip", "compile", "pyproject.toml", *group, "--universal", "--generate-hashes"]
                + ["--python-version", "3.11", "--python", f"{folder}/bin/python", "--no-header", "--quiet"]
                + (["--upgrade"] if "UPGRADE" in os.environ else [])
                + ["--output-file", target],
                cwd=ROOT,
                check=True,
            )


if __name__ == "__main__":
    main()
