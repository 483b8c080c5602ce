"""Find reports by words and count how they spread: outlets, months, and what they state."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, desc, func, select
from sqlalchemy.sql.selectable import FromClause

from onrecord.errors import QueryError
from onrecord.record import schema as s
from onrecord.record.comparable import rejected
from onrecord.record.dialects import (
    AnySelect,
    find_documents,
    find_these_documents,
    first_day,
    matching_documents,
    rank_documents,
    search_words,
)
from onrecord.record.filters import Day, check_range, country_code, day_of, same_words
from onrecord.record.rows import Hit, Page
from onrecord.record.store import Store

_MOST_VALUES = 12
# Best hits looked at when hits are narrowed; a page further down cannot be asked for.
_MOST_RANKED = 5000
# What reports state is counted in so many of them, so that a word of every report is no wait.
MOST_COUNTED = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """What reports are narrowed to.

    Attributes:
        publisher: Outlet, any case.
        since: First day of publication.
        until: Last day of publication, inclusive.
        type: A type of event that the report states, as read.
        country: Where it says that an event happens: ISO 3166 code or English name.
        status: Standing of a claim that the report has a part in.
        min_confidence: The least sure statement that counts as one.
    """

    publisher: str | None = None
    since: Day | None = None
    until: Day | None = None
    type: str | None = None
    country: str | None = None
    status: str | None = None
    min_confidence: float = 0.0

    def conditions(self) -> list[ColumnElement[bool]]:
        """Return what holds for the documents meant."""
        c, read, found = s.documents.c, s.statements.c, []
        day = first_day(c.published)
        if self.publisher is not None:
            found.append(same_words(c.publisher, self.publisher))
        if self.since is not None:
            found.append(day >= day_of(self.since))
        if self.until is not None:
            found.append(day <= day_of(self.until, end=True))
        # Each is found once, from its own index, and not for every report anew.
        if self.type is not None:
            found.append(self._in(read.type == self.type))
        if self.country is not None:
            inside = select(s.places.c.place_id).where(
                s.places.c.country == country_code(self.country)
            )
            found.append(self._in(read.place_id.in_(inside)))
        if self.status is not None:
            having = select(read.document_id).select_from(_with_claims())
            found.append(c.document_id.in_(having.where(s.claims.c.status == self.status)))
        return found

    def _in(self, holds: ColumnElement[bool]) -> ColumnElement[bool]:
        stating = select(s.statements.c.document_id).where(holds, *self.events())
        return s.documents.c.document_id.in_(stating)

    def events(self) -> list[ColumnElement[bool]]:
        """Return what holds for the statements that count as events."""
        read = s.statements.c
        # Written as sums, so that SQLite takes the index of what else is asked.
        found = [(read.kind + "") == "event", read.statement_id.not_in(rejected())]
        if self.min_confidence > 0:
            found.append((read.confidence + 0.0) >= self.min_confidence)
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How the reports that hold some words spread; each facet ignores its own filter.

    Attributes:
        publishers: `(outlet, reports)`, most first.
        months: `("2024-05", reports)`, latest first.
        types: `("ASSAULT", reports)`: types of events that they state, most first.
        countries: `("KEN", reports)`: where they say that events happen, most first.
        statuses: `("disputed", reports)`: standing of claims that they have a part in;
            nearly all have one of a single source, which says nothing.
        n_counted: In how many reports, the latest, the last three are counted at most.
    """

    publishers: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    n_counted: int = MOST_COUNTED


def _with_claims() -> FromClause:
    member = s.claim_statements
    return s.statements.join(member, member.c.statement_id == s.statements.c.statement_id).join(
        s.claims, s.claims.c.claim_id == member.c.claim_id
    )


_EVERY = Narrow()


def _asked(dialect: str, words: str) -> dict[str, Any]:
    wanted = search_words(dialect, words)
    if not wanted:
        raise QueryError(repr(words), "no word to search for", "Give letters or digits.")
    return {"words": wanted}


def find_reports(
    store: Store,
    words: str,
    *,
    narrow: Narrow = _EVERY,
    limit: int = 20,
    offset: int = 0,
) -> Page[Hit]:
    """Return reports that hold `words`, best first.

    Args:
        store: The record.
        words: As for `search.search`.
        narrow: What they are narrowed to.
        limit: Most reports, 1 to 1,000,000.
        offset: Reports to skip.

    Raises:
        QueryError: `words` holds nothing to search for, or a day or country is none.
    """
    check_range(limit, offset)
    c = s.documents.c
    within = narrow.conditions()
    with store.reading() as connection:
        dialect = connection.dialect.name
        asked = _asked(dialect, words)
        fitting = select(c.document_id).where(matching_documents(dialect), *within)
        total = connection.scalar(select(func.count()).select_from(fitting.subquery()), asked) or 0
        if within:
            # Words around the hit are cut out for the reports shown alone: they cost most.
            every = {**asked, "limit": _MOST_RANKED, "offset": 0}
            fits = set(connection.scalars(fitting, asked))
            ranked = connection.scalars(rank_documents(dialect), every)
            ids = [key for key in ranked if key in fits][offset : offset + limit]
            these = {**asked, "limit": limit, "offset": 0, "ids": ids}
            found = connection.execute(find_these_documents(dialect), these).all()
        else:
            page = {**asked, "limit": limit, "offset": offset}
            found = connection.execute(find_documents(dialect), page).all()
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


def facets_of(store: Store, words: str, *, narrow: Narrow = _EVERY) -> Facets:
    """Return how reports that hold `words` spread.

    Args:
        store: The record.
        words: As for `search.search`.
        narrow: What they are narrowed to.

    Raises:
        QueryError: As in `find_reports`.
    """
    c, read = s.documents.c, s.statements.c
    with store.reading() as connection:
        dialect = connection.dialect.name
        asked = _asked(dialect, words)
        holds = matching_documents(dialect)

        def count(
            value: ColumnElement[Any], rows: FromClause, n: ColumnElement[int], *where: Any
        ) -> AnySelect:
            return select(value, n.label("n")).select_from(rows).where(*where).group_by(value)

        def most_first(counted: AnySelect) -> tuple[tuple[str, int], ...]:
            column = counted.selected_columns[0]
            ordered = counted.order_by(desc("n"), column).limit(_MOST_VALUES)
            return tuple((row[0], row[1]) for row in connection.execute(ordered, asked))

        def latest(within: Narrow) -> ColumnElement[bool]:
            fitting = within.conditions()
            some = (
                select(c.document_id)
                .where(holds, *fitting)
                .order_by(c.published.desc(), c.document_id)
                .limit(MOST_COUNTED)
            )
            return read.document_id.in_(list(connection.scalars(some, asked)))

        month = func.substr(first_day(c.published), 1, 7)
        months = count(
            month, s.documents, func.count(), holds, c.published.is_not(None),
            *replace(narrow, since=None, until=None).conditions(),
        )  # fmt: skip
        by_month = connection.execute(months.order_by(month.desc()).limit(_MOST_VALUES), asked)
        reports = func.count(func.distinct(read.document_id))
        events = narrow.events()
        placed = s.statements.join(s.places, s.places.c.place_id == read.place_id)
        return Facets(
            publishers=most_first(
                count(
                    c.publisher, s.documents, func.count(), holds,
                    *replace(narrow, publisher=None).conditions(),
                )
            ),
            months=tuple((row[0], row[1]) for row in by_month),
            types=most_first(
                count(read.type, s.statements, reports, latest(replace(narrow, type=None)), *events)
            ),
            countries=most_first(
                count(
                    s.places.c.country, placed, reports, latest(replace(narrow, country=None)),
                    s.places.c.country != "", *events,
                )
            ),
            statuses=most_first(
                count(
                    s.claims.c.status, _with_claims(), reports,
                    s.claims.c.status != "single_source", latest(replace(narrow, status=None)),
                )
            ),
        )  # fmt: skip
