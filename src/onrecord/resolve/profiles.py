"""Sum up the entities of many reports that bear one name: the unit of identity.

Entities with the same full name, sort and country share a profile. What a name
cannot carry is left alone: "the regime" and "the President" name somebody else
in every report. Keys lead from a profile to those it may be one with, so that
no two names are compared that have nothing in common.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from onrecord.annotate.knowledge import (
    body_noun,
    is_adjective_of_people,
    known_body,
    organisation_prefix,
    role_sector,
    title_sector,
)
from onrecord.model.actor import ActorKind, AliasHow, Entity
from onrecord.model.annotation import MentionKind
from onrecord.model.identifier import content_id
from onrecord.resolve.likeness import body_name, person_name
from onrecord.resolve.name_words import fold_body, form_of, known_body_number, name_words
from onrecord.resolve.names import COMMON, is_acronym, words_of
from onrecord.resolve.national import country_of_nation, national_key, without_article
from onrecord.resolve.spelling import plain, skeleton

Sort = Literal["person", "surname", "body", "country", "government", "people"]

# Goes up when `keys_of` gives other keys for the same names.
KEYS_VERSION = "2"
# Keys of names that agree in one first letter: they tell where one of two is an initial.
INITIAL = "p:"
_NATIONAL: tuple[ActorKind, ...] = ("country", "government", "people")
_NATIONAL_KIND: dict[Sort, ActorKind] = {
    "country": "country", "government": "government", "people": "people",
}  # fmt: skip
# Words of ideology that reports put before "regime", "forces" and the like.
_CREEDS = frozenset(
    {"zionist", "zionists", "islamist", "islamists", "jihadist", "jihadists", "nazi", "nazis",
     "communist", "communists", "western", "imperialist", "salafist", "baathist", "marxist",
     "nationalist", "separatist", "loyalist", "secular", "ruling", "transitional", "interim"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name that reports give to what a profile stands for.

    Attributes:
        name: As written.
        how: What ties it.
        documents: How many reports tie it.
    """

    name: str
    how: AliasHow
    documents: int = 1


@dataclass(frozen=True, slots=True)
class Profile:
    """All entities of one name, sort and country, or one identity of an imported list.

    Attributes:
        profile_id: Hash of sort, folded name and country: an actor id.
        sort: What is compared with what; "surname" is a person by one name only.
        name: As most reports write it.
        country: ISO 3166 alpha-3, empty if unknown.
        others: Other names, sorted by name.
        documents: How many reports have such an entity.
        known: Identifier in an imported list, e.g. "ftm:Q123"; empty if guessed.
        base: Actor id of a group whose other members all have a greater one. It is that of the
            entity alone, so an actor of one name keeps the id it was written with.
    """

    profile_id: str
    sort: Sort
    name: str
    country: str = ""
    others: tuple[OtherName, ...] = ()
    documents: int = 1
    known: str = ""
    base: str = ""


def base_id(profile: Profile, kind: ActorKind) -> str:
    """Return the actor id of an entity of this profile as long as nothing joins it to others."""
    return content_id("ac", profile.profile_id, kind)


def profile_of(entity: Entity, apart: str = "") -> Profile | None:
    """Return the profile of one entity, None when its name says too little to share it.

    Args:
        entity: An entity of a document.
        apart: Set where a person said that this document means somebody else of that
            name: the document; entities with another value get another profile.
    """
    if not entity.named:
        return None
    found = _found(entity, without_article(entity.name), apart)
    return None if found is None else replace(found, base=base_id(found, entity.kind))


def _found(entity: Entity, name: str, apart: str) -> Profile | None:
    if entity.kind in _NATIONAL:
        nation = _national(entity)
        if nation is not None:
            role, code = nation
            return _profile(role, code, name, country_of_nation(code), (), apart)
    if not any(letter.isupper() for letter in name) and name.isascii():
        return None
    if entity.kind == "person":
        return _person(entity, name, apart)
    return _body(entity, name, apart)


def known_profile(
    known: str, names: Iterable[str], kind: ActorKind, country: str = ""
) -> Profile | None:
    """Return the profile of an identity of an imported list.

    Args:
        known: Its identifier, with the scheme: "ftm:Q123".
        names: Its names, the usual one first.
        kind: What it is.
        country: ISO 3166 alpha-3, empty if unknown.
    """
    given = list(dict.fromkeys(name for name in names if name.strip()))
    if not given:
        return None
    sort: Sort = "person" if kind == "person" else "body"
    if kind in _NATIONAL:
        nation = next((n for name in given if (n := national_key(name, _mention(kind)))), None)
        if nation is not None:
            sort = _sort(nation[0])
            country = country or nation[1]
    others = tuple(OtherName(name, "curated", 1) for name in sorted(given[1:]))
    actor_id = content_id("ac", "known", known)
    return Profile(actor_id, sort, given[0], country, others, 0, known, actor_id)


def _profile(
    sort: str, folded: str, name: str, country: str, others: Iterable[OtherName], apart: str
) -> Profile:
    parts = [sort, folded, country, *([apart] if apart else [])]
    return Profile(
        content_id("ac", *parts), _sort(sort), name, country,
        tuple(sorted(set(others), key=lambda other: (other.name, other.how))),
    )  # fmt: skip


def _sort(role: str) -> Sort:
    sorts: dict[str, Sort] = {
        "person": "person", "surname": "surname", "country": "country",
        "government": "government", "people": "people",
    }  # fmt: skip
    return sorts.get(role, "body")


def _mention(kind: ActorKind) -> MentionKind:
    return kind


def _national(entity: Entity) -> tuple[str, str] | None:
    for name in (entity.name, *(alias.alias for alias in entity.aliases)):
        key = national_key(name, _mention(entity.kind))
        if key is not None:
            return key
    return None


def _person(entity: Entity, name: str, apart: str) -> Profile | None:
    words = person_name(name).words
    if all(_is_generic(word) for word in words):
        return None
    if len(words) == 1:
        if len(words[0]) < 3 or words[0] in name_words().given:
            return None
        return _profile("surname", words[0], name, entity.country, (), apart)
    others = [
        OtherName(alias.alias, alias.how) for alias in entity.aliases
        if alias.alias != entity.name and len(person_name(alias.alias).words) > 1
    ]  # fmt: skip
    folded = " ".join((*words, person_name(name).suffix)).strip()
    return _profile("person", folded, name, entity.country, others, apart)


def _body(entity: Entity, name: str, apart: str) -> Profile | None:
    if not is_telling(name, entity.country):
        return None
    others = [
        OtherName(without_article(alias.alias), alias.how) for alias in entity.aliases
        if without_article(alias.alias) != name and is_telling(alias.alias, "")
    ]  # fmt: skip
    country = entity.country
    return _profile("body", fold_body(name), name, country, others, apart)


@lru_cache(maxsize=262_144)
def is_telling(name: str, country: str) -> bool:
    """Return whether a body's name tells it from others, given its country if known.

    "Meridian Front" does, "the Interior Ministry" does together with a country,
    "the regime" and "National" do not.
    """
    plain_name = without_article(name)
    if known_body(plain_name) is not None or known_body_number(plain_name) is not None:
        return True
    if is_acronym(plain_name):
        return len(plain_name.replace(".", "")) > 2
    parts = body_name(plain_name)
    if any(not _is_generic(word) for word in parts.telling):
        return True
    words = plain_name.split()
    if len(words) > 1 and organisation_prefix(words[0]) is not None:
        # "Kata'ib Hezbollah": both words are common, together they are a name.
        return True
    shared = len(parts.common) + len(parts.telling)
    return bool(parts.nations or country) and shared > 0 and len(words_of(plain_name)) > 1


@lru_cache(maxsize=262_144)
def _is_generic(word: str) -> bool:
    title = word.capitalize()
    return (
        word in COMMON
        or len(word) < 2
        or word in _CREEDS
        or body_noun(word) is not None
        or role_sector(word) is not None
        or title_sector(title) is not None
        or is_adjective_of_people(title)
    )


def keys_of(profile: Profile) -> frozenset[str]:
    """Return the keys under which profiles meet that may be one.

    Keys of one sort never meet those of another, except a surname those who bear it.
    An imported list may hold many thousand names, so its profiles have only the keys
    that few share.
    """
    names = [profile.name, *(other.name for other in profile.others)]
    if profile.sort == "surname":
        return frozenset(f"s:{skeleton(w)}" for w in person_name(profile.name).words[-1:])
    if profile.sort == "person":
        found = frozenset(key for name in names for key in _person_keys(name))
    elif profile.sort == "body":
        found = frozenset(key for name in names for key in _body_keys(name, profile.country))
    else:
        return frozenset({f"{profile.sort}:{nation_of_profile(profile)}"})
    return frozenset(key for key in found if key[0] in "nobk") if profile.known else found


def nation_of_profile(profile: Profile) -> str:
    """Return the code of the nation that a country, government or people is of or is."""
    for name in (profile.name, *(other.name for other in profile.others)):
        key = national_key(name, _mention(_NATIONAL_KIND[profile.sort]))
        if key is not None:
            return key[1]
    return profile.country or fold_body(profile.name)


@lru_cache(maxsize=262_144)
def _person_keys(name: str) -> frozenset[str]:
    words = person_name(name).words
    found = {f"n:{' '.join(words)}", f"s:{skeleton(words[-1])}"}
    bones = [skeleton(form_of(word)) for word in words[:5]]
    last = len(bones) - 1
    # Both surnames of two, a middle name or the other order may stand in the other name.
    pairs = {(i, j) for i in range(last + 1) for j in range(i) if j == 0 or i == last}
    found |= {f"k:{' '.join(sorted((bones[i], bones[j])))}" for i, j in pairs}
    # "H." is written for Helena; family names may come first.
    found |= {f"{INITIAL}{words[a][:1]}.{bones[b]}" for i, j in pairs for a, b in ((i, j), (j, i))}
    return frozenset(found)


def has_initial(profile: Profile) -> bool:
    """Return whether a name of a person shortens another to its first letter: "H. Dravic"."""
    names = (profile.name, *(other.name for other in profile.others))
    return profile.sort == "person" and any(
        len(word) == 1 for name in names for word in person_name(name).words
    )


@lru_cache(maxsize=262_144)
def _body_keys(name: str, country: str) -> frozenset[str]:
    name = without_article(name)
    found = {f"o:{fold_body(name)}"}
    number = known_body_number(name)
    if number is not None:
        found.add(f"b:{number}")
    if is_acronym(name):
        letters = name.replace(".", "").lower()
        return frozenset(found | {f"a:{letters}", f"o:{letters}"})
    parts = body_name(name)
    telling = [word for word in parts.telling if not _is_generic(word)]
    bones = sorted(skeleton(word) for word in telling)
    if bones:
        found.add(f"k:body {' '.join(bones)}")
    if len(telling) > 1:
        # A word may be spelled with other consonants, as long as it begins alike.
        for word in telling:
            others = list(bones)
            others.remove(skeleton(word))
            found.add(f"w:{' '.join(others)} {skeleton(word)[:1]}")
    if not bones:
        nations = sorted(parts.nations) or [country]
        found.add(f"k:common {nations[0]}:{' '.join(sorted(parts.common))}")
    initials = "".join(word[0] for word in words_of(plain(name)[0]))
    if len(initials) > 2:
        found.add(f"a:{initials}")
    return frozenset(found)


def summed(profiles: Iterable[Profile]) -> Profile:
    """Return one profile for several sightings with the same id, in any order.

    Raises:
        ValueError: There are none, or their ids differ.
    """
    seen = list(profiles)
    if len({profile.profile_id for profile in seen}) != 1:
        raise ValueError(f"{len(seen)} profiles to sum up: expected one or more of one id")
    names: dict[str, int] = {}
    others: dict[tuple[str, AliasHow], int] = {}
    for profile in seen:
        names[profile.name] = names.get(profile.name, 0) + profile.documents
        for other in profile.others:
            key = (other.name, other.how)
            others[key] = others.get(key, 0) + other.documents
    return replace(
        seen[0],
        name=min(names, key=lambda name: (-names[name], name)),
        others=tuple(OtherName(name, how, n) for (name, how), n in sorted(others.items())),
        documents=sum(profile.documents for profile in seen),
        base=min(profile.base for profile in seen),
    )
