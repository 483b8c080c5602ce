"""Fit what a model names to what the grammars know of the document.

A model gives triggers, parties and figures as bare spans; every extractor
brings them into step with mentions, times, contexts and accusations the same way.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.annotate.contexts import contexts_of
from onrecord.annotate.events import link_accusations
from onrecord.annotate.quantities import CONFIRMED_FIGURE, SURE_FIGURE, TOLD_FIGURE
from onrecord.annotate.span_index import SpanIndex
from onrecord.annotate.text import Parse
from onrecord.model.annotation import Event, Mention, Quantity, Relation
from onrecord.model.span import Span

_FINITE = frozenset({"VBD", "VBP", "VBZ", "MD"})


class Parties:
    """Brings spans of parties back to the noun phrase they begin with.

    A model chooses where a party begins and ends one by one; now and then the
    end lies beyond the verb.
    """

    def __init__(self, parse: Parse, mentions: Sequence[Mention]) -> None:
        self._parse = parse
        self._mentions = [m.span for m in mentions]
        self._starts = [p.sentence.span.start for p in parse.sentences]

    def tidy(self, span: Span) -> Span | None:
        """Return `span`, cut to its first mention if it holds a finite verb; None if none fits."""
        number = bisect_right(self._starts, span.start) - 1
        tokens = self._parse.sentences[max(number, 0)].tokens_in(span)
        if not any(token.tag_ in _FINITE for token in tokens):
            return span
        first = [m for m in self._mentions if m.overlaps(span) and m.start <= span.start + 4]
        return max(first, key=len, default=None)


def snapped(span: Span | None, known: Iterable[Span]) -> Span | None:
    """Return the known expression that overlaps `span` most, else `span` itself."""
    if span is None:
        return None
    overlapping = [k for k in known if k.overlaps(span)]
    return max(overlapping, key=len, default=span)


def in_context(events: Sequence[Event], owners: Sequence[int], parse: Parse) -> tuple[Event, ...]:
    """Return `events` with contexts, and alleged acts linked to their accusation.

    Args:
        events: Events of the document.
        owners: For each the number of its sentence.
        parse: The parsed document.
    """
    linked: list[Event] = []
    for number, parsed in enumerate(parse.sentences):
        here = [e for e, owner in zip(events, owners, strict=True) if owner == number]
        if here:
            contexts = contexts_of(token.lemma_.lower() for token in parsed.tokens)
            here = [replace(event, contexts=contexts) for event in here]
            linked.extend(link_accusations(here, len(linked), parsed))
    return tuple(linked)


def with_parties(
    mentions: tuple[Mention, ...], events: Iterable[Event], relations: Iterable[Relation] = ()
) -> tuple[Mention, ...]:
    """Return `mentions` with one more for each party that no mention stands for."""
    added: dict[Span, Mention] = {}
    covered = bytearray(max((m.span.end for m in mentions), default=0))
    for mention in mentions:
        covered[mention.span.start : mention.span.end] = b"\x01" * len(mention.span)
    parties = [(e.confidence, span) for e in events for span in (e.source, e.target)]
    parties += [(r.confidence, span) for r in relations for span in (r.subject, r.object)]
    for confidence, span in parties:
        if span is None or any(covered[span.start : span.end]):
            continue
        added[span] = Mention(span, span, "other", "nominal", confidence=confidence)
    return tuple(sorted((*mentions, *added.values()), key=lambda m: (m.span, m.head)))


def confirm_quantities(
    quantities: Sequence[Quantity], confirmed: Sequence[tuple[Span, float]]
) -> tuple[Quantity, ...]:
    """Return the quantities that the model also takes for figures that matter.

    What is told as a count ("the ministry confirmed seven") needs no second
    word; what the grammar doubts is kept where the model is surer than that.

    Args:
        quantities: What the grammar finds.
        confirmed: What the model takes for figures, each with its probability.
    """
    kept = []
    places = SpanIndex((number, span) for number, (span, _) in enumerate(confirmed))
    for quantity in quantities:
        sure = max((confirmed[i][1] for i in places.overlapping(quantity.span)), default=0.0)
        if quantity.confidence >= TOLD_FIGURE:
            kept.append(quantity)
        elif quantity.confidence >= SURE_FIGURE:
            kept += [quantity] if sure else []
        elif sure >= 1 - quantity.confidence:
            kept.append(replace(quantity, confidence=CONFIRMED_FIGURE))
    return tuple(kept)
