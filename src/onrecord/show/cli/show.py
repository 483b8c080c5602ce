"""`onrecord show`: one row, its sentence with marks, and who says so."""

from __future__ import annotations

from typing import Any

import click
from rich.console import Console
from rich.text import Text

from onrecord.show.cli.options import open_existing, quiet_option, record_option
from onrecord.show.cli.output import boxes_possible, hint, plain, stdout_console
from onrecord.show.marks import mark_lines
from onrecord.show.notebook import ShownRow, label_of, marks_of
from onrecord.show.safe import json_text, printable, printable_lines
from onrecord.show.sequences import summary_of_dict
from onrecord.show.side_by_side import print_claim

_STYLES = {
    "who": "cyan", "whose": "cyan", "whom": "yellow", "what": "bold red", "figure": "bold red",
    "evidence": "bold red", "counted": "yellow", "when": "green", "where": "blue",
    "source": "magenta", "cue": "bright_black", "words": "bright_black",
}  # fmt: skip
_INDENT = "  "
_TEXT_LINES = 12
_ARROW = " < "


@click.command("show")
@click.argument("row_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Everything as one JSON object.")
@record_option
@quiet_option
def command(row_id: str, as_json: bool, location: str | None, quiet: bool) -> None:
    """Show one row: its sentence with marks under the words of each field, and who says so.

    ID is the identifier of a statement (st_), quote (at_), actor (ac_), report
    (doc_) or claim (cl_), or enough of its beginning.

    \b
    Example:
      onrecord show st_3f9a1c
      onrecord show ac_91d2 --json
    """
    with open_existing(location) as record:
        found = record.show(row_id)
    if as_json:
        click.echo(json_text(found.to_dict(), indent=2))
        return
    console = stdout_console()
    if found.shown.kind == "claim":
        with open_existing(location) as record:
            print_claim(console, record.claim(str(found.row["claim_id"])))
        hint("Next: onrecord show ID of a statement", quiet=quiet)
        return
    if found.sentence:
        _print_statement(console, found)
    else:
        _print_fields(console, found.row)
    _print_report(console, found)
    _print_others(console, found)
    _print_reviews(console, found)
    hint(_next_step(found), quiet=quiet)


def _print_statement(console: Console, found: ShownRow) -> None:
    row = found.row
    identifier = row.get("statement_id") or row.get("attribution_id") or ""
    head = Text(printable(str(identifier)), style="dim")
    head.append(f"  {found.shown.kind}", style="bold")
    what = " ".join(plain(row.get(key)) for key in ("type", "mode") if row.get(key))
    for words in (what, row.get("factuality"), _sureness(row), row.get("reviewed")):
        if words:
            head.append(f"  {printable(str(words))}")
    if found.shown.rejected:
        head.append("  rejected by a reviewer, as the machine read it", style="red")
    console.print(head, soft_wrap=True)
    console.print()
    _print_marks(console, found)
    console.print()
    _print_values(console, found)
    if found.shown.chain:
        console.print(Text("On whose word", style="bold"))
        for depth, link in enumerate(found.shown.chain):
            role = link.role if link.named else f"{link.role}, not named"
            line = Text(_INDENT + "   " * depth + ("└ " if depth and boxes_possible() else ""))
            line.append(printable(link.name), style="cyan")
            line.append(f"  ({role})", style="dim")
            console.print(line, soft_wrap=True)


def _sureness(row: dict[str, Any]) -> str:
    confidence = row.get("confidence")
    return "" if confidence is None else f"confidence {confidence:.2f}"


def _print_marks(console: Console, found: ShownRow) -> None:
    span = found.shown.sentence_span
    lines = mark_lines(
        found.sentence,
        marks_of(found.fields_in_sentence(), found.shown.kind),
        start=span.start if span else 0,
        width=console.width - len(_INDENT),
        ascii_only=not boxes_possible(),
    )
    for line in lines:
        console.print(Text(_INDENT + line.text), soft_wrap=True)
        for lane in line.lanes:
            drawn = Text(_INDENT)
            for stroke in lane:
                drawn.append(" " * (len(_INDENT) + stroke.column - len(drawn)))
                drawn.append(stroke.text, style=_STYLES.get(stroke.label, ""))
            console.print(drawn, soft_wrap=True)


def _print_values(console: Console, found: ShownRow) -> None:
    """Print what each field's words stand for, and those read from other sentences."""
    elsewhere = {id(field) for field in found.fields_elsewhere()}
    rows = []
    for field in found.shown.fields:
        beyond = id(field) in elsewhere
        if field.name == "content" or not (field.value or beyond):
            continue
        label = label_of(field, found.shown.kind)
        words = printable(field.text)
        value = "" if field.value.casefold() == field.text.casefold() else field.value
        line = Text(_INDENT)
        line.append(label.ljust(9), style=_STYLES.get(label, ""))
        line.append(words)
        if value:
            line.append(f" = {printable(value)}", style="bold")
        if field.row_id:
            line.append(f"  {printable(field.row_id)}", style="dim")
        if beyond:
            line.append(f"  (elsewhere in the report, at {field.span.start})", style="dim")
        rows.append(line)
    for line in rows:
        console.print(line, soft_wrap=True)
    if rows:
        console.print()


def _print_fields(console: Console, row: dict[str, Any]) -> None:
    names = [name for name, value in row.items() if value not in (None, "", ())]
    width = max((len(name) for name in names), default=0) + 2
    for name in names:
        line = Text(_INDENT + name.ljust(width), style="dim")
        line.append(printable(plain(row[name])), style="default")
        console.print(line, soft_wrap=True)


def _print_report(console: Console, found: ShownRow) -> None:
    report = found.shown.document
    if report is None or found.shown.kind == "document":
        return
    console.print(Text("Report", style="bold"))
    published = report.get("published")
    day = "" if published is None else f"{published:%Y-%m-%d}"
    line = Text(_INDENT + plain(report["document_id"]), style="dim")
    for words in (report.get("title"), report.get("publisher"), day):
        if words:
            line.append(f"  {printable(str(words))}", style="default")
    console.print(line, soft_wrap=True)
    if report.get("uri"):
        console.print(Text(_INDENT + printable(str(report["uri"])), style="dim"), soft_wrap=True)
    if report.get("copy_of"):
        console.print(
            Text(f"{_INDENT}near copy of {printable(str(report['copy_of']))}"), soft_wrap=True
        )


def _print_others(console: Console, found: ShownRow) -> None:
    others = found.shown.sisters
    if not others:
        return
    beside = found.shown.kind in ("actor", "document", "claim")
    console.print(Text("Statements" if beside else "Beside it", style="bold"))
    for other in others[:_TEXT_LINES]:
        line = Text(_INDENT + summary_of_dict(other))
        line.truncate(max(console.width, 40), overflow="ellipsis")
        console.print(line, soft_wrap=True)
    if len(others) > _TEXT_LINES:
        console.print(Text(f"{_INDENT}and {len(others) - _TEXT_LINES} more", style="dim"))
    for claim in found.shown.claims:
        console.print(
            Text(
                f"{_INDENT}claim {claim['claim_id']}: {claim['status']},"
                f" {claim['n_sources']} sources, this statement {claim['stance']}"
            ),
            soft_wrap=True,
        )


def _print_reviews(console: Console, found: ShownRow) -> None:
    if not found.shown.reviews:
        return
    console.print(Text("Reviews", style="bold"))
    for review in found.shown.reviews:
        change = f" {review.field}: {review.old} -> {review.new}" if review.field else ""
        undone = f" (undone by {review.undone_by})" if review.undone_by else ""
        note = f" — {review.note}" if review.note else ""
        words = f"{review.review_id}  {review.at:%Y-%m-%d}  {review.reviewer}  {review.verdict}"
        console.print(
            Text(_INDENT + printable_lines(f"{words}{change}{undone}{note}")), soft_wrap=True
        )


def _next_step(found: ShownRow) -> str:
    row = found.row
    if found.shown.kind == "actor":
        return f"Next: onrecord events --actor {row['actor_id']}"
    if found.shown.kind == "document":
        return f"Next: onrecord quotes --document {row['document_id']}"
    identifier = row.get("statement_id") or row.get("attribution_id")
    return f"Next: onrecord review accept {identifier}, or reject, or correct"
