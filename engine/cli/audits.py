"""`audit`: measure whether a model's maps mean what they say, and store it in its bundle."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from engine.bundle import (
    AUDIT,
    by_row_passes,
    influence_passes,
    read_metadata,
    reads_chests,
    verdicts,
)
from engine.cli.options import (
    AsJson,
    Cache,
    Lungs,
    Model,
    NoCache,
    cache_of,
    printable,
    sentences,
    split_named,
)
from engine.types import Audit, InfluenceMethod, ModelInfo

if TYPE_CHECKING:
    from engine.evaluation import WeakPointing

_STYLES = {"passes": "green", "fails": "red", "not measured": "dim"}


def audit(
    model: Model,
    data: Annotated[Path, typer.Argument(help="Folder, tar file or npz file of films.")],
    *,
    sibling: Annotated[
        list[str] | None,
        typer.Option(help="The same model trained with another seed; repeatable."),
    ] = None,
    split: Annotated[
        str | None,
        typer.Option(
            help="train, val, test, or all; else validation films, test films where there are"
            " none, or all.",
            callback=split_named,
        ),
    ] = None,
    films: Annotated[int, typer.Option(min=1, help="Films drawn from the split.")] = 200,
    method: Annotated[
        InfluenceMethod | None,
        typer.Option(help="How Influence is measured; else the model's own."),
    ] = None,
    finding: Annotated[
        str | None,
        typer.Option(help="Class or finding whose maps are measured; else the likeliest of each."),
    ] = None,
    lungs: Lungs = None,
    seed: Annotated[int, typer.Option(min=0, help="Of films, orders and random weights.")] = 0,
    as_json: AsJson = False,
    only_by_row: Annotated[
        bool,
        typer.Option(help="Measure the answer by row alone; what the bundle has of maps stays."),
    ] = False,
    no_save: Annotated[
        bool, typer.Option("--no-save", help="Leave the bundle's audit.json alone.")
    ] = False,
    cache: Cache = None,
    no_cache: NoCache = False,
) -> None:
    """Measure whether a model's maps and its answer by row mean what they say; some minutes.

    Deletion and insertion, random weights, other seeds, position, pointing game on some films,
    calibration by row on all films of the split: each with its interval over films and the rule
    that it passes or fails. It is looked at while a model is chosen, so test films are read only
    where they are asked for, or where there are no others.
    """
    with sentences():
        from engine.training import audit as measure  # noqa: PLC0415 - imports torch

        info = read_metadata(model)
        measured = measure(
            model,
            data,
            siblings=sibling or [],
            split=split,
            films=0 if only_by_row else films,
            method=method,
            finding=finding,
            lungs=lungs,
            seed=seed,
            save=not no_save,
            cache=cache_of(cache, no_cache=no_cache),
        )
    if as_json:
        typer.echo(json.dumps(_plain(measured, info), indent=2))
    else:
        _print(measured, info)
    if not no_save:
        typer.echo(f"Wrote {printable(info.name)}/{AUDIT}", err=True)


def _plain(measured: Audit, info: ModelInfo) -> dict[str, Any]:
    judged = [asdict(line) for line in verdicts(measured, chest=reads_chests(info))]
    about = {"model": info.name, "sha256": info.sha256, "passes": influence_passes(measured)}
    about |= {"by_row_passes": by_row_passes(measured)}
    return about | {"audit": asdict(measured), "verdicts": judged}


def _print(measured: Audit, info: ModelInfo) -> None:
    title = f"{info.title} {info.version}: {measured.source}, {measured.method}"
    title += f", maps of “{measured.finding}”" * bool(measured.finding)
    table = Table("what", "measured", "verdict", "rule", title=Text(printable(title)))
    table.title_justify = "left"
    for line in verdicts(measured, chest=reads_chests(info)):
        table.add_row(
            line.what, line.measured, Text(line.verdict, style=_STYLES[line.verdict]), line.rule
        )
    console = Console()
    console.print(table)
    word = "passes" if influence_passes(measured) else "does not pass"
    console.print(f"Influence {word} what it needs: deletion in random order, random weights.")
    if not info.objective.plain:
        return
    from engine.training import BY_ROW_WORDS  # noqa: PLC0415 - imports torch

    console.print(BY_ROW_WORDS[by_row_passes(measured)])


# -------------------------------------------------------------------------- model pointing
# `model pointing`: whether maps of a model that never saw boxes point into boxes.


def pointing(
    model: Model,
    boxes: Annotated[
        Path, typer.Argument(help="CSV of boxes in stored pixels; films lie beside it.")
    ],
    *,
    lungs: Lungs = None,
    finding: Annotated[
        list[str] | None, typer.Option(help="Boxes of this word only; repeatable.")
    ] = None,
    target: Annotated[
        str | None, typer.Option(help="Class whose map is asked; else the finding.")
    ] = None,
    patient: Annotated[
        str, typer.Option(help="Pattern of the patient in a film's name, such as ^(\\d+)_.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Measure whether the map of rows and columns points into boxes that the model never saw.

    The map says where an answer came from. Beside each figure stands what a map without any
    knowledge reaches, and one that knows the film's edges alone. Films that the model would
    refuse are measured, too, and counted.
    """
    with sentences() as say:
        from engine.evaluation import weak_pointing  # noqa: PLC0415 - imports torch

        found = weak_pointing(
            model,
            boxes,
            lungs=lungs,
            findings=finding or (),
            target=target,
            patient=patient,
            report=say,
        )
    if as_json:
        typer.echo(json.dumps(_plain_pointing(found), indent=2, allow_nan=False))
        return
    title = (
        f"{found.model}, map of “{found.target}”: {found.films} films, {found.boxed} with boxes"
    )
    table = Table("figure", "measured (95 %)", "films", title=Text(printable(title)))
    table.title_justify = "left"
    for name, one in found.lines:
        table.add_row(name, str(one.words()), str(one.count))
    console = Console()
    console.print(table)
    console.print(
        f"For {found.abstained} of the {found.films} films the model would give no answer."
        " A map is no outline of a finding."
    )


def _plain_pointing(found: "WeakPointing") -> dict[str, Any]:
    from engine.measure import json_value  # noqa: PLC0415 - imports scipy

    plain: dict[str, Any] = json_value(found)
    return plain
