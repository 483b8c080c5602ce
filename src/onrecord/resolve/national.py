"""Tell nations apart by name: a country, its government and its people are three actors.

A land or people within a state is not the state: Scotland is not the United
Kingdom, the Rohingya are not the people of Myanmar.
"""

from __future__ import annotations

from onrecord.annotate.knowledge import (
    capital_country,
    country_of,
    government_seat,
    nation_code,
    people_of,
)
from onrecord.model.annotation import MentionKind

_GOVERNMENT_WORDS = frozenset({"government", "regime", "administration", "state", "authorities"})
_ARTICLES = ("the ", "The ", "THE ")


def national_key(name: str, kind: MentionKind) -> tuple[str, str] | None:
    """Return what part of which nation a name denotes, None for other names.

    Args:
        name: As written, with or without article.
        kind: What it is taken for; only countries, governments and peoples have a key.

    Returns:
        The part ("country", "government", "people") and the code of the nation, as
        `nation_code` gives it. Names with different keys never denote one actor.
    """
    plain = without_article(name)
    if kind == "country":
        code = nation_code(plain) if country_of(plain) else None
        return ("country", code) if code else None
    if kind == "people":
        code = nation_code(plain) if people_of(plain) is not None else None
        return ("people", code) if code else None
    if kind == "government":
        code = government_seat(plain) or capital_country(plain) or nation_code(plain)
        words = plain.replace("’s", "").replace("'s", "").split()
        if not code and len(words) >= 2 and words[-1].lower() in _GOVERNMENT_WORDS:
            code = nation_code(" ".join(words[:-1]))
        return ("government", code) if code else None
    return None


def country_of_nation(code: str) -> str:
    """Return the alpha-3 code of the state of a nation, empty if it has none."""
    return code.partition("-")[0]


def without_article(name: str) -> str:
    """Return a name without "the" in front."""
    for article in _ARTICLES:
        if name.startswith(article):
            return name.removeprefix(article)
    return name
