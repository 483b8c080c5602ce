"""Tell a sentence's PLOVER contexts by keywords: what the event is about besides what it is."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from onrecord.annotate.lexicon import load_ontology


def contexts_of(lemmas: Iterable[str]) -> tuple[str, ...]:
    """Return the contexts of a sentence in the order of the ontology.

    Args:
        lemmas: Lower-case lemmas of the sentence's words in order.
    """
    words = list(lemmas)
    singles = set(words)
    text = f" {' '.join(words)} "
    return tuple(
        context
        for context, (alone, phrases) in _keywords().items()
        if not singles.isdisjoint(alone) or any(phrase in text for phrase in phrases)
    )


@lru_cache(maxsize=1)
def _keywords() -> dict[str, tuple[frozenset[str], tuple[str, ...]]]:
    """Return single words and padded phrases of each context."""
    return {
        context: (
            frozenset(word for word in words if " " not in word),
            tuple(sorted(f" {word} " for word in words if " " in word)),
        )
        for context, words in load_ontology().context_words.items()
    }
