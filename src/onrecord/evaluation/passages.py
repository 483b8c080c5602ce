"""Annotate the labelled sentences as the product would: in their passage, then cut apart again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from onrecord.annotate.extractor import Extractor
from onrecord.annotate.text import parse_document
from onrecord.evaluation.sentences import LabelledSentence, row_of_annotations
from onrecord.model.annotation import Annotations
from onrecord.model.document import Document
from onrecord.model.identifier import content_id
from onrecord.model.span import Span
from onrecord.record.filters import LEAST_ALONE


def predict(
    sentences: Iterable[LabelledSentence], extractor: Extractor, least_event: float = LEAST_ALONE
) -> list[dict[str, object]]:
    """Return the extractor's annotations as rows of the data's own format.

    Sentences whose ids differ only in the number after the last hyphen follow
    each other in one article and are read together.

    Args:
        sentences: Labelled sentences; their labels are not looked at.
        extractor: Reads them.
        least_event: Least confidence of an event that counts as found. What is less sure is kept
            to join claims that surer reports tell; a sentence alone is scored without it.
    """
    rows = []
    for passage in passages_of(sentences):
        text = "\n".join(s.text for s in passage)
        document = Document(content_id("doc", text), passage[0].id, text)
        found = extractor.annotate(parse_document(document))
        base = 0
        for sentence in passage:
            cut = _cut(found, sentence, base, least_event)
            rows.append(row_of_annotations(sentence.id, sentence.text, cut))
            base += len(sentence.text) + 1
    return rows


def passages_of(sentences: Iterable[LabelledSentence]) -> list[list[LabelledSentence]]:
    """Return the sentences of one article that follow each other, as one list each."""
    passages: dict[str, list[LabelledSentence]] = {}
    for sentence in sentences:
        passages.setdefault(sentence.id.rpartition("-")[0] or sentence.id, []).append(sentence)
    return list(passages.values())


def _cut(
    found: Annotations, sentence: LabelledSentence, base: int, least_event: float
) -> Annotations:
    """Return what lies in one sentence, counted from its beginning."""
    if not sentence.text:
        return Annotations()
    here = Span(base, base + len(sentence.text))

    def inside(span: Span | None) -> Span | None:
        return span.shifted(-base) if span is not None and here.contains(span) else None

    def within(span: Span) -> Span:
        return span.shifted(-base)

    return Annotations(
        events=tuple(
            replace(
                e,
                trigger=within(e.trigger),
                source=inside(e.source),
                target=inside(e.target),
                time=inside(e.time),
                place=inside(e.place),
            )
            for e in found.events
            if here.contains(e.trigger) and e.confidence >= least_event
        ),
        relations=tuple(
            replace(
                r,
                subject=within(r.subject),
                object=within(r.object),
                evidence=within(r.evidence),
                time=inside(r.time),
            )
            for r in found.relations
            if all(here.contains(span) for span in (r.subject, r.object, r.evidence))
        ),
        quantities=tuple(
            replace(q, span=within(q.span), counted=inside(q.counted), holder=None)
            for q in found.quantities
            if here.contains(q.span)
        ),
    )
