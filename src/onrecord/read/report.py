"""Make a `Document` of a text and what is known about it: the one way every format takes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from onrecord.model.document import Document, OffsetMap
from onrecord.model.identifier import content_id
from onrecord.read.canonical import canonical, match_form
from onrecord.read.furniture import Frame, find_furniture, same_words
from onrecord.read.language import language_name, language_of
from onrecord.read.published import published_from
from onrecord.read.trace import Traced, joined

_SITE_PREFIX = re.compile(r"^(?:www\d?|m|mobile|amp|edition)\.")
# A site puts its name behind the headline: "Council meets | The Selva Post".
_SITE_SUFFIX = re.compile(r"\s+(?:\||[-–—»])\s+(?P<site>[^|–—»]{2,50})$")
# Where texts were glued together the next one starts right after the end mark of the last.
_END_MARK = re.compile(r"\[\s*read more\s*\]\s*(?=[^\s.,;:)\]])", re.IGNORECASE)
_GLUED_SOURCE = re.compile(
    r"\bSource\s*(?:»|›|>>)\s*[a-z0-9][a-z0-9.-]*[a-z0-9](?:\s*)(?=[A-Z(\"“])"
)
_SENTENCE_START = re.compile(r"[\"'“‘(]?[A-Z0-9]")


@dataclass(frozen=True, slots=True)
class Report:
    """What a format gives: a text and its metadata, before anything is repaired.

    Attributes:
        uri: Where it was read: a path, a URL, or `path#n`.
        text: The text as found.
        offsets: Map from code points of `text` to bytes of the original, None if there is none.
        title: Headline from metadata.
        title_offsets: The same map for `title`, None if it stands nowhere in particular.
        opens_with_title: Whether the first line of `text` is the headline (a Markdown heading).
        publisher: Outlet from metadata.
        author: Author from metadata.
        published: Publication time from metadata, in any form `published_from` reads.
        guessed_encoding: What the bytes were taken for when they do not say it and are no
            valid UTF-8; else empty.
    """

    uri: str
    text: str
    offsets: OffsetMap | None = None
    title: str = ""
    title_offsets: OffsetMap | None = None
    opens_with_title: bool = False
    publisher: str = ""
    author: str = ""
    published: object = None
    guessed_encoding: str = ""


def document_of(report: Report) -> Document:
    """Return the document that `report` makes.

    The text becomes canonical; a headline that metadata gives but the text does not
    open with becomes its first paragraph. A text that is not English is kept with
    status `skipped`.
    """
    body = repaired(report.text)
    title = canonical(report.title.replace("\n", " "))
    title = _without_site(title, report.publisher, body.text)
    if report.offsets is not None:
        body = body.through(report.offsets)
    text, title_end = _opened_with_title(body, title, report)
    frame = find_furniture(text.text, title=title.text, title_end=title_end)
    published = published_from(report.published)
    publisher = _one_line(report.publisher) or outlet_at(report.uri) or _publisher_in(frame)
    headline = title.text or frame.title
    language = language_of(body.text)
    is_read = language == "en"
    return Document(
        document_id=content_id("doc", publisher, headline, text.text),
        uri=writable(report.uri),
        text=text.text,
        title=headline,
        publisher=publisher,
        author=_one_line(report.author) or frame.author,
        published=published.at if published is not None else None,
        published_precision=published.precision if published is not None else "unknown",
        language=language,
        wire_credit=", ".join(_wire_credits(frame, publisher)),
        dateline=frame.dateline,
        furniture=frame.furniture,
        offsets=text.offsets(report.offsets.byte_length) if report.offsets is not None else None,
        status="read" if is_read else "skipped",
        error=""
        if is_read
        else f"text is {language_name(language)}; onrecord reads English reports only."
        " Translate it first and name the translator as its author.",
    )


def writable(name: str) -> str:
    """Return `name` with what no database stores spelled out, e.g. "caf\\udce9.txt".

    The name of a file may hold bytes that are no UTF-8, an address of a table anything.
    """
    return name.replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode()


def repaired(text: str) -> Traced:
    """Return canonical `text` with a paragraph break where one report is glued to the next."""
    body = canonical(text)
    for pattern in (_END_MARK, _GLUED_SOURCE):
        body = body.edited(
            (match.end() - _trailing(match.group()), match.end(), "\n\n")
            for match in pattern.finditer(body.text)
            if "\n" not in match.group()
        )
    return body


def with_defaults(report: Report, publisher: str, published: object) -> Report:
    """Return `report` with what it does not know filled in."""
    return replace(
        report,
        publisher=report.publisher or publisher,
        published=report.published if published_from(report.published) is not None else published,
    )


def outlet_at(address: str) -> str:
    """Return the site of a web address as the name of an outlet, e.g. "selvapost.example".

    Returns:
        The host without "www." and the like; empty if `address` is no web address.
    """
    if not address.startswith(("http://", "https://")):
        return ""
    try:
        host = urlsplit(address).hostname or ""
    except ValueError:  # e.g. "http://[x", a network address that is never closed
        return ""
    return _SITE_PREFIX.sub("", host.lower())


def _opened_with_title(body: Traced, title: Traced, report: Report) -> tuple[Traced, int]:
    """Return the text opened by its headline and where the headline ends (0 if not known)."""
    first = body.text.split("\n", 1)[0]
    if not title.text:
        return body, len(first) if report.opens_with_title else 0
    if same_words(first, title.text):
        return body, len(first)
    if _runs_on_from_title(body.text, title.text):
        # The headline runs into the first sentence: break the line between them.
        cut = len(title.text)
        gap = len(body.text[cut:]) - len(body.text[cut:].lstrip())
        return body.edited([(cut, cut + gap, "\n\n")]), cut
    if report.offsets is not None:
        within = report.title_offsets or OffsetMap((0,), (0,), report.offsets.byte_length)
        title = title.through(within)
    at = title.stretches[-1].end
    return joined((title, Traced.from_range("\n\n", at, at), body)), len(title.text)


def _runs_on_from_title(text: str, title: str) -> bool:
    opening, rest = text[: len(title)], text[len(title) :]
    return (
        len(title.split()) >= 4
        and match_form(opening).casefold() == match_form(title).casefold()
        and rest[:1] == " "
        and _SENTENCE_START.match(rest.lstrip()) is not None
    )


def _without_site(title: Traced, publisher: str, text: str) -> Traced:
    """Return the headline without the name of the site behind it."""
    match = _SITE_SUFFIX.search(title.text)
    if match is None:
        return title
    headline = title.part(0, match.start())
    is_site = publisher and same_words(match["site"], publisher)
    return headline if is_site or same_words(text.split("\n", 1)[0], headline.text) else title


def _trailing(found: str) -> int:
    return len(found) - len(found.rstrip())


def _publisher_in(frame: Frame) -> str:
    """Return the outlet the text itself names: a source line first, else the agency prefix."""
    named = frame.sources or frame.agencies
    return named[0] if named else ""


def _wire_credits(frame: Frame, publisher: str) -> tuple[str, ...]:
    named = dict.fromkeys((*frame.agencies, *frame.credits))
    return tuple(name for name in named if not same_words(name, publisher))


def _one_line(value: str) -> str:
    return " ".join(canonical(value).text.split())
