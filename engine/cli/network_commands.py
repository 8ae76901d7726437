"""`model horizon`: how far back a network remembers."""

import json
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

import engine
from engine.cli.console import printable, sentences
from engine.cli.training_options import AsJson
from engine.types import Horizon

_BACK = (1, 2, 5, 10, 20, 50, 100, 200)


def horizon(
    model: Annotated[str | None, typer.Argument(help="Name or folder of a model.")] = None,
    films: Annotated[list[Path] | None, typer.Argument(help="Images, or folders.")] = None,
    *,
    rows: Annotated[int, typer.Option(min=2, help="Rows of the compared networks.")] = 224,
    hidden: Annotated[int, typer.Option(min=1, help="Hidden units of each of them.")] = 64,
    seed: Annotated[int, typer.Option(help="For their weights and films.")] = 0,
    state: Annotated[
        bool, typer.Option("--state", help="Of the model's last state instead of its answer.")
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Say how much a row can still move the answer when it stands further and further back.

    Without a model, RNN, LSTM and GRU of the same size are compared before any training, with our
    first weights and with torch's, on films of random rows. With a model and films, that model is
    measured on them. A share is the gradient of the answer at a row, relative to the last row's;
    the horizon is where it falls below 1 % for good. A model that reads out the mean of its
    states, or reads in both directions, has a short way from every row to the answer: ask it for
    its last state.
    """
    with sentences():
        if model is None:
            found = _fresh(rows, hidden, seed=seed)
        else:
            found = (engine.load(model).horizon(engine.image_files(films or []), state=state),)
    if as_json:
        typer.echo(json.dumps({"horizons": [_plain(one) for one in found]}, allow_nan=False))
    else:
        Console().print(_table(found))


def _fresh(rows: int, hidden: int, *, seed: int) -> tuple[Horizon, ...]:
    import torch  # noqa: PLC0415 - only when it is needed

    from engine.network import fresh_horizons  # noqa: PLC0415

    random = torch.Generator().manual_seed(seed)
    films = torch.rand(8, rows, 28, generator=random, dtype=torch.float64)
    return fresh_horizons(films, hidden_size=hidden, seed=seed)


def _plain(one: Horizon) -> dict[str, object]:
    return {
        "name": one.name,
        "of": one.of,
        "rows": one.rows,
        "rows_per_step": one.rows_per_step,
        "films": one.films,
        "share": one.share.tolist(),
    }


def _table(found: tuple[Horizon, ...]) -> Table:
    length = max(map(_height, found))
    back = [rows for rows in _BACK if rows < length]
    table = Table("rows back", *map(str, back), "horizon", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    for one in found:
        shares = [_share(one, rows) for rows in back]
        end = f"{one.rows} rows" if one.rows else f"over {_height(one)} rows"
        table.add_row(*(Text(printable(cell)) for cell in (one.name, *shares, end)))
    return table


def _height(one: Horizon) -> int:
    return len(one.share) * one.rows_per_step


def _share(one: Horizon, rows: int) -> str:
    """The share of the step that holds the row so far back, in words of about the same width."""
    step = -(-rows // one.rows_per_step)
    if step >= len(one.share):
        return ""
    share = one.share[step]
    return f"{share:.1%}" if share >= 1e-3 else f"{share:.0e}"
