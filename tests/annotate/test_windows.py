"""Windows end where paragraphs end, so that a quotation is read with its speaker."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from onrecord.annotate.neural import WINDOW_PIECES, read_windows
from onrecord.annotate.pieces import Pieces


class Silent:
    """A runner that sees nothing; only how the pieces are packed counts here."""

    labels = None

    def run(self, ids, cases, marks, mask, wanted):  # type: ignore[no-untyped-def]
        """Return no column for any head."""
        return tuple(np.zeros((*ids.shape, 0), dtype=np.float32) for _ in wanted)


def sentence(length: int) -> Pieces:
    inner = np.arange(length - 2)
    return Pieces(
        np.ones(length, dtype=np.int64),
        np.zeros(length, dtype=np.int64),
        np.concatenate([[-1], 2 * inner, [-1]]),
        np.concatenate([[-1], 2 * inner + 1, [-1]]),
        np.concatenate([[-1], inner, [-1]]),
    )


def packed(lengths: Sequence[int], paragraphs: Sequence[int] = ()) -> list[list[int]]:
    windows = read_windows(Silent(), [sentence(n) for n in lengths], paragraphs)  # type: ignore[arg-type]
    return [sorted(set(w.sentence.tolist()) - {-1}) for w in windows]


@pytest.mark.parametrize(
    ("lengths", "paragraphs", "windows"),
    [
        ([50, 50, 50], [], [[0, 1], [2]]),
        ([50, 50, 50], [0, 0, 0], [[0, 1], [2]]),
        ([50, 50, 50], [0, 1, 1], [[0], [1, 2]]),
        ([40, 40, 40], [0, 1, 1], [[0, 1, 2]]),
        # Too little to read on its own: the next paragraph is begun.
        ([20, 60, 60], [0, 1, 1], [[0, 1], [2]]),
        # No window holds the whole paragraph, so nothing is won by waiting for it.
        ([50, 70, 70], [0, 1, 1], [[0, 1], [2]]),
    ],
)
def test_a_window_ends_before_a_paragraph_that_it_cannot_take_whole(
    lengths: list[int], paragraphs: list[int], windows: list[list[int]]
) -> None:
    assert packed(lengths, paragraphs) == windows


def test_every_sentence_is_read_once_and_no_window_is_too_long() -> None:
    rng = np.random.default_rng(4)
    lengths = rng.integers(5, 90, 60).tolist()
    paragraphs = np.cumsum(rng.random(60) < 0.4).tolist()

    windows = packed(lengths, paragraphs)

    assert [n for window in windows for n in window] == list(range(60))
    assert all(sum(lengths[n] for n in window) <= WINDOW_PIECES for window in windows)
