"""Find near copies: the same wire text under another headline, cut or lightly edited.

A text is the set of its three-word runs; a MinHash signature estimates how
much two such sets share, and an index with locality-sensitive hashing finds
likely copies without comparing every pair.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import numpy as np

from onrecord.model.document import Document
from onrecord.read.canonical import match_form

SIGNATURE_LENGTH = 128
COPY_SIMILARITY = 0.4
"""Share of three-word runs from which we take one text for a copy of the other. Two
reports of one event written apart share below a tenth; one edited word in thirty
still leaves four fifths, and half of a text is half alike."""

_RUN = 3
_ROWS = 3
_BANDS = SIGNATURE_LENGTH // _ROWS
_CHUNK = 16_384
_WORD = re.compile(r"\w+")
_SEED = 20_170_308

Key = TypeVar("Key", bound=Hashable)


def _factors() -> tuple[np.ndarray[tuple[int], np.dtype[np.uint64]], ...]:
    generator = np.random.Generator(np.random.PCG64(_SEED))
    limit = np.iinfo(np.uint64).max
    scale = generator.integers(0, limit, SIGNATURE_LENGTH, np.uint64) | np.uint64(1)
    shift = generator.integers(0, limit, SIGNATURE_LENGTH, np.uint64)
    return scale, shift


_SCALE, _SHIFT = _factors()


def story_text(document: Document) -> str:
    """Return the text of `document` without its furniture, the headline included."""
    pieces: list[str] = []
    start = 0
    for piece in document.furniture:
        pieces.append(document.text[start : piece.span.start])
        start = piece.span.end
    pieces.append(document.text[start:])
    return " ".join(pieces)


def signature(text: str) -> tuple[int, ...]:
    """Return the MinHash signature of `text`; the same on every machine.

    Args:
        text: A story; case, punctuation and the style of quotes make no difference.

    Returns:
        `SIGNATURE_LENGTH` integers below 2**32; empty for a text without words.
    """
    words = [word.encode() for word in _WORD.findall(match_form(text).casefold())]
    if not words:
        return ()
    runs = {b" ".join(words[i : i + _RUN]) for i in range(max(len(words) - _RUN + 1, 1))}
    # Two checksums make 64 bits; the multiplication below mixes them.
    hashes = np.fromiter(
        ((zlib.crc32(run) << 32) | zlib.adler32(run[::-1]) for run in runs), np.uint64, len(runs)
    )
    least = np.full(SIGNATURE_LENGTH, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(hashes), _CHUNK):
        part = hashes[start : start + _CHUNK, None]
        # Multiply-shift hashing: wrapping products, of which the upper half is well mixed.
        np.minimum(least, ((part * _SCALE + _SHIFT) >> np.uint64(32)).min(axis=0), out=least)
    return tuple(int(value) for value in least)


def similarity(first: Sequence[int], second: Sequence[int]) -> float:
    """Return the estimated share of three-word runs two texts have in common.

    Args:
        first: A signature.
        second: Another.

    Returns:
        0 to 1 (the standard error is below 0.045); 0 when either is empty.

    Raises:
        ValueError: The signatures have different lengths.
    """
    if not first or not second:
        return 0.0
    if len(first) != len(second):
        raise ValueError(f"signatures of {len(first)} and {len(second)} values: compute both anew")
    return sum(a == b for a, b in zip(first, second, strict=True)) / len(first)


@dataclass(slots=True)
class CopyIndex(Generic[Key]):
    """Texts added so far, found again by likeness.

    With 42 bands of 3 values, a pair of likeness 0.4 meets with probability 0.94,
    one of 0.5 with 0.996, one of 0.7 surely and one of 0.05 with 0.005.
    """

    _signatures: dict[Key, tuple[int, ...]] = field(default_factory=dict)
    _positions: dict[Key, int] = field(default_factory=dict)
    _bands: dict[tuple[int, tuple[int, ...]], list[Key]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self._signatures)

    def add(self, key: Key, text_signature: Sequence[int]) -> None:
        """Add a text; a key already known or an empty signature changes nothing."""
        if key in self._signatures or not text_signature:
            return
        self._positions[key] = len(self._positions)
        self._signatures[key] = tuple(text_signature)
        for band in _bands_of(text_signature):
            self._bands.setdefault(band, []).append(key)

    def copies_of(
        self, text_signature: Sequence[int], least: float = COPY_SIMILARITY
    ) -> list[tuple[Key, float]]:
        """Return the texts at least `least` alike, as `(key, similarity)`, likest first.

        Equally alike texts come in the order in which they were added.
        """
        met = {key for band in _bands_of(text_signature) for key in self._bands.get(band, ())}
        alike = [(key, similarity(text_signature, self._signatures[key])) for key in met]
        return sorted(
            (pair for pair in alike if pair[1] >= least),
            key=lambda pair: (-pair[1], self._positions[pair[0]]),
        )


def _bands_of(text_signature: Sequence[int]) -> list[tuple[int, tuple[int, ...]]]:
    if not text_signature:
        return []
    return [
        (start, tuple(text_signature[start : start + _ROWS]))
        for start in range(0, _BANDS * _ROWS, _ROWS)
    ]
