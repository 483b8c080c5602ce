"""The main path: whole reports, in order, whatever happens to one of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from onrecord.annotate.rules import RuleExtractor
from onrecord.annotate.text import Parse
from onrecord.model.annotation import Annotations
from onrecord.model.document import Document
from onrecord.pipeline import read_into
from onrecord.read.any import ReadFailure, document_from_text
from onrecord.record import query
from onrecord.record.store import Store

REPORTS = tuple(
    document_from_text(text, uri=f"report-{number}", publisher="Port Selva Courier")
    for number, text in enumerate(
        (
            "Government troops attacked rebels near Baghdad on Monday, the army said.",
            '"We will not withdraw," General Lena Ostrova told reporters.',
            "Police arrested 12 protesters in Basra, officials said.",
        )
    )
)
MISSING = ReadFailure("missing.txt", "no such file", "Check the path.")


class Breaks:
    """An extractor that cannot take one of the reports."""

    name = "breaks-1"

    def annotate(self, parse: Parse) -> Annotations:
        if "withdraw" in parse.document.text:
            raise ZeroDivisionError("a bug")
        return RuleExtractor().annotate(parse)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "news.db") as opened:
        yield opened


def test_summary_counts_what_is_in_the_record(store: Store) -> None:
    summary = read_into(store, [*REPORTS, MISSING], RuleExtractor())
    assert (summary.read, summary.failed) == (3, (MISSING,))
    assert summary.events == query.events(store).total > 0
    assert summary.quotes == query.quotes(store).total > 0


def test_reading_twice_changes_nothing(store: Store) -> None:
    read_into(store, REPORTS, RuleExtractor())
    before = query.events(store)
    again = read_into(store, REPORTS, RuleExtractor())
    assert (again.read, again.unchanged) == (0, 3)
    assert query.events(store) == before


def test_report_that_breaks_the_extractor_is_named_and_the_rest_kept(store: Store) -> None:
    summary = read_into(store, REPORTS, Breaks())
    assert (summary.read, len(summary.failed)) == (2, 1)
    assert str(summary.failed[0]).startswith("report-1: could not be annotated (ZeroDivisionError")
    assert query.documents(store, status="failed").total == 1


def test_run_that_was_killed_goes_on_where_it_stopped(store: Store) -> None:
    def killed() -> Iterator[Document]:
        yield REPORTS[0]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read_into(store, killed(), RuleExtractor())
    summary = read_into(store, REPORTS, RuleExtractor())
    assert (summary.unchanged, summary.read) == (1, 2)


def test_file_whose_name_is_no_text_does_not_stop_the_run(store: Store) -> None:
    unreadable = ReadFailure("caf\udce9.txt", "empty")
    summary = read_into(store, [unreadable, *REPORTS], RuleExtractor())
    assert (summary.read, len(summary.failed)) == (3, 1)
    assert summary.failed[0].uri == "caf\\udce9.txt"


def test_outcomes_are_told_in_the_order_of_the_inputs(store: Store) -> None:
    told: list[tuple[str, str]] = []
    read_into(
        store,
        [MISSING, REPORTS[0], REPORTS[0]],
        RuleExtractor(),
        on_document=lambda uri, outcome: told.append((uri, outcome)),
    )
    assert told == [("missing.txt", "failed"), ("report-0", "read"), ("report-0", "unchanged")]


def test_any_number_of_workers_makes_the_same_record(store: Store, tmp_path: Path) -> None:
    told: list[str] = []
    read_into(store, REPORTS, RuleExtractor())
    with Store.open(tmp_path / "two.db") as other:
        read_into(
            other,
            [*REPORTS, MISSING],
            RuleExtractor(),
            workers=2,
            on_document=lambda uri, _: told.append(uri),
        )
        assert query.events(other).rows == query.events(store).rows
        assert query.quotes(other).rows == query.quotes(store).rows
    assert told == [*(report.uri for report in REPORTS), MISSING.uri]
