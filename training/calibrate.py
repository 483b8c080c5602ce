"""Turn the extractor's scores into probabilities, on the development set.

    python -m training.calibrate --data PATH --models src/onrecord/models

Platt scaling (Platt, Probabilistic Outputs for Support Vector Machines, 1999)
with his smoothed targets: two numbers for each kind of row, so that a few
hundred labelled sentences are enough. Prints the expected calibration error
(ten bins of equal width) before and after, the latter cross-validated.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np

from onrecord.annotate.encoder import OnnxRunner
from onrecord.annotate.learned import LearnedExtractor, Thresholds
from onrecord.evaluation import passages, sentences
from onrecord.evaluation.matching import match
from onrecord.evaluation.sentences import LabelledSentence, same_relation, typed

FOLDS = 5


def judged(
    gold: dict[str, LabelledSentence], found: dict[str, LabelledSentence]
) -> dict[str, list[tuple[float, bool]]]:
    """Return score and rightness of every predicted event and relation."""
    rows: dict[str, list[tuple[float, bool]]] = {"event": [], "relation": []}
    for name, wanted in gold.items():
        given = found[name]
        right = {id(p) for _, p in match(wanted.events, given.events, typed)}
        rows["event"] += [(e.confidence, id(e) in right) for e in given.events]
        right = {id(p) for _, p in match(wanted.relations, given.relations, same_relation)}
        rows["relation"] += [(r.confidence, id(r) in right) for r in given.relations]
    return rows


def fit(scores: np.ndarray, right: np.ndarray) -> tuple[float, float]:
    """Return slope and offset of the logistic curve over the scores' log-odds."""
    odds = log_odds(scores)
    hits = right.sum()
    target = np.where(right, (hits + 1) / (hits + 2), 1 / (len(right) - hits + 2))
    weights = np.array([1.0, 0.0])
    features = np.stack([odds, np.ones_like(odds)], axis=1)
    for _ in range(100):
        p = 1 / (1 + np.exp(-features @ weights))
        gradient = features.T @ (p - target) + 1e-3 * weights
        curvature = (features * (p * (1 - p))[:, None]).T @ features + 1e-3 * np.eye(2)
        weights -= np.linalg.solve(curvature, gradient)
    return float(weights[0]), float(weights[1])


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


def held_out(scores: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Return probabilities of each fold from a curve fitted on the other folds."""
    out = np.zeros_like(scores)
    folds = np.arange(len(scores)) % FOLDS
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
    rows = passages.predict(gold.values(), extractor)
    found = {str(row["id"]): sentences.sentence_of_row(row) for row in rows}
    curves = {}
    for kind, pairs in judged(gold, found).items():
        scores = np.array([score for score, _ in pairs])
        right = np.array([hit for _, hit in pairs])
        curves[kind] = [round(x, 4) for x in fit(scores, right)]
        print(
            f"{kind}: {len(pairs)} rows, error {calibration_error(scores, right):.3f} before,"
            f" {calibration_error(held_out(scores, right), right):.3f} after (cross-validated)"
        )
    text = json.dumps(curves, indent=1)
    (arguments.models / "calibration.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
