"""Find reports by words and count how they spread: outlets, months, and what they state.

All reports that hold the words are looked at once: which filters each of them
fails says both whether it is shown and in which facets it counts.
"""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, exists, func, or_, select, union, union_all
from sqlalchemy.sql.selectable import FromClause

from onrecord.errors import QueryError
from onrecord.record import schema as s
from onrecord.record.comparable import rejected
from onrecord.record.dialects import (
    AnyRow,
    AnySelect,
    find_these_documents,
    rank_documents,
    search_words,
)
from onrecord.record.filters import Day, check_range, country_code, day_of
from onrecord.record.rows import Hit, Page
from onrecord.record.store import Store

_MOST_VALUES = 12
_AT_ONCE = 500
# Of all actors: a kind of more is found report by report.
_COMMON = 0.1
# What reports state is counted in so many of them, so that a word of every report is no wait.
MOST_COUNTED = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrow:
    """What reports are narrowed to.

    Attributes:
        publisher: Outlet, any case.
        since: First day of publication.
        until: Last day of publication, inclusive.
        type: A type of event that the report states, as read.
        kind: A kind of actor who takes part in an event that it states.
        country: Where it says that an event happens: ISO 3166 code or English name.
        status: Standing of a claim that the report has a part in.
        min_confidence: The least sure statement that counts as one.
        min_claim_confidence: The least sure claim that counts as one.
    """

    publisher: str | None = None
    since: Day | None = None
    until: Day | None = None
    type: str | None = None
    kind: str | None = None
    country: str | None = None
    status: str | None = None
    min_confidence: float = 0.0
    min_claim_confidence: float = 0.0

    def tests(self, connection: Connection) -> dict[str, Callable[[AnyRow], bool]]:
        """Return for each filter that is given whether a report passes it."""
        found: dict[str, Callable[[AnyRow], bool]] = {}
        if self.publisher is not None:
            outlet = self.publisher.strip().lower()
            found["publisher"] = lambda row: row.publisher.lower() == outlet
        if self.since is not None or self.until is not None:
            first = "" if self.since is None else day_of(self.since)
            last = "9999" if self.until is None else day_of(self.until, end=True)
            found["days"] = lambda row: row.day is not None and first <= row.day <= last
        for name, asked in self._stating(connection).items():
            # Each is found once, from an index that need not lead to the rows.
            found[name] = _among(set(connection.scalars(asked).all()))
        return found

    def _stating(self, connection: Connection) -> dict[str, AnySelect]:
        """Return the selects of the reports that pass each filter on what they state."""
        read = s.statements.c
        # Of a sum, so that SQLite takes the index of what is asked and not that of the reports.
        report = (read.document_id + "").label("document_id")
        events = select(report).where(*self.events(connection)).distinct()
        found = {}
        if self.type is not None:
            found["type"] = events.where(read.type == self.type)
        if self.kind is not None:
            found["kind"] = self._with_party(connection, self.kind, events)
        if self.country is not None:
            p = s.places.c
            inside = select(p.place_id).where(p.country == country_code(self.country))
            found["country"] = events.where(read.place_id.in_(inside))
        if self.status is not None:
            having = select(report).distinct().select_from(_with_claims())
            found["status"] = having.where(s.claims.c.status == self.status, *self.claims())
        return found

    def _with_party(self, connection: Connection, kind: str, events: AnySelect) -> AnySelect:
        """Return the select of the reports with an event in which an actor of `kind` takes part."""
        a, d, read = s.actors.c, s.documents.c, s.statements.c
        such = select(a.actor_id).where(a.kind == kind)
        parties = (read.subject_actor_id, read.object_actor_id)
        n_such, n_actors = (
            connection.scalar(select(func.count()).select_from(some.subquery())) or 0
            for some in (such, select(a.actor_id))
        )
        if n_such <= n_actors * _COMMON:
            either = union(*(events.where(party.in_(such)) for party in parties))
            return select(either.subquery())
        # Nearly every report has one: it is quicker to look into each until one is found.
        here = exists().where(
            read.document_id == d.document_id,
            or_(*(party.in_(such) for party in parties)),
            *self.events(connection, by_report=True),
        )
        return select(d.document_id).where(here)

    def claims(self) -> list[ColumnElement[bool]]:
        """Return what holds for the claims that count as such."""
        least = self.min_claim_confidence
        return [s.claims.c.confidence >= least] if least > 0 else []

    def events(
        self, connection: Connection, *, by_report: bool = False
    ) -> list[ColumnElement[bool]]:
        """Return what holds for the statements that count as events.

        Args:
            connection: A connection to the record.
            by_report: Whether they are asked for by their reports.
        """
        read = s.statements.c
        # Written as sums, so that SQLite takes the index of what else is asked.
        found = [(read.kind + "") == "event" if by_report else read.kind == "event"]
        if self.min_confidence > 0:
            found.append((read.confidence + 0.0) >= self.min_confidence)
        # Asked of rows only where somebody rejected any: indexes do not know who did.
        if connection.scalar(rejected().limit(1)) is not None:
            found.append(read.statement_id.not_in(rejected()))
        return found


def _among(ids: set[str]) -> Callable[[AnyRow], bool]:
    return lambda row: row.document_id in ids


@dataclass(frozen=True, slots=True, kw_only=True)
class Facets:
    """How the reports that hold some words spread; each facet ignores its own filter.

    Attributes:
        publishers: `(outlet, reports)`, most first.
        months: `("2024-05", reports)`, latest first.
        types: `("ASSAULT", reports)`: types of events that they state, most first.
        kinds: `("armed_group", reports)`: kinds of actors who take part in them, most first.
        countries: `("KEN", reports)`: where they say that events happen, most first.
        statuses: `("disputed", reports)`: standing of claims that they have a part in;
            nearly all have one of a single source, which says nothing.
        n_counted: In how many reports, the latest, the last four are counted at most.
    """

    publishers: tuple[tuple[str, int], ...]
    months: tuple[tuple[str, int], ...]
    types: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]
    statuses: tuple[tuple[str, int], ...]
    n_counted: int = MOST_COUNTED


def _with_claims() -> FromClause:
    member = s.claim_statements
    return s.statements.join(member, member.c.statement_id == s.statements.c.statement_id).join(
        s.claims, s.claims.c.claim_id == member.c.claim_id
    )


_EVERY = Narrow()


class _Matches:
    """The reports that hold some words: those that fit, and those that one filter leaves out."""

    def __init__(self, connection: Connection, words: str, narrow: Narrow) -> None:
        self.connection = connection
        self.dialect = connection.dialect.name
        self.words = search_words(self.dialect, words)
        if not self.words:
            raise QueryError(repr(words), "no word to search for", "Give letters or digits.")
        self.narrow = narrow
        tests = narrow.tests(connection)
        self.fit: list[AnyRow] = []
        self._but: dict[str, list[AnyRow]] = defaultdict(list)
        asked = rank_documents(self.dialect), {"words": self.words}
        for row in connection.execute(*asked).all():
            failed = [name for name, passes in tests.items() if not passes(row)]
            if not failed:
                self.fit.append(row)
            elif len(failed) == 1:
                self._but[failed[0]].append(row)

    def but(self, name: str) -> list[AnyRow]:
        """Return the reports that fit all filters but the one called `name`."""
        return self.fit + self._but[name]

    def page(self, limit: int, offset: int) -> Page[Hit]:
        """Return some of those that fit, best first."""
        best = heapq.nsmallest(
            offset + limit, self.fit, key=lambda row: (row.rank, row.document_id)
        )[offset:]
        c = s.documents.c
        titles: dict[str, str] = {}
        snippets: dict[str, str] = {}
        for start in range(0, len(best), _AT_ONCE):
            some = best[start : start + _AT_ONCE]
            numbers = [row.number for row in some]
            titled = select(c.document_id, c.title).where(c.number.in_(numbers))
            titles |= {row.document_id: row.title for row in self.connection.execute(titled)}
            # Words around the hit are cut out for the reports shown alone: they cost most.
            these = {"words": self.words, "limit": len(some), "offset": 0, "numbers": numbers}
            found = self.connection.execute(find_these_documents(self.dialect), these)
            snippets |= {row.document_id: row.snippet for row in found}
        hits = tuple(
            Hit(
                kind="document", id=row.document_id, name=titles[row.document_id],
                snippet=" ".join(snippets[row.document_id].split()), publisher=row.publisher,
                published=row.day, rank=row.rank,
            )
            for row in best
        )  # fmt: skip
        return Page(hits, len(self.fit), limit, offset)

    def facets(self) -> Facets:
        """Return how the reports spread."""
        read, reports = s.statements.c, func.count(func.distinct(s.statements.c.document_id))
        events = self.narrow.events(self.connection, by_report=True)
        # A sum again: else SQLite begins with all places.
        placed = s.statements.join(s.places, s.places.c.place_id == read.place_id + "")
        months = Counter(row.day[:7] for row in self.but("days") if row.day)
        fit = _latest(self.fit)
        latest = {
            name: read.document_id.in_([row.document_id for row in _latest(fit + self._but[name])])
            for name in ("type", "kind", "country", "status")
        }
        parties = union_all(
            *(
                select(s.actors.c.kind, read.document_id)
                .join(s.actors, s.actors.c.actor_id == party)
                .where(latest["kind"], *events)
                for party in (read.subject_actor_id, read.object_actor_id)
            )
        ).subquery("parties")
        n_reports = func.count(func.distinct(parties.c.document_id))
        return Facets(
            publishers=_most(Counter(row.publisher for row in self.but("publisher")).items()),
            months=tuple(sorted(months.items(), reverse=True)[:_MOST_VALUES]),
            types=self._count(read.type, reports, s.statements, latest["type"], *events),
            kinds=self._count(parties.c.kind, n_reports, parties),
            countries=self._count(
                s.places.c.country, reports, placed, latest["country"],
                s.places.c.country != "", *events,
            ),
            statuses=self._count(
                s.claims.c.status, reports, _with_claims(), latest["status"],
                s.claims.c.status != "single_source", *self.narrow.claims(),
            ),
        )  # fmt: skip

    def _count(
        self, value: ColumnElement[str], n: ColumnElement[int], rows: FromClause, *where: Any
    ) -> tuple[tuple[str, int], ...]:
        counted = select(value, n).select_from(rows).where(*where).group_by(value)
        return _most((row[0], row[1]) for row in self.connection.execute(counted))


def _latest(rows: list[AnyRow]) -> list[AnyRow]:
    if len(rows) <= MOST_COUNTED:
        return rows
    return heapq.nlargest(MOST_COUNTED, rows, key=lambda row: (row.day or "", row.document_id))


def _most(counted: Iterable[tuple[str, int]]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(counted, key=lambda value: (-value[1], value[0]))[:_MOST_VALUES])


def search_reports(
    store: Store,
    words: str,
    *,
    narrow: Narrow = _EVERY,
    limit: int = 20,
    offset: int = 0,
) -> tuple[Page[Hit], Facets]:
    """Return reports that hold `words`, best first, and how all of them spread.

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
    with store.reading() as connection:
        matches = _Matches(connection, words, narrow)
        return matches.page(limit, offset), matches.facets()


def find_reports(
    store: Store,
    words: str,
    *,
    narrow: Narrow = _EVERY,
    limit: int = 20,
    offset: int = 0,
) -> Page[Hit]:
    """Return the same reports without how they spread; arguments as for `search_reports`."""
    check_range(limit, offset)
    with store.reading() as connection:
        return _Matches(connection, words, narrow).page(limit, offset)
