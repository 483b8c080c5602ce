"""Marks stand under their words, in any script and at any width."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from onrecord.model.span import Span
from onrecord.show.marks import Mark, as_text, mark_lines

SENTENCE = "The Meridian Front attacked a convoy near Port Selva."


def mark(words: str, label: str, text: str = SENTENCE) -> Mark:
    start = text.index(words)
    return Mark(Span(start, start + len(words)), label)


def drawn(text: str, *marks: Mark, width: int = 80, ascii_only: bool = False) -> str:
    return as_text(mark_lines(text, marks, width=width, ascii_only=ascii_only))


def test_marks_stand_under_their_words() -> None:
    assert drawn(SENTENCE, mark("The Meridian Front", "who"), mark("attacked", "what")) == (
        "The Meridian Front attacked a convoy near Port Selva.\n"
        "└──────who───────┘ └─what─┘"
    )  # fmt: skip


def test_label_of_a_short_word_stands_beside_it() -> None:
    assert drawn("He said so.", mark("He", "who", "He said so.")).splitlines()[1] == "└┘who"


def test_overlapping_marks_get_a_line_each() -> None:
    lines = drawn(SENTENCE, mark("a convoy near Port Selva", "whom"), mark("Port Selva", "where"))
    assert lines.splitlines()[1:] == [
        "                            └─────────whom─────────┘",
        "                                          └─where──┘",
    ]


def test_mark_that_goes_on_is_open_at_the_break() -> None:
    lines = drawn(SENTENCE, mark("convoy near Port", "x"), width=38)
    assert lines.splitlines() == [
        "The Meridian Front attacked a convoy",
        "                              └─x───",
        "near Port Selva.",
        "────x───┘",
    ]


def test_wide_characters_take_two_columns() -> None:
    text = "漢字 attacked"
    assert drawn(text, mark("attacked", "what", text)).splitlines()[1] == "     └─what─┘"


def test_joined_emoji_and_accents_take_the_columns_they_are_shown_in() -> None:
    text = "👨‍👩‍👧 cafe\u0301 burned"
    assert drawn(text, mark("burned", "what", text)).splitlines()[1] == "        └what┘"


def test_marks_can_be_drawn_without_box_characters() -> None:
    assert drawn(SENTENCE, mark("attacked", "what"), ascii_only=True).splitlines()[1] == (
        "                   ^~what~^"
    )


def test_text_outside_is_not_marked() -> None:
    assert mark_lines("Hello.", [Mark(Span(50, 60), "who")])[0].lanes == ()


words = st.text(st.sampled_from("ab 漢é👨‍👩\u0301\x1b\u202e\t\n"), min_size=1, max_size=80)


@st.composite
def marked_texts(draw: st.DrawFn) -> tuple[str, list[Mark], int]:
    text = draw(words)
    marks = []
    for _ in range(draw(st.integers(0, 5))):
        start = draw(st.integers(0, len(text) - 1))
        end = draw(st.integers(start + 1, len(text)))
        marks.append(Mark(Span(start, end), draw(st.sampled_from(["who", "where", "x"]))))
    return text, marks, draw(st.integers(20, 60))


@given(marked_texts())
def test_every_mark_is_drawn_and_nothing_is_wider_than_the_terminal(
    case: tuple[str, list[Mark], int],
) -> None:
    text, marks, width = case
    lines = mark_lines(text, marks, width=width)
    labels = {stroke.label for line in lines for lane in line.lanes for stroke in lane}
    # A mark may cover nothing but the blank at which a line breaks.
    assert {m.label for m in marks if text[m.span.start : m.span.end].strip()} <= labels
    room = max(width, 20 + max((len(m.label) for m in marks), default=0))
    for line in lines:
        assert cell_len(line.text) <= room
        for lane in line.lanes:
            assert all(a.end < b.column for a, b in itertools.pairwise(lane))
            assert all(stroke.end <= room for stroke in lane)


@given(marked_texts())
def test_wrapping_loses_no_character(case: tuple[str, list[Mark], int]) -> None:
    text, marks, width = case
    from onrecord.show.safe import printable

    shown = "".join(line.text for line in mark_lines(text, marks, width=width))
    assert shown.replace(" ", "") == printable(text).replace(" ", "")
