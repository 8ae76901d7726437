"""What the session asks for off the GUI thread: plain functions from paths to values."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

import engine  # demo_study loads pydicom as soon as it is named
from engine import (
    Frame,
    Image,
    ModelInfo,
    PreparedFilm,
    Voi,
    auto_window,
    default_voi,
    file_stamp,
    full_window,
    is_bundle,
    list_images,
    prepare,
    read_frame,
    read_image,
    thumbnail,
    try_again,
)
from viewer.listing import NOT_KNOWN, Content, Stamp, content_of
from viewer.rendering import Pyramid, build_pyramid

TRIES = 3  # readings of a file that is written to at the same time
THUMBNAIL = 240  # pixels of the longest side, enough for two times scaled screens


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """One frame ready to be shown.

    Attributes:
        vois: What the window menu offers: the header's own, then auto, then the full range.
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
    return paths and (before.stamp == now.stamp or before.key == now.key)


@dataclass(frozen=True, slots=True)
class Found:
    """What lies under the paths that somebody opened: films, bundles, and what is neither.

    Attributes:
        passed_over: One sentence about files of folders that hold no image, or nothing.
    """

    films: tuple[Path, ...]
    models: tuple[Path, ...] = ()
    passed_over: str = ""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What the study list shows of a file, and what the model needs of it; see `Film`."""

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
    try_again(path for path in paths if path not in models)  # they were asked for
    folders = (path for path in paths if path not in models)
    listing = list_images(folders)
    films = dict.fromkeys(file.absolute() for file in listing.files)
    return Found(tuple(films), models, listing.words)


def load_film(path: Path, index: int) -> Film:
    """Read and decode one frame and prepare it for drawing.

    Raises:
        ImageError: One sentence that names the file.
    """
    frame, stamp = _read(path, index)
    voi = default_voi(frame)
    computed = (auto_window(frame), full_window(frame))
    # The one to start with may be one of these: the menu then marks it.
    others = tuple(voi if other.explanation == voi.explanation else other for other in computed)
    vois = (*frame.header.voi, *others)
    return Film(frame, build_pyramid(frame), vois, voi, key=content_of(frame), stamp=stamp)


def survey(path: Path, model: ModelInfo | None) -> Survey:
    """Read a file for the study list.

    Raises:
        ImageError: One sentence that names the file.
    """
    frame, stamp = _read(path, 0)
    prepared = prepare(frame, model) if model else None
    picture = thumbnail(frame, THUMBNAIL)
    return Survey(frame.image, picture, prepared, key=content_of(frame), stamp=stamp)


def stamps_of(paths: tuple[Path, ...]) -> dict[Path, Stamp]:
    """The files as they are on disk now; those that cannot be asked are left out."""
    found = ((path, file_stamp(path)) for path in paths)
    return {path: stamp for path, stamp in found if stamp is not None}


def draw_demo(folder: Path) -> Found:
    """Draw the demo study into a folder, unless it is there."""
    return Found(tuple(engine.demo_study(folder)))


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
