"""What the window asks of a model that another process keeps: importing this loads nothing.

Every function takes the name or folder of a model first and a film that `engine.preparation`
prepared for it, and gives back values that can be pickled.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from engine.inspection.units import Ablation, Held, UnitFacts, UnitGroup
    from engine.rowmodel import RowModel
    from engine.types import PreparedFilm, RowTrace


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
    """The film read with and without some units; see `engine.Model.ablation`.

    Raises:
        EngineError: As `trace_rows`, or the model has no such units or cannot read without them.
    """
    found: Ablation = import_module("engine.inspection.ablation").read_without(
        kept_rows(model), film.own.sequence, group, held=held
    )
    return found


def kept_rows(model: "str | Path") -> "RowModel":
    """The model that this process keeps, on prepared rows."""
    rows: RowModel = import_module("engine.model").kept(model).rows
    return rows
