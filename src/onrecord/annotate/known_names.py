"""Find well-known names of several words as they are written, whatever the parser makes of them.

A parser cuts "the People's Republic of X" at the possessive and "the Islamic
State of X and Y" at the conjunction, and what is left may name another state.
What is known as one name is one name.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache

from onrecord.annotate import knowledge
from onrecord.annotate.text import ParsedSentence
from onrecord.model.annotation import MentionKind
from onrecord.model.span import Span


def known_names(parsed: ParsedSentence) -> list[tuple[Span, MentionKind]]:
    """Return the well-known names of several words in a sentence and what each names.

    Returns:
        Spans of the document in order, none of which overlap; of two names that do, the one
        that starts first, then the longer.
    """
    text = parsed.tokens.text
    folded = knowledge.fold_letters(text)
    if len(folded) != len(text):
        return []
    sentence_start = parsed.tokens.start_char
    found: list[tuple[Span, MentionKind]] = []
    end = 0
    by_first_word = _by_first_word()
    for token in parsed.tokens:
        start = token.idx - sentence_start
        names = by_first_word.get(folded[start : start + len(token)])
        if names is None or start < end:
            continue
        named = _longest(text, folded, start, names)
        if named is not None:
            end, kind = named
            span = Span(start, end).shifted(parsed.base + sentence_start)
            found.append((span, kind))
    return found


def _longest(
    text: str, folded: str, start: int, names: Sequence[str]
) -> tuple[int, MentionKind] | None:
    for name in names:
        end = start + len(name)
        if not folded.startswith(name, start) or folded[end : end + 1].isalnum():
            continue
        kind = _kind(text[start:end])
        if kind is not None:
            return end, kind
    return None


def _kind(name: str) -> MentionKind | None:
    if knowledge.country_of(name) is not None:
        return "country"
    body = knowledge.known_body(name)
    if body is not None:
        return body.kind
    return "place" if knowledge.territory_of(name) is not None else None


@lru_cache(maxsize=1)
def _by_first_word() -> dict[str, tuple[str, ...]]:
    """Return the folded names of several words by their first token, longest first."""
    names: dict[str, set[str]] = defaultdict(set)
    for written in knowledge.long_names():
        name = knowledge.fold(written)
        first = name.split()[0]
        # The tokeniser cuts the possessive off: "People" and "'s".
        names[first.removesuffix("'s")].add(name)
    return {first: tuple(sorted(some, key=lambda n: (-len(n), n))) for first, some in names.items()}
