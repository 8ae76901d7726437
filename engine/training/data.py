"""Training films: read once through the viewer's own code, kept as one array of model rows."""

import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError, EngineError
from engine.imaging import read_frame, read_image
from engine.sequence import model_rows, refusal, to_sequence
from engine.training.batches import Heights, stacked
from engine.training.recipe import Data, Recipe
from engine.training.truth import finding_of, read_truth
from engine.types import Frame, Image, InputFormat

Split = Literal["train", "val", "test"]
SPLITS: tuple[Split, ...] = ("train", "val", "test")
Progress = Callable[[str], None]
_SUFFIXES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".dcm"}
_LONGEST_PATTERN = 200
_ARCHIVES = (".tar", ".tar.gz", ".tgz")


@dataclass(frozen=True, slots=True, eq=False)
class Films:
    """A data set as a network reads it.

    Attributes:
        rows: (N, M, W) model rows, float16 to halve the memory; 0…1. M is the highest film's;
            behind the ends of the others there are zeros.
        labels: (N,) class indices.
        splits: (N,) one of "train", "val", "test".
        patients: (N,) whose film it is.
        names: (N,) path inside the data set.
        findings: (N, 2) where the finding begins and ends, as shares of the film's height; NaN
            where there is none or nobody said (`engine.training.truth`).
        skipped: Files that could not be read, with the reason.
        heights: (N,) model rows of each film; left empty, all of them have M.
    """

    rows: NDArray[np.float16]
    labels: NDArray[np.int64]
    splits: NDArray[np.str_]
    patients: NDArray[np.str_]
    names: NDArray[np.str_]
    findings: NDArray[np.float64]
    skipped: tuple[str, ...] = ()
    heights: Heights = field(default_factory=lambda: np.empty(0, np.int64))

    def __post_init__(self) -> None:
        if not len(self.heights):
            full = np.full(len(self), self.rows.shape[1], dtype=np.int64)
            object.__setattr__(self, "heights", full)

    def where(self, split: Split) -> NDArray[np.int64]:
        """Indices of one split."""
        return np.flatnonzero(self.splits == split)

    def only(self, split: Split) -> "Films":
        """The films of one split."""
        return self.take(self.where(split))

    def take(self, chosen: NDArray[np.int64]) -> "Films":
        """The films of some indices, in their order."""
        names = ("rows", "labels", "splits", "patients", "names", "findings", "heights")
        return replace(self, **{name: getattr(self, name)[chosen] for name in names})

    def __len__(self) -> int:
        return len(self.labels)


@dataclass(frozen=True, slots=True)
class Layout:
    """What a reader of films must know.

    Attributes:
        input: What the network reads.
        folders: Folder name of each class; capitals do not matter.
        patient: Pattern of the patient in a file name, see `Data`.
    """

    input: InputFormat
    folders: tuple[str, ...]
    patient: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    path: Path
    label: int
    split: str
    name: str


def read_films(source: Path, layout: Layout, *, report: Progress = lambda _: None) -> Films:
    """Read a folder, a tar file of such a folder, or an npz with `images` and `labels`.

    A folder holds one folder per class, or `train`, `val` and `test` folders of these. Without
    such folders, and for an npz, every film is in "train" until `divide` says otherwise.

    Raises:
        DataError: The source is missing, of another layout, or has no films of a class.
    """
    if not source.exists():
        raise DataError(f"{source} is not there.", "data")
    if source.is_dir():
        films = _from_folder(source, layout, report)
    elif source.name.endswith(_ARCHIVES):
        with tempfile.TemporaryDirectory() as folder, tarfile.open(source) as archive:
            archive.extractall(folder, filter="data")
            films = _from_folder(Path(folder), layout, report)
    elif source.suffix == ".npz":
        films = _from_arrays(source, layout)
    else:
        raise DataError(f"{source.name} is neither a folder, a tar file nor an npz file.", "data")
    return films


def layout_of(recipe: Recipe) -> Layout:
    """What a recipe says about reading films."""
    return Layout(recipe.input, recipe.data.folders or recipe.classes, recipe.data.patient)


def divide(films: Films, data: Data, *, seed: int) -> Films:
    """Hold out what the recipe asks for, by patient and in every class.

    A test folder stays the test; without one `data.test` of the films become it. Where
    validation films are held out, a `val` folder joins `train` before that.
    """
    splits = films.splits.copy()
    rng = np.random.default_rng(seed)
    if data.validation:
        splits[splits == "val"] = "train"
    if data.test and "test" not in splits:
        splits = _hold_out(films, splits, "test", share=data.test, rng=rng)
    if data.validation and "val" not in splits:
        share = data.validation / (1 - data.test) if data.test else data.validation
        splits = _hold_out(films, splits, "val", share=share, rng=rng)
    return replace(films, splits=splits)


def patient_of(name: str, pattern: str) -> str:
    """Whose film a file is: the first group of the pattern that matched, else its whole name.

    Raises:
        DataError: The pattern is not a regular expression.
    """
    if not pattern:
        return name
    if len(pattern) > _LONGEST_PATTERN:
        raise DataError(f"`data.patient` has more than {_LONGEST_PATTERN} characters.", "data")
    try:
        match = re.search(pattern, Path(name).name)
    except re.error as error:
        raise DataError(f"`data.patient` is not a regular expression: {error}.", "data") from error
    if match is None:
        return name
    return next((group for group in match.groups() if group), match.group())


def _hold_out(
    films: Films,
    splits: NDArray[np.str_],
    name: Split,
    *,
    share: float,
    rng: np.random.Generator,
) -> NDArray[np.str_]:
    """Give whole patients to a split until it has its share of every class's films."""
    splits = splits.copy()
    for label in np.unique(films.labels):
        mine = np.flatnonzero((splits == "train") & (films.labels == label))
        patients, counts = np.unique(films.patients[mine], return_counts=True)
        order = rng.permutation(len(patients))
        before = np.cumsum(counts[order]) - counts[order]
        chosen = patients[order[before < round(share * len(mine))]]
        splits[(splits == "train") & np.isin(films.patients, chosen)] = name
    return splits


def _from_folder(root: Path, layout: Layout, report: Progress) -> Films:
    entries = list(_entries(root, layout.folders))
    skipped: list[str] = []
    kept: list[_Entry] = []
    rows: list[NDArray[np.float16]] = []
    findings: list[tuple[float, float]] = []
    truth = read_truth(_descend(root))
    for number, entry in enumerate(entries):
        if number % 500 == 0:
            report(f"reading films: {number} of {len(entries)}")
        try:
            frame = read_frame(read_image(entry.path))
        except EngineError as error:
            skipped.append(f"{entry.name}: {error}")
            continue
        if reason := refusal(frame.image, layout.input, frame):
            skipped.append(f"{entry.name}: {reason}")
            continue
        rows.append(to_sequence(frame, layout.input).rows.astype(np.float16))
        findings.append(finding_of(truth, entry.name, frame.image.rows))
        kept.append(entry)
    for label, title in enumerate(layout.folders):
        if not any(entry.label == label for entry in kept):
            raise DataError(f"{root.name}: no readable film in a folder “{title}”.", "data")
    films, heights = stacked(rows)
    return Films(
        rows=films,
        labels=np.array([entry.label for entry in kept]),
        splits=np.array([entry.split for entry in kept], dtype="<U5"),
        patients=np.array([patient_of(entry.name, layout.patient) for entry in kept]),
        names=np.array([entry.name for entry in kept]),
        findings=np.array(findings),
        skipped=tuple(skipped),
        heights=heights,
    )


def _entries(root: Path, folders: Sequence[str]) -> Iterator[_Entry]:
    """List the films in the order of their names, so that every machine sees the same set."""
    root = _descend(root)
    split_folders = {split: root / split for split in SPLITS if (root / split).is_dir()}
    for split, place in (split_folders or {"train": root}).items():
        for label, folder in enumerate(folders):
            for path in sorted(_inside(place, folder)):
                if path.suffix.lower() in _SUFFIXES and path.is_file():
                    yield _Entry(path, label, split, path.relative_to(root).as_posix())


def _inside(place: Path, folder: str) -> Iterator[Path]:
    for one in place.iterdir():
        if one.name.lower() == folder.lower():
            yield from one.rglob("*")


def _descend(root: Path) -> Path:
    """Enter folders that hold nothing but one other folder, as archives often do."""
    inside = [path for path in root.iterdir() if not path.name.startswith(".")]
    return _descend(inside[0]) if len(inside) == 1 and inside[0].is_dir() else root


def _from_arrays(source: Path, layout: Layout) -> Films:
    with np.load(source, allow_pickle=False) as arrays:
        if missing := {"images", "labels"} - set(arrays.files):
            raise DataError(f"{source.name} has no array “{min(missing)}”.", "data")
        images, labels = arrays["images"], arrays["labels"].astype(np.int64).ravel()
    if images.ndim != 3 or len(images) != len(labels):
        raise DataError(f"{source.name}: images must be (N, R, C), one for each label.", "data")
    if labels.min() < 0 or labels.max() >= len(layout.folders):
        raise DataError(f"{source.name}: a label is outside the classes.", "data")
    names = np.array([f"{number:06}" for number in range(len(labels))])
    return Films(
        rows=model_rows_of(images, layout.input, source=source),
        labels=labels,
        splits=np.full(len(labels), "train", dtype="<U5"),
        patients=names,
        names=names,
        findings=np.full((len(labels), 2), np.nan),
    )


def model_rows_of(images: NDArray[Any], fmt: InputFormat, *, source: Path) -> NDArray[np.float16]:
    """Pass every array (N, R, C) through the same resampling and scaling as a film from a file.

    Args:
        images: Bright = radio-opaque; whole numbers are taken to use the whole of their type.
        fmt: Grid M × W and scaling.
        source: What the films come from.

    Returns:
        (N, M, W) values 0…1.

    Raises:
        DataError: They keep their aspect, and it is one that no model reads.
    """
    largest = float(np.iinfo(images.dtype).max) if images.dtype.kind in "iu" else 1.0
    header = Image(
        path=source,
        format="NPZ",
        encoding="array",
        frame_count=1,
        rows=images.shape[1],
        columns=images.shape[2],
        bits_stored=8 * images.dtype.itemsize,
        value_range=(0.0, largest),
        photometric="MONOCHROME2",
    )
    if fmt.aspect == "keep" and (reason := refusal(header, fmt)):
        raise DataError(f"{source.name}: {reason}", "data")
    rows = np.empty((len(images), model_rows(header, fmt), fmt.columns), dtype=np.float16)
    for number, values in enumerate(images):
        frame = Frame(header, 0, values.astype(np.float32))
        rows[number] = to_sequence(frame, fmt).rows
    return rows
