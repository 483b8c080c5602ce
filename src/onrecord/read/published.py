"""Read a publication time as metadata gives it, and say how much of it is known.

Only unambiguous forms count: "03/04/2018" is a day in March for some and in
April for others, so it stays unread rather than be guessed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

from onrecord.model.document import PublishedPrecision

_ISO_PART = re.compile(r"(\d{4})(?:[-/.](\d{1,2})(?:[-/.](\d{1,2}))?)?")
_COMPACT_DAY = re.compile(r"(?:19|20)\d{6}")
_EPOCH = re.compile(r"\d{10}(?:\d{3})?")
_SLASHED_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_WORDED = ("%B %d %Y", "%d %B %Y", "%b %d %Y", "%d %b %Y")
_WEEKDAY = re.compile(
    r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+", re.I
)
_ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")


@dataclass(frozen=True, slots=True)
class Published:
    """When a report was published.

    Attributes:
        at: The instant, or the start of the day, month or year; UTC.
        precision: How much of it is known.
    """

    at: datetime
    precision: PublishedPrecision


def published_from(value: object) -> Published | None:
    """Return the publication time that a metadata value gives.

    Args:
        value: A datetime, a date, or text: ISO 8601, RFC 822 (feeds), "March 3, 2024",
            "20240303", or seconds or milliseconds since 1970. A time without a zone is
            taken as UTC. Midnight counts as a day: that is how tables write days.

    Returns:
        The time, or None when the value does not fix one.
    """
    if isinstance(value, datetime):
        return _instant(value)
    if isinstance(value, date):
        return Published(datetime(value.year, value.month, value.day, tzinfo=UTC), "day")
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    text = str(value).strip()
    try:
        return _from_text(text)
    except (ValueError, OverflowError, OSError):
        return None


def _from_text(text: str) -> Published | None:
    if match := _ISO_PART.fullmatch(text):
        year, month, day = match.groups()
        at = datetime(int(year), int(month or 1), int(day or 1), tzinfo=UTC)
        return Published(at, "day" if day else "month" if month else "year")
    if _COMPACT_DAY.fullmatch(text):
        at = datetime(int(text[:4]), int(text[4:6]), int(text[6:]), tzinfo=UTC)
        return Published(at, "day")
    if _EPOCH.fullmatch(text.removesuffix(".0")):
        seconds = int(text[:10])
        return Published(datetime.fromtimestamp(seconds, UTC), "instant")
    if match := _SLASHED_DAY.fullmatch(text):
        return _unambiguous_day(*map(int, match.groups()))
    return _iso(text) or _rfc822(text) or _worded(text)


def _iso(text: str) -> Published | None:
    # "2018-01-05 06:10:00 UTC" and a "T" between slashes are common near misses.
    plain = re.sub(r"\s*(?:UTC|GMT|Z)$", "+00:00", text)
    plain = re.sub(r"^(\d{4})/(\d{2})/(\d{2})", r"\1-\2-\3", plain)
    plain = re.sub(r"\s+([+-]\d{2}:?\d{2})$", r"\1", plain)
    try:
        return _instant(datetime.fromisoformat(plain))
    except ValueError:
        return None


def _rfc822(text: str) -> Published | None:
    if not re.search(r"\d:\d", text):
        return None
    try:
        return _instant(parsedate_to_datetime(text))
    except (ValueError, TypeError):
        return None


def _worded(text: str) -> Published | None:
    plain = _ORDINAL.sub("", _WEEKDAY.sub("", text)).replace(",", " ").replace(".", " ")
    plain = re.sub(r"\bSept\b", "Sep", " ".join(plain.split()))
    for form in _WORDED:
        try:
            return Published(datetime.strptime(plain, form).replace(tzinfo=UTC), "day")
        except ValueError:
            continue
    for form in ("%B %Y", "%b %Y"):
        try:
            return Published(datetime.strptime(plain, form).replace(tzinfo=UTC), "month")
        except ValueError:
            continue
    return None


def _unambiguous_day(first: int, second: int, year: int) -> Published | None:
    if first > 12 or first == second:
        return Published(datetime(year, second, first, tzinfo=UTC), "day")
    if second > 12:
        return Published(datetime(year, first, second, tzinfo=UTC), "day")
    return None


def _instant(at: datetime) -> Published:
    # Tables and sites write a bare day as midnight, with or without a zone; a report
    # that really went out at 00:00:00.0 loses nothing but the hour.
    if (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0):
        return Published(datetime(at.year, at.month, at.day, tzinfo=UTC), "day")
    if at.tzinfo is None:
        at = at.replace(tzinfo=UTC)
    return Published(at.astimezone(UTC), "instant")
