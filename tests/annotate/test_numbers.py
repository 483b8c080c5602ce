"""Number phrases: value, unit, bound and extent."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.annotate.numbers import find_numbers
from onrecord.model.value import Amount


@pytest.mark.parametrize(
    ("text", "phrase", "amount"),
    [
        ("killed 14 people", "14", Amount(14, 14, "count", "exact")),
        ("at least 14 people", "at least 14", Amount(14, None, "count", "at_least")),
        ("more than two dozen", "more than two dozen", Amount(24, None, "count", "at_least")),
        ("up to 3,000 men", "up to 3,000", Amount(None, 3000, "count", "at_most")),
        ("nearly 200 captives", "nearly 200", Amount(200, 200, "count", "about")),
        ("dozens of women", "dozens", Amount(24, None, "count", "about")),
        ("hundreds fled", "hundreds", Amount(200, None, "count", "about")),
        ("tens of thousands", "tens of thousands", Amount(20_000, None, "count", "about")),
        ("half a million", "half a million", Amount(500_000, 500_000, "count", "about")),
        ("twenty-one girls", "twenty-one", Amount(21, 21, "count", "exact")),
        ("two hundred and fifty", "two hundred and fifty", Amount(250, 250, "count", "exact")),
        ("5,000-9,000 men", "5,000-9,000", Amount(5000, 9000, "count", "range")),
        ("35 to 40,000 men", "35 to 40,000", Amount(35_000, 40_000, "count", "range")),
        ("between two and six", "between two and six", Amount(2, 6, "count", "range")),
        ("$1.2 billion", "$1.2 billion", Amount(1.2e9, 1.2e9, "USD", "exact")),
        ("$1-2 million", "$1-2 million", Amount(1e6, 2e6, "USD", "range")),
        ("two million pesos", "two million pesos", Amount(2e6, 2e6, "peso", "exact")),
        ("5 million Mexican pesos", "5 million Mexican pesos", Amount(5e6, 5e6, "MXN", "exact")),
        ("Rs 30 crore", "Rs 30 crore", Amount(3e8, 3e8, "INR", "exact")),
        ("€5m", "€5m", Amount(5e6, 5e6, "EUR", "exact")),
        ("70 per cent", "70 per cent", Amount(70, 70, "percent", "exact")),
        ("15 to 20%", "15 to 20%", Amount(15, 20, "percent", "range")),
        ("three in ten voters", "three in ten", Amount(30, 30, "percent", "exact")),
        ("two-thirds of it", "two-thirds", Amount(66.7, 66.7, "percent", "exact")),
        ("half of the city", "half", Amount(50, 50, "percent", "exact")),
        ("12 miles away", "12 miles", Amount(12, 12, "mile", "exact")),
        ("300 pounds of cocaine", "300 pounds", Amount(300, 300, "lb", "exact")),
        ("5,000 pounds in fines", "5,000 pounds", Amount(5000, 5000, "GBP", "exact")),
        ("500 or more", "500 or more", Amount(500, None, "count", "at_least")),
        ("no casualties", "no", Amount(0, 0, "count", "exact")),
    ],
)
def test_phrase_read_with_its_extent_and_value(text: str, phrase: str, amount: Amount) -> None:
    (found,) = find_numbers(text)
    assert text[found.start : found.end] == phrase
    assert found.amount == amount


@pytest.mark.parametrize(
    "text", ["the 21st", "the 1990s", "AK-47", "at 9:30", "24/7", "no way", "02077824220", "x86"]
)
def test_labels_ordinals_and_clocks_are_no_numbers(text: str) -> None:
    assert list(find_numbers(text)) == []


def test_change_from_one_figure_to_another_is_no_range() -> None:
    text = "rose from 1,053 to 1,379"
    assert [p.amount.low for p in find_numbers(text)] == [1053, 1379]


def test_falling_pair_of_shares_is_two_figures() -> None:
    assert [p.amount.low for p in find_numbers("52 percent to 37 percent")] == [52, 37]


@given(st.integers(min_value=1, max_value=10**12))
def test_grouped_digits_keep_their_value(number: int) -> None:
    (found,) = find_numbers(f"some {number:,} votes")
    assert found.amount == Amount(number, number, "count", "about")


@given(st.text(alphabet="0123456789.,- $%andtoveleighmilon", max_size=40))
def test_phrases_never_overlap_and_bounds_never_cross(text: str) -> None:
    phrases = list(find_numbers(text))
    for phrase in phrases:
        low, high = phrase.amount.low, phrase.amount.high
        assert low is not None or high is not None
        assert low is None or high is None or low <= high
    assert all(a.end <= b.start for a, b in pairwise(phrases))
