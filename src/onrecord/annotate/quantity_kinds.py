"""Say what sort of figure a number is: casualties, people, troops, money, weapons.

The nouns and verbs that decide are in `resources/quantities.yaml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Literal

import yaml

from onrecord.annotate.numbers import DURATION_UNITS

if TYPE_CHECKING:
    from spacy.tokens import Token

QuantityKind = Literal[
    "people", "casualties", "troops", "money", "weapons", "percentage", "distance", "other"
]
LENGTHS = frozenset({"km", "mile", "m", "ft", "yard", "inch"})
PHYSICAL = frozenset(
    {"kg", "g", "lb", "oz", "t", "km2", "mile2", "m2", "ha", "acre", "barrel", "l", "gal", "MW"}
)
_HURT = re.compile(r"\s+(?:more\s+)?(?:dead|killed|wounded|injured|hurt|missing)\b", re.IGNORECASE)
_PARTICIPLE = re.compile(r"\s+(?:more\s+)?(\w+)")


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """The word lists of `resources/quantities.yaml`."""

    kinds: dict[str, QuantityKind]
    bare_verbs: frozenset[str]
    casualty_verbs: frozenset[str]
    people_verbs: frozenset[str]
    ignored: frozenset[str]


@lru_cache(maxsize=1)
def quantity_words() -> QuantityWords:
    """Return the word lists, read once a process."""
    text = resources.files("onrecord.resources").joinpath("quantities.yaml").read_text("utf-8")
    lists = yaml.safe_load(text)
    kinds: dict[str, QuantityKind] = {}
    for kind, lemmas in lists["kinds"].items():
        for lemma in lemmas:
            kinds.setdefault(lemma, kind)
    return QuantityWords(
        kinds,
        frozenset(lists["bare_verbs"]),
        frozenset(lists["casualty_verbs"]),
        frozenset(lists["people_verbs"]),
        frozenset(lists["ignored"]),
    )


def kind_of(
    unit: str, counted: Token | None, verb: Token | None, after: str, *, human: bool
) -> QuantityKind:
    """Return what sort of figure a number is.

    Args:
        unit: Unit of the amount.
        counted: Head noun of what is counted, None when the sentence does not say.
        verb: The verb the figure hangs on, None when it hangs on none.
        after: The sentence after the number phrase.
        human: Whether what is counted is known to be people.
    """
    if unit in ("percent", "per_100000"):
        return "percentage"
    if unit in LENGTHS:
        return "distance"
    if unit in PHYSICAL or unit in DURATION_UNITS or unit in ("mph", "km/h"):
        return "other"
    if unit != "count":
        return "money"
    if counted is None:
        if _is_toll(verb, after):
            return "casualties"
        return "people" if _counts_people(verb, after) else "other"
    kind = kind_of_noun(counted)
    if kind is None and human:
        kind = "people"
    if kind in (None, "people", "troops") and _is_victim(counted, verb):
        return "casualties"
    return kind or "other"


def kind_of_noun(noun: Token) -> QuantityKind | None:
    """Return the kind that the noun alone tells, None when it tells none."""
    kinds = quantity_words().kinds
    return kinds.get(noun.lemma_.lower()) or kinds.get(noun.lower_)


def _is_toll(verb: Token | None, after: str) -> bool:
    """Whether a number without a noun counts the dead or hurt: "12 killed", "rose to 85"."""
    if _HURT.match(after):
        return True
    if verb is None:
        return False
    told = [t for t in verb.children if t.dep_ in ("nsubj", "nsubjpass", "dobj")]
    if any(t.lemma_.lower() == "toll" for t in told):
        return True
    return verb.lemma_.lower() in quantity_words().casualty_verbs


def _counts_people(verb: Token | None, after: str) -> bool:
    """Whether a number without a noun counts people by what is done to them: "14 arrested"."""
    words = quantity_words().people_verbs
    participle = _PARTICIPLE.match(after)
    if participle is not None and participle[1].lower() in ("held", *(f"{w}ed" for w in words)):
        return True
    if verb is None or verb.lemma_.lower() not in words:
        return False
    return any(t.dep_ in ("dobj", "nsubjpass") and t.tag_ == "CD" for t in verb.children)


def _is_victim(counted: Token, verb: Token | None) -> bool:
    """Whether what is counted suffers the act: object of "kill", subject of "die"."""
    deadly = quantity_words().casualty_verbs
    suffered = any(
        t.dep_ in ("acl", "relcl") and t.tag_ == "VBN" and t.lemma_.lower() in deadly
        for t in counted.children
    )
    if suffered or verb is None or verb.lemma_.lower() not in deadly:
        return suffered
    top = counted
    while top.head != verb and top.head != top:
        # "killed two soldiers and five rebels" counts both; "in two attacks" neither.
        if top.dep_ not in ("conj", "appos", "pobj", "prep") or top.lower_ == "in":
            return False
        top = top.head
    if verb.lemma_.lower() in ("die", "drown", "perish"):
        return top.dep_ == "nsubj"
    return top.dep_ in ("dobj", "nsubjpass")
