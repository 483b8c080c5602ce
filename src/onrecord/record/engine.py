"""Connect to a record: one SQLite file, or a PostgreSQL database by its URL."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from onrecord.errors import RecordError

MEMORY = ":memory:"
WRITE_OPTION = "onrecord_write"
_SQLITE_HEADER = b"SQLite format 3\x00"
# Milliseconds a connection waits for another one's write transaction to end.
_BUSY_TIMEOUT_MS = 30_000
# Rows go to places that their hashes choose, so one document touches hundreds of
# pages: checkpoints after each few documents would write the same pages again and again.
_PAGES_TO_CHECKPOINT = 10_000
_CACHE_KIB = 65_536
# One writer at a time, as with SQLite: every row counts on what the writer before left.
# The number is "onrc", so that other programs of the same database do not meet us.
_WRITE_LOCK = 0x6F6E7263


def connect(location: str | os.PathLike[str], *, create: bool) -> Engine:
    """Return an engine for the record at `location`.

    Args:
        location: Path of an SQLite file, `:memory:`, or a database URL.
        create: Whether a file that does not exist may be made.

    Raises:
        RecordError: There is no such file, it is no database, or the URL makes no sense.
    """
    text = os.fspath(location)
    if "://" in text:
        try:
            url = make_url(text)
            backend = url.get_backend_name()
        except (ArgumentError, ValueError) as error:
            # What cannot be taken apart may hold a password anywhere.
            raise RecordError(
                f"{text.split('://')[0]}://…",
                "not a database URL",
                "Write it as postgresql://user@host/name.",
            ) from error
        if backend == "postgresql":
            return _postgresql(url)
        if backend != "sqlite":
            raise RecordError(
                shown_location(text),
                f"records are kept in SQLite or PostgreSQL, not in {backend}",
                "Give a path or a postgresql:// URL.",
            )
        text = url.database or MEMORY
    if text == MEMORY:
        engine = create_engine("sqlite://", poolclass=StaticPool)
        return _configured(engine, writable=True)
    path = Path(text)
    _check_file(path, create=create)
    return _sqlite(path)


def shown_location(location: str | os.PathLike[str]) -> str:
    """Return `location` as it may be shown: a URL without its password."""
    text = os.fspath(location)
    return make_url(text).render_as_string() if "://" in text else text


def _postgresql(url: URL) -> Engine:
    if url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    try:
        engine = create_engine(url)
    except ModuleNotFoundError as error:
        raise RecordError(
            url.render_as_string(),
            "PostgreSQL needs a driver that is not installed",
            "Run: pip install 'onrecord[postgres]'",
        ) from error

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if connection.get_execution_options().get(WRITE_OPTION, False):
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {_BUSY_TIMEOUT_MS}")
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITE_LOCK})")
        else:
            # By default each question would see what was written since the one before.
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")

    return engine


def _check_file(path: Path, *, create: bool) -> None:
    name = str(path)
    if path.is_dir():
        raise RecordError(name, "a folder, not a record", f"Try {path / 'news.db'}.")
    try:
        if not path.exists():
            if not create:
                raise RecordError(
                    name, "no such record", f"Make one: onrecord read PATH... --record {name}"
                )
            if not path.absolute().parent.is_dir():
                raise RecordError(
                    name, f"there is no folder {path.absolute().parent}", "Make it first."
                )
            return
        with path.open("rb") as file:
            header = file.read(len(_SQLITE_HEADER))
    except PermissionError as error:
        raise RecordError(name, "you may not read it", "Change its permissions.") from error
    if header and header != _SQLITE_HEADER:
        raise RecordError(
            name,
            "not a record (nor any SQLite file)",
            "Give the path of a record, or a new path to start one.",
        )


def _sqlite(path: Path) -> Engine:
    writable = not path.exists() or os.access(path, os.W_OK)
    if writable:
        return _configured(create_engine(URL.create("sqlite", database=str(path))), writable=True)
    # A read-only file can still be asked. Where its folder is read-only too, SQLite
    # cannot keep the shared memory of a WAL, and nobody can be writing either.
    mode = "mode=ro" if os.access(path.absolute().parent, os.W_OK) else "immutable=1"
    address = f"{path.absolute().as_uri()}?{mode}"

    def open_read_only() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, check_same_thread=False)

    url = URL.create("sqlite", database=str(path))
    return _configured(create_engine(url, creator=open_read_only), writable=False)


def _configured(engine: Engine, *, writable: bool) -> Engine:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: Any, _: object) -> None:
        # The driver's own transactions begin late and end early; we begin ours below.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_TIMEOUT_MS}")
        cursor.execute("PRAGMA foreign_keys = ON")
        if writable:
            cursor.execute("PRAGMA journal_mode = WAL")
            # With a WAL, NORMAL may lose the last documents when the power fails, and
            # never leaves half of one.
            cursor.execute("PRAGMA synchronous = NORMAL")
            cursor.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_TO_CHECKPOINT}")
            cursor.execute(f"PRAGMA cache_size = {-_CACHE_KIB}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # A reader that turns writer late can only fail; a writer says so at once.
        writes = connection.get_execution_options().get(WRITE_OPTION, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine
