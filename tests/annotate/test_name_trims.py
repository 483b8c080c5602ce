"""A name is a name without the credits, headlines and half titles that stand beside it."""

from __future__ import annotations

import pytest

from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.text import parse_document
from onrecord.read.any import document_from_text


def _names(text: str) -> dict[str, tuple[str, tuple[str, ...]]]:
    """Return name -> kind and titles."""
    document = document_from_text(text, uri="test.txt")
    return {
        m.head.text_in(text): (m.kind, tuple(t.text_in(text) for t in m.titles))
        for m in find_mentions(parse_document(document))
        if m.form == "name"
    }


@pytest.mark.parametrize(
    "text",
    [
        "GETTY*EPA Anna Quill smiled at the crowd.", "GETTY Anna Quill won the race.",
        "HOPE Anna Quill said she would stay.",
        "Getty Images Anna Quill in Paris.",
        "Republican Anna Quill lost. Anna Quill was calm. Later Anna Quill left.",
    ],
)  # fmt: skip
def test_credits_and_shouts_are_no_part_of_a_name(text: str) -> None:
    assert {name for name, (kind, _) in _names(text).items() if kind == "person"} == {"Anna Quill"}


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Secretary of State Anna Quill met reporters.", "Secretary of State"),
        ("Mayor of London Anna Quill met reporters.", "Mayor of London"),
        ("Prime Minister of Pakistan Anna Quill met reporters.", "Prime Minister of Pakistan"),
    ],
)
def test_a_title_with_of_goes_on_to_its_end(text: str, title: str) -> None:
    names = _names(text)
    assert names["Anna Quill"] == ("person", (title,))
    assert "State" not in names


def test_a_word_with_shares_and_executives_is_a_firm() -> None:
    names = _names("Velcom rejected the bid. Velcom shares fell. Analysts praised Velcom.")
    assert names["Velcom"][0] in {"company", "organisation"}


def test_a_surname_of_somebody_named_in_full_is_no_firm() -> None:
    names = _names("Anna Velcom left. Velcom's board agreed with her.")
    assert names["Anna Velcom"][0] == "person"
    assert names["Velcom"][0] != "company"
