"""Edit a text and keep track of where every character came from.

Repairing a report changes its length: an entity becomes one sign, a line is
unwrapped, a mark of Markdown goes. A `Traced` text is edited like a string
and can always say which stretch of its origin a character stands for.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from re import Match, Pattern

from onrecord.model.document import OffsetMap
from onrecord.model.span import Span

Edit = tuple[int, int, str]
"""`(start, end, new)`: put `new` in place of the code points `[start, end)`."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some characters and what they stand for.

    Attributes:
        length: Number of code points; at least 1.
        start: First unit of the origin (a byte, or a code point of an earlier text).
        end: First unit after the stretch; equal to `start` for characters put in.
        width: Units per code point where both run in parallel, else 0.
    """

    length: int
    start: int
    end: int
    width: int

    def part(self, first: int, after: int) -> Stretch:
        """Return the code points `[first, after)` of this stretch."""
        if self.width == 0:
            return Stretch(after - first, self.start, self.end, 0)
        start = self.start + self.width * first
        return Stretch(after - first, start, self.start + self.width * after, self.width)


@dataclass(frozen=True, slots=True)
class Traced:
    """A text whose characters know their origin.

    Attributes:
        text: The characters.
        stretches: What they stand for, in order; lengths add up to `len(text)`.
    """

    text: str
    stretches: tuple[Stretch, ...]

    @classmethod
    def original(cls, text: str) -> Traced:
        """Return `text` as its own origin: one unit for each code point."""
        length = len(text)
        return cls(text, (Stretch(length, 0, length, 1),) if text else ())

    @classmethod
    def from_range(cls, text: str, start: int, end: int) -> Traced:
        """Return `text` as something that stands somewhere in units `[start, end)`."""
        return cls(text, (Stretch(len(text), start, end, 0),) if text else ())

    def edited(self, edits: Iterable[Edit]) -> Traced:
        """Return the text after `edits`, which are in order and do not overlap.

        A replacement of the same length is taken to run in parallel with what
        it replaces; any other stands for the whole of it.
        """
        pieces: list[str] = []
        stretches: list[Stretch] = []
        cursor = _Cursor(self.stretches)
        done = 0
        for start, end, new in edits:
            pieces.append(self.text[done:start])
            _extend(stretches, cursor.take(start - done))
            replaced = list(cursor.take(end - start))
            if len(new) == end - start:
                _extend(stretches, replaced)
            elif new and replaced:
                low = min(s.start for s in replaced)
                _extend(stretches, [Stretch(len(new), low, max(s.end for s in replaced), 0)])
            elif new:
                at = cursor.position()
                _extend(stretches, [Stretch(len(new), at, at, 0)])
            pieces.append(new)
            done = end
        if not pieces:
            return self
        pieces.append(self.text[done:])
        _extend(stretches, cursor.take(len(self.text) - done))
        return Traced("".join(pieces), tuple(stretches))

    def replaced(self, pattern: Pattern[str], new: str | Callable[[Match[str]], str]) -> Traced:
        """Return the text with every match of `pattern` replaced, as `re.sub` does.

        Args:
            pattern: What to look for.
            new: The replacement itself (no group references), or what makes it of a match.
        """
        made = (
            (match.start(), match.end(), new if isinstance(new, str) else new(match))
            for match in pattern.finditer(self.text)
        )
        return self.edited(e for e in made if self.text[e[0] : e[1]] != e[2])

    def part(self, start: int, end: int) -> Traced:
        """Return the code points `[start, end)`."""
        cursor = _Cursor(self.stretches)
        for _ in cursor.take(start):
            pass
        return Traced(self.text[start:end], tuple(cursor.take(end - start)))

    def __add__(self, other: Traced) -> Traced:
        stretches = list(self.stretches)
        _extend(stretches, other.stretches)
        return Traced(self.text + other.text, tuple(stretches))

    def through(self, inner: OffsetMap) -> Traced:
        """Return this text with its origin traced one step further back.

        Args:
            inner: Leads from the code points that are this text's origin to their own.
        """
        stretches: list[Stretch] = []
        for stretch in self.stretches:
            if stretch.width == 1:
                _extend(stretches, stretches_of(inner, stretch.start, stretch.end))
            else:
                start, end = _range_of(inner, stretch.start, stretch.end)
                _extend(stretches, [Stretch(stretch.length, start, end, 0)])
        return Traced(self.text, tuple(stretches))

    def offsets(self, length: int) -> OffsetMap:
        """Return the map from code points of this text to units of its origin.

        Args:
            length: Number of units of the origin.
        """
        texts: list[int] = []
        starts: list[int] = []
        widths: list[int] = []
        at = 0
        for index, stretch in enumerate(self.stretches):
            texts.append(at)
            starts.append(stretch.start)
            widths.append(stretch.width)
            at += stretch.length
            following = (
                self.stretches[index + 1].start if index + 1 < len(self.stretches) else length
            )
            if stretch.width == 0 and following != stretch.end:
                texts.append(at)
                starts.append(stretch.end)
                widths.append(0)
        return OffsetMap(tuple(texts), tuple(starts), length, tuple(widths))


def joined(parts: Iterable[Traced]) -> Traced:
    """Return `parts` one after the other."""
    pieces: list[str] = []
    stretches: list[Stretch] = []
    for part in parts:
        pieces.append(part.text)
        _extend(stretches, part.stretches)
    return Traced("".join(pieces), tuple(stretches))


def map_of_widths(widths: Iterable[tuple[int, int]], start: int = 0) -> OffsetMap:
    """Return the map of a text decoded from bytes.

    Args:
        widths: `(code points, bytes for each)` of successive runs; the text has as
            many code points as the runs together.
        start: Byte at which the first run starts.
    """
    runs = [run for run in widths if run[0]]
    texts = accumulate((count for count, _ in runs), initial=0)
    starts = list(accumulate((count * width for count, width in runs), initial=start))
    return OffsetMap(
        tuple(texts)[:-1], tuple(starts[:-1]), starts[-1], tuple(width for _, width in runs)
    )


class _Cursor:
    """Hands out stretches from left to right, cut to the lengths asked for."""

    def __init__(self, stretches: tuple[Stretch, ...]) -> None:
        self._stretches = stretches
        self._index = 0
        self._within = 0

    def take(self, length: int) -> Iterator[Stretch]:
        while length > 0:
            stretch = self._stretches[self._index]
            step = min(length, stretch.length - self._within)
            yield stretch.part(self._within, self._within + step)
            length -= step
            self._within += step
            if self._within == stretch.length:
                self._index += 1
                self._within = 0

    def position(self) -> int:
        """Return the unit of the origin at which the next stretch starts."""
        if self._index < len(self._stretches):
            stretch = self._stretches[self._index]
            return stretch.part(self._within, stretch.length).start
        return self._stretches[-1].end if self._stretches else 0


def _extend(stretches: list[Stretch], more: Iterable[Stretch]) -> None:
    """Append `more`, joining neighbours that run on in parallel."""
    for stretch in more:
        last = stretches[-1] if stretches else None
        if (
            last is not None
            and last.width == stretch.width
            and (
                (stretch.width > 0 and last.end == stretch.start)
                or (stretch.width == 0 and (last.start, last.end) == (stretch.start, stretch.end))
            )
        ):
            stretches[-1] = Stretch(
                last.length + stretch.length, last.start, stretch.end, stretch.width
            )
        else:
            stretches.append(stretch)


def _range_of(inner: OffsetMap, start: int, end: int) -> tuple[int, int]:
    if start < end:
        return inner.bytes_of(Span(start, end))
    at = inner.bytes_of(Span(start - 1, start))[1] if start > 0 else inner.bytes_of(Span(0, 1))[0]
    return at, at


def stretches_of(inner: OffsetMap, start: int, end: int) -> Iterator[Stretch]:
    """Yield what the code points `[start, end)` of a text with the map `inner` stand for."""
    index = max(bisect_right(inner.text_offsets, start) - 1, 0)
    while start < end:
        following = inner.text_offsets[index + 1] if index + 1 < len(inner.text_offsets) else end
        after = min(end, following)
        if after > start:
            low, high = inner.bytes_of(Span(start, after))
            yield Stretch(after - start, low, high, inner.widths[index] if inner.widths else 0)
            start = after
        index += 1
