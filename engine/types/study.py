"""Studies and series as values: which frames are one stack, which series one patient's."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from engine.types.image import Identity, Point

SeriesOrder = Literal["space", "number", "frame", "name"]
Apart = Literal[
    "size",  # rows or columns
    "kind",  # photometric interpretation or SOP class
    "localizer",
    "reference",  # Frame of Reference UID
    "file",  # a file of several frames is a stack by itself
    "orientation",
    "type",  # Image Type or Frame Type, for example magnitude and phase
    "echo",
    "time",
    "diffusion",
    "acquisition",
]
SeriesNoteCode = Literal[
    "no-position",  # geometry is missing, so the order is not that of space
    "positions-coincide",  # several frames at one place, and nothing tells them apart
    "uneven",  # in the order of space, but not in even steps
    "no-number",  # Instance Numbers are missing or occur twice, so names decide
    "duplicate",  # the same file more than once; one was taken
    "uid",  # no SOP Instance UID, or one that is none: the content tells the film
    "uid-twice",  # a SOP Instance UID of films that differ: the content tells them apart
    "patients-differ",  # a Study Instance UID of several patients, who are kept apart
]


@dataclass(frozen=True, slots=True)
class SeriesNote:
    """What is odd about a series, and how many frames it is about."""

    code: SeriesNoteCode
    count: int = 1


@dataclass(frozen=True, slots=True)
class SeriesFrame:
    """One frame of a series: which film it is, where it lies in the patient, where it was found.

    Attributes:
        path: Where it was found; another place may hold the same film.
        index: Number of the frame in the file.
        sop_instance_uid: None where the file has none that tells films apart.
        number: Instance Number; None where the file has none.
        position, directions: As in `FrameHeader`.
    """

    path: Path
    index: int = 0
    sop_instance_uid: str | None = None
    number: int | None = None
    position: Point | None = None
    directions: tuple[Point, Point] | None = None

    def along(self, plane: tuple[Point, Point] | None) -> float | None:
        """Millimetres along the normal of a plane; None without geometry.

        Args:
            plane: Its directions, see `FrameHeader`; one for all frames that are compared.
        """
        if self.position is None or plane is None:
            return None
        (a, b, c), (d, e, f) = plane
        x, y, z = self.position
        return x * (b * f - c * e) + y * (c * d - a * f) + z * (a * e - b * d)


@dataclass(frozen=True, slots=True)
class Series:
    """Frames that are one stack: of one Series Instance UID, size, kind and orientation.

    Attributes:
        uid: Series Instance UID, shared by all parts of a series; empty for raster files.
        number: Series Number; None where the files have none.
        frames: At least one, in `order`.
        order: "space" along the normal of the planes; "number" by Instance Number, "frame" as
            the file has them, "name" by natural order of file names: `notes` say why.
        step_mm: Between neighbouring planes in space; None where they are not even.
        apart: Why the series is one of several parts of its UID.
        frame_rate: Frames a second at which it should be played; None where nothing says that.
    """

    uid: str
    frames: tuple[SeriesFrame, ...]
    order: SeriesOrder
    rows: int
    columns: int
    number: int | None = None
    description: str = ""
    modality: str = ""
    step_mm: float | None = None
    apart: tuple[Apart, ...] = ()
    notes: tuple[SeriesNote, ...] = ()
    frame_rate: float | None = None


@dataclass(frozen=True, slots=True)
class Study:
    """The series of one study of one patient.

    Attributes:
        uid: Study Instance UID; empty where the files have none.
        identity: Whose it is and what it is, as its first file says.
        series: By Series Number.
    """

    uid: str
    identity: Identity
    series: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that has no place in a study, with the reason code and the sentence of its error."""

    path: Path
    reason: str
    sentence: str
