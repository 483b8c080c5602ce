"""Score coreference chains: MUC, B³, CEAF-e and their mean, the CoNLL F1.

Keys and responses partition the same gold mentions; mentions alone in their
chain count. The definitions are those of the CoNLL-2012 reference scorer.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

M = TypeVar("M", bound=Hashable)
Chains = Sequence[frozenset[M]]
Score = dict[str, float]


def chains_of(chain_of: Mapping[M, Hashable]) -> list[frozenset[M]]:
    """Return the chains that a label for each mention makes."""
    gathered: dict[Hashable, set[M]] = defaultdict(set)
    for mention, label in chain_of.items():
        gathered[label].add(mention)
    return [frozenset(chain) for chain in gathered.values()]


def conll(key: Chains[M], response: Chains[M]) -> dict[str, Score | float]:
    """Return all measures.

    Args:
        key: Gold chains.
        response: The system's chains over the same mentions.

    Returns:
        `muc`, `b3`, `ceafe` with `precision`, `recall`, `f1`, and `conll`, the mean F1.

    Raises:
        ValueError: The two do not cover the same mentions.
    """
    if set().union(*key) != set().union(*response):
        raise ValueError("key and response cover different mentions")
    muc, b3, ceafe = _muc(key, response), _b3(key, response), _ceafe(key, response)
    mean = (muc["f1"] + b3["f1"] + ceafe["f1"]) / 3
    return {"conll": mean, "muc": muc, "b3": b3, "ceafe": ceafe}


def _score(precision: float, recall: float) -> Score:
    total = precision + recall
    f1 = 2 * precision * recall / total if total else 0.0
    return {"precision": precision, "recall": recall, "f1": f1}


def _muc(key: Chains[M], response: Chains[M]) -> Score:
    return _score(_links_kept(response, key), _links_kept(key, response))


def _links_kept(chains: Chains[M], others: Chains[M]) -> float:
    other_of = {mention: i for i, chain in enumerate(others) for mention in chain}
    links = kept = 0
    for chain in chains:
        links += len(chain) - 1
        kept += len(chain) - len({other_of[mention] for mention in chain})
    return kept / links if links else 0.0


def _b3(key: Chains[M], response: Chains[M]) -> Score:
    return _score(_purity(response, key), _purity(key, response))


def _purity(chains: Chains[M], others: Chains[M]) -> float:
    other_of = {mention: i for i, chain in enumerate(others) for mention in chain}
    total = sum(map(len, chains))
    inside = 0.0
    for chain in chains:
        parts = Counter(other_of[mention] for mention in chain)
        inside += sum(n * n for n in parts.values()) / len(chain)
    return inside / total if total else 0.0


def _ceafe(key: Chains[M], response: Chains[M]) -> Score:
    aligned = sum(_best_alignment(part) for part in _alike(key, response))
    return _score(aligned / len(response) if response else 0.0, aligned / len(key) if key else 0.0)


def _alike(key: Chains[M], response: Chains[M]) -> Iterable[NDArray[np.float64]]:
    """Yield how alike chains are, apart for each set of chains that share mentions."""
    key_of = {mention: i for i, chain in enumerate(key) for mention in chain}
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for j, chain in enumerate(response):
        for mention in chain:
            shared[key_of[mention], j] += 1
    rows: dict[int, set[int]] = defaultdict(set)
    columns: dict[int, set[int]] = defaultdict(set)
    for i, j in shared:
        rows[i].add(j)
        columns[j].add(i)
    left = set(rows)
    while left:
        part, ahead = set(), {min(left)}
        reached: set[int] = set()
        while ahead:
            part |= ahead
            found = {j for i in ahead for j in rows[i]} - reached
            reached |= found
            ahead = {i for j in found for i in columns[j]} - part
        left -= part
        ordered, across = sorted(part), sorted(reached)
        table = np.zeros((len(ordered), len(across)))
        for a, i in enumerate(ordered):
            for b, j in enumerate(across):
                if (i, j) in shared:
                    table[a, b] = 2 * shared[i, j] / (len(key[i]) + len(response[j]))
        yield table


def _best_alignment(gain: NDArray[np.float64]) -> float:
    """Return the greatest sum of a one-to-one choice of cells (Kuhn and Munkres).

    Args:
        gain: `(rows, columns)`, not negative.
    """
    if gain.shape[0] > gain.shape[1]:
        gain = gain.T
    cost = -gain
    n, m = cost.shape
    u, v = np.zeros(n + 1), np.zeros(m + 1)
    row_of = np.zeros(m + 1, dtype=int)
    for row in range(1, n + 1):
        row_of[0] = row
        column = 0
        least = np.full(m + 1, np.inf)
        way = np.zeros(m + 1, dtype=int)
        used = np.zeros(m + 1, dtype=bool)
        while True:
            used[column] = True
            i = row_of[column]
            free = ~used
            free[0] = False
            reduced = np.full(m + 1, np.inf)
            reduced[1:] = cost[i - 1] - u[i] - v[1:]
            better = free & (reduced < least)
            least[better] = reduced[better]
            way[better] = column
            following = int(np.argmin(np.where(free, least, np.inf)))
            delta = least[following]
            np.add.at(u, row_of[used], delta)
            v[used] -= delta
            least[free] -= delta
            column = following
            if row_of[column] == 0:
                break
        while column:
            before = int(way[column])
            row_of[column] = row_of[before]
            column = before
    return float(sum(gain[row_of[j] - 1, j - 1] for j in range(1, m + 1) if row_of[j]))
