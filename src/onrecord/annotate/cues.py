"""Find reporting verbs with their source, and how far "X told reporters on Monday" reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.annotate.reporting import ReportingWords, reporting_words
from onrecord.annotate.sources import (
    after_relative_clause,
    agent_of,
    own_subject,
    phrase_of,
    subject_of,
)
from onrecord.annotate.text import ParsedSentence
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# The small model's lemmatiser fails on these.
_LEMMAS = {"hop": "hope", "retweete": "retweet", "tweete": "tweet", "saye": "say"}
_GOVERNORS = frozenset({"go", "continue", "come", "hasten", "begin", "proceed", "use", "seem"})
_BESIDE = frozenset({"aux", "auxpass", "neg", "advmod"})
_ADVERBIAL = frozenset({"prt", "prep", "npadvmod", "advmod", "dative", "agent", "nsubj", "tmod"})
_CLAUSAL = frozenset({"ccomp", "xcomp", "advcl", "conj", "parataxis", "relcl", "acl"})


@dataclass(frozen=True, slots=True)
class Style:
    """How sources are marked, and whether views without a clause count.

    Attributes:
        appositions: Sources keep appositions and relative clauses ("Mara Quill, the mayor,").
        relative_pronouns: "who" is the source of "the mayor who said", not "the mayor".
        views: Objects and topics are content too ("criticised the plan").
    """

    appositions: bool = False
    relative_pronouns: bool = False
    views: bool = False


@dataclass(frozen=True, slots=True)
class VerbCue:
    """A verb that may attribute.

    Attributes:
        verb: Its token.
        lemma: Its dictionary form.
        sentence: The sentence it stands in.
        span: The words of the cue, with auxiliaries and particle.
        source: The noun phrase that speaks, or None.
        clause: Source, cue, listener and adverbials: what is not content.
    """

    verb: Token
    lemma: str
    sentence: ParsedSentence
    span: Span
    source: Span | None
    clause: Span


def lemma_of(token: Token) -> str:
    """Return the dictionary form in lower case."""
    lemma = str(token.lemma_).lower()
    return _LEMMAS.get(lemma, lemma)


def verb_cues(sentence: ParsedSentence, style: Style, quoted: Sequence[Span] = ()) -> list[VerbCue]:
    """Return the verbs of `sentence` that attribute in some frame, in order.

    Args:
        sentence: The sentence.
        style: How sources are marked.
        quoted: Words inside quotation marks; a verb outside never has its source inside.
    """
    words = reporting_words()
    found = []
    for token in sentence.tokens:
        if token.pos_ not in {"VERB", "AUX"}:
            continue
        lemma = lemma_of(token)
        idiom = lemma == "put" and token.i + 1 < len(token.doc)
        if not words.is_verb(lemma) and not (idiom and token.nbor().lower_ == "it"):
            continue
        reduced = is_passive(token) and own_subject(token) is None
        if not reduced or agent_of(token) is not None or token.dep_ in {"conj", "ROOT"}:
            found.append(_verb_cue(token, sentence, words, style, quoted))
    return found


def _verb_cue(
    verb: Token,
    sentence: ParsedSentence,
    words: ReportingWords,
    style: Style,
    quoted: Sequence[Span],
) -> VerbCue:
    lemma = lemma_of(verb)
    subject = subject_of(verb, relative_pronouns=style.relative_pronouns)
    if is_passive(verb) and own_subject(verb) is None:
        # "asked by a reporter whether …": who is asked is not who speaks.
        subject = agent_of(verb) or subject
    if lemma_of(verb.head) not in words.clause | words.speech:
        subject = after_relative_clause(verb) or subject
    if subject is not None and not _same_side(subject, verb, sentence, quoted):
        subject = None
    if subject is None and lemma in words.speech | words.clause and not is_passive(verb):
        subject = _inverted_subject(verb) or _subject_just_before(verb)
        if subject is not None and not _same_side(subject, verb, sentence, quoted):
            subject = None
    if subject is not None:
        subject = _outside_brackets(subject)
    first, last = _cue_tokens(verb, subject)
    span = sentence.span_of(first, last)
    source = None
    clause = span
    if subject is not None:
        source = sentence.span_of(*phrase_of(subject, appositions=style.appositions))
        near = own_subject(verb) == subject or subject.i > verb.i or subject.i + 1 == verb.i
        if near:
            clause = clause.cover(sentence.span_of(*phrase_of(subject, appositions=True)))
    end = clause.end
    for child in sorted(verb.rights, key=lambda token: token.i):
        spoken_to = child.dep_ in {"dobj", "dative"} and lemma in words.listener
        if child.dep_ not in _ADVERBIAL and not spoken_to:
            if child.pos_ == "PUNCT" and child.text == ",":
                continue
            break
        inner = [t for t in child.subtree if t.dep_ in _CLAUSAL and t.i > child.i]
        stop = min((t.left_edge.i for t in inner), default=child.right_edge.i + 1)
        if stop - 1 < child.i:
            break
        edge = sentence.span_of(child.doc[stop - 1])
        if "“" in child.text or '"' in child.text:
            break
        end = max(end, edge.end)
    start = clause.start
    for child in verb.lefts:
        if child.dep_ in {"advmod", "cc", "mark", "aux"} and child.right_edge.i == child.i:
            begin = sentence.span_of(child)
            if begin.end <= start and begin.end + 1 >= start:
                start = begin.start
    return VerbCue(verb, lemma, sentence, span, source, Span(start, max(end, clause.end)))


def _same_side(
    subject: Token, verb: Token, sentence: ParsedSentence, quoted: Sequence[Span]
) -> bool:
    one, other = sentence.span_of(subject), sentence.span_of(verb)
    return all(words.contains(one) == words.contains(other) for words in quoted)


def is_passive(verb: Token) -> bool:
    """Return whether `verb` is a passive or a bare past participle ("asked whether")."""
    return verb.tag_ == "VBN" and not any(
        c.dep_ == "aux" and lemma_of(c) == "have" for c in verb.children
    )


def _outside_brackets(subject: Token) -> Token:
    """Return the noun before "(R-OH)" where the parser took the bracket for the subject."""
    doc = subject.doc
    for at in range(subject.i - 1, max(subject.i - 5, subject.sent.start), -1):
        if doc[at].text == ")":
            break
        if doc[at].text == "(":
            before = doc[at - 1]
            return before if before.pos_ in {"NOUN", "PROPN"} else subject
    return subject


def _subject_just_before(verb: Token) -> Token | None:
    """Return the noun or pronoun that touches `verb` from the left, brackets skipped."""
    doc, at, begin = verb.doc, verb.i - 1, verb.sent.start
    if verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return None
    while at >= begin and doc[at].pos_ in {"ADV", "AUX"}:
        at -= 1
    if at > begin and doc[at].text == "," and doc[at - 1].text == ")":
        at -= 1
    if at >= begin and doc[at].text == ")":
        while at > begin and doc[at].text != "(":
            at -= 1
        at -= 1
    if at < begin:
        return None
    if doc[at].tag_ == "PRP" and doc[at].lower_ in {"he", "she", "they", "we", "i"}:
        return doc[at]
    if doc[at].dep_ == "pobj" and doc[at].i > verb.head.i and verb.head.tag_ in {"VBD", "VBN"}:
        # "the captain of a boat moored in the bay vowed": the parser took the participle for
        # the main verb and gave it the subject.
        return own_subject(verb.head)
    return doc[at] if doc[at].pos_ in {"NOUN", "PROPN"} else None


def _cue_tokens(verb: Token, subject: Token | None) -> tuple[Token, Token]:
    doc = verb.doc
    anchor = verb
    governed = verb.dep_ in {"xcomp", "advcl"} and lemma_of(verb.head) in _GOVERNORS
    if governed and 0 < verb.i - verb.head.i <= 3:
        anchor = verb.head
    elif verb.dep_ == "pcomp" and verb.head.lower_ == "as" and verb.head.head.pos_ == "VERB":
        anchor = verb.head.head
    start = anchor.i
    while start - 1 >= anchor.sent.start:
        left = doc[start - 1]
        if left.head != anchor or left.dep_ not in _BESIDE or left == subject:
            break
        if left.dep_ == "advmod" and left.left_edge.i != left.i:
            break
        start -= 1
    end = verb.i
    for child in verb.rights:
        if child.dep_ == "prt" and child.i <= end + 2:
            end = child.i
    # "put it", "made clear": the object belongs to the idiom.
    if lemma_of(verb) == "put" and end + 1 < len(doc) and doc[end + 1].lower_ == "it":
        end += 1
    return doc[start], doc[end]


def _inverted_subject(verb: Token) -> Token | None:
    """Return the head of the noun phrase right after the verb: "said Quill, the mayor"."""
    doc = verb.doc
    before = doc[verb.i - 1] if verb.i > 0 else None
    if before is None or not (before.is_punct or before.is_quote) or before.text in {"(", ")"}:
        return None
    at = verb.i + 1
    while at < len(doc) and (
        doc[at].pos_ in {"DET", "ADJ", "NUM", "NOUN", "PROPN", "PART"} or doc[at].dep_ == "amod"
    ):
        at += 1
    if at == verb.i + 1:
        following = doc[at] if at < len(doc) else None
        return following if following is not None and following.tag_ == "PRP" else None
    return doc[at - 1] if doc[at - 1].pos_ in {"NOUN", "PROPN"} else None
