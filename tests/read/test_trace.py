"""A traced text is edited like a string and never loses where it came from."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.document import OffsetMap
from onrecord.model.span import Span
from onrecord.read.trace import Traced, joined, map_of_widths, stretches_of


def test_replacement_stands_for_all_it_replaces() -> None:
    traced = Traced.original("a &amp; b").replaced(re.compile("&amp;"), "&")
    offsets = traced.offsets(9)
    assert traced.text == "a & b"
    assert offsets.bytes_of(Span(2, 3)) == (2, 7)
    assert offsets.bytes_of(Span(4, 5)) == (8, 9)
    assert offsets.bytes_of(Span(0, 5)) == (0, 9)


def test_deleted_characters_belong_to_no_neighbour() -> None:
    traced = Traced.original("ab[x]cd").edited([(2, 5, "")])
    offsets = traced.offsets(7)
    assert offsets.bytes_of(Span(1, 2)) == (1, 2)
    assert offsets.bytes_of(Span(2, 3)) == (5, 6)


def test_inserted_characters_stand_for_nothing() -> None:
    traced = Traced.original("onetwo").edited([(3, 3, "\n\n")])
    start, end = traced.offsets(6).bytes_of(Span(3, 5))
    assert start == end == 3


def test_wide_characters_are_found_in_their_bytes() -> None:
    text = "x“é”𝄞y"
    offsets = map_of_widths((1, len(c.encode())) for c in text)
    for at, character in enumerate(text):
        start, end = offsets.bytes_of(Span(at, at + 1))
        assert text.encode()[start:end].decode() == character


def test_parts_may_come_from_later_in_the_file_first() -> None:
    title = Traced.original("Title").through(OffsetMap((0,), (40,), 45, (1,)))
    body = Traced.original("Body").through(OffsetMap((0,), (10,), 14, (1,)))
    offsets = joined((title, body)).offsets(50)
    assert offsets.bytes_of(Span(0, 5)) == (40, 45)
    assert offsets.bytes_of(Span(5, 9)) == (10, 14)
    assert offsets.bytes_of(Span(0, 9)) == (10, 45)


@given(st.text("ab&;[] \n", max_size=60), st.text("xy\n", max_size=3))
def test_editing_gives_the_text_that_re_sub_gives(text: str, new: str) -> None:
    pattern = re.compile(r"&+|\[[^\]]*\]|\n ")
    traced = Traced.original(text).replaced(pattern, new)
    assert traced.text == pattern.sub(new, text)
    assert sum(stretch.length for stretch in traced.stretches) == len(traced.text)


@given(st.text("aé“𝄞 [x]", max_size=40), st.data())
def test_kept_characters_map_to_their_own_bytes_after_many_edits(
    text: str, choose: st.DataObject
) -> None:
    inner = map_of_widths((1, len(c.encode())) for c in text)
    traced = Traced.original(text).replaced(re.compile(r"\["), "").replaced(re.compile("x"), "zz")
    traced = traced.through(inner)
    offsets = traced.offsets(len(text.encode()))
    for at, character in enumerate(traced.text):
        start, end = offsets.bytes_of(Span(at, at + 1))
        origin = text.encode()[start:end].decode()
        assert origin == ("x" if character == "z" else character)
    if traced.text:
        start = choose.draw(st.integers(0, len(traced.text) - 1))
        end = choose.draw(st.integers(start + 1, len(traced.text)))
        part = Traced(traced.text[start:end], tuple(stretches_of(offsets, start, end)))
        assert part.offsets(99).bytes_of(Span(0, end - start)) == offsets.bytes_of(Span(start, end))
