"""Tell a sentence's PLOVER contexts by keywords: what the event is about besides what it is."""

from __future__ import annotations

from collections import defaultdict
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
    # What tells a context may be a word or several, of which the first is looked up too.
    told = {
        context
        for word in singles
        for phrase, context in _by_first_word().get(word, ())
        if phrase in text
    }
    return tuple(context for context in load_ontology().context_words if context in told)


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return keywords, padded with spaces, and their contexts by the first word of each."""
    keywords: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for context, words in load_ontology().context_words.items():
        for word in words:
            keywords[word.split(" ")[0]].append((f" {word} ", context))
    return {first: tuple(some) for first, some in keywords.items()}
