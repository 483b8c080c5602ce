"""A small record made by hand: three reports, one of them hostile."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

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

PORT_SELVA = Place("pl_9000001", "Port Selva", "town", "IRQ", "Basra", 30.5, 47.8, 9000001)

FIRST = (
    "The Meridian Front attacked an army convoy near Port Selva on Tuesday,"
    " General Lena Ostrova said. At least 14 soldiers were killed."
    " Darius Vane leads the Meridian Front."
)
SECOND = "The Meridian Front denied that it attacked the convoy."
HOSTILE = "=cmd|' /C calc'!A0 \x1b[31mRed\u202eevil\x9b Squad attacked 漢字 guards 👨‍👩‍👧 today."


class Report:
    """Builds one resolved report; words are found in the text, so every span is true."""

    def __init__(self, text: str, *, title: str, publisher: str, day: str, uri: str) -> None:
        self.document = Document(
            content_id("doc", publisher, title, text),
            uri,
            text,
            title=title,
            publisher=publisher,
            published=datetime.fromisoformat(day).replace(tzinfo=UTC),
            published_precision="day",
            language="en",
        )
        self.id = self.document.document_id
        self.entities: list[Entity] = []
        self.mentions: list[ResolvedMention] = []
        self.attributions: list[ResolvedAttribution] = []
        self.statements: list[Statement] = []
        self.places: list[Place] = []

    def span(self, words: str, nth: int = 0) -> Span:
        start = -1
        for _ in range(nth + 1):
            start = self.document.text.index(words, start + 1)
        return Span(start, start + len(words))

    def entity(self, words: str, kind: str, **known: str) -> Entity:
        span = self.span(words)
        entity = Entity(
            content_id("en", self.id, span.start),
            self.id,
            words,
            kind,  # type: ignore[arg-type]
            named=words[0].isupper() or words[0] == "=",
            aliases=(Alias(words, "spelling", span),),
            **known,  # type: ignore[arg-type]
        )
        self.entities.append(entity)
        self.mentions.append(
            ResolvedMention(
                content_id("mn", self.id, span.start),
                span,
                span,
                kind,  # type: ignore[arg-type]
                "name",
                entity.entity_id,
                None,
                0.9,
            )
        )
        return entity

    def party(self, words: str, entity: Entity | None) -> Party:
        return Party(self.span(words), words, entity.entity_id if entity else None)

    def sentences(self) -> tuple[Sentence, ...]:
        found, start = [], 0
        for index, part in enumerate(self.document.text.split(". ")):
            end = min(start + len(part) + 1, len(self.document.text))
            found.append(Sentence(Span(start, end), index, 0))
            start = end + 1
        return tuple(found)

    def sentence_of(self, span: Span) -> Span:
        return next(s.span for s in self.sentences() if s.span.contains(span))

    def state(self, kind: str, type_: str, trigger: str, **fields: object) -> Statement:
        span = self.span(trigger)
        chain: tuple[ChainLink, ...] = (
            ChainLink(self.document.publisher, "outlet", None, True, None),
        )
        if fields.get("speaker") is not None:
            speaker = fields.pop("speaker")
            assert isinstance(speaker, Entity)
            chain += (
                ChainLink(
                    speaker.name, "speaker", speaker.entity_id, True, self.span(speaker.name)
                ),
            )
        statement = Statement(
            statement_id=content_id("st", self.id, kind, type_, span.start),
            document_id=self.id,
            span=self.sentence_of(span),
            kind=kind,  # type: ignore[arg-type]
            type=type_,
            trigger=span,
            chain=chain,
            **{"subject": None, "object": None, "factuality": "asserted", "confidence": 0.9}
            | fields,  # type: ignore[arg-type]
        )
        self.statements.append(statement)
        return statement

    def resolved(self) -> ResolvedDocument:
        return ResolvedDocument(
            self.document,
            self.sentences(),
            tuple(self.mentions),
            tuple(self.entities),
            tuple(self.places),
            tuple(self.attributions),
            tuple(self.statements),
        )


def first_report() -> Report:
    report = Report(
        FIRST, title="Convoy attacked", publisher="Port Selva Courier", day="2024-05-02",
        uri="https://courier.example/convoy",
    )  # fmt: skip
    front = report.entity("The Meridian Front", "armed_group", sector="REB", country="IRQ")
    convoy = report.entity("an army convoy", "organisation", sector="MIL", country="IRQ")
    general = report.entity("Lena Ostrova", "person", sector="MIL", country="IRQ")
    leader = report.entity("Darius Vane", "person")
    report.places.append(PORT_SELVA)
    said = ResolvedAttribution(
        content_id("at", report.id, 0),
        report.party("General Lena Ostrova", general),
        report.span("said"),
        (report.span("The Meridian Front attacked an army convoy near Port Selva on Tuesday"),),
        "indirect",
        None,
        0.8,
    )
    report.attributions.append(said)
    report.state(
        "event", "ASSAULT", "attacked",
        mode="heavy-weapons", contexts=("military",),
        subject=report.party("The Meridian Front", front),
        object=report.party("an army convoy", convoy),
        time=report.span("Tuesday"),
        interval=Interval(
            datetime(2024, 4, 30, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC), "day"
        ),
        place=report.span("Port Selva"), place_id=PORT_SELVA.place_id,
        attribution_id=said.attribution_id, speaker=general,
    )  # fmt: skip
    report.state(
        "quantity", "casualties", "At least 14 soldiers",
        amount=Amount(14, None, "count", "at_least"), counted=report.span("soldiers"),
    )  # fmt: skip
    report.state(
        "relation", "leads", "leads",
        subject=report.party("Darius Vane", leader),
        object=Party(report.span("the Meridian Front"), "the Meridian Front", front.entity_id),
    )  # fmt: skip
    return report


def second_report() -> Report:
    report = Report(
        SECOND, title="Front denies attack", publisher="The Lowland Post", day="2024-05-03",
        uri="https://post.example/denial",
    )  # fmt: skip
    front = report.entity("The Meridian Front", "armed_group", sector="REB", country="IRQ")
    convoy = report.entity("the convoy", "organisation")
    report.state(
        "event", "REJECT", "denied", subject=report.party("The Meridian Front", front)
    )  # fmt: skip
    report.state(
        "event", "ASSAULT", "attacked",
        subject=report.party("it", front), object=report.party("the convoy", convoy),
        factuality="denied",
    )  # fmt: skip
    return report


def hostile_report() -> Report:
    report = Report(
        HOSTILE, title="=1+1", publisher="@Evil \x1b]0;owned\x07Times", day="2024-05-04",
        uri="-rf.html",
    )  # fmt: skip
    words = "=cmd|' /C calc'!A0 \x1b[31mRed\u202eevil\x9b Squad"
    squad = report.entity(words, "armed_group")
    report.state(
        "event", "ASSAULT", "attacked",
        subject=report.party(words, squad), object=report.party("漢字 guards 👨‍👩‍👧", None),
    )  # fmt: skip
    return report


@pytest.fixture(scope="session")
def news(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the path of a record with the three reports; do not write to it."""
    path = tmp_path_factory.mktemp("record") / "news.db"
    with onrecord.open(path) as record:
        for report in (first_report(), second_report(), hostile_report()):
            record.store.write(report.resolved(), version="hand")
    return path


@pytest.fixture
def own_news(tmp_path: Path) -> Path:
    """Return a record that a test may write to."""
    path = tmp_path / "news.db"
    with onrecord.open(path) as record:
        for report in (first_report(), second_report()):
            record.store.write(report.resolved(), version="hand")
    return path


@pytest.fixture
def record(news: Path) -> Iterator[onrecord.Record]:
    """Return the three reports as an open record."""
    with onrecord.open(news, create=False) as opened:
        yield opened
