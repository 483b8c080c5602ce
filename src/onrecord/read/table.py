"""Read tables of articles: JSON lines, a JSON array, CSV and TSV, one row at a time.

A row that cannot be read is named with its line and the others are kept. A
text knows where in the file it stands, through escapes and doubled quotes.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from onrecord.errors import ReadError
from onrecord.model.document import OffsetMap
from onrecord.read.columns import Columns
from onrecord.read.decode import decode
from onrecord.read.lines import Line, joined_lines, lines_of
from onrecord.read.report import Report
from onrecord.read.trace import Traced, stretches_of

_SPACE = re.compile(r"[ \t\n\r]*")
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\."
)
_DECODER = json.JSONDecoder()
_FIELD_LIMIT = 131_072


def read_json_lines(
    stream: BinaryIO, uri: str, columns: Columns, *, encoding: str = "", max_bytes: int
) -> Iterator[Report | ReadError]:
    """Yield one report, or what is wrong with it, for each line of JSON that is not blank.

    Args:
        stream: The file, read line by line.
        uri: Where it is; line n becomes `uri#n`.
        columns: Which key holds what.
        encoding: As for `decode`.
        max_bytes: Longest line to take in.

    Raises:
        ReadError: All lines are blank.
    """
    blank = True
    for line in lines_of(stream, uri, encoding=encoding, max_bytes=max_bytes):
        if isinstance(line, ReadError):
            blank = False
            yield line
        elif line.text.strip():
            blank = False
            subject = f"{uri}, line {line.number}"
            yield _report_of_json(line.text, line.offsets, f"{uri}#{line.number}", subject, columns)
    if blank:
        raise ReadError(uri, "empty", _NEXT_EMPTY)


def read_json(
    raw: bytes, uri: str, columns: Columns, *, encoding: str = ""
) -> Iterator[Report | ReadError]:
    """Yield the reports of a JSON file: an array of articles, one article, or one in the other.

    Raises:
        ReadError: The file is not JSON, or holds no articles.
    """
    decoded = decode(raw, uri, encoding=encoding)
    text = decoded.text
    if not text.strip():
        raise ReadError(uri, "empty", _NEXT_EMPTY)
    places: list[tuple[int, int]] = []
    broken: ReadError | None = None
    try:
        places.extend(_articles(text, columns))
    except (ValueError, RecursionError) as error:
        if _is_json_lines(text):
            yield from read_json_lines(
                io.BytesIO(raw), uri, columns, encoding=encoding, max_bytes=len(raw)
            )
            return
        broken = ReadError(uri, f"not valid JSON ({_told(error)})", _NEXT_JSON)
        if not places:
            raise broken from None
    if not places:
        raise ReadError(uri, "no articles in this JSON", _NEXT_JSON)
    for number, (start, end) in enumerate(places, start=1):
        part = Traced(text[start:end], tuple(stretches_of(decoded.offsets, start, end)))
        offsets = part.offsets(decoded.offsets.byte_length)
        name = f"{uri}#{number}" if len(places) > 1 else uri
        yield _report_of_json(part.text, offsets, name, f"{uri}, article {number}", columns)
    if broken is not None:
        yield broken


_NEXT_EMPTY = "Save the articles into it, or leave it out."
_NEXT_JSON = (
    "Write an array of objects, or one object a line, e.g.:"
    ' {"title": "...", "text": "...", "publisher": "...", "published": "2024-03-03"}'
)


def read_csv(
    stream: BinaryIO,
    uri: str,
    columns: Columns,
    *,
    encoding: str = "",
    max_bytes: int,
    delimiter: str = "",
) -> Iterator[Report | ReadError]:
    """Yield one report, or what is wrong with it, for each row of a CSV or TSV file.

    Args:
        stream: The file, read row by row; its first row names the columns.
        uri: Where it is; row n (the first after the names is 1) becomes `uri#n`.
        columns: Which column holds what.
        encoding: As for `decode`.
        max_bytes: Longest line to take in.
        delimiter: What parts the columns; found from the first row if empty.

    Raises:
        ReadError: The file is empty, or none or several columns hold the text.
    """
    feed = _Feed(lines_of(stream, uri, encoding=encoding, max_bytes=max_bytes))
    first = feed.peek()
    if first is None:
        raise ReadError(uri, "empty", _NEXT_EMPTY)
    # The standard library keeps this limit for the whole process; it only ever grows here.
    csv.field_size_limit(max(csv.field_size_limit(), max_bytes, _FIELD_LIMIT))
    delimiter = delimiter or _delimiter(first)
    rows = csv.reader(feed, delimiter=delimiter, strict=False)
    names = [name.strip().lstrip("\ufeff") for name in next(rows)]
    text_name = columns.find("text", names)
    if text_name is None:
        raise ReadError(uri, "no column holds the text", _next_column(names))
    if names.count(text_name) > 1:
        # A guess would put the wrong text on record without a word.
        raise ReadError(uri, f"{names.count(text_name)} columns are named {text_name}", _NEXT_TWICE)
    feed.taken()
    if feed.at_end():
        yield from feed.errors() or [ReadError(uri, "no rows below the column names", _NEXT_EMPTY)]
        return
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except csv.Error as error:
            feed.taken()
            yield ReadError(f"{uri}, line {feed.line_number}", str(error), _NEXT_ROW)
            continue
        lines = feed.taken()
        yield from feed.errors()
        if len(lines) > 1 and feed.at_end() and _is_open(lines):
            yield ReadError(
                f"{uri}, line {lines[0].number}", "a quote is opened and never closed", _NEXT_ROW
            )
            feed.give_back(lines[1:])
            rows = csv.reader(feed, delimiter=delimiter, strict=False)
            continue
        if not any(value.strip() for value in row):
            continue
        number += 1
        subject = f"{uri}, line {lines[0].number}" if lines else uri
        if len(row) > len(names):
            yield ReadError(subject, f"{len(row)} values for {len(names)} columns", _NEXT_ROW)
            continue
        values: dict[str, object] = dict(zip(names, row, strict=False))
        record = joined_lines(lines)
        yield _report_of_row(values, record, f"{uri}#{number}", subject, columns)
    yield from feed.errors()


_NEXT_TWICE = "Give each column a name of its own."
_NEXT_ROW = "Put quotes around values that hold the delimiter, a quote or a line end."


class _Feed(Iterator[str]):
    """Hands lines to the CSV reader and remembers which make up the current row."""

    def __init__(self, lines: Iterator[Line | ReadError]) -> None:
        self._lines = lines
        self._ahead: list[Line] = []
        self._row: list[Line] = []
        self._errors: list[ReadError] = []
        self.line_number = 0

    def peek(self) -> str | None:
        """Return the next line without taking it, or None at the end."""
        if not self._ahead and (line := self._following()) is not None:
            self._ahead.append(line)
        return self._ahead[0].text if self._ahead else None

    def at_end(self) -> bool:
        """Return whether no line is left."""
        return self.peek() is None

    def give_back(self, lines: list[Line]) -> None:
        """Put `lines` back, to be handed out again."""
        self._ahead[:0] = lines

    def __next__(self) -> str:
        line = self._ahead.pop(0) if self._ahead else self._following()
        if line is None:
            raise StopIteration
        self._row.append(line)
        self.line_number = line.number
        return line.text

    def taken(self) -> list[Line]:
        """Return the lines handed out since the last call."""
        row, self._row = self._row, []
        return row

    def errors(self) -> list[ReadError]:
        """Return what was wrong with lines left out since the last call."""
        errors, self._errors = self._errors, []
        return errors

    def _following(self) -> Line | None:
        for line in self._lines:
            if not isinstance(line, ReadError):
                return line
            self._errors.append(line)
        return None


def _is_open(lines: list[Line]) -> bool:
    return sum(line.text.count('"') for line in lines) % 2 == 1


def _delimiter(first: str) -> str:
    return max(",\t;|", key=first.count)


def _report_of_row(
    row: Mapping[str, object], record: Traced, uri: str, subject: str, columns: Columns
) -> Report | ReadError:
    text = columns.value_of("text", row)
    if not isinstance(text, str) or not text.strip():
        return ReadError(subject, "no text", _next_column(row))
    end = max((stretch.end for stretch in record.stretches), default=0)
    title = columns.value_of("title", row)
    return _report(
        row, columns, uri, text,
        _in_record(text, record).offsets(end),
        _in_record(title, record).offsets(end) if isinstance(title, str) else None,
    )  # fmt: skip


def _in_record(value: str, record: Traced) -> Traced:
    """Return `value` traced to where it stands in its row, quoted or bare."""
    quoted = value.replace('"', '""')
    at = record.text.find(f'"{quoted}"')
    if at >= 0:
        part = record.part(at + 1, at + 1 + len(quoted))
        return part.replaced(re.compile('""'), '"')
    at = record.text.find(value)
    if at >= 0:
        return record.part(at, at + len(value))
    low = min((stretch.start for stretch in record.stretches), default=0)
    high = max((stretch.end for stretch in record.stretches), default=0)
    return Traced.from_range(value, low, high)


def _report_of_json(
    source: str, offsets: OffsetMap, uri: str, subject: str, columns: Columns
) -> Report | ReadError:
    try:
        row, places = _members(source)
    except (ValueError, RecursionError) as error:
        return ReadError(subject, f"not valid JSON ({_told(error)})", "Correct or remove it.")
    text = columns.value_of("text", row)
    if not isinstance(text, str) or not text.strip():
        return ReadError(subject, "no text", _next_column(row))
    traced = Traced.original(source).through(offsets)
    title_name = columns.find("title", [name for name, value in row.items() if value])
    text_name = columns.find("text", [name for name, value in row.items() if value])
    text_part = _unescaped(traced, places[text_name or ""])
    title_part = None
    if title_name is not None and isinstance(row[title_name], str):
        title_part = _unescaped(traced, places[title_name]).offsets(offsets.byte_length)
    return _report(row, columns, uri, text, text_part.offsets(offsets.byte_length), title_part)


def _report(
    row: Mapping[str, object],
    columns: Columns,
    uri: str,
    text: str,
    offsets: OffsetMap,
    title_offsets: OffsetMap | None,
) -> Report:
    return Report(
        uri=columns.text_of("url", row) or uri,
        text=text,
        offsets=offsets,
        title=columns.text_of("title", row),
        title_offsets=title_offsets,
        publisher=columns.text_of("publisher", row),
        author=columns.text_of("author", row),
        published=columns.value_of("published", row),
    )


def _next_column(row: object) -> str:
    names = ", ".join(map(str, list(row)[:12])) if isinstance(row, Mapping | list) else ""
    has = f"; there are: {names}" if names else ""
    return f"Say which column holds it (text=NAME){has}."


def _members(source: str) -> tuple[dict[str, object], dict[str, tuple[int, int]]]:
    """Return the members of a JSON object and where each value stands in `source`.

    Raises:
        ValueError: `source` is no JSON object.
    """
    at = _after_space(source, 0)
    if source[at : at + 1] != "{":
        _DECODER.decode(source)  # says what is wrong, if anything
        raise ValueError("an object {...} was expected")
    row, end = _DECODER.raw_decode(source, at)
    if source[_after_space(source, end) :]:
        raise ValueError(f"more text after the object, at character {end}")
    places: dict[str, tuple[int, int]] = {}
    at = _after_space(source, at + 1)
    while source[at] != "}":
        name, at = _DECODER.raw_decode(source, at)
        start = _after_space(source, _after_space(source, at) + 1)
        _, at = _DECODER.raw_decode(source, start)
        places[name] = (start, at)
        at = _after_space(source, at)
        if source[at] == ",":
            at = _after_space(source, at + 1)
    return row, places


def _unescaped(source: Traced, place: tuple[int, int]) -> Traced:
    """Return the JSON string at `place` of `source` as the text it stands for."""
    literal = source.part(place[0] + 1, place[1] - 1)
    return literal.replaced(_ESCAPE, lambda match: json.loads(f'"{match.group()}"'))


def _articles(text: str, columns: Columns) -> Iterator[tuple[int, int]]:
    """Yield where in a JSON text the objects stand that are articles."""
    at = _after_space(text, 0)
    if text[at : at + 1] == "[":
        yield from _elements(text, at)
        return
    row, places = _members(text)
    if columns.find("text", row) is None or not isinstance(columns.value_of("text", row), str):
        lists = [n for n, v in row.items() if isinstance(v, list) and v and isinstance(v[0], dict)]
        if lists:
            yield from _elements(text, places[lists[0]][0])
            return
    yield at, len(text.rstrip())


def _elements(text: str, at: int) -> Iterator[tuple[int, int]]:
    """Yield where the elements of the array at `at` start and end."""
    at = _after_space(text, at + 1)
    while text[at : at + 1] != "]":
        _, end = _DECODER.raw_decode(text, at)
        yield at, end
        at = _after_space(text, end)
        if text[at : at + 1] == ",":
            at = _after_space(text, at + 1)
        elif text[at : at + 1] != "]":
            raise ValueError(f"a comma or ] was expected at character {at}")


def _is_json_lines(text: str) -> bool:
    first = text.lstrip().split("\n", 1)[0]
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _after_space(text: str, at: int) -> int:
    match = _SPACE.match(text, at)
    return match.end() if match else at


def _told(error: ValueError | RecursionError) -> str:
    """Return what is wrong in small letters, for use within a sentence."""
    if isinstance(error, RecursionError):
        return "nested too deeply"
    message = str(error)
    return message[:1].lower() + message[1:]
