"""Cut text into the encoder's word pieces without losing where each piece stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from onrecord.model.span import Span

LOWER, TITLE, UPPER, OTHER = range(4)


@dataclass(frozen=True, slots=True)
class Pieces:
    """The pieces of one text, with the encoder's opening and closing piece around them.

    Attributes:
        ids: Vocabulary indices. *Shape:* (pieces,).
        cases: Letter case of each piece: lower, title, upper, other. *Shape:* (pieces,).
        starts: First code point of each piece, -1 for the two special pieces. *Shape:* (pieces,).
        ends: First code point after each piece, -1 likewise. *Shape:* (pieces,).
        words: Number of the word each piece belongs to, -1 likewise. *Shape:* (pieces,).
    """

    ids: npt.NDArray[np.int64]
    cases: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    ends: npt.NDArray[np.int64]
    words: npt.NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.ids)

    def covering(self, span: Span) -> tuple[int, int] | None:
        """Return the first and last piece that share a code point with `span`, or None."""
        inside = np.nonzero((self.starts < span.end) & (self.ends > span.start))[0]
        inside = inside[self.starts[inside] >= 0]
        return (int(inside[0]), int(inside[-1])) if len(inside) else None

    def span(self, first: int, last: int) -> Span:
        """Return the code points from the word of `first` to the word of `last` (inclusive)."""
        while self.words[first - 1] == self.words[first]:
            first -= 1
        while self.words[last + 1] == self.words[last]:
            last += 1
        return Span(int(self.starts[first]), int(self.ends[last]))

    def moved(self, by: int) -> Pieces:
        """Return the pieces with their code points counted from `by` later."""
        special = self.starts < 0
        return Pieces(
            self.ids,
            self.cases,
            np.where(special, -1, self.starts + by),
            np.where(special, -1, self.ends + by),
            self.words,
        )

    def parts(self, longest: int) -> Iterator[Pieces]:
        """Yield runs of at most `longest` pieces, each between the two special pieces."""
        if len(self) <= longest:
            yield self
            return
        room = longest - 2
        for start in range(1, len(self) - 1, room):
            chosen = [0, *range(start, min(start + room, len(self) - 1)), len(self) - 1]
            yield Pieces(
                self.ids[chosen],
                self.cases[chosen],
                self.starts[chosen],
                self.ends[chosen],
                self.words[chosen],
            )


class PieceTokenizer:
    """The encoder's tokenizer.

    Args:
        path: `tokenizer.json` as written by Hugging Face tokenizers.
    """

    def __init__(self, path: Path) -> None:
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(path))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def encode(self, text: str) -> Pieces:
        """Return the pieces of `text`; offsets count its code points."""
        encoding = self._tokenizer.encode(text)
        starts = np.array([start for start, _ in encoding.offsets], dtype=np.int64)
        ends = np.array([end for _, end in encoding.offsets], dtype=np.int64)
        special = np.array(encoding.special_tokens_mask, dtype=bool)
        starts[special] = ends[special] = -1
        cases = np.array(
            [_case(text[s:e]) for s, e in zip(starts.tolist(), ends.tolist(), strict=True)],
            dtype=np.int64,
        )
        words = np.array([-1 if w is None else w for w in encoding.word_ids], dtype=np.int64)
        return Pieces(np.array(encoding.ids, dtype=np.int64), cases, starts, ends, words)


def _case(word: str) -> int:
    if word.islower():
        return LOWER
    if word.isupper():
        return UPPER if len(word) > 1 else TITLE
    return TITLE if word[:1].isupper() and word[1:].islower() else OTHER
