"""Recognise what a page puts around a story: teasers, sharing, captions' counters, rights.

A line counts as boilerplate only as a whole; inside a paragraph only forms
that no sentence uses are taken out. When in doubt the words stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

import yaml

from onrecord.read.agencies import known_agency

_LONGEST_LINE = 300


def _patterns(kind: str, flags: re.RegexFlag) -> re.Pattern[str]:
    source = files("onrecord.resources").joinpath("boilerplate.yaml")
    return re.compile("|".join(yaml.safe_load(source.read_text("utf-8"))[kind]), flags)


_WHOLE = _patterns("whole", re.IGNORECASE)
_INLINE = _patterns("inline", re.NOFLAG)
_TIME_LABEL = re.compile(
    r"(?:(?:first |last |date )?(?:published|updated|posted|modified|created|released|date)"
    r"(?: on| at)?|as of)\b[\s:|,]*",
    re.IGNORECASE,
)
_TIME_WORD = (
    r"(?:\d{1,4}(?:st|nd|rd|th)?|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}|\d{1,2}[:.]\d{2}(?::\d{2})?"
    r"|[ap]\.?m\.?|\d{1,2}(?:[:.]\d{2})?[ap]\.?m\.?"
    r"|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
    r"|(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?|gmt|utc|e[sd]?t|p[sd]t|c[es]s?t|bst|ist|at|on|ago"
    r"|hours?|days?|minutes?|mins?|hrs?|yesterday|today|o.clock|updated:?|published:?|\d{4}-\d\d-\d\dt\S+)"
)
_TIMES = re.compile(rf"{_TIME_WORD}(?:[\s,|•·/–-]+{_TIME_WORD}){{0,14}}", re.IGNORECASE)
_CLOCK_OR_MONTH = re.compile(
    r"\d[:.]\d\d|\bago\b|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? ?\d|"
    r"\d(?:st|nd|rd|th)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)|\d[/.-]\d{1,2}[/.-]\d",
    re.IGNORECASE,
)
_PHOTO_CREDIT = re.compile(r"(?<=[.!?\"”’])\s*\((?:[^()/\n]{2,60}/)?([^()/\n]{2,30}?)\s?\)")
_COUNTER = re.compile(r"(?<!\S)(\d{1,3})/(\d{1,3})(?= [A-Z@(])")
_LEAST_COUNTERS = 3


def is_boilerplate(line: str) -> bool:
    """Return whether all of `line` is furniture of the page, no part of the story."""
    return len(line) <= _LONGEST_LINE and (
        _WHOLE.fullmatch(line) is not None or _is_time_stamp(line)
    )


def inline_boilerplate(line: str) -> Iterator[tuple[int, int]]:
    """Yield `(start, end)` of boilerplate within a paragraph; may overlap, not in order."""
    for match in _INLINE.finditer(line):
        if match.group():
            yield match.span()
    for match in _PHOTO_CREDIT.finditer(line):
        if known_agency(match[1]) or "/" in match.group():
            yield match.span()
    yield from _counters(line)


def _counters(line: str) -> Iterator[tuple[int, int]]:
    """Yield the counters of a picture series ("1/8 ... 2/8 ..."), not a lone "9/11"."""
    found = list(_COUNTER.finditer(line))
    totals = [match[2] for match in found]
    for match in found:
        if totals.count(match[2]) >= _LEAST_COUNTERS and int(match[1]) <= int(match[2]):
            yield match.span()


def _is_time_stamp(line: str) -> bool:
    label = _TIME_LABEL.match(line)
    rest = line[label.end() :] if label else line
    rest = re.sub(r"\s*\([A-Z][\w ]{1,30}\)$", "", rest)
    if _TIMES.fullmatch(rest.strip(" .|")) is None:
        return False
    return label is not None or _CLOCK_OR_MONTH.search(rest) is not None
