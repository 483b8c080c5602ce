"""Tell whether the act a word names is said to have happened.

Walks from the word up through its clause and every verb, noun and adjective
that governs it. Governors that deny, plan, doubt or condition stop the walk;
plain saying lets it go on, since who vouches is the attribution's matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import yaml

from onrecord.annotate.clauses import children, is_verbal
from onrecord.model.annotation import Factuality

if TYPE_CHECKING:
    from spacy.tokens import Token

_FARTHEST = 6
# Labels by which a clause or noun depends on the word that decides about it.
_GOVERNED = frozenset(
    {"xcomp", "ccomp", "acl", "pcomp", "dobj", "nsubjpass", "pobj", "attr", "acomp", "oprd", "prep"}
)
_ORDER: Mapping[Factuality, int] = {
    "asserted": 0, "planned": 1, "possible": 2, "conditional": 3, "denied": 4,
}  # fmt: skip


@lru_cache(maxsize=1)
def load_factuality_words() -> Mapping[str, frozenset[str]]:
    """Return the word lists that decide factuality, by list name."""
    text = (files("onrecord") / "resources" / "factuality.yaml").read_text(encoding="utf-8")
    return {name: frozenset(words.split()) for name, words in yaml.safe_load(text).items()}


def factuality_of(token: Token) -> Factuality:
    """Return whether the report says that the act named by `token` happened.

    Args:
        token: The predicate: a verb, an event noun or an adjective of a copula clause.
    """
    words = load_factuality_words()
    found = _in_own_clause(token, words)
    current = token
    for _ in range(_FARTHEST):
        if found != "asserted":
            break
        governor = _governor(current)
        if governor is None:
            break
        found = _under(current, governor, words)
        current = governor
    return found


def _in_own_clause(token: Token, words: Mapping[str, frozenset[str]]) -> Factuality:
    if token.pos_ in {"NOUN", "PROPN"}:
        return _of_noun(token, words)
    clause = token
    if token.pos_ == "ADJ" and token.dep_ in {"acomp", "attr", "oprd"}:
        clause = token.head
    result: Factuality = "asserted"
    auxiliaries = [child.lower_ for child in children(clause, "aux", "auxpass")]
    shares = clause.dep_ == "conj" and not children(clause, "nsubj", "nsubjpass")
    if shares and is_verbal(clause.head) and not auxiliaries:
        # "will meet and sign": auxiliaries are said once.
        auxiliaries = [child.lower_ for child in children(clause.head, "aux")]
    if any(child.dep_ == "neg" or child.lower_ in words["never"] for child in clause.children):
        return "denied"
    if any(child.lower_ in words["no_one"] for child in children(clause, "nsubj", "nsubjpass")):
        return "denied"
    if any(c.lower_ == "no" for s in children(clause, "nsubjpass", "nsubj") for c in s.children):
        return "denied"
    if any(child.lower_ in words["conditional_marks"] for child in children(clause, "mark")):
        return "conditional"
    for auxiliary in auxiliaries:
        if auxiliary in words["possible_auxiliaries"]:
            result = "possible"
        elif auxiliary == "would" and clause.dep_ == "ccomp":
            # "said it would deploy": the future seen from a past saying.
            result = "planned"
        elif auxiliary in words["conditional_auxiliaries"]:
            result = "conditional"
        elif auxiliary in words["future_auxiliaries"]:
            result = "planned"
    if clause.tag_ == "VB" and auxiliaries == ["to"] and children(clause, "nsubj", "nsubjpass"):
        # A headline's future: "Ministry to deploy guards".
        result = "planned"
    if any(child.lower_ in words["doubt_adverbs"] for child in clause.children):
        return "possible"
    return result


def _of_noun(token: Token, words: Mapping[str, frozenset[str]]) -> Factuality:
    for child in token.children:
        if child.dep_ in {"det", "neg"} and child.lower_ in words["no_determiner"]:
            return "denied"
        if child.dep_ in {"amod", "compound", "advmod"}:
            lemma = child.lower_
            if lemma in words["planned_modifiers"]:
                return "planned"
            if lemma in words["doubt_modifiers"]:
                return "possible"
            if lemma in words["denied_modifiers"]:
                return "denied"
    return "asserted"


def _governor(token: Token) -> Token | None:
    """Return the word that decides about `token`: the next verb, noun or adjective up."""
    current = token
    if current.dep_ == "conj" and current.head != current:
        # A coordinated act shares the governor of the first one.
        while current.dep_ == "conj" and current.head != current:
            current = current.head
        if current.pos_ == token.pos_ and children(token, "nsubj", "nsubjpass"):
            return None
    if current.dep_ not in _GOVERNED or current.head == current:
        return None
    head = current.head
    if head.pos_ in {"ADP", "SCONJ", "PART"} and head.dep_ in {"prep", "agent", "pcomp"}:
        return head.head if head.head != head else None
    return head


def _under(token: Token, governor: Token, words: Mapping[str, frozenset[str]]) -> Factuality:
    lemma = governor.lemma_.lower()
    if lemma == "order" and governor.head.lower_ == "in":
        # "in order to": a purpose.
        return "planned"
    own = _in_own_clause(governor, words) if governor.pos_ != "NOUN" else "asserted"
    nominal = token.pos_ in {"NOUN", "PROPN"}
    if nominal and is_verbal(governor):
        if not _is_argument(token):
            # "after the attack he vowed": where a noun only sets the scene, the verb says nothing.
            return "asserted"
        if lemma in words["prevent"]:
            return "denied"
        if lemma in words["plan_objects"]:
            return "planned"
        if lemma in words["request_objects"]:
            return "conditional"
        if lemma in words["doubt_objects"]:
            return "possible"
        # "did not launch an attack", "will hold talks": only verbs that perform the noun.
        if token.dep_ in {"dobj", "nsubjpass"} and lemma in words["perform"]:
            return own
        return "asserted"
    if token.dep_ == "pcomp" and token.head.lower_ not in words["tying_prepositions"]:
        return "asserted"
    if nominal and governor.pos_ == "NOUN" and lemma in words["doubt_nouns"]:
        return "possible"
    decided = _by_word(lemma, words)
    if decided is None:
        return _stronger(own, "asserted") if token.dep_ == "xcomp" else "asserted"
    # "did not fail to", "did not plan to"
    if own == "denied":
        return "asserted" if decided == "denied" else "denied"
    return decided


def _is_argument(noun: Token) -> bool:
    """Return whether the verb above acts on `noun`: its object, or "for" what it calls."""
    first = noun
    while first.dep_ == "conj" and first.head != first:
        first = first.head
    if first.dep_ == "pobj":
        return first.head.lower_ == "for"
    return first.dep_ in {"dobj", "nsubjpass"}


def _by_word(lemma: str, words: Mapping[str, frozenset[str]]) -> Factuality | None:
    if lemma in words["deny"] or lemma in words["prevent"]:
        return "denied"
    if lemma in words["plan"]:
        return "planned"
    if lemma in words["request"]:
        return "conditional"
    if lemma in words["doubt"] or lemma in words["doubt_nouns"]:
        return "possible"
    return None


def _stronger(one: Factuality, other: Factuality) -> Factuality:
    return one if _ORDER[one] >= _ORDER[other] else other
