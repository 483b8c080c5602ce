"""The record as a Python object."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

import onrecord
from onrecord.record.rows import EventRow


def test_events_are_typed_rows(record: onrecord.Record) -> None:
    event = record.events(type="ASSAULT", factuality="asserted", country="Iraq")[0]
    assert isinstance(event, EventRow)
    assert (event.actor, event.mode, event.place) == (
        "The Meridian Front", "heavy-weapons", "Port Selva",
    )  # fmt: skip


def test_limit_keeps_the_total(record: onrecord.Record) -> None:
    rows = record.events(limit=1)
    assert (len(rows), rows.total) == (1, 4)
    assert repr(rows).startswith("<1 of 4 events>")


def test_slices_are_rows_too(record: onrecord.Record) -> None:
    rows = record.events(order="document")
    assert list(rows[1:3]) == [rows[1], rows[2]]
    assert rows[:2].to_dicts() == rows.to_dicts()[:2]


def test_lists_answer_all_kinds(record: onrecord.Record) -> None:
    assert [r.type for r in record.relations()] == ["leads"]
    assert [f.value_low for f in record.figures(counted="soldiers")] == [14]
    assert [q.speaker for q in record.quotes(kind="indirect")] == ["Lena Ostrova"]
    assert record.actors(name="meridian")[0].n_documents == 2
    assert record.documents().total == 3
    assert {hit.kind for hit in record.search("convoy")} == {"actor", "document"}


def test_unnamed_actors_come_only_when_asked_for(record: onrecord.Record) -> None:
    assert len(record.actors(named=None)) > len(record.actors())


def test_dicts_and_json_hold_every_column(record: onrecord.Record) -> None:
    rows = record.documents()
    assert json.loads(rows.to_json()) == rows.to_dicts()
    assert tuple(rows.to_dicts()[0]) == rows.columns


def test_frames_have_days_and_their_columns_also_without_rows(record: onrecord.Record) -> None:
    frame = record.events().to_pandas()
    assert isinstance(frame["published"].dtype, pd.DatetimeTZDtype)
    assert frame.loc[frame["mode"] == "heavy-weapons", "date_from"].iloc[0] == pd.Timestamp(
        "2024-04-30", tz="UTC"
    )
    empty = record.events(actor="Nobody at all").to_pandas()
    assert list(empty.columns) == list(frame.columns)


def test_unknown_filter_is_an_error(record: onrecord.Record) -> None:
    with pytest.raises(onrecord.QueryError, match="Did you mean actor"):
        record.events(actr="x")  # type: ignore[call-arg]


def test_show_gives_sentence_chain_and_marks(record: onrecord.Record) -> None:
    event = record.events(mode="heavy-weapons")[0]
    shown = record.show(event.statement_id[:9])
    assert shown.chain == ("Port Selva Courier", "Lena Ostrova")
    assert shown.marked(width=120).splitlines()[1].split() == [
        "└──────who───────┘", "└─what─┘", "└────whom────┘", "└─where──┘", "└when─┘",
        "└──────source──────┘", "└──┘cue",
    ]  # fmt: skip
    assert json.loads(shown.to_json())["row"]["statement_id"] == event.statement_id


def test_missing_record_is_not_made_when_it_must_exist(tmp_path: Path) -> None:
    with pytest.raises(onrecord.RecordError, match="no such record"):
        onrecord.open(tmp_path / "none.db", create=False)


def test_location_comes_from_the_environment(news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ONRECORD_RECORD", str(news))
    with onrecord.open() as record:
        assert record.location == str(news)


def test_notebook_escapes_what_the_report_says(record: onrecord.Record) -> None:
    hostile = next(row for row in record.events() if row.title == "=1+1")
    page = record.show(hostile.statement_id)._repr_html_() + record.events()._repr_html_()
    assert "\x1b" not in page
    assert "\u202e" not in page
    assert "&#x27;" in page


def test_notebook_marks_overlapping_fields() -> None:
    from onrecord.model.span import Span
    from onrecord.show.marks import Mark
    from onrecord.show.notebook import highlighted

    page = highlighted("a<b c", [Mark(Span(10, 15), "words"), Mark(Span(12, 13), "who")], start=10)
    assert page.count("<mark") == 3
    assert "a&lt;" in page
    assert 'title="words, who"' in page
