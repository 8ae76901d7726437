"""Commands that measure a model: evaluate, compare, abstentions."""

import json
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.cli.options import (
    AsJson,
    Cache,
    ChangedModel,
    FilmSource,
    Lungs,
    Model,
    NoCache,
    SplitName,
    cache_of,
    fail,
    print_results,
    printable,
    sentences,
)
from engine.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.evaluation import Comparison, Tally


# --------------------------------------------------------------------- evaluate --against
# `evaluate --against`: two models on the same films, with paired tests.

_COLUMNS = ("figure", "A", "B", "B − A (95 %)", "p")


def compare(
    first: str,
    second: str,
    data: Path,
    path: Path,
    *,
    split: str,
    cache: Path | None,
    say: Progress,
) -> list[str]:
    """Write a report of two models, and print it; returns what is to be said against it."""
    from engine.evaluation import (  # noqa: PLC0415 - imports torch
        COMPARISON,
        check_place,
        compare as measure,
        write_comparison,
    )

    check_place(path, COMPARISON)
    now = datetime.now(UTC)
    found = measure(first, second, data, split=split, now=now, cache=cache, report=say)
    write_comparison(found, path)
    _print(found)
    return [*(warned.sentence for warned in found.warnings), *found.notes]


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


# ------------------------------------------------------------------- evaluate, model card
# `evaluate`, and `model card`: measure a model on films, and tell its card what came out.

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
    shapes: Annotated[
        Path | None,
        typer.Option(
            help="CSV with the columns path and aspect: width over height of each film before"
            " its file was drawn out to another shape."
        ),
    ] = None,
    lungs: Lungs = None,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Measure a model on films: a report of one page, its numbers as JSON, a table here.

    Against another model the report holds the differences (this one's figure minus the other's),
    their intervals and paired tests.
    """
    with sentences() as say:
        need_parts()
        from engine.evaluation import (  # noqa: PLC0415 - imports torch
            evaluate as measure,
            report_path,
        )

        kept = cache_of(cache, no_cache=no_cache)
        if against is None:
            path = output or report_path(model, data, split=split)
            found = measure(
                model,
                data,
                split=split,
                output=path,
                cache=kept,
                shapes=shapes,
                lungs=lungs,
                report=say,
            )
            print_results(f"{model} — {data.name}, {found.provenance.title}", found.results)
            warned = [one.sentence for one in found.provenance.warnings]
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
        from engine.recipe import read_recipe  # noqa: PLC0415 - only this command

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


# ---------------------------------------------------------------------- model abstentions
# `model abstentions`: how often a model refuses to answer, and why, over folders of films.


def abstentions(
    model: Model,
    paths: Annotated[list[Path], typer.Argument(help="Images or folders; a line for each.")],
    *,
    most: Annotated[int, typer.Option(min=1, help="Files of each folder, evenly spread.")] = 1000,
    changed: Annotated[
        bool, typer.Option(help="Also the films of the first path turned, mirrored, inverted.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Count how often a model abstains from films, and which check spoke against them.

    Header, pixels, body part, guard and surprise are asked, as when a film is opened.
    """
    with sentences():
        from engine.evaluation import abstentions as count  # noqa: PLC0415 - imports torch

        tallies = count(model, paths, most=most, changed=changed)
    if as_json:
        typer.echo(json.dumps({"model": model, "films": [asdict(one) for one in tallies]}))
    else:
        _abstention_command_print(model, tallies)


def _abstention_command_print(model: str, tallies: "Sequence[Tally]") -> None:
    table = Table("films", "read", "abstained", "because of", "unreadable", box=None)
    for one in tallies:
        share = f"{100 * one.abstained / one.read:.1f} %" if one.read else "–"
        why = ", ".join(f"{code} {count:,}" for code, count in one.reasons.items())
        table.add_row(printable(one.films), f"{one.read:,}", share, why, f"{one.refused:,}")
    Console().print(f"When {printable(model)} abstains")
    Console().print(table)
