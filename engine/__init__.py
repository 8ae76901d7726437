"""The engine: reads an image row by row with a recurrent network. No Qt.

The door is small: `load` a model and ask it; `train`, `tune`, `evaluate` and `audit` one. What
else there is lies in rooms with a face of their own, such as `engine.imaging`, `engine.types` and
`engine.phantoms`. Importing the engine loads neither torch nor pydicom: each name fetches its
module when it is first used.
"""
# ruff: noqa: F401, F403, F405 - what the rooms offer, and only for tools that read types

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from engine.attribution import BaselineLike
    from engine.errors import *
    from engine.evaluation import evaluate
    from engine.explain import *
    from engine.imaging import *
    from engine.imaging.series import read_studies
    from engine.metadata import *
    from engine.model import Model, load
    from engine.output import *
    from engine.phantoms import *
    from engine.preparation import *
    from engine.resources import *
    from engine.sequence import *
    from engine.suitability import *
    from engine.training.train import train
    from engine.tuning.tune import tune
    from engine.types import *
    from engine.words import *

__version__ = "0.1.0"

_ROOMS = {
    "engine.model": "Model load",
    "engine.training.train": "train",
    # layout: the package of this name hides it once imported, until that lies in engine.explain.
    "engine.training.audit": "audit",
    "engine.tuning.tune": "tune",
    "engine.evaluation": "evaluate",
    "engine.metadata": "list_models",
    "engine.errors": "BundleError DataError DeviceError EngineError ImageError InferenceError",
    "engine.types": "Analysis Frame Image ModelInfo",
}
# layout: whoever imports these from here gets them from the faces of their rooms instead.
_ROOMS_TO_COME = {
    "engine.explain": "influence_limit influence_map peak_order state_map unit_matrix",
    "engine.imaging": "Listing apply_voi auto_window default_voi describe_frame file_stamp"
    " film_identity film_key full_window header_digest image_files list_images prepare_reading"
    " read_frame read_image thumbnail told_apart try_again",
    "engine.imaging.series": "read_studies",
    "engine.words": "CONTEXT Sentence say",
    "engine.metadata": "LEAST_FACTOR by_row_passes calibration_holds influence_passes is_bundle"
    " population_words read_audit read_card read_metadata verdicts",
    "engine.output": "safe_output",
    "engine.phantoms": "demo_study",
    "engine.preparation": "prepare",
    "engine.resources": "resource_path",
    "engine.sequence": "model_rows refusal to_sequence",
    "engine.suitability": "film_checks reasons_of",
    "engine.types": "Abstention Audit BaselineAnswer BaselineKind Check ColumnInfluence Figure"
    " FilmIdentity FilmRows FilmTest Floats FrameHeader"
    " Gate Heatmap HiddenStates Horizon Identity Influence"
    " InfluenceMethod InputFormat Interval Judgement Mark Note Orientation Population Prediction"
    " PreparedFilm Quantity RowCalibration RowSequence RowStatistics RowTrace Spacing Suggestion"
    " Series SeriesFrame SeriesNote Study Unread Surprise Threshold Trust Uids Voi VoiLut Window",
}
_HOME = {
    name: room
    for rooms in (_ROOMS, _ROOMS_TO_COME)
    for room, names in rooms.items()
    for name in names.split()
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the named thing is
    """Import a public name when it is first used."""
    if name not in _HOME:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    value = getattr(import_module(_HOME[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    """Every public name, whether it was used before or not."""
    return sorted({*globals(), *_HOME})


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
