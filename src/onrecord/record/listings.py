"""List what is counted rather than stated: actors, documents, sources, reviews."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

from onrecord.record import schema as s
from onrecord.record.collectives import members_of
from onrecord.record.components import in_parts
from onrecord.record.dialects import AnySelect, first_day
from onrecord.record.filters import (
    Day,
    Values,
    check_range,
    country_code,
    day_of,
    fits_words,
    fold_name,
    one_of,
    same_words,
)
from onrecord.record.rows import ActorRow, DocumentRow, Page, ReviewRow
from onrecord.record.store import Store

_MOST_ALIASES = 12
_MOST_VALUES = 12
_AT_ONCE = 500


def actors(
    store: Store,
    *,
    name: str | None = None,
    kind: Values | None = None,
    country: str | None = None,
    sector: str | None = None,
    named: bool | None = True,
    document: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> Page[ActorRow]:
    """Return actors, most mentioned first.

    Args:
        store: The record.
        name: Words that must occur in one of its names, any case, accents aside; or an actor id.
        kind: person, organisation, armed_group, government, country, media, company, people, other.
        country: ISO 3166 alpha-3, alpha-2 or English name.
        sector: PLOVER sector code, e.g. "REB".
        named: True for those with a proper name, False for the others, None for all.
        document: Only those that this document speaks of.
        limit: Most rows, 1 to 1,000,000.
        offset: Rows to skip.

    Raises:
        QueryError: A filter does not make sense.
    """
    check_range(limit, offset)
    c = s.actors.c
    found = _known_by(name, named, document)
    found += one_of(c.kind, kind, fold=str.lower)
    if country is not None:
        found.append(c.country == country_code(country))
    if sector is not None:
        found.append(
            ("," + c.sector + ",").contains(f",{sector.strip().upper()},", autoescape=True)
        )
    # Counted for all at once, from one index.
    m = s.mentions.c.actor_id
    mentioned = select(m, func.count().label("n")).group_by(m).subquery("mentioned")
    n_mentions = func.coalesce(mentioned.c.n, 0)
    with store.reading() as connection:
        # Names are looked through once for the page and the total.
        shown = connection.execute(
            select(c.actor_id, func.count().over().label("total"))
            .outerjoin(mentioned, mentioned.c.actor_id == c.actor_id)
            .where(*found)
            .order_by(n_mentions.desc(), c.name, c.actor_id)
            .limit(limit)
            .offset(offset)
        ).all()
        total = shown[0].total if shown else connection.scalar(
            select(func.count()).select_from(s.actors).where(*found)
        ) or 0  # fmt: skip
        rows = actor_rows(connection, [row.actor_id for row in shown])
    return Page(rows, total, limit, offset)


def _known_by(
    name: str | None, named: bool | None, document: str | None
) -> list[ColumnElement[bool]]:
    c = s.actors.c
    found: list[ColumnElement[bool]] = []
    if name is not None:
        folded = s.aliases.c.normal.contains(fold_name(name), autoescape=True)
        known = select(s.aliases.c.actor_id).where(folded)
        found.append(or_(c.actor_id == name, c.actor_id.in_(known)))
    if named is not None:
        found.append(c.named == named)
    if document is not None:
        here = select(s.entities.c.actor_id).where(s.entities.c.document_id == document)
        found.append(c.actor_id.in_(here))
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorFacets:
    """How actors spread, `(value, actors)`, most first; each facet ignores its own filter.

    Attributes:
        kinds: person, organisation, armed_group, ...
        sectors: PLOVER codes; an actor of several counts in each.
        countries: ISO 3166 alpha-3 codes.
    """

    kinds: tuple[tuple[str, int], ...]
    sectors: tuple[tuple[str, int], ...]
    countries: tuple[tuple[str, int], ...]


def actor_facets(
    store: Store,
    *,
    name: str | None = None,
    kind: Values | None = None,
    country: str | None = None,
    sector: str | None = None,
    named: bool | None = True,
    document: str | None = None,
) -> ActorFacets:
    """Return how the actors that fit spread; arguments and errors as for `actors`."""
    c = s.actors.c
    kinds = kind.split(",") if isinstance(kind, str) else kind
    chosen = {
        "kind": None if kinds is None else {word.strip().lower() for word in kinds},
        "sector": None if sector is None else {sector.strip().upper()},
        "country": None if country is None else {country_code(country)},
    }
    # All sorts of actors are few beside the actors: names are looked through once.
    sorts = (
        select(c.kind, c.sector, c.country, func.count().label("n"))
        .where(*_known_by(name, named, document))
        .group_by(c.kind, c.sector, c.country)
    )
    counted: dict[str, Counter[str]] = {facet: Counter() for facet in chosen}
    with store.reading() as connection:
        for row in connection.execute(sorts).all():
            sectors = [word.strip() for word in row.sector.split(",")]
            values = {"kind": [row.kind], "sector": sectors, "country": [row.country]}
            failed = [
                facet
                for facet, words in chosen.items()
                if words is not None and words.isdisjoint(values[facet])
            ]
            for facet, words in values.items():
                if not failed or failed == [facet]:
                    counted[facet].update(dict.fromkeys(filter(None, words), row.n))
    kinds_, sectors_, countries = (
        tuple(sorted(counts.items(), key=lambda value: (-value[1], value[0]))[:_MOST_VALUES])
        for counts in counted.values()
    )
    return ActorFacets(kinds=kinds_, sectors=sectors_, countries=countries)


def actor_rows(connection: Connection, ids: Sequence[str]) -> tuple[ActorRow, ...]:
    """Return actors with their names and counts, in the order of `ids`."""
    found: dict[str, ActorRow] = {}
    for some in in_parts(ids):
        a, e = s.actors.c, s.entities.c
        n_mentions = _by_actor(connection, s.mentions.c.actor_id, some)
        n_quotes = _by_actor(connection, s.attributions.c.source_actor_id, some)
        read = s.statements.c
        n_subject = _by_actor(connection, read.subject_actor_id, some)
        n_object = _by_actor(connection, read.object_actor_id, some)
        # Who attacks himself takes part once.
        itself = (read.subject_actor_id == read.object_actor_id,)
        n_both = _by_actor(connection, read.subject_actor_id, some, *itself)
        reports = func.count(func.distinct(e.document_id))
        n_documents = _by_actor(connection, e.actor_id, some, count=reports)
        aliases = _aliases(connection, some)
        members = members_of(connection, some)
        for row in connection.execute(select(s.actors).where(a.actor_id.in_(some))):
            key = row.actor_id
            found[key] = ActorRow(
                actor_id=key,
                name=row.name,
                kind=row.kind,
                country=row.country,
                sector=row.sector,
                named=row.named,
                aliases=tuple(name for name in aliases[key] if name != row.name)[:_MOST_ALIASES],
                n_documents=n_documents[key],
                n_mentions=n_mentions[key],
                n_statements=n_subject[key] + n_object[key] - n_both[key],
                n_quotes=n_quotes[key],
                members=tuple(members.get(key, {}).values()),
                member_ids=tuple(members.get(key, {})),
            )
    return tuple(found[actor_id] for actor_id in ids if actor_id in found)


def _by_actor(
    connection: Connection,
    actor_id: ColumnElement[str],
    ids: Sequence[str],
    *found: ColumnElement[bool],
    count: ColumnElement[int] | None = None,
) -> Counter[str]:
    counted = func.count() if count is None else count
    rows = select(actor_id, counted).where(actor_id.in_(ids), *found).group_by(actor_id)
    return Counter({row[0]: row[1] for row in connection.execute(rows)})


def _aliases(connection: Connection, ids: Sequence[str]) -> dict[str, list[str]]:
    """Return the names of actors, most used first."""
    c = s.aliases.c
    names: dict[str, list[str]] = defaultdict(list)
    for row in connection.execute(
        select(c.actor_id, c.alias)
        .where(c.actor_id.in_(ids))
        .group_by(c.actor_id, c.alias)
        .order_by(c.actor_id, func.count().desc(), c.alias)
    ):
        names[row.actor_id].append(row.alias)
    return names


def documents(
    store: Store,
    *,
    publisher: str | None = None,
    status: Values | None = None,
    since: Day | None = None,
    until: Day | None = None,
    title: str | None = None,
    actor: str | None = None,
    copies: bool = True,
    limit: int = 100,
    offset: int = 0,
) -> Page[DocumentRow]:
    """Return reports, latest published first.

    Args:
        store: The record.
        publisher: Outlet, any case.
        status: read, skipped, failed.
        since: First day of publication.
        until: Last day of publication, inclusive.
        title: Words that must occur in the title.
        actor: Id of an actor the report speaks of.
        copies: False leaves out near copies of another report.
        limit: Most rows, 1 to 1,000,000.
        offset: Rows to skip.

    Raises:
        QueryError: A filter does not make sense.
    """
    check_range(limit, offset)
    c = s.documents.c
    found: list[ColumnElement[bool]] = one_of(c.status, status, fold=str.lower)
    if publisher is not None:
        found.append(same_words(c.publisher, publisher))
    day = first_day(c.published)
    if since is not None:
        found.append(day >= day_of(since))
    if until is not None:
        found.append(day <= day_of(until, end=True))
    if title is not None:
        found.append(fits_words(c.title, title))
    if actor is not None:
        speaks = select(s.entities.c.document_id).where(s.entities.c.actor_id == actor)
        found.append(c.document_id.in_(speaks))
    if not copies:
        found.append(c.copy_of.is_(None))
    with store.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(s.documents).where(*found)) or 0
        wanted = (
            select(c.document_id)
            .where(*found)
            .order_by(c.published.desc().nulls_last(), c.document_id)
            .limit(limit)
            .offset(offset)
        )
        ids = list(connection.scalars(wanted))
        # Counting is the dear part: it is done for the rows shown only.
        rows = tuple(
            DocumentRow(**row)
            for start in range(0, len(ids), _AT_ONCE)
            for row in connection.execute(
                document_rows()
                .where(c.document_id.in_(ids[start : start + _AT_ONCE]))
                .order_by(c.published.desc().nulls_last(), c.document_id)
            ).mappings()
        )
        return Page(rows, total, limit, offset)


def document_rows() -> AnySelect:
    """Select documents as `DocumentRow` has them."""
    c = s.documents.c

    def stated(kind: str) -> ColumnElement[int]:
        # Without the empty string, SQLite walks all statements of the kind instead of
        # those of the document.
        read = s.statements.c
        of_kind = (read.kind + "") == kind
        return _count(s.statements, (read.document_id == c.document_id) & of_kind)

    return select(
        c.document_id, c.title, c.publisher, c.author, c.published, c.published_precision, c.uri,
        c.language, c.wire_credit, c.dateline, c.copy_of, c.story_id, c.status, c.error,
        func.length(c.text).label("n_characters"),
        stated("event").label("n_events"),
        stated("relation").label("n_relations"),
        stated("quantity").label("n_quantities"),
        _count(s.attributions, s.attributions.c.document_id == c.document_id).label("n_quotes"),
        c.read_at, c.version,
    )  # fmt: skip


def reviews(
    store: Store,
    *,
    target: str | None = None,
    reviewer: str | None = None,
    lost: bool = False,
    batch: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> Page[ReviewRow]:
    """Return what people said about rows, oldest first.

    Args:
        store: The record.
        target: Row it was said about, or applies to now.
        reviewer: Who said it.
        lost: Only standing reviews that apply to no row any more.
        batch: Only those that were given together under this name.
        limit: Most rows, 1 to 1,000,000.
        offset: Rows to skip.
    """
    check_range(limit, offset)
    c = s.reviews.c
    found: list[ColumnElement[bool]] = []
    if target is not None:
        found.append(or_(c.target_id == target, c.applies_to == target))
    if reviewer is not None:
        found.append(c.reviewer == reviewer)
    if batch is not None:
        found.append(c.batch == batch)
    if lost:
        found += [c.applies_to.is_(None), c.undone_by.is_(None), c.verdict != "undo"]
    with store.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(s.reviews).where(*found)) or 0
        rows = connection.execute(
            review_rows().where(*found).order_by(c.number).limit(limit).offset(offset)
        )
        return Page(tuple(ReviewRow(**r) for r in rows.mappings()), total, limit, offset)


def review_rows() -> AnySelect:
    """Select reviews as `ReviewRow` has them."""
    c = s.reviews.c
    return select(
        c.review_id, c.target_kind, c.target_id, c.applies_to, c.verdict, c.field, c.old, c.new,
        c.reviewer, c.at, c.note, c.undone_by, c.batch,
    )  # fmt: skip


def _count(table: Table, condition: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(table).where(condition).scalar_subquery()
