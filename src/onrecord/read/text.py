"""Read plain text and Markdown; part two reports that were pasted into one file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from re import Match

import yaml

from onrecord.model.document import Furniture, OffsetMap
from onrecord.model.span import Span
from onrecord.read.columns import Columns
from onrecord.read.decode import decode
from onrecord.read.furniture import ends_report, find_furniture
from onrecord.read.report import Report, repaired
from onrecord.read.trace import Traced, stretches_of

# A part with fewer words is a remnant of the report before it, not one of its own.
_LEAST_WORDS = 30

_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*\r?\n", re.S | re.M
)
_DROPPED = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|^ {0,3}(?:```|~~~)[^\n]*$"  # fences of code
    r"|^ {0,3}(?:(?:\* *){3,}|(?:- *){3,}|(?:_ *){3,}|={3,})[ \t\r]*$"  # rules and underlines
    r"|^ {0,3}\[[^\]\n]+\]:[ \t]+\S[^\n]*$"  # link targets
    r"|!\[[^\]\n]*\]\([^)\n]*\)"  # pictures
    r"|^ {0,3}(?:> ?)+"
    r"|^ {0,3}#{1,6}[ \t]+|[ \t]+#+[ \t]*$"
    r"|^[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)"
    r"|</?[A-Za-z][^<>\n]*>",
    re.S | re.M,
)
# Lengths are bounded so that a line of marks that match nothing costs no more than its length.
_LINK = re.compile(
    r"(?<!!)\[(?P<words>[^\[\]\n]{1,400})\](?:\([^()\s]*(?:\s+\"[^\"\n]*\")?\)|\[[^\]\n]*\])"
)
_EMPHASIS = re.compile(
    r"(?P<mark>\*\*\*|\*\*|(?<!\w)__(?!_)|~~)(?=\S)(?P<words>[^\n]{1,400}?)(?<=\S)(?P=mark)"
    r"|(?P<one>\*|(?<!\w)_(?!_)|`)(?=[^\s*_`])(?P<some>[^*\n`]{1,400}?)(?<=\S)(?P=one)(?!\w)"
)
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+.!>~|-])")
_HEADING = re.compile(r"\s*(?:#[ \t]+\S[^\n]*|[^\n]+\n=+[ \t]*)(?:\r?\n|$)")


def read_text(
    raw: bytes, uri: str, columns: Columns, *, encoding: str = "", markdown: bool = False
) -> Iterator[Report]:
    """Yield the reports of a text file: one, or several where one clearly ends before the next.

    Args:
        raw: The file.
        uri: Where it was read.
        columns: Names under which the head of a Markdown file gives its metadata.
        encoding: As for `decode`.
        markdown: Whether marks of Markdown are taken off.

    Raises:
        ReadError: The text cannot be decoded as `encoding`.
    """
    decoded = decode(raw, uri, encoding=encoding)
    report = Report(uri, decoded.text, decoded.offsets, guessed_encoding=decoded.guess)
    if markdown:
        report = _from_markdown(report, decoded.offsets, columns)
    yield from parted(report)


def parted(report: Report) -> Iterator[Report]:
    """Yield `report`, or its parts when it holds several reports one after the other.

    A part ends with a source line or "[READ MORE]", or where a headline with a
    dateline under it follows; each part has its own outlet, so that nobody is
    quoted on the word of another's paper.
    """
    whole = repaired(report.text)
    frame = find_furniture(whole.text)
    cuts = list(_cuts(whole.text, frame.furniture))
    if not cuts:
        yield report
        return
    origin = whole.offsets(len(report.text))
    places = [0, *(origin.bytes_of(Span(cut, cut + 1))[0] for cut in cuts), len(report.text)]
    for number, (start, end) in enumerate(pairwise(places), start=1):
        yield replace(
            report,
            uri=f"{report.uri}#{number}",
            text=report.text[start:end],
            offsets=_part(report.offsets, start, end),
            title=report.title if number == 1 else "",
            opens_with_title=report.opens_with_title and number == 1,
        )


def _part(offsets: OffsetMap | None, start: int, end: int) -> OffsetMap | None:
    """Return the map of the code points `[start, end)`, counted from 0."""
    if offsets is None:
        return None
    stretches = tuple(stretches_of(offsets, start, end))
    return Traced(" " * (end - start), stretches).offsets(offsets.byte_length)


def _cuts(text: str, furniture: tuple[Furniture, ...]) -> Iterator[int]:
    """Yield the code points at which another report starts."""
    words = [match.start() for match in re.finditer(r"\S+", text)]
    last = 0
    for piece in furniture:
        if piece.kind == "title":
            cut = piece.span.start
        elif ends_report(piece, text):
            cut = piece.span.end
        else:
            continue
        # The word at which the next report starts.
        word = bisect_left(words, cut)
        if min(word - last, len(words) - word) >= _LEAST_WORDS:
            yield words[word]
            last = word


def _from_markdown(report: Report, offsets: OffsetMap, columns: Columns) -> Report:
    """Return the report without the marks of Markdown, its metadata taken from the head."""
    traced = Traced.original(report.text)
    head: dict[str, object] = {}
    match = _FRONT_MATTER.match(traced.text)
    if match is not None:
        head = _head(match["yaml"])
        traced = traced.edited([(0, match.end(), "")])
    opens_with_title = _HEADING.match(traced.text) is not None
    traced = _without_marks(traced).through(offsets)
    return replace(
        report,
        text=traced.text,
        offsets=traced.offsets(offsets.byte_length),
        opens_with_title=opens_with_title,
        title=_without_marks(Traced.original(columns.text_of("title", head))).text,
        publisher=columns.text_of("publisher", head),
        author=columns.text_of("author", head),
        published=columns.value_of("published", head),
    )


def _without_marks(traced: Traced) -> Traced:
    traced = _unmarked(traced.replaced(_DROPPED, ""), _LINK)
    for _ in range(2):  # emphasis stands within emphasis
        traced = _unmarked(traced, _EMPHASIS)
    return traced.replaced(_ESCAPE, "")


def _head(source: str) -> dict[str, object]:
    try:
        head = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError):
        # A ValueError is a day that no calendar has, e.g. 2024-02-30.
        return {}
    return {str(key): value for key, value in head.items()} if isinstance(head, dict) else {}


def _unmarked(traced: Traced, pattern: re.Pattern[str]) -> Traced:
    """Return the text with only the words of each match left."""

    def marks(match: Match[str]) -> list[tuple[int, int, str]]:
        name = next(n for n in ("words", "some") if match.groupdict().get(n) is not None)
        return [(match.start(), match.start(name), ""), (match.end(name), match.end(), "")]

    return traced.edited(edit for m in pattern.finditer(traced.text) for edit in marks(m))
