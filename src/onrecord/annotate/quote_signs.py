"""Tell what each word of a window gives away about where quoted words begin and end.

The encoder sees word pieces; the signs beside its scores are those that a
reader goes by: quotation marks, ends of sentences, where a clause or a noun
phrase begins and ends and how sure the encoder is that its verb reports, and
what the rules found. Words themselves count only where they are grammar
("that", "to", "who"); no name or topic is a sign.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from onrecord.annotate.decode import Logits, softmax
from onrecord.annotate.neural import Window
from onrecord.annotate.quotes import find_quotations
from onrecord.annotate.text import Parse
from onrecord.model.annotation import Attribution
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_GRAMMAR_WORDS = frozenset({"ADP", "SCONJ", "PRON", "DET", "AUX", "CCONJ", "PART"})
_PHRASES = frozenset(
    {"ccomp", "xcomp", "advcl", "relcl", "acl", "prep", "pcomp", "appos", "conj", "nsubj", "dobj"}
    | {"pobj", "ROOT", "parataxis", "attr"}
)
_SAID = frozenset({"ccomp", "xcomp", "dobj", "pcomp", "pobj"})
_SAYING = frozenset({"nsubj", "pobj"})
_PARTIES = frozenset({"nsubj", "nsubjpass", "agent", "pobj"})
_PARAGRAPH = re.compile(r"[^\n]+")
_FAR = -3.0  # Log-probability of any tag beyond the ends of a window.
_BEGINS, _GOES_ON = 1, 2
TAGS = 3  # outside, begin, inside


@dataclass(frozen=True, slots=True)
class WordSigns:
    """Signs of the words of one window.

    Attributes:
        words: First and last piece of each word.
        marks: Names of the signs that each word bears.
        scores: Signs that are numbers. *Shape:* (words, numbers).
    """

    words: list[tuple[int, int]]
    marks: list[list[str]]
    scores: Logits


class QuoteSigns:
    """Signs of a document's words.

    Args:
        parse: The parsed document.
        rules: Attributions that the rules found in it.
    """

    def __init__(self, parse: Parse, rules: Sequence[Attribution]) -> None:
        text = parse.document.text
        self._text = text
        self._quoted = np.zeros(len(text) + 2, dtype=np.bool_)
        paragraphs = [Span(m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
        for quotation in find_quotations(text, paragraphs):
            self._quoted[quotation.words.start : quotation.words.end] = True
        self._ruled = np.zeros((3, len(text) + 2), dtype=np.int8)
        parts = [(_one(r.source), _one(r.cue), r.content) for r in rules]
        for value in (_GOES_ON, _BEGINS):
            for rule in parts:
                for row, spans in enumerate(rule):
                    for span in spans:
                        end = span.end if value == _GOES_ON else span.start + 1
                        self._ruled[row, span.start : end] = value
        self._token_at = np.full(len(text) + 2, -1, dtype=np.int32)
        self._tokens: list[tuple[Token, int]] = []
        self._starts: set[int] = set()
        self._ends: set[int] = set()
        self._paragraph_starts: set[int] = set()
        paragraph = -1
        for parsed in parse.sentences:
            for token in parsed.tokens:
                start = parsed.base + token.idx
                self._token_at[start : start + len(token)] = len(self._tokens)
                self._tokens.append((token, start))
            self._starts.add(parsed.sentence.span.start)
            self._ends.add(parsed.sentence.span.end)
            if parsed.sentence.paragraph != paragraph:
                paragraph = parsed.sentence.paragraph
                self._paragraph_starts.add(parsed.sentence.span.start)

    def of(self, window: Window, tags: Logits) -> WordSigns:
        """Return the signs of a window's words.

        Args:
            window: The window.
            tags: Logits of source, cue, content and inner content. *Shape:* (pieces, 4 * 3).
        """
        pieces = window.pieces
        words = _words(pieces.words)
        firsts = [first for first, _ in words]
        heads = [
            np.log(softmax(tags[firsts, at : at + TAGS]) + 1e-6)
            for at in range(0, tags.shape[1], TAGS)
        ]
        logs = np.concatenate(heads, axis=1)
        reporting = 1 - np.exp(logs[:, TAGS])
        word_of: dict[int, int] = {}
        spans = [(int(pieces.starts[a]), int(pieces.ends[b])) for a, b in words]
        for number, (start, _) in enumerate(spans):
            word_of.setdefault(int(self._token_at[start]), number)
        marks: list[list[str]] = []
        grammar = np.zeros((len(words), 6), dtype=np.float32)
        for number, (start, end) in enumerate(spans):
            here = self._marks_of_text(start, end)
            marks.append(here)
            at = int(self._token_at[start])
            if at < 0:
                here.append("no token")
                continue
            token, begin = self._tokens[at]
            here += [f"tag={token.tag_}", f"dep={token.dep_}"]
            if token.pos_ in _GRAMMAR_WORDS:
                here.append(f"word={token.lower_}")
            if start != begin:
                here.append("amid a token")
            if token.ent_type_:
                here.append(f"name {token.ent_iob_}")
            self._climb(token, begin - token.idx, word_of, reporting, here, grammar[number])
        beyond = np.full((1, logs.shape[1]), _FAR, dtype=np.float32)
        around = [logs, np.vstack([beyond, logs[:-1]]), np.vstack([logs[1:], beyond])]
        scores = np.hstack([*(a / 4 for a in around), np.exp(logs), grammar])
        return WordSigns(words, marks, np.asarray(scores, dtype=np.float32))

    def is_party_to(self, noun: Span, verb: Span) -> bool:
        """Return whether a word of `noun` is subject, agent or object of a word of `verb`."""
        for number in sorted({int(at) for at in self._token_at[noun.start : noun.end]} - {-1}):
            token, start = self._tokens[number]
            governor = start - token.idx + token.head.idx
            if token.dep_ in _PARTIES and verb.start <= governor < verb.end:
                return True
        return False

    def _marks_of_text(self, start: int, end: int) -> list[str]:
        marks: list[str] = []
        if start in self._starts:
            marks.append("opens sentence")
        if start in self._paragraph_starts:
            marks.append("opens paragraph")
        if end in self._ends:
            marks.append("ends sentence")
        quoted = self._quoted
        if quoted[start]:
            marks.append("quoted")
            if start and not quoted[start - 1]:
                marks.append("opens quotation")
            if not quoted[end]:
                marks.append("ends quotation")
        letter = self._text[start]
        if not letter.isalnum():
            alone = end - start == 1 and letter in ".,:;?!-–—()[]"
            marks.append(
                "sign=" + (letter if alone else "quote" if letter in "\"“”'’‘" else "other")
            )
        for part, row in zip(("source", "cue", "content"), self._ruled, strict=True):
            if row[start]:
                marks.append(f"rules: {part} {'begins' if row[start] == _BEGINS else 'goes on'}")
                if not row[end] and not row[min(end + 1, len(row) - 1)]:
                    marks.append(f"rules: {part} ends")
        return marks

    def _climb(
        self,
        token: Token,
        base: int,
        word_of: dict[int, int],
        reporting: Logits,
        marks: list[str],
        grammar: npt.NDArray[np.float32],
    ) -> None:
        """Add which phrases begin and end at `token`, and how surely what governs them reports."""

        def reports(governor: Token) -> float:
            number = word_of.get(int(self._token_at[base + governor.idx]))
            return 0.0 if number is None else float(reporting[number])

        if token.head.i != token.i:
            grammar[0] = reports(token.head)
        for side, column in (("begins", 1), ("ends", 3)):
            top = token
            while (top.left_edge if side == "begins" else top.right_edge).i == token.i:
                root = top.head.i == top.i
                if top.dep_ in _PHRASES:
                    marks.append(f"{side} {top.dep_}")
                    governed = 0.0 if root else reports(top.head)
                    if top.dep_ in _SAID:
                        grammar[column] = max(grammar[column], governed)
                    if top.dep_ in _SAYING:
                        grammar[column + 1] = max(grammar[column + 1], governed)
                if root:
                    break
                top = top.head
        grammar[5] = 1.0


def _one(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _words(numbers: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return first and last piece of each word; the first and last piece are special."""
    words: list[tuple[int, int]] = []
    for piece in range(1, len(numbers) - 1):
        if words and numbers[piece] == numbers[piece - 1]:
            words[-1] = (words[-1][0], piece)
        else:
            words.append((piece, piece))
    return words
