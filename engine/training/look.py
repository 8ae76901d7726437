"""A look at films: classes, splits, patients, shapes and values, as far as can be guessed."""

import math
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set as AbstractSet
from dataclasses import dataclass, replace
from pathlib import Path

from engine.errors import DataError, EngineError
from engine.films import (
    ANY,
    SPLIT_WORDS,
    TABLE as TRUTH,
    TABLES,
    UNSURE,
    array_parts,
    descend,
    header_of,
    lines_of,
    says_nothing,
    tidy_cell,
    unpacked,
)
from engine.imaging import look_through, read_frame, read_image

_NORMAL = {
    "0", "absent", "benign", "clean", "control", "controls", "good", "healthy", "intact",
    "negative", "neg", "no", "no finding", "no_finding", "none", "normal", "ok", "unaffected",
    "uninfected", "uninvolved", "unremarkable", "well", "without",
}  # fmt: skip
_ABSENCES = ("no", "not", "non", "without", "un")  # of what the other class is called
_SEPARATORS = re.compile(r"[ _-]+")
# Whose film a file is, by the ways in which collections name theirs; the first that fits is taken.
_PATIENTS = (
    r"(?i)(?:^|[_-])(patient[_-]?\d+)",
    r"(person\d+)|(IM-\d+)",
    r"(?i)(?:^|[_-])((?:pat|subj|subject|case|sub|p|s)[_-]?\d+)(?=[_-])",
    r"^(\d{3,})[_-]\d+(?=\.)",
    r"^([0-9a-zA-Z]+)[_-]\d+(?=\.)",
    r"(?i)^(.+?)[_-](?:slice|frame|image|img|view|im)[_-]?\d+(?=\.)",
)
_FITS = 0.95  # share of names that a pattern must find
_SAMPLE = 48  # films that are looked at
_MOST_CLASSES = 50
_LABEL_COLUMNS = (
    "label", "labels", "class", "class_name", "target", "finding labels", "finding", "diagnosis",
    "category", "dx",
)  # fmt: skip
_PATIENT_COLUMNS = (
    "patient", "patient id", "patient_id", "patientid", "pid", "subject", "subject id",
    "subject_id", "mrn",
)  # fmt: skip
_PATH_COLUMNS = (
    "path", "file", "filename", "file_name", "image", "image index", "image_id", "image_path",
    "name", "id", "patientid",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameGroup:
    """The films of a class in one split, by the names of their files."""

    label: str
    split: str
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in a source.

    Attributes:
        title: What the source is called.
        groups: Films by class and split.
        classes: Folder names or labels, those that mean "nothing found" first.
        positive: Index of the class that is a finding, and whether it is a guess.
        patient: Pattern of the patient in a name, see `Data.patient`; "" where none was found.
        people: How many patients that makes; those of a table's column where it has one.
        columns: What a recipe must say of a table's columns (`Columns`).
        shape: Typical rows and columns.
        values: Least and largest stored value.
        shapes_differ: Whether films have shapes that differ by more than a third.
        unused: Files that hold no film of a class, by reason.
        headers: Whether Patient IDs of DICOM headers tell patients apart.
        others: Columns of a table that were not used.
        several: Whether a film may have several of the classes, or none: they are findings.
    """

    title: str
    groups: tuple[NameGroup, ...]
    classes: tuple[str, ...]
    positive: int
    guessed_positive: bool
    patient: str
    people: int
    columns: Mapping[str, str | bool]
    shape: tuple[int, int]
    values: tuple[float, float]
    shapes_differ: bool
    unused: Mapping[str, int]
    headers: bool = False
    others: tuple[str, ...] = ()
    several: bool = False

    @property
    def rarest_patients(self) -> int:
        """About how many patients the rarest class has; films where no patients are known."""
        fewest = min(self.of_class(one) for one in self.classes)
        return fewest * (self.people or self.films) // max(self.films, 1)

    @property
    def known_values(self) -> bool:
        """Whether black and white of the stored values are known: 0…1, −1…1, or whole from 0."""
        low, high = self.values
        return low >= 0 or (low >= -1 and high <= 1)

    @property
    def films(self) -> int:
        """How many there are."""
        if self.several:
            return len({name for group in self.groups for name in group.names})
        return sum(len(group.names) for group in self.groups)

    def of_class(self, label: str) -> int:
        """How many films a class has."""
        return sum(len(group.names) for group in self.groups if group.label == label)

    def fewest(self, split: str) -> int:
        """Films of the rarest class in a split."""
        counts = dict.fromkeys(self.classes, 0)
        for group in (one for one in self.groups if one.label in counts):
            counts[group.label] += len(group.names) if group.split == split else 0
        return min(counts.values())

    @property
    def splits(self) -> set[str]:
        """Names of the splits that the source has; {"train"} where it has none."""
        return {group.split for group in self.groups}


def look_at(source: Path) -> Look:
    """Look at a folder, a table, a tar file or an npz file; nothing is loaded that learns.

    Raises:
        DataError: There is no such source, or nothing in it that looks like films with labels.
    """
    if not source.exists():
        raise DataError("{source} is not there.", source=source)
    if source.suffix.lower() == ".npz":
        return _look_at_arrays(source)
    if source.name.lower().endswith((".tar", ".tar.gz", ".tgz")):
        with unpacked(source) as folder:
            return _look_at_folder(descend(folder), source.name)
    if source.is_dir():
        return _look_at_folder(descend(source), source.name)
    if source.suffix.lower() in TABLES:
        return _look_at_table(source, source.name)
    raise DataError(
        "{source} is neither a folder, a table (CSV, Parquet), a tar file nor an npz file.",
        source=source.name,
    )


# --------------------------------------------------------------------- looking at folders
def _look_at_folder(root: Path, title: str) -> Look:
    tables = [path for path in sorted(root.iterdir()) if path.suffix.lower() in TABLES]
    tables = [path for path in tables if path.name != TRUTH]
    films: dict[tuple[str, str], list[str]] = {}
    paths: dict[str, list[Path]] = {}
    unused: Counter[str] = Counter()
    split_there = any(
        one.is_dir() and one.name.casefold() in SPLIT_WORDS for one in root.iterdir()
    )
    for path, no_image in look_through(root):
        parts = path.relative_to(root).parts
        split = SPLIT_WORDS.get(parts[0].casefold(), "") if split_there else "train"
        inside = parts[1:] if split_there else parts
        why = no_image or ("" if split and len(inside) > 1 else "in no folder of a class")
        if why:
            unused[why] += path not in tables
            continue
        films.setdefault((inside[0], split), []).append("/".join(parts))
        paths.setdefault(inside[0], []).append(path)
    if tables and len(paths) < 2:
        return _look_at_table(tables[0], f"{title} ({tables[0].name})")
    groups = tuple(
        NameGroup(label, split, tuple(names)) for (label, split), names in films.items()
    )
    classes, positive, guessed = _ordered(list(paths))
    pattern, people = _patients([name for group in groups for name in group.names])
    sample = _seen(paths.values())
    return Look(
        title, groups, classes, positive, guessed, pattern, people, {}, sample.shape,
        sample.values, sample.differ, {reason: count for reason, count in unused.items() if count},
        headers=sample.headers and not pattern,
    )  # fmt: skip


# ---------------------------------------------------------------------- looking at tables
def _look_at_table(table: Path, title: str) -> Look:
    header = header_of(table)
    path = _column(header, _PATH_COLUMNS)
    label = _column(header, _LABEL_COLUMNS)
    if path and not label:
        shares, several = _own_columns(table, header)
        if shares:
            return _look_at_columns(table, title, path, shares, several=several)
    if not path or not label:
        lacks = "path" if not path else "label"
        raise DataError(
            "{table} has no column that looks like the {lacks} of a film, only"
            " {header}. Rename one, or write the recipe by hand"
            " (`data.columns.{lacks}`).",
            table=table.name,
            lacks=lacks,
            header=", ".join(header[:12]),
        )
    patient = _column(header, _PATIENT_COLUMNS)
    split = _column(header, ("split", "set", "fold"))
    wanted = list(dict.fromkeys(one for one in (path, label, patient, split) if one))
    lines = [line for line in lines_of(table, wanted) if not says_nothing(line[label])]
    labels, cells = _labels_of(table, label, [line[label] for line in lines])
    films: dict[tuple[str, str], list[str]] = {}
    for line, cell in zip(lines, cells, strict=True):
        part = SPLIT_WORDS.get(line[split].strip().casefold(), "train") if split else "train"
        films.setdefault((cell, part), []).append(line[path])
    named = {"path": path, "label": label, "patient": patient, "split": split}
    people = {line[patient] for line in lines} if patient else set()
    return _table_look(table, title, films, labels, named=named, people=people, used=wanted)


def _table_look(
    table: Path,
    title: str,
    films: Mapping[tuple[str, str], Sequence[str]],
    labels: Sequence[str],
    *,
    named: Mapping[str, str],
    people: AbstractSet[str],
    used: Sequence[str],
) -> Look:
    """What a table holds.

    Args:
        table: The file.
        title: What sentences call it.
        films: Paths by label and split.
        labels: Of all classes.
        named: Columns by what they say; empty where there is none.
        people: Names of the patients; empty where no column says it.
        used: Columns that say something.
    """
    groups = tuple(
        NameGroup(name, part, tuple(dict.fromkeys(names))) for (name, part), names in films.items()
    )
    classes, positive, guessed = _ordered(labels)
    pattern, count = "", len(people)
    if not people:
        pattern, count = _patients([name for group in groups for name in group.names])
    renamed: dict[str, str | bool] = {
        key: name for key, name in named.items() if name and name != key
    }
    places, found = _places(table, {key: group.names for key, group in enumerate(groups)})
    sample = _seen(found.values())
    return Look(
        title, groups, classes, positive, guessed, pattern, count, renamed | places, sample.shape,
        sample.values, sample.differ, {}, headers=sample.headers and not (pattern or count),
        others=tuple(name for name in header_of(table) if name not in used),
    )  # fmt: skip


def _own_columns(table: Path, header: Sequence[str]) -> tuple[list[str], bool]:
    """Columns of 0 and 1, one for each class, and whether a film may have several of them.

    With one 1 in each line they are classes; else findings, whose cells may also say nothing.
    """
    held: dict[str, set[str]] = {name: set() for name in header}
    sums = Counter[int]()
    lines = list(lines_of(table, header))
    for line in lines:
        for name in header:
            held[name].add(tidy_cell(line[name]))
    found = [name for name in header if held[name] and held[name] <= {"0", "1"}]
    for line in lines:
        sums[sum(tidy_cell(line[name]) == "1" for name in found)] += 1
    if len(found) > 1 and set(sums) == {1}:
        return found, False
    findings = [name for name in header if _is_finding(held[name])]
    return (findings, True) if len(findings) > 1 else ([], False)


def _is_finding(words: AbstractSet[str]) -> bool:
    """Whether a column says 0, 1, or nothing."""
    said = {one for one in words if not says_nothing(one) and one.casefold() not in UNSURE}
    return said == {"0", "1"}


def _look_at_columns(
    table: Path, title: str, path: str, shares: Sequence[str], *, several: bool
) -> Look:
    """A table with a column of 0 and 1 for each class, or for each finding."""
    header = header_of(table)
    patient = _column(header, _PATIENT_COLUMNS)
    split = _column(header, ("split", "set", "fold")) if several else ""
    films: dict[tuple[str, str], list[str]] = {(name, "train"): [] for name in shares}
    people = set()
    for line in lines_of(table, header):
        part = SPLIT_WORDS.get(line[split].strip().casefold(), "train") if split else "train"
        there = [one for one in shares if tidy_cell(line[one]) == "1"]
        for name in there or [""]:
            films.setdefault((name, part), []).append(line[path])
        people |= {line[patient]} if patient else set()
    named = {"path": path, "patient": patient, "split": split}
    used = [*shares, path, patient, split]
    look = _table_look(table, title, films, shares, named=named, people=people, used=used)
    return replace(look, classes=tuple(shares), several=True) if several else look


def _labels_of(table: Path, label: str, cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """The labels of a column, and that of each line; many of them become normal and all others."""
    names = {tidy_cell(one) for cell in cells for one in cell.split("|")}
    whole = [tidy_cell(cell) for cell in cells]
    if not any("|" in cell for cell in cells) and len(names) <= _MOST_CLASSES:
        return sorted(names), whole
    normal = [name for name in names if name.casefold() in _NORMAL]
    if len(normal) != 1:
        raise DataError(
            "{table}: the column “{label}” has {count:,} labels, or several in"
            " one cell; name the two or more that matter in a recipe (`data.folders`, with"
            ' "*" for all others).',
            table=table.name,
            label=label,
            count=len(names),
        )
    return [normal[0], ANY], [normal[0] if cell == normal[0] else ANY for cell in whole]


def _places(
    table: Path, names: Mapping[int, Sequence[str]]
) -> tuple[dict[str, str | bool], dict[int, list[Path]]]:
    """What a recipe must say so that files are found, and some files of each group."""
    some = {key: [Path(name) for name in given[:_SAMPLE]] for key, given in names.items()}
    if all((table.parent / name).is_file() for given in some.values() for name in given[:3]):
        return {}, {key: [table.parent / name for name in given] for key, given in some.items()}
    files: dict[str, Path] = {}
    for folder, _, inside in os.walk(table.parent):
        files |= {name: Path(folder, name) for name in inside}
    suffixes = Counter(path.suffix for path in files.values() if path != table)
    says: dict[str, str | bool] = {"search": True}
    first = next((name for given in some.values() for name in given), Path())
    suffix = ""
    if first.name not in files:
        suffix = next(
            (one for one, _ in suffixes.most_common() if f"{first.name}{one}" in files), ""
        )
        says |= {"suffix": suffix} if suffix else {}
    found = {
        key: [files[f"{one.name}{suffix}"] for one in given if f"{one.name}{suffix}" in files]
        for key, given in some.items()
    }
    return says, found


def _column(header: Sequence[str], usual: Sequence[str]) -> str:
    by_word = {name.strip().casefold(): name for name in header}
    return next((by_word[word] for word in usual if word in by_word), "")


# ---------------------------------------------------------------------- looking at arrays
def _look_at_arrays(source: Path) -> Look:
    films: dict[tuple[str, str], list[str]] = {}
    shape, low, high = (0, 0), math.inf, -math.inf
    for part in array_parts(source):
        for number, word in enumerate(part.labels):
            if not says_nothing(word):
                name = f"{part.split}/{number:06}"
                films.setdefault((word, part.split or "train"), []).append(name)
        shape, low, high = part.size, min(low, part.low), max(high, part.high)
    groups = tuple(
        NameGroup(label, split, tuple(names)) for (label, split), names in films.items()
    )
    classes, positive, guessed = _ordered([group.label for group in groups])
    return Look(
        source.name, groups, classes, positive, guessed, "", 0, {}, shape, (low, high),
        shapes_differ=False, unused={},
    )  # fmt: skip


# ---------------------------------------------------------- guessing classes and patients
def _ordered(labels: Sequence[str]) -> tuple[tuple[str, ...], int, bool]:
    """Classes in an order, which of two is the finding, and whether that is a guess."""
    unique = sorted(set(labels), key=_natural)
    normal = [label for label in unique if _is_absence(label, unique)]
    if len(unique) == 2 and len(normal) == 1:
        other = next(label for label in unique if label not in normal)
        return (normal[0], other), 1, False
    return tuple(unique), 1, True


def _is_absence(label: str, others: Sequence[str]) -> bool:
    """Whether a label says that there is nothing: "normal", or "non_cancer" beside "cancer"."""
    word = label.strip().casefold()
    if word in _NORMAL:
        return True
    names = {_SEPARATORS.sub("", other.casefold()) for other in others if other != label}
    bare = _SEPARATORS.sub("", word)
    return any(bare.removeprefix(no) in names for no in _ABSENCES if bare.startswith(no))


def _natural(label: str) -> tuple[float, str]:
    try:
        return float(label), label
    except ValueError:
        return math.inf, label.casefold()


def _patients(names: Sequence[str]) -> tuple[str, int]:
    """The first usual pattern that finds patients with several films, and how many there are."""
    bare = [Path(name).name for name in names]
    for pattern in _PATIENTS:
        found = [re.search(pattern, name) for name in bare]
        hits = [next((g for g in one.groups() if g), one.group()) for one in found if one]
        people = len(set(hits))
        if len(hits) >= _FITS * len(bare) and 2 < people < len(hits):
            return pattern, people
    return "", 0


@dataclass(frozen=True, slots=True)
class _Sample:
    """Some films of each class.

    Attributes:
        shape: Rows and columns of the film whose shape is in the middle.
        values: Least and largest.
        differ: Whether shapes differ by more than a third.
        headers: Whether their Patient IDs tell patients apart.
    """

    shape: tuple[int, int]
    values: tuple[float, float]
    differ: bool
    headers: bool


def _seen(by_class: Iterable[Sequence[Path]]) -> _Sample:
    shapes: list[tuple[int, ...]] = []
    lows, highs, people = [], [], set()
    groups = [list(paths) for paths in by_class]
    each = max(1, _SAMPLE // max(len(groups), 1))
    for paths in groups:
        for path in paths[:: max(1, len(paths) // each)][:each]:
            try:
                frame = read_frame(read_image(path))
            except EngineError:
                continue
            shapes.append(frame.values.shape)
            lows.append(float(frame.values.min()))
            highs.append(float(frame.values.max()))
            people.add(frame.image.identity.patient_id)
    if not shapes:
        return _Sample((0, 0), (0.0, 0.0), differ=False, headers=False)
    rows, columns = sorted(shapes, key=math.prod)[len(shapes) // 2][:2]
    ratios = [shape[1] / shape[0] for shape in shapes]
    return _Sample(
        (rows, columns),
        (min(lows), max(highs)),
        differ=max(ratios) > 4 / 3 * min(ratios),
        headers=len(people - {""}) > 1,
    )
