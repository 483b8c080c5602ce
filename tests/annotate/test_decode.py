"""Spans and labels read off logits."""

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from onrecord.annotate.decode import (
    PAIR_BIAS,
    best_span,
    pair_probabilities,
    runs,
    sigmoid,
    smooth_runs,
    softmax,
)

O, B, I = 0, 1, 2  # noqa: E741 - the tags' own names


def tagged(*tags: int, kinds: int = 1) -> np.ndarray:
    """Return confident logits for these tags between two special pieces."""
    logits = np.full((len(tags) + 2, kinds + 2), -5.0, dtype=np.float32)
    logits[0, 0] = logits[-1, 0] = 5.0
    for piece, tag in enumerate(tags, start=1):
        logits[piece, tag] = 5.0
    return logits


def spans(logits: np.ndarray, threshold: float = 0.5) -> list[tuple[int, int]]:
    return [(run.first, run.last) for run in runs(logits, threshold)]


def test_a_run_goes_on_while_inside_is_likeliest() -> None:
    assert spans(tagged(O, B, I, I, O)) == [(2, 4)]


def test_two_beginnings_side_by_side_are_two_runs() -> None:
    assert spans(tagged(B, B, I)) == [(1, 1), (2, 3)]


def test_inside_without_beginning_is_no_run() -> None:
    assert spans(tagged(O, I, I, O)) == []


def test_the_label_counts_the_kinds_of_beginning() -> None:
    (run,) = runs(tagged(O, 2, O, kinds=3), 0.5)
    assert run.label == 1
    assert run.probability > 0.99


def test_special_pieces_never_begin_or_end_a_run() -> None:
    logits = tagged(B, I)
    logits[0] = logits[-1] = [-5.0, 5.0, 5.0]
    assert spans(logits) == [(1, 2)]


@given(hnp.arrays(np.float32, (9, 4), elements=st.floats(-8, 8, width=32)))
def test_runs_are_in_order_and_never_overlap(logits: np.ndarray) -> None:
    found = runs(logits, 0.2)
    assert all(run.first <= run.last for run in found)
    assert all(a.last < b.first for a, b in itertools.pairwise(found))


def _total(scores: np.ndarray, tags: tuple[int, ...], price: float) -> float:
    """Return what a tag sequence scores, each beginning and each end paid for."""
    changes = sum(
        (two == B) + (one != O and two in (O, B)) for one, two in itertools.pairwise(tags)
    )
    return float(sum(row[tag] for row, tag in zip(scores, tags, strict=True)) - price * changes)


@given(hnp.arrays(np.float32, (7, 3), elements=st.floats(-4, 4, width=32)))
def test_smooth_runs_are_those_of_the_likeliest_sequence(logits: np.ndarray) -> None:
    scores = np.log(softmax(logits) + 1e-9)[1:-1]
    possible = [
        tags
        for tags in itertools.product((O, B, I), repeat=len(scores))
        if tags[0] != I and (O, I) not in itertools.pairwise(tags)
    ]
    found = [O] * len(scores)
    for run in smooth_runs(logits, 0.0):
        found[run.first - 1 : run.last] = [B, *[I] * (run.last - run.first)]
    best = max(_total(scores, tags, 1.0) for tags in possible)
    assert _total(scores, tuple(found), 1.0) >= best - 1e-4


def test_a_rare_piece_amid_a_run_does_not_end_it() -> None:
    logits = tagged(B, I, O, I, I)
    logits[3] = [0.2, -1.0, 0.0]
    assert [(run.first, run.last) for run in smooth_runs(logits, 0.5)] == [(1, 5)]
    assert len(runs(logits, 0.5)) == 1
    assert smooth_runs(tagged(O, O, O), 0.0) == []


def test_best_span_is_none_when_the_opening_piece_scores_best() -> None:
    starts = ends = np.array([9.0, 0.0, 1.0, 0.0, 0.0], dtype=np.float32)
    assert best_span(starts, ends)[:2] == (0, 0)


def test_best_span_never_ends_before_it_starts() -> None:
    starts = np.array([-9.0, 0.0, 0.0, 5.0, -9.0], dtype=np.float32)
    ends = np.array([-9.0, 5.0, 0.0, 4.0, -9.0], dtype=np.float32)
    first, last, probability = best_span(starts, ends)
    assert (first, last) == (3, 3)
    assert 0 < probability <= 1


def test_pair_probabilities_follow_the_bilinear_form_and_its_bias() -> None:
    left = np.zeros((2, 1, 2), dtype=np.float32)
    left[0, 0] = [10.0, 0.0]
    right = np.array([[0.0, 1.0], [1.0, 0.0]], dtype=np.float32)
    scores = pair_probabilities(left, right)
    assert scores.shape == (1, 2, 2)
    assert np.isclose(scores[0, 0, 1], 1 / (1 + np.exp(-(10 + PAIR_BIAS))))
    assert np.isclose(scores[0, 1, 1], 1 / (1 + np.exp(-PAIR_BIAS)), atol=1e-6)


@given(hnp.arrays(np.float32, (3, 5), elements=st.floats(-50, 50, width=32)))
def test_probabilities_sum_to_one_and_stay_finite(logits: np.ndarray) -> None:
    assert np.allclose(softmax(logits).sum(axis=-1), 1, atol=1e-5)
    assert np.isfinite(sigmoid(logits * 100)).all()
