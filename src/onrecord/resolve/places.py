"""Look place names up in the gazetteer: by what holds them, by context, by size.

A name the gazetteer does not know stays unknown; it is never bent to the
nearest spelling. "Northern Iraq" is a region of Iraq, not the country.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from onrecord.annotate import knowledge
from onrecord.annotate.gazetteer import Entry, Gazetteer, load_gazetteer, place_key
from onrecord.model.actor import Place, PlaceKind
from onrecord.model.identifier import content_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_DESCRIPTION = re.compile(
    r"^(?:the |a |an )?(?:[\w-]+ ){0,3}?(?P<noun>city|town|village|province|state|district|"
    r"governorate|region|port|county|suburb|island|capital|emirate|prefecture) of (?=[A-Z])"
)
_NOUN_BEHIND = re.compile(
    r"\s(?P<noun>city|town|village|province|state|district|governorate|region|county|oblast|"
    r"prefecture|area|City|Town|Village|Province|State|District|Governorate|Region|County|Oblast)$"
)
_WORD = re.compile(r"[^\W\d_](?:[\w.'’-]*[\w])?\.?")
_TOWN_NOUNS = frozenset(["city", "town", "village", "port", "suburb", "capital"])
_PROVINCE_NOUNS = frozenset(
    ["province", "state", "governorate", "oblast", "prefecture", "emirate", "region"]
)
_SMALL_DIVISIONS = frozenset(["county", "district"])
_IN_CONTEXT = 3.0
_CAPITAL = 2.0
_CURATED = 7.5
_COUNTRY = 12.0
_ALTERNATE = -1.5
# A town that small is only believed under an alternate name when its country is in the news.
_SMALL = 100_000


def resolve_place(
    name: str, *, context_countries: Sequence[str] = (), gazetteer: Gazetteer | None = None
) -> Place:
    """Return the place called `name`.

    Args:
        name: As written: "Mosul", "Reno, Nev.", "northern Iraq", "the city of Basra".
        context_countries: Alpha-3 codes of countries the report speaks of, most named
            first; they decide between places of one name before population does.
        gazetteer: Where to look; the bundled one by default.

    Returns:
        The place; of kind `unknown` with an id made of its name when no entry fits.
    """
    gazetteer = load_gazetteer() if gazetteer is None else gazetteer
    name = _clean(name)
    inner, *outer = [part.strip() for part in name.split(",") if part.strip()] or [name]
    part, whole = _split_part(inner)
    if part and not gazetteer.has(inner):
        return _part_of(inner, resolve_place(
            ", ".join([whole, *outer]), context_countries=context_countries, gazetteer=gazetteer
        ))  # fmt: skip
    wanted, bare = _wanted_kind(inner)
    entries = list(gazetteer.find(inner))
    if not entries and bare != inner:
        entries = list(gazetteer.find(bare))
    else:
        wanted = "" if entries and wanted in _TOWN_NOUNS else wanted
    country = ""
    if outer:
        entries, country = _held(entries, outer, gazetteer)
    if wanted in _PROVINCE_NOUNS:
        entries = [e for e in entries if e.kind in ("province", "region")] or entries
    elif wanted in _TOWN_NOUNS:
        entries = [e for e in entries if e.kind == "town"] or entries
    elif wanted in _SMALL_DIVISIONS:
        entries = [e for e in entries if e.kind in ("district", "province")]
    best = _best(entries, context_countries, has_container=bool(outer))
    return _unknown(name, country) if best is None else _place(best)


def context_countries(names: Iterable[str]) -> tuple[str, ...]:
    """Return the countries that words of a report point to, most often named first.

    Args:
        names: Names and adjectives as written: "Iraq", "Iraqi", "Baghdad", "Kremlin".
    """
    counts: Counter[str] = Counter()
    for name in names:
        code = (
            knowledge.country_of(name)
            or knowledge.demonym_country(name)
            or knowledge.capital_country(name)
            or knowledge.government_seat(name)
        )
        state = knowledge.us_state(name)
        if state is not None and code is None:
            code = "USA"
        land = knowledge.territory_of(name)
        if code is None and land is not None:
            code = land.country
        # The name in question must not decide for itself: Georgia, Tripoli, Santiago.
        if code is not None and not _is_shared(name):
            counts[code] += 1
    return tuple(code for code, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def countries_in(text: str) -> tuple[str, ...]:
    """Return the countries that the words of `text` point to, most often named first."""
    words = [re.sub(r"['’]s?$", "", word) for word in _WORD.findall(text)]
    named = [word for word in words if word[:1].isupper()]
    pairs = (f"{a} {b}" for a, b in pairwise(words) if a[:1].isupper() and b[:1].isupper())
    return context_countries([*named, *pairs])


@lru_cache(maxsize=4096)
def _is_shared(name: str) -> bool:
    """Return whether places of several countries bear `name`, none of them far greater."""
    if not name[:1].isupper() or knowledge.demonym_country(name) is not None:
        return False
    entries = [e for e in load_gazetteer().find(name) if e.is_main_name and e.population > _SMALL]
    return len({entry.country for entry in entries}) > 1


def _clean(name: str) -> str:
    name = re.sub(r"['’]s?$", "", " ".join(name.split()))
    return _DESCRIPTION.sub("", name) or name


def _split_part(name: str) -> tuple[str, str]:
    words = name.split()
    if words and words[0].lower() == "the":
        words = words[1:]
    if len(words) > 1 and knowledge.is_place_part(words[0]):
        return words[0], " ".join(words[1:])
    return "", name


def _wanted_kind(name: str) -> tuple[str, str]:
    match = _NOUN_BEHIND.search(name)
    if match is None:
        return "", name
    return match["noun"].lower(), name[: match.start()]


def _held(
    entries: list[Entry], outer: Sequence[str], gazetteer: Gazetteer
) -> tuple[list[Entry], str]:
    """Keep the entries that lie in every container; return them and the container's country."""
    country = ""
    for container in outer:
        code = knowledge.country_of(container)
        state = knowledge.us_state(container)
        in_state = [e for e in entries if state is not None and e.admin1 == state]
        if state is not None and (in_state or code is None):
            entries, country = in_state, "USA"
            continue
        if code is not None:
            entries, country = [e for e in entries if e.country == code], code
            continue
        holders = [e for e in gazetteer.find(container) if e.kind in ("province", "region", "town")]
        divisions = {(e.country, place_key(e.admin1 or e.name)) for e in holders}
        entries = [e for e in entries if (e.country, place_key(e.admin1)) in divisions] or [
            e for e in entries if e.country in {h.country for h in holders if h.country}
        ]
        countries = {holder.country for holder in holders}
        country = country or (countries.pop() if len(countries) == 1 else "")
    return entries, country


def _best(entries: Iterable[Entry], context: Sequence[str], *, has_container: bool) -> Entry | None:
    scored = [
        (_score(entry, context), entry.country, entry.admin1, entry.name, entry)
        for entry in entries
        if has_container or _is_credible(entry, context)
    ]
    if not scored:
        return None
    return max(scored, key=lambda row: (row[0], row[1], row[2], row[3]))[4]


def _is_credible(entry: Entry, context: Sequence[str]) -> bool:
    return entry.is_main_name or entry.population >= _SMALL or entry.country in context


def _score(entry: Entry, context: Sequence[str]) -> float:
    score = math.log10(max(entry.population, 1_000))
    if entry.kind == "country":
        score = _COUNTRY
    elif entry.kind in ("region", "site") or (entry.kind == "town" and not entry.population):
        score = _CURATED
    elif entry.kind == "province":
        # A town and the province named after it: the bare name is the town.
        score -= 2.0
    elif knowledge.capital_country(entry.name) == entry.country:
        score += _CAPITAL
    if not entry.is_main_name:
        score += _ALTERNATE
    if entry.country in context:
        # The most named country counts most, so that two in context still differ.
        score += _IN_CONTEXT - 0.25 * min(context.index(entry.country), 4)
        if entry.kind == "province" and context[0] == "USA" and "GEO" not in context:
            score += _COUNTRY - _IN_CONTEXT if entry.name == "Georgia" else 0.0
    return score


def _place(entry: Entry) -> Place:
    if entry.kind == "country":
        identifier = f"pl_{entry.country}"
    elif entry.geonames_id is not None:
        identifier = f"pl_{entry.geonames_id}"
    else:
        identifier = content_id("pl", entry.kind, entry.country, entry.name)
    return Place(
        identifier, entry.name, entry.kind, entry.country,
        entry.admin1, entry.lat, entry.lon, entry.geonames_id,
    )  # fmt: skip


def _part_of(name: str, whole: Place) -> Place:
    """Return the part of a place that "northern" or "rural" cuts out; its middle is unknown."""
    name = re.sub(r"^[Tt]he ", "", name)
    if whole.kind == "unknown":
        return _unknown(name, whole.country)
    kind: PlaceKind = "district" if whole.kind == "town" else "region"
    identifier = content_id("pl", kind, place_key(name), whole.place_id)
    return Place(identifier, name, kind, whole.country, whole.admin1)


def _unknown(name: str, country: str) -> Place:
    return Place(content_id("pl", "unknown", place_key(name), country), name, "unknown", country)
