"""Frame → what the models need of it: the one way from a film to its checks and rows, no torch.

A window prepares a film in its own process and hands the result to the one that keeps the models;
the command line does both in one. So both ask the same of every film.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from engine.errors import BundleError
from engine.metadata import METADATA, WEIGHTS, read_metadata
from engine.metadata.files import stamp
from engine.metadata.folders import bundle_folders
from engine.sequence import refusal, to_sequence
from engine.suitability import film_checks
from engine.types import FilmRows, Frame, InputFormat, ModelInfo, PreparedFilm, RowSequence


def prepare(frame: Frame, model: ModelInfo) -> PreparedFilm:
    """Ask header and pixels, and lay the film on the grids of all models that will be asked.

    Args:
        frame: Pixels and header of one frame.
        model: The one that was chosen.
    """
    made: dict[InputFormat, RowSequence] = {}

    def rows_of(one: ModelInfo) -> FilmRows:
        checks = film_checks(
            frame.image, one.input, limits=one.limits, population=one.population, frame=frame
        )
        grid = _grid(one.input)
        if grid not in made:
            made[grid] = to_sequence(frame, grid)
        return FilmRows(one.name, checks, made[grid])

    own = rows_of(model)
    others = tuple(rows_of(one) for one in _others(model, frame))
    return PreparedFilm(frame.image, frame.index, own, others)


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


def _others(model: ModelInfo, frame: Frame) -> Iterator[ModelInfo]:
    """Models that may have something to say about a film: those whose grid it fills."""
    for one in installed_models():
        if one.path != model.path and refusal(frame.image, one.input, frame) is None:
            yield one


def _grid(fmt: InputFormat) -> InputFormat:
    """The format without what does not change the rows, so that equal grids are made once."""
    multiple = fmt.rows_multiple if fmt.aspect == "keep" else 1
    return InputFormat(
        fmt.rows, fmt.columns, fmt.intensity, aspect=fmt.aspect, rows_multiple=multiple
    )


@lru_cache(maxsize=64)
def _metadata(folder: Path, _stamps: tuple[tuple[int, int, int], ...]) -> ModelInfo:
    return read_metadata(folder)
