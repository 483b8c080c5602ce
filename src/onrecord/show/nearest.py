"""Name the word somebody probably meant, so that an error can teach."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz, process

_LIKE_ENOUGH = 55.0


def nearest(word: str, known: Iterable[str]) -> str | None:
    """Return the word of `known` most like `word`, or None when none is like it.

    Case is ignored, so "assault" finds "ASSAULT".
    """
    found = process.extractOne(
        word, list(known), scorer=fuzz.ratio, processor=str.casefold, score_cutoff=_LIKE_ENOUGH
    )
    return None if found is None else str(found[0])


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return a next step for an error: the nearest word, else all of them."""
    words = sorted(known)
    found = nearest(word, words)
    if found is not None:
        return f"Did you mean {found}?"
    return f"Known: {', '.join(words)}."
