"""Find who acts and who is acted on in a dependency parse, whatever the construction.

Passives are turned, relative pronouns led to their antecedents, and missing
subjects looked up where grammar says they are: in the verb coordinated with,
the verb that controls the infinitive, or the noun that a participle modifies.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "csubj", "expl"})
_PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
_OBJECTS = ("dobj", "obj", "dative")
_RELATIVE = frozenset({"who", "which", "that", "whom", "whose"})
# These verbs keep their own subject for the infinitive although they have an object.
_SUBJECT_CONTROL = frozenset({"promise", "threaten", "vow", "pledge", "use", "take"})
_BLAME = frozenset({"accuse", "suspect", "convict", "acquit", "blame", "clear", "prevent", "stop"})
_DEEPEST = 8


def children(token: Token, *labels: str) -> list[Token]:
    """Return the dependents of `token` whose label is among `labels`, in order of the text."""
    return [child for child in token.children if child.dep_ in labels]


def is_verbal(token: Token) -> bool:
    """Return whether `token` is a verb form, also a participle before a noun."""
    return token.pos_ in {"VERB", "AUX"} or (token.tag_ in {"VBN", "VBG"} and token.dep_ == "amod")


def is_passive(token: Token) -> bool:
    """Return whether the verb `token` is in the passive, full or reduced."""
    if children(token, "nsubjpass", "auxpass", "csubjpass", "agent"):
        return True
    if token.tag_ != "VBN" or children(token, "nsubj") or _has_perfect(token):
        return False
    if token.dep_ in {"acl", "amod", "relcl"}:
        return not children(token, "aux")
    if token.dep_ == "conj" and is_verbal(token.head):
        return is_passive(token.head)
    # "Accused of fraud, she resigned"; a headline drops "was" before a participle.
    return token.dep_ in {"advcl", "ROOT", "ccomp"} and not children(token, "aux", "dobj")


def _has_perfect(token: Token) -> bool:
    return any(child.lemma_ == "have" for child in children(token, "aux"))


def subject_of(verb: Token, depth: int = 0) -> Token | None:
    """Return the head of the noun phrase that is the grammatical subject of `verb`.

    Only the surface: for a passive this is the patient. Relative pronouns are
    led to their antecedent.
    """
    if depth > _DEEPEST:
        return None
    for child in verb.children:
        if child.dep_ in _SUBJECTS or child.dep_ in _PASSIVE_SUBJECTS:
            if child.dep_ == "expl":
                continue
            return _antecedent(child, verb)
    if verb.dep_ == "relcl" and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}:
        # A relative clause without subject of its own: the pronoun was parsed elsewhere.
        return verb.head if not children(verb, "dobj") or verb.tag_ != "VBN" else None
    if verb.dep_ == "acl":
        if verb.tag_ in {"VBN", "VBG"}:
            return verb.head
        return _holder(verb.head, depth)
    if verb.dep_ == "amod" and verb.tag_ in {"VBN", "VBG"}:
        return verb.head
    if verb.dep_ == "conj" and is_verbal(verb.head):
        return subject_of(verb.head, depth + 1)
    if verb.dep_ in {"xcomp", "ccomp"} and is_verbal(verb.head):
        return _controller(verb.head, depth)
    if verb.dep_ == "xcomp" and verb.head.pos_ == "ADJ":
        return subject_of(_clause_of(verb.head), depth + 1)
    if verb.dep_ == "advcl" and verb.tag_ in {"VBG", "VBN", "VB"} and is_verbal(verb.head):
        return subject_of(verb.head, depth + 1)
    if verb.dep_ == "pcomp":
        return _of_gerund(verb, depth)
    return None


def agent_of(verb: Token) -> Token | None:
    """Return the head of who does what `verb` says, or None when not expressed."""
    if is_passive(verb):
        for by in (
            *children(verb, "agent"),
            *(c for c in children(verb, "prep") if c.text == "by"),
        ):
            for doer in children(by, "pobj"):
                return doer
        return None
    return subject_of(verb)


def patients_of(verb: Token) -> list[Token]:
    """Return the heads of what `verb` acts on: objects, or the subject of a passive."""
    found: list[Token] = []
    if is_passive(verb):
        patient = subject_of(verb)
        if patient is not None:
            found.append(patient)
    for label in _OBJECTS:
        found.extend(_antecedent(child, verb) for child in children(verb, label))
    if not found and verb.dep_ == "relcl" and any(c.dep_ == "nsubj" for c in verb.children):
        # "the city (that) they bombed"
        subject = next(c for c in verb.children if c.dep_ == "nsubj")
        if subject.lower_ not in _RELATIVE and not children(verb, "ccomp", "xcomp"):
            found.append(verb.head)
    if not found:
        # "asked Veldan to leave": the object is parsed as subject of the infinitive.
        for clause in children(verb, "ccomp", "xcomp"):
            if clause.tag_ in {"VB", "VBG", "VBN"} and not children(clause, "mark"):
                found.extend(c for c in children(clause, "nsubj", "nsubjpass"))
    if not found and verb.dep_ == "conj" and is_verbal(verb.head):
        # "shot and killed two men": the object stands after the last verb or the first.
        found.extend(_shared_object(verb))
    if not found:
        for other in children(verb, "conj"):
            if is_verbal(other) and not is_passive(other) and other.i - verb.i == 2:
                found.extend(children(other, *_OBJECTS))
    return found


def _shared_object(verb: Token) -> list[Token]:
    if verb.i - verb.head.i != 2:
        return []
    return [t for t in children(verb.head, *_OBJECTS) if t.i > verb.i]


def prepositions_of(token: Token) -> Iterator[tuple[str, Token]]:
    """Yield `(preposition, head of its phrase)` for each prepositional dependent of `token`."""
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.pos_ in {"ADP", "SCONJ", "PART"}:
            yield from _inside(child)
        elif child.dep_ == "prt":
            for inner in children(child, "prep"):
                yield from _inside(inner)
            for inner in children(child, "pobj"):
                yield child.lower_, inner
    if token.dep_ == "relcl" and any(c.lower_ in {"which", "whom"} for c in token.subtree):
        for child in children(token, "prep"):
            if any(c.lower_ in {"which", "whom"} for c in child.children):
                yield child.lower_, token.head


def _inside(preposition: Token) -> Iterator[tuple[str, Token]]:
    for child in preposition.children:
        if child.dep_ in {"pobj", "pcomp"}:
            if child.lower_ not in {"which", "whom"}:
                yield preposition.lower_, child
        elif child.dep_ == "prep":
            # "out of", "away from"
            yield from _inside(child)


def clause_complements(token: Token, *labels: str) -> list[Token]:
    """Return the heads of the clauses that complete `token`."""
    return children(token, *(labels or ("xcomp", "ccomp", "advcl")))


def _antecedent(token: Token, verb: Token) -> Token:
    if token.lower_ in _RELATIVE:
        clause: Token = verb
        for _ in range(_DEEPEST):
            if clause.dep_ == "relcl":
                return clause.head
            if clause.dep_ not in {"conj", "ccomp", "xcomp"}:
                break
            clause = clause.head
    return token


def _controller(governor: Token, depth: int) -> Token | None:
    if governor.lemma_.lower() not in _SUBJECT_CONTROL:
        for label in ("dobj", "dative"):
            for controller in children(governor, label):
                if controller.lower_ not in _RELATIVE:
                    return controller
        if is_passive(governor):
            return subject_of(governor, depth + 1)
        for preposition, head in prepositions_of(governor):
            if preposition in {"on", "upon", "to"} and head.pos_ in {"NOUN", "PROPN", "PRON"}:
                return head
    return subject_of(governor, depth + 1)


def _of_gerund(verb: Token, depth: int) -> Token | None:
    preposition = verb.head
    governor = preposition.head
    if is_verbal(governor):
        if preposition.lower_ in {"of", "for", "from", "into"} and not is_passive(governor):
            for controller in children(governor, "dobj"):
                return controller
        return subject_of(governor, depth + 1)
    if governor.pos_ in {"NOUN", "PROPN"}:
        if governor.dep_ == "dobj" and governor.head.lemma_.lower() in _BLAME:
            # "accused the guards of beating": the phrase is often hung on the noun.
            return governor
        return _holder(governor, depth)
    if governor.pos_ == "ADJ":
        return subject_of(_clause_of(governor), depth + 1)
    return None


def _holder(noun: Token, depth: int) -> Token | None:
    """Return whose plan, threat or attempt `noun` is."""
    for owner in children(noun, "poss"):
        return owner
    if noun.dep_ in {"dobj", "attr", "pobj"}:
        verb = noun.head if noun.dep_ != "pobj" else noun.head.head
        if is_verbal(verb) and not is_passive(verb):
            return subject_of(verb, depth + 1)
    return None


def _clause_of(adjective: Token) -> Token:
    return adjective.head if adjective.dep_ in {"acomp", "oprd", "attr"} else adjective
