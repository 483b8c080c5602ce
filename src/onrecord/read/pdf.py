"""Read the text layer of PDF files: lines joined to paragraphs, running heads left out.

A PDF draws characters and has no text whose bytes could be pointed at, so
these documents have no offset map.
"""

from __future__ import annotations

import re
import shlex
import statistics
from collections import Counter

from onrecord.errors import ReadError
from onrecord.read.report import Report

_MOST_PAGES = 5_000
_LEAST_LETTERS = 20
# A line that stands at the edge of this share of pages is a running head or foot.
_RUNNING_SHARE = 0.5
_LEAST_RUNNING = 3
_EDGE = 2
_FINAL = re.compile(r"[.!?:][\"'”’)\]]*$")
_HYPHEN = re.compile(r"(?<=[a-zà-ÿ])[-\u00ad\u2010]$")
_SHORT_LINE = 0.8
# Word processors write the name of their file into the title.
_FILE_NAME = re.compile(r"\.\w{2,4}$|^(?:microsoft word|untitled|slide|document\d*)\b", re.I)


def read_pdf(raw: bytes, uri: str) -> Report:
    """Return the report in a PDF file.

    Args:
        raw: The file.
        uri: Where it was read; a page count or a missing text layer is reported on it.

    Raises:
        ReadError: The file is broken or locked, or has no text layer.
    """
    import pypdfium2 as pdfium

    try:
        pdf = pdfium.PdfDocument(raw)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                uri,
                "locked with a password",
                "Unlock it first, e.g.: qpdf --decrypt in.pdf out.pdf",
            ) from None
        raise ReadError(
            uri, f"not a readable PDF ({error})".replace("\n", " "),
            "Open it in a viewer and save it anew.",
        ) from None  # fmt: skip
    try:
        if len(pdf) > _MOST_PAGES:
            raise ReadError(uri, f"{len(pdf)} pages, more than {_MOST_PAGES}", "Split it.")
        pages = [_lines(pdf, index, uri) for index in range(len(pdf))]
        metadata = {key: str(value or "") for key, value in pdf.get_metadata_dict().items()}
    finally:
        pdf.close()
    empty = sum(sum(map(len, page)) < _LEAST_LETTERS for page in pages)
    if empty == len(pages):
        raise ReadError(
            uri,
            f"no text layer in {empty} of {len(pages)} pages",
            f"Run OCR first, e.g.: ocrmypdf {shlex.quote(uri)} out.pdf",
        )
    title = metadata.get("Title", "").strip()
    return Report(
        uri=uri,
        text=_paragraphs(_without_running_lines(pages)),
        title="" if _FILE_NAME.search(title) else title,
        author=metadata.get("Author", "").strip(),
    )


def _lines(pdf: object, index: int, uri: str) -> list[str]:
    import pypdfium2 as pdfium

    try:
        page = pdf[index]  # type: ignore[index]
        text = str(page.get_textpage().get_text_range())
    except pdfium.PdfiumError as error:
        raise ReadError(
            uri, f"page {index + 1} is broken ({error})", "Open it in a viewer and save it anew."
        ) from None
    # The reader puts this sign where it found a word broken by a hyphen.
    text = re.sub("\ufffe(?:\r?\n)?", "", text)
    return [line.strip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]


def _without_running_lines(pages: list[list[str]]) -> list[list[str]]:
    """Return the pages without heads, feet and page numbers that return on most of them."""
    edges: Counter[str] = Counter()
    for page in pages:
        words = [line for line in page if line]
        edges.update({_running_key(line) for line in (*words[:_EDGE], *words[-_EDGE:])})
    least = max(_LEAST_RUNNING, _RUNNING_SHARE * len(pages))
    running = {key for key, count in edges.items() if count >= least}
    kept = []
    for page in pages:
        filled = [index for index, line in enumerate(page) if line]
        at_edge = {*filled[:_EDGE], *filled[-_EDGE:]}
        kept.append(
            [
                line
                for index, line in enumerate(page)
                if not (index in at_edge and _running_key(line) in running)
            ]
        )
    return kept


def _running_key(line: str) -> str:
    return re.sub(r"\d+", "0", line.casefold())


def _paragraphs(pages: list[list[str]]) -> str:
    """Return the text with lines joined where they were broken only by the width of the page."""
    lines = [line for page in pages for line in page]
    lengths = [len(line) for line in lines if len(line) > 1]
    usual = statistics.quantiles(lengths, n=10)[-2] if len(lengths) > 1 else 0.0
    pieces: list[str] = []
    broken = True
    for line in lines:
        if not line:
            broken = broken or not pieces or _FINAL.search(pieces[-1]) is not None
            continue
        if broken or not pieces:
            pieces.append(line)
        elif _HYPHEN.search(pieces[-1]) and line[:1].islower():
            pieces[-1] = _HYPHEN.sub("", pieces[-1]) + line
        else:
            pieces[-1] = f"{pieces[-1]} {line}"
        short = len(line) < _SHORT_LINE * usual
        broken = short and (_FINAL.search(line) is not None or len(pieces) == 1)
    return "\n\n".join(pieces)
