"""Measure how soon the page's first text comes on a large record.

    python -m benchmarks.web --record /tmp/large.db --statements 100000

Writes a record of made-up reports unless there is one at the path, then asks
each view several times and prints the milliseconds to the first bytes of text
(median and worst). The goal is 200 ms on 100,000 statements.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from onrecord.model.actor import Alias, Entity
from onrecord.model.annotation import Sentence
from onrecord.model.document import Document
from onrecord.model.identifier import content_id
from onrecord.model.span import Span
from onrecord.model.statement import ChainLink, Party, ResolvedDocument, Statement
from onrecord.model.value import Amount, Interval
from onrecord.record.store import Store

_GOAL_MS = 200
_PER_REPORT = 20
_TYPES = ("ASSAULT", "PROTEST", "CONSULT", "AID", "ACCUSE", "AGREE", "COERCE", "REJECT")
_VERBS = ("attacked", "met", "accused", "helped", "left", "joined", "warned", "freed")
_FIRST = (
    "Tarn",
    "Gull",
    "Selva",
    "Orsk",
    "Meridian",
    "Vashti",
    "Kestrel",
    "Loam",
    "Harrow",
    "Quill",
)
_LAST = ("Brigade", "Front", "Council", "Union", "Guard", "League", "Ministry", "Party", "Army")
_OUTLETS = ("Selva Courier", "Lowland Post", "Harbour Weekly", "The Lantern", "Meridian Press")
_START = datetime(2024, 1, 1, tzinfo=UTC)


def made_up_report(number: int) -> ResolvedDocument:
    """Return a report with `_PER_REPORT` statements; the same number gives the same report."""
    chance = random.Random(number)
    day = _START + timedelta(days=chance.randrange(365))
    outlet = chance.choice(_OUTLETS)
    lines, acts = [], []
    for line in range(_PER_REPORT):
        who, whom = (
            f"{chance.choice(_FIRST)} {chance.choice(_LAST)} {chance.randrange(40)}"
            for _ in range(2)
        )
        words = f"The {who} {chance.choice(_VERBS)} the {whom} {chance.randrange(10**6)} times."
        lines.append(words)
        acts.append((line, who, whom))
    text = "\n".join(lines)
    document_id = content_id("doc", "synthetic", number)
    entities: dict[str, Entity] = {}
    statements, sentences, start = [], [], 0
    for (line, who, whom), words in zip(acts, lines, strict=True):
        span = Span(start, start + len(words))
        sentences.append(Sentence(span, line, line))

        def party(name: str, at: int, where: Span = span) -> Party:
            found = Span(where.start + at, where.start + at + len(name))
            entity = entities.setdefault(
                name,
                Entity(
                    content_id("en", document_id, name), document_id, name, "organisation", True,
                    aliases=(Alias(name, "spelling", found),),
                ),
            )  # fmt: skip
            return Party(found, name, entity.entity_id)

        verb = 4 + len(who) + 1
        trigger = Span(start + verb, start + words.index(" ", verb))
        kind = "event" if line % 4 else "quantity"
        happened = day - timedelta(days=chance.randrange(5))
        number_span = Span(span.end - 12, span.end - 1)
        statements.append(
            Statement(
                content_id("st", document_id, line), document_id, span,
                kind,  # type: ignore[arg-type]
                chance.choice(_TYPES) if kind == "event" else "people",
                trigger if kind == "event" else number_span,
                party(who, 4), party(whom, words.index(whom)) if kind == "event" else None,
                "asserted" if chance.random() > 0.1 else "denied",
                (ChainLink(outlet, "outlet", None, True, None),),
                round(0.3 + 0.7 * chance.random(), 4),
                amount=Amount(chance.randrange(500), None, "count", "at_least")
                if kind == "quantity" else None,
                interval=Interval(happened, happened + timedelta(days=1), "day")
                if chance.random() > 0.3 else None,
            )
        )  # fmt: skip
        start += len(words) + 1
    document = Document(
        document_id, f"{number}.txt", text, title=lines[0], publisher=outlet, published=day,
        published_precision="day", language="en",
    )  # fmt: skip
    return ResolvedDocument(
        document, tuple(sentences), (), tuple(entities.values()), (), (), tuple(statements)
    )


def write_record(path: Path, statements: int) -> None:
    """Write made-up reports until the record holds `statements`."""
    with Store.open(path) as store:
        run_id = store.start_run("synthetic", {})
        for number in range(statements // _PER_REPORT):
            store.write(made_up_report(number), version="synthetic")
        store.finish_run(run_id, {"read": statements // _PER_REPORT})


def measure(path: Path, rounds: int) -> list[tuple[str, float, float]]:
    """Return for each address the median and worst milliseconds to the whole page."""
    from starlette.testclient import TestClient

    from onrecord.show.web.app import create_app

    page = TestClient(create_app(str(path), reviewer="nobody"), base_url="http://127.0.0.1")
    rows = page.get("/events.json?page=1").json()["rows"]
    first = rows[0]
    addresses = [
        "/", "/events", "/events?type=ASSAULT", f"/events?actor={first['actor_id']}",
        "/events?publisher=The+Lantern&since=2024-06", "/events?page=500", "/figures", "/quotes",
        "/claims", "/actors", "/documents", "/sources", f"/actor/{first['actor_id']}",
        f"/document/{first['document_id']}", f"/statement/{first['statement_id']}",
        "/timeline", "/map?since=2024-12", "/network", f"/network?actor={first['actor_id']}",
        "/search?q=accused+Brigade", "/review", "/overview.json",
    ]  # fmt: skip
    found = []
    for address in addresses:
        times = []
        for _ in range(rounds):
            started = time.perf_counter()
            answer = page.get(address)
            times.append(1000 * (time.perf_counter() - started))
            assert answer.status_code == 200, (address, answer.text[-300:])
        found.append((address, statistics.median(times), max(times)))
    return found


def main() -> int:
    """Write the record if there is none, measure, and return 1 when a page misses the goal."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--record", type=Path, required=True)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    if not given.record.exists():
        write_record(given.record, given.statements)
    found = measure(given.record, given.rounds)
    for address, median, worst in found:
        late = "" if median <= _GOAL_MS else f"  over {_GOAL_MS} ms"
        print(f"{median:8.0f} {worst:8.0f}  {address}{late}")
    return int(any(median > _GOAL_MS for _, median, _ in found))


if __name__ == "__main__":
    sys.exit(main())
