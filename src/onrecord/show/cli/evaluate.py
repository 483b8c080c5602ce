"""`onrecord evaluate`: rerun the published benchmarks."""

from __future__ import annotations

import json
from pathlib import Path

import click

from onrecord.show.cli.options import extractor_option, quiet_option, say_where_texts_go
from onrecord.show.cli.output import hint


@click.command("evaluate")
@click.argument("suite")
@click.option(
    "--data", type=click.Path(path_type=Path, exists=True), help="Gold data: a file or a folder."
)
@click.option(
    "--json", "json_file", type=click.Path(path_type=Path, dir_okay=False),
    help="Write the figures here too.",
)  # fmt: skip
@click.option(
    "--predictions", type=click.Path(path_type=Path, dir_okay=False),
    help="Write the system's own annotations here, as JSON lines.",
)  # fmt: skip
@extractor_option
@click.option("--rules", is_flag=True, help="Short for --extractor rules.")
@quiet_option
def command(
    suite: str,
    data: Path | None,
    json_file: Path | None,
    predictions: Path | None,
    extractor: str,
    rules: bool,
    quiet: bool,
) -> None:
    """Score the extractor against gold data and say with what it was measured.

    \b
    SUITE is one of:
      sentences  events, relations, quantities   bundled, or --data FOLDER or .jsonl
      polnear    who said what                   --data FOLDER of a split
      plv        type of a given pair            --data .tsv
      re3d       entities                        --data FOLDER
      petrarch   a rule coder's unit records     --data .xml
      times      time expressions                bundled
      places     places                          bundled
      speed      tokens a second                 --data FOLDER or .jsonl

    \b
    Example:
      onrecord evaluate sentences --data data/sentences --json figures.json
    """
    from onrecord.annotate.default import DEFAULT, extractor_named
    from onrecord.evaluation.suite import lines
    from onrecord.evaluation.suites import run_suite, write_predictions

    if rules and extractor not in (DEFAULT, "rules"):
        raise click.UsageError("--rules and --extractor name two extractors. Choose one")
    name = "rules" if rules else extractor
    say_where_texts_go(name, quiet=quiet)
    result = run_suite(suite, data, extractor_named(name))
    click.echo(
        f"{result.suite}: data {result.data_hash}, {result.extractor}, onrecord {result.version}"
    )
    for line in lines(result.figures):
        click.echo(line)
    if json_file is not None:
        json_file.write_text(json.dumps(result.as_dict(), indent=2) + "\n", encoding="utf-8")
    if predictions is not None:
        write_predictions(result, predictions)
    if json_file is None:
        hint(
            "Next: keep the figures with --json FILE, the rows with --predictions FILE", quiet=quiet
        )
