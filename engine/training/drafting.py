"""A first recipe from a look at the films: classes, patients, shares, grid, network, each guessed.

Every guess stands in the recipe with the reason beside it, so that it can be put right. Nothing in
here loads torch: the look takes a second.
"""

import math
import os
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from engine.errors import DataError, EngineError
from engine.imaging import look_through, read_frame, read_image
from engine.training.data.cells import TABLES, header_of, lines_of, plain, says_nothing
from engine.training.data.folders import SPLIT_WORDS, descend
from engine.training.data.sources import unpacked
from engine.training.data.tables import ANY
from engine.training.truth import TABLE as TRUTH

_NORMAL = {
    "0", "absent", "benign", "clean", "control", "controls", "good", "healthy", "negative", "neg",
    "no", "no finding", "no_finding", "none", "normal", "ok", "without",
}  # fmt: skip
# Whose film a file is, by the ways in which collections name theirs; the first that fits is taken.
_PATIENTS = (
    r"(?i)(?:^|[_-])(patient[_-]?\d+)",
    r"(person\d+)|(IM-\d+)",
    r"(?i)(?:^|[_-])((?:pat|subj|subject|case|sub|p|s)[_-]?\d+)(?=[_-])",
    r"^(\d{3,})[_-]\d+(?=\.)",
    r"^([0-9a-zA-Z]+)[_-]\d+(?=\.)",
)
_FITS = 0.95  # share of names that a pattern must find
_SAMPLE = 48  # films that are looked at
_LARGEST_GRID, _SMALL_FILM, _GRID_STEP = 64, 48, 8
_MANY = 5000  # films from which a larger network pays
_STEPS, _MOST_EPOCHS, _FEWEST_EPOCHS = 900, 40, 6
_HELD_OUT = 0.2
_FEW_FILMS = 20  # of validation, of a class, below which others are held out
_FEW_PATIENTS = 10  # of a class, below which a held-out share says next to nothing
_MOST_CLASSES = 50
_LABEL_COLUMNS = (
    "label", "labels", "class", "class_name", "target", "finding labels", "finding", "diagnosis",
    "category", "dx",
)  # fmt: skip
_PATIENT_COLUMNS = ("patient", "patient id", "patient_id", "subject", "subject_id")
_PATH_COLUMNS = (
    "path", "file", "filename", "file_name", "image", "image index", "image_id", "image_path",
    "name", "id", "patientid",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Group:
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
    """

    title: str
    groups: tuple[Group, ...]
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

    @property
    def films(self) -> int:
        """How many there are."""
        return sum(len(group.names) for group in self.groups)

    def of_class(self, label: str) -> int:
        """How many films a class has."""
        return sum(len(group.names) for group in self.groups if group.label == label)

    def fewest(self, split: str) -> int:
        """Films of the rarest class in a split."""
        counts = dict.fromkeys(self.classes, 0)
        for group in self.groups:
            counts[group.label] += len(group.names) if group.split == split else 0
        return min(counts.values())

    @property
    def splits(self) -> set[str]:
        """Names of the splits that the source has; {"train"} where it has none."""
        return {group.split for group in self.groups}


def draft(source: Path, *, output: Path) -> tuple[str, Look]:
    """Look at films and write a recipe that trains as it is.

    Args:
        source: Folder, table, tar or npz, see `read_films`.
        output: The recipe's file; its name becomes the model's.

    Returns:
        The recipe as TOML with comments, and what was found.

    Raises:
        DataError: There are no films, or no two classes of them.
    """
    look = _looked(source)
    if len(look.classes) < 2:
        raise DataError(
            f"{look.title} has no films of two classes. Put those of each class into a folder of"
            " its own, name them in a table with the columns path and label, or bring an npz file"
            " with images and labels.",
            "data",
        )
    return _text(look, _plain_name(output.stem)), look


def _looked(source: Path) -> Look:
    if not source.exists():
        raise DataError(f"{source} is not there.", "data")
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
        f"{source.name} is neither a folder, a table (CSV, Parquet), a tar file nor an npz file.",
        "data",
    )


# ------------------------------------------------------------------------------- folders
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
    groups = tuple(Group(label, split, tuple(names)) for (label, split), names in films.items())
    classes, positive, guessed = _ordered(list(paths))
    pattern, people = _patients([name for group in groups for name in group.names])
    shape, values, differ = _seen(paths.values())
    return Look(
        title, groups, classes, positive, guessed, pattern, people, {}, shape, values, differ,
        {reason: count for reason, count in unused.items() if count},
    )  # fmt: skip


# -------------------------------------------------------------------------------- tables
def _look_at_table(table: Path, title: str) -> Look:
    header = header_of(table)
    path = _column(header, _PATH_COLUMNS)
    label = _column(header, _LABEL_COLUMNS)
    if not path or not label:
        lacks = "path" if not path else "label"
        raise DataError(
            f"{table.name} has no column that looks like the {lacks} of a film, only"
            f" {', '.join(header[:12])}. Rename one, or write the recipe by hand"
            f" (`data.columns.{lacks}`).",
            "data",
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
    groups = tuple(
        Group(name, part, tuple(dict.fromkeys(names))) for (name, part), names in films.items()
    )
    classes, positive, guessed = _ordered(labels)
    pattern, people = "", len({line[patient] for line in lines}) if patient else 0
    if not patient:
        pattern, people = _patients([name for group in groups for name in group.names])
    renamed: dict[str, str | bool] = {
        key: name
        for key, name in (("path", path), ("label", label), ("patient", patient), ("split", split))
        if name and name != key
    }
    places, found = _places(table, {key: group.names for key, group in enumerate(groups)})
    shape, values, differ = _seen(found.values())
    return Look(
        title, groups, classes, positive, guessed, pattern, people, renamed | places, shape,
        values, differ, {},
    )  # fmt: skip


def _labels_of(table: Path, label: str, cells: Sequence[str]) -> tuple[list[str], list[str]]:
    """The labels of a column, and that of each line; many of them become normal and all others."""
    names = {plain(one) for cell in cells for one in cell.split("|")}
    whole = [plain(cell) for cell in cells]
    if not any("|" in cell for cell in cells) and len(names) <= _MOST_CLASSES:
        return sorted(names), whole
    normal = [name for name in names if name.casefold() in _NORMAL]
    if len(normal) != 1:
        raise DataError(
            f"{table.name}: the column “{label}” has {len(names):,} labels, or several in"
            " one cell; name the two or more that matter in a recipe (`data.folders`, with"
            ' "*" for all others).',
            "data",
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


# -------------------------------------------------------------------------------- arrays
def _look_at_arrays(source: Path) -> Look:
    try:
        with np.load(source, allow_pickle=False) as arrays:
            parts = [name for name in arrays.files if name.endswith("labels")]
            labels = {name.removesuffix("labels").rstrip("_"): arrays[name] for name in parts}
            first = parts[0].replace("labels", "images") if parts else ""
            images = arrays[first] if first in arrays.files else None
    except (OSError, ValueError) as error:
        raise DataError(
            f"{source.name} cannot be read as an npz file: {error}.", "data"
        ) from error
    if images is None or images.ndim < 3:
        raise DataError(
            f"{source.name} must hold the arrays “images” (N, R, C) and “labels” (N,).", "data"
        )
    films: dict[tuple[str, str], list[str]] = {}
    for part, given in labels.items():
        flat = given.argmax(axis=1) if given.ndim == 2 and given.shape[1] > 1 else given.ravel()
        for number, label in enumerate(flat.tolist()):
            word = str(int(label)) if isinstance(label, float) and label.is_integer() else label
            films.setdefault((str(word), part or "train"), []).append(f"{part}/{number:06}")
    groups = tuple(Group(label, split, tuple(names)) for (label, split), names in films.items())
    classes, positive, guessed = _ordered([group.label for group in groups])
    finite = images[np.isfinite(images)] if images.dtype.kind == "f" else images
    values = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    shape = (int(images.shape[1]), int(images.shape[2]))
    return Look(
        source.name, groups, classes, positive, guessed, "", 0, {}, shape, values,
        shapes_differ=False, unused={},
    )  # fmt: skip


# ------------------------------------------------------------------------------- guesses
def _ordered(labels: Sequence[str]) -> tuple[tuple[str, ...], int, bool]:
    """Classes in an order, which of two is the finding, and whether that is a guess."""
    unique = sorted(set(labels), key=_natural)
    normal = [label for label in unique if label.strip().casefold() in _NORMAL]
    if len(unique) == 2 and len(normal) == 1:
        other = next(label for label in unique if label not in normal)
        return (normal[0], other), 1, False
    return tuple(unique), 1, True


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


def _seen(by_class: Iterable[Sequence[Path]]) -> tuple[tuple[int, int], tuple[float, float], bool]:
    """Typical shape and range of some films of each class, and whether shapes differ."""
    shapes, lows, highs = [], [], []
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
    if not shapes:
        return (0, 0), (0.0, 0.0), False
    rows, columns = (int(np.median([shape[axis] for shape in shapes])) for axis in (0, 1))
    ratios = [shape[1] / shape[0] for shape in shapes]
    return (rows, columns), (min(lows), max(highs)), max(ratios) > 4 / 3 * min(ratios)


def _plain_name(stem: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", stem.casefold()).strip("-") or "model"


# ---------------------------------------------------------------------------------- text
def _text(look: Look, name: str) -> str:
    parts = (
        _head(look, name), _classes(look), _grid(look), _network(look), _data(look),
        _augmentation(look), _training(look), _measure(), _asked_later(),
    )  # fmt: skip
    return "\n".join(parts)


def _quoted(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _list(words: Iterable[str]) -> str:
    return f"[{', '.join(map(_quoted, words))}]"


def _head(look: Look, name: str) -> str:
    counts = ", ".join(f"{look.of_class(one):,} of “{one}”" for one in look.classes)
    rows, columns = look.shape
    lines = [
        f"# Drafted from a look at {look.title}: {look.films:,} films ({counts}).",
        f"# Typical film: {rows} × {columns} pixels, {look.values[0]:g} to {look.values[1]:g}.",
        "# Every value can be changed here, or for one training with --set KEY=VALUE.",
    ]
    if look.unused:
        said = "; ".join(f"{count:,} {reason}" for reason, count in look.unused.items())
        lines.append(f"# Not used: {said}.")
    title = name.replace("-", " ").capitalize()
    return "\n".join(
        [
            *lines,
            "",
            f"name = {_quoted(name)}",
            f"title = {_quoted(title)}",
            f"task = {_quoted(' or '.join(look.classes))}  # what is asked of a film",
        ]
    )


def _classes(look: Look) -> str:
    lines = [f"classes = {_list(look.classes)}  # as they are shown"]
    if len(look.classes) == 2:
        named = look.classes[look.positive]
        if look.guessed_positive:
            lines.append(
                f"positive = {look.positive}  # guessed: the finding is “{named}”. 0 if it is"
                f" “{look.classes[0]}”"
            )
        else:
            lines.append(f"positive = {look.positive}  # the finding: “{named}”")
    return "\n".join(lines)


def _grid(look: Look) -> str:
    size = _grid_size(look)
    intensity = "full-range" if size < _SMALL_FILM else "rank"
    lines = [
        "",
        "[input]",
        "# The grid that a network reads, row by row. More rows see finer and take longer.",
        f"rows = {size}",
        f"columns = {size}",
        '# "rank": the place of each value within its film; window and bit depth do not matter.',
        '# "full-range": the values themselves.',
        f'intensity = "{intensity}"',
    ]
    if look.shapes_differ:
        lines.append(
            "# The films have different shapes and are stretched to the grid;"
            ' aspect = "keep" reads them as they are.'
        )
    return "\n".join(lines)


def _grid_size(look: Look) -> int:
    """Rows and columns of the grid: those of small films, else 64."""
    least = min(look.shape)
    size = least if 0 < least < _SMALL_FILM else _LARGEST_GRID
    return size - size % 4 if size >= _GRID_STEP else max(size, 1)


def _network(look: Look) -> str:
    hidden = 64 if look.films < _MANY else 128
    lines = [
        "",
        "[network]",
        'cell = "gru"  # or "lstm", "rnn"',
        f"hidden_size = {hidden}",
        "bidirectional = true  # reads from the top and from the bottom",
        'readout = "last"  # or "mean", "attention"',
        "dropout = 0.2",
    ]
    if _grid_size(look) >= _SMALL_FILM:
        lines += [
            "stem = [  # two convolutions see edges and halve the rows before they are read",
            "  { channels = 8, row_stride = 1, column_stride = 2 },",
            "  { channels = 16, row_stride = 2, column_stride = 2 },",
            "]",
        ]
    return "\n".join(lines)


def _data(look: Look) -> str:
    lines = ["", "[data]", f"folders = {_list(look.classes)}  # or the labels in a table"]
    people = look.people or look.films
    if look.patient:
        lines += [
            f"# Guessed from the names: {look.people:,} patients. All films of one stay together.",
            f"patient = '{look.patient}'",
        ]
    elif look.columns.get("patient") or (look.people and not look.patient):
        lines.append(f"# {look.people:,} patients by the table; all films of one stay together.")
    else:
        lines.append(
            "# No patients in the names: each film counts as one of its own. If a patient has"
            " several films, say how the name tells whose they are: patient = '(P[0-9]+)'"
        )
    if "val" not in look.splits:
        lines.append(f"validation = {_HELD_OUT}  # share of the patients held out to decide by")
    elif look.fewest("val") < _FEW_FILMS:
        lines.append(
            f"# The validation films are few ({look.fewest('val')} of a class): they join the"
            " training films, and others are held out."
        )
        lines.append(f"validation = {_HELD_OUT}")
    if "test" not in look.splits:
        lines.append(f"test = {_HELD_OUT}  # share that is measured once, at the end")
    fewest = min(look.of_class(one) for one in look.classes) * people // max(look.films, 1)
    if fewest < _FEW_PATIENTS:
        lines.append(f"# About {fewest} patients of the rarest class: figures will say little.")
    lines += [
        'source = ""   # TODO before a card is written: whose films they are',
        'licence = ""  # TODO before a card is written: under which they may be used',
    ]
    if look.columns:
        lines += ["", "[data.columns]"]
        lines += [
            f"{key} = {'true' if said is True else _quoted(str(said))}"
            for key, said in look.columns.items()
        ]
    return "\n".join(lines)


def _augmentation(look: Look) -> str:
    counts = [look.of_class(one) for one in look.classes]
    uneven = max(counts) > 3 * min(counts)
    lines = [
        "",
        "[augmentation]  # how far a training film may be moved and changed",
        "shift = 0.05",
        "scale = 0.1",
        "rotate = 5.0",
        "# flip = 0.5  # only if left and right mean nothing",
    ]
    if uneven:
        lines.append("# One class has far more films; see training.sampling.")
    return "\n".join(lines)


def _training(look: Look) -> str:
    counts = [look.of_class(one) for one in look.classes]
    learnt = sum(len(group.names) for group in look.groups if group.split == "train")
    held = _HELD_OUT * (("val" not in look.splits) + ("test" not in look.splits))
    learnt = max(1, round(learnt * (1 - held)))
    batch = 16 if learnt < 1000 else 32 if learnt < 10_000 else 64
    epochs = math.ceil(_STEPS / math.ceil(learnt / batch))
    epochs = min(max(epochs, _FEWEST_EPOCHS), _MOST_EPOCHS)
    lines = [
        "",
        "[training]",
        f"epochs = {epochs}",
        f"batch_size = {batch}",
        "learning_rate = 3e-3",
        'optimiser = "adamw"',
        "weight_decay = 0.01",
        'decay = "cosine"',
        "clip = 1.0",
        "seed = 0",
    ]
    if max(counts) > 3 * min(counts):
        lines.append('sampling = "balanced"  # rare classes are drawn as often as others')
    return "\n".join(lines)


def _measure() -> str:
    return "\n[measure]\ncalibrate = true  # probabilities are set on the validation films"


def _asked_later() -> str:
    return """
# Before a card is written (`rowscope-engine card MODEL --recipe THIS`), say here:
# intended_use = "…" and data_source = "…" at the top of this file, and below whose films the
# model is for; an empty table means anybody's.
# [population]
# ages = [18, 90]
# views = ["AP", "PA"]
# body_parts = ["CHEST"]
"""
