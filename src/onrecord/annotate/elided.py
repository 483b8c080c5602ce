"""Find what a number without a noun counts: "The ministry has confirmed seven.", "He counted 14".

A report names the guards once and then only gives numbers. The noun meant is
the nearest one before the number that was counted already, or that is plural
and can be counted as people, casualties or weapons; who gives the number is
never what is counted. It is sought in the same sentence and the two before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.annotate.quantity_kinds import QuantityKind, kind_of_noun
from onrecord.annotate.text import ParsedSentence
from onrecord.model.annotation import Quantity
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# How many sentences before that of the number may name what it counts.
REACH = 2
# Verb -> the preposition that leads to the number; empty where the number is its object.
_COUNTING: dict[str, frozenset[str]] = {
    "put": frozenset({"at"}), "place": frozenset({"at"}), "estimate": frozenset({"at"}),
    "set": frozenset({"at"}), "speak": frozenset({"of"}), "talk": frozenset({"of"}),
    "count": frozenset({""}), "tally": frozenset({""}), "confirm": frozenset({""}),
    "say": frozenset({""}),
}  # fmt: skip
_TALLIES = frozenset({"number", "toll", "count", "tally", "figure", "total"})
_TOLD = frozenset({"tell", "inform", "brief"})
_TAKEN = frozenset({"hostage", "prisoner", "captive"})
_NAMED = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "attr", "conj", "appos"})
_CROWDS = frozenset({"people", "dead", "wounded", "injured", "missing"})
_MODIFIES = frozenset({"nummod", "compound", "quantmod", "amod", "nmod", "poss"})


def is_count(number: Token) -> bool:
    """Return whether somebody gives a number without a noun as a count of something.

    "Put the number at five", "speak of 23", "has confirmed seven", "the toll is nine".

    Args:
        number: The last token of the number.
    """
    head = number.head
    if number.dep_ == "attr" and head.lemma_ == "be":
        return any(c.dep_ == "nsubj" and c.lemma_.lower() in _TALLIES for c in head.lefts)
    word = ""
    if number.dep_ == "pobj":
        word, head = head.lower_, head.head
        if head.lemma_.lower() in _TALLIES:
            head = head.head
    elif number.dep_ not in ("dobj", "ccomp"):
        return False
    if head.pos_ != "VERB" or word not in _COUNTING.get(head.lemma_.lower(), ()):
        return False
    if any(c.dep_ in ("nsubjpass", "auxpass", "neg") for c in head.children):
        return False
    things = [c.lemma_.lower() for c in head.children if c.dep_ == "dobj" and c != number]
    if word == "at":
        return any(thing in _TALLIES for thing in things)
    return not things and any(c.dep_ == "nsubj" for c in head.lefts)


def counted_before(
    number: Token, sentences: Sequence[ParsedSentence], figures: Sequence[Quantity]
) -> tuple[Span, QuantityKind] | None:
    """Return what a number without a noun counts, and its kind; None when nothing fits.

    Args:
        number: The last token of the number.
        sentences: Its sentence last, after those before it in which the noun may stand.
        figures: The figures found before it.
    """
    start = sentences[-1].span_of(number).start
    first = sentences[0].sentence.span.start
    # What rival sources count is nearly always people; a thing is meant only where it is near.
    last = sentences[-1 if is_count(number) else -2 :][0].sentence.span.start
    nouns = [
        (figure.counted, figure.kind)
        for figure in figures
        if figure.counted is not None
        and (first if figure.kind != "other" else last) <= figure.span.start
        and figure.span.end <= start
    ]
    speakers = {c.lower_ for verb in number.ancestors for c in verb.lefts if c.dep_ == "nsubj"}
    nouns += [found for sentence in sentences[-2:] for found in _countable(sentence, speakers)]
    before = [n for n in nouns if n[0].end <= start and (n[1] != "other" or not _of_people(number))]
    return max(before, key=lambda noun: noun[0].start, default=None)


def _of_people(number: Token) -> bool:
    """Return whether the number is put at somebody's count ("their number")."""
    return any(
        thing.dep_ == "dobj" and any(c.lower_ == "their" for c in thing.lefts)
        for thing in number.head.head.children
    )


def modifies(number: Token) -> bool:
    """Return whether the number belongs to a noun behind it after all."""
    return number.dep_ in _MODIFIES and number.head.i > number.i


def _countable(
    sentence: ParsedSentence, speakers: Collection[str]
) -> Iterator[tuple[Span, QuantityKind]]:
    """Yield plural nouns that a number told by `speakers` may count, in order of the text."""
    for token in sentence.tokens:
        if token.lower_ in speakers:
            continue
        # The parser takes "took guards hostage" for a sort of hostages.
        taken = token.dep_ == "compound" and token.head.lower_ in _TAKEN
        if not taken and token.dep_ not in _NAMED:
            continue
        if token.tag_ not in ("NNS", "NNPS") and token.lower_ not in _CROWDS:
            continue
        kind = kind_of_noun(token)
        if kind is not None and not _gives_number(token):
            yield sentence.span_of(token), kind


def _gives_number(noun: Token) -> bool:
    """Return whether the noun speaks or listens: subject of a verb of saying, or told something."""
    if noun.dep_ == "dobj" and noun.head.lemma_.lower() in _TOLD:
        return True
    top = noun
    for _ in range(6):
        if top.dep_ == "nsubj":
            return top.head.lemma_.lower() in _COUNTING
        if top.head == top or top.pos_ in ("VERB", "AUX"):
            return False
        top = top.head
    return False
