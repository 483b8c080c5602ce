"""Read web pages: the article without the page around it, and what the page says of itself.

Each stretch of the article is found again in the source of the page, so that
it keeps its place in the file through tags and entities.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from onrecord.errors import ReadError
from onrecord.model.span import Span
from onrecord.read.decode import decode
from onrecord.read.published import published_from
from onrecord.read.report import Report, outlet_at
from onrecord.read.trace import Stretch, Traced, stretches_of

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,30})", re.I)
_HEAD = 4_096
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<tag>script|style|noscript|template|svg)\b.*?(?:</(?P=tag)\s*>|\Z)|<[!?/]?[a-zA-Z][^<>]*>",
    re.S | re.I,
)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});?")
_WORDS = re.compile(r"\S+")
_LIST_MARK = re.compile(r"^[-•*] (?=\S)", re.M)
_PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "datepublished", "article:published",
    "date", "pubdate", "publishdate", "publish-date", "publication_date", "dc.date",
    "dc.date.issued", "dcterms.date", "dcterms.issued", "dcterms.created", "sailthru.date",
    "parsely-pub-date", "article.published", "cxenseparse:recs:publishtime", "og:pubdate",
    "citation_publication_date", "rnews:datepublished", "created", "originalpublicationdate",
)  # fmt: skip
_NEXT = "Save the article's text as .txt, or give a page that holds it without scripts."


def read_html(
    raw: bytes, uri: str, *, encoding: str = "", charset: str = "", url: str = ""
) -> Report:
    """Return the article of a web page.

    Args:
        raw: The page.
        uri: Where it was read.
        encoding: As for `decode`.
        charset: Encoding that the server named, if known.
        url: Address of the page, if known.

    Raises:
        ReadError: No article text is found, or it cannot be decoded.
    """
    declared = charset or _declared(raw)
    decoded = decode(raw, uri, encoding=encoding, declared=declared)
    article = _article(decoded.text, url)
    if article is None or not article.text.strip():
        raise ReadError(uri, "no article text in this page", _NEXT)
    text = _LIST_MARK.sub("", article.text)
    source = Traced.original(decoded.text).through(decoded.offsets)
    visible = _Visible(source)
    title_end = visible.first_letter_of(article.title)
    body = visible.traced(text, title_end)
    length = decoded.offsets.byte_length
    return Report(
        uri=uri,
        text=text,
        offsets=body.offsets(length),
        title=article.title,
        title_offsets=visible.traced(article.title, 0).offsets(length) if article.title else None,
        publisher=article.publisher,
        author=article.author,
        published=article.published,
        guessed_encoding=decoded.guess,
    )


def text_of_fragment(fragment: str) -> str:
    """Return the text of a piece of HTML, one line for each block."""
    from lxml import etree
    from lxml import html as lxml_html

    if "<" not in fragment:
        return html.unescape(fragment)
    try:
        tree = lxml_html.fragment_fromstring(fragment, create_parent="div")
    except (etree.ParserError, ValueError):
        return html.unescape(_HIDDEN.sub(" ", fragment))
    for hidden in tree.xpath("//script | //style | //noscript"):
        hidden.drop_tree()
    for block in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "h4", "blockquote", "tr"):
        block.tail = "\n" + (block.tail or "")
        if block.tag != "br":
            block.text = "\n" + (block.text or "")
    lines = (" ".join(line.split()) for line in str(tree.text_content()).split("\n"))
    return "\n".join(line for line in lines if line)


@dataclass(frozen=True, slots=True)
class _Article:
    text: str
    title: str
    publisher: str
    author: str
    published: str


def _article(page: str, url: str) -> _Article | None:
    import trafilatura
    from trafilatura.settings import DEFAULT_CONFIG

    # trafilatura refuses the declaration of an encoding in a text already decoded.
    page = re.sub(r"^\s*<\?xml[^>]*\?>", "", page, count=1)
    tree = trafilatura.load_html(page)
    if tree is None:
        return None
    published = _published(tree, page, url)
    found = trafilatura.bare_extraction(
        page, url=url or None, with_metadata=True, include_comments=False, include_tables=False,
        favor_recall=False, config=DEFAULT_CONFIG,
    )  # fmt: skip
    if found is None or isinstance(found, dict) or not found.text:
        return None
    publisher = str(found.sitename or "") or outlet_at(str(found.url or url))
    return _Article(
        text=str(found.text),
        title=str(found.title or ""),
        publisher=publisher.lstrip("@"),
        author=str(found.author or "").replace("; ", ", "),
        published=published,
    )


def _published(tree: Any, page: str, url: str) -> str:
    """Return the publication time as the page's metadata gives it, with the hour if it can be."""
    from htmldate import find_date

    for candidate in (*_linked_data(tree), *_meta(tree), *_time_elements(tree)):
        if published_from(candidate) is not None:
            return candidate
    # Without the extensive search only marked-up dates count, never those of the prose.
    found = find_date(tree, extensive_search=False, original_date=True, url=url or None)
    return str(found or "")


def _linked_data(tree: Any) -> Iterator[str]:
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            parts = [json.loads(script.text or "")]
        except ValueError:
            continue
        while parts:
            part = parts.pop()
            if isinstance(part, list):
                parts.extend(reversed(part))
            elif isinstance(part, dict):
                if isinstance(part.get("datePublished"), str):
                    yield part["datePublished"]
                parts.extend(v for v in (part.get("@graph"), part.get("mainEntity")) if v)


def _meta(tree: Any) -> Iterator[str]:
    given: dict[str, str] = {}
    for meta in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            name = (meta.get(attribute) or "").strip().casefold()
            if name and meta.get("content"):
                given.setdefault(name, meta.get("content").strip())
    for name in _PUBLISHED_META:
        if name in given:
            yield given[name]


def _time_elements(tree: Any) -> Iterator[str]:
    for element in tree.xpath("//*[@itemprop='datePublished'] | //time[@pubdate][@datetime]"):
        yield element.get("datetime") or element.get("content") or ""


def _declared(raw: bytes) -> str:
    match = _CHARSET.search(raw[:_HEAD])
    if match is None:
        return ""
    name = match[1].decode("ascii").lower()
    # Browsers read these three as Windows-1252, and so do we.
    return "" if name in ("iso-8859-1", "latin-1", "us-ascii", "utf-8") else name


class _Visible:
    """The characters of a page that a reader sees, without white space, and their places."""

    def __init__(self, page: Traced) -> None:
        self._page = page
        shown = page.edited((m.start(), m.end(), "") for m in _HIDDEN.finditer(page.text)).replaced(
            _ENTITY, lambda match: html.unescape(match.group())
        )
        end = page.stretches[-1].end if page.stretches else 0
        self._bytes = shown.offsets(end)
        # Code points of `shown` for each character that is not white space.
        self._letters = "".join(_WORDS.findall(shown.text))
        self._places = [
            place for m in _WORDS.finditer(shown.text) for place in range(m.start(), m.end())
        ]

    def first_letter_of(self, title: str) -> int:
        """Return where `title` is first shown, 0 if it is not: the article stands below it."""
        wanted = "".join(title.split())
        head = self._letters.find(wanted) if wanted else -1
        return max(head, 0)

    def traced(self, text: str, start: int) -> Traced:
        """Return `text` with every paragraph traced to the page, looked for from letter `start`.

        What is not found word for word stands for what lies between its neighbours.
        """
        stretches: list[Stretch] = []
        pieces = list(re.finditer(r"[^\n]+|\n+", text))
        letter = start
        for piece in pieces:
            words = piece.group()
            at = self._find("".join(words.split()), letter)
            if at is None:
                stretches.append(Stretch(len(words), -1, -1, 0))
                continue
            first, after = at
            stretches.extend(self._exact(words, first))
            letter = after
        return Traced(text, tuple(_bounded(stretches, self._page)))

    def _find(self, wanted: str, start: int) -> tuple[int, int] | None:
        if not wanted:
            return None
        at = self._letters.find(wanted, start)
        if at < 0:
            at = self._letters.find(wanted)
        return (at, at + len(wanted)) if at >= 0 else None

    def _exact(self, words: str, letter: int) -> Iterator[Stretch]:
        """Yield the stretches of a paragraph whose letters start at `letter`."""
        done = 0
        for match in _WORDS.finditer(words):
            if match.start() > done:
                at = self._end_of(letter - 1) if letter else 0
                yield Stretch(match.start() - done, at, at, 0)
            length = match.end() - match.start()
            first, last = self._places[letter], self._places[letter + length - 1]
            if last - first == length - 1:
                yield from stretches_of(self._bytes, first, last + 1)
            else:
                low = self._bytes.bytes_of(Span(first, first + 1))[0]
                yield Stretch(length, low, self._end_of(letter + length - 1), 0)
            letter += length
            done = match.end()
        if done < len(words):
            at = self._end_of(letter - 1)
            yield Stretch(len(words) - done, at, at, 0)

    def _end_of(self, letter: int) -> int:
        place = self._places[letter]
        return self._bytes.bytes_of(Span(place, place + 1))[1]


def _bounded(stretches: list[Stretch], page: Traced) -> Iterator[Stretch]:
    """Yield `stretches`, those not found reaching from the one before to the one after."""
    end_of_page = page.stretches[-1].end if page.stretches else 0
    low = 0
    for index, stretch in enumerate(stretches):
        if stretch.start >= 0:
            low = stretch.end
            yield stretch
            continue
        later = (s.start for s in stretches[index + 1 :] if s.start >= low)
        yield Stretch(stretch.length, low, next(later, end_of_page), 0)
