"""Turn number phrases into values in base units: kilometres, kilograms, ISO currencies.

The grammar of numbers is `annotate.numbers`; here words become one amount and
amounts of one sort become comparable.
"""

from __future__ import annotations

import pycountry

from onrecord.annotate.currencies import currency_in_country
from onrecord.annotate.numbers import find_numbers
from onrecord.model.value import Amount

# Unit as written -> base unit and factor (NIST SP 811 values).
_TO_BASE: dict[str, tuple[str, float]] = {
    "mile": ("km", 1.609344), "m": ("km", 0.001), "ft": ("km", 0.0003048),
    "yard": ("km", 0.0009144),
    "inch": ("km", 0.0000254),
    "g": ("kg", 0.001), "lb": ("kg", 0.45359237), "oz": ("kg", 0.028349523125),
    "mile2": ("km2", 2.589988110336), "m2": ("km2", 1e-6), "ha": ("km2", 0.01),
    "acre": ("km2", 0.0040468564224),
    "mph": ("km/h", 1.609344), "gal": ("l", 3.785411784),
}  # fmt: skip


def parse_amount(text: str, *, country: str = "") -> Amount | None:
    """Return the one amount that `text` tells, in base units.

    Args:
        text: A number phrase: "at least 1.2 billion", "two million pesos",
            "between $5 and $10", "three in ten", "12 miles".
        country: ISO 3166 alpha-3 code whose money "pesos" or "dinars" means.

    Returns:
        The amount, or None when the text holds no number or several that are
        no range. Money whose currency no word fixes keeps its noun ("peso").
    """
    phrases = list(find_numbers(text))
    if len(phrases) != 1:
        return None
    return in_base_units(phrases[0].amount, country=country)


def in_base_units(amount: Amount, *, country: str = "") -> Amount:
    """Return the amount in the unit that all amounts of its sort are compared in.

    Args:
        amount: As read, e.g. 12 "mile" or 2,000,000 "peso".
        country: ISO 3166 alpha-3 code whose money a shared noun means.

    Returns:
        Lengths in km, areas in km2, weights in kg (tonnes stay "t"), speeds in
        km/h, volumes in l; other units unchanged.
    """
    if amount.unit in _TO_BASE:
        unit, factor = _TO_BASE[amount.unit]
        low = None if amount.low is None else round(amount.low * factor, 9)
        high = None if amount.high is None else round(amount.high * factor, 9)
        return Amount(low, high, unit, amount.bound)
    if amount.unit.islower() and country:
        known = pycountry.countries.get(alpha_3=country)
        code = None if known is None else currency_in_country(amount.unit, known.alpha_2)
        if code is not None:
            return Amount(amount.low, amount.high, code, amount.bound)
    return amount
