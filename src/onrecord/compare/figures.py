"""Compare figures: do two numbers count the same thing, and do they agree?"""

from __future__ import annotations

import re

from onrecord.compare.actors import likeness
from onrecord.compare.places import nearness
from onrecord.compare.windows import window_of
from onrecord.compare.words import counted_head, is_anybody, likeness_of_words, outcome_of, words_of
from onrecord.model.claim import StatementView

# "About 500" leaves room; so much of it, either way.
_ABOUT = 0.05
# So large a number hardly comes up twice in one story for two things.
_ROUND = 100
# No count grows more in the days of a story, and no two counts of one crowd are so far apart.
_MOST_TIMES = 8
_DIGITS = re.compile(r"\d[\d.,]*\d|\d")
# A count is brought up to date for days after what it counts.
_SLACK = 3
_HEADCOUNTS = frozenset({"people", "casualties", "troops", "other"})
# Share of the shorter sentence's words from which two sentences set one scene.
_SETTING = 0.3
# The same from which they tell of one act of it.
_SCENE = 0.5
_OF_THEM = re.compile(r"\s*\bof\s+(?:them|whom|those|these|the\s+\w+)\b", re.IGNORECASE)
_AMONG_THEM = re.compile(
    r"\b(?:including|among them|of whom|of them)\s+(?:\w+\s+)?$", re.IGNORECASE
)
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
    """Return whether a figure counts some of those another one counts ("six of them")."""
    before = view.sentence[: view.at]
    after = view.sentence[view.at + len(view.trigger) :]
    return bool(
        _OF_THEM.search(view.trigger) or _OF_THEM.match(after) or _AMONG_THEM.search(before)
    )


def same_figure(a: StatementView, b: StatementView) -> int:
    """Return how strongly two figures of one story count the same thing; 0 when not."""
    if a.unit != b.unit or nearness(a.place, b.place) == "apart":
        return 0
    one_report = a.report.document_id == b.report.document_id
    # "Police said 5,000, the organisers 20,000": two counts of one crowd, else two things.
    in_one = one_report and a.sentence == b.sentence and range_of(a) != range_of(b)
    if in_one and not counts(a) == counts(b) == "crowd":
        return 0
    if is_part(a) != is_part(b):
        return 0
    if not window_of(a).meets(window_of(b), slack=0 if _stated(a, b) else _SLACK):
        return 0
    if likeness(a.subject, b.subject, a.report.ties | b.report.ties) == "different":
        return 0
    if not agree(a, b) and (_stands_beside(a, b) or _stands_beside(b, a)):
        return 0
    if _times_apart(a, b) > _MOST_TIMES:
        return 0
    if a.unit in _UNITS_OF_PEOPLE and a.type in _HEADCOUNTS and b.type in _HEADCOUNTS:
        return _same_headcount(a, b)
    return _same_measure(a, b)


def _stands_beside(figure: StatementView, other: StatementView) -> bool:
    """Return whether the sentence of `other` gives the number of `figure` as another one."""
    if counts(figure) == counts(other) == "crowd":
        return False
    digits = _DIGITS.search(figure.trigger)
    rest = other.sentence[: other.at] + other.sentence[other.at + len(other.trigger) :]
    return digits is not None and digits[0] in _DIGITS.findall(rest)


def _times_apart(a: StatementView, b: StatementView) -> float:
    """Return how many times one figure is the other, by the ends of them that are given."""
    sizes = sorted(
        max(abs(end) for end in (view.low, view.high) if end is not None) for view in (a, b)
    )
    return sizes[1] / sizes[0] if sizes[0] > 0 else 1.0


def _stated(a: StatementView, b: StatementView) -> bool:
    return window_of(a).stated and window_of(b).stated


def _same_headcount(a: StatementView, b: StatementView) -> int:
    outcome, other = counts(a), counts(b)
    anybody = is_anybody(a.counted), is_anybody(b.counted)
    same_head = counted_head(a.counted) == counted_head(b.counted)
    equal = range_of(a) == range_of(b)
    if "more" in a.counted.split() or "more" in b.counted.split():
        # "Three more victims" is a step, not the total.
        return 5 if equal and same_head and outcome == other else 0
    if outcome and outcome == other:
        if all(anybody) or (outcome == "crowd" and any(anybody)):
            return 5
        if same_head:
            return 5 if _modifiers_agree(a, b) else 0
        # "14 people" may be "14 passengers", "two children" is a part of them.
        return 3 if equal and any(anybody) else 0
    if outcome and other:
        return 0
    if equal and all(anybody) and max(range_of(a)) >= _ROUND:
        return 3
    if same_head and a.counted and _modifiers_agree(a, b):
        if equal:
            return 4
        return 3 * (_other_report(a, b) and _alike(a, b) >= _SCENE)
    return 2 if equal and any(anybody) and max(range_of(a)) > 10 else 0


def _modifiers_agree(a: StatementView, b: StatementView) -> bool:
    """Return whether neither noun is limited by words the other lacks on both sides."""
    words, others = words_of(a.counted), words_of(b.counted)
    return words <= others or others <= words


def _same_measure(a: StatementView, b: StatementView) -> int:
    """Judge sums of money, shares and distances: much of it in any one story."""
    equal = range_of(a) == range_of(b)
    heads = counted_head(a.counted), counted_head(b.counted)
    if all(heads) and heads[0] != heads[1]:
        return 0
    if equal:
        return 5 if all(heads) else 4 * (_alike(a, b) >= _SETTING)
    # Weights and distances are many; two sums in one scene are one sum told twice.
    needed = _SETTING if a.unit.isupper() else _SCENE
    return 3 * (_other_report(a, b) and _alike(a, b) >= needed)


def _alike(a: StatementView, b: StatementView) -> float:
    return likeness_of_words(a.sentence, b.sentence)


def _other_report(a: StatementView, b: StatementView) -> bool:
    return a.report.document_id != b.report.document_id
