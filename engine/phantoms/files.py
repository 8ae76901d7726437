"""Phantoms as files: DICOM, data sets, the demo study."""

import csv
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, NamedTuple
from uuid import UUID, uuid5

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from pydicom.data import get_testdata_file
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import (
    UID,
    DigitalXRayImageStorageForPresentation,
    ExplicitVRLittleEndian,
)

from engine.errors import DataError
from engine.output import whole
from engine.phantoms.drawing import FIELD_CM
from engine.phantoms.opacities import KnownOpacity
from engine.phantoms.phantom import WHITE, Phantom, PhantomSpec, draw_phantom
from engine.processes import in_order
from engine.types import Window

if TYPE_CHECKING:
    from _csv import Writer

# ---------------------------------------------------------------------- phantoms as DICOM
# Phantoms as DICOM files: Digital X-Ray Image Storage – For Presentation (PS3.3 A.26).
#
# The file says that it is drawn: name, ID, derivation and comment do, so that it cannot be taken
# for a person's film. Its UIDs follow from what was drawn (PS3.5 B.2, UUIDs under 2.25).

Photometric = Literal["MONOCHROME2", "MONOCHROME1"]
VoiFunction = Literal["LINEAR", "SIGMOID"]

_NAMESPACE = UUID("6f1d2f0e-55a1-4d0b-9a57-0c6b7d1f6a3e")  # of this project, drawn once
_WINDOWS = (Window(2048, 4096, "NORMAL"), Window(1500, 2400, "LUNG"), Window(2900, 2200, "BONE"))


def write_phantom(
    phantom: Phantom,
    path: Path,
    *,
    photometric: Photometric = "MONOCHROME2",
    voi_function: VoiFunction = "LINEAR",
    series: str = "",
    quarters: int = 0,
) -> None:
    """Write a phantom as a DICOM file, 12 bits stored in 16, not compressed.

    Args:
        phantom: What was drawn.
        path: The file; its folder must exist.
        photometric: MONOCHROME1 stores the inverse, so that the film looks the same.
        voi_function: How the windows of the header are to be applied (PS3.3 C.11.2.1.3).
        series: Description of the series, where it is no usual phantom; at most 64 letters.
        quarters: How often it is turned by 90° against the clock before it is stored. The header
            then says nothing of its orientation, and the place of an opacity as it was drawn.

    Raises:
        OSError: The file cannot be written.
    """
    name = "|".join(filter(None, (f"{phantom.spec.name}|{photometric}|{voi_function}", series)))
    if quarters:
        turned = np.ascontiguousarray(np.rot90(phantom.values, quarters))
        phantom = replace(phantom, values=turned)
    dataset = _empty(path, _uid(f"instance|{name}"))
    _describe_patient(dataset, phantom)
    _describe_study(dataset, phantom)
    dataset.SeriesDescription = series or dataset.SeriesDescription
    _describe_exposure(dataset, phantom)
    if quarters:
        dataset.PatientOrientation = None
    _describe_pixels(dataset, phantom, photometric)
    _describe_windows(dataset, photometric, voi_function)
    dataset.save_as(path, enforce_file_format=True)


def _uid(name: str) -> UID:
    return UID(f"2.25.{uuid5(_NAMESPACE, name).int}")


def _empty(path: Path, instance: UID) -> FileDataset:
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = DigitalXRayImageStorageForPresentation
    meta.MediaStorageSOPInstanceUID = instance
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.ImplementationClassUID = _uid("implementation")
    meta.ImplementationVersionName = "ROWSCOPE"
    dataset = FileDataset(str(path), {}, file_meta=meta, preamble=bytes(128))
    dataset.SpecificCharacterSet = "ISO_IR 192"
    dataset.SOPClassUID = DigitalXRayImageStorageForPresentation
    dataset.SOPInstanceUID = instance
    return dataset


def _describe_patient(dataset: Dataset, phantom: Phantom) -> None:
    word = "Opacity" if phantom.spec.opacity or phantom.known else "Normal"
    dataset.PatientName = f"Phantom^{word} {phantom.spec.seed:03d}"
    dataset.PatientID = f"PHANTOM-{phantom.spec.seed:06d}"
    dataset.PatientBirthDate = ""
    dataset.PatientSex = "F" if phantom.patient.female else "M"
    dataset.PatientAge = f"{phantom.patient.age:03d}Y"


def _describe_study(dataset: Dataset, phantom: Phantom) -> None:
    seed = phantom.spec.seed
    dataset.StudyInstanceUID = _uid(f"study|{seed}")
    dataset.SeriesInstanceUID = _uid(f"series|{phantom.spec.name}")
    dataset.StudyID, dataset.SeriesNumber, dataset.InstanceNumber = str(seed)[:16], 1, 1
    dataset.StudyDate, dataset.StudyTime = "20260105", "090000"
    dataset.AccessionNumber, dataset.ReferringPhysicianName = "", ""
    dataset.StudyDescription = "Drawn chest film (phantom)"
    dataset.SeriesDescription = "Chest PA, phantom"
    dataset.Modality, dataset.PresentationIntentType = "DX", "FOR PRESENTATION"
    dataset.Manufacturer, dataset.ManufacturerModelName = "Rowscope", "Phantom"
    dataset.SoftwareVersions, dataset.DeviceSerialNumber = "1", "0"
    dataset.ImageType = ["DERIVED", "PRIMARY", ""]
    dataset.DerivationDescription = "Computed from attenuation coefficients; shows no patient"
    dataset.ImageComments = _truth(phantom)
    dataset.AcquisitionContextSequence = Sequence()


def _truth(phantom: Phantom) -> str:
    if phantom.known:
        boxes = "; ".join(",".join(map(str, one.box)) for one in phantom.known)
        return f"phantom, opacities (left, top, right, bottom): {boxes}"
    if phantom.opacity_rows is None or phantom.opacity_columns is None:
        return "phantom, no opacity"
    (top, bottom), (left, right) = phantom.opacity_rows, phantom.opacity_columns
    return f"phantom, opacity rows {top}-{bottom - 1}, columns {left}-{right - 1}"


def _describe_exposure(dataset: Dataset, phantom: Phantom) -> None:
    dataset.BodyPartExamined, dataset.ViewPosition = "CHEST", "PA"
    dataset.ImageLaterality, dataset.PatientOrientation = "U", ["L", "F"]
    region = Dataset()
    region.CodeValue, region.CodingSchemeDesignator = "51185008", "SCT"
    region.CodeMeaning = "Chest"
    dataset.AnatomicRegionSequence = Sequence([region])
    dataset.KVP = "110"
    dataset.Exposure = str(max(1, round(2.5 * phantom.patient.exposure)))
    dataset.ExposureInuAs = str(round(2500 * phantom.patient.exposure))
    dataset.DistanceSourceToDetector = "1800"
    dataset.DetectorType, dataset.Grid = "SCINTILLATOR", ["FOCUSED", "PARALLEL"]
    spacing = 10 * FIELD_CM / max(phantom.spec.rows, phantom.spec.columns)
    dataset.ImagerPixelSpacing = [f"{spacing:.6f}", f"{spacing:.6f}"]
    dataset.PositionerType = "NONE"


def _describe_pixels(dataset: Dataset, phantom: Phantom, photometric: Photometric) -> None:
    inverse = photometric == "MONOCHROME1"
    stored = WHITE - phantom.values if inverse else phantom.values
    dataset.Rows, dataset.Columns = stored.shape
    dataset.SamplesPerPixel, dataset.PhotometricInterpretation = 1, photometric
    dataset.BitsAllocated, dataset.BitsStored, dataset.HighBit = 16, 12, 11
    dataset.PixelRepresentation = 0
    dataset.PixelIntensityRelationship = "LOG"
    dataset.PixelIntensityRelationshipSign = 1 if inverse else -1
    dataset.RescaleIntercept, dataset.RescaleSlope, dataset.RescaleType = "0", "1", "US"
    dataset.PresentationLUTShape = "INVERSE" if inverse else "IDENTITY"
    dataset.BurnedInAnnotation, dataset.LossyImageCompression = "NO", "00"
    dataset.PixelData = np.ascontiguousarray(stored, "<u2").tobytes()


def _describe_windows(
    dataset: Dataset, photometric: Photometric, voi_function: VoiFunction
) -> None:
    inverse = photometric == "MONOCHROME1"
    centers = [WHITE + 1 - one.center if inverse else one.center for one in _WINDOWS]
    dataset.WindowCenter = [f"{center:g}" for center in centers]
    # A sigmoid of this width would only reach 12 to 88 % of the greys.
    scale = 0.6 if voi_function == "SIGMOID" else 1.0
    dataset.WindowWidth = [f"{scale * one.width:g}" for one in _WINDOWS]
    dataset.WindowCenterWidthExplanation = [one.explanation for one in _WINDOWS]
    dataset.VOILUTFunction = voi_function


# ------------------------------------------------------------------------------ data sets
# A data set of phantoms on disk, with its truth as a table, for training and for trying out.

FileFormat = Literal["png", "dicom"]
CLASSES = ("normal", "opacity")
PARTS = ("train", "val", "test")
MASKS = "masks"  # folder of the masks within that of the films
COLUMNS = (
    "file", "class", "opacity_first_row", "opacity_last_row",
    "opacity_first_column", "opacity_last_column", "rows", "columns", "seed",
)  # fmt: skip
BOX_COLUMNS = (
    "path", "class", "left", "top", "right", "bottom", "size_mm", "contrast",
    "film_rows", "film_columns",
)  # fmt: skip
MOST_OPACITIES = 12  # more would not fit into the lungs


@dataclass(frozen=True, slots=True)
class DatasetPlan:
    """What to write.

    Attributes:
        opacity_share: Share of films with an opacity; met exactly, up to rounding.
        seed: Seed of the first film; film i has seed + i, so no patient comes twice.
        by_class: Put films into folders `normal` and `opacity`.
        split: Shares of train, val and test; empty for none. Each class is split alike.
        opacities: Least and most opacities of a film, each of known size and contrast, written
            into `boxes.csv`; takes the place of `opacity_share`. None draws one or none.
        masks: Write where opacities lie, as PNG files of 0 and 255 in the folder `masks`, each
            of its film's size, path and name.
    """

    count: int
    rows: int = 1024
    opacity_share: float = 0.5
    seed: int = 0
    file_format: FileFormat = "png"
    by_class: bool = False
    split: tuple[float, ...] = ()
    opacities: tuple[int, int] | None = None
    masks: bool = False


@dataclass(frozen=True, slots=True)
class _Task:
    spec: PhantomSpec
    path: Path
    mask: Path | None = None


_Span = tuple[int, int] | None


class _Drawn(NamedTuple):
    """A film that is on disk, and what is true of it."""

    task: _Task
    rows: _Span
    columns: _Span
    known: tuple[KnownOpacity, ...]


def write_dataset(folder: Path, plan: DatasetPlan, *, processes: int = 1) -> Iterator[Path]:
    """Write films and `truth.csv` into a folder; yields each film when it is there.

    Where films have several opacities there is also `boxes.csv`, with a line for each of them.

    Raises:
        DataError: The plan makes no sense, or the folder cannot be written.
    """
    _check(plan)
    tasks = _tasks(folder, plan)
    try:
        for parent in {path.parent for task in tasks for path in (task.path, task.mask) if path}:
            parent.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:
            table = _table(stack, folder / "truth.csv", COLUMNS)
            boxes = _table(stack, folder / "boxes.csv", BOX_COLUMNS) if plan.opacities else None
            for drawn in _drawn(tasks, processes):
                table.writerow(_line(folder, drawn))
                if boxes is not None:
                    boxes.writerows(_box_lines(folder, drawn))
                yield drawn.task.path
    except OSError as error:
        raise DataError(
            "{folder} could not be written: {error}.", folder=folder, error=error.strerror
        ) from error


def _table(stack: ExitStack, path: Path, columns: tuple[str, ...]) -> "Writer":
    """A table that is being written, with its first line."""
    table = csv.writer(stack.enter_context(path.open("w", newline="", encoding="utf-8")))
    table.writerow(columns)
    return table


def write_png(values: NDArray[np.uint16], path: Path) -> None:
    """Write 12-bit values as a PNG of 16 bits; white stays white."""
    write_grey(values / WHITE, path)


def write_grey(values: NDArray[np.floating], path: Path) -> None:
    """Write values (R, C) from 0 (black) to 1 (white) as a PNG of 16 bits."""
    wide = np.rint(np.asarray(values, np.float64) * 65535).astype(np.uint16)
    Image.fromarray(wide).save(path, format="PNG")


def _check(plan: DatasetPlan) -> None:
    if plan.count < 1 or plan.rows < 16 or plan.seed < 0:
        raise DataError("Ask for at least one film of 16 rows, and a seed from 0 on.")
    if plan.opacities and not 0 <= plan.opacities[0] <= plan.opacities[1] <= MOST_OPACITIES:
        raise DataError(
            "Opacities of a film are two numbers from 0 to {most}, such as 0-4.",
            most=MOST_OPACITIES,
        )
    if not 0 <= plan.opacity_share <= 1:
        raise DataError("The share of opacities lies between 0 and 1.")
    if plan.split and (
        len(plan.split) != len(PARTS) or min(plan.split) < 0 or not np.isclose(sum(plan.split), 1)
    ):
        raise DataError("A split is three shares that sum to 1, such as 0.8,0.1,0.1.")


def _tasks(folder: Path, plan: DatasetPlan) -> list[_Task]:
    order = np.random.default_rng(plan.seed).permutation(plan.count)
    several = np.zeros(plan.count, int)
    opacity = order < round(plan.opacity_share * plan.count)
    if plan.opacities:  # each number of opacities alike often
        several = plan.opacities[0] + order % (plan.opacities[1] - plan.opacities[0] + 1)
        opacity = several > 0
    suffix = "dcm" if plan.file_format == "dicom" else "png"
    parts = _parts(opacity, plan.split)
    tasks = []
    for number in range(plan.count):
        seed, present = plan.seed + number, bool(opacity[number])
        place = folder / parts[number] if parts[number] else folder
        if plan.by_class:
            place /= CLASSES[present]
        single = present and plan.opacities is None
        spec = PhantomSpec(
            seed, plan.rows, plan.rows, opacity=single, several=int(several[number])
        )
        path = place / f"phantom-{seed:06d}.{suffix}"
        mask = folder / MASKS / path.relative_to(folder).with_suffix(".png")
        tasks.append(_Task(spec, path, mask if plan.masks else None))
    return tasks


def _parts(opacity: NDArray[np.bool_], split: tuple[float, ...]) -> list[str]:
    """Part of each film, each class split alike; empty without a split."""
    parts = [""] * len(opacity)
    for present in (False, True) if split else ():
        members = np.flatnonzero(opacity == present)
        ends = np.rint(np.cumsum(split) * len(members))
        for place, member in enumerate(members):
            parts[member] = PARTS[min(int(np.searchsorted(ends, place, side="right")), 2)]
    return parts


def _drawn(tasks: list[_Task], processes: int) -> Iterator[_Drawn]:
    if processes < 2:
        yield from map(_draw, tasks)
        return
    for drawn in in_order(_draw, [(task,) for task in tasks], workers=processes):
        yield drawn.result()


def _draw(task: _Task) -> _Drawn:
    phantom = draw_phantom(task.spec)
    save(phantom, task.path)
    if task.mask is not None:
        inside = np.zeros(phantom.values.shape, bool) if phantom.mask is None else phantom.mask
        Image.fromarray(inside.astype(np.uint8) * np.uint8(255)).save(task.mask, format="PNG")
    rows, columns = phantom.opacity_rows, phantom.opacity_columns
    if len(phantom.known) == 1:
        rows, columns = phantom.known[0].rows, phantom.known[0].columns
    return _Drawn(task, rows, columns, phantom.known)


def save(phantom: Phantom, path: Path) -> None:
    """Write a phantom as its file's name says: `.png`, otherwise DICOM."""
    if path.suffix == ".png":
        write_png(phantom.values, path)
    else:
        write_phantom(phantom, path)


def _line(folder: Path, drawn: _Drawn) -> list[str | int]:
    def ends(span: _Span) -> list[str | int]:
        return ["", ""] if span is None else [span[0], span[1] - 1]

    spec = drawn.task.spec
    return [
        _name(folder, drawn.task),
        CLASSES[spec.opacity or bool(drawn.known)],
        *ends(drawn.rows),
        *ends(drawn.columns),
        spec.rows,
        spec.columns,
        spec.seed,
    ]


def _name(folder: Path, task: _Task) -> str:
    return task.path.relative_to(folder).as_posix()


def _box_lines(folder: Path, drawn: _Drawn) -> Iterator[list[str | int]]:
    """A line of `boxes.csv` for each opacity of a film."""
    spec = drawn.task.spec
    for one in drawn.known:
        yield [
            _name(folder, drawn.task),
            CLASSES[1],
            *one.box,
            f"{one.size_mm:.2f}",
            f"{one.contrast:.3f}",
            spec.rows,
            spec.columns,
        ]


# ----------------------------------------------------------------------------- demo study
# The demo study: a handful of films that may be shown to anybody.

VERSION = "4"  # raise it when the drawing changes: old films are then drawn anew


@dataclass(frozen=True, slots=True)
class _Film:
    """One film of the study.

    Attributes:
        quarters: As for `write_phantom`.
        series: What it is, where that is worth a word.
    """

    name: str
    spec: PhantomSpec
    photometric: Photometric = "MONOCHROME2"
    voi_function: VoiFunction = "LINEAR"
    quarters: int = 0
    series: str = ""


_FILMS = (
    _Film("phantom-1.dcm", PhantomSpec(7, 1024, 1024, opacity=True)),
    _Film("phantom-2.dcm", PhantomSpec(20, 1024, 1024)),
    _Film("phantom-3.dcm", PhantomSpec(21, 1024, 1024, opacity=True), "MONOCHROME1"),
    _Film("phantom-4.dcm", PhantomSpec(4, 960, 960), voi_function="SIGMOID"),
    _Film("phantom-5.dcm", PhantomSpec(35, 896, 896, opacity=True)),
    _Film("phantom-6.dcm", PhantomSpec(36, 768, 768)),
    # Of the validation films of `phantom-opacity`, one that it answers wrongly.
    _Film(
        "wrong-answer.dcm",
        PhantomSpec(104064, 512, 512, opacity=True),
        series="Phantom, answered wrongly",
    ),
    _Film("on-its-side.dcm", PhantomSpec(8, 512, 512), quarters=1, series="Phantom, on its side"),
)
_EXAMPLES = ("CT_small.dcm", "MR_small.dcm")  # of pydicom, not ours: other modalities


def demo_study(folder: Path) -> list[Path]:
    """Write eight phantoms, a CT and an MR slice into a folder; what is there already stays.

    The last two phantoms are one that `phantom-opacity` answers wrongly, and one on its side.

    Returns:
        Paths of the files in the order in which they are to be shown.

    Raises:
        DataError: The folder cannot be written.
    """
    return [path for place in range(DEMO_PARTS) for path in demo_part(folder, place)]


def demo_part(folder: Path, place: int) -> list[Path]:
    """Write one part of the demo study, from 0: a phantom, or at last the slices.

    A program that draws the parts in their order can show the first before the second is drawn.

    Raises:
        DataError: The folder cannot be written.
    """
    try:
        _renew(folder)
        return [_demo_film(folder, _FILMS[place])] if place < len(_FILMS) else _examples(folder)
    except OSError as error:
        raise DataError(
            "{folder} could not be written: {error}.", folder=folder, error=error.strerror
        ) from error


DEMO_PARTS: Final = len(_FILMS) + 1


def _renew(folder: Path) -> None:
    """Take films away that an earlier drawing has left."""
    folder.mkdir(parents=True, exist_ok=True)
    stamp = folder / "version.txt"
    if not stamp.is_file() or stamp.read_text(encoding="utf-8") != VERSION:
        for film in _FILMS:
            (folder / film.name).unlink(missing_ok=True)
        stamp.write_text(VERSION, encoding="utf-8")


def _demo_film(folder: Path, film: _Film) -> Path:
    path = folder / film.name
    if not path.is_file():
        _write(path, film)
    return path


def _write(path: Path, film: _Film) -> None:
    phantom = draw_phantom(film.spec)
    with whole(path) as part:  # a film that was interrupted is never taken for a whole one
        write_phantom(
            phantom,
            part,
            photometric=film.photometric,
            voi_function=film.voi_function,
            series=film.series,
            quarters=film.quarters,
        )


def _examples(folder: Path) -> list[Path]:
    found = []
    for name in _EXAMPLES:
        source = get_testdata_file(name, download=False)
        if source is not None:
            shutil.copyfile(str(source), folder / name)
            found.append(folder / name)
    return found
