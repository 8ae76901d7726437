"""ROC and precision–recall curves with their bands, point by point over draws of patients."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.training.bootstrap import Doubles, Resampling, Statistic, area, intervals
from engine.training.measure import Figure, area_figure, drawn_area, untold

GRID = np.linspace(0.0, 1.0, 101)  # where bands are measured
_MOST_POINTS = 400  # of a curve that is kept
_NO_BAND = np.empty((2, 0))

Truths = NDArray[np.bool_]
Steps = tuple[Doubles, Doubles]  # of each draw, (b, G): weight of films above each score


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve and its 95 % band.

    Attributes:
        x, y: Points of the curve, in order.
        at: Places on the x axis of the band.
        low, high: The band there, each place by itself; all three are empty where there are
            too few patients for a band.
    """

    x: tuple[float, ...]
    y: tuple[float, ...]
    at: tuple[float, ...]
    low: tuple[float, ...]
    high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Discrimination:
    """How well films with a class are told from those without, at any threshold.

    Attributes:
        area: Under the ROC curve.
        precision: Average precision, the area under the precision–recall curve in steps.
        roc: Sensitivity over false alarms (1 − specificity).
        recall: Precision over recall.
    """

    area: Figure
    precision: Figure
    roc: Curve
    recall: Curve


def discrimination(present: Truths, scores: Doubles, drawn: Resampling) -> Discrimination | None:
    """Areas and curves of films (N,); None where all of them or none show the class."""
    if not 0 < int(present.sum()) < len(present):
        return None
    statistics: dict[str, Statistic] = {
        "area": area(present, scores),
        "precision": _stepped(present, scores, _average_precision),
        "roc": _stepped(present, scores, _sensitivities),
        "recall": _stepped(present, scores, _precisions),
    }
    ones = np.ones((1, len(scores)))
    count = len(scores)
    values = {name: float(statistics[name](ones)[0]) for name in ("area", "precision")}
    if drawn_area(values["area"], present, drawn.places):
        found = intervals(drawn, statistics)
        figures = {name: _figure(value, found[name], count) for name, value in values.items()}
    else:
        figures = {
            "area": area_figure(values["area"], present, drawn.places),
            "precision": untold(values["precision"], count),
        }
        found = {"roc": _NO_BAND, "recall": _NO_BAND}
    hits, alarms = (steps[0] for steps in _steps(present, scores)(ones))
    sensitivity, false = hits / hits[-1], alarms / alarms[-1]
    precision = hits / (hits + alarms)
    return Discrimination(
        area=figures["area"],
        precision=figures["precision"],
        roc=_curve(np.append(0.0, false), np.append(0.0, sensitivity), found["roc"]),
        recall=_curve(
            np.append(0.0, sensitivity), np.append(precision[0], precision), found["recall"]
        ),
    )


def _figure(value: float, interval: Doubles, count: int) -> Figure:
    low, high = interval.tolist()
    return Figure(value, low, high, count)


def _curve(x: Doubles, y: Doubles, band: Doubles) -> Curve:
    """The corners of a curve, thinned where there are more than anybody can see."""
    corner = np.ones(len(x), np.bool_)
    corner[1:-1] = ~((x[1:-1] == x[:-2]) & (x[1:-1] == x[2:]))
    corner[1:-1] &= ~((y[1:-1] == y[:-2]) & (y[1:-1] == y[2:]))
    kept = np.flatnonzero(corner)
    if len(kept) > _MOST_POINTS:
        kept = kept[np.rint(np.linspace(0, len(kept) - 1, _MOST_POINTS)).astype(np.intp)]
    at = GRID[: band.shape[1]]
    return Curve(*(tuple(values.tolist()) for values in (x[kept], y[kept], at, *band)))


def _steps(present: Truths, scores: Doubles) -> Callable[[Doubles], Steps]:
    """Weight of films with and without the class down to each different score, from the top."""
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order]
    ends = np.flatnonzero(np.append(ordered[1:] < ordered[:-1], True))
    with_it = present[order].astype(float)

    def measured(weights: Doubles) -> Steps:
        drawn = weights[:, order]
        hits = np.cumsum(drawn * with_it, axis=1)[:, ends]
        alarms = np.cumsum(drawn * (1 - with_it), axis=1)[:, ends]
        return hits, alarms

    return measured


def _stepped(
    present: Truths, scores: Doubles, statistic: Callable[[Doubles, Doubles], Doubles]
) -> Statistic:
    steps = _steps(present, scores)

    def measured(weights: Doubles) -> Doubles:
        hits, alarms = steps(weights)
        with np.errstate(divide="ignore", invalid="ignore"):
            return statistic(hits, alarms)

    return measured


def _average_precision(hits: Doubles, alarms: Doubles) -> Doubles:
    """Σ (recall gained) × precision; a draw may leave out the films at the top."""
    precision = np.nan_to_num(hits / (hits + alarms))
    gained = np.diff(hits, axis=1, prepend=0.0)
    return np.asarray((gained * precision).sum(axis=1) / hits[:, -1])


def _sensitivities(hits: Doubles, alarms: Doubles) -> Doubles:
    """Sensitivity at each share of false alarms of GRID, on the straight lines between points."""
    sensitivity, false = hits / hits[:, -1:], alarms / alarms[:, -1:]
    return np.stack([np.interp(GRID, x, y) for x, y in zip(false, sensitivity, strict=True)])


def _precisions(hits: Doubles, alarms: Doubles) -> Doubles:
    """Precision at the highest threshold that reaches each recall of GRID."""
    precision, recall = hits / (hits + alarms), hits / hits[:, -1:]
    wanted = np.maximum(GRID, 1e-9)  # recall 0 is reached by no film at all
    return np.stack(
        [
            y[np.minimum(np.searchsorted(x, wanted - 1e-12), len(x) - 1)]
            for x, y in zip(recall, precision, strict=True)
        ]
    )
