"""Know news agencies by the names outlets give them."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

import yaml

# "Press", "News" and the like make an unknown name an agency's rather than a person's.
_TELLING_WORD = re.compile(
    r"\b(?:Press|Presse|News|Agency|Agence|Agencia|Agenzia|Newswire|Wires?|Services?|Times|Post|"
    r"Herald|Tribune|Gazette|Journal|Observer|Media|Radio|Television|TV|Broadcasting|Telegraph)\b"
)
_ACRONYM = re.compile(r"[A-Z]{2,6}")
_LONGEST_ACRONYM = 4


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    entries = yaml.safe_load(
        files("onrecord.resources").joinpath("agencies.yaml").read_text(encoding="utf-8")
    )
    return {
        _key(written): entry["name"]
        for entry in entries
        for written in (entry["name"], *entry["written"])
    }


def _key(name: str) -> str:
    return re.sub(r"^the\s+", "", " ".join(name.split()).casefold())


def known_agency(name: str) -> str:
    """Return the usual name of the agency written `name`, or an empty string.

    Args:
        name: As in a credit: "AP", "the Associated Press". Short forms of up to four
            letters count only in capitals.
    """
    stripped = name.strip()
    if len(stripped) <= _LONGEST_ACRONYM and not stripped.isupper():
        return ""
    return _names().get(_key(stripped), "")


def shown_name(name: str) -> str:
    """Return the name of an outlet or agency as people write it: "The Tower" for "THE TOWER"."""
    plain = " ".join(name.split())
    if known := known_agency(plain):
        return known
    if plain.isupper() and (" " in plain or len(plain) > _LONGEST_ACRONYM):
        return " ".join(_capitalised(word) for word in plain.split())
    return plain


def _capitalised(word: str) -> str:
    lowered = word.lower()
    return lowered if lowered in ("of", "and", "for", "in") else word[:1] + lowered[1:]


def looks_like_agency(name: str) -> bool:
    """Return whether `name` is a known agency or is built like the name of an outlet."""
    plain = name.strip()
    return bool(known_agency(plain) or _TELLING_WORD.search(plain) or _ACRONYM.fullmatch(plain))
