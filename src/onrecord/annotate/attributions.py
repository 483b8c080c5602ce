"""Find who said what: sources, cues and contents, in quotations and in reported speech.

Three routes feed one list: punctuation beside quotations, grammar after
reporting words, and the printer's colon. A quotation is then always taken
whole, a bare quotation goes to whoever spoke last, and an attribution that
stands inside another's content becomes its child.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.bare_quotations import with_bare_quotations
from onrecord.annotate.counters import find_counters, with_counters
from onrecord.annotate.cues import Style, VerbCue, verb_cues
from onrecord.annotate.headlines import colon_link
from onrecord.annotate.quote_links import quote_link, trailing_link
from onrecord.annotate.quotes import MARKS, Quotation, Quotations, find_quotations
from onrecord.annotate.reported_clauses import (
    CONFIDENCE,
    Link,
    according_links,
    as_link,
    clausal_link,
    noun_links,
)
from onrecord.annotate.span_index import SpanIndex
from onrecord.annotate.text import Parse, ParsedSentence
from onrecord.model.annotation import Attribution, AttributionKind, Mention
from onrecord.model.span import Span

_LONGEST_GAP = 200
_BY_GRAMMAR = frozenset({"clause", "thought", "that", "infinitive", "charge", "object", "about"})
REPORTER = Style()


def find_attributions(
    parse: Parse, mentions: tuple[Mention, ...], *, style: Style = REPORTER
) -> tuple[Attribution, ...]:
    """Return the attributions of a document in order of the text.

    Args:
        parse: The parsed document.
        mentions: Its mentions, used to tell speakers from topics.
        style: How sources are marked and whether views without a clause count.

    Returns:
        Attributions; `parent` is an index into the same tuple.
    """
    text = parse.document.text
    paragraphs = _paragraphs(parse)
    quotations = Quotations(find_quotations(text, list(paragraphs.values())))
    links: list[Link] = []
    first_of_paragraph: set[int] = set()
    for sentence in parse.sentences:
        number = sentence.sentence.paragraph
        paragraph = paragraphs[number]
        links_here = _sentence_links(sentence, text, paragraph, quotations, style)
        links_here = [_with_whole_quotations(link, quotations, text) for link in links_here]
        links_here = _deduplicated(_with_siblings(_clipped(links_here), text))
        if number not in first_of_paragraph:
            first_of_paragraph.add(number)
            headline = colon_link(sentence, text, paragraph, mentions)
            if headline is not None and not any(_same_ground(headline, x) for x in links_here):
                links_here.append(_with_whole_quotations(headline, quotations, text))
        links.extend(links_here)
    links.sort(key=_position)
    links = with_bare_quotations(links, quotations.all, text, list(paragraphs.values()))
    links.sort(key=_position)
    named = SpanIndex((n, m.span) for n, m in enumerate(mentions) if m.form != "pronoun")
    found = [_attribution(x, quotations, text, mentions, named) for x in links]
    if style.views:
        return with_parents(found)
    return with_parents(with_counters(found, find_counters(parse)))


def _paragraphs(parse: Parse) -> dict[int, Span]:
    spans: dict[int, Span] = {}
    for sentence in parse.sentences:
        number, span = sentence.sentence.paragraph, sentence.sentence.span
        spans[number] = spans[number].cover(span) if number in spans else span
    return spans


def _sentence_links(
    sentence: ParsedSentence,
    text: str,
    paragraph: Span,
    quotations: Quotations,
    style: Style,
) -> list[Link]:
    links: list[Link] = []
    floor = sentence.sentence.span.start
    span = sentence.sentence.span
    # A quotation may end right before the sentence or begin after its lead-in.
    around = Span(max(span.start - _LONGEST_GAP, 0), span.end + _LONGEST_GAP)
    near = [q for q in quotations.overlapping(around) if paragraph.contains(q.span)]
    quoted = [q.words for q in near if q.words.overlaps(span)]
    for cue in verb_cues(sentence, style, quoted):
        inside = quotations.innermost(cue.span)
        level = 0 if inside is None else inside.depth + 1
        beside = [q for q in near if q.depth == level]
        link = _verb_link(cue, text, paragraph, beside, floor, style)
        if link is not None:
            links.append(link)
            if link.route == "trailing":
                floor = cue.clause.end
    links.extend(according_links(sentence, style))
    links.extend(noun_links(sentence, style))
    return links


def _verb_link(
    cue: VerbCue,
    text: str,
    paragraph: Span,
    near: Sequence[Quotation],
    floor: int,
    style: Style,
) -> Link | None:
    link = as_link(cue)
    if link is not None:
        return link
    quoted = quote_link(cue, text, paragraph, near)
    clausal = clausal_link(cue, style)
    if quoted is not None:
        if clausal is None or clausal.route in {"object", "about", "charge", "infinitive"}:
            return quoted
        # "he said that “we” would go": the clause holds the quotation and more.
        spans = [*quoted.content]
        if clausal.content[0].start >= cue.span.end:
            right = [s for s in spans if s.start >= cue.span.end]
            if right:
                spans = [s for s in spans if s not in right] + [clausal.content[0].cover(right[0])]
        return replace(quoted, content=tuple(sorted(spans)))
    if clausal is not None:
        return clausal
    return trailing_link(cue, floor)


def _with_whole_quotations(link: Link, quotations: Quotations, text: str) -> Link:
    """Return `link` with quotations taken whole, and kept within the one its cue stands in."""
    cue = link.cue
    around = None if cue is None else quotations.innermost(cue)
    spans: list[Span] = []
    for span in link.content:
        if around is not None:
            start, end = max(span.start, around.words.start), min(span.end, around.words.end)
            if start >= end:
                continue
            span = Span(start, end)
        for quotation in quotations.overlapping(span):
            if around is quotation:
                continue
            if around is not None and quotation.depth <= around.depth:
                continue
            if cue is not None and quotation.span.overlaps(cue):
                continue
            if link.source is not None and quotation.span.contains(link.source):
                continue
            span = span.cover(quotation.span)
        spans.append(span)
    return replace(link, content=tuple(_merged(spans, text)))


def _merged(spans: list[Span], text: str) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and not text[merged[-1].end : span.start].strip():
            merged[-1] = merged[-1].cover(span)
        else:
            merged.append(span)
    return merged


def _clipped(links: list[Link]) -> list[Link]:
    """Cut off contents where a trailing attribution of the whole begins."""
    ends = [
        (min(x.start for x in (link.cue, link.source) if x is not None), link)
        for link in links
        if link.route in {"trailing", "according", "as"} and link.cue is not None
    ]
    clipped = []
    for link in links:
        spans = list(link.content)
        for start, trailing in ends:
            if trailing is link or link.cue is None:
                continue
            if not any(s.contains(link.cue) for s in trailing.content):
                continue
            spans = [
                Span(s.start, start) if s.start < start < s.end else s
                for s in spans
                if s.start < start or trailing.content[-1].end >= s.end
            ]
        clipped.append(replace(link, content=tuple(spans)))
    return [link for link in clipped if link.content]


def _with_siblings(links: list[Link], text: str) -> list[Link]:
    """Make "X announced A, claiming B" two attributions to X instead of one in the other."""
    changed = list(links)
    for index, link in enumerate(links):
        if link.cue is None or not text[link.cue.start : link.cue.end].endswith("ing"):
            continue
        comma = text.rfind(",", 0, link.cue.start)
        if comma < 0 or text[comma + 1 : link.cue.start].strip():
            continue
        for other, outer in enumerate(changed):
            last = outer.content[-1]
            # Within a quotation the participle is part of the speaker's own words.
            quoted = text[last.end - 1] in MARKS and text[last.start] in MARKS
            if other == index or outer.route not in _BY_GRAMMAR or quoted:
                continue
            if last.start < comma and last.contains(link.cue) and outer.source is not None:
                cut = (*outer.content[:-1], Span(last.start, comma))
                changed[other] = replace(outer, content=cut)
                changed[index] = replace(changed[index], source=outer.source)
    return changed


def _same_ground(left: Link, right: Link) -> bool:
    return any(a.overlaps(b) for a in left.content for b in right.content) and (
        left.source is not None and right.source is not None and left.source.overlaps(right.source)
    )


def _deduplicated(links: list[Link]) -> list[Link]:
    """Keep the surest of several links with one cue, drop sources inside their own content."""
    kept: dict[Span | None, Link] = {}
    bare: list[Link] = []
    for link in links:
        source = link.source
        if source is not None and any(s.overlaps(source) for s in link.content):
            spans = tuple(s for s in link.content if not s.overlaps(source))
            if not spans:
                continue
            link = replace(link, content=spans)
        if link.cue is not None and any(s.contains(link.cue) for s in link.content):
            continue
        if link.cue is None:
            bare.append(link)
        elif link.cue not in kept or _sureness(link) > _sureness(kept[link.cue]):
            kept[link.cue] = link
    return bare + list(kept.values())


def _sureness(link: Link) -> float:
    return CONFIDENCE[link.route]


def _position(link: Link) -> tuple[int, int]:
    parts = [*link.content, *(p for p in (link.source, link.cue) if p is not None)]
    anchor = link.cue or link.content[0]
    return min(p.start for p in parts), anchor.start


def _attribution(
    link: Link,
    quotations: Quotations,
    text: str,
    mentions: tuple[Mention, ...],
    named: SpanIndex,
) -> Attribution:
    source = link.source
    if source is not None:
        # The parser may lose a title or half of a name that the mention holds.
        for number in named.overlapping(source):
            whole = mentions[number].span
            if whole.contains(source) and not any(s.overlaps(whole) for s in link.content):
                source = whole
                break
    return Attribution(
        content=link.content,
        source=source,
        cue=link.cue,
        kind=_kind(link, quotations, text),
        confidence=CONFIDENCE[link.route],
    )


def _kind(link: Link, quotations: Quotations, text: str) -> AttributionKind:
    quoted = unquoted = False
    inside = None if link.cue is None else quotations.innermost(link.cue)
    depth = 0 if inside is None else inside.depth + 1
    for span in link.content:
        at = span.start
        for words in (q.words for q in quotations.overlapping(span) if q.depth == depth):
            quoted = True
            unquoted = unquoted or (at < words.start and _says(text[at : words.start]))
            at = max(at, words.end)
        unquoted = unquoted or (at < span.end and _says(text[at : span.end]))
    if quoted:
        return "mixed" if unquoted else "direct"
    return "indirect"


def _says(words: str) -> bool:
    return any(character.isalnum() for character in words)


def with_parents(attributions: list[Attribution]) -> tuple[Attribution, ...]:
    """Return the attributions, each pointing at the smallest one whose content it stands in."""
    contents = SpanIndex(
        (number, span)
        for number, attribution in enumerate(attributions)
        for span in attribution.content
    )
    return tuple(
        replace(inner, parent=_parent(number, attributions, contents))
        for number, inner in enumerate(attributions)
    )


def _parent(number: int, attributions: list[Attribution], contents: SpanIndex) -> int | None:
    inner = attributions[number]
    anchor = inner.cue or inner.content[0]
    best: int | None = None
    shortest = 0
    for other in contents.overlapping(anchor):
        outer = attributions[other]
        if other == number or not any(s.contains(anchor) for s in outer.content):
            continue
        back = outer.cue or outer.content[0]
        if any(s.contains(back) for s in inner.content):
            continue
        length = sum(len(span) for span in outer.content)
        if best is None or length < shortest:
            best, shortest = other, length
    return best
