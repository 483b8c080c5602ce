"""Say in words what the record says in codes: types, quad classes, bounds, dates, counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from onrecord.record.rows import Shown
from onrecord.show.export.codes import country_name, event_code
from onrecord.show.safe import printable
from onrecord.show.sequences import as_dict

QUADS = {
    1: "Verbal cooperation",
    2: "Material cooperation",
    3: "Verbal conflict",
    4: "Material conflict",
}
KIND_NAMES = {
    "person": "person", "organisation": "organisation", "armed_group": "armed group",
    "government": "government", "country": "country", "media": "news outlet",
    "company": "company", "people": "people", "other": "other",
}  # fmt: skip
RELATIONS = {
    "leads": "leads", "member_of": "is a member of", "part_of": "is part of",
    "founded": "founded", "supports": "supports", "allied_with": "is allied with",
    "hostile_to": "is hostile to", "active_in": "is active in",
    "subordinate_to": "is subordinate to", "also_known_as": "is also known as",
    "located_in": "is located in",
}  # fmt: skip
HOW_KNOWN = {
    "spelling": "written so", "acronym": "acronym", "apposition": "named beside it",
    "title": "title", "curated": "known beforehand", "reviewer": "said by a reviewer",
}  # fmt: skip
# Sure, fairly sure, unsure: a number alone reads as more exact than it is.
_SURE, _FAIRLY = 0.8, 0.5
# Characters shown on each side of a field; sentences are shorter, unless something went wrong.
_NEAR = 1500


def visible(text: object) -> str:
    """Return text of a report with characters that reorder or hide text made visible."""
    return "" if text is None else printable(str(text))


def type_words(type_: str, mode: str = "") -> str:
    """Return an event type as people read it: "Assault (drone)"."""
    name = type_.replace("_", " ").capitalize()
    return f"{name} ({mode.replace('-', ' ')})" if mode else name


def quad_of(type_: str, mode: str = "") -> int:
    """Return the quad class of an event type, 1 to 4; 0 for types that have none."""
    try:
        return event_code(type_, mode).quad
    except (KeyError, ValueError):
        return 0


def relation_words(type_: str) -> str:
    """Return a relation as the verb between two names."""
    return RELATIONS.get(type_, type_.replace("_", " "))


def sureness(confidence: float | None) -> str:
    """Return a word for a probability."""
    if confidence is None:
        return ""
    if confidence >= _SURE:
        return "sure"
    return "fairly sure" if confidence >= _FAIRLY else "unsure"


def figure_words(row: Any) -> str:
    """Return a value with its bound and unit: "at least 14", "1,500 to 3,000 km"."""
    row = _keyed(row)
    low, high = (_number(row[end]) for end in ("value_low", "value_high"))
    if low == high:
        written = low
    elif low and high:
        written = f"{low} to {high}"
    else:
        written = f"at least {low}" if low else f"at most {high}"
    if row["bound"] == "about":
        written = f"about {written}"
    unit = {"count": "", "percent": "%"}.get(row["unit"], f" {row['unit']}")
    return written + unit


def _number(value: float | None) -> str:
    if value is None:
        return ""
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,.10g}"


def _keyed(row: Any) -> Mapping[str, Any]:
    """Return a row, which may be an object of the record, as a mapping."""
    return row if isinstance(row, Mapping) else as_dict(row)


def days_words(row: Any) -> str:
    """Return the days of a statement: one day, a range, or open at one end; empty if unknown."""
    row = _keyed(row)
    first, last = row.get("date_from"), row.get("date_to")
    if not first and not last:
        return ""
    if first == last:
        return str(first)
    precision = row.get("date_precision")
    if first and last and precision == "month" and first[:7] == last[:7]:
        return str(first[:7])
    if first and last and precision == "year" and first[:4] == last[:4]:
        return str(first[:4])
    if not first:
        return f"until {last}"
    return f"{first} to {last}" if last else f"since {first}"


def day_words(moment: datetime | str | None) -> str:
    """Return the day of a moment, empty if unknown."""
    if moment is None:
        return ""
    return moment.strftime("%Y-%m-%d") if isinstance(moment, datetime) else moment[:10]


def count_words(n: int, one: str, many: str = "") -> str:
    """Return "1 report", "14 reports", "1,204 reports"."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def country_words(code: str) -> str:
    """Return the name of a country by its alpha-3 code, the code if it has none."""
    return country_name(code) or code if code else ""


def chain_links(chain: str) -> list[str]:
    """Return the names of a chain, outlet first."""
    return [name for name in chain.split(" < ") if name]


def row_id(row: Mapping[str, Any]) -> str:
    """Return the identifier of a statement or quote."""
    return str(row.get("statement_id") or row.get("attribution_id") or "")


def sentence_of(kind: str, row: Mapping[str, Any]) -> str:
    """Return a row of any kind as one plain sentence."""
    sure = row.get("factuality", "asserted")
    hedge = "" if sure == "asserted" else f" ({sure})"
    if kind == "event":
        who, whom = row["actor"] or "someone", row["recipient"]
        to = f" → {whom}" if whom else ""
        return visible(f"{who}: {type_words(row['type'], row['mode'])}{to}{hedge}")
    if kind == "relation":
        return visible(
            f"{row['subject']} {relation_words(row['type'])} {row['object'] or ''}{hedge}"
        )
    if kind == "quantity":
        of = f" {row['counted']}" if row["counted"] else ""
        return visible(f"{figure_words(row)}{of}{hedge}")
    return visible(f"{row.get('speaker') or 'Unnamed'}: {row.get('words', '')}")


def claim_words(row: Any) -> str:
    """Return a claim as one plain sentence."""
    claim = _keyed(row)
    if claim["kind"] == "event":
        whom = f" → {claim['whom']}" if claim["whom"] else ""
        return f"{claim['who'] or 'someone'}: {type_words(claim['type'], claim['mode'])}{whom}"
    if claim["kind"] == "relation":
        return f"{claim['who']} {relation_words(claim['type'])} {claim['whom'] or ''}"
    figure = figure_words({**claim, "bound": ""})
    return f"{figure} {claim['counted'] or claim['type']}"


def found_pieces(snippet: str) -> list[tuple[str, bool]]:
    """Return a snippet as `(words, found)`: the search puts found words in brackets."""
    pieces: list[tuple[str, bool]] = []
    for number, piece in enumerate(snippet.split("[")):
        found, closed, rest = piece.partition("]") if number else ("", "", piece)
        if closed:
            pieces += [(found, True), (rest, False)]
        else:
            pieces.append((("[" if number else "") + (found or rest), False))
    return [(words, found) for words, found in pieces if words]


def sentence_pieces(shown: Shown) -> list[tuple[str, str]]:
    """Return the sentence of a row as `(words, field)`, field empty between the fields.

    Where fields overlap, the one that begins first is shown whole.
    """
    if shown.sentence_span is None:
        return [(shown.sentence, "")]
    start, at = shown.sentence_span.start, 0
    pieces: list[tuple[str, str]] = []
    for field in shown.fields:
        first, last = field.span.start - start, field.span.end - start
        if field.name == "content" or first < at or last > len(shown.sentence):
            continue
        pieces += [(shown.sentence[at:first], ""), (shown.sentence[first:last], field.name)]
        at = last
    pieces.append((shown.sentence[at:], ""))
    return [(words if name else _clipped(words), name) for words, name in pieces if words]


def _clipped(words: str) -> str:
    """Return words between two fields; of a text in one line only those near the fields."""
    if len(words) <= 2 * _NEAR:
        return words
    return f"{words[:_NEAR]} … {words[-_NEAR:]}"
