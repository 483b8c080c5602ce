"""Read predicate frames: one line says how a predicate's words map to who acts on whom.

A frame is written as the sentence it stands for:

    S attack|assault T              subject acts on object, either verb
    S open fire [on|at T]           "fire" must be the object; brackets: may be missing
    S fire T:@officials             the target's head must belong to a word class
    T come under fire [from|by S]   the subject suffers
    S&T meet [with T]               parties of a plural subject act on each other
    S crack +down [on T]            particle
    S agree to:@meets               infinitive clause; `that:` is a finite one
    bomb|device explode             words in place of S: a subject that is no actor
    attack [by S] [on|against T]    (noun) possessor is S unless written T's
    (peace|trade) talk              (noun) a modifier that must be there
    S critical of T                 (adjective)

Conditions are lemmas or @classes joined by |; a leading ! negates; * is anything.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal

FrameKind = Literal["verb", "noun", "adjective"]
SlotKind = Literal["object", "word", "preposition", "particle", "to", "that"]
Role = Literal["S", "T"]

PREPOSITIONS = frozenset({
    "about", "across", "after", "against", "ahead", "along", "alongside", "among", "around", "as",
    "at", "before", "behind", "between", "beyond", "by", "down", "for", "from", "in", "into",
    "near", "of", "off", "on", "out", "outside", "over", "through", "to", "toward", "towards",
    "under", "upon", "with", "within",
})  # fmt: skip
_TOKEN = re.compile(r"\[[^\]]*\]|\([^)]*\)|\S+")


class FrameError(ValueError):
    """A frame does not follow the notation."""


@dataclass(frozen=True, slots=True)
class Condition:
    """What a slot's head word must be.

    Attributes:
        lemmas: Allowed lemmas.
        classes: Allowed word classes, without @.
        negated: Whether the word must be none of these.
    """

    lemmas: frozenset[str] = frozenset()
    classes: tuple[str, ...] = ()
    negated: bool = False

    @property
    def is_open(self) -> bool:
        """Whether anything fits."""
        return not self.lemmas and not self.classes


ANYTHING = Condition()


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing a frame expects beside its predicate.

    Attributes:
        kind: How it is attached.
        words: Prepositions or particles that attach it.
        role: Whether it fills source or target.
        condition: What its head must be.
        modifiers: What one of the head's modifiers must be.
        required: Whether the frame needs it.
    """

    kind: SlotKind
    words: frozenset[str] = frozenset()
    role: Role | None = None
    condition: Condition = ANYTHING
    modifiers: Condition = ANYTHING
    required: bool = True


@dataclass(frozen=True, slots=True)
class Frame:
    """One line of the predicate lexicon.

    Attributes:
        text: The line as written.
        kind: Part of speech of the predicate.
        predicates: Lemmas of the predicate.
        subject: Role of the subject of a verb or adjective, or of a noun's possessor.
        subject_condition: What the head of that must be.
        reciprocal: Whether the parties of a plural subject act on each other.
        modifiers: What a modifier of the noun must be.
        slots: Everything else.
        type: PLOVER type.
        mode: PLOVER mode, or None.
        near: Words of which one must stand in the sentence.
        not_near: Words of which none may stand in the sentence.
        without: What no modifier of a noun may be.
        needs: Sets of words of which the sentence must hold one each, else the frame cannot fit.
    """

    text: str
    kind: FrameKind
    predicates: frozenset[str]
    subject: Role | None
    subject_condition: Condition = ANYTHING
    reciprocal: bool = False
    modifiers: Condition = ANYTHING
    slots: tuple[Slot, ...] = ()
    type: str = ""
    mode: str | None = None
    near: Condition = ANYTHING
    not_near: Condition = ANYTHING
    without: Condition = ANYTHING
    needs: tuple[frozenset[str], ...] = ()

    @property
    def key(self) -> str:
        """Name of the frame: type, mode and line."""
        return f"{self.type} {self.mode or 'none'} {self.kind}: {self.text}"

    @property
    def strictness(self) -> int:
        """How much the frame demands; of two that fit, the stricter one is meant."""
        demands = sum(2 + (not s.condition.is_open) for s in self.slots if s.required)
        conditions = (self.modifiers, self.subject_condition, self.near)
        return demands + 2 * sum(not c.is_open for c in conditions)


def needs_of(frame: Frame) -> tuple[frozenset[str], ...]:
    """Return the words, lemmas or forms, without which a sentence cannot fit `frame`.

    Conditions that word classes may meet are left out: they say nothing so quickly.
    """
    conditions = [frame.near]
    if frame.kind == "noun":
        conditions.append(frame.modifiers)
    if frame.kind == "verb" and frame.subject != "S":
        conditions.append(frame.subject_condition)
    for slot in frame.slots:
        if slot.required:
            conditions.append(slot.condition)
            if slot.kind == "word":
                conditions.append(slot.modifiers)
    return tuple(c.lemmas for c in conditions if c.lemmas and not c.classes and not c.negated)


def read_condition(text: str) -> Condition:
    """Return the condition written as `text`, e.g. `@troops|soldier` or `!@natural`."""
    negated = text.startswith("!")
    parts = [part for part in text.removeprefix("!").split("|") if part != "*"]
    if any(not part or part == "@" for part in parts):
        raise FrameError(f"{text!r}: empty alternative")
    return Condition(
        lemmas=frozenset(p for p in parts if not p.startswith("@")),
        classes=tuple(p[1:] for p in parts if p.startswith("@")),
        negated=negated,
    )


def read_frame(text: str, kind: FrameKind) -> Frame:
    """Return the frame written as `text`.

    Raises:
        FrameError: The line does not follow the notation.
    """
    tokens = _TOKEN.findall(text)
    try:
        if kind == "noun":
            return _noun_frame(text, tokens)
        return _clause_frame(text, tokens, kind)
    except IndexError:
        raise FrameError(f"{text!r}: ends too early") from None


def _clause_frame(text: str, tokens: list[str], kind: FrameKind) -> Frame:
    first, condition = _split(tokens[0])
    if first in {"S", "T", "S&T"}:
        rest = tokens[1:]
        subject: Role | None = "T" if first == "T" else "S"
    else:
        # Words stand where the actor would: the subject is a thing.
        rest, subject, condition = tokens[1:], None, tokens[0]
        if kind == "adjective":
            rest, subject, condition = tokens, "S", ""
            if tokens[1:] == ["T"]:
                rest, subject = tokens[:1], "T"
    return Frame(
        text=text,
        kind=kind,
        predicates=frozenset(rest[0].split("|")),
        subject=subject,
        subject_condition=read_condition(condition) if condition else ANYTHING,
        reciprocal=first == "S&T",
        slots=_slots(text, rest[1:]),
    )


def _noun_frame(text: str, tokens: list[str]) -> Frame:
    modifiers, subject = ANYTHING, "S"
    if tokens[0] in {"S's", "T's"}:
        subject, tokens = tokens[0][0], tokens[1:]
    if tokens[0].startswith("("):
        modifiers, tokens = read_condition(tokens[0][1:-1]), tokens[1:]
    return Frame(
        text=text,
        kind="noun",
        predicates=frozenset(tokens[0].split("|")),
        subject="T" if subject == "T" else "S",
        modifiers=modifiers,
        slots=_slots(text, tokens[1:]),
    )


def _slots(text: str, tokens: list[str]) -> tuple[Slot, ...]:
    slots: list[Slot] = []
    modifiers = ANYTHING
    queue = list(tokens)
    while queue:
        token = queue.pop(0)
        if token.startswith("["):
            inner = _slots(text, token[1:-1].split())
            slots.extend(replace(slot, required=False) for slot in inner)
        elif token.startswith("("):
            modifiers = read_condition(token[1:-1])
        elif token.startswith("+"):
            slots.append(Slot("particle", frozenset(token[1:].split("|"))))
        elif token.startswith("to:"):
            slots.append(Slot("to", condition=read_condition(token.removeprefix("to:"))))
        elif token.startswith("that:"):
            slots.append(Slot("that", condition=read_condition(token.removeprefix("that:"))))
        elif set(token.split("|")) <= PREPOSITIONS:
            # "out of", "away from": the last preposition holds the phrase.
            while queue and set(queue[0].split("|")) <= PREPOSITIONS:
                token = queue.pop(0)
            role, condition = _filler(queue.pop(0))
            slots.append(Slot("preposition", frozenset(token.split("|")), role, condition))
        else:
            role, condition = _filler(token)
            taken = any(slot.kind == "object" for slot in slots)
            kind: SlotKind = "object" if role or (condition.is_open and not taken) else "word"
            slots.append(Slot(kind, role=role, condition=condition, modifiers=modifiers))
            modifiers = ANYTHING
    return tuple(slots)


def _split(token: str) -> tuple[str, str]:
    name, _, condition = token.partition(":")
    return name, condition


def _filler(token: str) -> tuple[Role | None, Condition]:
    name, condition = _split(token)
    if name in {"S", "T"}:
        return ("S" if name == "S" else "T"), read_condition(condition or "*")
    return None, read_condition(token)
