"""The command `compare`: two models on one film, or one model on two films."""

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
from engine.cli.task_answers import film_cell, film_head

if TYPE_CHECKING:
    from engine.inspection import Compared, NetworkComparison

_BANDS = 8  # of the film, in the table


def compare(
    model: Annotated[str, typer.Argument(help="Name or folder of a model.")],
    other: Annotated[
        str,
        typer.Argument(
            help="Another model; “untrained” for the same network with new weights; or a film."
        ),
    ],
    film: Annotated[Path, typer.Argument(help="One image.")],
    *,
    frame: Annotated[int, typer.Option(min=0, help="Of the film, counted from 0.")] = 0,
    layer: Annotated[
        int, typer.Option(help="Whose units are matched, counted from the last, −1.")
    ] = -1,
    reference: Annotated[
        list[Path] | None,
        typer.Option(help="More images, or folders, that units are matched on."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Say row by row how two models read one film, or one model two films.

    All values lie on the steps of MODEL and FILM; a difference is theirs minus the other's.
    Units are matched by their traces over the film and the reference: the more films, the less is
    left to chance, which is told beside every figure. Another film is compared with FILM at the
    same share of its height.
    """
    engine.imaging.prepare_reading()  # while the model is loaded
    with sentences():
        reader = engine.load(model)
        if Path(other).is_file():
            found = engine.inspection.compare_films(reader, film, other, frame=frame, layer=layer)
        else:
            more = engine.imaging.image_files(reference) if reference else ()
            found = engine.inspection.compare_models(
                reader, other, film, frame=frame, layer=layer, reference=more
            )
    if as_json:
        typer.echo(json.dumps(_plain(found), indent=2, allow_nan=False))
    else:
        _print(found)


def _plain(found: "NetworkComparison") -> dict[str, Any]:
    pairs = found.alignment
    return {
        "kind": found.kind,
        "first": _side(found.first),
        "second": _side(found.second),
        "target": found.target_name,
        "edges": found.edges.tolist(),
        "answer_difference": _listed(found.answer),
        "influence_difference": _listed(found.influence),
        "influence_agreement": found.agreement,
        "layers": list(found.layers),
        "units": {
            "first": pairs.first.tolist(),
            "second": pairs.second.tolist(),
            "sign": pairs.sign.astype(int).tolist(),
            "correlation": pairs.correlation.tolist(),
            "mean_correlation": pairs.mean_correlation,
            "by_chance": pairs.by_chance,
            "searched": pairs.searched,
            "films": pairs.films,
            "rows": pairs.rows,
        },
        "states_difference": found.states.tolist(),
        "cka": [[None if np.isnan(one) else one for one in row] for row in found.cka.tolist()],
        "cka_by_chance": found.cka_by_chance,
        "notes": list(found.notes),
    }


def _side(one: "Compared") -> dict[str, Any]:
    horizon = one.horizon
    return {
        "name": one.name,
        "architecture": one.architecture,
        "sha256": one.sha256 or None,
        "classes": list(one.classes),
        "probabilities": one.probabilities.tolist(),
        "calibrated": one.calibrated,
        "by_row": one.by_row.tolist(),
        "influence": _listed(one.influence),
        "horizon": None
        if horizon is None
        else {"rows": one.horizon_rows, "share": horizon.share.tolist()},
        "steps": one.steps,
    }


def _listed(values: "np.ndarray | None") -> list[float] | None:
    return None if values is None else values.tolist()


def _print(found: "NetworkComparison") -> None:
    """Figures, then bands of rows; the whole of it is in the JSON."""
    console = Console()
    for one in (_figures(found), _bands(found)):
        console.print(one)
    pairs, similar = found.alignment, found.similarity
    matched = "units matched" if pairs.searched else "the same units"
    words = [f"States: {matched}, mean |r| {pairs.mean_correlation:.2f}"]
    words[0] += "" if pairs.by_chance is None else f" (by chance {pairs.by_chance:.2f})"
    words[0] += f", on {pairs.rows} rows of {pairs.films} film{'s' * (pairs.films > 1)}"
    if similar is not None:
        chance = found.cka_by_chance
        words.append(f"Linear CKA {similar:.2f}")
        words[-1] += "" if chance is None else f" (by chance {chance:.2f})"
    if found.agreement is not None:
        words.append(f"Row maps agree: rank correlation {found.agreement:.2f}")
    for line in (*words, *found.notes):
        console.print(Text(printable(line.replace("-", "−") if line in words else line)))


def _figures(found: "NetworkComparison") -> Table:
    head = film_head(printable(found.target_name), of_film=found.of_film)
    table = Table("", head, "horizon, rows", box=None)
    for one in (found.first, found.second):
        known = found.target_name in one.classes
        place = one.classes.index(found.target_name) if known else 0
        given = film_cell(one.probabilities[place], of_film=found.of_film) if known else "–"
        reach = "the whole film" if one.horizon_rows is None else f"{one.horizon_rows:.0f}"
        reach = "–" if one.horizon is None else reach
        table.add_row(*(Text(printable(cell)) for cell in (one.name, given, reach)))
    return table


def _bands(found: "NetworkComparison") -> Table:
    table = Table("stored rows", "Δ answer", "Δ influence", "Δ states, σ", box=None)
    for band in np.array_split(np.arange(len(found.states)), _BANDS):
        if not len(band):
            continue
        rows = f"{found.edges[band[0]]:.0f}–{found.edges[band[-1] + 1]:.0f}"
        answer = "–" if found.answer is None else f"{found.answer[band].mean():+.2f}"
        moved = "–" if found.influence is None else f"{found.influence[band].sum():+.2f}"
        apart = f"{np.abs(found.states[band]).mean():.2f}"
        table.add_row(rows, answer.replace("-", "−"), moved.replace("-", "−"), apart)
    return table
