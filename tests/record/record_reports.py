"""Fictional reports with the rows a reader would write down."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

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
    Statement,
)
from onrecord.model.value import Amount, Interval

ATTACK = "Orsk Valen said the Tarn Brigade attacked Port Selva on Monday."
CROWD = "At least 1,500 people fled."
LEADER = "Valen leads the Coastal Guard."


class Report:
    """Builds what a document states by pointing at words of its text."""

    def __init__(
        self, text: str, publisher: str, published: datetime | None, uri: str = ""
    ) -> None:
        self.text = text
        document_id = content_id("doc", publisher, text)
        self.document = Document(
            document_id, uri or f"{publisher}.txt", text, "Port Selva hit", publisher,
            published=published, published_precision="day" if published else "unknown",
        )  # fmt: skip
        self.entities: dict[str, Entity] = {}
        self.places: dict[str, Place] = {}
        self.attributions: list[ResolvedAttribution] = []
        self.statements: list[Statement] = []
        self.outlet = ChainLink(
            publisher or "unknown outlet", "outlet", None, bool(publisher), None
        )

    def span(self, words: str) -> Span:
        start = self.text.index(words)
        return Span(start, start + len(words))

    def party(self, words: str, kind: Any = "organisation", name: str = "") -> Party:
        name = name or words
        entity_id = content_id("en", self.document.document_id, name)
        self.entities[name] = Entity(
            entity_id, self.document.document_id, name, kind, True, "", "REB",
            (Alias(words, "spelling", self.span(words)),),
        )  # fmt: skip
        return Party(self.span(words), words, entity_id)

    def place(self, words: str) -> str:
        place = Place(content_id("pl", words), words, "town", "IRQ", "Selva", 33.0, 44.0)
        self.places[words] = place
        return place.place_id

    def sentence(self, words: str) -> Span:
        start = self.text.rfind("\n", 0, self.text.index(words)) + 1
        end = self.text.find("\n", start)
        return Span(start, len(self.text) if end < 0 else end)

    def state(self, kind: Any, type_: str, trigger: str, **fields: Any) -> Statement:
        fields = {
            "subject": None, "object": None, "factuality": "asserted", "chain": (self.outlet,),
            "confidence": 0.9, **fields,
        }  # fmt: skip
        statement = Statement(
            content_id("st", self.document.document_id, kind, type_, self.span(trigger)),
            self.document.document_id, self.sentence(trigger), kind, type_, self.span(trigger),
            **fields,
        )  # fmt: skip
        self.statements.append(statement)
        return statement

    def resolved(self) -> ResolvedDocument:
        spans = [self.sentence(line) for line in self.text.split("\n")]
        return ResolvedDocument(
            self.document,
            tuple(Sentence(span, i, i) for i, span in enumerate(spans)),
            (),
            tuple(self.entities.values()),
            tuple(self.places.values()),
            tuple(self.attributions),
            tuple(self.statements),
        )


def selva_report(
    publisher: str = "The Lantern",
    text: str = "\n".join((ATTACK, CROWD, LEADER)),
    published: datetime | None = datetime(2024, 5, 1, tzinfo=UTC),
) -> Report:
    report = Report(text, publisher, published)
    valen = report.party("Orsk Valen", "person")
    attribution_id = content_id("at", report.document.document_id, 0)
    report.attributions.append(
        ResolvedAttribution(
            attribution_id, valen, report.span("said"),
            (report.span("the Tarn Brigade attacked Port Selva on Monday"),), "indirect", None, 0.8,
        )
    )  # fmt: skip
    report.state(
        "event", "ASSAULT", "attacked",
        mode="aerial", subject=report.party("Tarn Brigade", "armed_group"),
        object=report.party("Port Selva", "government"),
        chain=(report.outlet, ChainLink("Orsk Valen", "speaker", valen.entity_id, True, valen.span)),
        time=report.span("Monday"),
        interval=Interval(datetime(2024, 4, 29, tzinfo=UTC), datetime(2024, 4, 30, tzinfo=UTC), "day"),
        place=report.span("Port Selva"), place_id=report.place("Port Selva"),
        attribution_id=attribution_id,
    )  # fmt: skip
    report.state(
        "quantity", "people", "At least 1,500",
        counted=report.span("people"), amount=Amount(1500.0, None, "count", "at_least"),
    )  # fmt: skip
    report.state(
        "relation", "leads", "leads",
        subject=report.party("Valen", "person", "Orsk Valen"), object=report.party("Coastal Guard"),
    )  # fmt: skip
    return report
