"""Fit what each sign of two acts being one weighs, on the story sets for development.

    python resources/fit_weights.py [--rules] [--ecb FOLDER]

Pairs are the statements that stand for members of gold claims; those of one
claim are one act. Every set is judged by weights fitted to the other sets.
Prints the weights fitted to all sets and how well they do on sets left out;
with ECB+, also the weights fitted to its real news and how they do on the sets.
The weights of `comparing.yaml` are those of the first eight sets, a fifth of the way towards those
of ECB+; those of `mode`, `beginning`, `known`, `number` and of nouns came with six more, between
what the sets and ECB+ give. Signs that hardly occur in the sets (another day, another place, a
plan) are set by hand, and so is `none`, about a unit above the fitted one, since whole groups and
not pairs are judged.
"""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ecb_pairs import ecb_pairs
from onrecord.annotate.default import default_extractor
from onrecord.annotate.rules import RuleExtractor
from onrecord.compare.reading import as_read
from onrecord.compare.stories import same_story
from onrecord.compare.weighing import Signs, signs
from onrecord.evaluation.claims import paired_statements

STORIES = Path(__file__).parent.parent / "evaluation" / "stories"
# Strength of the pull towards zero; the sets are few.
PENALTY = 2.0
Numbers = npt.NDArray[np.float64]


def main(arguments: list[str]) -> None:
    """Print weights and how they do on sets that they were not fitted to."""
    extractor = RuleExtractor() if "--rules" in arguments else default_extractor()
    rows: list[tuple[str, Signs, bool]] = []
    for name, found in paired_statements(STORIES, extractor):
        for (one, claims), (other, others) in combinations(found, 2):
            a, b = as_read(one), as_read(other)
            if a.kind == b.kind == "event" and same_story(a.report, b.report):
                rows.append((name, signs(a, b), bool(claims & others)))
    sets = np.array([name for name, _, _ in rows])
    seen = np.array([[1.0, *row] for _, row, _ in rows])
    same = np.array([float(one) for _, _, one in rows])
    scores = np.zeros(len(rows))
    for name in sorted(set(sets)):
        out = sets == name
        scores[out] = seen[out] @ fit(seen[~out], same[~out])
    hits = float(((scores > 0) & (same == 1)).sum())
    precision, recall = hits / max((scores > 0).sum(), 1), hits / same.sum()
    print(f"{len(rows)} pairs; left out: precision {precision:.3f}, recall {recall:.3f}")
    weights = [fit(seen, same)]
    if "--ecb" in arguments:
        folder = Path(arguments[arguments.index("--ecb") + 1])
        pairs = list(ecb_pairs(folder, extractor))
        there = np.array([[1.0, *row] for _, row, _ in pairs])
        weights.append(fit(there, np.array([float(one) for _, _, one in pairs])))
        ranked = _rank(seen @ weights[1], same)
        print(f"{len(pairs)} pairs of ECB+; its weights rank the pairs of the sets {ranked:.3f}")
    for name, *columns in zip(("none", *Signs._fields), *weights, strict=True):
        print(f"  {name}: {' '.join(f'{weight:.2f}' for weight in columns)}")


def _rank(scores: Numbers, same: Numbers) -> float:
    """Return the share of pairs of one act that stand above pairs of two (area under the ROC)."""
    places = np.argsort(np.argsort(scores))
    hits = same.sum()
    return float((places[same == 1].sum() - hits * (hits - 1) / 2) / (hits * (len(same) - hits)))


def fit(seen: Numbers, same: Numbers) -> Numbers:
    """Return the weights of a logistic regression; *shape:* (signs + 1,)."""
    weights = np.zeros(seen.shape[1])
    pull = PENALTY * np.eye(len(weights))
    pull[0, 0] = 1e-6
    for _ in range(30):
        likely = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (likely - same) + pull @ weights
        bend = (seen.T * (likely * (1 - likely))) @ seen + pull
        weights = weights - np.linalg.solve(bend, slope)
    return weights


if __name__ == "__main__":
    main(sys.argv[1:])
