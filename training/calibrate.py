"""Turn the extractor's scores of events into probabilities.

    python -m training.calibrate --data PATH --models src/onrecord/models

Platt scaling (Platt, Probabilistic Outputs for Support Vector Machines, 1999)
with his smoothed targets: two numbers, so that a few hundred labelled
sentences are enough; the development sentences and `annotations/held_out`
serve. Prints the expected calibration error (ten bins of equal width) before
and after, and how precise events are above some probabilities; what is after
is cross-validated. Relations get their probability from `training.judge`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from onrecord.annotate.encoder import OnnxRunner
from onrecord.annotate.learned import LearnedExtractor, Thresholds
from onrecord.evaluation import passages, sentences
from onrecord.evaluation.matching import match
from onrecord.evaluation.sentences import LabelledSentence, typed
from training.annotations import FOLDER, read_annotations

FOLDS = 5
LEVELS = (0.5, 0.55, 0.6, 0.65, 0.7, 0.75)


def judged(
    gold: Mapping[str, LabelledSentence], found: Mapping[str, LabelledSentence]
) -> list[tuple[str, float, bool]]:
    """Return passage, score and rightness of every predicted event."""
    rows: list[tuple[str, float, bool]] = []
    for name, wanted in gold.items():
        given = found[name].events
        right = {id(p) for _, p in match(wanted.events, given, typed)}
        passage = name.rpartition("-")[0] or name
        rows += [(passage, e.confidence, id(e) in right) for e in given]
    return rows


def fit(scores: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Return slope and offset of the logistic curve over the scores' log-odds."""
    odds = log_odds(scores)
    hits = right.sum()
    target = np.where(right, (hits + 1) / (hits + 2), 1 / (len(right) - hits + 2))
    features = np.stack([odds, np.ones_like(odds)], axis=1)
    slope, offset = logistic(features, target, np.full(2, 1e-3))
    return float(slope), float(offset)


def logistic(features: np.ndarray, target: np.ndarray, pull: np.ndarray) -> np.ndarray:
    """Return the weights of a logistic regression, by Newton's method.

    Args:
        features: *Shape:* (rows, weights).
        target: Wanted probability of each row. *Shape:* (rows,).
        pull: How strongly each weight is drawn to zero. *Shape:* (weights,).
    """
    weights = np.zeros(features.shape[1])
    for _ in range(50):
        p = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (p - target) + pull * weights
        curvature = (features * (p * (1 - p))[:, None]).T @ features + np.diag(pull)
        weights -= np.linalg.solve(curvature, gradient)
    return weights


def log_odds(scores: np.ndarray) -> np.ndarray:
    """Return the log-odds of scores between 0 and 1."""
    clipped = np.clip(scores, 1e-4, 1 - 1e-4)
    return np.log(clipped / (1 - clipped))


def calibration_error(probabilities: np.ndarray, right: np.ndarray) -> float:
    """Return the expected calibration error over ten bins of equal width."""
    bins = np.minimum((probabilities * 10).astype(int), 9)
    return float(
        sum(
            (bins == b).mean() * abs(probabilities[bins == b].mean() - right[bins == b].mean())
            for b in set(bins.tolist())
        )
    )


def held_out(passages: Sequence[str], scores: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return probabilities of each fold of passages from a curve fitted on the others."""
    out = np.zeros_like(scores)
    number = {name: i for i, name in enumerate(dict.fromkeys(passages))}
    folds = np.array([number[name] % FOLDS for name in passages])
    for fold in range(FOLDS):
        slope, offset = fit(scores[folds != fold], right[folds != fold])
        out[folds == fold] = 1 / (1 + np.exp(-slope * log_odds(scores[folds == fold]) - offset))
    return out


def main() -> None:
    """Read the command line, calibrate and write `calibration.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True)
    arguments = parser.parse_args()
    runner = OnnxRunner(arguments.models)
    runner.calibration = {}
    extractor = LearnedExtractor(runner, Thresholds())
    gold = sentences.load(arguments.data / "sentences" / "dev.jsonl")
    for row in read_annotations(arguments.data, FOLDER / "held_out"):
        gold[row["id"]] = sentences.sentence_of_row(row)
    predicted = passages.predict(gold.values(), extractor, least_event=0.0)
    found = {str(row["id"]): sentences.sentence_of_row(row) for row in predicted}
    rows = judged(gold, found)
    scores = np.array([score for _, score, _ in rows])
    right = np.array([hit for *_, hit in rows])
    sure = held_out([passage for passage, *_ in rows], scores, right)
    print(
        f"{len(rows)} events, error {calibration_error(scores, right):.3f} before,"
        f" {calibration_error(sure, right):.3f} after (cross-validated)"
    )
    for least in LEVELS:
        chosen = sure >= least
        print(
            f"  {least:.2f} and more: {chosen.mean():.0%} of them, {right[chosen].mean():.3f} right"
        )
    curves = {"event": [round(x, 4) for x in fit(scores, right)]}
    text = json.dumps(curves, indent=1)
    (arguments.models / "calibration.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
