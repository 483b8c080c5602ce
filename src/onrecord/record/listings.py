"""List what is counted rather than stated: actors, documents, sources, reviews."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Table, func, or_, select

from onrecord.record import schema as s
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
from onrecord.record.rows import ActorRow, DocumentRow, Page, ReviewRow, SourceRow
from onrecord.record.store import Store
from onrecord.record.views import view_table

_MOST_ALIASES = 12
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
    found: list[ColumnElement[bool]] = one_of(c.kind, kind, fold=str.lower)
    if name is not None:
        folded = s.aliases.c.normal.contains(fold_name(name), autoescape=True)
        known = select(s.aliases.c.actor_id).where(folded)
        found.append(or_(c.actor_id == name, c.actor_id.in_(known)))
    if country is not None:
        found.append(c.country == country_code(country))
    if sector is not None:
        found.append(
            ("," + c.sector + ",").contains(f",{sector.strip().upper()},", autoescape=True)
        )
    if named is not None:
        found.append(c.named == named)
    if document is not None:
        here = select(s.entities.c.actor_id).where(s.entities.c.document_id == document)
        found.append(c.actor_id.in_(here))
    # Counted for all at once, from one index.
    m = s.mentions.c.actor_id
    mentioned = select(m, func.count().label("n")).group_by(m).subquery("mentioned")
    n_mentions = func.coalesce(mentioned.c.n, 0)
    with store.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(s.actors).where(*found)) or 0
        ids = list(
            connection.scalars(
                select(c.actor_id)
                .outerjoin(mentioned, mentioned.c.actor_id == c.actor_id)
                .where(*found)
                .order_by(n_mentions.desc(), c.name, c.actor_id)
                .limit(limit)
                .offset(offset)
            )
        )
        rows = tuple(actor_row(connection, actor_id) for actor_id in ids)
    return Page(rows, total, limit, offset)


def actor_row(connection: Connection, actor_id: str) -> ActorRow:
    """Return one actor with its names and counts."""
    c = s.actors.c
    actor = connection.execute(
        select(
            s.actors,
            _count(s.mentions, s.mentions.c.actor_id == actor_id).label("n_mentions"),
            _count(s.attributions, s.attributions.c.source_actor_id == actor_id).label("n_quotes"),
            _count(
                s.statements,
                or_(
                    s.statements.c.subject_actor_id == actor_id,
                    s.statements.c.object_actor_id == actor_id,
                ),
            ).label("n_statements"),
            select(func.count(func.distinct(s.entities.c.document_id)))
            .where(s.entities.c.actor_id == actor_id)
            .scalar_subquery()
            .label("n_documents"),
        ).where(c.actor_id == actor_id)
    ).one()
    aliases = connection.scalars(
        select(s.aliases.c.alias)
        .where(s.aliases.c.actor_id == actor_id, s.aliases.c.alias != actor.name)
        .group_by(s.aliases.c.alias)
        .order_by(func.count().desc(), s.aliases.c.alias)
        .limit(_MOST_ALIASES)
    )
    return ActorRow(
        actor_id=actor_id,
        name=actor.name,
        kind=actor.kind,
        country=actor.country,
        sector=actor.sector,
        named=actor.named,
        aliases=tuple(aliases),
        n_documents=actor.n_documents,
        n_mentions=actor.n_mentions,
        n_statements=actor.n_statements,
        n_quotes=actor.n_quotes,
    )


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


def sources(
    store: Store,
    *,
    role: Values | None = None,
    name: str | None = None,
    limit: int = 100,
    offset: int = 0,
) -> Page[SourceRow]:
    """Return everyone the record relies on, most relied on first.

    Args:
        store: The record.
        role: outlet, agency or speaker.
        name: Words that must occur in the name.
        limit: Most rows, 1 to 1,000,000.
        offset: Rows to skip.

    Raises:
        QueryError: A filter does not make sense.
    """
    check_range(limit, offset)
    view = view_table("sources")
    found = one_of(view.c.role, role, fold=str.lower)
    if name is not None:
        found.append(fits_words(view.c.source, name))
    with store.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(view).where(*found)) or 0
        rows = connection.execute(
            select(view)
            .where(*found)
            .order_by(view.c.n_statements.desc(), view.c.source, view.c.role)
            .limit(limit)
            .offset(offset)
        )
        return Page(tuple(SourceRow(**r) for r in rows.mappings()), total, limit, offset)


def reviews(
    store: Store,
    *,
    target: str | None = None,
    reviewer: str | None = None,
    lost: bool = False,
    limit: int = 100,
    offset: int = 0,
) -> Page[ReviewRow]:
    """Return what people said about rows, oldest first.

    Args:
        store: The record.
        target: Row it was said about, or applies to now.
        reviewer: Who said it.
        lost: Only standing reviews that apply to no row any more.
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
        c.reviewer, c.at, c.note, c.undone_by,
    )  # fmt: skip


def _count(table: Table, condition: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(table).where(condition).scalar_subquery()
