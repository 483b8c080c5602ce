"""The canonical text reads as the original did, and every character knows its place in it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from onrecord.model.span import Span
from onrecord.read.canonical import canonical, match_form

_REPORT_TEXT = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from("aeo .,\n\r\t\u00a0\u200b\u202e\u0301\u0308&;#“”‘’â€™Ã©\ufeff"),
    ),
    max_size=120,
)


@pytest.mark.parametrize(
    ("original", "expected"),
    [
        ("The councilâ€™s vote", "The council’s vote"),
        ("Mayor JosÃ© said", "Mayor José said"),
        ("bread &amp; water", "bread & water"),
        ("&ldquo;No&rdquo;, he said", "“No”, he said"),
        ("she said &amp;quot;no&amp;quot;", 'she said "no"'),
        ("one\r\ntwo\rthree", "one\ntwo\nthree"),
        ("one\n\n\n\n\ntwo", "one\n\ntwo"),
        ("  5\u00a0000\u202ftroops \n", "5 000 troops"),
        ("cafe\u0301", "café"),
        ("zero\u200bwidth and so\u00adft", "zerowidth and soft"),
        ("the \u202eevil\u202c name", "the evil name"),
        ("bell\x07 and \x1funit", "bell and unit"),
        ("the mayor¿s son", "the mayor’s son"),
        ("\ufeffStart", "Start"),
        ("می\u200cخواهم", "می\u200cخواهم"),
    ],
)
def test_damage_is_repaired(original: str, expected: str) -> None:
    assert canonical(original).text == expected


@pytest.mark.parametrize(
    "text",
    [
        "“Curly” and ‘single’",
        "\"straight\" and 'single'",
        "a – b — c",
        "12 % of €5",
        "¿Qué?",
        "AT&T",
    ],
)
def test_what_the_reader_sees_stays(text: str) -> None:
    assert canonical(text).text == text


def test_lines_wrapped_at_a_width_are_joined() -> None:
    wrapped = (
        "The council of Port Selva met on Tuesday to decide whether the dam\n"
        "above the town should be repaired or replaced, officials said in a\n"
        "statement.\n\n"
        "Members from the northern villages asked for a new one and said the\n"
        "old walls would not stand another winter."
    )
    assert canonical(wrapped).text.split("\n\n") == [
        "The council of Port Selva met on Tuesday to decide whether the dam above the town should"
        " be repaired or replaced, officials said in a statement.",
        "Members from the northern villages asked for a new one and said the old walls would not"
        " stand another winter.",
    ]


def test_lines_that_are_paragraphs_stay_apart() -> None:
    lines = "Dam to be repaired\nThe council met on Tuesday.\nIt decided to repair the dam."
    assert canonical(lines).text == lines


@given(_REPORT_TEXT)
@example("a\u0301\u0327 &lt;\r\n\u200b\u0301")
def test_every_character_has_a_place_in_the_original(text: str) -> None:
    traced = canonical(text)
    offsets = traced.offsets(len(text))
    before = 0
    for at in range(len(traced.text)):
        start, end = offsets.bytes_of(Span(at, at + 1))
        assert 0 <= before <= start <= end <= len(text)
        before = start


@given(_REPORT_TEXT)
def test_a_character_left_alone_maps_to_itself(text: str) -> None:
    traced = canonical(text)
    offsets = traced.offsets(len(text))
    for at, character in enumerate(traced.text):
        start, end = offsets.bytes_of(Span(at, at + 1))
        if end - start == 1 and character not in " \n":
            origin = text[start:end]
            assert (
                origin == character
                or unicodedata.normalize("NFC", origin) == character
                or (
                    # A single sign that stood for another: an apostrophe lost by the site, mojibake.
                    not origin.isascii()
                )
            )


@given(_REPORT_TEXT)
def test_canonical_text_is_clean(text: str) -> None:
    result = canonical(text).text
    assert unicodedata.is_normalized("NFC", result)
    assert result == result.strip(" \n")
    assert not set(result) & set("\r\t\x00\x1f\u200b\u202e\ufeff\u00a0")
    assert "\n\n\n" not in result
    assert "  " not in result


@given(st.text(max_size=60))
def test_match_form_keeps_every_position(text: str) -> None:
    assert len(match_form(text)) == len(text)


def test_match_form_makes_quotes_dashes_and_spaces_equal() -> None:
    assert match_form("“don’t” –\u00a0he") == match_form('"don\'t" - he')
