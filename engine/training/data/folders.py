"""Films in folders: one folder per class, or `train`, `val` and `test` folders of these."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.training.data.entries import Entry, Listing, asked_for
from engine.training.data.films import SPLITS, Split
from engine.training.data.layout import Layout, patient_of
from engine.training.data.parallel import Outcome, read_many
from engine.training.truth import read_truth
from engine.types import InputFormat

_SUFFIXES = {".png", ".jpg", ".jpeg", ".tif", ".tiff", ".dcm"}


def list_folder(root: Path, layout: Layout, *, title: str) -> Listing:
    """All films below a folder, in the order of their names."""
    entries, unread = asked_for(_entries(root, layout), layout.splits)
    read = file_reader(entries, layout.input)
    truth = read_truth(root)
    return Listing(title, entries, read, truth, unread=unread, wanted=layout.folders)


def has_classes(root: Path, layout: Layout) -> bool:
    """Whether a folder is laid out by class, or at least by split."""
    wanted = {*SPLITS, *(folder.lower() for folder in layout.folders)}
    return any(one.is_dir() and one.name.lower() in wanted for one in root.iterdir())


def descend(root: Path) -> Path:
    """Enter folders that hold nothing but one other folder, as archives often do."""
    inside = [path for path in root.iterdir() if not path.name.startswith(".")]
    return descend(inside[0]) if len(inside) == 1 and inside[0].is_dir() else root


def file_reader(entries: Sequence[Entry], fmt: InputFormat) -> Callable[[int], Iterator[Outcome]]:
    """What `Listing.read` asks for, of films that are files of their own."""
    return lambda workers: read_many([one.path for one in entries], fmt, workers=workers)


def _entries(root: Path, layout: Layout) -> Iterator[Entry]:
    """List the films in the order of their names, so that every machine sees the same set."""
    split_folders = {split: root / split for split in SPLITS if (root / split).is_dir()}
    places: dict[Split, Path] = split_folders or {"train": root}
    for split, place in places.items():
        for label, folder in enumerate(layout.folders):
            for path in sorted(_inside(place, folder)):
                if path.suffix.lower() in _SUFFIXES and path.is_file():
                    name = path.relative_to(root).as_posix()
                    yield Entry(path, label, split, name, patient_of(name, layout.patient))


def _inside(place: Path, folder: str) -> Iterator[Path]:
    for one in place.iterdir():
        if one.name.lower() == folder.lower():
            yield from one.rglob("*")
