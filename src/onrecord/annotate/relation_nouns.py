"""Relations that a noun with a preposition shows: "allegiance to X", "its operations in Y"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.phrases import Scene, preposition, subjects_of
from onrecord.annotate.relation_verbs import is_actor, prepositional
from onrecord.annotate.relation_words import relation_words
from onrecord.model.annotation import Relation

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_KEEPING = frozenset({"have", "run", "maintain", "conduct", "keep", "establish", "expand"})


def noun_relations(scene: Scene) -> Iterator[Relation]:
    """Yield the relations shown by nouns in one sentence."""
    for token in scene.tokens:
        if token.pos_ == "NOUN":
            yield from _noun(scene, token)


def _noun(scene: Scene, noun: Token) -> Iterator[Relation]:
    """Yield what nouns with a preposition show: "pledged allegiance to X", "a presence in Y"."""
    table = relation_words().nouns.get(noun.lemma_.lower())
    if table is None:
        return
    pairs = list(preposition(noun, set(table)))
    # The parser often hangs "to X" of "pledged allegiance to X" on the verb.
    if not pairs and noun.dep_ in {"dobj", "pobj"} and noun.lemma_ in {"allegiance", "loyalty"}:
        pairs = list(preposition(noun.head, set(table)))
    for word, token in pairs:
        kind = table[word.lower_]
        if kind == "hostile_between":
            yield from _between(scene, noun, word, token)
            continue
        if kind == "commanded":
            yield from _under_command(scene, noun, token)
            continue
        if kind == "active_in_have":
            yield from _own(scene, noun, word, token)
        verb = noun.head
        if noun.dep_ != "dobj" or verb.pos_ not in {"VERB", "AUX"}:
            continue
        if kind == "active_in_have":
            if verb.lemma_ not in _OF_KEEPING:
                continue
            kind = "active_in"
        if kind == "supports_provide":
            if verb.lemma_ not in {"provide", "give", "offer", "lend", "have"}:
                continue
            kind = "supports"
        evidence = scene.span(verb, word) if 0 < word.i - verb.i < 6 else scene.span(noun, word)
        for doer in subjects_of(verb):
            for subject in scene.phrases(doer):
                for target in scene.phrases(token):
                    yield from prepositional(kind, subject, target, evidence)


def _own(scene: Scene, noun: Token, word: Token, place: Token) -> Iterator[Relation]:
    """Yield "the group's operations in X": whose they are."""
    for owner in (c for c in noun.children if c.dep_ == "poss"):
        for subject in scene.phrases(owner):
            for target in scene.phrases(place):
                yield from prepositional("active_in", subject, target, scene.span(noun, word))


def _between(scene: Scene, noun: Token, word: Token, first: Token) -> Iterator[Relation]:
    """Yield "the war between X and Y" as X being hostile to Y."""
    sides = list(scene.phrases(first))
    if len(sides) == 2 and noun.head.lemma_ != "end":
        evidence = scene.span(noun, word)
        yield from prepositional("hostile_to", sides[0], sides[1], evidence)


def _under_command(scene: Scene, noun: Token, commander: Token) -> Iterator[Relation]:
    """Yield "X operates under the command of Y" as X being subordinate to Y."""
    under = noun.head
    if under.lower_ != "under":
        return
    verb = under.head
    subjects = [verb] if verb.pos_ in {"NOUN", "PROPN"} else subjects_of(verb)
    if verb.pos_ == "ADP":
        while verb.pos_ == "ADP":
            verb = verb.head
        subjects = [verb] if verb.pos_ in {"NOUN", "PROPN"} else subjects_of(verb)
    for doer in subjects:
        for subject in scene.phrases(doer):
            for target in scene.phrases(commander):
                if (
                    is_actor(subject)
                    and is_actor(target)
                    and not subject.span.overlaps(target.span)
                ):
                    evidence = scene.span(under, noun)
                    yield Relation(
                        "subordinate_to", subject.span, target.span, evidence, confidence=0.75
                    )
