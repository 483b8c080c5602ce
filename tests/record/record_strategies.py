"""Documents with all that they state, made up by hypothesis: valid, small, odd."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from hypothesis import strategies as st

from onrecord.model.actor import Alias, Entity, Place
from onrecord.model.annotation import FACTUALITIES, RELATION_TYPES, Sentence
from onrecord.model.document import Document, Furniture, OffsetMap
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
from onrecord.model.value import Amount, Interval

WORDS = [
    "Orsk",
    "Valen",
    "said",
    "the",
    "Tarn",
    "Brigade",
    "hit",
    "Port",
    "Selva",
    "—",
    "14",
    "people:",
    "“köy”",
    "漢字",
    "نص",
    "🜂",
    "on",
    "Monday",
]
KINDS = ("person", "organisation", "armed_group", "government", "country", "media", "other")
moments = st.datetimes(
    min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)
)
probabilities = st.floats(0, 1)
labels = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=12)


@st.composite
def spans(draw: st.DrawFn, within: Span) -> Span:
    start = draw(st.integers(within.start, within.end - 1))
    return Span(start, draw(st.integers(start + 1, within.end)))


@st.composite
def documents(draw: st.DrawFn) -> Document:
    text = " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=3, max_size=40)))
    title, publisher = draw(labels), draw(labels)
    published = draw(st.none() | moments)
    offsets = draw(st.none() | st.just(OffsetMap((0, 3, 3, 9), (7, 10, 12, 30), 99, (1, 0, 0, 2))))
    furniture = draw(st.sampled_from([(), (Furniture(Span(0, 2), "dateline", "Orsk"),)]))
    return Document(
        content_id("doc", publisher, title, text),
        draw(st.sampled_from(["a.txt", "b.html#2", "https://example.org/é"])),
        text,
        title,
        publisher,
        draw(labels),
        published,
        "unknown"
        if published is None
        else draw(st.sampled_from(["instant", "day", "month", "year"])),
        draw(st.sampled_from(["", "en"])),
        draw(st.sampled_from(["", "Meridian Press"])),
        draw(labels),
        furniture,
        offsets,
    )


@st.composite
def resolved_documents(draw: st.DrawFn) -> ResolvedDocument:
    document = draw(documents())
    doc_id, whole = document.document_id, Span(0, len(document.text))
    cut = draw(st.integers(1, len(document.text) - 1))
    sentences = (
        Sentence(Span(0, cut), 0, 0, draw(st.booleans())),
        Sentence(Span(cut, whole.end), 1, draw(st.integers(0, 1))),
    )
    places = tuple(
        Place(
            f"pl_{i}",
            f"Place {i}",
            "town",
            "IRQ",
            "",
            *((1.5, -2.0) if i else (None, None)),
        )
        for i in range(draw(st.integers(0, 2)))
    )
    entities = tuple(
        draw(_entity(doc_id, number, whole)) for number in range(draw(st.integers(0, 3)))
    )
    mentions = {
        m.mention_id: m
        for m in draw(st.lists(_mention(doc_id, whole, entities, places), max_size=4))
    }
    attributions = draw(_attributions(document, whole, entities))
    statements: dict[str, Statement] = {}
    for _ in range(draw(st.integers(0, 4))):
        statement = draw(
            _statement(document, sentences, entities, places, attributions, tuple(statements))
        )
        statements[statement.statement_id] = statement
    return ResolvedDocument(
        document, sentences, tuple(mentions.values()), entities, places, attributions,
        tuple(statements.values()),
    )  # fmt: skip


@st.composite
def _entity(draw: st.DrawFn, doc_id: str, number: int, whole: Span) -> Entity:
    name = draw(
        st.sampled_from(["Tarn Brigade", "tarn brigade", "Orsk Valen", "Orsk Välen", "the gunmen"])
    )
    aliases = (
        Alias(name, "spelling", draw(st.none() | spans(whole))),
        Alias("TB", "acronym", None),
    )
    return Entity(
        content_id("en", doc_id, number), doc_id, name, draw(st.sampled_from(KINDS)),
        name != "the gunmen", draw(st.sampled_from(["", "IRQ"])),
        draw(st.sampled_from(["", "GOV", "MIL,REB"])), aliases,
        draw(st.sampled_from([(), ("Gen.", "Supreme Leader")])),
        draw(st.sampled_from([(), (content_id("en", doc_id, 0),)])),
    )  # fmt: skip


@st.composite
def _mention(
    draw: st.DrawFn, doc_id: str, whole: Span, entities: Any, places: Any
) -> ResolvedMention:
    span = draw(spans(whole))
    kind = draw(st.sampled_from(KINDS))
    return ResolvedMention(
        content_id("mn", doc_id, span.start, span.end, kind), span, draw(spans(span)), kind,
        draw(st.sampled_from(["name", "nominal", "pronoun"])), draw(_id(entities, "entity_id")),
        draw(_id(places, "place_id")), draw(probabilities),
    )  # fmt: skip


def _id(rows: Any, key: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from([getattr(row, key) for row in rows]) if rows else st.none()


@st.composite
def _party(draw: st.DrawFn, document: Document, within: Span, entities: Any) -> Party | None:
    if draw(st.booleans()):
        return None
    span = draw(spans(within))
    return Party(span, span.text_in(document.text), draw(_id(entities, "entity_id")))


@st.composite
def _attributions(
    draw: st.DrawFn, document: Document, whole: Span, entities: Any
) -> tuple[ResolvedAttribution, ...]:
    found: dict[str, ResolvedAttribution] = {}
    for _ in range(draw(st.integers(0, 2))):
        content = draw(spans(whole))
        attribution_id = content_id("at", document.document_id, content.start, content.end)
        if attribution_id in found:
            continue
        found[attribution_id] = ResolvedAttribution(
            attribution_id, draw(_party(document, whole, entities)), draw(st.none() | spans(whole)),
            (content,), draw(st.sampled_from(["direct", "indirect", "mixed"])),
            draw(st.none() | st.sampled_from(sorted(found))) if found else None, draw(probabilities),
        )  # fmt: skip
    return tuple(found.values())


@st.composite
def _statement(
    draw: st.DrawFn, document: Document, sentences: Any, entities: Any, places: Any,
    attributions: Any, before: tuple[str, ...],
) -> Statement:  # fmt: skip
    sentence = draw(st.sampled_from(sentences)).span
    kind = draw(st.sampled_from(["event", "relation", "quantity"]))
    types = {"event": ["ASSAULT", "ACCUSE"], "relation": RELATION_TYPES, "quantity": ["troops"]}
    type_ = draw(st.sampled_from(types[kind]))
    trigger = draw(spans(sentence))
    optional = st.none() | spans(sentence)
    time, place = draw(optional), draw(optional)
    first = draw(moments)
    interval = draw(
        st.sampled_from(
            [None, Interval(first, first.replace(year=first.year + 1, day=1), "year"), Interval(None, first, "before"),
             Interval(None, None, "unresolved")]
        )
    )  # fmt: skip
    chain = (
        ChainLink(document.publisher or "unknown outlet", "outlet", None, True, None),
        ChainLink("a resident", "speaker", draw(_id(entities, "entity_id")), False, trigger),
    )
    amount = Amount(1500.0, None, "count", "at_least") if kind == "quantity" else None
    return Statement(
        content_id("st", document.document_id, kind, type_, trigger.start, trigger.end),
        document.document_id, sentence, kind, type_, trigger,
        draw(_party(document, sentence, entities)), draw(_party(document, sentence, entities)),
        draw(st.sampled_from(FACTUALITIES)), chain[: draw(st.integers(1, 2))], draw(probabilities),
        draw(st.sampled_from(["", "aerial"])), draw(st.sampled_from([(), ("military", "refugees")])),
        amount, draw(optional) if kind == "quantity" else None, time, interval if time else None,
        place, draw(_id(places, "place_id")) if place else None,
        draw(_id(attributions, "attribution_id")),
        draw(st.none() | st.sampled_from(before)) if before else None,
    )  # fmt: skip
