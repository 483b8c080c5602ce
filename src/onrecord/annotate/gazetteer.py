"""Places by name: a compact extract of GeoNames, loaded on the first question.

Holds towns of 15,000 people and more, first-level divisions, countries,
well-known regions and sites. Compiled by `resources/compile_gazetteer.py`.
"""

from __future__ import annotations

import gzip
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import cast

from onrecord.model.actor import PlaceKind

_FILE = "gazetteer.tsv.gz"
_DROPPED = str.maketrans(dict.fromkeys("'’‘`ʼʻʿʾ.", ""))
# Letters that Unicode does not take apart into a base letter and an accent.
_PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ð": "d", "ħ": "h", "æ": "ae", "œ": "oe", "ß": "ss", "ı": "i"}
    | {"ə": "a", "þ": "th", "-": " ", "–": " ", "/": " "}
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One place of the gazetteer.

    Attributes:
        name: Usual name.
        kind: Precision level.
        country: ISO 3166 alpha-3, empty where several or none.
        admin1: Name of the first-level division, empty if unknown.
        lat: Degrees north, None if unknown.
        lon: Degrees east, None if unknown.
        population: People, 0 if unknown.
        geonames_id: GeoNames identifier, None if it has none here.
        is_main_name: Whether the name looked up is the usual one, not an alternate.
    """

    name: str
    kind: PlaceKind
    country: str
    admin1: str
    lat: float | None
    lon: float | None
    population: int
    geonames_id: int | None
    is_main_name: bool = True


class Gazetteer:
    """Look places up by name.

    Args:
        lines: What the compile script writes: one place a line, an empty line,
            then the sorted index of folded names.
    """

    def __init__(self, lines: list[str]) -> None:
        gap = lines.index("")
        self._places = lines[:gap]
        # Sorted lines are searched by halves: building a dictionary of 110,000
        # names would cost more than all the questions one article asks.
        self._index = lines[gap + 1 :]

    def __len__(self) -> int:
        return len(self._places)

    def find(self, name: str) -> tuple[Entry, ...]:
        """Return the places called `name`, in no particular order; empty if none."""
        numbers = self._numbers(place_key(name))
        return tuple(_entry(self._places[int(n.lstrip("="))], n[0] == "=") for n in numbers)

    def has(self, name: str) -> bool:
        """Return whether any place is called `name`."""
        return bool(self._numbers(place_key(name)))

    def _numbers(self, key: str) -> list[str]:
        wanted = f"{key}\t"
        at = bisect_left(self._index, wanted)
        if not key or at == len(self._index) or not self._index[at].startswith(wanted):
            return []
        return self._index[at][len(wanted) :].split(",")


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """Return the bundled gazetteer, loaded once a process (under 0.1 s)."""
    packed = (files("onrecord") / "resources" / _FILE).read_bytes()
    return Gazetteer(gzip.decompress(packed).decode("utf-8").split("\n"))


def place_key(name: str) -> str:
    """Return `name` as names of places are compared: no case, accents, apostrophes, hyphens."""
    plain = name.casefold().translate(_PLAIN).translate(_DROPPED)
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain)
        plain = "".join(letter for letter in apart if not unicodedata.combining(letter))
    words = plain.split()
    if words and words[0] == "the" and len(words) > 1:
        words = words[1:]
    # "Saint" and "St." are one.
    return " ".join("saint" if word == "st" else word for word in words)


def _entry(row: str, is_main_name: bool) -> Entry:
    name, kind, country, admin1, lat, lon, population, geonames_id = row.split("\t")
    return Entry(
        name=name,
        kind=cast(PlaceKind, kind),
        country=country,
        admin1=admin1,
        lat=float(lat) if lat else None,
        lon=float(lon) if lon else None,
        population=int(population),
        geonames_id=int(geonames_id) if geonames_id else None,
        is_main_name=is_main_name,
    )
