"""What the window asks of a model that another process keeps: importing this loads nothing.

Every function takes the name or folder of a model first and a film that `engine.preparation`
prepared for it, and gives back values that can be pickled.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path
    from typing import Any

    from engine.explain import BaselineLike
    from engine.inspection.compared import NetworkComparison
    from engine.inspection.edits import EditLike
    from engine.inspection.rereading import Reread
    from engine.inspection.units import Ablation, Held, UnitFacts, UnitGroup
    from engine.model import Model
    from engine.preparation import Source
    from engine.rowmodel import RowModel
    from engine.types import (
        BaselineKind,
        GridInfluence,
        Influence,
        InfluenceMethod,
        ModelInfo,
        PreparedFilm,
        RowTrace,
    )


UNTRAINED: Final = "untrained"  # in place of a model: this one's architecture with new weights


def as_listed(
    function: "Callable[..., Any]",
    listed: "ModelInfo",
    *arguments: "Any",  # noqa: ANN401 - its own
) -> "Any":  # noqa: ANN401 - what the function gives
    """Ask a model, unless its folder holds another one than when it was listed.

    Args:
        function: Takes the model's folder first.
        listed: What is known of the model; the numbers shall stand beside others of its own.
        arguments: The rest.

    Returns:
        What the function gives; or, of another model, its `ModelInfo`, and nothing was asked.
    """
    now: ModelInfo = import_module("engine.model").kept(listed.path).info
    return function(listed.path, *arguments) if now == listed else now


def trace_rows(model: "str | Path", film: "PreparedFilm") -> "RowTrace":
    """States, gates, memory and answers at every step, as `engine.Model.trace` gives them.

    What the film shows is not judged: a network may be opened on any film.

    Raises:
        EngineError: One sentence: the bundle cannot be trusted, or the numbers are none.
    """
    rows = kept_rows(model)
    trace = rows.trace(film.own.sequence)
    rows.refuse_nonsense(film.image, trace.h, trace.by_row, trace.logits)
    return trace


def compare_rows(
    model: "str | Path",
    film: "PreparedFilm",
    other: "str | Path",
    its: "PreparedFilm | None",
    reference: "Sequence[tuple[PreparedFilm, PreparedFilm]]",
    horizon: bool,  # noqa: FBT001 - a process is handed a plain list of arguments
) -> "NetworkComparison":
    """Two models on one film, or one on two, as `compare_models` and `compare_films` give it.

    Args:
        model: Name or folder.
        film: Prepared for it.
        other: As for `compare_models`; the same model again compares two films.
        its: The film as the other model reads it, or the other film; None: the same rows.
        reference: See `compare_prepared`.
        horizon: Whether the horizon is measured.
    """
    first = kept_rows(model)
    second = first.untrained() if other == UNTRAINED else kept_rows(other)
    kind = "untrained" if other == UNTRAINED else "films" if second is first else "models"
    films = [(film, film if its is None else its), *reference]
    room = import_module("engine.inspection.compared")
    found: NetworkComparison = room.compare_prepared(
        first, second, films, kind=kind, horizon=horizon
    )
    return found


def unit_facts(model: "str | Path", group: "UnitGroup") -> "UnitFacts":
    """What the model knows of some units before it reads a film: weights, usual states.

    Raises:
        EngineError: As `trace_rows`, or the model has no such units.
    """
    facts: UnitFacts = import_module("engine.inspection.ablation").facts_of(
        kept_rows(model), group
    )
    return facts


def switch_off(
    model: "str | Path", film: "PreparedFilm", group: "UnitGroup", held: "Held" = "zero"
) -> "Ablation":
    """The film read with and without some units; see `questions.ablate`.

    Raises:
        EngineError: As `trace_rows`, or the model has no such units or cannot read without them.
    """
    found: Ablation = import_module("engine.inspection.ablation").read_without(
        kept_rows(model), film.own.sequence, group, held=held
    )
    return found


def reread_other(
    model: "str | Path",
    film: "PreparedFilm",
    other: "str | Path",
    its: "PreparedFilm | None",
    edits: "Sequence[EditLike]",
    target: int | None,
) -> "Reread":
    """What another model makes of a changed film, see `reread_beside`; arguments as above."""
    first = kept_rows(model)
    second = first.untrained() if other == UNTRAINED else kept_rows(other)
    room = import_module("engine.inspection.compared")
    read = film if its is None else its
    found: Reread = room.reread_beside(first, second, film, read, edits, target=target)
    return found


def explain_class(
    model: "str | Path", film: "PreparedFilm", target: int, baseline: "BaselineKind" = "mean"
) -> "Influence":
    """How much each step moved the log-odds of one class, as `Model.influence` gives it.

    Raises:
        EngineError: As `trace_rows`.
    """
    rows = kept_rows(model)
    return rows.influence(film.own.sequence, target, baseline=rows.baseline(baseline))


def grid_influence(
    model: "str | Path | Model",
    source: "Source | PreparedFilm",
    target: str | int | None = None,
    cells: tuple[int, int] | None = None,
    method: "InfluenceMethod | None" = None,
    baseline: "BaselineLike" = "mean",
) -> "GridInfluence":
    """Which parts of a film, in rows and columns, moved the log-odds of a class.

    Every model can be asked, whatever its network reads at a time.

    Args:
        model: Its name or folder, which this process then keeps; or one that is loaded.
        source: A film that was prepared for it; of a loaded model whatever its methods take.
        target: Name or index of the class; by default the one that the model's answer explains.
        cells: Rows and columns of the map; see `engine.explain.grid_influence`.
        method: "integrated-gradients" or "occlusion"; None takes the model's own where it is one
            of these, otherwise the first.
        baseline: As for `engine.Model.influence`.

    Raises:
        InferenceError: As `engine.Model.influence` does, or cells that the film cannot have.
    """
    found: GridInfluence = import_module("engine.inspection.gridded").measured(
        model, source, target, cells=cells, method=method, baseline=baseline
    )
    return found


def kept_rows(model: "str | Path") -> "RowModel":
    """The model that this process keeps, on prepared rows."""
    rows: RowModel = import_module("engine.model").kept(model).rows
    return rows
