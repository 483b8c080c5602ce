"""Read RSS and Atom files that were saved: each entry with text is a report.

Nothing is fetched: a feed is what the file holds. Entries come unescaped from
the parser, so these documents have no offset map.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from onrecord.errors import ReadError
from onrecord.read.html import text_of_fragment
from onrecord.read.report import Report

# Entities made of entities unfold to many times the size of the file; no outlet writes them.
_NESTED_ENTITY = re.compile(rb"<!ENTITY\s[^<>]*&[A-Za-z_]")


def read_feed(raw: bytes, uri: str) -> Iterator[Report | ReadError]:
    """Yield one report, or what is wrong with it, for each entry of a feed.

    Args:
        raw: The file.
        uri: Where it is; entry n without a link becomes `uri#n`.

    Raises:
        ReadError: The file is no feed, has no entries, or would unfold without measure.
    """
    import feedparser

    if _NESTED_ENTITY.search(raw):
        raise ReadError(
            uri, "its entities unfold into other entities", "Save the articles as HTML or text."
        )
    # A stream, because the parser takes bytes that look like an address for one.
    feed = feedparser.parse(io.BytesIO(raw), sanitize_html=True, resolve_relative_uris=False)
    if not feed.entries:
        broken = feed.get("bozo_exception")
        reason = f"not a readable feed ({broken})" if broken else "no entries in this feed"
        if not feed.get("version"):
            reason = f"XML, but no RSS or Atom feed{f' ({broken})' if broken else ''}"
        raise ReadError(uri, reason, "Save the feed anew, or save the articles as HTML.")
    outlet = str(feed.feed.get("title") or "")
    for number, entry in enumerate(feed.entries, start=1):
        bodies = [str(c.get("value") or "") for c in entry.get("content") or ()]
        body = max((*bodies, str(entry.get("summary") or "")), key=len)
        text = text_of_fragment(body)
        if not text.strip():
            yield ReadError(
                f"{uri}, entry {number}", "no text", "Save the article itself as HTML or text."
            )
            continue
        source = entry.get("source") or {}
        yield Report(
            uri=str(entry.get("link") or "") or f"{uri}#{number}",
            text=text,
            title=text_of_fragment(str(entry.get("title") or "")).replace("\n", " "),
            publisher=str(source.get("title") or outlet),
            author=str(entry.get("author") or ""),
            published=str(entry.get("published") or "") or None,
        )
