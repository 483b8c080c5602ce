"""Count hits by one-to-one matching: no item of either side counts twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Tally:
    """Hits among what was expected and what was found."""

    hits: int = 0
    expected: int = 0
    found: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.hits + other.hits, self.expected + other.expected, self.found + other.found
        )

    def row(self) -> dict[str, float]:
        """Return precision, recall, F1 (0 when nothing was found or expected) and the counts."""
        precision = self.hits / self.found if self.found else 0.0
        recall = self.hits / self.expected if self.expected else 0.0
        f1 = 2 * self.hits / (self.found + self.expected) if self.hits else 0.0
        return {
            "precision": round(precision, 4),
            "recall": round(recall, 4),
            "f1": round(f1, 4),
            "hits": self.hits,
            "expected": self.expected,
            "found": self.found,
        }


def match(
    gold: Sequence[Item],
    predicted: Sequence[Item],
    fits: Callable[[Item, Item], bool],
    better: Callable[[Item, Item], bool] | None = None,
) -> list[tuple[Item, Item]]:
    """Return a largest set of `(gold, predicted)` pairs that fit, each item used at most once.

    Args:
        gold: Expected items.
        predicted: Found items.
        fits: Whether a gold item and a predicted item may be paired.
        better: Pairs to prefer where a choice does not cost another pair.
    """
    owner: dict[int, int] = {}
    choices = [[p for p, item in enumerate(predicted) if fits(wanted, item)] for wanted in gold]
    if better is not None:
        choices = [
            sorted(options, key=[not better(wanted, item) for item in predicted].__getitem__)
            for wanted, options in zip(gold, choices, strict=True)
        ]

    def place(g: int, tried: set[int]) -> bool:
        for p in choices[g]:
            if p in tried:
                continue
            tried.add(p)
            if p not in owner or place(owner[p], tried):
                owner[p] = g
                return True
        return False

    for g in range(len(gold)):
        place(g, set())
    return [(gold[g], predicted[p]) for p, g in sorted(owner.items(), key=lambda item: item[1])]


def tally(
    pairs: Iterable[tuple[Sequence[Item], Sequence[Item]]], fits: Callable[[Item, Item], bool]
) -> Tally:
    """Return hits over `(gold, predicted)` lists of one sentence each."""
    total = Tally()
    for gold, predicted in pairs:
        total += Tally(len(match(gold, predicted, fits)), len(gold), len(predicted))
    return total
