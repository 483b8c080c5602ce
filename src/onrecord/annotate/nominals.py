"""Try a frame on an event noun: its owner, its phrases and the light verb that carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotate.clauses import (
    agent_of,
    children,
    is_passive,
    is_verbal,
    patients_of,
    subject_of,
)
from onrecord.annotate.filling import Filling, Match, other_party, prepositional
from onrecord.annotate.frames import Frame, Role
from onrecord.annotate.lexicon import load_light_verbs
from onrecord.annotate.parties import fits, in_class

if TYPE_CHECKING:
    from spacy.tokens import Token

_MEETINGS = frozenset({"CONSULT"})
_NATION_LABELS = frozenset({"NORP", "GPE", "ORG"})


def match_noun(frame: Frame, noun: Token) -> Match | None:
    helpers: list[Token] = []
    if not frame.without.is_open and any(fits(c, frame.without) for c in noun.children):
        return None
    if not frame.modifiers.is_open:
        modifiers = [c for c in noun.children if c.dep_ in {"amod", "compound", "nmod", "poss"}]
        modifiers += [c for m in modifiers for c in children(m, "compound", "amod")]
        fitting = [m for m in modifiers if fits(m, frame.modifiers)]
        if not fitting:
            return None
        helpers = [m for m in fitting if m.dep_ != "poss"]
    filling = Filling()
    light = _light_verb(noun)
    blamed = _blamed_for(noun)
    _fill_owner(frame, noun, filling)
    for slot in frame.slots:
        holders = [noun, *_carriers(noun, light)]
        token = prepositional(slot, holders, set(filling.roles.values()))
        if token is not None and slot.role is not None and slot.role in filling.roles:
            token = None if not slot.required else token
        if token is None and slot.required:
            return None
        if token is not None:
            filling.put(slot, token)
    if light is not None:
        _fill_from_light_verb(noun, light, filling)
    if blamed is not None:
        filling.roles.setdefault("S", blamed)
    if frame.type in _MEETINGS and "S" not in filling.roles:
        traveller = _scene_subject(noun)
        if traveller is not None and traveller not in filling.roles.values():
            filling.roles["S"] = traveller
    source, target = filling.roles.get("S"), filling.roles.get("T")
    if source is not None and target is None and _is_between(source, noun):
        target = other_party(source)
    helpers.extend(filling.helpers)
    return Match(frame, noun, source, target, tuple(helpers), tuple(filling.complements), light)


def _carriers(noun: Token, light: Token | None) -> list[Token]:
    """Return the verbs on which a noun's own phrases may hang: "clashes broke out between"."""
    if light is not None:
        return [light]
    happening = load_light_verbs()["happening"]
    if noun.dep_ == "nsubj" and noun.head.lemma_.lower() in happening:
        return [noun.head]
    return []


def _scene_subject(noun: Token) -> Token | None:
    """Return who met or travelled in "during a visit to Selva, the minister said"."""
    preposition = noun.head
    if noun.dep_ != "pobj" or preposition.lower_ not in {"during", "following", "after", "before"}:
        return None
    verb = preposition.head
    subject = agent_of(verb) if is_verbal(verb) else None
    return subject if subject is not None and in_class(subject, "actor") else None


def _is_between(party: Token, noun: Token) -> bool:
    return party.head.lower_ in {"between", "among"} and party.head.head == noun


def _fill_owner(frame: Frame, noun: Token, filling: Filling) -> None:
    role: Role = frame.subject or "S"
    for owner in children(noun, "poss"):
        if in_class(owner, "actor") or owner.pos_ in {"PRON", "PROPN"}:
            filling.roles[role] = owner
            return
    if role == "T":
        return
    for modifier in children(noun, "amod", "compound", "nmod"):
        if modifier.ent_type_ in _NATION_LABELS and modifier.text[:1].isupper():
            filling.roles["S"] = modifier
            return


def _light_verb(noun: Token) -> Token | None:
    """Return the verb that only performs or undergoes what `noun` names, or None."""
    light = load_light_verbs()
    first = noun
    while first.dep_ == "conj" and first.head.pos_ in {"NOUN", "PROPN"}:
        first = first.head
    head = first.head
    if first.dep_ in {"dobj", "nsubjpass"} and is_verbal(head):
        lemma = head.lemma_.lower()
        return head if lemma in light["subject_acts"] | light["subject_undergoes"] else None
    if head.dep_ == "acl" or head.dep_ == "relcl":
        return None
    for clause in children(first, "acl"):
        # "an attack carried out by": the participle performs its own head.
        if clause.tag_ == "VBN" and clause.lemma_.lower() in light["subject_acts"]:
            return clause
    if (
        first.dep_ == "pobj"
        and head.lower_ == "under"
        and head.head.lemma_.lower() in light["under"]
    ):
        return head.head
    return None


def _blamed_for(noun: Token) -> Token | None:
    """Return who is accused of, takes part in or claims what `noun` names, or None."""
    first = noun
    while first.dep_ == "conj" and first.head.pos_ in {"NOUN", "PROPN"}:
        first = first.head
    preposition = first.head
    if first.dep_ != "pobj" or preposition.lower_ not in {"of", "for", "in", "with", "over"}:
        return None
    words, governor = load_light_verbs(), preposition.head
    if governor.lemma_.lower() in words["answerable"] and governor.dep_ == "dobj":
        governor = governor.head
        return agent_of(governor) if is_verbal(governor) else None
    lemma = governor.lemma_.lower()
    if not is_verbal(governor):
        return None
    if preposition.lower_ == "in" and lemma in words["subject_acts_in"]:
        return subject_of(governor)
    if lemma in words["blame"]:
        return next(iter(patients_of(governor)), None)
    return None


def _fill_from_light_verb(noun: Token, light: Token, filling: Filling) -> None:
    words = load_light_verbs()
    if noun.dep_ == "pobj":
        subject = subject_of(light)
        if subject is not None:
            filling.roles.setdefault("T", subject)
        return
    lemma = light.lemma_.lower()
    if lemma in words["subject_undergoes"] and not is_passive(light):
        subject = subject_of(light)
        if subject is not None and subject not in filling.roles.values():
            filling.roles.setdefault("T", subject)
        return
    agent = agent_of(light)
    if agent is not None and agent != noun and agent not in filling.roles.values():
        filling.roles.setdefault("S", agent)
