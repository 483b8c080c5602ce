"""Find PLOVER events: what the lexicon names, with roles, time, place and factuality.

Every word is tried against the predicate lexicon. What fits becomes an event
unless it is only the content of another ("urged them to withdraw" is a request
and no withdrawal) or belongs to sport, weather or a figure of speech.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from onrecord.annotate.clauses import children
from onrecord.annotate.contexts import contexts_of
from onrecord.annotate.factuality import factuality_of
from onrecord.annotate.filling import Match
from onrecord.annotate.lexicon import Lexicon, load_classes, load_lexicon, load_ontology
from onrecord.annotate.noun_phrases import phrase_of
from onrecord.annotate.parties import as_source, as_target, content_party, in_class
from onrecord.annotate.roles import best_match
from onrecord.annotate.span_index import SpanIndex
from onrecord.annotate.text import Parse, ParsedSentence
from onrecord.model.annotation import (
    Attribution,
    Event,
    Factuality,
    Mention,
    PlaceExpression,
    TimeExpression,
)
from onrecord.model.span import Span

if TYPE_CHECKING:
    from spacy.tokens import Token

# A little over half of these events are right on labelled news; 0.3 finds more, 0.5 errs less.
LEAST_CONFIDENCE = 0.38
# Types whose content clause is not reported as an act of its own.
_TAKES_CONTENT = frozenset({"REQUEST", "THREATEN", "REJECT", "AGREE", "CONCEDE"})
# A helper farther from the predicate is not shown as part of the trigger.
_WIDEST_TRIGGER = 4
# Modes that may be told anywhere: "gunmen on motorcycles ... were killed".
_TOLD_BY_SENTENCE = {"ASSAULT": ("firearms", "sexual")}
# Types whose target may be a thing: a bridge is attacked, a rule is defied.
_ACTS_ON_THINGS = frozenset({"ASSAULT"})


def find_events(
    parse: Parse,
    mentions: Sequence[Mention] = (),
    times: Sequence[TimeExpression] = (),
    places: Sequence[PlaceExpression] = (),
    attributions: Sequence[Attribution] = (),
    *,
    least_confidence: float = LEAST_CONFIDENCE,
) -> tuple[Event, ...]:
    """Return the events of a document in order of the text.

    Args:
        parse: The parsed document.
        mentions: Its mentions; a role takes the span of the mention that holds its head.
        times: Its time expressions.
        places: Its place expressions; only locative ones tell where.
        attributions: Its attributions; an act of speech without a subject of its own
            ("..., urging calm") is its speaker's.
        least_confidence: Events of frames less sure than this are left out, 0 to 1.
    """
    lexicon = load_lexicon()
    events: list[Event] = []
    by_place = SpanIndex(enumerate(mention.span for mention in mentions))
    for parsed in parse.sentences:
        span = parsed.sentence.span
        here = _Sentence(
            parsed,
            [mentions[number] for number in by_place.overlapping(span)],
            [t.span for t in times if t.span.overlaps(span)],
            [p.span for p in places if p.locative and p.span.overlaps(span)],
        )
        found = [_said_by(event, attributions) for event in here.events(lexicon, least_confidence)]
        events.extend(link_accusations(found, len(events), parsed))
    return tuple(events)


def acts_in(parsed: ParsedSentence, lexicon: Lexicon, least_confidence: float = 0.0) -> list[Match]:
    """Return the words of a sentence that name political acts, with the frames that fit them.

    Args:
        parsed: The sentence.
        lexicon: Frames to try.
        least_confidence: Frames less sure than this are left out, 0 to 1.
    """
    words = frozenset(w for token in parsed.tokens for w in (token.lemma_.lower(), token.lower_))
    found = (best_match(lexicon, token, words) for token in parsed.tokens)
    # A doubtful frame still owns its words: the "strike" of "went on strike" is no attack.
    matches = _without_helpers([match for match in found if match is not None])
    matches = [m for m in matches if _confidence(lexicon, m) >= least_confidence]
    matches = _without_content(matches)
    return [match for match in matches if not _is_no_act(match, parsed)]


def trigger_of(parsed: ParsedSentence, match: Match) -> Span:
    """Return the words that name the act: the predicate with its particle or object."""
    here = match.predicate.i
    near = (h.i for h in match.helpers if abs(h.i - here) < _WIDEST_TRIGGER)
    indexes = [here, *near]
    doc = match.predicate.doc
    return parsed.span_of(doc[min(indexes)], doc[max(indexes)])


class _Sentence:
    """One sentence with what else was found in it."""

    def __init__(
        self,
        parsed: ParsedSentence,
        mentions: list[Mention],
        times: list[Span],
        places: list[Span],
    ) -> None:
        self.parsed = parsed
        self.mentions = mentions
        self.times = times
        self.places = places

    def events(self, lexicon: Lexicon, least_confidence: float) -> list[Event]:
        """Return the events of the sentence in order of their triggers."""
        matches = acts_in(self.parsed, lexicon, least_confidence)
        contexts = contexts_of(token.lemma_.lower() for token in self.parsed.tokens)
        return _without_repeats([self._event(match, matches, contexts) for match in matches])

    def _event(self, match: Match, matches: list[Match], contexts: tuple[str, ...]) -> Event:
        anchor = match.light_verb or match.predicate
        factuality = factuality_of_act(match)
        kind, mode = type_and_mode(self.parsed, match, factuality)
        source, target = self._roles(match)
        trigger = trigger_of(self.parsed, match)
        return Event(
            type=kind,
            mode=mode,
            trigger=trigger,
            source=source,
            target=target,
            factuality=factuality,
            time=self._nearest(self.times, anchor, matches, (source, target, trigger)),
            place=self._nearest(self.places, anchor, matches, (source, target, trigger)),
            contexts=contexts,
            confidence=_confidence(load_lexicon(), match),
        )

    def _roles(self, match: Match) -> tuple[Span | None, Span | None]:
        source, target = as_source(match.source), match.target
        if match.frame.type not in _ACTS_ON_THINGS:
            target = as_target(target)
        if target is None:
            target = content_party(match.complements)
        if target == source:
            target = None
        # Parties that act on each other are told apart, others stand together.
        apart = source is not None and target is not None and target in source.conjuncts
        source_span = self._phrase(source, both=not apart)
        target_span = self._phrase(target, both=not apart)
        if source_span and target_span and source_span.overlaps(target_span):
            target_span = None
        return source_span, target_span

    def _phrase(self, head: Token | None, *, both: bool) -> Span | None:
        """Return the noun phrase around `head`, over its coordination when `both`."""
        if head is None:
            return None
        span = self._single(head)
        if both:
            for other in head.conjuncts:
                if other.pos_ in {"NOUN", "PROPN", "PRON", "NUM"}:
                    span = span.cover(self._single(other))
        return span

    def _single(self, head: Token) -> Span:
        phrase = phrase_of(self.parsed, head)
        span = phrase.span if phrase is not None else self.parsed.span_of(head)
        word = self.parsed.span_of(head)
        for mention in self.mentions:
            # The mention decides where a phrase ends, so that roles and mentions agree.
            if mention.head.overlaps(word) and mention.span.overlaps(span):
                return mention.span
        return span

    def _nearest(
        self,
        spans: list[Span],
        anchor: Token,
        matches: list[Match],
        taken: tuple[Span | None, ...],
    ) -> Span | None:
        """Return the span that hangs on this event rather than on another one."""
        anchors = {(m.light_verb or m.predicate) for m in matches}
        best: tuple[int, Span] | None = None
        for span in spans:
            if any(other is not None and other.overlaps(span) for other in taken):
                continue
            tokens = self.parsed.tokens_in(span)
            if not tokens:
                continue
            steps = _steps(tokens[0].doc[tokens[0].i : tokens[-1].i + 1].root, anchor, anchors)
            if steps is not None and (best is None or steps < best[0]):
                best = steps, span
        return best[1] if best is not None else None


def _confidence(lexicon: Lexicon, match: Match) -> float:
    return lexicon.confidence_of(match.frame, match.lemma, match.shape)


def _steps(start: Token, anchor: Token, anchors: set[Token]) -> int | None:
    """Return how far up `anchor` is from `start`, None when another event stands between."""
    current = start
    for count in range(12):
        if current == anchor:
            return count
        if current in anchors and count:
            # A noun event shares what is said of the verb above it, not the reverse.
            return count + 1 if current in anchor.ancestors and anchor.pos_ == "NOUN" else None
        if current.head == current:
            break
        current = current.head
    return None


def _without_helpers(matches: list[Match]) -> list[Match]:
    """Drop a noun that only completes a verb's frame: "fire" of "opened fire"."""
    helpers = {helper for m in matches for helper in m.helpers if helper != m.predicate}
    return [m for m in matches if m.predicate not in helpers]


def _without_content(matches: list[Match]) -> list[Match]:
    """Drop acts that are only what another act asks for, refuses, promises or threatens."""
    inside: set[Token] = set()
    for match in matches:
        if match.frame.type not in _TAKES_CONTENT:
            continue
        for complement in match.complements:
            inside.add(complement)
            inside.update(c for c in complement.conjuncts)
        if match.predicate.pos_ == "VERB":
            inside.update(children(match.predicate, "xcomp"))
        else:
            inside.update(c for c in children(match.predicate, "acl") if c.tag_ == "VB")
    return [m for m in matches if m.predicate not in inside and m.light_verb not in inside]


def _is_no_act(match: Match, parsed: ParsedSentence) -> bool:
    """Return whether the words are about sport or the weather, or only a figure of speech."""
    classes = load_classes()
    if match.source is not None and in_class(match.source, "natural"):
        return True
    accident = any(in_class(token, "accident") for token in parsed.tokens)
    if accident and match.frame.type == "ASSAULT" and match.source is None:
        # "Ten were killed when a train derailed": harm, but nobody's act.
        return True
    sports = sum(token.lemma_.lower() in classes["sports"] for token in parsed.tokens)
    return sports >= 2


def factuality_of_act(match: Match) -> Factuality:
    """Return the factuality of a word, or of the light verb that carries it."""
    factuality = factuality_of(match.predicate)
    if match.light_verb is not None and factuality == "asserted":
        return factuality_of(match.light_verb)
    return factuality


def type_and_mode(
    parsed: ParsedSentence, match: Match, factuality: Factuality
) -> tuple[str, str | None]:
    """Return PLOVER type and mode: a meeting only planned is an agreement."""
    ontology = load_ontology()
    frame = match.frame
    kind = frame.type
    if factuality == "planned":
        kind = ontology.becomes_when_planned.get(kind, kind)
    if kind != frame.type:
        return kind, None
    if frame.mode is not None:
        return kind, frame.mode
    words = ontology.mode_words.get(kind)
    if words is None:
        return kind, None
    near = _own_words(match)
    for mode, telling in words.items():
        if near & telling:
            return kind, mode
    anywhere = {token.lemma_.lower() for token in parsed.tokens}
    for mode in _TOLD_BY_SENTENCE.get(kind, ()):
        if anywhere & words[mode]:
            return kind, mode
    return kind, None


def _own_words(match: Match) -> set[str]:
    """Return the lemmas that belong to the event itself, not to its parties' descriptions."""
    words: set[str] = set()
    for start in (match.predicate, match.light_verb, *match.complements):
        if start is None:
            continue
        words.add(start.lemma_.lower())
        for child in start.children:
            if child in (match.source, match.target) and not in_class(child, "non_actors"):
                continue
            words.add(child.lemma_.lower())
            words.update(c.lemma_.lower() for c in child.children)
    return words


def _without_repeats(events: list[Event]) -> list[Event]:
    """Keep one event where a sentence names one act twice ("the killing ... the murder")."""
    kept: list[Event] = []
    for event in events:
        if any(_same_act(event, other) for other in kept):
            continue
        kept.append(event)
    return kept


def _same_act(one: Event, other: Event) -> bool:
    return (
        one.type == other.type
        and one.trigger.overlaps(other.trigger)
        and one.source == other.source
        and one.target == other.target
    )


def _said_by(event: Event, attributions: Sequence[Attribution]) -> Event:
    """Return `event` with its speaker as source where its trigger is what attributes."""
    if event.source is not None:
        return event
    for attribution in attributions:
        speaker = attribution.source
        if (
            attribution.cue is None
            or speaker is None
            or not attribution.cue.overlaps(event.trigger)
        ):
            continue
        if event.target is None or not speaker.overlaps(event.target):
            return replace(event, source=speaker)
    return event


def link_accusations(events: list[Event], offset: int, parsed: ParsedSentence) -> list[Event]:
    """Point each alleged act at the accusation in whose words it stands."""
    linked = list(events)
    for position, accusation in enumerate(events):
        if accusation.type != "ACCUSE" or accusation.mode != "allege":
            continue
        verbs = parsed.tokens_in(accusation.trigger)
        below = {token.i for verb in verbs for token in verb.subtree}
        for other, event in enumerate(events):
            if other == position or event.type == "ACCUSE" or event.accusation is not None:
                continue
            inside = all(token.i in below for token in parsed.tokens_in(event.trigger))
            if inside and event.trigger.start > accusation.trigger.start:
                linked[other] = replace(linked[other], accusation=offset + position)
    return linked
