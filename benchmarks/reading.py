"""Measure how long a report takes to annotate, beside spaCy's small pipeline alone.

The ratio is what travels from machine to machine: both read each report in turn and the
seconds are those of the processor. Below it stands what each step takes, as a share of what
spaCy takes; what is left of the ratio is joining.

Run: taskset -c 0 python benchmarks/reading.py REPORTS.jsonl --most 60
"""

from __future__ import annotations

import argparse
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from onrecord.annotate import neural
from onrecord.annotate.attributions import find_attributions
from onrecord.annotate.encoder import shipped_runner
from onrecord.annotate.events import find_events
from onrecord.annotate.learned import LEAST_HINT, LearnedExtractor, Thresholds, pieces_of
from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.places import find_places
from onrecord.annotate.quantities import find_quantities
from onrecord.annotate.relations import find_relations
from onrecord.annotate.text import parse_document
from onrecord.annotate.times import find_times
from onrecord.evaluation import speed
from onrecord.model.document import Document


class Spent:
    """Seconds of the processor by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def on(self, name: str, step: Callable[..., Any], *given: Any, **named: Any) -> Any:
        """Return what `step` returns, and count the time it took for `name`."""
        began = time.process_time()
        result = step(*given, **named)
        self.seconds[name] += time.process_time() - began
        return result


def steps_of(texts: Sequence[str]) -> dict[str, float]:
    """Return the processor's seconds of each step over all texts."""
    runner, spent = shipped_runner(), Spent()
    for number, text in enumerate(texts):
        document = Document(str(number), str(number), text)
        parse = spent.on("parse", parse_document, document)
        mentions = spent.on("mentions", find_mentions, parse)
        times = spent.on("times", find_times, parse)
        places = spent.on("places", find_places, parse, mentions)
        known = (parse, mentions, times, places)
        spent.on("frames", find_events, *known, least_confidence=LEAST_HINT)
        spent.on("attributions", find_attributions, parse, mentions)
        spent.on("relations", find_relations, parse, mentions, times)
        spent.on("figures", find_quantities, *known)
        owners, pieces = spent.on("pieces", pieces_of, parse, runner.tokenizer)
        paragraphs = [parse.sentences[owner].sentence.paragraph for owner in owners]
        windows = spent.on("first pass", neural.read_windows, runner, pieces, paragraphs)
        limit = Thresholds().event
        spent.on("second pass", neural.find_events, runner, pieces, windows, limit)
    return spent.seconds


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path, help="JSON lines with a field `text`, or a folder")
    parser.add_argument("--most", type=int, default=60, help="reports to read")
    given = parser.parse_args()
    texts = speed.load(given.reports, given.most)
    figures = speed.measure(texts, LearnedExtractor(), workers=False)
    for name, value in figures.items():
        print(f"{name:26} {value:12,.2f}")
    alone = figures["tokens"] / figures["parse_tokens_a_second"]
    for name, seconds in sorted(steps_of(texts).items(), key=lambda step: -step[1]):
        print(f"  {name:24} {seconds / alone:12.2f}")


if __name__ == "__main__":
    main()
