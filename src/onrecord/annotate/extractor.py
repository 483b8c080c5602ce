"""What it takes to be an extractor: one document in, annotations out, nothing touched."""

from __future__ import annotations

from typing import Protocol

from onrecord.annotate.text import Parse
from onrecord.model.annotation import Annotations


class Extractor(Protocol):
    """Finds annotations in a parsed document."""

    @property
    def name(self) -> str:
        """Name and version, kept in `runs`, e.g. `rules-1`."""

    def annotate(self, parse: Parse) -> Annotations:
        """Return everything found in `parse`; the same input gives the same output."""
