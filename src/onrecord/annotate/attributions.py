"""Find who said what: sources, cues and contents, in quotations and in reported speech.

Three routes feed one list: punctuation beside quotations, grammar after
reporting words, and the printer's colon. A quotation is then always taken
whole, a bare quotation goes to whoever spoke last, and an attribution that
stands inside another's content becomes its child.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from onrecord.annotate.cues import Style, VerbCue, verb_cues
from onrecord.annotate.headlines import colon_link
from onrecord.annotate.quote_links import quote_link, trailing_link
from onrecord.annotate.quotes import MARKS, Quotation, find_quotations
from onrecord.annotate.reported_clauses import (
    Link,
    according_links,
    as_link,
    clausal_link,
    noun_links,
)
from onrecord.annotate.text import Parse, ParsedSentence
from onrecord.model.annotation import Attribution, AttributionKind, Mention
from onrecord.model.span import Span

# Share of right links per route, measured on news that no rule was written for.
_CONFIDENCE = {
    "quote": 0.95, "clause": 0.9, "thought": 0.6, "that": 0.65, "infinitive": 0.6, "charge": 0.76,
    "passive": 0.6, "object": 0.6, "about": 0.5, "trailing": 0.9, "according": 0.92, "as": 0.75,
    "noun": 0.5, "noun_about": 0.3, "colon": 0.75, "speaker_line": 0.8, "continued": 0.5,
}  # fmt: skip
_BARE_WORDS = 4
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
    quotations = find_quotations(text, list(paragraphs.values()))
    links: list[Link] = []
    first_of_paragraph: set[int] = set()
    for sentence in parse.sentences:
        number = sentence.sentence.paragraph
        paragraph = paragraphs[number]
        links_here = _sentence_links(sentence, text, paragraph, quotations, style)
        if number not in first_of_paragraph:
            first_of_paragraph.add(number)
            headline = colon_link(sentence, text, paragraph, mentions)
            if headline is not None and not any(_same_ground(headline, x) for x in links_here):
                links_here.append(headline)
        links.extend(links_here)
    links = [_with_whole_quotations(link, quotations, text) for link in links]
    links = _deduplicated(_with_siblings(_clipped(links), text))
    links = _with_bare_quotations(links, quotations, parse, paragraphs)
    links.sort(key=_position)
    return with_parents([_attribution(link, quotations, text, mentions) for link in links])


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
    quotations: Sequence[Quotation],
    style: Style,
) -> list[Link]:
    links: list[Link] = []
    floor = sentence.sentence.span.start
    span = sentence.sentence.span
    quoted = [q.words for q in quotations if q.words.overlaps(span)]
    for cue in verb_cues(sentence, style, quoted):
        around = _innermost(cue.span, quotations)
        level = 0 if around is None else around.depth + 1
        near = [q for q in quotations if q.depth == level and paragraph.contains(q.span)]
        link = _verb_link(cue, text, paragraph, near, floor, style)
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
    return trailing_link(cue, (q.span for q in near), floor)


def _innermost(span: Span, quotations: Iterable[Quotation]) -> Quotation | None:
    holding = [q for q in quotations if q.words.contains(span)]
    return max(holding, key=lambda q: q.depth, default=None)


def _with_whole_quotations(link: Link, quotations: Sequence[Quotation], text: str) -> Link:
    """Return `link` with quotations taken whole, and kept within the one its cue stands in."""
    cue = link.cue
    around = None if cue is None else _innermost(cue, quotations)
    spans: list[Span] = []
    for span in link.content:
        if around is not None:
            start, end = max(span.start, around.words.start), min(span.end, around.words.end)
            if start >= end:
                continue
            span = Span(start, end)
        for quotation in quotations:
            if not quotation.span.overlaps(span) or around is quotation:
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
        comma = len(text[: link.cue.start].rstrip()) - 1
        if text[comma] != ",":
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
    return _CONFIDENCE[link.route]


def _position(link: Link) -> tuple[int, int]:
    parts = [*link.content, *(p for p in (link.source, link.cue) if p is not None)]
    anchor = link.cue or link.content[0]
    return min(p.start for p in parts), anchor.start


def _with_bare_quotations(
    links: list[Link],
    quotations: Sequence[Quotation],
    parse: Parse,
    paragraphs: dict[int, Span],
) -> list[Link]:
    """Give quotations that no cue claimed to the speaker who had the word."""
    text = parse.document.text
    links = sorted(links, key=_position)
    ordered = list(paragraphs.values())
    starts = [p.start for p in ordered]
    holder: dict[int, int] = {}
    last: int | None = None
    last_paragraph = -2
    for index, quotation in enumerate(quotations):
        if quotation.depth > 0:
            continue
        paragraph = bisect_right(starts, quotation.span.start)
        owner = _owner(quotation, links)
        if owner is None and quotation.continues is not None:
            owner = holder.get(quotation.continues)
            if owner is not None:
                links[owner] = _extended(links[owner], quotation.span)
        elif owner is not None and quotation.continues is not None:
            # The cue comes only after several paragraphs: "… “…,” she said."
            carried: int | None = quotation.continues
            while carried is not None and carried not in holder:
                links[owner] = _extended(links[owner], quotations[carried].span)
                holder[carried] = owner
                carried = quotations[carried].continues
        elif owner is None and _stands_alone(quotation, text, ordered[paragraph - 1]):
            if last is not None and last_paragraph == paragraph:
                owner = last
                links[owner] = _extended(links[owner], quotation.span)
            elif last is not None and last_paragraph == paragraph - 1:
                source = links[last].source
                links.append(Link(source, None, (quotation.span,), "continued"))
                owner = len(links) - 1
        if owner is not None:
            holder[index] = owner
            if links[owner].source is not None:
                last, last_paragraph = owner, paragraph
    return links


def _owner(quotation: Quotation, links: list[Link]) -> int | None:
    owners = [
        i for i, link in enumerate(links) if any(s.overlaps(quotation.words) for s in link.content)
    ]
    return max(owners, key=lambda i: _sureness(links[i]), default=None)


def _extended(link: Link, span: Span) -> Link:
    return replace(link, content=tuple(sorted({*link.content, span})))


def _stands_alone(quotation: Quotation, text: str, paragraph: Span) -> bool:
    """Return whether the quotation is a sentence of its own, not some “scare” words."""
    words = text[quotation.words.start : quotation.words.end].rstrip()
    if len(words.split()) < _BARE_WORDS and words[-1:] not in {".", "!", "?"}:
        return False
    # Characters decide: the parser often leaves the opening mark in the sentence before.
    before = text[paragraph.start : quotation.span.start].rstrip()
    after = text[quotation.span.end : paragraph.end].lstrip()
    starts = not before or before[-1] in ".!?:…\"'”’"
    ends = not after or after[0].isupper() or after[0] in "\"“'‘("
    return starts and ends and (words[-1:] in {".", "!", "?", "…"} or not after)


def _attribution(
    link: Link, quotations: Sequence[Quotation], text: str, mentions: tuple[Mention, ...]
) -> Attribution:
    source = link.source
    if source is not None:
        # The parser may lose a title or half of a name that the mention holds.
        for mention in mentions:
            if (
                mention.span.contains(source)
                and mention.form != "pronoun"
                and not any(s.overlaps(mention.span) for s in link.content)
            ):
                source = mention.span
                break
    return Attribution(
        content=link.content,
        source=source,
        cue=link.cue,
        kind=_kind(link, quotations, text),
        confidence=_CONFIDENCE[link.route],
    )


def _kind(link: Link, quotations: Sequence[Quotation], text: str) -> AttributionKind:
    quoted = unquoted = False
    inside = None if link.cue is None else _innermost(link.cue, quotations)
    depth = 0 if inside is None else inside.depth + 1
    level = [q.words for q in quotations if q.depth == depth]
    for span in link.content:
        holes = [w for w in level if w.overlaps(span)]
        quoted = quoted or bool(holes)
        for at in range(span.start, span.end):
            if text[at].isalnum() and not any(w.start <= at < w.end for w in holes):
                unquoted = True
                break
    if quoted:
        return "mixed" if unquoted else "direct"
    return "indirect"


def with_parents(attributions: list[Attribution]) -> tuple[Attribution, ...]:
    """Return the attributions, each pointing at the smallest one whose content it stands in."""
    return tuple(
        replace(inner, parent=_parent(number, attributions))
        for number, inner in enumerate(attributions)
    )


def _parent(number: int, attributions: list[Attribution]) -> int | None:
    inner = attributions[number]
    anchor = inner.cue or inner.content[0]
    best: int | None = None
    for other, outer in enumerate(attributions):
        if other == number or not any(s.contains(anchor) for s in outer.content):
            continue
        back = outer.cue or outer.content[0]
        if any(s.contains(back) for s in inner.content):
            continue
        if best is None or _length(outer) < _length(attributions[best]):
            best = other
    return best


def _length(attribution: Attribution) -> int:
    return sum(len(span) for span in attribution.content)
