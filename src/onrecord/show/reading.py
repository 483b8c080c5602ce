"""Read what a person points at into a record: paths in, summary out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from onrecord.errors import QueryError

if TYPE_CHECKING:
    from onrecord.pipeline import OnDocument, ReadSummary
    from onrecord.record.store import Store

MOST_WORKERS = 256


def read_reports(
    store: Store,
    paths: Sequence[str],
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
    """Read reports into the record with one extractor.

    Args:
        store: The record.
        paths: Files, folders, patterns, or "-" for standard input.
        publisher: Outlet of reports that name none.
        published: Day or moment of reports that give none.
        columns: Our name of a field to that of a table's column.
        workers: Processes that annotate, 1 to 256.
        encoding: Encoding of all inputs; found for each if empty.
        max_mb: Greatest file, or row of a table, in megabytes.
        extractor: Its name; see `onrecord.annotate.default.extractor_named`.
        progress: Whether to draw a bar where standard error is a terminal.
        on_document: Called after each input with its uri and what became of it.

    Raises:
        QueryError: An option makes no sense.
        ModelError: The parser or the extractor cannot work.
    """
    # Parser and formats take a second to load; asking a record should not wait for them.
    from onrecord.annotate.default import extractor_named
    from onrecord.pipeline import read_into
    from onrecord.read.any import ReadOptions, read_paths
    from onrecord.show.progress import progress_bar

    if not 1 <= workers <= MOST_WORKERS:
        raise QueryError(f"workers {workers}", f"not between 1 and {MOST_WORKERS}", "Try 2.")
    if not paths:
        raise QueryError("paths", "none given", "Name a file, a folder or a pattern.")
    found_by = extractor_named(extractor)
    options = ReadOptions(
        publisher=publisher,
        published=published,
        columns=columns or {},
        encoding=encoding,
        max_bytes=int(max_mb * 1e6),
    )
    with progress_bar(wanted=progress and on_document is None) as advance:
        return read_into(
            store,
            read_paths(paths, options),
            found_by,
            workers=workers,
            on_document=on_document or advance,
        )
