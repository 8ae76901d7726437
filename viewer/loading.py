"""What the session asks for off the GUI thread: plain functions from paths to values."""

from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import numpy as np

import engine  # demo_study loads pydicom as soon as it is named
from engine import (
    Analysis,
    Frame,
    Image,
    ModelInfo,
    RowSequence,
    Trust,
    Voi,
    Window,
    auto_window,
    default_voi,
    film_checks,
    image_files,
    is_bundle,
    read_frame,
    read_image,
    reasons_of,
    thumbnail,
    to_sequence,
)
from viewer.listing import Stamp
from viewer.rendering import Pyramid, build_pyramid

FILES_PER_FOLDER = 5_000
TRIES = 3  # readings of a file that is written to at the same time
THUMBNAIL = 240  # pixels of the longest side, enough for two times scaled screens


@dataclass(frozen=True, slots=True, eq=False)
class Film:
    """One frame ready to be shown.

    Attributes:
        vois: What the window menu offers: the header's own, then auto, then the full range.
        voi: The one to start with.
        key: Hash of pixels and header (`engine.film_key`): answers belong to it, not to a path.
        stamp: Of the file when it was read.
    """

    frame: Frame
    pyramid: Pyramid
    vois: tuple[Voi, ...]
    voi: Voi
    key: str = ""
    stamp: Stamp | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Prepared:
    """A frame as a model reads it, and what header and pixels say for and against that.

    Attributes:
        sequence: None where a check failed: then the model abstains without reading.
        trust: The checks that were made so far.
    """

    image: Image
    index: int
    sequence: RowSequence | None
    trust: Trust


@dataclass(frozen=True, slots=True)
class Found:
    """What lies under the paths that somebody opened: files that may be films, and bundles."""

    films: tuple[Path, ...]
    models: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """What the study list shows of a file, and what the model needs of it; see `Film`."""

    image: Image
    thumbnail: np.ndarray
    prepared: Prepared | None
    key: str = ""
    stamp: Stamp | None = None


def list_files(paths: tuple[Path, ...]) -> Found:
    """The paths themselves, and the files below those that are folders, each once.

    A folder that is a bundle is a model, whatever else lies in it.
    """
    models = tuple(path for path in paths if is_bundle(path))
    folders = (path for path in paths if path not in models)
    found = (islice(image_files((path,)), FILES_PER_FOLDER) for path in folders)
    films = dict.fromkeys(file.absolute() for file in chain.from_iterable(found))
    return Found(tuple(films), models)


def load_film(path: Path, index: int) -> Film:
    """Read and decode one frame and prepare it for drawing.

    Raises:
        ImageError: One sentence that names the file.
    """
    frame, stamp = _read(path, index)
    voi = default_voi(frame)
    computed = (auto_window(frame), _full_range(frame))
    # The one to start with may be one of these: the menu then marks it.
    others = tuple(voi if other.explanation == voi.explanation else other for other in computed)
    vois = (*frame.image.voi, *others)
    return Film(frame, build_pyramid(frame), vois, voi, key=film_key(frame), stamp=stamp)


def prepare(frame: Frame, model: ModelInfo) -> Prepared:
    """Turn a frame into the rows that a model reads, unless the model abstains."""
    checks = film_checks(frame.image, model.input, limits=model.limits, frame=frame)
    trust = Trust(checks, reasons_of(checks))
    sequence = None if trust.abstains else to_sequence(frame, model.input)
    return Prepared(frame.image, frame.index, sequence, trust)


def survey(path: Path, model: ModelInfo | None) -> Survey:
    """Read a file for the study list.

    Raises:
        ImageError: One sentence that names the file.
    """
    frame, stamp = _read(path, 0)
    prepared = prepare(frame, model) if model else None
    picture = thumbnail(frame, THUMBNAIL)
    return Survey(frame.image, picture, prepared, key=film_key(frame), stamp=stamp)


def stamps_of(paths: tuple[Path, ...]) -> dict[Path, Stamp]:
    """The files as they are on disk now; those that cannot be asked are left out."""
    found = ((path, _stamp(path)) for path in paths)
    return {path: stamp for path, stamp in found if stamp is not None}


def draw_demo(folder: Path) -> Found:
    """Draw the demo study into a folder, unless it is there."""
    return Found(tuple(engine.demo_study(folder)))


def _read(path: Path, index: int) -> tuple[Frame, Stamp | None]:
    """One frame with the stamp of the file that it came from, read anew where that changed."""
    before = _stamp(path)
    for _ in range(TRIES):
        frame = read_frame(read_image(path), index)
        after = _stamp(path)
        if after == before:
            break
        before = after
    return frame, before


def _full_range(frame: Frame) -> Window:
    low, high = float(frame.values.min()), float(frame.values.max())
    return Window((low + high) / 2, max(high - low, 1e-6), "full range", "LINEAR_EXACT")


def _stamp(path: Path) -> Stamp | None:
    try:
        return file_stamp(path)
    except OSError:
        return None


def film_key(frame: Frame) -> str:
    """TEMPORARY until engine.film_key is there."""
    import hashlib
    from dataclasses import replace

    digest = hashlib.sha256(repr(replace(frame.image, path=Path())).encode())
    digest.update(frame.values.tobytes())
    return digest.hexdigest()


def file_stamp(path: Path) -> Stamp:
    """TEMPORARY until engine.file_stamp is there."""
    status = path.stat()
    return (status.st_size, status.st_mtime_ns, status.st_ino)


def analyse_rows(model: Path, prepared: Prepared) -> Analysis:
    """TEMPORARY until engine.analyse_rows takes a prepared film."""
    if prepared.sequence is None:
        from viewer.readings import abstention

        return abstention(
            prepared.image, prepared.index, engine.read_metadata(model), prepared.trust
        )
    return engine.analyse_rows(
        model,
        prepared.image,
        prepared.index,
        sequence=prepared.sequence,
        checks=prepared.trust.checks,
    )
