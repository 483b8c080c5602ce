"""Write a large record of made-up reports: every sort of row, shared actors, claims.

The words are drawn by chance from the number of the report, so the same
number gives the same report and two machines measure the same record.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import islice, permutations
from pathlib import Path

from onrecord.model.actor import Alias, Entity, Place
from onrecord.model.annotation import Sentence
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
from onrecord.model.value import Amount, Interval
from onrecord.pipeline import settle
from onrecord.record.store import Store

PER_REPORT = 20
_TYPES = ("ASSAULT", "PROTEST", "CONSULT", "AID", "ACCUSE", "AGREE", "COERCE", "REJECT")
_VERBS = ("attacked", "resisted", "met", "helped", "accused", "joined", "freed", "refused")
_RELATIONS = ("leads", "supports", "member_of", "hostile_to")
_LAST = ("Brigade", "Front", "Council", "Union", "Guard", "League", "Ministry", "Party", "Army")
# What fills a report and names its actors is drawn from so many words that two reports share few.
_SYLLABLES = ("ba", "dro", "fel", "gim", "ka", "lo", "mur", "nit", "pes", "ro", "sul", "tav", "vi")
_FILLING = 36
_FIRST = (
    "Tarn",
    *("".join(three).capitalize() for three in islice(permutations(_SYLLABLES, 3), 359)),
)
_OUTLETS = ("Selva Courier", "Lowland Post", "Harbour Weekly", "The Lantern", "Meridian Press")
_START = datetime(2024, 1, 1, tzinfo=UTC)
_PLACES = tuple(
    Place(
        f"pl_98{number:05}", f"Port {first} {number}", "town" if number % 3 else "province",
        ("NOR", "PER", "KEN", "LAO")[number % 4], f"Upper {first}", number - 50.0, number * 2.0,
        None,
    )
    for number, first in enumerate(_FIRST[:60])
)  # fmt: skip


class _Writer:
    """One report while its lines are written; every span is where its words went."""

    def __init__(self, number: int) -> None:
        self.chance = random.Random(number)
        self.document_id = content_id("doc", "synthetic", number)
        self.outlet = self.chance.choice(_OUTLETS)
        self.day = _START + timedelta(days=self.chance.randrange(365))
        self.lines: list[str] = []
        self.length = 0
        self.entities: dict[str, Entity] = {}
        self.sentences: list[Sentence] = []
        self.mentions: list[ResolvedMention] = []
        self.attributions: list[ResolvedAttribution] = []
        self.statements: list[Statement] = []

    def line(self, words: Sequence[str]) -> list[Span]:
        """Write one sentence; return where each of `words` went."""
        start, spans, text = self.length, [], ""
        for word in words:
            spans.append(Span(start + len(text), start + len(text) + len(word)))
            text += f"{word} "
        text = f"{text[:-1]}.\n"
        self.lines.append(text)
        self.length += len(text)
        index = len(self.sentences)
        self.sentences.append(Sentence(Span(start, self.length - 1), index, index))
        return spans

    def name(self) -> str:
        chance = self.chance
        return f"{chance.choice(_FIRST)} {chance.choice(_LAST)}"

    def filling(self) -> str:
        chance = self.chance
        words = ("".join(chance.choices(_SYLLABLES, k=3)) for _ in range(_FILLING))
        return " ".join(words).capitalize()

    def party(self, name: str, span: Span) -> Party:
        entity = self.entities.setdefault(
            name,
            Entity(
                content_id("en", self.document_id, name), self.document_id, name, "organisation",
                True, aliases=(Alias(name, "spelling", span),),
            ),
        )  # fmt: skip
        self.mentions.append(
            ResolvedMention(
                content_id("mn", self.document_id, span.start), span, span, "organisation", "name",
                entity.entity_id, None, 0.9,
            )
        )  # fmt: skip
        return Party(span, name, entity.entity_id)

    def statement(self, number: int) -> None:
        """Write the sentence of one statement: events mostly, some figures and relations."""
        chance = self.chance
        who, whom = self.name(), self.name()
        place = chance.choice(_PLACES)
        act = chance.randrange(len(_TYPES))
        amount = str(chance.randrange(2, 500))
        said = number % 5 == 0
        words = [who, _VERBS[act], whom, "with", amount, "people in", place.name]
        if said:
            words += [self.name(), "said"]
        spans = self.line(words)
        kind = "quantity" if number % 4 == 3 else "relation" if number % 10 == 0 else "event"
        chain = (ChainLink(self.outlet, "outlet", None, True, None),)
        attribution = None
        if said:
            source = self.party(words[7], spans[7])
            attribution = ResolvedAttribution(
                content_id("at", self.document_id, number), source, spans[8],
                (Span(spans[0].start, spans[6].end),), "indirect", None, 0.8,
            )  # fmt: skip
            self.attributions.append(attribution)
            link = ChainLink(words[7], "speaker", source.entity_id, True, source.span)
            chain = (*chain, link)
        happened = self.day - timedelta(days=chance.randrange(5))
        dated = chance.random() > 0.3
        trigger = spans[4] if kind == "quantity" else spans[1]
        types = {"event": _TYPES[act], "relation": _RELATIONS[act % 4], "quantity": "people"}
        self.statements.append(
            Statement(
                content_id("st", self.document_id, number), self.document_id,
                self.sentences[-1].span, kind, types[kind], trigger,  # type: ignore[arg-type]
                self.party(who, spans[0]),
                None if kind == "quantity" else self.party(whom, spans[2]),
                "asserted" if chance.random() > 0.1 else "denied", chain,
                round(0.3 + 0.7 * chance.random(), 4),
                amount=Amount(float(amount), float(amount), "count", "exact")
                if kind == "quantity" else None,
                counted=spans[5] if kind == "quantity" else None,
                interval=Interval(happened, happened + timedelta(days=1), "day")
                if dated and kind != "relation" else None,
                place=None if kind == "relation" else spans[6],
                place_id=None if kind == "relation" else place.place_id,
                attribution_id=None if attribution is None else attribution.attribution_id,
            )
        )  # fmt: skip


def made_up_report(number: int, statements: int = PER_REPORT) -> ResolvedDocument:
    """Return a report with so many statements; the same number gives the same report."""
    writer = _Writer(number)
    for statement in range(statements):
        writer.statement(statement)
        writer.line([writer.filling()])
    document = Document(
        writer.document_id, f"{number}.txt", "".join(writer.lines), title=writer.lines[0].strip(),
        publisher=writer.outlet, published=writer.day, published_precision="day", language="en",
    )  # fmt: skip
    places = {s.place_id for s in writer.statements}
    return ResolvedDocument(
        document, tuple(writer.sentences), tuple(writer.mentions),
        tuple(writer.entities.values()), tuple(p for p in _PLACES if p.place_id in places),
        tuple(writer.attributions), tuple(writer.statements),
    )  # fmt: skip


def write_record(path: Path, statements: int) -> None:
    """Write made-up reports until the record holds `statements`, and form its claims."""
    with Store.open(path) as store:
        run_id = store.start_run("synthetic", {})
        for number in range(statements // PER_REPORT):
            store.write(made_up_report(number), version="synthetic")
        settle(store)
        store.finish_run(run_id, {"read": statements // PER_REPORT})
