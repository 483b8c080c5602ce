"""Find words in the full text of reports and in the names of actors."""

from __future__ import annotations

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, func, select

from onrecord.errors import QueryError
from onrecord.record import schema as s
from onrecord.record.dialects import (
    AnySelect,
    count_documents,
    find_documents,
    first_day,
    matching_names,
    search_words,
)
from onrecord.record.filters import check_range, fold_name
from onrecord.record.rows import Hit, Page
from onrecord.record.store import Store

_MOST_CANDIDATES = 500
_LIKE_ENOUGH = 60.0


def search(
    store: Store,
    words: str,
    *,
    kind: str | None = None,
    limit: int = 50,
    offset: int = 0,
) -> Page[Hit]:
    """Return where `words` are found: actors by name first, then reports, best first.

    Args:
        store: The record.
        words: All must occur, in any order; "quoted words" together; `word*` matches
            beginnings (in names every word does). Case and accents do not matter.
        kind: "document" or "actor" to search only those.
        limit: Most hits, 1 to 1,000,000.
        offset: Hits to skip.

    Raises:
        QueryError: `words` holds nothing to search for, or there is no such kind.
    """
    check_range(limit, offset)
    if kind not in (None, "document", "actor"):
        raise QueryError(repr(kind), "cannot be searched", "Kinds are: document, actor.")
    with store.reading() as connection:
        dialect = connection.dialect.name
        in_text = search_words(dialect, words)
        in_names = search_words(dialect, words, starts=True)
        if not in_text:
            raise QueryError(repr(words), "no word to search for", "Give letters or digits.")
        hits: list[Hit] = []
        total = 0
        if kind != "document":
            hits, total = _actors(connection, in_names, limit, offset)
        if kind != "actor":
            found = connection.scalar(count_documents(dialect), {"words": in_text}) or 0
            left = limit - len(hits)
            if left:
                hits += _documents(connection, in_text, left, max(offset - total, 0))
            total += found
    return Page(tuple(hits), total, limit, offset)


def suggest_actors(store: Store, name: str, *, limit: int = 5) -> tuple[str, ...]:
    """Return names in the record that `name` may be meant for, likeliest first."""
    with store.reading() as connection:
        dialect = connection.dialect.name
        # The beginnings of words survive most slips and spellings.
        beginnings = " ".join(word[:3] for word in fold_name(name).split())
        words = search_words(dialect, beginnings, starts=True, any_of=True)
        if not words:
            return ()
        known = connection.scalars(
            select(s.aliases.c.alias)
            .join(s.actors, s.actors.c.actor_id == s.aliases.c.actor_id)
            .where(s.actors.c.named, matching_names(dialect))
            .group_by(s.aliases.c.alias)
            .order_by(func.count().desc(), s.aliases.c.alias)
            .limit(_MOST_CANDIDATES),
            {"words": words},
        ).all()
    likely = process.extract(
        name, known, scorer=fuzz.WRatio, processor=fold_name, limit=limit, score_cutoff=_LIKE_ENOUGH
    )
    return tuple(found for found, _, _ in likely)


def _actors(connection: Connection, words: str, limit: int, offset: int) -> tuple[list[Hit], int]:
    alias, actor = s.aliases.c, s.actors.c
    times = func.count()
    matched: AnySelect = (
        select(actor.actor_id, actor.name, func.min(alias.alias).label("alias"), times.label("n"))
        .join(s.actors, actor.actor_id == alias.actor_id)
        .where(matching_names(connection.dialect.name))
        .group_by(actor.actor_id, actor.name, actor.named)
    )
    total = connection.scalar(
        select(func.count()).select_from(matched.subquery()), {"words": words}
    )
    rows = connection.execute(
        matched.order_by(actor.named.desc(), times.desc(), actor.actor_id)
        .limit(limit)
        .offset(offset),
        {"words": words},
    )
    hits = [
        Hit(
            kind="actor", id=row.actor_id, name=row.name, snippet=row.alias, publisher="",
            published=None, rank=-float(row.n),
        )
        for row in rows
    ]  # fmt: skip
    return hits, total or 0


def _documents(connection: Connection, words: str, limit: int, offset: int) -> list[Hit]:
    found = connection.execute(
        find_documents(connection.dialect.name),
        {"words": words, "limit": limit, "offset": offset},
    ).all()
    c = s.documents.c
    reports = {
        row.document_id: row
        for row in connection.execute(
            select(c.document_id, c.title, c.publisher, first_day(c.published).label("day")).where(
                c.document_id.in_([hit.document_id for hit in found])
            )
        )
    }
    return [
        Hit(
            kind="document",
            id=hit.document_id,
            name=reports[hit.document_id].title,
            snippet=" ".join(hit.snippet.split()),
            publisher=reports[hit.document_id].publisher,
            published=reports[hit.document_id].day,
            rank=hit.rank,
        )
        for hit in found
    ]
