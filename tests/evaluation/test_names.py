"""The table of names keeps its floors."""

from __future__ import annotations

from pathlib import Path

import onrecord.evaluation
from onrecord.evaluation import names

PAIRS = names.load(Path(onrecord.evaluation.__file__).parent / "tables" / "names.jsonl")


def test_table_has_enough_of_both_and_no_pair_twice() -> None:
    assert sum(pair.same for pair in PAIRS) >= 400
    assert sum(not pair.same for pair in PAIRS) >= 400
    assert len({frozenset((p.one, p.other)) for p in PAIRS}) == len(PAIRS)


def test_names_are_told_apart_as_well_as_before() -> None:
    scored = names.score(PAIRS)
    assert scored["test"]["precision"] >= 0.95
    assert scored["test"]["f1"] >= 0.93
    assert scored["test"]["f1"] > scored["test_baselines"]["ratio"]["f1"]
