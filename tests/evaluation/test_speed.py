"""The speed suite holds the whole step against the parser as it is published, not against ours."""

from __future__ import annotations

import time

import pytest

from onrecord.annotate.text import Parse
from onrecord.evaluation import speed
from onrecord.model.annotation import Annotations

TEXT = "Veldan's army attacked Port Tarn on Monday. The ministry said that nobody was hurt."


class Slow:
    """Takes a set time of the processor for each report."""

    name = "slow"
    seconds = 0.05

    def annotate(self, parse: Parse) -> Annotations:
        ends = time.process_time() + self.seconds
        while time.process_time() < ends:
            pass
        return Annotations(tuple(s.sentence for s in parse.sentences))


def test_what_the_extractor_takes_stands_in_the_ratio_and_not_in_the_parser() -> None:
    figures = speed.measure([TEXT] * 4, Slow(), workers=False)
    alone = figures["tokens"] / figures["parse_tokens_a_second"]
    whole = figures["tokens"] / figures["annotate_tokens_a_second"]
    assert whole >= 4 * Slow.seconds
    assert whole / alone == pytest.approx(figures["ratio"])
    assert "ratio_two_workers" not in figures


def test_the_parser_alone_is_the_published_pipeline() -> None:
    assert speed._published_pipeline().pipe_names == [
        "tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner",
    ]  # fmt: skip
