"""What a query gives back: one frozen object per row, its fields named as the views' columns.

Days are "2024-05-01" in UTC, `date_to` inclusive. Offsets count code points
of the document's text, half open. Empty strings mean "the report does not
say" for words, None means it for ids, numbers, days and people.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Generic, TypeVar, overload

from onrecord.model.span import Span

T_co = TypeVar("T_co", covariant=True)


@dataclass(frozen=True, slots=True)
class Page(Sequence[T_co], Generic[T_co]):
    """Some of the rows that fit a filter.

    Attributes:
        rows: The rows asked for.
        total: How many rows fit the filter altogether.
        limit: Most rows asked for.
        offset: How many fitting rows come before these.
    """

    rows: tuple[T_co, ...]
    total: int
    limit: int
    offset: int

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[T_co, ...]: ...
    def __getitem__(self, index: int | slice) -> T_co | tuple[T_co, ...]:
        return self.rows[index]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self.rows)

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return every row as a dict, columns in the order of the fields."""
        return [asdict(row) for row in self.rows]  # type: ignore[call-overload]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event as one report states it.

    Attributes:
        statement_id: Its identifier, `st_…`.
        type: PLOVER type; `mode`: PLOVER mode, empty if none.
        actor: Who acts, by the name of the record; None when not expressed or not known.
        actor_text: The words of the report for `actor` ("the group"), empty if none.
        trigger_text: The words that name the act.
        recipient: Whom it is directed at.
        date_precision: As `Interval.precision`, empty when the report gives no time.
        says: The last link of the chain: on whose word the report has it.
        chain: "outlet < agency < speaker".
        sentence: The sentence, which starts at `sentence_start`.
        copy_of: Document of which the report is a near copy, None for originals.
        reviewed: "accepted" or "corrected" by a person, else empty.
    """

    statement_id: str
    type: str
    mode: str
    actor: str | None
    actor_id: str | None
    actor_kind: str
    actor_country: str
    actor_sector: str
    actor_text: str
    trigger_text: str
    recipient: str | None
    recipient_id: str | None
    recipient_kind: str
    recipient_country: str
    recipient_sector: str
    recipient_text: str
    date_from: str | None
    date_to: str | None
    date_precision: str
    time_text: str
    place: str | None
    place_id: str | None
    place_kind: str
    place_country: str
    place_admin1: str
    lat: float | None
    lon: float | None
    place_text: str
    factuality: str
    context: str
    says: str
    chain: str
    confidence: float
    sentence: str
    attribution_id: str | None
    accusation_id: str | None
    sentence_start: int
    document_id: str
    title: str
    publisher: str
    published: str | None
    uri: str
    copy_of: str | None
    story_id: str | None
    reviewed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationRow:
    """One standing fact as one report states it; fields as in `EventRow`.

    Attributes:
        type: One of `model.annotation.RELATION_TYPES`.
        subject: Who stands in the relation.
        object: To whom or what.
        trigger_text: The words that show it.
    """

    statement_id: str
    subject: str | None
    subject_id: str | None
    subject_kind: str
    subject_country: str
    subject_sector: str
    subject_text: str
    type: str
    object: str | None
    object_id: str | None
    object_kind: str
    object_country: str
    object_sector: str
    object_text: str
    trigger_text: str
    date_from: str | None
    date_to: str | None
    date_precision: str
    time_text: str
    factuality: str
    says: str
    chain: str
    confidence: float
    sentence: str
    attribution_id: str | None
    accusation_id: str | None
    sentence_start: int
    document_id: str
    title: str
    publisher: str
    published: str | None
    uri: str
    copy_of: str | None
    story_id: str | None
    reviewed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityRow:
    """One figure as one report states it; fields as in `EventRow`.

    Attributes:
        type: Sort of figure: people, casualties, troops, money, weapons, percentage,
            distance, other.
        trigger_text: The number phrase with its bound.
        value_low: Least value meant, in `unit`; None when only an upper bound is given.
        value_high: Greatest value meant, in `unit`; None when only a lower bound is given.
        unit: "count", "percent", an ISO 4217 code or an SI unit.
        bound: exact, about, at_least, at_most or range.
        counted: What is counted, empty when the sentence does not say.
        holder: Whose figure it is.
    """

    statement_id: str
    type: str
    trigger_text: str
    value_low: float | None
    value_high: float | None
    unit: str
    bound: str
    counted: str
    holder: str | None
    holder_id: str | None
    holder_kind: str
    holder_country: str
    holder_sector: str
    holder_text: str
    date_from: str | None
    date_to: str | None
    date_precision: str
    time_text: str
    place: str | None
    place_id: str | None
    place_kind: str
    place_country: str
    place_admin1: str
    lat: float | None
    lon: float | None
    place_text: str
    factuality: str
    says: str
    chain: str
    confidence: float
    sentence: str
    attribution_id: str | None
    accusation_id: str | None
    sentence_start: int
    document_id: str
    title: str
    publisher: str
    published: str | None
    uri: str
    copy_of: str | None
    story_id: str | None
    reviewed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteRow:
    """Somebody's words or view, as one report gives them.

    Attributes:
        attribution_id: Its identifier, `at_…`.
        speaker: Who says so; empty where the report names none.
        speaker_text: The words of the report for the speaker ("he").
        cue_text: The words that attribute ("said"), empty for a bare quotation.
        kind: direct, indirect or mixed.
        words: What is attributed, stretches joined by " … ".
        chain: "outlet < agency < speaker".
        parent_id: The attribution this one stands in.
    """

    attribution_id: str
    speaker: str
    speaker_id: str | None
    speaker_kind: str
    speaker_country: str
    speaker_sector: str
    speaker_text: str
    cue_text: str
    kind: str
    words: str
    chain: str
    parent_id: str | None
    confidence: float
    sentence: str
    sentence_start: int
    document_id: str
    title: str
    publisher: str
    published: str | None
    uri: str
    copy_of: str | None
    story_id: str | None
    reviewed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelineRow:
    """One event or figure by its day.

    Attributes:
        day: First day; `until`: last day, inclusive.
        basis: "text" when the report says when, "publication" when only the day it
            was published is known.
        kind: "event" or "quantity".
        who: Actor, or whose figure it is; `what`: the words; `whom`: recipient.
    """

    day: str
    until: str | None
    basis: str
    kind: str
    type: str
    who: str | None
    who_id: str | None
    what: str
    whom: str | None
    whom_id: str | None
    place: str | None
    factuality: str
    chain: str
    sentence: str
    title: str
    publisher: str
    published: str | None
    uri: str
    statement_id: str
    document_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """One actor with how often the record speaks of it.

    Attributes:
        actor_id: Its identifier, `ac_…`.
        named: False for the unnamed ("the gunmen"), who are never joined across documents.
        aliases: Other names, most used first.
        members: Names of those a collective stands for ("the two governments", a family), as far
            as the report names them; empty for anything else.
        member_ids: Their actor ids, in the same order.
        n_documents: Documents that mention it.
        n_mentions: Mentions of it.
        n_statements: Statements it is subject or object of.
        n_quotes: Attributions it is the source of.
    """

    actor_id: str
    name: str
    kind: str
    country: str
    sector: str
    named: bool
    aliases: tuple[str, ...]
    n_documents: int
    n_mentions: int
    n_statements: int
    n_quotes: int
    members: tuple[str, ...] = ()
    member_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentRow:
    """One report, without its text.

    Attributes:
        status: read, skipped or failed; `error` says why for the latter two.
        n_characters: Length of the text in code points.
        n_events: Events it states; likewise `n_relations`, `n_quantities`, `n_quotes`.
        read_at: When it was read, UTC.
        version: Name of the extractor that read it.
    """

    document_id: str
    title: str
    publisher: str
    author: str
    published: datetime | None
    published_precision: str
    uri: str
    language: str
    wire_credit: str
    dateline: str
    copy_of: str | None
    story_id: str | None
    status: str
    error: str
    n_characters: int
    n_events: int
    n_relations: int
    n_quantities: int
    n_quotes: int
    read_at: datetime
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRow:
    """Someone the record relies on.

    Attributes:
        source: Name as shown.
        role: outlet, agency or speaker.
        named: 0 for "a security official" and the like, else 1.
        n_statements: Statements that rest on it.
        n_documents: Documents that bring them.
    """

    source: str
    role: str
    source_id: str | None
    named: int
    n_statements: int
    n_documents: int
    first_published: str | None
    last_published: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Where words were found.

    Attributes:
        kind: "document" or "actor".
        id: Identifier of the document or actor.
        name: Title of the document or name of the actor.
        snippet: Text around the words, each found word between `[` and `]`.
        rank: Smaller is better; comparable within one kind only.
    """

    kind: str
    id: str
    name: str
    snippet: str
    publisher: str
    published: str | None
    rank: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a row with the place it was read from.

    Attributes:
        name: trigger, subject, object, counted, time, place, source, cue or content.
        span: Where it stands in the document's text.
        text: The words there.
        value: What they stand for (actor name, days, amount), empty if nothing more.
        row_id: The row it stands for: actor or place id, None if none.
    """

    name: str
    span: Span
    text: str
    value: str = ""
    row_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One step of a chain, outlet first."""

    name: str
    role: str
    named: bool
    actor_id: str | None
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewRow:
    """What a person said about a row.

    Attributes:
        verdict: accept, reject, correct, or undo.
        field: Field corrected, empty otherwise.
        applies_to: Row it applies to now, None when no such row is left.
        undone_by: Review that undid it, None when it stands.
        batch: Name shared by reviews that were given together, empty for one alone.
    """

    review_id: str
    target_kind: str
    target_id: str
    applies_to: str | None
    verdict: str
    field: str
    old: str | None
    new: str | None
    reviewer: str
    at: datetime
    note: str
    undone_by: str | None
    batch: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One row with everything around it.

    Attributes:
        kind: "event", "relation", "quantity", "quote", "actor", "document" or "claim".
        row: The row itself: `EventRow`, `RelationRow`, ... as a dict, reviews
            applied. For a row that a person rejected: as the machine read it.
        rejected: Whether a person rejected the row.
        sentence: The sentence, empty for actors, documents and claims.
        sentence_span: Where the sentence stands in the document's text.
        fields: Fields with spans, in order of the text.
        chain: Who says so, outlet first.
        sisters: Statements of the same sentence, same claim, or about the same accusation,
            as view dicts; for an actor, document or claim: its latest statements.
        claims: Claims the statement belongs to: id, status, n_sources, independence, stance.
        document: The report as a `DocumentRow` dict; None for actors and claims.
        reviews: What people said about the row, oldest first.
    """

    kind: str
    row: dict[str, Any]
    rejected: bool
    sentence: str
    sentence_span: Span | None
    fields: tuple[Field, ...]
    chain: tuple[Link, ...]
    sisters: tuple[dict[str, Any], ...]
    claims: tuple[dict[str, Any], ...]
    document: dict[str, Any] | None
    reviews: tuple[ReviewRow, ...]
