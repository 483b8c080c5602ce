"""Suite `re3d`: entities in reports on the conflict in Syria and Iraq.

re3d (Dstl, 2017) marks noun phrases with a type. Rejected cues (confidence
below 0.5) are left out, as its documentation asks.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.annotate import neural
from onrecord.annotate.encoder import OnnxRunner
from onrecord.annotate.learned import pieces_of
from onrecord.annotate.neural_pairs import find_entities
from onrecord.annotate.text import parse_document
from onrecord.errors import ReadError
from onrecord.evaluation.matching import Tally
from onrecord.model.document import Document
from onrecord.model.span import Span

THRESHOLD = 0.4
Entity = tuple[Span, str]


@dataclass(frozen=True, slots=True)
class Report:
    """A report with its entities; spans count code points of `text`."""

    document_id: str
    text: str
    entities: tuple[Entity, ...]


def load(path: Path) -> list[Report]:
    """Return the reports below a folder, in order of publisher and file.

    Args:
        path: Holds `documents.json` and `entities.json`, or folders that do.

    Raises:
        ReadError: There are no such files.
    """
    files = sorted(path.rglob("documents.json"))
    if not files:
        raise ReadError(str(path), "no documents.json in it", "Name the folder of re3d.")
    reports = []
    for file in files:
        entities: dict[str, list[Entity]] = {}
        for row in _rows(file.with_name("entities.json")):
            if row.get("confidence", 1) >= 0.5 and row["begin"] < row["end"]:
                entity = (Span(row["begin"], row["end"]), row["type"])
                entities.setdefault(row["documentId"], []).append(entity)
        reports += [
            Report(row["_id"], row["text"], tuple(sorted(set(entities.get(row["_id"], ())))))
            for row in _rows(file)
        ]
    return reports


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def predict(reports: Sequence[Report], runner: OnnxRunner) -> dict[str, list[Entity]]:
    """Return the entities the encoder finds in each report."""
    found = {}
    for report in reports:
        parse = parse_document(Document(report.document_id, "", report.text))
        _, pieces = pieces_of(parse, runner.tokenizer)
        finds = find_entities(runner, neural.read_windows(runner, pieces), THRESHOLD)
        found[report.document_id] = [(f.span, f.label) for f in finds]
    return found


def score(
    reports: Sequence[Report], predicted: Mapping[str, Sequence[Entity]]
) -> dict[str, dict[str, float]]:
    """Return exact and overlapping span-and-type scores, and exact ones of each type."""
    exact = Tally()
    overlap = Tally()
    by_type: dict[str, Tally] = {}
    for report in reports:
        wanted, found = set(report.entities), set(predicted.get(report.document_id, ()))
        exact += Tally(len(wanted & found), len(wanted), len(found))
        hits = sum(
            any(kind == other and span.overlaps(where) for where, other in found)
            for span, kind in wanted
        )
        overlap += Tally(min(hits, len(found)), len(wanted), len(found))
        for name in {kind for _, kind in wanted | found}:
            mine = {e for e in wanted if e[1] == name}
            theirs = {e for e in found if e[1] == name}
            tally = Tally(len(mine & theirs), len(mine), len(theirs))
            by_type[name] = by_type.get(name, Tally()) + tally
    return {
        "exact": exact.row(),
        "overlap": overlap.row(),
        **{f"exact.{name}": by_type[name].row() for name in sorted(by_type)},
    }
