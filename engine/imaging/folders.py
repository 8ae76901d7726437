"""Which files of a folder are images, by their content, and in which order they are read."""

import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from engine.imaging.dicom.scan import is_dicom, media_class, series_and_number
from engine.imaging.raster import is_raster
from engine.imaging.source import RefusedError

# Folders of previews and waste that systems make by themselves.
_NOT_OURS = frozenset({"@eadir", "__macosx", "$recycle.bin", "lost+found", "#recycle"})
# A file that is named like an image is not passed over in silence: reading it says what is wrong.
_NAMED_LIKE_IMAGES = frozenset(
    {".dcm", ".dicom", ".dic", ".ima", ".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff"}
)
# SOP classes without an image (PS3.4 B.5): directories, reports, presentation states, documents,
# waveforms, registrations, raw data, structures and plans of radiotherapy.
_NO_IMAGE = (
    "1.2.840.10008.1.3.10",
    *(
        f"1.2.840.10008.5.1.4.1.1.{number}"
        for number in ("9.", "11.", "66", "67", "88.", "104.", "481.3", "481.4", "481.5", "481.8")
    ),
)
_WITH_IMAGE = ("1.2.840.10008.5.1.4.1.1.66.4",)  # a segmentation
# Softcopy presentation states of grey and of colour images (PS3.4 B.5).
_PRESENTATIONS = ("1.2.840.10008.5.1.4.1.1.11.1", "1.2.840.10008.5.1.4.1.1.11.2")
_MOST_BESIDE = 2_000  # files of a folder in which one was opened
_REASONS = {
    "unknown-format": "neither DICOM nor PNG, JPEG or TIFF",
    "no-pixels": "DICOM without an image",
    "not-a-file": "no regular file",
}
_HEAD = 512
_FEW = 64  # files of a folder that are all looked at before the first one is shown
_FIRST = 8  # images of a larger folder from which the first one is chosen
_NUMBERS = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Listing:
    """The images under some paths.

    Attributes:
        files: In reading order.
        passed_over: How many files of the folders hold no image.
        presentations: Files that say how images are shown; in no particular order.
    """

    files: tuple[Path, ...]
    passed_over: int = 0
    presentations: tuple[Path, ...] = ()

    @property
    def words(self) -> str:
        """One sentence about what was passed over; empty if nothing was."""
        if not self.passed_over:
            return ""
        if self.passed_over == 1:
            return "One file holds no image and was passed over."
        return f"{self.passed_over:,} files hold no image and were passed over."


def list_images(paths: Iterable[Path]) -> Listing:
    """The paths themselves, and of folders the images below them, each once.

    Content decides, not the name; hidden files are passed over. Names are in natural order (IM2
    before IM10), films of one series within a folder in the order of their Instance Numbers. A
    path that is named itself is always taken, so that it can be said what is wrong with it.
    Presentation states are no films: they are told apart.
    """
    files: dict[Path, None] = {}
    states: list[Path] = []
    passed = 0
    for path in paths:
        if not os.path.isdir(path):  # noqa: PTH112 - Path.is_dir raises where it may not look
            if is_presentation(path):
                states.append(path)
            else:
                files[path] = None
            continue
        found = _Below()
        found.walk(path)
        passed += found.passed_over
        states += found.presentations
        files.update(dict.fromkeys(_in_order(found.files)))
    return Listing(tuple(files), passed, tuple(dict.fromkeys(states)))


def look_through(root: Path) -> Iterator[tuple[Path, str]]:
    """Every file below a folder in the order of names, and why it is no image; "" if it is one.

    Content decides, as in `list_images`. Hidden files and those that systems make by themselves
    are looked at no further. A file that is named like an image, or cannot be looked at, counts
    as one: reading it says what is wrong.
    """
    for folder, folders, names in os.walk(root):
        folders.sort()
        for name in sorted(names):
            path = Path(folder, name)
            ours = not any(_is_hidden(part) for part in path.relative_to(root).parts)
            yield path, _no_image(path) if ours else "hidden, or made by a system for itself"


def first_image(folder: Path) -> Path | None:
    """An image to show before the others of a large folder are looked at.

    Of the first few by name it is the first in the order of `list_images`. None of a folder
    with few files, which are listed at once, and where there is no image among the first ones.
    """
    paths = list(islice(_by_name(folder), _FEW + 1))
    found = _Below()
    for path in paths if len(paths) > _FEW else ():
        found.look(path)
        if len(found.files) >= _FIRST:
            break
    return next(iter(_in_order(found.files)), None)


def _by_name(folder: Path) -> Iterator[Path]:
    """The files below a folder by name, links to folders left out."""
    try:
        with os.scandir(folder) as entries:
            ours = [entry for entry in entries if not _is_hidden(entry.name)]
    except OSError:
        return
    for entry in sorted(ours, key=lambda entry: _natural(entry.name)):
        if entry.is_dir(follow_symlinks=False):
            yield from _by_name(Path(entry.path))
        else:
            yield Path(entry.path)


def is_presentation(path: Path) -> bool:
    """Whether a file is a Softcopy Presentation State, by its first bytes.

    False where it cannot be read.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - as in `_place`; a pipe hangs
            return False
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return is_dicom(head) and media_class(head) in _PRESENTATIONS


def presentations_beside(path: Path) -> tuple[Path, ...]:
    """Return the presentation states in the folder of a film, by name; of a huge folder none."""
    found: list[Path] = []
    try:
        with os.scandir(path.parent) as entries:
            for number, entry in enumerate(entries):
                if number >= _MOST_BESIDE:
                    return ()
                if entry.is_file() and is_presentation(Path(entry.path)):
                    found.append(Path(entry.path))
    except OSError:
        return ()
    return tuple(sorted(found))


def image_files(paths: Iterable[Path]) -> Iterator[Path]:
    """The files of `list_images`."""
    return iter(list_images(paths).files)


@dataclass(slots=True)
class _Below:
    """What lies below one folder; `files` have the series and number of DICOM images."""

    files: dict[Path, tuple[str, int] | None] = field(default_factory=dict)
    passed_over: int = 0
    presentations: list[Path] = field(default_factory=list)

    def walk(self, root: Path) -> None:
        """Look at every file, links to folders left out."""
        for folder, folders, names in os.walk(root):
            ours = [name for name in folders if not _is_hidden(name)]
            for name in set(folders) - set(ours):
                self._count(Path(folder, name))
            folders[:] = ours
            for name in names:
                self.look(Path(folder, name))

    def _count(self, folder: Path) -> None:
        self.passed_over += sum(len(names) for _, _, names in os.walk(folder))

    def look(self, path: Path) -> None:
        """Look at one file."""
        if _is_hidden(path.name):
            self.passed_over += 1
            return
        try:
            self.files[path] = _place(path)
        except OSError:  # it cannot be read: reading it says why
            self.files[path] = None
        except RefusedError:
            if is_presentation(path):
                self.presentations.append(path)
            else:
                self.passed_over += 1


def _no_image(path: Path) -> str:
    try:
        _place(path)
    except OSError:
        return ""
    except RefusedError as refused:
        return _REASONS.get(refused.reason, "no image")
    return ""


def _is_hidden(name: str) -> bool:
    return name.startswith(".") or name.casefold() in _NOT_OURS


def _place(path: Path) -> tuple[str, int] | None:
    """Series and number of a DICOM image, None for any other image; refuses what is none."""
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - no Path method follows the style
        raise RefusedError("it is no regular file", "not-a-file")
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
        if is_raster(head) and not is_dicom(head):
            return None
        if is_dicom(head):
            kind = media_class(head)
            if kind.startswith(_NO_IMAGE) and not kind.startswith(_WITH_IMAGE):
                raise RefusedError("it is DICOM without an image", "no-pixels")
            return series_and_number(stream)
    if head and path.suffix.lower() not in _NAMED_LIKE_IMAGES:
        raise RefusedError("it is no image", "unknown-format")
    return None


def _in_order(found: dict[Path, tuple[str, int] | None]) -> list[Path]:
    """Natural order of names; the places that a series has there, by its Instance Numbers."""
    ordered = sorted(found, key=natural)
    slots: dict[tuple[Path, str], list[int]] = {}
    for place, path in enumerate(ordered):
        known = found[path]
        if known is not None:
            slots.setdefault((path.parent, known[0]), []).append(place)
    result = list(ordered)
    for places in slots.values():
        films = sorted((ordered[place] for place in places), key=lambda film: _number(found[film]))
        for place, film in zip(places, films, strict=True):
            result[place] = film
    return result


def _number(known: tuple[str, int] | None) -> int:
    return 0 if known is None else known[1]


def natural(path: Path) -> tuple[list[tuple[int, int, str]], str]:
    """Digits as numbers, letters without their case; the path itself where these are equal."""
    return [key for name in path.parts for key in _natural(name)], str(path)


def _natural(name: str) -> list[tuple[int, int, str]]:
    parts = (*_NUMBERS.split(name.casefold()), "")
    return [(0, int(part), "") if _is_number(part) else (1, 0, part) for part in parts]


def _is_number(part: str) -> bool:
    return part.isascii() and part.isdecimal() and len(part) < 20
