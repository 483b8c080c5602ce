"""Let people accept, reject and correct rows; append what they say, undo it, replay it.

Nothing is overwritten: a row stays as the machine read it, the views show it
as people left it. Undoing a review appends one that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, func, select

from onrecord.errors import RecordError
from onrecord.model.annotation import FACTUALITIES, RELATION_TYPES
from onrecord.model.identifier import content_id
from onrecord.record import schema as s
from onrecord.record.components import forget_claims
from onrecord.record.edges import is_span, span_checked, span_now
from onrecord.record.filters import day_of
from onrecord.record.listings import review_rows
from onrecord.record.replay import replay_reviews, snapshot_of
from onrecord.record.rows import ReviewRow
from onrecord.record.said import CORRECTABLE
from onrecord.record.shown import find_row
from onrecord.record.store import Store
from onrecord.record.views import view_table

_VIEWS = {
    "event": ("events", "statement_id"),
    "relation": ("relations", "statement_id"),
    "quantity": ("quantities", "statement_id"),
    "quote": ("quotes", "attribution_id"),
}
MOST_AT_ONCE = 2000
_NUMBERS = ("value_low", "value_high")
_DAYS = ("date_from", "date_to")
_ONE_OF: dict[str, tuple[str, ...]] = {
    "factuality": FACTUALITIES,
    "bound": ("exact", "about", "at_least", "at_most", "range"),
}


def accept(store: Store, row_id: str, *, reviewer: str, note: str = "") -> ReviewRow:
    """Say that a row is right; a rejected row comes back.

    Args:
        store: The record.
        row_id: A statement or attribution, or enough of the beginning of its id.
        reviewer: Who says so.
        note: Why.

    Raises:
        RecordError: There is no such row.
    """
    return _append(store, row_id, "accept", reviewer=reviewer, note=note)


def reject(store: Store, row_id: str, *, reviewer: str, note: str = "") -> ReviewRow:
    """Say that a row is wrong: it vanishes from the views. Arguments as for `accept`."""
    return _append(store, row_id, "reject", reviewer=reviewer, note=note)


def correct(
    store: Store, row_id: str, field: str, new: str, *, reviewer: str, note: str = ""
) -> ReviewRow:
    """Say what a field of a row should be.

    Args:
        store: The record.
        row_id: A statement or attribution, or enough of the beginning of its id.
        field: One of `said.CORRECTABLE` for the kind of row, as the views name it.
        new: The right value: days as "2024-05-01", numbers as digits, actors by name or,
            in a field that ends in `_id`, by identifier. In a field that ends in `_span`,
            where the words stand in the text, as code points ("120-133"), or the words.
        reviewer: Who says so.
        note: Why.

    Raises:
        RecordError: There is no such row or field, or the field cannot have that value.
    """
    return _append(store, row_id, "correct", field=field, new=new, reviewer=reviewer, note=note)


def undo(store: Store, review_id: str, *, reviewer: str, note: str = "") -> ReviewRow:
    """Take a review back; undoing an undo brings the review back.

    Args:
        store: The record.
        review_id: The review.
        reviewer: Who takes it back.
        note: Why.

    Raises:
        RecordError: There is no such review, or it was undone already.
    """
    with store.writing() as connection:
        undoing, document_id = _undo(connection, store, review_id, reviewer, note, "")
        if document_id is not None:
            forget_claims(connection, [document_id])
        return _written(connection, undoing)


def _undo(
    connection: Connection, store: Store, review_id: str, reviewer: str, note: str, batch: str
) -> tuple[str, str | None]:
    """Append the review that takes another back; return it and the report concerned."""
    c = s.reviews.c
    review = connection.execute(select(s.reviews).where(c.review_id == review_id)).one_or_none()
    if review is None:
        raise RecordError(repr(review_id), "no such review", "List them: onrecord review list")
    if review.undone_by is not None:
        raise RecordError(review_id, f"undone already by {review.undone_by}")
    row = _row(
        connection, store, review.target_kind, review.target_id, "undo",
        reviewer=reviewer, note=note, field=review.field, old=review_id, new=None,
        snapshot=review.snapshot, batch=batch,
    )  # fmt: skip
    row["applies_to"] = review.applies_to
    connection.execute(s.reviews.insert(), row)
    connection.execute(
        s.reviews.update().where(c.review_id == review_id), {"undone_by": row["review_id"]}
    )
    if review.verdict == "undo":
        connection.execute(s.reviews.update().where(c.review_id == review.old), {"undone_by": None})
    return row["review_id"], review.document_id


def review_several(
    store: Store, row_ids: Sequence[str], verdict: str, *, reviewer: str, note: str = ""
) -> str:
    """Accept or reject several rows together, all or none.

    Args:
        store: The record.
        row_ids: Statements and attributions, `MOST_AT_ONCE` at the most.
        verdict: "accept" or "reject".
        reviewer: Who says so.
        note: Why.

    Returns:
        The name of what was said together; `undo_several` takes it back.

    Raises:
        RecordError: There is no such row or verdict, or there are too many or no rows.
    """
    wanted = list(dict.fromkeys(row_ids))
    if verdict not in ("accept", "reject"):
        raise RecordError(f"verdict {verdict!r}", "not for several rows", "Accept or reject them.")
    if not 0 < len(wanted) <= MOST_AT_ONCE:
        raise RecordError(
            f"{len(wanted):,} rows",
            f"not between 1 and {MOST_AT_ONCE:,}",
            "Choose some rows." if not wanted else "Narrow the filters.",
        )
    batch = content_id("bt", verdict, uuid4())
    with store.writing() as connection:
        reports: set[str] = set()
        for row_id in wanted:
            kind, full_id = _target(connection, row_id)
            row = _row(
                connection, store, kind, full_id, verdict, reviewer=reviewer, note=note, field="",
                old=None, new=None, snapshot=snapshot_of(connection, kind, full_id), batch=batch,
            )  # fmt: skip
            connection.execute(s.reviews.insert(), row)
            reports.add(row["document_id"])
        forget_claims(connection, reports)
    return batch


def undo_several(store: Store, batch: str, *, reviewer: str, note: str = "") -> str:
    """Take back what was said of several rows together, as far as it still stands.

    Args:
        store: The record.
        batch: What `review_several` or `undo_several` returned.
        reviewer: Who takes it back.
        note: Why.

    Returns:
        The name of the undoing, which can be undone.

    Raises:
        RecordError: Nothing of the name stands.
    """
    c = s.reviews.c
    undoing = content_id("bt", "undo", uuid4())
    with store.writing() as connection:
        standing = connection.scalars(
            select(c.review_id)
            .where(c.batch == batch, c.undone_by.is_(None))
            .order_by(c.number)
        ).all() if batch else []  # fmt: skip
        if not standing:
            raise RecordError(repr(batch), "nothing of it stands", "See: onrecord review list")
        done = [
            _undo(connection, store, review_id, reviewer, note, undoing) for review_id in standing
        ]
        forget_claims(connection, {report for _, report in done if report is not None})
    return undoing


def replay(store: Store) -> tuple[ReviewRow, ...]:
    """Point all reviews to the rows they apply to now, as every reading does for its document.

    Returns:
        Reviews that stand but for which no row is left, oldest first.
    """
    c = s.reviews.c
    with store.writing() as connection:
        documents = connection.scalars(
            select(c.document_id).where(c.document_id.is_not(None)).distinct()
        ).all()
        lost = [lost for document in documents for lost in replay_reviews(connection, document)]
        reviews = [_written(connection, review_id) for review_id in lost]
        return tuple(sorted(reviews, key=lambda review: (review.at, review.review_id)))


def _append(
    store: Store,
    row_id: str,
    verdict: str,
    *,
    reviewer: str,
    note: str,
    field: str = "",
    new: str | None = None,
) -> ReviewRow:
    with store.writing() as connection:
        kind, full_id = _target(connection, row_id)
        snapshot = snapshot_of(connection, kind, full_id)
        old = None
        if new is not None:
            new = _checked(connection, kind, full_id, field, new)
            old = _current(connection, kind, full_id, field)
        row = _row(
            connection, store, kind, full_id, verdict,
            reviewer=reviewer, note=note, field=field, old=old, new=new, snapshot=snapshot,
        )  # fmt: skip
        connection.execute(s.reviews.insert(), row)
        if row["document_id"] is not None:
            forget_claims(connection, [row["document_id"]])
        return _written(connection, row["review_id"])


def append_review(
    connection: Connection,
    store: Store,
    kind: str,
    target_id: str,
    verdict: str,
    *,
    reviewer: str,
    note: str,
    new: str | None,
    snapshot: dict[str, Any],
) -> ReviewRow:
    """Append a review of something that is no row of a report, such as an actor.

    Args:
        connection: A connection inside a transaction that writes.
        store: The record.
        kind: What is reviewed: "actor".
        target_id: Its identifier.
        verdict: What is said: "merge" or "split".
        reviewer: Who says so.
        note: Why.
        new: With or by what.
        snapshot: What is needed to carry it out after texts are read anew.
    """
    row = _row(
        connection, store, kind, target_id, verdict,
        reviewer=reviewer, note=note, field="", old=None, new=new, snapshot=snapshot,
    )  # fmt: skip
    row["document_id"] = None
    connection.execute(s.reviews.insert(), row)
    return _written(connection, row["review_id"])


def _target(connection: Connection, row_id: str) -> tuple[str, str]:
    prefix, full_id = find_row(connection, row_id)
    if prefix == "at":
        return "quote", full_id
    if prefix != "st":
        raise RecordError(
            full_id, "cannot be reviewed", "Review statements (st_…) and quotes (at_…)."
        )
    kind = connection.scalar(
        select(s.statements.c.kind).where(s.statements.c.statement_id == full_id)
    )
    return str(kind), full_id


def _checked(connection: Connection, kind: str, row_id: str, field: str, new: str) -> str:
    """Return `new` as the views write it."""
    if field not in CORRECTABLE[kind]:
        raise RecordError(
            repr(field),
            f"no field of a{'n' if kind == 'event' else ''} {kind} that can be corrected",
            f"Fields are: {', '.join(CORRECTABLE[kind])}.",
        )
    if is_span(field):
        return span_checked(connection, kind, row_id, field, new)
    value = new.strip()
    allowed = RELATION_TYPES if (kind, field) == ("relation", "type") else _ONE_OF.get(field)
    if kind == "quote" and field == "kind":
        allowed = ("direct", "indirect", "mixed")
    if allowed is not None and value not in allowed:
        known = ", ".join(allowed)
        raise RecordError(f"{field} {value!r}", "no such value", f"Values are: {known}.")
    if field in _NUMBERS:
        try:
            return repr(float(value.replace(",", "")))
        except ValueError as error:
            raise RecordError(f"{field} {value!r}", "not a number", "Write digits.") from error
    if field in _DAYS:
        return day_of(value, end=field == "date_to")
    if field.endswith("_id"):
        actor = connection.scalar(select(s.actors.c.actor_id).where(s.actors.c.actor_id == value))
        if actor is None:
            raise RecordError(value, "no such actor", "Find its id: onrecord actors --name NAME")
    return value.upper() if (kind, field) == ("event", "type") else value


def _current(connection: Connection, kind: str, row_id: str, field: str) -> str | None:
    if is_span(field):
        return span_now(connection, kind, row_id, field)
    name, key = _VIEWS[kind]
    view = view_table(name)
    value = connection.scalar(select(view.c[field]).where(view.c[key] == row_id))
    return None if value is None else str(value)


def _row(
    connection: Connection,
    store: Store,
    kind: str,
    target_id: str,
    verdict: str,
    *,
    reviewer: str,
    note: str,
    field: str,
    old: str | None,
    new: str | None,
    snapshot: dict[str, Any] | None,
    batch: str = "",
) -> dict[str, Any]:
    number = (connection.scalar(select(func.max(s.reviews.c.number))) or 0) + 1
    return {
        "review_id": content_id("rv", target_id, verdict, number, uuid4()),
        "number": number,
        "target_kind": kind,
        "target_id": target_id,
        "document_id": (snapshot or {}).get("document_id"),
        "applies_to": target_id,
        "verdict": verdict,
        "field": field,
        "old": old,
        "new": new,
        "reviewer": reviewer,
        "at": store.now(),
        "note": note,
        "snapshot": snapshot or {},
        "batch": batch,
    }


def _written(connection: Connection, review_id: str) -> ReviewRow:
    found = connection.execute(review_rows().where(s.reviews.c.review_id == review_id))
    return ReviewRow(**found.mappings().one())
