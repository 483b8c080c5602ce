"""Turn the data sets into windows and marked sentences with piece-level targets.

A window is a run of whole sentences of one document that fits the encoder; a
marked sentence points at one trigger (or at a given source and target).
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.annotate.pieces import Pieces, PieceTokenizer
from onrecord.evaluation.pair_types import load as load_pairs
from onrecord.model.span import Span
from training.labels import (
    ENTITY_TYPES,
    EVENT_CLASSES,
    FACTUALITIES,
    MODES,
    PLV_ROOTS,
    RELATIONS,
    ROLES,
    TRIGGER_TAGS,
)

IGNORE = -100
_SENTENCE_END = re.compile(r"(?<=[.!?])[”\"’']?\s+(?=[“\"‘'A-Z])|\n+")
_BRAT_ROW = re.compile(r"^([TE]\d+)\t([^\t\n]+)", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z][A-Za-z’'-]*")


@dataclass(slots=True)
class Window:
    """A first-pass example.

    Attributes:
        pieces: The text's pieces.
        sentence: For each piece the number of its sentence, -1 for special pieces.
        tags: Targets by head name, `IGNORE` where a head is not supervised.
        pairs: Positive pairs by head name: `(left piece, right piece, label)`.
        task: Which data set the window comes from; heads of other tasks get no loss.
    """

    pieces: Pieces
    sentence: np.ndarray
    task: str
    tags: dict[str, np.ndarray] = field(default_factory=dict)
    pairs: dict[str, list[tuple[int, int, int]]] = field(default_factory=dict)


@dataclass(slots=True)
class Marked:
    """A second-pass example.

    Attributes:
        pieces: The sentence's pieces.
        marks: 0, or 1 on trigger pieces, 2 on source and 3 on target pieces.
        read_at: Pieces whose event logits are averaged.
        labels: Targets by head name; missing heads get no loss.
        roles: For each role first and last piece, (0, 0) for none; None: no loss.
    """

    pieces: Pieces
    marks: np.ndarray
    read_at: tuple[int, ...]
    labels: dict[str, int]
    roles: list[tuple[int, int]] | None = None


def read_json_lines(path: Path) -> list[dict[str, Any]]:
    """Return the objects of a JSON lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def passages(records: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    """Yield the records of each passage: consecutive sentences of one document."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
    for record in records:
        groups[record["id"].rpartition("-")[0], record["document"]].append(record)
    yield from groups.values()


def sentence_windows(
    records: list[dict[str, Any]], tokenizer: PieceTokenizer, most_pieces: int
) -> list[Window]:
    """Return windows of labelled sentences, at most `most_pieces` long where sentences allow."""
    windows = []
    for passage in passages(records):
        run: list[dict[str, Any]] = []
        length = 0
        for record in passage:
            size = len(tokenizer.encode(record["text"]))
            if run and length + size > most_pieces:
                windows.append(_sentence_window(run, tokenizer))
                run, length = [], 0
            run.append(record)
            length += size
        if run:
            windows.append(_sentence_window(run, tokenizer))
    return windows


def _sentence_window(run: list[dict[str, Any]], tokenizer: PieceTokenizer) -> Window:
    text, bases = "", []
    for record in run:
        text += " " if text else ""
        bases.append(len(text))
        text += record["text"]
    pieces = tokenizer.encode(text)
    sentence = np.searchsorted(np.array(bases), pieces.starts, side="right") - 1
    sentence[pieces.starts < 0] = -1
    window = Window(pieces, sentence, "sentences")
    trigger = np.where(pieces.starts < 0, IGNORE, 0)
    quantity = trigger.copy()
    relations: list[tuple[int, int, int]] = []
    arguments: set[tuple[int, int, int]] = set()

    def at(base: int, span: list[int] | None) -> tuple[int, int] | None:
        return None if span is None else pieces.covering(Span(span[0] + base, span[1] + base))

    for record, base in zip(run, bases, strict=True):
        for event in record["events"]:
            if found := at(base, event["trigger"]):
                trigger[found[0]] = TRIGGER_TAGS.index(f"B-{event['type']}")
                later = trigger[found[0] + 1 : found[1] + 1]
                later[later == 0] = TRIGGER_TAGS.index("I")
            for role in ROLES:
                if found := at(base, event[role]):
                    arguments.add((*found, 0))
        for number in record["quantities"]:
            if found := at(base, number["span"]):
                quantity[found[0] : found[1] + 1] = 2
                quantity[found[0]] = 1
        for relation in record["relations"]:
            subject, other = at(base, relation["subject"]), at(base, relation["object"])
            if subject and other and relation["type"] in RELATIONS:
                relations.append((subject[0], other[0], RELATIONS.index(relation["type"]) - 1))
                arguments.update(((*subject, 0), (*other, 0)))
    window.tags = {"trigger": trigger, "quantity": quantity}
    window.pairs = {"relation": sorted(set(relations)), "argument": sorted(arguments)}
    return window


def marked_events(records: list[dict[str, Any]], tokenizer: PieceTokenizer) -> list[Marked]:
    """Return one marked sentence for each labelled event."""
    examples = []
    for record in records:
        pieces = tokenizer.encode(record["text"])
        for event in record["events"]:
            at = pieces.covering(Span(*event["trigger"]))
            if at is None:
                continue
            roles = []
            for role in ROLES:
                found = pieces.covering(Span(*event[role])) if event[role] else None
                roles.append(found or (0, 0))
            mode = event["mode"] or "none"
            labels = {
                "type": EVENT_CLASSES.index(event["type"]),
                "mode": MODES.index(mode) if mode in MODES else IGNORE,
                "factuality": FACTUALITIES.index(event["factuality"]),
            }
            examples.append(_mark(pieces, at, labels, roles))
    return examples


class NegativeTriggers:
    """Draws words that are triggers elsewhere but not in this sentence."""

    def __init__(self, records: list[dict[str, Any]], tokenizer: PieceTokenizer) -> None:
        self._tokenizer = tokenizer
        self._records = records
        self._heads: Counter[str] = Counter()
        for record in records:
            for event in record["events"]:
                words = _WORD.findall(record["text"][slice(*event["trigger"])].lower())
                self._heads.update(words[:1])

    def draw(self, rng: random.Random, per_sentence: float) -> list[Marked]:
        """Return fresh negatives, about `per_sentence` a sentence."""
        drawn = []
        for record in self._records:
            taken = [event["trigger"] for event in record["events"]]
            free = [
                (match.start(), match.end(), self._heads[match[0].lower()] ** 0.5 + 0.02)
                for match in _WORD.finditer(record["text"])
                if not any(s < match.end() and match.start() < e for s, e in taken)
            ]
            if not free:
                continue
            count = int(per_sentence) + (rng.random() < per_sentence % 1)
            for start, end, _ in rng.choices(free, [w for *_, w in free], k=count):
                pieces = self._tokenizer.encode(record["text"])
                if at := pieces.covering(Span(start, end)):
                    drawn.append(_mark(pieces, at, {"type": 0}, None))
        return drawn


def _mark(
    pieces: Pieces,
    at: tuple[int, int],
    labels: dict[str, int],
    roles: list[tuple[int, int]] | None,
) -> Marked:
    marks = np.zeros(len(pieces), dtype=np.int64)
    marks[at[0] : at[1] + 1] = 1
    return Marked(pieces, marks, (at[0],), labels, roles)


def marked_pairs(path: Path, tokenizer: PieceTokenizer) -> list[Marked]:
    """Return the sentences of a PLV table, what is named of source and target marked."""
    examples = []
    for pair in load_pairs(path):
        pieces = tokenizer.encode(pair.text)
        marks = np.zeros(len(pieces), dtype=np.int64)
        read_at = []
        for value, span in ((2, pair.source), (3, pair.target)):
            at = pieces.covering(span) if span is not None else None
            if at is not None:
                marks[at[0] : at[1] + 1] = value
                read_at.append(at[0])
        labels = {"plv": PLV_ROOTS.index(pair.root)}
        examples.append(Marked(pieces, marks, tuple(read_at or [0]), labels))
    return examples


def plain_windows(text: str, tokenizer: PieceTokenizer, most_pieces: int) -> Iterator[Span]:
    """Yield runs of whole sentences of `text`, at most `most_pieces` long where they allow."""
    start, length, last_end = None, 0, 0
    for begin, end in _sentence_bounds(text):
        size = len(tokenizer.encode(text[begin:end]))
        if start is not None and length + size > most_pieces:
            yield Span(start, last_end)
            start = None
        if start is None:
            start, length = begin, 0
        length += size
        last_end = end
    if start is not None:
        yield Span(start, last_end)


def _sentence_bounds(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _SENTENCE_END.finditer(text):
        if text[start : match.start()].strip():
            # The closing quotation mark belongs to the sentence it closes.
            end = match.start() + len(match[0]) - len(match[0].lstrip("”\"’'"))
            yield start, end
            start = match.end()
    if text[start:].strip():
        yield start, len(text.rstrip())


@dataclass(slots=True)
class Quoted:
    """One gold attribution: spans of each role, pieces of a discontinuous one joined."""

    source: list[Span]
    cue: list[Span]
    content: list[Span]


def read_polnear(folder: Path) -> Iterator[tuple[str, list[Quoted]]]:
    """Yield text and attributions of each article of a PolNeAR compartment."""
    for annotation in sorted((folder / "attributions").glob("*.ann")):
        # The annotator's code follows the article's name.
        article = annotation.stem.rpartition("_")[0]
        text = (folder / "text" / f"{article}.txt").read_bytes().decode("utf-8")
        # Annotated words may hold line ends, so a row is known by its beginning.
        rows = _BRAT_ROW.findall(annotation.read_text(encoding="utf-8"))
        spans = {
            name: [Span(*map(int, pair.split())) for pair in what.partition(" ")[2].split(";")]
            for name, what in rows
            if name.startswith("T")
        }
        found = []
        for name, what in rows:
            if name.startswith("E"):
                quoted = Quoted([], [], [])
                for part in what.split():
                    role, _, where = part.partition(":")
                    role = role.rstrip("0123456789").lower()
                    if role in ("source", "cue", "content"):
                        getattr(quoted, role).extend(spans[where])
                found.append(quoted)
        yield text, found


def polnear_windows(folder: Path, tokenizer: PieceTokenizer, most_pieces: int) -> list[Window]:
    """Return windows of PolNeAR articles with tags and links."""
    windows = []
    for text, quoted in read_polnear(folder):
        for span in plain_windows(text, tokenizer, most_pieces):
            inside = [
                q for q in quoted
                if any(span.overlaps(part) for part in (*q.source, *q.cue, *q.content))
            ]  # fmt: skip
            windows.append(_polnear_window(text, span, inside, tokenizer))
    return windows


def _polnear_window(
    text: str, span: Span, quoted: list[Quoted], tokenizer: PieceTokenizer
) -> Window:
    pieces = tokenizer.encode(text[span.start : span.end])
    blank = np.where(pieces.starts < 0, IGNORE, 0)
    tags = {name: blank.copy() for name in ("source", "cue", "content", "inner")}
    links: list[tuple[int, int, int]] = []

    def at(part: Span) -> tuple[int, int] | None:
        start, end = max(part.start, span.start), min(part.end, span.end)
        if start >= end:
            return None
        return pieces.covering(Span(start - span.start, end - span.start))

    contents = [part for q in quoted for part in q.content]
    for q in quoted:
        sources = [f for part in q.source if (f := at(part))]
        cues = [f for part in q.cue if (f := at(part))]
        for name, found in (("source", sources), ("cue", cues)):
            for first, last in found:
                _tag(tags[name], first, last)
        for part in q.content:
            place = at(part)
            if place is None:
                continue
            nested = any(o != part and o.contains(part) for o in contents)
            _tag(tags["inner" if nested else "content"], *place)
            links.extend((place[0], cue[0], 1) for cue in cues[:1])
        links.extend((cue[0], source[0], 0) for cue in cues[:1] for source in sources[:1])
    window = Window(pieces, np.zeros(len(pieces), dtype=np.int64), "polnear")
    window.tags = tags
    window.pairs = {"link": sorted(set(links))}
    return window


def _tag(tags: np.ndarray, first: int, last: int) -> None:
    tags[first : last + 1] = 2
    tags[first] = 1


def re3d_windows(
    folders: Iterable[Path], tokenizer: PieceTokenizer, most_pieces: int
) -> list[Window]:
    """Return windows of re3d reports with entity spans (confidence 0.5 or more)."""
    windows = []
    for folder in folders:
        entities: dict[str, list[tuple[Span, int]]] = defaultdict(list)
        for row in read_json_lines(folder / "entities.json"):
            if row.get("confidence", 1) >= 0.5 and row["type"] in ENTITY_TYPES:
                span = Span(row["begin"], row["end"])
                entities[row["documentId"]].append((span, ENTITY_TYPES.index(row["type"])))
        for document in read_json_lines(folder / "documents.json"):
            for span in plain_windows(document["text"], tokenizer, most_pieces):
                pieces = tokenizer.encode(document["text"][span.start : span.end])
                found = set()
                for entity, label in entities[document["_id"]]:
                    if span.contains(entity):
                        place = pieces.covering(entity.shifted(-span.start))
                        if place:
                            found.add((*place, label))
                window = Window(pieces, np.zeros(len(pieces), dtype=np.int64), "re3d")
                window.pairs = {"entity": sorted(found)}
                windows.append(window)
    return windows
