"""Score the network on dev sets with the product's own decoding."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch

from onrecord.annotate import neural, neural_pairs
from onrecord.annotate.encoder import Labels, read_pieces
from onrecord.annotate.pieces import PieceTokenizer
from onrecord.evaluation.matching import Tally
from onrecord.evaluation.sentences import Event as GoldEvent
from onrecord.evaluation.sentences import (
    LabelledSentence,
    score_events,
    score_relations,
    sentence_of_row,
)
from onrecord.model.annotation import Relation
from onrecord.model.span import Span
from training import labels as label_sets
from training.corpora import Marked, passages, plain_windows, read_polnear
from training.network import Network

EDGES = " \t\n\r.,;:!?-–—\"'“”‘’()[]…"


class TorchRunner:
    """The network in training, behind the extractor's `Runner`."""

    def __init__(self, network: Network) -> None:
        self.labels = Labels.from_json(label_sets.as_json())
        self._network = network

    def run(
        self,
        ids: np.ndarray,
        cases: np.ndarray,
        marks: np.ndarray,
        mask: np.ndarray,
        wanted: Sequence[str],
    ) -> tuple[np.ndarray, ...]:
        """Return the outputs named in `wanted` as float32 arrays."""
        with torch.no_grad(), torch.autocast("cpu", dtype=torch.bfloat16):
            outputs = self._network(*map(torch.from_numpy, (ids, cases, marks, mask)))
        return tuple(getattr(outputs, name).float().numpy() for name in wanted)


def predict_sentences(
    runner: Any,
    records: list[dict[str, Any]],
    tokenizer: PieceTokenizer,
    event_threshold: float,
    relation_threshold: float,
) -> list[tuple[LabelledSentence, list[GoldEvent], list[Relation], list[float]]]:
    """Return gold, predicted events and relations of each sentence, windows of its passage."""
    results = []
    for passage in passages(records):
        bases, base = [], 0
        for record in passage:
            bases.append(base)
            base += len(record["text"]) + 1
        pieces = [tokenizer.encode(r["text"]).moved(b) for r, b in zip(passage, bases, strict=True)]
        windows = neural.read_windows(runner, pieces)
        events = neural.find_events(runner, pieces, windows, event_threshold)
        relations = neural_pairs.find_related(runner, windows, relation_threshold)
        for number, (record, base) in enumerate(zip(passage, bases, strict=True)):
            mine = [e for e in events if e.sentence == number]
            results.append(
                (
                    sentence_of_row(record),
                    [_event(e, base) for e in mine],
                    [
                        Relation(
                            r.type, r.left.shifted(-base), r.right.shifted(-base),
                            r.left.shifted(-base), confidence=r.probability,
                        )
                        for r in relations
                        if r.sentence == number
                    ],
                    [e.probability for e in mine],
                )
            )  # fmt: skip
    return results


def _event(find: neural.EventFind, base: int) -> GoldEvent:
    def at(role: str) -> Span | None:
        return find.roles[role].shifted(-base) if role in find.roles else None

    return GoldEvent(
        find.type, find.mode, find.trigger.shifted(-base), at("source"), at("target"),
        find.factuality, at("time"), at("place"), confidence=find.probability,
    )  # fmt: skip


def sentences(
    runner: Any, records: list[dict[str, Any]], tokenizer: PieceTokenizer
) -> dict[str, float]:
    """Return the headline figures at the best of a few thresholds each."""
    results = predict_sentences(runner, records, tokenizer, 0.2, 0.1)
    best: dict[str, float] = {"type": 0.0}
    for threshold in (0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6):
        scores = score_events(
            (gold.events, [e for e in events if e.confidence >= threshold])
            for gold, events, _, _ in results
        )
        if scores["type"]["f1"] > best["type"]:
            best = {
                "threshold": threshold,
                "found": scores["found"]["f1"],
                "type": scores["type"]["f1"],
                "type_p": scores["type"]["precision"],
                "roles": scores["type_source_target"]["f1"],
                "fact": scores["factuality"]["accuracy"],
                "mode": scores["mode"]["accuracy"],
            }
    for threshold in (0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5):
        scores = score_relations(
            (gold.relations, [r for r in relations if r.confidence >= threshold])
            for gold, _, relations, _ in results
        )
        if scores["type"]["f1"] > best.get("relation", 0.0):
            best |= {"relation": scores["type"]["f1"], "relation_threshold": threshold}
    return best


def polnear(
    runner: Any, folder: Path, tokenizer: PieceTokenizer, most: int = 10_000
) -> dict[str, float]:
    """Return exact span F1 of each role (edge punctuation ignored) and relation F1."""
    tallies = {name: Tally() for name in ("source", "cue", "content", "relation")}
    for text, gold in list(read_polnear(folder))[:most]:
        spans = list(plain_windows(text, tokenizer, neural.WINDOW_PIECES))
        pieces = [tokenizer.encode(text[s.start : s.end]).moved(s.start) for s in spans]
        quotes = neural_pairs.find_quotes(runner, neural.read_windows(runner, pieces), 0.4)
        for role in ("source", "cue", "content"):
            wanted = {_trim(text, s) for q in gold for s in getattr(q, role)}
            found: set[tuple[int, int]] = set()
            for quote in quotes:
                parts = quote.content if role == "content" else (getattr(quote, role),)
                found |= {_trim(text, s) for s in parts if s is not None}
            tallies[role] += Tally(len(wanted & found), len(wanted), len(found))
        pairs = [(q.source, q.content) for q in gold if q.source and q.content]
        mine = [(q.source, q.content) for q in quotes if q.source is not None]
        hits = 0
        free = list(mine)
        for sources, contents in pairs:
            for candidate in free:
                if any(candidate[0].overlaps(s) for s in sources) and any(
                    a.overlaps(b) for a in candidate[1] for b in contents
                ):
                    free.remove(candidate)
                    hits += 1
                    break
        tallies["relation"] += Tally(hits, len(pairs), len(mine))
    return {name: tally.row()["f1"] for name, tally in tallies.items()}


def _trim(text: str, span: Span) -> tuple[int, int]:
    start, end = span.start, span.end
    while start < end and text[start] in EDGES:
        start += 1
    while end > start and text[end - 1] in EDGES:
        end -= 1
    return start, end


def pair_types(runner: Any, examples: Sequence[Marked]) -> dict[str, float]:
    """Return accuracy and macro-F1 of the type of a given pair."""
    readings = read_pieces(runner, [m.pieces for m in examples], [m.marks for m in examples])
    where = neural.columns(runner.labels.events, "plv")
    confusion = np.zeros((len(label_sets.PLV_ROOTS),) * 2)
    for example, reading in zip(examples, readings, strict=True):
        logits = (reading.events[example.read_at[0]] + reading.events[example.read_at[-1]])[where]
        confusion[example.labels["plv"], int(logits.argmax())] += 1
    hits = confusion.diagonal()
    f1 = 2 * hits / np.maximum(confusion.sum(0) + confusion.sum(1), 1)
    return {"accuracy": float(hits.sum() / confusion.sum()), "macro_f1": float(f1.mean())}


def entities(runner: Any, windows: Sequence[Any], threshold: float = 0.4) -> dict[str, float]:
    """Return exact entity F1 (span and type) over re3d windows."""
    read = neural.read_windows(runner, [w.pieces for w in windows])
    tally = Tally()
    by_pieces = {}
    for window in read:
        for number in sorted(set(window.sentence.tolist()) - {-1}):
            by_pieces[number] = window
    # Packing may join several windows, so compare inside each packed window by its own offsets.
    for number, gold in enumerate(windows):
        window = by_pieces[number]
        offset = int(np.argmax(window.sentence == number)) - 1
        mine = [w for w in [window] if w is not None]
        found = set()
        for w in mine:
            scores = neural_pairs.pair_scores(runner.labels, w.reading, "entity")
            size = len(gold.pieces)
            block = scores[:, offset : offset + size, offset : offset + size]
            best = block.max(axis=0)
            kept: list[tuple[int, int]] = []
            cells = np.argwhere(np.triu(best >= threshold))
            for s, e in sorted(map(tuple, cells), key=lambda c: -best[c[0], c[1]]):
                if (
                    s == 0
                    or e >= size - 1
                    or any(s < a <= e < b or a < s <= b < e for a, b in kept)
                ):
                    continue
                kept.append((s, e))
                found.add((int(s), int(e), int(block[:, s, e].argmax())))
        wanted = set(gold.pairs["entity"])
        tally += Tally(len(found & wanted), len(wanted), len(found))
    return {"exact": tally.row()["f1"], "p": tally.row()["precision"]}
