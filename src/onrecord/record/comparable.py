"""Load statements the way `compare` wants them: with their report, parties and chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select
from sqlalchemy.sql.selectable import FromClause

from onrecord.model.claim import LinkView, PartyView, PlaceView, ReportView, StatementView
from onrecord.record import schema as s
from onrecord.record.components import in_parts
from onrecord.record.corrected import as_people_left_them
from onrecord.record.dialects import AnyRow
from onrecord.record.filters import fold_name
from onrecord.record.said import live_reviews

# What a report is about stands in its first lines.
LEAD_LENGTH = 800
# Whom and where it is about takes a little longer to tell.
ANCHORS_LENGTH = 2000
_MOST_ANCHORS = 20
_SHORT_QUOTE = 30
_SIGNATURE = 60
# They stand in too many stories to tell one from another.
_EVERYWHERE = ("country", "media", "people")
_SMALL_PLACES = ("site", "town", "district")
_TIES = ("leads", "member_of", "part_of", "subordinate_to")
"""Relations whose two sides act for each other."""


def load_reports(connection: Connection, document_ids: Iterable[str]) -> dict[str, ReportView]:
    """Return reports by id, without what they state.

    Args:
        connection: A connection to the record.
        document_ids: Which; ids that the record lacks are left out.
    """
    reports: dict[str, ReportView] = {}
    for some in in_parts(sorted(set(document_ids))):
        anchors, quotes = _anchors(connection, some), _quotes(connection, some)
        bonds = _bonds(connection, some)
        c = s.documents.c
        rows = connection.execute(
            select(
                c.document_id, c.publisher, c.published, c.story_id, c.title,
                func.substr(c.text, 1, LEAD_LENGTH).label("lead"),
            ).where(c.document_id.in_(some))
        )  # fmt: skip
        for row in rows:
            reports[row.document_id] = ReportView(
                document_id=row.document_id,
                publisher=row.publisher,
                published=row.published,
                copies=row.story_id or row.document_id,
                title=row.title,
                lead=row.lead,
                anchors=frozenset(anchors[row.document_id][:_MOST_ANCHORS]),
                ties=frozenset(
                    (one.actor_id, other.actor_id)
                    for type_, one, other in bonds[row.document_id]
                    if type_ in _TIES and one.actor_id and other.actor_id
                ),
                quotes=tuple(quotes[row.document_id]),
                bonds=frozenset((one, other) for _, one, other in bonds[row.document_id]),
            )
    return reports


def load_statements(
    connection: Connection,
    reports: dict[str, ReportView],
    only: Collection[str] | None = None,
) -> list[StatementView]:
    """Return what reports state as people left it: rejected rows out, corrected fields in.

    Args:
        connection: A connection to the record.
        reports: The reports, as `load_reports` gives them.
        only: Statement ids to keep; None keeps all.
    """
    views: list[StatementView] = []
    for some in in_parts(sorted(reports)):
        chains = _chains(connection, some)
        rows = [
            row
            for row in connection.execute(_statements().where(s.statements.c.document_id.in_(some)))
            if only is None or row.statement_id in only
        ]
        views += as_people_left_them(
            connection,
            [_view(row, reports[row.document_id], chains[row.statement_id]) for row in rows],
            {row.statement_id: row.attribution_id for row in rows},
        )
    return views


def rejected() -> Any:
    """Select the rows that a person rejected and nobody took back."""
    live = live_reviews().subquery()
    return select(live.c.applies_to).where(live.c.verdict == "reject")


def _anchors(connection: Connection, document_ids: Sequence[str]) -> dict[str, list[str]]:
    """Return for each report the actors and small places of its beginning, in order."""
    m = s.mentions.c
    joined = s.mentions.outerjoin(s.actors, s.actors.c.actor_id == m.actor_id).outerjoin(
        s.places, s.places.c.place_id == m.place_id
    )
    actor = and_(s.actors.c.named, s.actors.c.kind.not_in(_EVERYWHERE))
    place = s.places.c.kind.in_((*_SMALL_PLACES, "unknown"))
    rows = connection.execute(
        select(m.document_id, m.actor_id, m.place_id, actor.label("by_actor"))
        .select_from(joined)
        .where(m.document_id.in_(document_ids), m.start < ANCHORS_LENGTH, or_(actor, place))
        .order_by(m.document_id, m.start, m.end)
    )
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for row in rows:
        found[row.document_id][row.actor_id if row.by_actor else row.place_id] = None
    return defaultdict(list, {key: list(value) for key, value in found.items()})


def _bonds(
    connection: Connection, document_ids: Sequence[str]
) -> dict[str, list[tuple[str, PartyView, PartyView]]]:
    """Return the relations of each report that bind two: type, who, whom."""
    c = s.statements.c
    rows = connection.execute(
        select(
            c.document_id, c.type, c.subject_text, c.subject_actor_id, c.object_text,
            c.object_actor_id, *_party_columns("subject", _SUBJECT),
            *_party_columns("object", _OBJECT),
        )
        .join(_SUBJECT, _SUBJECT.c.actor_id == c.subject_actor_id)
        .join(_OBJECT, _OBJECT.c.actor_id == c.object_actor_id)
        .where(
            c.document_id.in_(document_ids),
            c.kind == "relation",
            c.type.in_((*_TIES, "founded")),
            c.factuality == "asserted",
            c.subject_actor_id != c.object_actor_id,
        )
    )  # fmt: skip
    found: dict[str, list[tuple[str, PartyView, PartyView]]] = defaultdict(list)
    for row in rows:
        one, other = _party(row, "subject"), _party(row, "object")
        if one is not None and other is not None:
            # Wording differs from place to place; who it is does not.
            pair = replace(one, text=""), replace(other, text="")
            found[row.document_id].append((row.type, *pair))
    return found


def _quotes(connection: Connection, document_ids: Sequence[str]) -> dict[str, list[str]]:
    a = s.attributions.c
    found: dict[str, list[str]] = defaultdict(list)
    rows = connection.execute(
        select(a.document_id, a.content_text)
        .where(
            a.document_id.in_(document_ids),
            a.kind == "direct",
            func.length(a.content_text) >= _SHORT_QUOTE,
        )
        .order_by(a.document_id, a.content_start, a.attribution_id)
    )
    for row in rows:
        found[row.document_id].append(fold_name(row.content_text)[:_SIGNATURE])
    return found


def _chains(connection: Connection, document_ids: Sequence[str]) -> dict[str, list[LinkView]]:
    link = s.chain.c
    found: dict[str, list[LinkView]] = defaultdict(list)
    rows = connection.execute(
        select(
            link.statement_id,
            link.name,
            link.role,
            link.named,
            link.actor_id,
            s.entities.c.titles,
        )
        .join(s.statements, s.statements.c.statement_id == link.statement_id)
        .outerjoin(s.entities, s.entities.c.entity_id == link.entity_id)
        .where(s.statements.c.document_id.in_(document_ids))
        .order_by(link.statement_id, link.position)
    )
    for row in rows:
        found[row.statement_id].append(
            LinkView(row.name, row.role, row.named, row.actor_id, tuple(row.titles or ()))
        )
    return found


_SUBJECT, _OBJECT = s.actors.alias("subject_actor"), s.actors.alias("object_actor")


def _statements() -> Any:
    c, documents = s.statements.c, s.documents.c
    return (
        select(
            *(c[name] for name in (
                "statement_id", "document_id", "kind", "type", "mode", "trigger_text",
                "subject_text", "subject_actor_id", "object_text", "object_actor_id", "counted",
                "value_low", "value_high", "unit", "bound", "date_from", "date_to",
                "date_precision", "place_text", "place_id", "factuality", "accusation_id",
                "attribution_id", "confidence",
            )),
            (c.trigger_start - c.start).label("at"),
            c.start,
            func.substr(documents.text, c.start + 1, c.end - c.start).label("sentence"),
            s.attributions.c.kind.label("attribution_kind"),
            *_party_columns("subject", _SUBJECT),
            *_party_columns("object", _OBJECT),
            s.places.c.name.label("place_name"),
            s.places.c.kind.label("place_kind"),
            s.places.c.country.label("place_country"),
            s.places.c.admin1.label("place_admin1"),
        )
        .select_from(
            s.statements.join(s.documents, documents.document_id == c.document_id)
            .outerjoin(_SUBJECT, _SUBJECT.c.actor_id == c.subject_actor_id)
            .outerjoin(_OBJECT, _OBJECT.c.actor_id == c.object_actor_id)
            .outerjoin(s.places, s.places.c.place_id == c.place_id)
            .outerjoin(s.attributions, s.attributions.c.attribution_id == c.attribution_id)
        )
        .where(c.statement_id.not_in(rejected()))
        .order_by(c.statement_id)
    )  # fmt: skip


def _party_columns(role: str, actor: FromClause) -> list[Any]:
    return [
        actor.c[name].label(f"{role}_{name}")
        for name in ("name", "kind", "country", "sector", "named")
    ]


def _view(row: AnyRow, report: ReportView, chain: list[LinkView]) -> StatementView:
    return StatementView(
        statement_id=row.statement_id,
        report=report,
        kind=row.kind,
        type=row.type,
        trigger=row.trigger_text,
        sentence=row.sentence,
        chain=tuple(chain) or (LinkView(report.publisher or "unknown outlet", "outlet",
                                        bool(report.publisher)),),
        at=max(row.at, 0),
        start=row.start,
        subject=_party(row, "subject"),
        object=_party(row, "object"),
        mode=row.mode,
        counted=row.counted,
        low=row.value_low,
        high=row.value_high,
        unit=row.unit,
        bound=row.bound,
        date_from=row.date_from,
        date_to=row.date_to,
        precision=row.date_precision,
        place=None if row.place_id is None else PlaceView(
            row.place_id, row.place_name or row.place_text, row.place_kind or "unknown",
            row.place_country or "", row.place_admin1 or "",
        ),
        factuality=row.factuality,
        accusation_id=row.accusation_id,
        quoted=row.attribution_kind == "direct",
        confidence=row.confidence,
    )  # fmt: skip


def _party(row: AnyRow, role: str) -> PartyView | None:
    columns = row._mapping
    text = columns[f"{role}_text"]
    actor_id = columns[f"{role}_actor_id"]
    if actor_id is None:
        # Words nobody could place say that somebody is meant, not who.
        return PartyView(None, text, text, named=False) if text else None
    return PartyView(
        actor_id,
        columns[f"{role}_name"] or text,
        text,
        columns[f"{role}_kind"] or "",
        columns[f"{role}_country"] or "",
        columns[f"{role}_sector"] or "",
        bool(columns[f"{role}_named"]),
    )
