"""Read what stands before the first words of a story: place, day and agency.

"PORT SELVA, March 3 (Meridian Press) — The council ..." and "(THE TOWER) — ..."
say where the report comes from and are no part of its first sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from onrecord.read.agencies import looks_like_agency

_CAPS_WORD = r"[A-ZÀ-ÖØ-Þ](?:[A-ZÀ-ÖØ-Þ.'’]*[A-ZÀ-ÖØ-Þ.])"
_CAPS_PLACE = rf"{_CAPS_WORD}(?:[ /-]{_CAPS_WORD}){{0,5}}"
_MIXED_WORD = r"[A-ZÀ-ÖØ-Þ][\w.'’-]*"
_MIXED_PLACE = rf"{_MIXED_WORD}(?: (?:{_MIXED_WORD}|de|al|of|the)){{0,4}}"
_REGION = rf"(?:, {_MIXED_PLACE}){{0,2}}?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
_DAY = rf"(?:{_MONTH} \d{{1,2}}|\d{{1,2}} {_MONTH})(?:,? \d{{4}})?"
_AGENCY = r"\((?P<agency>[A-ZÀ-ÖØ-Þ][^()\n]{1,59})\)"
_DASH = r"(?:\s*[—–―]|\s*--|\s+[-_])\s*"
# What follows must look like the start of a sentence.
_START = r"(?=[\"'“‘(\[]*[A-ZÀ-ÖØ-Þ0-9$£€])"

_PREFIX = re.compile(
    rf"(?P<place>{_CAPS_PLACE}{_REGION})(?P<day>,? {_DAY})?(?: ?{_AGENCY})?"
    rf"(?P<dash>{_DASH}){_START}"
)
# In ordinary letters a place needs an agency or a day beside it, or it may be anything.
_MIXED_PREFIX = re.compile(
    rf"(?P<place>{_MIXED_PLACE}{_REGION})"
    rf"(?:(?P<day>,? {_DAY})(?: ?{_AGENCY})?|,? ?(?P<only>{_AGENCY.replace('agency', 'alone')}))"
    rf"(?P<dash>{_DASH}){_START}"
)
_AGENCY_PREFIX = re.compile(rf"{_AGENCY}(?P<dash>{_DASH}|\s*){_START}")
# Some outlets put their own acronym in brackets and no dash behind it.
_OWN_PREFIX = re.compile(r"\((?P<agency>[A-Z]{2,6})\) ?(?=[\"'“‘]*[A-Z])")
_BYLINE_PREFIX = re.compile(r"By (?:[\w.'’-]+,? ){2,14}?(?=[A-Z]{3})")
_COLON_PREFIX = re.compile(rf"(?P<place>{_CAPS_PLACE})(?P<dash>: ){_START}")
_LABELS = frozenset((
    "UPDATE", "UPDATED", "BREAKING", "WATCH", "VIDEO", "PHOTO", "PHOTOS", "FILE",
    "EXCLUSIVE", "ANALYSIS", "OPINION", "COMMENT", "CORRECTION", "EDITORIAL", "INTERVIEW",
    "REVIEW", "LIVE", "NOTE", "WARNING", "ALERT", "URGENT", "READ", "MORE", "FACTBOX",
    "EXPLAINER", "TIMELINE", "SPORT", "Q", "A", "Q&A", "DEVELOPING", "REPORT", "NEWS",
    "FACT", "CLAIM", "VERDICT", "PROFILE", "US", "U.S.", "UN", "U.N.", "EU", "UK", "NATO",
    "ISIS", "ISIL", "IS", "PKK", "CIA", "FBI", "WHO", "IMF",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Dateline:
    """What was found before the story's first words; code points of the paragraph.

    Attributes:
        place: The place as written, empty if none.
        place_end: End of place and day, 0 if there is no place.
        agency: The agency as written, empty if none.
        end: Where the story starts.
    """

    place: str
    place_end: int
    agency: str
    end: int


def find_dateline(paragraph: str, *, opens_story: bool) -> Dateline | None:
    """Return the dateline that `paragraph` starts with, or None.

    Args:
        paragraph: One paragraph of canonical text.
        opens_story: Whether it is the first of the story, where a bare "CAIRO —" is a
            dateline; further on only one with a day or an agency is.
    """
    if match := _AGENCY_PREFIX.match(paragraph):
        # A place may follow the agency: "(Meridian Press) PORT SELVA — ...".
        inner = find_dateline(paragraph[match.end() :], opens_story=True)
        if inner is not None and inner.place and not inner.agency:
            return Dateline(inner.place, 0, match["agency"], match.end() + inner.end)
        if match["dash"].strip():
            return Dateline("", 0, match["agency"], match.end())
    for pattern in (_PREFIX, _MIXED_PREFIX):
        match = pattern.match(paragraph)
        if match is None:
            continue
        groups = match.groupdict()
        agency = groups.get("agency") or groups.get("alone") or ""
        place = match["place"]
        if pattern is _MIXED_PREFIX and agency and not _agency_like(agency, match["day"]):
            continue
        if place.upper() in _LABELS or place.split(" ")[0] in _LABELS - {"A", "IS"}:
            continue
        told = bool(agency or match["day"] or ", " in place)
        if told or opens_story:
            cut = paragraph.index("(", match.end("place")) if agency else match.end()
            return Dateline(place, cut, agency, match.end())
    if opens_story and (match := _OWN_PREFIX.match(paragraph)):
        return Dateline("", 0, match["agency"], match.end())
    if opens_story and (match := _COLON_PREFIX.match(paragraph)):
        words = match["place"].split(" ")
        if len(words) <= 3 and not _LABELS.intersection(words) and len(match["place"]) > 3:
            return Dateline(match["place"], match.end(), "", match.end())
    return None


def byline_before_dateline(paragraph: str) -> int:
    """Return where the dateline starts that follows a byline in one line, else 0."""
    for match in _BYLINE_PREFIX.finditer(paragraph[:300]):
        found = find_dateline(paragraph[match.end() :], opens_story=False)
        if match.start() == 0 and found is not None and found.place:
            return match.end()
    return 0


def _agency_like(agency: str, day: str | None) -> bool:
    return bool(day) or looks_like_agency(agency.split("/")[0]) or agency[:1].isupper()
