"""The words with which news tells time, as named shapes.

`annotate.times` scans sentences for these shapes and `resolve.times` reads the
very same ones, so whatever is found can be understood. A shape is a pattern
with named groups; text is matched without regard to case.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul",
            "august aug", "september sept sep", "october oct", "november nov", "december dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon", "tuesday tues tue", "wednesday wed", "thursday thurs thur thu",
            "friday fri", "saturday sat", "sunday sun",
        )
    )
    for name in names.split()
}  # fmt: skip
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
DECADE_WORDS = {
    "twenties": 20, "thirties": 30, "forties": 40, "fifties": 50, "sixties": 60, "seventies": 70,
    "eighties": 80, "nineties": 90,
}  # fmt: skip
# Zones that agencies print after a clock time: a region that changes its clocks, or
# hours ahead of UTC.
ZONES: dict[str, str | float] = {
    "gmt": 0.0, "utc": 0.0, "et": "America/New_York", "est": -5.0, "edt": -4.0,
    "ct": "America/Chicago", "cst": -6.0, "cdt": -5.0, "mt": "America/Denver",
    "pt": "America/Los_Angeles", "pst": -8.0, "pdt": -7.0, "bst": 1.0, "cet": 1.0, "cest": 2.0,
    "ist": 5.5,
}  # fmt: skip
HOLIDAYS = (
    r"new\s+year(?:'?s)?(?:'s)?\s+eve", r"new\s+year'?s\s+day", r"christmas\s+eve",
    r"christmas(?:\s+day)?", r"boxing\s+day", r"valentine'?s\s+day", r"may\s+day",
    r"bastille\s+day", r"halloween", r"thanksgiving(?:\s+day)?", r"good\s+friday",
    r"easter\s+sunday", r"easter\s+monday", r"easter", r"palm\s+sunday", r"ash\s+wednesday",
    r"black\s+friday", r"labou?r\s+day", r"memorial\s+day", r"martin\s+luther\s+king\s+day",
    r"veterans\s+day", r"armistice\s+day", r"epiphany", r"juneteenth", r"presidents'?\s+day",
    r"international\s+women'?s\s+day", r"super\s+tuesday", r"eid(?:\s+al-(?:fitr|adha))?",
    r"ramadan", r"diwali", r"yom\s+kippur", r"rosh\s+hashanah?", r"passover", r"nowruz",
)  # fmt: skip

_S = r"\s+"
_MONTH_FULL = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
)
_MONTH = rf"(?:{_MONTH_FULL}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WEEKDAY_ANY = rf"(?:{_WEEKDAY}|(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\b\.?)"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d|[.:,]\d\d|\s*(?:%|percent\b|per\s+cent\b))(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]\d\d|20\d\d)(?!\d|[,.]\d|%|-[a-z]|\s*(?:%|per\s?cent\b))"
_ONES = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
_TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_COUNT = (
    rf"(?:\d{{1,4}}|(?:{_TENS})(?:[-\s](?:{_ONES}))?|{_ONES}|sixteen|seventeen|eighteen|nineteen"
    r"|an?(?:\s+(?:single|full|further|whole))?|half\s+an?|a\s+couple(?:\s+of)?|several"
    r"|a\s+few|few|many|some)"
)
_UNIT = (
    r"(?:second|minute|hour|day|night|week|weekend|fortnight|month|quarter|year|decade"
    r"|century|centurie)s?"
)
_LONG_UNIT = r"(?:day|week|weekend|month|quarter|year|decade|century)"
_DAYPART = (
    r"(?:(?:early|late|mid-?)\s*)?(?:morning|afternoon|evening|night|noon|midday|midnight"
    r"|dawn|dusk)"
)
_ZONE = r"(?:local\s+time|gmt|utc|e[sd]?t|c[sd]?t|mt|p[sd]?t|bst|cest|cet|ist)\b"
_CLOCK = (
    r"(?:(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?\s?m\b\.?)"
    r"|(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?:\s?(?:hours|hrs))?"
    r"|(?P<hourword>midnight|noon|midday))"
    rf"(?:\s*\(?(?P<zone>{_ZONE})\)?)?"
)
_PART = (
    r"(?:(?:very\s+)?early(?:\s+(?:in|on))?|(?:very\s+)?late(?:\s+(?:in|on))?|mid-to-late|mid"
    r"|(?:beginning|start|onset|end|close|middle|turn)\s+of"
    r"|(?:first|second|latter)\s+half\s+of|(?:first|second|third|fourth|last|final)\s+quarter\s+of"
    r"|(?:first|last|final|opening|closing)\s+(?:days|weeks|months|years)\s+of)"
)
_RELATIVE = (
    r"(?:last|the\s+last|the\s+next|this\s+past|this\s+coming|this|next|the\s+past"
    r"|the\s+coming|the\s+previous|the\s+following|the\s+same|that\s+same|that"
    r"|the\s+current|the|past|coming)"
)
_OF_YEAR = (
    rf"(?:(?:,?\s+(?:of\s+|in\s+)?|,)(?P<year>{_YEAR})|,?\s+(?:of\s+)?(?P<relyear>(?:this"
    r"|last|next|that|the\s+same|the\s+following|the\s+previous)\s+year))"
)
# "late on", "the night of", "around 9 p.m. on": before a day; "night", "at 9 p.m.": after it.
_DAY_PREFIX = (
    r"(?:(?:(?:around|about|shortly\s+(?:before|after)|just\s+(?:before|after)"
    rf"|at)\s+)?{_CLOCK}(?:,)?(?:\s+on)?\s+"
    rf"|(?P<eve>(?:the\s+)?eve\s+of\s+)"
    r"|(?:the\s+)?(?:early\s+hours|intervening\s+night|night|morning|afternoon|evening"
    r"|early\s+morning)\s+(?:of|on)\s+(?:the\s+)?"
    r"|(?:early|late|earlier|later)(?:\s+(?:on|in))?\s+(?:the\s+(?:morning|night|evening"
    rf"|afternoon)\s+of\s+)?|{_DAYPART}\s+(?:on|of)\s+)?"
)
_CLOCK_AFTER = re.sub(r"\(\?P<(\w+)>", r"(?P<\1_a>", _CLOCK)
_DAY_SUFFIX = (
    rf"(?:,?\s+(?:in\s+the\s+|at\s+)?(?P<daypart>{_DAYPART})\b|,?\s+(?:at\s+|around\s+"
    rf"|about\s+)+{_CLOCK_AFTER})?"
)
_HOLIDAY = "|".join(HOLIDAYS)
_VAGUE_UNIT = r"(?:hours|days|weeks|months|years|decades|centuries)"


@dataclass(frozen=True, slots=True)
class Shape:
    """One way to write a time.

    Attributes:
        name: What the resolver dispatches on.
        pattern: Compiled pattern with the shape's named groups.
    """

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class ShapeMatch:
    """A stretch of text in one shape.

    Attributes:
        name: Name of the shape.
        start: First code point.
        end: First code point after it.
        groups: The shape's named groups that took part, lower case, white space single.
    """

    name: str
    start: int
    end: int
    groups: dict[str, str]


def _day(core: str) -> str:
    return _DAY_PREFIX + core + _DAY_SUFFIX


def _period(core: str) -> str:
    return (
        rf"(?:(?:the\s+)?(?:very\s+)?(?P<part>{_PART})[-\s]+(?:the\s+)?(?:months\s+of\s+)?)?" + core
    )


# Order breaks ties between shapes that match equally far: the more definite first.
_SHAPES: tuple[tuple[str, str], ...] = (
    ("iso", r"(?P<iso>\d{4}-\d\d-\d\d)(?:[T\s](?P<isotime>\d\d:\d\d(?::\d\d)?(?:Z"
        r"|[+-]\d\d:?\d\d)?))?"),
    ("numeric", r"(?P<first>\d{1,2})(?P<mark>[/.])(?P<second>\d{1,2})(?P=mark)(?P<year>(?:19"
    r"|20)\d\d)"),
    ("nine_eleven", r"9/11"),
    ("date", _day(
        rf"(?:(?P<weekday>{_WEEKDAY_ANY}),?\s+)?(?:the\s+)?(?P<month>{_MONTH})\s*(?P<day>{_DAY})"
        rf"(?:\s*(?:-|–|to|through|and|&|or)\s*(?P<day2>{_DAY})(?!\s*(?:{_MONTH_FULL})))?"
            rf"(?:{_OF_YEAR})?")),
    ("date", _day(
        rf"(?:(?P<weekday>{_WEEKDAY_ANY}),?\s+)?(?:the\s+)?(?P<day>{_DAY})"
        rf"(?:\s*(?:-|–|to|through|and|&|or)\s*(?P<day2>{_DAY}))?(?:\s+of)?\s+"
            rf"(?P<month>{_MONTH})(?:{_OF_YEAR})?")),
    ("weekday", _day(
        r"(?:(?P<rel>last|this\s+past|this\s+coming|this|next|the\s+previous|the\s+following"
            r"|the\s+same|that|the\s+next|past|coming)\s+)?"
        rf"(?P<weekday>{_WEEKDAY})(?P<possessive>'s)?(?:,?\s+(?:of\s+)?(?P<week>last\s+week"
            r"|this\s+week|next\s+week|week\b))?")),
    ("holiday", _day(rf"(?:(?P<yearbefore>{_YEAR})\s+|(?P<rel>last|this|next)\s+)?"
    rf"(?P<holiday>{_HOLIDAY})"
        rf"(?:,?\s+(?:of\s+|in\s+)?(?P<year>{_YEAR})|\s+(?P<relyear>(?:this|last"
        r"|next)\s+year))?")),
    ("today", _day(
        r"(?P<dayword>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday"
            r"|today|tomorrow"
        r"|tonight|overnight)")),
    ("daypart", r"(?:early\s+|late\s+|earlier\s+|later\s+)?(?P<rel>this|last|yesterday|tomorrow"
    r"|that"
        rf"|the\s+same|the\s+following|the\s+next|the\s+previous)\s+(?P<daypart>{_DAYPART})"),
    ("sameday", _day(r"(?:the\s+|that\s+)?(?P<dayrel>very\s+same|same|next|following|previous"
    r"|preceding"
        r"|that|this)\s+day\b")),
    ("quarter", r"(?:the\s+)?(?:q(?P<q>[1-4])|(?P<qword>first|second|third|fourth|last"
        rf"|final)[-\s]quarter)(?:{_OF_YEAR})"),
    ("month", _period(rf"(?:(?P<rel>{_RELATIVE})\s+)?(?P<month>{_MONTH})(?:{_OF_YEAR})?")),
    ("months", rf"(?P<month>{_MONTH})\s*(?:-|–|and|to|through)\s*"
    rf"(?P<month2>{_MONTH})(?:{_OF_YEAR})?"),
    ("season", _period(rf"(?:(?P<rel>{_RELATIVE})\s+)?(?P<season>spring|summer|autumn|fall"
    r"|winter)(?:,?\s+"
        rf"(?:of\s+)?(?P<year>{_YEAR})(?:[-–/](?P<year2>\d\d(?:\d\d)?))?|\s+(?:of\s+)?"
        r"(?P<relyear>(?:this|last|next)\s+year))?")),
    ("decade", _period(r"(?:the\s+)?(?:(?P<decade>(?:1[5-9]|20)\d0|'?[2-9]0)'?s\b|(?:(?P<century>19"
    r"|20)\s)?"
        r"(?P<decadeword>twenties|thirties|forties|fifties|sixties|seventies|eighties"
        r"|nineties))")),
    ("century", _period(r"(?:the\s+)?(?P<century>\d\d?(?:st|nd|rd|th)|nineteenth|twentieth"
    r"|twenty-first"
        r"|eighteenth)[-\s]century")),
    ("years", rf"(?P<year>{_YEAR})\s*(?:-|–|/)\s*'?(?P<year2>\d\d(?:\d\d)?)(?!\d|-)"),
    ("year", _period(r"(?:the\s+)?(?:(?:fiscal|calendar|financial)\s+)?(?:year\s+)?"
    rf"(?P<year>{_YEAR})"
        r"(?:\s+fiscal\s+year)?(?!\s?s\b|'s\b)")),
    ("sofar", r"(?:so\s+far\s+|thus\s+far\s+)(?P<rel>this)\s+(?P<unit>week|month|quarter|year"
        r"|decade)"),
    ("earlier", r"(?P<dir>earlier|later)\s+(?:(?:in|on)\s+)?(?P<rel>this|that|the\s+same|the|last"
        r"|next)?\s*(?P<unit>day|week|month|quarter|year|decade|today)"),
    ("window", r"(?:the\s+|this\s+|his\s+|her\s+|their\s+|its\s+)?(?P<rel>past|last|previous"
        r"|preceding|next|coming|following)\s+(?:(?:more\s+than|about|nearly|almost)\s+)?"
        rf"(?P<count>{_COUNT})(?:\s+and\s+a\s+half)?[-\s](?:or\s+so\s+)?(?P<unit>{_UNIT})"),
    ("relative", _period(rf"(?P<rel>{_RELATIVE})\s+(?P<unit>{_LONG_UNIT})\b")),
    ("ago", r"(?P<bound>(?:slightly\s+|just\s+|a\s+little\s+)?(?:more\s+than|over|at\s+least)"
        r"|less\s+than|under|about|around|some|nearly|almost|roughly|approximately|just|only"
        rf"|exactly)?\s*(?P<count>{_COUNT})(?P<halfmore>\s+and\s+a\s+half)?\s+(?P<unit>{_UNIT})"
        r"(?P<halfafter>\s+and\s+a\s+half)?\s+(?:ago|back)(?:\s+(?P<weekday>today"
        rf"|{_WEEKDAY}))?(?!\s+(?:in|to|at|home|up|on)\b(?<=back))"),
    ("vagueago", r"(?:(?:only|just)\s+)?(?P<unit>hours|days|weeks|months|years|decades"
    r"|centuries)\s+"
        r"(?:ago|earlier|later|before|after(?:ward)?s?)(?:\s+that)?"),
    ("offset", r"(?:(?P<bound>more\s+than|over|less\s+than|about|around|some|nearly|almost|just"
    r"|only"
        rf"|roughly|approximately)\s+)?(?P<count>{_COUNT})(?:\s+and\s+a\s+half)?\s+"
        rf"(?P<unit>{_UNIT})\s+(?P<dir>earlier|before|previously|prior(?:\s+to)?|later|after"
        r"|afterwards?|following|hence|from\s+now|from\s+today)\b"),
    ("inperiod", r"(?P<prep>in|within)\s+(?:(?:less\s+than|under|about|around|the\s+next)\s+)?"
        rf"(?P<count>{_COUNT})\s*[-\s](?P<unit>{_UNIT})(?:'s?\s+time|\s+of\s+time)?"),
    ("everytime", r"(?:every|each)\s+(?:day|night|week|weekend|month|year|morning|evening|(?:mon"
    r"|tues"
        r"|wednes|thurs|fri|satur|sun)day|spring|summer|autumn|fall|winter)|daily|weekly"
        r"|monthly|annually|yearly"),
    ("weekend", r"(?:the|all)\s+weekend"),
    ("recent", r"recently|lately|(?:recent|coming|past|subsequent|ensuing"
    rf"|previous)\s+{_VAGUE_UNIT}|"
        r"(?:the\s+)(?:past|last|coming|next|previous|following|recent"
        rf"|intervening)\s+{_VAGUE_UNIT}|(?:the\s+)?(?:last|past|next|coming)\s+(?:several|few"
        rf"|many)\s+{_VAGUE_UNIT}|nowadays|currently|at\s+the\s+(?:moment|time)|at\s+present"
        r"|at\s+that\s+time"),
    ("clock", rf"(?:(?:around|about)\s+)?{_CLOCK}"),
    ("duration", r"(?:(?:more\s+than|less\s+than|over|about|around|some|nearly|almost|at\s+least"
        rf"|up\s+to|roughly|approximately)\s+)?(?P<count>{_COUNT})(?:\s+and\s+a\s+half"
        rf"|\s+or\s+\w+)?[-\s](?P<unit>{_UNIT})\b"),
)  # fmt: skip

# What a sentence, `lowered`, must hold to tell a time at all; spares most the full scan.
TIME_HINT = re.compile(
    r"\d{4}|\d[/.:]\d|day|night|week|month|year|quarter|decade|century|hour|minute|season|today"
    r"|tomorrow|morrow|morning|evening|noon|dawn|dusk|lately|recently|currently|present|moment|time|\d\d?'?s\b|ties\b"
    r"|spring|summer|autumn|fall|winter|easter|christmas|halloween|ramadan|diwali|eid|eve\b|[ap]\.?\s?m"
    r"|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|fortnight|thanksgiving|passover|nowruz|epiphany"
    r"|juneteenth|9/11|weekend|kippur|hashana"
)
BEFORE_WORDS = r"(?:shortly\s+|just\s+)?before|prior\s+to|ahead\s+of"
AFTER_WORDS = r"(?:shortly\s+|just\s+|soon\s+)?after|following"
UNTIL_WORDS = r"not\s+until|until|till|'?til|by|through"
SINCE_WORDS = (
    r"ever\s+since|since|starting(?:\s+(?:from|on|in))?|beginning(?:\s+(?:on|in))?|as\s+of|from"
)


@lru_cache(maxsize=1)
def shapes() -> tuple[Shape, ...]:
    """Return all shapes, compiled once a process."""
    return tuple(
        Shape(name, re.compile(rf"(?<![\w$€£])(?:{pattern})(?![\w])", re.IGNORECASE))
        for name, pattern in _SHAPES
    )


def plain(text: str) -> str:
    """Return `text` with straight apostrophes and plain spaces, offsets unchanged."""
    return text.translate(_PLAIN)


def lowered(text: str) -> str:
    """Return `text` in lower case, offsets unchanged; patterns find their way in it far faster."""
    lower = text.lower()
    return lower if len(lower) == len(text) else "".join(map(_lower_letter, text))


def _lower_letter(letter: str) -> str:
    lower = letter.lower()
    return lower if len(lower) == 1 else letter


def may_begin(lower: str, position: int) -> bool:
    """Return whether `match_at` may find a shape in the text of which `lower` is `lowered`."""
    return _any_shape().match(lower, position) is not None


@lru_cache(maxsize=1)
def _any_shape() -> re.Pattern[str]:
    """Return what matches lower-case text wherever one of the shapes does."""
    # A name may stand once in a pattern; what refers back to one may be anything here.
    patterns = (
        _LETTER.sub(
            lambda found: found[0].lower() if len(found[0]) == 1 else found[0],
            _NAMED_GROUP.sub("(?:", _REFERENCE.sub(r"\\S+?", pattern)),
        )
        for _, pattern in _SHAPES
    )
    return re.compile(rf"(?<![\w$€£])(?:{'|'.join(patterns)})(?![\w])")


def match_at(text: str, position: int, *, without: str = "") -> ShapeMatch | None:
    """Return the longest shape of `plain(text)` that starts at `position`, or None.

    Args:
        text: Plain text.
        position: Code point to start at.
        without: Name of a shape to leave out.
    """
    best: tuple[str, re.Match[str]] | None = None
    for shape in shapes():
        if shape.name == without:
            continue
        match = shape.pattern.match(text, position)
        if match is not None and (best is None or match.end() > best[1].end()):
            best = shape.name, match
    return None if best is None else _shape_match(*best)


def read_whole(text: str) -> list[ShapeMatch]:
    """Return every shape that covers all of `plain(text)`, the more definite first."""
    return [
        _shape_match(shape.name, match)
        for shape in shapes()
        if (match := shape.pattern.fullmatch(text)) is not None
    ]


def _shape_match(name: str, match: re.Match[str]) -> ShapeMatch:
    groups = {
        key: re.sub(r"\s+", " ", value.lower())
        for key, value in match.groupdict().items()
        if value is not None
    }
    return ShapeMatch(name, match.start(), match.end(), groups)


_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_REFERENCE = re.compile(r"\(\?P=\w+\)")
_LETTER = re.compile(r"\\.|[A-Z]")  # The letter behind a backslash says which kind is meant.
_PLAIN = str.maketrans({"’": "'", "‘": "'", "`": "'", "\u00a0": " ", "\u202f": " ", "\n": " "})
