"""Find who speaks before or after a colon: headlines, transcripts, lists of answers."""

from __future__ import annotations

import re

from onrecord.annotate.reported_clauses import Link
from onrecord.annotate.reporting import reporting_words
from onrecord.annotate.text import ParsedSentence
from onrecord.model.annotation import Mention
from onrecord.model.span import Span

_LONGEST_LABEL = 8
_SPEAKER_LINE = re.compile(r"([A-Z][A-Z.'’-]+(?: [A-Z][A-Z.'’-]+){0,3}):\s")
_SPEAKER_LINES = re.compile(r"^" + _SPEAKER_LINE.pattern, re.M)
_TRANSCRIPT = 3
_ROLE = re.compile(
    r"(?:report|poll|study|survey|police|minister|president|official|officials|source|sources|expert"
    r"|experts|analyst|analysts|spokes(?:man|woman|person)|court|judge|army|ministry|un|fbi|cia|camp"
    r"|campaign|leader|chief|group|watchdog|agency|government|mayor|governor|senator|lawyer|lawyers)s?",
    re.I,
)


def colon_link(
    sentence: ParsedSentence, text: str, paragraph: Span, mentions: tuple[Mention, ...]
) -> Link | None:
    """Return the link of "Minister: we will not yield" or "QUILL: Thank you", or None.

    Args:
        sentence: The first sentence of a paragraph.
        text: The document's text.
        paragraph: The paragraph; the content reaches to its end in transcripts and to the
            end of the line in headlines.
        mentions: Who is mentioned, to tell a speaker from a topic.
    """
    span = sentence.sentence.span
    line = text[span.start : paragraph.end]
    if match := _SPEAKER_LINE.match(line):
        source = Span(span.start, span.start + len(match[1]))
        label = re.escape(match[1])
        name = re.compile(rf"\b{label.title()}\b|\b{label}(?!:)", re.I)
        again = re.findall(rf"(?m)^{label}:\s", text)
        known = any(name.search(text, m.span.start, m.span.end) for m in mentions)
        transcript = len(_SPEAKER_LINES.findall(text)) >= _TRANSCRIPT
        if match[1].lower() in reporting_words().not_a_speaker or not (
            known or transcript or len(again) > 1
        ):
            return None
        return _link(source, source.end, text, paragraph.end, "speaker_line")
    colon = line.find(":")
    if colon <= 0 or colon + 1 >= len(line) or not line[colon + 1].isspace():
        return None
    label = line[:colon]
    tokens = [t for t in sentence.tokens if sentence.span_of(t).end <= span.start + colon]
    if not tokens or len(tokens) > _LONGEST_LABEL or tokens[-1].pos_ in {"VERB", "AUX", "ADP"}:
        return None
    if any(t.pos_ in {"VERB", "AUX"} or t.text == "," for t in tokens):
        return None
    first = tokens[0].lower_
    if first in reporting_words().not_a_speaker:
        return None
    source = Span(span.start, span.start + colon)
    named = any(
        m.span.overlaps(source) and m.kind not in {"place", "other"} and m.span.end == source.end
        for m in mentions
    ) or any(t.ent_type_ in {"PERSON", "ORG", "NORP"} for t in tokens[-1:])
    if not named and not _ROLE.fullmatch(tokens[-1].text):
        return None
    if label.islower() and not named:
        return None
    return _link(source, span.start + colon, text, span.end, "colon")


def _link(source: Span, colon: int, text: str, end: int, route: str) -> Link | None:
    start = colon + 1
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start >= end:
        return None
    content = (Span(start, end),)
    cue = Span(colon, colon + 1)
    if route == "colon":
        return Link(source, cue, content, "colon")
    return Link(source, cue, content, "speaker_line")
