"""One file and one frame of it, as values."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.words import Sentence

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]
Bytes = NDArray[np.uint8]
Booleans = NDArray[np.bool_]

NoteCode = Literal[
    "bits",  # Bits Stored, High Bit and the codestream do not agree
    "borders",  # dark or bright borders that no tag declares
    "charset",  # text whose character set had to be guessed
    "colour",  # colour model of header and frames do not agree
    "frames",  # frames that are missing, too many, or not shown
    "left-over",  # bytes or pixels beyond those that the header promises
    "modality-lut",
    "not-a-number",  # a header value that is no finite number
    "orientation",
    "overlay",
    "padding",
    "palette",
    "parser",  # a warning of the DICOM parser
    "pixel-aspect",
    "polyglot",  # a preamble that is a file of another kind
    "range",  # values that contradict the range of their type
    "rescale",
    "spacing",
    "syntax",  # transfer syntax and data set do not agree
    "transparent",
    "turned",  # turned as the file's own orientation says
    "unreadable",  # a header value that cannot be read
    "voi-lut",
    "window",
]

SpacingKind = Literal["calibrated", "at detector", "in patient"]
VoiFunction = Literal["LINEAR", "LINEAR_EXACT", "SIGMOID"]


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
class Note:
    """One thing that is odd about a file: a stable code, and one sentence for people."""

    code: NoteCode
    words: Sentence


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

    Geometry, windows, unit and range are those of one frame: of the first one as `read_image`
    gives it, of a frame's own in `Frame.image`.

    Attributes:
        format: "DICOM", "PNG", "JPEG" or "TIFF".
        encoding: Transfer syntax or raster encoding in words, for example "JPEG-LS lossless".
        value_range: Smallest and largest modality value that the stored type can hold.
        photometric: DICOM's Photometric Interpretation, or the equivalent of a raster file.
        unit: Unit of the modality values (Rescale Type), for example "HU"; empty if unknown.
        rescale: Slope and intercept from stored to modality values; None where a Modality LUT
            stands in their place, and where there is none by nature (colour, raster files).
        voi: Windows and VOI LUTs of the header, in its order.
        spacing: None where the file gives none that can be trusted.
        orientation: None where the file gives none that can be trusted.
        nominal_aspect: Width over height of a pixel, where the file says that without a spacing
            that can be trusted; 1 where it says nothing.
        modality: DICOM modality ("CR", "DX", "CT" …); empty for raster files.
        lossy: For example "lossy JPEG 1:14"; empty if the pixels were never compressed with loss.
        technique: Pairs for display, such as ("62 kV", …); empty where unknown.
        decoder: Library and version that decodes the pixels.
        notes: What is odd about the file: left out, assumed, or to be known by who looks at it.
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
    rescale: tuple[float, float] | None = None
    voi: tuple[Voi, ...] = ()
    spacing: Spacing | None = None
    orientation: Orientation | None = None
    nominal_aspect: float = 1.0
    modality: str = ""
    identity: Identity = field(default_factory=Identity)
    uids: Uids = field(default_factory=Uids)
    technique: tuple[str, ...] = ()
    lossy: str = ""
    decoder: str = ""
    notes: tuple[Note, ...] = ()

    @property
    def inverted(self) -> bool:
        """Whether the smallest value is shown white (MONOCHROME1)."""
        return self.photometric == "MONOCHROME1"

    @property
    def pixel_aspect(self) -> float:
        """Width over height of a pixel; 1 where the file does not say."""
        spacing = self.spacing
        return spacing.column_mm / spacing.row_mm if spacing else self.nominal_aspect


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """The pixels of one frame in modality values.

    Attributes:
        values: (R, C) modality values; of a colour image its luminance.
        colour: (R, C, 3) RGB, or None for a grey image.
        valid: (R, C) False where the file says that there is no image (padding); None where all
            of it is image.
        exact: (R, C) the values where float32 rounds them (beyond 2²⁴); None where it does not.
        content: Hash of the pixels as they were decoded, the same for a copy of the file under
            any name; empty for a frame that was not read from a file. Who changes a frame's
            pixels empties it.
    """

    image: Image
    index: int
    values: Floats
    colour: Bytes | None = None
    valid: Booleans | None = None
    exact: Doubles | None = None
    content: str = ""

    @property
    def inside(self) -> Floats:
        """Every value that is image: (R, C), or (n,) where some of the frame is padding."""
        return self.values if self.valid is None else self.values[self.valid]
