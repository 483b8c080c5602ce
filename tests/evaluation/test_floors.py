"""Accuracy on the bundled sets stays at or above the floors, which only rise."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from onrecord.annotate.default import default_extractor
from onrecord.evaluation.suites import run_suite

ROOT = Path(__file__).parents[2]
# The story sets lie beside the package, not in it.
STORIES = ROOT / "evaluation" / "stories"
FLOORS: dict[str, dict[str, float]] = json.loads(
    (ROOT / "evaluation" / "floors.json").read_text("utf-8")
)


def figure(figures: Mapping[str, Any], path: str) -> float:
    """Return the number at a dotted path."""
    value: Any = figures
    for name in path.split("."):
        value = value[name]
    return float(value)


def data_of(name: str, scratch: Path) -> Path | None:
    """Return where a suite's data lies; "claims:01-04" takes the first four story sets alone."""
    suite, _, sets = name.partition(":")
    if suite != "claims":
        return None
    if not sets:
        return STORIES
    first, _, last = sets.partition("-")
    for folder in STORIES.iterdir():
        if folder.is_dir() and first <= folder.name[:2] <= last:
            shutil.copytree(folder, scratch / folder.name)
    return scratch


@pytest.mark.parametrize("suite", FLOORS)
def test_bundled_suite_reaches_its_floors(suite: str, tmp_path: Path) -> None:
    data = data_of(suite, tmp_path)
    outcome = run_suite(suite.partition(":")[0], data, default_extractor())
    below = {
        path: (figure(outcome.figures, path), floor)
        for path, floor in FLOORS[suite].items()
        if figure(outcome.figures, path) < floor
    }
    assert not below, f"{suite}: figure, floor: {below}"
