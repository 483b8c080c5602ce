"""Bytes become the characters that were meant, and each knows its bytes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import ReadError
from onrecord.model.span import Span
from onrecord.read.decode import binary_kind, decode

_TEXT = "Mayor José said: “No” – 𝄞"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode_is_recognised(encoding: str) -> None:
    # A text in UTF-16 without a mark shows by its zero bytes once it is long enough.
    text = _TEXT + " the council of the town met again" * 3
    raw = text.encode(encoding)
    decoded = decode(raw, "x")
    assert decoded.text == text
    assert decoded.offsets.byte_length == len(raw)


def test_other_bytes_are_read_as_windows_1252_with_a_notice() -> None:
    decoded = decode("“café” – 5 €".encode("cp1252"), "x")
    assert decoded.text == "“café” – 5 €"
    assert decoded.guessed


def test_one_bad_line_does_not_spoil_the_others() -> None:
    decoded = decode("José\n".encode() + b"Caf\xe9\n" + "“yes”".encode(), "x")
    assert decoded.text == "José\nCafé\n“yes”"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1252", "gb18030", "shift_jis"])
def test_characters_map_to_their_bytes(encoding: str) -> None:
    text = "abc é “x” y" if encoding == "cp1252" else "abc 日本 y"
    raw = text.encode(encoding)
    decoded = decode(raw, "x", encoding=encoding)
    at = decoded.text.index("y")
    start, end = decoded.offsets.bytes_of(Span(at, at + 1))
    assert raw[start:end].replace(b"\x00", b"") == b"y"


@pytest.mark.parametrize(
    ("encoding", "reason"), [("utf-99", "no encoding"), ("utf-8", "not valid utf-8: byte 3")]
)
def test_told_encoding_must_fit(encoding: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        decode(b"caf\xe9!", "x", encoding=encoding)


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7",
        b"PK\x03\x04..",
        b"\x1f\x8b\x08",
        b"\x89PNG\r\n",
        b"\x7fELF",
        b"ab\x00cd",
        bytes(range(32)),
    ],
)
def test_binary_files_are_told_from_text(raw: bytes) -> None:
    assert binary_kind(raw)


@pytest.mark.parametrize(
    "raw", [b"Plain words\n\ttab", _TEXT.encode(), _TEXT.encode("utf-16"), b"\x1b"]
)
def test_text_is_not_taken_for_binary(raw: bytes) -> None:
    assert not binary_kind(raw)


@given(st.binary(max_size=80))
def test_any_bytes_can_be_read(raw: bytes) -> None:
    decoded = decode(raw, "x")
    for at in range(len(decoded.text)):
        start, end = decoded.offsets.bytes_of(Span(at, at + 1))
        assert 0 <= start <= end <= len(raw)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_utf8_characters_map_to_exactly_their_bytes(text: str) -> None:
    raw = text.encode()
    decoded = decode(b"\xef\xbb\xbf" + raw, "x")
    assert decoded.text == text
    for at, character in enumerate(text):
        start, end = decoded.offsets.bytes_of(Span(at, at + 1))
        assert (b"\xef\xbb\xbf" + raw)[start:end] == character.encode()
