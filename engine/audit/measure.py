"""The whole audit of one model: every test of its maps, on films that it was not trained on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from engine.audit.curves import (
    curve,
    deletion_areas,
    explained,
    first_largest,
    first_smallest,
    random_places,
)
from engine.audit.figures import mean, rank_correlations
from engine.audit.maps import (
    Classes,
    Rows,
    answers,
    by_step,
    edge_strengths,
    influences,
    odds_of,
    state_maps,
)
from engine.audit.pointing import pointing
from engine.audit.position import shares
from engine.audit.weights import NETWORKS, cascade, likeness, untrained
from engine.network import RowNetwork
from engine.types import (
    Audit,
    Curve,
    Doubles,
    Figure,
    InfluenceMethod,
    Pointing,
    Quantity,
    RowStatistics,
    Stage,
)

_SHAPLEY_FILMS = 40  # their Shapley values take as long as everything else of so many films
_TOLD = 50  # films between two words on how far it is

Report = Callable[[str], None]


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """A model that is audited, or its sibling.

    Attributes:
        statistics: Of its training films; the mean film is the baseline of its Influence.
        positive: The class whose presence is the finding; None for a plain choice.
    """

    network: RowNetwork
    statistics: RowStatistics
    positive: int | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Films that the model was not trained on.

    Attributes:
        rows: (N, M, W) model rows of one height.
        findings: (N, 2) where the finding begins and ends, as shares of the film's height; NaN
            where there is none or nobody said.
        source: Which films these are, in words.
    """

    rows: Rows
    findings: Doubles
    source: str


@dataclass(frozen=True, slots=True, eq=False)
class _Task:
    """What all tests share: only the films that have something to explain."""

    subject: Subject
    rows: Rows
    targets: Classes
    maps: Doubles
    method: InfluenceMethod
    seed: int
    report: Report

    @property
    def rng(self) -> np.random.Generator:
        return np.random.default_rng(self.seed)

    def influences_of(self, subject: Subject, method: InfluenceMethod | None = None) -> Doubles:
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
    subject: Subject,
    sample: Sample,
    *,
    siblings: Sequence[Subject] = (),
    method: InfluenceMethod = "integrated-gradients",
    seed: int = 0,
    report: Report = lambda _: None,
) -> Audit:
    """Measure the maps of a model; 200 films of 64 × 64 take a minute of one core.

    The class that is explained is each film's most probable one; a film counts where its
    log-odds lie more than 0.5 above the mean film's. The pointing game explains the positive
    class instead, on all films whose finding's place is known.

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
        randomised=likeness(task.maps, others, rng),
        randomised_sizes=likeness(np.abs(task.maps), sizes, rng),
        cascade=stages,
        seeds=_seeds(task, siblings),
        agreement=_agreement(task),
        residual=_residual(task),
        shares=shares(task.maps, profile, rng),
        state_deletion=state_deletion,
        state_shares=shares(task.states("deviation"), profile, rng),
        state_raw_shares=shares(task.states("raw"), profile, rng),
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


def _seeds(task: _Task, siblings: Sequence[Subject]) -> Figure | None:
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
    subject: Subject, sample: Sample, method: InfluenceMethod, seed: int
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
