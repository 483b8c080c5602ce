"""A state of the US is no country, a country no state of the US."""

from __future__ import annotations

import pytest

from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.text import parse_document
from onrecord.read.any import document_from_text


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Georgia's governor sued the White House. Voters in Texas watched.", "place"),
        ("Georgia lawmakers backed the bill. Florida followed.", "place"),
        ("Georgia accused Russia of an attack. Tbilisi called for help.", "country"),
        ("Georgia sent soldiers to Afghanistan.", "country"),
        ("Georgia and Armenia signed a treaty in Washington.", "country"),
    ],
)
def test_georgia(text: str, kind: str) -> None:
    document = document_from_text(text, uri="test.txt")
    found = find_mentions(parse_document(document))
    assert {m.kind for m in found if m.head.text_in(text) == "Georgia"} == {kind}
