"""Spans are half-open ranges of code points."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.span import Span

spans = st.tuples(st.integers(0, 60), st.integers(1, 40)).map(lambda p: Span(p[0], p[0] + p[1]))


@pytest.mark.parametrize(("start", "end"), [(3, 3), (4, 2), (-1, 2)])
def test_empty_reversed_and_negative_spans_are_refused(start: int, end: int) -> None:
    with pytest.raises(ValueError, match="start must be 0 or more"):
        Span(start, end)


def test_text_in_counts_code_points_not_utf16_units() -> None:
    assert Span(2, 5).text_in("😀 تعز") == "تعز"


def test_a_span_past_the_end_is_an_error_and_not_a_shorter_text() -> None:
    with pytest.raises(ValueError, match="reaches past the text's 3 characters"):
        Span(1, 4).text_in("abc")


@given(spans, spans)
def test_overlap_means_a_shared_code_point(a: Span, b: Span) -> None:
    shared = set(range(a.start, a.end)) & set(range(b.start, b.end))
    assert a.overlaps(b) == b.overlaps(a) == bool(shared)


@given(spans, spans)
def test_cover_is_the_smallest_span_that_contains_both(a: Span, b: Span) -> None:
    cover = a.cover(b)
    assert cover.contains(a)
    assert cover.contains(b)
    assert cover.start in (a.start, b.start)
    assert cover.end in (a.end, b.end)


@given(spans, st.integers(0, 100))
def test_shifting_keeps_the_length(span: Span, by: int) -> None:
    assert len(span.shifted(by)) == len(span)
    assert span.shifted(by).shifted(-by) == span
