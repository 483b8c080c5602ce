"""Draw which words a field was read from: marks stacked under a sentence.

Marks are aligned by the columns a terminal gives each character (two for
Chinese, none for a combining accent, two for a whole family emoji), so they
stand under their words in any script. Marks may overlap; each then gets its
own line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import split_graphemes

from onrecord.model.span import Span
from onrecord.show.safe import printable

MIN_WIDTH = 20


@dataclass(frozen=True, slots=True)
class Mark:
    """One field to be marked.

    Attributes:
        span: The words, in code points of the document's text.
        label: Name of the field ("who").
    """

    span: Span
    label: str


@dataclass(frozen=True, slots=True)
class Stroke:
    """One mark on one line of output.

    Attributes:
        column: First terminal column, from 0.
        text: What to draw.
        label: Name of the field, by which it is coloured.
    """

    column: int
    text: str
    label: str

    @property
    def end(self) -> int:
        """First column after the stroke."""
        return self.column + len(self.text)


@dataclass(frozen=True, slots=True)
class MarkedLine:
    """One line of the sentence and the lanes of marks under it.

    Attributes:
        text: The words, safe to print.
        lanes: Strokes of each line below, from left to right, not touching.
    """

    text: str
    lanes: tuple[tuple[Stroke, ...], ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    """A grapheme and where it goes: code points `[start, end)`, columns `width`."""

    start: int
    end: int
    width: int


def _lines(text: str, start: int, width: int) -> list[list[_Cell]]:
    """Return the graphemes of `text` broken into lines of at most `width` columns.

    Lines break after a blank where they can, so a blank at the end may hang over.
    """
    graphemes, _ = split_graphemes(text)
    lines: list[list[_Cell]] = []
    line: list[_Cell] = []
    used = 0
    for first, last, columns in graphemes:
        cell = _Cell(start + first, start + last, columns)
        blank = text[first:last] == " "
        if used + columns > width and not blank:
            breakable = next(
                (i for i in range(len(line) - 1, 0, -1) if text[line[i].start - start] == " "),
                None,
            )
            keep = len(line) if breakable is None else breakable + 1
            lines.append(line[:keep])
            line = line[keep:]
            used = sum(c.width for c in line)
        line.append(cell)
        used += columns
    if line:
        lines.append(line)
    return lines


def _stroke(label: str, width: int, *, opens: bool, closes: bool, ascii_only: bool) -> str:
    left, right, bar = ("^", "^", "~") if ascii_only else ("└", "┘", "─")
    if not opens:
        left = bar
    if not closes:
        right = bar
    if width >= len(label) + 2:
        room = width - 2 - len(label)
        return left + bar * (room // 2) + label + bar * (room - room // 2) + right
    if width == 1:
        return ("^" if ascii_only else "╵") + label
    return left + bar * (width - 2) + right + label


def mark_lines(
    text: str, marks: Sequence[Mark], *, start: int = 0, width: int = 80, ascii_only: bool = False
) -> list[MarkedLine]:
    """Return `text` wrapped to `width` columns with its marks below each line.

    Args:
        text: The words to show, e.g. one sentence.
        marks: What to mark; parts outside `text` are left out.
        start: Offset of `text` in the document, in code points.
        width: Columns to use; at least `MIN_WIDTH`.
        ascii_only: Draw with `^~` where the terminal has no box characters.

    Returns:
        One entry per line of text.
    """
    # A short word's label stands to its right, so the text leaves room for the longest.
    room = max((len(mark.label) for mark in marks), default=0)
    width = max(width - room, MIN_WIDTH)
    shown = printable(text)
    ordered = sorted(marks, key=lambda mark: (mark.span.start, -mark.span.end))
    result = []
    for cells in _lines(shown, start, width):
        first, last = cells[0].start, cells[-1].end
        # A blank that hangs at the break is no part of any field.
        hangs = len(cells) > 1 and shown[cells[-1].start - start : last - start] == " "
        drawn = cells[:-1] if hangs else cells
        lanes: list[list[Stroke]] = []
        for mark in ordered:
            stroke = _place(mark, drawn, ascii_only)
            if stroke is None:
                continue
            lane = next((lane for lane in lanes if lane[-1].end < stroke.column), None)
            if lane is None:
                lanes.append([stroke])
            else:
                lane.append(stroke)
        line_text = shown[first - start : last - start].rstrip()
        result.append(MarkedLine(line_text, tuple(tuple(lane) for lane in lanes)))
    return result


def _place(mark: Mark, cells: Sequence[_Cell], ascii_only: bool) -> Stroke | None:
    """Return the part of `mark` that lies on the line of `cells`, or None."""
    covered = [c for c in cells if c.start < mark.span.end and mark.span.start < c.end]
    if not covered:
        return None
    drawn = _stroke(
        mark.label,
        max(sum(c.width for c in covered), 1),
        opens=mark.span.start >= cells[0].start,
        closes=mark.span.end <= cells[-1].end,
        ascii_only=ascii_only,
    )
    column = sum(c.width for c in cells if c.end <= covered[0].start)
    return Stroke(column, drawn, mark.label)


def as_text(lines: Sequence[MarkedLine], *, indent: str = "") -> str:
    """Return marked lines as plain text, one line of text and then its lanes."""
    rows = []
    for line in lines:
        rows.append(indent + line.text)
        for lane in line.lanes:
            drawn = ""
            for stroke in lane:
                drawn = drawn.ljust(stroke.column) + stroke.text
            rows.append(indent + drawn)
    return "\n".join(rows)
