"""Turn the annotations of one document into rows: entities, chains, intervals, places.

The order matters: mentions become entities first, since sources of quotations
and parties of statements are looked up among them; times are read in the order
of the text, since "two days earlier" counts from the event before.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.model.actor import Entity, Place
from onrecord.model.annotation import Annotations, Event, Factuality, Quantity, Relation
from onrecord.model.document import Document
from onrecord.model.identifier import content_id
from onrecord.model.span import Span
from onrecord.model.statement import (
    ChainLink,
    Party,
    ResolvedAttribution,
    ResolvedDocument,
    ResolvedMention,
    Statement,
)
from onrecord.model.value import Interval
from onrecord.resolve.actors import find_entities
from onrecord.resolve.chain import chain_of, lineage
from onrecord.resolve.places import countries_in, resolve_place
from onrecord.resolve.relatives import RELATIVES, antecedent_of
from onrecord.resolve.times import resolve_time

# Words after which a noun phrase goes on to something else than its core.
_LINKS = frozenset(
    {"of", "in", "that", "who", "which", "whose", "from", "at", "by", "for", "with", "to", "on",
     "against", "inside", "near", "under", "including"}
)  # fmt: skip
_TENSES = {"planned": "future", "conditional": "future"}


def resolve_document(document: Document, annotations: Annotations) -> ResolvedDocument:
    """Return everything `document` states, looked up as far as the document allows.

    Args:
        document: The report.
        annotations: What was found in it; all spans count code points of its text.

    Returns:
        Mentions, entities, places, attributions and statements, each list in
        order of the text, with identifiers that depend on content only.
    """
    return _Resolution(document, annotations).resolve()


class _Resolution:
    """What is known of one document while its annotations are resolved."""

    def __init__(self, document: Document, annotations: Annotations) -> None:
        self.document = document
        self.text = document.text
        self.annotations = annotations
        found, self.entity_of = find_entities(document, annotations)
        self.entities = {entity.entity_id: entity for entity in found}
        self.places: dict[str, Place] = {}
        self._countries = _countries_of(document)
        self._place_ids = self._places_of_names()
        self._attribution_ids = _unique(
            content_id("at", document.document_id, a.source, a.cue, *(c for c in a.content), a.kind)
            for a in annotations.attributions
        )

    def resolve(self) -> ResolvedDocument:
        statements = self._statements()
        return ResolvedDocument(
            document=self.document,
            sentences=self.annotations.sentences,
            mentions=self._mentions(),
            entities=tuple(self.entities.values()),
            places=tuple(self.places.values()),
            attributions=self._attributions(),
            statements=statements,
        )

    # --- mentions and places ---

    def _places_of_names(self) -> dict[Span, str]:
        """Return span -> place for place expressions, countries and place mentions."""
        spans = {p.span for p in self.annotations.places}
        spans |= {
            m.head for m in self.annotations.mentions
            if m.form == "name" and m.kind in {"place", "country"}
        }  # fmt: skip
        return {span: self._place(span) for span in sorted(spans)}

    def _place(self, span: Span) -> str:
        place = resolve_place(self._words(span), context_countries=self._countries)
        self.places.setdefault(place.place_id, place)
        return place.place_id

    def _words(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def _mentions(self) -> tuple[ResolvedMention, ...]:
        rows = []
        for index, mention in enumerate(self.annotations.mentions):
            located = mention.kind in {"place", "country"}
            rows.append(
                ResolvedMention(
                    mention_id=content_id(
                        "mn", self.document.document_id, mention.span.start, mention.span.end,
                        mention.head.start, mention.head.end, mention.kind,
                    ),
                    span=mention.span,
                    head=mention.head,
                    kind=mention.kind,
                    form=mention.form,
                    entity_id=self.entity_of.get(index),
                    place_id=self._place_ids.get(mention.head) if located else None,
                    confidence=mention.confidence,
                )
            )  # fmt: skip
        unique = {row.mention_id: row for row in reversed(rows)}
        return tuple(sorted(unique.values(), key=lambda r: (r.span, r.head, r.kind)))

    # --- parties and sources ---

    def _entity_id_at(self, span: Span) -> str | None:
        """Return the entity of the mention that the span names, the best fit of several."""
        best: tuple[int, int, int] | None = None
        found: str | None = None
        for index, mention in enumerate(self.annotations.mentions):
            if index not in self.entity_of or not mention.span.overlaps(span):
                continue
            if mention.span == span or mention.head == span:
                rank = 3
            elif mention.span.contains(span) and mention.head.overlaps(span):
                rank = 2
            elif span.contains(mention.head) and _is_core(self.text, span, mention.head):
                rank = 1
            else:
                continue
            # Of equal fits the longest core is the one that the phrase is about.
            key = (rank, len(mention.head), -mention.head.start)
            if best is None or key > best:
                best, found = key, self.entity_of[index]
        if found is None and self._words(span).lower() in RELATIVES:
            named = antecedent_of(
                self.text, span, self.annotations.mentions, self.annotations.sentences,
                self.entity_of,
            )  # fmt: skip
            return None if named is None else self.entity_of[named]
        return found

    def _party(self, span: Span | None) -> Party | None:
        if span is None:
            return None
        return Party(span, self._words(span), self._entity_id_at(span))

    def _entity_at(self, span: Span) -> Entity | None:
        entity_id = self._entity_id_at(span)
        return None if entity_id is None else self.entities[entity_id]

    # --- attributions ---

    def _attributions(self) -> tuple[ResolvedAttribution, ...]:
        return tuple(
            ResolvedAttribution(
                attribution_id=self._attribution_ids[index],
                source=self._party(a.source),
                cue=a.cue,
                content=a.content,
                kind=a.kind,
                parent_id=None if a.parent is None else self._attribution_ids[a.parent],
                confidence=a.confidence,
            )
            for index, a in enumerate(self.annotations.attributions)
        )

    def _innermost(self, trigger: Span) -> int | None:
        """Return the innermost attribution whose content holds the trigger."""
        attributions = self.annotations.attributions
        holding = [
            i for i, a in enumerate(attributions)
            if any(c.contains(trigger) for c in a.content)
        ]  # fmt: skip
        return max(
            holding,
            key=lambda i: (len(lineage(attributions, i)), -len(attributions[i].content_span)),
            default=None,
        )

    # --- statements ---

    def _statements(self) -> tuple[Statement, ...]:
        events = [self._event(e) for e in self.annotations.events]
        relations = [self._relation(r) for r in self.annotations.relations]
        quantities = [self._quantity(q) for q in self.annotations.quantities]
        for index, event in enumerate(self.annotations.events):
            if event.accusation is not None and event.accusation != index:
                accusation_id = events[event.accusation].statement_id
                events[index] = replace(events[index], accusation_id=accusation_id)
        rows = sorted((*events, *relations, *quantities), key=lambda s: (s.trigger, s.kind))
        unique: dict[str, Statement] = {}
        anchor: Interval | None = None
        for row in rows:
            if row.statement_id in unique:
                continue
            interval = self._interval(row.time, row.factuality, anchor)
            if row.kind == "event" and interval is not None:
                anchor = interval
            unique[row.statement_id] = replace(row, interval=interval)
        return tuple(unique.values())

    def _interval(
        self, time: Span | None, factuality: Factuality, anchor: Interval | None
    ) -> Interval | None:
        if time is None:
            return None
        tense = "future" if factuality in _TENSES else "past"
        lead = self.text[max(0, time.start - 6) : time.start].lower().split()
        words = self._words(time)
        # The span leaves the preposition out, but "since 2013" is open and "in 2013" is not.
        if lead and lead[-1] in {"since", "until", "before", "after", "by", "till"}:
            words = f"{lead[-1]} {words}"
        return resolve_time(
            words,
            self.document.published,
            tense="future" if tense == "future" else "past",
            anchor=anchor,
        )

    def _statement(
        self,
        kind: str,
        type_: str,
        trigger: Span,
        subject: Span | None,
        object_: Span | None,
        factuality: Factuality,
        confidence: float,
        time: Span | None,
        place: Span | None,
    ) -> Statement:
        innermost = self._innermost(trigger)
        return Statement(
            statement_id=content_id(
                "st", self.document.document_id, kind, type_, trigger, subject, object_
            ),
            document_id=self.document.document_id,
            span=self._sentence(trigger),
            kind=kind,  # type: ignore[arg-type]
            type=type_,
            trigger=trigger,
            subject=self._party(subject),
            object=self._party(object_),
            factuality=factuality,
            chain=self._chain(innermost, happened=factuality == "asserted"),
            confidence=confidence,
            time=time,
            place=place,
            place_id=None if place is None else self._place_ids.get(place) or self._place(place),
            attribution_id=None if innermost is None else self._attribution_ids[innermost],
        )

    def _chain(self, innermost: int | None, *, happened: bool) -> tuple[ChainLink, ...]:
        return chain_of(
            self.document,
            self.annotations.attributions,
            innermost,
            self._entity_at,
            happened=happened,
        )

    def _sentence(self, trigger: Span) -> Span:
        for sentence in self.annotations.sentences:
            if sentence.span.overlaps(trigger):
                return sentence.span
        return trigger

    def _event(self, event: Event) -> Statement:
        row = self._statement(
            "event", event.type, event.trigger, event.source, event.target,
            event.factuality, event.confidence, event.time, event.place,
        )  # fmt: skip
        return replace(row, mode=event.mode or "", contexts=event.contexts)

    def _relation(self, relation: Relation) -> Statement:
        place = relation.object if relation.type in {"active_in", "located_in"} else None
        return self._statement(
            "relation", relation.type, relation.evidence, relation.subject, relation.object,
            relation.factuality, relation.confidence, relation.time, place,
        )  # fmt: skip

    def _quantity(self, quantity: Quantity) -> Statement:
        row = self._statement(
            "quantity", quantity.kind, quantity.span, quantity.holder, None,
            quantity.factuality, quantity.confidence, quantity.time, quantity.place,
        )  # fmt: skip
        return replace(row, amount=quantity.amount, counted=quantity.counted)


def _is_core(text: str, span: Span, head: Span) -> bool:
    """Return whether `head` is what the phrase at `span` is about, not a modifier in it.

    The core of an English noun phrase stands last, before any "of" or comma.
    """
    rest = text[head.end : span.end]
    if rest.startswith(("'s", "’s", "-")):
        return False
    before = text[span.start : head.start]
    if "," in before or _LINKS & set(before.lower().split()):
        return False
    following = rest.strip(" \"”'’).")
    return (
        not following
        or following[0] in ",(–—"
        or following.split()[0].lower() in _LINKS | {"and", "or"}
    )


def _countries_of(document: Document) -> tuple[str, ...]:
    """Return the countries a story speaks of, most often named first; datelines do not count."""
    text, start, story = document.text, 0, []
    for furniture in document.furniture:
        story.append(text[start : furniture.span.start])
        start = max(start, furniture.span.end)
    return countries_in(" ".join([*story, text[start:]]))


def _unique(identifiers: Iterable[str]) -> tuple[str, ...]:
    """Return the identifiers, equal ones told apart by their turn."""
    seen: dict[str, int] = {}
    found = []
    for identifier in identifiers:
        turn = seen.get(identifier, 0)
        seen[identifier] = turn + 1
        found.append(identifier if turn == 0 else content_id("at", identifier, turn))
    return tuple(found)
