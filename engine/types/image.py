"""One file and one frame of it, as values."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.words import Sentence


# ---------------------------------------------------------------- plausible aspect ratios
def is_plausible(aspect: float) -> bool:
    """Whether width over height of a pixel can be meant: detectors stay within 1 : 20."""
    return 0.05 <= aspect <= 20


# ------------------------------------------------------------------------ image and frame

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
    "shutter",
    "spacing",
    "syntax",  # transfer syntax and data set do not agree
    "transparent",
    "turned",  # turned as the file's own orientation says
    "uid",  # no SOP Instance UID, or one that is none
    "unreadable",  # a header value that cannot be read
    "voi-lut",
    "window",
]

SpacingKind = Literal["calibrated", "at detector", "in patient"]
VoiFunction = Literal["LINEAR", "LINEAR_EXACT", "SIGMOID"]
WindowKind = Literal["header", "auto", "full range", "preset", "by hand"]


@dataclass(frozen=True, slots=True)
class Window:
    """A VOI window in modality values (PS3.3 C.11.2.1.2).

    Attributes:
        explanation: Of the header, for the menu; of another kind its name in English.
        kind: Whose it is: the header's, computed here, of the file of presets, or set by a
            reader.
    """

    center: float
    width: float
    explanation: str = ""
    function: VoiFunction = "LINEAR"
    kind: WindowKind = "header"


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
Point = tuple[float, float, float]
Corner = tuple[float, float]  # stored column and row, 0 at the upper left edge of the frame

_UID = re.compile(r"[0-9]+(\.[0-9]+)+")  # leading zeros are against the rule, and tell apart


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

    @property
    def is_true(self) -> bool:
        """Whether it holds in the patient, and not at the detector alone."""
        return self.kind in {"calibrated", "in patient"}


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
    """DICOM unique identifiers as the file has them; empty for other formats.

    Attributes:
        reference: Frame of Reference UID; positions of two films may be held against each other
            only where it is the same.
    """

    study: str = ""
    series: str = ""
    instance: str = ""
    sop_class: str = ""
    reference: str = ""

    @property
    def sop_instance(self) -> str | None:
        """The SOP Instance UID; None where there is none, or one that is no UID (PS3.5 9.1)."""
        usable = len(self.instance) <= 64 and _UID.fullmatch(self.instance)
        return self.instance if usable else None


@dataclass(frozen=True, slots=True)
class FilmIdentity:
    """Which film a frame is, whatever its file is called and wherever it lies.

    What a model answered belongs to `key`: a file that is overwritten under its name, or another
    under the same UID, has another one. What people draw on a film belongs to `subject`, which
    stays while a header is corrected or the pixels are coded anew.

    Attributes:
        content: Hash of pixels and header; for a copy of the file the same.
        frame: Number of the frame, from 0.
        sop_instance_uid: None where the file has none that can be used.
    """

    content: str
    frame: int
    sop_instance_uid: str | None = None

    @property
    def key(self) -> str:
        """What an answer belongs to: content and frame."""
        return f"{self.content}-{self.frame}"

    @property
    def subject(self) -> tuple[str, int]:
        """What a measurement belongs to: the SOP Instance UID, or else the content; the frame."""
        return self.sop_instance_uid or self.content, self.frame


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """What a file says of one of its frames: range, windows and place; no two need be alike.

    Enhanced objects say it frame by frame (PS3.3 C.7.6.16), classic ones once for all.

    Attributes:
        value_range: Smallest and largest modality value that the stored type can hold. The type
            of fractions says nothing: then it is that of the pixels, which only `read_frame` sees
            of every frame, and `describe_frame` of the first.
        unit: Unit of the modality values (Rescale Type), for example "HU"; empty if unknown.
        rescale: Slope and intercept from stored to modality values; None where a Modality LUT
            stands in their place, and where there is none by nature (colour, raster files).
        voi: Windows and VOI LUTs, in the order of the header.
        spacing: None where the file gives none that can be trusted.
        orientation: None where the file gives none that can be trusted.
        nominal_aspect: Width over height of a pixel, where the file says that without a spacing
            that can be trusted; 1 where it says nothing.
        position: Centre of the first pixel in the patient, x y z in millimetres (Image Position
            (Patient)); None where the file does not say it.
        directions: Unit vectors along a row and down a column in the patient, x y z each (Image
            Orientation (Patient)); None where the file gives none that can be used.
    """

    value_range: tuple[float, float]
    unit: str = ""
    rescale: tuple[float, float] | None = None
    voi: tuple[Voi, ...] = ()
    spacing: Spacing | None = None
    orientation: Orientation | None = None
    nominal_aspect: float = 1.0
    position: Point | None = None
    directions: tuple[Point, Point] | None = None

    @property
    def pixel_aspect(self) -> float:
        """Width over height of a pixel; 1 where the file does not say."""
        spacing = self.spacing
        return spacing.column_mm / spacing.row_mm if spacing else self.nominal_aspect


@dataclass(frozen=True, slots=True)
class Image:
    """One file as its header describes it; the pixels come frame by frame (`read_frame`).

    Range, windows and geometry belong to a frame: `Frame.header`, or `describe_frame` without
    its pixels.

    Attributes:
        format: "DICOM", "PNG", "JPEG" or "TIFF".
        encoding: Transfer syntax or raster encoding in words, for example "JPEG-LS lossless".
        photometric: DICOM's Photometric Interpretation, or the equivalent of a raster file.
        modality: DICOM modality ("CR", "DX", "CT" …); empty for raster files.
        lossy: For example "lossy JPEG 1:14"; empty if the pixels were never compressed with loss.
        technique: Pairs for display, such as ("62 kV", …); empty where unknown.
        decoder: Library and version that decodes the pixels.
        notes: What is odd about the file: left out, assumed, or to be known by who looks at it;
            of a frame's own header that of the frame, as `read_image` gives it that of the first.
    """

    path: Path
    format: str
    encoding: str
    frame_count: int
    rows: int
    columns: int
    bits_stored: int
    photometric: str
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


@dataclass(frozen=True, slots=True)
class TagLine:
    """One line of what a file says of itself, for a list of its tags. Plain text, cleaned.

    Attributes:
        depth: How many sequences and items it lies within.
        tag: "(0010,0010)"; empty where the line is no element of DICOM.
        vr: Value representation, two letters; empty where the file has none for it.
        name: As the dictionary of DICOM has it; a `Sentence` where it is ours.
        value: As it is written, at most 256 letters; a `Sentence` where it is ours, such as the
            number of bytes of a value that is not shown.
        length: Of the value in bytes; None where the file leaves it open, or there is none.
    """

    depth: int
    tag: str
    vr: str
    name: str
    value: str
    length: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Overlay:
    """An overlay plane of one frame (PS3.3 C.9.2).

    Attributes:
        group: Its group of elements, 0x6000 … 0x601E.
        kind: Whether it draws (Overlay Type G) or marks a region of interest (R).
        plane: (h, w) True where it is drawn.
        left, top: Stored column and row of its first pixel; may lie beside the frame.
        label: Overlay Label; empty where the file does not say.
        description: Overlay Description, or its subtype; empty where the file does not say.
    """

    group: int
    kind: Literal["graphics", "region"]
    plane: Booleans
    left: int = 0
    top: int = 0
    label: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Shutter:
    """What of a frame is hidden on screen (PS3.3 C.7.6.11): what any of its shapes leaves out.

    It never changes a value: models and regions of interest see what lies beneath.

    Attributes:
        rectangle: Left, top, right, bottom of what stays; None without.
        circle: Its middle, and its radii along the columns and down the rows; None without.
        polygon: Corners of what stays; empty without.
        bitmap: True where an overlay plane hides the frame (C.7.6.15); None without.
        shade: Of what hides, 0 black … 1 white (Shutter Presentation Value).
    """

    rectangle: tuple[float, float, float, float] | None = None
    circle: tuple[float, float, float, float] | None = None
    polygon: tuple[Corner, ...] = ()
    bitmap: Overlay | None = None
    shade: float = 0.0


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
        header: What the file says of this frame and need not say of the next.
        overlays: Planes that the file lays over this frame; no pixel has changed for them.
        shutter: What of it the file hides on screen, and nowhere else; None without.
    """

    image: Image
    index: int
    values: Floats
    colour: Bytes | None = None
    valid: Booleans | None = None
    exact: Doubles | None = None
    content: str = ""
    header: FrameHeader = field(kw_only=True)
    overlays: tuple[Overlay, ...] = field(default=(), kw_only=True)
    shutter: Shutter | None = field(default=None, kw_only=True)

    @property
    def inside(self) -> Floats:
        """Every value that is image: (R, C), or (n,) where some of the frame is padding."""
        return self.values if self.valid is None else self.values[self.valid]
