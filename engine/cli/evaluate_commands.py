"""`evaluate` and `card`: measure a model on films, and tell its card what came out."""

from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.cli.console import fail, printable, sentences
from engine.cli.training_options import Cache, FilmSource, NoCache, SplitName, cache_of

SPLITS = ("train", "val", "test", "all")
_NEEDED = ("matplotlib", "jinja2", "sklearn")

Model = Annotated[str, typer.Argument(help="Name or folder of a model.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (evaluate, card):
        app.command()(command)


def evaluate(
    model: Model,
    data: FilmSource,
    *,
    split: SplitName = "test",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The report, .html; its numbers go beside it as .json."
            " By default MODEL-DATA-SPLIT.html in this folder.",
        ),
    ] = None,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Measure a model on films: a report of one page, its numbers as JSON, a table here."""
    with sentences() as say:
        if split not in SPLITS:
            raise fail("--split must be train, val, test or all.")
        need_parts()
        from engine.evaluation import (  # noqa: PLC0415 - imports torch
            check_place,
            report_path,
            write_report,
        )
        from engine.evaluation import evaluate as measure  # noqa: PLC0415 - the same

        path = output or report_path(model, data, split=split)
        check_place(path)
        kept = cache_of(cache, no_cache=no_cache)
        measured = measure(model, data, split=split, now=datetime.now(UTC), cache=kept, report=say)
        beside = write_report(measured, path)
    standing = measured.report.standing
    print_results(f"{model} — {data.name}, {standing.title}", measured.report.results)
    for warned in measured.report.standing.warnings:
        typer.echo(printable(warned.sentence), err=True)
    typer.echo(f"Wrote {printable(str(path))} and {printable(beside.name)}", err=True)


def card(
    model: Model,
    report: Annotated[
        Path | None, typer.Argument(help="JSON file of a report whose results are written.")
    ] = None,
    *,
    recipe: Annotated[
        Path | None,
        typer.Option(help="Recipe of the model that now says what its card lacked."),
    ] = None,
    name: Annotated[
        str,
        typer.Option("--as", help="What the results call this test."),
    ] = "",
) -> None:
    """Write a model's card, or the results of a test into it; the weights stay.

    A model may be trained before its recipe says whose films it learnt from, under which licence
    and whom it is for; its card may not be written before.
    """
    with sentences():
        if report is None and recipe is None:
            raise fail("Name a report (.json) or a recipe (--recipe).")
        need_parts()
        from engine.evaluation import describe, write_results  # noqa: PLC0415 - imports torch
        from engine.training.recipe import read_recipe  # noqa: PLC0415 - only this command

        if recipe is not None:
            info = describe(model, read_recipe(recipe))
            typer.echo(f"Wrote the card of {printable(info.name)} as {recipe.name} describes it")
        if report is not None:
            info = write_results(model, report, name=name)
            typer.echo(
                f"Wrote the results of {printable(report.name)} into {printable(info.name)}"
            )


def print_results(title: str, results: tuple[tuple[str, str], ...]) -> None:
    """A table of results; texts of strangers steer nothing."""
    table = Table("what", "value", title=Text(printable(title)), title_justify="left")
    for what, value in results:
        table.add_row(Text(printable(what)), Text(printable(value)))
    Console().print(table)


def need_parts() -> None:
    """Say which package is missing before torch is loaded and films are read."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise fail(f"A report needs {missing[0]}; get it with: pip install 'rowscope[train]'")
