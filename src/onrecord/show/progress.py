"""Show how far reading has come: a bar on standard error, where somebody may be looking."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from onrecord.show.safe import printable

if TYPE_CHECKING:
    from onrecord.pipeline import OnDocument

_LONGEST_NAME = 40


@contextmanager
def progress_bar(*, wanted: bool) -> Iterator[OnDocument | None]:
    """Give what `read_into` calls after each report; None where nobody is looking.

    Args:
        wanted: Whether to draw a bar when standard error is a terminal or a notebook.
    """
    console = Console(file=sys.stderr, highlight=False)
    if not wanted or not (console.is_terminal or console.is_jupyter):
        yield None
        return
    # How many reports there are is known only when the last input was opened.
    columns = (
        SpinnerColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def advance(uri: str, outcome: str) -> None:
            name = printable(uri)
            short = name if len(name) <= _LONGEST_NAME else "…" + name[1 - _LONGEST_NAME :]
            bar.update(task, advance=1, description=escape(short))

        yield advance
