"""A comparison as one page, in the style of a report: both curves in one drawing."""

from pathlib import Path

from matplotlib.figure import Figure as Canvas

from engine.evaluation.comparison import METHODS, VERDICTS
from engine.evaluation.comparison_report import (
    FEW,
    KIND,
    Comparison,
    Rival,
    interval_words,
    p_words,
)
from engine.evaluation.curves import Discrimination
from engine.evaluation.drawing import (
    FIRST,
    INK,
    PAPER,
    QUIET,
    SECOND,
    Drawing,
    draw,
    in_words,
    unit_axes,
)
from engine.evaluation.files import write_page
from engine.evaluation.page import rendered
from engine.evaluation.plots import reliability_drawing
from engine.types.text import shown

_SQUARE = (4.6, 4.2)
_NAME = 28  # characters of a model
_COLOURS, _LINES = (FIRST, SECOND), ("solid", (0, (5, 2)))


def write_comparison(comparison: Comparison, path: Path) -> Path:
    """Write the page, and its numbers as JSON beside it; see `write_report`."""
    return write_page(path, comparison, comparison_page(comparison), kind=KIND)


def comparison_page(comparison: Comparison) -> str:
    """The page; it holds all it needs, as that of a report does."""
    found = comparison.differences
    return rendered(
        "comparison.html",
        report=comparison,
        drawings={one.name: one for one in drawings(comparison)},
        verdicts=VERDICTS,
        methods=METHODS,
        agreements=[one for one in found if one.agreement is not None],
        interval=interval_words,
        few=FEW,
        p=p_words,
    )


def drawings(comparison: Comparison) -> list[Drawing]:
    """Both ROC curves where there is a finding, and the calibration of both."""
    found = [reliability_drawing(comparison.reliability_of, comparison.stages)]
    if comparison.told is not None:
        found.append(_curves(comparison))
    return found


def _curves(comparison: Comparison) -> Drawing:
    """Sensitivity over false alarms of both, and where their own thresholds lie."""
    told = comparison.told or ()
    points = _points(comparison)

    def paint(canvas: Canvas) -> None:
        axes = canvas.add_subplot()
        axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (3, 3)))
        for place, (rival, one) in enumerate(zip(comparison.models, told, strict=True)):
            colour, curve = _COLOURS[place], one.roc
            axes.fill_between(curve.at, curve.low, curve.high, color=colour, alpha=0.1, lw=0)
            label = _label(rival, one)
            axes.plot(curve.x, curve.y, color=colour, linestyle=_LINES[place], label=label)
        for place, (x, y) in enumerate(points):
            marker, face = "os"[place], _COLOURS[place]
            axes.plot(x, y, marker, color=face, markersize=7, markeredgecolor=PAPER)
            side = comparison.models[place].side
            beside = (9, -4) if place == 0 else (-14, 6)
            axes.annotate(side, (x, y), xytext=beside, textcoords="offset points", color=INK)
        axes.legend(loc="lower right")
        unit_axes(axes, "False alarms (1 − specificity)", "Sensitivity")

    words = " ".join(
        f"{rival.side}: area under the curve {in_words(one.area)}"
        + "".join(
            f", at its threshold sensitivity {y:.3f} and specificity {1 - x:.3f}"
            for x, y in points[place : place + 1]
        )
        + "."
        for place, (rival, one) in enumerate(zip(comparison.models, told, strict=True))
    )
    return draw("roc", "ROC curves", description=words, size=_SQUARE, paint=paint)


def _label(rival: Rival, told: Discrimination) -> str:
    return f"{rival.side}: {shown(rival.name, _NAME)}, AUC {told.area.value:.3f}"


def _points(comparison: Comparison) -> list[tuple[float, float]]:
    """(1 − specificity, sensitivity) of A and B at their own thresholds."""
    known = {one.key: one for one in comparison.differences}
    if "sensitivity" not in known or "specificity" not in known:
        return []
    sensitive, specific = known["sensitivity"], known["specificity"]
    return [
        (1 - specific.a.value, sensitive.a.value),
        (1 - specific.b.value, sensitive.b.value),
    ]
