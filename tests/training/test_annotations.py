"""Labels kept apart from their texts: joined by offsets and hash, refused when a text changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from training.annotations import (
    FOLDER,
    LABELS,
    ChangedTextError,
    fingerprint,
    read_annotations,
)

_ARTICLE = "Rain fell. Veldan troops shelled the port."
_SENTENCE = "Veldan troops shelled the port."
_URL = "https://example.org/port"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    (tmp_path / "polnear" / "train" / "text").mkdir(parents=True)
    (tmp_path / "polnear" / "train" / "text" / "port.txt").write_text(_ARTICLE, encoding="utf-8")
    (tmp_path / "news").mkdir()
    article = {"url": _URL, "text": _ARTICLE}
    (tmp_path / "news" / "articles.jsonl").write_text(json.dumps(article), encoding="utf-8")
    return tmp_path


def _labels(folder: Path, **changes: object) -> Path:
    folder.mkdir()
    row = {"id": "a-0", "set": "polnear", "document": "port", "span": [11, 42],
           "hash": fingerprint(_SENTENCE), "events": [], "relations": [], "quantities": []}  # fmt: skip
    (folder / "a.jsonl").write_text(json.dumps({**row, **changes}) + "\n", encoding="utf-8")
    return folder


@pytest.mark.parametrize("where", [{}, {"set": "news", "document": fingerprint(_URL)}])
def test_a_label_finds_its_sentence(data: Path, tmp_path: Path, where: dict[str, str]) -> None:
    (record,) = read_annotations(data, _labels(tmp_path / "labels", **where))
    assert record["text"] == _SENTENCE


@pytest.mark.parametrize("change", [{"span": [10, 41]}, {"document": "other"}])
def test_a_text_that_changed_is_refused(
    data: Path, tmp_path: Path, change: dict[str, object]
) -> None:
    with pytest.raises(ChangedTextError, match="a-0"):
        read_annotations(data, _labels(tmp_path / "labels", **change))


def test_labels_in_the_repository_hold_no_texts_and_stay_inside_their_sentences() -> None:
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            assert "text" not in row
            length = row["span"][1] - row["span"][0]
            for name in LABELS:
                for item in row[name]:
                    spans = [v for v in item.values() if isinstance(v, list)]
                    assert all(0 <= start < end <= length for start, end in spans), row["id"]
