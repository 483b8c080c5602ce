"""The reference of the command line cannot rot."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import click
import pytest

DOCS = Path(__file__).parents[2] / "docs"


def _generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_cli", DOCS / "generate_cli.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


generator = _generator()
COMMANDS = list(generator.commands(generator.cli))


def _name(value: object) -> str:
    return " ".join(value) or "onrecord" if isinstance(value, tuple) else ""


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=_name)
def test_every_command_has_help_and_an_example_of_itself(
    path: tuple[str, ...], command: click.Command
) -> None:
    text = generator.help_of(path, command)
    _, example, after = text.partition("Example:")
    assert len(text.splitlines()) > 4
    assert example
    assert " ".join(("onrecord", *path)) in after


@pytest.mark.parametrize(("path", "command"), COMMANDS, ids=_name)
def test_every_option_says_what_it_does(path: tuple[str, ...], command: click.Command) -> None:
    assert [
        parameter.name
        for parameter in command.params
        if isinstance(parameter, click.Option) and not parameter.help
    ] == []


def test_reference_is_what_the_help_says() -> None:
    assert (DOCS / "reference" / "cli.md").read_text("utf-8") == generator.page(), (
        "docs/reference/cli.md is out of date. Run: python docs/generate_cli.py"
    )
