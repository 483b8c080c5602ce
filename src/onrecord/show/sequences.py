"""Rows as Python objects: a sequence that also becomes a table, JSON or a data frame."""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Generic, TypeVar, overload

from onrecord.errors import OnrecordError
from onrecord.show.safe import json_text, printable

if TYPE_CHECKING:
    import pandas as pd

T_co = TypeVar("T_co", covariant=True)

_SHOWN = 10
_CELL = 60
_LINE = 110


def as_dict(row: Any) -> dict[str, Any]:
    """Return a row as a dict of plain values: moments as ISO 8601 text, tuples as lists."""
    # Rows are flat but for a field or two: asdict() would copy every value of them.
    return {field.name: _plain(getattr(row, field.name)) for field in fields(row)}


def _plain(value: Any) -> Any:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return as_dict(value) if is_dataclass(value) else value


def counted(count: int, what: str, total: int | None = None) -> str:
    """Return "1 event", "3 events" or, where there are more, "3 of 1,204 events"."""
    if total is not None and total != count:
        return f"{count:,} of {total:,} {what}"
    return f"{count:,} {what.removesuffix('s') if count == 1 else what}"


class Rows(Sequence[T_co], Generic[T_co]):
    """Some rows of the record, in order.

    Every row is a frozen object with named fields (`row.actor`, `row.sentence`).

    Attributes:
        what: What the rows are: "events", "quotes", ...
        total: How many rows fit the filters; more than `len()` when a limit was given.
    """

    def __init__(self, what: str, row_type: type[T_co], rows: Sequence[T_co], total: int) -> None:
        self.what = what
        self.total = total
        self._type = row_type
        self._rows = tuple(rows)

    @overload
    def __getitem__(self, index: int) -> T_co: ...
    @overload
    def __getitem__(self, index: slice) -> Rows[T_co]: ...
    def __getitem__(self, index: int | slice) -> T_co | Rows[T_co]:
        if isinstance(index, slice):
            return Rows(self.what, self._type, self._rows[index], self.total)
        return self._rows[index]

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[T_co]:
        return iter(self._rows)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Rows) and self._rows == other._rows

    def __hash__(self) -> int:
        return hash(self._rows)

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the fields of every row, in order; known for no rows too."""
        return tuple(field.name for field in fields(self._type))  # type: ignore[arg-type]

    def to_dicts(self) -> list[dict[str, Any]]:
        """Return every row as a dict of plain values."""
        return [as_dict(row) for row in self._rows]

    def to_json(self, *, indent: int | None = None) -> str:
        """Return the rows as a JSON array of objects."""
        return json_text(self.to_dicts(), indent=indent)

    def to_pandas(self) -> pd.DataFrame:
        """Return a data frame with a row per row and a column per field.

        Days become `datetime64` (NaT where unknown), so they sort and resample.

        Raises:
            OnrecordError: pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise OnrecordError(
                "to_pandas()", "pandas is not installed", "pip install 'onrecord[pandas]'"
            ) from error
        frame = pd.DataFrame(
            {name: [getattr(row, name) for row in self._rows] for name in self.columns},
            columns=list(self.columns),
        )
        for name in ("date_from", "date_to", "published"):
            if name in frame:
                # Years before 1678 do not fit pandas' nanoseconds; seconds hold them.
                frame[name] = pd.to_datetime(frame[name], utc=True).dt.as_unit("s")
        return frame

    def _counted(self) -> str:
        return counted(len(self), self.what, self.total)

    def __repr__(self) -> str:
        lines = [f"<{self._counted()}>"]
        lines += [f"  {summary(row)}" for row in self._rows[:_SHOWN]]
        if len(self) > _SHOWN:
            lines.append(f"  … and {len(self) - _SHOWN:,} more")
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        shown = [name for name in self.columns if name in _IN_NOTEBOOK]
        head = "".join(f"<th>{html.escape(name)}</th>" for name in shown)
        body = "".join(
            "<tr>" + "".join(f"<td>{_cell(getattr(row, name))}</td>" for name in shown) + "</tr>"
            for row in self._rows[:_SHOWN]
        )
        more = f" (first {_SHOWN})" if len(self) > _SHOWN else ""
        return (
            f"<table><caption>{html.escape(self._counted())}{more}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )


_IN_NOTEBOOK = frozenset(
    {
        "statement_id", "attribution_id", "actor_id", "document_id", "type", "mode", "actor",
        "recipient", "subject", "object", "trigger_text", "speaker", "words", "kind", "name",
        "date_from", "place", "factuality", "chain", "title", "publisher", "published", "country",
        "value_low", "value_high", "unit", "counted", "n_documents", "n_statements", "snippet",
    }
)  # fmt: skip


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    text = printable(text)
    return html.escape(text if len(text) <= _CELL else text[: _CELL - 1] + "…")


def summary(row: Any) -> str:
    """Return one row of any sort on one line, its identifier first."""
    return summary_of_dict(as_dict(row))


def summary_of_dict(row: Mapping[str, Any]) -> str:
    """Return a row, given as a dict, on one line, its identifier first."""
    found = printable(_in_words(row))
    return found if len(found) <= _LINE else found[: _LINE - 1] + "…"


def _in_words(row: Mapping[str, Any]) -> str:
    if "recipient" in row:
        act = f"{row['type']} {row['mode']}".strip()
        who, whom = row["actor"] or "?", row["recipient"] or "?"
        found = f"{row['statement_id']} {row['date_from'] or '?'} {who} — {act} → {whom}"
    elif "subject" in row:
        same = row["subject_id"] is not None and row["subject_id"] == row["object_id"]
        who, whom = (row[f"{side}_text" if same else side] for side in ("subject", "object"))
        found = f"{row['statement_id']} {who} — {row['type']} → {whom}"
    elif "claim_id" in row:
        found = f"{row['claim_id']} {row['status']}: {row['reason']}"
    elif "value_low" in row:
        found = f"{row['statement_id']} {row['trigger_text']} ({row['type']})"
    elif "words" in row:
        found = f"{row['attribution_id']} {row['speaker'] or '?'}: {row['words']}"
    elif "n_mentions" in row:
        times = counted(row["n_documents"], "reports")
        found = f"{row['actor_id']} {row['name']} ({row['kind']}), {times}"
    elif "n_characters" in row:
        found = f"{row['document_id']} {row['title'] or row['uri']}"
    else:
        return " ".join(str(value) for value in row.values() if value not in (None, ""))
    factuality = row.get("factuality", "asserted")
    return found if factuality == "asserted" else f"{found} ({factuality})"
