"""Document: the text with stacked highlights, and beside it what was read from it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from onrecord.errors import QueryError, RecordError
from onrecord.model.span import Span
from onrecord.record.layers import Marked, ReportText, document_of, marks_of, report_text
from onrecord.record.limited import LimitedStore
from onrecord.record.shown import show
from onrecord.show.sequences import as_dict
from onrecord.show.web.parameters import any_text, whole_number
from onrecord.show.web.segments import Highlight, Segment, cut, paragraphs, parts, stack
from onrecord.show.web.site import Ask, Table, View, render
from onrecord.show.web.words import sentence_of

# Code points of one part: enough for most reports, quick to lay out.
PART = 12_000
LAYERS = ("mention", "quote", "event", "relation", "quantity")
LETTERS = {"mention": "M", "quote": "Q", "event": "E", "relation": "R", "quantity": "F"}
LAYER_NAMES = {
    "mention": "Mentions", "quote": "Quotes", "event": "Events", "relation": "Relations",
    "quantity": "Figures",
}  # fmt: skip
_DRAWN = {"trigger", "mention", "content", "source", "cue"}
_COLUMNS = ("row_id", "kind", "field", "start", "end", "text", "rejected", "says")


@dataclass(frozen=True, slots=True)
class Note:
    """A row as the side panel shows it.

    Attributes:
        mark: The row with its spans.
        words: The row as one sentence.
        fields: `field:start-end` of each span, blank-separated, for the arrows.
    """

    mark: Marked
    words: str
    fields: str


@dataclass(frozen=True, slots=True)
class Part:
    """Some paragraphs with the rows that begin in them."""

    number: int
    paragraphs: list[list[Segment]]
    notes: list[Note]


def cut_part(store: LimitedStore, of: ReportText, number: int) -> Part:
    """Return part `number` of a text, counted from 0; only what touches it is looked up."""
    start, end = parts(of.text, PART)[number]
    here = marks_of(store, of, within=Span(start, end)) if end > start else ()
    highlights = [h for m in here for h in _highlights(m)]
    lanes = stack(highlights)
    drawn = []
    for first, last in paragraphs(of.text, start, end):
        touching = [h for h in highlights if h.span.start < last and h.span.end > first]
        drawn.append(cut(of.text, first, last, touching, lanes))
    begins = [m for m in here if start <= _anchor(m).start < end and m.kind != "mention"]
    return Part(number, drawn, [_note(m) for m in sorted(begins, key=lambda m: _anchor(m).start)])


def _anchor(mark: Marked) -> Span:
    """Return the words that stand for the row: the trigger, else what is said."""
    spans = dict(reversed(mark.spans))
    return spans.get("trigger") or spans.get("content") or mark.spans[0][1]


def _highlights(mark: Marked) -> Iterator[Highlight]:
    lead = _anchor(mark)
    rejected = mark.row is None
    for field, span in mark.spans:
        drawn = field in _DRAWN and not rejected
        leads = drawn and span == lead and field in ("trigger", "content", "mention")
        yield Highlight(
            span, mark.kind, mark.row_id, field, drawn, leads and mark.kind != "mention"
        )


def _note(mark: Marked) -> Note:
    words = "rejected by a reviewer" if mark.row is None else sentence_of(mark.kind, mark.row)
    fields = " ".join(f"{field}:{span.start}-{span.end}" for field, span in mark.spans)
    return Note(mark, words, fields)


def part_of(store: LimitedStore, of: ReportText, row_id: str) -> int:
    """Return the part in which a row begins.

    Raises:
        RecordError: The text has no such row.
    """
    for mark in marks_of(store, of, row_id=row_id):
        return part_at(of, _anchor(mark).start)
    raise RecordError(row_id, "not in this report", "It may have been read anew since.")


def part_at(of: ReportText, offset: int) -> int:
    """Return the part in which a code point lies; the last one if it lies behind the text."""
    starts = [start for start, _ in parts(of.text, PART)]
    return bisect_right(starts, offset) - 1


def page(ask: Ask) -> Mapping[str, Any]:
    """Return the first part of a text and the part that the address points into."""
    of = report_text(ask.store, ask.row_id)
    stretches = parts(of.text, PART)
    at, offset = ask.query["at"], int(ask.query.extra.get("offset", 0))
    wanted = {0, part_of(ask.store, of, at) if at else part_at(of, offset)}
    hidden = ask.query.values("hide")
    _known_layers(hidden)
    return {
        "title": of.report.title or of.report.uri or "Untitled report",
        "report": of.report,
        "nothing_read": bool(of.text) and not any(of.n_of.values()),
        "parts": [
            cut_part(ask.store, of, n) if n in wanted else None for n in range(len(stretches))
        ],
        "sizes": [end - start for start, end in stretches],
        "layers": LAYERS,
        "letters": LETTERS,
        "layer_names": LAYER_NAMES,
        "n_of_layer": of.n_of,
        "hidden": hidden,
        "at": at,
        "offset": offset if "offset" in ask.query.extra else "",
    }


def _known_layers(hidden: Sequence[str]) -> None:
    for layer in hidden:
        if layer not in LAYERS:
            raise QueryError(f"hide {layer!r}", "no such layer", f"Layers: {', '.join(LAYERS)}.")


async def part(request: Request) -> Response:
    """Answer with one part of a text, to be put into the page."""

    def found() -> Part:
        store = request.app.state.store
        of = report_text(store, request.path_params["row_id"])
        number = int(request.path_params["number"])
        if number >= len(parts(of.text, PART)):
            raise RecordError(f"part {number}", "the text has no such part", "Open the report.")
        return cut_part(store, of, number)

    cut_ = await run_in_threadpool(found)
    return render(request, "part.html", {"part": cut_, "letters": LETTERS, "at": ""})


def table(ask: Ask) -> Table:
    """Return every stretch of the text that something was read from."""
    of = report_text(ask.store, ask.row_id)
    hidden = ask.query.values("hide")
    _known_layers(hidden)
    rows = [
        {
            "row_id": mark.row_id,
            "kind": mark.kind,
            "field": field,
            "start": span.start,
            "end": span.end,
            "text": of.text[span.start : span.end],
            "rejected": mark.row is None,
            "says": ""
            if mark.row is None or mark.kind == "mention"
            else sentence_of(mark.kind, mark.row),
        }
        for mark in marks_of(ask.store, of)
        if mark.kind not in hidden
        for field, span in mark.spans
    ]
    return Table(_COLUMNS, rows, len(rows), about={"report": as_dict(of.report)})


def row_page(ask: Ask) -> Mapping[str, Any]:
    """Return one statement or quote with all that it stands on."""
    shown = show(ask.store, ask.row_id)
    if shown.kind in ("actor", "document", "claim"):
        raise RecordError(ask.row_id, f"a {shown.kind}", f"Open /{shown.kind}/{ask.row_id}.")
    return {"title": f"{shown.kind.capitalize()}", "shown": shown}


def row_table(ask: Ask) -> Table:
    """Return the fields of one statement or quote with their places in the text."""
    shown = show(ask.store, ask.row_id)
    rows = [
        {
            "field": f.name, "start": f.span.start, "end": f.span.end, "text": f.text,
            "value": f.value, "row_id": f.row_id,
        }
        for f in shown.fields
    ]  # fmt: skip
    about = {"kind": shown.kind, "rejected": shown.rejected, "sentence": shown.sentence}
    columns = ("field", "start", "end", "text", "value", "row_id")
    return Table(columns, rows, len(rows), about=about)


async def open_row(request: Request) -> Response:
    """Lead from a statement or quote to its place in its report."""
    row_id = request.path_params["row_id"]
    document_id = await run_in_threadpool(document_of, request.app.state.store, row_id)
    return RedirectResponse(f"/document/{document_id}?at={row_id}", 303)


_TEXT = {"at": any_text, "hide": any_text, "offset": whole_number(0, 1_000_000_000)}
VIEW = View("document", "/document/{row_id}", page, table, extra=_TEXT)
ROW_VIEWS = (View("statement", "/statement/{row_id}", row_page, row_table),)
