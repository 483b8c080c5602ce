"""Tell names from capitalised words that name nobody: credits, shouted words, openings.

"Getty Images" under a picture took the picture; "WIN" in a headline is a word;
"Tributes" begins a sentence. The words of the language come with the parser.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from onrecord.annotate import knowledge
from onrecord.annotate.text import load_language

if TYPE_CHECKING:
    from spacy.tokens import Token

# Under pictures these say who took them, alone or behind where that was.
_CREDITS = knowledge.word_set(
    "getty images image ap epa reuters afp rex shutterstock alamy pa istock photo photos ic handout"
)
_ONLY_CREDITS = knowledge.word_set("getty images image rex shutterstock alamy istock photo photos")
_ENDINGS = ("s", "es", "ed", "d", "ing", "ly")
_SHORTEST = 2


def without_credits_behind(run: list[Token]) -> list[Token]:
    """Return the tokens of a name without the agency behind it: "Varda" of "Varda Getty"."""
    end = len(run)
    while end > 1 and run[end - 1].lower_ in _CREDITS and run[end - 1].text[:1].isupper():
        end -= 1
    rest = str(run[0].doc[run[0].i : run[end - 1].i + 1].text)
    if end == len(run) or not (
        knowledge.country_of(rest)
        or knowledge.capital_country(rest)
        or (run[0].ent_type_ in ("GPE", "LOC", "PERSON"))
    ):
        return run
    return run[:end]


def is_credit(name: str) -> bool:
    """Return whether a name is only a credit of a picture: "Getty", "Getty Images"."""
    return all(word.lower() in _ONLY_CREDITS for word in name.split())


def is_shouted_word(token: Token) -> bool:
    """Return whether a word in capitals is no acronym but a word: "HATE", "the TITLE WIN"."""
    word = token.text
    if len(word) < _SHORTEST or not word.isalpha() or not word.isupper():
        return False
    if is_common_word(word, "verb", "adj", "adv") and len(word) > _SHORTEST + 1:
        return True
    beside = [t for t in (_beside(token, -1), _beside(token, 1)) if t is not None]
    shouted = any(t.text.isalpha() and t.text.isupper() and len(t.text) > 1 for t in beside)
    return shouted and is_common_word(word)


def opens_sentence(token: Token) -> bool:
    """Return whether a word has its capital only from beginning a sentence: "Tributes poured"."""
    begins = token.is_sent_start or (
        (before := _beside(token, -1)) is not None and before.text in _BEFORE_WORDS
    )
    return bool(begins) and token.text[1:].islower() and is_common_word(token.text)


_BEFORE_WORDS = frozenset("\"“‘'([:;—–")


@lru_cache(maxsize=16_384)
def is_common_word(word: str, *classes: str) -> bool:
    """Return whether the language has a word that is written like this in lower case.

    Args:
        word: As written.
        classes: "noun", "verb", "adj" or "adv"; all when none are given.
    """
    index = load_language().get_pipe("lemmatizer").lookups.get_table("lemma_index")  # type: ignore[attr-defined]
    lower = word.lower()
    forms = [lower, *(lower.removesuffix(end) for end in _ENDINGS if lower.endswith(end))]
    return any(
        form in index.get(name, ())
        for name in (classes or ("noun", "verb", "adj", "adv"))
        for form in forms
        if len(form) > _SHORTEST
    )


def _beside(token: Token, by: int) -> Token | None:
    at = token.i + by
    return token.doc[at] if 0 <= at < len(token.doc) else None
