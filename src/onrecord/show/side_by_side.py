"""Print a claim with a column for each source, and what two reports share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from onrecord.show.safe import printable
from onrecord.show.sequences import counted

if TYPE_CHECKING:
    from onrecord.record.claim_rows import (
        ClaimMember,
        ClaimRow,
        SharedClaim,
        ShownClaim,
        SourceColumn,
    )

_NARROWEST = 24
_FIELD = 9
_INDENT = "  "
_STYLES = {"supports": "green", "differs": "yellow", "denies": "red"}
_STATUS = {
    "disputed": "yellow", "retracted": "red", "corroborated": "green", "single_source": "",
}  # fmt: skip
_MARK = "≠ "


def claim_in_words(row: Mapping[str, Any]) -> str:
    """Return a claim on one line: "The Front — ASSAULT → the army", "14 or more (killed)"."""
    if row["kind"] == "quantity":
        whose = f"{row['who']}: " if row["who"] else ""
        value = _value(row["value_low"], row["value_high"], row["unit"])
        return f"{whose}{value} {row['counted'] or row['type']}".strip()
    act = f"{row['type']} {row['mode']}".strip()
    return f"{row['who'] or '?'} — {act} → {row['whom'] or '?'} ({row['what']})"


def _value(low: float | None, high: float | None, unit: str) -> str:
    unit = "" if unit in ("", "count") else f" {unit}"
    if low is None or high is None:
        known = high if low is None else low
        more = "or fewer" if low is None else "or more"
        return f"{_number(known)}{unit} {more}"
    return f"{_number(low)}{unit}" if low == high else f"{_number(low)} to {_number(high)}{unit}"


def _number(value: float | None) -> str:
    if value is None:
        return "?"
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def print_claim(console: Console, shown: ShownClaim) -> None:
    """Print a claim, why it stands as it does, and its sources side by side.

    Args:
        console: Where to; its width decides how many columns stand side by side.
        shown: The claim.
    """
    claim = shown.claim
    head = Text(printable(claim.claim_id), style="dim")
    head.append(f"  {claim.status.replace('_', ' ')}", style=f"bold {_STATUS[claim.status]}")
    head.append(f"  {_backing(claim)}, confidence {claim.confidence:.2f}")
    console.print(head, soft_wrap=True)
    console.print(Text(_INDENT + printable(claim_in_words(_as_row(claim)))), soft_wrap=True)
    console.print(Text(_INDENT + printable(claim.reason) + ".", style="dim"), soft_wrap=True)
    console.print()
    at_once = max((console.width - _FIELD) // _NARROWEST, 1)
    for start in range(0, len(shown.columns), at_once):
        _print_columns(console, shown.fields, shown.columns[start : start + at_once])
    _print_members(console, shown.columns)


def _as_row(claim: ClaimRow) -> dict[str, Any]:
    names = ("kind", "type", "mode", "who", "whom", "what", "value_low", "value_high", "unit",
             "counted")  # fmt: skip
    return {name: getattr(claim, name) for name in names}


def _backing(claim: ClaimRow) -> str:
    parts = [
        counted(claim.n_documents, "reports"),
        counted(claim.n_sources, "independent sources"),
    ]
    if claim.n_against:
        parts.append(f"{claim.n_against} against")
    if claim.independence != "established":
        parts.append(f"independence {claim.independence.replace('_', ' ')}")
    return ", ".join(parts)


def _print_columns(
    console: Console, fields: Sequence[str], columns: Sequence[SourceColumn]
) -> None:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0))
    table.add_column("", style="dim", no_wrap=True, min_width=_FIELD)
    for column in columns:
        table.add_column(Text(printable(column.name), style="bold"), overflow="fold", ratio=1)
    table.add_row("says", *(_stance(column) for column in columns))
    for field in fields:
        cells = [column.cells[field] for column in columns]
        table.add_row(
            field,
            *(
                Text((_MARK if cell.differs else "") + printable(cell.text or "·"),
                     style="yellow" if cell.differs else "")
                for cell in cells
            ),
        )  # fmt: skip
    table.add_row("in", *(Text(printable(_outlets(column))) for column in columns))
    console.print(table)
    console.print()


def _stance(column: SourceColumn) -> Text:
    words = Text()
    for number, stance in enumerate(column.stances):
        words.append(", " if number else "")
        words.append(stance, style=_STYLES[stance])
    if not column.named:
        words.append(" (not named)", style="dim")
    for reason in column.reasons:
        words.append(f"\n{printable(reason)}", style="dim")
    return words


def _outlets(column: SourceColumn) -> str:
    outlets = ", ".join(column.outlets) or "unknown outlet"
    return outlets + (f"; same text ({column.n_copies + 1})" if column.n_copies else "")


def _print_members(console: Console, columns: Sequence[SourceColumn]) -> None:
    for column in columns:
        for member in column.members:
            if member.copy_of is not None and column.n_copies < len(column.members):
                continue
            console.print(_sentence(member), soft_wrap=True)


def _sentence(member: ClaimMember) -> Text:
    line = Text(f"{_INDENT}{member.statement_id}  ", style="dim")
    line.append(member.stance, style=_STYLES[member.stance])
    chain = " < ".join(link.name for link in member.chain)
    line.append(f"  {printable(chain)}", style="cyan")
    line.append(f"  {printable(' '.join(member.sentence.split()))}", style="default")
    return line


def print_shared(console: Console, shared: Sequence[SharedClaim], names: tuple[str, str]) -> None:
    """Print the claims that two reports speak of, each report in its own column.

    Args:
        console: Where to.
        shared: The claims, as `compare_documents` orders them.
        names: How to call the two reports.
    """
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), header_style="bold")
    table.add_column("they", no_wrap=True)
    table.add_column("on", overflow="fold", ratio=2)
    for name in names:
        table.add_column(Text(printable(name)), overflow="fold", ratio=3)
    styles = {"differ": "yellow", "agree": "green", "agree in part": "green"}
    for item in shared:
        table.add_row(
            Text(item.agreement, style=styles.get(item.agreement, "dim")),
            Text(printable(claim_in_words(_as_row(item.claim)))),
            *(_said(members) for members in (item.first, item.second)),
        )
    console.print(table)


def _said(members: Sequence[ClaimMember]) -> Text:
    words = Text()
    for number, member in enumerate(members):
        words.append("\n" if number else "")
        words.append(f"{member.origin_name}: ", style="cyan")
        words.append(printable(" ".join(member.sentence.split())))
    return words
