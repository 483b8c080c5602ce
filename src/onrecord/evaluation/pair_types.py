"""Suite `plv`: the PLOVER type of a given source and target.

The table is that of the ZSP paper (Hu et al., Leveraging Codebook Knowledge
with NLI and ChatGPT for Zero-Shot Political Relation Classification, ACL
2024): sentences with both parties marked, fifteen root types (RETREAT and
CONCEDE joined as YIELD) in four quads.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from onrecord.annotate.encoder import OnnxRunner
from onrecord.annotate.neural import type_of_pair
from onrecord.errors import ReadError
from onrecord.model.span import Span

QUADS = {
    "AGREE": 1, "CONSULT": 1, "SUPPORT": 1, "COOPERATE": 2, "AID": 2, "YIELD": 2, "REQUEST": 3,
    "ACCUSE": 3, "REJECT": 3, "THREATEN": 3, "PROTEST": 4, "SANCTION": 4, "MOBILIZE": 4,
    "COERCE": 4, "ASSAULT": 4,
}  # fmt: skip
_MARK = re.compile(r"<(/?)([st])>")


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence with its two parties and the type of what passes between them.

    Attributes:
        text: The sentence without marks.
        source: Who acts, None where the sentence does not say.
        target: Whom it is directed at, None likewise.
        root: One of fifteen types.
        quad: Quad class 1 to 4 as the table gives it.
    """

    text: str
    source: Span | None
    target: Span | None
    root: str
    quad: int


def load(path: Path) -> list[Pair]:
    """Return the pairs of a table with columns root, quad and marked_sentence.

    Raises:
        ReadError: A column is missing or a mark is not closed.
    """
    pairs = []
    with path.open(encoding="utf-8", newline="") as table:
        for number, row in enumerate(
            csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE), start=2
        ):
            try:
                text, source, target = unmarked(row["marked_sentence"])
                pairs.append(Pair(text, source, target, row["root"], int(row["quad"])))
            except (KeyError, ValueError) as error:
                raise ReadError(
                    f"{path}:{number}",
                    f"not a marked pair ({error})",
                    "Columns root, quad and marked_sentence are needed, with <s> and <t> marks.",
                ) from error
    return pairs


def unmarked(sentence: str) -> tuple[str, Span | None, Span | None]:
    """Return the sentence without its marks, and the marked source and target.

    A party that the sentence does not name has no mark and gives None.

    Raises:
        ValueError: A mark is not closed.
    """
    text, at = "", 0
    edges: dict[str, list[int]] = {"s": [], "t": []}
    for mark in _MARK.finditer(sentence):
        text += sentence[at : mark.start()]
        at = mark.end()
        edges[mark[2]].append(len(text))
    text += sentence[at:]
    if any(len(marks) % 2 for marks in edges.values()):
        raise ValueError("a mark is not closed")
    source, target = (Span(*edges[name][:2]) if edges[name] else None for name in "st")
    return text, source, target


def predict(pairs: Sequence[Pair], runner: OnnxRunner) -> list[str]:
    """Return the type of each pair."""
    return type_of_pair(runner, [(p.text, p.source, p.target) for p in pairs])


def score(pairs: Sequence[Pair], roots: Sequence[str]) -> dict[str, float]:
    """Return accuracy, macro-F1 over roots and over quads, and F1 of each root."""
    gold = [p.root for p in pairs]
    by_root = {name: _f1(gold, roots, name) for name in sorted(set(gold))}
    quads = [str(p.quad) for p in pairs]
    given = [str(QUADS[r]) for r in roots]
    by_quad = [_f1(quads, given, name) for name in sorted(set(quads))]
    right = sum(g == r for g, r in zip(gold, roots, strict=True))
    return {
        "accuracy": right / len(gold),
        "root_macro_f1": sum(by_root.values()) / len(by_root),
        "quad_macro_f1": sum(by_quad) / len(by_quad),
        **{f"f1.{name}": value for name, value in by_root.items()},
    }


def _f1(gold: Sequence[str], given: Sequence[str], name: str) -> float:
    hits = sum(g == r == name for g, r in zip(gold, given, strict=True))
    total = sum(g == name for g in gold) + sum(r == name for r in given)
    return 2 * hits / total if total else 0.0
