"""A PostgreSQL server of the tests' own, where PostgreSQL and its driver are installed."""

from __future__ import annotations

import importlib.util
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

# Debian keeps the programs of the server off the path.
_FOLDERS = [*os.get_exec_path(), *map(str, sorted(Path("/usr/lib/postgresql").glob("*/bin")))]


def missing() -> str:
    """Return what is not installed, empty if a server can be started."""
    if importlib.util.find_spec("psycopg") is None:
        return "psycopg, the driver, is not installed"
    if _program("initdb") is None or _program("pg_ctl") is None:
        return "the PostgreSQL server is not installed"
    return "" if os.geteuid() or _other_user() else "PostgreSQL does not run as root"


@contextmanager
def server() -> Iterator[str]:
    """Give the URL of a database on a fresh server that nobody else can reach."""
    user = None if os.geteuid() else _other_user()
    home = Path(tempfile.mkdtemp(prefix="onrecord-pg-"))
    if user is not None:
        shutil.chown(home, user)
    folder = home / "data"

    def call(program: str, *words: str) -> None:
        subprocess.run(
            [str(_program(program)), "-D", str(folder), *words],
            user=user, cwd=home, check=True, timeout=120,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    try:
        call("initdb", "-A", "trust", "-U", "onrecord", "-E", "UTF8", "--no-sync")
        call("pg_ctl", "-w", "-o", f"-k {home} -c listen_addresses='' -c fsync=off", "start")
        try:
            yield f"postgresql://onrecord@/postgres?host={home}"
        finally:
            call("pg_ctl", "-w", "-m", "immediate", "stop")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _program(name: str) -> str | None:
    return shutil.which(name, path=os.pathsep.join(_FOLDERS))


def _other_user() -> str | None:
    names = {entry.pw_name for entry in pwd.getpwall()}
    return next((name for name in ("postgres", "nobody") if name in names), None)
