"""What questions about claims give back: one claim, and one claim with its sources side by side."""

from __future__ import annotations

from dataclasses import dataclass

from onrecord.record.rows import Link


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """What several statements say together, with the fields of the one that says it best.

    Attributes:
        claim_id: Its identifier, `cl_…`.
        kind: event, relation or quantity.
        type: PLOVER type, relation type, or sort of figure.
        mode: PLOVER mode, empty if none.
        who: Who acts, or whose figure it is; None when nobody says.
        whom: To whom; None when nobody says.
        what: The words that name it in its best statement.
        counted: What is counted, empty for others.
        value_low: Least value in `unit` after updates; None when open or no quantity.
        value_high: Greatest value.
        date_from: First day, "2024-05-01"; None when nobody says.
        date_to: Last day, inclusive.
        status: disputed, retracted, corroborated or single_source.
        reason: Why, in one sentence.
        n_statements: Statements that speak of it, whatever they say.
        n_documents: Reports that bring them.
        n_sources: Independent sources that support it.
        n_against: Sources that deny it or differ.
        independence: established, partly or not_established: whether the sources are known
            not to rely on each other.
        confidence: Probability that it was read right, 0 to 1: that of the surest statement
            which supports it, 1 when a person accepted or corrected one.
        head_statement_id: The statement that says it best; `sentence` is its sentence.
    """

    claim_id: str
    kind: str
    type: str
    mode: str
    who: str | None
    who_id: str | None
    what: str
    whom: str | None
    whom_id: str | None
    counted: str
    value_low: float | None
    value_high: float | None
    unit: str
    date_from: str | None
    date_to: str | None
    place: str | None
    place_id: str | None
    status: str
    reason: str
    n_statements: int
    n_documents: int
    n_sources: int
    n_against: int
    independence: str
    confidence: float
    sentence: str
    head_statement_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimMember:
    """One statement of a claim.

    Attributes:
        statement_id: Its identifier, `st_…`.
        stance: supports, denies or differs.
        reason: What sets it apart, in plain words; empty when nothing does.
        origin: On whose word it rests; members of equal origin count once.
        origin_name: That origin, as shown.
        who: Who acts, by the name of the record, else in the words of the report.
        how_many: The figure as reported, empty for others; `value_low` and `value_high` are
            what it means, None when open.
        when: Days, or the words of the report when they fix no day; `date_from` and `date_to`
            are the first and last day, None when open.
        chain: On whose word, outlet first.
        sentence: The sentence, which starts at `sentence_start` of the document's text.
        trigger_start: Where the words that name it start in the document's text.
        copy_of: Document of which the report is a near copy, None for originals.
    """

    statement_id: str
    stance: str
    reason: str
    origin: str
    origin_name: str
    type: str
    who: str
    who_id: str | None
    what: str
    whom: str
    whom_id: str | None
    how_many: str
    counted: str
    when: str
    where: str
    place_id: str | None
    factuality: str
    chain: tuple[Link, ...]
    sentence: str
    sentence_start: int
    trigger_start: int
    trigger_end: int
    document_id: str
    title: str
    publisher: str
    published: str | None
    copy_of: str | None
    story_id: str | None
    value_low: float | None = None
    value_high: float | None = None
    date_from: str | None = None
    date_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one source says in one field.

    Attributes:
        text: Its words, several joined by "; "; empty when it does not say.
        differs: Whether that is not what the claim's best statement says.
    """

    text: str
    differs: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceColumn:
    """All that one independent source says on a claim.

    Attributes:
        origin: Key of the source.
        name: The source, as shown.
        named: Whether it has a name of its own; unnamed ones may be the same as others.
        stances: The stances of its statements, each once: supports, differs, denies.
        reasons: What sets its statements apart.
        cells: By field: who, what, whom, how many, when, where.
        members: Its statements, originals before copies.
        outlets: Outlets that bring it, each once.
        n_copies: Reports among them that are near copies of another.
    """

    origin: str
    name: str
    named: bool
    stances: tuple[str, ...]
    reasons: tuple[str, ...]
    cells: dict[str, Cell]
    members: tuple[ClaimMember, ...]
    outlets: tuple[str, ...]
    n_copies: int


FIELDS = ("who", "what", "whom", "how many", "when", "where")
"""Fields of a claim, in the order in which they are read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownClaim:
    """A claim with its sources side by side.

    Attributes:
        claim: The claim.
        columns: One for each independent source, supporters first.
        fields: Those of `FIELDS` that at least one source fills.
    """

    claim: ClaimRow
    columns: tuple[SourceColumn, ...]
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedClaim:
    """A claim that two reports speak of.

    Attributes:
        claim: The claim.
        first: What the first report says on it.
        second: What the second report says on it.
        agreement: agree, agree in part, differ, or one source (both rest on one).
    """

    claim: ClaimRow
    first: tuple[ClaimMember, ...]
    second: tuple[ClaimMember, ...]
    agreement: str
