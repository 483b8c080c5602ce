# ruff: noqa: E501 - tables of a page are one line a row
"""Write docs/reference/cli.md from the help of every command; a test keeps it up to date.

Run: python docs/generate_cli.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from onrecord.show.cli.main import cli

PAGE = Path(__file__).parent / "reference" / "cli.md"
WIDTH = 88

HEAD = """\
# Command line

<!-- Written by docs/generate_cli.py from the help of each command. Do not edit. -->

`onrecord` puts rows on standard output and everything else (progress, hints, errors) on
standard error.

| you are | you get |
|---|---|
| at a terminal | a table that fits it, identifiers whole, the first 50 rows; one field per line when the terminal is too narrow for a table |
| in a pipe | tab-separated lines with a header, all rows; tabs and line breaks in text become blanks |
| asking for `--json` | one JSON array with a row per line and every column |
| asking for `--csv` | a header and every column; text that begins with `=`, `+`, `-`, `@`, a tab or a line break gets an apostrophe in front, so that no spreadsheet runs it |

| exit code | meaning |
|---|---|
| 0 | done |
| 1 | failed |
| 2 | misuse: an unknown command, option, filter or word; the message names the nearest |
| 3 | some inputs failed; each is named, the rest is kept |
| 130 | interrupted; whole reports are kept, the same command goes on |

Environment: `ONRECORD_RECORD` (the record to use instead of `news.db`), `ONRECORD_REVIEWER`
(who signs reviews), `NO_COLOR` (no colours). On a terminal, control characters and characters
that reorder text are shown as signs (`␛`, `\N{REPLACEMENT CHARACTER}`), never sent.
"""


def commands(
    group: click.Group, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Return every command with the words that call it, groups before what is in them."""
    yield path, group
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None, name
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


def help_of(path: tuple[str, ...], command: click.Command) -> str:
    """Return what `--help` says."""
    context = click.Context(command, info_name=" ".join(("onrecord", *path)))
    context.terminal_width = context.max_content_width = WIDTH
    context.help_option_names = ["-h", "--help"]
    return "\n".join(line.rstrip() for line in command.get_help(context).splitlines())


def page() -> str:
    """Return the whole page."""
    parts = [HEAD]
    for path, command in commands(cli):
        title = " ".join(("onrecord", *path))
        parts.append(f"{'##' if len(path) < 2 else '###'} {title}\n\n```text\n"
                     f"{help_of(path, command)}\n```\n")  # fmt: skip
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.parent.mkdir(parents=True, exist_ok=True)
    PAGE.write_text(page(), "utf-8")
