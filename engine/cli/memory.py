"""`model memory`: what a network holds of each row of a film, and whether it could matter."""

import json
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

import engine
from engine.cli.options import AsJson, printable, sentences
from engine.cli.read import DEFAULT_MODEL, ModelOption, horizon_table

if TYPE_CHECKING:
    from engine.inspection import Forgetting, MemoryTerms, ReplacedRows
    from engine.types import Horizon

_BANDS = 12  # of the film, in the table


def memory(
    film: Annotated[Path, typer.Argument(help="One image.")],
    *,
    model: ModelOption = DEFAULT_MODEL,
    frame: Annotated[int, typer.Option(min=0, help="Frame, counted from 0.")] = 0,
    gradients: Annotated[
        bool,
        typer.Option(
            "--gradients",
            help="Also how gradients fall: in the model, and in RNN, LSTM and GRU of its size.",
        ),
    ] = False,
    seed: Annotated[int, typer.Option(help="For noise, and weights before training.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Say what the last state still holds of each row, and whether other rows would have mattered.

    The last state of a GRU or LSTM is an exact sum of one term per step; a step's share is the
    norm of its term. Retention is not importance: so all rows above each step are also replaced
    by five other contents, the film is read again, and the largest change of the log-odds is
    told. Only where that is nothing could the rows not have affected the answer.
    """
    with sentences():
        reader = engine.load(model)
        terms = engine.inspection.remember(reader, film, frame).memory()
        replaced = engine.inspection.replace_above(reader, film, frame, seed=seed)
        found = engine.inspection.forget(reader, film, frame, seed=seed) if gradients else None
    if as_json:
        typer.echo(json.dumps(_plain(terms, replaced, found), allow_nan=False))
        return
    console = Console()
    console.print(_table(terms, replaced))
    for line in _lines(terms, replaced):
        console.print(Text(printable(line)))
    if found is not None:
        console.print(horizon_table(_all(found)))


def _table(terms: "MemoryTerms | None", replaced: "ReplacedRows") -> Table:
    table = Table("stored rows", "share of the last state", "rows above replaced", box=None)
    for column in table.columns[1:]:
        column.justify = "right"
    share = None if terms is None else terms.share()
    for band in np.array_split(np.arange(len(replaced.most)), _BANDS):
        if len(band):
            first, end = replaced.edges[band[0]], replaced.edges[band[-1] + 1]
            held = "" if share is None else f"{share[band].sum():.2%}"
            table.add_row(f"{first:.0f}–{end:.0f}", held, f"{replaced.most[band].max():.2g}")
    return table


def _lines(terms: "MemoryTerms | None", replaced: "ReplacedRows") -> list[str]:
    if terms is None:
        lines = ["The cell has no gate that keeps: its last state is no sum over the rows."]
    else:
        sum_words = f"The terms sum to the last state but for {terms.error:.0e}"
        before = f"all steps that were read before step {terms.horizon()}"
        lines = [f"{sum_words}; {before} hold less than 1 % of it."]
    first = replaced.forgotten()
    if first:
        moved = replaced.most[: first + 1].max()
        lines.append(
            f"Rows above step {first} could not have affected this answer: replaced in"
            f" {len(replaced.fillings)} ways, they moved its log-odds by at most {moved:.1g}."
        )
    else:
        lines.append("No row is out of reach: other rows in the first step alone move the answer.")
    return lines


def _plain(
    terms: "MemoryTerms | None", replaced: "ReplacedRows", found: "Forgetting | None"
) -> dict[str, Any]:
    whole: dict[str, Any] = {
        "share": None if terms is None else terms.share().tolist(),
        "error": None if terms is None else terms.error,
        "horizon": None if terms is None else terms.horizon(),
        "replaced": {
            "log_odds": replaced.log_odds,
            "forgotten_above": replaced.forgotten(),
            "moved": dict(zip(replaced.fillings, replaced.moved.tolist(), strict=True)),
        },
        "edges": replaced.edges.tolist(),
    }
    if found is not None:
        whole["gradients"] = [
            {"name": one.name, "of": one.of, "rows": one.rows, "share": one.share.tolist()}
            for one in _all(found)
        ]
    return whole


def _all(found: "Forgetting") -> "tuple[Horizon, ...]":
    """Those before training, then the model's own, which have one name."""
    own = (one for one in (found.answer, found.state) if one is not None)
    return (*found.fresh, *(replace(one, name=f"{one.name}, {one.of}") for one in own))
