"""Lead "who" and "which" back to the noun phrase that their clause describes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.model.annotation import Mention, Sentence
from onrecord.model.span import Span

RELATIVES = frozenset({"who", "which", "whom", "whose", "that"})
_OF_PERSONS = frozenset({"who", "whom"})
# What may stand between a phrase and its clause: a comma, an aside in brackets, a preposition.
_GAP = re.compile(
    r"(?:,? ?\([^()]{1,60}\))?,?\s+(?:(?:in|of|by|with|to|for|from|on|at|under|all of|both of|"
    r"some of|most of|one of) )?"
)
_LONGEST_GAP = 70


def antecedent_of(
    text: str,
    span: Span,
    mentions: Sequence[Mention],
    sentences: Sequence[Sentence],
    among: Iterable[int],
) -> int | None:
    """Return the mention that a relative pronoun goes back to, None if none stands before it.

    Args:
        text: The document's text.
        span: The pronoun.
        mentions: All mentions.
        sentences: All sentences; the phrase stands in that of the pronoun.
        among: Indices of the mentions that may be meant.
    """
    word = text[span.start : span.end].lower()
    starts = [s.span.start for s in sentences if s.span.contains(span)]
    first = max(starts, default=0)
    fitting = [
        i for i in among
        if mentions[i].span.end <= span.start
        and mentions[i].span.start >= first
        and span.start - mentions[i].span.end <= _LONGEST_GAP
        and mentions[i].form != "pronoun"
        and _fits(word, mentions[i])
        and _GAP.fullmatch(text[mentions[i].span.end : span.start])
    ]  # fmt: skip
    # "The head of the group, who": of phrases that end here the longest that fits.
    return max(fitting, key=lambda i: (mentions[i].span.end, len(mentions[i].span)), default=None)


def _fits(word: str, mention: Mention) -> bool:
    if word in _OF_PERSONS:
        return mention.kind in {"person", "people", "armed_group"}
    if word in {"which", "that"}:
        return mention.kind not in {"person", "people"}
    return True
