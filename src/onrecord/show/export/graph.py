"""Write who stands to whom as GraphML: actors as nodes, events and relations as arrows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

from onrecord.record.rows import EventRow, RelationRow
from onrecord.show.export.source import Source
from onrecord.show.export.tables import text_stream
from onrecord.show.safe import printable

_NODE_KEYS = {
    "name": "string", "kind": "string", "country": "string", "sector": "string",
    "named": "boolean", "n_documents": "int", "n_statements": "int", "members": "string",
}  # fmt: skip
_EDGE_KEYS = {
    "kind": "string", "type": "string", "factuality": "string", "weight": "int",
    "n_documents": "int", "n_sources": "int", "first": "string", "last": "string",
    "statements": "string",
}  # fmt: skip
_Key = tuple[str, str, str, str, str]


@dataclass(slots=True)
class _Arrow:
    """Statements of one sort between two actors.

    Attributes:
        statements: Their identifiers.
        documents: Reports that make them.
        sources: On whose word.
        days: Days they tell of, else of their reports.
    """

    statements: list[str] = field(default_factory=list)
    documents: set[str] = field(default_factory=set)
    sources: set[str] = field(default_factory=set)
    days: list[str] = field(default_factory=list)


def write_graphml(source: Source, table: str, out: BinaryIO) -> int:
    """Write a directed graph and return how many nodes and arrows it has.

    An arrow stands for all statements of one type and factuality from one
    actor to another: `weight` counts them, `statements` names them, so every
    arrow leads back to its sentences. Statements with only one known party
    are no arrows; their actors are nodes.
    """
    arrows = _arrows(source)
    linked = {end for key in arrows for end in key[:2]}
    text = text_stream(out)
    text.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    text.write('<graphml xmlns="http://graphml.graphdrawing.org/xmlns">\n')
    for scope, keys in (("node", _NODE_KEYS), ("edge", _EDGE_KEYS)):
        for name, kind in keys.items():
            text.write(
                f'  <key id="{scope}_{name}" for="{scope}" attr.name="{name}"'
                f' attr.type="{kind}"/>\n'
            )
    text.write('  <graph edgedefault="directed">\n')
    count = 0
    for actor in source.actors():
        if not actor.named and actor.actor_id not in linked:
            continue
        values = {name: getattr(actor, name) for name in _NODE_KEYS}
        values["members"] = " ".join(actor.member_ids)
        text.write(f"    <node id={quoteattr(actor.actor_id)}>")
        text.write("".join(_attributes("node", values)) + "</node>\n")
        count += 1
    for number, ((start, end, kind, type_, factuality), arrow) in enumerate(sorted(arrows.items())):
        values = {
            "kind": kind,
            "type": type_,
            "factuality": factuality,
            "weight": len(arrow.statements),
            "n_documents": len(arrow.documents),
            "n_sources": len(arrow.sources),
            "first": min(arrow.days, default=""),
            "last": max(arrow.days, default=""),
            "statements": " ".join(arrow.statements),
        }
        text.write(
            f'    <edge id="e{number}" source={quoteattr(start)} target={quoteattr(end)}>'
            + "".join(_attributes("edge", values))
            + "</edge>\n"
        )
        count += 1
    text.write("  </graph>\n</graphml>\n")
    text.flush()
    text.detach()
    return count


def _arrows(source: Source) -> dict[_Key, _Arrow]:
    arrows: dict[_Key, _Arrow] = {}
    for event in source.events():
        if event.actor_id and event.recipient_id:
            key = (event.actor_id, event.recipient_id, "event", event.type, event.factuality)
            _add(arrows.setdefault(key, _Arrow()), event)
    for fact in source.relations():
        if fact.subject_id and fact.object_id:
            key = (fact.subject_id, fact.object_id, "relation", fact.type, fact.factuality)
            _add(arrows.setdefault(key, _Arrow()), fact)
    return arrows


def _add(arrow: _Arrow, row: EventRow | RelationRow) -> None:
    arrow.statements.append(row.statement_id)
    arrow.documents.add(row.document_id)
    arrow.sources.add(row.says)
    day = row.date_from or row.date_to or row.published
    if day:
        arrow.days.append(day)


def _attributes(scope: str, values: dict[str, object]) -> Iterator[str]:
    for name, value in values.items():
        if value is None or value == "":
            continue
        shown = str(value).lower() if isinstance(value, bool) else str(value)
        yield f'<data key="{scope}_{name}">{escape(printable(shown))}</data>'
