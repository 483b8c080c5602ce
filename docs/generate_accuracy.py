"""Write docs/accuracy.md from the files that `onrecord evaluate --json` wrote.

Run: python docs/generate_accuracy.py
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
RESULTS = HERE.parent / "evaluation" / "results"
PEERS = HERE.parent / "evaluation" / "peers.yaml"
PAGE = HERE / "accuracy.md"

HEAD = """\
# Accuracy

<!-- Written by docs/generate_accuracy.py from evaluation/results. Do not edit. -->

Every figure here was written by `onrecord evaluate SUITE --json FILE` and names the data and the
model it was measured with (first digits of their SHA-256). Development sets were used to choose
thresholds, so their figures are a little optimistic; the bundled table of sentences was not.
"""

ABOUT = {
    "sentences": "Labelled news sentences (development set): events, relations, quantities. Spans"
    " match when they overlap, one to one.",
    "sentences_bundled": "Our own fictional sentences on threats, protests, moves, sanctions and"
    " refusals, never trained on; the set CI checks.",
    "polnear": "PolNeAR development set: exact spans (edge punctuation ignored) and relations"
    " (source and content both overlap).",
    "plv": "Type of a given source and target. Measured on the half the model was trained on, so"
    " it shows that the suite runs, not how well the model does.",
    "re3d": "Entities of re3d reports. The model was trained on them: the suite runs, the figure"
    " says little.",
    "plv_left_out": "The same for pairs that a run of training left out (see `training`): fewer"
    " epochs than the shipped model, no PolNeAR, weights in full precision.",
    "re3d_left_out": "Entities of a publisher that the same run never saw.",
    "petrarch": "Unit records of a rule coder. They test its own dictionaries, which give many a"
    " verb an arbitrary code: what is asked of the text itself is `codes.actors`.",
    "times": "Our own table of time expressions; written before the resolver, by one author.",
    "places": "Our own table of places; its first run (90.0 %) was used to mend errors.",
    "names": "Our own pairs of names from many scripts and regions, half kept for testing.",
    "ecb": "ECB+ development set: cross-document coreference with gold mentions.",
    "claims": "Our own story sets with gold claims.",
    "claims_held_out": "Story sets that were not looked at while building.",
    "speed": "Annotating, against spaCy's small pipeline alone over the same text, two cores.",
}


def page() -> str:
    """Return the page."""
    return HEAD + "".join(_sections())


def _sections() -> Iterator[str]:
    peers = yaml.safe_load(PEERS.read_text("utf-8"))
    for name, about in ABOUT.items():
        file = RESULTS / f"{name}.json"
        if not file.is_file():
            continue
        result = json.loads(file.read_text("utf-8"))
        yield f"\n## {name}\n\n{about}\n\n"
        yield (
            f"`onrecord evaluate {result['suite']}`, data `{result['data_hash']}`, extractor"
            f" `{result['extractor']}`, onrecord {result['version']}\n\n"
        )
        yield "| measure | precision | recall | F1 or share | n |\n|---|---|---|---|---|\n"
        yield from _rows(result["figures"], "")
        if name in peers:
            yield "\n| others | figures | conditions | source |\n|---|---|---|---|\n"
            for peer in peers[name]:
                figures = ", ".join(f"{k} {v:.3f}" for k, v in peer["figures"].items())
                cells = (peer["system"], figures, peer["conditions"], peer["source"])
                yield f"| {' | '.join(cells)} |\n"


def _rows(figures: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, value in figures.items():
        label = f"{prefix}{name}"
        if isinstance(value, Mapping) and "f1" in value:
            count = value.get("expected", value.get("gold", ""))
            yield (
                f"| {label} | {value['precision']:.3f} | {value['recall']:.3f}"
                f" | {value['f1']:.3f} | {count} |\n"
            )
        elif isinstance(value, Mapping) and "accuracy" in value:
            yield f"| {label} | | | {value['accuracy']:.3f} | {value.get('of', '')} |\n"
        elif isinstance(value, Mapping):
            yield from _rows(value, f"{label}.")
        elif isinstance(value, float):
            yield f"| {label} | | | {value:,.3f} | |\n"
        elif isinstance(value, int):
            yield f"| {label} | | | | {value:,} |\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
