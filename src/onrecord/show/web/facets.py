"""Ways to narrow down, each with how many rows it would leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from onrecord.show.web.parameters import Query


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet.

    Attributes:
        words: What people read.
        n: How many rows have it.
        href: Address with it; without it where it is chosen; empty for a value that cannot be.
    """

    words: str
    n: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Facet:
    """One way to narrow down.

    Attributes:
        title: What people read.
        values: Its values, those of most rows first.
        some: Whether only some of the rows were counted.
    """

    title: str
    values: tuple[Value, ...]
    some: bool = False


def facet(
    title: str,
    asked: Query,
    path: str,
    values: Iterable[tuple[Mapping[str, str], str, int]],
    *,
    some: bool = False,
) -> Facet:
    """Return a facet.

    Args:
        title: What people read.
        asked: What is chosen now.
        path: Where its addresses lead.
        values: `(parameters, words, rows)` of each value; no parameters where it is unknown.
        some: Whether only some of the rows were counted.
    """
    return Facet(title, tuple(_value(asked, path, *value) for value in values), some)


def _value(asked: Query, path: str, where: Mapping[str, str], words: str, n: int) -> Value:
    chosen = bool(where) and all(asked[k].casefold() == v.casefold() for k, v in where.items())
    changed: dict[str, object] = dict.fromkeys(where) if chosen else dict(where)
    return Value(words, n, asked.address(path, **changed) if where else "", chosen)
