"""The main path: read, annotate, resolve, record, one report after the other.

Annotating is most of the work and touches nothing, so it may run in several
processes; the record is written by this one alone, in the order of the
inputs, so any number of workers makes the same record.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from dataclasses import dataclass
from importlib.metadata import version
from typing import Literal

from onrecord.annotate.extractor import Extractor
from onrecord.annotate.text import parse_document
from onrecord.compare.claims import form_claims, linked_to
from onrecord.errors import ModelError, ReadError, RecordError
from onrecord.model.document import Document
from onrecord.model.statement import ResolvedDocument
from onrecord.read.any import ReadFailure
from onrecord.record.claims import refresh_claims
from onrecord.record.identity import settle_identities
from onrecord.record.store import Store
from onrecord.resolve.document import resolve_document
from onrecord.workers import Crew

Outcome = Literal["read", "unchanged", "skipped", "failed"]
OnDocument = Callable[[str, Outcome], None]

# Reports handed out ahead of the one written next, for each worker.
_AHEAD = 4
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ReadSummary:
    """What became of the inputs of one run.

    Attributes:
        read: Reports read and written.
        unchanged: Reports the record already held.
        skipped: Reports kept without statements, and why, as `(uri, reason)`.
        failed: Inputs that could not be read, with reason and next step.
        undated: How many of those read have no publication time.
        events: Events in the reports read; likewise relations, figures and quotes.
    """

    read: int = 0
    unchanged: int = 0
    skipped: tuple[tuple[str, str], ...] = ()
    failed: tuple[ReadFailure, ...] = ()
    undated: int = 0
    events: int = 0
    relations: int = 0
    figures: int = 0
    quotes: int = 0

    def __str__(self) -> str:
        counts = f"{self.read:,} read, {self.unchanged:,} unchanged, {len(self.skipped):,} skipped"
        found = (
            f"{self.events:,} events, {self.relations:,} relations, {self.figures:,} figures,"
            f" {self.quotes:,} quotes"
        )
        return f"{counts}, {len(self.failed):,} failed: {found}"


def read_into(
    store: Store,
    documents: Iterable[Document | ReadFailure],
    extractor: Extractor,
    *,
    workers: int = 1,
    on_document: OnDocument | None = None,
) -> ReadSummary:
    """Read reports into the record; those it holds already are left as they are.

    Every report is written in one transaction. A run that is killed leaves
    whole reports, and the next one goes on where it stopped.

    Args:
        store: The record.
        documents: Reports and failures, as `read.any.read_paths` gives them.
        extractor: Finds the annotations; with several workers it must pickle.
        workers: Processes that annotate; 1 stays in this one. With more, a script must
            be guarded by `if __name__ == "__main__":`, since every process loads it.
        on_document: Called after each input with its uri and what became of it.

    Returns:
        What became of the inputs.

    Raises:
        RecordError: The record cannot be written, e.g. because the disk is full.
        ModelError: The parser is not installed, or the extractor cannot work at all.
    """
    counts = _Counts()
    run_id = store.start_run(version("onrecord"), {"extractor": extractor.name, "workers": workers})
    try:
        # Closing ends the workers also when writing fails or somebody interrupts.
        with closing(_annotated(store, documents, extractor, workers)) as results:
            for uri, result in results:
                outcome = _write(store, uri, result, extractor.name, counts)
                if on_document is not None:
                    on_document(uri, outcome)
        settle(store)
    except BaseException:
        store.finish_run(run_id, {**counts.numbers(), "stopped": 1})
        raise
    store.finish_run(run_id, counts.numbers())
    return counts.summary()


def settle(store: Store) -> None:
    """Bring identities and claims in step with what reports state and people said.

    Args:
        store: The record.

    Raises:
        RecordError: The record cannot be written.
    """
    settle_identities(store)
    refresh_claims(store, form_claims, linked_to)


@dataclass(slots=True)
class _Unchanged:
    """A report the record holds already."""


_Result = ResolvedDocument | ReadFailure | _Unchanged


class _Counts:
    """What became of the inputs so far."""

    def __init__(self) -> None:
        self.read = self.unchanged = self.undated = 0
        self.skipped: list[tuple[str, str]] = []
        self.failed: list[ReadFailure] = []
        self.found = {"event": 0, "relation": 0, "quantity": 0, "quote": 0}

    def add(self, resolved: ResolvedDocument) -> None:
        self.read += 1
        self.undated += resolved.document.published is None
        for statement in resolved.statements:
            self.found[statement.kind] += 1
        self.found["quote"] += len(resolved.attributions)

    def numbers(self) -> dict[str, int]:
        return {
            "read": self.read,
            "unchanged": self.unchanged,
            "skipped": len(self.skipped),
            "failed": len(self.failed),
            **self.found,
        }

    def summary(self) -> ReadSummary:
        return ReadSummary(
            self.read,
            self.unchanged,
            tuple(self.skipped),
            tuple(self.failed),
            undated=self.undated,
            events=self.found["event"],
            relations=self.found["relation"],
            figures=self.found["quantity"],
            quotes=self.found["quote"],
        )


def _write(store: Store, uri: str, result: _Result, version_: str, counts: _Counts) -> Outcome:
    if isinstance(result, _Unchanged):
        counts.unchanged += 1
        return "unchanged"
    if isinstance(result, ResolvedDocument):
        try:
            # Two inputs of one run may be the same report.
            if not store.write(result, version=version_):
                counts.unchanged += 1
                return "unchanged"
        except RecordError:
            raise
        except Exception as error:  # noqa: BLE001 - rows that contradict each other
            _log.debug("%s", uri, exc_info=True)
            result = _fault(uri, "written", error)
    if isinstance(result, ReadFailure):
        store.write_failure(result.uri, f"{result.reason}. {result.next_step}".strip())
        counts.failed.append(result)
        return "failed"
    if result.document.status != "read":
        counts.skipped.append((result.document.uri, result.document.error))
        return "skipped"
    counts.add(result)
    return "read"


def _annotated(
    store: Store, documents: Iterable[Document | ReadFailure], extractor: Extractor, workers: int
) -> Generator[tuple[str, _Result], None, None]:
    """Yield every input with what it became, in the order of the inputs."""
    if workers <= 1:
        for item in documents:
            done = _without_annotating(store, item, extractor.name)
            yield item.uri, done if done is not None else annotate(_document(item), extractor)
        return
    with Crew(annotate, extractor, workers) as crew:
        ahead: deque[tuple[str, _Result | Document]] = deque()
        for item in documents:
            done = _without_annotating(store, item, extractor.name)
            ahead.append((item.uri, done or crew.hand_out(_document(item))))
            if len(ahead) >= workers * _AHEAD:
                yield _settled(crew, *ahead.popleft())
        while ahead:
            yield _settled(crew, *ahead.popleft())


def _settled(crew: Crew, uri: str, item: _Result | Document) -> tuple[str, _Result]:
    return uri, crew.result() if isinstance(item, Document) else item


def _document(item: Document | ReadFailure) -> Document:
    assert isinstance(item, Document), "failures are settled before annotating"
    return item


def _without_annotating(
    store: Store, item: Document | ReadFailure, version_: str
) -> _Result | None:
    """Return what an input becomes without annotating it, None when it must be annotated."""
    if isinstance(item, ReadFailure):
        return item
    if not store.wants(item, version_):
        return _Unchanged()
    return ResolvedDocument(item) if item.status != "read" else None


def annotate(document: Document, extractor: Extractor) -> ResolvedDocument | ReadFailure:
    """Return everything that `document` states, or why that cannot be found out."""
    try:
        return resolve_document(document, extractor.annotate(parse_document(document)))
    except ModelError:
        raise
    except ReadError as error:
        return ReadFailure(document.uri, f"{error.subject}: {error.reason}", error.next_step)
    except Exception as error:  # noqa: BLE001 - one strange report must not cost the others
        _log.debug("%s", document.uri, exc_info=True)
        return _fault(document.uri, "annotated", error)


def _fault(uri: str, done: str, error: Exception) -> ReadFailure:
    # What a database says goes on with the statement and all its values.
    said = next(iter(str(error).splitlines()), "")
    reason = f"could not be {done} ({type(error).__name__}: {said})"
    return ReadFailure(uri, reason, "Please report it with the text.")
