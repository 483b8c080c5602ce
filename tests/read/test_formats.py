"""Pages, feeds, archives, PDF and Word files give their report and what they say of it."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest

from onrecord.errors import ReadError
from onrecord.model.document import Document
from onrecord.model.span import Span
from onrecord.read.any import ReadFailure, read_paths
from onrecord.read.pdf import read_pdf

_PAGE = """<!DOCTYPE html><html><head><meta charset="utf-8">
<title>Council votes to repair dam | The Selva Post</title>
<meta property="og:site_name" content="The Selva Post">
<meta property="article:published_time" content="2024-03-03T14:30:00+02:00">
<meta name="author" content="Ana Torres">
<script>var teaser = "The council met on Tuesday";</script></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav>
<article><h1>Council votes to repair dam</h1>
<p>PORT SELVA (Meridian Press) &mdash; The council met on <b>Tuesday</b> &amp; voted to repair the dam
above the town, officials said after a session of many hours.</p>
<p>&ldquo;We will rebuild,&rdquo; said the mayor, Ana&nbsp;Ruiz, who leads the council. She added that
<a href="/x">five villages</a> had been flooded since January by heavy rain.</p>
<ul><li>The first point of the long agreement was accepted by all of the members.</li></ul>
<p>The army sent 200 soldiers to the town, and many people in the café of the town agreed.</p>
</article><footer>Copyright 2024 The Selva Post</footer></body></html>"""


def _documents(path: Path) -> list[Document]:
    return [result for result in read_paths([path]) if isinstance(result, Document)]


def test_page_gives_its_article_and_metadata(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(_PAGE)
    (document,) = _documents(tmp_path / "a.html")
    assert document.title == "Council votes to repair dam"
    assert (document.publisher, document.author) == ("The Selva Post", "Ana Torres")
    assert document.published == datetime(2024, 3, 3, 12, 30, tzinfo=UTC)
    assert (document.wire_credit, document.dateline) == ("Meridian Press", "PORT SELVA")
    assert "World" not in document.text
    assert "Copyright" not in document.text


def test_words_of_a_page_are_found_in_its_source(tmp_path: Path) -> None:
    raw = _PAGE.encode()
    (tmp_path / "a.html").write_bytes(raw)
    (document,) = _documents(tmp_path / "a.html")
    assert document.offsets is not None
    article = raw.index(b"<article>")
    for word, original in (
        ("Tuesday", "Tuesday"), ("&", "&amp;"), ("“We", "&ldquo;We"), ("villages", "villages"),
        ("café", "café"), ("first point", "first point"), ("on Tuesday", "on <b>Tuesday"),
    ):  # fmt: skip
        at = document.text.index(word)
        start, end = document.offsets.bytes_of(Span(at, at + len(word)))
        assert raw[start:end].decode() == original
        assert start > article


def test_page_in_its_declared_encoding_is_read(tmp_path: Path) -> None:
    page = (
        _PAGE.replace("utf-8", "windows-1251")
        .replace("café", "кафе")
        .encode("cp1251", "xmlcharrefreplace")
    )
    (tmp_path / "a.html").write_bytes(page)
    (document,) = _documents(tmp_path / "a.html")
    assert "кафе" in document.text


def test_dates_of_the_prose_are_not_taken_for_publication(tmp_path: Path) -> None:
    page = _PAGE.replace(
        '<meta property="article:published_time" content="2024-03-03T14:30:00+02:00">', ""
    )
    page = page.replace("met on <b>Tuesday</b>", "met on March 1, 2023,")
    (tmp_path / "a.html").write_text(page)
    (document,) = _documents(tmp_path / "a.html")
    assert document.published is None


def test_linked_data_gives_the_hour(tmp_path: Path) -> None:
    data = '<script type="application/ld+json">{"@graph":[{"datePublished":"2024-03-03T08:00:00Z"}]}</script>'
    (tmp_path / "a.html").write_text(_PAGE.replace("<script>", data + "<script>"))
    (document,) = _documents(tmp_path / "a.html")
    assert document.published == datetime(2024, 3, 3, 8, tzinfo=UTC)


_RSS = """<?xml version="1.0"?><rss version="2.0"><channel><title>The Selva Post</title>
<item><title>Council votes to repair dam</title><link>https://selvapost.example/1</link>
<pubDate>Sun, 03 Mar 2024 14:30:00 +0200</pubDate><author>Ana Torres</author>
<description>&lt;p&gt;The council met on &lt;b&gt;Tuesday&lt;/b&gt;.&lt;/p&gt;&lt;p&gt;It voted.&lt;/p&gt;</description></item>
<item><title>Nothing here</title></item></channel></rss>"""
_ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>The Selva Post</title>
<entry><title>Council votes</title><link href="https://selvapost.example/2"/><published>2024-03-03T14:30:00Z</published>
<summary>Short.</summary><content type="html">&lt;p&gt;The council met on Tuesday.&lt;/p&gt;</content></entry></feed>"""


def test_feed_entries_are_reports(tmp_path: Path) -> None:
    (tmp_path / "a.rss").write_text(_RSS)
    document, failure = read_paths([tmp_path / "a.rss"])
    assert isinstance(document, Document)
    assert document.text == "Council votes to repair dam\n\nThe council met on Tuesday.\nIt voted."
    assert (document.publisher, document.uri) == ("The Selva Post", "https://selvapost.example/1")
    assert document.published == datetime(2024, 3, 3, 12, 30, tzinfo=UTC)
    assert isinstance(failure, ReadFailure)
    assert failure.uri.endswith("a.rss, entry 2")


def test_feed_that_would_unfold_without_measure_is_refused(tmp_path: Path) -> None:
    unfolding = (
        '<!DOCTYPE rss [<!ENTITY a "dam"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        "<rss><channel><item><title>x</title><description>&b;</description></item></channel></rss>"
    )
    (tmp_path / "a.xml").write_text(unfolding)
    (failure,) = read_paths([tmp_path / "a.xml"])
    assert isinstance(failure, ReadFailure)
    assert failure.reason == "its entities unfold into other entities"


def test_atom_content_goes_before_its_summary(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(_ATOM)
    (document,) = _documents(tmp_path / "a.xml")
    assert document.text.endswith("The council met on Tuesday.")


@pytest.mark.parametrize("packed", [False, True])
def test_web_archive_gives_its_delivered_pages(tmp_path: Path, packed: bool) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    with path.open("wb") as stream:
        writer = WARCWriter(stream, gzip=packed)
        for number, (status, kind) in enumerate(
            (
                ("200 OK", "text/html; charset=utf-8"),
                ("404 Not Found", "text/html"),
                ("200 OK", "image/png"),
            )
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
            record = writer.create_warc_record(
                f"https://selvapost.example/{number}",
                "response",
                io.BytesIO(_PAGE.encode()),
                http_headers=headers,
            )
            writer.write_record(record)
    (document,) = _documents(path)
    assert document.uri == "https://selvapost.example/0"
    assert document.title == "Council votes to repair dam"


def test_cut_web_archive_keeps_what_was_read(tmp_path: Path) -> None:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    stream = io.BytesIO()
    writer = WARCWriter(stream, gzip=True)
    for number in range(2):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.0")
        page = io.BytesIO(_PAGE.replace("five", f"{number + 5}").encode())
        writer.write_record(
            writer.create_warc_record(
                f"https://selvapost.example/{number}", "response", page, http_headers=headers
            )
        )
    (tmp_path / "a.warc.gz").write_bytes(stream.getvalue()[:-200])
    results = list(read_paths([tmp_path / "a.warc.gz"]))
    assert isinstance(results[0], Document)
    assert any(isinstance(result, ReadFailure) for result in results[1:])


def test_word_file_gives_title_and_paragraphs(tmp_path: Path) -> None:
    import docx

    file = docx.Document()
    file.add_heading("Council votes to repair dam", 0)
    file.add_paragraph("The council met on Tuesday.")
    file.add_paragraph("")
    file.add_paragraph("It voted to repair the dam.")
    file.core_properties.author = "Ana Torres"
    file.save(str(tmp_path / "a.docx"))
    (document,) = _documents(tmp_path / "a.docx")
    assert document.text == (
        "Council votes to repair dam\n\nThe council met on Tuesday.\n\nIt voted to repair the dam."
    )
    assert (document.title, document.author) == ("Council votes to repair dam", "Ana Torres")
    assert document.offsets is None


def _pdf(*pages: list[str]) -> bytes:
    """Write a PDF file by hand: one font, one line of text under the other."""
    objects: list[bytes] = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    kids = []
    for lines in pages:
        drawn = b"".join(b"(" + line.encode("latin-1") + b") Tj T* " for line in lines)
        stream = b"BT /F1 12 Tf 14 TL 72 720 Td " + drawn + b"ET"
        objects.append(b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream))
        kids.append(b"%d 0 R" % (len(objects) + 1))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % len(objects)
        )
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(pages), b" ".join(kids))
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start)
    return bytes(out)


def test_pdf_lines_are_joined_to_paragraphs() -> None:
    report = read_pdf(
        _pdf(
            ["Council votes to repair dam", "", "The council of the town of Port Selva met on Tues-",
             "day and voted to repair the dam above the town.", "It was late.", "The army sent 200 soldiers to the town on"],
            ["the next morning, and the mayor thanked them all."],
        ),
        "a.pdf",
    )  # fmt: skip
    assert report.text.split("\n\n") == [
        "Council votes to repair dam",
        "The council of the town of Port Selva met on Tuesday and voted to repair the dam above the"
        " town. It was late.",
        "The army sent 200 soldiers to the town on the next morning, and the mayor thanked them all.",
    ]


def test_running_heads_are_left_out() -> None:
    pages = [
        [
            "The Selva Post, 3 March",
            f"On day {word} of the flood the water rose again.",
            f"Page {n}",
        ]
        for n, word in enumerate(("one", "two", "three", "four"))
    ]
    text = read_pdf(_pdf(*pages), "a.pdf").text
    assert "Page" not in text
    assert "Selva" not in text
    assert "day four" in text


def test_pdf_without_text_names_the_next_step() -> None:
    with pytest.raises(ReadError) as caught:
        read_pdf(_pdf([], []), "scan.pdf")
    assert str(caught.value) == (
        "scan.pdf: no text layer in 2 of 2 pages. Run OCR first, e.g.: ocrmypdf scan.pdf out.pdf"
    )
