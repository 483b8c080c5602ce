"""Find quotations: what stands between quotation marks, nested, continued or never closed.

Works on characters alone, because the parser is at its weakest around
quotation marks. Curly and straight marks mean the same. A quotation left open
at the end of a paragraph goes on in the next one when that opens with a mark
again, as newspapers print speeches of several paragraphs.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from onrecord.annotate.span_index import SpanIndex
from onrecord.model.span import Span

_DOUBLE_OPEN = "“„«"
_DOUBLE_CLOSE = "”»"
_SINGLE = "'’"
MARKS = frozenset(_DOUBLE_OPEN + _DOUBLE_CLOSE + '"‟‘' + _SINGLE)
_PAIRED = re.compile(r"''|``")
# Words that begin with an apostrophe, and shortened years.
_ELISION = re.compile(r"[’'](?:\d\ds\b|\d\d\b|(?:em|til|cause|tis|twas|round|bout|n)\b)", re.I)


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks.

    Attributes:
        span: The quotation with its marks, as far as there are any.
        words: What stands between the marks.
        depth: 0 for an outermost quotation, 1 for one inside it, and so on.
        closed: Whether its closing mark was found.
        continues: Index of the quotation that this one carries on from the paragraph
            before, None when it starts anew.
    """

    span: Span
    words: Span
    depth: int = 0
    closed: bool = True
    continues: int | None = None


class Quotations:
    """The quotations of a document, found by place."""

    def __init__(self, found: Sequence[Quotation]) -> None:
        self.all = tuple(found)
        self._index = SpanIndex(enumerate(q.span for q in self.all))

    def overlapping(self, span: Span) -> list[Quotation]:
        """Return the quotations that share a code point with `span`, in order of the text."""
        return [self.all[number] for number in self._index.overlapping(span)]

    def innermost(self, span: Span) -> Quotation | None:
        """Return the deepest quotation whose words hold all of `span`, or None."""
        holding = [q for q in self.overlapping(span) if q.words.contains(span)]
        return max(holding, key=lambda q: q.depth, default=None)


@dataclass(slots=True)
class _Open:
    mark: str
    at: int


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Return the quotations of a text in order of their start, outer before inner.

    Args:
        text: The whole text.
        paragraphs: Stretches of `text` to look into, in order, not overlapping. A quotation
            never crosses from one into the next; it is continued there instead.

    Returns:
        Quotations with at least one letter or digit between their marks.
    """
    printed, text = text, _PAIRED.sub(_as_double, text)
    found: list[Quotation] = []
    carried: int | None = None
    for number, paragraph in enumerate(paragraphs):
        quotations, opened = _in_paragraph(text, paragraph, carried is not None)
        goes_on = number + 1 < len(paragraphs) and _opens(text, paragraphs[number + 1])
        if opened is not None and not goes_on:
            quotations, opened = _without_stray_opening(quotations, opened)
        first = len(found)
        found.extend(quotations)
        if carried is not None and first < len(found):
            head = found[first]
            if not text[paragraph.start : head.span.start].strip():
                found[first] = replace(head, continues=carried)
        carried = None
        if opened is not None:
            carried = next(i for i in range(first, len(found)) if found[i].span.start == opened)
    return tuple(_widened(quotation, printed) for quotation in found)


def _as_double(pair: re.Match[str]) -> str:
    """Write a double mark typed as two single ones as one, without moving anything else."""
    opens = pair.start() == 0 or pair.string[pair.start() - 1] in " \n\t([—–-\xa0"
    return ' "' if opens else '" '


def _widened(quotation: Quotation, printed: str) -> Quotation:
    """Return `quotation` with both halves of marks typed as two."""
    start, end = quotation.span.start, quotation.span.end
    if start > 0 and printed[start] in "'`" and printed[start - 1] == printed[start]:
        start -= 1
    if printed[end - 1] == "'" and printed[end : end + 1] == "'":
        end += 1
    return replace(quotation, span=Span(start, end))


def _opens(text: str, paragraph: Span) -> bool:
    start = text[paragraph.start : paragraph.end].lstrip()[:1]
    return bool(start) and (start in _DOUBLE_OPEN or start == '"')


def _without_stray_opening(
    quotations: list[Quotation], opened: int
) -> tuple[list[Quotation], int | None]:
    """Drop an opening mark that was never answered when others were after it.

    A mark that nothing answers may still open a quotation to the end of its
    paragraph, but not one that swallows the quotations of somebody else.
    """
    inner = [q for q in quotations if q.span.start > opened and q.depth > 0]
    if not any(q.depth == 1 and q.closed for q in inner):
        return quotations, opened
    return [
        replace(q, depth=q.depth - 1) if q in inner else q
        for q in quotations
        if q.span.start != opened
    ], None


def _in_paragraph(text: str, paragraph: Span, carried: bool) -> tuple[list[Quotation], int | None]:
    """Return the quotations of one paragraph and where one starts that is still open."""
    stack: list[_Open] = []
    found: list[Quotation] = []
    for at in range(paragraph.start, paragraph.end):
        mark = text[at]
        if mark not in MARKS:
            continue
        role = _role(text, at, paragraph, stack)
        if role == "open":
            stack.append(_Open(mark, at))
        elif role == "close":
            family = _family(mark)
            while stack and _family(stack[-1].mark) != family:
                stack.pop()
            if stack:
                opening = stack.pop()
                _add(found, text, Span(opening.at, at + 1), 1, len(stack), closed=True)
            elif carried and not found and family == "double":
                # The speech goes on without a mark at the start of the paragraph.
                _add(found, text, Span(paragraph.start, at + 1), 0, 0, closed=True)
        elif role == "reopen":
            stack.clear()
            stack.append(_Open(mark, at))
    left_open = next((o for o in stack if _family(o.mark) == "double"), None)
    if left_open is not None:
        end = paragraph.start + len(text[paragraph.start : paragraph.end].rstrip())
        _add(found, text, Span(left_open.at, end), 1, 0, closed=False)
    found.sort(key=lambda q: (q.span.start, -q.span.end))
    opened = left_open.at if left_open is not None else None
    if opened is not None and not any(q.span.start == opened for q in found):
        opened = None
    return found, opened


def _add(
    found: list[Quotation], text: str, span: Span, lead: int, depth: int, *, closed: bool
) -> None:
    start, end = span.start + lead, span.end - (1 if closed else 0)
    if any(c.isalnum() for c in text[start:end]):
        found.append(Quotation(span, Span(start, end), depth, closed))


def _family(mark: str) -> str:
    return "single" if mark in _SINGLE or mark == "‘" else "double"


def _role(text: str, at: int, paragraph: Span, stack: list[_Open]) -> str:
    """Return whether the mark at `at` opens, closes, opens afresh, or is no quotation mark."""
    mark = text[at]
    before = text[at - 1] if at > paragraph.start else " "
    after = text[at + 1] if at + 1 < paragraph.end else " "
    if _family(mark) == "single":
        return _role_of_single(text, at, paragraph, stack, before, after)
    inside = any(_family(o.mark) == "double" for o in stack)
    if mark in _DOUBLE_OPEN + "‟":
        # A typist's slip: an opening mark where only a closing one makes sense.
        if inside and not before.isspace() and (after.isspace() or after in ".,;:!?"):
            return "close"
        return "open"
    if mark in _DOUBLE_CLOSE:
        if not inside and before.isspace() and after.isalnum():
            return "open"
        return "close"
    opens = (before.isspace() or before in "([{—–-/‘'“") and not after.isspace()
    closes = not before.isspace() and not (after.isalnum() and before in "([{—–")
    if inside:
        if opens and not closes:
            return "reopen"
        return "close"
    if opens:
        return "open"
    if before.isdigit() and not after.isalnum():
        return "none"  # inches
    return "open" if after.isalnum() and not before.isalnum() else "close"


def _role_of_single(
    text: str, at: int, paragraph: Span, stack: list[_Open], before: str, after: str
) -> str:
    mark = text[at]
    inside = any(_family(o.mark) == "single" for o in stack)
    if inside and mark != "‘":
        if before.isspace() or after.isalnum():
            return "none"
        plural = before == "s" and re.match(r".\s+[a-z]", text[at : at + 12])
        if plural and _closing_single(text, at + 1, paragraph.end) is not None:
            return "none"
        return "close"
    starts = before.isspace() or before in '([{—–-“"'
    if inside or not starts or after.isspace() or _ELISION.match(text, at):
        return "none"
    if mark == "’" or not (after.isalnum() or after in "…[($"):
        return "none"
    return "open" if _closing_single(text, at + 1, paragraph.end) is not None else "none"


def _closing_single(text: str, start: int, end: int) -> int | None:
    """Return where a single quotation mark could close, before another could open."""
    for at in range(start, end):
        if text[at] == "‘" or (text[at] == "'" and text[at - 1].isspace()):
            return None
        if text[at] in _SINGLE:
            after = text[at + 1] if at + 1 < end else " "
            if not text[at - 1].isspace() and not after.isalnum():
                return at
    return None
