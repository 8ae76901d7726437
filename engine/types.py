"""The values that flow from file to overlay: frozen, numpy only, picklable.

Axis letters, used in every trailing shape comment of the project:

    F frames      R stored rows   C stored columns   (of one image)
    N batch       L time steps    I values per step   H hidden units
    S layers      D directions    K classes
    M model rows  W model columns (the grid that a network reads)

`edges` hold stored-row coordinates: step t covers the stored rows edges[t] to edges[t + 1].
"""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Bytes = NDArray[np.uint8]

SpacingKind = Literal["calibrated", "at detector", "in patient"]
VoiFunction = Literal["LINEAR", "LINEAR_EXACT", "SIGMOID"]
Intensity = Literal["full-range", "min-max", "rank"]
Quantity = Literal["deviation", "raw"]


@dataclass(frozen=True, slots=True)
class Window:
    """A VOI window in modality values (PS3.3 C.11.2.1.2)."""

    center: float
    width: float
    explanation: str = ""
    function: VoiFunction = "LINEAR"


@dataclass(frozen=True, slots=True, eq=False)
class VoiLut:
    """A VOI look-up table (PS3.3 C.11.2.1.1).

    Attributes:
        table: (n,) output values scaled to 0…1.
        first: Modality value that maps to table[0]; one entry per unit above it.
        explanation: LUT Explanation, for the menu.
    """

    table: Floats
    first: float
    explanation: str = ""


Voi = Window | VoiLut


@dataclass(frozen=True, slots=True)
class Spacing:
    """Distance between pixel centres in millimetres, and what it is true for."""

    row_mm: float  # between rows, that is vertically
    column_mm: float
    kind: SpacingKind


@dataclass(frozen=True, slots=True)
class Orientation:
    """Anatomical letters at the four edges as stored, for example left="R", right="L"."""

    left: str
    right: str
    top: str
    bottom: str


@dataclass(frozen=True, slots=True)
class Identity:
    """Who and what the file says it shows; empty where it does not say. Plain text, cleaned."""

    patient_name: str = ""
    patient_id: str = ""
    birth_date: str = ""
    sex: str = ""
    age: str = ""
    study_date: str = ""
    study_description: str = ""
    series_description: str = ""
    body_part: str = ""
    view_position: str = ""
    laterality: str = ""
    manufacturer: str = ""


@dataclass(frozen=True, slots=True)
class Uids:
    """DICOM unique identifiers; empty for other formats."""

    study: str = ""
    series: str = ""
    instance: str = ""
    sop_class: str = ""


@dataclass(frozen=True, slots=True)
class Image:
    """One file as its header describes it; the pixels come frame by frame (`read_frame`).

    Attributes:
        format: "DICOM", "PNG", "JPEG" or "TIFF".
        encoding: Transfer syntax or raster encoding in words, for example "JPEG-LS lossless".
        value_range: Smallest and largest modality value that the stored type can hold.
        photometric: DICOM's Photometric Interpretation, or the equivalent of a raster file.
        unit: Unit of the modality values (Rescale Type), for example "HU"; empty if unknown.
        voi: Windows and VOI LUTs of the header, in its order.
        spacing: None where the file gives none that can be trusted.
        orientation: None where the file gives none that can be trusted.
        modality: DICOM modality ("CR", "DX", "CT" …); empty for raster files.
        lossy: For example "lossy JPEG 1:14"; empty if the pixels were never compressed with loss.
        technique: Pairs for display, such as ("62 kV", …); empty where unknown.
        decoder: Library and version that decodes the pixels.
        notes: What was wrong in the header and therefore left out, one sentence each.
    """

    path: Path
    format: str
    encoding: str
    frame_count: int
    rows: int
    columns: int
    bits_stored: int
    value_range: tuple[float, float]
    photometric: str
    unit: str = ""
    voi: tuple[Voi, ...] = ()
    spacing: Spacing | None = None
    orientation: Orientation | None = None
    modality: str = ""
    identity: Identity = field(default_factory=Identity)
    uids: Uids = field(default_factory=Uids)
    technique: tuple[str, ...] = ()
    lossy: str = ""
    decoder: str = ""
    notes: tuple[str, ...] = ()

    @property
    def inverted(self) -> bool:
        """Whether the smallest value is shown white (MONOCHROME1)."""
        return self.photometric == "MONOCHROME1"


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The pixels of one frame in modality values.

    Attributes:
        values: (R, C) modality values; of a colour image its luminance.
        colour: (R, C, 3) RGB, or None for a grey image.
    """

    image: Image
    index: int
    values: Floats
    colour: Bytes | None = None


@dataclass(frozen=True, slots=True)
class InputFormat:
    """What a network reads: the grid, how values are scaled, which images it is meant for.

    Attributes:
        rows, columns: The model grid, M × W; the whole film is resampled to it.
        intensity: "full-range" divides by what the stored type can hold, "min-max" stretches the
            film's own range to 0…1, "rank" replaces each value by its rank (0…1), which no
            window, gamma or bit depth can change.
        modalities: DICOM modalities accepted; empty accepts any.
        colour: Whether images with true colour are accepted.
    """

    rows: int
    columns: int
    intensity: Intensity
    modalities: tuple[str, ...] = ()
    colour: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class RowSequence:
    """What the network reads of one frame.

    Attributes:
        rows: (M, W) model rows, values 0…1, bright = radio-opaque (MONOCHROME1 already turned).
        edges: (M + 1,) stored row at which each model row begins.
    """

    rows: Floats
    edges: Doubles


@dataclass(frozen=True, slots=True, eq=False)
class RowStatistics:
    """What the training films looked like to the network, for baselines and deviations.

    Attributes:
        mean_image: (M, W) mean of the model rows, the baseline of Influence.
        state_mean, state_std: (S, D, L, H) of the hidden states.
        norm_mean, norm_std: (S, D, L) of the root mean square over all units.
        influence_limit: Colour scale of Influence: 99th percentile of |Δ log-odds| per row.
        count: Number of training films behind these numbers.
    """

    mean_image: Floats
    state_mean: Floats
    state_std: Floats
    norm_mean: Floats
    norm_std: Floats
    influence_limit: float
    count: int


@dataclass(frozen=True, slots=True, eq=False)
class HiddenStates:
    """Every h_t of every layer: h (S, D, L, H); edges (L + 1,)."""

    h: Floats
    edges: Doubles


@dataclass(frozen=True, slots=True, eq=False)
class Influence:
    """Signed change of one class's log-odds against the mean film, step by step.

    Attributes:
        values: (L,) they sum to log_odds − baseline_log_odds, but for `residual`.
        target: Index of the class.
        residual: What the finite number of integration steps leaves over, in log-odds.
    """

    values: Floats
    edges: Doubles
    target: int
    log_odds: float
    baseline_log_odds: float
    residual: float


@dataclass(frozen=True, slots=True, eq=False)
class Prediction:
    """Probabilities of one frame: probabilities (K,), by_row (L, K).

    Attributes:
        by_row: What the head would say if reading stopped after each step.
        target: The class that is shown first and explained: the positive one of a two-class
            model, otherwise the most probable.
    """

    classes: tuple[str, ...]
    probabilities: Doubles
    by_row: Floats
    target: int


@dataclass(frozen=True, slots=True)
class Threshold:
    """A decision threshold and what was measured with it."""

    value: float
    sensitivity: float
    specificity: float
    chosen_on: str


@dataclass(frozen=True, slots=True)
class ModelInfo:
    """A bundle's metadata: everything that may be known of a model without loading it.

    Attributes:
        positive: Index of the class whose presence is the finding; None for a plain choice.
        architecture: For people, for example "GRU 1 × 128, mean".
        layers, directions, hidden_size, steps: S, D, H and L of its hidden states.
        results: Pairs (what was measured, value in words) as stored in the bundle.
        sha256: Hash of the weights file.
    """

    name: str
    title: str
    version: str
    path: Path
    sha256: str
    task: str
    intended_use: str
    population: str
    classes: tuple[str, ...]
    positive: int | None
    input: InputFormat
    architecture: str
    layers: int
    directions: int
    hidden_size: int
    steps: int
    threshold: Threshold | None = None
    results: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Analysis:
    """Everything the engine says about one frame, in one delivery; no pixels in it.

    If `abstained` is a sentence the model did not answer: prediction, states and influence
    are None.
    """

    image: Image
    frame: int
    model: ModelInfo
    device: str
    seconds: float
    abstained: str | None = None
    prediction: Prediction | None = None
    states: HiddenStates | None = None
    influence: Influence | None = None
    statistics: RowStatistics | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Heatmap:
    """What is laid over the image: values (L,), edges (L + 1,), and how to read them.

    Attributes:
        question: "state" or "influence"; they never share a colour.
        limits: Values of the two ends of the colour bar, symmetric if signed.
        signed: Whether zero is in the middle (diverging colours).
    """

    values: Floats
    edges: Doubles
    question: Literal["state", "influence"]
    label: str
    unit: str
    limits: tuple[float, float]
    signed: bool = True
