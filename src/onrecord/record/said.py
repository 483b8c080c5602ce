"""What people said of rows and nobody took back: verdicts, corrected fields, moved edges.

A corrected span is kept as "120-133 the Tarn Brigade": its code points in the
text, and the words there, so that a view shows them without cutting texts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Float, case, cast, func, literal, null, select
from sqlalchemy.sql.selectable import Subquery

from onrecord.model.span import Span
from onrecord.record import schema as s
from onrecord.record.dialects import AnySelect, after_blank

SPANS: dict[str, tuple[str, ...]] = {
    "event": ("trigger", "subject", "object", "time", "place"),
    "relation": ("trigger", "subject", "object", "time"),
    "quantity": ("trigger", "counted", "subject", "time", "place"),
    "quote": ("source", "cue", "content"),
}
"""What stands somewhere in the text, by kind of row; "subject_span" corrects where."""

_SPAN = re.compile(r"(\d{1,9})-(\d{1,9})(?: |$)")


def span_fields(kind: str) -> tuple[str, ...]:
    """Return the fields of a kind of row whose edges can be moved: "trigger_span", ..."""
    return tuple(f"{name}_span" for name in SPANS[kind])


def span_written(span: Span, words: str) -> str:
    """Return a span as a review keeps it."""
    return f"{span.start}-{span.end} {words}"


def span_read(written: str) -> Span | None:
    """Return the span that a review keeps, None when the text is none."""
    match = _SPAN.match(written)
    if match is None or int(match[1]) >= int(match[2]):
        return None
    return Span(int(match[1]), int(match[2]))


# What a reviewer may correct, by kind of row: the names of the views' columns, and the spans.
CORRECTABLE: dict[str, tuple[str, ...]] = {
    "event": (
        "type", "mode", "factuality", "actor", "actor_id", "recipient", "recipient_id",
        "date_from", "date_to", "place", "place_country", *span_fields("event"),
    ),
    "relation": (
        "type", "factuality", "subject", "subject_id", "object", "object_id",
        "date_from", "date_to", *span_fields("relation"),
    ),
    "quantity": (
        "type", "factuality", "holder", "holder_id", "counted", "value_low", "value_high",
        "unit", "bound", "date_from", "date_to", "place", "place_country",
        *span_fields("quantity"),
    ),
    "quote": ("speaker", "speaker_id", "kind", *span_fields("quote")),
}  # fmt: skip


def live_reviews() -> AnySelect:
    """Select the review that counts for each row and field: the latest not undone.

    Accepting and rejecting are about the row as a whole (`field` empty), so
    the later of the two counts.
    """
    latest = (
        func.row_number()
        .over(
            partition_by=(s.reviews.c.applies_to, s.reviews.c.field),
            order_by=s.reviews.c.number.desc(),
        )
        .label("rank")
    )
    ranked = (
        select(
            s.reviews.c.review_id,
            s.reviews.c.applies_to,
            s.reviews.c.verdict,
            s.reviews.c.field,
            s.reviews.c.new,
            latest,
        )
        .where(
            s.reviews.c.undone_by.is_(None),
            s.reviews.c.applies_to.is_not(None),
            s.reviews.c.verdict.in_(("accept", "reject", "correct")),
        )
        .subquery("ranked")
    )
    return select(
        ranked.c.review_id, ranked.c.applies_to, ranked.c.verdict, ranked.c.field, ranked.c.new
    ).where(ranked.c.rank == 1)


def vouched_for() -> AnySelect:
    """Select the rows that a person accepted or corrected: they are sure, whatever was read."""
    live = live_reviews().subquery("live")
    return select(live.c.applies_to).where(live.c.verdict.in_(("accept", "correct")))


def reviewed_rows(*kinds: str) -> AnySelect:
    """Select the rows of some kinds that anybody ever said anything of."""
    c = s.reviews.c
    return select(c.applies_to).where(c.applies_to.is_not(None), c.target_kind.in_(kinds))


def moved_spans(
    connection: Connection, *, document_id: str | None = None, row_id: str | None = None
) -> dict[str, dict[str, Span]]:
    """Return the spans that people moved, by row and name: `{"st_…": {"subject": Span(12, 27)}}`.

    Args:
        connection: A connection to the record.
        document_id: Of the rows of this report.
        row_id: Of this row.
    """
    live = live_reviews().subquery("live")
    r = s.reviews.c
    found = [live.c.field.endswith("_span")]
    if row_id is not None:
        found.append(live.c.applies_to == row_id)
    if document_id is not None:
        here = select(r.review_id).where(r.document_id == document_id)
        found.append(live.c.review_id.in_(here))
    moved: dict[str, dict[str, Span]] = defaultdict(dict)
    for row in connection.execute(
        select(live.c.applies_to, live.c.field, live.c.new).where(*found)
    ):
        span = span_read(row.new or "")
        if span is not None:
            moved[row.applies_to][row.field.removesuffix("_span")] = span
    return moved


def narrowed(stretches: Iterable[Span], to: Span) -> list[Span]:
    """Return the stretches of a quotation within its new edges, which its ends reach."""
    kept = [span for span in stretches if span.overlaps(to)] or [to]
    kept[0] = Span(to.start, kept[0].end)
    kept[-1] = Span(kept[-1].start, to.end)
    return kept


class Said:
    """The columns of one kind of row as people left them, or as they were read.

    Args:
        kind: event, relation, quantity or quote.
        heard: False shows rows as they were read.
    """

    def __init__(self, kind: str, *, heard: bool) -> None:
        self.table = _corrections(kind) if heard else None

    def new(self, field: str) -> ColumnElement[Any]:
        """Return what a field was corrected to, null where it was not."""
        return null() if self.table is None else self.table.c[field]

    def or_read(self, field: str, *read: ColumnElement[Any]) -> ColumnElement[Any]:
        """Return the first there is: the correction of a field, then what was read."""
        if self.table is None:
            return func.coalesce(*read) if len(read) > 1 else read[0]
        new: ColumnElement[Any] = self.table.c[field]
        if isinstance(read[0].type, Float):
            new = cast(new, read[0].type)
        return func.coalesce(new, *read)

    def words(self, name: str, read: ColumnElement[str]) -> ColumnElement[str]:
        """Return the words of a span: where a person put it, else where it was read."""
        if self.table is None:
            return read
        return func.coalesce(after_blank(self.table.c[f"{name}_span"]), read)

    @property
    def stands(self) -> list[ColumnElement[bool]]:
        """The condition that nobody rejected the row."""
        return [] if self.table is None else [func.coalesce(self.table.c.rejected, 0) == 0]

    @property
    def reviewed(self) -> ColumnElement[str]:
        """Whether a person accepted or corrected the row."""
        if self.table is None:
            return literal("").label("reviewed")
        return case(
            (self.table.c.corrected == 1, "corrected"),
            (self.table.c.applies_to.is_not(None), "accepted"),
            else_="",
        ).label("reviewed")


def _corrections(kind: str) -> Subquery:
    """One row per reviewed target with a column per correctable field and `verdict`."""
    live = live_reviews().subquery("live")
    fields = [
        func.max(case((live.c.field == field, live.c.new))).label(field)
        for field in CORRECTABLE[kind]
    ]
    rejected = func.max(case((live.c.verdict == "reject", 1), else_=0)).label("rejected")
    corrected = func.max(case((live.c.verdict == "correct", 1), else_=0)).label("corrected")
    return (
        select(live.c.applies_to, rejected, corrected, *fields)
        .group_by(live.c.applies_to)
        .subquery("corrections")
    )
