"""Turn one resolved document into rows, table by table; values only."""

from __future__ import annotations

import json
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from onrecord.model.annotation import Sentence
from onrecord.model.document import Document, Furniture, OffsetMap
from onrecord.model.span import Span
from onrecord.model.statement import (
    Party,
    ResolvedAttribution,
    ResolvedDocument,
    Statement,
)
from onrecord.record.filters import fold_name

Row = dict[str, Any]
JOINT = " … "
ARROW = " < "


def document_row(document: Document, version: str, read_at: datetime) -> Row:
    """Return the row of `documents`, less its number and what is known of copies."""
    return {
        "document_id": document.document_id,
        "uri": document.uri,
        "title": document.title,
        "publisher": document.publisher,
        "author": document.author,
        "published": document.published,
        "published_precision": document.published_precision,
        "language": document.language,
        "text": document.text,
        "wire_credit": document.wire_credit,
        "dateline": document.dateline,
        "furniture": [[f.span.start, f.span.end, f.kind, f.value] for f in document.furniture],
        "offsets": pack_offsets(document.offsets),
        "status": document.status,
        "error": document.error,
        "read_at": read_at,
        "version": version,
        "compared": False,
    }


def pack_offsets(offsets: OffsetMap | None) -> bytes | None:
    """Return an offset map as compressed JSON of its steps, which are small and alike."""
    if offsets is None:
        return None
    steps = [
        _steps(offsets.text_offsets),
        _steps(offsets.byte_offsets),
        offsets.byte_length,
        offsets.widths,
    ]
    return zlib.compress(json.dumps(steps, separators=(",", ":")).encode())


def unpack_offsets(packed: bytes | None) -> OffsetMap | None:
    """Return the map that `pack_offsets` packed."""
    if packed is None:
        return None
    text_steps, byte_steps, byte_length, widths = json.loads(zlib.decompress(packed))
    return OffsetMap(_sums(text_steps), _sums(byte_steps), byte_length, tuple(widths))


def unpack_furniture(packed: Iterable[Any]) -> tuple[Furniture, ...]:
    """Return the furniture kept as `[start, end, kind, value]`."""
    return tuple(Furniture(Span(start, end), kind, value) for start, end, kind, value in packed)


def _steps(offsets: tuple[int, ...]) -> list[int]:
    return [b - a for a, b in zip((0, *offsets), offsets, strict=False)]


def _sums(steps: list[int]) -> tuple[int, ...]:
    total, sums = 0, []
    for step in steps:
        total += step
        sums.append(total)
    return tuple(sums)


def sentence_index(sentences: Sequence[Sentence], starts: Sequence[int], span: Span) -> int | None:
    """Return the index of the first sentence that shares a code point with `span`.

    Args:
        sentences: In the order of the text; none overlaps another.
        starts: Where each begins.
        span: What is looked for.
    """
    at = bisect_right(starts, span.start)
    # The one in which it begins, or, when it begins between two, the next.
    for sentence in sentences[max(0, at - 1) : at + 1]:
        if sentence.span.overlaps(span):
            return sentence.index
    return None


class DocumentRows:
    """The rows of one document.

    Args:
        resolved: The document with all that it states.
        actor_of: Actor id of every entity of the document.
    """

    def __init__(self, resolved: ResolvedDocument, actor_of: Mapping[str, str]) -> None:
        self._resolved = resolved
        self._document_id = resolved.document.document_id
        self._text = resolved.document.text
        self._actor_of = actor_of
        self._sentence_starts = [s.span.start for s in resolved.sentences]

    def sentences(self) -> list[Row]:
        """Return the rows of `sentences`."""
        return [
            {
                "document_id": self._document_id,
                "index": sentence.index,
                **_ends("", sentence.span),
                "paragraph": sentence.paragraph,
                "is_title": sentence.is_title,
            }
            for sentence in self._resolved.sentences
        ]

    def entities(self) -> list[Row]:
        """Return the rows of `entities`."""
        return [
            {
                "entity_id": entity.entity_id,
                "document_id": self._document_id,
                "name": entity.name,
                "kind": entity.kind,
                "named": entity.named,
                "country": entity.country,
                "sector": entity.sector,
                "titles": list(entity.titles),
                "members": list(entity.members),
                "actor_id": self._actor_of[entity.entity_id],
            }
            for entity in self._resolved.entities
        ]

    def aliases(self) -> list[Row]:
        """Return the rows of `aliases`; the name of a named entity is always among them."""
        rows = []
        for entity in self._resolved.entities:
            shared = {
                "actor_id": self._actor_of[entity.entity_id],
                "entity_id": entity.entity_id,
                "document_id": self._document_id,
            }
            known = [(alias.alias, alias.how, alias.span) for alias in entity.aliases]
            if entity.name not in {alias for alias, _, _ in known}:
                known.append((entity.name, "spelling", None))
            rows += [
                {
                    **shared,
                    "alias": alias,
                    "normal": fold_name(alias),
                    "how": how,
                    **_ends("", span),
                }
                for alias, how, span in known
            ]
        return rows

    def identity_links(self, at: datetime) -> list[Row]:
        """Return the rows of `identity_links`: why each entity is its actor."""
        return [
            {
                "entity_id": entity.entity_id,
                "actor_id": self._actor_of[entity.entity_id],
                "score": 1.0,
                "reasons": ["same name, kind and country" if entity.named else "unnamed, alone"],
                "how": "name",
                "at": at,
            }
            for entity in self._resolved.entities
        ]

    def places(self) -> list[Row]:
        """Return the rows of `places`."""
        return [
            {
                "place_id": place.place_id,
                "name": place.name,
                "kind": place.kind,
                "country": place.country,
                "admin1": place.admin1,
                "lat": place.lat,
                "lon": place.lon,
                "geonames_id": place.geonames_id,
            }
            for place in self._resolved.places
        ]

    def mentions(self) -> list[Row]:
        """Return the rows of `mentions`."""
        return [
            {
                "mention_id": mention.mention_id,
                "document_id": self._document_id,
                **_ends("", mention.span),
                "text": mention.span.text_in(self._text),
                **_ends("head_", mention.head),
                "kind": mention.kind,
                "form": mention.form,
                "entity_id": mention.entity_id,
                "actor_id": self._actor(mention.entity_id),
                "place_id": mention.place_id,
                "confidence": mention.confidence,
            }
            for mention in self._resolved.mentions
        ]

    def attributions(self) -> list[Row]:
        """Return the rows of `attributions`, parents before children where they are found."""
        by_id = {a.attribution_id: a for a in self._resolved.attributions}
        chains = {
            statement.attribution_id: ARROW.join(link.name for link in statement.chain)
            for statement in self._resolved.statements
            if statement.attribution_id is not None
        }
        rows = []
        for attribution in self._resolved.attributions:
            content = attribution.content
            rows.append(
                {
                    "attribution_id": attribution.attribution_id,
                    "document_id": self._document_id,
                    "sentence_index": self._sentence_index(content[0]),
                    **self._party("source", attribution.source),
                    **self._read("cue", attribution.cue),
                    "content_start": content[0].start,
                    "content_end": content[-1].end,
                    "content": [[span.start, span.end] for span in content],
                    "content_text": JOINT.join(span.text_in(self._text) for span in content),
                    "chain_text": chains.get(attribution.attribution_id)
                    or self._chain_of(attribution, by_id),
                    "kind": attribution.kind,
                    "parent_id": attribution.parent_id,
                    "confidence": attribution.confidence,
                }
            )
        return rows

    def statements(self) -> list[Row]:
        """Return the rows of `statements`."""
        return [self._statement(statement) for statement in self._resolved.statements]

    def chain(self) -> list[Row]:
        """Return the rows of `chain`, the outlet at position 0."""
        return [
            {
                "statement_id": statement.statement_id,
                "position": position,
                "entity_id": link.entity_id,
                "actor_id": self._actor(link.entity_id),
                "name": link.name,
                "role": link.role,
                "named": link.named,
                **_ends("", link.span),
                "document_id": self._document_id,
            }
            for statement in self._resolved.statements
            for position, link in enumerate(statement.chain)
        ]

    def _statement(self, statement: Statement) -> Row:
        amount, interval = statement.amount, statement.interval
        counted = self._read("counted", statement.counted)
        counted["counted"] = counted.pop("counted_text")
        return {
            "statement_id": statement.statement_id,
            "document_id": self._document_id,
            "sentence_index": self._sentence_index(statement.span),
            **_ends("", statement.span),
            "kind": statement.kind,
            "type": statement.type,
            "mode": statement.mode,
            "context": ",".join(statement.contexts),
            **self._read("trigger", statement.trigger),
            **self._party("subject", statement.subject),
            **self._party("object", statement.object),
            "value_low": None if amount is None else amount.low,
            "value_high": None if amount is None else amount.high,
            "unit": "" if amount is None else amount.unit,
            "bound": "" if amount is None else amount.bound,
            **counted,
            **self._read("time", statement.time),
            "date_from": None if interval is None else interval.start,
            "date_to": None if interval is None else interval.end,
            "date_precision": "" if interval is None else interval.precision,
            **self._read("place", statement.place),
            "place_id": statement.place_id,
            "factuality": statement.factuality,
            "attribution_id": statement.attribution_id,
            "accusation_id": statement.accusation_id,
            "confidence": statement.confidence,
        }

    def _party(self, role: str, party: Party | None) -> Row:
        return {
            **_ends(f"{role}_", None if party is None else party.span),
            f"{role}_text": "" if party is None else party.text,
            f"{role}_entity_id": None if party is None else party.entity_id,
            f"{role}_actor_id": None if party is None else self._actor(party.entity_id),
        }

    def _read(self, field: str, span: Span | None) -> Row:
        text = "" if span is None else span.text_in(self._text)
        return {**_ends(f"{field}_", span), f"{field}_text": text}

    def _actor(self, entity_id: str | None) -> str | None:
        return None if entity_id is None else self._actor_of[entity_id]

    def _sentence_index(self, span: Span) -> int | None:
        return sentence_index(self._resolved.sentences, self._sentence_starts, span)

    def _chain_of(
        self, attribution: ResolvedAttribution, by_id: Mapping[str, ResolvedAttribution]
    ) -> str:
        """Compose the chain of an attribution that holds no statement."""
        names = {entity.entity_id: entity.name for entity in self._resolved.entities}
        speakers: list[str] = []
        seen: set[str] = set()
        step: ResolvedAttribution | None = attribution
        while step is not None and step.attribution_id not in seen:
            seen.add(step.attribution_id)
            if step.source is not None:
                speakers.append(names.get(step.source.entity_id or "", step.source.text))
            step = by_id.get(step.parent_id or "")
        document = self._resolved.document
        metadata = [name for name in (document.publisher, document.wire_credit) if name]
        return ARROW.join([*metadata, *reversed(speakers)])


def _ends(prefix: str, span: Span | None) -> Row:
    return {
        f"{prefix}start": None if span is None else span.start,
        f"{prefix}end": None if span is None else span.end,
    }
