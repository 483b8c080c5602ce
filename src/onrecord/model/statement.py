"""What one document states, with everything looked up that can be: rows ready for the record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.actor import Entity, Place
from onrecord.model.annotation import (
    AttributionKind,
    Factuality,
    MentionForm,
    MentionKind,
    Sentence,
)
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.model.value import Amount, Interval

StatementKind = Literal["event", "relation", "quantity"]
ChainRole = Literal["outlet", "agency", "speaker"]


@dataclass(frozen=True, slots=True)
class ResolvedMention:
    """A mention with what it refers to.

    Attributes:
        mention_id: Hash of document, span and kind.
        span: Where it stands.
        head: Its core.
        kind: What it refers to.
        form: How it refers.
        entity_id: The entity of this document, None for places and unresolved pronouns.
        place_id: The place, for places and countries; None otherwise.
        confidence: Probability, 0 to 1.
    """

    mention_id: str
    span: Span
    head: Span
    kind: MentionKind
    form: MentionForm
    entity_id: str | None
    place_id: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Party:
    """Subject or object of a statement.

    Attributes:
        span: Where it was read.
        text: `document.text[span.start:span.end]`.
        entity_id: Who it is in this document, None when unresolved.
    """

    span: Span
    text: str
    entity_id: str | None


@dataclass(frozen=True, slots=True)
class ResolvedAttribution:
    """An attribution with its source looked up; spans as in `Attribution`."""

    attribution_id: str
    source: Party | None
    cue: Span | None
    content: tuple[Span, ...]
    kind: AttributionKind
    parent_id: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One step on the way from the reader to the person who knows.

    Attributes:
        name: Name of the outlet, agency or speaker as shown to people.
        role: What it is.
        entity_id: The speaker's entity, None for outlets known by metadata only.
        named: Whether the link has a proper name. Two unnamed sources ("a
            security official") are never taken for the same.
        span: Where the link was read, None for metadata.
    """

    name: str
    role: ChainRole
    entity_id: str | None
    named: bool
    span: Span | None


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing a document states.

    Attributes:
        statement_id: Hash of document, kind, type, trigger and roles.
        document_id: The document.
        span: The sentence.
        kind: Event, relation or quantity.
        type: PLOVER type, relation type, or sort of figure.
        mode: PLOVER mode, empty if none.
        contexts: PLOVER contexts.
        trigger: Trigger of an event, evidence of a relation, number phrase of a quantity.
        subject: Who; for a quantity, whose.
        object: To whom; None if not expressed.
        amount: The value, quantities only.
        counted: What is counted, quantities only.
        time: Where the time was read.
        interval: What the time denotes.
        place: Where the place was read.
        place_id: What the place denotes.
        factuality: Whether it is said to have happened.
        attribution_id: Innermost attribution whose content holds the trigger, None in the
            outlet's own voice.
        chain: From outlet (first) to speaker (last); at least the outlet.
        accusation_id: Statement id of the ACCUSE event that alleges this one, or None.
        confidence: Probability that the row is right, 0 to 1.
    """

    statement_id: str
    document_id: str
    span: Span
    kind: StatementKind
    type: str
    trigger: Span
    subject: Party | None
    object: Party | None
    factuality: Factuality
    chain: tuple[ChainLink, ...]
    confidence: float
    mode: str = ""
    contexts: tuple[str, ...] = ()
    amount: Amount | None = None
    counted: Span | None = None
    time: Span | None = None
    interval: Interval | None = None
    place: Span | None = None
    place_id: str | None = None
    attribution_id: str | None = None
    accusation_id: str | None = None


@dataclass(frozen=True, slots=True)
class ResolvedDocument:
    """A document with all that it states: what `record` writes in one transaction."""

    document: Document
    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[ResolvedMention, ...] = ()
    entities: tuple[Entity, ...] = ()
    places: tuple[Place, ...] = ()
    attributions: tuple[ResolvedAttribution, ...] = ()
    statements: tuple[Statement, ...] = ()
