"""Sample reports against the rows that a careful reader finds in them.

The expectations beside the reports say what the text says. A row the rules do not
find yet carries its reason; when they learn to find it the mark has to go.
"""

from __future__ import annotations

import runpy
import sys
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

from onrecord.annotate.rules import RuleExtractor
from onrecord.annotate.text import parse_document
from onrecord.model.annotation import Annotations
from onrecord.model.document import Document
from onrecord.model.statement import ResolvedDocument
from onrecord.read.any import read_paths
from onrecord.resolve.document import resolve_document

# Tests are imported by path, so what they share has to be found by name.
sys.path.insert(0, str(Path(__file__).parent))

from golden_rows import Row, is_found

_GOLDEN = sorted((Path(__file__).parent / "data" / "golden").glob("*.py"))


def _rows() -> list[object]:
    rows: list[object] = []
    for path in _GOLDEN:
        golden = runpy.run_path(str(path))
        expected: list[Row] = golden["EXPECTED"]
        for number, row in enumerate(expected):
            marks = [pytest.mark.xfail(reason=row.known_gap, strict=True)] if row.known_gap else []
            name = f"{path.stem}-{number}-{type(row).__name__}"
            rows.append(pytest.param(golden["REPORT"], row, id=name, marks=marks))
    return rows


@cache
def _read(report: str) -> tuple[Annotations, ResolvedDocument]:
    reports = resources.files("onrecord").joinpath("examples", "reports")
    with resources.as_file(reports) as folder:
        (document,) = read_paths([folder / report])
    assert isinstance(document, Document), document
    annotations = RuleExtractor().annotate(parse_document(document))
    return annotations, resolve_document(document, annotations)


@pytest.mark.parametrize(("report", "row"), _rows())
def test_a_careful_reader_and_the_rules_agree(report: str, row: Row) -> None:
    assert is_found(row, *_read(report))
