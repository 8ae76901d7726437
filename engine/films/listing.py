"""Which films there are in a folder: entries, splits, patients, truth."""

import csv
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray

from engine.errors import DataError
from engine.films.films import SPLITS, Skipped, Split, Unused
from engine.films.readers import Outcome, read_many
from engine.imaging import look_through
from engine.recipe import Columns, Recipe
from engine.tasks import LocalisationOptions
from engine.types import Doubles, InputFormat

# --------------------------------------------------------------------- layout of a source
# What a reader of films must know, and whose film a file is.

_LONGEST_PATTERN = 200


@dataclass(frozen=True, slots=True)
class FolderLayout:
    """What a reader of films must know.

    Attributes:
        input: What the network reads.
        folders: Folder name or label of each class; capitals do not matter. In a table, "*"
            stands for any other label.
        patient: Pattern of the patient in a file name or path, see `Data`.
        columns: Names in a table.
        positive: Index of the class that is a finding, see `Recipe`; a film with its label and
            another one shows the finding.
        splits: What is read; films that the source puts elsewhere are left alone.
        value_range: Of the values of an array; empty: found from them.
        cells: Columns whose words the task of the model needs. Where it names some films need no
            class, and all of them have the label 0.
        anywhere: Whether films need no class for another reason: what is true of them lies
            elsewhere. Then folders, or a table without a column of labels, have the label 0.
        apart: Folders and files within the source that hold no films but what else a recipe uses,
            such as masks or a table of boxes.
    """

    input: InputFormat
    folders: tuple[str, ...]
    patient: str = ""
    columns: Columns = field(default_factory=Columns)
    positive: int | None = None
    splits: tuple[Split, ...] = SPLITS
    value_range: tuple[float, ...] = ()
    cells: tuple[str, ...] = ()
    anywhere: bool = False
    apart: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """What the words of a film are kept under, see `Entry.groups`."""
        return (*self.columns.subgroups, *map(cell_key, self.cells))

    def holds_no_film(self, parts: Sequence[str]) -> bool:
        """Whether a path within the source, in its parts, is in one of `apart`."""
        for name in self.apart:
            own = PurePosixPath(name.replace("\\", "/")).parts
            if own and tuple(parts[: len(own)]) == own:
                return True
        return False


def cell_key(column: str) -> str:
    """What words of a column in `FolderLayout.cells` are kept under."""
    return f"truth in {column}"


def layout_of(recipe: Recipe) -> FolderLayout:
    """What a recipe says about reading films."""
    data = recipe.data
    free = recipe.asked.needs in {"mask", "boxes"}
    return FolderLayout(
        recipe.input,
        data.folders if free else data.folders or recipe.classes,
        data.patient,
        data.columns,
        recipe.positive,
        value_range=data.value_range,
        cells=cells_of(recipe),
        anywhere=free,
        apart=_apart(recipe),
    )


def _apart(recipe: Recipe) -> tuple[str, ...]:
    """What a recipe uses beside films: masks, boxes, shapes, the list of test films."""
    data, task = recipe.data, recipe.asked
    named = [data.shapes, data.columns.test_list]
    if task.needs == "mask" or recipe.training.outlines:
        named.append(data.masks)
    if isinstance(task.options, LocalisationOptions):
        named.append(task.options.masks or task.options.boxes)
    return tuple(filter(None, named))


def cells_of(recipe: Recipe) -> tuple[str, ...]:
    """Columns of the films' table that the task of a recipe needs."""
    task = recipe.asked
    if task.needs == "labels":
        return recipe.data.folders or recipe.classes
    if task.needs == "mask":
        return (recipe.data.columns.mask,) if recipe.data.columns.mask else ()
    return task.columns if task.needs == "value" else ()


def patient_of(name: str, pattern: str) -> str:
    """Whose film a file is: the first group of the pattern that matched, else its whole name.

    A pattern with a "/" is searched in the whole path, any other in the file name alone.

    Raises:
        DataError: The pattern is not a regular expression.
    """
    if not pattern:
        return name
    if len(pattern) > _LONGEST_PATTERN:
        raise DataError(
            "`data.patient` has more than {longest_pattern} characters.",
            longest_pattern=_LONGEST_PATTERN,
        )
    try:
        match = re.search(pattern, name if "/" in pattern else Path(name).name)
    except re.error as error:
        raise DataError(
            "`data.patient` is not a regular expression: {error}.", error=error
        ) from error
    if match is None:
        return name
    return next((group for group in match.groups() if group), match.group())


# --------------------------------------------------------------------- where findings lie
# Where the finding of a film lies: the table `truth.csv` that phantoms come with.

TABLE = "truth.csv"
NOWHERE = (math.nan, math.nan)
_FILE, _FIRST, _LAST = "file", "opacity_first_row", "opacity_last_row"
_BOX = (_FIRST, _LAST, "opacity_first_column", "opacity_last_column", "rows", "columns")

Truth = Mapping[str, tuple[float, float]]


def read_truth(root: Path) -> Truth:
    """Stored rows [first, end) of each finding, by file name; empty without a table.

    Raises:
        DataError: A table without the columns that this needs, or with a row that is no number.
    """
    path = root / TABLE
    if not path.is_file():
        return {}
    with path.open(newline="", encoding="utf-8") as file:
        table = csv.DictReader(file)
        if missing := {_FILE, _FIRST, _LAST} - set(table.fieldnames or ()):
            raise DataError(
                "{table} has no column “{missing}”.", table=TABLE, missing=min(missing)
            )
        try:
            return {
                _key(line[_FILE]): (float(line[_FIRST]), float(line[_LAST]) + 1)
                for line in table
                if line[_FIRST]
            }
        except ValueError as error:
            raise DataError(
                "{table}: a row is not a number ({error}).", table=TABLE, error=error
            ) from error


def finding_boxes(root: Path, names: NDArray[np.str_]) -> Doubles | None:
    """Boxes (N, 4) of the findings of films in a folder whose table tells them; None without.

    Args:
        root: Folder of the films.
        names: (N,) their paths in it.

    Returns:
        Left, top, right and bottom as shares of the film; NaN where there is no finding.
    """
    path = root / TABLE
    if not path.is_file():
        return None
    with path.open(newline="", encoding="utf-8") as file:
        table = csv.DictReader(file)
        if not set(_BOX) <= set(table.fieldnames or ()):
            return None
        told = {_key(line[_FILE]): _box(line) for line in table if line[_FIRST]}
    return np.array([told.get(_key(str(name)), (math.nan,) * 4) for name in names])


def _box(line: Mapping[str, str]) -> tuple[float, float, float, float]:
    try:
        top, bottom, left, right, rows, columns = (float(line[name]) for name in _BOX)
    except ValueError as error:
        raise DataError(
            "{table}: a row is not a number ({error}).", table=TABLE, error=error
        ) from error
    return left / columns, top / rows, (right + 1) / columns, (bottom + 1) / rows


def finding_of(truth: Truth, name: str, height: int) -> tuple[float, float]:
    """Where a film's finding begins and ends, as shares of its height of stored rows."""
    first, end = truth.get(_key(name), NOWHERE)
    return first / height, end / height


def _key(name: str) -> str:
    return PurePosixPath(name.replace("\\", "/")).as_posix()


# ------------------------------------------------------------------- entries of a listing
# What a source of films says about each of them before any is read.


@dataclass(frozen=True, slots=True)
class Entry:
    """One film that is to be read.

    Attributes:
        path: Its file; that of all films where they are arrays.
        label: Class index.
        split: Where the source puts it.
        name: Path inside the data set.
        patient: Whose film it is; its name where nobody said.
        groups: Its words in the columns of `Listing.groups`.
        frame: Which frame of its file it is.
    """

    path: Path
    label: int
    split: Split
    name: str
    patient: str
    groups: tuple[str, ...] = ()
    frame: int = 0

    def behind(self, frames: int) -> "Iterator[Entry]":
        """The films behind the first frame of a file: of one patient, whoever that is."""
        for frame in range(1, frames):
            yield replace(self, frame=frame, name=f"{self.name}#{frame + 1}")


@dataclass(frozen=True, slots=True)
class FilmListing:
    """All films of a source.

    Attributes:
        title: What sentences call the source.
        entries: In an order that is the same on every machine.
        read: Reads some of `entries`, or further frames of their files, one after the other; a
            sentence in the place of one that cannot be read. Told how many processes may help.
        truth: Where findings lie, by name.
        groups: Columns whose words are kept.
        skipped: Films that are not read at all, with the reason.
        notes: What else a user should know, as sentences.
        unread: Splits of the source that were left alone.
        wanted: What the source calls each class.
        unused: Files that are no film of a class.
    """

    title: str
    entries: Sequence[Entry]
    read: Callable[[Sequence[Entry], int], Iterator[Outcome]]
    truth: Truth = field(default_factory=dict)
    groups: tuple[str, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    unread: tuple[Split, ...] = ()
    wanted: tuple[str, ...] = ()
    unused: tuple[Unused, ...] = ()


def asked_for(
    entries: Iterable[Entry], splits: Sequence[Split]
) -> tuple[list[Entry], tuple[Split, ...]]:
    """The films of some splits, and the other splits that there are."""
    kept, others = [], set()
    for entry in entries:
        if entry.split in splits:
            kept.append(entry)
        else:
            others.add(entry.split)
    return kept, tuple(sorted(others))


def counted(unused: Sequence[tuple[str, str]]) -> tuple[Unused, ...]:
    """Reasons and names of files, by reason, those of most files first."""
    first = dict(reversed(unused))
    counts = Counter(reason for reason, _ in unused)
    return tuple(Unused(reason, count, first[reason]) for reason, count in counts.most_common())


# ----------------------------------------------------------------------- films in folders
# Films in folders: one folder per class, or `train`, `val` and `test` folders of these.
#
# Films are found as the viewer finds them, by content; a file that is not used is told with its
# reason. Splits go by their usual names (`SPLIT_WORDS`), whatever their capitals.

SPLIT_WORDS: dict[str, Split] = {
    "train": "train",
    "training": "train",
    "val": "val",
    "valid": "val",
    "validation": "val",
    "dev": "val",
    "test": "test",
    "testing": "test",
}


def list_folder(root: Path, layout: FolderLayout, *, title: str) -> FilmListing:
    """All films below a folder, in the order of their names."""
    unused: list[tuple[str, str]] = []
    entries, unread = asked_for(_entries(root, layout, unused), layout.splits)
    return FilmListing(
        title,
        entries,
        file_reader(layout.input),
        read_truth(root),
        unread=unread,
        wanted=layout.folders,
        unused=counted(unused),
    )


def has_classes(root: Path, layout: FolderLayout) -> bool:
    """Whether a folder is laid out by class, or at least by split."""
    wanted = {*SPLIT_WORDS, *(folder.casefold() for folder in layout.folders)}
    return any(one.is_dir() and one.name.casefold() in wanted for one in root.iterdir())


def descend(root: Path, classes: Sequence[str] = ()) -> Path:
    """Enter folders that hold nothing but one other folder, as archives often do.

    A folder of a class is no wrapper, also where it is the only one.
    """
    inside = [path for path in root.iterdir() if not path.name.startswith((".", "__MACOSX"))]
    if len(inside) != 1 or not inside[0].is_dir():
        return root
    if inside[0].name.casefold() in {name.casefold() for name in classes}:
        return root
    return descend(inside[0], classes)


def file_reader(
    fmt: InputFormat,
) -> Callable[[Sequence[Entry], int], Iterator[Outcome]]:
    """What `Listing.read` asks for, of films that are files of their own."""

    def read(entries: Sequence[Entry], workers: int) -> Iterator[Outcome]:
        return read_many([(one.path, one.frame) for one in entries], fmt, workers=workers)

    return read


def not_listed(
    root: Path, listing: FilmListing, layout: FolderLayout, *, but: Path
) -> tuple[Unused, ...]:
    """Files beside a table that none of its lines names; they are not looked into."""
    known = {entry.path for entry in listing.entries} | {but, root / TABLE}
    if layout.columns.mask in layout.cells:  # masks that lines name
        place = layout.groups.index(cell_key(layout.columns.mask))
        known |= {root / entry.groups[place] for entry in listing.entries}
    files = (path for path in sorted(root.rglob("*")) if path not in known and path.is_file())
    others = (path.relative_to(root) for path in files)
    return counted(
        [
            ("in no line of the table", one.as_posix())
            for one in others
            if not layout.holds_no_film(one.parts)
        ]
    )


def _entries(root: Path, layout: FolderLayout, unused: list[tuple[str, str]]) -> Iterator[Entry]:
    """List the films by their names, so that every machine sees the same set."""
    by_name = {folder.casefold(): label for label, folder in enumerate(layout.folders)}
    split = any(one.is_dir() and one.name.casefold() in SPLIT_WORDS for one in root.iterdir())
    found: list[tuple[tuple[int, int, Path], Entry]] = []
    order = list(dict.fromkeys(SPLIT_WORDS.values()))
    for path, no_image in look_through(root):
        parts = path.relative_to(root).parts
        name = "/".join(parts)
        place = SPLIT_WORDS.get(parts[0].casefold()) if split else "train"
        inside = parts[split:]
        if path == root / TABLE or layout.holds_no_film(parts):
            continue
        why = no_image or _misplaced(parts[0], place, inside, layout)
        if why or place is None:
            unused.append((why, name))
            continue
        label = 0 if layout.anywhere else by_name[inside[0].casefold()]
        entry = Entry(path, label, place, name, patient_of(name, layout.patient))
        found.append(((order.index(place), label, path), entry))
    for _, entry in sorted(found, key=lambda one: one[0]):
        yield entry


def _misplaced(
    first: str, place: Split | None, inside: Sequence[str], layout: FolderLayout
) -> str:
    """Why an image belongs to no class; "" if it does."""
    if place is None:
        return f"in “{first}”, which is none of the folders train, val and test"
    if layout.anywhere and not layout.folders:
        return ""
    if len(inside) < 2:
        return "in no folder of a class"
    if inside[0].casefold() not in map(str.casefold, layout.folders):
        return f"in “{inside[0]}”, which is none of the recipe's classes"
    return ""
