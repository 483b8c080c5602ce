"""Tell who can act and be acted on: word classes, names, and the party behind a thing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotate.clauses import agent_of, children, is_verbal, prepositions_of
from onrecord.annotate.frames import Condition
from onrecord.annotate.lexicon import load_classes

if TYPE_CHECKING:
    from spacy.tokens import Token

_ACTOR_LABELS = frozenset({"PERSON", "ORG", "GPE", "NORP"})
_PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
_TIMES = frozenset({"DATE", "TIME", "MONEY", "PERCENT"})
# Things that are raided, sealed or besieged as if they were their owners.
_SITES = ("buildings", "property", "territory", "place", "media")


def fits(token: Token, condition: Condition) -> bool:
    """Return whether the head word `token` meets `condition`."""
    if condition.is_open:
        return True
    lemma = token.lemma_.lower()
    hit = lemma in condition.lemmas or token.lower_ in condition.lemmas
    hit = hit or any(in_class(token, name) for name in condition.classes)
    return hit != condition.negated


def in_class(token: Token, name: str) -> bool:
    """Return whether `token` belongs to a word class, by its lemma or as a name."""
    classes = load_classes()
    lemma = token.lemma_.lower()
    if lemma in classes.get(name, ()) or token.lower_ in classes.get(name, ()):
        return True
    if name == "pronoun":
        return lemma in classes["pronouns"] or token.lower_ in classes["pronouns"]
    if name in {"actor", "person"}:
        nouns = classes["actor_nouns" if name == "actor" else "person_nouns"]
        if lemma in nouns or token.lower_ in classes["pronouns"]:
            return token.lower_ not in {"it", "itself"} or name == "actor"
        labels = _ACTOR_LABELS if name == "actor" else {"PERSON"}
        return token.ent_type_ in labels or token.pos_ == "NUM"
    if name == "org":
        return token.ent_type_ == "ORG"
    if name == "place":
        return token.ent_type_ in _PLACE_LABELS
    return False


def as_source(token: Token | None) -> Token | None:
    """Return who acts where `token` is the grammatical doer: the author of a letter, no bomb."""
    if token is None:
        return None
    token = _named(token)
    if token.ent_type_ in _TIMES:
        return None
    if can_act(token):
        return token
    for owner in children(token, "poss"):
        if can_act(owner):
            return owner
    for preposition, head in prepositions_of(token):
        if preposition in {"by", "of", "from"} and in_class(head, "actor"):
            return head
    # "released a statement thanking", "its attempt to attack"
    if token.dep_ == "dobj" and is_verbal(token.head):
        author = agent_of(token.head)
        return author if author is not None and in_class(author, "actor") else None
    return None


def as_target(token: Token | None) -> Token | None:
    """Return whom an act on `token` is directed at: whose plan, launch or claim it is."""
    if token is None:
        return None
    token = _named(token)
    if in_class(token, "actor") or is_unknown_name(token) or _is_who(token):
        return token
    if any(in_class(token, name) for name in _SITES):
        return token
    for owner in children(token, "poss"):
        return owner
    for preposition, head in prepositions_of(token):
        if preposition in {"by", "of", "from", "against"} and in_class(head, "actor"):
            return head
    for modifier in children(token, "compound", "amod", "nmod"):
        if modifier.ent_type_ in _ACTOR_LABELS and modifier.text[:1].isupper():
            return modifier
    return None


def _named(token: Token) -> Token:
    """Return the name that `token` only explains: "Quill, a magnate who backed" is Quill."""
    if token.dep_ == "appos" and token.head.pos_ == "PROPN":
        return token.head
    return token


def _is_who(token: Token) -> bool:
    """Return whether a relative clause speaks of `token` as of a person."""
    return any(
        child.lower_ in {"who", "whom"}
        for clause in children(token, "relcl")
        for child in clause.children
    )


def content_party(complements: tuple[Token, ...]) -> Token | None:
    """Return whom the content of a request, refusal or complaint concerns."""
    for complement in complements:
        if complement.pos_ in {"VERB", "AUX"}:
            subject = next(iter(children(complement, "nsubj", "nsubjpass")), None)
            if subject is not None and in_class(subject, "actor"):
                return subject
        else:
            party = as_target(complement)
            if party is not None:
                return party
    return None


def can_act(token: Token) -> bool:
    """Return whether a noun can be one who acts: not a bomb, a law or a storm."""
    if token.ent_type_ in _ACTOR_LABELS:
        return True
    return not (in_class(token, "non_actors") or in_class(token, "abstract_nouns"))


def is_unknown_name(token: Token) -> bool:
    """Return whether `token` is a proper noun of which the tagger says nothing else."""
    return token.pos_ == "PROPN" and token.ent_type_ in {"", *_ACTOR_LABELS, "FAC"}
