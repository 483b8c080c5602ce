"""Write the record as RDF: N-Quads, the statements of each report in a graph of its own.

Events follow the Simple Event Model, provenance follows PROV, people and
bodies schema.org; what these have no word for is in our own vocabulary,
`urn:onrecord:vocab#`. The graph of a report is the report, so who states
what is never lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from onrecord.record.rows import ActorRow, DocumentRow, EventRow, QuantityRow, RelationRow
from onrecord.show.export.codes import geonames_number
from onrecord.show.export.source import Source
from onrecord.show.export.tables import text_stream

_RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
_PROV = "http://www.w3.org/ns/prov#"
_SCHEMA = "https://schema.org/"
_GEO = "http://www.w3.org/2003/01/geo/wgs84_pos#"
_XSD = "http://www.w3.org/2001/XMLSchema#"
_OURS = "urn:onrecord:vocab#"
_BASE = "urn:onrecord:"

_KINDS = {
    "person": "Person", "organisation": "Organization", "armed_group": "Organization",
    "government": "GovernmentOrganization", "country": "Country",
    "media": "NewsMediaOrganization", "company": "Corporation",
}  # fmt: skip

# Characters that N-Quads wants escaped in a literal, by RDF 1.1 canonical form; the rest of
# the control characters follow as \uXXXX.
_ESCAPES = {
    '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f",
}  # fmt: skip

Quad = tuple[str, str, str, str]


def write_quads(source: Source, table: str, out: BinaryIO) -> int:
    """Write actors, reports, events, relations and figures; return how many quads."""
    text = text_stream(out)
    count = 0
    for subject, predicate, value, graph in _quads(source):
        text.write(f"{subject} {predicate} {value} {graph} .\n" if graph else
                   f"{subject} {predicate} {value} .\n")  # fmt: skip
        count += 1
    text.flush()
    text.detach()
    return count


def _quads(source: Source) -> Iterator[Quad]:
    for actor in source.actors():
        yield from _actor(actor)
    for document in source.documents():
        yield from _document(document)
    places: set[str] = set()
    for event in source.events():
        yield from _event(event, places)
    for relation in source.relations():
        yield from _relation(relation)
    for figure in source.figures():
        yield from _figure(figure, places)


def _actor(row: ActorRow) -> Iterator[Quad]:
    node = _node(row.actor_id)
    yield node, _iri(_RDF_TYPE), _iri(_SEM + "Actor"), ""
    yield node, _iri(_RDF_TYPE), _iri(_SCHEMA + _KINDS.get(row.kind, "Thing")), ""
    yield node, _iri(_LABEL), literal(row.name), ""
    yield node, _iri(_OURS + "kind"), literal(row.kind), ""
    for alias in row.aliases:
        yield node, _iri(_SCHEMA + "alternateName"), literal(alias), ""
    if row.country:
        yield node, _iri(_OURS + "country"), literal(row.country), ""
    if row.sector:
        yield node, _iri(_OURS + "sector"), literal(row.sector), ""
    for member in row.member_ids:
        yield node, _iri(_SCHEMA + "member"), _node(member), ""


def _document(row: DocumentRow) -> Iterator[Quad]:
    node = _node(row.document_id)
    yield node, _iri(_RDF_TYPE), _iri(_SCHEMA + "NewsArticle"), ""
    for name, value in (
        ("headline", row.title), ("author", row.author), ("publisher", row.publisher),
        ("url", row.uri), ("inLanguage", row.language),
    ):  # fmt: skip
        if value:
            yield node, _iri(_SCHEMA + name), literal(value), ""
    if row.published is not None:
        yield node, _iri(_SCHEMA + "datePublished"), _moment(row.published), ""
    if row.copy_of:
        yield node, _iri(_OURS + "nearCopyOf"), _node(row.copy_of), ""


def _stated(row: EventRow | RelationRow | QuantityRow) -> Iterator[Quad]:
    """Return what every statement has: words, chain, days."""
    node, graph = _node(row.statement_id), _node(row.document_id)
    yield node, _iri(_OURS + "factuality"), literal(row.factuality), graph
    yield node, _iri(_OURS + "trigger"), literal(row.trigger_text), graph
    yield node, _iri(_PROV + "value"), literal(row.sentence), graph
    yield node, _iri(_PROV + "wasQuotedFrom"), graph, graph
    yield node, _iri(_OURS + "chain"), literal(row.chain), graph
    yield node, _iri(_OURS + "confidence"), _number(row.confidence), graph
    if row.date_from:
        yield node, _iri(_SEM + "hasBeginTimeStamp"), literal(row.date_from, "date"), graph
    if row.date_to:
        yield node, _iri(_SEM + "hasEndTimeStamp"), literal(row.date_to, "date"), graph


def _event(row: EventRow, places: set[str]) -> Iterator[Quad]:
    node, graph = _node(row.statement_id), _node(row.document_id)
    yield node, _iri(_RDF_TYPE), _iri(_SEM + "Event"), graph
    yield node, _iri(_SEM + "eventType"), _iri(f"{_OURS}{row.type}"), graph
    if row.mode:
        yield node, _iri(_OURS + "mode"), literal(row.mode), graph
    for name, party, words in (
        ("actor", row.actor_id, row.actor), ("recipient", row.recipient_id, row.recipient),
    ):  # fmt: skip
        yield from _party(node, graph, name, party, words)
        if party:
            yield node, _iri(_SEM + "hasActor"), _node(party), graph
    yield from _stated(row)
    yield from _place(row, places)


def _relation(row: RelationRow) -> Iterator[Quad]:
    node, graph = _node(row.statement_id), _node(row.document_id)
    yield node, _iri(_RDF_TYPE), _iri(_OURS + "Relation"), graph
    yield node, _iri(_OURS + "relation"), _iri(f"{_OURS}{row.type}"), graph
    yield from _party(node, graph, "subject", row.subject_id, row.subject)
    yield from _party(node, graph, "object", row.object_id, row.object)
    yield from _stated(row)
    # The fact itself, for queries that ask the network; it holds in the report's graph only.
    if row.subject_id and row.object_id and row.factuality == "asserted":
        yield _node(row.subject_id), _iri(f"{_OURS}{row.type}"), _node(row.object_id), graph


def _figure(row: QuantityRow, places: set[str]) -> Iterator[Quad]:
    node, graph = _node(row.statement_id), _node(row.document_id)
    yield node, _iri(_RDF_TYPE), _iri(_OURS + "Figure"), graph
    for name, words in (
        ("figureType", row.type), ("unit", row.unit), ("bound", row.bound),
        ("counted", row.counted),
    ):  # fmt: skip
        if words:
            yield node, _iri(_OURS + name), literal(words), graph
    for name, value in (("low", row.value_low), ("high", row.value_high)):
        if value is not None:
            yield node, _iri(_OURS + name), _number(value), graph
    yield from _party(node, graph, "holder", row.holder_id, row.holder)
    yield from _stated(row)
    yield from _place(row, places)


def _party(
    node: str, graph: str, role: str, actor_id: str | None, words: str | None
) -> Iterator[Quad]:
    if actor_id:
        yield node, _iri(_OURS + role), _node(actor_id), graph
    elif words:
        yield node, _iri(_OURS + role), literal(words), graph


def _place(row: EventRow | QuantityRow, places: set[str]) -> Iterator[Quad]:
    if not row.place_id:
        if row.place:
            yield (
                _node(row.statement_id),
                _iri(_OURS + "place"),
                literal(row.place),
                _node(row.document_id),
            )
        return
    number = geonames_number(row.place_id)
    place = _iri(f"https://sws.geonames.org/{number}/") if number else _node(row.place_id)
    yield _node(row.statement_id), _iri(_SEM + "hasPlace"), place, _node(row.document_id)
    if row.place_id in places:
        return
    places.add(row.place_id)
    yield place, _iri(_RDF_TYPE), _iri(_SEM + "Place"), ""
    yield place, _iri(_LABEL), literal(row.place or row.place_text), ""
    if row.lat is not None and row.lon is not None:
        yield place, _iri(_GEO + "lat"), _number(row.lat), ""
        yield place, _iri(_GEO + "long"), _number(row.lon), ""


def _node(identifier: str) -> str:
    return _iri(_BASE + identifier)


def _iri(address: str) -> str:
    return f"<{address}>"


def literal(text: str, kind: str = "") -> str:
    """Return `text` as an N-Quads literal, of an XML Schema type if one is given."""
    escaped = "".join(_escaped(character) for character in text)
    return f'"{escaped}"' + (f"^^<{_XSD}{kind}>" if kind else "")


def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if character < " " or "\x7f" <= character <= "\x9f":
        return f"\\u{ord(character):04X}"
    if "\ud800" <= character <= "\udfff":  # no Unicode scalar value: RDF cannot hold it
        return "\N{REPLACEMENT CHARACTER}"
    return character


def _number(value: float) -> str:
    return literal(repr(float(value)), "double")


def _moment(moment: datetime) -> str:
    return literal(moment.isoformat(), "dateTime")
