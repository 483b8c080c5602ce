"""Move the edges of what was read: check the new ones and find the words there.

A span is corrected by its code points ("120-133"), by its words ("the Tarn
Brigade", of which the nearest to the old place are meant), or by what an
earlier review holds ("120-133 the Tarn Brigade").
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from onrecord.errors import RecordError
from onrecord.model.span import Span
from onrecord.record import schema as s
from onrecord.record.load import span_of
from onrecord.record.rows import Shown
from onrecord.record.said import SPANS, moved_spans, narrowed, span_read, span_written
from onrecord.record.store import Store
from onrecord.record.write import JOINT

_ENDING = "_span"
# A field is a few words and a quotation a few paragraphs.
_LONGEST = 10_000
# Code points shown before the first and behind the last word of a row.
_AROUND = 160
# Sentences are shorter; what is longer is a text in one line, and stays out.
_LONGEST_SENTENCE = 5000


@dataclass(frozen=True, slots=True)
class Edges:
    """Where the fields of a row stand, with the text around them.

    Attributes:
        start: First code point of `text` in the report.
        text: The sentence and some more on both sides.
        fields: Name and span of each field whose edges can be moved, in code points of the
            report.
    """

    start: int
    text: str
    fields: tuple[tuple[str, Span], ...]


def edges_of(store: Store, shown: Shown) -> Edges | None:
    """Return the edges of a statement or quote as people left them; None for other rows."""
    if shown.kind not in SPANS or shown.document is None or not shown.fields:
        return None
    spans: dict[str, Span] = {}
    for field in shown.fields:
        if field.name in SPANS[shown.kind]:
            before = spans.get(field.name)
            spans[field.name] = before.cover(field.span) if before else field.span
    if not spans:
        return None
    first = min(span.start for span in spans.values())
    last = max(span.end for span in spans.values())
    sentence = shown.sentence_span
    if sentence is not None and len(sentence) <= _LONGEST_SENTENCE:
        first, last = min(first, sentence.start), max(last, sentence.end)
    start = max(0, first - _AROUND)
    d = s.documents.c
    with store.reading() as connection:
        text = connection.scalar(
            select(func.substr(d.text, start + 1, last + _AROUND - start)).where(
                d.document_id == shown.document["document_id"]
            )
        )
    return Edges(start, text or "", tuple(spans.items()))


def is_span(field: str) -> bool:
    """Return whether a field of a review says where something stands."""
    return field.endswith(_ENDING)


def span_checked(connection: Connection, kind: str, row_id: str, field: str, new: str) -> str:
    """Return the new edges of a field as a review keeps them.

    Args:
        connection: A connection to the record.
        kind: event, relation, quantity or quote.
        row_id: The row.
        field: One of `said.span_fields`.
        new: Code points, words, or both.

    Raises:
        RecordError: There is no such place in the text, or it holds no words.
    """
    text, stretches, start = _read(connection, kind, row_id, field)
    span = span_read(new) or _words_near(text, new.strip(), start)
    if span.end > len(text) or span.end - span.start > _LONGEST:
        raise RecordError(
            f"{span.start}-{span.end}",
            f"not within the {len(text):,} code points of the report" if span.end > len(text)
            else f"longer than {_LONGEST:,} code points",
            "Give where the words start and end.",
        )  # fmt: skip
    words = text[span.start : span.end]
    if not words.strip():
        raise RecordError(new, "holds no words", "Give where the words start and end.")
    span = Span(
        span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip())
    )
    return _written(text, span, stretches)


def span_now(connection: Connection, kind: str, row_id: str, field: str) -> str | None:
    """Return the edges of a field as people left them, None where it has none."""
    text, stretches, _ = _read(connection, kind, row_id, field)
    if not stretches:
        return None
    span = Span(stretches[0].start, stretches[-1].end)
    return _written(text, span, stretches)


def _written(text: str, span: Span, stretches: list[Span]) -> str:
    kept = narrowed(stretches, span) if len(stretches) > 1 else [span]
    return span_written(span, JOINT.join(stretch.text_in(text) for stretch in kept))


def _words_near(text: str, words: str, start: int) -> Span:
    """Return where `words` stand nearest to `start`.

    Raises:
        RecordError: The text has no such words.
    """
    before = text.rfind(words, 0, start + len(words)) if words else -1
    behind = text.find(words, start) if words else -1
    found = [at for at in (before, behind) if at >= 0]
    if not found:
        raise RecordError(
            repr(words), "not in the report", "Copy the words from it, or give code points: 12-27."
        )
    at = min(found, key=lambda place: abs(place - start))
    return Span(at, at + len(words))


def _read(
    connection: Connection, kind: str, row_id: str, field: str
) -> tuple[str, list[Span], int]:
    """Return the text of the report, the stretches of a field now, and where the row starts."""
    name = field.removesuffix(_ENDING)
    table = s.attributions if kind == "quote" else s.statements
    key = table.c.attribution_id if kind == "quote" else table.c.statement_id
    row = connection.execute(
        select(table, s.documents.c.text)
        .join(s.documents, s.documents.c.document_id == table.c.document_id)
        .where(key == row_id)
    ).one()
    if name == "content":
        stretches = [Span(start, end) for start, end in row.content]
    else:
        read = span_of(row, f"{name}_")
        stretches = [] if read is None else [read]
    moved = moved_spans(connection, row_id=row_id).get(row_id, {}).get(name)
    if moved is not None:
        stretches = narrowed(stretches, moved) if len(stretches) > 1 else [moved]
    start = row.content_start if kind == "quote" else row.start
    return row.text, stretches, stretches[0].start if stretches else start
