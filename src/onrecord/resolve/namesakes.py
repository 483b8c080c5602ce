"""Tell people from what shares their name: countries, cities, families, words of headlines."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from onrecord.annotate.knowledge import capital_country, nation_code
from onrecord.model.annotation import Mention, Sentence
from onrecord.model.span import Span
from onrecord.resolve.names import words_of
from onrecord.resolve.national import country_of_nation

# That many words in ten with a capital make a headline in which capitals tell nothing.
_SHOUTED = 7


class Namesakes:
    """Who in a document bears which surname.

    Args:
        text: The document's text.
        mentions: Its mentions.
    """

    def __init__(self, text: str, mentions: Sequence[Mention]) -> None:
        self._text = text
        self._surnames: set[str] = set()
        self._nations: set[tuple[str, str]] = set()
        for mention in mentions:
            written = text[mention.head.start : mention.head.end]
            if mention.form != "name":
                continue
            if mention.kind == "person" and len(words_of(written)) > 1:
                self._surnames.add(words_of(written)[-1])
            else:
                code = nation_code(written) or capital_country(written)
                if code:
                    self._nations.add((written, country_of_nation(code)))

    def is_meant(self, mention: Mention, nation: str) -> bool:
        """Return whether the name of a nation or capital is a person's surname here.

        It is when somebody bears it, nothing else tells of that nation, and nobody
        is said to be in it.
        """
        written = self._text[mention.head.start : mention.head.end]
        if " " in written or written.lower() not in self._surnames:
            return False
        country = country_of_nation(nation)
        if any(code == country and name != written for name, code in self._nations):
            return False
        place = rf"\b(?:in|into|across|throughout|inside|outside) (?:the )?{re.escape(written)}\b"
        return re.search(place, self._text) is None

    def is_family(self, mention: Mention) -> bool:
        """Return whether a name is the plural of a surname: "the Quills"."""
        head = mention.head
        written = self._text[head.start : head.end].lower()
        if not re.fullmatch(r"[^\W\d_]{3,}s", written) or written in self._surnames:
            return False
        if self._text[max(0, head.start - 4) : head.start].lower() != "the ":
            return False
        return bool({written[:-1], written.removesuffix("es")} & self._surnames)


class Headlines:
    """The headlines of a document that write every word with a capital.

    Args:
        text: The document's text.
        sentences: Its sentences.
    """

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        self._spans = [s.span for s in sentences if s.is_title and _is_shouted(s.span, text)]
        self._starts = [span.start for span in self._spans]

    def contains(self, span: Span) -> bool:
        """Return whether `span` lies in such a headline."""
        number = bisect_right(self._starts, span.start)
        return number > 0 and self._spans[number - 1].contains(span)


def _is_shouted(span: Span, text: str) -> bool:
    words = [w for w in text[span.start : span.end].split() if len(w) > 3 and w[0].isalpha()]
    return len(words) > 3 and 10 * sum(w[0].isupper() for w in words) >= _SHOUTED * len(words)
