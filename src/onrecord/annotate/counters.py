"""Find who vouches for a figure: "police put the crowd at 12,000", "the ministry spoke of 12".

Two counts of one thing often stand in one sentence, each on the word of
somebody else, and no verb of saying is near.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.cues import lemma_of
from onrecord.annotate.sources import own_subject, phrase_of, subject_of
from onrecord.annotate.text import Parse, ParsedSentence
from onrecord.model.annotation import Attribution

if TYPE_CHECKING:
    from spacy.tokens import Token

# Verb -> the preposition that leads to the number; empty where the object is the number.
_PREPOSITION = {
    "put": "at", "place": "at", "estimate": "at", "set": "at", "assess": "at", "speak": "of",
    "talk": "of", "count": "", "tally": "",
}  # fmt: skip
_CONFIDENCE = 0.8


def find_counters(parse: Parse) -> tuple[Attribution, ...]:
    """Return who gives which number, in order of the text.

    Args:
        parse: The parsed document.

    Returns:
        Attributions without parents; the content ends with the number.
    """
    found = [link for sentence in parse.sentences for link in _in_sentence(sentence)]
    return tuple(sorted(found, key=lambda a: a.content[0]))


def with_counters(
    attributions: Iterable[Attribution], counters: Iterable[Attribution]
) -> list[Attribution]:
    """Return attributions and, in order of the text, those counters that are none of them."""
    known = list(attributions)
    added = [counter for counter in counters if not any(_one(counter, a) for a in known)]
    if not added:
        return known
    return sorted([*known, *added], key=lambda a: (a.content[0], a.cue or a.content[0]))


def _one(counter: Attribution, other: Attribution) -> bool:
    """Return whether a counter is told already: by the same verb, or by the same source."""
    for mine, theirs in ((counter.cue, other.cue), (counter.source, other.source)):
        if mine is not None and theirs is not None and mine.overlaps(theirs):
            return counter.content_span.overlaps(other.content_span)
    return False


def _in_sentence(sentence: ParsedSentence) -> Iterator[Attribution]:
    for verb in sentence.tokens:
        if verb.pos_ != "VERB" or lemma_of(verb) not in _PREPOSITION:
            continue
        number = _number_of(verb)
        source = subject_of(verb)
        if number is None or source is None or source.i > verb.i or _passive(verb):
            continue
        things = [c for c in verb.rights if c.dep_ == "dobj" and c.i <= number.i]
        first = things[0].left_edge if things else number.left_edge
        yield Attribution(
            content=(sentence.span_of(first, number.right_edge),),
            source=sentence.span_of(*phrase_of(source)),
            cue=sentence.span_of(verb),
            kind="indirect",
            confidence=_CONFIDENCE,
        )


def _number_of(verb: Token) -> Token | None:
    """Return the noun or number at which the verb puts a count, None when there is none."""
    preposition = _PREPOSITION[lemma_of(verb)]
    if not preposition:
        heads = [c for c in verb.rights if c.dep_ == "dobj"]
    else:
        # The parser hangs "at 12,000" on the verb or on what is counted.
        near = [*verb.rights, *(i for c in verb.rights if c.dep_ == "dobj" for i in c.subtree)]
        heads = [
            inner
            for child in near
            if child.dep_ == "prep" and child.lower_ == preposition
            for inner in child.rights
            if inner.dep_ == "pobj"
        ]
    return next((head for head in heads if _counts(head)), None)


def _counts(head: Token) -> bool:
    if head.like_num or head.pos_ == "NUM":
        return True
    return any(child.dep_ == "nummod" for child in head.lefts)


def _passive(verb: Token) -> bool:
    subject = own_subject(verb)
    return subject is not None and subject.dep_ == "nsubjpass"
