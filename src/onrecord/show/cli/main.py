"""The command line: nouns list, verbs act; data on stdout, everything else on stderr."""

from __future__ import annotations

import contextlib
import errno
import importlib
import os
import signal
import sys
from collections.abc import Sequence

import click

from onrecord.errors import OnrecordError, QueryError
from onrecord.show.cli.output import say
from onrecord.show.nearest import nearest

DONE = 0
FAILED = 1
MISUSE = 2
SOME_FAILED = 3
INTERRUPTED = 128 + signal.SIGINT
# Set by the shell when it wants to complete a word; click answers.
_COMPLETION = "_ONRECORD_COMPLETE"

# In the order of a first session, not of the alphabet. One module per command, loaded when
# asked for: `onrecord --version` must not load a parser.
COMMANDS: dict[str, str] = {
    "demo": "Read the bundled sample reports and show what was found.",
    "read": "Read reports into the record.",
    "events": "List events: who did what to whom.",
    "relations": "List relations: who leads, founded, backs or fights whom.",
    "figures": "List figures: casualties, troops, crowds, money.",
    "quotes": "List who said what.",
    "claims": "List claims: what is confirmed, what is disputed, on whose word.",
    "actors": "List people, groups, governments and other actors.",
    "documents": "List the reports of the record.",
    "show": "Show one row: its sentence, its words, who says so.",
    "compare": "Compare two reports: what both speak of and where they differ.",
    "timeline": "List what an actor did and had done to it, day by day.",
    "search": "Search the text of all reports.",
    "export": "Write the record in the format of another tool.",
    "serve": "Look at the record in a browser.",
    "review": "Accept, reject or correct rows.",
    "evaluate": "Rerun the published benchmarks.",
    "doctor": "Check the installation and the record.",
}


class Commands(click.Group):
    """A group that loads a command when it is used and knows near misses."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*COMMANDS, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in COMMANDS:
            return super().get_command(ctx, name)
        command = importlib.import_module(f"onrecord.show.cli.{name}").command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and not name.startswith("-"):
            meant = nearest(name, COMMANDS)
            step = f"Did you mean {meant}?" if meant else ""
            raise click.UsageError(f"no command {name!r}. {step}".strip(), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(package_name="onrecord", prog_name="onrecord")
def cli() -> None:
    """Put the news on record: who did or said what to whom, when and where, and on whose word.

    Nouns list rows (events, quotes, actors), verbs act (read, show, export). Data goes to
    standard output, progress and hints to standard error. On a terminal rows are a table;
    in a pipe they are tab-separated lines with a header; --json and --csv choose.

    \b
    Exit codes: 0 done, 1 failed, 2 misuse, 3 some inputs failed (each named,
    the rest kept), 130 interrupted. NO_COLOR turns colours off.

    \b
    Example:
      onrecord demo
      onrecord read reports/ --record news.db
      onrecord events --type ASSAULT
    """


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; errors become one line on stderr.

    Args:
        arguments: Words after `onrecord`; those of the process by default.

    Returns:
        0 done, 1 failed, 2 misuse, 3 some inputs failed, 130 interrupted.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    if _COMPLETION in os.environ:
        cli.main(words, prog_name="onrecord")
    try:
        # Not `cli.main`: it takes a reader that stops early ("| head") for a failure.
        with cli.make_context("onrecord", words) as context:
            cli.invoke(context)
        sys.stdout.flush()
    except click.exceptions.Exit as exit_:
        return exit_.exit_code
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return MISUSE
    except click.UsageError as error:
        where = error.ctx.command_path if error.ctx else "onrecord"
        message = error.format_message()
        stop = "" if message.endswith((".", "?")) else "."
        say(f"{where}: {message}{stop} See: {where} --help")
        return MISUSE
    except click.ClickException as error:
        say(f"onrecord: {error.format_message()}")
        return error.exit_code
    except QueryError as error:
        say(str(error))
        return MISUSE
    except OnrecordError as error:
        say(str(error))
        return FAILED
    except (click.Abort, KeyboardInterrupt):
        say("onrecord: interrupted. What was finished is kept; run the same command to go on.")
        return INTERRUPTED
    except BrokenPipeError:
        # The reader ("| head") has what it wanted. Point stdout elsewhere, or the
        # interpreter complains once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except UnicodeEncodeError:
        if all(map(_is_text, words)):
            raise
        say("onrecord: a name or filter holds bytes that are no UTF-8. Write it as text.")
        return MISUSE
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        say("onrecord: the disk is full; what was written is cut short. Make room and try again.")
        with contextlib.suppress(OSError, ValueError):
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    return DONE


def _is_text(word: str) -> bool:
    """Return whether all bytes of a word of the command line are UTF-8."""
    return not any("\ud800" <= character <= "\udfff" for character in word)


def main() -> None:
    """Entry point of the `onrecord` command."""
    sys.exit(run())
