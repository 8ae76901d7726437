"""Two models on one film, or one model on two films: what differs, row by row.

Everything lies on the steps of the first one. What is a value at a place (answers, states) is
laid along them by its share of the film's height, as `engine.sequence.resampled` does; Influence
is a sum over rows, and is shared out by the rows that steps have in common, so that it still
adds up. A difference is always the first one's value minus the second one's.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import numpy as np

from engine.bundle import calibration_holds
from engine.calibration import linked, log_odds
from engine.errors import InferenceError
from engine.inspection.alignment import Alignment, aligned, linear_cka, moved, same_units, spread
from engine.inspection.asked import UNTRAINED
from engine.inspection.edits import parsed
from engine.maps import unit_matrix
from engine.sequence import ranks, resampled
from engine.suitability import reasons_of
from engine.text import shown
from engine.types import (
    Doubles,
    Floats,
    HiddenStates,
    Horizon,
    InfluenceMethod,
    PreparedFilm,
)
from engine.words import Sentence

if TYPE_CHECKING:
    from pathlib import Path

    from engine.inspection.edits import Edit, EditLike
    from engine.inspection.rereading import Reread
    from engine.model import Model
    from engine.preparation import Source
    from engine.rowmodel import RowModel
    from engine.types import Influence, RowTrace

ComparedKind = Literal["models", "untrained", "films"]


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One of the two, on the steps of the first.

    Attributes:
        name: The model's name, or the film's where films are compared.
        architecture: For people; of the model that read.
        sha256: Of its weights; empty of an untrained network.
        classes: Names, in its own order.
        probabilities: (K,) of the whole film.
        by_row: (L, K) probabilities if reading had stopped after each step.
        influence: (L,) towards the first one's class; None where the classes differ.
        influence_sum: Of all rows, in log-odds; what the film moves away from the mean film.
        horizon: How far back a row still moves the last state, on its own steps; None where it
            was not asked for, or nothing moves it.
        height: Stored rows of its film.
        steps: Of its own.
        of_film: Whether `probabilities` are its answer, see `Objective.of_film`; else scores.
        calibrated: Whether they may be called calibrated; None where no test measured it.
    """

    name: str
    architecture: str
    sha256: str
    classes: tuple[str, ...]
    probabilities: Doubles
    by_row: Floats
    influence: Floats | None
    influence_sum: float | None
    horizon: Horizon | None
    height: float
    steps: int
    of_film: bool = True
    calibrated: bool | None = None

    @property
    def horizon_rows(self) -> float | None:
        """The horizon in stored rows; None where it was not measured or is the whole film."""
        if self.horizon is None or self.horizon.rows is None:
            return None
        read = self.steps * self.horizon.rows_per_step
        return self.horizon.rows * self.height / read


@dataclass(frozen=True, slots=True, eq=False)
class NetworkComparison:
    """Two readings beside each other, on the L steps of the first one.

    Attributes:
        kind: What was compared: two models on one film, a model with its untrained twin, or one
            model on two films.
        first, second: The two; a difference is the first minus the second.
        edges: (L + 1,) stored rows of the first one's film.
        target: Index of the class in `first.classes` that answers and Influence are about.
        answer: (L,) difference of the log-odds by row; None where the classes differ.
        influence: (L,) difference of Influence, in log-odds; None where the classes differ.
        agreement: Spearman's rank correlation of the two Influence maps; None likewise.
        alignment: Which units belong together.
        layers: Numbers of the layers whose units were matched, counted from 0.
        states: (L, P) difference of the states of each pair, in standard deviations: of the
            first one's training films where one model read both films, else of the reference.
        cka: Linear CKA (S, T) of all layers of both over the reference; nan where undefined.
        cka_by_chance: Of the matched layers, with the rows of each film moved round.
        notes: What must be known to read it, for people.
    """

    kind: ComparedKind
    first: Compared
    second: Compared
    edges: Doubles
    target: int
    answer: Floats | None
    influence: Floats | None
    agreement: float | None
    alignment: Alignment
    layers: tuple[int, int]
    states: Floats
    cka: Doubles
    cka_by_chance: float | None = None
    notes: tuple[Sentence, ...] = ()

    @property
    def similarity(self) -> float | None:
        """Linear CKA of the matched layers."""
        value = float(self.cka[self.layers])
        return None if np.isnan(value) else value

    @property
    def target_name(self) -> str:
        """The class that answers and Influence are about."""
        return self.first.classes[self.target]

    @property
    def of_film(self) -> bool:
        """Whether both answer with probabilities of the whole film."""
        return self.first.of_film and self.second.of_film


# ------------------------------------------------------------------------- in notebooks


def compare_models(
    model: "Model",
    other: "Model | str | Path",
    source: "Source",
    *,
    frame: int = 0,
    layer: int = -1,
    reference: Iterable["Source"] = (),
    horizon: bool = True,
) -> NetworkComparison:
    """What two models make of one film, on the steps of the first.

    Args:
        model: The first one.
        other: The second one, its name or folder; or "untrained": the first one's architecture
            with new weights, the control of every map (Adebayo 2018).
        source: A film, as for `engine.Model`.
        frame: Of a file.
        layer: Whose units are matched, counted from the last (−1) in both.
        reference: More films that units are matched on; without them on the rows of this one.
        horizon: Whether the horizon of both is measured, which takes gradients.

    Raises:
        EngineError: One sentence: a bundle or film that cannot be read, or no usable answer.
    """
    from engine.preparation import frame_of, prepare  # noqa: PLC0415 - imaging, when asked

    second = _opponent(model.rows, other)

    def pair(one: "Source", index: int = 0) -> tuple[PreparedFilm, PreparedFilm]:
        pixels = frame_of(one, index)
        own = prepare(pixels, model.info)
        same = second.info.path == model.info.path
        return own, own if same else prepare(pixels, second.info)

    films = [pair(source, frame), *map(pair, reference)]
    kind: ComparedKind = "untrained" if other == UNTRAINED else "models"
    return compare_prepared(model.rows, second, films, kind=kind, layer=layer, horizon=horizon)


def compare_films(
    model: "Model",
    source: "Source",
    other: "Source",
    *,
    frame: int = 0,
    layer: int = -1,
    horizon: bool = True,
) -> NetworkComparison:
    """What one model makes of two films, row by row at the same share of their heights.

    Args:
        model: Reads both.
        source: The first film, as for `engine.Model`.
        other: The second one; of a file its first frame.
        frame: Of the first file.
        layer: Whose states are compared, counted from the last (−1).
        horizon: Whether the horizon on both is measured, which takes gradients.

    Raises:
        EngineError: One sentence: a film that cannot be read, or no usable answer.
    """
    from engine.preparation import frame_of, prepare  # noqa: PLC0415 - imaging, when asked

    films = tuple(
        prepare(frame_of(one, index), model.info) for one, index in ((source, frame), (other, 0))
    )
    return compare_prepared(
        model.rows, model.rows, [(films[0], films[1])], kind="films", layer=layer, horizon=horizon
    )


def _opponent(first: "RowModel", other: "Model | str | Path") -> "RowModel":
    rows: RowModel | None = getattr(other, "rows", None)
    if rows is not None:
        return rows
    if other == UNTRAINED:
        return first.untrained()
    from engine.rowmodel import RowModel as Loaded  # noqa: PLC0415 - a bundle, when asked

    return Loaded(str(other))


# ------------------------------------------------------------------------- a changed film


def reread_beside(
    first: "RowModel",
    second: "RowModel",
    film: PreparedFilm,
    its: PreparedFilm,
    edits: "Iterable[EditLike]",
    *,
    target: int | None = None,
) -> "Reread":
    """What the other model makes of the same change of a film.

    Args:
        first: The model whose steps the edits speak of.
        second: The one that reads.
        film: As the first one reads it.
        its: As the second one does.
        edits: As for `engine.inspection.reread`; bands lie at the same share of the height.
        target: Index of a class of the first one; None takes the one that it is explained by.

    Raises:
        InferenceError: Also: the models tell other classes apart.
    """
    from engine.inspection.rereading import reread  # noqa: PLC0415 - imaging, when asked

    name = first.info.classes[_targets(first, second, film)[0] if target is None else target]
    if set(first.info.classes) != set(second.info.classes):
        raise InferenceError(
            "“{other}” tells other classes apart than “{one}”.",
            other=second.info.title,
            one=first.info.title,
        )
    grids = film.own.sequence.rows.shape, its.own.sequence.rows.shape
    steps = tuple(
        grid[0] // model.info.input.rows_multiple
        for grid, model in zip(grids, (first, second), strict=True)
    )
    known = [parsed(one) if isinstance(one, str) else one for one in edits]
    place = second.info.classes.index(name)
    return reread(second, its, [_moved_to(one, steps, grids) for one in known], place)


def _moved_to(edit: "Edit", steps: tuple[int, ...], grids: tuple[tuple[int, ...], ...]) -> "Edit":
    """An edit for a model of other steps and another grid: (own, other) of both."""
    own, its = steps
    edit = replace(edit, other=None)  # another film's rows are made anew for the other grid
    if edit.kind == "shift":
        scales = (other / mine for mine, other in zip(*grids, strict=True))
        moved = tuple(a * b for a, b in zip(edit.numbers, scales, strict=True))
        return replace(edit, numbers=moved)
    if edit.first is None or edit.last is None or own == its:
        return edit
    first = math.floor(edit.first * its / own)
    last = max(math.ceil((edit.last + 1) * its / own) - 1, first)
    return replace(edit, first=first, last=last)


# ------------------------------------------------------------------------- the comparison


@dataclass(frozen=True, slots=True, eq=False)
class _Read:
    """A film, read by one of the two."""

    rows: "RowModel"
    film: PreparedFilm
    trace: "RowTrace"
    influence: "Influence | None"
    horizon: Horizon | None

    @property
    def steps(self) -> int:
        return len(self.trace.by_row)


def compare_prepared(
    first: "RowModel",
    second: "RowModel",
    films: Sequence[tuple[PreparedFilm, PreparedFilm]],
    *,
    kind: ComparedKind,
    layer: int = -1,
    horizon: bool = True,
) -> NetworkComparison:
    """The same of loaded models and prepared films.

    Args:
        first: One of the two.
        second: The other one; the same model again reads two films.
        films: The film that is compared as each of them reads it; then those that units are
            matched on besides, which are not looked at where one model reads two films.
        kind: What is compared.
        layer: As for `compare_models`.
        horizon: As for `compare_models`.
    """
    target, place = _targets(first, second, films[0][0])
    one = _read(first, films[0][0], target, method=first.info.influence, horizon=horizon)
    other = _read(second, films[0][1], place, method=first.info.influence, horizon=horizon)
    names = _names(kind, one, other)
    left = _compared(one, one, name=names[0], kind=kind)
    right = _compared(other, one, name=names[1], kind=kind)
    layers = _layers(one.trace, other.trace, layer)
    matched, states, cka, by_chance = _states(one, other, films[1:], layers=layers, kind=kind)
    answer = None
    if place is not None:
        answer = _odds(one, target, one.steps) - _odds(other, place, one.steps)
    apart = None
    if left.influence is not None and right.influence is not None:
        apart = left.influence - right.influence
    return NetworkComparison(
        kind,
        left,
        right,
        edges=one.trace.edges,
        target=target,
        answer=None if answer is None else answer.astype(np.float32),
        influence=apart,
        agreement=None if apart is None else _agreement(left, right),
        alignment=matched,
        layers=layers,
        states=states,
        cka=cka,
        cka_by_chance=by_chance,
        notes=(
            *_notes(kind, left, right, answers=place is not None),
            *_refusals(kind, (one, left), (other, right)),
        ),
    )


def _targets(first: "RowModel", second: "RowModel", film: PreparedFilm) -> tuple[int, int | None]:
    """The class that is looked at, in the first model's order and the second's."""
    positive, classes = first.info.positive, first.info.classes
    target = positive
    if target is None:
        target = int(first.trace(film.own.sequence).logits.argmax())
    if set(classes) != set(second.info.classes):
        return target, None
    return target, second.info.classes.index(classes[target])


def _read(
    rows: "RowModel",
    film: PreparedFilm,
    target: int | None,
    *,
    method: InfluenceMethod,
    horizon: bool,
) -> _Read:
    sequence = film.own.sequence
    trace = rows.trace(sequence)
    found = None if target is None else rows.influence(sequence, target, method=method)
    rows.refuse_nonsense(film.image, trace.h, trace.by_row, trace.logits)
    if found is not None:
        rows.refuse_nonsense(film.image, found.values)
    return _Read(rows, film, trace, found, _horizon(rows, film) if horizon else None)


def _horizon(rows: "RowModel", film: PreparedFilm) -> Horizon | None:
    """Of the last state, which every network has; the answer may have a short way to all rows."""
    import torch  # noqa: PLC0415 - only where gradients are asked for

    from engine.network import measure_horizon  # noqa: PLC0415 - imports torch

    network = rows.network
    place = next(network.parameters()).device
    given = torch.from_numpy(film.own.sequence.rows)[None].to(place)
    try:
        return measure_horizon(network, given, of="state", name=rows.info.name)
    except InferenceError:
        return None  # nothing moves it: there is no horizon to show


def _compared(read: _Read, base: _Read, *, name: str, kind: ComparedKind) -> Compared:
    """One of the two, on the steps of `base`."""
    info, found, edges = read.rows.info, read.influence, read.trace.edges
    fresh = kind == "untrained" and read is not base
    link = read.rows.bundle.config.link
    by_row = resampled(linked(read.trace.by_row, link), base.steps, axis=0)
    return Compared(
        name,
        info.architecture,
        "" if fresh else info.sha256,
        info.classes,
        linked(read.trace.logits, link),
        by_row.astype(np.float32),
        None if found is None else shared_out(found.values, base.steps),
        None if found is None else float(found.values.sum()),
        read.horizon,
        height=float(edges[-1] - edges[0]),
        steps=read.steps,
        of_film=info.objective.of_film,
        calibrated=None if fresh else calibration_holds(info),
    )


def shared_out(values: Floats, steps: int) -> Floats:
    """Sums over the rows of steps (L,) as sums over those of other steps of the same height.

    They add up to the same. Of as many steps as there are they come back as they are.
    """
    if len(values) == steps:
        return values
    total = np.concatenate(([0.0], np.cumsum(values, dtype=np.float64)))
    old, new = np.linspace(0.0, 1.0, len(values) + 1), np.linspace(0.0, 1.0, steps + 1)
    return np.diff(np.interp(new, old, total)).astype(np.float32)


def _odds(read: _Read, target: int, steps: int) -> Doubles:
    """Log-odds of a class by row, on so many steps."""
    link = read.rows.bundle.config.link
    return resampled(log_odds(read.trace.by_row, target, link), steps, axis=0)


def _agreement(left: Compared, right: Compared) -> float | None:
    """Spearman's rank correlation of two maps; None where one of them is flat."""
    maps = [one.influence for one in (left, right) if one.influence is not None]
    reach = [float(np.ptp(one)) for one in maps]
    if min(reach) == 0 or len(maps[0]) < 2:
        return None
    places = [
        ranks((one - one.min()).astype(np.float64) / size)
        for one, size in zip(maps, reach, strict=True)
    ]
    return float(np.corrcoef(places[0], places[1])[0, 1])


# ------------------------------------------------------------------------- states


def _layers(first: "RowTrace", second: "RowTrace", layer: int) -> tuple[int, int]:
    """The same layer of both, counted from the last; the first one where one has not so many."""
    own, other = len(first.h), len(second.h)
    if not -own <= layer < own:
        raise InferenceError(
            "There is no layer {layer}: the model has {own}.", layer=layer, own=own
        )
    back = own - layer % own
    return own - back, max(other - back, 0)


def _states(
    one: _Read,
    other: _Read,
    reference: Sequence[tuple[PreparedFilm, PreparedFilm]],
    *,
    layers: tuple[int, int],
    kind: ComparedKind,
) -> tuple[Alignment, Floats, Doubles, float | None]:
    """Which units belong together, what differs (L, P), how alike layers are, and by chance."""
    traces = [(one.trace, other.trace)]
    if kind != "films":
        traces += [
            (one.rows.trace(own.own.sequence), other.rows.trace(its.own.sequence))
            for own, its in reference
        ]
    lengths = tuple(len(own.by_row) for own, _ in traces)
    left = np.concatenate([_traces(own, len(own.by_row)) for own, _ in traces], axis=1)
    right = np.concatenate([_traces(its, len(own.by_row)) for own, its in traces], axis=1)
    cka = np.array([[linear_cka(a, b) for b in right] for a in left], np.float64)  # None is nan
    pair = left[layers[0]], right[layers[1]]
    turned = [linear_cka(pair[0], one) for one in moved(pair[1], lengths)]
    known = [value for value in turned if value is not None]
    by_chance = float(np.mean(known)) if known else None
    if kind == "films":
        return same_units(*pair), _deviations_apart(one, other, layers[0]), cka, by_chance
    matched = aligned(*pair, lengths)
    own, its = (_standardised(states, one.steps) for states in pair)
    apart = own[:, matched.first] - matched.sign * its[:, matched.second]
    return matched, apart.astype(np.float32), cka, by_chance


def _traces(trace: "RowTrace", steps: int) -> Floats:
    """States (S, steps, D·H) of all layers."""
    layers, directions, length, hidden = trace.h.shape
    flat = trace.h.transpose(0, 2, 1, 3).reshape(layers, length, directions * hidden)
    return resampled(flat, steps, axis=1)


def _standardised(states: Floats, steps: int) -> Doubles:
    """Of the film itself, in standard deviations of the reference (N, U)."""
    mean, deviation = spread(states)
    return np.asarray((states[:steps] - mean) / deviation)


def _deviations_apart(one: _Read, other: _Read, layer: int) -> Floats:
    """Differences (L, D·H) in standard deviations of the model's training films."""
    found = []
    for read in (one, other):
        states = HiddenStates(read.trace.h, read.trace.edges)
        parts = [
            unit_matrix(
                states,
                read.rows.statistics,
                layer=layer,
                direction=direction,
                quantity="deviation",
            )
            for direction in range(read.trace.h.shape[1])
        ]
        found.append(resampled(np.concatenate(parts, axis=1), one.steps, axis=0))
    return np.asarray(found[0] - found[1], np.float32)


# ------------------------------------------------------------------------- words


def _names(kind: ComparedKind, one: _Read, other: _Read) -> tuple[str, str]:
    """What tells the two apart: names of films, titles of models where those differ."""
    if kind == "films":
        first, second = (shown(read.film.image.path.name) for read in (one, other))
        return first, second
    mine, its = one.rows.info, other.rows.info
    if kind == "untrained":
        return mine.title, Sentence("{model}, untrained", model=mine.title)
    return (mine.title, its.title) if mine.title != its.title else (mine.name, its.name)


def _notes(
    kind: ComparedKind, left: Compared, right: Compared, *, answers: bool
) -> tuple[Sentence, ...]:
    found = []
    if not answers:
        found.append(
            Sentence(
                "“{one}” and “{other}” tell other classes apart: only states and horizons are"
                " compared.",
                one=left.name,
                other=right.name,
            )
        )
    if left.steps != right.steps:
        found.append(
            Sentence(
                "“{other}” is read in {its} steps: it lies on the {own} steps of “{one}” by the"
                " share of the film's height.",
                other=right.name,
                its=right.steps,
                own=left.steps,
                one=left.name,
            )
        )
    elif kind == "films" and left.height != right.height:
        found.append(
            Sentence(
                "The films are {own:.0f} and {its:.0f} rows high: rows are compared at the same"
                " share of the height.",
                own=left.height,
                its=right.height,
            )
        )
    return tuple(found)


def _refusals(kind: ComparedKind, *sides: tuple[_Read, Compared]) -> Iterator[Sentence]:
    """Why one of the models would not answer for its film, though its network can be opened."""
    for read, side in sides:
        reasons = reasons_of(read.film.own.checks)
        if reasons and not (kind == "untrained" and side is not sides[0][1]):
            yield Sentence(
                "The model would not answer for it: {reason} (“{name}”)",
                reason=reasons[0].sentence,
                name=side.name,
            )
