"""The engine: reads an image row by row with a recurrent network. No Qt; importing it loads no torch.

The names below are the engine's public face; the viewer uses nothing else.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.errors import (
        BundleError,
        DataError,
        DeviceError,
        EngineError,
        ImageError,
        InferenceError,
    )
    from engine.explain import influence_map, peak_order, state_map, unit_matrix
    from engine.imaging import apply_voi, auto_window, default_voi, read_frame, read_image
    from engine.metadata import list_models, read_metadata
    from engine.predictor import analyse, analyse_rows, warm_up
    from engine.resources import resource_path
    from engine.sequence import refusal, to_sequence
    from engine.types import (
        Analysis,
        Frame,
        Heatmap,
        HiddenStates,
        Identity,
        Image,
        Influence,
        InputFormat,
        ModelInfo,
        Orientation,
        Prediction,
        Quantity,
        RowSequence,
        RowStatistics,
        Spacing,
        Threshold,
        Uids,
        Voi,
        VoiLut,
        Window,
    )

__version__ = "0.1.0"

_HOME = {
    "engine.errors": "BundleError DataError DeviceError EngineError ImageError InferenceError",
    "engine.explain": "influence_map peak_order state_map unit_matrix",
    "engine.imaging": "apply_voi auto_window default_voi read_frame read_image",
    "engine.metadata": "list_models read_metadata",
    "engine.predictor": "analyse analyse_rows warm_up",
    "engine.resources": "resource_path",
    "engine.sequence": "refusal to_sequence",
    "engine.types": (
        "Analysis Frame Heatmap HiddenStates Identity Image Influence InputFormat ModelInfo "
        "Orientation Prediction Quantity RowSequence RowStatistics Spacing Threshold Uids Voi VoiLut "
        "Window"
    ),
}
_MODULE_OF = {name: module for module, names in _HOME.items() for name in names.split()}

__all__ = [  # noqa: PLE0604 - the names are strings, computed from the table above
    "__version__",
    *_MODULE_OF,
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the named thing is
    """Import a public name when it is first used: torch and pydicom wait until then."""
    if name not in _MODULE_OF:
        raise AttributeError(f"module 'engine' has no attribute {name!r}")
    value = getattr(import_module(_MODULE_OF[name]), name)
    globals()[name] = value
    return value
