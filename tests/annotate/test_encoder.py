"""Sequences are read in batches of like length, each small enough for a core's cache."""

from __future__ import annotations

import pickle
from importlib.resources import as_file, files

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.encoder import (
    MOST_PADDING,
    PIECES_A_BATCH,
    OnnxRunner,
    batches_of,
    read_pieces,
    shipped_runner,
)


@given(st.lists(st.integers(2, 600), max_size=80))
def test_every_sequence_is_read_once_in_a_batch_of_its_like(lengths: list[int]) -> None:
    batches = list(batches_of(lengths))
    assert sorted(number for batch in batches for number in batch) == list(range(len(lengths)))
    for batch in batches:
        sizes = [lengths[number] for number in batch]
        assert max(sizes) <= MOST_PADDING * min(sizes) + 2
        assert len(batch) == 1 or max(sizes) * len(batch) <= PIECES_A_BATCH


def test_readings_come_in_the_order_of_the_sentences_whatever_their_length() -> None:
    runner = shipped_runner()
    texts = ["The army attacked Veldan on Monday, " * 9, "They met.", "Rebels shelled the town."]
    pieces = [runner.tokenizer.encode(text) for text in texts]
    readings = read_pieces(runner, pieces)
    assert [len(reading.tags) for reading in readings] == [len(p) for p in pieces]
    for one, reading in zip(pieces, readings, strict=True):
        alone = read_pieces(runner, [one])[0]
        np.testing.assert_allclose(reading.tags, alone.tags, atol=0.5)


def test_a_runner_sent_to_one_of_several_processes_keeps_to_one_thread() -> None:
    with as_file(files("onrecord") / "models") as folder:
        runner = OnnxRunner(folder, threads=2)
    sent = pickle.loads(pickle.dumps(runner))
    assert (runner.threads, sent.threads) == (2, 1)
    assert sent.version == runner.version
