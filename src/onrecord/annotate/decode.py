"""Read spans and labels off the encoder's logits.

Plain functions over numpy arrays, shared by the extractor and by training,
so that what is measured is what is shipped.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Logits = npt.NDArray[np.float32]
# Pairs are rare: their scores start from here so that training need not learn it.
PAIR_BIAS = -6.0


@dataclass(frozen=True, slots=True)
class Found:
    """A run of pieces with a label.

    Attributes:
        first: First piece.
        last: Last piece, inclusive.
        label: Index of the label.
        probability: Of the label, 0 to 1.
    """

    first: int
    last: int
    label: int
    probability: float


def softmax(logits: Logits) -> Logits:
    """Return probabilities over the last axis."""
    shifted = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(logits: Logits) -> Logits:
    """Return the logistic function of `logits`."""
    # In place: pairs of a window are a hundred thousand and more.
    odds = np.clip(logits, -30, 30).astype(np.float32, copy=False)
    np.exp(np.negative(odds, out=odds), out=odds)
    odds += 1.0
    return np.asarray(np.divide(1.0, odds, out=odds), dtype=np.float32)


def runs(logits: Logits, threshold: float) -> list[Found]:
    """Return runs of begin-and-inside tags.

    Args:
        logits: Tags are outside (0), one or more kinds of beginning, and inside (last).
            *Shape:* (pieces, tags); the first and last piece are special.
        threshold: Least probability that some run begins at a piece.

    Returns:
        Runs in order; `label` counts the kinds of beginning from 0.
    """
    if len(logits) < 3:
        return []
    probabilities = softmax(logits)
    begins = probabilities[:, 1:-1]
    begin = begins.sum(axis=1)
    inside = probabilities[:, -1]
    found = []
    piece, end = 1, len(logits) - 1
    while piece < end:
        # Where pieces of one word split the mass, the first peak is the beginning.
        if begin[piece] < threshold or (begin[piece] < 0.5 and begin[piece] < inside[piece]):
            piece += 1
            continue
        last = piece
        while last + 1 < end and inside[last + 1] > max(
            float(begin[last + 1]), float(probabilities[last + 1, 0])
        ):
            last += 1
        label = int(begins[piece].argmax())
        found.append(Found(piece, last, label, float(begin[piece])))
        piece = last + 1
    return found


def smooth_runs(logits: Logits, threshold: float, price: float = 1.0) -> list[Found]:
    """Return runs of the likeliest tag sequence, in which every change has a price.

    A rare name amid a long quotation should not end it; a price on leaving and
    entering makes that unlikely (the Viterbi algorithm over three tags).

    Args:
        logits: Outside, begin, inside. *Shape:* (pieces, 3); the ends are special pieces.
        threshold: Least mean probability of being inside that a run must have.
        price: Taken from the log-probability at each beginning and each end.

    Returns:
        Runs in order, `label` 0, `probability` the mean over the run of not being outside.
    """
    if len(logits) < 3:
        return []
    scores = np.log(softmax(logits) + 1e-9)
    outside, begin, inside = range(3)
    if not scores[1:-1].argmax(axis=1).any():
        # Where nothing is likelier than outside no change can be worth its price.
        return []
    tags = _likeliest_tags(scores[1:-1], price)
    within = 1.0 - np.exp(scores[:, outside])
    found: list[Found] = []
    for piece, tag in enumerate(tags, start=1):
        if tag == begin:
            found.append(Found(piece, piece, 0, 0.0))
        elif tag == inside:
            found[-1] = Found(found[-1].first, piece, 0, 0.0)
    means = [float(within[f.first : f.last + 1].mean()) for f in found]
    return [
        Found(f.first, f.last, 0, mean)
        for f, mean in zip(found, means, strict=True)
        if mean >= threshold
    ]


def _likeliest_tags(scores: Logits, price: float) -> list[int]:
    """Return the best sequence of outside (0), begin (1) and inside (2), for each piece one."""
    # Plain floats: for three tags an array costs ten times what it computes.
    first, *others = scores.tolist()
    outside, begun, inside = first[0], first[1], -math.inf
    came: list[tuple[int, int, int]] = []
    for row in others:
        left, begun_left, inside_left = outside, begun - price, inside - price
        came_out = 0
        if begun_left > left:
            left, came_out = begun_left, 1
        if inside_left > left:
            left, came_out = inside_left, 2
        opened, begun_again, inside_again = outside - price, begun - 2 * price, inside - 2 * price
        came_begun = 0
        if begun_again > opened:
            opened, came_begun = begun_again, 1
        if inside_again > opened:
            opened, came_begun = inside_again, 2
        stayed, came_inside = (inside, 2) if inside > begun else (begun, 1)
        came.append((came_out, came_begun, came_inside))
        outside, begun, inside = left + row[0], opened + row[1], stayed + row[2]
    best = (outside, begun, inside)
    tags = [best.index(max(best))]
    for back in reversed(came):
        tags.append(back[tags[-1]])
    tags.reverse()
    return tags


def best_span(starts: Logits, ends: Logits, longest: int = 40) -> tuple[int, int, float]:
    """Return the best span by start and end scores, or (0, 0) for none.

    Args:
        starts: Scores of beginning at each piece; piece 0 stands for no span. *Shape:* (pieces,).
        ends: Likewise for the last piece.
        longest: Most pieces a span may have.

    Returns:
        First piece, last piece (inclusive) and the probability of the choice.
    """
    log_start = np.log(softmax(starts) + 1e-9)
    log_end = np.log(softmax(ends) + 1e-9)
    pieces = len(starts)
    scores = log_start[:, None] + log_end[None, :]
    scores = np.where(_allowed(pieces, longest), scores, -np.inf)
    best = int(scores.argmax())
    row, column = divmod(best, pieces)
    weights = np.exp(scores - scores.max())
    return row, column, float(1.0 / weights.sum())


@lru_cache(maxsize=32)
def _allowed(pieces: int, longest: int) -> npt.NDArray[np.bool_]:
    """Return which first and last pieces make a span, or none. *Shape:* (pieces, pieces)."""
    first, last = np.indices((pieces, pieces), sparse=True)
    allowed: npt.NDArray[np.bool_] = (first <= last) & (last - first < longest)
    allowed &= (first > 0) & (last < pieces - 1)
    allowed[0, 0] = True
    return allowed


def pair_logits(left: Logits, right: Logits) -> Logits:
    """Return log-odds of every pair for every label.

    Args:
        left: *Shape:* (left pieces, labels, width).
        right: *Shape:* (right pieces, width).

    Returns:
        *Shape:* (labels, left pieces, right pieces).
    """
    scores = left.transpose(1, 0, 2) @ right.T
    scores += PAIR_BIAS
    return np.asarray(scores, dtype=np.float32)


def pair_probabilities(left: Logits, right: Logits) -> Logits:
    """Return probabilities of every pair for every label; see `pair_logits`."""
    return sigmoid(pair_logits(left, right))
