"""Shares, areas and means, with intervals over patients."""

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, is_dataclass
from statistics import NormalDist
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv

from engine.progress import paced
from engine.tasks import FilmOutputs, RocArea, Share, Task, Truth
from engine.types import LEVEL, Figure, Interval, Results, Threshold
from engine.words import Sentence

# ---------------------------------------------------------------- bootstrap over patients
# How much a figure would differ on other patients: whole patients drawn anew, with replacement.
#
# Films of one patient are alike, so that they say less than as many films of different people.
# The bootstrap (Efron 1979) therefore draws patients and takes all their films (Field and Welsh
# 2007). All draws are computed side by side, as how often each film was drawn.

Doubles = NDArray[np.float64]
Statistic = Callable[[Doubles], Doubles]  # weights (b, N) of films → values (b, …)

DRAWS = 2000
_VALUES = 2**22  # of one block of draws in memory: 32 MiB
_PERCENTILES = (50 * (1 - LEVEL), 50 * (1 + LEVEL))


@dataclass(frozen=True, slots=True, eq=False)
class Resampling:
    """Draws of patients; the same ones each time that they are asked for.

    Attributes:
        places: (N,) the number of each film's patient.
        strata: Patients that are drawn among themselves: those with most films of one class, so
            that every draw has about as many films of each class as there were.
        draws: How many.
        seed: Of the draws.
    """

    places: NDArray[np.int64]
    strata: tuple[NDArray[np.int64], ...]
    draws: int
    seed: int

    @property
    def patients(self) -> int:
        """How many different patients there are."""
        return sum(map(len, self.strata))

    def weights(self) -> Iterator[Doubles]:
        """How often each film is in each draw, (b, N) at a time."""
        rng = np.random.default_rng(self.seed)
        size = max(1, _VALUES // max(len(self.places), 1))
        starts = range(0, self.draws, size)
        for start in paced(starts, "drawing patients", len(starts)):
            block = min(size, self.draws - start)
            counts = np.zeros((block, self.patients))
            for patients in self.strata:
                counts[:, patients] = _counts(rng, block, len(patients))
            yield counts[:, self.places]


def resampling(
    labels: NDArray[np.int64],
    patients: NDArray[np.str_] | None = None,
    *,
    draws: int = DRAWS,
    seed: int = 0,
) -> Resampling:
    """Prepare draws of films with labels (N,) of patients (N,); None: each film has its own."""
    if patients is None:
        places, count = np.arange(len(labels)), len(labels)
    else:
        names, places = np.unique(patients, return_inverse=True)
        count = len(names)
    table = np.zeros((count, int(labels.max(initial=0)) + 1), np.int64)
    np.add.at(table, (places, labels), 1)
    commonest = table.argmax(axis=1)
    strata = tuple(np.flatnonzero(commonest == label) for label in np.unique(commonest))
    return Resampling(places.astype(np.int64), strata, draws, seed)


def intervals(drawn: Resampling, statistics: Mapping[str, Statistic]) -> dict[str, Doubles]:
    """Percentile intervals (2, …) of several statistics on the same draws, at `LEVEL`.

    A draw in which a statistic is not defined (NaN) is left out of its interval; where it never
    is, the interval is NaN.
    """
    blocks: dict[str, list[Doubles]] = {name: [] for name in statistics}
    for weights in drawn.weights():
        for name, statistic in statistics.items():
            blocks[name].append(statistic(weights))
    return {name: _percentiles(np.concatenate(values)) for name, values in blocks.items()}


def area(present: NDArray[np.bool_], scores: Doubles) -> Statistic:
    """The area under the ROC curve of weighted films: the share of pairs in the right order.

    Ties count half (Mann and Whitney 1947). Sorting is done once, for all draws.
    """
    return RocArea(present, scores, np.ones(len(scores), np.bool_))


def mean(values: Doubles) -> Statistic:
    """The weighted mean of a value (N,) of each film."""

    def measured(weights: Doubles) -> Doubles:
        return np.asarray(weights @ values / weights.sum(axis=1))

    return measured


def task_figures(
    task: Task,
    outputs: FilmOutputs,
    labels: NDArray[np.int64],
    *,
    truth: Truth | None,
    patients: NDArray[np.str_],
    seed: int = 0,
) -> dict[str, Figure]:
    """What a task measures of N answers, with intervals over patients.

    Args:
        task: Of the model.
        outputs: Of the network.
        labels: (N,) of the films, by which patients are drawn in strata.
        truth: Of the same films.
        patients: (N,) whose film it is.
        seed: Of the draws.

    Returns:
        Figures by their code, the chief one first. One that is not defined is left out; one of
        too few patients has the interval 0…1, see `Figure.told`.
    """
    measured = task.statistics(outputs, labels, truth)
    found = task_estimates(measured, labels, patients=patients, seed=seed)
    return {name: told_figure(one) for name, one in found.items()}


def task_estimates(
    measured: Mapping[str, Statistic],
    labels: NDArray[np.int64],
    *,
    patients: NDArray[np.str_],
    seed: int = 0,
) -> "dict[str, Estimate]":
    """The same of what `Task.statistics` found, as estimates."""
    whole = {name: float(one(np.ones((1, len(labels))))[0]) for name, one in measured.items()}
    known = {name: measured[name] for name, value in whole.items() if math.isfinite(value)}
    return _estimates(known, whole, patients, drawn=resampling(labels, patients, seed=seed))


def _estimates(
    measured: Mapping[str, Statistic],
    whole: Mapping[str, float],
    patients: NDArray[np.str_],
    *,
    drawn: Resampling,
) -> "dict[str, Estimate]":
    """Each with the interval that holds for it: shares and areas have their own."""
    plain = {name: one for name, one in measured.items() if not isinstance(one, Share | RocArea)}
    ends, found = intervals(drawn, plain), {}
    every = np.ones(len(patients), np.bool_)
    for name, one in measured.items():
        among = np.asarray(getattr(one, "among", every))
        owners, value = patients[among], whole[name]
        if isinstance(one, Share):
            found[name] = share(one.hits[among], owners)
        elif isinstance(one, RocArea):
            there, scores = one.present[among], one.scores[among]
            found[name] = area_under_curve(there, scores, patients=owners, seed=drawn.seed)
        elif enough_patients(drawn.places[among]):
            low, high = ends[name]
            found[name] = Estimate(
                value, min(float(low), value), max(float(high), value), len(owners)
            )
        else:
            found[name] = untold(value, len(owners))
    return found


def told_figure(one: "Estimate") -> Figure:
    """As a bundle keeps it; an interval of 0 to 1 where too few films tell."""
    low, high = (one.low, one.high) if one.told else (0.0, 1.0)
    return Figure(one.value, low, high, one.count)


def task_words(task: Task, figures: Mapping[str, Figure]) -> Results:
    """Pairs of words of the figures of a task."""
    return tuple((task.figure_words(name), one.sentence) for name, one in figures.items())


def _counts(rng: np.random.Generator, block: int, size: int) -> Doubles:
    """How often each of `size` is drawn in `size` draws, (block, size)."""
    drawn = rng.integers(0, size, (block, size)) + np.arange(block)[:, None] * size
    return np.bincount(drawn.ravel(), minlength=block * size).reshape(block, size).astype(float)


def _percentiles(values: Doubles) -> Doubles:
    known = np.isfinite(values.reshape(len(values), -1)).all(axis=1)
    if not known.any():
        return np.full((2, *values.shape[1:]), np.nan)
    return np.asarray(np.percentile(values[known], _PERCENTILES, axis=0))


# -------------------------------------------------------------- areas, shares, thresholds
# What a model achieves on films it has not seen: figures with intervals, as values.
#
# Which interval holds on how few films was decided by counting how often intervals of drawn films
# hold the truth, see `tests/intervals.py`, which prints the counts.

TOO_FEW = "too few to tell"
_Z = NormalDist().inv_cdf((1 + LEVEL) / 2)  # two-sided
_EXACT = 20.0  # films; a share of fewer has the exact interval
_LEAST = 2  # patients of the rarer class, for an area to have an interval
_DRAWN = 50  # patients of the rarer class, for the bootstrap of an area
_DISORDER = 5.0  # of them that would have to lie on the wrong side, and on the right one
_MEANS = 50  # patients, for the bootstrap of a mean

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A measured share with its interval (`LEVEL`), and the films behind it.

    Attributes:
        value: NaN where there is nothing to measure.
        low, high: NaN where there are too few films or patients for an interval that holds.
    """

    value: float
    low: float
    high: float
    count: int

    @property
    def told(self) -> bool:
        """Whether there is an interval."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    def __str__(self) -> str:
        return str(self.sentence)

    @property
    def figure(self) -> Figure:
        """As a bundle keeps it."""
        return told_figure(self)

    @property
    def sentence(self) -> Sentence:
        """For people, for example "0.972 (0.960–0.983), 624 films"."""
        return Sentence("figure.of-films", figure=self.words(), films=self.count)

    def words(self) -> Sentence:
        """Value and interval, for example "0.972 (0.960–0.983)" or "0.500 (too few to tell)"."""
        return self._said("figure.number")

    def percent(self) -> Sentence:
        """The same in per cent, for example "95.2 % (93.1–96.7 %)"."""
        return self._said("figure.share")

    def whole_percent(self) -> Sentence:
        """The same without a digit behind the point."""
        return self._said("figure.whole-share")

    def _said(self, code: str) -> Sentence:
        if math.isnan(self.value):
            return Sentence("figure.none")
        if not self.told:
            return Sentence(f"{code}-untold", value=self.value)
        return Sentence(code, value=self.value, low=self.low, high=self.high)


def untold(value: float, count: int) -> Estimate:
    """A figure of too few films for an interval."""
    return Estimate(value, math.nan, math.nan, count)


@dataclass(frozen=True, slots=True)
class Performance:
    """Two classes: how well the finding is told from its absence; None where no film says it.

    Attributes:
        auc: Area under the ROC curve; threshold-free.
        sensitivity: Of films with the finding.
        specificity: Of films without it.
        brier: Mean squared error of the probability (Brier 1950); lower is better.
    """

    auc: Estimate | None
    accuracy: Estimate
    sensitivity: Estimate | None
    specificity: Estimate | None
    brier: float


def share(hits: NDArray[np.bool_], patients: NDArray[np.str_] | None = None) -> Estimate:
    """A share of films with its interval, see `share_interval`.

    Args:
        hits: (N,) whether each film counts.
        patients: (N,) whose film it is; given, the interval is that of fewer films, as many as
            would say as much as these (`effective_films`). None: each film has its own.
    """
    count = len(hits)
    if not count:
        return Estimate(math.nan, math.nan, math.nan, 0)
    value = float(np.mean(hits))
    films = float(count) if patients is None else effective_films(hits, patients)
    return Estimate(value, *share_interval(value, films), count)


def share_interval(value: float, films: float, *, z: float = _Z) -> tuple[float, float]:
    """The interval of a share of so many independent films, also of a part of one.

    Exact below twenty (Clopper and Pearson 1934), where Wilson's misses a true share of 0.97 in up
    to ten of a hundred times; from there on Wilson's score interval (1927). Of all films or none
    one end is that share itself.
    """
    if films < _EXACT:
        tail, hits = 1 - NormalDist().cdf(z), value * films
        low = float(betaincinv(hits, films - hits + 1, tail)) if value > 0 else 0.0
        high = float(betaincinv(hits + 1, films - hits, 1 - tail)) if value < 1 else 1.0
        return low, high
    centre = (value + z**2 / (2 * films)) / (1 + z**2 / films)
    spread = value * (1 - value) / films + z**2 / (4 * films**2)
    half = z * math.sqrt(spread) / (1 + z**2 / films)
    low, high = max(0.0, centre - half), min(1.0, centre + half)
    return (0.0 if value <= 0 else low), (1.0 if value >= 1 else high)


def effective_films(hits: NDArray[np.bool_], patients: NDArray[np.str_]) -> float:
    """How many films of different patients would say as much about a share as these (N,).

    The films over the design effect, the variance of the share over patients against that of
    independent films (Kish 1965; Rao and Scott 1992). Never more than the films; where all films
    agree nothing can be estimated, and a patient counts as one film.
    """
    places = np.unique(patients, return_inverse=True)[1]
    count, people = len(hits), int(places.max()) + 1
    if people == count:
        return float(count)
    value = float(np.mean(hits))
    if people == 1 or not 0 < value < 1:
        return float(people)
    sums = np.bincount(places, weights=hits - value)
    between = people / (people - 1) * float(sums @ sums) / count**2
    return count / max(1.0, between / (value * (1 - value) / count))


def area_under_curve(
    present: NDArray[np.bool_],
    scores: Scores,
    *,
    patients: NDArray[np.str_] | None = None,
    seed: int = 0,
) -> Estimate:
    """ROC area of films of both kinds, with its interval over patients, see `area_figure`."""
    drawn = resampling(present.astype(np.int64), patients, seed=seed)
    measured = area(present, scores)
    value = float(measured(np.ones((1, len(scores))))[0])
    if not drawn_area(value, present, drawn.places):
        return area_figure(value, present, drawn.places)
    low, high = intervals(drawn, {"area": measured})["area"]
    return Estimate(value, float(low), float(high), len(scores))


def drawn_area(value: float, present: NDArray[np.bool_], places: NDArray[np.int64]) -> bool:
    """Whether the bootstrap of an area holds: many patients of both classes, in some disorder.

    Args:
        value: The area.
        present: (N,) whether the finding is there.
        places: (N,) the number of each film's patient.
    """
    rarer = rarer_patients(present, places)
    return rarer >= _DRAWN and rarer * min(value, 1 - value) >= _DISORDER


def area_figure(value: float, present: NDArray[np.bool_], places: NDArray[np.int64]) -> Estimate:
    """An area with the interval of a share of as many films as the rarer class has patients.

    No two kinds of films give an area A a larger variance than A (1 − A) / min(m, n) (van Dantzig
    1951; Birnbaum and Klose 1957), so that this holds whatever the scores are like, also where
    the classes are told apart without an error. With one patient of a class nothing is told.
    """
    rarer = rarer_patients(present, places)
    if rarer < _LEAST:
        return untold(value, len(present))
    return Estimate(value, *share_interval(value, rarer), len(present))


def rarer_patients(present: NDArray[np.bool_], places: NDArray[np.int64]) -> int:
    """How many patients have films of the class that fewer have films of."""
    return min(len(np.unique(places[present])), len(np.unique(places[~present])))


def enough_patients(places: NDArray[np.int64]) -> bool:
    """Whether there are enough patients for the bootstrap of a mean."""
    return len(np.unique(places)) >= _MEANS


def choose_threshold(
    present: NDArray[np.bool_], scores: Scores, *, sensitivity: float = 0.0, chosen_on: Sentence
) -> Threshold:
    """The operating point, and what it reaches on the films that it was chosen on.

    Args:
        present: (N,) whether the finding is there.
        scores: (N,) probability of the finding.
        sensitivity: The highest threshold that reaches it; 0 takes the largest sensitivity +
            specificity (Youden 1950), the middle one where several are equally good.
        chosen_on: The films in words.
    """
    false_alarms, hits, values = _rates(present, scores)
    if sensitivity:
        best = int(np.argmax(hits >= sensitivity))
    else:
        youden = hits - false_alarms
        ties = np.flatnonzero(youden >= youden.max() - 1e-12)
        best = int(ties[len(ties) // 2])
    after = values[best + 1] if best + 1 < len(values) else 0.0
    value = float(np.clip((values[best] + after) / 2, 0.0, 1.0))  # between two films
    found = scores >= value
    hit, spared = share(found[present]), share(~found[~present])
    return Threshold(
        value,
        hit.value,
        spared.value,
        chosen_on,
        sensitivity_interval=Interval(hit.low, hit.high, LEVEL),
        specificity_interval=Interval(spared.low, spared.high, LEVEL),
    )


def _rates(present: NDArray[np.bool_], scores: Scores) -> tuple[Doubles, Doubles, Doubles]:
    """False alarms, hits and threshold at every score, from the highest; first at none of them."""
    order = np.argsort(-scores, kind="stable")
    ordered, found = scores[order], present[order]
    ends = np.flatnonzero(np.append(ordered[1:] != ordered[:-1], [True]))
    hits = np.append(0, np.cumsum(found)[ends])
    alarms = np.append(0, ends + 1) - hits
    with np.errstate(invalid="ignore"):  # where there are no films of one kind
        return alarms / alarms[-1], hits / hits[-1], np.append(np.inf, ordered[ends])


def performance(
    present: NDArray[np.bool_],
    scores: Scores,
    threshold: float,
    *,
    patients: NDArray[np.str_] | None = None,
) -> Performance:
    """Everything about a two-class answer at a threshold; see `share` for the patients."""
    found = scores >= threshold
    owners = np.arange(len(scores)).astype(str) if patients is None else patients
    some, others = bool(present.any()), not present.all()
    return Performance(
        auc=area_under_curve(present, scores, patients=patients) if some and others else None,
        accuracy=share(found == present, owners),
        sensitivity=share(found[present], owners[present]) if some else None,
        specificity=share(~found[~present], owners[~present]) if others else None,
        brier=float(np.mean((scores - present) ** 2)),
    )


# ----------------------------------------------------------------------- numbers for JSON
# Numbers from elsewhere, and numbers for JSON.


def finite(value: object) -> float | None:
    """A finite number as a float; None for anything else, truth values among it."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    number = float(value)
    return number if math.isfinite(number) else None


def json_value(value: Any) -> Any:  # noqa: ANN401 - JSON
    """What JSON can hold of frozen values: tables, lists, and null for what is no number."""
    if is_dataclass(value) and not isinstance(value, type):
        return json_value(asdict(value))
    if isinstance(value, Mapping):
        return {str(key): json_value(one) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [json_value(one) for one in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    return value
