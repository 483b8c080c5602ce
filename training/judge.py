"""Fit the judge of relations to labelled sentences that the encoder never saw.

    python -m training.judge --data PATH --models src/onrecord/models

Takes the development sentences and `annotations/held_out`, lets patterns and
encoder propose all they can, and fits one regularised logistic regression.
Prints F1 and expected calibration error with whole passages held out, the
figures that tell something, before it writes `judge.json` fitted to all.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from onrecord.annotate import neural
from onrecord.annotate.encoder import OnnxRunner
from onrecord.annotate.joining import Parties
from onrecord.annotate.judging import Judge
from onrecord.annotate.learned import pieces_of
from onrecord.annotate.mentions import find_mentions
from onrecord.annotate.neural_pairs import propose_related
from onrecord.annotate.relation_judge import LEAST_CANDIDATE, Candidate, kept, proposed, signs_of
from onrecord.annotate.relations import find_relations
from onrecord.annotate.text import Parse, parse_document
from onrecord.annotate.times import find_times
from onrecord.evaluation.matching import Tally, match
from onrecord.evaluation.passages import passages_of
from onrecord.evaluation.sentences import LabelledSentence, load, same_relation, sentence_of_row
from onrecord.model.annotation import Relation
from onrecord.model.document import Document
from onrecord.model.identifier import content_id
from onrecord.model.span import Span
from training.annotations import FOLDER, read_annotations
from training.calibrate import calibration_error, logistic

FOLDS = 10
SEEDS = (0, 1, 2)
# Weight of the prior that a sign says nothing, over signs of unit variance.
PRIOR = 6.0
THRESHOLDS = np.arange(0.2, 0.56, 0.02)
Scored = list[tuple[float, Candidate]]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What may hold in a sentence, and what does.

    Attributes:
        passage: Number of its passage; whole passages are held out.
        candidates: What patterns and encoder propose.
        signs: What is known of each candidate.
        gold: The labelled relations, in the passage's offsets.
    """

    passage: int
    candidates: list[Candidate]
    signs: list[dict[str, float]]
    gold: list[Relation]

    @property
    def right(self) -> list[bool]:
        """Whether each candidate is among the labelled relations."""
        return [any(same_relation(g, c.relation(1.0)) for g in self.gold) for c in self.candidates]


def parsed(passage: Sequence[LabelledSentence]) -> Parse:
    """Return the parse of a passage as the product would read it."""
    text = "\n".join(s.text for s in passage)
    return parse_document(Document(content_id("doc", text), passage[0].id, text))


def sentences_of(labelled: Sequence[LabelledSentence], runner: OnnxRunner) -> list[Sentence]:
    """Return candidates and labels of each sentence, read in its passage as the product would."""
    found: list[Sentence] = []
    for number, passage in enumerate(passages_of(labelled)):
        parse = parsed(passage)
        mentions = find_mentions(parse)
        _, pieces = pieces_of(parse, runner.tokenizer)
        pairs = propose_related(runner, neural.read_windows(runner, pieces), LEAST_CANDIDATE)
        patterns = find_relations(parse, mentions, find_times(parse))
        party = Parties(parse, mentions).tidy
        rows = [
            (candidate, signs)
            for candidates, here in proposed(parse, mentions, patterns, pairs, party)
            for candidate, signs in zip(candidates, signs_of(here, candidates), strict=True)
        ]
        base = 0
        for sentence in passage:
            span = Span(base, base + max(len(sentence.text), 1))
            inside = [r for r in rows if span.contains(r[0].subject.cover(r[0].object))]
            gold = [_moved(r, base) for r in sentence.relations]
            found.append(Sentence(number, [c for c, _ in inside], [s for _, s in inside], gold))
            base += len(sentence.text) + 1
    return found


def _moved(relation: Relation, by: int) -> Relation:
    spans = (relation.subject, relation.object, relation.evidence)
    return Relation(relation.type, *(span.shifted(by) for span in spans))


def fit(sentences: Sequence[Sentence], threshold: float) -> Judge:
    """Return the judge that explains which candidates of `sentences` are right."""
    signs = [s for sentence in sentences for s in sentence.signs]
    right = np.array([r for sentence in sentences for r in sentence.right], dtype=float)
    names = sorted({name for s in signs for name in s})
    table = np.array([[s.get(name, 0.0) for name in names] for s in signs])
    mean, spread = table.mean(axis=0), table.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = np.hstack([np.ones((len(table), 1)), (table - mean) / spread])
    weights = logistic(scaled, right, np.array([0.0] + [PRIOR] * len(names)))
    each = weights[1:] / spread
    bias = float(weights[0] - (each * mean).sum())
    rounded = {name: round(float(w), 3) for name, w in zip(names, each, strict=True)}
    return Judge(round(bias, 3), rounded, threshold)


def held_out(sentences: Sequence[Sentence], seed: int) -> list[Scored]:
    """Return candidates of each sentence with the probability by a judge of other passages."""
    count = max(s.passage for s in sentences) + 1
    order = np.random.default_rng(seed).permutation(count)
    fold = {int(passage): place % FOLDS for place, passage in enumerate(order)}
    judges = [fit([s for s in sentences if fold[s.passage] != f], 0.0) for f in range(FOLDS)]
    return [_scored(s, judges[fold[s.passage]]) for s in sentences]


def _scored(sentence: Sentence, judge: Judge) -> Scored:
    both = zip(sentence.candidates, sentence.signs, strict=True)
    return [(judge.probability(signs), candidate) for candidate, signs in both]


def figures(
    sentences: Sequence[Sentence], scored: Sequence[Scored], threshold: float
) -> dict[str, float]:
    """Return precision, recall, F1 and calibration error of what reaches `threshold`."""
    tally, sure, right = Tally(), [], []
    for sentence, candidates in zip(sentences, scored, strict=True):
        found = [c.relation(p) for p, c in kept(candidates, threshold)]
        hits = {id(r) for _, r in match(sentence.gold, found, same_relation)}
        tally += Tally(len(hits), len(sentence.gold), len(found))
        sure += [r.confidence for r in found]
        right += [id(r) in hits for r in found]
    row = tally.row()
    error = calibration_error(np.array(sure), np.array(right)) if sure else 0.0
    return {k: row[k] for k in ("precision", "recall", "f1")} | {"calibration_error": error}


def best_threshold(sentences: Sequence[Sentence], runs: Sequence[list[Scored]]) -> float:
    """Return the threshold of the highest F1, smoothed over its neighbours."""
    f1 = [np.mean([figures(sentences, run, t)["f1"] for run in runs]) for t in THRESHOLDS]
    smooth = np.convolve(np.pad(f1, 1, mode="edge"), np.ones(3) / 3, "valid")
    return round(float(THRESHOLDS[int(smooth.argmax())]), 2)


def main() -> None:
    """Read the command line, cross-validate, fit and write `judge.json`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--test", type=Path, help="Further labelled sentences, only measured.")
    arguments = parser.parse_args()
    runner = OnnxRunner(arguments.models)
    parts = {
        "development": list(load(arguments.data / "sentences" / "dev.jsonl").values()),
        "held out": [
            sentence_of_row(row) for row in read_annotations(arguments.data, FOLDER / "held_out")
        ],
    }
    labelled = [sentence for part in parts.values() for sentence in part]
    sentences = sentences_of(labelled, runner)
    runs = [held_out(sentences, seed) for seed in SEEDS]
    threshold = best_threshold(sentences, runs)
    print(f"threshold {threshold}; with passages held out:")
    start = 0
    cuts = {"both": slice(None)}
    for name, part in parts.items():
        cuts[name] = slice(start, start + len(part))
        start += len(part)
    for name, cut in cuts.items():
        rows = [figures(sentences[cut], run[cut], threshold) for run in runs]
        means = {k: round(float(np.mean([r[k] for r in rows])), 3) for k in rows[0]}
        print(f"  {name}: {means}")
    judge = fit(sentences, threshold)
    if arguments.test is not None:
        test = sentences_of(list(load(arguments.test).values()), runner)
        print("  test:", figures(test, [_scored(s, judge) for s in test], threshold))
    content = {
        "relation": {
            "bias": judge.bias,
            "weights": dict(judge.weights),
            "threshold": judge.threshold,
        }
    }
    text = json.dumps(content, indent=1)
    (arguments.models / "judge.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
