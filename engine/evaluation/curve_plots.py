"""Drawings of how well classes are told apart: curves, and films by probability."""

import math
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import NullLocator

from engine.evaluation.curves import Curve, Discrimination
from engine.evaluation.drawing import (
    FIRST,
    INK,
    PAPER,
    QUIET,
    SECOND,
    THIRD,
    Drawing,
    draw,
    in_words,
    unit_axes,
)
from engine.evaluation.finding import Finding, OperatingPoint
from engine.types.text import shown

_SQUARE, _WIDE = (4.6, 4.2), (4.6, 3.4)
_NAME = 28  # characters of a class


def roc_drawing(told: Discrimination, point: OperatingPoint) -> Drawing:
    """Sensitivity over false alarms, its band, and the threshold in use."""

    def paint(canvas: Canvas) -> None:
        axes = canvas.add_subplot()
        axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (3, 3)))
        _curve(axes, told.roc)
        x, y = 1 - point.specificity.value, point.sensitivity.value
        _cross(axes, point)
        axes.annotate(
            f"threshold {point.threshold:.3f}",
            (x, y),
            xytext=(14, -20),
            textcoords="offset points",
            color=INK,
        )
        axes.text(0.98, 0.06, f"AUC {in_words(told.area)}", ha="right", color=FIRST, weight="bold")
        unit_axes(axes, "False alarms (1 − specificity)", "Sensitivity")

    words = (
        f"Area under the curve {in_words(told.area)}. At the threshold {point.threshold:.3f}"
        f" sensitivity is {in_words(point.sensitivity)} and specificity"
        f" {in_words(point.specificity)}."
    )
    return draw("roc", "ROC curve", description=words, size=_SQUARE, paint=paint)


def recall_drawing(told: Discrimination, found: Finding) -> Drawing:
    """Precision over recall, its band, and the threshold in use."""
    point = found.points[0]

    def paint(canvas: Canvas) -> None:
        axes = canvas.add_subplot()
        axes.axhline(found.prevalence, color=QUIET, linewidth=1, linestyle=(0, (3, 3)))
        _curve(axes, told.recall, steps=True)
        if not math.isnan(point.ppv.value):
            axes.plot(point.sensitivity.value, point.ppv.value, "o", **_dot())
        above = found.prevalence < 0.8
        axes.text(
            0,
            found.prevalence + (0.015 if above else -0.015),
            f"chance, {found.prevalence:.2f}",
            va="bottom" if above else "top",
            color=QUIET,
        )
        words = f"average precision {in_words(told.precision)}"
        low = found.prevalence > 0.25
        axes.text(0.02, 0.06 if low else 0.94, words, color=FIRST, weight="bold")
        unit_axes(axes, "Recall (sensitivity)", "Precision (positive predictive value)")

    words = (
        f"Average precision {in_words(told.precision)}; chance would be {found.prevalence:.3f}."
        f" At the threshold precision is {in_words(point.ppv)}."
    )
    return draw("recall", "Precision–recall curve", description=words, size=_SQUARE, paint=paint)


def bars_drawing(found: Finding) -> Drawing:
    """Films with (upwards) and without (downwards) the finding by probability."""
    threshold, (present, absent) = found.points[0].threshold, found.bars

    def paint(canvas: Canvas) -> None:
        axes = canvas.add_subplot()
        edges = np.linspace(0, 1, len(present) + 1)
        middles, width = (edges[:-1] + edges[1:]) / 2, 0.85 / len(present)
        axes.bar(middles, present, width, color=THIRD, label=f"with {shown(found.name, _NAME)}")
        axes.bar(middles, [-n for n in absent], width, color=SECOND, label="without")
        axes.axhline(0, color=QUIET, linewidth=1)
        axes.axvline(threshold, color=INK, linewidth=1.2, linestyle=(0, (3, 3)))
        most = 2.0 * max(*present, *absent, 1)
        axes.set_yscale("symlog", linthresh=1, linscale=0.5)  # one film is seen, as 1,000 are
        axes.set(xlim=(-0.02, 1.02), ylim=(-most, most))
        axes.set(xlabel="Probability that the model gives", ylabel="Films")
        axes.yaxis.set_major_formatter(lambda value, _: f"{abs(value):,.0f}")
        axes.yaxis.set_minor_locator(NullLocator())
        axes.legend(loc="lower center", ncols=2, bbox_to_anchor=(0.5, 1.0))

    words = (
        f"Films by probability in {len(present)} steps from 0 to 1. With the finding, upwards:"
        f" {', '.join(map(str, present))}. Without, downwards: {', '.join(map(str, absent))}."
        f" The threshold is {threshold:.3f}."
    )
    return draw("bars", "Probabilities", description=words, size=_WIDE, paint=paint)


def rest_drawing(told: list[tuple[str, Discrimination]]) -> Drawing:
    """A small ROC curve of each class against all others."""
    rows = math.ceil(len(told) / 6)
    columns = math.ceil(len(told) / rows)

    def paint(canvas: Canvas) -> None:
        grid = canvas.subplots(rows, columns, squeeze=False, sharex=True, sharey=True)
        for axes in grid.flat[len(told) :]:
            axes.set_axis_off()
        for axes, (name, one) in zip(grid.flat, told, strict=False):
            axes.plot([0, 1], [0, 1], color=QUIET, linewidth=0.8, linestyle=(0, (3, 3)))
            _curve(axes, one.roc)
            axes.set(xlim=(-0.03, 1.03), ylim=(-0.03, 1.03), xticks=[0, 1], yticks=[0, 1])
            axes.set_aspect("equal")
            axes.set_title(shown(name, 20), fontsize=9)
            axes.text(1, 0.05, f"{one.area.value:.4f}", ha="right", color=FIRST, weight="bold")
            axes.text(1, 0.19, "AUC", ha="right", color=QUIET, fontsize=8)
        canvas.supxlabel("False alarms (1 − specificity)", fontsize=9, color=QUIET)
        canvas.supylabel("Sensitivity", fontsize=9, color=QUIET)

    words = "Areas under the curves: " + "; ".join(
        f"{name} {in_words(one.area)}" for name, one in told
    )
    return draw(
        "rest",
        "ROC curves, each class against all others",
        description=words + ".",
        size=(min(9.6, 2.4 * columns), 0.6 + min(9.6, 2.4 * columns) / columns * rows),
        paint=paint,
    )


def _curve(axes: Axes, curve: Curve, *, steps: bool = False) -> None:
    axes.fill_between(curve.at, curve.low, curve.high, color=FIRST, alpha=0.16, linewidth=0)
    axes.plot(curve.x, curve.y, color=FIRST, drawstyle="steps-pre" if steps else "default")


def _cross(axes: Axes, point: OperatingPoint) -> None:
    """The operating point with the intervals of both of its figures."""
    sensitive, specific = point.sensitivity, point.specificity
    x, y = 1 - specific.value, sensitive.value
    axes.plot([1 - specific.high, 1 - specific.low], [y, y], color=INK, linewidth=1.2)
    axes.plot([x, x], [sensitive.low, sensitive.high], color=INK, linewidth=1.2)
    axes.plot(x, y, "o", **_dot())


def _dot() -> dict[str, Any]:
    return {"color": INK, "markersize": 7, "markeredgecolor": PAPER, "markeredgewidth": 1.2}
