"""Tell whether two words are spellings of one, by what transliterations confuse.

Transliteration trades letters by fixed habits: "q" for "k", "ou" for "u", "kh"
for "h". Each habit has a small cost, anything else a large one, so "Qasem" and
"Kassim" are near while "Hassan" and "Hussein", with the same consonants, are
not. Arabic and Hebrew script write few vowels, which then cost nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii

# Hebrew, Arabic and their kin; the scripts of India leave the commonest vowel out.
_ABJAD = re.compile(r"[\u0590-\u07bf\u0900-\u0d7f\ufb1d-\ufdff\ufe70-\ufeff]")
_HANGUL = re.compile(r"[\uac00-\ud7af]")
_TWO_SIGNS = (
    ("shch", "S"), ("sch", "S"), ("tch", "C"), ("dzh", "j"), ("sh", "S"), ("ch", "C"), ("zh", "Z"),
    ("kh", "h"), ("gh", "G"), ("dh", "d"), ("th", "t"), ("ph", "f"), ("dj", "j"), ("ck", "k"),
    ("tz", "z"), ("ts", "z"), ("x", "ks"), ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ie", "i"),
    ("c", "k"), ("y", "i"), ("w", "v"),
)  # fmt: skip
# Signs that stand for one sound in two ways of writing it, and what the trade costs.
_TRADES = {
    frozenset(pair): cost
    for pair, cost in (
        ("kq", 0.1), ("gq", 0.2), ("Gq", 0.1), ("Gg", 0.1), ("Gk", 0.3), ("gk", 0.4), ("gj", 0.3),
        ("gh", 0.4), ("SC", 0.2), ("Ss", 0.5), ("Sz", 0.7), ("Zj", 0.2), ("Zz", 0.5), ("SZ", 0.5),
        ("sz", 0.4), ("dt", 0.45), ("bp", 0.5), ("bv", 0.5), ("vf", 0.4), ("uv", 0.2), ("ov", 0.3),
        ("ij", 0.3), ("Ch", 0.3), ("Cj", 0.4), ("Ck", 0.4), ("zk", 0.6), ("zC", 0.4),
        ("dz", 0.5), ("hk", 0.4),
        ("ae", 0.3), ("ei", 0.15), ("ai", 0.6), ("ou", 0.1), ("ao", 0.55), ("au", 0.7),
        ("eo", 0.9), ("io", 1.0), ("iu", 1.0), ("eu", 0.9),
    )
}  # fmt: skip
_KOREAN_SURNAMES = {
    "Gim": "Kim", "I": "Lee", "Bak": "Park", "Choe": "Choi", "Mun": "Moon", "An": "Ahn",
    "No": "Roh", "Yun": "Yoon", "Jo": "Cho", "U": "Woo", "Guk": "Kuk", "Jeon": "Chun",
}  # fmt: skip
_VOWELS = frozenset("aeiou")
# A spelling is a share of its length away at most; short words leave no room for doubt.
_FARTHEST = 0.1
_FARTHEST_OF_FOUR = 0.3
_FARTHEST_OF_THREE = 0.12
_ROUNDING = 1e-9


@lru_cache(maxsize=262_144)
def skeleton(word: str) -> str:
    """Return the consonants all spellings of `word` share: a key to look for candidates.

    Args:
        word: One folded word in Latin letters.

    Returns:
        A short key; other words may have the same.
    """
    sounds = _sounds(word)
    kept = "".join(s for s in sounds if s not in _VOWELS and s != "v")
    kept = kept.translate(str.maketrans("qGgZSCpdz", "kkkjssbts"))
    kept = re.sub(r"(.)\1+", r"\1", kept.replace("h", "") or kept)
    return kept or "".join(sounds)[:3]


@lru_cache(maxsize=262_144)
def same_spelling(one: str, other: str, *, no_vowels: bool = False) -> bool:
    """Return whether two folded words may be spellings of one.

    Args:
        one: A word in lower-case Latin letters.
        other: Another.
        no_vowels: Whether one comes from a script that leaves vowels out.
    """
    if one == other:
        return True
    first, second = _sounds(one), _sounds(other)
    if first == second:
        return len(first) > 2 or one[:1] == other[:1]
    if no_vowels:
        bare = [_bare(one), _bare(other)]
        if len(bare[0]) < 2:
            return bare[0] == bare[1] != "" and max(len(one), len(other)) < 5
        farthest = 0.12 * max(map(len, bare))
        return _distance(bare[0], bare[1], farthest) <= farthest
    if first[:1] != second[:1] and not _traded(first[:1], second[:1]):
        return False
    # "Ivanov" and "Ivanova" are brother and sister.
    if first == second + "a" or second == first + "a":
        return False
    length = max(len(first), len(second))
    if length <= 4 and first.endswith("ng"):
        # "Zhang" and "Zheng" are two families; a syllable has no letter to spare.
        return False
    farthest = (
        _FARTHEST_OF_THREE if length <= 3
        else _FARTHEST_OF_FOUR if length == 4
        else _FARTHEST * length
    )  # fmt: skip
    if abs(len(first) - len(second)) * 0.5 > farthest:
        return False
    return _distance(first, second, farthest) <= farthest + _ROUNDING


@lru_cache(maxsize=262_144)
def plain(name: str) -> tuple[str, bool]:
    """Return `name` in Latin letters, and whether its script leaves vowels out."""
    if _ABJAD.search(name):
        # The Arabic article is written with the word.
        name = re.sub(r"(?<!\w)\u0627\u0644(?=\w{2})", "", name)
    text = anyascii(name)
    if _HANGUL.search(name):
        text = _korean(text)
    elif not name.isascii() and re.search(r"[\u3400-\u9fff]", name):
        text = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return text, bool(_ABJAD.search(name))


def _korean(text: str) -> str:
    """Return letter-true Korean as news spells it: "Gim Jeong Eun" is "Kim Jong Un"."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    words = spaced.replace("eo", "o").replace("eu", "u").split()
    return " ".join([_KOREAN_SURNAMES.get(words[0], words[0]), *words[1:]]) if words else text


def _bare(word: str) -> str:
    """Return the letters that a script without vowels would write, long vowels left out too."""
    letters = re.sub(r"[wy]", "", word).replace("p", "f").replace("v", "b")
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiou]|h$", "", _sounds(letters)))


def sounds(word: str) -> str:
    """Return a folded word as its sounds: "Volodymyr" and "Volodimir" have the same."""
    return _sounds(word)


@lru_cache(maxsize=262_144)
def _sounds(word: str) -> str:
    for long, short in _TWO_SIGNS:
        word = word.replace(long, short)
    word = re.sub(r"[^a-zA-Z0-9]", "", word)
    # A silent "h" ends many words after a vowel.
    word = re.sub(r"(?<=[aeiou])h$", "", word)
    return re.sub(r"([^0-9])\1+", r"\1", word)


def _traded(one: str, other: str) -> bool:
    return frozenset((one, other)) in _TRADES


def _distance(one: str, other: str, farthest: float) -> float:
    """Return the least cost of turning one row of sounds into the other.

    What costs more than `farthest` is not worked out to the end.
    """
    row = [0.0]
    for sign in other:
        row.append(row[-1] + _left_out(sign))
    for sign in one:
        above, row = row, [row[0] + _left_out(sign)]
        for j, sound in enumerate(other):
            trade = 0.0 if sign == sound else _TRADES.get(frozenset((sign, sound)), 1.0)
            row.append(
                min(above[j] + trade, above[j + 1] + _left_out(sign), row[j] + _left_out(sound))
            )
        if min(row) > farthest + _ROUNDING:
            return min(row)
    return row[-1]


def _left_out(sign: str) -> float:
    return 0.5 if sign in _VOWELS or sign == "h" else 1.0
