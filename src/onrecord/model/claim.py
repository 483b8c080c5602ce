"""What statements of several reports say together: claims and who stands behind them.

A `StatementView` is a statement with just what comparing needs, actors and
places looked up; it is how `record` hands statements to `compare`. A `Claim`
is what `compare` makes of several.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from onrecord.model.actor import ActorKind, PlaceKind
from onrecord.model.annotation import Factuality
from onrecord.model.statement import ChainRole, StatementKind
from onrecord.model.value import Bound

Stance = Literal["supports", "denies", "differs"]
ClaimStatus = Literal["single_source", "corroborated", "disputed", "retracted"]
Independence = Literal["established", "partly", "not_established"]

STANCES: tuple[Stance, ...] = ("supports", "denies", "differs")
CLAIM_STATUSES: tuple[ClaimStatus, ...] = (
    "disputed", "retracted", "corroborated", "single_source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartyView:
    """Who takes part in a statement.

    Attributes:
        actor_id: The actor of the record, None when not known.
        name: The actor's name, or the words of the report.
        text: The words of the report.
        kind: What the actor is, empty when not known.
        country: ISO 3166 alpha-3, empty if unknown.
        sector: PLOVER sector codes joined by a comma.
        named: Whether the actor has a proper name.
    """

    actor_id: str | None
    name: str
    text: str = ""
    kind: ActorKind | Literal[""] = ""
    country: str = ""
    sector: str = ""
    named: bool = True


@dataclass(frozen=True, slots=True)
class PlaceView:
    """Where something happens, with what it lies in; empty strings for what is unknown."""

    place_id: str
    name: str
    kind: PlaceKind
    country: str = ""
    admin1: str = ""


@dataclass(frozen=True, slots=True)
class LinkView:
    """One link of a chain; `titles` are those the report gives ("police chief")."""

    name: str
    role: ChainRole
    named: bool
    actor_id: str | None = None
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportView:
    """The report a statement stands in.

    Attributes:
        document_id: The report.
        publisher: Outlet, empty if unknown.
        published: Publication instant, None if unknown.
        copies: Identifier that a report and its near copies share; its own when it has none.
        title: Headline.
        lead: The first few hundred characters of its sentences.
        anchors: Actor and place ids that tell its story from others: named people,
            groups and bodies, and places smaller than a country.
        ties: Pairs of actor ids (member, body) that it says belong together.
        quotes: Signatures of its direct quotations, in order of the text.
        bonds: Pairs of parties that belong together, as `ties`, or of which one founded the other.
            One does not stand for the other, but its friends and foes may be the other's.
    """

    document_id: str
    publisher: str
    published: datetime | None
    copies: str
    title: str = ""
    lead: str = ""
    anchors: frozenset[str] = frozenset()
    ties: frozenset[tuple[str, str]] = frozenset()
    quotes: tuple[str, ...] = ()
    bonds: frozenset[tuple[PartyView, PartyView]] = frozenset()


@dataclass(frozen=True, slots=True)
class StatementView:
    """A statement with what comparing it to others needs.

    Attributes:
        statement_id: Its identifier.
        report: The report it stands in.
        kind: Event, relation or quantity.
        type: PLOVER type, relation type, or sort of figure.
        trigger: Words that name it.
        sentence: The sentence; `at` is where the trigger starts in it, in code points.
        start: Where the sentence starts in the report's text, in code points; None if unknown.
        subject: Who; for a quantity, whose.
        object: To whom.
        mode: PLOVER mode, empty if none.
        counted: What is counted, empty if not said.
        low: Least value in `unit`, None when open or no quantity.
        high: Greatest value, None when open or no quantity.
        unit: As `Amount.unit`.
        bound: As `Amount.bound`, empty for others.
        date_from: First instant, None when open or unknown.
        date_to: End, exclusive; None when open or unknown.
        precision: As `Interval.precision`, empty when no time is given.
        place: Where, None when not said.
        factuality: Whether it is said to have happened.
        chain: On whose word, outlet first; at least the outlet.
        accusation_id: Statement that alleges this one, or None.
        quoted: Whether it stands in words quoted directly.
        confidence: Probability that the row is right, 0 to 1.
    """

    statement_id: str
    report: ReportView
    kind: StatementKind
    type: str
    trigger: str
    sentence: str
    chain: tuple[LinkView, ...]
    at: int = 0
    start: int | None = None
    subject: PartyView | None = None
    object: PartyView | None = None
    mode: str = ""
    counted: str = ""
    low: float | None = None
    high: float | None = None
    unit: str = ""
    bound: Bound | Literal[""] = ""
    date_from: datetime | None = None
    date_to: datetime | None = None
    precision: str = ""
    place: PlaceView | None = None
    factuality: Factuality = "asserted"
    accusation_id: str | None = None
    quoted: bool = False
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Member:
    """How one statement stands to its claim.

    Attributes:
        statement_id: The statement.
        stance: Whether it says the same, the opposite, or something else in a field.
        reason: Why, in plain words.
        origin: On whose word it rests; statements of equal origin count once.
        origin_name: That origin, as shown to people.
    """

    statement_id: str
    stance: Stance
    reason: str
    origin: str
    origin_name: str


@dataclass(frozen=True, slots=True)
class Claim:
    """What several statements say together.

    Attributes:
        claim_id: Hash of the identifiers of its statements.
        component: Hash shared by all claims that a new statement may join or split.
        kind: As its statements.
        type: Type of its head.
        head: The statement that says it best; its fields are the claim's.
        members: Its statements, those that support it first.
        status: What an analyst may make of it.
        reason: Why, in one sentence.
        n_documents: Reports that bring it.
        n_sources: Independent sources that support it.
        independence: Whether those sources are known to be independent of each other.
        confidence: Probability that the surest of its supporters was read right, 0 to 1; of all
            its statements when none supports it.
        low: Value in the unit of the head after updates, quantities only.
        high: Likewise.
        date_from: First instant it may have happened, None if open or unknown.
        date_to: End of the last, exclusive.
    """

    claim_id: str
    component: str
    kind: StatementKind
    type: str
    head: StatementView
    members: tuple[Member, ...]
    status: ClaimStatus
    reason: str
    n_documents: int
    n_sources: int
    independence: Independence
    confidence: float
    low: float | None = None
    high: float | None = None
    date_from: datetime | None = None
    date_to: datetime | None = None
