"""Ties are those that the views hold, whatever people said of them."""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import pytest
from record_reports import Report
from sqlalchemy import select

from onrecord.record import corrections
from onrecord.record.network import Network, network
from onrecord.record.store import Store
from onrecord.record.views import view_table

_NAMES = [
    f"Gull {letter}" for letter in ["Abele", "Corin", "Dalem", "Estor", "Fenna", "Gorsk", "Halla"]
]
_ENDS = {"events": ("actor_id", "recipient_id"), "relations": ("subject_id", "object_id")}
_LEAST = {"event": 0.6, "relation": 0.4}


@pytest.fixture(params=[False, True], ids=["as read", "judged"])
def filled(request: pytest.FixtureRequest, store: Store) -> Store:
    chance = random.Random(7)
    ids = []
    for number in range(8):
        pairs = [chance.sample(_NAMES, 2) for _ in range(5)]
        lines = [f"{who} met {whom} on day {number}{n}." for n, (who, whom) in enumerate(pairs)]
        report = Report("\n".join(lines), f"Post {number % 3}", None)
        for line, (who, whom) in zip(lines, pairs, strict=True):
            statement = report.state(
                *chance.choice([("event", "CONSULT"), ("event", "AID"), ("relation", "leads")]),
                line, subject=report.party(who), object=report.party(whom),
                confidence=chance.choice([0.3, 0.5, 0.9]),
            )  # fmt: skip
            ids.append(statement.statement_id)
        store.write(report.resolved(), version="hand")
    if request.param:
        for row_id in chance.sample(ids, 5):
            corrections.reject(store, row_id, reviewer="ana")
        for row_id in chance.sample(ids, 5):
            corrections.accept(store, row_id, reviewer="ana")
    return store


def _held(store: Store, *, sure: bool) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    with store.reading() as connection:
        for name, (who, whom) in _ENDS.items():
            kind = name[:-1]
            found = connection.execute(select(view_table(name))).mappings()
            rows += [
                {**row, "kind": kind, "ends": (row[who], row[whom])}
                for row in found
                if row["confidence"] >= _LEAST[kind] or row["reviewed"] or not sure
            ]
    return [row for row in rows if None not in row["ends"] and len(set(row["ends"])) == 2]


def _counted(found: Network) -> dict[tuple[str, ...], int]:
    return {
        (t.subject_id, t.object_id, t.kind, t.type, t.factuality): t.n_statements
        for t in found.ties
    }


@pytest.mark.parametrize("sure", [True, False])
def test_all_ties_are_those_of_the_views(filled: Store, sure: bool) -> None:
    held = _held(filled, sure=sure)
    found = network(filled, least=_LEAST if sure else None)
    assert _counted(found) == Counter(
        (*row["ends"], row["kind"], row["type"], row["factuality"]) for row in held
    )
    assert found.n_unsure == len(_held(filled, sure=False)) - len(held)
    assert found.complete


@pytest.mark.parametrize("steps", [1, 2, 3])
def test_steps_go_along_ties_that_are_sure_enough(filled: Store, steps: int) -> None:
    held = _held(filled, sure=True)
    centre = held[0]["ends"][0]
    far = {centre: 0}
    for step in range(1, steps + 1):
        for row in held:
            if any(far.get(end) == step - 1 for end in row["ends"]):
                for end in row["ends"]:
                    far.setdefault(end, step)
    inside = {end for end, step in far.items() if step < steps}
    found = network(filled, actor=centre, steps=steps, least=_LEAST)
    assert _counted(found) == Counter(
        (*row["ends"], row["kind"], row["type"], row["factuality"])
        for row in held
        if inside & set(row["ends"])
    )
    assert {node.actor_id: node.steps for node in found.nodes} == far


def test_the_latest_statement_of_a_tie_opens(filled: Store) -> None:
    held = {row["statement_id"]: row for row in _held(filled, sure=False)}
    for tie in network(filled).ties:
        assert held[tie.statement_id]["ends"] == (tie.subject_id, tie.object_id)


def test_fewer_statements_than_there_are_make_no_whole(filled: Store) -> None:
    assert not network(filled, limit=3).complete
