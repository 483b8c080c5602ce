"""Stacked highlights: nothing of the text is lost, nothing hides anything."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.span import Span
from onrecord.show.web.segments import LANES, Highlight, cut, paragraphs, parts, stack

_text = st.text(alphabet=st.sampled_from("ab \n😀ع\u0301👨‍👩‍👧"), min_size=1, max_size=60)


@st.composite
def _highlighted(draw: st.DrawFn) -> tuple[str, list[Highlight]]:
    text = draw(_text)
    highlights = []
    for number in range(draw(st.integers(0, 8))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        layer = draw(st.sampled_from(("mention", "quote", "event")))
        highlights.append(Highlight(Span(start, end), layer, f"st_{number}", "trigger"))
    return text, highlights


@given(_highlighted())
def test_segments_joined_are_the_text(given_: tuple[str, list[Highlight]]) -> None:
    text, highlights = given_
    segments = cut(text, 0, len(text), highlights, stack(highlights))
    assert "".join(s.text for s in segments) == text
    assert all(text[s.start : s.start + len(s.text)] == s.text for s in segments)


@given(_highlighted())
def test_every_highlight_is_a_run_of_whole_segments(
    given_: tuple[str, list[Highlight]],
) -> None:
    text, highlights = given_
    lanes = stack(highlights)
    segments = cut(text, 0, len(text), highlights, lanes)
    for h in highlights:
        inside = [s for s in segments if h.span.start <= s.start < h.span.end]
        assert "".join(s.text for s in inside) == text[h.span.start : h.span.end]
        assert all((lanes[h], h.layer) in s.lines for s in inside)


@given(_highlighted())
def test_no_two_in_one_lane_overlap_while_lanes_last(
    given_: tuple[str, list[Highlight]],
) -> None:
    _, highlights = given_
    lanes = stack(highlights)
    for h in lanes:
        for other in lanes:
            if h is not other and lanes[h] == lanes[other] < LANES - 1:
                assert h == other or not h.span.overlaps(other.span)


def test_quotations_run_below_the_words_they_contain() -> None:
    said = Highlight(Span(0, 30), "quote", "at_1", "content")
    act = Highlight(Span(10, 15), "event", "st_1", "trigger")
    lanes = stack([said, act])
    assert lanes[act] < lanes[said]


@given(_text, st.integers(2, 20))
def test_parts_cover_the_text_without_gap(text: str, size: int) -> None:
    found = parts(text, size)
    assert found[0][0] == 0
    assert found[-1][1] == len(text)
    assert all(a[1] == b[0] for a, b in pairwise(found))
    assert all(end - start <= size for start, end in found)


@given(_text)
def test_paragraphs_hold_everything_but_white_space(text: str) -> None:
    kept = "".join(text[a:b] for a, b in paragraphs(text))
    assert "".join(kept.split()) == "".join(text.split())


def test_a_line_longer_than_a_part_is_cut_at_a_blank() -> None:
    text = "word " * 100
    assert all(text[start:end].startswith("word") for start, end in parts(text, 33))
