"""Set the sources of a claim side by side, and mark where they differ in value, not in wording."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from onrecord.record.claim_rows import (
    FIELDS,
    Cell,
    ClaimMember,
    ClaimRow,
    ShownClaim,
    SourceColumn,
)
from onrecord.record.filters import fold_name

STANCE_ORDER = {"supports": 0, "differs": 1, "denies": 2}
_UNNAMED = "unnamed "
_T = TypeVar("_T", str, float)


def side_by_side(row: ClaimRow, members: Sequence[ClaimMember]) -> ShownClaim:
    """Return the members of a claim in columns, one for each source.

    Args:
        row: The claim.
        members: Its statements.
    """
    head = next((m for m in members if m.statement_id == row.head_statement_id), members[0])
    by_origin: dict[str, list[ClaimMember]] = defaultdict(list)
    for member in members:
        by_origin[member.origin].append(member)
    columns = [_column(origin, some, head) for origin, some in by_origin.items()]
    columns.sort(
        key=lambda column: (
            STANCE_ORDER[column.stances[0]],
            head.origin != column.origin,
            not column.named,
            -len(column.members),
            column.name,
        )
    )
    filled = tuple(field for field in FIELDS if any(column.cells[field].text for column in columns))
    return ShownClaim(claim=row, columns=tuple(columns), fields=filled)


def _column(origin: str, members: Sequence[ClaimMember], head: ClaimMember) -> SourceColumn:
    def once(words: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(word for word in words if word))

    copies = {member.document_id for member in members if member.copy_of is not None}
    # Folding copies: where the original is there, its words stand for theirs.
    originals = [member for member in members if member.document_id not in copies] or members
    cells = {}
    for field in FIELDS:
        said = [member for member in originals if _said(member, field)]
        differs = bool(said and _said(head, field)) and all(
            _other(member, head, field) for member in said
        )
        words = once(_said(member, field) for member in said)
        cells[field] = Cell(text="; ".join(words), differs=differs)
    return SourceColumn(
        origin=origin,
        name=members[0].origin_name,
        named=not origin.startswith(_UNNAMED),
        stances=tuple(sorted({m.stance for m in members}, key=STANCE_ORDER.__getitem__)),
        reasons=once(member.reason for member in originals),
        cells=cells,
        members=tuple(members),
        outlets=once(member.publisher for member in members),
        n_copies=len(copies),
    )


def _said(member: ClaimMember, field: str) -> str:
    values = {
        "who": member.who,
        "what": member.what
        + (f" ({member.factuality})" if member.factuality != "asserted" else ""),
        "whom": member.whom,
        "how many": member.how_many,
        "when": member.when,
        "where": member.where,
    }
    return values[field]


def _other(member: ClaimMember, head: ClaimMember, field: str) -> bool:
    """Return whether a statement means something else in a field than the head of its claim.

    "Seventeen" is 17, "the army" may be "the Lethanian Army", and a week holds its days.
    """
    match field:
        case "who":
            return _others(member.who, member.who_id, head.who, head.who_id)
        case "whom":
            return _others(member.whom, member.whom_id, head.whom, head.whom_id)
        case "where":
            return _others(member.where, member.place_id, head.where, head.place_id)
        case "how many":
            return _apart(member.value_low, member.value_high, head.value_low, head.value_high)
        case "when":
            if member.date_from is None and member.date_to is None:
                return fold_name(member.when) != fold_name(head.when)
            return _apart(member.date_from, member.date_to, head.date_from, head.date_to)
    return False


def _others(name: str, key: str | None, wanted: str, wanted_key: str | None) -> bool:
    if key is not None and key == wanted_key:
        return False
    return fold_name(name) != fold_name(wanted)


def _apart(low: _T | None, high: _T | None, from_: _T | None, to: _T | None) -> bool:
    """Return whether two ranges share nothing; an open end reaches as far as need be."""
    return (low is not None and to is not None and low > to) or (
        high is not None and from_ is not None and from_ > high
    )
