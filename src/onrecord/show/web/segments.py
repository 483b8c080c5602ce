"""Cut a text where highlights begin and end, and stack those that overlap.

All offsets count code points and are resolved here: a browser counts UTF-16
units and never sees an offset that it would have to convert.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from onrecord.model.span import Span

# Lines that fit under a line of text; what would lie deeper shares the last one.
LANES = 5


@dataclass(frozen=True, slots=True)
class Highlight:
    """A stretch of text that a row was read from.

    Attributes:
        span: Where, in code points.
        layer: What it belongs to: mention, quote, event, relation, quantity.
        row_id: The row.
        field: The field of the row: trigger, subject, content, ...
        drawn: Whether a line is drawn under it; the others are shown on demand only.
        leads: Whether the letter of the layer stands before it.
    """

    span: Span
    layer: str
    row_id: str
    field: str
    drawn: bool = True
    leads: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text without any boundary inside.

    Attributes:
        start: Its first code point.
        text: Its characters.
        lines: `(lane, layer)` of the lines under it, lane 0 nearest to the text.
        starting: Highlights that begin here with their letter.
        plain: Whether nothing at all touches it.
    """

    start: int
    text: str
    lines: tuple[tuple[int, str], ...]
    starting: tuple[Highlight, ...]
    plain: bool


def stack(highlights: Iterable[Highlight]) -> dict[Highlight, int]:
    """Return the lane of each drawn highlight: no two in one lane overlap, while lanes last.

    Short ones lie next to the text, so that a quotation runs below the words
    that it contains.
    """
    lanes: list[list[Span]] = [[] for _ in range(LANES)]
    lane_of: dict[Highlight, int] = {}
    drawn = [h for h in highlights if h.drawn]
    # Long ones are placed last; by then the lanes above them are taken.
    for highlight in sorted(drawn, key=lambda h: (h.layer == "quote", h.span.start, h.span.end)):
        for lane, taken in enumerate(lanes):
            if lane == LANES - 1 or _is_free(taken, highlight.span):
                _take(taken, highlight.span)
                lane_of[highlight] = lane
                break
    return lane_of


def _is_free(taken: Sequence[Span], span: Span) -> bool:
    at = bisect_right(taken, span)
    before = at > 0 and taken[at - 1].end > span.start
    after = at < len(taken) and taken[at].start < span.end
    return not before and not after


def _take(taken: list[Span], span: Span) -> None:
    taken.insert(bisect_right(taken, span), span)


def cut(
    text: str, start: int, end: int, highlights: Sequence[Highlight], lane_of: dict[Highlight, int]
) -> list[Segment]:
    """Return `text[start:end]` as segments; joined, they are that stretch again.

    Args:
        text: The whole text.
        start: First code point.
        end: First code point after it.
        highlights: Those that touch the stretch, in any order.
        lane_of: Lane of each drawn highlight.
    """
    edges = {start, end}
    for h in highlights:
        edges.update(edge for edge in (h.span.start, h.span.end) if start < edge < end)
    ordered = sorted(edges)
    by_start = sorted(highlights, key=lambda h: (h.span.start, -h.span.end))
    segments, active, upcoming = [], list[Highlight](), 0
    for first, last in pairwise(ordered):
        while upcoming < len(by_start) and by_start[upcoming].span.start <= first:
            active.append(by_start[upcoming])
            upcoming += 1
        active = [h for h in active if h.span.end > first]
        lines = {(lane_of[h], h.layer) for h in active if h.drawn}
        segments.append(
            Segment(
                first,
                text[first:last],
                tuple(sorted(lines)),
                tuple(h for h in active if h.leads and h.span.start == first),
                not active,
            )
        )
    return segments


def paragraphs(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the stretches between line ends that hold more than white space."""
    stop = len(text) if end is None else end
    found, at = [], start
    while at < stop:
        line_end = text.find("\n", at, stop)
        line_end = stop if line_end < 0 else line_end
        if text[at:line_end].strip():
            found.append((at, line_end))
        at = line_end + 1
    return found


def parts(text: str, size: int) -> list[tuple[int, int]]:
    """Return the text cut into parts of about `size` code points, at ends of paragraphs.

    A paragraph that is itself longer than `size` (a book in one line) is cut at a blank.
    """
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        goal = min(at + size, len(text))
        if goal < len(text):
            line_end = text.rfind("\n", at + size // 2, goal)
            blank = text.rfind(" ", at + size // 2, goal)
            goal = (line_end if line_end >= 0 else blank if blank >= 0 else goal - 1) + 1
        found.append((at, goal))
        at = goal
    return found or [(0, 0)]
