"""Pairs of acts in ECB+ that are or are not one act, as `compare` sees them.

ECB+ (Cybulska and Vossen, 2014) marks which mentions of events in real news
are one event. Its reports are read as any others; statements stand for the
gold mentions that their triggers overlap. It has no dates and no outlets, so
it says nothing on the signs of time.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

from sqlalchemy import select

from onrecord.annotate.extractor import Extractor
from onrecord.compare.reading import as_read
from onrecord.compare.stories import same_story
from onrecord.compare.weighing import Signs, signs
from onrecord.evaluation.ecb_corpus import GoldMention, load_events
from onrecord.model.claim import StatementView
from onrecord.model.span import Span
from onrecord.pipeline import read_into
from onrecord.read.any import document_from_text
from onrecord.record import schema as s
from onrecord.record.comparable import load_reports, load_statements
from onrecord.record.store import Store

_NO_SPACE_BEFORE = re.compile(r"[,.;:?!)%\]]|'|n't$")
_NO_SPACE_BEHIND = ("(", "$", "[")
Chained = tuple[StatementView, frozenset[str]]
"""A statement, and the gold chains of the mentions that its trigger overlaps."""


def ecb_pairs(folder: Path, extractor: Extractor) -> Iterator[tuple[str, Signs, bool]]:
    """Yield the topic of each pair of acts of one story, its signs, and whether they are one.

    Args:
        folder: Holds the token files and gold mentions of ECB+ as JSON.
        extractor: Finds the statements.
    """
    for split in ("Train", "Dev"):
        words, mentions = load_events(folder, split)
        topics: dict[str, list[str]] = defaultdict(list)
        for document in sorted({document for document, _ in words}):
            topics[document.split("_", 1)[0]].append(document)
        for topic, documents in topics.items():
            found = list(_statements(documents, words, mentions, extractor))
            for (a, chains), (b, others) in combinations(found, 2):
                if same_story(a.report, b.report):
                    yield topic, signs(a, b), bool(chains & others)


def _statements(
    names: list[str],
    words: dict[tuple[str, int], dict[int, str]],
    mentions: tuple[GoldMention, ...],
    extractor: Extractor,
) -> Iterator[Chained]:
    gold: dict[str, list[tuple[Span, str]]] = {}
    documents = []
    for name in names:
        text, spans = _text(name, words)
        document = document_from_text(text, uri=name, publisher=name)
        documents.append(document)
        gold[document.document_id] = [
            (spans[m.sentence, m.tokens[0]].cover(spans[m.sentence, m.tokens[-1]]), m.chain)
            for m in mentions
            if m.document == name
        ]
    with Store.open(":memory:") as store:
        read_into(store, documents, extractor)
        with store.reading() as connection:
            views = load_statements(connection, load_reports(connection, list(gold)))
            triggers = {
                row.statement_id: Span(row.trigger_start, row.trigger_end)
                for row in connection.execute(select(s.statements))
            }
    for view in map(as_read, views):
        trigger = triggers[view.statement_id]
        chains = {c for span, c in gold[view.report.document_id] if span.overlaps(trigger)}
        if view.kind == "event" and chains:
            yield view, frozenset(chains)


def _text(
    name: str, words: dict[tuple[str, int], dict[int, str]]
) -> tuple[str, dict[tuple[int, int], Span]]:
    """Return a report's text and where each of its tokens went."""
    text, spans = "", {}
    for document, sentence in sorted(words):
        if document != name:
            continue
        for number, word in sorted(words[document, sentence].items()):
            if text and not _NO_SPACE_BEFORE.match(word) and not text.endswith(_NO_SPACE_BEHIND):
                text += " "
            spans[sentence, number] = Span(len(text), len(text) + len(word))
            text += word
        text += "\n"
    return text, spans
