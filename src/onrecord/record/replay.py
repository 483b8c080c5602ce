"""Find the rows that people's reviews speak of, after a text was read anew.

Most rows keep their identifier, which is made of what they hold. Where one is
gone, its successor is the row of the same document, kind and type whose
trigger overlaps most; for a quote, the row whose words overlap most.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, select

from onrecord.record import schema as s
from onrecord.record.dialects import AnyRow

STATEMENT_KINDS = ("event", "relation", "quantity")


def snapshot_of(connection: Connection, target_kind: str, target_id: str) -> dict[str, Any] | None:
    """Return what is needed to find a row again: document, kind, type, where it stands, words.

    Returns:
        A mapping JSON can hold, None when there is no such row.
    """
    if target_kind in STATEMENT_KINDS:
        c = s.statements.c
        row = connection.execute(
            select(
                c.document_id, c.kind, c.type, c.trigger_start, c.trigger_end, c.trigger_text
            ).where(c.statement_id == target_id, c.kind == target_kind)
        ).one_or_none()
        return None if row is None else _snapshot(*row)
    if target_kind == "quote":
        a = s.attributions.c
        quote = connection.execute(
            select(a.document_id, a.content_start, a.content_end, a.content_text).where(
                a.attribution_id == target_id
            )
        ).one_or_none()
        if quote is None:
            return None
        return _snapshot(
            quote.document_id, "quote", "", quote.content_start, quote.content_end,
            quote.content_text,
        )  # fmt: skip
    return None


def _snapshot(
    document_id: str, kind: str, type_: str, start: int, end: int, text: str
) -> dict[str, Any]:
    return {
        "document_id": document_id, "kind": kind, "type": type_, "start": start, "end": end,
        "text": text,
    }  # fmt: skip


def replay_reviews(connection: Connection, document_id: str) -> list[str]:
    """Point every review of a document's rows to the row it applies to now.

    Returns:
        Reviews that stand but for which no row is left; they are kept and tried
        again at the next reading.
    """
    c = s.reviews.c
    standing = connection.execute(
        select(s.reviews).where(c.document_id == document_id).order_by(c.number)
    ).all()
    if not standing:
        return []
    lost, found = [], {}
    for review in standing:
        target = review.target_kind, review.target_id
        if target not in found:
            found[target] = _successor(connection, *target, review.snapshot)
        if found[target] != review.applies_to:
            connection.execute(
                s.reviews.update().where(c.review_id == review.review_id),
                {"applies_to": found[target]},
            )
        if found[target] is None and review.undone_by is None and review.verdict != "undo":
            lost.append(review.review_id)
    return lost


def _successor(
    connection: Connection, kind: str, target_id: str, snapshot: Mapping[str, Any]
) -> str | None:
    if snapshot_of(connection, kind, target_id) is not None:
        return target_id
    start, end = snapshot["start"], snapshot["end"]
    if kind == "quote":
        a = s.attributions.c
        candidates = select(a.attribution_id, a.content_start, a.content_end).where(
            a.document_id == snapshot["document_id"],
            a.content_start < end,
            a.content_end > start,
        )
    else:
        c = s.statements.c
        candidates = select(c.statement_id, c.trigger_start, c.trigger_end).where(
            c.document_id == snapshot["document_id"],
            c.kind == kind,
            c.type == snapshot["type"],
            c.trigger_start < end,
            c.trigger_end > start,
        )
    likeliest = sorted(connection.execute(candidates), key=lambda row: _unlike(row, start, end))
    # Two rows that fit equally well (one trigger, two actors): a guess could put
    # a person's word on the wrong row.
    if not likeliest or (
        len(likeliest) > 1
        and _unlike(likeliest[0], start, end)[0] == _unlike(likeliest[1], start, end)[0]
    ):
        return None
    return str(likeliest[0][0])


def _unlike(row: AnyRow, start: int, end: int) -> tuple[float, str]:
    """Return how far the row is from the range (1 - shared / covered), and its id for ties."""
    row_id, row_start, row_end = row
    shared = min(end, row_end) - max(start, row_start)
    covered = max(end, row_end) - min(start, row_start)
    return 1 - shared / covered, row_id
