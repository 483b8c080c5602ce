"""Quantities: which numbers matter, what they count, and what sort of figure they are."""

import pytest

from onrecord.annotate.quantities import find_quantities
from onrecord.annotate.text import Parse, parse_document
from onrecord.annotate.times import find_times
from onrecord.model.annotation import Quantity
from onrecord.model.document import Document


def quantities_in(text: str) -> tuple[Parse, tuple[Quantity, ...]]:
    parse = parse_document(Document(document_id="d", uri="d", text=text))
    return parse, find_quantities(parse, (), find_times(parse), ())


@pytest.mark.parametrize(
    ("sentence", "span", "counted", "kind", "low", "high"),
    [
        ("The blast killed at least 14 people.", "at least 14 people", "people", "casualties", 14, None),
        ("Rebels wounded 12 soldiers.", "12 soldiers", "soldiers", "casualties", 12, 12),
        ("The state sent 5,000 troops to the border.", "5,000 troops", "troops", "troops", 5000, 5000),
        ("Police seized 40 rifles in the raid.", "40 rifles", "rifles", "weapons", 40, 40),
        ("Dozens of women marched to the palace.", "Dozens of women", "women", "people", 24, None),
        ("The fund lost $1.2 billion.", "$1.2 billion", None, "money", 1.2e9, 1.2e9),
        ("About 70 percent of voters stayed away.", "About 70 percent of voters", "voters", "percentage", 70, 70),
        ("The rocket flew 30 km.", "30 km", None, "distance", 30, 30),
        ("The strike left 12 dead.", "12 dead", "dead", "casualties", 12, 12),
        ("The army has between 5,000 and 9,000 soldiers there.", "between 5,000 and 9,000 soldiers", "soldiers", "troops", 5000, 9000),
        ("The death toll rose to 85.", "85", None, "casualties", 85, 85),
    ],
)  # fmt: skip
def test_figure_found_with_value_and_kind(
    sentence: str, span: str, counted: str | None, kind: str, low: float, high: float | None
) -> None:
    parse, (quantity,) = quantities_in(sentence)
    assert parse.text_of(quantity.span) == span
    assert (None if quantity.counted is None else parse.text_of(quantity.counted)) == counted
    assert (quantity.kind, quantity.amount.low, quantity.amount.high) == (kind, low, high)


@pytest.mark.parametrize(
    "sentence",
    [
        "The group was founded in 2013.",
        "The minister, 47, denied the charge.",
        "A 20-year-old student spoke to reporters.",
        "The council passed Resolution 2231.",
        "Troops moved along Highway 12.",
        "He won the third round.",
        "The talks lasted two days.",
        "The two countries signed the treaty.",
        "One thing is certain.",
        "Guards carried an AK 47 rifle.",
        "Call 02077824220 for help.",
    ],
)
def test_dates_ages_ordinals_and_labels_are_no_figures(sentence: str) -> None:
    assert quantities_in(sentence)[1] == ()


def test_killer_is_not_counted_among_the_dead() -> None:
    parse, found = quantities_in("Five gunmen killed 30 villagers.")
    kinds = {parse.text_of(q.span): q.kind for q in found}
    assert kinds == {"Five gunmen": "troops", "30 villagers": "casualties"}


def test_same_length_told_in_two_units_counts_once() -> None:
    parse, found = quantities_in("The missile flew 230 km (143 miles) to the east.")
    assert [parse.text_of(q.span) for q in found] == ["230 km"]


def test_denied_figure_carries_its_factuality() -> None:
    _, (quantity,) = quantities_in("The army did not kill 30 villagers.")
    assert quantity.factuality == "denied"
