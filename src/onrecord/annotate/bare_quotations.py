"""Give quotations that no cue claimed to the speaker who had the word."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from onrecord.annotate.quotes import Quotation
from onrecord.annotate.reported_clauses import CONFIDENCE, Link
from onrecord.annotate.span_index import SpanIndex
from onrecord.model.span import Span

_BARE_WORDS = 4
# More than any quotation mark with the white space around it.
_WINDOW = 8


def with_bare_quotations(
    links: Sequence[Link], quotations: Sequence[Quotation], text: str, paragraphs: Sequence[Span]
) -> list[Link]:
    """Return the links with every quoted sentence given to somebody, as far as can be.

    A quotation carried on from the paragraph before, or following the speaker's own in
    one paragraph, joins that speaker's content. One that fills the next paragraph
    becomes a link without cue, to be trusted less.

    Args:
        links: What cues claim, in order of the text.
        quotations: All quotations of the text.
        text: The document's text.
        paragraphs: Its paragraphs, in order.
    """
    links = list(links)
    claimed = SpanIndex((n, span) for n, link in enumerate(links) for span in link.content)
    starts = [p.start for p in paragraphs]
    holder: dict[int, int] = {}
    last: int | None = None
    last_paragraph = -2
    for index, quotation in enumerate(quotations):
        if quotation.depth > 0:
            continue
        paragraph = bisect_right(starts, quotation.span.start)
        owner = _owner(quotation, links, claimed)
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
        elif owner is None and _stands_alone(quotation, text, paragraphs[paragraph - 1]):
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


def _owner(quotation: Quotation, links: list[Link], claimed: SpanIndex) -> int | None:
    owners = claimed.overlapping(quotation.words)
    return max(owners, key=lambda number: CONFIDENCE[links[number].route], default=None)


def _extended(link: Link, span: Span) -> Link:
    return replace(link, content=tuple(sorted({*link.content, span})))


def _stands_alone(quotation: Quotation, text: str, paragraph: Span) -> bool:
    """Return whether the quotation is a sentence of its own, not some “scare” words."""
    words = text[quotation.words.start : quotation.words.end].rstrip()
    if len(words.split()) < _BARE_WORDS and words[-1:] not in {".", "!", "?"}:
        return False
    # Characters decide: the parser often leaves the opening mark in the sentence before.
    begin = max(paragraph.start, quotation.span.start - _WINDOW)
    before = text[begin : quotation.span.start].rstrip()
    after = text[quotation.span.end : min(paragraph.end, quotation.span.end + _WINDOW)].lstrip()
    starts = not before or before[-1] in ".!?:…\"'”’"
    ends = not after or after[0].isupper() or after[0] in "\"“'‘("
    return starts and ends and (words[-1:] in {".", "!", "?", "…"} or not after)
