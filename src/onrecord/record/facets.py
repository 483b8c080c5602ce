"""Find reports by words and count how they spread over outlets and months."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, func, select

from onrecord.errors import QueryError
from onrecord.record import schema as s
from onrecord.record.dialects import (
    find_documents,
    first_day,
    matching_documents,
    search_words,
)
from onrecord.record.filters import Day, check_range, day_of, same_words
from onrecord.record.rows import Hit, Page
from onrecord.record.store import Store

_MOST_VALUES = 12
# Best hits looked at when hits are narrowed; a page further down cannot be asked for.
_MOST_RANKED = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How the reports that hold some words spread.

    Attributes:
        publishers: `(outlet, reports)`, most first, whatever outlet is chosen.
        months: `("2024-05", reports)`, latest first, whatever days are chosen.
    """

    publishers: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]


def _within(
    publisher: str | None, since: Day | None, until: Day | None
) -> list[ColumnElement[bool]]:
    c, found = s.documents.c, []
    day = first_day(c.published)
    if publisher is not None:
        found.append(same_words(c.publisher, publisher))
    if since is not None:
        found.append(day >= day_of(since))
    if until is not None:
        found.append(day <= day_of(until, end=True))
    return found


def _asked(dialect: str, words: str) -> dict[str, Any]:
    wanted = search_words(dialect, words)
    if not wanted:
        raise QueryError(repr(words), "no word to search for", "Give letters or digits.")
    return {"words": wanted}


def find_reports(
    store: Store,
    words: str,
    *,
    publisher: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
    limit: int = 20,
    offset: int = 0,
) -> Page[Hit]:
    """Return reports that hold `words`, best first.

    Args:
        store: The record.
        words: As for `search.search`.
        publisher: Outlet, any case.
        since: First day of publication.
        until: Last day of publication, inclusive.
        limit: Most reports, 1 to 1,000,000.
        offset: Reports to skip.

    Raises:
        QueryError: `words` holds nothing to search for, or a day is none.
    """
    check_range(limit, offset)
    c = s.documents.c
    within = _within(publisher, since, until)
    with store.reading() as connection:
        dialect = connection.dialect.name
        asked = _asked(dialect, words)
        fitting = select(c.document_id).where(matching_documents(dialect), *within)
        total = connection.scalar(select(func.count()).select_from(fitting.subquery()), asked) or 0
        narrowed = bool(within)
        found = connection.execute(
            find_documents(dialect),
            {**asked, "limit": _MOST_RANKED if narrowed else limit,
             "offset": 0 if narrowed else offset},
        ).all()  # fmt: skip
        if narrowed:
            fits = set(connection.scalars(fitting, asked))
            found = [hit for hit in found if hit.document_id in fits][offset : offset + limit]
        reports = {
            row.document_id: row
            for row in connection.execute(
                select(
                    c.document_id, c.title, c.publisher, first_day(c.published).label("day")
                ).where(c.document_id.in_([hit.document_id for hit in found]))
            )
        }
    hits = tuple(
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
    )
    return Page(hits, total, limit, offset)


def facets_of(
    store: Store,
    words: str,
    *,
    publisher: str | None = None,
    since: Day | None = None,
    until: Day | None = None,
) -> Facets:
    """Return how reports that hold `words` spread; each facet ignores its own filter."""
    c = s.documents.c
    with store.reading() as connection:
        dialect = connection.dialect.name
        asked = _asked(dialect, words)
        holds = matching_documents(dialect)
        publishers = connection.execute(
            select(c.publisher, func.count())
            .where(holds, *_within(None, since, until))
            .group_by(c.publisher)
            .order_by(func.count().desc(), c.publisher)
            .limit(_MOST_VALUES),
            asked,
        )
        month = func.substr(first_day(c.published), 1, 7)
        months = connection.execute(
            select(month, func.count())
            .where(holds, c.published.is_not(None), *_within(publisher, None, None))
            .group_by(month)
            .order_by(month.desc())
            .limit(_MOST_VALUES),
            asked,
        )
        return Facets(
            publishers=tuple((row[0], row[1]) for row in publishers),
            months=tuple((row[0], row[1]) for row in months),
        )
