"""Find standing relations between actors by patterns that are nearly always right.

Three families: role nouns ("the group's leader, X"), predicates ("X answers
to Y", "X-backed Y") and names side by side ("X (ACRONYM)", "Town, Country").
What they do not match is left to a learned extractor.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.factuality import factuality_of
from onrecord.annotate.phrases import Scene
from onrecord.annotate.relation_adherents import adherent_relations
from onrecord.annotate.relation_names import alias_relations
from onrecord.annotate.relation_nouns import noun_relations
from onrecord.annotate.relation_parts import part_relations
from onrecord.annotate.relation_places import place_relations
from onrecord.annotate.relation_roles import role_relations
from onrecord.annotate.relation_verbs import verb_relations
from onrecord.annotate.text import Parse, ParsedSentence
from onrecord.model.annotation import Mention, Relation, TimeExpression

if TYPE_CHECKING:
    from spacy.tokens import Token

_OF_HAVING = frozenset({"have", "hold", "keep", "maintain", "lose", "need", "want", "seek"})
_SYMMETRIC = frozenset({"also_known_as", "allied_with", "hostile_to"})


def find_relations(
    parse: Parse, mentions: tuple[Mention, ...], times: tuple[TimeExpression, ...]
) -> tuple[Relation, ...]:
    """Return the relations that patterns show, in order of the text.

    Args:
        parse: The parsed document.
        mentions: Its mentions; names decide what can lead, back or hold what.
        times: Its time expressions; one that depends on the evidence dates the relation.

    Returns:
        Relations without repetition; subject and object are never the same words.
    """
    by_sentence: dict[int, list[Mention]] = defaultdict(list)
    starts = [s.sentence.span for s in parse.sentences]
    position = 0
    for mention in sorted(mentions, key=lambda m: m.span):
        while position < len(starts) and starts[position].end <= mention.span.start:
            position += 1
        if position < len(starts) and starts[position].overlaps(mention.span):
            by_sentence[position].append(mention)
    found: list[Relation] = []
    for index, sentence in enumerate(parse.sentences):
        scene = Scene(parse, sentence, tuple(by_sentence[index]))
        inside = [t for t in times if sentence.sentence.span.contains(t.span)]
        for bare in _without_repetition(_all(scene)):
            relation = _with_factuality(bare, sentence)
            # A wish or a possibility is no standing fact.
            if relation.factuality in {"asserted", "denied"}:
                found.append(_dated(relation, sentence, inside))
    return tuple(sorted(found, key=lambda r: (r.evidence, r.subject, r.object, r.type)))


def _all(scene: Scene) -> Iterator[Relation]:
    yield from alias_relations(scene)
    yield from place_relations(scene)
    yield from part_relations(scene)
    yield from role_relations(scene)
    yield from verb_relations(scene)
    yield from noun_relations(scene)
    yield from adherent_relations(scene)


def _without_repetition(relations: Iterator[Relation]) -> list[Relation]:
    """Return the most certain of relations of one type between overlapping parties."""
    kept: list[Relation] = []
    for relation in sorted(relations, key=lambda r: -r.confidence):
        if relation.subject.overlaps(relation.object):
            continue
        if not any(_same(relation, other) for other in kept):
            kept.append(relation)
    return kept


def _same(one: Relation, other: Relation) -> bool:
    if one.type != other.type:
        return False
    if one.subject.overlaps(other.subject) and one.object.overlaps(other.object):
        return True
    swapped = one.subject.overlaps(other.object) and one.object.overlaps(other.subject)
    return swapped and one.type in _SYMMETRIC


def _predicate(relation: Relation, sentence: ParsedSentence) -> Token | None:
    """Return the verb or adjective that the evidence consists of or depends on."""
    tokens = sentence.tokens_in(relation.evidence)
    verb = next((t for t in tokens if t.pos_ in {"VERB", "AUX"}), None)
    if verb is not None or not tokens:
        return verb
    noun = tokens[0]
    while noun.head in tokens and noun.head != noun:
        noun = noun.head
    governs = noun.head.pos_ in {"VERB", "AUX"}
    if governs and noun.dep_ in {"attr", "acomp", "oprd"}:
        return noun.head
    # Who "met the group's leader X" met a leader; who "has no leader" or "wants one" has none.
    if governs and noun.dep_ == "dobj" and noun.head.lemma_ in _OF_HAVING:
        return noun.head
    return None


def _with_factuality(relation: Relation, sentence: ParsedSentence) -> Relation:
    verb = _predicate(relation, sentence)
    return relation if verb is None else replace(relation, factuality=factuality_of(verb))


def _dated(relation: Relation, sentence: ParsedSentence, times: list[TimeExpression]) -> Relation:
    verb = _predicate(relation, sentence)
    if verb is None:
        return relation
    for time in times:
        tokens = sentence.tokens_in(time.span)
        if tokens and _governor(tokens[0]) == verb.i:
            return replace(relation, time=time.span)
    return relation


def _governor(token: Token) -> int:
    """Return the position of the nearest verb above `token`."""
    while token.head != token:
        token = token.head
        if token.pos_ in {"VERB", "AUX"}:
            break
    return token.i
