"""`model abstentions`: how often a model refuses to answer, and why, over folders of films."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.table import Table

from engine.cli.console import printable, sentences
from engine.cli.training_options import AsJson, Model

if TYPE_CHECKING:
    from collections.abc import Sequence

    from engine.abstentions import Tally


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
        from engine.abstentions import abstentions as count  # noqa: PLC0415 - imports torch

        tallies = count(model, paths, most=most, changed=changed)
    if as_json:
        typer.echo(json.dumps({"model": model, "films": [asdict(one) for one in tallies]}))
    else:
        _print(model, tallies)


def _print(model: str, tallies: "Sequence[Tally]") -> None:
    table = Table("films", "read", "abstained", "because of", "unreadable", box=None)
    for one in tallies:
        share = f"{100 * one.abstained / one.read:.1f} %" if one.read else "–"
        why = ", ".join(f"{code} {count:,}" for code, count in one.reasons.items())
        table.add_row(printable(one.films), f"{one.read:,}", share, why, f"{one.refused:,}")
    Console().print(f"When {printable(model)} abstains")
    Console().print(table)
