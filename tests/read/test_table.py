"""Rows of tables become reports, each knowing its bytes; bad rows are named by line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.read.any import ReadFailure, ReadOptions, read_paths

_STORY = "The council met on Tuesday and voted to repair the dam."


def _read(path: Path, **columns: str) -> list[Document | ReadFailure]:
    return list(read_paths([path], ReadOptions(columns=columns)))


def _original(document: Document, word: str, raw: bytes) -> str:
    assert document.offsets is not None
    at = document.text.index(word)
    start, end = document.offsets.bytes_of(Span(at, at + len(word)))
    return raw[start:end].decode()


def test_json_lines_with_usual_names(tmp_path: Path) -> None:
    row = {
        "headline": "Dam to be repaired", "maintext": _STORY, "source_domain": "selvapost.example",
        "authors": ["Ana Torres", "Ben Ode"], "date_publish": "2024-03-03 14:30:00", "link": "",
    }  # fmt: skip
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n\n")
    (document,) = _read(tmp_path / "a.jsonl")
    assert isinstance(document, Document)
    assert document.text == f"Dam to be repaired\n\n{_STORY}"
    assert document.publisher == "selvapost.example"
    assert document.author == "Ana Torres, Ben Ode"
    assert document.published_precision == "instant"
    assert document.uri == f"{tmp_path / 'a.jsonl'}#1"


def test_columns_may_be_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"text,Nachricht\nignored words,{_STORY}\n")
    (document,) = _read(tmp_path / "a.csv", text="nachricht")
    assert isinstance(document, Document)
    assert document.text == _STORY


def test_address_is_kept_as_the_uri(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(f"url,text\nhttps://selvapost.example/1,{_STORY}\n")
    (document,) = _read(tmp_path / "a.csv")
    assert isinstance(document, Document)
    assert document.uri == "https://selvapost.example/1"


def test_bad_lines_are_named_and_the_rest_kept(tmp_path: Path) -> None:
    deep = '{"text":' * 5_000
    lines = ['{"text": "One dam."}', deep, "[1]", '{"title": "x"}', '{"text": "Two dams."}']
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    results = _read(tmp_path / "a.jsonl")
    assert [r.text for r in results if isinstance(r, Document)] == ["One dam.", "Two dams."]
    failures = [r for r in results if isinstance(r, ReadFailure)]
    assert [f.uri.rsplit(", ")[-1] for f in failures] == ["line 2", "line 3", "line 4"]
    assert "there are: title" in failures[2].next_step


@pytest.mark.parametrize("ensure_ascii", [True, False])
def test_json_text_maps_to_its_bytes_through_escapes(tmp_path: Path, ensure_ascii: bool) -> None:
    text = 'He said: “no”,\nand "café" 𝄞 was \\ closed\ttoday.'
    row = {"text": text, "title": "Über café"}
    raw = (
        json.dumps({"text": "First dam."}) + "\n" + json.dumps(row, ensure_ascii=ensure_ascii)
    ).encode()
    (tmp_path / "a.jsonl").write_bytes(raw)
    _, document = _read(tmp_path / "a.jsonl")
    assert isinstance(document, Document)
    for word in ("“no”", "café", "𝄞", "closed", "Über"):
        assert json.loads(f'"{_original(document, word, raw)}"') == word


def test_json_array_keeps_what_stands_before_the_break(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('[{"text": "One dam."}, {"text": "Two dams."}, {"te')
    results = _read(tmp_path / "a.json")
    assert [type(r).__name__ for r in results] == ["Document", "Document", "ReadFailure"]


@pytest.mark.parametrize(
    "source",
    [
        '{"articles": [{"text": "One dam."}, {"text": "Two dams."}]}',
        ' [ {"text": "One dam."} ,\n {"text": "Two dams."} ] ',
        '{"text": "One dam."}\n{"text": "Two dams."}\n',
    ],
)
def test_json_files_may_hold_several_articles(tmp_path: Path, source: str) -> None:
    (tmp_path / "a.json").write_text(source)
    assert [r.text for r in _read(tmp_path / "a.json") if isinstance(r, Document)] == [
        "One dam.",
        "Two dams.",
    ]


def test_csv_values_may_hold_quotes_and_lines(tmp_path: Path) -> None:
    raw = 'id,title,text\r\n1,"Dam, repaired","He said ""no"".\r\nThen café."\r\n2,x,Two dams.\r\n'.encode()
    (tmp_path / "a.csv").write_bytes(raw)
    first, second = _read(tmp_path / "a.csv")
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.text == 'Dam, repaired\n\nHe said "no".\nThen café.'
    assert _original(first, '"no"', raw) == '""no""'
    assert _original(first, "café", raw) == "café"
    assert _original(first, "repaired", raw) == "repaired"
    assert _original(second, "Two dams", raw) == "Two dams"


@pytest.mark.parametrize(("name", "delimiter"), [("a.tsv", "\t"), ("a.csv", ";"), ("b.csv", "|")])
def test_delimiter_is_found(tmp_path: Path, name: str, delimiter: str) -> None:
    (tmp_path / name).write_text(f"title{delimiter}text\nDam repaired{delimiter}{_STORY}\n")
    (document,) = _read(tmp_path / name)
    assert isinstance(document, Document)
    assert document.title == "Dam repaired"


def test_quote_never_closed_costs_one_row(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text('text\nOne dam.\n"Two dams.\nThree dams.\nFour dams.\n')
    results = _read(tmp_path / "a.csv")
    texts = [r.text for r in results if isinstance(r, Document)]
    assert texts == ["One dam.", "Three dams.", "Four dams."]
    (failure,) = (r for r in results if isinstance(r, ReadFailure))
    assert failure.uri.endswith("line 3")


def test_row_with_too_many_values_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("title,text\nx,One dam.\ny,Two dams, or three.\nz,Four dams.\n")
    results = _read(tmp_path / "a.csv")
    assert len([r for r in results if isinstance(r, Document)]) == 2
    (failure,) = (r for r in results if isinstance(r, ReadFailure))
    assert (failure.uri.rsplit(", ")[-1], failure.reason) == ("line 3", "3 values for 2 columns")


def test_tables_in_utf16_are_read(tmp_path: Path) -> None:
    raw = f"title\ttext\r\nCafé\t{_STORY}\r\n".encode("utf-16")
    (tmp_path / "a.tsv").write_bytes(raw)
    (document,) = _read(tmp_path / "a.tsv")
    assert isinstance(document, Document)
    assert document.offsets is not None
    at = document.text.index("council")
    start, end = document.offsets.bytes_of(Span(at, at + 7))
    assert raw[start:end].decode("utf-16-le") == "council"


_VALUE = st.text(st.sampled_from('ab "“é,\n\\\U0001d11e'), min_size=1, max_size=30)


@given(st.lists(_VALUE.map(lambda value: f"dam{value}dam"), min_size=1, max_size=4))
def test_every_word_of_every_row_is_found_at_its_bytes(values: list[str]) -> None:
    import tempfile

    table = io.StringIO()
    writer = csv.DictWriter(table, ["text", "title"])
    writer.writeheader()
    writer.writerows({"text": value, "title": ""} for value in values)
    lines = "".join(json.dumps({"text": value}) + "\n" for value in values)
    with tempfile.TemporaryDirectory() as folder:
        for name, source in (("a.csv", table.getvalue()), ("a.jsonl", lines)):
            path = Path(folder, name)
            path.write_bytes(source.encode())
            documents = [d for d in _read(path) if isinstance(d, Document)]
            assert len(documents) == len(values)
            for document in documents:
                original = _original(document, "dam", source.encode())
                assert original == "dam"
                assert document.offsets is not None
                assert document.offsets.bytes_of(Span(0, len(document.text)))[1] <= len(
                    source.encode()
                )


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jsonl", "\n\r\n  \n", "empty"),
        ("a.csv", "title,text\n", "no rows below the column names"),
        ("a.csv", f"text,title,text\n{_STORY},Dam,other words\n", "2 columns are named text"),
    ],
)
def test_table_that_gives_no_report_is_named(
    tmp_path: Path, name: str, content: str, reason: str
) -> None:
    (tmp_path / name).write_text(content)
    (failure,) = _read(tmp_path / name)
    assert isinstance(failure, ReadFailure)
    assert failure.reason == reason
    assert failure.next_step
