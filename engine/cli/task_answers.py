"""What a task makes of a film, as the commands say it: cells of a table, pictures of masks."""

import math
from collections.abc import Sequence
from pathlib import Path

from engine.calibration import odds_of
from engine.errors import DataError
from engine.types import LabelAnswer, MeasuredValue, ModelInfo, TaskAnswer

_SHOWN = 4  # regions of a film in a cell


def cells(answer: TaskAnswer) -> list[str]:
    """What is answered, and a word on how sure that is."""
    if answer.labels:
        called = [one.label for one in answer.labels if one.called]
        odds = ", ".join(f"{one.label} {_asked(one)}" for one in answer.labels)
        return [", ".join(called) or "none", odds]
    if answer.values:
        one = answer.values
        return [", ".join(map(_measured, one)), ", ".join(filter(None, map(_between, one)))]
    regions = answer.regions
    names = dict.fromkeys(one.label for one in regions)
    counts = [f"{sum(one.label == name for one in regions)} × {name}" for name in names]
    odds = ", ".join(
        "–" if math.isnan(one.probability) else f"{one.probability:.2f}"
        for one in regions[:_SHOWN]
    )
    return [", ".join(counts) or "none", odds + ", …" * (len(regions) > _SHOWN)]


def _asked(one: LabelAnswer) -> str:
    return "not answered" if one.abstained else f"{one.probability:.2f}"


def _measured(one: MeasuredValue) -> str:
    return f"{one.label} {one.value:.3g} {one.unit}".rstrip()


def _between(one: MeasuredValue) -> str:
    if one.interval is None:
        return ""
    low, high = one.interval
    return f"{low:.3g}–{high:.3g}"


# ------------------------------------------------------------------------------ whole film
# Some tasks answer with probabilities of the whole film. Of the others these are scores of which
# nobody measured how often they come true: what changes and compares films says their log-odds.


def film_head(name: str, *, of_film: bool) -> str:
    """What stands above the numbers of a class."""
    return f"P({name})" if of_film else f"log-odds of {name}"


def film_cell(probability: float, *, of_film: bool) -> str:
    """A number of a class, see `Objective.of_film`."""
    return f"{probability:.2f}" if of_film else signed(odds_of(probability))


def signed(value: float) -> str:
    """A number with its sign."""
    return f"{value:+.2f}".replace("-", "−")


# ----------------------------------------------------------------------------------- masks


def check_masks(folder: Path | None, info: ModelInfo) -> None:
    """Before any film is read, see that masks can be drawn and have a place.

    Raises:
        DataError: The model draws no outlines, or there is a file in the folder's place.
    """
    if folder is None:
        return
    if info.objective.task != "segmentation":
        raise DataError(
            "“{model}” draws no outlines, so there are no masks to write.", model=info.name
        )
    if folder.exists() and not folder.is_dir():
        raise DataError("{folder} is a file; --masks names a folder.", folder=folder.name)


def write_masks(folder: Path, names: Sequence[str], answers: Sequence[TaskAnswer | None]) -> None:
    """Write a PNG of class numbers for every film that was answered, under its own name.

    Raises:
        DataError: The folder cannot be written.
    """
    from engine.imaging import write_mask  # noqa: PLC0415 - Pillow, only when it is needed
    from engine.tasks import class_numbers_of  # noqa: PLC0415 - the same

    stems = [str(Path(name).with_suffix("")) for name in names]
    for name, stem, answer in zip(names, stems, answers, strict=True):
        if answer is None:
            continue
        path = folder / f"{stem if stems.count(stem) == 1 else name}.png"
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_mask(path, class_numbers_of(answer))
        except OSError as error:
            raise DataError(
                "{path} cannot be written: {error}.", path=path.name, error=error.strerror
            ) from error
