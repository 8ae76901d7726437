"""`rowscope-engine index`: the states of a model over many films, to find where it was alike."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.cli.options import (
    FilmSource,
    Model,
    print_results,
    printable,
    sentences,
    stoppable,
)

if TYPE_CHECKING:
    from engine.index import BuiltIndex

_NAMED = 5  # films that were left out, by name


def index(
    model: Model,
    data: FilmSource,
    *,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            help="Folder of the index; one that is there is replaced when the new one is whole."
            " By default where the window looks for it.",
        ),
    ] = None,
    layer: Annotated[
        int | None, typer.Option(min=1, help="Layer whose states are searched; the last one.")
    ] = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help="Films at most, evenly spread over all of them.")
    ] = None,
) -> None:
    """Index the states of a model over films, so that the window can find similar ones.

    The index keeps, of every film, its states, its answer, a thumbnail, its path and its label;
    who was imaged is not kept. All films of DATA are read, of whatever split. More than 50,000
    rows need faiss: pip install "rowscope[index]". At the end the search is measured on rows of
    the index itself, each without its own film.
    """
    with stoppable("Stopped; nothing was kept."), sentences() as say:
        from engine.index import index_films  # noqa: PLC0415 - imports torch

        place = -1 if layer is None else layer - 1
        found = index_films(model, data, output, layer=place, limit=limit, report=say)
    _index_command_print(model, found)


def _index_command_print(model: str, found: "BuiltIndex") -> None:
    for one in found.left_out[:_NAMED]:
        typer.echo(printable(f"Left out: {one}"), err=True)
    if (more := len(found.left_out) - _NAMED) > 0:
        typer.echo(f"Left out: {more:,} more.", err=True)
    asked = f"{found.queries} queries, nearest {found.count}"
    rows = f"{100 * found.recall_rows:.1f} % of exact search"
    stretches = f"{100 * found.recall_stretches:.1f} % of exact search"
    lines = (
        ("films", f"{found.films:,}"),
        ("left out", f"{len(found.left_out):,}"),
        ("rows", f"{found.rows:,}"),
        ("bytes", f"{found.size:,}"),
        (f"recall, one row ({asked})", rows),
        (f"recall, {found.stretch} rows ({asked})", stretches),
        ("time, one row", f"{found.milliseconds_row:.1f} ms"),
        (f"time, {found.stretch} rows", f"{found.milliseconds_stretch:.1f} ms"),
    )
    print_results(f"Index of {model}", lines)
    typer.echo(printable(f"Wrote {found.folder}"), err=True)
    least = min(found.recall_rows, found.recall_stretches)
    slowest = max(found.milliseconds_row, found.milliseconds_stretch)
    typer.echo(
        f"{found.films:,} films, {found.rows:,} rows; the search finds {100 * least:.1f} % of what"
        f" exact search finds, in {slowest:.1f} ms."
    )
