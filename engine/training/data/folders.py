"""Films in folders: one folder per class, or `train`, `val` and `test` folders of these.

Films are found as the viewer finds them, by content; a file that is not used is told with its
reason. Splits go by their usual names (`SPLIT_WORDS`), whatever their capitals.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from engine.imaging import look_through
from engine.training.data.entries import Entry, Listing, asked_for, counted
from engine.training.data.films import Split, Unused
from engine.training.data.layout import Layout, patient_of
from engine.training.data.parallel import Outcome, read_many
from engine.training.truth import TABLE, read_truth
from engine.types import InputFormat

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


def list_folder(root: Path, layout: Layout, *, title: str) -> Listing:
    """All films below a folder, in the order of their names."""
    unused: list[tuple[str, str]] = []
    entries, unread = asked_for(_entries(root, layout, unused), layout.splits)
    return Listing(
        title,
        entries,
        file_reader(layout.input),
        read_truth(root),
        unread=unread,
        wanted=layout.folders,
        unused=counted(unused),
    )


def has_classes(root: Path, layout: Layout) -> bool:
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


def not_listed(root: Path, listing: Listing, *, but: Path) -> tuple[Unused, ...]:
    """Files beside a table that none of its lines names; they are not looked into."""
    known = {entry.path for entry in listing.entries} | {but, root / TABLE}
    others = (path for path in sorted(root.rglob("*")) if path not in known and path.is_file())
    return counted(
        [("in no line of the table", one.relative_to(root).as_posix()) for one in others]
    )


def _entries(root: Path, layout: Layout, unused: list[tuple[str, str]]) -> Iterator[Entry]:
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
        why = no_image or _misplaced(parts[0], place, inside, by_name)
        if path == root / TABLE:
            continue
        if why or place is None:
            unused.append((why, name))
            continue
        label = by_name[inside[0].casefold()]
        entry = Entry(path, label, place, name, patient_of(name, layout.patient))
        found.append(((order.index(place), label, path), entry))
    for _, entry in sorted(found, key=lambda one: one[0]):
        yield entry


def _misplaced(
    first: str, place: Split | None, inside: Sequence[str], classes: dict[str, int]
) -> str:
    """Why an image belongs to no class; "" if it does."""
    if place is None:
        return f"in “{first}”, which is none of the folders train, val and test"
    if len(inside) < 2:
        return "in no folder of a class"
    if inside[0].casefold() not in classes:
        return f"in “{inside[0]}”, which is none of the recipe's classes"
    return ""
