"""Measure how soon the page's first text comes on a large record.

    python -m benchmarks.web --record /tmp/large.db --statements 100000

Writes a record of made-up reports unless there is one at the path, then asks
each view several times and prints the milliseconds to the first bytes of text
(median and worst) and of processor time. The goal is 200 ms on 100,000 statements.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.made_up import write_record

_GOAL_MS = 200


@dataclass(frozen=True, slots=True)
class Timed:
    """How long an address took.

    Attributes:
        wall_ms: Milliseconds to the whole answer, median of the rounds.
        worst_ms: The longest of them.
        cpu_ms: Milliseconds of processor time, median: what an idle machine would show.
    """

    address: str
    wall_ms: float
    worst_ms: float
    cpu_ms: float


def measure(path: Path, rounds: int) -> list[Timed]:
    """Return for each address the milliseconds to the whole page."""
    from starlette.testclient import TestClient

    from onrecord.show.web.app import create_app

    page = TestClient(create_app(str(path), reviewer="nobody"), base_url="http://127.0.0.1")
    rows = page.get("/events.json?page=1").json()["rows"]
    first = rows[0]
    claim = page.get("/claims.json?min_sources=2").json()["rows"][0]["claim_id"]
    addresses = [
        "/", "/events", "/events?type=ASSAULT", f"/events?actor={first['actor_id']}",
        "/events?publisher=The+Lantern&since=2024-06", "/events?page=500",
        f"/events?place={first['place'].replace(' ', '+')}", "/events?country=KEN",
        "/events?min_confidence=0.9", "/events?source=The+Lantern", "/events?text=attacked",
        "/relations", "/figures", "/quotes", "/quotes?kind=indirect&since=2024-06",
        "/claims", "/claims?status=disputed", f"/claims?actor={first['actor_id']}",
        "/claims?since=2024-06&kind=event", f"/claim/{claim}",
        "/actors", "/actors?name=Tarn", "/documents", "/sources", "/sources?role=speaker",
        f"/actor/{first['actor_id']}", f"/document/{first['document_id']}",
        f"/statement/{first['statement_id']}",
        "/timeline", "/timeline?since=2024-06&until=2024-07", "/timeline.json?page=1",
        "/map", "/map?since=2024-12", "/network", f"/network?actor={first['actor_id']}",
        f"/network?actor={first['actor_id']}&steps=2",
        "/search?q=accused+Brigade", "/search?q=people&type=ASSAULT",
        "/search?q=people&country=KEN&status=disputed", "/search?q=people&kind=organisation",
        "/review", "/reviews", "/overview.json",
    ]  # fmt: skip
    found = []
    for address in addresses:
        wall, cpu = [], []
        for _ in range(rounds):
            started, worked = time.perf_counter(), time.process_time()
            answer = page.get(address)
            wall.append(1000 * (time.perf_counter() - started))
            cpu.append(1000 * (time.process_time() - worked))
            if answer.status_code != 200:
                print(f"{address}: {answer.status_code}", file=sys.stderr)
        found.append(Timed(address, statistics.median(wall), max(wall), statistics.median(cpu)))
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
    print(f"load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} processors")
    print("    wall    worst      cpu")
    for timed in found:
        late = "" if timed.wall_ms <= _GOAL_MS else f"  over {_GOAL_MS} ms"
        print(
            f"{timed.wall_ms:8.0f} {timed.worst_ms:8.0f} {timed.cpu_ms:8.0f}  {timed.address}{late}"
        )
    return int(any(timed.wall_ms > _GOAL_MS for timed in found))


if __name__ == "__main__":
    sys.exit(main())
