"""The values that flow from file to overlay: frozen, numpy only, picklable.

Axis letters, used in every trailing shape comment of the project:

    F frames      R stored rows   C stored columns   (of one image)
    N batch       L time steps    I values per step   H hidden units
    S layers      D directions    K classes
    M model rows  W model columns (the grid that a network reads)

`edges` hold stored-row coordinates: step t covers the stored rows edges[t] to edges[t + 1].
"""

from engine.types.audit import (
    Audit,
    Curve,
    Judgement,
    Pointing,
    Shares,
    Stage,
    Verdict,
)
from engine.types.horizon import Horizon, HorizonOf
from engine.types.image import (
    Booleans,
    Bytes,
    Doubles,
    Floats,
    Frame,
    Identity,
    Image,
    Note,
    NoteCode,
    Orientation,
    Spacing,
    SpacingKind,
    Uids,
    Voi,
    VoiFunction,
    VoiLut,
    Window,
)
from engine.types.reading import (
    Analysis,
    Aspect,
    ColumnInfluence,
    FilmRows,
    Heatmap,
    HiddenStates,
    Influence,
    InfluenceMethod,
    InputFormat,
    Intensity,
    ModelInfo,
    Prediction,
    PreparedFilm,
    Quantity,
    RowSequence,
    RowStatistics,
    Threshold,
)
from engine.types.results import Figure, FilmTest
from engine.types.trace import RowTrace
from engine.types.trust import (
    Abstention,
    Check,
    FilmLimits,
    Gate,
    Interval,
    Mark,
    Population,
    Suggestion,
    Surprise,
    Trust,
)

__all__ = [
    "Abstention",
    "Analysis",
    "Aspect",
    "Audit",
    "Booleans",
    "Bytes",
    "Check",
    "ColumnInfluence",
    "Curve",
    "Doubles",
    "Figure",
    "FilmLimits",
    "FilmRows",
    "FilmTest",
    "Floats",
    "Frame",
    "Gate",
    "Heatmap",
    "HiddenStates",
    "Horizon",
    "HorizonOf",
    "Identity",
    "Image",
    "Influence",
    "InfluenceMethod",
    "InputFormat",
    "Intensity",
    "Interval",
    "Judgement",
    "Mark",
    "ModelInfo",
    "Note",
    "NoteCode",
    "Orientation",
    "Pointing",
    "Population",
    "Prediction",
    "PreparedFilm",
    "Quantity",
    "RowSequence",
    "RowStatistics",
    "RowTrace",
    "Shares",
    "Spacing",
    "SpacingKind",
    "Stage",
    "Suggestion",
    "Surprise",
    "Threshold",
    "Trust",
    "Uids",
    "Verdict",
    "Voi",
    "VoiFunction",
    "VoiLut",
    "Window",
]
