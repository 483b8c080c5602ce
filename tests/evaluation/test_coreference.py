"""Coreference measures against values worked out by hand."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest

from onrecord.evaluation.coreference import _best_alignment, conll

KEY = [frozenset("abcde"), frozenset("fg"), frozenset("hi"), frozenset("j")]


def test_a_perfect_answer_scores_one_everywhere() -> None:
    result = conll(KEY, KEY)
    assert result["conll"] == pytest.approx(1.0)


def test_the_example_of_bagga_and_baldwin() -> None:
    key = [frozenset({1, 2, 3, 4, 5}), frozenset({6, 7}), frozenset({8, 9, 10, 11, 12})]
    response = [frozenset({1, 2, 3, 4, 5}), frozenset({6, 7, 8, 9, 10, 11, 12})]
    result = conll(key, response)
    assert result["muc"]["precision"] == pytest.approx(9 / 10)  # type: ignore[index]
    assert result["muc"]["recall"] == pytest.approx(1.0)  # type: ignore[index]
    assert result["b3"]["precision"] == pytest.approx((5 + 4 / 7 + 25 / 7) / 12)  # type: ignore[index]
    assert result["b3"]["recall"] == pytest.approx(1.0)  # type: ignore[index]


def test_ceafe_pairs_each_chain_once() -> None:
    key = [frozenset("abc"), frozenset("defg")]
    response = [frozenset("ab"), frozenset("cd"), frozenset("fghe") - {"h"}]
    result = conll(key, response)
    aligned = 2 * 2 / 5 + 2 * 3 / 7
    assert result["ceafe"]["recall"] == pytest.approx(aligned / 2)  # type: ignore[index]
    assert result["ceafe"]["precision"] == pytest.approx(aligned / 3)  # type: ignore[index]


def test_the_best_alignment_is_the_best_of_all() -> None:
    rng = random.Random(3)
    for rows, columns in ((1, 1), (2, 4), (3, 3), (5, 4), (4, 6)):
        table = np.array([[rng.random() for _ in range(columns)] for _ in range(rows)])
        wide = table if rows <= columns else table.T
        best = max(
            sum(wide[i, j] for i, j in enumerate(order))
            for order in itertools.permutations(range(wide.shape[1]), wide.shape[0])
        )
        assert _best_alignment(table) == pytest.approx(best)


def test_missing_mentions_are_an_error() -> None:
    with pytest.raises(ValueError, match="different mentions"):
        conll(KEY, KEY[:2])
