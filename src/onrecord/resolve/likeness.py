"""Decide by the names alone whether two reports may speak of one actor.

Within a report a surname is enough; between reports it is not. Full names of
people are compared part by part. Names of bodies are compared by the words
that tell them apart, by meaning where words are translated; a word for a part,
another country, number or direction makes another body.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from onrecord.annotate.knowledge import capital_country, demonym_country
from onrecord.annotate.mention_names import is_main_place_name
from onrecord.resolve.name_words import (
    form_of,
    known_body_number,
    meaning_of,
    name_words,
    nation_of,
    spelled_out,
)
from onrecord.resolve.names import (
    COMMON,
    GENERIC_ENDINGS,
    PART_WORDS,
    Decision,
    acronym_fits,
    is_acronym,
    words_of,
)
from onrecord.resolve.spelling import plain, same_spelling

_SUFFIX = re.compile(r",?\s+(Jr|Sr|Junior|Senior|II|III|IV)\.?$")
_DIRECTIONS = frozenset(
    {"north", "south", "east", "west", "northern", "southern", "eastern", "western", "central",
     "upper", "lower", "new", "old", "real", "continuity", "provisional", "free", "former"}
)  # fmt: skip
_ORDINALS = frozenset(
    {"first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
     "eleventh", "twelfth", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"}
)  # fmt: skip
# First parts that make one name with the next: "Abu Bakr", "Abd al-Rahman".
_GLUED = frozenset({"abu", "abou", "umm", "oum", "abd", "abdul", "abdel", "abdal", "abdol"})
_KOREAN = frozenset(
    {"kim", "lee", "park", "choi", "choe", "moon", "yoon", "jung", "cho", "han", "hwang", "ahn",
     "song", "ryu", "hong", "shin", "kwon", "ri", "pak", "jang", "ban", "chung", "kang", "roh"}
)  # fmt: skip
_MIDDLE_MAY_STAND_ALONE = 0.82


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person's name by its parts.

    Attributes:
        words: Folded parts without titles and particles, given name first as far as known.
        suffix: "jr", "sr", "ii" …, empty if none.
        no_vowels: Whether it comes from a script that leaves vowels out.
        patronymic: Whether "bin" or "ibn" joins two parts.
        compound: Whether a hyphen joins the first two words ("Mohammad-Reza").
    """

    words: tuple[str, ...]
    suffix: str
    no_vowels: bool
    patronymic: bool
    compound: bool = False


@lru_cache(maxsize=262_144)
def person_name(name: str) -> PersonName:
    """Return the parts of a person's name as written."""
    text, no_vowels = plain(name)
    found = _SUFFIX.search(text)
    suffix = found[1].lower()[:2] if found else ""
    text = _SUFFIX.sub("", text)
    last, comma, first = text.partition(",")
    if comma and first.strip():
        text = f"{first.strip()} {last.strip()}"
    before, of, _ = text.partition(" of ")
    if of and " " in before:
        text = before
    words: list[str] = []
    glue = ""
    for word in words_of(text):
        if word in _GLUED:
            glue = "abd" if word.startswith("abd") else "abu" if word.startswith("a") else "um"
            continue
        words.append(glue + word)
        glue = ""
    if glue:
        words.append(glue)
    words = [re.sub(r"^abd[aeou]l?(?=[a-z]{3})", "abd", w) if len(w) > 6 else w for w in words]
    if len(words) == 3 and words[0] in _KOREAN:
        words = [words[0], *(w.replace("eo", "o").replace("eu", "u") for w in words[1:])]
    lower = text.lower().split()
    patronymic = bool({"bin", "ibn", "ben"} & set(lower[1:]))
    compound = len(words) > 2 and f"{words[0]}-{words[1]}" in text.lower()
    return PersonName(tuple(words), suffix, no_vowels, patronymic, compound)


def compare_names(one: str, other: str, kind: str) -> Decision:
    """Return whether two names in different reports may denote one actor, by the names alone.

    Args:
        one: A name as written, in any script.
        other: Another.
        kind: What both are said to be ("person", "organisation", …).

    Returns:
        Score and reasons; the order of the two does not matter.
    """
    first, second = sorted((one, other))
    if not words_of(plain(first)[0]) or not words_of(plain(second)[0]):
        return Decision(0.0, ("a name has no letters",))
    return _people(first, second) if kind == "person" else _bodies(first, second)


# --- people ---


def _people(one: str, other: str) -> Decision:
    a, b = person_name(one), person_name(other)
    if a.suffix and b.suffix and a.suffix != b.suffix:
        return Decision(0.05, (f"{a.suffix} and {b.suffix} are two generations",), apart=True)
    if len(a.words) == 1 and len(b.words) == 1:
        same = a.words == b.words
        return Decision(0.8 if same else 0.0, ("same single name" if same else "different names",))
    no_vowels = a.no_vowels or b.no_vowels
    if "".join(a.words) == "".join(b.words):
        return Decision(1.0, ("same words",))
    if min(len(a.words), len(b.words)) == 1:
        single, full = sorted((a.words, b.words), key=len)
        if same_spelling(single[0], full[-1], no_vowels=no_vowels):
            return Decision(0.5, (f"surname of {' '.join(full)}, shared by others",))
        return Decision(0.0, ("different names",), apart=True)
    best = _in_order(a, b, no_vowels)
    if best.score < 0.7:
        best = max((best, _other_order(a.words, b.words, no_vowels)), key=lambda d: d.score)
    return best


def _in_order(a: PersonName, b: PersonName, no_vowels: bool) -> Decision:
    first, second = a.words, b.words

    def same(x: str, y: str) -> bool:
        return same_spelling(x, y, no_vowels=no_vowels)

    if not same(first[-1], second[-1]):
        return _contained(a, b, no_vowels)
    given = _given(first[0], second[0], no_vowels)
    if given.score == 0:
        short, long = sorted((first, second), key=len)
        if len(long) > 2 and any(same(short[0], w) for w in long[1:-1]):
            return Decision(_MIDDLE_MAY_STAND_ALONE, ("middle name and surname agree",))
        return Decision(0.1, ("same surname, different given names",), apart=True)
    middles = (first[1:-1], second[1:-1])
    if a.compound != b.compound and len(first) != len(second):
        return Decision(0.5, ("one given name is double",))
    if all(middles) and not any(_may_be(x, y, no_vowels) for x in middles[0] for y in middles[1]):
        return Decision(0.3, ("middle names differ",), apart=True)
    initials = all(middles) and {len(w) for side in middles for w in side} == {1}
    if initials and middles[0] != middles[1]:
        # "H. W." and "W." are father and son.
        return Decision(0.3, ("middle initials differ",), apart=True)
    exact = first[-1] == second[-1]
    reason = "same surname" if exact else f"surnames {first[-1]} and {second[-1]} spelled alike"
    return Decision(round(given.score - (0.0 if exact else 0.05), 3), (given.reasons[0], reason))


def _given(one: str, other: str, no_vowels: bool) -> Decision:
    if one == other:
        return Decision(0.97, ("same given name",))
    if len(one) == 1 or len(other) == 1:
        agree = one[0] == other[0]
        return Decision(0.8 if agree else 0.0, ("initial of the given name",))
    if same_spelling(one, other, no_vowels=no_vowels):
        return Decision(0.92, (f"given names {one} and {other} spelled alike",))
    if form_of(one) == form_of(other):
        return Decision(0.88, (f"{one} and {other} are forms of one given name",))
    return Decision(0.0, ("different given names",))


def _may_be(one: str, other: str, no_vowels: bool) -> bool:
    if len(one) == 1 or len(other) == 1:
        return one[0] == other[0]
    return same_spelling(one, other, no_vowels=no_vowels)


def _contained(a: PersonName, b: PersonName, no_vowels: bool) -> Decision:
    """Compare names whose last words differ: one may leave the second surname out."""
    short, long = sorted((a, b), key=lambda name: len(name.words))
    different = Decision(
        0.05, (f"different surnames {short.words[-1]} and {long.words[-1]}",), apart=True
    )
    if (
        len(short.words) == len(long.words)
        or _given(short.words[0], long.words[0], no_vowels).score < 0.9
    ):
        return different
    at = 0
    for word in short.words:
        while at < len(long.words) and not same_spelling(word, long.words[at], no_vowels=no_vowels):
            at += 1
        if at == len(long.words):
            return different
        at += 1
    if short.words[-1] in name_words().given and not short.patronymic:
        return Decision(0.4, (f"{' '.join(short.words)} may be two given names",))
    return Decision(0.8, (f"{' '.join(long.words)} contains {' '.join(short.words)}",))


def _other_order(first: tuple[str, ...], second: tuple[str, ...], no_vowels: bool) -> Decision:
    if len(first) != len(second):
        return Decision(0.05, ("different names",), apart=True)
    turned = (*second[1:], second[0]), (second[-1], *second[:-1])
    for order in turned:
        if all(same_spelling(x, y, no_vowels=no_vowels) for x, y in zip(first, order, strict=True)):
            if len(first) == 2 and all(word in name_words().given for word in first):
                return Decision(0.3, ("two given names in another order",))
            return Decision(0.8, ("same names, family name first or last",))
    return Decision(0.05, ("different names",), apart=True)


# --- bodies ---


@dataclass(frozen=True, slots=True)
class BodyName:
    """The words of a body's name by what they tell.

    Attributes:
        telling: Words that tell it from others.
        common: Words that many bodies share, by meaning.
        nations: Countries named in it, alpha-3.
        marks: Numbers and directions.
        generic: Words for "group" that may be left out.
        order: All words that are neither nations nor generic, by meaning, in order.
        of: Whether "of" or "for" turns the order around.
        adjective: Whether its nations are adjectives in front ("Lebanese", "Lebanon's").
        foreign: Whether words are translated, from languages that order them otherwise.
    """

    telling: tuple[str, ...]
    common: frozenset[str]
    nations: frozenset[str]
    marks: frozenset[str]
    generic: frozenset[str]
    order: tuple[str, ...]
    of: bool
    adjective: bool
    foreign: bool


@lru_cache(maxsize=262_144)
def body_name(name: str) -> BodyName:
    """Return the words of a body's name as written, sorted by what they tell."""
    text, _ = plain(spelled_out(name))
    possessive = "'s" in text
    text = text.replace("'s", "")
    proper = {w.strip(",.'\"").lower(): nation_of(w.strip(",'\"")) for w in text.split()}
    telling: list[str] = []
    common, nations, marks, generic = set(), set(), set(), set()
    for word in words_of(text):
        meaning = meaning_of(word)
        nation = proper.get(word) or (nation_of(word.capitalize()) if len(word) > 4 else "")
        if nation:
            nations.add(nation)
        elif word in _ORDINALS or word[0].isdigit():
            marks.add(re.sub(r"(?<=\d)(st|nd|rd|th)$", "", word))
        elif word in _DIRECTIONS:
            marks.add(re.sub("ern$", "", word))
        elif word in GENERIC_ENDINGS and meaning in (None, "movement", "organization"):
            generic.add(meaning or word)
        elif meaning is not None:
            common.add(meaning)
        elif word in COMMON or word in PART_WORDS:
            common.add(word)
        else:
            telling.append(word)
    return BodyName(
        tuple(telling),
        frozenset(common),
        frozenset(nations),
        frozenset(marks),
        frozenset(generic),
        tuple(meaning_of(w) or w for w in words_of(text) if w in telling or not proper.get(w)),
        bool({"of", "for", "de"} & set(text.lower().split())),
        bool(possessive or demonym_country(next(iter(text.split()), ""))),
        any(meaning_of(w) not in (None, w, w.removesuffix("s")) for w in words_of(text)),
    )


def _bodies(one: str, other: str) -> Decision:
    numbers = known_body_number(one), known_body_number(other)
    if None not in numbers:
        if numbers[0] == numbers[1]:
            return Decision(0.96, ("known names of one body",))
        return Decision(0.02, ("known names of two bodies",), apart=True)
    for short, long in ((one, other), (other, one)):
        if is_acronym(short) and not is_acronym(long):
            return _acronym(short, long)
    if is_acronym(one) and is_acronym(other):
        same = one.replace(".", "") == other.replace(".", "")
        return Decision(0.9 if same else 0.0, ("same acronym" if same else "two acronyms",))
    a, b = body_name(one), body_name(other)
    same_words = (a.telling, a.common, a.nations, a.marks, a.generic) == (
        b.telling, b.common, b.nations, b.marks, b.generic
    )  # fmt: skip
    if same_words and (a.telling or a.order == b.order or a.of != b.of or a.foreign != b.foreign):
        return Decision(0.97, ("same words",))
    if same_words:
        return Decision(0.4, ("same common words in another order",))
    if (a.common ^ b.common) and (is_main_place_name(one) or is_main_place_name(other)):
        return Decision(0.4, ("one name is that of a place, which many bodies bear",))
    return _by_words(a, b)


def _acronym(short: str, long: str) -> Decision:
    stripped = " ".join(w for w in long.split() if w.lower() not in GENERIC_ENDINGS)
    if acronym_fits(short, long) or acronym_fits(short, stripped):
        # Two letters are the initials of too many names.
        score = 0.85 if len(short.replace(".", "")) > 2 else 0.6
        return Decision(score, (f"{short} are the initials of {long}",))
    if words_of(short)[0] in words_of(long):
        rest = [w for w in words_of(long) if w != words_of(short)[0]]
        if all(w in GENERIC_ENDINGS for w in rest):
            return Decision(0.88, ("same acronym with a word for group",))
        return Decision(0.1, (f"{long} adds words to {short}: another body",), apart=True)
    return Decision(0.0, (f"{short} are not the initials of {long}",))


def _by_words(a: BodyName, b: BodyName) -> Decision:
    if a.marks != b.marks:
        return Decision(0.05, ("another number or direction",), apart=True)
    if a.nations and b.nations and a.nations != b.nations:
        return Decision(0.05, ("another country",), apart=True)
    pairs, left, right = _paired(a.telling, b.telling)
    if (left or right) and "".join(a.telling) == "".join(b.telling):
        # "Shiv Sena" may be written in one word.
        pairs, left, right = [("".join(a.telling), "".join(b.telling))], [], []
    if left and right:
        return Decision(0.1, (f"{left[0]} is not {right[0]}",))
    spelled = [f"{x} and {y} spelled alike" for x, y in pairs if x != y]
    extra = [*left, *right]
    whole_words = len(pairs) >= 1 and not _all_places([x for x, _ in pairs])
    more = a.common ^ b.common
    if whole_words and more <= {"agency", "news"}:
        more = frozenset()
    missing_both = bool(more & a.common) and bool(more & b.common)
    shared_common = a.common & b.common
    nation_missing = a.nations != b.nations
    if extra:
        return Decision(0.5, (f"{' '.join(extra)} stands in one name only",))
    if missing_both:
        # Words of other languages may mean the same.
        apart = whole_words and not (a.foreign or b.foreign)
        return Decision(0.1, (f"{', '.join(sorted(more))}: different bodies",), apart=apart)
    if not whole_words and len(shared_common) + bool(a.nations & b.nations) < 2:
        return Decision(0.1, ("only common words are shared",))
    parts = {w for w in more if w in PART_WORDS or w in _PART_MEANINGS}
    if parts:
        return Decision(0.2, (f"{', '.join(sorted(parts))} makes it another body",), apart=True)
    if more and not whole_words:
        return Decision(0.2, (f"{', '.join(sorted(more))} stands in one name only",))
    if nation_missing:
        # Every country has a foreign ministry.
        named = a if a.nations else b
        if whole_words and named.adjective and not more:
            return Decision(0.78, ("same name, one with its country", *spelled))
        return Decision(0.5, ("same common words, the country stands in one name only",))
    score = 0.95 if not more else 0.82
    reasons = list(spelled) if spelled else ["same telling words"]
    if a.generic != b.generic or more:
        reasons.append(f"without {', '.join(sorted(more | (a.generic ^ b.generic)))}")
        score -= 0.05
    if spelled:
        score -= 0.07
    return Decision(round(score, 3), tuple(reasons))


_PART_MEANINGS = frozenset(
    {"brigade", "force", "council", "army", "guard", "ministry", "police", "student", "bank",
     "university", "agency", "front", "union"}
)  # fmt: skip


def _all_places(words: Sequence[str]) -> bool:
    return all(capital_country(word.capitalize()) or nation_of(word.capitalize()) for word in words)


def _paired(
    first: tuple[str, ...], second: tuple[str, ...]
) -> tuple[list[tuple[str, str]], list[str], list[str]]:
    """Pair the words of two names; return the pairs and the words left of each."""
    left, right, pairs = list(first), list(second), []
    for word in first:
        found = next((w for w in right if w == word), None) or next(
            (w for w in right if same_spelling(word, w)), None
        )
        if found is not None:
            pairs.append((word, found))
            left.remove(word)
            right.remove(found)
    return pairs, left, right
