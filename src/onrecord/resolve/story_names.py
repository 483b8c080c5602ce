"""Read the names in a report's first lines, as words: what tells its story from others.

Identity joins the actors of a whole record with care and so joins few; a town
or a union that two reports name is one word in both, whoever it is taken for.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

from yaml import safe_load

from onrecord.annotate.knowledge import country_of, demonym_country

_CAPITALISED = re.compile(r"(?<![\w'’.-])[A-Z][\w'’-]+")
_LOWER = re.compile(r"(?<![\w'’-])[a-z][\w'’-]+")
_SHORTEST = 3
# What stands behind these begins a sentence, and has its capital from there.
_OPENERS = '.!?:"“”—–-(\n'
_WORDS: dict[str, list[str]] = safe_load(
    files("onrecord").joinpath("resources", "comparing.yaml").read_text("utf-8")
)
_EVERYWHERE = frozenset(_WORDS["common"]) | frozenset(_WORDS["named_everywhere"])


@lru_cache(maxsize=65536)
def story_names(title: str, lead: str) -> frozenset[str]:
    """Return the words, in lower case, that the first lines of a report write as names.

    Countries, months, titles and the like are left out: they are in too many
    stories. The headline does not count, since many have a capital on every word.

    Args:
        title: Headline.
        lead: First lines; they may begin with the headline.
    """
    text = lead.removeprefix(title) if title else lead
    lower: set[str] | None = None
    found = set()
    for match in _CAPITALISED.finditer(text):
        word = _bare(match[0])
        if len(word) < _SHORTEST or word in _EVERYWHERE:
            continue
        before = text[: match.start()].rstrip(" ")
        if not before or before[-1] in _OPENERS:
            # "Gunmen opened fire": no name when the text also has it without a capital.
            if lower is None:
                lower = {_bare(other) for other in _LOWER.findall(text)}
            if word in lower:
                continue
        if not _is_national(match[0]):
            found.add(word)
    return frozenset(found)


def _bare(word: str) -> str:
    return word.replace("’", "'").removesuffix("'s").lower()


@lru_cache(maxsize=16384)
def _is_national(word: str) -> bool:
    word = word.replace("’", "'").removesuffix("'s")
    return country_of(word) is not None or demonym_country(word) is not None
