"""The audit of a model's maps: measured over films, judged elsewhere."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import torch
from numpy.typing import NDArray

from engine.calibration import fit_prefixes, prefix_logits, softmax
from engine.explain.curves import (
    NETWORKS,
    Classes,
    Rows,
    answers,
    by_step,
    cascade,
    curve,
    deletion_areas,
    edge_strengths,
    explained,
    figure,
    first_largest,
    first_smallest,
    influences,
    map_similarity,
    mean,
    odds_of,
    on_device,
    random_places,
    rank_correlations,
    resamples,
    state_maps,
    untrained,
)
from engine.explain.grid_audit import cells_audit, cells_pointing
from engine.network import RowNetwork
from engine.progress import paced
from engine.runtime import answering
from engine.types import (
    LEVEL,
    Audit,
    Curve,
    Doubles,
    Figure,
    InfluenceMethod,
    Pointing,
    PrefixCalibration,
    Quantity,
    RowCalibration,
    RowStatistics,
    Shares,
    Stage,
)
from engine.words import Sentence

# ----------------------------------------------------------- what position alone explains
# How much of a map is there before any film is looked at: position, mean map, mean film.


def shares(maps: Doubles, profile: Doubles, rng: np.random.Generator) -> Shares:
    """Shares of the variance of maps that need no film to be known.

    `position` is one minus what is left of the variance over all films and steps when the mean
    map is taken away (R² of the row number as a category); N films alone would give about 1/N.
    The other two are the mean over films of the squared correlation of its map with the mean map
    of the other films, and with the brightness of the mean film.

    Args:
        maps: (N, L).
        profile: (L,) brightness of the mean film, step by step.
        rng: For the intervals.
    """
    others = (maps.sum(axis=0) - maps) / max(len(maps) - 1, 1)  # (N, L)
    everywhere = np.broadcast_to(profile, maps.shape)
    whole = np.full((1, len(maps)), 1 / len(maps))
    draws = _by_position(maps, resamples(len(maps), rng))
    return Shares(
        position=figure(float(_by_position(maps, whole)[0]), draws, len(maps)),
        mean_map=mean(_squared_correlations(maps, others), rng),
        mean_film=mean(_squared_correlations(maps, everywhere), rng),
    )


def _by_position(maps: Doubles, weights: Doubles) -> Doubles:
    """Share (draws,) of the variance between steps, of films weighted (draws, N)."""
    means = weights @ maps  # (draws, L)
    between = means.var(axis=1)
    total = weights @ np.square(maps).mean(axis=1) - means.mean(axis=1) ** 2
    return _share(between, total)


def _squared_correlations(left: Doubles, right: Doubles) -> Doubles:
    """Pearson's r² (N,) of the rows of two arrays (N, L); 0 where one is constant."""
    a, b = (values - values.mean(axis=1, keepdims=True) for values in (left, right))
    spread = np.square(a).sum(axis=1) * np.square(b).sum(axis=1)
    product = np.square((a * b).sum(axis=1))
    return _share(product, spread)


def _share(part: Doubles, whole: Doubles) -> Doubles:
    """Part / whole, and 0 where there is no whole."""
    return np.asarray(np.divide(part, whole, out=np.zeros_like(part), where=whole > 0))


# -------------------------------------------------------------------------- pointing game
# The pointing game (Zhang 2018) with rows: is the peak of a map in the finding's rows?


def peaks_inside(maps: Doubles, first: Doubles, last: Doubles) -> NDArray[np.bool_]:
    """Whether the peak (N,) of each map lies in the finding's rows.

    Args:
        maps: (N, L) influences.
        first: (N,) where the finding begins, as a share of the film's height.
        last: (N,) where it ends. The peak's step counts as inside if it overlaps the finding.
    """
    films = np.arange(len(maps))
    return np.asarray(_inside(maps.shape[1], first, last)[films, maps.argmax(axis=1)])


def pointing(
    maps: Doubles, first: Doubles, last: Doubles, *, rng: np.random.Generator
) -> Pointing:
    """The share of hits, and the share that a step drawn at random would hit."""
    hits = peaks_inside(maps, first, last).astype(np.float64)
    chance = _inside(maps.shape[1], first, last).mean(axis=1)
    return Pointing(mean(hits, rng), mean(chance, rng))


def _inside(steps: int, first: Doubles, last: Doubles) -> NDArray[np.bool_]:
    """Whether each step overlaps each film's finding, (N, L)."""
    step = np.arange(steps)
    overlaps: NDArray[np.bool_] = (step / steps < last[:, None]) & (
        (step + 1) / steps > first[:, None]
    )
    return overlaps


# ----------------------------------------------------------------- whole audit of a model
# The whole audit of one model: every test of its maps, on films that it was not trained on.

_SHAPLEY_FILMS = 40  # their Shapley values take as long as everything else of so many films
_TOLD = 50  # films between two words on how far it is

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class AuditedModel:
    """A model that is audited, or its sibling.

    Attributes:
        statistics: Of its training films; the mean film is the baseline of its Influence.
        positive: The class whose presence is the finding; None for a plain choice.
        explained: The class that is explained in every film, where film logits are no answer by
            themselves, as those of outlines; None: each film's most probable one.
    """

    network: RowNetwork
    statistics: RowStatistics
    positive: int | None = None
    explained: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Films that the model was not trained on.

    Attributes:
        rows: (N, M, W) model rows of one height.
        findings: (N, 2) where the finding begins and ends, as shares of the film's height; NaN
            where there is none or nobody said.
        source: Which films these are, in words.
        boxes: (N, 4) left, top, right and bottom of the finding, as shares of the film; NaN where
            there is none or nobody said. None where no film has one.
    """

    rows: Rows
    findings: Doubles
    source: Sentence
    boxes: Doubles | None = None


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """What all tests share: only the films that have something to explain."""

    subject: AuditedModel
    rows: Rows
    targets: Classes
    maps: Doubles
    method: InfluenceMethod
    seed: int
    report: Report

    @property
    def rng(self) -> np.random.Generator:
        return np.random.default_rng(self.seed)

    def influences_of(
        self, subject: AuditedModel, method: InfluenceMethod | None = None
    ) -> Doubles:
        return influences(
            subject.network,
            self.rows,
            baseline=subject.statistics.mean_image,
            targets=self.targets,
            method=method or self.method,
            seed=self.seed,
        )

    def states(self, quantity: Quantity) -> Doubles:
        subject = self.subject
        return state_maps(subject.network, self.rows, subject.statistics, quantity=quantity)


def audit(
    subject: AuditedModel,
    sample: Sample,
    *,
    siblings: Sequence[AuditedModel] = (),
    method: InfluenceMethod = "integrated-gradients",
    seed: int = 0,
    report: Report = lambda _: None,
) -> Audit:
    """Measure the maps of a model; 200 films of 64 × 64 take a minute of one core.

    The class that is explained is each film's most probable one, or `explained`; a film counts
    where its log-odds lie more than 0.5 above the mean film's. The pointing game explains the
    positive class instead, on all films whose finding's place is known.

    Args:
        subject: The model.
        sample: The films.
        siblings: Models of the same steps and classes that were trained with other seeds.
        method: How Influence is measured.
        seed: Of random orders, random weights and bootstrap draws.
        report: Told in words what is being done.
    """
    report(f"{len(sample.rows)} films: {method}")
    found = Audit(method, sample.source, seed, pointing=_pointing(subject, sample, method, seed))
    targets = answers(subject.network, sample.rows)
    if subject.explained is not None:
        targets = np.full(len(targets), subject.explained)
    baseline = subject.statistics.mean_image
    chosen = explained(subject.network, sample.rows, baseline=baseline, targets=targets)
    if not len(chosen):
        return found
    rows, targets = sample.rows[chosen], targets[chosen]
    task = _Task(subject, rows, targets, np.empty(0), method, seed, report)
    task = replace(task, maps=task.influences_of(subject))
    deletion, insertion, state_deletion = _curves(task)
    stages, others = _cascade(task)
    others += _redrawn(task)
    sizes = [np.abs(other) for other in others]
    rng, steps = task.rng, task.maps.shape[1]
    profile = by_step(baseline.mean(axis=1, dtype=np.float64)[None], steps)[0]
    return replace(
        found,
        deletion=deletion,
        insertion=insertion,
        randomised=map_similarity(task.maps, others, rng),
        randomised_sizes=map_similarity(np.abs(task.maps), sizes, rng),
        cascade=stages,
        seeds=_seeds(task, siblings),
        agreement=_agreement(task),
        residual=_residual(task),
        shares=shares(task.maps, profile, rng),
        state_deletion=state_deletion,
        state_shares=shares(task.states("deviation"), profile, rng),
        state_raw_shares=shares(task.states("raw"), profile, rng),
        grid=cells_audit(
            subject.network,
            rows,
            baseline=baseline,
            targets=targets,
            pointing=_cells_pointing(subject, sample, seed),
            seed=seed,
            report=report,
        ),
    )


def _curves(task: _Task) -> tuple[Curve, Curve, Curve]:
    """Deletion and insertion by Influence, and deletion by the size of the State's deviation."""
    count, steps = task.maps.shape
    network, statistics = task.subject.network, task.subject.statistics
    edges = edge_strengths(task.rows, steps)
    states = np.abs(task.states("deviation"))
    orders = [
        first_largest(task.maps),
        first_smallest(task.maps),
        first_largest(edges),
        first_smallest(edges),
        first_largest(states),
    ]
    random = random_places(count, steps, task.rng)  # (N, 3, L)

    def told(done: int) -> None:
        if done % _TOLD == 0 or done == count:
            task.report(f"deletion and insertion: {done} of {count} films")

    areas = deletion_areas(
        network,
        task.rows,
        baseline=statistics.mean_image,
        targets=task.targets,
        orders=np.concatenate((np.stack(orders, axis=1), random), axis=1),
        report=told,
    )
    by_map, by_map_last, by_edges, by_edges_last, by_state = areas[:, :5].T
    chance, rng = areas[:, 5:].mean(axis=1), task.rng
    return (
        curve(by_map, chance, by_edges, rng, lower_is_better=True),
        curve(by_map_last, chance, by_edges_last, rng, lower_is_better=False),
        curve(by_state, chance, by_edges, rng, lower_is_better=True),
    )


def _cascade(task: _Task) -> tuple[tuple[Stage, ...], list[Doubles]]:
    """One stage per layer; and the maps of the last one, in which every weight is new."""
    stages, others, rng = [], task.maps, task.rng
    for name, network in cascade(task.subject.network, task.seed):
        task.report(f"random weights: {name}")
        others = task.influences_of(replace(task.subject, network=network))
        stages.append(Stage(name, mean(rank_correlations(task.maps, others), rng)))
    return tuple(stages), [others]


def _redrawn(task: _Task) -> list[Doubles]:
    """Maps of further networks with new weights."""
    task.report("random weights: further networks")
    return [
        task.influences_of(
            replace(task.subject, network=untrained(task.subject.network, task.seed, number))
        )
        for number in range(1, NETWORKS)
    ]


def _seeds(task: _Task, siblings: Sequence[AuditedModel]) -> Figure | None:
    """Mean over the siblings, then over films."""
    if not siblings:
        return None
    task.report(f"other seeds: {len(siblings)}")
    each = [rank_correlations(task.maps, task.influences_of(other)) for other in siblings]
    return mean(np.mean(each, axis=0), task.rng)


def _agreement(task: _Task) -> Figure:
    few = task.rng.permutation(len(task.rows))[:_SHAPLEY_FILMS]
    part = replace(task, rows=task.rows[few], targets=task.targets[few])
    other: InfluenceMethod = "integrated-gradients" if task.method == "shapley" else "shapley"
    task.report(f"agreement with {other}: {len(few)} films")
    others = part.influences_of(task.subject, other)
    return mean(rank_correlations(task.maps[few], others), task.rng)


def _residual(task: _Task) -> Figure:
    """What the maps leave over of the change in log-odds, as a share of it."""
    network, baseline = task.subject.network, task.subject.statistics.mean_image
    whole = odds_of(network, task.rows, task.targets)
    empty = odds_of(network, np.broadcast_to(baseline, task.rows.shape), task.targets)
    left = np.abs(whole - empty - task.maps.sum(axis=1)) / (whole - empty)
    return mean(left, task.rng)


def _pointing(
    subject: AuditedModel, sample: Sample, method: InfluenceMethod, seed: int
) -> Pointing | None:
    known = np.flatnonzero(np.isfinite(sample.findings).all(axis=1))
    if subject.positive is None or not len(known):
        return None
    maps = influences(
        subject.network,
        sample.rows[known],
        baseline=subject.statistics.mean_image,
        targets=np.full(len(known), subject.positive),
        method=method,
        seed=seed,
    )
    return pointing(maps, *sample.findings[known].T, rng=np.random.default_rng(seed))


def _cells_pointing(subject: AuditedModel, sample: Sample, seed: int) -> Pointing | None:
    if subject.positive is None or sample.boxes is None:
        return None
    return cells_pointing(
        subject.network,
        sample.rows,
        sample.boxes,
        baseline=subject.statistics.mean_image,
        target=subject.positive,
        seed=seed,
    )


# ------------------------------------------------------------- audit of the answer by row
# Is the answer by row true after every step? Its calibration error, step by step.
#
# Of two classes the probability of the finding (or of the second class) is held against the
# truth, of more the probability of the answer against whether it is right: expected calibration
# error with ten bins of equal width (Naeini 2015). Where both classes weigh the same in the
# model's calibration, they do here.
#
# The numbers that make it true were fitted on validation films. On those films themselves they
# would flatter, so there each half of the patients is measured with numbers that were fitted to
# the other half; on other films the bundle's own are measured.
#
# By chance alone a curve without any fault is off, too. How far is found by drawing truths from
# what it says (Bröcker and Smith 2007), one number in 0…1 for each film and all of its steps:
# what 95 of a hundred such curves stay below is stored beside the figures.

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
    source: Sentence
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
        key: Hash of the calibration's numbers, see `engine.bundle.prefixes_hash`.
        balanced: Whether both classes weigh the same.
        positive: Index of the finding; None for a plain choice.
        seed: Of halves, drawn truths and drawn patients.
    """
    logits, halved = _calibrated(films, calibration, balanced=balanced, seed=seed)
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
        source=Sentence("source.halves", whole=films.source) if halved else films.source,
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
) -> tuple[Doubles, bool]:
    """Logits (N, L, K) that are measured, and whether by a calibration of the other half."""
    if calibration is None:
        return films.logits, False
    names = np.unique(films.patients)
    if not films.fitted or len(names) < 2:
        return prefix_logits(films.logits, calibration), False
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
    return moved, True


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
