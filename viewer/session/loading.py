"""Reading off the GUI thread: files found, surveyed, loaded."""

import os
import sys
import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NewType

import numpy as np

import engine  # demo_part loads pydicom as soon as it is named
from engine import ImageError
from engine.bundle import is_bundle
from engine.imaging import (
    Listing,
    StoredFrame,
    file_stamp,
    film_key,
    first_image,
    is_directory_file,
    is_zip,
    list_images,
    presentations_beside,
    read_directory,
    read_frame,
    read_image,
    thumbnail,
    try_again,
    unpack,
    window_menu,
)
from engine.preparation import prepare
from engine.types import Frame, Image, ModelInfo, PreparedFilm, Voi, Window
from viewer.ahead import await_demo
from viewer.kit.language import told
from viewer.kit.rendering import Pyramid, build_pyramid

# ----------------------------------------------------------------------- content of files
# What a film is, and what is known of the files of the list that hold films.
#
# A film is what it holds, not what it is called: a file may be overwritten under its name, and a
# copy has another name. A path only says where a file was found.

Content = NewType("Content", str)  # one frame by what it holds: the key of all that is known of it
NOT_KNOWN: Final = Content("")  # of a file that was not read yet, or cannot be
Stamp = tuple[int, int, int, int]  # as `engine.imaging.file_stamp` makes it


@dataclass(frozen=True, slots=True)
class Known:
    """A file as it was read.

    Attributes:
        stamp: Of the file at that time; None where it could not be told.
        key: The first frame; `NOT_KNOWN` until it was read, or where the file cannot be read.
    """

    stamp: Stamp | None
    key: Content = NOT_KNOWN


def content_of(frame: Frame) -> Content:
    """What a frame is: its pixels, header and number (`engine.imaging.film_key`)."""
    return Content(film_key(frame))


class KnownFilms:
    """Files by path, and by what their first frame holds: two names may hold one film."""

    def __init__(self) -> None:
        self._known: dict[Path, Known] = {}
        self._paths: dict[Content, set[Path]] = {}

    def note(self, path: Path, known: Known) -> None:
        """Remember what a file was when it was read."""
        self.forget(path)
        self._known[path] = known
        if known.key:
            self._paths.setdefault(known.key, set()).add(path)

    def forget(self, path: Path) -> None:
        """The file holds something else now."""
        known = self._known.pop(path, None)
        if known is not None and known.key:
            self._paths[known.key].discard(path)

    def of(self, path: Path) -> Known | None:
        """What is known of a file."""
        return self._known.get(path)

    def holding(self, key: Content) -> tuple[Path, ...]:
        """The files whose first frame is this one."""
        return tuple(self._paths.get(key, ()))


# -------------------------------------------------------------------------- reading films
# What the session asks for off the GUI thread: plain functions from paths to values.

TRIES = 3  # readings of a file that is written to at the same time
DEMO_PARTS: Final = 9  # as `engine.phantoms` has them, which would load pydicom here
THUMBNAIL = 240  # pixels of the longest side, enough for two times scaled screens


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """One frame ready to be shown.

    Attributes:
        vois: What the window menu offers (`engine.imaging.window_menu`).
        voi: The one to start with.
        key: What the frame is: answers belong to it, not to a path.
        stamp: Of the file when it was read.
    """

    frame: Frame
    pyramid: Pyramid
    vois: tuple[Voi, ...]
    voi: Voi
    key: Content = NOT_KNOWN
    stamp: Stamp | None = None


def same_file(before: Film, now: Film) -> bool:
    """Whether two frames come from one file that was not written to in between."""
    paths = before.frame.image.path == now.frame.image.path
    return paths and (before.stamp == now.stamp or before.key == now.key != NOT_KNOWN)


def film_of(stored: StoredFrame, like: Film | None, auto: Window | None) -> Film:
    """A frame of a stack that is in memory, ready to be shown; its content is not known yet.

    Args:
        stored: The frame.
        like: A film of the same stack, whose menu of windows is this one's, too.
        auto: The automatic window of the stack.
    """
    frame = stored.frame()
    pyramid = build_pyramid(frame)
    if like is None:
        menu = window_menu(frame, auto)
        return Film(frame, pyramid, menu.vois, menu.first, stamp=stored.stamp)
    own, rest = frame.header.voi, like.vois[len(like.frame.header.voi) :]
    computed = any(like.voi is voi for voi in rest)
    first = like.voi if computed or not own else own[0]
    return Film(frame, pyramid, (*own, *rest), first, stamp=stored.stamp)


def with_auto(film: Film, auto: Window | None) -> Film:
    """A film whose automatic window is that of its stack."""
    if auto is None or film.frame.colour is not None:
        return film
    old = next((voi for voi in film.vois if isinstance(voi, Window) and voi.kind == "auto"), None)
    vois = tuple(auto if voi is old else voi for voi in film.vois)
    return replace(film, vois=vois, voi=auto if film.voi is old else film.voi)


@dataclass(frozen=True, slots=True)
class Found:
    """What lies under the paths that somebody opened: films, bundles, and what is neither.

    Attributes:
        passed_over: One sentence about files of folders that hold no image, or nothing.
        presentations: Files that say how others are shown, also those beside a film.
        joined: Those that were not named themselves: raster files among them may be series.
        failures: Archives that cannot be opened.
        lost: One sentence about files that a DICOMDIR names and that are not there, or about
            archives within archives, or nothing.
    """

    films: tuple[Path, ...]
    models: tuple[Path, ...] = ()
    passed_over: str = ""
    presentations: tuple[Path, ...] = ()
    joined: tuple[Path, ...] = ()
    failures: tuple[ImageError, ...] = ()
    lost: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found, and nothing that would have to be said of it."""
        there = self.films or self.models or self.presentations
        return not (there or self.failures or self.lost)


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What the worklist shows of a file, and what the model needs of it; see `Film`."""

    image: Image
    thumbnail: np.ndarray
    prepared: PreparedFilm | None
    key: Content = NOT_KNOWN
    stamp: Stamp | None = None


def list_files(paths: tuple[Path, ...]) -> Found:
    """The paths themselves, and the files below those that are folders, each once.

    A folder that is a bundle is a model, whatever else lies in it.
    """
    models = tuple(path for path in paths if is_bundle(path))
    given = [path for path in paths if path not in models]
    try_again(given)  # they were asked for
    listed: dict[Path, bool] = {}  # whether a folder was asked for
    states: dict[Path, None] = {}
    words, lost, failures = [], [], []
    for path in given:
        try:
            listing, gone = _listed(path)
        except ImageError as error:
            failures.append(error)
            continue
        words += [listing.words] if listing.words else []
        lost += [gone] if gone else []
        states |= dict.fromkeys(file.absolute() for file in listing.presentations)
        for file in listing.files:
            listed.setdefault(file.absolute(), file != path)
    alone = [film for film, found in listed.items() if not found]
    for film in {film.parent: film for film in alone}.values():
        states |= dict.fromkeys(presentations_beside(film))
    films, joined = tuple(listed), tuple(film for film, found in listed.items() if found)
    return Found(
        films,
        models,
        " ".join(words),
        tuple(states),
        joined=joined,
        failures=tuple(failures),
        lost=" ".join(lost),
    )


def first_film(paths: tuple[Path, ...]) -> Path | None:
    """A film of a large folder that can be shown before all of its files are looked at."""
    path = paths[0]
    if not path.is_dir() or is_bundle(path):
        return None
    found = first_image(path)
    return found.absolute() if found is not None else None


def _listed(path: Path) -> tuple[Listing, str]:
    """The files that a path stands for, and one sentence about those that are not there."""
    if is_directory_file(path):
        directory = read_directory(path)
        words = told(directory.words) if directory.words is not None else ""
        return list_images(directory.files), words
    if is_zip(path):
        unpacked = unpack(path)
        words = told(unpacked.words) if unpacked.words is not None else ""
        return list_images((unpacked.folder,)), words
    return list_images((path,)), ""


def load_film(path: Path, index: int) -> Film:
    """Read and decode one frame and prepare it for drawing.

    Raises:
        ImageError: One sentence that names the file.
    """
    frame, stamp = _read(path, index)
    menu = window_menu(frame)
    pyramid = build_pyramid(frame)
    return Film(frame, pyramid, menu.vois, menu.first, key=content_of(frame), stamp=stamp)


def survey(path: Path, model: ModelInfo | None, index: int = 0) -> Survey:
    """Read a frame of a file for the worklist.

    Raises:
        ImageError: One sentence that names the file.
    """
    frame, stamp = _read(path, index)
    prepared = prepare(frame, model) if model else None
    picture = thumbnail(frame, THUMBNAIL)
    return Survey(frame.image, picture, prepared, key=content_of(frame), stamp=stamp)


def stamps_of(paths: tuple[Path, ...]) -> dict[Path, Stamp]:
    """The files as they are on disk now; those that cannot be asked are left out."""
    found = ((path, file_stamp(path)) for path in paths)
    return {path: stamp for path, stamp in found if stamp is not None}


def draw_demo(folder: Path, place: int) -> Found:
    """Draw one of the `DEMO_PARTS` of the demo study into a folder, unless it is there."""
    return Found(tuple(engine.phantoms.demo_part(folder, place)))


def first_of_demo(folder: Path) -> Path:
    """The film of the demo study that is shown before the others are drawn."""
    await_demo()
    return draw_demo(folder, 0).films[0]


def _read(path: Path, index: int) -> tuple[Frame, Stamp | None]:
    """One frame with the stamp of the file that it came from, read anew where that changed."""
    before = file_stamp(path)
    for _ in range(TRIES):
        frame = read_frame(read_image(path), index)
        after = file_stamp(path)
        if after == before:
            break
        before = after
    return frame, before


# ------------------------------------------------------------------------------- storages
# Which storage a path lies on, told from its text: a share that hangs is not asked.

_MOUNTS: Final = Path("/proc/self/mounts")
_FRESH: Final = 1.0  # seconds that the table of mounts is believed
_MAC: Final = "/Volumes/"


class Storages:
    """Names the storage of paths: a mount point, a drive, a share.

    Args:
        mounts: Table of what is mounted where, in the form of Linux; where there is none,
            drives and macOS's volumes tell storages apart.
    """

    def __init__(self, mounts: Path = _MOUNTS) -> None:
        self._mounts = mounts
        self._points: tuple[str, ...] = ()
        self._read_at = -_FRESH

    def of(self, path: Path) -> str:
        """The place below which the storage of a path lies; links are not followed."""
        text = os.path.abspath(path)  # noqa: PTH100 - Path.absolute keeps "..", resolve asks the disk
        if sys.platform == "win32":
            return Path(text).anchor
        if text.startswith(_MAC):
            return _MAC + text.removeprefix(_MAC).partition("/")[0]
        inside = (point for point in self._table() if _lies_in(text, point))
        return max(inside, key=len, default="/")

    def _table(self) -> tuple[str, ...]:
        now = time.monotonic()
        if now - self._read_at >= _FRESH:
            self._read_at = now
            self._points = _mount_points(self._mounts)
        return self._points


def _lies_in(text: str, point: str) -> bool:
    return text == point or text.startswith(point.rstrip("/") + "/")


def _mount_points(table: Path) -> tuple[str, ...]:
    """The second column; blanks in it are written in octal (fstab(5))."""
    try:
        lines = table.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ()
    points = (line.split(" ")[1] for line in lines if line.count(" ") >= 2)
    return tuple(_without_octal(point) for point in points)


def _without_octal(text: str) -> str:
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        text = text.replace(code, letter)
    return text
