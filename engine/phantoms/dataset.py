"""A data set of phantoms on disk, with its truth as a table, for training and for trying out."""

import csv
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from engine.errors import DataError
from engine.phantoms.dicom import write_phantom
from engine.phantoms.film import WHITE
from engine.phantoms.phantom import Phantom, PhantomSpec, draw_phantom

FileFormat = Literal["png", "dicom"]
CLASSES = ("normal", "opacity")
PARTS = ("train", "val", "test")
COLUMNS = (
    "file", "class", "opacity_first_row", "opacity_last_row",
    "opacity_first_column", "opacity_last_column", "rows", "columns", "seed",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DatasetPlan:
    """What to write.

    Attributes:
        opacity_share: Share of films with an opacity; met exactly, up to rounding.
        seed: Seed of the first film; film i has seed + i, so no patient comes twice.
        by_class: Put films into folders `normal` and `opacity`.
        split: Shares of train, val and test; empty for none. Each class is split alike.
    """

    count: int
    rows: int = 1024
    opacity_share: float = 0.5
    seed: int = 0
    file_format: FileFormat = "png"
    by_class: bool = False
    split: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Task:
    spec: PhantomSpec
    path: Path


def write_dataset(folder: Path, plan: DatasetPlan, *, processes: int = 1) -> Iterator[Path]:
    """Write films and `truth.csv` into a folder; yields each film when it is there.

    Raises:
        DataError: The plan makes no sense, or the folder cannot be written.
    """
    _check(plan)
    tasks = _tasks(folder, plan)
    try:
        for parent in {task.path.parent for task in tasks}:
            parent.mkdir(parents=True, exist_ok=True)
        with (folder / "truth.csv").open("w", newline="", encoding="utf-8") as file:
            table = csv.writer(file)
            table.writerow(COLUMNS)
            for task, rows, columns in _drawn(tasks, processes):
                table.writerow(_line(folder, task, rows, columns))
                yield task.path
    except OSError as error:
        raise DataError(
            "{folder} could not be written: {error}.", "data", folder=folder, error=error.strerror
        ) from error


def write_png(values: NDArray[np.uint16], path: Path) -> None:
    """Write 12-bit values as a PNG of 16 bits; white stays white."""
    write_grey(values / WHITE, path)


def write_grey(values: NDArray[np.floating], path: Path) -> None:
    """Write values (R, C) from 0 (black) to 1 (white) as a PNG of 16 bits."""
    wide = np.rint(np.asarray(values, np.float64) * 65535).astype(np.uint16)
    Image.fromarray(wide).save(path, format="PNG")


def _check(plan: DatasetPlan) -> None:
    if plan.count < 1 or plan.rows < 16 or plan.seed < 0:
        raise DataError("Ask for at least one film of 16 rows, and a seed from 0 on.", "data")
    if not 0 <= plan.opacity_share <= 1:
        raise DataError("The share of opacities lies between 0 and 1.", "data")
    if plan.split and (
        len(plan.split) != len(PARTS) or min(plan.split) < 0 or not np.isclose(sum(plan.split), 1)
    ):
        raise DataError("A split is three shares that sum to 1, such as 0.8,0.1,0.1.", "data")


def _tasks(folder: Path, plan: DatasetPlan) -> list[_Task]:
    order = np.random.default_rng(plan.seed).permutation(plan.count)
    opacity = order < round(plan.opacity_share * plan.count)
    suffix = "dcm" if plan.file_format == "dicom" else "png"
    parts = _parts(opacity, plan.split)
    tasks = []
    for number in range(plan.count):
        seed, present = plan.seed + number, bool(opacity[number])
        place = folder / parts[number] if parts[number] else folder
        if plan.by_class:
            place /= CLASSES[present]
        spec = PhantomSpec(seed, plan.rows, plan.rows, opacity=present)
        tasks.append(_Task(spec, place / f"phantom-{seed:06d}.{suffix}"))
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


_Span = tuple[int, int] | None


def _drawn(tasks: list[_Task], processes: int) -> Iterator[tuple[_Task, _Span, _Span]]:
    if processes < 2:
        yield from map(_draw, tasks)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        yield from pool.map(_draw, tasks, chunksize=4)


def _draw(task: _Task) -> tuple[_Task, _Span, _Span]:
    phantom = draw_phantom(task.spec)
    save(phantom, task.path)
    return task, phantom.opacity_rows, phantom.opacity_columns


def save(phantom: Phantom, path: Path) -> None:
    """Write a phantom as its file's name says: `.png`, otherwise DICOM."""
    if path.suffix == ".png":
        write_png(phantom.values, path)
    else:
        write_phantom(phantom, path)


def _line(folder: Path, task: _Task, rows: _Span, columns: _Span) -> list[str | int]:
    def ends(span: _Span) -> list[str | int]:
        return ["", ""] if span is None else [span[0], span[1] - 1]

    name = task.path.relative_to(folder).as_posix()
    spec = task.spec
    return [
        name,
        CLASSES[spec.opacity],
        *ends(rows),
        *ends(columns),
        spec.rows,
        spec.columns,
        spec.seed,
    ]
