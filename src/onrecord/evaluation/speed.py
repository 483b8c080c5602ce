"""Suite `speed`: how fast the annotate step is, beside the parser alone.

Absolute figures depend on the machine; the ratio to spaCy's own pipeline over
the same text travels.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from onrecord.annotate.extractor import Extractor
from onrecord.annotate.text import load_language, parse_document
from onrecord.errors import ReadError
from onrecord.model.document import Document
from onrecord.read.any import ReadFailure
from onrecord.workers import Crew

if TYPE_CHECKING:
    from spacy.language import Language


def load(path: Path, most: int = 40) -> list[str]:
    """Return the first texts of a JSON lines file (field `text`) or of a folder's .txt files.

    Raises:
        ReadError: There are none.
    """
    if path.is_dir():
        texts = [f.read_text("utf-8", errors="replace") for f in sorted(path.rglob("*.txt"))]
    else:
        rows = path.read_text("utf-8").splitlines()
        texts = [json.loads(row)["text"] for row in rows[:most] if row.strip()]
    if not texts:
        raise ReadError(str(path), "no texts in it", "Name a folder of .txt files or a .jsonl.")
    return texts[:most]


def measure(
    texts: Sequence[str], extractor: Extractor, *, workers: bool = True
) -> dict[str, float]:
    """Return seconds and rates after a warm-up on the first text.

    Both read every text in turn, so that what else the machine does slows both alike.

    Args:
        texts: Reports.
        extractor: Its annotations are made and thrown away.
        workers: Whether to measure two processes too.

    Returns:
        `tokens`; `parse_tokens_a_second` of spaCy's pipeline as it is published, alone;
        `annotate_tokens_a_second` of parse and annotation together; `ratio` of their times;
        `seconds_for_500_words`; all of these by the processor and in one process.
        `ratio_of_clock`: the same by the clock, which counts that the encoder runs on several
        cores. `ratio_two_workers`: by the clock, two processes, as `read --workers 2` starts
        them, over spaCy's in one.
    """
    documents = [Document(str(i), str(i), text) for i, text in enumerate(texts)]
    alone = _published_pipeline()
    alone(texts[0])
    extractor.annotate(parse_document(documents[0]))
    tokens = 0
    parsed, annotated = _Stopwatch(), _Stopwatch()
    for document in documents:
        with parsed:
            tokens += len(alone(document.text))
        with annotated:
            extractor.annotate(parse_document(document))
    words = sum(len(text.split()) for text in texts)
    figures = {
        "tokens": tokens,
        "parse_tokens_a_second": tokens / parsed.processor,
        "annotate_tokens_a_second": tokens / annotated.processor,
        "ratio": annotated.processor / parsed.processor,
        "ratio_of_clock": annotated.clock / parsed.clock,
        "seconds_for_500_words": annotated.processor / words * 500,
    }
    if workers:
        figures["ratio_two_workers"] = _two_workers(documents, extractor) / parsed.clock
    return figures


class _Stopwatch:
    """Adds up the seconds spent in its `with` blocks, of the processor and of the clock."""

    def __init__(self) -> None:
        self.processor = self.clock = 0.0

    def __enter__(self) -> None:
        self._began = time.process_time(), time.perf_counter()

    def __exit__(self, *_: object) -> None:
        processor, clock = self._began
        self.processor += time.process_time() - processor
        self.clock += time.perf_counter() - clock


def _published_pipeline() -> Language:
    """Return the parser's package as spaCy loads it: ours looks word classes up faster."""
    import spacy

    meta = load_language().meta
    return spacy.load(f"{meta['lang']}_{meta['name']}")


def _two_workers(documents: Sequence[Document], extractor: Extractor) -> float:
    """Return the seconds that two processes take, once both have read something."""
    with Crew(_annotate, extractor, 2) as crew:
        for document in documents[:4]:
            crew.hand_out(document)
        for _ in documents[:4]:
            crew.result()
        began = time.perf_counter()
        for document in documents:
            crew.hand_out(document)
        for _ in documents:
            crew.result()
        return time.perf_counter() - began


def _annotate(document: Document, extractor: Extractor) -> ReadFailure:
    extractor.annotate(parse_document(document))
    # What was found stays in the process: sending it back is not part of the step.
    return ReadFailure(document.uri, "measured")
