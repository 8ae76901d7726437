"""Frame → what the models need of it: the one way from a film to its checks and rows, no torch.

A window prepares a film in its own process and hands the result to the one that keeps the models;
the command line does both in one. So both ask the same of every film.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.bundle import METADATA, WEIGHTS, bundle_folders, read_metadata, stamp
from engine.errors import BundleError, ImageError
from engine.imaging import read_frame, read_image
from engine.sequence import GIVEN, Shared, refusal, to_sequence, whole_range
from engine.suitability import PixelsSeen, film_checks
from engine.types import Check, FilmRows, Frame, FrameHeader, Image, ModelInfo, PreparedFilm

Source = str | Path | Frame | NDArray[Any]

_SIDE = 256  # pixels of the shorter side that are enough to find out which other model fits


def prepare(frame: Frame, model: ModelInfo) -> PreparedFilm:
    """Ask header and pixels, and lay the film on the grids of the models that will be asked.

    The model and its admission check get the film as it is. Those that may fit better, which
    only a film without an answer needs, get it reduced and when they are asked for: that costs
    little, and they answer for the whole film once they are chosen.

    Args:
        frame: Pixels and header of one frame.
        model: The one that was chosen.
    """
    seen = PixelsSeen(frame)
    shared, checks = Shared(seen.ends), _checks(frame, model, seen)
    own = FilmRows(model.name, checks, to_sequence(frame, model.input, shared))
    others = _others(frame, model, shared)
    return PreparedFilm(frame.image, frame.index, own, others, frame.header)


def installed_models() -> tuple[ModelInfo, ...]:
    """Metadata of the models that are known by name; read anew only when their files change."""
    found = []
    for folder in bundle_folders():
        try:
            stamps = tuple(stamp(folder, name) for name in (METADATA, WEIGHTS))
            found.append(_metadata(folder, stamps))
        except BundleError:
            continue
    return tuple(found)


@dataclass(frozen=True, slots=True, eq=False)
class _Others:
    """Rows for the models that may have something to say of a film: those whose grid it fills.

    The admission check comes first; the others are laid out when somebody goes on to them.

    Attributes:
        model: Folder of the one that was chosen.
        admission: The film for its admission check; None where there is none, or the film does
            not fill its grid.
        sampled, averaged: The film reduced.
    """

    model: Path
    admission: FilmRows | None
    sampled: Frame
    averaged: Frame

    def __iter__(self) -> Iterator[FilmRows]:
        if self.admission is not None:
            yield self.admission
        seen, shared = PixelsSeen(self.sampled), Shared()
        for one in installed_models():
            known = self.admission is not None and one.name == self.admission.model
            if not known and one.path != self.model and _fills(self.sampled, one):
                rows = to_sequence(self.averaged, one.input, shared)
                yield FilmRows(one.name, _checks(self.sampled, one, seen), rows)


def _others(frame: Frame, model: ModelInfo, shared: Shared) -> _Others:
    wanted, admission = model.admission.model if model.admission else "", None
    sampled = _sampled(frame)
    for one in installed_models():
        if one.name == wanted and one.path != model.path and _fills(sampled, one):
            checks = _checks(sampled, one, PixelsSeen(sampled))
            admission = FilmRows(one.name, checks, to_sequence(frame, one.input, shared))
    return _Others(model.path, admission, sampled, _averaged(frame))


def _fills(sampled: Frame, model: ModelInfo) -> bool:
    # What a film shows is asked of models that say one of several classes.
    return model.objective.plain and refusal(sampled.image, model.input, sampled) is None


def _checks(frame: Frame, model: ModelInfo, seen: PixelsSeen) -> tuple[Check, ...]:
    """Everything that a model asks of header and pixels."""
    return film_checks(
        frame.image,
        model.input,
        limits=model.limits,
        population=model.population,
        frame=frame,
        seen=seen,
    )


def _step(frame: Frame) -> int:
    rows, columns = frame.values.shape
    return max(int(min(rows, columns)) // _SIDE, 1)


def _sampled(frame: Frame) -> Frame:
    """Every so many pixels, with the values that they have: for what is asked of values."""
    step = _step(frame)
    if step == 1:
        return frame
    colour, valid = frame.colour, frame.valid
    return replace(
        frame,
        values=np.ascontiguousarray(frame.values[::step, ::step]),
        colour=None if colour is None else np.ascontiguousarray(colour[::step, ::step]),
        valid=None if valid is None else np.ascontiguousarray(valid[::step, ::step]),
        exact=None,
    )


def _averaged(frame: Frame) -> Frame:
    """Averages of blocks of pixels: for rows. Less than a block at the far edges is left out."""
    step = _step(frame)
    if step == 1:
        return frame
    rows, columns = (size // step for size in frame.values.shape)
    shape, taken = (rows, step, columns, step), (slice(rows * step), slice(columns * step))
    parts = frame.values[taken].reshape(rows, step, -1)
    down = np.add.reduce(parts, axis=1).reshape(rows, columns, step)
    total = down[..., 0].copy()
    for place in range(1, step):
        total += down[..., place]
    values = total / np.float32(step**2)
    valid = frame.valid
    kept = None if valid is None else np.all(valid[taken].reshape(shape), axis=(1, 3))
    return replace(frame, values=values, colour=None, valid=kept, exact=None)


def frame_of(
    source: Source, index: int = 0, value_range: tuple[float, float] | None = None
) -> Frame:
    """The frame that a source is, or holds.

    Args:
        source: A frame; the path of an image; or an array (R, C) of modality values, bright =
            radio-opaque.
        index: Of a file with many, counted from 0.
        value_range: What the type of an array can hold, see `engine.Model`.

    Raises:
        ImageError: It cannot be read as an image.
    """
    if isinstance(source, Frame):
        return source
    if isinstance(source, str | Path):
        return read_frame(read_image(source), index)
    return _frame_of_array(np.asarray(source), value_range)


def _frame_of_array(array: NDArray[Any], value_range: tuple[float, float] | None) -> Frame:
    if array.ndim != 2 or array.size == 0 or array.dtype.kind not in "buif":
        raise ImageError(
            "An array of shape {array} and type {dtype} is no film; give numbers in"
            " rows × columns.",
            "unsupported",
            array=array.shape,
            dtype=array.dtype,
        )
    with np.errstate(over="ignore"):  # a number beyond float32 is not finite
        values = array.astype(np.float32)
    low, high = value_range or _range_of(array)
    if not np.isfinite(values).all():
        raise ImageError("The array holds values that are not finite; replace them.", "damaged")
    if not (np.isfinite((low, high)).all() and low <= high):
        raise ImageError(
            "{low} to {high} is no range of values; give low, high.", "damaged", low=low, high=high
        )
    rows, columns = values.shape
    image = Image(
        path=Path("array"),
        format=GIVEN,
        encoding="in memory",
        frame_count=1,
        rows=rows,
        columns=columns,
        bits_stored=8 * array.dtype.itemsize,
        photometric="MONOCHROME2",
    )
    return Frame(image, 0, values, header=FrameHeader((float(low), float(high))))


def _range_of(array: NDArray[Any]) -> tuple[float, float]:
    low, high = float(array.min()), float(array.max())
    if array.dtype.kind == "f" and not (np.isfinite((low, high)).all() and _as_integers(array)):
        return (0.0, 1.0) if low >= 0.0 and high <= 1.0 else (low, high)
    return (0.0, 1.0) if array.dtype.kind == "b" else whole_range(low, high)


def _as_integers(array: NDArray[Any]) -> bool:
    """Whether fractions are those of a film that was stored in integers: bytes made smaller."""
    low, high = float(array.min()), float(array.max())
    return high > 1.0 and (low >= 0.0 or bool(np.all(array == np.rint(array))))


@lru_cache(maxsize=64)
def _metadata(folder: Path, _stamps: tuple[tuple[int, int, int], ...]) -> ModelInfo:
    return read_metadata(folder)
