"""Measure settling, merging and splitting actors in a record with many mentions.

The names are those of `identity.py`, eight to a report. Seconds of the processor
do not depend on what else the machine does.

Run: python benchmarks/identity_record.py --mentions 100000
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from identity import actors, mentioned
from onrecord.model.actor import Alias, Entity
from onrecord.model.annotation import Sentence
from onrecord.model.document import Document
from onrecord.model.identifier import content_id
from onrecord.model.span import Span
from onrecord.model.statement import ResolvedDocument
from onrecord.record import identity_tables as t
from onrecord.record import merges
from onrecord.record.identity import settle_identities
from onrecord.record.store import Store

_PER_REPORT = 8
_BY = "benchmark"


def _report(rng: random.Random, made: list[tuple[str, str, str]], number: int) -> ResolvedDocument:
    drawn = [made[int(len(made) * rng.random() ** 2.5)] for _ in range(_PER_REPORT)]
    names = [mentioned(rng, kind, name) for kind, name, _ in drawn]
    text = ", ".join(names)
    document_id = content_id("doc", number, text)
    entities, start = {}, 0
    for (kind, _, country), written in zip(drawn, names, strict=True):
        span = Span(start, start + len(written))
        start = span.end + 2
        entity_id = content_id("en", document_id, span.start)
        entities[entity_id] = Entity(
            entity_id, document_id, written, kind, True,  # type: ignore[arg-type]
            country if rng.random() < 0.5 else "", "", (Alias(written, "spelling", span),),
        )  # fmt: skip
    return ResolvedDocument(
        Document(document_id, f"{number}.txt", text),
        (Sentence(Span(0, len(text)), 0, 0),), (), tuple(entities.values()), (), (), (),
    )  # fmt: skip


def _timed(what: Callable[[], Any]) -> float:
    started = time.process_time()
    what()
    return round(time.process_time() - started, 3)


def main() -> int:
    """Print sizes and seconds of the processor as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--mentions", type=int, default=100_000)
    options = parser.parse_args()
    rng = random.Random(7)
    made = actors(rng, max(options.mentions // 20, 10))
    with tempfile.TemporaryDirectory() as folder, Store.open(Path(folder) / "news.db") as store:

        def write() -> None:
            for number in range(options.mentions // _PER_REPORT):
                store.write(_report(rng, made, number), version="made up")

        figures: dict[str, Any] = {"mentions": options.mentions, "to_write": _timed(write)}
        figures["to_settle"] = _timed(lambda: settle_identities(store))
        c = t.profiles.c
        with store.reading() as connection:
            ranked = connection.execute(
                select(c.actor_id, func.sum(c.documents).label("n"), func.min(c.name))
                .where(c.sort == "person")
                .group_by(c.actor_id)
                .having(func.count() > 1)
                .order_by(func.sum(c.documents).desc())
            ).all()
        (one, first, _), (other, second, name) = ranked[0], ranked[1]
        rare = ranked[-1][0]
        figures["reports_of_the_most_named"] = [first, second]

        def merge(a: str, b: str) -> None:
            merges.merge(store, a, b, reviewer=_BY)
            settle_identities(store)

        def split() -> None:
            merges.split(store, other, name, reviewer=_BY)
            settle_identities(store)

        figures["to_split"] = _timed(split)
        figures["to_merge_the_most_named"] = _timed(lambda: merge(one, rare))
        figures["to_merge_two_seldom_named"] = _timed(lambda: merge(ranked[-2][0], ranked[-3][0]))
        figures["to_settle_again"] = _timed(lambda: settle_identities(store))
        figures["load"] = [round(load, 1) for load in os.getloadavg()]
    print(json.dumps(figures, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
