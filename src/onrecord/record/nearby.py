"""Find the reports that new ones may tell one story with, or share an act or relation with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, or_, select, true

from onrecord.model.claim import PartyView, ReportView, StatementView
from onrecord.record import schema as s
from onrecord.record.comparable import ANCHORS_LENGTH, LEAD_LENGTH
from onrecord.record.components import in_parts
from onrecord.resolve.story_names import story_names


def reports_near(connection: Connection, reports: Collection[ReportView], days: int) -> set[str]:
    """Return the compared reports that may tell one of the stories of `reports`, and these.

    Args:
        connection: A connection to the record.
        reports: Reports.
        days: How far apart two reports of a story are published at most.
    """
    c = s.documents.c
    around = timedelta(days=days)
    found = {report.document_id for report in reports}
    copies = sorted({report.copies for report in reports})
    for some in in_parts(copies):
        found.update(
            connection.scalars(select(c.document_id).where(c.compared, c.story_id.in_(some)))
        )
    dated = [(r.published, r.anchors) for r in reports if r.published is not None]
    for first, last in _stretches(sorted(day for day, _ in dated), around):
        anchors = frozenset[str]().union(*(a for day, a in dated if first <= day <= last))
        in_time = c.published.is_(None) | c.published.between(first - around, last + around)
        found |= _reports_of_anchors(connection, anchors, in_time)
    undated = frozenset[str]().union(*(r.anchors for r in reports if r.published is None))
    found |= _reports_of_anchors(connection, undated, true())
    return found | _reports_naming(connection, reports, around)


def _reports_of_anchors(
    connection: Connection, anchors: frozenset[str], in_time: ColumnElement[bool]
) -> set[str]:
    c, m = s.documents.c, s.mentions.c
    places = {anchor for anchor in anchors if anchor.startswith("pl_")}
    found: set[str] = set()
    for column, ids in ((m.actor_id, anchors - places), (m.place_id, places)):
        for some in in_parts(sorted(ids)):
            found.update(
                connection.scalars(
                    select(m.document_id)
                    .join(s.documents, c.document_id == m.document_id)
                    .where(c.compared, column.in_(some), m.start < ANCHORS_LENGTH, in_time)
                    .distinct()
                )
            )
    return found


def _reports_naming(
    connection: Connection, reports: Collection[ReportView], around: timedelta
) -> set[str]:
    """Return the dated reports whose first lines share a name with one of about their time."""
    c = s.documents.c
    days_of: dict[str, list[datetime]] = defaultdict(list)
    for report in reports:
        if report.published is not None:
            for name in story_names(report.title, report.lead):
                days_of[name].append(report.published)
    found: set[str] = set()
    published = sorted(r.published for r in reports if r.published is not None)
    for first, last in _stretches(published, around):
        rows = connection.execute(
            select(
                c.document_id, c.published, c.title,
                func.substr(c.text, 1, LEAD_LENGTH).label("lead"),
            ).where(c.compared, c.published.between(first - around, last + around))
        )  # fmt: skip
        found.update(
            row.document_id
            for row in rows
            if any(
                abs(row.published - day) <= around
                for name in story_names(row.title, row.lead)
                for day in days_of.get(name, ())
            )
        )
    return found


def _stretches(
    moments: Sequence[datetime], around: timedelta
) -> Iterator[tuple[datetime, datetime]]:
    """Yield first and last of runs of moments whose surroundings touch; `moments` is ordered."""
    start = 0
    for index in range(1, len(moments) + 1):
        if index == len(moments) or moments[index] - moments[index - 1] > 2 * around:
            yield moments[start], moments[index - 1]
            start = index


def reports_of_pairs(connection: Connection, views: Iterable[StatementView]) -> set[str]:
    """Return the reports with relations or acts between parties that `views` speak of too.

    The arms of one state count as one party, as `compare` has it.
    """
    c = s.statements.c
    found: set[str] = set()
    pairs = {
        (subject, object_)
        for view in views
        if view.kind == "relation" or view.date_from is not None
        for subject, object_ in ((_meant(view.subject), _meant(view.object)),)
        if subject is not None and object_ is not None
    }
    for subject, object_ in sorted(pairs):
        for one, other in ((subject, object_), (object_, subject)):
            found.update(
                connection.scalars(
                    select(c.document_id)
                    .where(
                        c.subject_actor_id.in_(_ids_of(one)),
                        c.object_actor_id.in_(_ids_of(other)),
                        or_(c.kind == "relation", c.date_from.is_not(None)),
                    )
                    .distinct()
                )
            )
    return found


def _meant(party: PartyView | None) -> tuple[str, str] | None:
    if party is None or party.actor_id is None or not party.named:
        return None
    return party.actor_id, party.country


def _ids_of(meant: tuple[str, str]) -> Any:
    actor_id, country = meant
    a = s.actors.c
    if not country:
        return [actor_id]
    return select(a.actor_id).where(or_(a.actor_id == actor_id, a.country == country))
