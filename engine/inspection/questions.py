"""What a notebook asks of a loaded model: what if, without these units, in another direction.

All take an `engine.Model` first, then a source as its methods do, and raise `InferenceError` as
they do. Nothing of it is the film's answer.
"""

from collections.abc import Iterable
from copy import copy
from pathlib import Path

from engine.inspection.ablation import RANDOM, read_without, weights_onto, without
from engine.inspection.edits import Edit, EditLike
from engine.inspection.rereading import (
    DirectionAnswer,
    Filling,
    Reread,
    direction_rows,
    fillings,
    influence_again,
    read_directions,
    reread,
)
from engine.inspection.units import Ablation, Held, UnitGroup, UnitWeights
from engine.model import Model
from engine.preparation import Source, frame_of, prepare
from engine.types import Influence, PreparedFilm

Asked = Source | PreparedFilm


def whatif(
    model: Model,
    source: Asked,
    *edits: EditLike,
    target: str | int | None = None,
    frame: int = 0,
) -> Reread:
    """Read a changed film beside the film as it is.

    Args:
        model: Reads both.
        source: As for the methods of `engine.Model`; or a film that was prepared for this model.
        edits: Applied in their order: `Edit`, or words such as "rows 10 20 mean",
            "rows 10 20 film OTHER.dcm", "shift 2 0", "window 0.5 0.4".
        target: As for `engine.Model.influence`: the class that log-odds are of.
        frame: Of a file with many.

    Raises:
        InferenceError: Also: an edit that the film cannot have.
    """
    film = model.prepared(source, frame, None)
    return reread(model.rows, film, edits, _index(model, target, film))


def whatif_influence(
    model: Model,
    source: Asked,
    *edits: EditLike,
    target: str | int | None = None,
    frame: int = 0,
) -> Influence:
    """Influence of the rows of a changed film; arguments as for `whatif`."""
    film = model.prepared(source, frame, None)
    return influence_again(model.rows, film, edits, _index(model, target, film))


def whatif_fillings(
    model: Model,
    source: Asked,
    steps: tuple[int, int],
    *others: str | Path,
    target: str | int | None = None,
) -> tuple[Filling, ...]:
    """Does it matter what a band is filled with? Mean, blur, noise, neighbours, other films.

    Args:
        model: Reads all of them.
        source: As for `whatif`.
        steps: First and last step of the band, both in it.
        others: Films whose rows are taken, too.
        target: See `whatif`.
    """
    film, (first, last) = model.prepared(source, 0, None), steps
    edits = [Edit("film", first, last, path=Path(other)) for other in others]
    return fillings(model.rows, film, first, last, _index(model, target, film), *edits)


def whatif_directions(model: Model, source: Source, frame: int = 0) -> tuple[DirectionAnswer, ...]:
    """The answers to a film read from the top, the bottom, the left and the right.

    The network was trained from the top down: see `read_directions`.
    """
    pixels = frame_of(source, frame, None)
    sequences = direction_rows(pixels, model.info)
    return read_directions(model.rows, prepare(pixels, model.info), sequences)


def model_without(
    model: Model,
    units: int | Iterable[int],
    *,
    layer: int = -1,
    direction: int = 0,
    held: Held = "zero",
) -> Model:
    """The same model without some hidden units; on the CPU, and its title says so.

    Args:
        model: Stays as it is.
        units: One or more of one layer.
        layer: Index from 0, or −1 for the last.
        direction: 0 of those that read downwards, 1 upwards.
        held: "zero": nobody reads them any more, as if their h were zero at every step. "mean":
            everybody reads their mean over all rows of the training films instead.

    Raises:
        InferenceError: Also: no such units, or another architecture than “row-classifier”.
    """
    less = copy(model)
    less.rows = without(model.rows, _group(units, layer, direction), held)
    return less


def ablate(
    model: Model,
    source: Asked,
    units: int | Iterable[int],
    *,
    layer: int = -1,
    direction: int = 0,
    held: Held = "zero",
    random: int = RANDOM,
    seed: int = 0,
    frame: int = 0,
) -> Ablation:
    """A film read with and without some units, and without as many random ones.

    Args:
        model: Reads it.
        source: As for `whatif`. What the film shows is not judged.
        units: As for `model_without`, like layer, direction and what is held.
        layer: Of the units.
        direction: Of the units.
        held: What is read instead.
        random: How many random groups of the same size and layer are left out, too.
        seed: Of their choice.
        frame: Of a file with many.

    Raises:
        InferenceError: As `engine.Model.trace` and `model_without` do.
    """
    if isinstance(source, PreparedFilm):
        rows = source.own.sequence
    else:
        rows = model.sequence_of(frame_of(source, frame, None))
    group = _group(units, layer, direction)
    return read_without(model.rows, rows, group, held=held, random=random, seed=seed)


def unit_weights(
    model: Model, units: int | Iterable[int], *, layer: int = -1, direction: int = 0
) -> UnitWeights:
    """What some hidden units are connected to; units as for `model_without`."""
    return weights_onto(model.rows, _group(units, layer, direction))


def _group(units: int | Iterable[int], layer: int, direction: int) -> UnitGroup:
    chosen = tuple(units) if isinstance(units, Iterable) else (units,)
    return UnitGroup(chosen, layer, direction)


def _index(model: Model, target: str | int | None, film: PreparedFilm) -> int | None:
    return None if target is None else model.class_index(target, film.own.sequence)
