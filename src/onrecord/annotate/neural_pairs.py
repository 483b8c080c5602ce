"""Find what joins two spans: relations, entities by their ends, and who is quoted.

Pairs of pieces are scored by a bilinear form; contents, cues and sources are
tagged and then linked by the same form.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from onrecord.annotate.decode import (
    Found,
    Logits,
    pair_logits,
    pair_probabilities,
    runs,
    sigmoid,
    smooth_runs,
)
from onrecord.annotate.encoder import Labels, Reading, Runner
from onrecord.annotate.neural import SpanFind, Window, columns
from onrecord.annotate.pieces import Pieces
from onrecord.model.span import Span

LONGEST_ENTITY = 60
_ROUNDING = 0.01  # Log-odds; more than floats lose on the way to a probability and back.


@dataclass(frozen=True, slots=True)
class PairFind:
    """Two spans and what joins them; `probability` before calibration."""

    sentence: int
    type: str
    left: Span
    right: Span
    probability: float


@dataclass(frozen=True, slots=True)
class QuoteFind:
    """Source, cue and content that belong together."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    probability: float


def find_related(runner: Runner, windows: Sequence[Window], threshold: float) -> list[PairFind]:
    """Return the likeliest relation of each pair of one sentence that reaches `threshold`."""
    return _strongest_pairs(propose_related(runner, windows, threshold))


def propose_related(runner: Runner, windows: Sequence[Window], threshold: float) -> list[PairFind]:
    """Return all relations of pairs of one sentence that reach `threshold`, of any type.

    Args:
        runner: The network.
        windows: The first pass.
        threshold: Least probability, more than 0 and less than 1.
    """
    # Of a hundred thousand pairs and more a handful are likely: only these need a probability.
    least = _log_odds(threshold) - _ROUNDING
    finds = []
    for window in windows:
        logits = pair_logits(*_pair_vectors(runner.labels, window.reading, "relation"))
        near = np.unravel_index(np.flatnonzero(logits >= least), logits.shape)
        scores = sigmoid(logits[near])
        here, there = (window.sentence[at] for at in near[1:])
        likely = (scores >= threshold) & (here == there) & (here >= 0) & (near[1] != near[2])
        if not likely.any():
            continue
        labels, lefts, rights = (at[likely].tolist() for at in near)
        ends = _argument_ends(runner.labels, window, {*lefts, *rights})
        finds += [
            PairFind(
                int(window.sentence[left]),
                runner.labels.pairs["relation"][label],
                window.pieces.span(left, ends[left]),
                window.pieces.span(right, ends[right]),
                score,
            )
            for label, left, right, score in zip(
                labels, lefts, rights, scores[likely].tolist(), strict=True
            )
        ]
    return finds


def _strongest_pairs(finds: list[PairFind]) -> list[PairFind]:
    """Keep one relation where neighbouring pieces of the same two spans propose several."""
    kept: list[PairFind] = []
    for find in sorted(finds, key=lambda f: -f.probability):
        if find.left.overlaps(find.right):
            continue
        if not any(
            (other.left.overlaps(find.left) and other.right.overlaps(find.right))
            or (other.left.overlaps(find.right) and other.right.overlaps(find.left))
            for other in kept
        ):
            kept.append(find)
    return sorted(kept, key=lambda f: (f.left, f.right))


def pair_scores(labels: Labels, reading: Reading, head: str) -> Logits:
    """Return probabilities of every pair for one head. *Shape:* (labels, pieces, pieces)."""
    return pair_probabilities(*_pair_vectors(labels, reading, head))


def _pair_vectors(labels: Labels, reading: Reading, head: str) -> tuple[Logits, Logits]:
    """Return what one head multiplies: left (pieces, labels, width), right (pieces, width)."""
    left = reading.left[:, columns(labels.pairs, head)]
    return left, reading.right[:, list(labels.pairs).index(head)]


def _argument_ends(labels: Labels, window: Window, firsts: Collection[int]) -> dict[int, int]:
    """Return for each of `firsts` the most probable last piece of an argument that begins there."""
    rows = sorted(firsts)
    logits = pair_logits(*_pair_vectors(labels, window.reading, "argument"))[0, rows]
    first, last = np.array(rows)[:, None], np.arange(len(window.pieces))[None, :]
    allowed = (first <= last) & (last - first < LONGEST_ENTITY)
    allowed &= window.sentence[rows, None] == window.sentence[None, :]
    ends = np.where(allowed, sigmoid(logits), -1.0).argmax(axis=1)
    return dict(zip(rows, ends.tolist(), strict=True))


def find_entities(runner: Runner, windows: Sequence[Window], threshold: float) -> list[SpanFind]:
    """Return entity spans with their type; nested ones too, crossing ones not."""
    finds: list[SpanFind] = []
    for window in windows:
        scores = pair_scores(runner.labels, window.reading, "entity")
        best = scores.max(axis=0)
        size = len(window.pieces)
        first, last = np.indices((size, size), sparse=True)
        allowed = (first <= last) & (last - first < LONGEST_ENTITY)
        allowed &= (window.sentence[:, None] == window.sentence[None, :]) & (
            window.sentence[:, None] >= 0
        )
        here: list[tuple[float, int, int]] = sorted(
            (
                (float(best[s, e]), int(s), int(e))
                for s, e in zip(*np.nonzero(allowed & (best >= threshold)), strict=True)
            ),
            reverse=True,
        )
        kept: list[tuple[int, int]] = []
        for probability, s, e in here:
            if any(s < a <= e < b or a < s <= b < e for a, b in kept):
                continue
            kept.append((s, e))
            label = runner.labels.pairs["entity"][int(scores[:, s, e].argmax())]
            finds.append(SpanFind(window.pieces.span(s, e), label, probability))
    return sorted(finds, key=lambda f: f.span)


class Mender(Protocol):
    """Anything that sets the edges of what the encoder tagged."""

    def mended(
        self, labels: Labels, window: Window, tagged: Mapping[str, Sequence[Found]]
    ) -> Mapping[str, Sequence[Found]]:
        """Return the runs of each head in `tagged` with better edges."""

    def closeness(self, window: Window, cue: Found, source: Found) -> float:
        """Return the log-odds to add to those of the link between `cue` and `source`."""


def find_quotes(
    runner: Runner,
    windows: Sequence[Window],
    threshold: float,
    link: float = 0.03,
    edges: Mender | None = None,
) -> list[QuoteFind]:
    """Return attributions: contents, each with its cue and the cue's source where linked.

    Args:
        runner: The network.
        windows: The first pass.
        threshold: Least probability of a source, cue or content.
        link: Least probability that two of them belong together.
        edges: Sets their edges; as the encoder tagged them when None.
    """
    return [
        quote
        for window in windows
        for quote in _quotes_of(runner.labels, window, threshold, link, edges)
    ]


def _quotes_of(
    labels: Labels, window: Window, threshold: float, link: float, edges: Mender | None
) -> list[QuoteFind]:
    # Contents are long, and a rare word amid one should not end it; the others are short.
    tagged: Mapping[str, Sequence[Found]] = {
        name: find(window.reading.tags[:, columns(labels.tags, name)], threshold)
        for name, find in (
            ("source", runs), ("cue", runs), ("content", smooth_runs), ("inner", smooth_runs)
        )
    }  # fmt: skip
    if edges is not None:
        tagged = edges.mended(labels, window, tagged)
    of_source = _links(labels, window, 0, tagged["cue"], tagged["source"])
    said = [*tagged["content"], *tagged["inner"]]
    of_cue = _links(labels, window, 1, said, tagged["cue"])
    contents: dict[int, list[Found]] = {}
    loose: list[Found] = []
    for content, scores in zip(said, of_cue, strict=True):
        if scores and max(scores) >= link:
            contents.setdefault(scores.index(max(scores)), []).append(content)
        elif content in tagged["content"]:
            loose.append(content)
    quotes = []
    for number, cue in enumerate(tagged["cue"]):
        scores = [
            _log_odds(linked) + (0.0 if edges is None else edges.closeness(window, cue, source))
            for source, linked in zip(tagged["source"], of_source[number], strict=True)
        ]
        source = tagged["source"][scores.index(max(scores))] if scores else None
        if source is not None and max(scores) < _log_odds(link):
            source = None
        own = sorted(contents.get(number, ()), key=lambda c: c.first)
        if own:
            quotes.append(_quote(window.pieces, source, cue, own))
    quotes.extend(_quote(window.pieces, None, None, [content]) for content in loose)
    return sorted(quotes, key=lambda q: q.content[0])


def _links(
    labels: Labels, window: Window, kind: int, lefts: Sequence[Found], rights: Sequence[Found]
) -> list[list[float]]:
    """Return for each run of `lefts` the probabilities that those of `rights` belong to it."""
    if not lefts or not rights:
        return [[] for _ in lefts]
    left, right = _pair_vectors(labels, window.reading, "link")
    some = left[[run.first for run in lefts], kind : kind + 1]
    linked: list[list[float]] = pair_probabilities(some, right[[r.first for r in rights]])[
        0
    ].tolist()
    return linked


def _log_odds(probability: float) -> float:
    clipped = min(max(probability, 1e-6), 1 - 1e-6)
    return math.log(clipped / (1 - clipped))


def _quote(
    pieces: Pieces, source: Found | None, cue: Found | None, contents: list[Found]
) -> QuoteFind:
    parts = [part for part in (source, cue, *contents) if part is not None]
    return QuoteFind(
        pieces.span(source.first, source.last) if source else None,
        pieces.span(cue.first, cue.last) if cue else None,
        tuple(pieces.span(c.first, c.last) for c in contents),
        float(np.prod([part.probability for part in parts])),
    )
