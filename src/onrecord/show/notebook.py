"""One row with everything around it, for a notebook and for the terminal."""

from __future__ import annotations

import html
from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from onrecord.model.span import Span
from onrecord.show.marks import Mark, as_text, mark_lines
from onrecord.show.safe import json_text, printable
from onrecord.show.sequences import as_dict

if TYPE_CHECKING:
    from onrecord.record.rows import Field, Shown

# Names of fields as a reader asks for them.
LABELS = {
    "trigger": "what", "subject": "who", "object": "whom", "counted": "counted", "time": "when",
    "place": "where", "source": "source", "cue": "cue", "content": "words",
}  # fmt: skip
# One colour per field, told apart by people who see no red or green as well, and readable
# under black text; the label says the same for those who see none.
_TINTS = {
    "who": "#cfe3ff", "whom": "#ffe2b8", "what": "#ffd0d0", "counted": "#e6dcff",
    "when": "#d6f0d8", "where": "#cdf1f1", "source": "#f3d9ee", "cue": "#ececec",
    "words": "#fff6c2",
}  # fmt: skip


def label_of(field: Field, kind: str) -> str:
    """Return what to write under a field: "who" for the subject of an event, and so on."""
    if kind == "quantity":
        return {"trigger": "figure", "subject": "whose"}.get(
            field.name, LABELS.get(field.name, field.name)
        )
    if kind == "relation" and field.name == "trigger":
        return "evidence"
    return LABELS.get(field.name, field.name)


class ShownRow:
    """One row of the record with its sentence, the words of each field and who says so.

    In a notebook it shows the sentence with highlighted words.

    Attributes:
        shown: Everything the record knows about the row.
    """

    def __init__(self, shown: Shown) -> None:
        self.shown = shown

    @property
    def row(self) -> dict[str, Any]:
        """The row itself, reviews applied."""
        return self.shown.row

    @property
    def sentence(self) -> str:
        """The sentence, empty for actors and documents."""
        return self.shown.sentence

    @property
    def chain(self) -> tuple[str, ...]:
        """Who says so, outlet first."""
        return tuple(link.name for link in self.shown.chain)

    def fields_in_sentence(self) -> list[Field]:
        """Return the fields whose words stand in the sentence, wholly or in part."""
        where = self.shown.sentence_span
        if where is None:
            return []
        return [field for field in self.shown.fields if field.span.overlaps(where)]

    def fields_elsewhere(self) -> list[Field]:
        """Return the fields read from other sentences, such as who "he" is."""
        where = self.shown.sentence_span
        return [f for f in self.shown.fields if where is None or not f.span.overlaps(where)]

    def marked(self, *, width: int = 80, ascii_only: bool = False) -> str:
        """Return the sentence as plain text with marks under each field.

        Args:
            width: Columns to use.
            ascii_only: Draw with `^~` instead of box characters.
        """
        return as_text(
            mark_lines(
                self.shown.sentence,
                marks_of(self.fields_in_sentence(), self.shown.kind),
                start=self.shown.sentence_span.start if self.shown.sentence_span else 0,
                width=width,
                ascii_only=ascii_only,
            )
        )

    def to_dict(self) -> dict[str, Any]:
        """Return everything as plain values; spans as `{"start": …, "end": …}`."""
        return {key: _json_value(value) for key, value in as_dict(self.shown).items()}

    def to_json(self, *, indent: int | None = 2) -> str:
        """Return everything as a JSON object."""
        return json_text(self.to_dict(), indent=indent)

    def __repr__(self) -> str:
        head = f"<{self.shown.kind}>"
        if not self.sentence:
            return head + " " + ", ".join(f"{k}={v!r}" for k, v in self.row.items() if v)
        return f"{head} {' < '.join(map(printable, self.chain))}\n{self.marked()}"

    def _repr_html_(self) -> str:
        parts = []
        if self.sentence and self.shown.sentence_span is not None:
            marks = marks_of(self.fields_in_sentence(), self.shown.kind)
            body = highlighted(self.sentence, marks, start=self.shown.sentence_span.start)
            parts.append(f'<p style="line-height:2.2">{body}</p>')
        if self.chain:
            chain = " &lt; ".join(f"<b>{_safe(name)}</b>" for name in self.chain)
            parts.append(f"<p>On the word of: {chain}</p>")
        rows = "".join(
            f"<tr><th>{_safe(key)}</th><td>{_safe(value)}</td></tr>"
            for key, value in self.row.items()
            if value not in (None, "", ()) and key != "sentence"
        )
        parts.append(f"<details><summary>All fields</summary><table>{rows}</table></details>")
        return '<div dir="auto">' + "".join(parts) + "</div>"


def marks_of(fields: Iterable[Field], kind: str) -> list[Mark]:
    """Return a mark for each field."""
    return [Mark(field.span, label_of(field, kind)) for field in fields]


def highlighted(text: str, marks: Iterable[Mark], *, start: int = 0) -> str:
    """Return `text` as HTML with each stretch coloured and named by the marks over it.

    Marks may overlap: a stretch under two of them names both. Everything from
    the report is escaped and characters that reorder text are made visible.

    Args:
        text: The words to show.
        marks: What to mark.
        start: Offset of `text` in the document, in code points.
    """
    held = [
        (max(m.span.start - start, 0), min(m.span.end - start, len(text)), m.label) for m in marks
    ]
    held = [mark for mark in held if mark[0] < mark[1]]
    edges = sorted({0, len(text), *(m[0] for m in held), *(m[1] for m in held)})
    parts = []
    for first, last in pairwise(edges):
        words = _safe(text[first:last])
        labels = [label for s, e, label in held if s <= first and last <= e]
        if not labels:
            parts.append(words)
            continue
        begins = [label for s, _, label in held if s == first]
        name = f"<sub>{_safe(', '.join(begins))}</sub>" if begins else ""
        # The shortest mark is the most particular one.
        tint = _TINTS.get(labels[-1], "#eeeeee")
        parts.append(
            f'<mark title="{_safe(", ".join(labels))}" style="background:{tint};color:#000">'
            f"{name}{words}</mark>"
        )
    return "".join(parts)


def _safe(value: object) -> str:
    return html.escape(printable(str(value)), quote=True)


def _json_value(value: Any) -> Any:
    if isinstance(value, Span):
        return {"start": value.start, "end": value.end}
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, dict):
        return {key: _json_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(item) for item in value]
    return value
