"""Quotation marks of every make: curly, straight, single, typed as two, missing."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.quotes import Quotation, find_quotations
from onrecord.model.span import Span


def _find(text: str) -> tuple[Quotation, ...]:
    return find_quotations(text, [Span(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)])


def _words(text: str) -> list[tuple[str, int]]:
    return [(q.words.text_in(text), q.depth) for q in _find(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We wait,” she said, “for rain.”", [("We wait,", 0), ("for rain.", 0)]),
        ('"We wait," she said.', [("We wait,", 0)]),
        ("''We wait,'' she said. ''Long.''", [("We wait,", 0), ("Long.", 0)]),
        ("``We wait,'' she said.", [("We wait,", 0)]),
        ("'We will not yield', minister says", [("We will not yield", 0)]),
        ("‘We wait,’ he said. It’s late.", [("We wait,", 0)]),
        ("“He said ‘never again’ to us,” she said.", [("He said ‘never again’ to us,", 0), ("never again", 1)]),
        ("“He said ‘the workers’ rights’ matter,” she said.", [("He said ‘the workers’ rights’ matter,", 0), ("the workers’ rights", 1)]),
        ("«We wait», she said.", [("We wait", 0)]),
        ("The “quick“ fix.", [("quick", 0)]),
    ],
)  # fmt: skip
def test_words_between_marks_are_a_quotation(text: str, expected: list[tuple[str, int]]) -> None:
    assert _words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The workers' rights and the boss's car from the '90s.",
        "He stood 5'10\" tall.",
        "It’s the mayors’ idea, isn’t it?",
        "Nothing is quoted “” here.",
    ],
)
def test_apostrophes_and_inches_are_no_quotation(text: str) -> None:
    assert _words(text) == []


def test_open_quotation_is_continued_by_next_paragraph() -> None:
    first, second, third = _find("“One.\n\n“Two.\n\n“Three,” she said.")
    assert (first.closed, first.continues) == (False, None)
    assert (second.closed, second.continues) == (False, 0)
    assert (third.closed, third.continues) == (True, 1)


def test_speech_without_second_opening_mark_runs_to_its_closing_mark() -> None:
    text = "“One goes on.\nAnd ends here,” she said."
    assert [q.words.text_in(text) for q in _find(text)] == ["One goes on.", "And ends here,"]


def test_stray_opening_mark_does_not_swallow_later_quotations() -> None:
    assert _words("“This mark is stray. He was “here” today.\nNext paragraph.") == [("here", 0)]


@given(st.text(alphabet="ab .,'\"“”‘’`\n"))
def test_every_quotation_lies_inside_its_text(text: str) -> None:
    for quotation in _find(text):
        assert quotation.span.contains(quotation.words)
        assert quotation.span.end <= len(text)
        assert "\n" not in quotation.span.text_in(text)
        if quotation.continues is not None:
            assert _find(text)[quotation.continues].span.end <= quotation.span.start
