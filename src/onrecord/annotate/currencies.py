"""Tell which ISO 4217 currency a symbol or a name stands for.

Names come from Babel (Unicode CLDR). A noun that many countries share
("pesos") names a currency only together with a country; left alone it stays
the noun, because a wrong code would be worse than none.
"""

from __future__ import annotations

from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_currency_name

# Outlets write these without a country for the one currency the world trades.
_BARE_NOUNS = {
    "buck": "USD", "bucks": "USD", "dollar": "USD", "dollars": "USD",
    "euro": "EUR", "euros": "EUR", "pound": "GBP", "pounds": "GBP", "pounds sterling": "GBP",
    "quid": "GBP", "renminbi": "CNY", "rouble": "RUB", "roubles": "RUB", "ruble": "RUB",
    "rubles": "RUB", "rupee": "INR", "rupees": "INR", "shekel": "ILS", "shekels": "ILS",
    "yen": "JPY", "yuan": "CNY", "riyals": "SAR", "bolivares": "VES", "bolivars": "VES",
    "reais": "BRL", "taka": "BDT", "takas": "BDT", "naira": "NGN", "hryvnia": "UAH",
    "hryvnias": "UAH", "zloty": "PLN", "zlotys": "PLN", "lira": "TRY", "liras": "TRY",
    "baht": "THB", "birr": "ETB", "rand": "ZAR", "quetzals": "GTQ", "quetzales": "GTQ",
    "lempiras": "HNL", "ringgit": "MYR", "dong": "VND", "forint": "HUF", "forints": "HUF",
}  # fmt: skip
_SHARED_NOUNS = {
    "dinar": "dinar", "dinars": "dinar", "franc": "franc", "francs": "franc", "krona": "krona",
    "kronor": "krona", "krone": "krone", "kroner": "krone", "peso": "peso", "pesos": "peso",
    "rial": "rial", "rials": "rial", "riyal": "riyal", "shilling": "shilling",
    "shillings": "shilling",
}  # fmt: skip
_SYMBOLS = {
    "US$": "USD", "U.S.$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "S$": "SGD",
    "NZ$": "NZD", "HK$": "HKD", "NT$": "TWD", "R$": "BRL", "MX$": "MXN", "₦": "NGN", "₨": "INR",
    "₽": "RUB", "₺": "TRY", "₴": "UAH", "₵": "GHS", "฿": "THB", "Rs": "INR", "Rs.": "INR",
    "RS": "INR", "rs": "INR", "rs.": "INR", "RM": "MYR", "Rp": "IDR", "Tk": "BDT",
}  # fmt: skip


@lru_cache(maxsize=1)
def currency_symbols() -> dict[str, str]:
    """Return symbols and codes that stand before a number ("US$", "USD") with their ISO code."""
    locale_symbols = {
        symbol: code
        for code, symbol in Locale("en").currency_symbols.items()
        if code in _current_codes() and not symbol.isalpha()
    }
    codes = {code: code for code in _current_codes()}
    return {**locale_symbols, **codes, **_SYMBOLS}


@lru_cache(maxsize=1)
def currency_nouns() -> dict[str, str]:
    """Return names that stand after a number, lower case, with their ISO code.

    A noun shared by many countries ("pesos") maps to itself in the singular.
    """
    names: dict[str, str] = {}
    for code in sorted(_current_codes()):
        for count in (1, 2):
            name = get_currency_name(code, count=count, locale="en").lower()
            # One-word names such as "gold" or "real" are ordinary English words.
            if " " in name:
                names[name] = code
                names.setdefault(name.removesuffix("s") + "s", code)
                names[name.replace("rubles", "roubles")] = code
                names[name.replace("us ", "u.s. ")] = code
    return {**names, **_BARE_NOUNS, **_SHARED_NOUNS}


def currency_in_country(noun: str, territory: str) -> str | None:
    """Return the code of the currency called `noun` in a country.

    Args:
        noun: Singular noun, e.g. "peso".
        territory: ISO 3166 alpha-2 code, e.g. "MX".

    Returns:
        The ISO 4217 code, or None when that country's money has another name.
    """
    for code in _codes_of(territory):
        if noun.lower() in get_currency_name(code, locale="en").lower().split():
            return code
    return None


@lru_cache(maxsize=1)
def _current_codes() -> frozenset[str]:
    territories = get_global("territory_currencies")
    return frozenset(code for territory in territories for code in _codes_of(territory))


def _codes_of(territory: str) -> list[str]:
    entries = get_global("territory_currencies").get(territory, ())
    return [code for code, _start, end, tender in entries if end is None and tender]
