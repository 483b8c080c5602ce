"""Time expressions: what is one, where it starts and ends, and what only looks like one."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.annotate.text import parse_document
from onrecord.annotate.times import find_times
from onrecord.model.document import Document


def times_in(text: str) -> list[str]:
    parse = parse_document(Document(document_id="d", uri="d", text=text))
    return [parse.text_of(time.span) for time in find_times(parse)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Police arrested six men on Tuesday.", "Tuesday"),
        ("Police arrested six men last week.", "last week"),
        ("The ministry closed the station earlier this month.", "earlier this month"),
        ("Elections are planned for mid-April.", "mid-April"),
        ("The group was founded in March 2017.", "March 2017"),
        ("Two days earlier, rebels had burned the bridge.", "Two days earlier"),
        ("The movement began in the 1990s.", "the 1990s"),
        ("The two states have been at war since 2013.", "since 2013"),
        ("The deal must be signed by Friday.", "by Friday"),
        ("He led the party between 2009 and 2011.", "between 2009 and 2011"),
        ("The curfew held from March 3 to March 9.", "from March 3 to March 9"),
        ("The envoy, who arrived on 14 March 2016, left at once.", "14 March 2016"),
        ("A bomb went off at 9:30 p.m. on Thursday.", "9:30 p.m. on Thursday"),
        ("Protests went on over the past two weeks.", "the past two weeks"),
        ("The chief was killed more than two years ago.", "more than two years ago"),
        ("Rebels struck on New Year’s Eve.", "New Year’s Eve"),
        ("The court will rule in the summer of 2026.", "the summer of 2026"),
        ("He spoke before Tuesday’s vote.", "before Tuesday"),
        ("The road was closed for three days.", "three days"),
    ],
)
def test_expression_found_with_its_exact_span(sentence: str, expected: str) -> None:
    assert times_in(sentence) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The rebels may attack the town.",
        "People march against the government.",
        "Thousands will march through the capital.",
        "The city's fall shocked the army.",
        "More than 2000 people fled the valley.",
        "He finished in second place.",
        "The minister, 47, denied the charge.",
        "The suspect is 20 years old.",
        "A court sentenced him to five years in prison.",
        "Troops moved along Highway 12.",
        "Mar-a-Vista is a hotel.",
    ],
)
def test_words_that_only_look_like_times_are_left_alone(sentence: str) -> None:
    assert times_in(sentence) == []


def test_article_of_the_noun_after_a_year_is_not_part_of_it() -> None:
    assert times_in("The party lost the 2014 elections.") == ["2014"]


def test_number_that_counts_the_next_noun_is_no_day_of_the_month() -> None:
    assert times_in("In March 12 soldiers were killed.") == ["March"]


@settings(deadline=None, max_examples=60)
@given(st.text(alphabet="Marchy 2017,.-'Tuesdaylonsf0123\n’é", max_size=60))
def test_expressions_lie_in_the_text_in_order_without_overlap(text: str) -> None:
    parse = parse_document(Document(document_id="d", uri="d", text=text))
    spans = [time.span for time in find_times(parse)]
    assert all(span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
