"""What any newspaper reader knows: countries and their people, bodies, titles, roles.

Read from the YAML resources once a process. Names are matched as written in
news: "US" is a country and "us" is not, "the Kremlin" is a government, "Kurds"
are a people. Sectors are PLOVER codes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, TypeVar

import yaml

from onrecord.model.actor import PlaceKind
from onrecord.model.annotation import MentionKind

T = TypeVar("T")

_LONGEST_ACRONYM = 5
# "Democratic Republic of the Congo" has five words.
_LONGEST_NATION = 5
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "`": "'", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Body:
    """What a name or noun says about the organisation that bears it.

    Attributes:
        kind: Mention kind.
        sector: PLOVER code, empty if the word does not tell.
        country: ISO 3166 alpha-3, empty if none or unknown.
    """

    kind: MentionKind
    sector: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Territory:
    """A land that news calls by name though it is no ISO country.

    Attributes:
        name: Usual name.
        country: Alpha-3 of the state that claims it.
    """

    name: str
    country: str


def country_of(word: str) -> str | None:
    """Return the ISO 3166 alpha-3 code of the country called `word`.

    Args:
        word: A name as written: "Iraq", "the U.S.", "Côte d'Ivoire". Capitalisation counts.

    Returns:
        The code; "XKX" for Kosovo, ISO 3166-3 codes for former states; None if no country.
    """
    return _find(_world().countries, word)


def demonym_country(word: str) -> str | None:
    """Return the alpha-3 code for an adjective or noun of a people ("Iraqi", "Danes").

    Breakaway lands and parts of a country give the state that claims them ("Catalan": ESP).
    """
    return _find(_world().demonyms, word)


def nation_code(word: str) -> str | None:
    """Return a code for the nation that a name, adjective or people's noun tells.

    Lands and peoples within a state are nations of their own: "Scottish" gives
    "GBR-Scotland" where `demonym_country` gives GBR. One without a state has
    nothing before the hyphen ("-Kurds").
    """
    return _find(_world().nations, word) or country_of(word) or demonym_country(word)


def capital_country(word: str) -> str | None:
    """Return the alpha-3 code of the state whose seat of government is the city `word`."""
    return _find(_world().capitals, word)


def government_seat(word: str) -> str | None:
    """Return the alpha-3 code of the state whose government is called `word` ("Kremlin")."""
    return _find(_world().seats, word)


def territory_of(word: str) -> Territory | None:
    """Return the land called `word` that is no ISO country ("Crimea", "Somaliland")."""
    return _find(_world().territories, word)


def people_of(word: str) -> Body | None:
    """Return what an ethnic, regional or religious word tells ("Kurds", "Sunni", "Iraqis").

    Returns:
        A body of kind `people`; sector REL for followers of a faith; None if no people.
    """
    body = _find(_world().peoples, word)
    if body is not None:
        return body
    country = demonym_country(word)
    return None if country is None else Body("people", "", country)


def is_adjective_of_people(word: str) -> bool:
    """Return whether `word` is an adjective of country, people or faith ("Iraqi", "Sunni")."""
    return _find(_world().adjectives, word) is not None


def usual_name(code: str) -> str:
    """Return what news mostly calls the state of an alpha-3 code, empty if it is none."""
    return _world().usual.get(code, "")


def country_told(words: str) -> str:
    """Return the alpha-3 code of the first country that words tell, empty if none.

    The longest name counts: "South Sudanese troops" are of South Sudan, "the Northern
    Irish leader" and "the New Mexico governor" neither of Ireland nor of Mexico.
    """
    split = [w.strip('.,;:"“”()') for w in words.replace("’", "'").replace("'s", "").split()]
    at = 0
    while at < len(split):
        for size in range(min(_LONGEST_NATION, len(split) - at), 0, -1):
            part = " ".join(split[at : at + size])
            code = nation_code(part)
            if code is None and size > 1 and us_state(part) is not None:
                code = "USA"
            if code is not None:
                break
        if code is not None and not code.startswith("-"):
            return code[:3]
        at += size if code is not None else 1
    return ""


def known_body(name: str) -> Body | None:
    """Return what is known of a famous organisation called `name` ("NATO", "the Taliban")."""
    return _find(_world().bodies, name)


def body_noun(noun: str) -> Body | None:
    """Return what the common noun or noun pair `noun` says of a body ("ministry", "rebels").

    Args:
        noun: Lower- or upper-case head, singular or plural, e.g. "police force", "Court".
    """
    return _by_noun(_world().body_nouns, noun)


def is_body_noun_in_names_only(noun: str) -> bool:
    """Return whether `noun` means a body only inside a capitalised name ("Front", "Office")."""
    return fold(_without_article(noun)) in _world().name_only


def is_one_person(noun: str) -> bool:
    """Return whether the singular of a body noun names one person ("gunman", "soldier")."""
    return fold(_without_article(noun)) in _world().single


def is_appositive_noun(noun: str) -> bool:
    """Return whether `noun` behind a name only says what it is ("the Amber Dawn militia")."""
    return fold(noun) in _world().appositive


def organisation_prefix(word: str) -> Body | None:
    """Return what a first word such as "Harakat" or "Liwa" says of the name it opens."""
    key = fold(word)
    if key.startswith(("al-", "el-")):
        key = key[3:]
    return _world().prefixes.get(key)


def is_name_particle(word: str) -> bool:
    """Return whether `word` may join parts of a personal or Arabic name ("al", "bin", "de")."""
    return fold(word).rstrip("-") in _world().particles


def name_ending(word: str) -> Body | None:
    """Return what the last word of a proper name says of its bearer ("Ltd.", "Herald")."""
    return _world().endings.get(fold(word))


def title_sector(title: str) -> str | None:
    """Return the PLOVER sector of a title before a name ("Gen.": MIL), "" when it has none.

    Returns:
        None when `title` is no title.
    """
    if not title[:1].isupper():
        return None
    return _world().titles.get(fold(title))


def is_title_modifier(word: str) -> bool:
    """Return whether `word` may stand inside a title ("former", "Deputy", "interim")."""
    return fold(word) in _world().title_modifiers


def role_sector(noun: str) -> str | None:
    """Return the PLOVER sector of people called `noun` ("lawmakers": LEG, "students": EDU).

    Returns:
        None when `noun` is no role of a person.
    """
    return _by_noun(_world().roles, noun)


@lru_cache(maxsize=1)
def _given_names() -> frozenset[str]:
    return frozenset(_resource("names")["given"].split())


def is_given_name(word: str) -> bool:
    """Return whether many people bear `word` as their given name ("Anna")."""
    return fold(word) in _given_names()


def is_weak_role(noun: str) -> bool:
    """Return whether the role `noun` is often something else ("chair", "general", "figure")."""
    key = fold(_without_article(noun))
    weak = _world().weak_roles
    return key in weak or (key.endswith("s") and key[:-1] in weak)


def is_collective(noun: str) -> bool:
    """Return whether the role `noun` names a crowd or population ("public", "crowd")."""
    return fold(noun) in _world().collective


def place_noun(noun: str) -> PlaceKind | None:
    """Return the precision level of the common noun `noun` of a place ("village": town)."""
    return _by_noun(_world().place_nouns, noun)


def is_place_part(word: str) -> bool:
    """Return whether `word` before a name points to a part of the place ("northern")."""
    return fold(word) in _world().place_parts


def us_state(word: str) -> str | None:
    """Return the name of the US state that `word` names or shortens ("Calif.", "TX")."""
    return _world().states.get(word.strip().rstrip("."))


def is_locative_preposition(word: str) -> bool:
    """Return whether `word` can tell where something happens ("in", "near")."""
    return fold(word) in _world().locative


def sector_of(name: str, kind: MentionKind | None = None) -> str:
    """Return the PLOVER sector that the words of `name` tell, empty when they tell none.

    Args:
        name: A mention as written: "the Interior Ministry", "Gen. Smith", "protesters".
        kind: What it refers to, if known; decides where the words leave it open.
    """
    words = _without_article(name).split()
    body = known_body(name)
    if body is not None and body.sector:
        return body.sector
    if government_seat(name) is not None:
        return "GOV"
    for start in range(len(words)):
        title = title_sector(" ".join(words[: len(words) - start]))
        if title:
            return title
    prefix = organisation_prefix(words[0]) if words else None
    if prefix is not None and prefix.sector:
        return prefix.sector
    stem = name.split(" of ")[0].split(" for ")[0].split()
    for part in (stem, words):
        for size in (3, 2, 1):
            tail = " ".join(part[-size:])
            found = body_noun(tail) if len(part) >= size else None
            sector = role_sector(tail) if len(part) >= size else None
            if found is not None and found.sector and kind != "person":
                return found.sector
            if sector:
                return sector
    people = people_of(words[-1]) if words else None
    if people is not None and people.sector:
        return people.sector
    by_kind: dict[MentionKind, str] = {"government": "GOV", "media": "JRN", "company": "BUS"}
    return by_kind.get(kind, "") if kind is not None else ""


def capitals() -> Iterator[tuple[str, str]]:
    """Yield `(city, alpha-3)` for every seat of government, the main one of a state first."""
    yield from ((name, code) for name, code in _world().capitals.values())


def long_names() -> Iterator[str]:
    """Yield the names of more than one word of countries, territories and famous bodies."""
    world = _world()
    indexes: tuple[dict[str, tuple[str, Any]], ...] = (
        world.countries, world.territories, world.bodies,
    )  # fmt: skip
    for index in indexes:
        yield from (name for name, _ in index.values() if " " in name)


def country_names() -> Iterator[tuple[str, str]]:
    """Yield `(name, alpha-3)` for every country name, the usual name of a state first."""
    yield from ((name, code) for name, code in _world().countries.values())


def word_set(words: str) -> frozenset[str]:
    """Return the words of a white-space separated list."""
    return frozenset(words.split())


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """Return `word` in the form names are compared in: lower case, straight apostrophes."""
    return " ".join(word.translate(_APOSTROPHES).casefold().split())


def fold_letters(text: str) -> str:
    """Return `text` in lower case with straight apostrophes, in nearly all cases as long."""
    return text.translate(_APOSTROPHES).lower()


@dataclass(frozen=True, slots=True)
class _World:
    """The resources, indexed by folded name; values of names keep the name as written."""

    countries: dict[str, tuple[str, str]]
    nations: dict[str, tuple[str, str]]
    usual: dict[str, str]
    demonyms: dict[str, tuple[str, str]]
    adjectives: dict[str, tuple[str, str]]
    capitals: dict[str, tuple[str, str]]
    seats: dict[str, tuple[str, str]]
    territories: dict[str, tuple[str, Territory]]
    peoples: dict[str, tuple[str, Body]]
    bodies: dict[str, tuple[str, Body]]
    body_nouns: dict[str, Body]
    name_only: frozenset[str]
    single: frozenset[str]
    appositive: frozenset[str]
    prefixes: dict[str, Body]
    particles: frozenset[str]
    endings: dict[str, Body]
    titles: dict[str, str]
    title_modifiers: frozenset[str]
    roles: dict[str, str]
    weak_roles: frozenset[str]
    collective: frozenset[str]
    place_nouns: dict[str, PlaceKind]
    place_parts: frozenset[str]
    locative: frozenset[str]
    states: dict[str, str]


def _find(index: dict[str, tuple[str, T]], word: str) -> T | None:
    whole = word.strip()
    bare = _without_article(word)
    for form in (whole, bare) if bare != whole else (whole,):
        found = index.get(fold(form))
        if found is not None and _same_case(found[0], form):
            return found[1]
    return None


def _same_case(name: str, written: str) -> bool:
    """Tell "US" from "us" and "Turkey" from "turkey"; headlines in capitals are let through."""
    letters = name.replace(".", "")
    if letters.isupper() and len(letters) <= _LONGEST_ACRONYM:
        return written.isupper()
    return not name[0].isupper() or written[0].isupper()


def _without_article(word: str) -> str:
    word = word.strip()
    return word[4:] if word[:4].casefold() == "the " else word


def _by_noun(index: dict[str, T], noun: str) -> T | None:
    for form in _noun_forms(noun):
        if form in index:
            return index[form]
    return None


@lru_cache(maxsize=20_000)
def _noun_forms(noun: str) -> tuple[str, ...]:
    """Return the forms that a noun may be listed under, the one written first."""
    return tuple(_singulars(fold(_without_article(noun))))


def _singulars(key: str) -> Iterator[str]:
    yield key
    if key.endswith("ies"):
        yield key[:-3] + "y"
    if key.endswith(("ses", "ches", "shes", "xes")):
        yield key[:-2]
    if key.endswith("s") and not key.endswith("ss"):
        yield key[:-1]


@lru_cache(maxsize=1)
def _world() -> _World:
    countries = _resource("countries")
    lands = _resource("peoples")
    organisations = _resource("organisations")
    roles = _resource("roles")
    places = _resource("places")
    name_index: dict[str, tuple[str, str]] = {}
    demonyms: dict[str, tuple[str, str]] = {}
    adjectives: dict[str, tuple[str, str]] = {}
    capital_index: dict[str, tuple[str, str]] = {}
    seats: dict[str, tuple[str, str]] = {}
    for code, country in countries.items():
        _add(name_index, country["names"], code)
        _add(adjectives, country["adjectives"], code)
        _add(demonyms, country["adjectives"], code)
        plural = [f"{adjective}s" for adjective in country["adjectives"]]
        _add(demonyms, country.get("people", plural), code)
        _add(capital_index, country["capital"], code)
        _add(seats, country.get("government", ()), code)
    _add_official_names(name_index, countries)
    nations: dict[str, tuple[str, str]] = {}
    territories: dict[str, tuple[str, Territory]] = {}
    for land in lands["constituents"]:
        code = f"{land['country']}-{land['names'][0]}"
        _add(nations, [*land["names"], *land["adjectives"]], code)
    for land in lands["territories"]:
        code = f"{land['country']}-{land['names'][0]}"
        _add(nations, [*land["names"], *land["adjectives"]], code)
        _add(nations, [f"{adjective}s" for adjective in land["adjectives"]], code)
        _add(territories, land["names"], Territory(land["names"][0], land["country"]))
        _add(adjectives, land["adjectives"], land["country"])
        _add(demonyms, land["adjectives"], land["country"])
        _add(demonyms, [f"{adjective}s" for adjective in land["adjectives"]], land["country"])
    peoples: dict[str, tuple[str, Body]] = {}
    for group, sector in (("peoples", ""), ("faiths", "REL")):
        for people in lands[group]:
            body = Body("people", sector, people.get("country", ""))
            _add(nations, people["names"], f"{body.country}-{people['names'][0]}")
            _add(peoples, [*people["names"], *people["adjectives"]], body)
            _add(adjectives, people["adjectives"], body.country)
    bodies: dict[str, tuple[str, Body]] = {}
    for known in organisations["known"]:
        body = Body(known["kind"], known["sector"], known.get("country", ""))
        _add(bodies, known["names"], body)
    return _World(
        countries=name_index,
        nations=nations,
        usual={code: country["names"][0] for code, country in countries.items()},
        demonyms=demonyms,
        adjectives=adjectives,
        capitals=capital_index,
        seats=seats,
        territories=territories,
        peoples=peoples,
        bodies=bodies,
        body_nouns=_bodies(organisations["heads"], "nouns"),
        name_only=frozenset(map(fold, organisations["name_only"])),
        single=frozenset(organisations["single"]),
        appositive=frozenset(organisations["appositive"]),
        prefixes=_bodies(organisations["prefixes"], "words"),
        particles=frozenset(organisations["particles"]),
        endings={fold(w): Body("company", "BUS") for w in organisations["company_suffixes"]}
        | {fold(w): Body("media", "JRN") for w in organisations["media_suffixes"]},
        titles=_sectors(roles["titles"]),
        title_modifiers=frozenset(map(fold, roles["title_modifiers"])),
        roles=_roles(roles["roles"], roles["plurals"]),
        weak_roles=frozenset(roles["weak"]),
        collective=frozenset(roles["collective"]),
        place_nouns={fold(w): kind for kind, words in places["nouns"].items() for w in words},
        place_parts=frozenset(places["parts"]),
        locative=frozenset(places["locative"]),
        states={
            form.rstrip("."): state
            for state, shortened in places["states"].items()
            for form in (state, *shortened)
        },
    )


def _resource(name: str) -> Any:
    text = (files("onrecord") / "resources" / f"{name}.yaml").read_text(encoding="utf-8")
    # The C loader is ten times faster where libyaml was there when PyYAML was built.
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


def _add(index: dict[str, tuple[str, T]], names: Iterable[str], value: T) -> None:
    for name in names:
        # The first entry wins: "Congolese" belongs to the larger Congo.
        index.setdefault(fold(name), (name, value))


def _add_official_names(index: dict[str, tuple[str, str]], countries: dict[str, Any]) -> None:
    """Add "Republic of X", as ISO 3166 has it, for every name of a state it calls by X."""
    import pycountry

    for state in pycountry.countries:
        names = countries.get(state.alpha_3, {}).get("names", ())
        official = getattr(state, "official_name", state.name).removeprefix("the ")
        if not names or "," in official:
            continue
        _add(index, [official], state.alpha_3)
        form, of, name = official.partition(" of ")
        short = [*names, state.name, getattr(state, "common_name", "")]
        if of and name.removeprefix("the ") in short:
            others = [other for other in names if not other.isupper() and " of " not in other]
            forms = [f"{form} of {the}{n}" for n in others for the in ("", "the ")]
            _add(index, forms, state.alpha_3)


def _bodies(groups: list[dict[str, Any]], key: str) -> dict[str, Body]:
    index: dict[str, Body] = {}
    for group in groups:
        body = Body(group["kind"], group["sector"])
        for word in group[key]:
            index.setdefault(fold(word), body)
    return index


def _sectors(groups: dict[str, list[str]]) -> dict[str, str]:
    index: dict[str, str] = {}
    for sector, words in groups.items():
        for word in words:
            index.setdefault(fold(word), sector)
    return index


def _roles(groups: dict[str, list[str]], plurals: dict[str, str]) -> dict[str, str]:
    index = _sectors(groups)
    for singular, plural in plurals.items():
        if singular in index:
            index.setdefault(plural, index[singular])
    return index
