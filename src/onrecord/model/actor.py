"""Who acts and where: entities of one document, actors of the record, places of the gazetteer.

An `Entity` is what one document's mentions refer to. An `Actor` is what the
whole record takes several entities to be; entities are the evidence, so a
merge can be undone by pointing them elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.span import Span

ActorKind = Literal[
    "person", "organisation", "armed_group", "government", "country", "media", "company",
    "people", "other",
]  # fmt: skip
AliasHow = Literal["spelling", "acronym", "apposition", "title", "curated", "reviewer"]
PlaceKind = Literal["site", "town", "district", "province", "country", "region", "unknown"]


@dataclass(frozen=True, slots=True)
class Alias:
    """A name of an entity and the reason we take it for one.

    Attributes:
        alias: The name as written.
        how: What ties it to the entity.
        span: Where in the document it was read; None for curated knowledge.
    """

    alias: str
    how: AliasHow
    span: Span | None


@dataclass(frozen=True, slots=True)
class Entity:
    """What a set of mentions in one document refers to.

    Attributes:
        entity_id: Hash of the document and the first mention.
        document_id: The document.
        name: Best name: the longest proper name, else the first nominal.
        kind: What it is.
        named: Whether any mention is a proper name. Unnamed entities ("the
            gunmen") are never joined across documents.
        country: ISO 3166 alpha-3, empty if unknown.
        sector: PLOVER sector codes joined by a comma, e.g. "GOV" or "MIL,REB"; empty if unknown.
        aliases: All names with their reasons.
        titles: Titles as written, e.g. ("Supreme Leader",).
        members: Entity ids of those a collective stands for ("the two governments", "the
            Quills"), as far as the document names them; empty for anything else.
    """

    entity_id: str
    document_id: str
    name: str
    kind: ActorKind
    named: bool
    country: str = ""
    sector: str = ""
    aliases: tuple[Alias, ...] = ()
    titles: tuple[str, ...] = ()
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Actor:
    """One actor of the record.

    Attributes:
        actor_id: Hash that depends only on the entities joined, not on reading order.
        name: Most used full name.
        kind: What it is.
        country: ISO 3166 alpha-3, empty if unknown.
        sector: PLOVER sector codes joined by a comma.
        external_ids: `(scheme, identifier)` pairs, e.g. `("wikidata", "Q…")`.
    """

    actor_id: str
    name: str
    kind: ActorKind
    country: str = ""
    sector: str = ""
    external_ids: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the gazetteer, or a name it does not know.

    Attributes:
        place_id: `pl_` and GeoNames id, ISO code, or a hash of the name.
        name: Usual English name.
        kind: Precision level.
        country: ISO 3166 alpha-3, empty if unknown or none.
        admin1: Name of the first-level division, empty if unknown.
        lat: Latitude in degrees north, None if unknown.
        lon: Longitude in degrees east, None if unknown.
        geonames_id: GeoNames identifier, None if unknown.
    """

    place_id: str
    name: str
    kind: PlaceKind
    country: str = ""
    admin1: str = ""
    lat: float | None = None
    lon: float | None = None
    geonames_id: int | None = None
