"""Count on labelled sentences how often each predicate frame is right.

    python resources/calibrate_predicates.py train.jsonl [more.jsonl ...]

writes `src/onrecord/resources/predicate_confidence.yaml`. Counts of a frame,
of a predicate in the frame and of its shape are shrunk towards each other in
that order, so that one lucky find does not make a frame certain. Only
figures are written, no words of the sentences.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from onrecord.annotate.events import acts_in, factuality_of_act, trigger_of, type_and_mode
from onrecord.annotate.lexicon import (
    Lexicon,
    Shape,
    index_frames,
    load_lexicon,
    prior_of,
)
from onrecord.annotate.text import Parse, parse_document
from onrecord.evaluation.matching import match
from onrecord.evaluation.sentences import LabelledSentence, load, typed
from onrecord.model.annotation import Event
from onrecord.model.document import Document

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "src" / "onrecord" / "resources" / "predicate_confidence.yaml"
# Weight of the wider count, in uses.
PRIOR_USES = 5
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
                kind, _ = type_and_mode(parsed, act, factuality_of_act(act))
                event = Event(kind, None, trigger_of(parsed, act), None, None)
                acts.append(((act.frame.key, act.lemma, act.shape), event))
        right = {id(e) for _, e in match(labelled.events, [e for _, e in acts], typed)}
        for use, event in acts:
            uses[use] += 1
            hits[use] += id(event) in right
    return uses, hits


def confidences(
    uses: Counter[Use], hits: Counter[Use], lexicon: Lexicon
) -> dict[str, dict[str, dict[str, float]]]:
    """Return confidence by frame, predicate (or `any`) and shape."""
    shapes: tuple[Shape, ...] = ("filled", "bare", "participle")
    table: dict[str, dict[str, dict[str, float]]] = {}
    priors = {frame.key: prior_of(frame) for frame in lexicon.frames}
    for key in sorted({use[0] for use in uses}):
        in_frame = [use for use in uses if use[0] == key]
        lemmas = sorted({use[1] for use in in_frame})
        table[key] = {
            lemma: {
                shape: round(_confidence(uses, hits, in_frame, (key, lemma, shape), priors[key]), 2)
                for shape in shapes
            }
            for lemma in ("any", *lemmas)
        }
    return table


def _confidence(
    uses: Counter[Use], hits: Counter[Use], in_frame: list[Use], use: Use, prior: float
) -> float:
    """Return the share of hits of one use, leaning on its kin only where those are other uses."""
    same_lemma = [other for other in in_frame if other[1] == use[1] and other != use]
    same_shape = [other for other in in_frame if other[2] == use[2] and other[1] != use[1]]
    rest = [o for o in in_frame if o != use and o not in same_lemma and o not in same_shape]
    wider = prior
    for kin in (rest, same_shape, same_lemma, [use]):
        hit, used = sum(hits[k] for k in kin), sum(uses[k] for k in kin)
        wider = (hit + PRIOR_USES * wider) / (used + PRIOR_USES)
    return wider


def write_table(table: dict[str, dict[str, dict[str, float]]]) -> None:
    """Write the table where the lexicon reads it."""
    head = "# Written by resources/calibrate_predicates.py; do not edit.\n"
    body = yaml.safe_dump(table, width=200, default_flow_style=None, allow_unicode=True)
    TARGET.write_text(head + body, encoding="utf-8")


def main(paths: Sequence[str]) -> None:
    """Count on the labelled sentences of all `paths` together and write the table."""
    lexicon = index_frames(load_lexicon().frames)
    pairs = (
        (s, parse_document(Document(document_id=s.id, uri="", text=s.text)))
        for path in paths
        for s in load(path).values()
    )
    write_table(confidences(*count_uses(pairs, lexicon), lexicon))


if __name__ == "__main__":
    main(sys.argv[1:])
