"""Find who speaks: the subject of a reporting verb, as a reporter would mark it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "expl"})
_RELATIVE = frozenset({"who", "which", "that", "whom"})
_BEFORE_A_NOUN = frozenset({"det", "poss", "compound", "amod", "nmod", "nummod", "predet"})
_NOUNS = frozenset({"NOUN", "PROPN", "PRON"})
_NOT_A_SOURCE = frozenset({"what", "there", "whatever", "whichever", "this", "how", "why"})
_PAPERS = frozenset({
    "letter", "statement", "report", "note", "memo", "message", "post", "tweet", "email", "article",
    "column", "study", "survey", "poll", "document", "book", "editorial", "speech", "ad", "sign",
    "banner", "headline", "story",
})  # fmt: skip
_TIME_PREPOSITIONS = frozenset({"on", "in", "at", "during", "after", "before", "since"})
_EDGE = frozenset('"“”‘’,;:—–-()[]…')


def own_subject(verb: Token) -> Token | None:
    """Return the head of the verb's own subject, active or passive, or None."""
    subjects = [child for child in verb.children if child.dep_ in _SUBJECTS]
    before = [child for child in subjects if child.i < verb.i]
    # Of two, the parser's first is the subject of a clause that it did not split off.
    return before[-1] if before else next(iter(subjects), None)


def subject_of(verb: Token, *, relative_pronouns: bool = False) -> Token | None:
    """Return the head of the noun phrase that does what `verb` tells.

    Follows coordination ("came and said"), participles ("…, claiming that"), infinitives
    ("went on to say"), and relative clauses to their noun.

    Args:
        verb: The verb.
        relative_pronouns: Answer with "who" itself, not with the noun before it.
    """
    return _subject_of(verb, relative_pronouns, 0)


def _subject_of(verb: Token, relative_pronouns: bool, depth: int) -> Token | None:
    subject = own_subject(verb)
    if subject is not None:
        if subject.lower_ in _RELATIVE and verb.dep_ == "relcl":
            return subject if relative_pronouns else verb.head
        if subject.dep_ == "expl" or subject.lower_ in _NOT_A_SOURCE:
            return None
        if subject.dep_ == "nsubjpass":
            return agent_of(verb)
        return subject
    if depth > 8 or verb.head == verb:
        return None
    head = verb.head
    if verb.dep_ == "acl":
        if head.lemma_.lower() in _PAPERS or not head.sent.root.pos_.startswith("V"):
            return head
        return head if head.pos_ in {"NOUN", "PROPN", "PRON"} else None
    if verb.dep_ == "relcl":
        return None
    if verb.dep_ in {"xcomp", "ccomp", "advcl", "conj", "dep", "parataxis"}:
        if head.pos_ not in {"VERB", "AUX", "ADJ"}:
            return head if verb.dep_ == "advcl" and head.pos_ in {"NOUN", "PROPN"} else None
        if verb.dep_ == "xcomp":
            controlled = [c for c in head.children if c.dep_ == "dobj" and c.i < verb.i]
            if controlled and head.lemma_.lower() != "promise":
                return controlled[0]
        if verb.dep_ in {"ccomp", "advcl", "parataxis"} and verb.tag_ not in {"VBG", "VBN", "VB"}:
            return None
        passive = own_subject(head)
        if passive is not None and passive.dep_ == "nsubjpass" and verb.dep_ != "conj":
            return passive
        return _subject_of(head, relative_pronouns, depth + 1)
    if verb.dep_ in {"pcomp", "pobj"} and head.dep_ in {"prep", "agent"}:
        governor = head.head
        passive = own_subject(governor) if governor.pos_ in {"VERB", "AUX"} else None
        if passive is not None and passive.dep_ == "nsubjpass":
            return passive
        if governor.pos_ in {"VERB", "AUX"}:
            return _subject_of(governor, relative_pronouns, depth + 1)
    return None


def after_relative_clause(verb: Token) -> Token | None:
    """Return the subject of a main verb that the parser hung into a relative clause.

    In "the captain of the boats, which form the fleet, vowed" the small parser takes
    "the fleet vowed" for a clause of "form".
    """
    inner = verb.head
    if verb.dep_ != "ccomp" or inner.dep_ != "relcl" or verb.i < inner.i:
        return None
    if any(child.lower_ == "that" and child.dep_ == "mark" for child in verb.children):
        return None
    noun = inner.head
    while noun.head != noun and noun.dep_ not in {"nsubj", "nsubjpass"}:
        if noun.pos_ in {"VERB", "AUX"} and noun.dep_ not in {"acl", "relcl"}:
            return None
        noun = noun.head
    return noun if noun.dep_ in {"nsubj", "nsubjpass"} else None


def agent_of(verb: Token) -> Token | None:
    """Return the head of the by-phrase of a passive verb, or None."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ == "by"):
            for noun in child.children:
                if noun.dep_ == "pobj":
                    return noun
    return None


def phrase_of(head: Token, *, appositions: bool = False) -> tuple[Token, Token]:
    """Return the first and last token of the noun phrase around `head`.

    Args:
        head: Head noun, name or pronoun.
        appositions: Keep what follows a comma ("Mara Quill, the mayor," and relative
            clauses) instead of stopping before it.
    """
    doc = head.doc
    end = head.i
    for child in sorted(head.rights, key=lambda token: token.i):
        if child.tag_ == "POS":
            continue
        if _ends_phrase(child, appositions):
            break
        end = max(end, _right_edge(child, appositions))
    start = head.left_edge.i
    for child in head.lefts:
        if child.dep_ in {"cc", "mark", "advmod", "punct", "prep", "intj", "preconj", "dep"} and (
            child.left_edge.i == start
        ):
            start = child.right_edge.i + 1
    start = min(start, head.i)
    while end > head.i and (doc[end].text in _EDGE or doc[end].is_space):
        end -= 1
    while start < head.i and (doc[start].text in _EDGE or doc[start].is_space):
        start += 1
    return doc[start], doc[end]


def torn_phrase(tokens: Sequence[Token]) -> tuple[Token, Token] | None:
    """Return the noun phrase that words torn off before their noun belong to, else None.

    "The governor of Ostra" of "the governor of Ostra Province" and a bare "the" end before
    the noun they lead to.

    Args:
        tokens: The words of a stretch, in order; at least one.
    """
    inside = {token.i for token in tokens}
    first, last = tokens[0], tokens[-1]
    if last.dep_ not in _BEFORE_A_NOUN or last.head.i in inside or last.head.i < last.i:
        return None
    head = first
    while head.head.i in inside and head.head != head:
        head = head.head
    while head.dep_ in _BEFORE_A_NOUN and head.head.i > head.i:
        head = head.head
    return phrase_of(head) if head.pos_ in _NOUNS else None


def _right_edge(child: Token, appositions: bool) -> int:
    """Return where a kept part of a noun phrase ends, its own appositions cut as well."""
    end = child.i
    for inner in child.rights:
        if _ends_phrase(inner, appositions):
            break
        end = max(end, _right_edge(inner, appositions))
    return end


def _ends_phrase(child: Token, appositions: bool) -> bool:
    before = child.doc[child.left_edge.i - 1] if child.left_edge.i > 0 else None
    after_comma = before is not None and before.text in {",", "—", "–", "(", "-"}
    opening = child.left_edge
    relative = opening.lower_ in _RELATIVE and opening.dep_ in {"nsubj", "nsubjpass", "dobj"}
    if child.dep_ == "relcl" or relative:
        return not appositions
    if child.dep_ == "appos" and after_comma:
        return not appositions
    if child.dep_ in {"cc", "conj"} or child.pos_ == "PUNCT":
        return False
    if child.dep_ == "prep" and child.lower_ in _TIME_PREPOSITIONS:
        return any(c.ent_type_ in {"DATE", "TIME"} for c in child.children)
    if child.dep_ in {"acl", "advcl"} and after_comma:
        return not appositions
    return child.dep_ in {"npadvmod", "ccomp", "parataxis", "advmod"} and after_comma
