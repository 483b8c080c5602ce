"""Write a STIX 2.1 bundle: actors, places, incidents, relationships, a report for each report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, BinaryIO
from uuid import UUID, uuid5

from onrecord.record.rows import ActorRow, DocumentRow, EventRow, RelationRow
from onrecord.show.export.codes import alpha2
from onrecord.show.export.source import Source
from onrecord.show.export.tables import text_stream
from onrecord.show.safe import json_text

# Identifiers are made from ours, so that an export of the same record is the same bundle.
_NAMESPACE = UUID("6f0f5f0e-6c55-5d5b-9a4e-3d0a0c6f7e11")
_CLASSES = {
    "person": "individual", "organisation": "organization", "armed_group": "group",
    "government": "organization", "country": "group", "media": "organization",
    "company": "organization", "people": "class",
}  # fmt: skip
_UNDATED = "1970-01-01T00:00:00.000Z"

StixObject = dict[str, Any]


def write_stix(source: Source, table: str, out: BinaryIO) -> int:
    """Write asserted events and relations between named actors; return how many objects.

    An event is an `incident`; who acts stands in `performed` and whom it is
    directed at in a `targets` relationship. Times of creation are those of
    publication: STIX has no "unknown", so undated reports say 1970.
    """
    text = text_stream(out)
    bundle = f"bundle--{uuid5(_NAMESPACE, 'bundle')}"
    text.write(f'{{"type": "bundle", "id": "{bundle}", "objects": [')
    count = 0
    for item in _objects(source.narrowed(factuality="asserted")):
        text.write((",\n" if count else "\n") + json_text(item))
        count += 1
    text.write("\n]}\n")
    text.flush()
    text.detach()
    return count


def _objects(source: Source) -> Iterator[StixObject]:
    actors: set[str] = set()
    for actor in source.actors():
        if actor.named:
            actors.add(actor.actor_id)
            yield _identity(actor)
    stated: dict[str, list[str]] = {}
    places: set[str] = set()
    for event in source.events():
        for item in _incident(event, actors, places):
            stated.setdefault(event.document_id, []).append(item["id"])
            # A place is written once but belongs to every report that names it.
            if item["id"] not in places:
                yield item
            if item["type"] == "location":
                places.add(item["id"])
    for relation in source.relations():
        if relation.subject_id in actors and relation.object_id in actors:
            fact = _link(
                relation.statement_id, _identity_id(relation.subject_id or ""),
                relation.type.replace("_", "-"), _identity_id(relation.object_id or ""), relation,
            )  # fmt: skip
            stated.setdefault(relation.document_id, []).append(fact["id"])
            yield fact
    for document in source.documents():
        if document.document_id in stated:  # a report of STIX must refer to something
            yield _report(document, stated[document.document_id])


def _made(kind: str, identifier: str, when: str, **properties: object) -> StixObject:
    held = {name: value for name, value in properties.items() if value not in (None, "", [])}
    return {
        "type": kind, "spec_version": "2.1", "id": _id(kind, identifier), "created": when,
        "modified": when, **held,
    }  # fmt: skip


def _id(kind: str, identifier: str) -> str:
    return f"{kind}--{uuid5(_NAMESPACE, identifier)}"


def _identity_id(actor_id: str) -> str:
    return _id("identity", actor_id)


def _day(day: str | None) -> str:
    return f"{day}T00:00:00.000Z" if day else _UNDATED


def _identity(row: ActorRow) -> StixObject:
    also = f"Also called: {', '.join(row.aliases)}." if row.aliases else ""
    return _made(
        "identity", row.actor_id, _UNDATED, name=row.name,
        identity_class=_CLASSES.get(row.kind, "unspecified"), description=also,
        labels=[row.kind.replace("_", "-")],
        external_references=[{"source_name": "onrecord", "external_id": row.actor_id}],
    )  # fmt: skip


def _incident(row: EventRow, actors: set[str], places: set[str]) -> Iterator[StixObject]:
    name = " ".join(f"{row.actor or '?'} {row.type} {row.mode} {row.recipient or ''}".split())
    incident = _made(
        "incident", row.statement_id, _day(row.published), name=name,
        description=f"{row.sentence} (On the word of: {row.chain}.)",
        labels=[label for label in (row.type.lower(), row.mode) if label],
        confidence=round(row.confidence * 100),
        external_references=[{"source_name": "onrecord", "external_id": row.statement_id}],
    )  # fmt: skip
    yield incident
    if row.actor_id in actors:
        yield _link(
            f"{row.statement_id}/actor", _identity_id(row.actor_id or ""), "performed",
            incident["id"], row,
        )  # fmt: skip
    if row.recipient_id in actors:
        yield _link(
            f"{row.statement_id}/recipient", incident["id"], "targets",
            _identity_id(row.recipient_id or ""), row,
        )  # fmt: skip
    located = row.lat is not None and row.lon is not None
    if row.place_id and (located or row.place_country):
        location = _made(
            "location", row.place_id, _UNDATED, name=row.place,
            country=alpha2(row.place_country), administrative_area=row.place_admin1,
            latitude=row.lat if located else None, longitude=row.lon if located else None,
        )  # fmt: skip
        yield location
        yield _link(f"{row.statement_id}/place", incident["id"], "located-at", location["id"], row)


def _link(
    identifier: str, start: str, kind: str, end: str, row: EventRow | RelationRow
) -> StixObject:
    first, last = row.date_from, row.date_to
    return _made(
        "relationship", identifier, _day(row.published), relationship_type=kind, source_ref=start,
        target_ref=end, description=row.sentence, confidence=round(row.confidence * 100),
        start_time=_day(first) if first else None,
        # STIX wants the end after the start; a single day says no more than its start.
        stop_time=_day(last) if last and first and last > first else None,
    )  # fmt: skip


def _report(row: DocumentRow, refs: list[str]) -> StixObject:
    when = _moment(row.published)
    source = {"source_name": row.publisher or "unknown outlet", "external_id": row.document_id}
    if row.uri.startswith(("http://", "https://")):
        source["url"] = row.uri
    return _made(
        "report", row.document_id, when, name=row.title or row.uri, published=when,
        object_refs=list(dict.fromkeys(refs)), external_references=[source],
    )  # fmt: skip


def _moment(moment: datetime | None) -> str:
    if moment is None:
        return _UNDATED
    return f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"
