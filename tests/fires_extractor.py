"""An extractor for tests of the main path: one word means an event, others mean trouble."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from onrecord.annotate.text import Parse
from onrecord.model.annotation import Annotations, Event


@dataclass(frozen=True)
class FindsFires:
    """Knows one word, fails at another, dies of a third and thinks for an hour about a fourth."""

    name: str = "fires-1"

    def annotate(self, parse: Parse) -> Annotations:
        if "unspeakable" in parse.document.text:
            raise ArithmeticError("a fault")
        if "deadly" in parse.document.text:
            os._exit(9)
        if "endless" in parse.document.text:
            time.sleep(3_600)
        triggers = [
            sentence.span_of(token)
            for sentence in parse.sentences
            for token in sentence.tokens
            if token.text == "fire"
        ]
        return Annotations(
            sentences=tuple(sentence.sentence for sentence in parse.sentences),
            events=tuple(Event("ASSAULT", None, trigger, None, None) for trigger in triggers),
        )
