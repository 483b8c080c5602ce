"""Look at one sentence as noun phrases and mentions, whichever fits the words at hand.

Mentions know names better than the parser does; the parser knows grammar
better than any list of names. Relation patterns ask both through one `Scene`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.knowledge import is_appositive_noun
from onrecord.annotate.text import Parse, ParsedSentence
from onrecord.model.annotation import Mention, MentionKind
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

ORGANISED: frozenset[MentionKind] = frozenset(
    {"organisation", "armed_group", "government", "country", "media", "company", "people"}
)
_LEFT_ARCS = frozenset(
    {"det", "amod", "compound", "nummod", "poss", "nmod", "quantmod", "case", "predet",
     "advmod", "punct", "appos", "npadvmod", "neg"}
)  # fmt: skip
_UPWARD = frozenset({"conj", "xcomp", "advcl", "acomp", "pcomp", "attr", "prep", "oprd"})
_NOT_A_PHRASE = frozenset({"which", "who", "that", "whom", "whose", "what", "there"})
_NAMING = frozenset({"call", "dub", "nickname", "name", "style"})
_EDGE = frozenset("\"'“”‘’([,;:—–-")


@dataclass(frozen=True, slots=True)
class Phrase:
    """A noun phrase as a candidate for subject or object.

    Attributes:
        span: What a relation would keep: the bare name of a person, else the phrase.
        head: Its head token.
        mention: The name or nominal mention it stands for, None if no mention covers it.
    """

    span: Span
    head: Token
    mention: Mention | None

    @property
    def kind(self) -> MentionKind:
        """What the mention refers to; "other" when no mention covers the phrase."""
        return "other" if self.mention is None else self.mention.kind

    @property
    def is_person(self) -> bool:
        """Whether the phrase names or describes one person."""
        if self.mention is not None:
            return self.mention.kind == "person"
        return self.head.ent_type_ == "PERSON" or self.head.lower_ in {"he", "she", "him", "her"}


class Scene:
    """One parsed sentence with the mentions that stand in it."""

    def __init__(
        self, parse: Parse, sentence: ParsedSentence, mentions: tuple[Mention, ...]
    ) -> None:
        self.parse = parse
        self.sentence = sentence
        self.tokens: list[Token] = list(sentence.tokens)
        self.mentions = mentions
        self._first = self.tokens[0].i
        self._named: dict[int, Mention] = {}
        self._any: dict[int, Mention] = {}
        self._titled: dict[int, Mention] = {}
        # Longest last, so that a nested name wins for the tokens that it covers.
        for mention in sorted(mentions, key=lambda m: (-len(m.head), m.head)):
            for title in mention.titles:
                if mention.form == "name":
                    self._titled.update({t.i: mention for t in sentence.tokens_in(title)})
            for token in sentence.tokens_in(mention.head):
                self._any[token.i] = mention
                if mention.form == "name":
                    self._named[token.i] = mention

    def span(self, first: Token, last: Token | None = None) -> Span:
        """Return the document span from `first` to `last`, inclusive."""
        return self.sentence.span_of(first, last)

    def at(self, position: int) -> Token | None:
        """Return the token at `position` of the spaCy text, None outside the sentence."""
        index = position - self._first
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def name_at(self, token: Token) -> Mention | None:
        """Return the name whose core covers `token`."""
        return self._named.get(token.i)

    def titled_at(self, token: Token) -> Mention | None:
        """Return the name whose title covers `token` ("Gen." of "Gen. Smith")."""
        return self._titled.get(token.i)

    def mention_at(self, token: Token) -> Mention | None:
        """Return the mention whose core covers `token`."""
        return self._any.get(token.i)

    def tokens_of(self, span: Span) -> list[Token]:
        """Return the tokens in `span`."""
        return self.sentence.tokens_in(span)

    def phrase(self, token: Token) -> Phrase | None:
        """Return the noun phrase headed by `token`, None if it heads none."""
        name = self.name_at(token)
        if name is not None:
            return Phrase(name.head, token, name)
        titled = self.titled_at(token)
        if titled is not None:
            # The parser may take the title for the head and the name for its apposition.
            return Phrase(titled.head, token, titled)
        if token.pos_ not in {"NOUN", "PROPN", "PRON", "NUM", "ADJ"}:
            return None
        if token.lower_ in _NOT_A_PHRASE or token.tag_ in {"WDT", "WP", "EX"}:
            return None
        if token.pos_ in {"ADJ", "NUM"} and not (token.ent_type_ or token.dep_ == "pobj"):
            return None
        first = token
        for child in sorted(token.lefts, key=lambda t: -t.i):
            if child.dep_ not in _LEFT_ARCS or child.dep_ == "appos":
                break
            first = child.left_edge if child.left_edge.i < first.i else first
        while first.i < token.i and (first.text in _EDGE or first.is_space):
            after = self.at(first.i + 1)
            if after is None:
                break
            first = after
        mention = self.mention_at(token)
        before = self.at(token.i - 1)
        nested = None if before is None else self.name_at(before)
        if nested is not None and token.tag_ == "NN" and is_appositive_noun(token.lower_):
            # "The ABC Force unit" is ABC Force.
            return Phrase(nested.head, token, nested)
        # The parser splits names that it does not know; the mention's edge is then better.
        span = self.span(first, token)
        if mention is not None and mention.span.contains(span):
            span = mention.span if mention.form != "name" else mention.head
        return Phrase(span, token, mention)

    def phrases(self, token: Token) -> Iterator[Phrase]:
        """Yield the phrase headed by `token` and those coordinated with it."""
        for head in (token, *token.conjuncts):
            if head is not token and head.i < token.i:
                continue
            phrase = self.phrase(head)
            if phrase is not None:
                yield phrase


def antecedent(token: Token) -> Token:
    """Return the noun that a relative pronoun stands for, else `token`."""
    if token.tag_ in {"WDT", "WP"} or (
        token.lower_ == "that" and token.dep_ in {"nsubj", "nsubjpass"}
    ):
        clause = token.head
        while clause.dep_ in {"conj", "xcomp", "aux"}:
            clause = clause.head
        if clause.dep_ == "relcl":
            return _owner_of_epithet(clause.head)
    return token


def _owner_of_epithet(noun: Token) -> Token:
    """Return who is called so in "X, called the Bishop, who ...", any other noun as it is."""
    naming = noun.head
    if noun.dep_ == "oprd" and naming.dep_ == "acl" and naming.lemma_ in _NAMING:
        return naming.head
    return noun


def subjects_of(verb: Token) -> list[Token]:
    """Return who does what `verb` says, through coordination, control and relative clauses."""
    current: Token | None = verb
    for _ in range(6):
        if current is None:
            break
        found = [c for c in current.children if c.dep_ in {"nsubj", "nsubjpass"}]
        if found:
            return [antecedent(found[0])]
        if current.dep_ in _UPWARD or (current.dep_ == "pobj" and current.i < current.head.head.i):
            current = current.head
        elif current.dep_ == "acl" or current.dep_ == "relcl":
            return [current.head]
        else:
            break
    return []


def agents_of(verb: Token) -> list[Token]:
    """Return who stands behind a passive: the object of its "by"."""
    found = []
    for child in verb.children:
        if child.dep_ in {"agent", "prep"} and child.lower_ == "by":
            found += [c for c in child.children if c.dep_ == "pobj"]
    return found


def is_passive(verb: Token) -> bool:
    """Return whether `verb` is a passive participle."""
    if verb.tag_ != "VBN":
        return False
    if any(c.dep_ in {"auxpass", "nsubjpass"} for c in verb.children):
        return True
    has_perfect = any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children)
    if has_perfect:
        return False
    return verb.dep_ in {"acl", "conj", "advcl"} or bool(agents_of(verb))


def preposition(head: Token, words: frozenset[str] | set[str]) -> Iterator[tuple[Token, Token]]:
    """Yield `(preposition, object)` for the prepositions among `words` attached to `head`."""
    for child in head.children:
        if child.dep_ in {"prep", "dative", "agent"} and child.lower_ in words and child.i > head.i:
            for grandchild in child.children:
                if grandchild.dep_ == "pobj":
                    yield child, grandchild
