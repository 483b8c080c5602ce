"""Say where in a text something stands: half-open ranges of Unicode code points.

A browser counts UTF-16 units and a file counts bytes; we count code points,
as Python does, so `text[span.start:span.end]` is always the words meant.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points `[start, end)`.

    Attributes:
        start: First code point, counted from 0.
        end: First code point after the range; greater than `start`.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(
                f"span [{self.start}, {self.end}): start must be 0 or more and lie before end"
            )

    def __len__(self) -> int:
        return self.end - self.start

    def text_in(self, text: str) -> str:
        """Return the characters of `text` that this span covers.

        Raises:
            ValueError: The span reaches past the end of `text`.
        """
        if self.end > len(text):
            raise ValueError(
                f"span [{self.start}, {self.end}) reaches past the text's {len(text)} characters"
            )
        return text[self.start : self.end]

    def contains(self, other: Span) -> bool:
        """Return whether every code point of `other` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        """Return whether the two spans share a code point."""
        return self.start < other.end and other.start < self.end

    def shifted(self, by: int) -> Span:
        """Return the span moved by `by` code points."""
        return Span(self.start + by, self.end + by)

    def cover(self, other: Span) -> Span:
        """Return the smallest span that holds both."""
        return Span(min(self.start, other.start), max(self.end, other.end))
