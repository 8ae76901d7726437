"""`model continue`: the rows that a model's forecaster expects below a row of a film."""

from pathlib import Path
from typing import Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

from engine.cli.console import printable, sentences
from engine.cli.read_commands import DEFAULT_MODEL, ModelOption
from engine.types import Surprise

_BANDS = 8  # of the film, in the table


def continue_film(
    film: Annotated[Path, typer.Argument(help="One image.")],
    *,
    start: Annotated[int, typer.Option("--from", min=0, help="Stored row, counted from 0.")],
    model: ModelOption = DEFAULT_MODEL,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="PNG; by default FILM-from-ROW.png, here."),
    ] = None,
    frame: Annotated[int, typer.Option(min=0, help="Frame, counted from 0.")] = 0,
    samples: Annotated[
        int, typer.Option(min=0, max=16, help="Films to draw; 0 shows the mean that is expected.")
    ] = 0,
    seed: Annotated[int, typer.Option(min=0, help="Of the draws.")] = 0,
) -> None:
    """Draw what a model's forecaster expects below a row, beside the film, and how it erred.

    The picture shows the film as the model reads it, then one film for each draw. Surprise is the
    negative log-likelihood in nats per pixel of each row given the true rows above, and its
    percentile among the validation films of the model.
    """
    with sentences():
        from engine.phantoms import write_grey  # noqa: PLC0415 - Pillow, only when it is needed
        from engine.trust.continued import continued  # noqa: PLC0415 - imports torch

        found = continued(model, film, start, frame=frame, samples=samples, seed=seed)
        path = output or Path(f"{film.stem}-from-{start}.png")
        write_grey(found.picture(), path)
    title = f"{film.name}, drawn from stored row {found.edges[found.first]:.0f} on"
    _print_bands(found.surprise, title)
    typer.echo(f"Wrote {printable(str(path))}")


def _print_bands(found: Surprise, title: str) -> None:
    typer.echo(printable(title))
    table = Table("stored rows", "nats per pixel", "percentile", box=None)
    for band in np.array_split(np.arange(len(found.per_row)), _BANDS):
        if len(band):
            rows = f"{found.edges[band[0]]:.0f}–{found.edges[band[-1] + 1]:.0f}"
            value, place = found.per_row[band].mean(), found.percentiles[band].mean()
            table.add_row(rows, f"{value:.2f}".replace("-", "−"), f"{place:.0f}")
    value = f"{found.value:.2f}".replace("-", "−")
    table.add_row("whole film", value, f"{found.percentile:.0f}")
    Console().print(table)
