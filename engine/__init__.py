"""The engine: reads an image row by row with a recurrent network. No Qt.

`engine.load` gives a model; everything else stands in rooms with a face each (`engine.imaging`,
`engine.explain`, …). Importing the engine, or a room, loads neither torch nor pydicom: each name
fetches its module when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from pathlib import Path

    from engine.explain import BaselineLike
    from engine.types import Analysis, PreparedFilm

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
__version__ = "0.1.0"


def analyse_rows(
    model: "str | Path", film: "PreparedFilm", baseline: "BaselineLike" = "mean"
) -> "Analysis":
    """Analyse a film that was prepared elsewhere, with a model that this process keeps.

    Naming it loads nothing, so that a window may hand it to a process that has the models.

    Args:
        model: Name of a bundle, or its folder.
        film: As `prepare` makes it for this model, whatever its checks said.
        baseline: The film that Influence starts from, as for `Model.influence`.

    Raises:
        EngineError: One sentence: the bundle cannot be trusted, or there is no usable answer.
    """
    analysis: Analysis = import_module("engine.model").analyse_rows(model, film, baseline)
    return analysis


def warm_up(model: "str | Path") -> None:
    """Load a model and let it read once, so that the first film need not wait.

    Raises:
        BundleError: One sentence: no such model, or one that cannot be trusted.
    """
    import_module("engine.model").warm_up(model)
