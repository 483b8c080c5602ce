"""Who gives a number where no verb of saying stands."""

from __future__ import annotations

import pytest

from onrecord.annotate.counters import find_counters
from onrecord.annotate.text import parse_document
from onrecord.read.any import document_from_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Police put the number of marchers at 12,000.", [("Police", "12,000")]),
        ("Police estimated the crowd at 12,000 people.", [("Police", "12,000 people")]),
        (
            "The ministry spoke of 12, while the Harbour Front put it at 14.",
            [("The ministry", "12"), ("the Harbour Front", "14")],
        ),
        ("Volunteers counted 31 craters.", [("Volunteers", "31 craters")]),
        ("The ministry spoke of a new beginning.", []),
        ("The army put the town under curfew at dawn.", []),
        ("The crowd was put at 9,000.", []),
    ],
)
def test_number_rests_on_who_puts_it_there(text: str, expected: list[tuple[str, str]]) -> None:
    parse = parse_document(document_from_text(text, uri="t"))
    found = find_counters(parse)
    assert [
        (parse.text_of(a.source) if a.source else "", a.content_span.text_in(text)[-len(end) :])
        for a, (_, end) in zip(found, expected, strict=True)
    ] == expected
