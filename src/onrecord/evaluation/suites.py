"""The suites by name: how each loads its data, asks for annotations and scores them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from onrecord.annotate.encoder import shipped_runner
from onrecord.annotate.extractor import Extractor
from onrecord.errors import QueryError
from onrecord.evaluation import (
    claims,
    ecb,
    entities,
    names,
    pair_types,
    passages,
    places,
    polnear,
    sentences,
    speed,
    times,
    unit_records,
)
from onrecord.evaluation.suite import Outcome, outcome


@dataclass(frozen=True, slots=True)
class Suite:
    """One benchmark.

    Attributes:
        about: What it measures, in one line.
        run: Runs it on a path.
        bundled: Data inside the package, None where `--data` must say.
    """

    about: str
    run: Callable[[Path, Extractor], Outcome]
    bundled: Path | None = None


def _sentences(path: Path, extractor: Extractor) -> Outcome:
    gold = sentences.load(path)
    rows = passages.predict(gold.values(), extractor)
    labelled = {name: s for name, s in gold.items() if s.labelled}
    figures: Mapping[str, Any] = {"sentences": len(gold)}
    if labelled:
        found = {str(row["id"]): sentences.sentence_of_row(row) for row in rows}
        figures = {**figures, **sentences.score(labelled, found)}
    return outcome("sentences", figures, path, extractor, rows)


def _polnear(path: Path, extractor: Extractor) -> Outcome:
    gold = polnear.load(path)
    predicted = polnear.predict(gold, extractor)
    rows = [
        {"id": name, "attributions": [_spans_of(a) for a in found]}
        for name, found in predicted.items()
    ]
    return outcome("polnear", polnear.score(predicted, gold), path, extractor, rows)


def _spans_of(found: polnear.Labelled) -> dict[str, list[list[int]]]:
    parts = {"source": found.source, "cue": found.cue, "content": found.content}
    return {name: [[s.start, s.end] for s in spans] for name, spans in parts.items()}


def _plv(path: Path, extractor: Extractor) -> Outcome:
    pairs = pair_types.load(path)
    roots = pair_types.predict(pairs, shipped_runner())
    rows = [{"id": i, "type": root} for i, root in enumerate(roots)]
    return outcome("plv", pair_types.score(pairs, roots), path, extractor, rows)


def _re3d(path: Path, extractor: Extractor) -> Outcome:
    reports = entities.load(path)
    predicted = entities.predict(reports, shipped_runner())
    rows = [
        {"id": name, "entities": [[s.start, s.end, kind] for s, kind in found]}
        for name, found in predicted.items()
    ]
    return outcome("re3d", entities.score(reports, predicted), path, extractor, rows)


def _petrarch(path: Path, extractor: Extractor) -> Outcome:
    records = unit_records.load(path)
    predicted = unit_records.predict(records, extractor)
    rows = [
        {"id": record.id, "events": [asdict(found) for found in some]}
        for record, some in zip(records, predicted, strict=True)
    ]
    return outcome("petrarch", unit_records.score(records, predicted), path, extractor, rows)


def _times(path: Path, extractor: Extractor) -> Outcome:
    return outcome("times", times.score(path), path, extractor)


def _places(path: Path, extractor: Extractor) -> Outcome:
    return outcome("places", places.score(path), path, extractor)


def _names(path: Path, extractor: Extractor) -> Outcome:
    pairs = names.load(path)
    return outcome("names", names.score(pairs), path, extractor, names.rows(pairs))


def _ecb(path: Path, extractor: Extractor) -> Outcome:
    corpus = ecb.load(path)
    return outcome("ecb", ecb.score(corpus), path, extractor, ecb.rows(corpus))


def _speed(path: Path, extractor: Extractor) -> Outcome:
    return outcome("speed", speed.measure(speed.load(path), extractor), path, extractor)


def _claims(path: Path, extractor: Extractor) -> Outcome:
    return outcome(
        "claims",
        {k: v for k, v in claims.score(path, extractor).items() if k != "rows"},
        path,
        extractor,
    )


_TABLES = Path(__file__).parent / "tables"
SUITES: dict[str, Suite] = {
    "sentences": Suite(
        "Events, relations and quantities of labelled sentences.",
        _sentences,
        _TABLES / "sentences.jsonl",
    ),
    "polnear": Suite("Sources, cues and contents of PolNeAR articles.", _polnear),
    "plv": Suite("PLOVER type of a given source and target.", _plv),
    "re3d": Suite("Entities of re3d reports.", _re3d),
    "petrarch": Suite("Unit records of a rule coder: type and actors.", _petrarch),
    "times": Suite("Time expressions and what they denote.", _times, _TABLES / "times.jsonl"),
    "places": Suite("Places and which of several they are.", _places, _TABLES / "places.jsonl"),
    "names": Suite("Pairs of names: one actor or two.", _names, _TABLES / "names.jsonl"),
    "ecb": Suite("Who and what is the same across ECB+ reports.", _ecb),
    "claims": Suite("Claims of several reports: pairing, status, sources.", _claims),
    "speed": Suite("Tokens a second beside the parser alone.", _speed),
}


def run_suite(name: str, data: Path | None, extractor: Extractor) -> Outcome:
    """Run a suite.

    Args:
        name: One of `SUITES`.
        data: Its gold data; None takes what the package bundles.
        extractor: Whose annotations are scored.

    Raises:
        QueryError: There is no such suite, or it needs data.
        ReadError: The data is not in the suite's format.
    """
    if name not in SUITES:
        raise QueryError(name, "no such suite", f"Choose from {', '.join(SUITES)}.")
    path = data or SUITES[name].bundled
    if path is None:
        raise QueryError(name, "this suite bundles no data", "Say where it is: --data PATH.")
    return SUITES[name].run(path, extractor)


def write_predictions(result: Outcome, path: Path) -> None:
    """Write the system's own annotations as JSON lines."""
    rows = (json.dumps(row, ensure_ascii=False) for row in result.predictions)
    path.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
