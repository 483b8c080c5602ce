"""Keep what fills a frame's slots while it is tried on a word."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.clauses import children, prepositions_of
from onrecord.annotate.frames import Frame, Role, Slot
from onrecord.annotate.lexicon import Shape
from onrecord.annotate.parties import fits

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that fits a word.

    Attributes:
        frame: The frame.
        predicate: The word.
        source: Head of who acts, None when not expressed.
        target: Head of whom the act is directed at, None when not expressed.
        helpers: Other words that name the act: particles, the object of "open fire".
        complements: Heads of clauses and phrases the frame takes in.
        light_verb: The verb that carries a noun's clause ("launched" an attack), or None.
    """

    frame: Frame
    predicate: Token
    source: Token | None
    target: Token | None
    helpers: tuple[Token, ...] = ()
    complements: tuple[Token, ...] = ()
    light_verb: Token | None = None

    @property
    def lemma(self) -> str:
        """Lower-case lemma of the predicate."""
        return self.predicate.lemma_.lower()

    @property
    def shape(self) -> Shape:
        """Whether the sentence gives the act a party."""
        if self.predicate.dep_ == "amod":
            return "participle"
        return "bare" if self.source is None and self.target is None else "filled"


class Filling:
    """Slots of a frame filled one by one."""

    def __init__(self) -> None:
        self.roles: dict[Role, Token] = {}
        self.helpers: list[Token] = []
        self.complements: list[Token] = []

    def put(self, slot: Slot, token: Token) -> None:
        if slot.role is not None:
            self.roles.setdefault(slot.role, token)
        elif slot.kind in {"word", "particle"} or not slot.condition.is_open:
            self.helpers.append(token)
        if slot.role is None and slot.kind in {"to", "that", "object", "preposition"}:
            self.complements.append(token)


def other_party(first: Token) -> Token | None:
    """Return the second party of "the minister and the rebels met"."""
    return next((c for c in children(first, "conj")), None)


def prepositional(slot: Slot, holders: list[Token], used: set[Token]) -> Token | None:
    """Return the head of the phrase that fills `slot`, hung on one of `holders`."""
    # "threats of violence against": the phrase may hang one noun lower.
    lower = [head for holder in holders for word, head in prepositions_of(holder) if word == "of"]
    for holder in (*holders, *lower):
        for preposition, head in prepositions_of(holder):
            if preposition in slot.words and head not in used and fits(head, slot.condition):
                return head
    return None
