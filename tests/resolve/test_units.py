"""Amounts in base units and currencies by country."""

import pytest

from onrecord.model.value import Amount
from onrecord.resolve.units import in_base_units, parse_amount


@pytest.mark.parametrize(
    ("text", "country", "amount"),
    [
        ("two million pesos", "MEX", Amount(2e6, 2e6, "MXN", "exact")),
        ("two million pesos", "ARG", Amount(2e6, 2e6, "ARS", "exact")),
        ("two million pesos", "FRA", Amount(2e6, 2e6, "peso", "exact")),
        ("two million pesos", "", Amount(2e6, 2e6, "peso", "exact")),
        ("5 million dinars", "IRQ", Amount(5e6, 5e6, "IQD", "exact")),
        ("$1.2 billion", "MEX", Amount(1.2e9, 1.2e9, "USD", "exact")),
        ("10 miles", "", Amount(16.09344, 16.09344, "km", "exact")),
        ("at most 500 metres", "", Amount(None, 0.5, "km", "at_most")),
        ("200 pounds of heroin", "", Amount(90.718474, 90.718474, "kg", "exact")),
        ("600 tons", "", Amount(600, 600, "t", "exact")),
    ],
)
def test_amount_in_base_units(text: str, country: str, amount: Amount) -> None:
    assert parse_amount(text, country=country) == amount


@pytest.mark.parametrize("text", ["nothing", "", "12 men and 5 women", "the 21st"])
def test_no_number_or_several_give_none(text: str) -> None:
    assert parse_amount(text) is None


def test_base_units_are_left_as_they_are() -> None:
    amount = Amount(3, None, "km", "at_least")
    assert in_base_units(in_base_units(amount)) == amount
