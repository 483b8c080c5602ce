"""Apply the rules that turn a tagger's tags into word classes, by looking them up.

spaCy's attribute ruler tries each of its patterns on every token, which takes
as long as the parser. Nearly all of them name a tag, a word or both, so what
holds for a token is known by these; the same rules give the same attributes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from spacy.tokens._retokenize import set_token_attrs

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import AttributeRuler
    from spacy.tokens import Doc

_Attributes = dict[Any, Any]
# What rules may ask of a token, in this order.
_ASKED = ("LOWER", "TAG", "DEP", "IS_SPACE")
_NAME = "word_classes"


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule for one token or two neighbours.

    Attributes:
        order: Where two rules set the same attribute the later one counts.
        tests: For each token what is asked of each attribute.
        index: Which of the tokens it sets.
        attributes: What it sets.
    """

    order: int
    tests: tuple[dict[str, Callable[[Any], bool]], ...]
    index: int
    attributes: _Attributes

    def holds(self, position: int, told: dict[str, Any]) -> bool:
        """Return whether a token of which this is `told` fits at `position`."""
        return all(test(told[name]) for name, test in self.tests[position].items())


@dataclass(frozen=True, slots=True)
class _Fitting:
    """What a token of one kind gets: alone, and if a neighbour of some sort follows."""

    alone: tuple[_Rule, ...]
    merged: _Attributes
    opens: tuple[_Rule, ...]


class WordClasses:
    """A pipeline component that sets what `ruler` sets.

    Args:
        ruler: The component whose place it takes.

    Raises:
        ValueError: A rule asks for what cannot be looked up.
    """

    def __init__(self, ruler: AttributeRuler) -> None:
        self._strings = ruler.vocab.strings
        # What a pattern file holds is not typed any closer.
        patterns: Any = ruler.patterns
        self._rules = [
            _Rule(order, tuple(_tests(token) for token in tokens), rule["index"], attributes)
            for order, (rule, attributes) in enumerate(zip(patterns, ruler.attrs, strict=True))
            for tokens in rule["patterns"]
        ]
        if any(not 0 <= rule.index < len(rule.tests) <= 2 for rule in self._rules):
            raise ValueError("a rule looks at more than two tokens")
        # Words that no rule asks for are all one: what is known of one holds for them all.
        self._asks_word = [
            test["LOWER"] for rule in self._rules for test in rule.tests if "LOWER" in test
        ]
        self._word: dict[int, int] = {}
        self._fitting: dict[tuple[int, ...], _Fitting] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with the attributes set."""
        seen: list[list[int]] = doc.to_array(list(_ASKED)).tolist()
        kinds = [self._kind(*told) for told in seen]
        fitting = [self._fitting.get(kind) or self._fit(kind) for kind in kinds]
        pairs: dict[int, list[_Rule]] = {}
        for i, fit in enumerate(fitting[:-1]):
            for rule in fit.opens:
                if rule.holds(1, self._told(kinds[i + 1])):
                    pairs.setdefault(i + rule.index, []).append(rule)
        for i, fit in enumerate(fitting):
            attributes = _merged([*fit.alone, *pairs[i]]) if i in pairs else fit.merged
            if attributes:
                set_token_attrs(doc[i], attributes)
        return doc

    def _kind(self, word: int, tag: int, dep: int, is_space: int) -> tuple[int, ...]:
        known = self._word.get(word)
        if known is None:
            text = self._strings[word]
            known = self._word[word] = word if any(t(text) for t in self._asks_word) else 0
        return known, tag, dep, is_space

    def _told(self, kind: tuple[int, ...]) -> dict[str, Any]:
        word, tag, dep, is_space = kind
        names = (self._strings[value] if value else "" for value in (word, tag, dep))
        return dict(zip(_ASKED, (*names, bool(is_space)), strict=True))

    def _fit(self, kind: tuple[int, ...]) -> _Fitting:
        told = self._told(kind)
        fits = [rule for rule in self._rules if rule.holds(0, told)]
        alone = tuple(rule for rule in fits if len(rule.tests) == 1)
        opens = tuple(rule for rule in fits if len(rule.tests) == 2)
        return self._fitting.setdefault(kind, _Fitting(alone, _merged(alone), opens))


def look_up_word_classes(language: Language) -> None:
    """Let `WordClasses` take the place of the attribute ruler in `language`.

    A pipeline whose rules cannot be looked up stays as it is.
    """
    if "attribute_ruler" not in language.pipe_names:
        return
    try:
        component = WordClasses(language.get_pipe("attribute_ruler"))  # type: ignore[arg-type]
    except ValueError:
        return
    language.component(_NAME, func=component)
    language.add_pipe(_NAME, before="attribute_ruler")
    language.remove_pipe("attribute_ruler")


def _merged(rules: Iterable[_Rule]) -> _Attributes:
    merged: _Attributes = {}
    for rule in sorted(rules, key=lambda r: r.order):
        merged.update(rule.attributes)
    return merged


def _tests(token: dict[str, Any]) -> dict[str, Callable[[Any], bool]]:
    if not token or not token.keys() <= set(_ASKED):
        raise ValueError(f"a rule asks for {sorted(token)}")
    return {name: _test(wanted) for name, wanted in token.items()}


def _test(wanted: Any) -> Callable[[Any], bool]:
    if not isinstance(wanted, dict):
        return lambda value: bool(value == wanted)
    if len(wanted) == 1:
        (operator, operand), *_ = wanted.items()
        if operator == "IN":
            return _among(operand)
        if operator == "NOT_IN":
            among = _among(operand)
            return lambda value: not among(value)
        if operator == "REGEX":
            pattern = re.compile(operand)
            return lambda value: pattern.search(value) is not None
    raise ValueError(f"a rule asks for {wanted}")


def _among(values: Sequence[str]) -> Callable[[Any], bool]:
    known = frozenset(values)
    return lambda value: value in known
