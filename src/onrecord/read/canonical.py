"""Bring a text into the one form in which the record counts its characters.

Mojibake and entities are repaired, letters composed (NFC), line ends and
spaces made plain, invisible and direction-changing characters dropped, lines
wrapped by hand joined. What a reader would see stays: quotation marks and
dashes are the report's own. Every step is traced, so each character still
knows the stretch of the original it stands for.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise

import ftfy

from onrecord.read.trace import Edit, Traced

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
# Doubly escaped text ("&amp;quot;") is common in feeds; deeper nesting is not.
_ENTITY_PASSES = 3
_NON_ASCII_WORD = re.compile(r"[^\x00-\x20]*[^\x00-\x7f][^\x00-\x20]*")
# Some sites print an apostrophe they cannot encode as an upturned question mark.
_LOST_APOSTROPHE = re.compile(r"(?<=[A-Za-z])¿(?=(?:s|t|re|ve|ll|d|m)\b)")
_SPACES = "\t\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
_JOINERS = "\u200c\u200d"
_SPECIAL = re.compile(
    r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]"  # line ends
    rf"|[{_SPACES}]"
    # controls, soft hyphen, Arabic letter mark, Mongolian separator
    r"|[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e"
    # zero width, direction marks and overrides, word joiner, isolates, byte order mark
    r"\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
    # annotations, non-characters, lone surrogates, tags
    r"\ufff9-\ufffb\ufffe\uffff\ufdd0-\ufdef\ud800-\udfff\U000e0000-\U000e007f]"
)
_MARGIN = re.compile(r" *\n *| {2,}|^ +| +$")
_BLANK_LINES = re.compile(r"\n{3,}|\A\n+|\n+\Z")
_LEAST_WRAP, _GREATEST_WRAP = 40, 100
_BLOCK = re.compile(r"[^\n]+(?:\n[^\n]+)*")
_FINAL = re.compile(r"[.!?:;…][\"'”’)\]]*$")
_LONGEST_ALIGNED = 2_000

_MATCH_FORM = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′‹›`´ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys(
            "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
            "\u202f\u205f\u3000",
            " ",
        ),
    }
)


def canonical(text: str | Traced) -> Traced:
    """Return the canonical form of `text`, traced back to its code points.

    Args:
        text: Any text; a `Traced` one keeps its own origin.

    Returns:
        The canonical text: NFC, "\\n" as the only line end, at most one blank line
        between paragraphs, no space at the ends of lines.
    """
    traced = text if isinstance(text, Traced) else Traced.original(text)
    for _ in range(_ENTITY_PASSES):
        if "&" not in traced.text:
            break
        traced = traced.replaced(_ENTITY, lambda match: html.unescape(match.group()))
    if not traced.text.isascii():
        traced = traced.edited(_mojibake_edits(traced.text))
    traced = traced.replaced(_LOST_APOSTROPHE, "’").replaced(_SPECIAL, _plain)
    if not unicodedata.is_normalized("NFC", traced.text):
        traced = traced.edited(_composing_edits(traced.text))
    traced = traced.replaced(_MARGIN, lambda match: "\n" if "\n" in match.group() else _gap(match))
    traced = traced.replaced(_BLANK_LINES, _paragraph_break)
    return traced.edited(_unwrapping_edits(traced.text))


def match_form(text: str) -> str:
    """Return `text` with quotes, dashes and spaces made plain, for comparison only.

    Code point i of the result stands for code point i of `text`, so a match found
    here has the same span there.
    """
    return text.translate(_MATCH_FORM)


def _plain(match: re.Match[str]) -> str:
    found = match.group()
    if found in ("\r\n", "\r", "\x0b", "\x0c", "\x85", "\u2028"):
        return "\n"
    if found == "\u2029":
        return "\n\n"
    if found in _JOINERS and _joins_letters(match):
        return found
    return " " if found == "\t" or (found.isspace() and unicodedata.category(found) == "Zs") else ""


def _joins_letters(match: re.Match[str]) -> bool:
    """Tell whether a joiner stands in a script that is spelled with it (Persian, Hindi)."""
    text, at = match.string, match.start()
    around = text[max(at - 1, 0) : at] + text[at + 1 : at + 2]
    return len(around) == 2 and all("\u0590" <= c < "\u2000" for c in around)


def _gap(match: re.Match[str]) -> str:
    inside = match.start() > 0 and match.end() < len(match.string)
    return " " if inside else ""


def _paragraph_break(match: re.Match[str]) -> str:
    inside = match.start() > 0 and match.end() < len(match.string)
    return "\n\n" if inside else ""


def _mojibake_edits(text: str) -> Iterator[Edit]:
    """Yield the repairs of UTF-8 that was once decoded as something else, line by line."""
    start = 0
    for line in text.splitlines(keepends=True):
        if not line.isascii():
            fixed = ftfy.fix_encoding(line)
            if fixed != line:
                yield from _line_edits(line, fixed, start)
        start += len(line)


def _line_edits(line: str, fixed: str, offset: int) -> Iterator[Edit]:
    """Yield the edits that turn `line` into `fixed`, as small as they can be told."""
    words = [(m.start(), m.end(), _repaired(m.group())) for m in _NON_ASCII_WORD.finditer(line)]
    edits = [edit for edit in words if line[edit[0] : edit[1]] != edit[2]]
    if Traced.original(line).edited(edits).text != fixed:
        # The words cannot be repaired one by one; the line as a whole can.
        edits = [(0, len(line), fixed)]
    for edit in edits:
        for start, end, new in _narrowed(line, *edit):
            yield offset + start, offset + end, new


def _repaired(word: str) -> str:
    fixed: str = ftfy.fix_encoding(word)
    return fixed


def _narrowed(line: str, start: int, end: int, new: str) -> Iterator[Edit]:
    """Yield one replacement as the few edits in which old and new really differ."""
    while start < end and new and line[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and line[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    if start == end and not new:
        return
    if end - start > _LONGEST_ALIGNED:
        yield start, end, new
        return
    matcher = SequenceMatcher(None, line[start:end], new, autojunk=False)
    for tag, old_start, old_end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield start + old_start, start + old_end, new[new_start:new_end]


def _composing_edits(text: str) -> Iterator[Edit]:
    """Yield the compositions to NFC: base and accents become one letter."""
    start = 0
    for line in text.splitlines(keepends=True):
        if not unicodedata.is_normalized("NFC", line):
            clusters = list(_clusters(line))
            composed = [(a, b, unicodedata.normalize("NFC", line[a:b])) for a, b in clusters]
            whole = unicodedata.normalize("NFC", line)
            if "".join(new for _, _, new in composed) == whole:
                for a, b, new in composed:
                    if line[a:b] != new:
                        yield start + a, start + b, new
            else:
                yield start, start + len(line), whole
        start += len(line)


def _clusters(line: str) -> Iterator[tuple[int, int]]:
    """Yield stretches that compose within themselves: a base and the marks after it."""
    start = 0
    for at, character in enumerate(line):
        if at > start and not _composes_with_previous(character):
            yield start, at
            start = at
    if start < len(line):
        yield start, len(line)


def _composes_with_previous(character: str) -> bool:
    # Hangul vowels and finals are bases by class but still join the letter before.
    return (
        unicodedata.category(character).startswith("M")
        or unicodedata.combining(character) != 0
        or "\u1160" <= character <= "\u11ff"
    )


def _unwrapping_edits(text: str) -> Iterator[Edit]:
    """Yield the line ends to replace by spaces where lines were wrapped at a width."""
    lines = text.split("\n")
    width = max(map(len, lines))
    if not _LEAST_WRAP <= width <= _GREATEST_WRAP:
        return
    breaks: list[int] = []
    fitting = unfinished = 0
    for block in _BLOCK.finditer(text):
        at = block.start()
        wrapped = block.group().split("\n")
        for line, following in pairwise(wrapped):
            at += len(line)
            breaks.append(at)
            # A line was broken because the next word did not fit any more.
            fitting += len(line) + 1 + len(following.split(" ", 1)[0]) > width - 2
            unfinished += _FINAL.search(line) is None
            at += 1
    if len(breaks) >= 2 and fitting >= 0.9 * len(breaks) and unfinished > 0.5 * len(breaks):
        for at in breaks:
            yield at, at + 1, " "
