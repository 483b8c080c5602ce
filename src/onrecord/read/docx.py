"""Read Word files: paragraphs in order, the title from its style or the file's properties.

The text lies compressed in the file, so these documents have no offset map.
"""

from __future__ import annotations

import io
import zipfile

from onrecord.errors import ReadError
from onrecord.read.report import Report

_NEXT = "Open it in a word processor and save it anew as .docx."
_TITLE_STYLES = ("Title", "Heading 1")


def read_docx(raw: bytes, uri: str, *, max_bytes: int) -> Report:
    """Return the report in a Word file.

    Args:
        raw: The file.
        uri: Where it was read.
        max_bytes: Greatest size of its parts once unpacked.

    Raises:
        ReadError: The file is broken, too large when unpacked, or has no text.
    """
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml.etree import LxmlError

    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            # Pictures count too: they are unpacked with the rest.
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > max_bytes:
            raise ReadError(
                uri,
                f"{unpacked / 1e6:.0f} MB once unpacked, more than {max_bytes / 1e6:.0f} MB",
                "Split it, or raise the limit (--max-mb).",
            )
        document = docx.Document(io.BytesIO(raw))
        paragraphs = [
            (p.text.strip(), str(p.style.name) if p.style else "") for p in document.paragraphs
        ]
        properties = document.core_properties
        title, author = str(properties.title or ""), str(properties.author or "")
    except (
        zipfile.BadZipFile, PackageNotFoundError, LxmlError, KeyError, ValueError, OSError,
        # What other parts are expected in, and what packs them in ways Python does not know.
        AttributeError, NotImplementedError,
    ) as error:  # fmt: skip
        raise ReadError(uri, f"not a readable Word file ({error})", _NEXT) from None
    filled = [(text, style) for text, style in paragraphs if text]
    if not filled:
        raise ReadError(uri, "no text in this Word file", "Check that it is the right file.")
    opens_with_title = filled[0][1] in _TITLE_STYLES
    return Report(
        uri=uri,
        text="\n\n".join(text for text, _ in filled),
        title="" if opens_with_title or title.lower() == "word document" else title,
        opens_with_title=opens_with_title,
        # The library's own template is signed by the library.
        author="" if author == "python-docx" else author,
    )
