"""Fitting a judge: signs that tell get weight, whole passages are held out."""

from __future__ import annotations

import pytest
from training.judge import Sentence, best_threshold, figures, fit, held_out

from onrecord.annotate.relation_judge import Candidate
from onrecord.model.annotation import Relation
from onrecord.model.span import Span

_ANN, _FRONT = Span(0, 8), Span(16, 28)
_LED = Candidate("leads", _ANN, _FRONT, 0.5, None)
_GOLD = Relation("leads", _ANN, _FRONT, _ANN)


def _sentence(passage: int, *, right: bool) -> Sentence:
    """Return a sentence whose one candidate is right just where a pattern shows it."""
    signs = {"pattern": float(right), "weather": float(passage % 2)}
    return Sentence(passage, [_LED], [signs], [_GOLD] if right else [])


_SENTENCES = [_sentence(n, right=n % 3 == 0) for n in range(60)]


def test_only_signs_that_tell_weigh() -> None:
    judge = fit(_SENTENCES, 0.4)
    assert judge.weights["pattern"] > 2
    assert abs(judge.weights["weather"]) < 0.2
    assert judge.threshold == 0.4


def test_probabilities_of_a_passage_come_from_the_other_passages() -> None:
    # One passage is right where all others are wrong: its own judge would know, theirs do not.
    alone = [_sentence(n, right=False) for n in range(30)]
    alone[7] = Sentence(7, [_LED], [{"weather": 1.0}], [_GOLD])
    ((probability, _),) = held_out(alone, seed=0)[7]
    assert probability < 0.1


def test_figures_count_what_reaches_the_threshold() -> None:
    scored = [[(0.9 if n % 3 == 0 else 0.35, _LED)] for n in range(60)]
    assert figures(_SENTENCES, scored, 0.4)["f1"] == 1.0
    assert figures(_SENTENCES, scored, 0.3)["precision"] == pytest.approx(1 / 3, abs=1e-4)
    assert best_threshold(_SENTENCES, [scored]) > 0.35
