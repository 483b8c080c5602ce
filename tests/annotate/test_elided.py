"""Numbers without a noun: which of them are counts, and what they count."""

import pytest

from onrecord.annotate.quantities import ANY_FIGURE, TOLD_FIGURE, find_quantities
from onrecord.annotate.text import parse_document
from onrecord.annotate.times import find_times
from onrecord.model.annotation import Quantity
from onrecord.model.document import Document


def told(text: str, number: str, least_confidence: float = TOLD_FIGURE) -> tuple[Quantity, ...]:
    parse = parse_document(Document(document_id="d", uri="d", text=text))
    found = find_quantities(parse, (), find_times(parse), (), least_confidence=least_confidence)
    return tuple(q for q in found if q.span.text_in(text) == number)


@pytest.mark.parametrize(
    ("text", "number", "counted", "kind"),
    [
        ("Divers went down. The harbour office put the number of sailors at nine.", "nine", "sailors", "troops"),
        ("Eight miners were underground. The owner speaks of six.", "six", "miners", "people"),
        ("Nurses lost track of the wounded. The clinic has confirmed forty.", "forty", "wounded", "casualties"),
        ("Raiders took two villagers captive. Neighbours counted five.", "five", "villagers", "people"),
        ("They took priests hostage; the governor says 13.", "13", "priests", "people"),
        ("The bill passed by 31 votes to 12.", "12", "votes", "other"),
        ("The coast guard put the toll at 17.", "17", None, "casualties"),
        ("The mill counted 40.", "40", None, "other"),
    ],
)  # fmt: skip
def test_number_told_as_a_count_takes_the_noun_before_it(
    text: str, number: str, counted: str | None, kind: str
) -> None:
    (quantity,) = told(text, number)
    assert (quantity.counted and quantity.counted.text_in(text)) == counted
    assert quantity.kind == kind


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Miners were angry. The owner did not confirm six.", "six"),
        ("Two guards left. She put the kettle on at six.", "six"),
        ("The bus is number six.", "six"),
        ("Villagers spoke of one.", "one"),
    ],
)
def test_other_bare_numbers_are_not_told_as_counts(text: str, number: str) -> None:
    assert told(text, number) == ()


@pytest.mark.parametrize(
    "text",
    [
        "The owner told reporters about it. The office put the number at nine.",
        "The lawyers were sure of it. The lawyers counted nine.",
        "Two green ferries lay there. I counted nine.",
        "Three ferries sank. Nobody knew. Days went by. The harbour master counted nine.",
    ],
)
def test_speakers_listeners_and_nouns_far_away_are_not_what_is_counted(text: str) -> None:
    (quantity,) = told(text, "nine")
    assert quantity.counted is None


def test_doubtful_number_is_left_to_who_weighs_the_whole_sentence() -> None:
    text = "The clinic took in 30 miners. The rescue team said it had brought eleven."
    assert told(text, "eleven", 0.6) == ()
    (quantity,) = told(text, "eleven", ANY_FIGURE)
    assert quantity.counted is not None
    assert quantity.counted.text_in(text) == "miners"


def test_some_of_a_number_are_of_what_that_number_counts() -> None:
    text = "Medics treated five miners. Two of the five were flown out."
    (quantity,) = told(text, "Two", ANY_FIGURE)
    assert quantity.counted is not None
    assert quantity.counted.text_in(text) == "miners"


def test_bare_number_of_arrests_counts_people() -> None:
    text = "Police arrested 14 on Sunday."
    (quantity,) = told(text, "14", 0.6)
    assert (quantity.kind, quantity.counted) == ("people", None)
