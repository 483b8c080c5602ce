"""Text of strangers does no harm: terminals, spreadsheets, JSON."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.show.safe import csv_cell, json_text, printable, printable_lines, spreadsheet_cell

_ACTS = {"Cc", "Cs", "Zl", "Zp"}
_REORDERS = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
any_text = st.text(st.characters())


def acts_on_a_terminal(text: str) -> bool:
    return any(unicodedata.category(c) in _ACTS or c in _REORDERS for c in text)


@given(any_text)
def test_printable_text_cannot_act_on_a_terminal(text: str) -> None:
    assert not acts_on_a_terminal(printable(text))


@given(any_text)
def test_printable_text_keeps_every_offset(text: str) -> None:
    assert len(printable(text)) == len(text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("\x1b[31mred", "␛[31mred"),
        ("a\tb\nc", "a b c"),
        ("\x9b0m", "\N{REPLACEMENT CHARACTER}0m"),
        ("guilty \u202eton", "guilty \N{REPLACEMENT CHARACTER}ton"),
        ("caf\u0065\u0301 👨\u200d👩 漢字 نص", "caf\u0065\u0301 👨\u200d👩 漢字 نص"),
    ],
)
def test_printable_shows_what_would_act_and_keeps_every_script(text: str, shown: str) -> None:
    assert printable(text) == shown


def test_printable_lines_keep_line_breaks_only() -> None:
    assert printable_lines("a\n\x07b") == "a\n␇b"


@given(st.recursive(any_text | st.integers() | st.none(), st.lists))
def test_json_is_harmless_and_reads_back_the_same(value: object) -> None:
    written = json_text(value)
    assert not acts_on_a_terminal(written)
    assert json.loads(written) == value


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-2", "@SUM(A1)", "\t=1", "\r=1"])
def test_cells_that_a_spreadsheet_would_run_are_guarded(cell: str) -> None:
    assert spreadsheet_cell(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["a=1", "", "14", -3, 2.5, None])
def test_other_cells_pass_unchanged(cell: object) -> None:
    assert spreadsheet_cell(cell) == cell


def test_lists_in_csv_are_joined_and_guarded() -> None:
    assert csv_cell(("=a", "b")) == "'=a; b"
