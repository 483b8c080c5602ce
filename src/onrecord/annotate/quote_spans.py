"""Decide where sources, cues and contents begin and end, from the encoder and the signs.

The encoder finds that somebody is quoted more surely than it finds the edges.
A small table weighs its scores against the signs of `quote_signs`; the
likeliest sequence of tags gives the edges of what the encoder found. The table
is fitted by `training.quote_spans`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import numpy as np

from onrecord.annotate.decode import Found, Logits
from onrecord.annotate.encoder import Labels
from onrecord.annotate.neural import Window, columns
from onrecord.annotate.quote_signs import QuoteSigns, WordSigns
from onrecord.annotate.text import Parse
from onrecord.model.annotation import Attribution

PARTS = ("source", "cue", "content")
HEADS = (*PARTS, "inner")
# What each row of weights scores: to begin at a word, to begin after it, to go on through it,
# to end before a word that follows, and to end by reason of the word that follows.
ROWS = ("begins", "begins_after", "within", "ends", "ends_before")
# Added to the score of a beginning: what the encoder found rather gets edges than none.
READINESS = 1.2
# Log-odds that a source belongs to a cue: as its subject or object, for each code point between
# them, and across the end of a sentence.
SUBJECT, FAR, OTHER_SENTENCE = 4.0, 0.015, 1.0
FARTHEST = 200
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class EdgeTable:
    """Weights of the signs.

    Attributes:
        column: Number of each sign that is a mark.
        weights: *Shape:* (parts, rows, marks + numbers + 1).
    """

    column: Mapping[str, int]
    weights: Logits

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> EdgeTable:
        """Return the table that a parsed `quote_spans.json` holds."""
        rows = [[content["weights"][part][row] for row in ROWS] for part in PARTS]
        return cls(
            {sign: number for number, sign in enumerate(content["signs"])},
            np.array(rows, dtype=np.float32),
        )

    def scores(self, signs: WordSigns) -> Logits:
        """Return the score of each row at each word. *Shape:* (parts, rows, words)."""
        marks = len(self.column)
        numbers = self.weights[:, :, marks:-1] @ signs.scores.T
        scores = numbers + self.weights[:, :, -1:]
        if signs.marks:
            scores += self._of_marks(signs.marks)
        return np.asarray(scores, dtype=np.float32)

    def _of_marks(self, marks: Sequence[Sequence[str]]) -> Logits:
        """Return what the marks of each word add up to. *Shape:* (parts, rows, words)."""
        # Every word also bears a sign that weighs nothing, so that none is without.
        nothing = len(self.column)
        weights = self.weights[:, :, : nothing + 1].copy()
        weights[:, :, nothing] = 0.0
        borne: list[int] = []
        begins: list[int] = []
        for names in marks:
            begins.append(len(borne))
            borne += [self.column[name] for name in names if name in self.column]
            borne.append(nothing)
        return np.asarray(np.add.reduceat(weights[:, :, borne], begins, axis=2), dtype=np.float32)


@lru_cache(maxsize=1)
def shipped_table() -> EdgeTable:
    """Return the table inside the package."""
    content = (files("onrecord") / "models" / "quote_spans.json").read_text("utf-8")
    return EdgeTable.from_json(json.loads(content))


class QuoteEdges:
    """Mends what the encoder tagged in the windows of one document.

    Args:
        parse: The parsed document.
        rules: Attributions that the rules found in it.
        table: Weights; those inside the package when None.
    """

    def __init__(
        self, parse: Parse, rules: Sequence[Attribution], table: EdgeTable | None = None
    ) -> None:
        self._signs = QuoteSigns(parse, rules)
        self._table = table or shipped_table()

    def mended(
        self, labels: Labels, window: Window, tagged: Mapping[str, Sequence[Found]]
    ) -> dict[str, list[Found]]:
        """Return `tagged` with the edges that the signs speak for.

        Args:
            labels: What the columns of the window's tags mean.
            window: The window.
            tagged: Runs of pieces by head.
        """
        mended = {head: list(found) for head, found in tagged.items()}
        if not any(tagged[part] for part in PARTS):
            # Edges are for what is tagged: where nothing is, none need be looked for.
            return mended
        tags = np.concatenate(
            [window.reading.tags[:, columns(labels.tags, head)] for head in HEADS], axis=1
        )
        signs = self._signs.of(window, tags)
        scores = self._table.scores(signs)
        for number, part in enumerate(PARTS):
            if not tagged[part]:
                continue
            spans = [
                Found(signs.words[first][0], signs.words[last][1], 0, 0.0)
                for first, last in likeliest_spans(scores[number], READINESS)
            ]
            mended[part] = _joined(tagged[part], spans)
        return mended

    def closeness(self, window: Window, cue: Found, source: Found) -> float:
        """Return what grammar and distance add to the log-odds that `source` says `cue`."""
        said, sayer = (window.pieces.span(run.first, run.last) for run in (cue, source))
        gap = max(said.start - sayer.end, sayer.start - said.end, 0)
        bond = -FAR * min(gap, FARTHEST)
        if window.sentence[cue.first] != window.sentence[source.first]:
            bond -= OTHER_SENTENCE
        return bond + SUBJECT * self._signs.is_party_to(sayer, said)


def _joined(tagged: Sequence[Found], spans: Sequence[Found]) -> list[Found]:
    """Return the tagged runs, those that meet spans with the edges of these.

    Spans that meet no run are left out: that somebody is quoted is for the encoder to say.
    """
    kept = [run for run in tagged if not any(_meet(run, span) for span in spans)]
    for span in spans:
        met = [run.probability for run in tagged if _meet(run, span)]
        if met:
            kept.append(Found(span.first, span.last, span.label, max(met)))
    return sorted(kept, key=lambda found: found.first)


def _meet(one: Found, other: Found) -> bool:
    return one.first <= other.last and other.first <= one.last


def likeliest_spans(scores: Logits, readiness: float = 0.0) -> list[tuple[int, int]]:
    """Return first and last word of the spans of the best tag sequence (Viterbi).

    Args:
        scores: Of each row of `ROWS` at each word. *Shape:* (rows, words).
        readiness: Added to the score of each beginning.
    """
    starts, after, within, ends, before = scores
    words = len(starts)
    if not words:
        return []
    begin = starts + readiness
    begin[1:] += after[:-1]
    leave = before.copy()
    leave[1:] += ends[:-1]
    begin_at, leave_at, within_at = begin.tolist(), leave.tolist(), within.tolist()
    outside, begun, inside = 0.0, begin_at[0], _NEVER
    came: list[tuple[int, int]] = []
    for word in range(1, words):
        left, ended = (begun, 1) if begun >= inside else (inside, 2)
        stay, stayed = left, ended
        left += leave_at[word]
        if outside >= left:
            left, ended = outside, 0
        came.append((ended, stayed))
        outside, begun, inside = left, left + begin_at[word], stay + within_at[word]
    tag = int(np.argmax([outside, begun, inside]))
    tags = [tag]
    for ended, stayed in reversed(came):
        tag = stayed if tag == 2 else ended
        tags.append(tag)
    spans: list[tuple[int, int]] = []
    for word, tag in enumerate(reversed(tags)):
        if tag == 1:
            spans.append((word, word))
        elif tag == 2:
            spans[-1] = (spans[-1][0], word)
    return spans
