"""Decide whether two names may be one: spelling variants, acronyms, short forms.

Transliteration changes vowels and doubles letters but keeps consonants, so
words are compared by consonant skeleton; a short form is a subset of the words
of the long one; an acronym spells initials. One common word never suffices,
and a name that adds a unit to an acronym ("ABC-Coast Force") is another body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from anyascii import anyascii
from rapidfuzz.distance import Levenshtein

from onrecord.resolve.spelling import sounds

# A `same_name` score from here on means that the names may be joined.
SAME = 0.75

_WORD = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*\.?")
_PARTICLES = frozenset(
    {"al", "el", "ul", "ad", "an", "ar", "as", "ash", "at", "az", "ed", "es", "the", "of", "for",
     "and", "de", "del", "la", "le", "les", "los", "las", "du", "des", "di", "da", "dos", "van",
     "von", "der", "den", "bin", "ibn", "ben", "a", "in", "on", "y", "e", "i", "e-i", "wa"}
)  # fmt: skip
# Words that many names share: alone they identify nobody.
COMMON = frozenset(
    {"group", "movement", "organisation", "organization", "party", "army", "force", "forces",
     "militia", "brigade", "brigades", "battalion", "front", "unit", "guard", "guards", "corps",
     "council", "committee", "command", "national", "islamic", "democratic", "republic", "people",
     "peoples", "popular", "liberation", "united", "union", "state", "states", "ministry",
     "minister", "government", "police", "security", "international", "federal", "central",
     "revolutionary", "general", "military", "armed", "resistance", "defence", "defense", "new",
     "north", "south", "east", "west", "northern", "southern", "eastern", "western", "office",
     "department", "agency", "commission", "court", "supreme", "high", "bank", "university",
     "company", "news", "times", "post", "daily", "press", "television", "radio", "association",
     "federation", "league", "alliance", "coalition", "congress", "parliament", "assembly",
     "conservative", "labour", "labor", "liberal", "republican", "socialist", "communist",
     "foreign", "interior", "justice", "workers", "freedom", "unity", "progressive", "special",
     "operations", "intelligence", "service", "services", "network", "society", "foundation",
     "institute", "center", "centre", "mobilisation", "mobilization", "hezbollah", "hizbollah",
     "harakat", "hashd", "kataib", "kata'ib", "liwa", "jaysh", "jaish", "jabhat", "ansar",
     "saraya", "asaib", "fatah", "hizb", "partido", "frente", "ejercito"}
)  # fmt: skip
# Words that may be left out of a name without making it another body's.
GENERIC_ENDINGS = frozenset(
    {"group", "movement", "organisation", "organization", "militia", "party", "network", "company",
     "corporation", "corp", "inc", "ltd", "plc", "llc", "co", "agency", "newspaper",
     "news", "cartel", "gang", "faction", "harakat", "hashd"}
)  # fmt: skip
# A word that turns the name of a whole into that of a part.
PART_WORDS = frozenset(
    {"force", "forces", "unit", "brigade", "division", "command", "wing", "branch", "office",
     "corps", "battalion", "committee", "council", "youth", "bureau", "department", "directorate",
     "navy", "army", "police", "ministry", "embassy", "fund", "foundation", "university", "agency",
     "court", "guard", "guards", "front", "section", "cell", "mission", "programme", "program"}
)  # fmt: skip
HONORIFICS = frozenset(
    {"mr", "mrs", "ms", "miss", "dr", "sir", "lord", "lady", "dame", "sheikh", "sheik", "shaikh",
     "sayyid", "sayyed", "haji", "hajji", "jr", "sr", "gen", "general", "col", "colonel", "lt",
     "maj", "major", "capt", "captain", "sgt", "adm", "admiral", "sen", "senator", "rep", "gov",
     "president", "prof", "professor", "rev", "imam", "ayatollah", "mullah", "king", "queen",
     "prince", "princess", "pope", "judge", "justice", "minister", "secretary"}
)  # fmt: skip
_GENERATIONS = frozenset({"jr", "sr"})


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether two names may be one, and why.

    Attributes:
        score: Degree of belief from 0 (two things) to 1 (one thing); `SAME` and above joins.
        reasons: In plain words, most telling first.
        apart: Whether the names rule each other out: another country, given name, number.
    """

    score: float
    reasons: tuple[str, ...]
    apart: bool = False

    @property
    def same(self) -> bool:
        """Whether the score is high enough to join."""
        return self.score >= SAME


@lru_cache(maxsize=262_144)
def words_of(name: str) -> tuple[str, ...]:
    """Return the folded words of a name without articles, particles and honorifics.

    An honorific stands before a name: "King" is one in "King Hakan", a surname in "Ada King".
    """
    found = [w for w in _folded(name) if w not in _PARTICLES]
    kept = tuple(
        w for place, w in enumerate(found)
        if w not in HONORIFICS or (place == len(found) - 1 and w not in _GENERATIONS)
    )  # fmt: skip
    return kept or tuple(found) or tuple(_folded(name))


@lru_cache(maxsize=262_144)
def _folded(name: str) -> tuple[str, ...]:
    plain = anyascii(name).lower().replace("’", "'").replace("`", "'")
    plain = re.sub(r"'s\b", "", plain)
    # "U.S." and "Al-Sadr" fall apart only at the hyphen.
    return tuple(m.group().replace(".", "").replace("'", "") for m in _WORD.finditer(plain))


_ALIKE = str.maketrans("qcvp", "kkwb")


@lru_cache(maxsize=262_144)
def skeleton(word: str) -> str:
    """Return the consonants that transliterations of one word share.

    "Qassem", "Kasim" and "Ghasem" have one skeleton; "Hassan" and "Hussein" too,
    which is why a skeleton alone joins nobody.
    """
    folded = anyascii(word).lower()
    for long, short in (
        ("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sch", "s"), ("sh", "s"),
        ("ch", "s"), ("zh", "z"), ("ph", "f"), ("ck", "k"), ("ou", "u"), ("tz", "z"), ("dj", "j"),
    ):  # fmt: skip
        folded = folded.replace(long, short)
    folded = folded.translate(_ALIKE)
    head = folded[:1]
    kept = re.sub(r"[^a-z0-9]|[aeiouyw]", "", folded) or folded
    if head in "aeiouyw" and head:
        kept = "a" + kept.removeprefix(head)
    return re.sub(r"(.)\1+", r"\1", kept)


def same_word(one: str, other: str) -> bool:
    """Return whether two folded words may be spellings of one."""
    if one == other:
        return True
    if min(len(one), len(other)) < 4:
        return False
    if one.removesuffix("s") == other.removesuffix("s"):
        return True
    for glued, plain in ((one, other), (other, one)):
        # "Aldarwish" is "al-Darwish" written in one word.
        if len(glued) > 6 and glued[:2] in {"al", "el"} and same_word(glued[2:], plain):
            return True
    if skeleton(one) != skeleton(other):
        return len(one) > 6 and len(other) > 6 and Levenshtein.distance(one, other) <= 1
    # Equal consonants with wholly different vowels are different words.
    return Levenshtein.normalized_similarity(one, other) >= 0.5


def is_acronym(name: str) -> bool:
    """Return whether a name is written as an acronym ("NATO", "U.N.", "ISIL")."""
    letters = name.replace(".", "").strip()
    return (
        2 <= len(letters) <= 8 and letters.isupper() and letters.isalnum() and not letters.isdigit()
    )


def acronym_fits(acronym: str, name: str) -> bool:
    """Return whether `acronym` spells initials of `name` in order, every letter used.

    Small words may lend their initial or not: "IRGC", "UNHCR", "PKK".
    """
    letters = re.sub(r"[^a-z]", "", anyascii(acronym).lower())
    words = [w for part in _folded(name) for w in part.split("-")]
    content = [w for w in words if w not in _PARTICLES]
    if len(letters) < 2 or len(content) < 2:
        return False
    for initials in ("".join(w[0] for w in content), "".join(w[0] for w in words)):
        if initials == letters:
            return True
    return False


def same_name(one: str, other: str, kind: str) -> Decision:
    """Return whether two names of one kind may denote one thing, by the names alone.

    Args:
        one: A name as written, with or without titles.
        other: Another.
        kind: Mention kind of both ("person", "organisation", …).

    Returns:
        Score and reasons; two empty or punctuation-only names score 0.
    """
    first, second = words_of(one), words_of(other)
    if not first or not second:
        return Decision(0.0, ("a name has no letters",))
    if first == second or "".join(first) == "".join(second):
        return Decision(1.0, ("same words",))
    for short, long in ((one, other), (other, one)):
        if is_acronym(short) and not is_acronym(long):
            if acronym_fits(short, long):
                return Decision(0.85, (f"{short} are the initials of {long}",))
            if len(words_of(long)) > 1 and words_of(short)[0] in words_of(long):
                return Decision(0.1, (f"{long} adds words to {short}: another body",))
            return Decision(0.0, (f"{short} are not the initials of {long}",))
    if is_acronym(one) and is_acronym(other):
        return Decision(0.0, ("two acronyms",))
    return _people(first, second) if kind == "person" else _bodies(first, second)


def _matches(short: tuple[str, ...], long: tuple[str, ...]) -> list[tuple[str, str]]:
    left = list(long)
    pairs = []
    for word in short:
        found = next((w for w in left if w == word), None) or next(
            (w for w in left if same_word(word, w)), None
        )
        if found is not None:
            left.remove(found)
            pairs.append((word, found))
    return pairs


def _people(first: tuple[str, ...], second: tuple[str, ...]) -> Decision:
    short, long = sorted((first, second), key=len)
    if len(short) == 1:
        return _single_name(short[0], long)
    if not same_word(short[-1], long[-1]):
        pairs = _matches(short, long)
        # "Kim Jong Un" and "Jong Un Kim": family name first or last.
        if len(pairs) == len(short) == len(long) and len(short) > 2:
            return Decision(0.8, ("same names in another order",))
        if len(pairs) == len(short) and len(short) > 1 and len(long) > len(short):
            return Decision(0.76, (f"{' '.join(long)} contains {' '.join(short)}",))
        return Decision(0.05, (f"different surnames {short[-1]} and {long[-1]}",))
    given = short[0]
    if same_word(given, long[0]):
        exact = given == long[0] and short[-1] == long[-1]
        reason = "same given name and surname" if exact else "given name and surname spelled alike"
        return Decision(0.97 if exact else 0.88, (reason,))
    if (len(given) == 1 or len(long[0]) == 1) and given[0] == long[0][0]:
        return Decision(0.8, ("initial and surname agree",))
    if min(len(given), len(long[0])) >= 3 and (
        long[0].startswith(given) or given.startswith(long[0])
    ):
        return Decision(0.82, ("short form of the given name, same surname",))
    if any(same_word(given, w) for w in long[1:-1]):
        return Decision(0.78, ("middle name and surname agree",))
    return Decision(0.1, ("same surname, different given names",))


def _single_name(single: str, long: tuple[str, ...]) -> Decision:
    if len(long) == 1:
        if _slip_of(single, long[0]):
            return Decision(0.8, ("spelled alike",))
        return Decision(0.0, ("different names",))
    if _slip_of(single, long[-1]):
        exact = single == long[-1]
        return Decision(0.78 if exact else 0.75, (f"surname of {' '.join(long)}",))
    if single in long[:-1]:
        # Rulers and some cultures go by the given or the family name that comes first.
        return Decision(0.6, (f"given name of {' '.join(long)}",))
    return Decision(0.0, ("different names",))


def _slip_of(one: str, other: str) -> bool:
    """Return whether one writer may have written both: "Sweeting", "Sweeing".

    One report spells a name one way; what is merely alike ("Mair", "Mayor") is another word.
    """
    if one == other or one.removesuffix("s") == other.removesuffix("s"):
        return True
    for glued, plain in ((one, other), (other, one)):
        if len(glued) > 6 and glued[:2] in {"al", "el"} and glued[2:] == plain:
            return True
    shorter = min(len(one), len(other))
    if shorter >= 4 and sounds(one) == sounds(other):
        return True
    return shorter >= 5 and same_word(one, other) and Levenshtein.distance(one, other) <= 1


def _bodies(first: tuple[str, ...], second: tuple[str, ...]) -> Decision:
    short, long = sorted((first, second), key=len)
    pairs = _matches(short, long)
    telling = [p for p in pairs if p[0] not in COMMON]
    if len(pairs) < len(short):
        rest = [w for w in short if w not in {p[0] for p in pairs}]
        more = [w for w in long if w not in {p[1] for p in pairs}]
        if telling and all(w in GENERIC_ENDINGS for w in rest):
            if any(w in PART_WORDS and w not in GENERIC_ENDINGS for w in (*rest, *more)):
                return Decision(0.2, ("one name is that of a part",))
            if all(w in GENERIC_ENDINGS or w in COMMON for w in more):
                return Decision(0.8, ("same name with another word for group",))
        return Decision(0.1, (f"{' '.join(rest)} is missing in the other name",))
    spelling = all(a == b for a, b in pairs)
    extra = [w for w in long if w not in {p[1] for p in pairs}]
    if not extra:
        return Decision(
            0.95 if spelling else 0.85, ("same words" if spelling else "spelled alike",)
        )
    if not telling:
        return Decision(0.1, (f"{' '.join(short)} is a common word",))
    if long[-len(short) :] == tuple(b for _, b in pairs) and short[-1] in PART_WORDS:
        # "ABC Coast Force" names the parent before the unit.
        return Decision(0.76, (f"{' '.join(extra)} stands before {' '.join(short)}",))
    parts = [w for w in extra if w in PART_WORDS and w not in GENERIC_ENDINGS]
    if parts or (any(w in PART_WORDS for w in extra) and any(w not in COMMON for w in extra)):
        return Decision(0.2, (f"{' '.join(extra)} makes it another body",))
    if all(w in GENERIC_ENDINGS or w in COMMON for w in extra):
        return Decision(0.85 if spelling else 0.8, ("same name without a word for group",))
    if len(telling) >= 2:
        return Decision(0.78, (f"{' '.join(long)} contains {' '.join(short)}",))
    return Decision(0.4, (f"only {telling[0][0]} is shared",))
