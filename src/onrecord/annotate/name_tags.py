"""Find names as spaCy's recogniser does, for all words at once.

The recogniser walks from word to word and asks of each of its 74 moves whether
it is allowed, which takes longer than all the arithmetic of its network. But
what it does outside of a name depends on the word alone, so that the scores of
all words come from one product; only words inside a name are walked through.
The same weights and rules give the same names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
from spacy.tokens import Span
from spacy.util import minibatch

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.pipeline import EntityRecognizer
    from spacy.tokens import Doc

_Floats = npt.NDArray[np.float32]
_Flags = npt.NDArray[np.bool_]
_NAME = "name_tags"
# What a move is told by: the word, the first word of an open name and the word before.
_WORD, _FIRST, _BEFORE = range(3)


@dataclass(frozen=True, slots=True)
class _Words:
    """What decides which moves are allowed, for the words of several texts on end.

    Attributes:
        is_space: The word is white space: no name begins with it.
        goes_on: The next word belongs to the same sentence.
    """

    is_space: _Flags
    goes_on: _Flags

    @classmethod
    def of(cls, docs: Sequence[Doc]) -> _Words:
        """Return what is asked of the words of `docs`."""
        columns = np.concatenate([doc.to_array(["IS_SPACE", "SENT_START"]) for doc in docs])
        goes_on = np.ones(len(columns), dtype=np.bool_)
        goes_on[:-1] = columns[1:, 1] != 1
        goes_on[np.cumsum([len(doc) for doc in docs]) - 1] = False
        return cls(columns[:, 0] != 0, goes_on)


class NameTags:
    """A pipeline component that sets the names that `recogniser` sets.

    Args:
        recogniser: The component whose place it takes.

    Raises:
        ValueError: It does not decide by the moves and the network known here.
    """

    def __init__(self, recogniser: EntityRecognizer) -> None:
        # The layers are typed for any backend; these run on the processor.
        model: Any = recogniser.model
        if recogniser.cfg["beam_width"] != 1 or model.attrs["unseen_classes"]:
            raise ValueError("names are not decided one move after another")
        if not model.attrs["has_upper"] or model.get_ref("lower").get_dim("nF") != 3:
            raise ValueError("moves are told by other words")
        self._vectors, self._lower, self._upper = (
            model.get_ref(name) for name in ("tok2vec", "lower", "upper")
        )
        moves = recogniser.moves
        names = [moves.get_class_name(number).partition("-") for number in range(moves.n_moves)]
        self._moves = [(kind, label) for kind, _, label in names]
        self._number = {move: number for number, move in enumerate(self._moves)}
        # A name without a label is one that was forbidden before; none was.
        kinds = np.array([kind if label or kind == "O" else "" for kind, label in self._moves])
        self._begins, self._units, self._outside = (kinds == kind for kind in "BUO")

    def __call__(self, doc: Doc) -> Doc:
        """Return `doc` with its names; it must have none yet."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], batch_size: int = 32) -> Iterator[Doc]:
        """Yield each of `stream` with its names; they must have none yet.

        Args:
            stream: Texts whose sentences are known.
            batch_size: Texts to read together.
        """
        for docs in minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            worded = [doc for doc in docs if len(doc)]
            if worded:
                self._set_names(worded)
            yield from docs

    def _set_names(self, docs: Sequence[Doc]) -> None:
        starts = [0, *accumulate(len(doc) for doc in docs)]
        names: list[list[Span]] = [[] for _ in docs]
        number = 0
        for first, end, label in self._names(docs):
            while first >= starts[number + 1]:
                number += 1
            begin = starts[number]
            names[number].append(Span(docs[number], first - begin, end - begin, label))
        for doc, found in zip(docs, names, strict=True):
            doc.set_ents(found, default="outside")

    def _names(self, docs: Sequence[Doc]) -> Iterator[tuple[int, int, str]]:
        """Yield first word, word after the last and label, words counted through all `docs`."""
        # A row for what stands for no word, then one for each word; for each what it adds as
        # word, as first and as word before. *Shape:* (words + 1, 3, width, alternatives)
        parts: _Floats = self._lower.predict(self._vectors.predict(docs))
        words = _Words.of(docs)
        moves = self._outside_names(parts, words)
        end = 0
        for first in np.flatnonzero(~self._outside[moves]).tolist():
            if first < end:
                continue
            kind, label = self._moves[moves[first]]
            end = first + 1 if kind == "U" else self._end(parts, words, first, label)
            yield first, end, label

    def _outside_names(self, parts: _Floats, words: _Words) -> npt.NDArray[np.intp]:
        """Return the best move at each word if no name is open there."""
        nothing = parts[0]
        scores = self._scores(parts[1:, _WORD] + nothing[_FIRST] + nothing[_BEFORE])
        unit = self._units & ~words.is_space[:, None]
        begin = self._begins & (words.goes_on & ~words.is_space)[:, None]
        allowed: _Floats = np.where(unit | begin | self._outside, scores, -np.inf)
        best: npt.NDArray[np.intp] = allowed.argmax(axis=1)
        return best

    def _end(self, parts: _Floats, words: _Words, first: int, label: str) -> int:
        """Return the word after the name that opens at `first`."""
        goes_on, ends = self._number["I", label], self._number["L", label]
        word = first + 1
        while words.goes_on[word]:
            at = word + 1
            told = parts[at, _WORD] + parts[first + 1, _FIRST] + parts[at - 1, _BEFORE]
            scores = self._scores(told[None])[0]
            if scores[ends] > scores[goes_on]:
                break
            word += 1
        return word + 1

    def _scores(self, told: _Floats) -> _Floats:
        """Return the score of each move. *Shape:* (words, moves)."""
        hidden = (told + self._lower.get_param("b")).max(axis=-1)
        scores: _Floats = self._upper.predict(hidden)
        return scores


def tag_names_at_once(language: Language) -> None:
    """Let `NameTags` take the place of the recogniser in `language`.

    A pipeline whose recogniser works otherwise stays as it is.
    """
    if "ner" not in language.pipe_names:
        return
    try:
        component = NameTags(language.get_pipe("ner"))
    except ValueError:
        return
    language.component(_NAME, func=component)
    language.add_pipe(_NAME, before="ner")
    language.remove_pipe("ner")
