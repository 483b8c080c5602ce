"""Find events, relations, quantities, entities and attributions in piece sequences.

Two passes share one encoder. The first reads windows of several sentences and
proposes triggers, number phrases, related pairs and who is quoted; the second
reads each sentence again with one trigger marked and decides on type, mode,
factuality and roles. Piece offsets count code points of the document, so what
is found here needs no further mapping.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from onrecord.annotate.decode import Logits, best_span, runs, softmax
from onrecord.annotate.encoder import Labels, OnnxRunner, Reading, Runner, read_pieces
from onrecord.annotate.pieces import Pieces
from onrecord.model.span import Span

WINDOW_PIECES = 128
# A window this full ends before a paragraph that it cannot take whole.
FULL_ENOUGH = 30
PROPOSAL = 0.12  # least first-pass probability that is worth a second look
# No sentence of prose tells of more acts; noise must not cost a pass for each of its pieces.
MOST_PROPOSALS = 40
PROPOSALS_AT_ONCE = 256
# How far each voice counts towards an event's probability; chosen on the development set.
FIRST_PASS_WEIGHT, SECOND_PASS_WEIGHT, HINT_WEIGHT = 0.35, 0.35, 0.3
# The second pass rarely says more: what it cannot lift over the threshold is not read again.
MOST_SURE = 0.9
# Of two acts of one type between like parties the weaker is mostly the same act told again; one as
# sure as this is mostly another: "after the attacks he said the nation had been attacked".
SURE_REPEAT = 0.7
TRIGGER_MARK, SOURCE_MARK, TARGET_MARK = 1, 2, 3


@dataclass(frozen=True, slots=True)
class EventFind:
    """An event as the network sees it; spans count code points.

    Attributes:
        sentence: Number of the sentence among those given.
        type: PLOVER type.
        mode: PLOVER mode, or None.
        trigger: The trigger.
        roles: Span of each role that was found.
        factuality: One of the five values.
        probability: That type and trigger are right, before calibration.
        role_probability: That the source and target choices are right, before calibration.
    """

    sentence: int
    type: str
    mode: str | None
    trigger: Span
    roles: dict[str, Span]
    factuality: str
    probability: float
    role_probability: float


@dataclass(frozen=True, slots=True)
class SpanFind:
    """A span with a label; `probability` before calibration."""

    span: Span
    label: str
    probability: float


@dataclass(frozen=True, slots=True)
class Window:
    """Consecutive sentences read together.

    Attributes:
        pieces: All pieces with one opening and one closing piece.
        sentence: For each piece the number of its sentence, -1 for special pieces.
        reading: The first pass.
    """

    pieces: Pieces
    sentence: npt.NDArray[np.int64]
    reading: Reading


def read_windows(
    runner: Runner, sentences: Sequence[Pieces], paragraphs: Sequence[int] = ()
) -> list[Window]:
    """Return the first pass over `sentences`, packed into windows in order.

    Args:
        runner: The network.
        sentences: Pieces of each sentence.
        paragraphs: For each the number of its paragraph, rising; empty if nothing is known of
            paragraphs. Quotations and their speakers mostly stand in one, so that windows
            rather end between two.
    """
    packed = _pack(sentences, paragraphs or [0] * len(sentences))
    readings = read_pieces(runner, [pieces for pieces, _ in packed])
    return [
        Window(pieces, numbers, reading)
        for (pieces, numbers), reading in zip(packed, readings, strict=True)
    ]


def _pack(
    sentences: Sequence[Pieces], paragraphs: Sequence[int]
) -> list[tuple[Pieces, npt.NDArray[np.int64]]]:
    sizes: dict[int, int] = {}
    for pieces, paragraph in zip(sentences, paragraphs, strict=True):
        sizes[paragraph] = sizes.get(paragraph, 0) + len(pieces)
    packed: list[tuple[Pieces, npt.NDArray[np.int64]]] = []
    run: list[int] = []
    length = 0
    for number, pieces in enumerate(sentences):
        room = WINDOW_PIECES - length
        whole = sizes[paragraphs[number]]
        opens = number == 0 or paragraphs[number] != paragraphs[number - 1]
        keeps_whole = opens and length >= FULL_ENOUGH and room < whole <= WINDOW_PIECES
        if run and (len(pieces) > room or keeps_whole):
            packed.append(_join(sentences, run))
            run, length = [], 0
        run.append(number)
        length += len(pieces)
    if run:
        packed.append(_join(sentences, run))
    return packed


def _join(sentences: Sequence[Pieces], run: list[int]) -> tuple[Pieces, npt.NDArray[np.int64]]:
    first = sentences[run[0]]
    inner = [slice(1, len(sentences[i]) - 1) for i in run]

    def column(name: str) -> npt.NDArray[np.int64]:
        parts = [getattr(sentences[i], name)[cut] for i, cut in zip(run, inner, strict=True)]
        return np.concatenate([getattr(first, name)[:1], *parts, getattr(first, name)[-1:]])

    numbers = [np.full(len(sentences[i]) - 2, i) for i in run]
    # Words are numbered within each sentence; together they need numbers of their own.
    spread = [
        sentences[i].words[cut] + 1_000 * position
        for position, (i, cut) in enumerate(zip(run, inner, strict=True))
    ]
    joined = Pieces(
        column("ids"),
        column("cases"),
        column("starts"),
        column("ends"),
        np.concatenate([[-1], *spread, [-1]]).astype(np.int64),
    )
    return joined, np.concatenate([[-1], *numbers, [-1]]).astype(np.int64)


def columns(heads: dict[str, tuple[str, ...]], name: str) -> slice:
    """Return which columns belong to head `name`."""
    start = 0
    for head, labels in heads.items():
        if head == name:
            return slice(start, start + len(labels))
        start += len(labels)
    raise KeyError(name)


@dataclass(frozen=True, slots=True)
class Hint:
    """An event that the lexicon proposes.

    Attributes:
        sentence: Number of the sentence among those given.
        trigger: Its trigger.
        type: Its PLOVER type.
        confidence: How often the lexicon's frame is right, 0 to 1.
    """

    sentence: int
    trigger: Span
    type: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Proposal:
    """A trigger worth a second pass; `first_pass` and `hinted` are scores of each type."""

    sentence: int
    first: int
    last: int
    first_pass: Logits
    hinted: Logits

    @property
    def so_far(self) -> Logits:
        """What both say of each type, as parts of the joined probability."""
        return FIRST_PASS_WEIGHT * self.first_pass + HINT_WEIGHT * self.hinted


def find_events(
    runner: Runner,
    sentences: Sequence[Pieces],
    windows: Sequence[Window],
    threshold: float,
    hints: Sequence[Hint] = (),
) -> list[EventFind]:
    """Return events whose combined probability reaches `threshold`, in order of the text.

    Args:
        runner: The network.
        sentences: Pieces of each sentence.
        windows: The first pass over them.
        threshold: Least probability.
        hints: What the lexicon proposes; it knows words that training never saw.
    """
    proposals = [
        proposal
        for proposal in _proposals(runner.labels, sentences, windows, hints)
        if proposal.so_far.max() + SECOND_PASS_WEIGHT * MOST_SURE >= threshold
    ]
    proposals = _at_most(proposals, MOST_PROPOSALS)
    finds: list[EventFind] = []
    for start in range(0, len(proposals), PROPOSALS_AT_ONCE):
        some = proposals[start : start + PROPOSALS_AT_ONCE]
        marks = []
        for proposal in some:
            mark = np.zeros(len(sentences[proposal.sentence]), dtype=np.int64)
            mark[proposal.first : proposal.last + 1] = TRIGGER_MARK
            marks.append(mark)
        readings = read_pieces(runner, [sentences[p.sentence] for p in some], marks)
        finds += [
            _judge(runner.labels, sentences[proposal.sentence], proposal, reading)
            for proposal, reading in zip(some, readings, strict=True)
        ]
    return without_repeats([find for find in finds if find.probability >= threshold])


def _at_most(proposals: Sequence[_Proposal], most: int) -> list[_Proposal]:
    """Return the surest proposals of each sentence, `most` at most, in their order."""
    by_sentence: dict[int, list[_Proposal]] = {}
    for proposal in proposals:
        by_sentence.setdefault(proposal.sentence, []).append(proposal)
    kept: list[_Proposal] = []
    for some in by_sentence.values():
        surest = sorted(some, key=lambda p: -float((p.first_pass + p.hinted).max()))[:most]
        kept += sorted(surest, key=lambda p: p.first)
    return kept


def _proposals(
    labels: Labels,
    sentences: Sequence[Pieces],
    windows: Sequence[Window],
    hints: Sequence[Hint],
) -> list[_Proposal]:
    types = labels.events["type"][1:]
    where = columns(labels.tags, "trigger")
    proposals: list[_Proposal] = []
    beginnings: dict[int, Logits] = {}
    for window in windows:
        logits = window.reading.tags[:, where]
        probabilities = softmax(logits)[:, 1:-1]
        for number in set(window.sentence.tolist()) - {-1}:
            offset = int(np.argmax(window.sentence == number)) - 1
            beginnings[number] = probabilities[offset : offset + len(sentences[number])]
        for found in runs(logits, PROPOSAL):
            number = int(window.sentence[found.first])
            offset = int(np.argmax(window.sentence == number)) - 1
            first = found.first - offset
            last = min(found.last - offset, len(sentences[number]) - 2)
            blank = np.zeros(len(types), dtype=np.float32)
            proposals.append(_Proposal(number, first, last, probabilities[found.first], blank))
    for hint in hints:
        at = sentences[hint.sentence].covering(hint.trigger)
        if at is None:
            continue
        same = [
            p for p in proposals if p.sentence == hint.sentence and _meet((p.first, p.last), at)
        ]
        if not same:
            blank = np.zeros(len(types), dtype=np.float32)
            peak = beginnings[hint.sentence][at[0] : at[1] + 1].max(axis=0)
            same = [_Proposal(hint.sentence, *at, peak, blank)]
            proposals.append(same[0])
        for proposal in same:
            column = types.index(hint.type)
            proposal.hinted[column] = max(proposal.hinted[column], hint.confidence)
    return proposals


def _meet(one: tuple[int, int], other: tuple[int, int]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _judge(labels: Labels, pieces: Pieces, proposal: _Proposal, reading: Reading) -> EventFind:
    events = reading.events[proposal.first]
    judged = softmax(events[columns(labels.events, "type")])[1:]
    joined = proposal.so_far + SECOND_PASS_WEIGHT * judged
    best = int(joined.argmax())
    modes = labels.events["mode"]
    mode = modes[int(events[columns(labels.events, "mode")].argmax())]
    factualities = labels.events["factuality"]
    factuality = factualities[int(events[columns(labels.events, "factuality")].argmax())]
    roles: dict[str, Span] = {}
    role_probability = 1.0
    for i, role in enumerate(labels.roles):
        first, last, probability = best_span(reading.roles[:, 2 * i], reading.roles[:, 2 * i + 1])
        if first > 0:
            roles[role] = pieces.span(first, last)
        if role in ("source", "target"):
            role_probability *= probability
    return EventFind(
        proposal.sentence,
        labels.events["type"][best + 1],
        None if mode == "none" else mode,
        pieces.span(proposal.first, proposal.last),
        roles,
        factuality,
        float(joined[best]),
        role_probability,
    )


def without_repeats(finds: Sequence[EventFind]) -> list[EventFind]:
    """Drop the weaker of two events of one sentence and type whose roles are compatible.

    It stays when it is as sure as `SURE_REPEAT`.
    """
    kept: list[EventFind] = []
    for find in sorted(finds, key=lambda f: -f.probability):
        if find.probability >= SURE_REPEAT or not any(
            other.sentence == find.sentence
            and other.type == find.type
            and all(
                role not in find.roles
                or role not in other.roles
                or find.roles[role].overlaps(other.roles[role])
                for role in ("source", "target")
            )
            for other in kept
        ):
            kept.append(find)
    return sorted(kept, key=lambda f: f.trigger)


def type_of_pair(
    runner: OnnxRunner, pairs: Sequence[tuple[str, Span | None, Span | None]]
) -> list[str]:
    """Return the root type of what passes from a given source to a given target.

    Args:
        runner: The network with its tokenizer.
        pairs: Sentence, source and target (None where it names none); spans count its code
            points.
    """
    pieces = [runner.tokenizer.encode(text) for text, _, _ in pairs]
    marks, read_at = [], []
    for encoded, (_, source, target) in zip(pieces, pairs, strict=True):
        mark = np.zeros(len(encoded), dtype=np.int64)
        firsts = []
        for value, span in ((SOURCE_MARK, source), (TARGET_MARK, target)):
            at = encoded.covering(span) if span is not None else None
            if at is not None:
                mark[at[0] : at[1] + 1] = value
                firsts.append(at[0])
        marks.append(mark)
        read_at.append(firsts or [0])
    where = columns(runner.labels.events, "plv")
    readings = read_pieces(runner, pieces, marks)
    return [
        runner.labels.events["plv"][int(reading.events[at][:, where].mean(axis=0).argmax())]
        for reading, at in zip(readings, read_at, strict=True)
    ]


def find_tagged(
    runner: Runner, windows: Sequence[Window], head: str, threshold: float
) -> list[SpanFind]:
    """Return the runs of one begin-and-inside tagger, in order of the text."""
    where = columns(runner.labels.tags, head)
    return [
        SpanFind(window.pieces.span(run.first, run.last), head, run.probability)
        for window in windows
        for run in runs(window.reading.tags[:, where], threshold)
    ]
