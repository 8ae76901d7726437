"""What makes the answer by row of a trained network true, fitted on its validation films."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.audit import prefix_answers
from engine.bundle import load_bundle
from engine.calibration import fit_prefixes
from engine.errors import DataError
from engine.metadata import read_description, replace_metadata
from engine.network import RowNetwork
from engine.reference import resampled
from engine.training.batches import alike
from engine.training.data import Films, Progress
from engine.training.evaluate import choose_films
from engine.types import ModelInfo, PrefixCalibration

MOST_FILMS = 5000  # more say nothing more, and a network that reads both ways reads each prefix
_LEAST_FILMS = 20  # of each class, as for intervals and sets


def fit_by_row(network: RowNetwork, films: Films, *, seed: int) -> PrefixCalibration | None:
    """Fit the calibration by row; None where a class has fewer than 20 validation films.

    Args:
        network: Trained and calibrated; it is not changed.
        films: Its "val" films are read; of more than 5,000 a random part.
        seed: Of that part.
    """
    chosen = films.only("val")
    classes = network.config.classes
    if np.bincount(chosen.labels, minlength=classes).min(initial=len(chosen)) < _LEAST_FILMS:
        return None
    source = f"{len(chosen):,} validation films"
    if len(chosen) > MOST_FILMS:
        part = np.random.default_rng(seed).permutation(len(chosen))[:MOST_FILMS]
        chosen = chosen.take(np.sort(part))
        source = f"{MOST_FILMS:,} of {source}"
    return fit_prefixes(
        typical_prefixes(network, chosen),
        chosen.labels,
        balanced=classes == 2,  # as `engine.training.calibrate` does it
        source=source,
        patients=chosen.patients,
    )


def typical_prefixes(network: RowNetwork, films: Films) -> NDArray[np.float64]:
    """Logits (N, L, K) after each step; of films of other heights laid on the typical steps."""
    steps = network.config.steps
    found = np.empty((len(films), steps, network.config.classes))
    for chosen in alike(films.heights, len(films)):
        height = films.heights[chosen[0]]
        given = prefix_answers(network, films.rows[chosen, :height])  # (n, L, K)
        found[chosen] = resampled(given, steps, axis=1)
        found[chosen, -1] = given[:, -1]  # the answers themselves
    return found


def add_by_row(
    model: str | Path,
    source: Path,
    *,
    cache: Path | None = None,
    report: Progress = lambda _: None,
) -> ModelInfo:
    """Fit the calibration by row of a bundle again; weights and final answers stay to the byte.

    Args:
        model: Name or folder.
        source: The films that it was trained on; they are divided as they were then.
        cache: See `read_films`.
        report: Told in words what is being done.

    Returns:
        The bundle's metadata as they are now.

    Raises:
        BundleError: No such model, or one that cannot be trusted.
        DataError: Films that cannot be used, or too few of them held out for validation.
    """
    bundle = load_bundle(model)
    folder = bundle.info.path
    chosen = choose_films(bundle.info, source, split="val", cache=cache, report=report)
    if chosen.whole or chosen.recipe is None:
        raise DataError(
            "{source} is not divided by the recipe of {bundle}: which of its films"
            " are validation films cannot be told.",
            "data",
            source=source.name,
            bundle=bundle.info.name,
        )
    report(f"reading {len(chosen.films):,} validation films row by row")
    found = fit_by_row(bundle.network, chosen.films, seed=chosen.recipe.training.seed)
    if found is None:
        raise DataError(
            "{bundle}: a class has fewer than {least_films} validation films, too few"
            " to calibrate the answer by row.",
            "data",
            bundle=bundle.info.name,
            least_films=_LEAST_FILMS,
        )
    description, config = read_description(folder)
    replace_metadata(folder, replace(description, by_row=found), config)
    return load_bundle(folder).info
