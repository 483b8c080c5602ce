"""Compare figures: do two numbers count the same thing, and do they agree?"""

from __future__ import annotations

from onrecord.compare.actors import likeness
from onrecord.compare.places import nearness
from onrecord.compare.windows import window_of
from onrecord.compare.words import counted_head, is_anybody, likeness_of_words, outcome_of, words_of
from onrecord.model.claim import StatementView

# "About 500" leaves room; so much of it, either way.
_ABOUT = 0.05
# A count is brought up to date for days after what it counts.
_SLACK = 3
_HEADCOUNTS = frozenset({"people", "casualties", "troops", "other"})
# Share of the shorter sentence's words from which two sentences set one scene.
_SETTING = 0.3
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


def same_figure(a: StatementView, b: StatementView) -> int:
    """Return how strongly two figures of one story count the same thing; 0 when not."""
    if a.unit != b.unit or nearness(a.place, b.place) == "apart":
        return 0
    if not window_of(a).meets(window_of(b), slack=0 if _stated(a, b) else _SLACK):
        return 0
    if likeness(a.subject, b.subject, a.report.ties | b.report.ties) == "different":
        return 0
    if a.unit in _UNITS_OF_PEOPLE and a.type in _HEADCOUNTS and b.type in _HEADCOUNTS:
        return _same_headcount(a, b)
    return _same_measure(a, b)


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
    if same_head and a.counted and _modifiers_agree(a, b):
        return 4 if equal or not all(anybody) else 2 * equal
    return 2 if equal and any(anybody) and max(range_of(a)) > 10 else 0


def _modifiers_agree(a: StatementView, b: StatementView) -> bool:
    """Return whether neither noun is limited by words the other lacks on both sides."""
    words, others = words_of(a.counted), words_of(b.counted)
    return words <= others or others <= words


def _same_measure(a: StatementView, b: StatementView) -> int:
    """Judge sums of money, shares and distances: much of it in any one story."""
    equal = range_of(a) == range_of(b)
    alike = likeness_of_words(a.sentence, b.sentence)
    if a.counted and b.counted:
        if counted_head(a.counted) != counted_head(b.counted):
            return 0
        return 5 if equal else 3 * (alike >= _SETTING)
    if equal:
        return 4 if alike >= _SETTING else 0
    return 3 if alike >= _SETTING and a.report.document_id != b.report.document_id else 0
