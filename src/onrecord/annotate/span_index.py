"""Ask which of many spans share text with a given one, without looking at all of them."""

from __future__ import annotations

from collections.abc import Iterable

from onrecord.model.span import Span

# About a sentence: most spans fall into one bucket or two.
_BUCKET = 128


class SpanIndex:
    """Numbered spans, found again by place.

    A number may be added with several spans. Asking costs the length of the span asked
    for plus the spans near it.
    """

    def __init__(self, numbered: Iterable[tuple[int, Span]] = ()) -> None:
        self._buckets: dict[int, list[tuple[int, Span]]] = {}
        for number, span in numbered:
            self.add(number, span)

    def add(self, number: int, span: Span) -> None:
        """Keep `span` under `number`."""
        for bucket in range(span.start // _BUCKET, (span.end - 1) // _BUCKET + 1):
            self._buckets.setdefault(bucket, []).append((number, span))

    def overlapping(self, span: Span) -> list[int]:
        """Return the numbers with a span that shares a code point with `span`, ascending."""
        found = set()
        for bucket in range(span.start // _BUCKET, (span.end - 1) // _BUCKET + 1):
            for number, other in self._buckets.get(bucket, ()):
                if other.overlaps(span):
                    found.add(number)
        return sorted(found)
