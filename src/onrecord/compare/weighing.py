"""Weigh what speaks for two acts of one story being one act, and what against it.

Each sign adds its weight; the sum is a log-odds, above zero for "rather the
same". The weights were fitted to the story sets of `evaluation/stories` by
`resources/fit_weights.py`, each set judged by weights fitted to the others,
and rounded. Words count by how few sentences of the two reports hold them:
what a whole story speaks of tells none of its acts from another.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from importlib import resources
from operator import mul
from typing import NamedTuple

from yaml import safe_load

from onrecord.compare.actors import Likeness, likeness, nouns_apart
from onrecord.compare.places import nearness
from onrecord.compare.windows import window_of
from onrecord.compare.words import akin, numbers_of, tells_of_habit, words_of
from onrecord.model.claim import ReportView, StatementView

_KNOWN = safe_load(
    resources.files("onrecord").joinpath("resources", "comparing.yaml").read_text("utf-8")
)
_WEIGHTS: dict[str, float] = _KNOWN["weights"]
FIGURE_WEIGHTS: dict[str, float] = _KNOWN["figure_weights"]
# Acts of one quarter of the ontology: verbal or material, conflict or cooperation.
_QUARTERS = {
    type_: quarter
    for quarter, types in {
        "verbal conflict": ("ACCUSE", "REQUEST", "REJECT", "THREATEN"),
        "material conflict": ("ASSAULT", "COERCE", "SANCTION", "MOBILIZE", "PROTEST"),
        "verbal cooperation": ("AGREE", "CONSULT", "SUPPORT", "CONCEDE"),
        "material cooperation": ("COOPERATE", "AID", "RETREAT"),
    }.items()
    for type_ in types
}
# Acts of speech have a few modes each, which tell little of what was said.
_SAID = frozenset({"ACCUSE", "REQUEST", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"})
# Who of two parties is named first says nothing about these.
MUTUAL = frozenset({"CONSULT", "AGREE", "COOPERATE", "allied_with", "hostile_to", "also_known_as"})
AHEAD = frozenset({"planned", "conditional"})
_FITS: frozenset[Likeness] = frozenset({"same", "near"})
_SENTENCES = re.compile(r"(?<=[.!?\"”])\s+(?=[A-Z“\"0-9])|\n+")
# Characters on either side of its words that tell most of an act.
_AROUND = 60
_MOST_RARE = 3
# Characters of a report in which it says what it is about.
_BEGINNING = 350
# "The blast", "this week's strike", "their arrest": an act that the reader knows of.
_KNOWN_ACT = re.compile(
    r"(?:\b(?:the|this|that|these|those|his|her|its|their)|['’]s)(?:\s+[\w-]+)?\s*$", re.IGNORECASE
)
_VERBAL = re.compile(r"(?:ed|ing|s)$")


class Signs(NamedTuple):
    """What is seen of two acts, each 0 or 1 or a share between; a weight stands for each."""

    type: float
    quarter: float
    word: float
    mode: float
    other_mode: float
    subject: float
    other_subject: float
    subject_noun: float
    object: float
    other_object: float
    object_noun: float
    place: float
    other_place: float
    other_day: float
    other_window: float
    planned: float
    earlier: float
    other_clause: float
    beginning: float
    known: float
    sentence: float
    around: float
    rare: float
    number: float


_TEXT = ("sentence", "around", "rare", "number")


def quarter_of(type_: str) -> str:
    """Return the quarter of the ontology that an event type lies in; the type when in none."""
    return _QUARTERS.get(type_, type_)


def weigh(a: StatementView, b: StatementView) -> float:
    """Return the log-odds that two acts of one story are one act.

    Args:
        a: An event.
        b: Another.
    """
    sure = _WEIGHTS["none"] + _sum(signs(a, b, text=False))
    # Words cannot make up for so much.
    if sure + _BEST_TEXT <= 0:
        return sure
    return _WEIGHTS["none"] + _sum(signs(a, b))


def signs(a: StatementView, b: StatementView, *, text: bool = True) -> Signs:
    """Return what is seen of two acts of one story.

    Args:
        a: An event.
        b: Another.
        text: Whether to look at words at all; without, their signs are 0.
    """
    subject, object_ = roles_of(a, b)
    near = nearness(a.place, b.place)
    first, second = window_of(a), window_of(b)
    apart = first.stated and second.stated and not first.meets(second)
    # A long report tells of many acts of a kind: what speaks for one act between two reports
    # tells nothing within one.
    one_report = a.report.document_id == b.report.document_id
    return Signs(
        type=float(a.type == b.type),
        quarter=float(quarter_of(a.type) == quarter_of(b.type)),
        word=float(akin(a.trigger, b.trigger)),
        mode=float(a.mode == b.mode != "" and not one_report and a.type not in _SAID),
        other_mode=float(bool(a.mode and b.mode and a.mode != b.mode)),
        subject=float(subject in _FITS),
        other_subject=float(subject == "different"),
        subject_noun=float(subject == "unknown" and nouns_apart(a.subject, b.subject)),
        object=float(object_ in _FITS),
        other_object=float(object_ == "different"),
        object_noun=float(object_ == "unknown" and nouns_apart(a.object, b.object)),
        place=float(near in ("same", "within")),
        other_place=float(near == "apart"),
        other_day=float(apart),
        other_window=float(not first.meets(second, slack=1)),
        planned=float((a.factuality == "planned") != (b.factuality == "planned")),
        earlier=float(tells_of_habit(a.sentence) != tells_of_habit(b.sentence)),
        other_clause=float(one_report and a.sentence == b.sentence),
        beginning=float(not one_report and _in_beginning(a) and _in_beginning(b)),
        known=float(not one_report and (_is_known(a) or _is_known(b))),
        **(_words_in_common(a, b) if text else _NO_WORDS),
    )


def roles_of(a: StatementView, b: StatementView) -> tuple[Likeness, Likeness]:
    """Return how subjects and objects stand to each other, turned round where order is free."""
    ties = a.report.ties | b.report.ties
    straight = likeness(a.subject, b.subject, ties), likeness(a.object, b.object, ties)
    if a.type not in MUTUAL:
        return straight
    crossed = likeness(a.subject, b.object, ties), likeness(a.object, b.subject, ties)
    return max(straight, crossed, key=_worth)


def _worth(roles: tuple[Likeness, Likeness]) -> int:
    points: dict[Likeness, int] = {"same": 3, "near": 2, "unknown": 0, "different": -3}
    return sum(points[role] for role in roles)


def _sum(seen: Signs) -> float:
    total: float = sum(map(mul, _IN_ORDER, seen))
    return total


_IN_ORDER = tuple(_WEIGHTS[name] for name in Signs._fields)
_BEST_TEXT = sum(_WEIGHTS[name] for name in _TEXT)
_NO_WORDS = dict.fromkeys(_TEXT, 0.0)


def _in_beginning(view: StatementView) -> bool:
    return view.start is not None and view.start + view.at < _BEGINNING


def _is_known(view: StatementView) -> bool:
    """Return whether a noun with an article points back to an act ("the blast")."""
    return not _VERBAL.search(view.trigger) and bool(
        _KNOWN_ACT.search(view.sentence[max(0, view.at - _AROUND) : view.at])
    )


def _words_in_common(a: StatementView, b: StatementView) -> dict[str, float]:
    holds = _holding(_text(a.report), _text(b.report))
    one, other = words_of(a.sentence), words_of(b.sentence)
    near, far = _around(a), _around(b)
    rare = sum(holds.get(word, 2) <= 2 for word in near & far)
    return {
        "sentence": _overlap(one, other, holds),
        "around": _overlap(near, far, holds),
        "rare": min(rare, _MOST_RARE) / _MOST_RARE,
        "number": float(bool(numbers_of(_near(a)) & numbers_of(_near(b)))),
    }


def words_around_in_common(a: StatementView, b: StatementView) -> float:
    """Return the share of the words next to two triggers that both have, rare words first."""
    return _overlap(_around(a), _around(b), _holding(_text(a.report), _text(b.report)))


def _overlap(one: frozenset[str], other: frozenset[str], holds: Counter[str]) -> float:
    """Return the share of the lighter side's words that the other has, words weighed."""
    lighter = min(_weight(one, holds), _weight(other, holds))
    return _weight(one & other, holds) / lighter if lighter else 0.0


def _weight(words: frozenset[str], holds: Counter[str]) -> float:
    return sum(2 / max(2, holds.get(word, 2)) for word in words)


def _around(view: StatementView) -> frozenset[str]:
    return words_of(_near(view))


def _near(view: StatementView) -> str:
    start = max(0, view.at - _AROUND)
    return view.sentence[start : view.at + len(view.trigger) + _AROUND]


def _text(report: ReportView) -> str:
    return _beginning(report.title, report.lead)


@lru_cache(maxsize=65536)
def _beginning(title: str, lead: str) -> str:
    # One object for one report: its hash is taken once.
    return f"{title}\n{lead.removeprefix(title)}"


@lru_cache(maxsize=16384)
def _holding(one: str, other: str) -> Counter[str]:
    """Return in how many sentences of two beginnings each word stands."""
    counts = Counter(_sentences_holding(one))
    if one != other:
        counts.update(_sentences_holding(other))
    return counts


@lru_cache(maxsize=16384)
def _sentences_holding(text: str) -> Counter[str]:
    counts: Counter[str] = Counter()
    for sentence in _SENTENCES.split(text):
        counts.update(words_of(sentence))
    return counts
