"""A report as it was read: its text, where the text came from, and what is only furniture."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from onrecord.model.span import Span

PublishedPrecision = Literal["instant", "day", "month", "year", "unknown"]
DocumentStatus = Literal["read", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """Lead from canonical text back to the bytes of the original.

    The text is cut into stretches. Where text and bytes run in parallel (a
    fixed number of bytes for each code point) a lookup is exact; elsewhere it
    answers with the bytes of the whole stretch. An empty stretch (two equal
    text offsets) stands for bytes that left no trace in the text.

    Attributes:
        text_offsets: Code points where a stretch of canonical text starts, ascending from 0.
        byte_offsets: For each stretch, the byte in the original where it starts; same length.
            They ascend except where the text is put together from several fields.
        byte_length: Byte after the last one of the original that this text comes from.
        widths: For each stretch, bytes per code point, or 0 where text and bytes do not
            run in parallel; empty when no stretch is parallel.
    """

    text_offsets: tuple[int, ...]
    byte_offsets: tuple[int, ...]
    byte_length: int
    widths: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if len(self.text_offsets) != len(self.byte_offsets):
            raise ValueError(
                f"offset map has {len(self.text_offsets)} text offsets but"
                f" {len(self.byte_offsets)} byte offsets"
            )
        if self.widths and len(self.widths) != len(self.text_offsets):
            raise ValueError(
                f"offset map has {len(self.text_offsets)} text offsets but"
                f" {len(self.widths)} widths"
            )

    def bytes_of(self, span: Span) -> tuple[int, int]:
        """Return the half-open byte range of the original that holds `span`.

        Returns:
            `(start, end)`; `(0, byte_length)` when the map has no anchors. The range is
            empty for characters that stand for nothing in the original (a paragraph
            break put between two glued reports).
        """
        if not self.text_offsets:
            return 0, self.byte_length
        first = max(bisect_right(self.text_offsets, span.start) - 1, 0)
        last = max(bisect_right(self.text_offsets, span.end - 1) - 1, first)
        ranges = [self._range(i, span) for i in range(first, last + 1)]
        return min(start for start, _ in ranges), max(end for _, end in ranges)

    def _range(self, index: int, span: Span) -> tuple[int, int]:
        """Return the bytes of the part of stretch `index` that lies in `span`."""
        text_start, start = self.text_offsets[index], self.byte_offsets[index]
        is_last = index + 1 == len(self.text_offsets)
        text_end = span.end if is_last else min(span.end, self.text_offsets[index + 1])
        width = self.widths[index] if self.widths else 0
        if width:
            after = max(span.start - text_start, 0)
            return start + width * after, start + width * (text_end - text_start)
        if text_end <= text_start:
            return start, start
        return start, self.byte_length if is_last else self.byte_offsets[index + 1]


@dataclass(frozen=True, slots=True)
class Furniture:
    """A stretch of the text that is no part of the story's sentences.

    Attributes:
        span: Where it stands in the canonical text.
        kind: What it is.
        value: What it says once the frame is taken off, e.g. "Meridian Press"
            for "(MERIDIAN PRESS) —"; empty when it says nothing.
    """

    span: Span
    kind: Literal["dateline", "agency", "byline", "source", "credit", "boilerplate", "title"]
    value: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One report.

    Attributes:
        document_id: Hash of publisher, uri-independent title and text: the same
            report read from two places is one document.
        uri: Where it was read: a path, a URL, or `path#n` for the n-th record of a file.
        text: Canonical text; all spans of the record count its code points.
        title: Headline, empty if unknown.
        publisher: Outlet, empty if unknown.
        author: Byline, empty if unknown.
        published: Publication instant, timezone-aware; None if unknown. Never guessed from text.
        published_precision: How much of `published` is known.
        language: ISO 639-1 code of the text, empty if not identified.
        wire_credit: Agencies the outlet credits, e.g. "Agence France-Presse"; empty if none.
        dateline: Place named in the dateline, empty if none.
        furniture: Stretches kept out of sentences, in order, not overlapping.
        offsets: Map back to the bytes of the original; None where there were none (an API call).
        status: `read`; `skipped` with a reason in `error` (for example non-English text);
            `failed` with a reason.
        error: Reason and next step; empty when read.
    """

    document_id: str
    uri: str
    text: str
    title: str = ""
    publisher: str = ""
    author: str = ""
    published: datetime | None = None
    published_precision: PublishedPrecision = "unknown"
    language: str = ""
    wire_credit: str = ""
    dateline: str = ""
    furniture: tuple[Furniture, ...] = ()
    offsets: OffsetMap | None = field(default=None, repr=False)
    status: DocumentStatus = "read"
    error: str = ""

    def __post_init__(self) -> None:
        if self.published is not None and self.published.tzinfo is None:
            raise ValueError(f"{self.uri}: published {self.published} has no timezone; add one")
