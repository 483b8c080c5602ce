"""The default extractor: the shipped encoder joined with the rules where they measure better.

The encoder decides what is an event, who takes part, who is quoted and which
numbers matter. The rules name mentions, times and places, read the value of a
number, and add standing relations and quotations that their patterns know
with high precision.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from onrecord.annotate import neural
from onrecord.annotate.attributions import find_attributions, with_parents
from onrecord.annotate.counters import find_counters, with_counters
from onrecord.annotate.encoder import OnnxRunner, shipped_runner
from onrecord.annotate.events import find_events
from onrecord.annotate.joining import Parties, confirm_quantities, in_context, snapped, with_parties
from onrecord.annotate.judging import Judge, shipped_judge
from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.neural import EventFind
from onrecord.annotate.neural_pairs import PairFind, QuoteFind, find_quotes, propose_related
from onrecord.annotate.pieces import Pieces, PieceTokenizer
from onrecord.annotate.places import find_places
from onrecord.annotate.quantities import ANY_FIGURE, find_quantities
from onrecord.annotate.quote_spans import QuoteEdges
from onrecord.annotate.relation_judge import LEAST_CANDIDATE, judged_relations
from onrecord.annotate.relations import find_relations
from onrecord.annotate.sources import torn_phrase
from onrecord.annotate.text import Parse
from onrecord.annotate.times import find_times
from onrecord.model.annotation import (
    FACTUALITIES,
    Annotations,
    Attribution,
    AttributionKind,
    Event,
    PlaceExpression,
    TimeExpression,
)
from onrecord.model.span import Span

# The encoder reads no more than 512 pieces at once; a longer sentence is read in parts.
LONGEST_SENTENCE = 480
# A piece costs some ten kilobytes while its block is read.
BLOCK_PIECES = 4_096
# Frames less sure than this say nothing about whether there is an event.
LEAST_HINT = 0.2
# Words up to a comma, in one sentence and outside of quotation marks.
_CARRIED_ON = re.compile(r"(?:[ \w'’\-]{1,80}),? ")
_OPENING, _CLOSING = ('"', "“"), ('"', "”")


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Least probability of each kind of find, chosen on the development sets.

    Attributes:
        event: Events. The unsurest are kept only because other reports may tell the same.
        quote: Sources, cues and contents.
        quantity: Numbers read by the grammar that the encoder must confirm.
        rule_quote: Quotations of the rules where the encoder found none.
    """

    event: float = 0.2
    quote: float = 0.3
    quantity: float = 0.2
    rule_quote: float = 0.7


class LearnedExtractor:
    """Finds annotations by the encoder and the rules.

    Args:
        runner: The network; the one shipped with the package when None.
        thresholds: Least probabilities.
        relation_judge: Decides on relations; the one shipped with the package when None.
    """

    def __init__(
        self,
        runner: OnnxRunner | None = None,
        thresholds: Thresholds | None = None,
        relation_judge: Judge | None = None,
    ) -> None:
        self._runner = runner or shipped_runner()
        self._thresholds = thresholds or Thresholds()
        self._relation_judge = relation_judge or shipped_judge("relation")

    @property
    def name(self) -> str:
        """Name and version of the model, kept in `runs`."""
        return f"encoder-{self._runner.version}"

    def annotate(self, parse: Parse) -> Annotations:
        """Return everything found in `parse`; the same input gives the same output."""
        limits = self._thresholds
        mentions = find_mentions(parse)
        times = find_times(parse)
        places = find_places(parse, mentions)
        owners, pieces = pieces_of(parse, self._runner.tokenizer)
        party = Parties(parse, mentions).tidy
        known = find_events(parse, mentions, times, places, least_confidence=LEAST_HINT)
        paragraphs = [parse.sentences[owner].sentence.paragraph for owner in owners]
        rules = find_attributions(parse, mentions)
        edges = QuoteEdges(parse, rules)
        found = self._read(pieces, paragraphs, _hints(known, pieces), edges)
        events = [
            replace(event, confidence=self._runner.calibrated("event", event.confidence))
            for event in (_told(_event(find, times, places, party), known) for find in found.events)
        ]
        return Annotations(
            sentences=tuple(s.sentence for s in parse.sentences),
            mentions=with_parties(mentions, events),
            attributions=join_attributions(parse, found.quotes, rules, limits.rule_quote),
            events=in_context(events, [owners[f.sentence] for f in found.events], parse),
            relations=judged_relations(
                parse,
                mentions,
                find_relations(parse, mentions, times),
                found.relations,
                party,
                self._relation_judge,
            ),
            quantities=confirm_quantities(
                find_quantities(parse, mentions, times, places, least_confidence=ANY_FIGURE),
                [(c.span, c.probability) for c in found.numbers],
            ),
            times=times,
            places=places,
        )

    def _read(
        self,
        pieces: Sequence[Pieces],
        paragraphs: Sequence[int],
        hints: Sequence[neural.Hint],
        edges: QuoteEdges,
    ) -> _Found:
        """Return all finds, a block of sentences at a time so that memory stays bounded."""
        limits, runner = self._thresholds, self._runner
        found = _Found()
        for block in _blocks(pieces):
            here = [pieces[number] for number in block]
            known = [
                replace(hint, sentence=hint.sentence - block.start)
                for hint in hints
                if hint.sentence in block
            ]
            windows = neural.read_windows(runner, here, paragraphs[block.start : block.stop])
            found.events.extend(
                replace(find, sentence=find.sentence + block.start)
                for find in neural.find_events(runner, here, windows, limits.event, known)
            )
            found.numbers.extend(neural.find_tagged(runner, windows, "quantity", limits.quantity))
            found.quotes.extend(find_quotes(runner, windows, limits.quote, edges=edges))
            found.relations.extend(propose_related(runner, windows, LEAST_CANDIDATE))
        return found


def _blocks(pieces: Sequence[Pieces]) -> Iterator[range]:
    """Yield runs of sentences of about `BLOCK_PIECES` pieces together."""
    start = total = 0
    for number, sentence in enumerate(pieces):
        total += len(sentence)
        if total >= BLOCK_PIECES:
            yield range(start, number + 1)
            start, total = number + 1, 0
    if start < len(pieces):
        yield range(start, len(pieces))


def _hints(events: Iterable[Event], pieces: Sequence[Pieces]) -> list[neural.Hint]:
    """Return what the lexicon proposes, each with the number of its sentence among `pieces`."""
    edges = [(int(p.starts[1]), int(p.ends[-2])) for p in pieces]
    return [
        neural.Hint(number, event.trigger, event.type, event.confidence)
        for event in events
        for number, (start, end) in enumerate(edges)
        if start <= event.trigger.start < end
    ]


def pieces_of(parse: Parse, tokenizer: PieceTokenizer) -> tuple[list[int], list[Pieces]]:
    """Return pieces of each sentence in document offsets, and the sentence each belongs to."""
    owners: list[int] = []
    pieces: list[Pieces] = []
    for number, parsed in enumerate(parse.sentences):
        span = parsed.sentence.span
        encoded = tokenizer.encode(parse.text_of(span)).moved(span.start)
        for part in encoded.parts(LONGEST_SENTENCE):
            owners.append(number)
            pieces.append(part)
    return owners, pieces


@dataclass(frozen=True, slots=True)
class _Found:
    """What the encoder finds in a document."""

    events: list[EventFind] = field(default_factory=list)
    numbers: list[neural.SpanFind] = field(default_factory=list)
    quotes: list[QuoteFind] = field(default_factory=list)
    relations: list[PairFind] = field(default_factory=list)


def _event(
    find: EventFind,
    times: Sequence[TimeExpression],
    places: Sequence[PlaceExpression],
    party: Callable[[Span], Span | None],
) -> Event:
    time, place = find.roles.get("time"), find.roles.get("place")
    return Event(
        type=find.type,
        mode=find.mode,
        trigger=find.trigger,
        source=party(find.roles["source"]) if "source" in find.roles else None,
        target=party(find.roles["target"]) if "target" in find.roles else None,
        factuality=next(f for f in FACTUALITIES if f == find.factuality),
        time=snapped(time, [t.span for t in times]),
        place=snapped(place, [p.span for p in places]),
        confidence=find.probability,
    )


def _told(event: Event, known: Sequence[Event]) -> Event:
    """Return `event` with the mode that a frame of the same act knows for its verb."""
    for frame in known:
        if frame.mode and frame.type == event.type and frame.trigger.overlaps(event.trigger):
            return replace(event, mode=frame.mode)
    return event


def join_attributions(
    parse: Parse,
    quotes: Sequence[QuoteFind],
    rules: Sequence[Attribution],
    least_confidence: float,
) -> tuple[Attribution, ...]:
    """Return the encoder's attributions and those of the rules on other ground.

    Where both see the same content and the encoder found no source, the rules'
    source is taken: they carry speakers across sentences, the encoder does not.
    Rules less sure than `least_confidence` add nothing of their own.
    """
    joined: list[Attribution] = []
    used: set[int] = set()
    for quote in quotes:
        same = [
            i
            for i, rule in enumerate(rules)
            if any(a.overlaps(b) for a in rule.content for b in quote.content)
            and (rule.cue is None or quote.cue is None or rule.cue.overlaps(quote.cue))
        ]
        used.update(same)
        rule = rules[same[0]] if same else None
        source, cue = _mended(parse, quote), quote.cue
        if rule is not None and source is None:
            source, cue = rule.source, cue or rule.cue
        if source is None and cue is None:
            continue
        content = _up_to_source(parse, quote.content, source, cue)
        content = tuple(c for c in content if source is None or not c.overlaps(source))
        if not content:
            continue
        joined.append(
            Attribution(
                content=content,
                source=source,
                cue=cue,
                kind=_kind(parse, content, rule),
                # Words without a speaker are rarely worth a row's first place.
                confidence=quote.probability * (1.0 if source is not None else 0.5),
            )
        )
    joined.extend(
        rule
        for i, rule in enumerate(rules)
        # Reported clauses the encoder passes over are mostly no attributions; quotations are.
        if i not in used and rule.kind != "indirect" and rule.confidence >= least_confidence
    )
    joined.sort(key=lambda a: (a.content[0], a.cue or a.content[0]))
    return with_parents(with_counters(joined, find_counters(parse)))


def _up_to_source(
    parse: Parse, content: tuple[Span, ...], source: Span | None, cue: Span | None
) -> tuple[Span, ...]:
    """Return contents, the last one before "…, X said" carried on to the comma before X.

    The encoder ends now and then amid a clause; what stands between it and
    its own speaker is no one else's.
    """
    marks = [span.start for span in (source, cue) if span is not None]
    if not marks or not content or content[-1].end >= min(marks):
        return content
    last = content[-1]
    between = parse.document.text[last.end : min(marks)]
    kept = between.rstrip(" ,\n")
    if not _CARRIED_ON.fullmatch(between) or not kept:
        return content
    return (*content[:-1], Span(last.start, last.end + len(kept)))


def _mended(parse: Parse, quote: QuoteFind) -> Span | None:
    """Return the source, carried on to its noun where the encoder tore it off before that."""
    span = quote.source
    sentence = None if span is None else parse.sentence_at(span.start)
    tokens = [] if span is None or sentence is None else sentence.tokens_in(span)
    phrase = torn_phrase(tokens) if tokens else None
    if sentence is None or phrase is None:
        return span
    whole = sentence.span_of(*phrase)
    others = quote.content if quote.cue is None else (*quote.content, quote.cue)
    return span if any(whole.overlaps(other) for other in others) else whole


def _kind(parse: Parse, content: Sequence[Span], rule: Attribution | None) -> AttributionKind:
    """Return how much of `content` stands in quotation marks, its own or those around it."""
    texts = [parse.text_of(span).strip(" .,") for span in content]
    if any('"' in text or "“" in text for text in texts):
        inside = all(text[:1] in _OPENING and text[-1:] in _CLOSING for text in texts)
        return "direct" if inside else "mixed"
    return "indirect" if rule is None else rule.kind
