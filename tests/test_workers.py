"""Trouble on the main path: faults, deaths, interrupts, newer extractors."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select

from onrecord.model.document import Document
from onrecord.pipeline import annotate, read_into
from onrecord.read.any import ReadFailure, document_from_text
from onrecord.record import query
from onrecord.record import schema as s
from onrecord.record.store import Store

# Worker processes import the extractor by name.
sys.path.insert(0, str(Path(__file__).parent))

from fires_extractor import FindsFires


def reports(*words: str) -> list[Document]:
    return [
        document_from_text(
            f"A {word} fire broke out in the old mill of Lower Orsk.", uri=f"{word}.txt"
        )
        for word in words
    ]


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(":memory:") as opened:
        yield opened


def test_fault_and_death_in_workers_cost_their_reports_only(store: Store) -> None:
    given = [
        *reports("small", "unspeakable"),
        ReadFailure("photo.png", "a picture", "Leave it out."),
        *reports("deadly", "large"),
    ]
    summary = read_into(store, given, FindsFires(), workers=2)
    assert [f.uri for f in summary.failed] == ["unspeakable.txt", "photo.png", "deadly.txt"]
    assert summary.read == 2
    errors = {row.uri: row.error for row in query.documents(store, status="failed")}
    assert errors["photo.png"] == "a picture. Leave it out."
    assert "ArithmeticError: a fault" in errors["unspeakable.txt"]
    assert "died" in errors["deadly.txt"]


def test_failed_report_is_tried_again(store: Store) -> None:
    read_into(store, reports("unspeakable"), FindsFires())
    assert len(read_into(store, reports("unspeakable"), FindsFires()).failed) == 1
    assert query.documents(store, status="failed").total == 1


def test_rows_that_contradict_each_other_cost_their_report_only(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def twofold(document: Document, extractor: FindsFires) -> object:
        resolved = annotate(document, extractor)
        assert not isinstance(resolved, ReadFailure)
        twice = resolved.statements * (2 if "small" in document.text else 1)
        return replace(resolved, statements=twice)

    monkeypatch.setattr("onrecord.pipeline.annotate", twofold)
    summary = read_into(store, reports("small", "large"), FindsFires())
    assert (summary.read, [f.uri for f in summary.failed]) == (1, ["small.txt"])
    assert "UNIQUE" in summary.failed[0].reason


def test_stopped_run_keeps_whole_reports_and_says_so(store: Store) -> None:
    def interrupted() -> Iterator[Document]:
        yield from reports("small", "large")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_into(store, interrupted(), FindsFires())
    assert query.events(store).total == 2
    with store.reading() as connection:
        counts = connection.scalar(select(s.runs.c.counts))
    assert (counts["read"], counts["stopped"]) == (2, 1)
    summary = read_into(store, reports("small", "large", "blue"), FindsFires())
    assert (summary.read, summary.unchanged) == (1, 2)


def test_newer_extractor_reads_everything_again(store: Store) -> None:
    read_into(store, reports("small"), FindsFires())
    summary = read_into(store, reports("small"), FindsFires("fires-2"))
    assert (summary.read, query.documents(store)[0].version) == (1, "fires-2")


def test_skipped_report_is_kept_without_statements(store: Store) -> None:
    skipped = Document("doc_x", "x.txt", "Le fire.", status="skipped", error="not English (fr)")
    summary = read_into(store, [skipped], FindsFires())
    assert summary.skipped == (("x.txt", "not English (fr)"),)
    assert query.documents(store, status="skipped").total == 1
    assert query.events(store).total == 0


def test_interrupt_does_not_wait_for_the_reports_at_hand(store: Store) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_into(
            store,
            reports("small", *["endless"] * 4),
            FindsFires(),
            workers=2,
            on_document=interrupt,
        )
    assert multiprocessing.active_children() == []
