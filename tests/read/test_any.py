"""Everything readable is read, and everything else is named with reason and next step."""

from __future__ import annotations

import gzip
import io
import os
import sys
import tarfile
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.errors import QueryError
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.read.any import ReadFailure, ReadOptions, read_paths

_STORY = "The council met on Tuesday and voted to repair the dam above the town, officials said."
_LONG = " ".join(
    f"In village {n} the water rose by {n} metres and the people left their houses."
    for n in range(8)
)


def _read(*paths: object, **options: object) -> list[Document | ReadFailure]:
    return list(read_paths([str(path) for path in paths], ReadOptions(**options)))  # type: ignore[arg-type]


def _zip(parts: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return packed.getvalue()


def _tar(name: str) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        archive.addfile(tarfile.TarInfo(name))
    return packed.getvalue()


def _documents(results: list[Document | ReadFailure]) -> list[Document]:
    return [result for result in results if isinstance(result, Document)]


def _failure(results: list[Document | ReadFailure]) -> ReadFailure:
    failures = [result for result in results if isinstance(result, ReadFailure)]
    assert len(failures) == 1
    assert failures[0].reason
    assert failures[0].next_step
    return failures[0]


def test_folder_is_read_sorted_without_hidden_names(tmp_path: Path) -> None:
    for name in ("b.txt", "a.md", ".hidden.txt", "sub/c.txt", ".git/d.txt", "style.css"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{_STORY} {name}")
    names = [Path(d.uri).relative_to(tmp_path).as_posix() for d in _documents(_read(tmp_path))]
    assert names == ["a.md", "b.txt", "sub/c.txt"]


def test_pattern_and_repeated_path_give_each_file_once(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.html"):
        (tmp_path / name).write_text(_STORY)
    assert len(_read(tmp_path / "*.txt", tmp_path / "a.txt")) == 2


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    stdin = io.TextIOWrapper(io.BytesIO(_STORY.encode()))
    monkeypatch.setattr(sys, "stdin", stdin)
    (document,) = _documents(_read("-"))
    assert (document.text, document.uri) == (_STORY, "<stdin>")


def test_standard_input_may_be_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = '{"text": "One dam was repaired."}\n{"text": "Two dams were repaired."}\n'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw.encode())))
    assert len(_documents(_read("-"))) == 2


def test_options_fill_in_what_the_file_does_not_say(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"(THE LANTERN) — {_STORY}")
    (document,) = _documents(_read(tmp_path / "a.txt", publisher="Post", published="2024-03-03"))
    assert (document.publisher, document.wire_credit) == ("Post", "The Lantern")
    assert document.published == datetime(2024, 3, 3, tzinfo=UTC)


def test_bytes_of_a_word_are_its_bytes_in_the_file(tmp_path: Path) -> None:
    raw = "\ufeffTitle of the report\r\n\r\n“José’s caf\u0301e”  was &amp; is  ﬂooded.\r\n".encode()
    path = tmp_path / "a.txt"
    path.write_bytes(raw)
    (document,) = _documents(_read(path))
    for word, original in (
        ("“José’s", "“José’s"),
        ("&", "&amp;"),
        ("is", "is"),
        ("ﬂooded.", "ﬂooded."),
    ):
        at = document.text.index(word)
        assert document.offsets is not None
        start, end = document.offsets.bytes_of(Span(at, at + len(word)))
        assert raw[start:end].decode() == original


def test_markdown_with_an_impossible_day_in_its_head_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text("---\ndate: 2024-02-30\n---\nThe council met on Tuesday.\n")
    (document,) = read_paths([path])
    assert isinstance(document, Document)
    assert document.text == "The council met on Tuesday."
    assert document.published is None


def test_markdown_is_read_without_its_marks(tmp_path: Path) -> None:
    source = (
        "---\ntitle: Council votes to *repair* dam\ndate: 2024-03-03\nauthor: [Ana Torres]\n---\n"
        "# Council votes to *repair* dam\n\nThe **council** met on [Tuesday](http://x.example/a_b_c), "
        "and `voted`.\n\n> “No,” said the snake_case mayor.\n\n- one village\n- 2 * 3 = 6\n\n"
        "![the dam](dam.png)\n\n***\n\n[1]: http://x.example\nThe end \\* of it.\n"
    )
    path = tmp_path / "a.md"
    path.write_text(source)
    (document,) = _documents(_read(path))
    assert document.text == (
        "Council votes to repair dam\n\nThe council met on Tuesday, and voted.\n\n"
        "“No,” said the snake_case mayor.\n\none village\n2 * 3 = 6\n\nThe end * of it."
    )
    assert document.title == "Council votes to repair dam"
    assert (document.author, document.published) == ("Ana Torres", datetime(2024, 3, 3, tzinfo=UTC))
    assert document.offsets is not None
    at = document.text.index("Tuesday")
    start, end = document.offsets.bytes_of(Span(at, at + 7))
    assert source.encode()[start:end] == b"Tuesday"


@pytest.mark.parametrize("between", ["", " ", "\n", "\n\n"])
@pytest.mark.parametrize("ending", ["[READ MORE ]", "Source » selva-post"])
def test_two_reports_in_one_file_are_both_read(tmp_path: Path, ending: str, between: str) -> None:
    first, second = (
        f"{_STORY} {_LONG}",
        f"Storm floods villages\n\n(THE LANTERN) — {_LONG} {_STORY}",
    )
    (tmp_path / "a.txt").write_text(f"{first}\n\n{ending}{between}{second}")
    one, two = _documents(_read(tmp_path / "a.txt"))
    assert one.text.startswith(first)
    assert two.text == second
    assert two.publisher == "The Lantern"
    assert two.title == "Storm floods villages"
    assert two.offsets is not None
    start, end = two.offsets.bytes_of(Span(0, 5))
    assert (tmp_path / "a.txt").read_bytes()[start:end] == b"Storm"
    assert (one.uri, two.uri) == (f"{tmp_path}/a.txt#1", f"{tmp_path}/a.txt#2")


def test_two_reports_without_any_mark_between_lose_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"{_STORY}{_LONG}")
    (document,) = _documents(_read(tmp_path / "a.txt"))
    assert document.text == _STORY + _LONG


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("blank.md", b"---\ntitle: x\n---\n", "empty"),
        ("program.txt", b"\x7fELF\x02\x01\x01\x00", "a program"),
        ("noise.txt", bytes(range(256)) * 4, "binary"),
        ("packed.txt", b"\x1f\x8b\x08\x00", "gzip"),
        ("broken.pdf", b"%PDF-1.4 nothing more", "not a readable PDF"),
        ("not.pdf", _STORY.encode(), "not a readable PDF"),
        ("broken.docx", b"PK\x03\x04 nothing more", "not a readable Word file"),
        ("broken.json", b'{"text": "x', "not valid JSON"),
        ("none.json", b"[]", "no articles"),
        ("list.json", b"[1]", "not valid JSON"),
        ("empty.html", b"<html><body></body></html>", "no article text"),
        ("broken.rss", b"<rss><chan", "not a readable feed"),
        ("plain.xml", b"<?xml version='1.0'?><note>hi</note>", "no RSS or Atom feed"),
        ("none.csv", b"a,b\n1,2\n", "no column holds the text"),
        ("broken.warc", b"nothing of the kind\r\n", "archive is broken"),
        ("broken.warc.gz", b"\x1f\x8b\x08\x00nothing", "archive is broken"),
        ("locked.zip", b"PK\x03\x04....", "ZIP archive"),
        ("up.tar", _tar("../../up.txt"), "a tar archive"),
        ("parts.docx", _zip({"[Content_Types].xml": b"<a/>"}), "not a readable Word file"),
        ("bomb.docx", _zip({"word/media/a.bin": bytes(60_000_000)}), "60 MB once unpacked"),
        ("cut.warc.gz", gzip.compress(b"WARC/1.0\r\nWARC-Type: response\r\n" * 9, mtime=0)[:40], "broken here"),
    ],
)  # fmt: skip
def test_bad_file_is_named_and_the_rest_kept(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(content)
    (tmp_path / "zz-good.txt").write_text(_STORY)
    results = _read(tmp_path)
    assert len(_documents(results)) == 1
    failure = _failure(results)
    assert reason in failure.reason
    assert name in failure.uri


def test_large_file_is_named_and_not_taken_into_memory(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as stream:
        stream.truncate(200_000_000)
    failure = _failure(_read(path))
    assert failure.reason == "200 MB, more than 50 MB"


def test_large_line_of_a_table_is_named_and_the_rest_kept(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    good = '{"text": "One dam was repaired."}\n'
    path.write_text(good + '{"text": "' + "x" * 5_000 + '"}\n' + good.replace("One", "Two"))
    results = _read(path, max_bytes=1_000)
    assert len(_documents(results)) == 2
    assert _failure(results).uri == f"{path}, line 2"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_unreadable_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(_STORY)
    (tmp_path / "a.txt").chmod(0)
    assert _failure(_read(tmp_path)).reason == "permission denied"


def test_refused_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    (tmp_path / "a.txt").write_text(_STORY)
    monkeypatch.setattr(Path, "open", refuse)
    failure = _failure(_read(tmp_path / "a.txt"))
    assert failure.reason == "permission denied"
    assert "chmod" in failure.next_step


def test_missing_things_are_named(tmp_path: Path) -> None:
    (tmp_path / "link.txt").symlink_to(tmp_path / "gone.txt")
    (tmp_path / "folder").mkdir()
    assert _failure(_read(tmp_path / "no.txt")).reason == "no such file or folder"
    assert _failure(_read(tmp_path / "*.html")).reason == "no file matches"
    assert _failure(_read(tmp_path / "link.txt")).reason == "a link to nothing"
    assert _failure(_read(tmp_path / "folder")).reason == "no readable files in this folder"


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    assert _failure(_read(tmp_path)).reason == "not a regular file"


def test_wrong_encoding_is_read_with_a_notice(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.txt").write_bytes("The mayor of Łódź said: “café”.".encode("cp1252", "replace"))
    (document,) = _documents(_read(tmp_path / "a.txt"))
    assert "“café”" in document.text
    assert "read as Windows-1252" in caplog.text


def test_guessed_encoding_is_named_as_what_it_is(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.txt").write_bytes(_STORY.encode("utf-16-be"))
    (document,) = _documents(_read(tmp_path / "a.txt"))
    assert document.text == _STORY
    assert "read as UTF-16-BE" in caplog.text


def test_dates_that_may_mean_two_days_are_left_out_with_a_notice(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    days = ("03/04/2018", "2018-04-03", "")
    rows = "".join(f'"{_STORY} {n}",{day}\n' for n, day in enumerate(days))
    (tmp_path / "a.csv").write_text(f"text,published\n{rows}")
    published = [d.published for d in _documents(_read(tmp_path / "a.csv"))]
    assert published == [None, datetime(2018, 4, 3, tzinfo=UTC), None]
    assert "publication time of 1 report is not certain" in caplog.text
    assert "'03/04/2018'" in caplog.text


def test_link_to_a_folder_is_named_and_not_followed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.txt").write_text(_STORY)
    (tmp_path / "round").symlink_to(tmp_path)
    assert len(_read(tmp_path)) == 1
    assert f"{tmp_path / 'round'}: a link to a folder, not followed" in caplog.text


def test_fault_no_reader_foresaw_costs_one_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(*_: object, **__: object) -> None:
        raise AttributeError("nothing of the kind")

    monkeypatch.setattr("onrecord.read.any.read_pdf", stumble)
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.4")
    (tmp_path / "b.txt").write_text(_STORY)
    results = _read(tmp_path)
    assert len(_documents(results)) == 1
    assert "AttributeError" in _failure(results).reason


def test_told_encoding_that_does_not_fit_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"caf\xe9 in the town")
    assert "not valid utf-8" in _failure(_read(tmp_path, encoding="utf-8")).reason


@pytest.mark.parametrize(
    "options", [{"published": "soon"}, {"columns": {"texte": "x"}}, {"max_bytes": 0}]
)
def test_options_that_make_no_sense_are_refused(options: dict[str, object]) -> None:
    with pytest.raises(QueryError):
        ReadOptions(**options)  # type: ignore[arg-type]


def test_failure_reads_as_one_sentence_of_thing_reason_and_next_step() -> None:
    failure = ReadFailure("a.pdf", "no text layer in 1 of 1 pages", "Run OCR first.")
    assert str(failure) == "a.pdf: no text layer in 1 of 1 pages. Run OCR first."
