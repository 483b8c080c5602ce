"""The training sentences are sound: spans stand on words, types are enough of each."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

_FOLDER = Path(__file__).parents[2] / "training" / "sentences"
_THIN = ("THREATEN", "CONCEDE", "RETREAT", "COOPERATE", "AGREE", "AID", "MOBILIZE", "PROTEST")


def _sentences(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (_FOLDER / name).read_text("utf-8").splitlines()]


def _spans(sentence: dict[str, Any]) -> list[list[int]]:
    rows = [*sentence["events"], *sentence["relations"], *sentence["quantities"]]
    return [value for row in rows for value in row.values() if isinstance(value, list)]


@pytest.mark.parametrize("name", sorted(path.name for path in _FOLDER.glob("*.jsonl")))
def test_every_span_covers_whole_words(name: str) -> None:
    for sentence in _sentences(name):
        for start, end in _spans(sentence):
            text = sentence["text"]
            assert 0 <= start < end <= len(text)
            around = text[max(start - 1, 0) : start] + text[end : end + 1]
            assert text[start:end] == text[start:end].strip()
            assert not any(letter.isalnum() for letter in around), (text, text[start:end])


def test_thin_types_have_forty_events_each() -> None:
    counts = Counter(e["type"] for s in _sentences("thin_types.jsonl") for e in s["events"])
    assert all(counts[thin] >= 40 for thin in _THIN), counts


def test_hard_negatives_assert_no_event() -> None:
    factualities = {
        event["factuality"]
        for sentence in _sentences("hard_negatives.jsonl")
        for event in sentence["events"]
        if event["type"] != "REJECT"
    }
    assert "asserted" not in factualities


def test_no_sentence_occurs_twice() -> None:
    texts = [s["text"] for name in sorted(_FOLDER.glob("*.jsonl")) for s in _sentences(name.name)]
    assert len(texts) == len(set(texts))
