"""Suite `speed`: how fast the annotate step is, beside the parser alone.

Absolute figures depend on the machine; the ratio to spaCy's own pipeline over
the same text travels.
"""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from pathlib import Path

from onrecord.annotate.extractor import Extractor
from onrecord.annotate.text import load_language, parse_document
from onrecord.errors import ReadError
from onrecord.model.document import Document
from onrecord.read.any import ReadFailure
from onrecord.workers import Crew


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


def measure(texts: Sequence[str], extractor: Extractor) -> dict[str, float]:
    """Return seconds and rates after a warm-up on the first text.

    Returns:
        `tokens`; `parse_tokens_a_second` of spaCy alone; `annotate_tokens_a_second` of parse
        and annotation together; `ratio` of their times; `seconds_for_500_words`; all of these
        in one process. `ratio_two_workers`: time of two processes, as `read --workers 2`
        starts them, over spaCy's in one.
    """
    documents = [Document(str(i), str(i), text) for i, text in enumerate(texts)]
    extractor.annotate(parse_document(documents[0]))
    language = load_language()
    began = time.perf_counter()
    tokens = sum(len(language(text)) for text in texts)
    parsed = time.perf_counter() - began
    began = time.perf_counter()
    for document in documents:
        extractor.annotate(parse_document(document))
    annotated = time.perf_counter() - began
    shared = _two_workers(documents, extractor)
    words = sum(len(text.split()) for text in texts)
    return {
        "tokens": tokens,
        "parse_tokens_a_second": tokens / parsed,
        "annotate_tokens_a_second": tokens / annotated,
        "ratio": annotated / parsed,
        "seconds_for_500_words": annotated / words * 500,
        "ratio_two_workers": shared / parsed,
    }


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
