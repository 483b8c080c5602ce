"""Lay out the statements of a claim beside one another: who says what, on whose word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, case, func, select

from onrecord.record import schema as s
from onrecord.record.claim_columns import STANCE_ORDER
from onrecord.record.claim_rows import ClaimMember
from onrecord.record.components import in_parts
from onrecord.record.dialects import AnyRow, first_day, last_day
from onrecord.record.load import span_of
from onrecord.record.rows import Link

_who, _whom = s.actors.alias("who"), s.actors.alias("whom")


def members_in(connection: Connection, claim_ids: Sequence[str]) -> dict[str, list[ClaimMember]]:
    """Return the statements of claims, by claim id; supporters first."""
    c, member, report = s.statements.c, s.claim_statements.c, s.documents.c
    found: dict[str, list[ClaimMember]] = defaultdict(list)
    for some in in_parts(claim_ids):
        rows = connection.execute(
            select(
                s.claim_statements, *(c[name] for name in (
                    "type", "subject_text", "subject_actor_id", "object_text", "object_actor_id",
                    "trigger_text", "trigger_start", "trigger_end", "kind", "counted",
                    "value_low", "value_high",
                    "time_text", "place_text", "place_id", "factuality", "start", "document_id",
                )),
                _who.c.name.label("who"), _whom.c.name.label("whom"),
                s.places.c.name.label("place"),
                first_day(c.date_from).label("first"), last_day(c.date_to).label("last"),
                func.substr(report.text, c.start + 1, c.end - c.start).label("sentence"),
                report.title, report.publisher, first_day(report.published).label("published"),
                report.copy_of, report.story_id,
            )
            .select_from(
                s.claim_statements.join(s.statements, c.statement_id == member.statement_id)
                .join(s.documents, report.document_id == c.document_id)
                .outerjoin(_who, _who.c.actor_id == c.subject_actor_id)
                .outerjoin(_whom, _whom.c.actor_id == c.object_actor_id)
                .outerjoin(s.places, s.places.c.place_id == c.place_id)
            )
            .where(member.claim_id.in_(some))
            .order_by(
                case(STANCE_ORDER, value=member.stance, else_=9), report.copy_of.is_not(None),
                report.published.nulls_last(), c.document_id, c.start, c.trigger_start,
            )
        ).all()  # fmt: skip
        chains = _chains(connection, sorted({row.statement_id for row in rows}))
        for row in rows:
            found[row.claim_id].append(_member(row, chains.get(row.statement_id, ())))
    return found


def _member(row: AnyRow, chain: Sequence[Link]) -> ClaimMember:
    days = "" if row.first is None and row.last is None else (
        row.first if row.first == row.last else f"{row.first or '…'} to {row.last or '…'}"
    )  # fmt: skip
    figure = row.kind == "quantity"
    return ClaimMember(
        statement_id=row.statement_id,
        stance=row.stance,
        reason=row.reason,
        origin=row.origin,
        origin_name=row.origin_name,
        type=row.type,
        who=row.who or row.subject_text,
        who_id=row.subject_actor_id,
        what="" if figure else row.trigger_text,
        whom=row.whom or row.object_text,
        whom_id=row.object_actor_id,
        how_many=row.trigger_text if figure else "",
        counted=row.counted,
        when=days or row.time_text,
        where=row.place or row.place_text,
        place_id=row.place_id,
        factuality=row.factuality,
        chain=tuple(chain),
        sentence=row.sentence,
        sentence_start=row.start,
        trigger_start=row.trigger_start,
        trigger_end=row.trigger_end,
        document_id=row.document_id,
        title=row.title,
        publisher=row.publisher,
        published=row.published,
        copy_of=row.copy_of,
        story_id=row.story_id,
        value_low=row.value_low if figure else None,
        value_high=row.value_high if figure else None,
        date_from=row.first,
        date_to=row.last,
    )


def _chains(connection: Connection, statement_ids: Sequence[str]) -> dict[str, list[Link]]:
    link = s.chain.c
    chains: dict[str, list[Link]] = defaultdict(list)
    for some in in_parts(statement_ids):
        rows = connection.execute(
            select(s.chain)
            .where(link.statement_id.in_(some))
            .order_by(link.statement_id, link.position)
        )
        for row in rows:
            chains[row.statement_id].append(
                Link(
                    name=row.name,
                    role=row.role,
                    named=row.named,
                    actor_id=row.actor_id,
                    span=span_of(row),
                )
            )
    return chains
