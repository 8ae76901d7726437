"""Is the answer by row true after every step? Its calibration error, step by step.

Of two classes the probability of the finding (or of the second class) is held against the truth,
of more the probability of the answer against whether it is right: expected calibration error with
ten bins of equal width (Naeini 2015). Where both classes weigh the same in the model's
calibration, they do here.

The numbers that make it true were fitted on validation films. On those films themselves they would
flatter, so there each half of the patients is measured with numbers that were fitted to the other
half; on other films the bundle's own are measured.

By chance alone a curve without any fault is off, too. How far is found by drawing truths from what
it says (Bröcker and Smith 2007), one number in 0…1 for each film and all of its steps: what 95 of
a hundred such curves stay below is stored beside the figures.
"""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.audit.maps import Classes, Rows, on_device
from engine.calibration import fit_prefixes, prefix_logits, softmax
from engine.network import RowNetwork
from engine.progress import paced
from engine.runtime.torch_reader import answering
from engine.types import LEVEL, Doubles, Figure, PrefixCalibration, RowCalibration

_BINS = 10
_FILMS_AT_ONCE = 32
_TRIES = 500  # drawn truths
_FEWEST = 10  # patients of an interval; of fewer nothing is told, see `Figure`
_DRAWS = 1000  # of patients, for intervals


@dataclass(frozen=True, slots=True, eq=False)
class Prefixes:
    """What the head says after every step of films that the model was not trained on.

    Attributes:
        logits: (N, L, K), as the head gives them.
        labels: (N,).
        patients: (N,) whose film it is.
        source: The films in words.
        fitted: Whether the bundle's calibration by row was fitted on these very films.
    """

    logits: Doubles
    labels: Classes
    patients: NDArray[np.str_]
    source: str
    fitted: bool


def prefix_answers(network: RowNetwork, rows: Rows) -> Doubles:
    """Logits (N, L, K) of the head after each step of films (N, M, W) of one height."""
    parts = []
    with answering(network):
        starts = range(0, len(rows), _FILMS_AT_ONCE)
        for start in paced(starts, "reading films row by row", len(starts)):
            films = on_device(network, rows[start : start + _FILMS_AT_ONCE])
            parts.append(network.trace(films).by_row.double().cpu())
    return np.asarray(torch.cat(parts).numpy())


def row_calibration(
    films: Prefixes,
    calibration: PrefixCalibration | None,
    *,
    key: str,
    balanced: bool,
    positive: int | None,
    seed: int = 0,
) -> RowCalibration:
    """Measure the answer by row.

    Args:
        films: The answers, and their truth.
        calibration: Of the bundle; None measures the head as it is.
        key: Hash of the calibration's numbers, see `engine.metadata.prefixes_hash`.
        balanced: Whether both classes weigh the same.
        positive: Index of the finding; None for a plain choice.
        seed: Of halves, drawn truths and drawn patients.
    """
    logits, how = _calibrated(films, calibration, balanced=balanced, seed=seed)
    said, true, answers = _held(softmax(logits), films.labels, positive)
    masses = _masses(films.labels, logits.shape[2], balanced=balanced)  # (K,)
    rng = np.random.default_rng(seed)
    own = np.broadcast_to(masses[films.labels][:, None], said.shape)
    errors = _errors(said, true, own)  # (L,)
    chances = _by_chance(said, masses if positive != 0 else masses[::-1], rng)
    drawn = _drawn(said, true, films, rng, balanced=balanced)
    worst, count = int(errors.argmax()), len(films.labels)
    people = len(np.unique(films.patients))
    return RowCalibration(
        source=f"{films.source}{how}",
        calibration=key if calibration else "",
        worst=_figure(float(errors[worst]), drawn.max(axis=1), count, people),
        mean=_figure(float(errors.mean()), drawn.mean(axis=1), count, people),
        step=worst,
        chance_worst=float(np.quantile(chances.max(axis=1), LEVEL)),
        chance_mean=float(np.quantile(chances.mean(axis=1), LEVEL)),
        answers=tuple(tuple(np.round(line, 4).tolist()) for line in answers),
    )


def _calibrated(
    films: Prefixes, calibration: PrefixCalibration | None, *, balanced: bool, seed: int
) -> tuple[Doubles, str]:
    """Logits (N, L, K) that are measured, and how they came about, in words."""
    if calibration is None:
        return films.logits, ""
    names = np.unique(films.patients)
    if not films.fitted or len(names) < 2:
        return prefix_logits(films.logits, calibration), ""
    order = np.random.default_rng(seed).permutation(len(names))
    half = np.isin(films.patients, names[order[: len(names) // 2]])
    moved = np.empty_like(films.logits)
    for known in (half, ~half):
        other = fit_prefixes(
            films.logits[known],
            films.labels[known],
            balanced=balanced,
            source="",
            patients=films.patients[known],
        )
        moved[~known] = prefix_logits(films.logits[~known], other)
    return moved, "; each half of the patients with a calibration fitted to the other half"


def _held(
    probabilities: Doubles, labels: Classes, positive: int | None
) -> tuple[Doubles, NDArray[np.bool_], list[Doubles]]:
    """What is said (N, L), whether it is true (N, L), and the mean answer to each class (L,)."""
    classes = probabilities.shape[2]
    if classes == 2:
        target = 1 if positive is None else positive
        said = probabilities[..., target]
        true = np.broadcast_to((labels == target)[:, None], said.shape)
        shown = [said[labels == k] for k in range(2)]
    else:
        said = probabilities.max(axis=2)
        true = probabilities.argmax(axis=2) == labels[:, None]
        shown = [probabilities[labels == k, :, k] for k in range(classes)]
    return said, np.asarray(true), [one.mean(axis=0) if len(one) else one[:0] for one in shown]


def _masses(labels: Classes, classes: int, *, balanced: bool) -> Doubles:
    """What a film of each class counts (K,)."""
    counts = np.bincount(labels, minlength=classes)
    if not balanced or not counts.all():
        return np.ones(classes)
    return len(labels) / (classes * counts)


def _errors(said: Doubles, true: NDArray[np.bool_], masses: Doubles) -> Doubles:
    """Calibration error (L,) of what is said (N, L), films counting their masses (N, L)."""
    steps = said.shape[1]
    places = np.minimum((said * _BINS).astype(np.int64), _BINS - 1) + _BINS * np.arange(steps)
    off = np.bincount(
        places.ravel(), weights=(masses * (said - true)).ravel(), minlength=_BINS * steps
    )
    return np.asarray(np.abs(off.reshape(steps, _BINS)).sum(axis=1) / masses.sum(axis=0))


def _by_chance(said: Doubles, masses: Doubles, rng: np.random.Generator) -> Doubles:
    """Errors (tries, L) where truths are drawn from what is said, so that nothing is off.

    Where classes weigh differently, a probability p is one of p·w₀ / (p·w₀ + (1 − p)·w₁) among
    the films as they are.

    Args:
        said: (N, L).
        masses: (K,); of two classes that of films for which it is not true comes first.
        rng: Of the truths.
    """
    two = len(masses) == 2
    without, of = (masses[0], masses[1]) if two else (1.0, 1.0)
    here = said * without / (said * without + (1 - said) * of)
    errors = np.empty((_TRIES, said.shape[1]))
    for number in range(_TRIES):
        true = rng.random((len(said), 1)) < here
        errors[number] = _errors(said, true, np.where(true, of, without))
    return errors


def _drawn(
    said: Doubles,
    true: NDArray[np.bool_],
    films: Prefixes,
    rng: np.random.Generator,
    *,
    balanced: bool,
) -> Doubles:
    """Errors (draws, L) of patients drawn anew with replacement (Efron 1979)."""
    names, owners = np.unique(films.patients, return_inverse=True)
    classes = films.logits.shape[2]
    errors = np.empty((_DRAWS, said.shape[1]))
    for number in range(_DRAWS):
        counts = np.bincount(rng.integers(0, len(names), len(names)), minlength=len(names))
        drawn = counts[owners].astype(float)  # (N,)
        if balanced:
            per_class = np.bincount(films.labels, weights=drawn, minlength=classes)
            drawn /= np.maximum(per_class, 1)[films.labels]
        errors[number] = _errors(said, true, np.broadcast_to(drawn[:, None], said.shape))
    return errors


def _figure(value: float, drawn: Doubles, films: int, people: int) -> Figure:
    if people < _FEWEST:
        return Figure(value, 0.0, 1.0, films)
    low, high = np.quantile(drawn, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Figure(value, min(float(low), value), max(float(high), value), films)
