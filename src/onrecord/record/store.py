"""Keep the record: open it, write one document at a time, note every run.

A document and all that it states go in by one transaction. A run that is
killed leaves whole documents only, and the next one goes on where it stopped.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

from sqlalchemy import Connection, Engine, Table, func, select
from sqlalchemy.exc import DatabaseError, OperationalError

from onrecord.errors import RecordError
from onrecord.model.document import Document
from onrecord.model.identifier import content_id
from onrecord.model.statement import ResolvedDocument
from onrecord.record import schema as s
from onrecord.record.actors import (
    AssignActors,
    actor_rows,
    actors_by_name,
    count_names,
    settle_names,
)
from onrecord.record.components import forget_claims
from onrecord.record.days import set_days
from onrecord.record.dialects import AnyRow, insert_new
from onrecord.record.engine import WRITE_OPTION, connect, shown_location
from onrecord.record.load import load_document
from onrecord.record.migrate import prepare, schema_version
from onrecord.record.replay import replay_reviews
from onrecord.record.sentences import keep_sentences
from onrecord.record.stories import leave_copies, place_among_copies
from onrecord.record.write import DocumentRows, document_row

Clock = Callable[[], datetime]

# Tables that hold what one document states, in an order in which no row is
# deleted before those that point to it; `chain` goes with its statements.
_OF_DOCUMENT = (s.statements, s.attributions, s.mentions, s.aliases, s.entities, s.sentences)


def utc_now() -> datetime:
    """Return this moment in UTC."""
    return datetime.now(UTC)


class Store:
    """The record of what was read; open it with `Store.open`, close it by `with`.

    Args:
        engine: Connects to a database that `migrate.prepare` prepared.
        clock: Tells the time; rows say when they were written.
        assign_actors: Tells which actor each entity is.
    """

    def __init__(
        self,
        engine: Engine,
        *,
        clock: Clock = utc_now,
        assign_actors: AssignActors = actors_by_name,
    ) -> None:
        self._engine = engine
        self._clock = clock
        self._assign_actors = assign_actors

    @classmethod
    def open(
        cls,
        location: str | os.PathLike[str],
        *,
        create: bool = True,
        clock: Clock = utc_now,
        assign_actors: AssignActors = actors_by_name,
    ) -> Self:
        """Open the record at `location`, making it where there is none.

        Args:
            location: Path of an SQLite file, `:memory:`, or a PostgreSQL URL.
            create: Whether to make a record that does not exist yet.
            clock: Tells the time.
            assign_actors: Tells which actor each entity is.

        Raises:
            RecordError: There is no record and `create` is False; the file is something
                else; it was written by a later version; or it cannot be opened.
        """
        engine = connect(location, create=create)
        store = cls(engine, clock=clock, assign_actors=assign_actors)
        try:
            # Looking first lets many read while one writes.
            with store.reading() as connection:
                version = schema_version(connection)
            if version is None and not create:
                raise RecordError(
                    store.location,
                    "holds no record yet",
                    f"Make one: onrecord read PATH... --record {store.location}",
                )
            if version != s.SCHEMA_VERSION:
                with store.writing() as connection:
                    prepare(connection)
        except DatabaseError as error:
            engine.dispose()
            raise _cannot_open(location, error) from error
        except RecordError:
            engine.dispose()
            raise
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @property
    def location(self) -> str:
        """Path or URL of the record, passwords left out."""
        url = self._engine.url
        if url.get_backend_name() == "sqlite":
            return url.database or ":memory:"
        return url.set(drivername=url.get_backend_name()).render_as_string()

    def now(self) -> datetime:
        """Return this moment by the record's clock."""
        return self._clock()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the record throughout."""
        with self._engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection whose changes are kept together when the block ends well.

        Raises:
            RecordError: The disk is full, or another program does not let go of the record.
        """
        try:
            with (
                self._engine.connect().execution_options(**{WRITE_OPTION: True}) as connection,
                connection.begin(),
            ):
                yield connection
        except OperationalError as error:
            raise _cannot_write(self.location, error) from error

    def has(self, document_id: str, version: str | None = None) -> bool:
        """Return whether the document is in the record and was read (by extractor `version`)."""
        with self.reading() as connection:
            row = _stored(connection, document_id)
        return row is not None and row.status != "failed" and version in (None, row.version)

    def wants(self, document: Document, version: str) -> bool:
        """Return whether the record lacks `document` as read by extractor `version`."""
        with self.reading() as connection:
            return _is_news(_stored(connection, document.document_id), document, version)

    def write(self, resolved: ResolvedDocument, *, version: str, force: bool = False) -> bool:
        """Write a document and all that it states, in place of what it stated before.

        People's reviews of its rows are kept and replayed.

        Args:
            resolved: The document; all its identifiers must be of its own.
            version: Name of the extractor that read it.
            force: Write even when the record has the same from the same extractor.

        Returns:
            Whether anything was written.
        """
        document = resolved.document
        with self.writing() as connection:
            stored = _stored(connection, document.document_id)
            if not force and not _is_news(stored, document, version):
                return False
            actor_of = self._assign_actors(connection, resolved.entities)
            touched = _clear(connection, document.document_id) if stored is not None else set()
            row = document_row(document, version, self.now())
            if stored is None:
                connection.execute(s.documents.insert(), {**row, "number": _next(connection)})
            else:
                connection.execute(
                    s.documents.update().where(s.documents.c.document_id == document.document_id),
                    row,
                )
            touched |= self._write_rows(connection, resolved, actor_of)
            settle_names(connection, touched)
            _forget_failure(connection, document.uri)
            place_among_copies(connection, document)
            if stored is not None:
                replay_reviews(connection, document.document_id)
        return True

    def _write_rows(
        self, connection: Connection, resolved: ResolvedDocument, actor_of: Mapping[str, str]
    ) -> set[str]:
        rows = DocumentRows(resolved, actor_of)
        _insert(connection, s.actors, actor_rows(resolved.entities, actor_of), shared=True)
        _insert(connection, s.places, rows.places(), shared=True)
        _insert(connection, s.sentences, rows.sentences())
        _insert(connection, s.entities, rows.entities())
        _insert(connection, s.identity_links, rows.identity_links(self.now()))
        _insert(connection, s.aliases, rows.aliases())
        _insert(connection, s.mentions, rows.mentions())
        _insert(connection, s.attributions, rows.attributions())
        _insert(connection, s.statements, rows.statements())
        _insert(connection, s.chain, rows.chain())
        set_days(connection, resolved.document.document_id)
        keep_sentences(connection, resolved.document.document_id)
        return count_names(
            connection,
            ((actor_of[e.entity_id], e.name, e.sector) for e in resolved.entities),
            step=1,
        )

    def remove(self, document_id: str) -> bool:
        """Take a document and all that it states out of the record.

        Reviews of its rows stay, as those of a report that may be read again.

        Args:
            document_id: The document.

        Returns:
            Whether the record had it. Claims it had a part in are gone until
            `record.claims.refresh_claims` forms them anew.
        """
        with self.writing() as connection:
            if _stored(connection, document_id) is None:
                return False
            touched = _clear(connection, document_id)
            leave_copies(connection, document_id)
            connection.execute(s.documents.delete().where(s.documents.c.document_id == document_id))
            settle_names(connection, touched)
        return True

    def write_failure(self, uri: str, reason: str, *, version: str = "") -> None:
        """Note that an input could not be read; noting it again replaces the reason.

        Args:
            uri: Which input.
            reason: What is wrong with it, and the next step.
            version: Name of the extractor that failed, empty when reading failed before it.
        """
        document_id = _failure_id(uri)
        failed = Document(document_id, uri, "", status="failed", error=reason)
        row = document_row(failed, version, self.now())
        with self.writing() as connection:
            if _stored(connection, document_id) is None:
                connection.execute(s.documents.insert(), {**row, "number": _next(connection)})
            else:
                connection.execute(
                    s.documents.update().where(s.documents.c.document_id == document_id), row
                )

    def load(self, document_id: str) -> ResolvedDocument:
        """Return a document with all that it states, as it was written.

        Raises:
            RecordError: The record has no such document.
        """
        with self.reading() as connection:
            return load_document(connection, document_id)

    def start_run(self, version: str, settings: Mapping[str, Any]) -> str:
        """Note that a run begins, and return its identifier.

        Args:
            version: Version of the program and extractor.
            settings: What was asked for; values that JSON knows.
        """
        started = self.now()
        run_id = content_id("run", started.isoformat(), uuid4())
        with self.writing() as connection:
            connection.execute(
                s.runs.insert(),
                {
                    "run_id": run_id,
                    "started": started,
                    "version": version,
                    "settings": dict(settings),
                    "counts": {},
                },
            )
        return run_id

    def finish_run(self, run_id: str, counts: Mapping[str, int]) -> None:
        """Note that a run ended and what it did; a run never finished was killed."""
        with self.writing() as connection:
            connection.execute(
                s.runs.update().where(s.runs.c.run_id == run_id),
                {"finished": self.now(), "counts": dict(counts)},
            )
            if connection.dialect.name == "sqlite":
                # Tells the planner how many rows there are of what; it guesses badly.
                connection.exec_driver_sql("PRAGMA analysis_limit = 1000")
                connection.exec_driver_sql("ANALYZE")


def _cannot_open(location: str | os.PathLike[str], error: DatabaseError) -> RecordError:
    return RecordError(
        shown_location(location),
        f"cannot be opened as a record ({_said(error)})",
        "Check that the server runs, that it has this database and that you may enter it."
        if "://" in os.fspath(location)
        else "Give the path of a record, or a new path to start one.",
    )


_KEPT = "What it held before is kept; the same command goes on from there."


def _cannot_write(location: str, error: OperationalError) -> RecordError:
    said = _said(error)
    steps = {
        "is full": f"Make room and try again. {_KEPT}",
        "locked": f"Another program writes to it: wait for it to end and try again. {_KEPT}",
        "lock timeout": f"Another program writes to it: wait for it to end and try again. {_KEPT}",
        "readonly": "You may not write to it: change its permissions, or copy it elsewhere.",
    }
    step = next((step for words, step in steps.items() if words in said), "")
    return RecordError(
        location,
        f"cannot be written ({said})",
        step or f"Check that you may write to it and that its disk or server is well. {_KEPT}",
    )


def _said(error: DatabaseError) -> str:
    """Return what the database said, on one line."""
    return " ".join(str(error.orig).split()).rstrip(".")


def _failure_id(uri: str) -> str:
    return content_id("doc", "failed", uri)


def _stored(connection: Connection, document_id: str) -> AnyRow | None:
    c = s.documents.c
    return connection.execute(
        select(c.status, c.version, c.published, c.author, c.wire_credit, c.uri).where(
            c.document_id == document_id
        )
    ).one_or_none()


def _is_news(stored: AnyRow | None, document: Document, version: str) -> bool:
    """Return whether `document` should be written over what is stored.

    The same report may be read from two places that know more and less about
    it. The better informed reading is kept, whichever comes first; of equals
    the one with the earlier date and the smaller address, so that the order
    of reading does not matter.
    """
    if stored is None or stored.status == "failed" or stored.version != version:
        return True
    return _worth(document) < _worth(stored)


def _worth(document: Document | AnyRow) -> tuple[object, ...]:
    published = document.published
    return (
        published is None,
        not document.author,
        not document.wire_credit,
        published.timestamp() if published is not None else 0.0,
        document.author,
        document.uri,
    )


def _next(connection: Connection) -> int:
    return (connection.scalar(select(func.max(s.documents.c.number))) or 0) + 1


def _insert(
    connection: Connection, table: Table, rows: list[dict[str, Any]], *, shared: bool = False
) -> None:
    if rows:
        connection.execute(insert_new(connection, table) if shared else table.insert(), rows)


def _clear(connection: Connection, document_id: str) -> set[str]:
    """Delete what a document stated; return the actors it spoke of."""
    forget_claims(connection, [document_id])
    e = s.entities.c
    spoken = connection.execute(
        select(e.actor_id, e.name, e.sector).where(e.document_id == document_id)
    )
    touched = count_names(connection, ((r.actor_id, r.name, r.sector) for r in spoken), step=-1)
    for table in _OF_DOCUMENT:
        connection.execute(table.delete().where(table.c.document_id == document_id))
    return touched


def _forget_failure(connection: Connection, uri: str) -> None:
    c = s.documents.c
    connection.execute(
        s.documents.delete().where(c.document_id == _failure_id(uri), c.status == "failed")
    )
