"""Read number phrases: digits, words, vague plurals, bounds, ranges, money and units.

Text in, values out: whether a number matters is decided in `quantities`, and
what a mile is in kilometres in `resolve.units`. Offsets are code points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from text_to_num import text2num

from onrecord.annotate.currencies import currency_nouns, currency_symbols
from onrecord.model.value import Amount, Bound

_SCALES = {
    "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
    "k": 1e3, "m": 1e6, "mn": 1e6, "mln": 1e6, "b": 1e9, "bn": 1e9, "bln": 1e9, "tn": 1e12,
}  # fmt: skip
# "Dozens" are at least two dozen; a score is twenty.
_VAGUE = {
    "dozens": 24, "scores": 40, "tens": 20, "hundreds": 2e2, "thousands": 2e3, "lakhs": 2e5,
    "crores": 2e7, "millions": 2e6, "billions": 2e9, "trillions": 2e12,
}  # fmt: skip
_FRACTIONS = {
    "half": 1 / 2, "third": 1 / 3, "thirds": 1 / 3, "quarter": 1 / 4, "quarters": 1 / 4,
    "fourth": 1 / 4, "fourths": 1 / 4, "fifth": 1 / 5, "fifths": 1 / 5, "tenth": 1 / 10,
    "tenths": 1 / 10,
}  # fmt: skip
_BOUNDS: dict[Bound, str] = {
    "at_least": (
        r"at\s+least|(?:slightly\s+|just\s+|well\s+|far\s+|a\s+little\s+)?(?:more\s+than|over|above)"
        r"|upwards?\s+of|in\s+excess\s+of|no\s+(?:fewer|less)\s+than|not\s+less\s+than|exceeding"
        r"|a\s+minimum\s+of|north\s+of"
    ),
    "at_most": (
        r"at\s+most|up\s+to|as\s+(?:many|much|high|far|long)\s+as|(?:no|not)\s+more\s+than"
        r"|(?:fewer|less|lower)\s+than|under|below|a\s+maximum\s+of|just\s+under|just\s+below"
    ),
    "about": (
        r"about|around|roughly|approximately|approx\.?|nearly|almost|close\s+to|an\s+estimated"
        r"|estimated|some|circa|in\s+the\s+region\s+of|(?:just\s+)?shy\s+of|~|more\s+or\s+less"
        r"|an\s+average\s+of|not\s+quite|virtually"
    ),
}
_POST_BOUNDS: dict[str, Bound] = {
    "or more": "at_least", "and more": "at_least", "or so": "about", "or less": "at_most",
    "or fewer": "at_most", "or higher": "at_least",
}  # fmt: skip
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = (
    "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
)  # fmt: skip
_TENS = "twenty|thirty|forty|fourty|fifty|sixty|seventy|eighty|ninety"
_BELOW_100 = rf"(?:(?:{_TENS})(?:[-\s](?:{_ONES})\b)?|{_TEENS}|{_ONES})"
_BIG = r"(?:thousand|million|billion|trillion)"
_BELOW_1000 = (
    rf"(?:{_BELOW_100}[-\s]hundred(?:\s+(?:and\s+)?{_BELOW_100})?|{_BELOW_100})(?![-\s]hundred\b)"
)
_WORDS = rf"{_BELOW_1000}(?:[-\s]{_BIG}(?:\s+(?:and\s+)?{_BELOW_1000})?)*\b"
_DIGITS = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d{1,3}(?:\s000){1,3}\b|\d+(?:\.\d+)?|\.\d+"
_AFTER_DIGITS = (
    r"(?:\s*-?\s*(?:hundred|thousand|million|billion|trillion|lakhs?|crores?)\b"
    r"|(?:\s?(?:mn|mln|bn|bln|tn)|k|m(?!\d)|b)\b)"
)
_VAGUE_WORDS = (
    r"(?:tens|dozens|scores|hundreds|thousands)\s+of\s+(?:thousands|millions|billions)"
    r"|dozens|scores|hundreds|thousands|lakhs|crores|millions|billions|trillions|tens"
)
_ARTICLE_WORDS = (
    rf"(?:a|one)\s+(?:hundred|thousand|million|billion|trillion|lakh|crore)"
    rf"(?:\s+and\s+{_BELOW_100})?"
    rf"|half\s+(?:a\s+)?(?:million|billion|dozen|thousand)|half-dozen|(?:a|one)\s+(?:half-)?dozen|dozen(?=\s)"
    rf"|(?:{_BELOW_100}|\d+)\s+dozen"
    rf"|(?:several|a\s+few|few|many|a\s+couple)\s+(?:of\s+)?"
    rf"(?:dozen|hundred|thousand|million|billion)"
    rf"|(?:{_ONES}|\d+)\s+and\s+a\s+half\s+{_BIG}|a\s+pair\b|a\s+trio\b|a\s+quartet\b"
)
_FRACTION_WORDS = (
    r"(?:(?:one|two|three|four|\d)[-\s](?:half|thirds?|quarters?|fourths?|fifths?|tenths?)\b"
    r"|a\s+(?:third|quarter|fifth|tenth)(?=\s+of\b))"
    rf"|(?:{_BELOW_100}|\d+)\s+(?:in|out\s+of)\s+(?:every\s+)?(?:{_BELOW_100}|\d{{1,3}}\b(?![,\d]))"
    r"|half(?=\s+(?:of\s+)?(?:the|all|its|their|his|her|our|those|these)\b|\s+of\b)"
)
# Only losses are news when there are none.
_NONE = r"no(?=\s+(?:\w+\s+)?(?:casualt|injur|deaths?\b|fatalit))"
_NUMBER = (
    rf"(?:{_NONE}|{_FRACTION_WORDS}|{_VAGUE_WORDS}|{_ARTICLE_WORDS}"
    rf"|(?:{_DIGITS})(?:{_AFTER_DIGITS})?|{_WORDS})"
)
_UNITS: dict[str, str] = {
    "percent": r"%|per\s?cent\b|pct\b|percentage\s+points?\b",
    "km": r"km\b|kms\b|kilomet(?:er|re)s?\b",
    "mile": r"(?:nautical\s+)?miles?\b",
    "m": r"met(?:er|re)s?\b",
    "ft": r"f(?:oo|ee)t\b|ft\b",
    "yard": r"yards?\b",
    "inch": r"inch(?:es)?\b",
    "kg": r"kgs?\b|kilos?\b|kilograms?\b",
    "g": r"grams?\b",
    "lb": r"lbs?\b|pounds?(?=\s+of\b)|(?<=-)pound\b",
    "oz": r"ounces?\b",
    "t": r"metric\s+tons?\b|tons?\b|tonnes?\b",
    "km2": r"(?:square\s+(?:km|kilomet(?:er|re)s?)|sq\.?\s*km)\b",
    "mile2": r"square\s+miles?\b",
    "m2": r"square\s+met(?:er|re)s?\b",
    "ha": r"hectares?\b",
    "acre": r"acres?\b",
    "barrel": r"barrels?\b",
    "l": r"lit(?:er|re)s?\b",
    "gal": r"gallons?\b",
    "km/h": r"(?:kph|km/h|kilomet(?:er|re)s?\s+(?:per|an)\s+hour)\b",
    "mph": r"(?:mph|miles\s+(?:per|an)\s+hour)\b",
    "MW": r"(?:MW|megawatts?)\b",
    "per_100000": r"(?:\w+\s+)?(?:per|for\s+every)\s+100,000\b",
    "year": r"years?\b",
    "month": r"months?\b",
    "week": r"weeks?\b",
    "day": r"days?\b",
    "hour": r"hours?\b",
    "minute": r"minutes?\b",
    "second": r"seconds\b",
}
_CHANGE = re.compile(
    r"\b(?:r[oi]se|rising|risen|grew|grown|up|down|f[ae]ll|fallen|falling|dropp?\w*|jump\w*|increas\w*"
    r"|decreas\w*|declin\w*|climb\w*|cut|reduc\w*|went|going|rais\w*|doubl\w*|lower\w*|surg\w*"
    r"|soar\w*|expand\w*|shr[aiu]nk\w*|swell\w*|swollen)\b[^.;]*\bfrom\s+\S*$"
)
DURATION_UNITS = frozenset({"year", "month", "week", "day", "hour", "minute", "second"})


@dataclass(frozen=True, slots=True)
class NumberPhrase:
    """A number as written.

    Attributes:
        start: First code point, bound and currency included.
        end: First code point after it, unit included.
        number: `[start, end)` of the bare number or numbers, e.g. "1.2 billion".
        amount: Its value in the unit as written ("mile", "t", "count", "USD").
        vague: Whether the words fix only an order of magnitude ("dozens").
    """

    start: int
    end: int
    number: tuple[int, int]
    amount: Amount
    vague: bool = False


def find_numbers(text: str) -> Iterator[NumberPhrase]:
    """Yield the number phrases of `text` from left to right, not overlapping.

    Ordinals, clock times, fractions of dates and numbers inside names
    ("AK-47") are not number phrases.
    """
    position = 0
    pattern = _phrase_pattern()
    while (match := pattern.search(text, position)) is not None:
        phrase = _phrase(match)
        if phrase is None:
            position = max(match.start("a") + 1, match.start() + 1)
            while (
                position < len(text) and text[position - 1].isdigit() and text[position].isdigit()
            ):
                position += 1
            continue
        yield phrase
        position = phrase.end


def number_value(words: str) -> tuple[float, bool] | None:
    """Return the value of one number and whether it is vague.

    Args:
        words: A number without bound and unit: "1.2 billion", "twenty-one", "dozens".

    Returns:
        `(value, vague)`; for a vague number the least value meant. None when
        `words` is no number.
    """
    words = re.sub(r"\s+", " ", words.strip().lower())
    if words in _VAGUE:
        return _VAGUE[words], True
    if match := re.fullmatch(r"(tens|dozens|scores|hundreds|thousands) of (\w+)s", words):
        least = {"tens": 20, "dozens": 24, "scores": 40}.get(match[1], 0) or _VAGUE[match[1]]
        return least * _SCALES[match[2]], True
    if match := re.fullmatch(r"(?:several|a few|few|many|a couple) (?:of )?(\w+)", words):
        return (24 if match[1] == "dozen" else 2 * _SCALES[match[1]]), True
    if words == "no":
        return 0, False
    if words in ("a pair", "a trio", "a quartet"):
        return {"a pair": 2, "a trio": 3, "a quartet": 4}[words], False
    words = re.sub(r"^(?:a )?half (?:a )?|^(?:a )?half-", "0.5 ", words)
    if match := re.fullmatch(r"(\S+) and a half (\w+)", words):
        whole = number_value(match[1])
        return None if whole is None else ((whole[0] + 0.5) * _SCALES[match[2]], False)
    if match := re.fullmatch(r"(?:a |one )?(.*?)\s?dozen", words):
        count = (1.0, False) if not match[1] else number_value(match[1])
        return None if count is None else (12 * count[0], False)
    if match := re.fullmatch(r"([\d.,]+(?:\s000)*)(?:\s*-?\s*([a-z]+))?", words):
        digits = match[1].replace(",", "").replace(" ", "")
        # A leading nought belongs to a telephone number, not to a figure.
        if digits.count(".") > 1 or not digits.strip(".") or re.match(r"0\d", digits):
            return None
        return round(float(digits) * _SCALES.get(match[2] or "", 1.0), 6), False
    if match := re.fullmatch(r"(?:a|one) (\w+)", words):
        return (_SCALES[match[1]], False) if match[1] in _SCALES else None
    try:
        return float(
            text2num(re.sub(r"^a ", "one ", words).replace("fourty", "forty"), "en")
        ), False
    except ValueError:
        return None


def _fraction(words: str) -> float | None:
    """Return a share in per cent: "two-thirds", "three in ten", "half"; else None."""
    words = re.sub(r"\s+", " ", words.lower())
    if match := re.fullmatch(r"(\S+) (?:in|out of) (?:every )?(\S+)", words):
        part, whole = number_value(match[1]), number_value(match[2])
        if part is None or whole is None or not 0 <= part[0] < whole[0]:
            return None
        # "213 in 2009" is a year, not a share.
        if whole[0] > 1000 or not whole[0] >= 2:
            return None
        return round(100 * part[0] / whole[0], 1)
    match = re.fullmatch(r"(?:(\w+)[- ])?(\w+)", words)
    if match is None or match[2] not in _FRACTIONS:
        return None
    count = number_value("one" if match[1] in (None, "a") else match[1])
    return None if count is None else round(100 * count[0] * _FRACTIONS[match[2]], 1)


@lru_cache(maxsize=1)
def _phrase_pattern() -> re.Pattern[str]:
    symbols = "|".join(re.escape(s) for s in sorted(currency_symbols(), key=len, reverse=True))
    nouns = "|".join(
        re.escape(n).replace(r"\ ", r"\s+") + r"\b"
        for n in sorted(currency_nouns(), key=len, reverse=True)
    )
    # Squares and speeds start with shorter units, so longer patterns go first.
    units = "|".join(
        f"(?:{_UNITS[u]})" for u in sorted(_UNITS, key=lambda u: len(_UNITS[u]), reverse=True)
    )
    bounds = "|".join(f"(?:{words})" for words in _BOUNDS.values())
    return re.compile(
        rf"(?<![\w/.])(?:(?P<bound>{bounds})\s+)?"
        rf"(?:(?P<between>between|ranging\s+from|anywhere\s+from|from\s+between)\s+)?"
        rf"(?P<money>(?-i:{symbols})\s?)?"
        rf"(?<!\w[-–:])(?<![\d.,:/#])(?P<a>{_NUMBER})(?P<plus>\+)?"
        rf"(?:(?P<joint>\s*[-–—]\s*|\s+(?:to|and|or)\s+(?:between\s+)?)"
        rf"(?P<money2>(?-i:{symbols})\s?)?(?P<b>{_NUMBER}))?"
        rf"(?:[-\s]?(?P<unit>{units})|[-\s](?P<noun>(?:of\s+)?(?:{nouns})))?"
        rf"(?:\s+(?P<post>or\s+more|and\s+more|or\s+so|or\s+less|or\s+fewer|or\s+higher)\b)?"
        rf"(?![\w/]|:\d|\.\d)",
        re.IGNORECASE,
    )


def _phrase(match: re.Match[str]) -> NumberPhrase | None:
    """Return the phrase of a match, shortened to its first number where it is no range."""
    text = match.string
    unit = _unit_of(match)
    share = _fraction(match["a"])
    first = (share, False) if share is not None else number_value(match["a"])
    if first is None:
        return None
    if share is not None:
        unit = "percent"
    low, vague = first
    start, number_end, end = match.start(), match.end("a"), match.end()
    bound: Bound = "about" if vague else _bound_of(match)
    high: float | None = low
    second = None if match["b"] is None or share is not None else number_value(match["b"])
    if match["b"] is not None:
        ranged = _range(match, low, second)
        if ranged is None:
            # "52 percent to 37", "6-1": two numbers; the second is found on its own.
            end = match.end("plus") if match["plus"] else match.end("a")
            unit = unit if share is not None else _unit_of_money(match)
        else:
            low, high = ranged
            bound, vague, number_end = "range", False, match.end("b")
    if match["between"] is not None and bound != "range":
        start = match.start("money") if match["money"] else match.start("a")
    post = match["post"]
    if post is not None and end == match.end():
        bound = _POST_BOUNDS[re.sub(r"\s+", " ", post.lower())]
    if match["plus"]:
        bound = "at_least"
    # "A thousand" is rounder than "one thousand".
    if bound == "exact" and re.match(
        r"(?:a|half)\b(?!.*\b(?:and|pair|trio|quartet)\b)", match["a"], re.I
    ):
        bound = "about" if share is None else bound
    if bound == "at_least" or vague:
        high = None
    least: float | None = low
    if bound == "at_most" and not vague:
        least, high = None, low
    if text[end : end + 1] == "-" and unit is None and text[end + 1 : end + 2].isdigit():
        return None
    return NumberPhrase(
        start,
        end,
        (match.start("a"), number_end),
        Amount(least, high, unit or "count", bound),
        vague,
    )


def _range(
    match: re.Match[str], low: float, second: tuple[float, bool] | None
) -> tuple[float, float] | None:
    """Return the two ends if the phrase is a range, else None."""
    if second is None or second[1]:
        return None
    high, joint = second[0], match["joint"].strip().lower()
    scale = re.search(r"[a-z]+$", match["b"].strip().lower())
    # "$1-2 million", "35 to 40,000": the scale belongs to both numbers.
    if (
        low < high
        and scale is not None
        and scale[0] in _SCALES
        and not re.search(r"[a-z]", match["a"], re.I)
    ):
        scaled = low * _SCALES[scale[0]]
        low = scaled if scaled < high else low
    elif (
        low < 1000 <= high
        and high % 1000 == 0
        and low * 1000 < high
        and match["b"].count(",") == 1
        and joint != "or"
    ):
        low *= 1000
    before = match.string[max(0, match.start("a") - 48) : match.start("a")].lower()
    if low >= high:
        return None
    if (
        joint.startswith("and")
        and match["between"] is None
        and not before.rstrip().endswith("between")
    ):
        return None
    if re.fullmatch(r"(?:19|20)\d\d", match["a"]) and "," in match["b"]:
        return None
    # "rose from 3 to 5" tells two figures, not one that lies between them.
    if joint == "to" and match["between"] is None and _CHANGE.search(before):
        return None
    return low, high


def _bound_of(match: re.Match[str]) -> Bound:
    words = match["bound"]
    if words is None:
        return "exact"
    return next(b for b, pattern in _BOUNDS.items() if re.fullmatch(pattern, words, re.IGNORECASE))


def _unit_of(match: re.Match[str]) -> str | None:
    if money := _unit_of_money(match):
        return money
    if match["unit"] is not None:
        return next(
            unit
            for unit, p in _UNITS.items()
            if re.match(rf"(?:{p})\Z", match["unit"], re.I)
            or (unit == "lb" and match["unit"].lower() in ("pound", "pounds"))
        )
    if match["noun"] is not None:
        noun = re.sub(r"\s+", " ", match["noun"].lower()).removeprefix("of ")
        return currency_nouns()[noun]
    return None


def _unit_of_money(match: re.Match[str]) -> str | None:
    symbol = match["money"] or match["money2"]
    if symbol is None:
        return None
    symbols = currency_symbols()
    return symbols.get(symbol.strip()) or symbols[symbol.strip().upper()]
