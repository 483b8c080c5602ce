"""Run the shipped encoder: pieces in, logits of every head out."""

from __future__ import annotations

import hashlib
import json
import math
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from onrecord.annotate.decode import Logits
from onrecord.annotate.pieces import Pieces, PieceTokenizer
from onrecord.errors import ModelError

# Most pieces, padding included, in one batch. What a batch of this size computes stays in the
# cache of one core; four times as many take a third longer a piece.
PIECES_A_BATCH = 512
# A sequence that many times as long as the shortest of a batch, and two pieces more, begins
# another: padding costs as much as reading.
MOST_PADDING = 1.15
# Beyond these a batch is too small to share out.
MOST_THREADS = 4


@dataclass(frozen=True, slots=True)
class Labels:
    """Which column of the logits means what; read from `labels.json`.

    Attributes:
        tags: Labels of each tag head, in order of the columns.
        events: Labels of each head that reads marked pieces.
        pairs: Labels of each pair head.
        roles: Roles of an event, each with a start and an end column.
    """

    tags: dict[str, tuple[str, ...]]
    events: dict[str, tuple[str, ...]]
    pairs: dict[str, tuple[str, ...]]
    roles: tuple[str, ...]

    @classmethod
    def from_json(cls, content: dict[str, Any]) -> Labels:
        """Return the labels that a parsed `labels.json` holds."""
        tags, events, pairs = (
            {name: tuple(labels) for name, labels in content[key]}
            for key in ("tag_heads", "event_heads", "pair_heads")
        )
        return cls(tags, events, pairs, tuple(content["roles"]))


# What each pass needs; the other heads are not computed.
FIRST_PASS = ("tags", "left", "right")
SECOND_PASS = ("events", "roles")
_NOTHING: Logits = np.zeros((0, 0), dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one pass over one piece sequence gives; empty where that pass does not ask.

    Attributes:
        tags: *Shape:* (pieces, tag columns).
        events: *Shape:* (pieces, event columns).
        roles: *Shape:* (pieces, 2 * roles).
        left: *Shape:* (pieces, pair labels, width).
        right: *Shape:* (pieces, pair heads, width).
    """

    tags: Logits = field(default_factory=lambda: _NOTHING)
    events: Logits = field(default_factory=lambda: _NOTHING)
    roles: Logits = field(default_factory=lambda: _NOTHING)
    left: Logits = field(default_factory=lambda: _NOTHING)
    right: Logits = field(default_factory=lambda: _NOTHING)


class Runner(Protocol):
    """Anything that computes the network: ONNX Runtime when shipped, torch in training."""

    labels: Labels

    def run(
        self,
        ids: npt.NDArray[np.int64],
        cases: npt.NDArray[np.int64],
        marks: npt.NDArray[np.int64],
        mask: npt.NDArray[np.int64],
        wanted: Sequence[str],
    ) -> tuple[Logits, ...]:
        """Return the outputs named in `wanted` of a padded batch.

        *Shape:* every array is (batch, pieces).
        """


def read_pieces(
    runner: Runner,
    pieces: Sequence[Pieces],
    marks: Sequence[npt.NDArray[np.int64]] | None = None,
) -> list[Reading]:
    """Return one reading for each piece sequence, in order.

    Sequences of like length are padded together, about `PIECES_A_BATCH` pieces at a time.
    """
    readings: dict[int, Reading] = {}
    for batch in batches_of([len(p) for p in pieces]):
        _read_batch(runner, pieces, marks, batch, readings)
    return [readings[i] for i in range(len(pieces))]


def batches_of(lengths: Sequence[int]) -> Iterator[list[int]]:
    """Yield the numbers of sequences to read together, from the shortest on.

    Args:
        lengths: Pieces of each sequence.
    """
    batch: list[int] = []
    for number in sorted(range(len(lengths)), key=lengths.__getitem__):
        longest = lengths[number]
        if batch and (
            longest * (len(batch) + 1) > PIECES_A_BATCH
            or longest > MOST_PADDING * lengths[batch[0]] + 2
        ):
            yield batch
            batch = []
        batch.append(number)
    if batch:
        yield batch


def _read_batch(
    runner: Runner,
    pieces: Sequence[Pieces],
    marks: Sequence[npt.NDArray[np.int64]] | None,
    batch: list[int],
    readings: dict[int, Reading],
) -> None:
    padded = np.zeros((4, len(batch), max(len(pieces[i]) for i in batch)), dtype=np.int64)
    for row, i in enumerate(batch):
        size = len(pieces[i])
        padded[0, row, :size] = pieces[i].ids
        padded[1, row, :size] = pieces[i].cases
        if marks is not None:
            padded[2, row, :size] = marks[i]
        padded[3, row, :size] = 1
    wanted = FIRST_PASS if marks is None else SECOND_PASS
    ids, cases, marked, mask = padded
    outputs = runner.run(ids, cases, marked, mask, wanted)
    for row, i in enumerate(batch):
        parts = (output[row, : len(pieces[i])] for output in outputs)
        readings[i] = Reading(**dict(zip(wanted, parts, strict=True)))


class OnnxRunner:
    """The exported network on ONNX Runtime's CPU provider.

    Args:
        folder: Holds `encoder.onnx`, `labels.json` and `tokenizer.json`.
        threads: Threads of one pass; 0 for one on each core that this process may use, up to
            `MOST_THREADS`.

    Raises:
        ModelError: A file is missing or does not fit.
    """

    def __init__(self, folder: Path, threads: int = 0) -> None:
        import onnxruntime

        for name in ("encoder.onnx", "labels.json", "tokenizer.json"):
            if not (folder / name).is_file():
                raise ModelError(str(folder / name), "file is missing", "Reinstall onrecord.")
        self._folder = folder
        self.labels = Labels.from_json(json.loads((folder / "labels.json").read_text("utf-8")))
        self.tokenizer = PieceTokenizer(folder / "tokenizer.json")
        curves = folder / "calibration.json"
        # Slope and offset over log-odds for each kind of row; see training.calibrate.
        self.calibration: dict[str, tuple[float, float]] = (
            json.loads(curves.read_text("utf-8")) if curves.is_file() else {}
        )
        digest = hashlib.sha256((folder / "encoder.onnx").read_bytes())
        self.version = digest.hexdigest()[:12]
        options = onnxruntime.SessionOptions()
        self.threads = threads or min(_cores(), MOST_THREADS)
        options.intra_op_num_threads = self.threads
        # Threads that spin between two batches burn a core for nothing: most of the time goes
        # to grammars, which run on one.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session = onnxruntime.InferenceSession(
            str(folder / "encoder.onnx"), options, providers=["CPUExecutionProvider"]
        )

    def run(
        self,
        ids: npt.NDArray[np.int64],
        cases: npt.NDArray[np.int64],
        marks: npt.NDArray[np.int64],
        mask: npt.NDArray[np.int64],
        wanted: Sequence[str],
    ) -> tuple[Logits, ...]:
        """Return the outputs named in `wanted`; see `Runner.run`."""
        feed = {"ids": ids, "cases": cases, "marks": marks, "mask": mask}
        return tuple(self._session.run(list(wanted), feed))

    def __reduce__(self) -> tuple[type[OnnxRunner], tuple[Path, int]]:
        # A session cannot travel to another process; the folder it was made of can. Who sends it
        # runs several processes, which share the cores already.
        return OnnxRunner, (self._folder, 1)

    def calibrated(self, kind: str, score: float) -> float:
        """Return the probability that a row of `kind` with this score is right."""
        if kind not in self.calibration:
            return score
        slope, offset = self.calibration[kind]
        clipped = min(max(score, 1e-4), 1 - 1e-4)
        odds = math.log(clipped / (1 - clipped))
        return 1 / (1 + math.exp(-slope * odds - offset))


def _cores() -> int:
    """Return how many cores this process may use."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1


def has_model() -> bool:
    """Return whether the package ships an encoder."""
    return (files("onrecord") / "models" / "encoder.onnx").is_file()


@lru_cache(maxsize=1)
def shipped_runner() -> OnnxRunner:
    """Return the runner of the model inside the package, loaded once a process.

    Raises:
        ModelError: The package holds no model.
    """
    with as_file(files("onrecord") / "models") as folder:
        return OnnxRunner(folder)
