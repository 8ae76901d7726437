"""`compare`: two models on the same films, with paired tests."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.cli.console import fail, printable, sentences
from engine.cli.evaluate_commands import SPLITS, need_parts
from engine.cli.training_options import Cache, FilmSource, NoCache, SplitName, cache_of

if TYPE_CHECKING:
    from engine.evaluation import Comparison

First = Annotated[str, typer.Argument(metavar="A", help="Name or folder of a model.")]
Second = Annotated[str, typer.Argument(metavar="B", help="The model to compare it with.")]

_COLUMNS = ("figure", "A", "B", "B − A (95 %)", "p")


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command()(compare)


def compare(
    first: First,
    second: Second,
    data: FilmSource,
    *,
    split: SplitName = "test",
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="The report, .html; its numbers go beside it as .json."
            " By default A-and-B-DATA-SPLIT.html in this folder.",
        ),
    ] = None,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Compare two models on the same films: paired differences, their intervals and tests."""
    with sentences() as say:
        if split not in SPLITS:
            raise fail("--split must be train, val, test or all.")
        need_parts()
        from engine.evaluation import (  # noqa: PLC0415 - imports torch
            COMPARISON,
            check_place,
            report_path,
            write_comparison,
        )
        from engine.evaluation import compare as measure  # noqa: PLC0415 - the same

        names = f"{Path(first).name}-and-{Path(second).name}"
        path = output or report_path(names, data, split=split)
        check_place(path, COMPARISON)
        kept = cache_of(cache, no_cache=no_cache)
        found = measure(
            first, second, data, split=split, now=datetime.now(UTC), cache=kept, report=say
        )
        beside = write_comparison(found, path)
    _print(found)
    for warned in found.warnings:
        typer.echo(printable(warned.sentence), err=True)
    for note in found.notes:
        typer.echo(printable(note), err=True)
    typer.echo(f"Wrote {printable(str(path))} and {printable(beside.name)}", err=True)


def _print(found: "Comparison") -> None:
    """The models, every difference, and who was right; texts of strangers steer nothing."""
    from engine.evaluation import p_words, table_words  # noqa: PLC0415 - imports torch

    for rival in found.models:
        typer.echo(printable(f"{rival.side}: {rival.name} {rival.version}"))
    patients = f" of {found.patients:,} patients" if found.patients < found.films else ""
    title = f"{found.data}, {found.split}: {found.films:,} films{patients}"
    table = Table(*_COLUMNS, title=Text(printable(title)), title_justify="left")
    table.columns[0].min_width = len("Calibration")  # so that no word is cut in 80 columns
    for column in table.columns[1:4]:
        column.no_wrap = True
    for line in table_words(found):
        table.add_row(*(Text(printable(word)) for word in line))
    rights = Table("films", "both right", "only A", "only B", "both wrong", "mid-p")
    for one in found.differences:
        if (films := one.agreement) is not None:
            counts = (films.both, films.only_a, films.only_b, films.neither)
            rights.add_row(one.title, *(f"{count:,}" for count in counts), p_words(films.mid_p))
    console = Console()
    console.print(table)
    console.print(rights)
    for words in found.summary:
        typer.echo(printable(words))
