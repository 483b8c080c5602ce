"""Noun phrases as people read them: titles and "of" phrases inside, relative clauses outside.

spaCy's noun chunks stop at the head ("the head" of "the head of the army") and
split "Interior Minister Ada Quill" where the parser takes the name for an
apposition. The phrases here are the ones an annotator would mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from onrecord.annotate import knowledge
from onrecord.annotate.text import ParsedSentence
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

_INSIDE = knowledge.word_set("""
    det predet amod nummod quantmod compound poss nmod advmod punct case npadvmod neg
    """)
_NOT_A_HEAD = frozenset(["compound", "amod", "nummod", "quantmod", "punct", "nmod", "advmod"])
_NAME_LABELS = frozenset(["PERSON", "ORG", "GPE", "LOC", "FAC", "NORP"])
_COMMON_TAGS = frozenset(["NN", "NNS"])
_PROPER_TAGS = frozenset(["NNP", "NNPS"])
_NOUN_TAGS = _COMMON_TAGS | _PROPER_TAGS
_QUOTES = frozenset("\"'“”‘’")
_DEEPEST_OF = 3
_PLURAL = re.compile(r"(?:[a-rt-z]s|men)$", re.IGNORECASE)
_OPENERS = knowledge.word_set(
    "likewise meanwhile however but yet despite since after before as while"
)
# "Accused her husband of fraud": here "of" belongs to the verb.
_VERBS_WITH_OF = knowledge.word_set(
    "accuse acquit convict rob deprive inform warn remind suspect rid strip cure cleanse notify"
)
_ROLES_WITH_PREPOSITION = knowledge.word_set(
    "minister ministers ambassador ambassadors envoy representative spokesman spokeswoman adviser"
    " spokesperson candidate commissioner rapporteur coordinator delegate"
)


# Without slots, so that what is asked for again and again can be kept.
@dataclass(frozen=True)
class NounPhrase:
    """One noun phrase of a sentence.

    Attributes:
        parsed: The sentence.
        head: The noun or name token that the rest depends on.
        first: First token, determiner and possessor included.
        last: Last token, "of" phrase included, relative clause and apposition not.
    """

    parsed: ParsedSentence
    head: Token
    first: Token
    last: Token

    @property
    def span(self) -> Span:
        """The phrase in the document."""
        return self.parsed.span_of(self.first, self.last)

    @cached_property
    def left(self) -> list[Token]:
        """Tokens from the first to the head, head included."""
        doc = self.head.doc
        return [doc[i] for i in range(self.first.i, self.head.i + 1)]

    @cached_property
    def is_name(self) -> bool:
        """Whether the head is a proper noun, not one whose capital only opens the sentence."""
        return is_proper(self.head) and not self._opens_sentence_as_noun

    @property
    def _opens_sentence_as_noun(self) -> bool:
        word, tokens = self.head.text, self.parsed.tokens
        opens = self.first.i == self.head.i == tokens[0].i
        # "Gunmen", "Rebels": behind a dateline the tagger takes them for names. Singular bodies
        # ("Congress") are names as often as not.
        plural = _PLURAL.search(word) is not None
        return opens and plural and knowledge.body_noun(word) is not None


def is_proper(token: Token) -> bool:
    """Return whether `token` is part of a proper name by tag and capital letter."""
    text = token.text
    opens = text[:1].isupper()
    if token.tag_ in _PROPER_TAGS:
        return opens or any(letter.isupper() for letter in text)
    # The small tagger takes capitalised words inside a sentence for adjectives.
    return (
        opens
        and token.ent_type_ in _NAME_LABELS
        and token.pos_ in ("ADJ", "NOUN", "X", "VERB")
        and not begins_sentence(token)
    )


def begins_sentence(token: Token) -> bool:
    """Return whether `token` is the first of its sentence, which takes long to ask for itself."""
    return token.i == 0 or token.is_sent_start is True


def _follower(token: Token) -> Token | None:
    """Return the token behind `token` in the same sentence."""
    doc = token.doc
    following = doc[token.i + 1] if token.i + 1 < len(doc) else None
    return None if following is None or begins_sentence(following) else following


def noun_phrases(parsed: ParsedSentence) -> Iterator[NounPhrase]:
    """Yield the noun phrases of `parsed` in order of their heads; pronouns not included."""
    for token in parsed.tokens:
        if _is_head(token):
            phrase = phrase_of(parsed, token)
            if phrase is not None:
                yield phrase


def phrase_of(parsed: ParsedSentence, head: Token, depth: int = 0) -> NounPhrase | None:
    """Return the noun phrase of `head`, or None when `head` only introduces a name.

    Args:
        parsed: The sentence `head` stands in.
        head: A noun, proper noun or number token.
        depth: How many "of" phrases lie around this one.
    """
    if _introduces_name(head):
        return None
    first = _first(parsed, head)
    last = _last(parsed, head, depth)
    return NounPhrase(parsed, head, first, last)


def of_phrase(token: Token) -> Token | None:
    """Return the object of an "of" right behind `token`, or None."""
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == token.i + 1:
            return next((grandchild for grandchild in child.rights if _is_object(grandchild)), None)
    return None


def _is_object(token: Token) -> bool:
    return token.dep_ in ("pobj", "pcomp") and token.pos_ in ("NOUN", "PROPN", "PRON", "NUM", "ADJ")


def _is_head(token: Token) -> bool:
    if token.dep_ in _NOT_A_HEAD and not _is_misread_head(token):
        return False
    word_class = token.pos_
    if word_class in ("NOUN", "PROPN") or token.tag_ in _NOUN_TAGS:
        return token.text[0].isalnum()
    if is_proper(token):
        return True
    # "Six of their men", "the injured", "many": a number or adjective in a noun's place.
    return word_class in ("NUM", "ADJ", "DET") and token.dep_ in ("nsubj", "nsubjpass", "dobj")


def _is_misread_head(token: Token) -> bool:
    """A name hung under a verb as a modifier, or before a comma, is a phrase the parser missed."""
    if not is_proper(token):
        return False
    head = token.head
    if token.dep_ in ("compound", "nmod") and is_proper(head) and head.i > token.i:
        following = _follower(token)
        if following is not None and following.text == ",":
            return True
    return head.pos_ in ("VERB", "AUX") and token.dep_ != "punct"


def _introduces_name(head: Token) -> bool:
    """Whether `head` is the role in "spokesman Ada Quill": then the name heads the phrase."""
    following = _following_name(head)
    return following is not None and following.head == head


def _following_name(head: Token) -> Token | None:
    name = _follower(head)
    if name is None or not is_proper(name):
        return None
    while name.dep_ in ("compound", "nmod") and name.head.i > name.i:
        name = name.head
    role = knowledge.role_sector(head.lower_)
    if role is None and knowledge.title_sector(head.text) is None:
        return None
    return name if name.dep_ in ("appos", "compound", "nmod", "dep", "npadvmod") else None


def _first(parsed: ParsedSentence, head: Token) -> Token:
    doc = head.doc
    start = head.i
    for child in reversed(list(head.lefts)):
        if child.dep_ not in _INSIDE and not _joins_name(child, head):
            break
        if child.dep_ == "punct" and child.text not in ("-", "–", "/", ",", "."):
            break
        if child.text == "," and is_proper(head):
            break
        if is_proper(head) and child.nbor(1).text == ",":
            break
        start = child.left_edge.i
    start = _over_role(head, start)
    start = max(_start_of_entity(head, start), parsed.tokens.start)
    while start < head.i and _may_not_begin(doc[start]):
        start += 1
    return doc[start]


def _joins_name(child: Token, head: Token) -> bool:
    return child.dep_ in ("appos", "dep") and is_proper(child) and child.i == head.i - 1


def _over_role(head: Token, start: int) -> int:
    """Extend "Ada Quill" to "party spokesman Ada Quill" where the role was taken for the head."""
    role = head.head
    if not is_proper(head) or role.i != start - 1 or role.i > head.i:
        return start
    if _following_name(role) != head:
        return start
    inside = [child.left_edge.i for child in role.lefts if child.dep_ in _INSIDE]
    return min([role.i, *inside])


def _start_of_entity(head: Token, start: int) -> int:
    doc = head.doc
    if head.ent_type_ not in _NAME_LABELS:
        return start
    index = head.i
    while doc[index].ent_iob_ == "I" and not begins_sentence(doc[index]):
        index -= 1
    between = doc[index : head.i + 1]
    return start if any(t.pos_ == "VERB" or t.text == "," for t in between) else min(start, index)


def _may_not_begin(token: Token) -> bool:
    return (
        token.is_punct
        or token.text in _QUOTES
        or token.is_space
        or token.dep_ in ("case", "cc", "preconj")
        or token.tag_ == "POS"
        or (begins_sentence(token) and _opens_sentence(token))
        or token.lower_ in ("including", "even", "only", "not", "also", "aka", "like")
        # "Both leaders" are two; in "both Kenya and Uganda" the word stands before a list.
        or (token.lower_ == "both" and token.head.tag_ != "NNS")
    )


def _opens_sentence(token: Token) -> bool:
    """Whether the first word, capitalised for its place only, was taken into a name."""
    return knowledge.is_locative_preposition(token.text) or token.lower_ in _OPENERS


def _last(parsed: ParsedSentence, head: Token, depth: int) -> Token:
    end = _end_of_entity(head)
    anchor = head.doc[end]
    complement = of_phrase(head) if end == head.i else None
    if complement is not None and depth < _DEEPEST_OF and _takes_of(head):
        inner = phrase_of(parsed, complement, depth + 1)
        last = complement if inner is None else inner.last
        return _over_conjuncts(parsed, complement, last, depth)
    bridge = _name_bridge(parsed, head) or _remit(parsed, head)
    return anchor if bridge is None else bridge


def _takes_of(head: Token) -> bool:
    """Persons, countries and dates take no "of" phrase; "of" behind them belongs elsewhere."""
    if head.dep_ == "dobj" and head.head.lemma_.lower() in _VERBS_WITH_OF:
        return False
    complement = of_phrase(head)
    if complement is not None and complement.ent_type_ in ("PERCENT", "DATE", "TIME"):
        return False
    if not is_proper(head):
        return True
    return head.ent_type_ != "PERSON" and knowledge.country_of(head.text) is None


def _over_conjuncts(parsed: ParsedSentence, first: Token, last: Token, depth: int) -> Token:
    """Carry "the governments of A" on to "and B" where all conjuncts are alike."""
    for conjunct in first.conjuncts:
        near = conjunct.i > last.i and conjunct.left_edge.i - last.i <= 3
        if near and is_proper(conjunct) and is_proper(first) and not _has_clause(conjunct):
            inner = phrase_of(parsed, conjunct, depth + 1)
            last = conjunct if inner is None else inner.last
    return last


def _has_clause(token: Token) -> bool:
    return any(child.dep_ in ("nsubj", "relcl", "aux") for child in token.children)


def _end_of_entity(head: Token) -> int:
    doc = head.doc
    end = head.i
    if head.ent_type_ not in _NAME_LABELS:
        return end
    while (following := _follower(doc[end])) is not None and following.ent_iob_ == "I":
        if following.tag_ == "POS" or following.text == ",":
            break
        end += 1
    # An "of" or bracket at the edge of an entity is left to the rules for "of" phrases.
    return end if is_proper(doc[end]) or doc[end].pos_ in ("NOUN", "NUM") else head.i


def _remit(parsed: ParsedSentence, head: Token) -> Token | None:
    """Return the end of "minister for X" or "ambassador to Y": the remit is part of the role."""
    if head.lower_ not in _ROLES_WITH_PREPOSITION or head.i + 2 >= head.sent.end:
        return None
    preposition = head.nbor(1)
    if preposition.lower_ not in ("for", "to") or preposition.head != head:
        return None
    noun = next((child for child in preposition.rights if child.dep_ == "pobj"), None)
    if noun is None:
        return None
    inner = phrase_of(parsed, noun, 1)
    return noun if inner is None else inner.last


def _name_bridge(parsed: ParsedSentence, head: Token) -> Token | None:
    """Return the end of "Movement for X" or "Front for the Y of Z", names with a preposition."""
    if not is_proper(head) or knowledge.body_noun(head.text) is None:
        return None
    for child in head.rights:
        if child.i == head.i + 1 and child.lower_ in ("for", "on", "against"):
            noun = next((g for g in child.rights if g.dep_ == "pobj"), None)
            if noun is not None and is_proper(noun):
                inner = phrase_of(parsed, noun, 1)
                return noun if inner is None else inner.last
    return None
