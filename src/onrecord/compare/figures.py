"""Compare figures: do two numbers count the same thing, and do they agree?

What was counted is hardly ever said in the same words twice, so signs are
weighed as those of acts are (see `weighing`): two counts of one thing are of
about one size, of one sort of people or things, and of one outcome.
"""

from __future__ import annotations

import math
import re

from onrecord.compare.actors import likeness
from onrecord.compare.places import nearness
from onrecord.compare.weighing import FIGURE_WEIGHTS, words_around_in_common
from onrecord.compare.windows import window_of
from onrecord.compare.words import nouns_agree, outcome_of
from onrecord.model.claim import StatementView

# "About 500" leaves room; so much of it, either way.
_ABOUT = 0.05
# A number from here on hardly comes up twice in one story for two things.
_TELLING = 20
# Counts of a crowd by police and organisers lie far apart; so much of that says they differ.
_CROWD = 0.4
# Natural logarithm of the most that sizes are told apart by.
_FARTHEST = 4.0
# A count is brought up to date for days after what it counts.
_SLACK = 3
# Share of words around them that unequal sums, shares and distances must have in common.
_SETTING = 0.15
_OF_THEM = re.compile(r"\s*\bof\s+(?:them|whom|those|these|the\s+\w+)\b", re.IGNORECASE)
_SHARES = frozenset({"percent", "per_100000"})
_AMONG_THEM = re.compile(
    r"\b(?:including|among them|of whom|of them)\s+(?:\w+\s+)?$", re.IGNORECASE
)
# What somebody asks for is not what there is: "the union demanded 18 per cent".
_ASKING = (
    r"\b(?:demand(?:s|ed|ing)?|ask(?:s|ed|ing)? for|seek(?:s|ing)?|sought|want(?:s|ed|ing)?"
    r"|call(?:s|ed|ing)? for)\b"
)
_ASKED_BEFORE = re.compile(_ASKING + r"[^.;:]{0,60}$", re.IGNORECASE)
_ASKED_AFTER = re.compile(r"[^.;:,]{0,30}" + _ASKING, re.IGNORECASE)
_UNITS_OF_PEOPLE = frozenset({"count", ""})


def range_of(view: StatementView) -> tuple[float, float]:
    """Return the values a figure may stand for, in its unit."""
    low = float("-inf") if view.low is None else view.low
    high = float("inf") if view.high is None else view.high
    if view.bound == "about":
        low, high = low - abs(low) * _ABOUT, high + abs(high) * _ABOUT
    return low, high


def agree(a: StatementView, b: StatementView) -> bool:
    """Return whether one value may be meant by both figures."""
    (low, high), (other_low, other_high) = range_of(a), range_of(b)
    return low <= other_high and other_low <= high


def counts(view: StatementView) -> str:
    """Return what a headcount is of ("killed", "crowd"), empty when not known."""
    return outcome_of(view.sentence, view.at, view.trigger, view.counted)


def is_part(view: StatementView) -> bool:
    """Return whether a figure counts some of those another one counts ("six of them").

    "Four employees of the embassy" are all there are, and a share is always of something.
    """
    if view.unit in _SHARES:
        return False
    before = view.sentence[: view.at]
    after = view.sentence[view.at + len(view.trigger) :]
    bare = not view.counted or not view.trigger.endswith(view.counted)
    return bool(
        _OF_THEM.search(view.trigger)
        or (bare and _OF_THEM.match(after))
        or _AMONG_THEM.search(before)
    )


def same_figure(a: StatementView, b: StatementView) -> float:
    """Return the log-odds that two figures of one story count the same thing; 0 when they cannot.

    Args:
        a: A figure.
        b: Another.
    """
    if a.unit != b.unit or nearness(a.place, b.place) == "apart":
        return 0
    if _is_asked_for(a) != _is_asked_for(b):
        return 0
    weights = FIGURE_WEIGHTS
    equal = range_of(a) == range_of(b)
    far = min(math.log(_times_apart(a, b)), _FARTHEST)
    agreed = nouns_agree(a.counted, b.counted)
    total = (
        weights["none"]
        + weights["size"] * far * _CROWD
        + weights["counted"] * agreed
        + weights["sort"] * (a.type == b.type)
        + weights["telling"] * (equal and max(range_of(a)) >= _TELLING)
    )
    # Most figures of a story are told apart by size and noun alone.
    if total + weights["outcome"] + weights["around"] + weights["speakers"] <= 0:
        return total + weights["size"] * far * (1 - _CROWD)
    return _same_figure(a, b, total, far, equal=equal)


def _same_figure(
    a: StatementView, b: StatementView, total: float, far: float, *, equal: bool
) -> float:
    weights = FIGURE_WEIGHTS
    if is_part(a) != is_part(b) or _side_by_side(a, b) or _is_step(a) != _is_step(b):
        return 0
    if likeness(a.subject, b.subject, a.report.ties | b.report.ties) == "different":
        return 0
    first, second = window_of(a), window_of(b)
    stated = first.stated and second.stated
    if stated and not first.meets(second):
        return 0
    around = words_around_in_common(a, b)
    if not equal and a.unit not in _UNITS_OF_PEOPLE and around < _SETTING:
        return 0
    outcome, other = counts(a), counts(b)
    if not outcome == other == "crowd":
        total += weights["size"] * far * (1 - _CROWD)
    return (
        total
        + weights["outcome"] * (outcome == other != "")
        + weights["other_outcome"] * bool(outcome and other and outcome != other)
        + weights["other_window"] * (not first.meets(second, slack=_SLACK))
        + weights["around"] * around
        + weights["speakers"] * _two_speak(a, b)
    )


def _is_asked_for(view: StatementView) -> bool:
    """Return whether somebody demands a sum or a share."""
    if view.unit in _UNITS_OF_PEOPLE:
        return False
    before = view.sentence[: view.at]
    after = view.sentence[view.at + len(view.trigger) :]
    return bool(_ASKED_BEFORE.search(before) or _ASKED_AFTER.match(after))


def _side_by_side(a: StatementView, b: StatementView) -> bool:
    """Return whether one sentence gives two numbers, and not as rival counts of one thing."""
    if a.report.document_id != b.report.document_id or a.sentence != b.sentence:
        return False
    if range_of(a) == range_of(b):
        return False
    return not (_two_speak(a, b) or counts(a) == counts(b) == "crowd")


def _is_step(view: StatementView) -> bool:
    """Return whether a figure is what a count has grown by ("three more victims")."""
    return "more" in view.counted.split()


def _two_speak(a: StatementView, b: StatementView) -> bool:
    one, other = a.chain[-1], b.chain[-1]
    return one.role == other.role == "speaker" and one.name != other.name


def _times_apart(a: StatementView, b: StatementView) -> float:
    """Return how many times the larger figure holds the smaller one, at least 1."""
    if agree(a, b):
        return 1.0
    sizes = sorted(abs(view.low if view.low is not None else view.high or 0.0) for view in (a, b))
    return max(1.0, sizes[1] / sizes[0]) if sizes[0] > 0 else math.exp(_FARTHEST)
