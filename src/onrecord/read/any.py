"""Read whatever is pointed at: files, folders, patterns, standard input.

What cannot be read is named with the reason and the next step, and the rest
is kept: one bad file never costs another.
"""

from __future__ import annotations

import glob
import io
import logging
import os
import shlex
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import BinaryIO

from onrecord.errors import QueryError, ReadError
from onrecord.model.document import Document
from onrecord.read.columns import Columns
from onrecord.read.decode import binary_kind
from onrecord.read.docx import read_docx
from onrecord.read.feed import read_feed
from onrecord.read.html import read_html
from onrecord.read.pdf import read_pdf
from onrecord.read.published import published_from
from onrecord.read.report import Report, document_of, with_defaults, writable
from onrecord.read.table import read_csv, read_json, read_json_lines
from onrecord.read.text import read_text
from onrecord.read.warc import read_warc

STANDARD_INPUT = "-"
FORMATS: Mapping[str, str] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".html": "html", ".htm": "html", ".xhtml": "html",
    ".jsonl": "json lines", ".ndjson": "json lines", ".jsonlines": "json lines",
    ".json": "json", ".csv": "csv", ".tsv": "tsv", ".tab": "tsv",
    ".pdf": "pdf", ".docx": "docx", ".rss": "feed", ".atom": "feed", ".xml": "feed",
    ".warc": "warc", ".warc.gz": "warc",
}  # fmt: skip
"""The formats that are read, by the end of a file's name; others are told by their content."""

# What lies beside saved pages and tables and is never a report.
_NEVER_REPORTS = frozenset((
    ".css", ".js", ".mjs", ".map", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".webp", ".ico",
    ".bmp", ".tif", ".tiff", ".mp3", ".mp4", ".m4a", ".wav", ".mov", ".avi", ".webm",
    ".woff", ".woff2", ".ttf", ".otf", ".eot", ".db", ".sqlite", ".sqlite3", ".db-wal",
    ".db-shm", ".pyc", ".py", ".parquet", ".log", ".lock", ".toml", ".ini", ".cfg", ".yaml",
    ".yml",
))  # fmt: skip
_STREAMED = ("json lines", "csv", "tsv", "warc")
_HEAD = 8_192
_log = logging.getLogger("onrecord.read")


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """What is known about the inputs that they do not say themselves.

    Attributes:
        publisher: Outlet of reports whose file names none.
        published: Publication time of reports whose file gives none: a datetime (a naive
            one is taken as UTC), a date, or text such as "2024-03-03".
        columns: Field (text, title, publisher, author, published, url) to the name of
            its column; fields left out go by the usual names (`columns.SYNONYMS`).
        encoding: Encoding of all inputs; found for each if empty.
        max_bytes: Greatest file, or row of a table, to take into memory, in bytes.

    Raises:
        QueryError: `published` is no time, a field is unknown or `max_bytes` is below 1.
    """

    publisher: str = ""
    published: datetime | date | str | None = None
    columns: Mapping[str, str] = field(default_factory=dict)
    encoding: str = ""
    max_bytes: int = 50_000_000

    def __post_init__(self) -> None:
        if self.published is not None and published_from(self.published) is None:
            raise QueryError(
                f"published {str(self.published)!r}",
                "not a time that can be read without guessing",
                "Write it as 2024-03-03 or 2024-03-03T14:30:00+00:00.",
            )
        if self.max_bytes < 1:
            raise QueryError(f"max_bytes {self.max_bytes}", "must be 1 or more")
        Columns(self.columns)


@dataclass(frozen=True, slots=True)
class ReadFailure:
    """An input, or a part of one, that could not be read.

    Attributes:
        uri: The thing: a path, `path, line n`, an address.
        reason: What is wrong with it.
        next_step: What to do about it.
    """

    uri: str
    reason: str
    next_step: str = ""

    def __post_init__(self) -> None:
        # The reason and the next step may name the file too.
        for name in ("uri", "reason", "next_step"):
            object.__setattr__(self, name, writable(getattr(self, name)))

    def __str__(self) -> str:
        return f"{self.uri}: {self.reason}." + (f" {self.next_step}" if self.next_step else "")


def read_paths(
    paths: Iterable[str | os.PathLike[str]], options: ReadOptions | None = None
) -> Iterator[Document | ReadFailure]:
    """Yield every report found under `paths`, and every failure, in a fixed order.

    Args:
        paths: Files, folders (read with all that is below them, sorted, hidden names
            left out), patterns such as "reports/*.html", or "-" for standard input.
        options: What the inputs do not say themselves.

    Yields:
        One `Document` for each report, `status` "skipped" when it is not English, and
        one `ReadFailure` for each input, row or entry that could not be read.
    """
    options = options or ReadOptions()
    seen: set[Path] = set()
    for path in paths:
        name = os.fspath(path)
        if name == STANDARD_INPUT:
            yield from _results(_read_standard_input(options), options)
            continue
        for found in _expanded(name):
            if isinstance(found, ReadFailure):
                yield found
                continue
            resolved = Path(os.path.realpath(found))
            if resolved in seen:
                continue
            seen.add(resolved)
            yield from _results(_read_file(found, options), options, str(found))


def document_from_text(
    text: str,
    *,
    uri: str = "",
    title: str = "",
    publisher: str = "",
    author: str = "",
    published: datetime | date | str | None = None,
) -> Document:
    """Return the document that a text makes.

    Args:
        text: The report, with or without its headline, dateline and byline.
        uri: Where it comes from.
        title: Headline; put before the text if it does not open with it.
        publisher: Outlet; taken from the text ("(THE TOWER) —", "Source » x") if empty.
        author: Author; taken from a byline if empty.
        published: When it was published; never guessed from the text.

    Raises:
        ReadError: `text` holds no words.
        QueryError: `published` is no time.
    """
    if published is not None and published_from(published) is None:
        ReadOptions(published=published)
    if not any(map(str.isalnum, text)):
        raise ReadError(uri or "text", "empty", "Give the words of a report.")
    return document_of(
        Report(uri, text, title=title, publisher=publisher, author=author, published=published)
    )


def _results(
    reports: Iterator[Report | ReadError], options: ReadOptions, uri: str = STANDARD_INPUT
) -> Iterator[Document | ReadFailure]:
    """Yield the documents of `reports`; whatever goes wrong on the way becomes a failure."""
    told_encoding = False
    undated: list[str] = []
    while True:
        try:
            report = next(reports, None)
        except ReadError as error:
            report = error
        except OSError as error:
            report = ReadError(uri, _reason_of(error), "Check the file and try again.")
        except Exception as error:  # noqa: BLE001 - one bad file must not cost the others
            # The formats are read by libraries that meet broken files in ways of their own.
            _log.debug("%s: %s", uri, error, exc_info=True)
            reason = f"broken in a way its reader does not know ({type(error).__name__}: {error})"
            report = ReadError(uri, reason.replace("\n", " "), "Save it anew or as plain text.")
        if report is None:
            if undated:
                _log.warning("%s: the publication time of %s is not certain and was left out, e.g."
                             " %r. Write it as 2024-03-03, or say --published.", uri,
                             _counted(len(undated), "report"), undated[0])  # fmt: skip
            return
        if isinstance(report, ReadError):
            yield ReadFailure(report.subject, report.reason, report.next_step)
            continue
        if report.guessed_encoding and not told_encoding:
            told_encoding = True
            _log.warning("%s: not valid UTF-8; read as %s. Name its encoding (--encoding) if"
                         " letters look wrong.", uri, report.guessed_encoding)  # fmt: skip
        if not any(map(str.isalnum, report.text)):
            yield ReadFailure(report.uri, "empty", "Leave it out, or save the report into it.")
            continue
        if _is_unread_time(report.published):
            undated.append(str(report.published))
        yield document_of(with_defaults(report, options.publisher, options.published))


def _expanded(name: str) -> Iterator[Path | ReadFailure]:
    """Yield the files that `name` stands for, sorted; a failure when there are none."""
    path = Path(name)
    if os.path.lexists(path):
        if path.is_dir():
            yield from _files_below(path)
        else:
            yield path
        return
    matches = _matches(name)
    if not matches:
        reason = "no file matches" if glob.has_magic(name) else "no such file or folder"
        yield ReadFailure(name, reason, f"Check the path; the current folder is {Path.cwd()}.")
    for match in matches:
        if Path(match).is_dir():
            yield from _files_below(Path(match))
        else:
            yield Path(match)


def _matches(pattern: str) -> list[str]:
    # The pattern comes whole from a shell, with its folders: `Path.glob` takes no such.
    return sorted(glob.glob(pattern, recursive=True)) if glob.has_magic(pattern) else []  # noqa: PTH207


def _files_below(folder: Path) -> Iterator[Path | ReadFailure]:
    failures: list[ReadFailure] = []

    def note(error: OSError) -> None:
        failures.append(
            ReadFailure(str(error.filename), _reason_of(error), "Ask for the right to read it.")
        )

    found = False
    for parent, folders, names in os.walk(folder, onerror=note):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            # A link may lead back up, or to half the disk; whoever wants it read names it.
            if Path(parent, name).is_symlink():
                _log.warning("%s: a link to a folder, not followed. Name it to read what is there.",
                             Path(parent, name))  # fmt: skip
        yield from failures
        failures.clear()
        for name in sorted(names):
            if not name.startswith(".") and Path(name).suffix.lower() not in _NEVER_REPORTS:
                found = True
                yield Path(parent, name)
    if failures:
        yield from failures
    elif not found:
        yield ReadFailure(
            str(folder), "no readable files in this folder", f"It reads {', '.join(FORMATS)}."
        )


def _read_file(path: Path, options: ReadOptions) -> Iterator[Report | ReadError]:
    uri = str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise ReadError(uri, "not a regular file", "Save what it delivers into a file.")
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
            stream.seek(0)
            if not head:
                raise ReadError(uri, "empty", "Leave it out, or save the report into it.")
            large = status.st_size > options.max_bytes
            # A large file is named for its size; only what is read in pieces is looked into.
            form = "" if large and _named_format(uri) not in _STREAMED else _format_of(uri, head)
            if large and form not in _STREAMED:
                raise ReadError(
                    uri,
                    f"{status.st_size / 1e6:.0f} MB, more than {options.max_bytes / 1e6:.0f} MB",
                    "Split it, or raise the limit (--max-mb).",
                )
            yield from _read_stream(stream, uri, form, options)
    except FileNotFoundError:
        reason = "a link to nothing" if path.is_symlink() else "no such file"
        yield ReadError(uri, reason, "Check the path.")
    except PermissionError:
        yield ReadError(
            uri, "permission denied", f"Make it readable, e.g.: chmod u+r {shlex.quote(uri)}"
        )


def _read_standard_input(options: ReadOptions) -> Iterator[Report | ReadError]:
    raw = sys.stdin.buffer.read(options.max_bytes + 1)
    uri = "<stdin>"
    if len(raw) > options.max_bytes:
        raise ReadError(
            uri,
            f"more than {options.max_bytes / 1e6:.0f} MB",
            "Save it into a file, or raise the limit (--max-mb).",
        )
    if not raw:
        raise ReadError(uri, "empty", "Pipe a report into it, e.g.: cat report.txt | ... -")
    yield from _read_stream(io.BytesIO(raw), uri, _format_of("", raw[:_HEAD]), options)


def _read_stream(
    stream: BinaryIO, uri: str, form: str, options: ReadOptions
) -> Iterator[Report | ReadError]:
    columns, encoding, most = Columns(options.columns), options.encoding, options.max_bytes
    match form:
        case "json lines":
            yield from read_json_lines(stream, uri, columns, encoding=encoding, max_bytes=most)
        case "csv" | "tsv":
            yield from read_csv(
                stream, uri, columns, encoding=encoding, max_bytes=most,
                delimiter="\t" if form == "tsv" else "",
            )  # fmt: skip
        case "warc":
            yield from read_warc(stream, uri, encoding=encoding, max_bytes=most)
        case "json":
            yield from read_json(stream.read(), uri, columns, encoding=encoding)
        case "html":
            yield read_html(stream.read(), uri, encoding=encoding)
        case "pdf":
            yield read_pdf(stream.read(), uri)
        case "docx":
            yield read_docx(stream.read(), uri, max_bytes=most)
        case "feed":
            yield from read_feed(stream.read(), uri)
        case _:
            yield from read_text(
                stream.read(), uri, columns, encoding=encoding, markdown=form == "markdown"
            )


def _format_of(name: str, head: bytes) -> str:
    """Return the format of a file by its name, or by how it starts.

    Raises:
        ReadError: The file is binary and of no format that is read.
    """
    named = _named_format(name)
    if named in ("pdf", "docx", "warc"):
        return named
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:512].lower()
    if head.startswith(b"%PDF"):
        return "pdf"
    if head.startswith(b"PK\x03\x04") and b"word/" in head:
        return "docx"
    if start.startswith(b"warc/"):
        return "warc"
    kind = binary_kind(head)
    if kind:
        raise ReadError(name or "<stdin>", f"not text but {kind}", _next_for(kind))
    if named and named != "feed":
        return named
    if start.startswith((b"<!doctype html", b"<html")) or b"<html" in start:
        return "html"
    if named == "feed" or b"<rss" in start or b"<feed" in start:
        return "feed"
    if not named and start.startswith((b"{", b"[{")):
        return "json"
    return "text"


def _is_unread_time(published: object) -> bool:
    said = str(published or "").strip().lower()
    return said not in ("", "none", "null", "nan") and published_from(published) is None


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def _named_format(name: str) -> str:
    lowered = name.lower()
    return next((form for suffix, form in FORMATS.items() if lowered.endswith(suffix)), "")


def _next_for(kind: str) -> str:
    if "compressed" in kind or "archive" in kind:
        return "Unpack it first and read what is in it."
    if "picture" in kind:
        return "Run OCR on it first and save the text."
    return "Save the report as text, HTML, PDF or DOCX."


def _reason_of(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
