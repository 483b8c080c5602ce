"""Measure what forming claims costs: synthetic statements of many small stories.

    python benchmarks/claims.py 10000 100000 1000000

Stories have eight reports of ten statements each, a third of them on what the
other reports tell as well; a few actors are in every tenth story, as heads of
state are. Prints statements, claims, seconds and peak memory.
"""

from __future__ import annotations

import random
import resource
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from onrecord.compare.claims import form_claims
from onrecord.model.claim import LinkView, PartyView, PlaceView, ReportView, StatementView

REPORTS, STATEMENTS = 8, 10
TYPES = ("ASSAULT", "CONSULT", "THREATEN", "PROTEST", "COERCE", "ACCUSE")
VERBS = ("attacked", "met", "threatened", "marched", "arrested", "accused")
START = datetime(2024, 1, 1, tzinfo=UTC)


def synthetic(number: int) -> Iterator[StatementView]:
    """Yield `number` statements, the same at every call."""
    chance = random.Random(7)
    hubs = [_actor(f"hub{n}") for n in range(20)]
    made = story = 0
    while True:
        # Stories come day by day, so many in a day as in a large archive.
        published = START + timedelta(minutes=story * 45)
        actors = [_actor(f"{story}-{n}") for n in range(4)]
        if story % 10 == 0:
            actors.append(chance.choice(hubs))
        place = PlaceView(f"pl_{story}", f"Town {story}", "town", "LTH")
        for report in _reports(story, published, actors, place):
            for _ in range(STATEMENTS):
                if made == number:
                    return
                yield _statement(made, report, actors, place, chance)
                made += 1
        story += 1


def _actor(name: str) -> PartyView:
    return PartyView(f"ac_{name}", f"Actor {name}", f"Actor {name}", "organisation")


def _reports(
    story: int, published: datetime, actors: list[PartyView], place: PlaceView
) -> list[ReportView]:
    anchors = frozenset({place.place_id, *(str(actor.actor_id) for actor in actors)})
    lead = " ".join(f"word{story}x{n}" for n in range(40))
    return [
        ReportView(
            f"doc_{story}_{n}", f"Outlet {n}", published + timedelta(hours=3 * n),
            f"doc_{story}_{n}", f"Story {story}", lead, anchors,
        )
        for n in range(REPORTS)
    ]  # fmt: skip


def _statement(
    number: int,
    report: ReportView,
    actors: list[PartyView],
    place: PlaceView,
    chance: random.Random,
) -> StatementView:
    kind = chance.randrange(3)
    act = chance.randrange(len(TYPES))
    subject, object_ = chance.sample(actors, 2)
    speaker = LinkView(subject.name, "speaker", True, subject.actor_id)
    shared: dict[str, Any] = {
        "statement_id": f"st_{number:09}", "report": report, "place": place,
        "chain": (LinkView(report.publisher, "outlet", True), speaker)[: chance.randint(1, 2)],
    }  # fmt: skip
    if kind == 0:
        value = float(chance.randint(5, 40))
        return StatementView(
            kind="quantity", type="casualties", trigger=f"{value:.0f} people",
            sentence=f"The blast killed {value:.0f} people.", at=17, counted="people", low=value,
            high=value, unit="count", bound="exact", **shared,
        )  # fmt: skip
    if kind == 1:
        return StatementView(
            kind="relation", type="member_of", trigger="of", subject=subject, object=object_,
            sentence=f"{subject.name} of {object_.name} spoke.", **shared,
        )  # fmt: skip
    return StatementView(
        kind="event", type=TYPES[act], trigger=VERBS[act], subject=subject, object=object_,
        sentence=f"{subject.name} {VERBS[act]} {object_.name} in {place.name}.",
        at=len(subject.name) + 1, **shared,
    )  # fmt: skip


def main(arguments: list[str]) -> None:
    """Print a line for each number of statements asked for."""
    for number in [int(argument) for argument in arguments] or [10_000, 100_000]:
        views = list(synthetic(number))
        start = time.process_time()
        claims = form_claims(views)
        seconds = time.process_time() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        sys.stdout.write(
            f"{number:>9,} statements {len(claims):>9,} claims {seconds:>8.1f} CPU s"
            f" {1e6 * seconds / number:>6.0f} us each, peak {peak:,.0f} MiB\n"
        )
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:])
