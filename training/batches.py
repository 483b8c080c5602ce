"""Pad examples of like length together."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor

from onrecord.annotate.pieces import Pieces

Example = TypeVar("Example")


def group(
    examples: Sequence[Example],
    length: Callable[[Example], int],
    pieces_a_batch: int,
    rng: random.Random,
) -> list[list[Example]]:
    """Return batches of about `pieces_a_batch` pieces, padding included, in random order."""
    # Noise on the length mixes neighbours, so that batches differ between epochs.
    ordered = sorted(examples, key=lambda e: length(e) * rng.uniform(0.9, 1.1))
    batches: list[list[Example]] = []
    longest = 0
    for example in ordered:
        longest = max(longest, length(example))
        if not batches or longest * (len(batches[-1]) + 1) > pieces_a_batch:
            batches.append([])
            longest = length(example)
        batches[-1].append(example)
    rng.shuffle(batches)
    return batches


def inputs(pieces: Sequence[Pieces], marks: Sequence[np.ndarray] | None = None) -> list[Tensor]:
    """Return ids, cases, marks and mask. *Shape:* each (batch, longest)."""
    longest = max(len(p) for p in pieces)
    arrays = np.zeros((4, len(pieces), longest), dtype=np.int64)
    for i, p in enumerate(pieces):
        arrays[0, i, : len(p)] = p.ids
        arrays[1, i, : len(p)] = p.cases
        if marks is not None:
            arrays[2, i, : len(p)] = marks[i]
        arrays[3, i, : len(p)] = 1
    return list(torch.from_numpy(arrays))


def padded(rows: Sequence[np.ndarray], longest: int, fill: int) -> Tensor:
    """Return integer rows padded with `fill`. *Shape:* (batch, longest)."""
    out = np.full((len(rows), longest), fill, dtype=np.int64)
    for i, row in enumerate(rows):
        out[i, : len(row)] = row
    return torch.from_numpy(out)
