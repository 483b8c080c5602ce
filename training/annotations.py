"""Labels of real sentences kept apart from their texts.

A row names the data set, the document, the sentence's offsets there and a hash
of its characters, so the labels are ours to publish and the texts stay with
their publishers. Reading needs the data path and gives the same records as
`sentences/train.jsonl`.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "annotations"
LABELS = ("events", "relations", "quantities")


class ChangedTextError(ValueError):
    """A labelled sentence is not where the labels say it is."""


def fingerprint(text: str) -> str:
    """Return the hash that stands for a sentence, or for a document's address."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def read_annotations(data: Path, folder: Path = FOLDER) -> list[dict[str, Any]]:
    """Return the labelled sentences with their texts.

    Args:
        data: Folder that holds `news`, `polnear` and `re3d`.
        folder: Where the label files are.

    Raises:
        ChangedTextError: A text differs from the one that was labelled.
    """
    rows = [
        json.loads(line)
        for path in sorted(folder.glob("*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    wanted = {(row["set"], row["document"]) for row in rows}
    # An address may stand for several versions of an article.
    texts: dict[tuple[str, str], list[str]] = {}
    for name, document, text in _texts(data):
        if (name, document) in wanted:
            texts.setdefault((name, document), []).append(text)
    records = []
    for row in rows:
        start, end = row["span"]
        versions = [text[start:end] for text in texts.get((row["set"], row["document"]), ())]
        text = next((t for t in versions if fingerprint(t) == row["hash"]), None)
        if text is None:
            raise ChangedTextError(
                f"{row['id']}: the text of {row['set']} {row['document']} at {start}-{end} is not "
                f"the one that was labelled; use the data that training/annotations/README.md names"
            )
        document = f"{row['set']}-{row['document']}"
        labels = {name: row[name] for name in LABELS}
        records.append({"id": row["id"], "document": document, "text": text, **labels})
    return records


def _texts(data: Path) -> Iterator[tuple[str, str, str]]:
    """Yield data set, document and text; a news article is known by the hash of its address."""
    for path in sorted((data / "polnear" / "train" / "text").glob("*.txt")):
        yield "polnear", path.stem, path.read_bytes().decode("utf-8")
    for line in (data / "news" / "articles.jsonl").read_text(encoding="utf-8").splitlines():
        article = json.loads(line)
        yield "news", fingerprint(article["url"]), article["text"]
    for path in sorted((data / "re3d").glob("*/documents.json")):
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip():
                report = json.loads(line)
                yield "re3d", report["_id"], report["text"]
