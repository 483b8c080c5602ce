"""What is found in one document, before anything is looked up: spans and their types.

Every span counts code points of `Document.text`. Nothing here knows who an
actor is, which day a "Wednesday" was, or what other reports say.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from onrecord.model.span import Span
from onrecord.model.value import Amount

MentionKind = Literal[
    "person", "organisation", "armed_group", "government", "country", "media", "company",
    "place", "people", "other",
]  # fmt: skip
MentionForm = Literal["name", "nominal", "pronoun"]
AttributionKind = Literal["direct", "indirect", "mixed"]
Factuality = Literal["asserted", "denied", "planned", "possible", "conditional"]
RelationType = Literal[
    "leads", "member_of", "part_of", "founded", "supports", "allied_with", "hostile_to",
    "active_in", "subordinate_to", "also_known_as", "located_in",
]  # fmt: skip

RELATION_TYPES: tuple[RelationType, ...] = (
    "leads", "member_of", "part_of", "founded", "supports", "allied_with", "hostile_to",
    "active_in", "subordinate_to", "also_known_as", "located_in",
)  # fmt: skip
FACTUALITIES: tuple[Factuality, ...] = ("asserted", "denied", "planned", "possible", "conditional")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the story (furniture is never part of one).

    Attributes:
        span: The sentence without surrounding white space.
        index: Position among the document's sentences, from 0.
        paragraph: Position of its paragraph, from 0.
        is_title: Whether it is the headline.
    """

    span: Span
    index: int
    paragraph: int
    is_title: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that refer to an actor or a place.

    Attributes:
        span: The noun phrase without relative clauses and trailing appositions.
        head: Its core: the name without title ("Ali Khamenei" of "Ayatollah Ali
            Khamenei"), the head noun of a nominal, or the pronoun.
        kind: What it refers to.
        form: How it refers.
        titles: Spans of titles and roles inside `span` ("Supreme Leader", "Gen.").
        confidence: Probability that the mention is right, 0 to 1.
    """

    span: Span
    head: Span
    kind: MentionKind
    form: MentionForm
    titles: tuple[Span, ...] = ()
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words or view, as the report gives them.

    Attributes:
        content: What is attributed; one span per stretch ("split," he said, "quotes").
        source: Who says so; None where the report names none ("it was reported").
        cue: The words that attribute ("said", "according to"); None for a bare quotation.
        kind: `direct` when all the content is quoted, `mixed` when some, else `indirect`.
        parent: Index in `Annotations.attributions` of the attribution this one stands in.
        confidence: Probability that the attribution is right, 0 to 1.
    """

    content: tuple[Span, ...]
    source: Span | None
    cue: Span | None
    kind: AttributionKind
    parent: int | None = None
    confidence: float = 1.0

    @property
    def content_span(self) -> Span:
        """The smallest span that holds all of the content."""
        return Span(self.content[0].start, self.content[-1].end)


@dataclass(frozen=True, slots=True)
class Event:
    """An act of a PLOVER type.

    Attributes:
        type: PLOVER type, e.g. "ASSAULT".
        mode: PLOVER mode of that type, or None.
        trigger: The words that name the act.
        source: Who acts; None when not expressed.
        target: Whom the act is directed at; None when not expressed.
        factuality: Whether the sentence says it happened.
        time: The time expression of this event, or None.
        place: The place expression of this event, or None.
        contexts: PLOVER contexts, e.g. ("military",).
        confidence: Probability that type and roles are right, 0 to 1.
        accusation: Index in `Annotations.events` of the ACCUSE event that alleges this one.
    """

    type: str
    mode: str | None
    trigger: Span
    source: Span | None
    target: Span | None
    factuality: Factuality = "asserted"
    time: Span | None = None
    place: Span | None = None
    contexts: tuple[str, ...] = ()
    confidence: float = 1.0
    accusation: int | None = None


@dataclass(frozen=True, slots=True)
class Relation:
    """A standing fact between two actors, or an actor and a place.

    Attributes:
        type: One of `RELATION_TYPES`.
        subject: Who stands in the relation.
        object: To whom or what.
        evidence: The shortest stretch that shows it ("commander", "aka").
        factuality: As for events.
        time: Since or during when ("in 2013"), or None.
        confidence: Probability that the relation is right, 0 to 1.
    """

    type: RelationType
    subject: Span
    object: Span
    evidence: Span
    factuality: Factuality = "asserted"
    time: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number that matters: casualties, crowds, troops, money, weapons.

    Attributes:
        span: The number phrase with its bound ("at least 14 people", "between 1,500 and 3,000").
        counted: What is counted, at times named in an earlier sentence; None when not said.
        amount: The value.
        kind: What sort of figure it is.
        holder: Whose figure it is ("5,000 US troops": US), or None.
        factuality: As for events.
        time: When it held, or None.
        place: Where, or None.
        confidence: Probability that span and value are right, 0 to 1.
    """

    span: Span
    counted: Span | None
    amount: Amount
    kind: Literal[
        "people", "casualties", "troops", "money", "weapons", "percentage", "distance", "other"
    ]
    holder: Span | None = None
    factuality: Factuality = "asserted"
    time: Span | None = None
    place: Span | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that denote a time ("last week", "in March 2017"), preposition not included."""

    span: Span


@dataclass(frozen=True, slots=True)
class PlaceExpression:
    """Words that name a place, with whether they tell where something happens.

    Attributes:
        span: The name, e.g. "Golan Heights"; nested names joined by a comma are one.
        locative: Whether the words stand where a location is told ("in Iraq"), not
            for an actor ("Iraq said").
    """

    span: Span
    locative: bool


@dataclass(frozen=True, slots=True)
class Annotations:
    """Everything found in one document; tuples in order of the text."""

    sentences: tuple[Sentence, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    places: tuple[PlaceExpression, ...] = ()
