"""The engine: reads an image row by row with a recurrent network. No Qt.

The names below are its public face; the viewer uses nothing else. Importing the engine loads
neither torch nor pydicom: each name fetches its module when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from engine.attribution import BaselineLike
    from engine.errors import (
        BundleError,
        DataError,
        DeviceError,
        EngineError,
        ImageError,
        InferenceError,
    )
    from engine.explain import influence_limit, influence_map, peak_order, state_map, unit_matrix
    from engine.imaging import (
        Listing,
        apply_voi,
        auto_window,
        default_voi,
        describe_frame,
        file_stamp,
        film_key,
        full_window,
        header_digest,
        image_files,
        list_images,
        read_frame,
        read_image,
        thumbnail,
    )
    from engine.metadata import (
        LEAST_FACTOR,
        by_row_passes,
        calibration_holds,
        influence_passes,
        is_bundle,
        list_models,
        population_words,
        read_audit,
        read_card,
        read_metadata,
        verdicts,
    )
    from engine.model import Model, load
    from engine.output import safe_output
    from engine.phantoms import demo_study
    from engine.predictor import analyse, baseline_of
    from engine.preparation import prepare
    from engine.resources import resource_path
    from engine.sequence import model_rows, refusal, to_sequence
    from engine.suitability import film_checks, reasons_of
    from engine.types import (
        Abstention,
        Analysis,
        Audit,
        BaselineAnswer,
        BaselineKind,
        Check,
        ColumnInfluence,
        Figure,
        FilmRows,
        FilmTest,
        Floats,
        Frame,
        Gate,
        Heatmap,
        HiddenStates,
        Horizon,
        Identity,
        Image,
        Influence,
        InfluenceMethod,
        InputFormat,
        Interval,
        Judgement,
        Mark,
        ModelInfo,
        Note,
        Orientation,
        Population,
        Prediction,
        PreparedFilm,
        Quantity,
        RowCalibration,
        RowSequence,
        RowStatistics,
        RowTrace,
        Spacing,
        Suggestion,
        Surprise,
        Threshold,
        Trust,
        Uids,
        Voi,
        VoiLut,
        Window,
    )
    from engine.words import CONTEXT, Sentence, say

__version__ = "0.1.0"

__all__ = [
    "CONTEXT",
    "LEAST_FACTOR",
    "Abstention",
    "Analysis",
    "Audit",
    "BaselineAnswer",
    "BaselineKind",
    "BundleError",
    "Check",
    "ColumnInfluence",
    "DataError",
    "DeviceError",
    "EngineError",
    "Figure",
    "FilmRows",
    "FilmTest",
    "Floats",
    "Frame",
    "Gate",
    "Heatmap",
    "HiddenStates",
    "Horizon",
    "Identity",
    "Image",
    "ImageError",
    "InferenceError",
    "Influence",
    "InfluenceMethod",
    "InputFormat",
    "Interval",
    "Judgement",
    "Listing",
    "Mark",
    "Model",
    "ModelInfo",
    "Note",
    "Orientation",
    "Population",
    "Prediction",
    "PreparedFilm",
    "Quantity",
    "RowCalibration",
    "RowSequence",
    "RowStatistics",
    "RowTrace",
    "Sentence",
    "Spacing",
    "Suggestion",
    "Surprise",
    "Threshold",
    "Trust",
    "Uids",
    "Voi",
    "VoiLut",
    "Window",
    "__version__",
    "analyse",
    "analyse_rows",
    "apply_voi",
    "auto_window",
    "baseline_of",
    "by_row_passes",
    "calibration_holds",
    "default_voi",
    "demo_study",
    "describe_frame",
    "file_stamp",
    "film_checks",
    "film_key",
    "full_window",
    "header_digest",
    "image_files",
    "influence_limit",
    "influence_map",
    "influence_passes",
    "is_bundle",
    "list_images",
    "list_models",
    "load",
    "model_rows",
    "peak_order",
    "population_words",
    "prepare",
    "read_audit",
    "read_card",
    "read_frame",
    "read_image",
    "read_metadata",
    "reasons_of",
    "refusal",
    "resource_path",
    "safe_output",
    "say",
    "state_map",
    "thumbnail",
    "to_sequence",
    "unit_matrix",
    "verdicts",
    "warm_up",
]

_MODULE_OF = {
    "BundleError": "engine.errors",
    "DataError": "engine.errors",
    "DeviceError": "engine.errors",
    "EngineError": "engine.errors",
    "ImageError": "engine.errors",
    "InferenceError": "engine.errors",
    "influence_limit": "engine.explain",
    "influence_map": "engine.explain",
    "peak_order": "engine.explain",
    "safe_output": "engine.output",
    "state_map": "engine.explain",
    "unit_matrix": "engine.explain",
    "apply_voi": "engine.imaging",
    "auto_window": "engine.imaging",
    "default_voi": "engine.imaging",
    "Listing": "engine.imaging",
    "describe_frame": "engine.imaging",
    "file_stamp": "engine.imaging",
    "film_key": "engine.imaging",
    "full_window": "engine.imaging",
    "header_digest": "engine.imaging",
    "image_files": "engine.imaging",
    "list_images": "engine.imaging",
    "read_frame": "engine.imaging",
    "read_image": "engine.imaging",
    "thumbnail": "engine.imaging",
    "LEAST_FACTOR": "engine.metadata",
    "by_row_passes": "engine.metadata",
    "calibration_holds": "engine.metadata",
    "influence_passes": "engine.metadata",
    "is_bundle": "engine.metadata",
    "list_models": "engine.metadata",
    "population_words": "engine.metadata",
    "read_audit": "engine.metadata",
    "read_card": "engine.metadata",
    "read_metadata": "engine.metadata",
    "verdicts": "engine.metadata",
    "Model": "engine.model",
    "load": "engine.model",
    "demo_study": "engine.phantoms",
    "analyse": "engine.predictor",
    "baseline_of": "engine.predictor",
    "prepare": "engine.preparation",
    "resource_path": "engine.resources",
    "model_rows": "engine.sequence",
    "refusal": "engine.sequence",
    "reasons_of": "engine.suitability",
    "film_checks": "engine.suitability",
    "to_sequence": "engine.sequence",
    "Analysis": "engine.types",
    "Trust": "engine.types",
    "Suggestion": "engine.types",
    "Surprise": "engine.types",
    "Interval": "engine.types",
    "InfluenceMethod": "engine.types",
    "Horizon": "engine.types",
    "Check": "engine.types",
    "Abstention": "engine.types",
    "Audit": "engine.types",
    "BaselineAnswer": "engine.types",
    "BaselineKind": "engine.types",
    "ColumnInfluence": "engine.types",
    "Figure": "engine.types",
    "FilmTest": "engine.types",
    "Floats": "engine.types",
    "FilmRows": "engine.types",
    "Frame": "engine.types",
    "Gate": "engine.types",
    "Heatmap": "engine.types",
    "HiddenStates": "engine.types",
    "Identity": "engine.types",
    "Image": "engine.types",
    "Influence": "engine.types",
    "InputFormat": "engine.types",
    "Judgement": "engine.types",
    "Mark": "engine.types",
    "ModelInfo": "engine.types",
    "Note": "engine.types",
    "Orientation": "engine.types",
    "Population": "engine.types",
    "Prediction": "engine.types",
    "PreparedFilm": "engine.types",
    "Quantity": "engine.types",
    "RowCalibration": "engine.types",
    "RowSequence": "engine.types",
    "RowStatistics": "engine.types",
    "RowTrace": "engine.types",
    "Spacing": "engine.types",
    "Threshold": "engine.types",
    "Uids": "engine.types",
    "Voi": "engine.types",
    "VoiLut": "engine.types",
    "Window": "engine.types",
    "CONTEXT": "engine.words",
    "Sentence": "engine.words",
    "say": "engine.words",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the named thing is
    """Import a public name when it is first used."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value


def analyse_rows(
    model: "str | Path", film: "PreparedFilm", baseline: "BaselineLike" = "mean"
) -> "Analysis":
    """Analyse a film that was prepared elsewhere; meant for a process that keeps the models.

    Naming it loads nothing, so that a window may hand it to such a process.

    Args:
        model: Name of a bundle, or its folder.
        film: As `prepare` makes it for this model, whatever its checks said.
        baseline: The film that Influence starts from, as for `analyse`.

    Raises:
        EngineError: One sentence: the bundle cannot be trusted, or there is no usable answer.
    """
    analysis: Analysis = import_module("engine.predictor").analyse_rows(model, film, baseline)
    return analysis


def warm_up(model: "str | Path") -> None:
    """Load a model and let it read once, so that the first film need not wait.

    Raises:
        BundleError: One sentence: no such model, or one that cannot be trusted.
    """
    import_module("engine.predictor").warm_up(model)
