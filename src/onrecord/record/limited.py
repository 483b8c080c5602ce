"""Ask a record for strangers: nothing can be written, and no question takes for ever.

A page answers whoever opens it, with whatever filters they like. The database
itself refuses to write, and gives up on a question that runs too long.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Self

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from onrecord.errors import QueryError
from onrecord.record.store import Store

# Instructions of SQLite's machine between two looks at the clock: about a millisecond.
_INSTRUCTIONS = 20_000
_INTERRUPTED = ("interrupted", "statement timeout", "canceling statement")


class LimitedStore(Store):
    """A store whose `reading` only reads, for at most `seconds`.

    Attributes:
        seconds: How long one `reading` may keep the database busy.
    """

    seconds: float = 5.0

    @classmethod
    def over(cls, location: str | os.PathLike[str], *, seconds: float) -> Self:
        """Open the record at `location`, which must be there.

        Args:
            location: Path of an SQLite file or a PostgreSQL URL.
            seconds: How long one `reading` may keep the database busy.

        Raises:
            RecordError: There is no record, or it cannot be opened.
        """
        store = cls.open(location, create=False)
        store.seconds = seconds
        return store

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection that sees one state of the record and cannot change it.

        Raises:
            QueryError: The question took longer than `seconds`.
        """
        try:
            with super().reading() as connection, self._limits(connection):
                yield connection
        except DBAPIError as error:
            if any(words in str(error.orig) for words in _INTERRUPTED):
                raise QueryError(
                    "the question",
                    f"takes more than {self.seconds:g} seconds",
                    "Narrow the filters, for example by day or by report.",
                ) from error
            raise

    @contextmanager
    def _limits(self, connection: Connection) -> Iterator[None]:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION READ ONLY")
            connection.exec_driver_sql(f"SET LOCAL statement_timeout = {int(self.seconds * 1000)}")
            yield
            return
        driver: Any = connection.connection.driver_connection
        deadline = time.monotonic() + self.seconds
        driver.set_progress_handler(lambda: time.monotonic() > deadline, _INSTRUCTIONS)
        connection.exec_driver_sql("PRAGMA query_only = ON")
        try:
            yield
        finally:
            # The connection goes back to a pool that writers take from as well.
            driver.set_progress_handler(None, 0)
            connection.exec_driver_sql("PRAGMA query_only = OFF")
