"""Identifiers depend on content alone."""

import re

from hypothesis import given
from hypothesis import strategies as st

from onrecord.model.identifier import content_id


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\x1f")), max_size=4))
def test_equal_parts_give_equal_identifiers_of_fixed_form(parts: list[str]) -> None:
    assert content_id("st", *parts) == content_id("st", *parts)
    assert re.fullmatch(r"st_[0-9a-f]{16}", content_id("st", *parts))


def test_where_one_part_ends_makes_a_difference() -> None:
    assert content_id("st", "ab", "c") != content_id("st", "a", "bc")
    assert content_id("st", "a") != content_id("ac", "a")


def test_nothing_and_the_empty_text_are_the_same_part() -> None:
    assert content_id("st", None, "a") == content_id("st", "", "a")
