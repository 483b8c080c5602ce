"""Weigh what is known of a candidate and say how probable it is that it is right.

A judge is a logistic regression over a few named signs. Its weights are small
enough to read, are kept beside the model (`models/judge.json`) and are written
by `training.judge`; no library is needed to use them.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

# Scores of the encoder are not told apart beyond these.
_LEAST, _MOST = 0.002, 0.998


@dataclass(frozen=True, slots=True)
class Judge:
    """A logistic regression over named signs.

    Attributes:
        bias: Log-odds where no sign is seen.
        weights: What each sign adds to the log-odds for each unit of its value.
        threshold: Candidates less probable than this are left out.
    """

    bias: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, signs: Mapping[str, float]) -> float:
        """Return the probability that a candidate with these signs is right.

        Args:
            signs: Value of each sign; one that is missing counts as 0, one without a weight
                says nothing.
        """
        odds = self.bias + sum(self.weights.get(name, 0.0) * value for name, value in signs.items())
        return 1 / (1 + math.exp(-min(max(odds, -30.0), 30.0)))


def log_odds(probability: float) -> float:
    """Return the log-odds of a score between 0 and 1, kept finite."""
    kept = min(max(probability, _LEAST), _MOST)
    return math.log(kept / (1 - kept))


@lru_cache(maxsize=1)
def shipped_judge(name: str) -> Judge:
    """Return a judge inside the package, read once a process.

    Args:
        name: What it judges: "relation".
    """
    entries = json.loads((files("onrecord") / "models" / "judge.json").read_text("utf-8"))
    return Judge(**entries[name])
