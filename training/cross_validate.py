"""Measure the tasks that have no development set on what a run left out.

    python -m training.train --data PATH --hold-out 0 --out runs/fold0
    python -m training.cross_validate --data PATH --runs runs/fold0 runs/fold1

A run that held out fold k never saw every fifth pair of PLV (from the k-th on)
and the k-th publisher of re3d. Pairs of all runs are scored together, and so
are reports.
"""

from __future__ import annotations

import argparse
import json
from importlib.metadata import version
from pathlib import Path

import torch

from onrecord.annotate.pieces import PieceTokenizer
from onrecord.evaluation import entities, pair_types
from onrecord.evaluation.suite import Outcome, hash_of
from training.backbone import load_minilm
from training.measure import TorchRunner
from training.network import Network
from training.train import FOLDS, checkpoint_folder, held_out_publisher


class _Runner(TorchRunner):
    """A runner that also splits text, as the shipped one does."""

    def __init__(self, run: Path) -> None:
        network = Network(load_minilm(checkpoint_folder(), 0.0), 0.0)
        network.load_state_dict(torch.load(run / "network.pt", map_location="cpu"))
        super().__init__(network.eval())
        self.tokenizer = PieceTokenizer(checkpoint_folder() / "tokenizer.json")


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--runs", type=Path, nargs="+", required=True)
    parser.add_argument("--results", type=Path, help="Folder for what `docs/accuracy.md` shows.")
    arguments = parser.parse_args()
    table = pair_types.load(arguments.data / "plover" / "plv_train.tsv")
    pairs, roots, reports, found = [], [], [], {}
    for run in arguments.runs:
        first = json.loads((run / "log.jsonl").read_text(encoding="utf-8").splitlines()[0])
        fold = first["settings"]["hold_out"]
        runner = _Runner(run)
        mine = [pair for i, pair in enumerate(table) if i % FOLDS == fold]
        pairs += mine
        roots += pair_types.predict(mine, runner)
        for folder in held_out_publisher(arguments.data, fold)[1]:
            theirs = entities.load(folder)
            reports += theirs
            found |= entities.predict(theirs, runner)
    figures = {
        "plv": {"pairs": len(pairs), **pair_types.score(pairs, roots)},
        "re3d": {"reports": len(reports), **entities.score(reports, found)},
    }
    data = {
        "plv": arguments.data / "plover" / "plv_train.tsv",
        "re3d": arguments.data / "re3d",
    }
    for suite, values in figures.items():
        print(suite, values)
        if arguments.results is not None:
            kept = Outcome(
                suite,
                values,
                (),
                hash_of(data[suite]),
                "encoder before export",
                version("onrecord"),
            )
            file = arguments.results / f"{suite}_left_out.json"
            file.write_text(json.dumps(kept.as_dict(), indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
