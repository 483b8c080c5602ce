"""What an endpoint is asked: instructions, and sentences in windows with numbers.

The instructions are ours (`resources/endpoint.yaml`); types and modes are those
of the ontology, so the two cannot drift apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from onrecord.annotate.lexicon import load_ontology
from onrecord.annotate.text import Parse
from onrecord.model.span import Span

# Some sentences at a time: enough to know who "he" is, few enough to number rightly.
WINDOW_SENTENCES = 8
WINDOW_CHARACTERS = 3_000
# Longer sentences are lists or noise; what follows is not asked about.
LONGEST_SENTENCE = 1_200
# Only noise repeats words more often in one sentence.
MOST_OCCURRENCES = 40


@dataclass(frozen=True, slots=True)
class Asked:
    """A sentence as it is sent.

    Attributes:
        number: Position among the sentences of the document.
        start: Code point of the document at which `text` begins.
        text: Its characters, cut after `LONGEST_SENTENCE` at most.
    """

    number: int
    start: int
    text: str


Window = tuple[Asked, ...]


def windows_of(parse: Parse) -> Iterator[Window]:
    """Yield the sentences of a document in windows, in order of the text."""
    window: list[Asked] = []
    length = 0
    for number, parsed in enumerate(parse.sentences):
        span = parsed.sentence.span
        asked = Asked(number, span.start, _cut(parse.text_of(span)))
        full = length + len(asked.text) > WINDOW_CHARACTERS or len(window) == WINDOW_SENTENCES
        if window and full:
            yield tuple(window)
            window, length = [], 0
        window.append(asked)
        length += len(asked.text)
    if window:
        yield tuple(window)


def _cut(text: str) -> str:
    if len(text) <= LONGEST_SENTENCE:
        return text
    words = text[: LONGEST_SENTENCE + 1].rpartition(" ")[0]
    return words or text[:LONGEST_SENTENCE]


def conversation(window: Window) -> list[dict[str, str]]:
    """Return the messages that ask about one window."""
    _, instructions = load_instructions()
    return [
        {"role": "system", "content": instructions},
        {"role": "user", "content": _numbered([asked.text for asked in window])},
    ]


def _numbered(sentences: list[str]) -> str:
    return "\n".join(f"[{number}] {text}" for number, text in enumerate(sentences, 1))


@lru_cache(maxsize=1)
def load_instructions() -> tuple[int, str]:
    """Return the version of the instructions, and their words."""
    resource = files("onrecord") / "resources" / "endpoint.yaml"
    raw: dict[str, Any] = yaml.safe_load(resource.read_text(encoding="utf-8"))
    modes = load_ontology().modes
    example = raw["example"]
    return int(raw["version"]), "\n".join(
        [
            raw["task"],
            raw["form"],
            *_lines("Fields", raw["fields"]),
            "Types, with their modes; mode is null where none fits:",
            *(
                f"- {name}: {about}" + (f" | modes: {', '.join(modes[name])}" * bool(modes[name]))
                for name, about in raw["types"].items()
            ),
            *_lines("Types of relations", raw["relations"]),
            *_lines("Values of factuality", raw["factuality"]),
            *(f"- {note}" for note in raw["notes"]),
            "Example:",
            _numbered(example["sentences"]),
            "Answer:",
            json.dumps(example["answer"]),
        ]
    )


def _lines(title: str, entries: dict[str, str]) -> Iterator[str]:
    yield f"{title}:"
    for name, about in entries.items():
        yield f"- {name}: {about}"


def spans_of(words: str, asked: Asked) -> list[Span]:
    """Return where `words` stand in a sentence letter by letter, whole words only.

    Args:
        words: As an endpoint gives them; white space around them is no part of them.
        asked: The sentence.

    Returns:
        Spans in the document, in order of the text.
    """
    words, text = words.strip(), asked.text
    found: list[Span] = []
    at = text.find(words) if words else -1
    while at >= 0 and len(found) < MOST_OCCURRENCES:
        end = at + len(words)
        if not (_joins(text, at) or _joins(text, end)):
            found.append(Span(asked.start + at, asked.start + end))
        at = text.find(words, at + 1)
    return found


def _joins(text: str, at: int) -> bool:
    """Return whether the characters before and after `at` belong to one word or number."""
    if not 0 < at < len(text):
        return False
    before, after = text[at - 1], text[at]
    if before.isalnum() and after.isalnum():
        return True
    # "14" is no word of "14,000" or "3.14".
    if after in ",." and before.isdigit():
        return text[at + 1 : at + 2].isdigit()
    return before in ",." and after.isdigit() and text[at - 2 : at - 1].isdigit()
