"""Score pairs of names: spellings of one actor against look-alikes.

Each row of the table has two names, what kind of actor they name, and whether
they are one. Rows of one group stay together: half of the groups, chosen by
hash, are for tuning (dev), the others are looked at when a version is done.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from anyascii import anyascii
from rapidfuzz.fuzz import ratio

from onrecord.errors import ReadError
from onrecord.resolve.likeness import compare_names
from onrecord.resolve.names import Decision

Compare = Callable[[str, str, str], Decision]


@dataclass(frozen=True, slots=True)
class Pair:
    """One row of the table.

    Attributes:
        group: Rows made from the same names share it.
        kind: "person" or "organisation".
        region: Where the names come from.
        one: A name.
        other: Another.
        same: Whether both name one actor.
    """

    group: str
    kind: str
    region: str
    one: str
    other: str
    same: bool

    @property
    def held_out(self) -> bool:
        """Whether the row belongs to the half that nothing is tuned on."""
        return hashlib.sha256(self.group.encode()).digest()[0] % 2 == 1


def load(path: Path) -> list[Pair]:
    """Return the rows of the table at `path` (JSON lines).

    Raises:
        ReadError: A line is not a row.
    """
    pairs = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        try:
            pairs.append(Pair(**json.loads(line)))
        except (TypeError, json.JSONDecodeError) as error:
            raise ReadError(f"{path}, line {number}", f"not a pair of names ({error})") from error
    return pairs


def score(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Return figures of both halves, by kind, beside two baselines.

    Returns:
        `dev`, `test` and for the test half `person`, `organisation`, `exact` (the same folded
        letters) and `ratio` (edit similarity of .85 or more), each with `precision`, `recall`,
        `f1`, `pairs`.
    """
    dev = [pair for pair in pairs if not pair.held_out]
    test = [pair for pair in pairs if pair.held_out]
    kinds = {kind: [p for p in test if p.kind == kind] for kind in ("person", "organisation")}
    return {
        "dev": figures(dev, compare_names),
        "test": figures(test, compare_names),
        "test_by_kind": {kind: figures(some, compare_names) for kind, some in kinds.items()},
        "test_baselines": {
            "exact": figures(test, _exact),
            "ratio": figures(test, _ratio),
        },
    }


def figures(pairs: Iterable[Pair], compare: Compare) -> dict[str, float]:
    """Return precision, recall and F1 of taking two names for one, and the number of pairs."""
    counts = Counter((p.same, compare(p.one, p.other, p.kind).same) for p in pairs)
    hits = counts[True, True]
    found = hits + counts[False, True]
    there = hits + counts[True, False]
    precision = hits / found if found else 0.0
    recall = hits / there if there else 0.0
    f1 = 2 * precision * recall / (precision + recall) if hits else 0.0
    return {"precision": precision, "recall": recall, "f1": f1, "pairs": counts.total()}


def _folded(name: str) -> str:
    return "".join(c for c in anyascii(name).lower() if c.isalnum())


def _exact(one: str, other: str, kind: str) -> Decision:
    del kind
    return Decision(float(_folded(one) == _folded(other)), ())


def _ratio(one: str, other: str, kind: str) -> Decision:
    del kind
    return Decision(float(ratio(_folded(one), _folded(other)) >= 85), ())


def rows(pairs: Iterable[Pair]) -> list[dict[str, Any]]:
    """Return what we say of each pair, for `--predictions`."""
    said = []
    for pair in pairs:
        decision = compare_names(pair.one, pair.other, pair.kind)
        said.append(
            {"one": pair.one, "other": pair.other, "same": decision.same, "score": decision.score,
             "reasons": list(decision.reasons)}
        )  # fmt: skip
    return said
