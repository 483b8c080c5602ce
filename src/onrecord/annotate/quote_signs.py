"""Tell what each word of a window gives away about where quoted words begin and end.

The encoder sees word pieces; the signs beside its scores are those that a
reader goes by: quotation marks, ends of sentences, where a clause or a noun
phrase begins and ends and how sure the encoder is that its verb reports, and
what the rules found. Words themselves count only where they are grammar
("that", "to", "who"); no name or topic is a sign.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from onrecord.annotate.decode import Logits, softmax
from onrecord.annotate.neural import Window
from onrecord.annotate.quotes import find_quotations
from onrecord.annotate.text import Parse, ParsedSentence
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


@dataclass(frozen=True, slots=True)
class _Tree:
    """Where the tokens of one parsed text hang, by their numbers: these are quick to follow.

    Attributes:
        starts: Code point of the document at which each token begins.
        heads: What each token hangs under.
        lefts: First token of what hangs under each, itself included.
        rights: Last token of that.
        deps: Arc to the head.
    """

    starts: list[int]
    heads: list[int]
    lefts: list[int]
    rights: list[int]
    deps: list[str]

    @classmethod
    def of(cls, parsed: ParsedSentence) -> _Tree:
        """Return the tree of the whole text that `parsed` is a sentence of."""
        tokens = list(parsed.tokens.doc)
        return cls(
            [parsed.base + token.idx for token in tokens],
            [token.head.i for token in tokens],
            [token.left_edge.i for token in tokens],
            [token.right_edge.i for token in tokens],
            [token.dep_ for token in tokens],
        )


class QuoteSigns:
    """Signs of a document's words.

    Args:
        parse: The parsed document.
        rules: Attributions that the rules found in it.
    """

    def __init__(self, parse: Parse, rules: Sequence[Attribution]) -> None:
        text = parse.document.text
        self._text = text
        # One value for each code point; numpy is slow where single ones are asked for.
        self._quoted = bytearray(len(text) + 2)
        paragraphs = [Span(m.start(), m.end()) for m in _PARAGRAPH.finditer(text)]
        for quotation in find_quotations(text, paragraphs):
            _fill(self._quoted, quotation.words.start, quotation.words.end, 1)
        self._ruled = [bytearray(len(text) + 2) for _ in range(3)]
        parts = [(_one(r.source), _one(r.cue), r.content) for r in rules]
        for value in (_GOES_ON, _BEGINS):
            for rule in parts:
                for row, spans in zip(self._ruled, rule, strict=True):
                    for span in spans:
                        end = span.end if value == _GOES_ON else span.start + 1
                        _fill(row, span.start, end, value)
        self._token_at = [-1] * (len(text) + 2)
        self._tokens: list[tuple[Token, _Tree]] = []
        self._starts: set[int] = set()
        self._ends: set[int] = set()
        self._paragraph_starts: set[int] = set()
        paragraph = -1
        doc = None
        for parsed in parse.sentences:
            if parsed.tokens.doc is not doc:
                doc, tree = parsed.tokens.doc, _Tree.of(parsed)
            for token in parsed.tokens:
                start, length = parsed.base + token.idx, len(token)
                self._token_at[start : start + length] = [len(self._tokens)] * length
                self._tokens.append((token, tree))
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
        reporting: list[float] = (1 - np.exp(logs[:, TAGS])).tolist()
        spans = [(int(pieces.starts[a]), int(pieces.ends[b])) for a, b in words]
        reports: dict[int, float] = {}
        for (start, _), likely in zip(spans, reporting, strict=True):
            reports.setdefault(self._token_at[start], likely)
        marks: list[list[str]] = []
        grammar: list[list[float]] = []
        for start, end in spans:
            here = self._marks_of_text(start, end)
            marks.append(here)
            at = self._token_at[start]
            if at < 0:
                here.append("no token")
                grammar.append([0.0] * 6)
                continue
            token, tree = self._tokens[at]
            here += [f"tag={token.tag_}", f"dep={token.dep_}"]
            if token.pos_ in _GRAMMAR_WORDS:
                here.append(f"word={token.lower_}")
            if start != tree.starts[token.i]:
                here.append("amid a token")
            if token.ent_type_:
                here.append(f"name {token.ent_iob_}")
            grammar.append(self._climb(token.i, tree, reports, here))
        beyond = np.full((1, logs.shape[1]), _FAR, dtype=np.float32)
        around = [logs, np.vstack([beyond, logs[:-1]]), np.vstack([logs[1:], beyond])]
        told = np.array(grammar, dtype=np.float32).reshape(-1, 6)
        scores = np.hstack([*(a / 4 for a in around), np.exp(logs), told])
        return WordSigns(words, marks, np.asarray(scores, dtype=np.float32))

    def is_party_to(self, noun: Span, verb: Span) -> bool:
        """Return whether a word of `noun` is subject, agent or object of a word of `verb`."""
        for number in sorted({*self._token_at[noun.start : noun.end]} - {-1}):
            token, tree = self._tokens[number]
            governor = tree.starts[tree.heads[token.i]]
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
        self, token: int, tree: _Tree, reports: Mapping[int, float], marks: list[str]
    ) -> list[float]:
        """Add which phrases begin and end at `token`; return how surely what governs them reports.

        Args:
            token: Its number in `tree`.
            tree: Where it hangs.
            reports: How surely the words of tokens report, by the numbers of these.
            marks: To add to.
        """

        def of_head(below: int) -> float:
            return reports.get(self._token_at[tree.starts[tree.heads[below]]], 0.0)

        grammar = [0.0] * 6
        if tree.heads[token] != token:
            grammar[0] = of_head(token)
        for side, edges, column in (("begins", tree.lefts, 1), ("ends", tree.rights, 3)):
            top = token
            while edges[top] == token:
                root = tree.heads[top] == top
                dep = tree.deps[top]
                if dep in _PHRASES:
                    marks.append(f"{side} {dep}")
                    governed = 0.0 if root else of_head(top)
                    if dep in _SAID:
                        grammar[column] = max(grammar[column], governed)
                    if dep in _SAYING:
                        grammar[column + 1] = max(grammar[column + 1], governed)
                if root:
                    break
                top = tree.heads[top]
        grammar[5] = 1.0
        return grammar


def _fill(row: bytearray, start: int, end: int, value: int) -> None:
    row[start:end] = bytes([value]) * (end - start)


def _one(span: Span | None) -> tuple[Span, ...]:
    return () if span is None else (span,)


def _words(numbers: npt.NDArray[np.int64]) -> list[tuple[int, int]]:
    """Return first and last piece of each word; the first and last piece are special."""
    words: list[tuple[int, int]] = []
    before = None
    for piece, number in enumerate(numbers[1:-1].tolist(), start=1):
        if number == before:
            words[-1] = (words[-1][0], piece)
        else:
            words.append((piece, piece))
        before = number
    return words
