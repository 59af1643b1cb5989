"""Makes this clone ready to run: system packages, .venv, key, messages, static files, database.

Safe to repeat; what is already done is not done again. Standard library only.
"""

import argparse
import hashlib
import os
import secrets
import socket
import subprocess
import sys
from pathlib import Path

import packages

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
VAR = ROOT / "var"
LOCKS = {"run": ROOT / "requirements.lock", "dev": ROOT / "requirements-dev.lock"}


def stop(message: str) -> None:
    """Ends with status 1 and the reason."""
    print(message, file=sys.stderr)
    sys.exit(1)


def refuse_busy_port(port: int) -> None:
    """Says at once that the port is taken, before anything is set up for nothing."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as problem:
            stop(f"Port {port} of 127.0.0.1 cannot be used: {problem.strerror}. Choose another: make run PORT=8001")


def ensure_system_packages() -> None:
    """Installs what is missing, or prints the exact command and stops."""
    needed = packages.RUN if PYTHON.exists() else (packages.VENV, *packages.RUN)
    names = packages.missing(needed)
    if names:
        packages.install(names)
        names = packages.missing(needed)
    if names:
        stop(f"System packages are missing and cannot be installed from here. Run:\n\n  {packages.by_hand(names)}\n")


def run(*command: object, **environment: str) -> None:
    """Runs a command in the clone; its failure ends the set-up with the command's own words."""
    finished = subprocess.run(
        [str(word) for word in command],
        cwd=ROOT,
        env=os.environ | environment,
        stdin=subprocess.DEVNULL,
        check=False,
    )
    if finished.returncode:
        stop(f"Set-up stopped: {' '.join(str(word) for word in command)} ended with status {finished.returncode}.")


def digest(*parts: bytes) -> str:
    """One fingerprint of several pieces."""
    return hashlib.sha256(b"\0".join(parts)).hexdigest()


def answer(*words: str) -> str:
    """What .venv's Python prints; nothing when it is missing or broken."""
    if not PYTHON.exists():
        return ""
    return subprocess.run([PYTHON, *words], capture_output=True, text=True, check=False).stdout


def ensure_environment(kind: str) -> None:
    """Creates .venv and installs the hash-locked packages, unless this very lock is in it already."""
    lock = LOCKS[kind]
    stamp = VENV / f"installed-{kind}"
    version = answer("-c", "import sys; print(sys.version_info[:2])")
    if version and stamp.exists() and stamp.read_text() == digest(lock.read_bytes(), version.encode()):
        return
    if not answer("-m", "pip", "--version"):
        print("Creating .venv", flush=True)
        run(sys.executable, "-m", "venv", "--clear", VENV)
        version = answer("-c", "import sys; print(sys.version_info[:2])")
    print(f"Installing {lock.name}", flush=True)
    pip = (PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input")
    run(*pip, "--require-hashes", "-r", lock)
    stamp.write_text(digest(lock.read_bytes(), version.encode()))


def ensure_key() -> None:
    """This machine's signing key; nobody else may read it."""
    VAR.mkdir(exist_ok=True)
    key = VAR / "secret_key"
    if key.exists():
        return
    # Made unreadable to others before anything is in it.
    descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(64))


def ensure_messages() -> None:
    """Compiles translations that are newer than their compiled form."""

    def stale(po: Path) -> bool:
        mo = po.with_suffix(".mo")
        return not mo.exists() or mo.stat().st_mtime < po.stat().st_mtime

    if any(stale(po) for po in ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        run(PYTHON, "manage.py", "compilemessages", "--ignore", ".venv", "--ignore", "var", "--verbosity", "0")


def static_sources() -> list[Path]:
    """Everything collectstatic would read from this clone."""
    folders = [*ROOT.glob("*/static"), *ROOT.glob("tym/*/static"), *ROOT.glob("static")]
    return sorted(file for folder in folders if folder.parent != VAR for file in folder.rglob("*") if file.is_file())


def ensure_static() -> None:
    """Collects the static files with hashed names when one of them, or a package that brings some, has changed."""
    if os.environ.get("TYM_DEBUG"):
        return
    seen = [f"{file.relative_to(ROOT)} {file.stat().st_mtime_ns}".encode() for file in static_sources()]
    wanted = digest(LOCKS["run"].read_bytes(), (ROOT / "tym" / "settings.py").read_bytes(), *seen)
    stamp = VAR / "static" / ".collected"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    run(PYTHON, "manage.py", "collectstatic", "--noinput", "--clear", "--verbosity", "0")
    stamp.parent.mkdir(exist_ok=True)
    stamp.write_text(wanted)


def ensure_database() -> None:
    """Brings the database to the newest form; the shared cache is a table of it."""
    run(PYTHON, "manage.py", "migrate", "--noinput", "--verbosity", "0")
    run(PYTHON, "manage.py", "createcachetable", "--verbosity", "0")


def ensure_seal() -> None:
    """The key and certificate with which this machine seals signed files."""
    if not (VAR / "seal.pem").exists():
        run(PYTHON, "manage.py", "seal_certificate", "--verbosity", "0")


def machine(kind: str) -> None:
    """What does not touch a database."""
    ensure_system_packages()
    ensure_environment("run")
    if kind == "dev":
        ensure_environment("dev")
    ensure_key()
    ensure_seal()
    ensure_messages()
    ensure_static()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", type=int, help="refuse to go on when this port is taken")
    parser.add_argument("--dev", action="store_true", help="with the packages that tests and checks need")
    parser.add_argument("--machine-only", action="store_true", help="leave the database alone")
    options = parser.parse_args()
    if options.port is not None:
        refuse_busy_port(options.port)
    machine("dev" if options.dev else "run")
    if not options.machine_only:
        ensure_database()


if __name__ == "__main__":
    main()
