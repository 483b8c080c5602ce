"""Read a file line by line, however long it is, with the bytes each line stands for."""

from __future__ import annotations

import codecs
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from onrecord.errors import ReadError
from onrecord.model.document import OffsetMap
from onrecord.read.decode import decode, marked_encoding
from onrecord.read.trace import Traced, joined

_HEAD = 4
_STEP = 1 << 20


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a file.

    Attributes:
        number: Position in the file, from 1.
        text: The characters with the line end.
        offsets: Map from code points of `text` to bytes of the file.
    """

    number: int
    text: str
    offsets: OffsetMap


def lines_of(
    stream: BinaryIO, uri: str, *, encoding: str = "", max_bytes: int
) -> Iterator[Line | ReadError]:
    """Yield the lines of `stream`; of a line too long only what is wrong with it.

    Args:
        stream: A file open for reading bytes.
        uri: What to name in errors.
        encoding: As for `decode`; found from the byte order mark if empty.
        max_bytes: Longest line to take in.
    """
    buffered = io.BufferedReader(stream) if isinstance(stream, io.RawIOBase) else stream
    head = buffered.read(_HEAD)
    marked, skipped = marked_encoding(head)
    told = encoding or (marked if marked != "utf-8" else "")
    end_mark = _end_mark(told)
    at = skipped
    rest = head[skipped:]
    number = 0
    while True:
        number += 1
        raw, rest, length = _line(buffered, rest, end_mark, max_bytes)
        if length == 0:
            return
        if raw is None:
            yield ReadError(
                f"{uri}, line {number}",
                f"{length / 1e6:.0f} MB in one line, more than {max_bytes / 1e6:.0f} MB",
                "Split the file, or raise the limit (--max-mb).",
            )
        else:
            try:
                decoded = decode(raw, f"{uri}, line {number}", encoding=told)
                yield Line(number, decoded.text, _shifted(decoded.offsets, at))
            except ReadError as error:
                yield error
        at += length


def _line(
    stream: BinaryIO, rest: bytes, end_mark: bytes, max_bytes: int
) -> tuple[bytes | None, bytes, int]:
    """Return the next line (None if too long), what was read beyond it, and its length."""
    pieces = bytearray(rest)
    dropped = 0
    while True:
        cut = _find(pieces, end_mark)
        if cut >= 0:
            line = bytes(pieces[:cut])
            kept = None if dropped or cut > max_bytes else line
            return kept, bytes(pieces[cut:]), dropped + cut
        if len(pieces) > max_bytes + len(end_mark):
            # Nothing of an overlong line is kept but what an end mark may be cut in.
            keep = len(pieces) % len(end_mark) + len(end_mark)
            dropped += len(pieces) - keep
            del pieces[: len(pieces) - keep]
        more = stream.read(_STEP) if len(end_mark) > 1 else stream.readline(_STEP)
        if not more:
            kept = None if dropped or len(pieces) > max_bytes else bytes(pieces)
            return kept, b"", dropped + len(pieces)
        pieces += more


def _find(pieces: bytearray, end_mark: bytes) -> int:
    """Return where the first line of `pieces` ends, or -1; wide marks stand on whole units."""
    at = pieces.find(end_mark)
    while at >= 0 and at % len(end_mark):
        at = pieces.find(end_mark, at + 1)
    return at + len(end_mark) if at >= 0 else -1


def _end_mark(encoding: str) -> bytes:
    try:
        name = codecs.lookup(encoding).name if encoding else "utf-8"
        return "\n".encode(name) if name.startswith(("utf-16-", "utf-32-")) else b"\n"
    except LookupError:
        return b"\n"


def _shifted(offsets: OffsetMap, by: int) -> OffsetMap:
    return OffsetMap(
        offsets.text_offsets,
        tuple(offset + by for offset in offsets.byte_offsets),
        offsets.byte_length + by,
        offsets.widths,
    )


def joined_lines(lines: list[Line]) -> Traced:
    """Return `lines` as one text that knows its bytes."""
    return joined(Traced.original(line.text).through(line.offsets) for line in lines)
