"""The record as a Python object: open it, read reports into it, ask it.

The command line does nothing that this object cannot do.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self, Unpack

from onrecord.errors import RecordError
from onrecord.settings import record_location
from onrecord.show.export.source import ROW_TYPES, Source, every_row
from onrecord.show.filters import (
    ActorFilters,
    ClaimFilters,
    DocumentFilters,
    EventFilters,
    FigureFilters,
    QuoteFilters,
    RelationFilters,
    TimelineFilters,
    checked,
    sure_enough,
)
from onrecord.show.notebook import ShownRow
from onrecord.show.sequences import Rows

if TYPE_CHECKING:
    from pathlib import Path

    from onrecord.pipeline import OnDocument, ReadSummary
    from onrecord.record.claim_rows import ClaimRow, SharedClaim, ShownClaim
    from onrecord.record.rows import (
        ActorRow,
        DocumentRow,
        EventRow,
        Hit,
        Page,
        QuantityRow,
        QuoteRow,
        RelationRow,
    )
    from onrecord.record.store import Store


class Record:
    """What reports state, kept in one SQLite file or a PostgreSQL database.

    Lists take filters by name; filters left out do not filter, those given must
    all fit, and an unknown filter or word is an error that names the nearest
    one. `limit` is the most rows to return, None for all.

    Args:
        store: The open store; `onrecord.open` makes one.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @property
    def location(self) -> str:
        """Path or URL of the record."""
        return self.store.location

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
        """Close the record; using it afterwards opens it again."""
        self.store.close()

    def read(
        self,
        paths: str | os.PathLike[str] | Iterable[str | os.PathLike[str]],
        *,
        publisher: str = "",
        published: str | None = None,
        columns: Mapping[str, str] | None = None,
        workers: int = 1,
        encoding: str = "",
        max_mb: float = 50,
        extractor: str = "default",
        progress: bool = True,
        on_document: OnDocument | None = None,
    ) -> ReadSummary:
        """Read reports into the record; what it already holds is left as it is.

        Args:
            paths: Files, folders or globs; "-" is standard input.
            publisher: Outlet, for reports that do not name one.
            published: Day or moment ("2024-05-01"), for reports that do not give one.
            columns: For JSONL and CSV: our name of a field to theirs, e.g.
                `{"text": "body"}`.
            workers: Processes that read at the same time.
            encoding: Encoding of all inputs, e.g. "cp1251"; found for each if empty.
            max_mb: Greatest file, or row of a table, to take into memory, in megabytes.
            extractor: `default` (the best of this installation), `encoder`, `rules`, or
                `openai:MODEL@URL`, which sends the texts to that endpoint, with the key in
                `ONRECORD_API_KEY`. A report that another one read before is read again.
            progress: Whether to draw a bar when standard error is a terminal.
            on_document: Called after each report with its uri and what became of it:
                "read", "unchanged", "skipped" or "failed"; then no bar is drawn.

        Returns:
            What was read, skipped and failed, each failure with its reason.

        Raises:
            QueryError: An option makes no sense.
            ModelError: The extractor cannot work, e.g. because the endpoint refuses the key.
        """
        from onrecord.show.reading import read_reports

        given = [paths] if isinstance(paths, str | os.PathLike) else list(paths)
        return read_reports(
            self.store,
            [os.fspath(path) for path in given],
            publisher=publisher,
            published=published,
            columns=columns or {},
            workers=workers,
            encoding=encoding,
            max_mb=max_mb,
            extractor=extractor,
            progress=progress,
            on_document=on_document,
        )

    def events(
        self, *, limit: int | None = None, **filters: Unpack[EventFilters]
    ) -> Rows[EventRow]:
        """Return who did what to whom.

        Args:
            limit: Most rows; None for all.
            **filters: `actor` (either role; with `recipient`, who acts), `recipient`,
                `type` and `mode` (PLOVER; one, several, or "A,B"), `since`, `until` (days;
                "2024", "2024-05"), `place`, `country`, `publisher`, `source` (any link of
                the chain), `factuality`, `min_confidence` (0 to 1; 0.6 unless given or a
                `document` is, which four in five events reach rightly), `text` (words of the
                sentence), `document`, `copies` (False leaves out near copies), `order`.

        Raises:
            QueryError: A filter is not known or makes no sense.
        """
        return self._rows("events", limit, filters)

    def relations(
        self, *, limit: int | None = None, **filters: Unpack[RelationFilters]
    ) -> Rows[RelationRow]:
        """Return standing facts: who leads, founded, backs, fights or belongs to whom.

        Args:
            limit: Most rows; None for all.
            **filters: As for `events`; `actor` is in either role, or the subject when
                `object` is given; `min_confidence` is 0.4 unless given or a `document` is.
        """
        return self._rows("relations", limit, filters)

    def figures(
        self, *, limit: int | None = None, **filters: Unpack[FigureFilters]
    ) -> Rows[QuantityRow]:
        """Return numbers that matter: casualties, troops, crowds, money.

        Args:
            limit: Most rows; None for all.
            **filters: As for `events`; `counted` (words of what is counted), `unit`,
                `at_least` and `at_most` (in that unit).
        """
        return self._rows("figures", limit, filters)

    def quotes(
        self, *, limit: int | None = None, **filters: Unpack[QuoteFilters]
    ) -> Rows[QuoteRow]:
        """Return who said what.

        Args:
            limit: Most rows; None for all.
            **filters: `speaker`, `kind` (direct, indirect, mixed), `text` (words said);
                `since` and `until` are days of publication; others as for `events`.
        """
        return self._rows("quotes", limit, filters)

    def actors(
        self, *, limit: int | None = None, **filters: Unpack[ActorFilters]
    ) -> Rows[ActorRow]:
        """Return people, groups, governments and others, most mentioned first.

        Args:
            limit: Most rows; None for all.
            **filters: `name` (words of any of its names, or its id), `kind`, `country`,
                `sector`, `document` (speaks of it), `named` (True unless given; False: only
                those without a proper name, None: all).
        """
        return self._rows("actors", limit, filters)

    def documents(
        self, *, limit: int | None = None, **filters: Unpack[DocumentFilters]
    ) -> Rows[DocumentRow]:
        """Return the reports, without their texts.

        Args:
            limit: Most rows; None for all.
            **filters: `publisher`, `since` and `until` (days of publication), `title`
                (words of it), `actor` (id; the report speaks of it), `status` (read,
                skipped, failed), `copies`.
        """
        return self._rows("documents", limit, filters)

    def claims(
        self, *, limit: int | None = None, **filters: Unpack[ClaimFilters]
    ) -> Rows[ClaimRow]:
        """Return what several statements say together, disputed claims first.

        Args:
            limit: Most rows; None for all.
            **filters: `actor` (either role, any name or id), `kind` (event, relation,
                quantity), `type`, `place`, `since`, `until`, `status` (disputed, retracted,
                corroborated, single_source), `min_sources` (independent ones that support
                it), `min_documents`, `min_confidence` (0 to 1: of the surest statement that
                supports it; 0.5 unless given or a `document` is), `document`, `order`
                (disputed, sources, newest, oldest).

        Raises:
            QueryError: A filter is not known or makes no sense.
        """
        return self._rows("claims", limit, filters)

    def timeline(
        self, actor: str, *, limit: int | None = None, **filters: Unpack[TimelineFilters]
    ) -> Rows[ClaimRow]:
        """Return what an actor did and had done to it, each act one claim, oldest first.

        Args:
            actor: Any of its names, or its id.
            limit: Most rows; None for all.
            **filters: `since`, `until`, `type`, `min_sources`, `min_confidence` (as for
                `claims`; 0.5 unless given).
        """
        return self._rows("timeline", limit, {**filters, "actor": actor})

    def claim(self, claim_id: str) -> ShownClaim:
        """Return one claim with a column for each independent source.

        Args:
            claim_id: Its identifier, or its beginning.

        Raises:
            RecordError: No claim has it, or several have.
        """
        from onrecord.record import query

        return query.claim(self.store, claim_id)

    def compare(self, first: str, second: str) -> tuple[SharedClaim, ...]:
        """Return the claims that two reports both speak of, those they differ on first.

        Args:
            first: Identifier of a report, or its beginning.
            second: Another.

        Raises:
            RecordError: There is no such report.
        """
        from onrecord.record import query

        return query.compare_documents(self.store, first, second)

    def search(self, words: str, *, limit: int = 20) -> Rows[Hit]:
        """Return where words occur: in texts, titles and names of actors, best first.

        Args:
            words: All must occur; "in quotes" together; `Meridian*` matches beginnings.
            limit: Most hits.
        """
        from onrecord.record import query
        from onrecord.record.rows import Hit

        hits = query.search(self.store, words, limit=limit)
        return Rows("hits", Hit, hits.rows, hits.total)

    def show(self, row_id: str) -> ShownRow:
        """Return one row with its sentence, the words of each field and who says so.

        Args:
            row_id: Identifier of any row, or its beginning ("st_3f9a").

        Raises:
            RecordError: No row has it, or several have.
        """
        from onrecord.record import query

        return ShownRow(query.show(self.store, row_id))

    def export(
        self,
        format: str,  # noqa: A002 - the word for it
        path: str | os.PathLike[str],
        *,
        table: str = "",
        **filters: Any,
    ) -> int:
        """Write rows in the format of another tool and return how many.

        Args:
            format: One of `onrecord export --help`, e.g. "polecat".
            path: File to write; it is replaced only when all is written.
            table: Which table, where a format has several ("events" by default).
            **filters: As for `events`; a table ignores those it does not have.

        Raises:
            QueryError: Format, table or filter is not known.
        """
        from onrecord.show.export import export_to

        return export_to(Source(self.store, filters), format, table, os.fspath(path))

    def _rows(self, what: str, limit: int | None, filters: Mapping[str, Any]) -> Rows[Any]:
        from onrecord.record import query

        wanted = sure_enough(what, checked(what, filters))
        names = {"figures": "quantities", "timeline": "acts"}
        ask: Callable[..., Page[Any]] = getattr(query, names.get(what, what))
        total = 0

        def page(most: int, offset: int) -> Page[Any]:
            nonlocal total
            found = ask(self.store, limit=most, offset=offset, **wanted)
            total = found.total
            return found

        rows = tuple(every_row(page, limit))
        return Rows(what, ROW_TYPES[what], rows, total)

    def __repr__(self) -> str:
        return f"<Record {self.location}>"


def open_record(location: str | Path | None = None, *, create: bool = True) -> Record:
    """Return the record at `location`.

    Args:
        location: Path of an SQLite file, ":memory:", or a `postgresql://` URL; by
            default `ONRECORD_RECORD`, else `news.db` in the current folder.
        create: Whether to start a record where there is none.

    Raises:
        RecordError: There is no record and `create` is False, or it cannot be opened.
    """
    from onrecord.record.store import Store

    where = record_location(None if location is None else os.fspath(location))
    if not where:
        raise RecordError("record", "no path given", "Try: onrecord.open('news.db')")
    return Record(Store.open(where, create=create))
