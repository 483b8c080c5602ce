from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest
from record_reports import Report

from onrecord.record import query
from onrecord.record.store import Store

WIRE = (
    "Fishing crews returned to the harbour of Port Selva before dawn after the storm had torn"
    " the outer wall apart and left three boats on the rocks below the old lighthouse, the"
    " harbour master told reporters, adding that repairs would take until the autumn."
)
OTHER = "The parliament of Lower Orsk put off its vote on the water treaty for a second week."


def report(publisher: str, text: str, day: int | None) -> Report:
    published = None if day is None else datetime(2024, 5, day, tzinfo=UTC)
    return Report(text, publisher, published)


def groups(reports: list[Report]) -> dict[str, tuple[str | None, str | None]]:
    with Store.open(":memory:") as store:
        for each in reports:
            store.write(each.resolved(), version="rules-1")
        return {row.document_id: (row.copy_of, row.story_id) for row in query.documents(store)}


@pytest.fixture(scope="module")
def reports() -> list[Report]:
    return [
        report("The Lantern", WIRE, 3),
        report("Selva Post", WIRE.replace("before dawn", "at dawn") + " He had no more to say.", 2),
        report("Orsk Herald", WIRE, None),
        report("The Lantern", OTHER, 1),
    ]


def test_earliest_published_is_the_original(reports: list[Report]) -> None:
    found = groups(reports)
    lantern, post, herald, other = (found[r.document.document_id] for r in reports)
    assert (lantern[0], herald[0]) == (reports[1].document.document_id,) * 2
    assert (post[0], other[0]) == (None, None)
    assert lantern[1] == post[1] == herald[1] != other[1]


def test_order_of_reading_does_not_change_the_groups(reports: list[Report]) -> None:
    found = [groups(list(order)) for order in list(permutations(reports))[::5]]
    assert all(each == found[0] for each in found)


def test_copies_can_be_left_out(reports: list[Report]) -> None:
    with Store.open(":memory:") as store:
        for each in reports:
            store.write(each.resolved(), version="rules-1")
        assert query.documents(store, copies=False).total == 2
