"""Keep of an endpoint's answer what stands in the text; drop and count the rest.

Answers come with prose around them, in code fences, cut short, or made to
harm. Nothing is believed: types and modes must be known, words must occur in
the sentence named, and everything is bounded.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from onrecord.annotate.endpoint_words import Asked, Window, spans_of
from onrecord.annotate.lexicon import load_ontology
from onrecord.model.annotation import FACTUALITIES, RELATION_TYPES, Factuality, RelationType
from onrecord.model.span import Span

LISTS = ("events", "relations", "numbers")
# No honest answer about one window is longer, or has more beginnings of objects before it.
_LONGEST_ANSWER = 200_000
_MOST_BEGINNINGS = 50
# No sentence of prose tells of more; noise must not become rows without end.
MOST_OF_A_SENTENCE = 20
_NOTHING = frozenset({"", "null", "none", "n/a"})

Answer = Mapping[str, Sequence[Any]]
Item = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class NamedEvent:
    """An event with all its words found in the sentence; spans are of the document.

    Attributes:
        sentence: Number of the sentence in the document.
        type: PLOVER type.
        mode: A mode of that type, or None.
        trigger: The words that name the act.
        roles: Span of each of source, target, time and place that was named and found.
        factuality: None where the endpoint gives no value that we know.
    """

    sentence: int
    type: str
    mode: str | None
    trigger: Span
    roles: Mapping[str, Span]
    factuality: Factuality | None


@dataclass(frozen=True, slots=True)
class NamedRelation:
    """A relation whose parties were found in the sentence."""

    sentence: int
    type: RelationType
    subject: Span
    object: Span
    factuality: Factuality


@dataclass(slots=True)
class Named:
    """What an endpoint named in a document.

    Attributes:
        events: Events kept; likewise relations and spans of numbers.
        kept: Events, relations and numbers kept.
        dropped: What was not kept, by reason; a field dropped from a row that was kept counts.
    """

    events: list[NamedEvent] = field(default_factory=list)
    relations: list[NamedRelation] = field(default_factory=list)
    numbers: list[Span] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)

    @property
    def kept(self) -> int:
        return len(self.events) + len(self.relations) + len(self.numbers)


def answer_in(words: str | None) -> Answer | None:
    """Return the answer among an endpoint's words, None where there is none.

    Args:
        words: What the model wrote; the last object with a list that we ask for counts, since
            models that think aloud may draft one first.
    """
    if words is None or len(words) > _LONGEST_ANSWER:
        return None
    answer = None
    decoder = json.JSONDecoder()
    at = words.find("{")
    for _ in range(_MOST_BEGINNINGS):
        if at < 0:
            break
        end = at + 1
        try:
            found, end = decoder.raw_decode(words, at)
        except (ValueError, RecursionError):
            found = None
        if isinstance(found, dict) and any(name in found for name in LISTS):
            answer = {name: _list(found.get(name)) for name in LISTS}
        at = words.find("{", end)
    return answer


def _list(given: object) -> list[Any]:
    return given if isinstance(given, list) else []


def keep(answer: Answer, window: Window, named: Named) -> None:
    """Add to `named` what of an answer stands in the window's sentences."""
    counts: Counter[tuple[str, int]] = Counter()
    readers: tuple[tuple[str, Callable[[Item, Asked, Named], None]], ...] = (
        ("events", _event), ("relations", _relation), ("numbers", _number),
    )  # fmt: skip
    for name, reader in readers:
        for item, asked in _placed(answer[name], window, named):
            counts[name, asked.number] += 1
            if counts[name, asked.number] > MOST_OF_A_SENTENCE:
                named.dropped["too many in one sentence"] += 1
            else:
                reader(item, asked, named)


def _placed(items: Sequence[Any], window: Window, named: Named) -> Iterator[tuple[Item, Asked]]:
    """Yield the items that are objects and name a sentence of the window."""
    for item in items:
        number = item.get("sentence") if isinstance(item, dict) else None
        if isinstance(number, str) and number.isdecimal() and len(number) <= len(str(len(window))):
            number = int(number)
        if not isinstance(number, int) or isinstance(number, bool):
            named.dropped["no sentence"] += 1
        elif not 1 <= number <= len(window):
            named.dropped["no such sentence"] += 1
        else:
            yield item, window[number - 1]


def _event(item: Item, asked: Asked, named: Named) -> None:
    modes = load_ontology().modes
    type_ = _word(item, "type").upper()
    if type_ not in modes:
        named.dropped["unknown type"] += 1
        return
    mode: str | None = _word(item, "mode").lower()
    if mode not in modes[type_]:
        named.dropped["unknown mode"] += mode not in _NOTHING
        mode = None
    places = {
        role: _found(item, role, asked, named) for role in ("source", "target", "time", "place")
    }
    trigger = _trigger(item, type_, places, asked, named)
    if trigger is None:
        return
    roles = {role: _nearest(spans, trigger) for role, spans in places.items() if spans}
    if "source" in roles and "target" in roles and roles["source"].overlaps(roles["target"]):
        named.dropped["target in source"] += 1
        del roles["target"]
    event = NamedEvent(asked.number, type_, mode, trigger, roles, _factuality(item, named))
    if event in named.events:
        named.dropped["said twice"] += 1
    else:
        named.events.append(event)


def _trigger(
    item: Item, type_: str, roles: Mapping[str, list[Span]], asked: Asked, named: Named
) -> Span | None:
    """Return the trigger nearest to its parties; two acts of a type have a trigger each."""
    found = _found(item, "trigger", asked, named)
    if not found:
        named.dropped["no trigger"] += not _word(item, "trigger")
        return None
    taken = {e.trigger for e in named.events if e.sentence == asked.number and e.type == type_}
    free = [span for span in found if span not in taken] or found

    def distance(span: Span) -> int:
        return sum(_gap(span, _nearest(spans, span)) for spans in roles.values() if spans)

    return min(free, key=distance)


def _relation(item: Item, asked: Asked, named: Named) -> None:
    word = _word(item, "type").lower()
    type_ = next((known for known in RELATION_TYPES if known == word), None)
    if type_ is None:
        named.dropped["unknown type"] += 1
        return
    subjects = _found(item, "subject", asked, named)
    objects = _found(item, "object", asked, named)
    pairs = [(s, o) for s in subjects for o in objects if not s.overlaps(o)]
    if not pairs:
        named.dropped["no two parties"] += bool(subjects and objects)
        return
    subject, object_ = min(pairs, key=lambda pair: _gap(*pair))
    factuality = _factuality(item, named) or "asserted"
    relation = NamedRelation(asked.number, type_, subject, object_, factuality)
    if relation in named.relations:
        named.dropped["said twice"] += 1
    else:
        named.relations.append(relation)


def _number(item: Item, asked: Asked, named: Named) -> None:
    found = [s for s in _found(item, "text", asked, named) if s not in named.numbers]
    named.numbers.extend(found[:1])


def _found(item: Item, name: str, asked: Asked, named: Named) -> list[Span]:
    """Return where the words of a field stand in the sentence."""
    words = _word(item, name)
    found = spans_of(words, asked)
    # "None" may be a word of the sentence; where it is not, the model means nothing by it.
    if not found and words.lower() not in _NOTHING:
        named.dropped["words not in the sentence"] += 1
    return found


def _factuality(item: Item, named: Named) -> Factuality | None:
    word = _word(item, "factuality").lower()
    value = next((known for known in FACTUALITIES if known == word), None)
    named.dropped["unknown factuality"] += value is None and word not in _NOTHING
    return value


def _word(item: Item, name: str) -> str:
    value = item.get(name)
    return value.strip() if isinstance(value, str) else ""


def _nearest(spans: Sequence[Span], to: Span) -> Span:
    return min(spans, key=lambda span: _gap(span, to))


def _gap(one: Span, other: Span) -> int:
    """Return the code points between two spans, 0 where they touch or overlap."""
    return max(one.start - other.end, other.start - one.end, 0)
