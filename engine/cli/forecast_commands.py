"""`continue`: let a model's forecaster draw the rows that it expects below a row of a film."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import numpy as np
import typer
from rich.console import Console
from rich.table import Table

import engine
from engine.cli.console import fail, printable, sentences
from engine.cli.read_commands import DEFAULT_MODEL, ModelName
from engine.types import Floats, RowSequence, Surprise

if TYPE_CHECKING:
    from engine.safeguards import Safeguards

_BANDS = 8  # of the film, in the table
_PICTURE = 512  # pixels of the picture's height, at least


def register(app: typer.Typer) -> None:
    """Add this command to the command line."""
    app.command(name="continue")(continue_film)


def continue_film(
    film: Annotated[Path, typer.Argument(help="One image.")],
    *,
    start: Annotated[int, typer.Option("--from", min=0, help="Stored row, counted from 0.")],
    model: ModelName = DEFAULT_MODEL,
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
        sequence, safeguards = _prepare(film, model, frame)
        first = int(np.searchsorted(sequence.edges[:-1], start))
        if first >= len(sequence.rows):
            raise fail(f"{film.name} has no model row from stored row {start} on.")
        drawn = _draw(safeguards, sequence, first, samples=samples, seed=seed)
        path = output or Path(f"{film.stem}-from-{start}.png")
        _write(path, sequence.rows, drawn, first)
        found = _measure(safeguards, sequence)
    _print_bands(found, f"{film.name}, drawn from stored row {sequence.edges[first]:.0f} on")
    typer.echo(f"Wrote {printable(str(path))}")


def _prepare(film: Path, model: str, frame: int) -> tuple[RowSequence, "Safeguards"]:
    from engine.bundle import load_bundle  # noqa: PLC0415 - torch, only when it is needed
    from engine.trust import on_typical_grid  # noqa: PLC0415 - the same

    pixels = engine.read_frame(engine.read_image(film), frame)
    bundle = load_bundle(model)
    if bundle.safeguards is None or bundle.safeguards.forecaster is None:
        raise fail(f"The model “{bundle.info.name}” does not expect rows; see fit-trust.")
    if reason := engine.refusal(pixels.image, bundle.info.input, pixels):
        raise fail(f"{film.name}: {reason}")
    sequence = engine.to_sequence(pixels, bundle.info.input)
    return on_typical_grid(sequence, bundle.config.rows), bundle.safeguards


def _draw(
    safeguards: "Safeguards", sequence: RowSequence, first: int, *, samples: int, seed: int
) -> Floats:
    import torch  # noqa: PLC0415 - only this command needs it

    from engine.forecast import continue_film as draw  # noqa: PLC0415 - imports torch

    generator = torch.Generator().manual_seed(seed)
    rows = torch.from_numpy(sequence.rows)
    if safeguards.forecaster is None:
        raise ValueError("a bundle without forecaster draws nothing")
    drawn = draw(safeguards.forecaster, rows, first, samples=samples, generator=generator)
    films: Floats = drawn.numpy()
    return films


def _measure(safeguards: "Safeguards", sequence: RowSequence) -> Surprise:
    from engine.trust import film_surprise  # noqa: PLC0415 - imports torch

    found = film_surprise(safeguards, sequence)
    if found is None:
        raise ValueError("a bundle without forecaster measures nothing")
    return found


def _write(path: Path, rows: Floats, drawn: Floats, first: int) -> None:
    """Film and drawings side by side; the bar between them is white where rows are drawn."""
    from engine.phantoms import write_grey  # noqa: PLC0415 - Pillow, only when it is needed

    bar = np.zeros((len(rows), 1), np.float32)
    bar[first:] = 1
    panels = [rows]
    for one in drawn:
        panels += [bar, one]
    picture = np.concatenate(panels, axis=1)
    factor = -(-_PICTURE // len(rows))
    write_grey(picture.repeat(factor, axis=0).repeat(factor, axis=1), path)


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
