"""Find what a cue says by grammar: that-clauses, infinitives, objects, "according to"."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from onrecord.annotate.cues import Style, VerbCue, lemma_of
from onrecord.annotate.reporting import reporting_words
from onrecord.annotate.sources import agent_of, own_subject, phrase_of, subject_of
from onrecord.annotate.text import ParsedSentence
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

Route = Literal[
    "quote", "clause", "thought", "that", "infinitive", "charge", "passive", "object", "about",
    "trailing", "according", "as", "noun", "noun_about", "colon", "speaker_line", "continued",
]  # fmt: skip
# Share of right links per route, measured on news that no rule was written for.
CONFIDENCE: dict[Route, float] = {
    "quote": 0.95, "clause": 0.9, "thought": 0.6, "that": 0.65, "infinitive": 0.6, "charge": 0.76,
    "passive": 0.6, "object": 0.6, "about": 0.5, "trailing": 0.9, "according": 0.92, "as": 0.75,
    "noun": 0.5, "noun_about": 0.3, "colon": 0.75, "speaker_line": 0.8, "continued": 0.5,
}  # fmt: skip
_OBJECTS = frozenset({"dobj", "oprd", "attr", "dative"})
_EDGE = frozenset({",", ";", ":", "—", "–", "--", "-", "."})
_LOOSE_END = frozenset({"and", "but", "or", "while", "as"})
# "as X put it" names the speaker, "as X continued" the moment.
_PUT = frozenset({"put", "say", "note", "tell", "report", "describe", "explain", "call", "argue",
                  "observe", "point", "write", "acknowledge", "claim", "see", "state"})  # fmt: skip
_NAMED = frozenset({"PERSON", "ORG", "GPE", "NORP"})


@dataclass(frozen=True, slots=True)
class Link:
    """Source, cue and content found by one route, before quotations are taken whole."""

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    route: Route


def clausal_link(cue: VerbCue, style: Style) -> Link | None:
    """Return what follows `cue` as its content by grammar, or None.

    Args:
        cue: A reporting verb.
        style: Whether bare objects and topics count as content.
    """
    words = reporting_words()
    verb, lemma, sentence = cue.verb, cue.lemma, cue.sentence
    subject = own_subject(verb)
    rights = sorted(verb.rights, key=lambda token: token.i)
    clause = next((c for c in rights if c.dep_ == "ccomp"), None)
    infinitive = next((c for c in rights if c.dep_ == "xcomp" and _has_to(c)), None)
    thing = next((c for c in rights if c.dep_ == "dobj"), None)
    if (
        clause is not None
        and cue.source is not None
        and clause.i > verb.i
        and (_whole(clause, sentence).overlaps(cue.source))
    ):
        # “…,” said the retired judge, asked about it: the parser took the speaker for a clause.
        clause = None
    if subject is not None and subject.dep_ == "nsubjpass" and lemma in words.passive:
        return _passive(cue, subject, clause, infinitive)
    if clause is not None and (
        lemma in words.clause or (_has_to(clause) and lemma in words.infinitive)
    ):
        route: Route = "clause" if lemma in words.speech else "thought"
        return Link(cue.source, cue.span, (_whole(clause, sentence),), route)
    if lemma in words.clause and (that := _that_after(verb)) is not None:
        content = Span(sentence.span_of(that).start, _end(sentence))
        return Link(cue.source, cue.span, (content,), "that")
    if infinitive is None and thing is not None:
        infinitive = next(
            (c for c in thing.rights if c.dep_ in {"acl", "relcl"} and _has_to(c)), None
        )
    if infinitive is not None and lemma in words.infinitive:
        start = infinitive.left_edge
        if thing is not None and thing.i < infinitive.i and lemma not in words.listener:
            start = thing.left_edge
        content = _between(start, infinitive.right_edge, sentence)
        return Link(cue.source, cue.span, (content,), "infinitive")
    return _prepositional(cue, rights, thing, style) or _object(cue, rights, style)


def _prepositional(
    cue: VerbCue, rights: list[Token], thing: Token | None, style: Style
) -> Link | None:
    words = reporting_words()
    wanted = words.charge.get(cue.lemma, frozenset())
    topics = words.about.get(cue.lemma, frozenset()) if style.views else frozenset()
    for preposition in rights + (list(thing.rights) if thing is not None else []):
        if preposition.dep_ not in {"prep", "prt", "agent"}:
            continue
        if preposition.lower_ not in wanted | topics:
            continue
        inner = [c for c in preposition.children if c.dep_ in {"pobj", "pcomp", "prep"}]
        if not inner:
            continue
        first, span = inner[0].left_edge, cue.span
        if thing is not None and thing.i < preposition.i and cue.lemma not in words.listener:
            first = thing.left_edge
        elif preposition.i == cue.verb.i + 1:
            span = span.cover(cue.sentence.span_of(preposition))
        content = _between(first, preposition.right_edge, cue.sentence)
        route: Route = "charge" if preposition.lower_ in wanted else "about"
        return Link(cue.source, span, (content,), route)
    return None


def _object(cue: VerbCue, rights: list[Token], style: Style) -> Link | None:
    if cue.lemma not in reporting_words().object or cue.source is None:
        return None
    parts = [c for c in rights if c.dep_ in _OBJECTS]
    if not parts:
        return None
    first = min((c.left_edge for c in parts), key=lambda token: token.i)
    last = max((c.right_edge for c in parts), key=lambda token: token.i)
    if not style.views and not any(t.is_quote for t in cue.verb.doc[first.i : last.i + 2]):
        return None
    return Link(cue.source, cue.span, (_between(first, last, cue.sentence),), "object")


def _passive(
    cue: VerbCue, subject: Token, clause: Token | None, infinitive: Token | None
) -> Link | None:
    """Read "X is believed to …" and "it was reported that …"; the speaker is rarely named."""
    sentence = cue.sentence
    agent = agent_of(cue.verb)
    source = None if agent is None else sentence.span_of(*phrase_of(agent))
    told = sentence.span_of(*phrase_of(subject, appositions=True))
    rest = clause or infinitive
    wanted = reporting_words().charge.get(cue.lemma, frozenset({"for", "of", "as"}))
    for child in cue.verb.rights:
        if rest is None and child.dep_ == "prep" and child.lower_ in wanted and child.n_rights:
            if any(lemma_of(c) in {"say", "tell"} for c in child.children):
                return None  # "was quoted as saying": "saying" is a cue of its own
            rest = child
    if rest is None:
        return None
    content: tuple[Span, ...] = (_whole(rest, sentence),)
    spoken_to = cue.lemma in reporting_words().listener
    if subject.lower_ != "it" and not spoken_to and told.end <= content[0].start:
        content = (told, *content)
    return Link(source, cue.span, content, "passive")


def according_links(sentence: ParsedSentence, style: Style) -> Iterator[Link]:
    """Yield links for "according to X"; the content is the rest of the sentence."""
    for token in sentence.tokens:
        if token.lower_ != "according" or token.i + 1 >= len(token.doc):
            continue
        to = token.nbor()
        noun = next((c for c in to.children if c.dep_ == "pobj"), None)
        if to.lower_ != "to" or noun is None:
            continue
        source = sentence.span_of(*phrase_of(noun, appositions=style.appositions))
        clause = sentence.span_of(token).cover(sentence.span_of(*phrase_of(noun, appositions=True)))
        content = around(clause, sentence)
        if content:
            yield Link(source, sentence.span_of(token, to), content, "according")


def as_link(cue: VerbCue) -> Link | None:
    """Return the link of "as X put it": the content is the rest of the sentence."""
    mark = next((c for c in cue.verb.lefts if c.lower_ == "as" and c.dep_ == "mark"), None)
    if mark is None or cue.source is None or cue.lemma not in _PUT:
        return None
    if any(c.dep_ in {"ccomp", "xcomp", "oprd"} for c in cue.verb.rights):
        return None
    clause = Span(cue.sentence.span_of(mark).start, cue.clause.end)
    content = around(clause, cue.sentence)
    return Link(cue.source, cue.span, content, "as") if content else None


def around(clause: Span, sentence: ParsedSentence) -> tuple[Span, ...]:
    """Return the rest of `sentence` before and after `clause`.

    Words after the clause count only when the clause opens the sentence or a comma
    parts them from it.
    """
    before, after = beside(clause, sentence)
    stretches = []
    inside = bool(before and after) and before[-1].text == after[0].text == ","
    if _tells(before) or not _tells(after) or inside:
        stretches.append(before)
    if after and (not stretches or after[0].text in {",", "—", "–"}):
        stretches.append(after)
    spans = (stretch_of(tokens, sentence) for tokens in stretches)
    return tuple(span for span in spans if span is not None)


def beside(
    clause: Span, sentence: ParsedSentence, floor: int = 0
) -> tuple[list[Token], list[Token]]:
    """Return the tokens of `sentence` before and after `clause`, from code point `floor` on."""
    tokens = sentence.tokens

    def at(point: int) -> int:
        """Return the number of the first token that starts at `point` or later."""
        return bisect_left(range(len(tokens)), point, key=lambda i: sentence.base + tokens[i].idx)

    return list(tokens[at(floor) : at(clause.start)]), list(tokens[at(clause.end) : len(tokens)])


def _tells(tokens: list[Token]) -> bool:
    return any(t.pos_ in {"VERB", "AUX"} for t in tokens)


def stretch_of(tokens: list[Token], sentence: ParsedSentence) -> Span | None:
    """Return the span of `tokens` without commas, colons, dashes and stops at its edges."""
    first, last = 0, len(tokens)
    while first < last and (tokens[first].text in _EDGE or tokens[first].is_space):
        first += 1
    while last > first and (
        tokens[last - 1].text in _EDGE
        or tokens[last - 1].is_space
        or tokens[last - 1].lower_ in _LOOSE_END
    ):
        last -= 1
    return None if first == last else sentence.span_of(tokens[first], tokens[last - 1])


def noun_links(sentence: ParsedSentence, style: Style) -> Iterator[Link]:
    """Yield links for nouns of saying: "X's claim that …", "accusations that …"."""
    words = reporting_words()
    for noun in sentence.tokens:
        if noun.pos_ != "NOUN":
            continue
        lemma = str(noun.lemma_).lower()
        if lemma == "order" and noun.i > 0 and noun.nbor(-1).lower_ == "in":
            continue
        content = _noun_clause(noun) if lemma in words.noun else None
        route: Route = "noun"
        last = noun
        if content is None and style.views:
            for child in noun.rights:
                if child.lower_ in words.noun_about.get(lemma, ()) and child.n_rights:
                    content = (next(child.rights).left_edge, child.right_edge)
                    route, last = "noun_about", child
                    break
        if content is None:
            continue
        source = _noun_source(noun, style)
        yield Link(
            None if source is None else sentence.span_of(*source),
            sentence.span_of(noun, last),
            (_between(*content, sentence),),
            route,
        )


def _noun_clause(noun: Token) -> tuple[Token, Token] | None:
    for child in noun.rights:
        if child.dep_ in {"acl", "ccomp"} and child.pos_ in {"VERB", "AUX"}:
            marks = {c.lower_ for c in child.children if c.dep_ in {"mark", "aux"}}
            if "that" in marks or ("to" in marks and child.tag_ == "VB"):
                return child.left_edge, child.right_edge
    return None


def _noun_source(noun: Token, style: Style) -> tuple[Token, Token] | None:
    for child in noun.lefts:
        if child.dep_ == "poss":
            return phrase_of(child, appositions=style.appositions)
    for child in noun.rights:
        if child.lower_ in {"by", "from", "of"} and child.dep_ == "prep":
            pobj = next((c for c in child.children if c.dep_ == "pobj"), None)
            if pobj is not None and pobj.ent_type_ in _NAMED:
                return phrase_of(pobj, appositions=style.appositions)
    if noun.dep_ == "dobj" and lemma_of(noun.head) in reporting_words().light:
        subject = subject_of(noun.head, relative_pronouns=style.relative_pronouns)
        if subject is not None:
            return phrase_of(subject, appositions=style.appositions)
    return None


def _has_to(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.tag_ == "TO" for c in verb.children)


def _that_after(verb: Token) -> Token | None:
    """Return the "that" that opens a clause soon after `verb`, where the parser saw none."""
    for token in verb.doc[verb.i + 1 : min(verb.i + 9, verb.sent.end)]:
        if token.lower_ == "that" and (token.tag_ == "IN" or _has_subject(token.head, token)):
            return token
        if token.dep_ == "prep":
            continue
        if token.pos_ in {"VERB", "AUX"} or token.text in {".", ";", ":"}:
            return None
    return None


def _has_subject(verb: Token, that: Token) -> bool:
    """Return whether `verb` has a subject other than `that`, which then only opens the clause."""
    return verb.pos_ in {"VERB", "AUX"} and any(
        c.dep_ in {"nsubj", "nsubjpass"} and c.i > that.i for c in verb.children
    )


def _whole(head: Token, sentence: ParsedSentence) -> Span:
    return _between(head.left_edge, head.right_edge, sentence)


def _between(first: Token, last: Token, sentence: ParsedSentence) -> Span:
    tokens = list(first.doc[first.i : last.i + 1])
    return stretch_of(tokens, sentence) or sentence.span_of(first, last)


def _end(sentence: ParsedSentence) -> int:
    last = stretch_of(list(sentence.tokens), sentence)
    return sentence.sentence.span.end if last is None else last.end
