"""Try a frame on a word of a parsed sentence: does it fit, and who are source and target?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from onrecord.annotate.clauses import (
    agent_of,
    children,
    clause_complements,
    is_passive,
    is_verbal,
    patients_of,
    prepositions_of,
    subject_of,
)
from onrecord.annotate.filling import Filling, Match, other_party, prepositional
from onrecord.annotate.frames import Frame, FrameKind, Slot
from onrecord.annotate.lexicon import Lexicon
from onrecord.annotate.nominals import match_noun
from onrecord.annotate.parties import fits

if TYPE_CHECKING:
    from spacy.tokens import Token

_CLAUSES = {"NOUN": ("acl",)}
_NEVER_ACTS = frozenset({"DATE", "TIME", "PERSON", "CARDINAL", "MONEY"})


def kind_of(token: Token) -> FrameKind | None:
    """Return which kind of frame a word can be the predicate of."""
    if token.pos_ in {"VERB", "AUX"} or (token.tag_ in {"VBN", "VBG"} and token.pos_ != "NOUN"):
        return None if token.dep_ in {"aux", "auxpass"} else "verb"
    if token.pos_ in {"NOUN", "PROPN"}:
        # "attack helicopters" names no attack, and March is a month.
        if token.dep_ == "compound" or token.ent_type_ in _NEVER_ACTS:
            return None
        return "noun"
    if token.pos_ == "ADJ":
        return "adjective"
    return None


def best_match(lexicon: Lexicon, token: Token, words: frozenset[str]) -> Match | None:
    """Return the strictest frame that fits `token`, the first of equals, or None.

    Args:
        lexicon: Frames to try.
        token: A word.
        words: All words of its sentence, lemmas and forms, in lower case.
    """
    kind = kind_of(token)
    if kind is None:
        return None
    best: Match | None = None
    for frame in lexicon.frames_of(token.lemma_.lower(), kind):
        if best is not None and frame.strictness <= best.frame.strictness:
            break
        if any(words.isdisjoint(needed) for needed in frame.needs):
            continue
        best = match_frame(frame, token) or best
    return best


def match_frame(frame: Frame, token: Token) -> Match | None:
    """Return how `frame` fits `token`, or None when it does not."""
    if not _near(frame, token):
        return None
    if frame.kind == "noun":
        return match_noun(frame, token)
    if frame.kind == "adjective":
        return _match_adjective(frame, token)
    return _match_verb(frame, token)


def _near(frame: Frame, token: Token) -> bool:
    if frame.near.is_open and frame.not_near.is_open:
        return True
    words = token.sent
    if not frame.near.is_open and not any(fits(word, frame.near) for word in words):
        return False
    return frame.not_near.is_open or not any(fits(word, frame.not_near) for word in words)


def _match_verb(frame: Frame, verb: Token) -> Match | None:
    filling = Filling()
    patients = patients_of(verb)
    if frame.subject == "S":
        agent = agent_of(verb)
        if agent is not None and not fits(agent, frame.subject_condition):
            return None
        if agent is None and not frame.subject_condition.is_open and not is_passive(verb):
            return None
        if agent is not None:
            filling.roles["S"] = agent
    else:
        subject = subject_of(verb)
        if subject is None or not fits(subject, frame.subject_condition):
            return None
        if frame.subject == "T":
            filling.roles["T"] = subject
        else:
            filling.helpers.append(subject)
        patients = [patient for patient in patients if patient != subject]
    for slot in frame.slots:
        token = _fill(slot, verb, patients, filling)
        if token is None and slot.required:
            return None
        if token is not None:
            filling.put(slot, token)
    source, target = filling.roles.get("S"), filling.roles.get("T")
    if frame.reciprocal and source is None:
        # "Talks between A and B were held": the parties hang on the noun.
        source = next(
            (h for n in filling.helpers for p, h in prepositions_of(n) if p == "between"), None
        )
    if frame.reciprocal and source is not None and target is None:
        target = other_party(source)
    return Match(frame, verb, source, target, tuple(filling.helpers), tuple(filling.complements))


def _fill(slot: Slot, verb: Token, patients: list[Token], filling: Filling) -> Token | None:
    used = {*filling.roles.values(), *filling.helpers}
    if slot.kind == "object":
        return next((p for p in patients if p not in used and fits(p, slot.condition)), None)
    if slot.kind == "word":
        return next(
            (w for w in _words_of(verb, patients) if w not in used and _is_word(w, slot)), None
        )
    if slot.kind == "particle":
        near = (c for c in verb.children if c.dep_ in {"prt", "advmod", "prep", "acomp", "oprd"})
        return next((c for c in near if c.lower_ in slot.words), None)
    # "impose sanctions on", "announce plans to": the rest may hang on the object.
    holders = [verb, *(h for h in filling.helpers if h.pos_ == "NOUN"), *filling.complements]
    if slot.kind in {"to", "that"}:
        return next((c for c in _clauses_of(holders, slot) if fits(c, slot.condition)), None)
    return prepositional(slot, holders, used)


def _words_of(verb: Token, patients: list[Token]) -> Iterator[Token]:
    yield from patients
    yield from children(
        verb, "attr", "oprd", "acomp", "advmod", "dobj", "npadvmod", "nsubj", "xcomp"
    )
    for clause in clause_complements(verb):
        # "took three men hostage" is parsed as a small clause.
        yield clause
        yield from children(clause, "attr", "oprd", "acomp")
    for patient in patients:
        yield from children(patient, "amod", "oprd", "acomp", "compound", "appos")


def _is_word(token: Token, slot: Slot) -> bool:
    if not fits(token, slot.condition):
        return False
    return slot.modifiers.is_open or any(fits(m, slot.modifiers) for m in token.children)


def _clauses_of(holders: list[Token], slot: Slot) -> Iterator[Token]:
    for holder in holders:
        yield from _clauses(holder, slot)


def _clauses(verb: Token, slot: Slot) -> Iterator[Token]:
    for clause in clause_complements(verb, *_CLAUSES.get(verb.pos_, ())):
        infinitive = any(c.tag_ == "TO" for c in clause.children)
        bare = clause.tag_ == "VB" and not children(clause, "nsubj", "mark")
        if slot.kind == "to" and (infinitive or bare):
            yield clause
        gerund = clause.dep_ == "xcomp" and clause.tag_ == "VBG"
        if slot.kind == "that" and not infinitive and (gerund or clause.dep_ == "ccomp"):
            yield clause


def _match_adjective(frame: Frame, adjective: Token) -> Match | None:
    filling = Filling()
    if adjective.dep_ in {"acomp", "oprd", "attr"} and is_verbal(adjective.head):
        holder = subject_of(adjective.head)
    elif (adjective.dep_ == "amod" and frame.subject == "T") or (
        adjective.dep_ in {"amod", "acl"} and any(s.required for s in frame.slots)
    ):
        holder = adjective.head
    else:
        return None
    if holder is None or not fits(holder, frame.subject_condition):
        return None
    filling.roles[frame.subject or "S"] = holder
    for slot in frame.slots:
        if slot.kind in {"to", "that"}:
            token = next((c for c in _clauses(adjective, slot) if fits(c, slot.condition)), None)
        else:
            token = prepositional(slot, [adjective], {holder})
        if token is None and slot.required:
            return None
        if token is not None:
            filling.put(slot, token)
    return Match(
        frame,
        adjective,
        filling.roles.get("S"),
        filling.roles.get("T"),
        tuple(filling.helpers),
        tuple(filling.complements),
    )
