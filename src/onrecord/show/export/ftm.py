"""Write FollowTheMoney entities, one JSON object a line, as Aleph and OpenSanctions load them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from onrecord.record.rows import ActorRow, DocumentRow, EventRow, RelationRow
from onrecord.show.export.codes import alpha2
from onrecord.show.export.source import Source
from onrecord.show.export.tables import text_stream
from onrecord.show.safe import json_text

_SCHEMATA = {
    "person": "Person", "organisation": "Organization", "armed_group": "Organization",
    "government": "PublicBody", "country": "PublicBody", "media": "Organization",
    "company": "Company",
}  # fmt: skip
_BODIES = {"Organization", "PublicBody", "Company"}

Entity = dict[str, Any]


def write_ftm(source: Source, table: str, out: BinaryIO) -> int:
    """Write actors, reports, events and relations; return how many entities.

    FollowTheMoney has no place for "denied" or "planned": only what reports
    assert is written unless `factuality` is asked for. Statements about
    parties without a name of their own stay in the summary.
    """
    text = text_stream(out)
    count = 0
    for entity in _entities(source):
        text.write(json_text(entity) + "\n")
        count += 1
    text.flush()
    text.detach()
    return count


def _entities(source: Source) -> Iterator[Entity]:
    schemata: dict[str, str] = {}
    for actor in source.actors():
        if actor.named:
            schemata[actor.actor_id] = _SCHEMATA.get(actor.kind, "LegalEntity")
            yield _actor(actor, schemata[actor.actor_id])
    for document in source.documents():
        yield _report(document)
    asserted = source.narrowed(factuality="asserted")
    for event in asserted.events():
        yield _event(event, schemata)
    for relation in asserted.relations():
        if relation.subject_id in schemata and relation.object_id in schemata:
            yield _relation(relation, schemata)


def _entity(identifier: str, schema: str, **properties: object) -> Entity:
    held = {
        name: list(value) if isinstance(value, tuple) else [str(value)]
        for name, value in properties.items()
        if value not in (None, "", ())
    }
    return {"id": _key(identifier), "schema": schema, "properties": held}


def _key(identifier: str) -> str:
    return f"onrecord-{identifier}"


def _actor(row: ActorRow, schema: str) -> Entity:
    country = alpha2(row.country).lower()
    where = {"nationality": country} if schema == "Person" else {"country": country}
    return _entity(row.actor_id, schema, name=row.name, alias=row.aliases, **where)


def _report(row: DocumentRow) -> Entity:
    web = row.uri if row.uri.startswith(("http://", "https://")) else ""
    return _entity(
        row.document_id,
        "Article",
        title=row.title or row.uri,
        author=row.author,
        publisher=row.publisher,
        publishedAt="" if row.published is None else row.published.date().isoformat(),
        language="eng" if row.language == "en" else "",
        sourceUrl=web,
    )


def _event(row: EventRow, schemata: dict[str, str]) -> Entity:
    who, whom = row.actor or "?", row.recipient or ""
    involved = tuple(
        _key(party)
        for party in dict.fromkeys((row.actor_id, row.recipient_id))
        if party in schemata
    )
    return _entity(
        row.statement_id,
        "Event",
        name=" ".join(f"{who} {row.type} {row.mode} {whom}".split()),
        summary=row.sentence,
        description=f"On the word of: {row.chain}",
        keywords=tuple(word for word in (row.type, row.mode) if word),
        startDate=row.date_from,
        endDate=row.date_to,
        location=row.place,
        country=alpha2(row.place_country).lower(),
        involved=involved,
        publisher=row.publisher,
        proof=_key(row.document_id),
        recordId=row.statement_id,
    )


def _relation(row: RelationRow, schemata: dict[str, str]) -> Entity:
    subject, object_ = schemata[row.subject_id or ""], schemata[row.object_id or ""]
    first, second = _key(row.subject_id or ""), _key(row.object_id or "")
    shared = {
        "startDate": row.date_from, "endDate": row.date_to, "summary": row.sentence,
        "description": f"On the word of: {row.chain}", "publisher": row.publisher,
        "proof": _key(row.document_id), "recordId": row.statement_id,
    }  # fmt: skip
    if row.type == "leads" and subject == "Person" and object_ in _BODIES:
        return _entity(
            row.statement_id, "Directorship",
            director=first, organization=second, role=row.trigger_text, **shared,
        )  # fmt: skip
    if row.type in ("member_of", "part_of") and object_ in _BODIES:
        return _entity(
            row.statement_id, "Membership",
            member=first, organization=second, role=row.trigger_text, **shared,
        )  # fmt: skip
    return _entity(
        row.statement_id, "UnknownLink",
        subject=first, object=second, role=row.type.replace("_", " "), **shared,
    )  # fmt: skip
