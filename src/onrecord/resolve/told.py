"""Decide whether a report really gives two names for one thing.

Readers of relations mistake what stands near for what is meant: the body in a
list with an acronym behind it, the actor in brackets behind a role, the agency
that took the photograph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from anyascii import anyascii

from onrecord.model.annotation import Relation
from onrecord.model.span import Span
from onrecord.read.agencies import known_agency
from onrecord.resolve.names import acronym_fits, is_acronym, words_of

_CUE = re.compile(
    r"\b(?:known as|called|aka|a\.k\.a|alias|nicknamed|dubbed|formerly|previously|or|nom de guerre|"
    r"real name|born|abbreviated|short for|meaning|translated|renamed|rebranded)\b",
    re.IGNORECASE,
)
# More words than this between two names, and they belong to different phrases.
_FARTHEST = 8


def is_alias(text: str, relation: Relation, names: Iterable[Span]) -> bool:
    """Return whether `relation` ties two names of one thing.

    Args:
        text: The document's text.
        relation: An "also_known_as" relation.
        names: Spans of all names in the document.
    """
    first, second = sorted((relation.subject, relation.object))
    one, other = text[first.start : first.end], text[second.start : second.end]
    between = Span(first.end, second.start) if first.end < second.start else None
    gap = text[between.start : between.end] if between else ""
    cue = _CUE.search(gap) or _CUE.search(text[relation.evidence.start : relation.evidence.end])
    for short, long in ((one, other), (other, one)):
        if not is_acronym(short) or is_acronym(long):
            continue
        if acronym_fits(short, long):
            return True
        if any(
            name not in (first, second) and acronym_fits(short, text[name.start : name.end])
            for name in names
        ):
            return False
        if known_agency(short) and not spells(short, long):
            return False
        if spells(short, long):
            return len(gap.split()) <= _FARTHEST
    inside = between is not None and any(between.contains(name) for name in names)
    if cue is not None:
        return not inside and len(gap.split()) <= _FARTHEST
    if len(words_of(other)) > 1 and not set(words_of(one)) & set(words_of(other)):
        # "The Captain (Ada Quill)" tells who plays the part.
        return False
    return not inside and len(gap.split()) <= 1


def spells(acronym: str, name: str) -> bool:
    """Return whether the letters of `acronym` stand in `name` in order, the first at its start.

    Short forms need not be initials: "KorTel" of Korean Television, "AfG" of Alternative for G.
    """
    letters = re.sub(r"[^a-z]", "", anyascii(acronym).lower())
    rest = re.sub(r"[^a-z]", "", anyascii(name).lower())
    if not letters or not rest.startswith(letters[0]):
        return False
    at = 0
    for letter in letters:
        at = rest.find(letter, at) + 1
        if at == 0:
            return False
    return True
