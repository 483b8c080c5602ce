"""Score events, relations and quantities of single sentences by one-to-one matching.

Gold and predictions share one JSON lines format: a row has `id`, `text` and
the lists `events`, `relations` and `quantities`; spans are `[start, end)` in
code points of the sentence. Every score counts a gold item at most once and a
predicted item at most once, so repeating a find never helps.

    python -m onrecord.evaluation.sentences gold.jsonl predictions.jsonl
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from onrecord.errors import ReadError
from onrecord.evaluation.matching import Tally, match, tally
from onrecord.model.annotation import Annotations, Event, Relation
from onrecord.model.span import Span

FOLDER_FILES = ("test.jsonl", "dev.jsonl")


@dataclass(frozen=True, slots=True)
class Figure:
    """A number phrase as labelled.

    Attributes:
        span: The number phrase.
        low: Least value, None when open.
        high: Greatest value, None when open.
    """

    span: Span
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class LabelledSentence:
    """A sentence with what it reports.

    Attributes:
        id: Key that joins gold and predictions.
        text: The sentence.
        labelled: Whether the row had annotations at all; a row without is only input.
        events: Its events, spans in code points of `text`.
        relations: Its relations.
        figures: Its quantities.
    """

    id: str
    text: str
    labelled: bool = False
    events: tuple[Event, ...] = ()
    relations: tuple[Relation, ...] = ()
    figures: tuple[Figure, ...] = ()


def load(path: Path | str) -> dict[str, LabelledSentence]:
    """Return the sentences of a JSON lines file by id.

    Args:
        path: A file, or a folder that holds `test.jsonl` or `dev.jsonl`.

    Raises:
        ReadError: No such file, or a line is not a labelled sentence.
    """
    file = _file_at(Path(path))
    sentences: dict[str, LabelledSentence] = {}
    with file.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                sentence = sentence_of_row(json.loads(line))
            except (KeyError, TypeError, ValueError) as error:
                raise ReadError(
                    f"{file}:{number}",
                    f"not a labelled sentence ({error})",
                    "Each line needs id and text, and spans as [start, end).",
                ) from error
            if sentence.id in sentences:
                raise ReadError(f"{file}:{number}", f"id {sentence.id} occurs twice")
            sentences[sentence.id] = sentence
    return sentences


def _file_at(path: Path) -> Path:
    if path.is_file():
        return path
    for name in FOLDER_FILES:
        if (path / name).is_file():
            return path / name
    raise ReadError(
        str(path), "neither a file nor a folder with test.jsonl or dev.jsonl", "Check the path."
    )


def sentence_of_row(row: Mapping[str, Any]) -> LabelledSentence:
    """Return the labelled sentence that one JSON object holds.

    Raises:
        KeyError: A field is missing.
        ValueError: A span is empty or reversed.
    """
    return LabelledSentence(
        id=row["id"],
        text=row.get("text", ""),
        labelled="events" in row,
        events=tuple(
            Event(
                type=e["type"],
                mode=e["mode"],
                trigger=Span(*e["trigger"]),
                source=_span(e["source"]),
                target=_span(e["target"]),
                factuality=e["factuality"],
                time=_span(e.get("time")),
                place=_span(e.get("place")),
                confidence=e.get("confidence", 1.0),
            )
            for e in row.get("events", ())
        ),
        relations=tuple(
            Relation(
                r["type"],
                Span(*r["subject"]),
                Span(*r["object"]),
                Span(*r["evidence"]),
                confidence=r.get("confidence", 1.0),
            )
            for r in row.get("relations", ())
        ),
        figures=tuple(
            Figure(Span(*q["span"]), q["low"], q["high"]) for q in row.get("quantities", ())
        ),
    )


def _span(value: Sequence[int] | None) -> Span | None:
    return None if value is None else Span(*value)


def row_of_annotations(identifier: str, text: str, annotations: Annotations) -> dict[str, Any]:
    """Return the JSON object that `load` reads back; spans must count from the start of `text`."""

    def pair(span: Span | None) -> list[int] | None:
        return None if span is None else [span.start, span.end]

    return {
        "id": identifier,
        "text": text,
        "events": [
            {
                "type": e.type,
                "mode": e.mode,
                "factuality": e.factuality,
                "trigger": pair(e.trigger),
                "source": pair(e.source),
                "target": pair(e.target),
                "time": pair(e.time),
                "place": pair(e.place),
                "confidence": round(e.confidence, 3),
            }
            for e in annotations.events
        ],
        "relations": [
            {
                "type": r.type,
                "subject": pair(r.subject),
                "object": pair(r.object),
                "evidence": pair(r.evidence),
                "confidence": round(r.confidence, 3),
            }
            for r in annotations.relations
        ],
        "quantities": [
            {
                "span": pair(q.span),
                "what": q.counted.text_in(text) if q.counted else "",
                "low": q.amount.low,
                "high": q.amount.high,
                "unit": q.amount.unit,
                "bound": q.amount.bound,
            }
            for q in annotations.quantities
        ],
    }


def same_place(gold: Span | None, predicted: Span | None) -> bool:
    """Return whether both spans are missing, or both are there and overlap."""
    if gold is None or predicted is None:
        return gold is predicted
    return gold.overlaps(predicted)


def found(gold: Event, predicted: Event) -> bool:
    """Return whether the triggers overlap."""
    return gold.trigger.overlaps(predicted.trigger)


def typed(gold: Event, predicted: Event) -> bool:
    """Return whether the triggers overlap and the types are equal."""
    return gold.type == predicted.type and found(gold, predicted)


def with_roles(gold: Event, predicted: Event) -> bool:
    """Return whether trigger, type, source and target fit; missing fits missing."""
    return (
        typed(gold, predicted)
        and same_place(gold.source, predicted.source)
        and same_place(gold.target, predicted.target)
    )


def same_relation(gold: Relation, predicted: Relation) -> bool:
    """Return whether type is equal and subject and object overlap."""
    return gold.type == predicted.type and same_parties(gold, predicted)


def same_parties(gold: Relation, predicted: Relation) -> bool:
    """Return whether subject and object overlap, whatever the type."""
    return gold.subject.overlaps(predicted.subject) and gold.object.overlaps(predicted.object)


def same_value(gold: Figure, predicted: Figure) -> bool:
    """Return whether the phrases overlap and both ends of the value are equal."""
    return gold.span.overlaps(predicted.span) and (gold.low, gold.high) == (
        predicted.low,
        predicted.high,
    )


def score(
    gold: Mapping[str, LabelledSentence], predicted: Mapping[str, LabelledSentence]
) -> dict[str, dict[str, Any]]:
    """Return all scores; sentences missing from `predicted` count as empty.

    Returns:
        `events`, `relations` and `quantities`, each with rows of precision, recall, F1
        and counts; `events` also holds `factuality` and `mode` accuracy over events of
        the right type.
    """
    joined = [(g, predicted.get(g.id, LabelledSentence(g.id, g.text))) for g in gold.values()]
    return {
        "events": score_events((g.events, p.events) for g, p in joined),
        "relations": score_relations((g.relations, p.relations) for g, p in joined),
        "quantities": score_quantities((g.figures, p.figures) for g, p in joined),
    }


def score_events(
    sentences: Iterable[tuple[Sequence[Event], Sequence[Event]]],
) -> dict[str, Any]:
    """Return the event scores over `(gold, predicted)` events of one sentence each."""
    pairs = list(sentences)
    aligned = [
        both
        for gold, predicted in pairs
        for both in match(gold, predicted, typed, better=with_roles)
    ]
    right_roles = [(g, p) for g, p in aligned if with_roles(g, p)]
    moded = [(g, p) for g, p in aligned if g.mode is not None or p.mode is not None]
    types = sorted({e.type for gold, predicted in pairs for e in (*gold, *predicted)})
    return {
        "found": tally(pairs, found).row(),
        "type": tally(pairs, typed).row(),
        "type_source_target": tally(pairs, with_roles).row(),
        "factuality": _accuracy((g.factuality, p.factuality) for g, p in aligned),
        "by_factuality": _by_value([(g.factuality, p.factuality) for g, p in aligned]),
        "mode": _accuracy((g.mode, p.mode) for g, p in aligned),
        "mode_where_any": _accuracy((g.mode, p.mode) for g, p in moded),
        "source": _accuracy((True, same_place(g.source, p.source)) for g, p in aligned),
        "target": _accuracy((True, same_place(g.target, p.target)) for g, p in aligned),
        "time": _accuracy((True, same_place(g.time, p.time)) for g, p in right_roles),
        "place": _accuracy((True, same_place(g.place, p.place)) for g, p in right_roles),
        "by_type": {
            name: tally(
                (
                    ([e for e in g if e.type == name], [e for e in p if e.type == name])
                    for g, p in pairs
                ),
                found,
            ).row()
            for name in types
        },
    }


def score_relations(
    sentences: Iterable[tuple[Sequence[Relation], Sequence[Relation]]],
) -> dict[str, Any]:
    """Return the relation scores over `(gold, predicted)` relations of one sentence each."""
    pairs = list(sentences)
    types = sorted({r.type for gold, predicted in pairs for r in (*gold, *predicted)})
    return {
        "pair": tally(pairs, same_parties).row(),
        "type": tally(pairs, same_relation).row(),
        "by_type": {
            name: tally(
                (
                    ([r for r in g if r.type == name], [r for r in p if r.type == name])
                    for g, p in pairs
                ),
                same_relation,
            ).row()
            for name in types
        },
    }


def score_quantities(
    sentences: Iterable[tuple[Sequence[Figure], Sequence[Figure]]],
) -> dict[str, Any]:
    """Return the quantity scores over `(gold, predicted)` figures of one sentence each."""
    pairs = list(sentences)
    return {
        "found": tally(pairs, lambda g, p: g.span.overlaps(p.span)).row(),
        "value": tally(pairs, same_value).row(),
    }


def _accuracy(pairs: Iterable[tuple[object, object]]) -> dict[str, float]:
    answers = [expected == given for expected, given in pairs]
    right = sum(answers)
    share = right / len(answers) if answers else 0.0
    return {"accuracy": round(share, 4), "hits": right, "of": len(answers)}


def _by_value(pairs: Sequence[tuple[str, str]]) -> dict[str, dict[str, float]]:
    """Return a row for each value that is expected or given, over pairs of the two."""
    return {
        value: Tally(
            sum(expected == given == value for expected, given in pairs),
            sum(expected == value for expected, _ in pairs),
            sum(given == value for _, given in pairs),
        ).row()
        for value in sorted({value for pair in pairs for value in pair})
    }


def table(scores: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the scores as lines of text, one measure each."""
    return "\n".join(_lines(scores, ""))


def _lines(scores: Mapping[str, Any], prefix: str) -> Iterator[str]:
    for name, value in scores.items():
        label = f"{prefix}{name}"
        if "f1" in value:
            yield (
                f"{label:<36} P {value['precision']:.3f}  R {value['recall']:.3f}"
                f"  F1 {value['f1']:.3f}  ({value['hits']} of {value['expected']}"
                f" expected, {value['found']} found)"
            )
        elif "accuracy" in value:
            share = f"({value['hits']} of {value['of']})"
            yield f"{label:<36} accuracy {value['accuracy']:.3f}  {share}"
        else:
            yield from _lines(value, f"{label}.")


if __name__ == "__main__":
    print(table(score(load(sys.argv[1]), load(sys.argv[2]))))
