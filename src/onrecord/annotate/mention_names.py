"""Decide what a proper name names, by knowledge first and the small tagger last.

spaCy's small model calls organisations with Arabic names persons and towns
organisations; prefixes, head nouns, titles and the gazetteer decide before it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.annotate import knowledge
from onrecord.annotate.gazetteer import load_gazetteer
from onrecord.model.annotation import MentionKind

if TYPE_CHECKING:
    from spacy.tokens import Token

_ACRONYM = re.compile(
    r"(?:[A-Z]{2,6}s?|(?:[A-Z]\.){2,5}|[A-Z]{2,5}[-–][A-Z]{1,4}|[A-Z][A-Z0-9]{1,4})$"
)
_NO_BODY = knowledge.word_set("""
    TV AM PM GDP CEO CFO DNA HIV AIDS US ID OK IED IEDs WMD AK UFO DVD CD PC IT HR PR AI VAT GMT
    EST EDT BST UTC MPH KM ISBN FAQ PDF URL GPS SUV ATM II III IV VI VII VIII IX XI COVID PTSD ICU
    ANWAR MR MRS DR LGBT LGBTQ TPP NAFTA JCPOA START INF NPT ACA SALT VIP RPG M16 G M-16
    """)  # fmt: skip
_BY_LABEL: dict[str, tuple[MentionKind, float]] = {
    "PERSON": ("person", 0.8),
    "ORG": ("organisation", 0.7),
    "GPE": ("place", 0.75),
    "LOC": ("place", 0.75),
    "FAC": ("place", 0.6),
    "NORP": ("people", 0.7),
}
_NOT_ACTORS = knowledge.word_set(
    "DATE TIME MONEY PERCENT QUANTITY ORDINAL CARDINAL EVENT WORK_OF_ART LAW LANGUAGE PRODUCT"
)
_CALENDAR = knowledge.word_set("""
    monday tuesday wednesday thursday friday saturday sunday january february march april may june
    july august september october november december ramadan christmas easter passover eid muharram
    jan feb mar apr jun jul aug sep sept oct nov dec hanukkah thanksgiving ashura nowruz
    """)
_NOT_NAMES = knowledge.word_set("""
    god allah islam christianity judaism islamism communism english arabic internet web bible quran
    koran constitution act bill treaty accord agreement brexit obamacare medicare medicaid pact
    deal resolution amendment report prize award cup olympics war revolution election elections
    holocaust spring intifada plan summit conference law laws article chapter section protocol
    convention declaration covid coronavirus ebola doctrine medal speech charter debate day
    """)


@dataclass(frozen=True, slots=True)
class NameKind:
    """What a name names.

    Attributes:
        kind: Mention kind.
        confidence: Probability that the kind is right, 0 to 1.
        certain: Whether knowledge or a title decided, not the tagger.
    """

    kind: MentionKind
    confidence: float
    certain: bool = False


def name_kind(
    name: str, head: Token, *, has_title: bool, has_article: bool, locative: bool
) -> NameKind | None:
    """Return what the proper name `name` names, None when it is no actor or place.

    Args:
        name: The name without titles and determiner.
        head: Its last token.
        has_title: Whether a personal title stands before it.
        has_article: Whether "the" stands before it.
        locative: Whether it stands where a location is told.
    """
    words = name.split()
    last = words[-1]
    body = body_of(name)
    if has_title and (body is None or body.kind in ("company", "media")):
        return NameKind("person", 0.95, True)
    if _is_no_actor(last) or (knowledge.is_place_part(name) and not has_article):
        return None
    known = _known(name)
    if known is not None:
        return known
    capital = knowledge.capital_country(name)
    if capital is not None:
        acts = not locative and not has_article and _is_party(head)
        return NameKind("government" if acts else "place", 0.7 if acts else 0.9, True)
    if body is not None and not (body.kind in ("media", "company") and head.ent_type_ == "PERSON"):
        return NameKind(body.kind, 0.9, True)
    prefix = knowledge.organisation_prefix(words[0].split("-")[0] if "-" in words[0] else words[0])
    if prefix is not None and not in_gazetteer(name):
        # The prefix alone is a name the tagger cut in two.
        return NameKind(prefix.kind, 0.85, True) if len(words) > 1 else None
    if _ACRONYM.match(name):
        if not is_acronym(name):
            return None
        return NameKind("organisation", 0.65)
    if locative and in_gazetteer(name):
        return NameKind("place", 0.85, True)
    if locative and not has_article and _is_beside(head):
        # "Near Tol Barad": whatever the tagger thinks, one is near a place.
        return NameKind("place", 0.6)
    return _by_label(name, head, has_article=has_article)


def _is_beside(head: Token) -> bool:
    preposition = head.head
    if head.dep_ != "pobj":
        return False
    beside = ("near", "outside", "inside", "around", "across", "throughout")
    if preposition.lower_ in beside:
        return True
    return (
        preposition.lower_ == "in"
        and not head.ent_type_
        and preposition.head.pos_ in ("VERB", "AUX")
        and preposition.head.lemma_ not in ("believe", "invest", "trust", "involve", "interest")
    )


def body_of(name: str) -> knowledge.Body | None:
    """Return what the nouns inside a proper name say of it ("Ministry of Trade", "Sun Herald")."""
    stem = name
    for joint in (" of ", " for ", " on ", " against "):
        stem = stem.split(joint)[0]
    words = stem.split()
    if not words:
        return None
    for size in (3, 2, 1):
        tail = words[-size:]
        if len(words) < size or not tail[-1][0].isupper():
            continue
        found = knowledge.body_noun(" ".join(tail))
        if found is None or (knowledge.is_one_person(tail[-1]) and len(words) < 2):
            continue
        lone = len(words) == size and stem == name
        if lone and knowledge.is_body_noun_in_names_only(tail[-1]):
            continue
        return found
    return knowledge.name_ending(words[-1]) if len(words) > 1 else None


def is_acronym(name: str) -> bool:
    """Return whether `name` looks like the acronym of a body ("UPDF", "R.C.M.P.")."""
    return _ACRONYM.match(name) is not None and name.upper() not in _NO_BODY and "IED" not in name


@lru_cache(maxsize=4096)
def in_gazetteer(name: str) -> bool:
    """Return whether the gazetteer knows a place called `name`."""
    return load_gazetteer().has(name)


@lru_cache(maxsize=4096)
def is_main_place_name(name: str) -> bool:
    """Return whether `name` is the usual name of a larger town, a division or a region."""
    return any(
        entry.is_main_name and (entry.kind != "town" or entry.population >= 50_000)
        for entry in load_gazetteer().find(name)
    )


def _is_no_actor(word: str) -> bool:
    key = knowledge.fold(word)
    return key in _CALENDAR or key in _NOT_NAMES or key.removesuffix("s") in _NOT_NAMES


def _is_party(head: Token) -> bool:
    """Whether a name stands where somebody acts, owns or is dealt with."""
    if head.dep_ in ("conj", "appos") and head.head is not head:
        return _is_party(head.head)
    if head.dep_ == "pobj":
        return head.head.lower_ in ("by", "with", "against", "between", "from", "to", "on")
    return head.dep_ in ("nsubj", "nsubjpass", "poss", "agent", "dative", "dobj")


@lru_cache(maxsize=4096)
def is_region(name: str) -> bool:
    """Return whether `name` is a well-known region or site ("West Bank", "Tahrir Square")."""
    return any(entry.kind in ("region", "site") for entry in load_gazetteer().find(name))


def is_known_name(name: str) -> bool:
    """Return whether `name` as a whole names a country or a famous body."""
    return knowledge.country_of(name) is not None or knowledge.known_body(name) is not None


def is_office(name: str, head: Token, *, is_specified: bool) -> bool:
    """Return whether a capitalised phrase is a title without a name ("the Foreign Secretary").

    Args:
        name: The capitalised words.
        head: Their last token.
        is_specified: Whether a determiner, possessor or adjective stands before them.
    """
    words = name.split()
    if len(words) == 1 and (head.ent_type_ == "PERSON" or not is_specified):
        return len(words[0]) > 3 and is_specified and knowledge.title_sector(name) is not None
    tails = [" ".join(words[-size:]) for size in (3, 2, 1) if len(words) >= size]
    if any(knowledge.title_sector(tail) is not None for tail in tails):
        return head.ent_type_ != "PERSON"
    # One guard is a person, the "Coastal Guard" is a body.
    is_role = any(knowledge.role_sector(tail) is not None for tail in tails)
    return is_role and body_of(name) is None and head.ent_type_ != "PERSON"


def _known(name: str) -> NameKind | None:
    if knowledge.country_of(name) is not None:
        return NameKind("country", 0.95, True)
    body = knowledge.known_body(name)
    if body is not None:
        return NameKind(body.kind, 0.95, True)
    if knowledge.government_seat(name) is not None:
        return NameKind("government", 0.9, True)
    if knowledge.territory_of(name) is not None or is_region(name):
        return NameKind("place", 0.85, True)
    if knowledge.people_of(name) is not None:
        return NameKind("people", 0.9, True)
    return None


def _by_label(name: str, head: Token, *, has_article: bool) -> NameKind | None:
    label = head.ent_type_
    if label in _NOT_ACTORS:
        return None
    if label in ("PERSON", "ORG", "") and len(name.split()) == 1 and is_main_place_name(name):
        # The small tagger often misses towns; a person's surname rarely is one's usual name.
        return NameKind("place", 0.55)
    found = _BY_LABEL.get(label)
    if found is None:
        # A capital at the start of a sentence proves no name, unless the word acts.
        is_name = not head.is_sent_start or head.dep_ in ("nsubj", "nsubjpass", "poss")
        return NameKind("other", 0.35) if is_name else None
    kind, confidence = found
    if kind == "person" and has_article:
        return NameKind("organisation", 0.5)
    return NameKind(kind, confidence)
