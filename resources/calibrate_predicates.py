"""Count on labelled sentences how often each predicate frame is right.

    python resources/calibrate_predicates.py train.jsonl

writes `src/onrecord/resources/predicate_confidence.yaml`. Counts of a frame,
of a predicate in the frame and of its shape are shrunk towards each other in
that order, so that one lucky find does not make a frame certain. Only
figures are written, no words of the sentences.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import yaml

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from evaluation.sentences import LabelledSentence, load, match, typed  # noqa: E402

from onrecord.annotate.events import acts_in, trigger_of  # noqa: E402
from onrecord.annotate.lexicon import (  # noqa: E402
    DEFAULT_CONFIDENCE,
    Lexicon,
    Shape,
    index_frames,
    load_lexicon,
)
from onrecord.annotate.text import Parse, parse_document  # noqa: E402
from onrecord.model.annotation import Event  # noqa: E402
from onrecord.model.document import Document  # noqa: E402

TARGET = ROOT / "src" / "onrecord" / "resources" / "predicate_confidence.yaml"
# Weight of the wider count, in uses.
PRIOR_USES = 3
Use = tuple[str, str, Shape]


def count_uses(
    sentences: Iterable[tuple[LabelledSentence, Parse]], lexicon: Lexicon
) -> tuple[Counter[Use], Counter[Use]]:
    """Return uses and hits by frame, predicate and shape."""
    uses: Counter[Use] = Counter()
    hits: Counter[Use] = Counter()
    for labelled, parse in sentences:
        acts: list[tuple[Use, Event]] = []
        for parsed in parse.sentences:
            for act in acts_in(parsed, lexicon):
                event = Event(act.frame.type, None, trigger_of(parsed, act), None, None)
                acts.append(((act.frame.key, act.lemma, act.shape), event))
        right = {id(e) for _, e in match(labelled.events, [e for _, e in acts], typed)}
        for use, event in acts:
            uses[use] += 1
            hits[use] += id(event) in right
    return uses, hits


def confidences(uses: Counter[Use], hits: Counter[Use]) -> dict[str, dict[str, dict[str, float]]]:
    """Return confidence by frame, predicate (or `any`) and shape."""
    shapes: tuple[Shape, ...] = ("filled", "bare", "participle")
    table: dict[str, dict[str, dict[str, float]]] = {}
    for key in sorted({use[0] for use in uses}):
        in_frame = [use for use in uses if use[0] == key]
        frame = _shrunk(hits, uses, in_frame, DEFAULT_CONFIDENCE)
        rows: dict[str, dict[str, float]] = {}
        any_lemma = {
            shape: _shrunk(hits, uses, [u for u in in_frame if u[2] == shape], frame)
            for shape in shapes
        }
        rows["any"] = {shape: round(value, 2) for shape, value in any_lemma.items()}
        for lemma in sorted({use[1] for use in in_frame}):
            mine = [use for use in in_frame if use[1] == lemma]
            own = _shrunk(hits, uses, mine, frame)
            rows[lemma] = {
                shape: round(_shrunk(hits, uses, [u for u in mine if u[2] == shape], own), 2)
                for shape in shapes
            }
        table[key] = rows
    return table


def _shrunk(hits: Counter[Use], uses: Counter[Use], chosen: list[Use], wider: float) -> float:
    hit, used = sum(hits[use] for use in chosen), sum(uses[use] for use in chosen)
    return (hit + PRIOR_USES * wider) / (used + PRIOR_USES)


def write_table(table: dict[str, dict[str, dict[str, float]]]) -> None:
    """Write the table where the lexicon reads it."""
    head = "# Written by resources/calibrate_predicates.py; do not edit.\n"
    body = yaml.safe_dump(table, width=200, default_flow_style=None, allow_unicode=True)
    TARGET.write_text(head + body, encoding="utf-8")


def main(path: str) -> None:
    """Count on the labelled sentences at `path` and write the table."""
    lexicon = index_frames(load_lexicon().frames)
    pairs = (
        (s, parse_document(Document(document_id=s.id, uri="", text=s.text)))
        for s in load(path).values()
    )
    write_table(confidences(*count_uses(pairs, lexicon)))


if __name__ == "__main__":
    main(sys.argv[1])
