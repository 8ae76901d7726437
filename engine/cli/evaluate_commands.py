"""`evaluate`, and `model card`: measure a model on films, and tell its card what came out."""

from importlib.util import find_spec
from pathlib import Path
from typing import Annotated

import typer

from engine.cli.compare_commands import compare
from engine.cli.console import fail, print_results, printable, sentences
from engine.cli.training_options import (
    Cache,
    ChangedModel,
    FilmSource,
    Model,
    NoCache,
    SplitName,
    cache_of,
)

_NEEDED = ("matplotlib", "jinja2", "sklearn")


def evaluate(
    model: Model,
    data: FilmSource,
    *,
    against: Annotated[
        str | None, typer.Option(help="Another model, held against this one by paired tests.")
    ] = None,
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
    """Measure a model on films: a report of one page, its numbers as JSON, a table here.

    Against another model the report holds the differences (this one's figure minus the other's),
    their intervals and paired tests.
    """
    with sentences() as say:
        need_parts()
        from engine.evaluation import evaluate as measure  # noqa: PLC0415 - imports torch
        from engine.evaluation import report_path  # noqa: PLC0415 - the same

        kept = cache_of(cache, no_cache=no_cache)
        if against is None:
            path = output or report_path(model, data, split=split)
            found = measure(model, data, split=split, output=path, cache=kept, report=say)
            print_results(f"{model} — {data.name}, {found.standing.title}", found.results)
            warned = [one.sentence for one in found.standing.warnings]
        else:
            names = f"{Path(against).name}-and-{Path(model).name}"
            path = output or report_path(names, data, split=split)
            warned = compare(against, model, data, path, split=split, cache=kept, say=say)
    for words in warned:
        typer.echo(printable(words), err=True)
    beside = path.with_suffix(".json").name
    typer.echo(f"Wrote {printable(str(path))} and {printable(beside)}", err=True)


def card(
    model: ChangedModel,
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


def need_parts() -> None:
    """Say which package is missing before torch is loaded and films are read."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise fail(f"A report needs {missing[0]}; get it with: pip install 'rowscope[train]'")
