"""What the window asks of a model that another process keeps: importing this loads nothing.

Every function takes the name or folder of a model first and a film that `engine.preparation`
prepared for it, and gives back values that can be pickled.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

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


def kept_rows(model: "str | Path") -> "RowModel":
    """The model that this process keeps, on prepared rows."""
    rows: RowModel = import_module("engine.model").kept(model).rows
    return rows
