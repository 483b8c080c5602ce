"""The predicate lexicon: which words can name a PLOVER event, and how sure that is.

Frames are reviewed YAML, one file a type (`resources/predicates`). How often a
frame is right was counted on labelled news and is kept beside them
(`resources/predicate_confidence.yaml`); a frame never counted gets a cautious
default.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import Any, Literal

import yaml

from onrecord.annotate.frames import (
    ANYTHING,
    Condition,
    Frame,
    FrameError,
    FrameKind,
    needs_of,
    read_condition,
    read_frame,
)

# What a frame never met is worth: a bare word says less than several words together.
PRIOR_OF_A_WORD = 0.5
PRIOR_OF_A_PHRASE = 0.65
_STRICT = 2
# How much of its frame a predicate fills: with a party, without, or as a participle before a noun.
Shape = Literal["filled", "bare", "participle"]
_KINDS: tuple[tuple[str, FrameKind], ...] = (
    ("verbs", "verb"),
    ("nouns", "noun"),
    ("adjs", "adjective"),
)
_POS: Mapping[str, FrameKind] = {
    "VERB": "verb",
    "AUX": "verb",
    "NOUN": "noun",
    "PROPN": "noun",
    "ADJ": "adjective",
}


@dataclass(frozen=True, slots=True)
class Ontology:
    """PLOVER as data.

    Attributes:
        modes: Modes of each type.
        quads: Quad class of each type, 1 to 4.
        scores: Intensity of `(type, mode)`; mode None gives the type's own.
        becomes_when_planned: Type of an event that is only planned.
        mode_words: Per type and mode, lemmas nearby that tell the mode.
        context_words: Per context, lemmas and phrases that tell it.
    """

    modes: Mapping[str, tuple[str, ...]]
    quads: Mapping[str, int]
    scores: Mapping[tuple[str, str | None], float]
    becomes_when_planned: Mapping[str, str]
    mode_words: Mapping[str, Mapping[str, frozenset[str]]]
    context_words: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All frames, found by predicate.

    Attributes:
        frames: Every frame.
        by_predicate: Frames by lemma and kind, strictest first.
        confidences: By frame, lemma and shape, how often the words named such an event.
    """

    frames: tuple[Frame, ...]
    by_predicate: Mapping[tuple[str, FrameKind], tuple[Frame, ...]]
    confidences: Mapping[str, Mapping[str, Mapping[str, float]]]

    def frames_of(self, lemma: str, kind: FrameKind) -> tuple[Frame, ...]:
        """Return the frames whose predicate is `lemma`, strictest first."""
        return self.by_predicate.get((lemma, kind), ())

    def confidence_of(self, frame: Frame, lemma: str, shape: Shape) -> float:
        """Return how often `lemma` in `frame` names such an event, 0 to 1.

        Args:
            frame: The frame that fits.
            lemma: Lower-case lemma of the predicate.
            shape: Whether the sentence gives it a party.
        """
        counted = self.confidences.get(frame.key, {})
        return counted.get(lemma, counted.get("any", {})).get(shape, prior_of(frame))

    def types_of(self, lemma: str, pos: str) -> frozenset[str]:
        """Return the PLOVER types that a word may name.

        Args:
            lemma: Lower-case lemma.
            pos: Universal part of speech, e.g. "VERB".
        """
        kind = _POS.get(pos)
        return frozenset(f.type for f in self.frames_of(lemma, kind)) if kind else frozenset()


def prior_of(frame: Frame) -> float:
    """Return the confidence of a frame before its uses are counted."""
    return PRIOR_OF_A_PHRASE if frame.strictness > _STRICT else PRIOR_OF_A_WORD


def types_of(lemma: str, pos: str) -> frozenset[str]:
    """Return the PLOVER types that a word may name, by the lexicon that ships.

    Args:
        lemma: Lower-case lemma.
        pos: Universal part of speech, e.g. "VERB".
    """
    return load_lexicon().types_of(lemma, pos)


@lru_cache(maxsize=1)
def load_classes() -> Mapping[str, frozenset[str]]:
    """Return the lemmas of each word class that frames may name."""
    return {name: frozenset(words.split()) for name, words in _read("word_classes.yaml").items()}


@lru_cache(maxsize=1)
def load_light_verbs() -> Mapping[str, frozenset[str]]:
    """Return light verbs by what they make of their subject."""
    return {name: frozenset(words.split()) for name, words in _read("light_verbs.yaml").items()}


@lru_cache(maxsize=1)
def load_ontology() -> Ontology:
    """Return PLOVER's types, modes, scores and contexts."""
    raw = _read("plover.yaml")
    types: dict[str, Any] = raw["types"]
    scores: dict[tuple[str, str | None], float] = {}
    for name, entry in types.items():
        scores[name, None] = float(entry["score"])
        for mode, value in entry["modes"].items():
            scores[name, mode] = float(value)
    return Ontology(
        modes={name: tuple(entry["modes"]) for name, entry in types.items()},
        quads={name: int(entry["quad"]) for name, entry in types.items()},
        scores=scores,
        becomes_when_planned=raw["becomes_when_planned"],
        mode_words={
            name: {mode: frozenset(words.split()) for mode, words in modes.items()}
            for name, modes in raw["mode_words"].items()
        },
        context_words={
            name: frozenset(word.strip() for word in words.split(","))
            for name, words in raw["contexts"].items()
        },
    )


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """Return the lexicon that ships.

    Raises:
        FrameError: A frame breaks the notation, repeats another, or names an unknown class,
            type or mode.
    """
    frames = tuple(
        frame for name in sorted(_names()) for frame in read_frames(_read(f"predicates/{name}"))
    )
    check_frames(frames)
    return index_frames(frames, _read("predicate_confidence.yaml"))


def index_frames(
    frames: tuple[Frame, ...],
    confidences: Mapping[str, Mapping[str, Mapping[str, float]]] | None = None,
) -> Lexicon:
    """Return a lexicon of `frames`, in their order where two are equally strict."""
    index: dict[tuple[str, FrameKind], list[Frame]] = {}
    for frame in frames:
        for predicate in frame.predicates:
            index.setdefault((predicate, frame.kind), []).append(frame)
    for found in index.values():
        found.sort(key=lambda frame: -frame.strictness)
    return Lexicon(frames, {key: tuple(found) for key, found in index.items()}, confidences or {})


def read_frames(entry: Mapping[str, Any]) -> Iterator[Frame]:
    """Yield the frames of one type's file.

    Args:
        entry: `type` and `modes`; a mode has lists `verbs`, `nouns` and `adjs` of lines,
            or of mappings with `frame` and `near`, `not_near` or `without`.
    """
    for mode, lists in entry["modes"].items():
        for name, kind in _KINDS:
            for line in lists.get(name) or ():
                extra: Mapping[str, str] = {"frame": line} if isinstance(line, str) else line
                frame = replace(
                    read_frame(extra["frame"], kind),
                    type=entry["type"],
                    mode=None if mode == "none" else mode,
                    near=_condition(extra, "near"),
                    not_near=_condition(extra, "not_near"),
                    without=_condition(extra, "without"),
                )
                yield replace(frame, needs=needs_of(frame))


def _condition(line: Mapping[str, str], name: str) -> Condition:
    return read_condition(line[name]) if name in line else ANYTHING


def check_frames(frames: tuple[Frame, ...]) -> None:
    """Raise `FrameError` where a frame repeats another or names what does not exist."""
    ontology, classes = load_ontology(), load_classes()
    seen: set[str] = set()
    for frame in frames:
        if frame.key in seen:
            raise FrameError(f"{frame.key}: written twice")
        seen.add(frame.key)
        if frame.type not in ontology.modes:
            raise FrameError(f"{frame.key}: no such type")
        if frame.mode is not None and frame.mode not in ontology.modes[frame.type]:
            raise FrameError(f"{frame.key}: {frame.type} has no mode {frame.mode}")
        for condition in _conditions(frame):
            for name in condition.classes:
                if name not in classes and name not in TAGGED_CLASSES:
                    raise FrameError(f"{frame.key}: no word class @{name}")


# Classes that also hold for names, by what the tagger says; see `roles.fits`.
TAGGED_CLASSES = frozenset({"actor", "person", "org", "place", "pronoun"})


def _conditions(frame: Frame) -> Iterator[Condition]:
    yield from (frame.subject_condition, frame.modifiers, frame.near, frame.not_near, frame.without)
    for slot in frame.slots:
        yield slot.condition
        yield slot.modifiers


def _names() -> Iterator[str]:
    folder = files("onrecord") / "resources" / "predicates"
    return (entry.name for entry in folder.iterdir() if entry.name.endswith(".yaml"))


def _read(name: str) -> Any:
    resource = files("onrecord") / "resources"
    for part in name.split("/"):
        resource = resource / part
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load(resource.read_text(encoding="utf-8"), Loader=loader)
