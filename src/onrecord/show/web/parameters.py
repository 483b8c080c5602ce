"""Turn the query of an address into filters; what is not known is an answer, never ignored.

A misspelt filter that is silently left out shows more rows than were asked
for, and somebody counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlencode

from onrecord.errors import QueryError
from onrecord.record.filters import day_of
from onrecord.show.filters import checked, filter_names, known_values
from onrecord.show.nearest import did_you_mean

LONGEST_QUERY = 4000
LONGEST_VALUE = 500
MOST_PAGES = 100_000
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def _number(name: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        raise QueryError(f"{name} {text!r}", "not a number", "Write digits.") from error


def _yes(name: str, text: str) -> bool | None:
    if name == "named" and text == "all":
        return None
    try:
        return _YES[text.casefold()]
    except KeyError as error:
        raise QueryError(f"{name} {text!r}", "neither yes nor no", "Write yes or no.") from error


def whole_number(least: int, most: int) -> Callable[[str, str], int]:
    """Return what reads a whole number between `least` and `most`, both included."""

    def read(name: str, text: str) -> int:
        if not text.isascii() or not text.isdigit() or not least <= int(text[:9]) <= most:
            raise QueryError(
                f"{name} {text!r}", f"not a whole number from {least} to {most:,}", f"Try {least}."
            )
        return int(text)

    return read


def one_word_of(*words: str) -> Callable[[str, str], str]:
    """Return what reads one of `words`."""

    def read(name: str, text: str) -> str:
        if text not in words:
            raise QueryError(f"{name} {text!r}", "not known", did_you_mean(text, words))
        return text

    return read


def one_day(name: str, text: str) -> str:
    """Return a day as it is written everywhere.

    Raises:
        QueryError: The text is no day.
    """
    return day_of(text)


def within(filters: Mapping[str, Any], shown: Mapping[str, Any]) -> dict[str, Any]:
    """Return `filters` narrowed to the days `from` ... `to` that a picture shows."""
    first, last = shown.get("from"), shown.get("to")
    narrowed = dict(filters)
    if first and (filters.get("since") is None or first > day_of(filters["since"])):
        narrowed["since"] = first
    if last and (filters.get("until") is None or last < day_of(filters["until"], end=True)):
        narrowed["until"] = last
    return narrowed


def any_text(name: str, text: str) -> str:
    """Return `text` as it is."""
    return text


_STANDS = re.compile(r"-?\d{1,6}(\.\d{1,6})?(,-?\d{1,6}(\.\d{1,6})?){2}")


def where_it_stands(name: str, text: str) -> str:
    """Return where a picture stands: two coordinates of its middle, and how far it is zoomed in.

    Raises:
        QueryError: The text is not three numbers with commas between them.
    """
    if _STANDS.fullmatch(text) is None:
        raise QueryError(f"{name} {text!r}", "not three numbers", 'Like "44.4,33.3,2".')
    return text


READERS: dict[str, Callable[[str, str], Any]] = {
    "min_confidence": _number,
    "at_least": _number,
    "at_most": _number,
    "copies": _yes,
    "named": _yes,
    "page": whole_number(1, MOST_PAGES),
    "limit": whole_number(1, 1000),
}
# What a link to elsewhere does not carry on: the page, what was just done, where a picture stands.
_PASSING = frozenset({"page", "done", "view"})
_SEVERAL = frozenset({"type", "mode", "factuality", "kind", "unit", "status", "layers"})


@dataclass(frozen=True)
class Query:
    """What an address asks for.

    Attributes:
        given: Parameters as they stand in the address, empty ones left out.
        filters: The filters of a list, read and checked.
        extra: Other parameters of the view, read.
    """

    given: tuple[tuple[str, str], ...] = ()
    filters: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    def __getitem__(self, name: str) -> str:
        """Return a parameter as written, several values joined by commas, empty if not given."""
        return ",".join(value for key, value in self.given if key == name)

    def values(self, name: str) -> list[str]:
        """Return every value of a parameter, commas split."""
        return [part for part in self[name].split(",") if part]

    def address(self, path: str, **changed: object) -> str:
        """Return `path` with this query, some parameters changed; None takes one out.

        A changed filter starts from the first page again.
        """
        kept = [(k, v) for k, v in self.given if k not in changed and k not in _PASSING]
        kept += [(k, str(v)) for k, v in changed.items() if v not in (None, "")]
        return f"{path}?{urlencode(kept)}" if kept else path

    def in_words(self) -> str:
        """Return the filters as a reader writes them: "type=ASSAULT, since=2024"."""
        return ", ".join(f"{name}={value}" for name, value in self.given if name not in _PASSING)


def read_query(
    text: str,
    *,
    what: str = "",
    extra: Mapping[str, Callable[[str, str], Any]] | None = None,
) -> Query:
    """Return the query in `text`.

    Args:
        text: What follows the question mark, percent-encoded.
        what: The list whose filters are allowed: events, relations, ...; empty for none.
        extra: Further parameters with what reads them.

    Raises:
        QueryError: A parameter or one of its words is not known, given twice or too long;
            the error names the nearest.
    """
    if len(text) > LONGEST_QUERY:
        raise QueryError(
            "the address",
            f"longer than {LONGEST_QUERY:,} characters",
            "Leave out some of the filters.",
        )
    readers = dict(extra or {})
    filters = filter_names(what) if what else ()
    known = (*filters, *readers)
    given: list[tuple[str, str]] = []
    for name, value in parse_qsl(text, keep_blank_values=True, max_num_fields=100):
        if name not in known:
            raise QueryError(
                f"parameter {name[:60]!r}", "this page has no such filter", _likely(name, known)
            )
        if len(value) > LONGEST_VALUE:
            raise QueryError(f"{name}", f"longer than {LONGEST_VALUE} characters", "Shorten it.")
        if value.strip():  # a form sends the fields that were left empty as well
            given.append((name, value.strip()))
    read_filters: dict[str, Any] = {}
    read_extra: dict[str, Any] = {}
    for name, values in _grouped(given).items():
        if len(values) > 1 and name not in _SEVERAL:
            raise QueryError(f"{name}", "given more than once", "Give it once.")
        if name in readers:
            read_extra[name] = readers[name](name, ",".join(values))
        elif name in READERS:
            read_filters[name] = READERS[name](name, values[0])
        else:
            read_filters[name] = ",".join(values)
    return Query(
        tuple(given), checked(what, read_filters) if what else {}, read_extra
    )  # fmt: skip


def choices(what: str) -> dict[str, tuple[str, ...]]:
    """Return the words of each filter of a list that has a fixed vocabulary."""
    return known_values(what)


def _likely(name: str, known: Sequence[str]) -> str:
    return did_you_mean(name, known) if known else "It takes none."


def _grouped(given: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = {}
    for name, value in given:
        grouped.setdefault(name, []).append(value)
    return grouped
