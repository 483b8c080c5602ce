"""What a run of a suite gives, and with what it was run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from onrecord.annotate.extractor import Extractor


@dataclass(frozen=True, slots=True)
class Outcome:
    """Figures of one suite.

    Attributes:
        suite: Its name.
        figures: Numbers, or rows of numbers, by measure.
        predictions: The system's own annotations, one JSON object an item.
        data_hash: First 12 digits of the SHA-256 of the data read, in order of the names.
        extractor: Name of the extractor with the hash of its model.
        version: Version of onrecord.
    """

    suite: str
    figures: Mapping[str, Any]
    predictions: Sequence[Mapping[str, Any]]
    data_hash: str
    extractor: str
    version: str

    def as_dict(self) -> dict[str, Any]:
        """Return what `--json` writes: everything but the predictions."""
        return {
            "suite": self.suite,
            "version": self.version,
            "extractor": self.extractor,
            "data_hash": self.data_hash,
            "figures": self.figures,
        }


def outcome(
    suite: str,
    figures: Mapping[str, Any],
    data: Path,
    extractor: Extractor,
    predictions: Sequence[Mapping[str, Any]] = (),
) -> Outcome:
    """Return an `Outcome` with hashes and version filled in."""
    return Outcome(suite, figures, predictions, hash_of(data), extractor.name, version("onrecord"))


def hash_of(path: Path) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 of a file or of a folder's files."""
    digest = hashlib.sha256()
    files = sorted(f for f in path.rglob("*") if f.is_file()) if path.is_dir() else [path]
    for file in files:
        digest.update(file.relative_to(path).as_posix().encode() if path.is_dir() else b"")
        digest.update(file.read_bytes())
    return digest.hexdigest()[:12]


def lines(figures: Mapping[str, Any], prefix: str = "") -> Iterator[str]:
    """Yield figures as lines of text, one measure each."""
    for name, value in figures.items():
        label = f"{prefix}{name}"
        if isinstance(value, Mapping) and "f1" in value:
            counts = [f"{k} {v:.0f}" for k, v in value.items() if k not in _SHARES]
            yield (
                f"{label:<32} P {value['precision']:.3f}  R {value['recall']:.3f}"
                f"  F1 {value['f1']:.3f}  {', '.join(counts)}".rstrip()
            )
        elif isinstance(value, Mapping) and "accuracy" in value:
            share = f"({value['hits']} of {value['of']})"
            yield f"{label:<32} accuracy {value['accuracy']:.3f}  {share}"
        elif isinstance(value, Mapping):
            yield from lines(value, f"{label}.")
        elif isinstance(value, float):
            yield f"{label:<32} {value:.3f}"
        elif isinstance(value, int):
            yield f"{label:<32} {value:,}"


_SHARES = frozenset({"precision", "recall", "f1"})
