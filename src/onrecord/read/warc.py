"""Read web archives (WARC): every page in them that was delivered is a report.

Offsets count the bytes of the page, unpacked, as the server sent it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from onrecord.errors import ReadError
from onrecord.read.html import read_html
from onrecord.read.report import Report

_PAGE_TYPES = ("text/html", "application/xhtml+xml")
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]+)", re.I)


def read_warc(
    stream: BinaryIO, uri: str, *, encoding: str = "", max_bytes: int
) -> Iterator[Report | ReadError]:
    """Yield one report, or what is wrong with it, for each page of a web archive.

    Args:
        stream: The archive, packed or not, read record by record.
        uri: Where it is; names records without an address.
        encoding: As for `decode`.
        max_bytes: Greatest page to take in.
    """
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = found = 0
    records = iter(ArchiveIterator(stream))
    while True:
        number += 1
        subject = f"{uri}, record {number}"
        try:
            record = next(records, None)
            if record is None:
                break
            page = _page(record, max_bytes, subject)
        except ReadError as error:
            yield error
            continue
        except (ArchiveLoadFailed, EOFError, OSError, ValueError, AttributeError) as error:
            # The reader of archives meets a record cut in its head with an AttributeError.
            yield ReadError(
                subject, f"the archive is broken here ({error})".replace("\n", " "),
                "What stands before it was read; fetch the archive anew for the rest.",
            )  # fmt: skip
            return
        if page is None:
            continue
        found += 1
        raw, address, charset = page
        try:
            name = address or f"{uri}#{number}"
            yield read_html(raw, name, encoding=encoding, charset=charset, url=address)
        except ReadError as error:
            yield ReadError(f"{subject} ({error.subject})", error.reason, error.next_step)
    if not found:
        yield ReadError(uri, "no web pages in this archive", "Check that it holds responses.")


def _page(record: object, max_bytes: int, subject: str) -> tuple[bytes, str, str] | None:
    """Return the bytes, address and charset of a delivered page, None for other records."""
    if record.rec_type not in ("response", "resource"):  # type: ignore[attr-defined]
        return None
    headers = record.http_headers  # type: ignore[attr-defined]
    archive_headers = record.rec_headers  # type: ignore[attr-defined]
    if headers is not None and not str(headers.get_statuscode()).startswith("2"):
        return None
    kind = (headers or archive_headers).get_header("Content-Type") or ""
    if not kind.lower().startswith(_PAGE_TYPES):
        return None
    raw = record.content_stream().read(max_bytes + 1)  # type: ignore[attr-defined]
    if len(raw) > max_bytes:
        raise ReadError(
            subject,
            f"page larger than {max_bytes / 1e6:.0f} MB",
            "Raise the limit (--max-mb) to read it.",
        )
    # The reader of archives stops at the end of a cut file without a word.
    if getattr(record.raw_stream, "limit", 0) > 0:  # type: ignore[attr-defined]
        raise ReadError(subject, "the archive ends within this page", "Fetch the archive anew.")
    match = _CHARSET.search(kind)
    address = archive_headers.get_header("WARC-Target-URI") or ""
    return raw, address.strip("<>"), match[1] if match else ""
