"""A small record with everything a page has to survive: emoji, Arabic, markup, overrides."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from starlette.testclient import TestClient

import onrecord
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
from onrecord.show.web.app import create_app

PLAIN = (
    "The Meridian Front shelled a customs post in Port Selva on Tuesday, Lena Ostrova said.\n\n"
    "At least 14 people died. Darius Vane leads the Meridian Front."
)
# Emoji are two UTF-16 units each, a family is eleven; Arabic runs right to left.
WIDE = "👩🏽‍🚒🔥 أحمد المنصور said 🛰️ the Tarn Brigade attacked حقل النفط yesterday 👨‍👩‍👧‍👦 again."
HOSTILE = (
    "<script>alert(1)</script> <img src=x onerror=alert(2)> \u202eGNORTS\u202c Squad attacked"
    ' "><b onmouseover=alert(3)> guards.'
)
DAY = datetime(2024, 5, 2, tzinfo=UTC)


class Report:
    """Builds what a text states; words are looked up, so every span is true."""

    def __init__(self, text: str, *, title: str, publisher: str, day: datetime = DAY) -> None:
        self.text = text
        self.document = Document(
            content_id("doc", publisher, title, text), f"{title}.txt", text, title=title,
            publisher=publisher, published=day, published_precision="day", language="en",
        )  # fmt: skip
        self.id = self.document.document_id
        self.entities: dict[str, Entity] = {}
        self.mentions: list[ResolvedMention] = []
        self.attributions: list[ResolvedAttribution] = []
        self.statements: list[Statement] = []
        self.places: list[Place] = []

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def party(self, words: str, kind: str = "organisation") -> Party:
        span = self.span(words)
        entity_id = content_id("en", self.id, words)
        if words not in self.entities:
            self.entities[words] = Entity(
                entity_id, self.id, words, kind, True,  # type: ignore[arg-type]
                aliases=(Alias(words, "spelling", span),),
            )  # fmt: skip
            self.mentions.append(
                ResolvedMention(
                    content_id("mn", self.id, span.start), span, span, kind, "name",  # type: ignore[arg-type]
                    entity_id, None, 0.9,
                )
            )  # fmt: skip
        return Party(span, words, entity_id)

    def sentences(self) -> tuple[Sentence, ...]:
        spans = [m.span() for m in re.finditer(r"[^\s][^.\n]*\.?", self.text)]
        return tuple(Sentence(Span(a, b), i, i) for i, (a, b) in enumerate(spans))

    def state(self, kind: str, type_: str, trigger: str, **fields: object) -> Statement:
        span = self.span(trigger)
        sentence = next(s.span for s in self.sentences() if s.span.overlaps(span))
        chain = (ChainLink(self.document.publisher, "outlet", None, True, None),)
        speaker = fields.pop("speaker", None)
        if isinstance(speaker, Party):
            link = ChainLink(speaker.text, "speaker", speaker.entity_id, True, speaker.span)
            chain = (*chain, link)
        defaults = {"subject": None, "object": None, "factuality": "asserted", "confidence": 0.9}
        statement = Statement(
            statement_id=content_id("st", self.id, kind, type_, span.start),
            document_id=self.id, span=sentence, kind=kind, type=type_, trigger=span,  # type: ignore[arg-type]
            chain=chain, **{**defaults, **fields},  # type: ignore[arg-type]
        )  # fmt: skip
        self.statements.append(statement)
        return statement

    def quote(self, source: str, cue: str, content: str) -> ResolvedAttribution:
        said = ResolvedAttribution(
            content_id("at", self.id, len(self.attributions)), self.party(source, "person"),
            self.span(cue), (self.span(content),), "indirect", None, 0.8,
        )  # fmt: skip
        self.attributions.append(said)
        return said

    def resolved(self) -> ResolvedDocument:
        return ResolvedDocument(
            self.document, self.sentences(), tuple(self.mentions), tuple(self.entities.values()),
            tuple(self.places), tuple(self.attributions), tuple(self.statements),
        )  # fmt: skip


def plain_report() -> Report:
    report = Report(PLAIN, title="Post shelled", publisher="Selva Courier")
    said = report.quote(
        "Lena Ostrova", "said",
        "The Meridian Front shelled a customs post in Port Selva on Tuesday",
    )  # fmt: skip
    report.places.append(
        Place("pl_9000001", "Port Selva", "town", "IRQ", "Basra", 30.5, 47.8, None)
    )
    report.places.append(Place("pl_9000002", "Iraq", "country", "IRQ", "", 33.0, 44.0, None))
    report.state(
        "event", "ASSAULT", "shelled", mode="heavy-weapons",
        subject=report.party("The Meridian Front", "armed_group"),
        object=report.party("customs post"), place=report.span("Port Selva"),
        place_id="pl_9000001", time=report.span("Tuesday"),
        interval=Interval(datetime(2024, 4, 30, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC), "day"),
        attribution_id=said.attribution_id, speaker=report.party("Lena Ostrova", "person"),
    )  # fmt: skip
    report.state(
        "quantity", "casualties", "At least 14 people",
        amount=Amount(14, None, "count", "at_least"), counted=report.span("people"), confidence=0.6,
    )  # fmt: skip
    report.state(
        "relation", "leads", "leads", subject=report.party("Darius Vane", "person"),
        object=report.party("Meridian Front", "armed_group"), confidence=0.7,
    )  # fmt: skip
    return report


def second_report() -> Report:
    text = "The Meridian Front denied it shelled the customs post in Port Selva."
    report = Report(
        text, title="Front denies", publisher="Lowland Post", day=datetime(2024, 5, 3, tzinfo=UTC)
    )
    report.state(
        "event", "ASSAULT", "shelled", mode="heavy-weapons", factuality="denied",
        subject=report.party("The Meridian Front", "armed_group"),
        object=report.party("customs post"), confidence=0.4,
    )  # fmt: skip
    return report


def wide_report() -> Report:
    report = Report(WIDE, title="بيان 🛢️", publisher="Sahel Wire")
    said = report.quote("أحمد المنصور", "said", "the Tarn Brigade attacked حقل النفط yesterday")
    report.state(
        "event", "ASSAULT", "attacked", subject=report.party("Tarn Brigade", "armed_group"),
        object=report.party("حقل النفط"), attribution_id=said.attribution_id,
        speaker=report.party("أحمد المنصور", "person"),
    )  # fmt: skip
    return report


def hostile_report() -> Report:
    report = Report(HOSTILE, title="<script>alert(4)</script>", publisher='"><svg onload=alert(5)>')
    report.state(
        "event", "ASSAULT", "attacked",
        subject=report.party("\u202eGNORTS\u202c Squad", "armed_group"), object=report.party("guards"),
    )  # fmt: skip
    return report


def long_report(words: int = 6000) -> Report:
    """Return a report of several parts with an event in the last one."""
    text = "\n\n".join(
        f"Paragraph {n} tells of the harbour at length." * 3 for n in range(words // 21)
    )
    report = Report(
        f"{text}\n\nThe Tarn Brigade attacked a lighthouse.",
        title="Long",
        publisher="Selva Courier",
    )
    report.state(
        "event", "ASSAULT", "attacked", subject=report.party("Tarn Brigade", "armed_group")
    )
    return report


@dataclass(frozen=True)
class News:
    """A record on disk with what is known of it."""

    path: Path
    plain: Report
    second: Report
    wide: Report
    hostile: Report
    long: Report


def write_news(path: Path) -> News:
    reports = plain_report(), second_report(), wide_report(), hostile_report(), long_report()
    with onrecord.open(path) as record:
        for report in reports:
            record.store.write(report.resolved(), version="hand")
        settle(record.store)
    return News(path, *reports)


def client_of(path: Path, **settings: object) -> TestClient:
    """Return a browser without scripts, at the address that `onrecord serve` prints."""
    app = create_app(str(path), **{"reviewer": "Tester", **settings})  # type: ignore[arg-type]
    return TestClient(app, base_url="http://127.0.0.1:8520", follow_redirects=False)
