"""Frame → what the models need of it: the one way from a film to its checks and rows, no torch.

A window prepares a film in its own process and hands the result to the one that keeps the models;
the command line does both in one. So both ask the same of every film.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from engine.errors import BundleError
from engine.metadata import METADATA, WEIGHTS, read_metadata
from engine.metadata.files import stamp
from engine.metadata.folders import bundle_folders
from engine.sequence import Averages, refusal, to_sequence
from engine.suitability import Seen, film_checks
from engine.types import Check, FilmRows, Frame, ModelInfo, PreparedFilm

_SIDE = 256  # pixels of the shorter side that are enough to find out which other model fits


def prepare(frame: Frame, model: ModelInfo) -> PreparedFilm:
    """Ask header and pixels, and lay the film on the grids of all models that will be asked.

    The model and its gate get the film as it is. Those that may fit better, which only a film
    without an answer needs, get it reduced: that costs little, and they answer for the whole film
    once they are chosen.

    Args:
        frame: Pixels and header of one frame.
        model: The one that was chosen.
    """
    averages: Averages = {}
    checks = _checks(frame, model, Seen(frame))
    own = FilmRows(model.name, checks, to_sequence(frame, model.input, averages))
    others = tuple(_others(frame, model, averages))
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


def _others(frame: Frame, model: ModelInfo, averages: Averages) -> Iterator[FilmRows]:
    """Rows for the models that may have something to say of a film: those whose grid it fills."""
    sampled, averaged = _sampled(frame), _averaged(frame)
    seen, reduced = Seen(sampled), averages if averaged is frame else {}
    wanted = model.gate.model if model.gate else ""
    for one in installed_models():
        if one.path == model.path or refusal(frame.image, one.input, sampled) is not None:
            continue
        whole = (frame, averages) if one.name == wanted else (averaged, reduced)
        rows = to_sequence(whole[0], one.input, whole[1])
        yield FilmRows(one.name, _checks(sampled, one, seen), rows)


def _checks(frame: Frame, model: ModelInfo, seen: Seen) -> tuple[Check, ...]:
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
        values=frame.values[::step, ::step],
        colour=None if colour is None else colour[::step, ::step],
        valid=None if valid is None else valid[::step, ::step],
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
    return replace(frame, values=values, colour=None, valid=kept)


@lru_cache(maxsize=64)
def _metadata(folder: Path, _stamps: tuple[tuple[int, int, int], ...]) -> ModelInfo:
    return read_metadata(folder)
