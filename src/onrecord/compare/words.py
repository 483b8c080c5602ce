"""Words as they are compared: stems, what a count is a count of, signs of a retraction.

Two reports of one incident hardly ever use one wording, so nothing here is a
test of equality of sentences; these are the few words that decide whether two
figures count the same thing and whether a report takes back another.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from yaml import safe_load

from onrecord.annotate.numbers import find_numbers

_WORDS: dict[str, list[str]] = safe_load(
    resources.files("onrecord").joinpath("resources", "comparing.yaml").read_text("utf-8")
)
_WORD = re.compile(r"[^\W\d_][\w'-]*")
_SUFFIXES = ("ings", "ing", "ied", "ies", "ers", "ed", "es", "s", "er")
_SHORTEST = 3
# Characters, clauses weighed in, within which a word tells what a figure counts.
_REACH = 90

# Words too common to tell one story from another.
_COMMON = frozenset(_WORDS["common"])

# "A group of", "some of the", "at least twelve of": the noun comes behind.
_OF_SOME = re.compile(
    r"^(?:\S+\s+){0,3}?(?:groups?|numbers?|teams?|dozens|hundreds|thousands|scores|tens|members?|crowds?"
    r"|handful|pair|couple|series|all|some|most|many|several|both|each|one|two|three|four|five|six"
    r"|seven|eight|nine|ten|twelve|\d[\d,]*)\s+of\s+",
    re.I,
)
# Where what is told about a noun begins.
_BEHIND_NOUN = re.compile(
    r"[,;(]|\s(?:of|in|at|from|on|with|who|whom|which|that|near|by|for|to|under|behind|inside|outside"
    r"|held|accused|including|captive|hostage)\b",
    re.I,
)
# What happened to those counted, as verbs and nouns beside a figure tell it.
_OUTCOMES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("killed", re.compile(
        r"\b(?:kill(?:ed|ing|s)?|dead|died|dies|deaths?|die|slain|fatalit\w+|bodies|lives|los[te]"
        r" their li\w+|toll|shot dead|drowned|perish\w*)\b", re.I)),
    ("injured", re.compile(
        r"\b(?:wound\w*|injur\w*|hurt|hospitali[sz]ed|treated|casualt\w+)\b", re.I)),
    ("missing", re.compile(r"\b(?:missing|unaccounted)\b", re.I)),
    ("held", re.compile(
        r"\b(?:arrest\w*|detain(?:ed|ing|s)?|held|in custody|captured|jailed|imprisoned|abduct\w*"
        r"|kidnapp\w*)\b", re.I)),
    ("displaced", re.compile(
        r"\b(?:displac\w*|evacuat\w*|fled|flee\w*|homeless)\b", re.I)),
    ("crowd", re.compile(
        r"\b(?:protest(?:s|ed|ing)?|demonstrat(?:e|ed|ing|ions?)|march(?:es|ed|ing)?"
        r"|rall(?:y|ied|ies)|crowd\w*|turn(?:ed)? ?out|gather\w*|took part|attend\w*"
        r"|took to the streets?)\b", re.I)),
)  # fmt: skip
# What those counted are called by what happened to them, where nothing else is said.
_CALLED: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("held", re.compile(r"\b(?:hostages?|prisoners?|detainees?|captives?|inmates?)\b", re.I)),
    ("displaced", re.compile(r"\b(?:refugees?|evacuees?)\b", re.I)),
    ("crowd", re.compile(
        r"\b(?:protest[eo]rs?|demonstrators?|marchers?|participants?|attendees?)\b", re.I)),
    ("troops", re.compile(
        r"\b(?:troops?|soldiers?|fighters?|forces?|service members?|personnel)\b", re.I)),
)  # fmt: skip
_TELLS_BY_NAME = 3
# Words that name those counted without telling them from others.
_ANYBODY = frozenset(_WORDS["anybody"])
_NO_NOUNS = frozenset(_WORDS["no_nouns"])
_RETRACTION = re.compile(
    r"\b(?:retract(?:s|ed|ing|ion)?|withdr(?:aws?|ew|awn|awing)\s+(?:its|the|an?|that|this|our)"
    r"\s+(?:\w+\s+){0,3}(?:report|story|article|claim|statement|account)"
    r"|(?:was|were|is)\s+(?:wrong|incorrect|inaccurate|mistaken|false)\b"
    r"|apologi[sz]es?\s+for\s+(?:the|an?|its|this|our)\s+(?:error|mistake|report|story|article)"
    r"|correction\b|(?:wrongly|incorrectly|mistakenly|erroneously|falsely)\s+(?:said|reported"
    r"|stated|attributed|quoted|named|identified|gave)|in error\b|regrets?\s+(?:the|this|our|an)"
    r"\s+(?:error|mistake)|corrections?\b)",
    re.I,
)
_TAKES_BACK = re.compile(
    r"\b(?:retract\w*|withdr(?:aw|ew)\w*\s+(?:its|the|an?|that|this|our)\s+(?:\w+\s+){0,3}"
    r"(?:report|story|article))",
    re.I,
)
_HABIT = re.compile(
    r"\bbefore[,.;]|\b(?:previously|repeatedly|in the past|in recent (?:years|months|weeks)"
    r"|over the (?:years|decades)|time and again|has often|have often|routinely|regularly)\b",
    re.I,
)
_OWN_REPORT = re.compile(
    r"\b(?:we|this (?:news)?(?:paper|agency|website|magazine|outlet|station)|the (?:paper|agency))"
    r"\s+(?:had\s+|have\s+)?(?:\w+ly\s+)?(?:reported|said|wrote|stated|published|quoted|named"
    r"|attributed)\b"
    r"|\b(?:an?|our|the)\s+(?:earlier|previous|original)\s+(?:version|report|article|story)\b",
    re.I,
)
_OWN_FINDING = re.compile(
    r"\b(?:our|this (?:newspaper|paper|agency|station|magazine)['’]s|the (?:newspaper|paper)['’]s)"
    r"\s+(?:own\s+)?(?:reporters?|correspondents?|photographers?|count|survey|team)\b"
    r"|\b(?:seen|verified|confirmed|counted|reviewed|obtained) by (?:this (?:newspaper|paper|agency"
    r"|station|magazine)|us|our)\b",
    re.I,
)
_RESPONSIBILITY = re.compile(
    r"\b(?:responsib\w+|involve\w*|role|part in|behind|link\w*|accus\w+|allegation\w*|charge\w*"
    r"|claim\w*|report\w*|blame\w*|attack\w*|carr(?:y|ied|ying) out|hand in)\b",
    re.I,
)


_ONE_STEM = {
    "minister": "ministry", "ministers": "ministry", "ministerial": "ministry",
    "president": "presidency", "presidential": "presidency", "prosecutor": "prosecutors",
    "organiser": "organisers", "organizer": "organisers", "organizers": "organisers",
    "officer": "officer", "soldiers": "soldier", "killing": "kill", "killings": "kill",
}  # fmt: skip


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a lower-case word without its ending: "attacked" and "attacks" give "attack"."""
    word = _ONE_STEM.get(word, word)
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _SHORTEST:
            bare = word[: -len(suffix)]
            # "bombing" and "bomb", "bombed": the doubled letter of "stopped" goes too.
            return bare[:-1] if len(bare) > _SHORTEST and bare[-1] == bare[-2] != "l" else bare
    return word.removesuffix("e") if len(word) > _SHORTEST + 1 else word


@lru_cache(maxsize=16384)
def words_of(text: str) -> frozenset[str]:
    """Return the stems of the words of `text` that are not among the most common."""
    found = (word.lower().replace("’", "'").removesuffix("'s") for word in _WORD.findall(text))
    return frozenset(stem(word) for word in found if word not in _COMMON)


# Stems of bodies that speak with one voice: a minister and the ministry are one of them.
INSTITUTIONS = frozenset(stem(word) for word in _WORDS["institutions"])
# Stems of words in the names of outlets.
MEDIA = frozenset(stem(word) for word in _WORDS["media"])
# Stems of what is written and read by many: a source of its own without a speaker.
PAPERS = frozenset(stem(word) for word in _WORDS["papers"])


# Groups of nouns that are used of one sort of people or things, by stem.
_ALIKE: dict[str, frozenset[int]] = {
    noun: frozenset(
        number
        for number, group in enumerate(_WORDS["alike"])
        if noun in {stem(word) for word in group.split()}
    )
    for noun in {stem(word) for group in _WORDS["alike"] for word in group.split()}
}


def likeness_of_words(a: str, b: str) -> float:
    """Return the share of the shorter text's words that the other has too, 0 to 1."""
    words, others = words_of(a), words_of(b)
    return len(words & others) / min(len(words), len(others)) if words and others else 0.0


@lru_cache(maxsize=65536)
def numbers_of(text: str) -> frozenset[float]:
    """Return the numbers above one that `text` gives, in digits or in words."""
    return frozenset(
        phrase.amount.low
        for phrase in find_numbers(text)
        if phrase.amount.low is not None and phrase.amount.low > 1
    )


@lru_cache(maxsize=65536)
def akin(a: str, b: str) -> bool:
    """Return whether two triggers share a word in any of its forms ("agreed", "agreement")."""
    return any(kin(word, other) for word in words_of(a) for other in words_of(b))


def kin(word: str, other: str) -> bool:
    """Return whether two stems are forms of one word, the shorter at least four letters."""
    if word == other:
        return True
    long_enough = min(len(word), len(other)) > _SHORTEST
    return long_enough and (word.startswith(other) or other.startswith(word))


@lru_cache(maxsize=65536)
def outcome_of(sentence: str, at: int, trigger: str, counted: str = "") -> str:
    """Return what became of those that a figure counts: "killed", "injured", "crowd", ...

    The nearest word that tells counts, what follows the figure before what
    precedes it ("killed 14 and wounded 30": the 30 are wounded). What they are
    called comes last: prisoners who were killed are dead.

    Args:
        sentence: The sentence of the figure.
        at: Where the figure starts in it, in code points.
        trigger: The words of the figure.
        counted: The words of what is counted.

    Returns:
        The outcome, empty when the sentence does not say.
    """
    named = f"{trigger} {counted}"
    for name, pattern in _OUTCOMES[:_TELLS_BY_NAME]:
        if pattern.search(named):
            return name
    end = at + len(trigger)
    best: tuple[int, str] | None = None
    for name, pattern in _OUTCOMES:
        for match in pattern.finditer(sentence):
            if match.start() >= end:
                between = sentence[end : match.start()]
                distance = len(between)
            elif match.end() <= at:
                between = sentence[match.end() : at]
                distance = len(between) + 6
            else:
                continue
            # Another figure or clause lies between: the word is more likely of that one.
            distance += 30 * len(re.findall(r"\d|,| and | but |;", between))
            if best is None or distance < best[0]:
                best = distance, name
    if best is not None and best[0] < _REACH:
        return best[1]
    return next((name for name, pattern in _CALLED if pattern.search(named)), "")


@lru_cache(maxsize=65536)
def nouns_agree(one: str, other: str) -> bool:
    """Return whether two nouns may name one sort of things, each with the words that limit it.

    "Prisoners" may be "inmates" and "people" or "men" anybody, but "miners" no
    "soldiers", and "police officers" no "army officers".
    """
    words, others = words_of(one), words_of(other)
    if words <= others or others <= words or is_anybody(one) or is_anybody(other):
        return True
    head, other_head = counted_head(one), counted_head(other)
    if not alike(head, other_head):
        return False
    limits, other_limits = words - {head}, others - {other_head}
    return limits <= other_limits or other_limits <= limits


@lru_cache(maxsize=65536)
def head_noun(words: str) -> str:
    """Return the stem of the noun that a nominal is about; empty for pronouns and for anybody.

    Args:
        words: A noun phrase: "a group of health workers", "the guards of the north wing".
    """
    noun = _BEHIND_NOUN.split(_OF_SOME.sub("", words.strip()), maxsplit=1)[0]
    found = [w.lower().removesuffix("'s").removesuffix("’s") for w in _WORD.findall(noun)]
    if not found or found[-1] in _COMMON or found[-1] in _ANYBODY or found[-1] in _NO_NOUNS:
        return ""
    return stem(found[-1])


def alike(noun: str, other: str) -> bool:
    """Return whether two stems of nouns are used of one sort of people or things."""
    return bool(_ALIKE.get(noun, frozenset()) & _ALIKE.get(other, frozenset()))


def is_anybody(counted: str) -> bool:
    """Return whether what is counted is people of no particular kind."""
    words = [word.lower() for word in _WORD.findall(counted)]
    return all(word in _ANYBODY for word in words if word not in _COMMON)


def counted_head(counted: str) -> str:
    """Return the stem of the noun counted ("fellow prisoners": "prison"), empty for none."""
    words = _WORD.findall(counted)
    return stem(words[-1].lower()) if words else ""


def tells_own_report(sentence: str) -> bool:
    """Return whether an outlet speaks of what it reported itself ("we reported on Monday")."""
    return _OWN_REPORT.search(sentence) is not None


@lru_cache(maxsize=65536)
def tells_of_habit(sentence: str) -> bool:
    """Return whether a sentence tells of earlier acts of the kind ("have attacked it before")."""
    return _HABIT.search(sentence) is not None


def tells_own_finding(sentence: str) -> bool:
    """Return whether an outlet tells what its own people saw ("our reporter counted 300")."""
    return _OWN_FINDING.search(sentence) is not None


def takes_back(text: str) -> bool:
    """Return whether words say that an earlier report is withdrawn."""
    return _TAKES_BACK.search(text) is not None


def corrects(text: str) -> bool:
    """Return whether words say that an earlier report was wrong."""
    return _RETRACTION.search(text) is not None


def of_responsibility(sentence: str) -> bool:
    """Return whether a denial in `sentence` is one of having done something."""
    return _RESPONSIBILITY.search(sentence) is not None
