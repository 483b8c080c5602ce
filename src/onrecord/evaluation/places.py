"""Score places: found where told, left alone where a name acts, resolved to the right one.

Each row of the table is a sentence with one name in it and what it stands for:
a place (name, country, precision), a place no gazetteer knows, or no place of
an event at all (a dateline, a government, an outlet). The sentence runs through
the same steps as a report, so furniture, mentions and context all count.

    python -m evaluation.places evaluation/tables/places.jsonl
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from onrecord.annotate.gazetteer import place_key
from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.places import find_places
from onrecord.annotate.text import Parse, parse_document
from onrecord.model.actor import Place
from onrecord.model.span import Span
from onrecord.read.any import document_from_text
from onrecord.resolve.places import countries_in, resolve_place


@dataclass(frozen=True, slots=True)
class Expected:
    """What a name stands for; `name` is empty where no gazetteer knows it."""

    name: str
    country: str
    kind: str


@dataclass(frozen=True, slots=True)
class Case:
    """One row of the table.

    Attributes:
        id: Its key.
        context: What the report says before, may be empty.
        sentence: The sentence.
        mention: The name; its first occurrence is meant.
        expected: What it stands for, None for no place of an event.
    """

    id: str
    context: str
    sentence: str
    mention: str
    expected: Expected | None


def read_cases(path: Path) -> list[Case]:
    """Return the rows of the table at `path` (JSON lines)."""
    cases = []
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        expected = None if row["expected"] is None else Expected(**row["expected"])
        cases.append(Case(row["id"], row["context"], row["sentence"], row["mention"], expected))
    return cases


def score(path: Path) -> dict[str, float]:
    """Return the shares of rows that come out right.

    Args:
        path: The table.

    Returns:
        `accuracy` over all rows, `accuracy_places`, `accuracy_unknown` and
        `accuracy_not_places` by what is expected, and `cases`, the number of rows.
    """
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for case in read_cases(path):
        group = _group(case)
        total[group] += 1
        right[group] += is_right(case, place_of(case))
    shares = {f"accuracy_{group}": right[group] / total[group] for group in sorted(total)}
    return {"accuracy": right.total() / total.total(), **shares, "cases": total.total()}


def place_of(case: Case) -> Place | None:
    """Return the place read for the case's name; None when it tells no place of an event."""
    text = f"{case.context}\n\n{case.sentence}" if case.context else case.sentence
    document = document_from_text(text)
    parse = parse_document(document)
    start = document.text.index(case.mention, len(case.context))
    wanted = Span(start, start + len(case.mention))
    mentions = find_mentions(parse)
    for place in find_places(parse, mentions):
        if place.locative and place.span.overlaps(wanted):
            return resolve_place(parse.text_of(place.span), context_countries=_context(parse))
    return None


def is_right(case: Case, place: Place | None) -> bool:
    """Return whether `place` is what the case expects."""
    if case.expected is None or place is None:
        return case.expected is None and place is None
    if (place.kind, place.country) != (case.expected.kind, case.expected.country):
        return False
    return place.kind == "unknown" or place_key(place.name) == place_key(case.expected.name)


def _context(parse: Parse) -> tuple[str, ...]:
    return countries_in(" ".join(parse.text_of(s.sentence.span) for s in parse.sentences))


def _group(case: Case) -> str:
    if case.expected is None:
        return "not_places"
    return "unknown" if case.expected.kind == "unknown" else "places"


def main() -> int:
    """Print the score and the rows that came out wrong."""
    path = Path(sys.argv[1])
    for case in read_cases(path):
        place = place_of(case)
        if not is_right(case, place):
            print(f"{case.id}: {case.mention!r} in {case.sentence!r}: {place}, not {case.expected}")
    print(json.dumps(score(path), indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
