"""`onrecord review`: say what is right and wrong; nothing is destroyed."""

from __future__ import annotations

import getpass
import json
import os
from collections.abc import Callable, Iterator
from typing import IO, Any

import click

from onrecord.errors import ReadError
from onrecord.record.rows import ReviewRow
from onrecord.show.api import Record
from onrecord.show.cli.options import OUTPUT, open_existing, quiet_option, record_option, together
from onrecord.show.cli.output import Column, chosen_format, hint, say, write_rows
from onrecord.show.export.source import every_row
from onrecord.show.safe import json_text, printable
from onrecord.show.sequences import as_dict, counted

COLUMNS = (
    Column("id", "review_id", whole=True, style="dim"),
    Column("row", "target_id", whole=True, style="dim"),
    Column("verdict", "verdict", whole=True, style="bold"),
    Column("field", "field"),
    Column("was", "old"),
    Column("is", "new"),
    Column("by", "reviewer"),
    Column("note", "note", weight=2),
)
_VERDICTS = ("accept", "reject", "correct", "merge", "split")

_reviewer = click.option(
    "--reviewer",
    metavar="NAME",
    default=None,
    help="Who says so. Default: $ONRECORD_REVIEWER, else your login name.",
)
_note = click.option("--note", default="", metavar="TEXT", help="Why.")


def reviewer_name(given: str | None) -> str:
    if given:
        return given
    named = os.environ.get("ONRECORD_REVIEWER")
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        raise click.UsageError("no login name to sign with. Add: --reviewer NAME") from None


@click.group("review")
def command() -> None:
    """Accept, reject or correct rows, merge or split actors; all is kept and can be undone.

    A rejected row leaves all lists and exports; a corrected field shows the
    correction. The reports and what was read from them stay as they are, and
    when a report is read again, reviews find their rows.

    \b
    Example:
      onrecord review reject st_3f9a1c --note "the army denied it, not the police"
      onrecord review list
    """


def _write(
    review: Callable[..., ReviewRow],
    words: tuple[str, ...],
    reviewer: str | None,
    note: str,
    location: str | None,
    *,
    quiet: bool,
) -> None:
    """Write a review and what follows from it, and say how to take it back."""
    from onrecord.pipeline import settle

    with open_existing(location) as record:
        done = review(record.store, *words, reviewer=reviewer_name(reviewer), note=note)
        settle(record.store)
    hint(
        f"{printable(done.review_id)}: {done.verdict} {printable(done.target_id)}."
        f" Undo: onrecord review undo {printable(done.review_id)}",
        quiet=quiet,
    )


@command.command("accept")
@click.argument("row_id", metavar="ID")
@together(_reviewer, _note, record_option, quiet_option)
def accept(row_id: str, reviewer: str | None, note: str, location: str | None, quiet: bool) -> None:
    """Say that a row is right; one that was rejected comes back.

    \b
    Example:
      onrecord review accept st_3f9a1c
    """
    from onrecord.record import corrections

    _write(corrections.accept, (row_id,), reviewer, note, location, quiet=quiet)


@command.command("reject")
@click.argument("row_id", metavar="ID")
@together(_reviewer, _note, record_option, quiet_option)
def reject(row_id: str, reviewer: str | None, note: str, location: str | None, quiet: bool) -> None:
    """Say that a row is wrong: it leaves all lists and exports.

    \b
    Example:
      onrecord review reject st_3f9a1c --note "a drill, not an attack"
    """
    from onrecord.record import corrections

    _write(corrections.reject, (row_id,), reviewer, note, location, quiet=quiet)


@command.command("correct")
@click.argument("row_id", metavar="ID")
@click.argument("field")
@click.argument("value")
@together(_reviewer, _note, record_option, quiet_option)
def correct(
    row_id: str,
    field: str,
    value: str,
    reviewer: str | None,
    note: str,
    location: str | None,
    quiet: bool,
) -> None:
    """Say what a field of a row should be.

    FIELD is a column of the row's list, such as type, actor, recipient, place,
    date_from, factuality, value_low or speaker.

    \b
    Example:
      onrecord review correct st_3f9a1c factuality denied
      onrecord review correct st_3f9a1c actor "Meridian Front"
    """
    from onrecord.record import corrections

    _write(
        corrections.correct,
        (
            row_id,
            field,
            value,
        ),
        reviewer,
        note,
        location,
        quiet=quiet,
    )


@command.command("merge")
@click.argument("one", metavar="ACTOR")
@click.argument("other", metavar="ACTOR")
@together(_reviewer, _note, record_option, quiet_option)
def merge(
    one: str, other: str, reviewer: str | None, note: str, location: str | None, quiet: bool
) -> None:
    """Say that two actors are one, in all reports there are and will be.

    ACTOR is an id or a name that only one actor has.

    \b
    Example:
      onrecord review merge "Meridian Front" "MF Movement"
      onrecord review merge ac_5b1d09 ac_77e0c2 --note "renamed in 2021"
    """
    from onrecord.record import merges

    _write(
        merges.merge,
        (
            one,
            other,
        ),
        reviewer,
        note,
        location,
        quiet=quiet,
    )


@command.command("split")
@click.argument("actor", metavar="ACTOR")
@click.argument("part", metavar="NAME|REPORT")
@together(_reviewer, _note, record_option, quiet_option)
def split(
    actor: str, part: str, reviewer: str | None, note: str, location: str | None, quiet: bool
) -> None:
    """Say that part of an actor is somebody else: those of one name, or of one report.

    "onrecord show ACTOR" lists the names. With the id of a report, the actor's name
    means somebody else in that report only.

    \b
    Example:
      onrecord review split "Meridian Front" "Meridian Youth Front"
      onrecord review split "Helena Marsh" doc_3f9a1c --note "the judge, not the minister"
    """
    from onrecord.record import merges

    _write(
        merges.split,
        (
            actor,
            part,
        ),
        reviewer,
        note,
        location,
        quiet=quiet,
    )


@command.command("undo")
@click.argument("review_id", metavar="REVIEW")
@together(_reviewer, _note, record_option, quiet_option)
def undo(
    review_id: str, reviewer: str | None, note: str, location: str | None, quiet: bool
) -> None:
    """Take a review back; undoing an undo brings it back.

    \b
    Example:
      onrecord review undo rv_5b1d09
    """
    from onrecord.record import corrections

    _write(corrections.undo, (review_id,), reviewer, note, location, quiet=quiet)


def _reviews(record: Record, *, target: str | None, lost: bool, limit: int | None) -> Iterator[Any]:
    from onrecord.record import query

    return every_row(
        lambda most, offset: query.reviews(
            record.store, target=target, lost=lost, limit=most, offset=offset
        ),
        limit,
    )


@command.command("list")
@click.option("--row", "target", default=None, metavar="ID", help="Only about this row.")
@click.option("--lost", is_flag=True, help="Only those whose row is gone from its report.")
@together(*OUTPUT)
def list_(
    target: str | None,
    lost: bool,
    location: str | None,
    as_json: bool,
    as_csv: bool,
    limit: int | None,
    quiet: bool,
) -> None:
    """List what people said about rows, oldest first.

    \b
    Example:
      onrecord review list --lost
    """
    form = chosen_format(as_json, as_csv)
    with open_existing(location) as record:
        rows = (
            as_dict(row) for row in _reviews(record, target=target, lost=lost, limit=limit or None)
        )
        count = write_rows(rows, COLUMNS, form, names=tuple(ReviewRow.__annotations__))
    if count:
        hint(f"{counted(count, 'reviews')}. Next: onrecord review undo REVIEW", quiet=quiet)
    else:
        hint("No reviews. Next: onrecord review accept ID", quiet=quiet)


@command.command("export")
@together(record_option, quiet_option)
def export(location: str | None, quiet: bool) -> None:
    """Write all reviews as JSON lines, to keep or to bring to another record.

    \b
    Example:
      onrecord review export > reviews.jsonl
    """
    count = 0
    with open_existing(location) as record:
        for row in _reviews(record, target=None, lost=False, limit=None):
            click.echo(json_text(as_dict(row)))
            count += 1
    hint(
        f"{counted(count, 'reviews')}. Next: onrecord review import FILE --record OTHER",
        quiet=quiet,
    )


@command.command("import")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@together(record_option, quiet_option)
def import_(file: IO[str], location: str | None, quiet: bool) -> None:
    """Apply reviews that "review export" wrote; importing them twice changes nothing.

    Reviews that were undone are left out. A review whose row this record does
    not have is named and left out, and the exit code is 3.

    \b
    Example:
      onrecord review import reviews.jsonl
    """
    from onrecord.errors import RecordError
    from onrecord.pipeline import settle
    from onrecord.record import corrections, merges

    applied = known = failed = 0
    with open_existing(location) as record:
        held = {
            _substance(as_dict(row))
            for row in _reviews(record, target=None, lost=False, limit=None)
            if row.undone_by is None
        }
        for number, review in _lines(file):
            if review["undone_by"] is not None or review["verdict"] not in _VERDICTS:
                continue
            if _substance(review) in held:
                known += 1
                continue
            signed = {"reviewer": review["reviewer"], "note": review["note"]}
            target = str(review["applies_to"] or review["target_id"])
            try:
                if review["verdict"] == "correct":
                    corrections.correct(
                        record.store, target, review["field"], review["new"], **signed
                    )
                elif review["verdict"] == "merge":
                    merges.merge(record.store, target, review["new"], **signed)
                elif review["verdict"] == "split":
                    merges.split(record.store, target, review["new"], **signed)
                elif review["verdict"] == "accept":
                    corrections.accept(record.store, target, **signed)
                else:
                    corrections.reject(record.store, target, **signed)
            except RecordError as error:
                say(f"{file.name}, line {number}: {error}")
                failed += 1
                continue
            if review["verdict"] in {"merge", "split"}:
                # The next review may speak of the actor that this one makes.
                settle(record.store)
            held.add(_substance(review))
            applied += 1
        settle(record.store)
    hint(
        f"{applied:,} reviews applied, {known:,} known already, {failed:,} not applicable."
        " Next: onrecord review list",
        quiet=quiet,
    )
    if failed:
        raise click.exceptions.Exit(3)


_KEYS = ("target_id", "applies_to", "verdict", "field", "new", "reviewer", "note", "undone_by")


def _substance(review: dict[str, Any]) -> tuple[Any, ...]:
    return tuple(
        review[key] for key in ("target_id", "verdict", "field", "new", "reviewer", "note")
    )


def _lines(file: IO[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(file, start=1):
        if not line.strip():
            continue
        try:
            review = json.loads(line)
        except json.JSONDecodeError as error:
            raise ReadError(
                f"{file.name}, line {number}", f"not JSON ({error.msg})",
                "Give a file that onrecord review export wrote.",
            ) from error  # fmt: skip
        if not isinstance(review, dict) or not set(_KEYS) <= review.keys():
            raise ReadError(
                f"{file.name}, line {number}", "not a review",
                "Give a file that onrecord review export wrote.",
            )  # fmt: skip
        yield number, review
