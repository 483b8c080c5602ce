"""Keep text from reports harmless on a terminal, in a spreadsheet and in a page.

A report is written by strangers. An escape sequence in it could recolour or
rewrite the terminal, a bidirectional override could show "not guilty" where
the text says otherwise, and a cell that begins with "=" runs in a spreadsheet.
"""

from __future__ import annotations

import json
import re

_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# Overrides and isolates change the order of what follows; the plain marks, soft hyphen,
# zero-width space, byte order mark and tag characters hide text. The joiners stay: emoji
# and Persian need them.
_REORDERING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_HIDING = "\u00ad\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
_UNSAFE = re.compile(f"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff{_REORDERING}{_HIDING}]")
# JSON escapes the first 32 by itself; these it would write raw.
_UNSAFE_IN_JSON = re.compile(f"[\x7f-\x9f\u2028\u2029\ud800-\udfff{_REORDERING}{_HIDING}]")

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def _picture(match: re.Match[str]) -> str:
    character = match.group()
    if character in "\t\n\r\u2028\u2029\x0b\x0c\x85":
        return " "
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "\N{SYMBOL FOR DELETE}"
    return _REPLACEMENT


def printable(text: str) -> str:
    """Return `text` with every character that could act on a terminal made visible.

    White space of any sort becomes a blank, other control characters their
    picture ("␛"), characters that reorder or hide text "\N{REPLACEMENT CHARACTER}".

    Args:
        text: Words of a report, a file name, anything not written by us.

    Returns:
        As many code points as `text` has, so offsets stay true.
    """
    return _UNSAFE.sub(_picture, text)


def printable_lines(text: str) -> str:
    """Return `text` like `printable`, with its line breaks kept."""
    return "\n".join(printable(line) for line in text.split("\n"))


def json_text(value: object, *, indent: int | None = None) -> str:
    """Return `value` as JSON that is the same data and harmless on a terminal.

    Letters of all scripts stay readable; control characters, overrides and
    lone surrogates are written as `\\uXXXX`, which every reader turns back.
    """
    written = json.dumps(value, ensure_ascii=False, indent=indent, allow_nan=False)
    return _UNSAFE_IN_JSON.sub(_json_escape, written)


def _json_escape(match: re.Match[str]) -> str:
    return json.dumps(match.group())[1:-1]


def spreadsheet_cell(value: object) -> object:
    """Return `value` so that no spreadsheet takes it for a formula.

    Text that begins with `=`, `+`, `-`, `@`, a tab or a line break gets a
    leading apostrophe, as OWASP advises; numbers and None pass unchanged.
    """
    if isinstance(value, str) and value.startswith(_FORMULA):
        return "'" + value
    return value


def csv_cell(value: object) -> object:
    """Return a value for a CSV file: lists joined by semicolons, formulas made harmless."""
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list | tuple):
        return spreadsheet_cell("; ".join(str(item) for item in value))
    return spreadsheet_cell(value)
