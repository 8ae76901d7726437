"""Influence over rows and columns of one film, measured for `asked.grid_influence`."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from engine.errors import InferenceError
from engine.explain import BaselineLike, grid_influence
from engine.inspection.asked import kept_rows
from engine.inspection.rereading import class_of
from engine.model import Model
from engine.preparation import Source, frame_of
from engine.sequence import column_edges
from engine.types import Doubles, GridInfluence, Image, InfluenceMethod, PreparedFilm, RowSequence

METHODS = ("integrated-gradients", "occlusion")


def measured(
    model: str | Path | Model,
    source: Source | PreparedFilm,
    target: str | int | None,
    *,
    cells: tuple[int, int] | None,
    method: InfluenceMethod | None,
    baseline: BaselineLike,
) -> GridInfluence:
    """As `engine.inspection.grid_influence`, of which the arguments are described there."""
    rows = model.rows if isinstance(model, Model) else kept_rows(model)
    if method not in {None, *METHODS}:
        raise InferenceError(
            "A map of rows and columns is measured by {known}, not by “{method}”.",
            known=" or ".join(METHODS),
            method=str(method)[:40],
        )
    image, sequence = _laid(model, source)
    index = class_of(rows.info, target, rows.reading(sequence).logits)
    _check_cells(sequence, cells)
    own = rows.info.influence
    by = method or (own if own in METHODS else "integrated-gradients")
    start = rows.baseline(baseline)
    columns = _columns(image, sequence)
    found = rows.explain(
        sequence,
        lambda asked, film, empty: grid_influence(
            asked,
            film,
            baseline=empty,
            target=index,
            cells=cells,
            method=by,
            edges=(sequence.edges, columns),
        ),
        baseline=start,
    )
    sums = np.array((found.log_odds, found.baseline_log_odds, found.residual))
    rows.refuse_nonsense(image, found.values, sums)
    return replace(found, baseline=rows.start_of(sequence, start))


def _laid(model: str | Path | Model, source: Source | PreparedFilm) -> tuple[Image, RowSequence]:
    """The film's header and the rows that the model reads."""
    if isinstance(source, PreparedFilm):
        return source.image, source.own.sequence
    if not isinstance(model, Model):
        raise InferenceError("Load the model, or prepare the film for it.", "missing")
    frame = frame_of(source, 0, None)
    sequence = model.sequence_of(frame)
    columns = column_edges(frame, sequence.rows.shape[1])
    return frame.image, replace(sequence, columns=columns)


def _columns(image: Image, sequence: RowSequence) -> Doubles:
    if sequence.columns is not None:
        return sequence.columns
    return np.linspace(0.0, image.columns, sequence.rows.shape[1] + 1)


def _check_cells(sequence: RowSequence, cells: tuple[int, int] | None) -> None:
    high, wide = sequence.rows.shape
    if cells is not None and not (1 <= cells[0] <= high and 1 <= cells[1] <= wide):
        raise InferenceError(
            "The film has {high} × {wide} model pixels, too few for {down} × {across} cells.",
            high=high,
            wide=wide,
            down=cells[0],
            across=cells[1],
        )
