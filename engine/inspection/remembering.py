"""What a network remembers of a film: exact terms, rows that can be replaced, gradients.

Three questions, with three answers that must not be mixed:

- What is left of each step in the state that a recurrence ends with? An exact sum of one term
  per step (`MemoryTerms`): retention, and nothing else.
- How much would the answer move if all rows above a step were others? They are replaced and the
  film is read again (`ReplacedRows`): only this can say that rows did not matter to an answer.
- How does the gradient fall with the distance from the last row? `Forgetting`, for RNN, LSTM and
  GRU of the same size before training and for the model itself: vanishing gradients.

Importing this loads no network: a window hands its functions to the process that keeps them.
"""

from dataclasses import dataclass
from itertools import pairwise
from math import prod
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import numpy as np

from engine.bundle import ArchitectureConfig, NetworkConfig, RegisteredConfig, read_options
from engine.errors import InferenceError
from engine.inspection.asked import kept_rows
from engine.inspection.gating import (
    GateSense,
    MemoryTerms,
    Updates,
    senses,
    terms_of,
    updates_of,
)
from engine.preparation import Source, frame_of, prepare
from engine.runtime import carried
from engine.types import Doubles, Floats, Horizon, Link, PreparedFilm, RowSequence, RowTrace

if TYPE_CHECKING:
    from engine.model import Model
    from engine.rowmodel import RowModel
    from engine.runtime import Asked

Film = Source | PreparedFilm

# ------------------------------------------------------------- what each step did to a state


@dataclass(frozen=True, slots=True, eq=False)
class Carried:
    """How the cell of a network carried its state over the steps of one film.

    Attributes:
        cell: Its name, such as "gru".
        readout: Name of what the head looks at: "last", "mean", "attention" or another.
        gates: What can be shown of a unit step by step, in the cell's own order.
        carried: The state that is a gated sum: "h" or "c"; None where none is (a plain RNN).
        keep, add: (S, D, L, H), see `engine.inspection.gating`; None where `carried` is.
        states: (S, D, L, H) the carried states, or h where none is carried.
        drives: (2, S, D, L, H) of a plain RNN what row and bias, and what the state before with
            its bias, drive each unit with; their sum goes through tanh, or the rectifier.
        rows_per_step: Model rows of a step.
        rows_above: Model rows above its own that a step sees too, through the stem.
    """

    cell: str
    readout: str
    gates: tuple[GateSense, ...]
    carried: Literal["h", "c"] | None
    keep: Floats | None
    add: Floats | None
    states: Floats
    drives: Floats | None
    rows_per_step: int
    rows_above: int

    def updates(self, layer: int = -1, direction: int = 0) -> Updates | None:
        """What every step of a layer kept, wrote and erased; None where nothing is carried."""
        if self.keep is None or self.add is None or self.carried is None:
            return None
        keep, add = self.keep[layer, direction], self.add[layer, direction]
        after = self.states[layer, direction]
        return updates_of(self.carried, keep, add, after, direction=direction)

    def memory(self, layer: int = -1, direction: int = 0) -> MemoryTerms | None:
        """What is left of every step in the state that a layer ends with, or None likewise."""
        if self.keep is None or self.add is None or self.carried is None:
            return None
        keep, add = self.keep[layer, direction], self.add[layer, direction]
        final = self.states[layer, direction, 0 if direction else -1]
        terms = terms_of(keep, add, direction=direction)
        return MemoryTerms(self.carried, terms, final, upwards=direction == 1)


def remember(model: "Model | str | Path", film: Film, frame: int = 0) -> Carried:
    """How the network carried its state over the steps of a film.

    Args:
        model: A loaded one; or a name or folder, of which this process keeps the model.
        film: A path, a frame, an array, or a film that was prepared for the model.
        frame: Of a file with many, counted from 0.

    Raises:
        EngineError: The film cannot be read, or the model is not to be trusted.
    """
    rows, sequence = _laid_out(model, film, frame)
    trace = rows.trace(sequence)
    config = rows.explain(sequence, lambda asked, _rows, _start: _config(asked))
    return _remembered(rows, sequence, trace, config)


def _remembered(
    rows: "RowModel", sequence: RowSequence, trace: RowTrace, config: ArchitectureConfig
) -> Carried:
    cell = _cell_of(config)
    pair = carried(cell, trace.gates)
    if pair is None and trace.memory is not None:
        pair = _carried_by_cell(rows, trace)
    plain = cell in _PLAIN and isinstance(config, NetworkConfig)
    which: Literal["h", "c"] | None = None
    if pair is not None:
        which = "h" if trace.c is None else "c"
    return Carried(
        cell=cell,
        readout=config.readout if isinstance(config, NetworkConfig) else "",
        gates=senses(cell, trace.gates, trace.h, trace.c),
        carried=which,
        keep=pair[0] if pair is not None else None,
        add=pair[1] if pair is not None else None,
        states=trace.c if which == "c" and trace.c is not None else trace.h,
        drives=_drives(rows, sequence, trace) if plain else None,
        rows_per_step=rows.info.input.rows_multiple,
        rows_above=_rows_above(config),
    )


def _cell_of(config: ArchitectureConfig) -> str:
    """Name of the cell whose states a trace holds; empty of an architecture that is not ours."""
    if isinstance(config, NetworkConfig):
        return config.cell
    if config.name != "grid" or not isinstance(config, RegisteredConfig):
        return ""
    from engine.network import GridOptions  # noqa: PLC0415 - its room is torch's

    return read_options(GridOptions, config.options, "The options of “grid”").cell


_PLAIN: Final = ("rnn", "rnn-relu")


def _config(asked: "Asked") -> ArchitectureConfig:
    return asked.config


def _rows_above(config: ArchitectureConfig) -> int:
    """Model rows above a step's own that reach it through convolutions; 0 of unknown layers."""
    if not isinstance(config, NetworkConfig):
        return 0
    strides = [layer.row_stride for layer in config.stem if layer.kind == "convolution"]
    # A convolution of three rows ends with the row it stands for: the others lie above.
    return sum((3 - stride) * prod(strides[:place]) for place, stride in enumerate(strides))


def _carried_by_cell(rows: "RowModel", trace: RowTrace) -> tuple[Floats, Floats] | None:
    """Keep and add of a cell that a package brings, asked of itself; None of unknown layers."""
    import torch  # noqa: PLC0415 - such cells have no other form

    from engine.network import RowClassifier  # noqa: PLC0415 - imports torch

    if not isinstance(rows.network, RowClassifier):
        return None
    pairs = []
    for place, cell in enumerate(cast("Any", rows.network).recurrent):
        given = {name: torch.from_numpy(gate[place]) for name, gate in trace.gates.items()}
        found = cell.carry(given)
        if found is None:
            return None
        pairs.append((found.keep.numpy(), found.add.numpy()))
    keep, add = zip(*pairs, strict=True)
    return np.stack(keep), np.stack(add)


def _drives(rows: "RowModel", sequence: RowSequence, trace: RowTrace) -> Floats:
    """What row and state before drive the units of a plain RNN with, (2, S, D, L, H)."""
    import torch  # noqa: PLC0415 - the cell's own products

    network = cast("Any", rows.network)
    like = next(network.parameters())
    found = np.zeros((2, *trace.h.shape), np.float32)
    with torch.no_grad():
        inside = network.trace(torch.from_numpy(sequence.rows)[None].to(like))
        for layer, cell in enumerate(network.recurrent):
            for direction in range(trace.h.shape[1]):
                h = inside.h[layer, direction]  # (1, L, H)
                zero = torch.zeros_like(h[:, :1])
                before = torch.cat((h[:, 1:], zero) if direction else (zero, h[:, :-1]), dim=1)
                row = cell.of_input(inside.inputs[layer], direction)[0]
                state = cell.of_state(before, direction)[0]
                found[0, layer, direction] = row.cpu().numpy()
                found[1, layer, direction] = state.cpu().numpy()
    return found


def _laid_out(
    model: "Model | str | Path", film: Film, frame: int
) -> tuple["RowModel", RowSequence]:
    """The model on rows, and the rows of a film."""
    rows = kept_rows(model) if isinstance(model, str | Path) else model.rows
    if not isinstance(film, PreparedFilm):
        film = prepare(frame_of(film, frame, None), rows.info)
    return rows, film.own.sequence


# --------------------------------------------------------------- rows that others stand for

FORGOTTEN: Final = 1e-4  # log-odds: no probability moves by more than 0.000025
FILLINGS: Final = ("mean", "blank", "white", "noise", "upside-down")
_TOGETHER: Final = 2**22  # pixels of films that are read at once


@dataclass(frozen=True, slots=True, eq=False)
class ReplacedRows:
    """How much the answer moves when all rows above a step are replaced, film read anew.

    Attributes:
        target: Index of the class whose log-odds are looked at.
        log_odds: Of the film as it is.
        fillings: What the rows are replaced by: "mean" film of the training, "blank" (0),
            "white" (1), "noise" (even, of a seed), the film "upside-down".
        moved: (F, L) log-odds minus those of the film as it is, with all rows above step k
            replaced; 0 at step 0, above which nothing is.
        edges: (L + 1,) stored rows.
    """

    target: int
    log_odds: float
    fillings: tuple[str, ...]
    moved: Doubles
    edges: Doubles

    @property
    def most(self) -> Doubles:
        """The largest change (L,) by any of the fillings."""
        most: Doubles = np.abs(self.moved).max(axis=0)
        return most

    def forgotten(self, least: float = FORGOTTEN) -> int:
        """The last step whose rows above all fillings can replace without moving the answer.

        So many log-odds are no movement: `least`. It is 0 where the first step counts already.
        """
        return int(np.flatnonzero(np.maximum.accumulate(self.most) <= least).max(initial=0))


def replace_above(
    model: "Model | str | Path",
    film: Film,
    frame: int = 0,
    *,
    target: int | None = None,
    seed: int = 0,
) -> ReplacedRows:
    """Replace all rows above every step by other contents, read again, and measure.

    Args:
        model: As for `remember`, like the film and its frame.
        film: See there.
        frame: See there.
        target: The class; by default the finding, or the answer.
        seed: Of the noise.

    Raises:
        EngineError: As for `remember`.
    """
    rows, sequence = _laid_out(model, film, frame)
    per_step = rows.info.input.rows_multiple

    def work(asked: "Asked", given: Floats, start: Floats) -> tuple[int, Doubles]:
        fills = _fillings(given, start, seed)
        found = asked.logits(given[None])
        chosen = target if target is not None else rows.info.positive
        which = int(found[0].argmax()) if chosen is None else chosen
        read = (found, *(_read_replaced(asked, given, fill, per_step) for fill in fills))
        odds = [_log_odds(one, which, asked.config.link) for one in read]
        return which, np.concatenate(odds)

    which, odds = rows.explain(sequence, work)
    whole, replaced = odds[0], odds[1:].reshape(len(FILLINGS), -1)
    moved = np.concatenate((np.zeros((len(replaced), 1)), replaced - whole), axis=1)
    if not np.isfinite(moved).all():
        raise InferenceError("The model gave an answer that is not a number.", "not-a-number")
    return ReplacedRows(which, float(whole), FILLINGS, moved, sequence.edges[::per_step])


def _fillings(rows: Floats, mean: Floats, seed: int) -> tuple[Floats, ...]:
    """Films (M, W) whose rows take the place of others, in the order of `FILLINGS`."""
    noise = np.random.default_rng(seed).random(rows.shape, dtype=np.float32)
    return mean, np.zeros_like(rows), np.ones_like(rows), noise, rows[::-1]


def _read_replaced(asked: "Asked", rows: Floats, filling: Floats, per_step: int) -> Floats:
    """Logits (L − 1, K) with the rows above steps 1 to L − 1 replaced."""
    steps = range(1, len(rows) // per_step)
    together = max(_TOGETHER // rows.size, 1)
    cuts = [*steps[::together], steps.stop]
    found = [np.empty((0, asked.config.classes), np.float32)]
    for first, end in pairwise(cuts):
        films = np.repeat(rows[None], end - first, axis=0)
        for film, step in zip(films, range(first, end), strict=True):
            film[: step * per_step] = filling[: step * per_step]
        found.append(asked.logits(films))
    return np.concatenate(found)


def _log_odds(logits: Floats, target: int, link: Link) -> Doubles:
    """Log p/(1 − p) (N,) of one class, of logits (N, K)."""
    given = logits.astype(np.float64)
    if link == "sigmoid":
        return np.asarray(given[:, target])
    others = np.delete(given, target, axis=1)
    largest = others.max(axis=1)
    total = largest + np.log(np.exp(others - largest[:, None]).sum(axis=1))
    odds: Doubles = given[:, target] - total
    return odds


# -------------------------------------------------------------------- vanishing gradients


@dataclass(frozen=True, slots=True, eq=False)
class Forgetting:
    """How gradients fall with the distance from the last row, on one film.

    Attributes:
        fresh: Of networks of one layer and direction that look at their last state, before
            training: every cell with our first weights, then with torch's.
        answer, state: Of the model itself: of its answer, and of its last state; None where the
            last row does not move it at all.
        hidden_size: H of all of them.
        seed: Of the weights.
    """

    fresh: tuple[Horizon, ...]
    answer: Horizon | None
    state: Horizon | None
    hidden_size: int
    seed: int


def forget(
    model: "Model | str | Path", film: Film, frame: int = 0, *, seed: int = 0
) -> Forgetting:
    """Measure vanishing gradients of RNN, LSTM, GRU and of a model on the rows of one film.

    Args:
        model: As for `remember`, like the film and its frame.
        film: See there.
        frame: See there.
        seed: For the weights of the untrained networks.

    Raises:
        EngineError: As for `remember`.
    """
    import torch  # noqa: PLC0415 - gradients

    from engine.network import fresh_horizons  # noqa: PLC0415 - imports torch

    rows, sequence = _laid_out(model, film, frame)
    given = torch.from_numpy(np.array(sequence.rows, np.float64))[None]
    size = rows.info.hidden_size
    return Forgetting(
        fresh_horizons(given, hidden_size=size, seed=seed),
        _horizon(rows, sequence, "answer"),
        _horizon(rows, sequence, "state"),
        size,
        seed,
    )


def _horizon(
    rows: "RowModel", sequence: RowSequence, of: Literal["answer", "state"]
) -> Horizon | None:
    import torch  # noqa: PLC0415 - gradients

    from engine.network import measure_horizon  # noqa: PLC0415 - imports torch

    like = next(rows.network.parameters())
    given = torch.from_numpy(np.array(sequence.rows))[None].to(like)
    try:
        return measure_horizon(rows.network, given, of=of, name=rows.info.name)
    except InferenceError:
        return None
