"""Turn bytes into characters without losing a byte: Unicode first, then Western European.

A byte order mark is believed; then UTF-8 is tried; a line that is not UTF-8 is
read as Windows-1252, which gives every byte a character, and the reader is told.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

import ftfy.bad_codecs

from onrecord.errors import ReadError
from onrecord.model.document import OffsetMap
from onrecord.read.trace import map_of_widths

ftfy.bad_codecs.ok()  # registers the codec named below
# Windows-1252 as browsers read it: the five bytes without a character become controls.
_WESTERN = "sloppy-windows-1252"
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark starts with the same bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UTF8_RUN = re.compile(r"[\x00-\x7f]+|[\x80-\u07ff]+|[\u0800-\uffff]+|[\U00010000-\U0010ffff]+")
_UTF16_RUN = re.compile(r"[\x00-\uffff]+|[\U00010000-\U0010ffff]+")
_SNIFFED = 8_192
_MOST_CONTROLS = 0.02
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or office file"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"BZh", "bzip2-compressed"),
    (b"\xfd7zXZ", "xz-compressed"),
    (b"\x28\xb5\x2f\xfd", "zstd-compressed"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "an SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office file (.doc, .xls)"),
    (b"{\\rtf", "a rich-text file"),
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters read from bytes.

    Attributes:
        text: The characters, without a byte order mark.
        offsets: Map from code points of `text` to bytes.
        encoding: What the bytes were taken for.
        guessed: Whether any part is not valid in the encoding that was expected.
    """

    text: str
    offsets: OffsetMap
    encoding: str
    guessed: bool = False

    @property
    def guess(self) -> str:
        """The encoding by a name people know if it was guessed, else empty."""
        known = {"cp1252": "Windows-1252"}
        return known.get(self.encoding, self.encoding.upper()) if self.guessed else ""


def marked_encoding(head: bytes) -> tuple[str, int]:
    """Return the encoding that a byte order mark names and the mark's length in bytes.

    Returns:
        `("", 0)` without a mark.
    """
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding, len(mark)
    return "", 0


def binary_kind(head: bytes) -> str:
    """Return what sort of file `head` starts if it is no text, else an empty string.

    Args:
        head: The first bytes of the file; a few thousand are enough.
    """
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head[257:262] == b"ustar":
        return "a tar archive"
    encoding, _ = marked_encoding(head)
    if encoding.startswith(("utf-16", "utf-32")) or _unmarked_utf16(head):
        return ""
    sample = head[:_SNIFFED]
    controls = sum(sample.count(byte) for byte in range(32) if byte not in b"\t\n\r\x0b\x0c\x1b")
    return "binary data" if b"\x00" in sample or controls > _MOST_CONTROLS * len(sample) else ""


def decode(raw: bytes, uri: str, *, encoding: str = "", declared: str = "") -> Decoded:
    """Return the characters of `raw`.

    Args:
        raw: The bytes.
        uri: What to name in an error.
        encoding: What the user says it is; must then fit.
        declared: What the file says of itself (an HTML charset); tried, not trusted.

    Raises:
        ReadError: `encoding` is unknown or does not fit the bytes.
    """
    marked, skipped = marked_encoding(raw)
    if encoding:
        # A mark settles the byte order that "utf-16" leaves open.
        same = _same(encoding, marked)
        return _as_told(raw, uri, marked if same else encoding, skipped if same else 0)
    for candidate in (marked or _unmarked_utf16(raw[:_SNIFFED]), "utf-8", declared):
        if not candidate:
            continue
        skip = skipped if candidate == marked else 0
        try:
            text = raw[skip:].decode(candidate)
        except (UnicodeDecodeError, LookupError):
            continue
        offsets = _offsets(text, raw[skip:], candidate, skip)
        guessed = not marked and candidate.startswith("utf-16")
        return Decoded(text, offsets, candidate, guessed)
    return _line_by_line(raw, skipped)


def _as_told(raw: bytes, uri: str, encoding: str, skip: int) -> Decoded:
    try:
        text = raw[skip:].decode(encoding)
    except LookupError:
        raise ReadError(
            uri, f"{encoding!r} is no encoding Python knows", "Try utf-8, utf-16 or cp1252."
        ) from None
    except UnicodeDecodeError as error:
        raise ReadError(
            uri,
            f"not valid {encoding}: byte {error.start + skip} is 0x{raw[error.start + skip]:02x}",
            "Leave the encoding out to have it found, or name the right one.",
        ) from None
    return Decoded(text, _offsets(text, raw[skip:], encoding, skip), encoding)


def _same(encoding: str, marked: str) -> bool:
    return bool(marked) and encoding.lower().replace("_", "-").startswith(marked[:6])


def _unmarked_utf16(head: bytes) -> str:
    """Return the UTF-16 variant that `head` is in, judged by where its zero bytes stand."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = len(head) // 2
    if half and odd > 0.7 * half and even < 0.1 * half:
        return "utf-16-le"
    if half and even > 0.7 * half and odd < 0.1 * half:
        return "utf-16-be"
    return ""


def _line_by_line(raw: bytes, skip: int) -> Decoded:
    """Decode lines that are UTF-8 as such and the others as Windows-1252."""
    pieces: list[str] = []
    runs: list[tuple[int, int]] = []
    for line in raw[skip:].splitlines(keepends=True):
        try:
            text = line.decode("utf-8")
            runs.extend(_utf8_runs(text))
        except UnicodeDecodeError:
            text = line.decode(_WESTERN)
            runs.append((len(text), 1))
        pieces.append(text)
    return Decoded("".join(pieces), map_of_widths(runs, skip), "cp1252", guessed=True)


def _offsets(text: str, raw: bytes, encoding: str, skip: int) -> OffsetMap:
    name = codecs.lookup(encoding).name
    if name in ("utf-8", "utf-8-sig", "ascii"):
        runs: Iterator[tuple[int, int]] = _utf8_runs(text)
    elif len(text) == len(raw):
        runs = iter([(len(text), 1)])
    elif name.startswith("utf-16-"):
        runs = ((len(m.group()), 2 if m.group()[0] <= "\uffff" else 4)
                for m in _UTF16_RUN.finditer(text))  # fmt: skip
    elif name.startswith("utf-32-"):
        runs = iter([(len(text), 4)])
    else:
        runs = ((1, len(character.encode(encoding, "replace"))) for character in text)
    offsets = map_of_widths(runs, skip) if text else OffsetMap((), (), len(raw) + skip)
    if offsets.byte_length != len(raw) + skip:
        # A stateful encoding (a mark within, shift sequences): the whole is all we know.
        return OffsetMap((0,), (0,), len(raw) + skip, (0,))
    return offsets


def _utf8_runs(text: str) -> Iterator[tuple[int, int]]:
    for match in _UTF8_RUN.finditer(text):
        run = match.group()
        yield len(run), len(run[0].encode())
