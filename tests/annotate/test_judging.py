"""A judge is a logistic regression over named signs."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.judging import Judge, log_odds, shipped_judge

_JUDGE = Judge(bias=-1.0, weights={"pattern": 2.0, "far": -3.0}, threshold=0.4)


def test_signs_add_up_to_log_odds() -> None:
    probability = _JUDGE.probability({"pattern": 1.0, "far": 0.5})
    assert math.log(probability / (1 - probability)) == pytest.approx(-1.0 + 2.0 - 1.5)


def test_a_sign_without_weight_says_nothing() -> None:
    assert _JUDGE.probability({"pattern": 1.0, "unheard": 9.0}) == _JUDGE.probability(
        {"pattern": 1.0}
    )


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
def test_a_probability_lies_between_0_and_1(pattern: float, far: float) -> None:
    assert 0 < _JUDGE.probability({"pattern": pattern, "far": far}) < 1


@given(st.floats(0, 1))
def test_log_odds_of_any_score_are_finite(score: float) -> None:
    assert math.isfinite(log_odds(score))


def test_the_judge_that_ships_trusts_patterns_and_doubts_what_stands_far_apart() -> None:
    weights = shipped_judge("relation").weights
    assert weights["pattern"] > 0
    assert weights["score"] > 0
    assert weights["far"] < 0
    assert weights["rival"] < 0
