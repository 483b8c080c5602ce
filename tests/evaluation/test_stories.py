"""The story sets are sound: every member of a claim stands in its report."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from onrecord.model.annotation import RELATION_TYPES

_EVALUATION = Path(__file__).parents[2] / "evaluation"
_SETS = sorted(
    path.parent
    for folder in ("stories", "stories_held_out")
    for path in (_EVALUATION / folder).glob("*/gold.json")
)
_EVENT_TYPES = frozenset((
    "AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST",
    "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT",
))  # fmt: skip
_FIGURES = frozenset((
    "people", "casualties", "troops", "money", "weapons", "percentage", "distance", "other",
))  # fmt: skip


def _reports(folder: Path) -> list[dict[str, str]]:
    lines = (folder / "reports.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def _claims(folder: Path) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = json.loads((folder / "gold.json").read_text("utf-8"))["claims"]
    return claims


def test_there_are_story_sets() -> None:
    assert len(_SETS) >= 4


@pytest.mark.parametrize("folder", _SETS, ids=lambda path: path.name)
def test_every_member_stands_in_its_report(folder: Path) -> None:
    reports = _reports(folder)
    for claim in _claims(folder):
        for member in claim["members"]:
            found = reports[member["report"]]["text"].count(member["text"])
            assert 1 <= member["occurrence"] <= found, (claim["id"], member)


@pytest.mark.parametrize("folder", _SETS, ids=lambda path: path.name)
def test_status_agrees_with_the_stances(folder: Path) -> None:
    for claim in _claims(folder):
        stances = {member["stance"] for member in claim["members"]}
        assert stances <= {"supports", "denies", "differs"}
        opposed = bool(stances - {"supports"})
        assert opposed == (claim["against"] > 0), claim["id"]
        if claim["status"] != "retracted":
            assert opposed == (claim["status"] == "disputed"), claim["id"]
            assert (claim["status"] == "corroborated") == (claim["sources"] > 1 and not opposed)


@pytest.mark.parametrize("folder", _SETS, ids=lambda path: path.name)
def test_types_are_ones_the_record_knows(folder: Path) -> None:
    known = {"event": _EVENT_TYPES, "relation": frozenset(RELATION_TYPES), "quantity": _FIGURES}
    for claim in _claims(folder):
        assert claim["type"] in known[claim["kind"]], claim["id"]
