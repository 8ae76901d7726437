"""`whatif`: the answer to a changed film beside that to the film as it is."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import numpy as np
import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

import engine
from engine.cli.options import AsJson, printable, sentences
from engine.cli.task_answers import film_cell, film_head, signed
from engine.errors import InferenceError
from engine.inspection import Edit, parsed

if TYPE_CHECKING:
    from engine.inspection import DirectionAnswer, Filling, Reread
    from engine.model import Model

_ROWS = "First and last step, both included, and what they become: mean, blurred, neighbour, "
_ROWS += "mirror, noise, noise=SEED, a grey of 0 to 1, or the path of a film."
_EDIT = "A further change in words, such as “rows 30 40 mean”; may be repeated."


def whatif(
    model: Annotated[str, typer.Argument(help="Name or folder of a model.")],
    film: Annotated[Path, typer.Argument(help="One image.")],
    *,
    rows: Annotated[tuple[int, int, str] | None, typer.Option("--rows", help=_ROWS)] = None,
    edit: Annotated[list[str] | None, typer.Option("--edit", help=_EDIT)] = None,
    shift: Annotated[
        tuple[int, int] | None, typer.Option(help="Down and right, in model rows and columns.")
    ] = None,
    rotate: Annotated[float | None, typer.Option(help="Clockwise, in degrees.")] = None,
    invert: Annotated[bool, typer.Option("--invert", help="Exchange dark and bright.")] = False,
    window: Annotated[
        tuple[float, float] | None,
        typer.Option(help="Centre and width on the model's 0 to 1 of what becomes 0 to 1."),
    ] = None,
    target: Annotated[
        str | None, typer.Option(help="Class; without it the finding, or the answer.")
    ] = None,
    fillings: Annotated[
        bool, typer.Option("--fillings", help="Fill the band of --rows in every way.")
    ] = False,
    directions: Annotated[
        bool, typer.Option("--directions", help="Read from the top, bottom, left and right.")
    ] = False,
    frame: Annotated[int, typer.Option(min=0, help="Frame, counted from 0.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Change a film and read it again: what would the model have answered?

    The whole film is rotated, shifted, inverted and windowed first, in this order; then rows are
    replaced; then come further changes. It asks the model, and says nothing of a patient.
    """
    engine.imaging.prepare_reading()  # while the model is loaded
    with sentences():
        edits = _edits(rows, edit or [], shift=shift, rotate=rotate, invert=invert, window=window)
        if fillings and not rows:
            raise InferenceError("Name the rows to be filled with --rows.", "missing")
        opened = engine.load(model)
        pixels = engine.imaging.read_frame(engine.imaging.read_image(film), frame)
        prepared = engine.preparation.prepare(pixels, opened.info)
        wanted: str | int | None = target
        found = engine.inspection.whatif(opened, prepared, *edits, target=wanted)
        filled: tuple[Filling, ...] = ()
        if fillings and rows:
            filled = engine.inspection.whatif_fillings(opened, prepared, rows[:2], target=wanted)
        turned = engine.inspection.whatif_directions(opened, pixels) if directions else ()
    result = _result(film, opened, found, filled, turned)
    if as_json:
        typer.echo(json.dumps(result, indent=2, allow_nan=False))
    else:
        _print(result, of_film=opened.info.objective.of_film)


def _edits(
    rows: tuple[int, int, str] | None,
    further: list[str],
    *,
    shift: tuple[int, int] | None,
    rotate: float | None,
    invert: bool,
    window: tuple[float, float] | None,
) -> tuple[Edit, ...]:
    whole = [
        ["rotate", rotate] if rotate is not None else None,
        ["shift", *shift] if shift else None,
        ["invert"] if invert else None,
        ["window", *window] if window else None,
    ]
    given = [[str(word) for word in words] for words in whole if words]
    if rows is not None:
        given.append(["rows", str(rows[0]), str(rows[1]), *_fill(rows[2])])
    return tuple(map(parsed, (*given, *further)))


def _fill(fill: str) -> list[str]:
    """The words of a fill: a number is a grey, and what is neither a word is a film."""
    name, _, seed = fill.partition("=")
    if name == "noise":
        return ["noise", seed or "0"]
    if fill in engine.inspection.FILLS:
        return [fill]
    try:
        return ["value", str(float(fill))]
    except ValueError:
        return ["film", fill]


def _result(
    film: Path,
    model: "Model",
    found: "Reread",
    filled: "tuple[Filling, ...]",
    turned: "tuple[DirectionAnswer, ...]",
) -> dict[str, Any]:
    info, target = model.info, found.target
    return {
        "path": str(film),
        "model": {"name": info.name, "version": info.version, "sha256": info.sha256},
        "edits": [edit.words for edit in found.edits],
        "classes": list(info.classes),
        "target": info.classes[target],
        "probabilities": found.probabilities.tolist(),
        "calibrated": engine.bundle.calibration_holds(info),
        "probabilities_as_read": found.probabilities_as_read.tolist(),
        "log_odds": found.log_odds,
        "log_odds_as_read": found.log_odds_as_read,
        "changed_rows": np.flatnonzero(found.changed).tolist(),
        "delta_by_row": [float(value) for value in found.delta],
        "fillings": [
            {
                "fill": one.kind,
                "probability": one.probability,
                "range": [one.low, one.high],
                "change": one.change,
            }
            for one in filled
        ],
        "directions": [
            {
                "direction": one.direction,
                "probabilities": one.probabilities.tolist(),
                "by_row": [float(value) for value in one.by_row[:, target]],
            }
            for one in turned
        ],
        "trained": "top-down",
    }


def _print(result: dict[str, Any], *, of_film: bool) -> None:
    """A probability and its log-odds; of what answers for no whole film the log-odds alone."""
    place = result["classes"].index(result["target"])
    head = film_head(printable(result["target"]), of_film=of_film)
    table = Table("film", head, "log-odds" if of_film else "", box=None)
    for name, end in (("as read", "_as_read"), (", ".join(result["edits"]) or "unchanged", "")):
        value, odds = result[f"probabilities{end}"][place], signed(result[f"log_odds{end}"])
        table.add_row(Text(printable(name)), *((f"{value:.2f}", odds) if of_film else (odds,)))
    between = "–" if of_film else " to "
    for one in result["fillings"]:
        low, high = (film_cell(value, of_film=of_film) for value in one["range"])
        shown = f"{low}{between}{high}" if one["fill"] == "noise" else low
        table.add_row(f"filled: {one['fill']}", shown, f"change {signed(one['change'])}")
    for one in result["directions"]:
        shown = film_cell(one["probabilities"][place], of_film=of_film)
        table.add_row(f"read {one['direction']}", shown, "")
    console = Console()
    console.print(table)
    if result["directions"]:
        console.print(Text("The network was trained top-down only; the others it has never seen."))
    console.print(Text("A what-if of the model, not of the patient. Research use only."))
