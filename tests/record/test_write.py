"""Which sentence a row belongs to."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.annotation import Sentence
from onrecord.model.span import Span
from onrecord.record.write import sentence_index


def sentences_at(*spans: Span) -> list[Sentence]:
    return [Sentence(span, index, 0) for index, span in enumerate(spans)]


def index_of(sentences: list[Sentence], span: Span) -> int | None:
    return sentence_index(sentences, [s.span.start for s in sentences], span)


@pytest.mark.parametrize(
    ("span", "index"),
    [
        (Span(0, 10), 0),
        (Span(4, 6), 0),
        (Span(9, 12), 0),  # runs on over the end
        (Span(5, 25), 0),  # over both: the one in which it begins
        (Span(10, 13), 1),  # begins in the gap
        (Span(12, 20), 1),
        (Span(10, 12), None),  # in the gap alone
        (Span(20, 30), None),
    ],
)
def test_a_span_belongs_to_the_first_sentence_it_touches(span: Span, index: int | None) -> None:
    assert index_of(sentences_at(Span(0, 10), Span(12, 20)), span) == index


def test_a_text_without_sentences_has_none() -> None:
    assert index_of([], Span(0, 3)) is None


@given(st.sets(st.integers(0, 60), max_size=20), st.integers(0, 60), st.integers(1, 30))
def test_looking_at_every_sentence_finds_the_same(edges: set[int], start: int, n: int) -> None:
    # Of three stretches two are sentences, so that some have a gap before them.
    spans = [Span(*both) for both in pairwise(sorted(edges))]
    sentences = sentences_at(*(span for at, span in enumerate(spans) if at % 3 < 2))
    span = Span(start, start + n)
    slow = next((s.index for s in sentences if s.span.overlaps(span)), None)
    assert index_of(sentences, span) == slow
