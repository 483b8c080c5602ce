"""Rows a careful reader expects from a sample report, and how they are told to be found.

A row holds words of the report. Two noun phrases agree when they are the same but for
articles, possessives and marks at their ends, or when one is the other with more words
in front ("Mayor Davit Karro") or with a phrase behind ("inmates of the prison").
Triggers and figures agree when one holds the other; what is said must agree in full.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.model.annotation import Annotations, Factuality, RelationType
from onrecord.model.span import Span
from onrecord.model.statement import ResolvedDocument
from onrecord.model.value import Bound

_EDGES = " \n\t,.;:?!—–-…\"'“”‘’"
_PHRASE_STARTS = frozenset(("of", "in", "for", "on", "at", "from", "with", "reached"))
_ARTICLE = re.compile(r"^(?:the|a|an|its|their|his|her)\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Says:
    """Somebody's words.

    Attributes:
        source: Who, None when the report names nobody.
        content: The stretches attributed, in order.
        cue: The attributing words; not compared when empty.
        known_gap: Why the rules miss the row today; empty when they find it.
    """

    source: str | None
    content: tuple[str, ...]
    cue: str = ""
    known_gap: str = ""


@dataclass(frozen=True, slots=True)
class Act:
    """An event; `mode` is not compared when empty."""

    type: str
    source: str | None
    trigger: str
    target: str | None
    factuality: Factuality = "asserted"
    mode: str = ""
    known_gap: str = ""


@dataclass(frozen=True, slots=True)
class Stands:
    """A standing relation."""

    type: RelationType
    subject: str
    object: str
    known_gap: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that matters, with its limits; `low` and `high` in `unit`."""

    text: str
    low: float | None
    high: float | None
    unit: str = "count"
    bound: Bound = "exact"
    known_gap: str = ""


@dataclass(frozen=True, slots=True)
class OneActor:
    """Names and descriptions that mean one actor in the report."""

    names: tuple[str, ...]
    known_gap: str = ""


Row = Says | Act | Stands | Figure | OneActor


def is_found(row: Row, annotations: Annotations, resolved: ResolvedDocument) -> bool:
    """Return whether the annotations of a report hold `row`."""
    text = resolved.document.text
    match row:
        case Says():
            return any(
                _same(row.source, _words(text, found.source))
                and (not row.cue or _within(row.cue, _words(text, found.cue)))
                and _bare(" ".join(map(_bare, row.content)))
                == _bare(" ".join(_bare(span.text_in(text)) for span in found.content))
                for found in annotations.attributions
            )
        case Act():
            return any(
                found.type == row.type
                and found.factuality == row.factuality
                and row.mode in ("", found.mode)
                and _within(row.trigger, _words(text, found.trigger))
                and _same(row.source, _words(text, found.source))
                and _same(row.target, _words(text, found.target))
                for found in annotations.events
            )
        case Stands():
            return any(
                found.type == row.type
                and found.factuality == "asserted"
                and _same(row.subject, _words(text, found.subject))
                and _same(row.object, _words(text, found.object))
                for found in annotations.relations
            )
        case Figure():
            limits = (row.low, row.high, row.unit, row.bound)
            return any(
                _within(row.text, _words(text, found.span))
                and limits
                == (found.amount.low, found.amount.high, found.amount.unit, found.amount.bound)
                for found in annotations.quantities
            )
        case OneActor():
            return _is_one_actor(row.names, resolved)


def _is_one_actor(names: tuple[str, ...], resolved: ResolvedDocument) -> bool:
    """Return whether some entity is mentioned by each of `names`."""
    mentioned: dict[str, set[str]] = {}
    for mention in resolved.mentions:
        if mention.entity_id is not None:
            forms = mentioned.setdefault(mention.entity_id, set())
            forms.update(
                _bare(span.text_in(resolved.document.text)) for span in (mention.span, mention.head)
            )
    return any({_bare(name) for name in names} <= forms for forms in mentioned.values())


def _words(text: str, span: Span | None) -> str | None:
    return None if span is None else span.text_in(text)


def _same(expected: str | None, found: str | None) -> bool:
    if expected is None or found is None:
        return expected is found
    short, long = sorted((_bare(expected), _bare(found)), key=len)
    rest = long.removeprefix(f"{short} ")
    return f" {long}".endswith(f" {short}") or rest.split(" ")[0] in _PHRASE_STARTS


def _within(expected: str, found: str | None) -> bool:
    if found is None:
        return False
    one, other = f" {_bare(expected)} ", f" {_bare(found)} "
    return one in other or other in one


def _bare(words: str) -> str:
    plain = re.sub(r"['’]s?(?=\s|$)", "", " ".join(words.split()).strip(_EDGES))
    return _ARTICLE.sub("", re.sub(r"^that ", "", plain)).strip(_EDGES).casefold()
