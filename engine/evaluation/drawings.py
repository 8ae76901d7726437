"""The drawings of a report, as SVG whose colours the page chooses."""

import io
import math
import re
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape
from typing import Any, Final

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure, Figure as Canvas
from matplotlib.ticker import NullLocator

from engine.bundle import MOST_MOVED
from engine.evaluation.doubt import Column, Group
from engine.evaluation.report import Learnt, Report
from engine.measure import (
    Discrimination,
    Estimate,
    Estimate as Measured,
    Finding,
    OperatingPoint,
    RateCurve,
    ReliabilityStage,
)
from engine.tasks import TaskCurve
from engine.text import shown
from engine.types import Nuisance
from engine.words import Sentence

# -------------------------------------------------------------------- SVG from matplotlib
# Drawings as SVG for a page: no pyplot, text as text, colours by the page's own names.
#
# matplotlib draws in colours that nobody would choose; each of them is then replaced by a
# variable of the page's style sheet, so that a drawing follows the page into the dark and onto
# paper.

INK: Final = "#010301"
QUIET: Final = "#010302"
LINE: Final = "#010303"
FIRST: Final = "#010304"  # the model's own curve
SECOND: Final = "#010305"
THIRD: Final = "#010306"
PAPER: Final = "#010307"
_HALF = 6.0  # inches
_NAMES = {
    INK: "ink",
    QUIET: "quiet",
    LINE: "line",
    FIRST: "first",
    SECOND: "second",
    THIRD: "third",
    PAPER: "paper",
}
_STYLE = {
    "svg.fonttype": "none",
    "text.parse_math": False,  # names of classes and columns come from strangers
    "axes.unicode_minus": True,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": LINE,
    "axes.labelcolor": QUIET,
    "axes.titlecolor": INK,
    "axes.titlesize": 10,
    "axes.titlelocation": "left",
    "axes.titlepad": 8,
    "axes.labelsize": 9,
    "axes.linewidth": 1.0,
    "axes.grid": True,
    "axes.axisbelow": True,
    "grid.color": LINE,
    "grid.linewidth": 0.6,
    "xtick.color": LINE,
    "ytick.color": LINE,
    "xtick.labelcolor": QUIET,
    "ytick.labelcolor": QUIET,
    "xtick.labelsize": 8.5,
    "ytick.labelsize": 8.5,
    "xtick.major.size": 0,
    "ytick.major.size": 0,
    "xtick.major.pad": 5,
    "ytick.major.pad": 5,
    "text.color": INK,
    "font.size": 9,
    "lines.linewidth": 1.8,
    "lines.solid_capstyle": "round",
    "legend.frameon": False,
    "legend.fontsize": 8.5,
}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing and the same in words.

    Attributes:
        name: Unique on its page; letters, digits and hyphens.
        title: Short.
        description: What there is to see, for those who do not see it.
        svg: The element, to be put into a page as it stands.
        half: Whether it is drawn for half of a page's width.
    """

    name: str
    title: str
    description: str
    svg: str
    half: bool = False


def draw(
    name: str,
    title: str,
    *,
    description: str,
    size: tuple[float, float],
    paint: Callable[[Figure], None],
) -> Drawing:
    """Let a function paint a figure of a size in inches, and take it as SVG."""
    style: Any = {**_STYLE, "svg.hashsalt": name}  # releases differ in the type of its keys
    with mpl.rc_context(style), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a glyph that matplotlib's font lacks, the browser's has
        figure = Figure(figsize=size, layout="constrained")
        figure.patch.set_visible(False)
        paint(figure)
        for axes in figure.axes:
            axes.patch.set_visible(False)
        stream = io.StringIO()
        figure.savefig(stream, format="svg", metadata={"Date": None})
    svg = _cleaned(stream.getvalue(), name, title, description)
    return Drawing(name, title, description, svg, half=size[0] < _HALF)


def unit_axes(axes: Axes, x: str, y: str) -> None:
    """Both axes from 0 to 1, with a little room so that nothing is cut at the edges."""
    axes.set(xlim=(-0.02, 1.02), ylim=(-0.02, 1.02), xlabel=x, ylabel=y)
    axes.set_xticks([0, 0.2, 0.4, 0.6, 0.8, 1])
    axes.set_yticks([0, 0.2, 0.4, 0.6, 0.8, 1])


def in_words(figure: Measured) -> str:
    """A figure with its interval, in three digits."""
    return figure.words()


def _cleaned(svg: str, name: str, title: str, description: str) -> str:
    """The element alone: without prolog, foreign names, sizes, fonts and ids that clash."""
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.DOTALL)
    svg = svg.replace("xlink:href", "href")
    svg = re.sub(r"font-family: [^;\"]*;? ?", "", svg)
    svg = re.sub(r' d="([^"]*)"', lambda match: f' d="{_short(match[1])}"', svg)
    used = set(re.findall(r"(?:url\(#|href=\"#)([^)\"]+)", svg))
    svg = re.sub(
        r' id="([^"]*)"', lambda match: f' id="{name}-{match[1]}"' if match[1] in used else "", svg
    )
    svg = re.sub(r"(url\(#|href=\"#)", rf"\1{name}-", svg)
    for colour, variable in _NAMES.items():
        svg = svg.replace(colour, f"var(--{variable})")
    return _opened(svg, name, title, description)


def _opened(svg: str, name: str, title: str, description: str) -> str:
    """The element with a title and a description instead of its size and names of XML."""
    box = re.search(r'viewBox="([^"]*)"', svg)
    start = (
        f'<svg viewBox="{box[1] if box else ""}" role="img"'
        f' aria-labelledby="{name}-title" aria-describedby="{name}-desc">'
        f'<title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-desc">{escape(description)}</desc>'
    )
    return re.sub(r"\n\s*", "\n", start + svg[svg.index(">") + 1 :]).strip()


def _short(path: str) -> str:
    """A path with hundredths of a point, which no screen shows."""
    return re.sub(r"(\.\d\d)\d+", r"\1", path.replace("\n", " ")).strip()


# ------------------------------------------------------------------------ curves and bars
# Drawings of how well classes are told apart: curves, and films by probability.

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


def _curve(axes: Axes, curve: RateCurve, *, steps: bool = False) -> None:
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


# --------------------------------------------------------------- all drawings of a report
# The drawings of a report, each of values that the report holds.

_STAGES = {"before": SECOND, "after": FIRST, "merged": THIRD, "a": FIRST, "b": SECOND}
_SAID = 8  # points of a curve that are said in words
_RELIABILITY = ((4.6, 4.3), (9.4, 4.7), (9.6, 3.6))  # of one, two and three stages


def drawings(report: Report) -> dict[str, Drawing]:
    """Every drawing that there are values for, by its name."""
    return {one.name: one for one in _all(report)}


def _all(report: Report) -> Iterator[Drawing]:
    found = report.finding
    if found is not None:
        if (told := found.discrimination) is not None:
            yield roc_drawing(told, found.points[0])
            yield recall_drawing(told, found)
        yield bars_drawing(found)
    if report.choice is not None:
        classes = report.choice.classes
        curves = [(one.name, one.discrimination) for one in classes if one.discrimination]
        if curves:
            yield rest_drawing(curves)
    if report.reliability is not None:
        yield reliability_drawing(report.reliability.of, report.reliability.stages)
    if report.task is not None and report.task.curve is not None:
        yield task_drawing(report.task.curve)
    for number, column in enumerate(report.subgroups, 1):
        yield _groups(column, f"group-{number}", report)
    if report.nuisance is not None:
        yield nuisance_drawing(report.nuisance)
    if report.learning:
        yield _learning(report.learning)


def task_drawing(curve: TaskCurve) -> Drawing:
    """The curve of a task, such as FROC."""

    def paint(canvas: Canvas) -> None:
        axes = canvas.subplots()
        axes.plot(curve.x, curve.y, color=FIRST, drawstyle="steps-post")
        axes.set(xlabel=curve.across, ylabel=curve.up, ylim=(-0.02, 1.02))
        axes.set_xlim(left=0)

    places = np.linspace(0, len(curve.x) - 1, min(len(curve.x), _SAID)).astype(int)
    words = ", ".join(f"{curve.y[one]:.2f} at {curve.x[one]:.2f}" for one in places)
    return draw(
        "task",
        curve.title,
        description=f"{curve.up} by {curve.across.lower()}: {words}.",
        size=(6.4, 3.8),
        paint=paint,
    )


def reliability_drawing(of: str, stages: tuple[ReliabilityStage, ...]) -> Drawing:
    """What was said against what is true, a panel for each stage (or each of two models)."""

    def paint(canvas: Canvas) -> None:
        panels = canvas.subplots(1, len(stages), squeeze=False, sharey=True)[0]
        for axes, stage in zip(panels, stages, strict=True):
            _stage(axes, stage)
            unit_axes(axes, "Probability said", "")
            axes.set_title(shown(stage.title, 60))
        panels[0].set_ylabel("Share that is true")

    words = f"Of {of}, in ten bins. " + " ".join(
        f"{stage.title}: "
        + ", ".join(f"said {one.said:.2f}, true {one.true.value:.2f}" for one in stage.bins)
        + "."
        for stage in stages
    )
    count = len(stages)
    return draw(
        "reliability",
        "Reliability",
        description=words,
        size=_RELIABILITY[count - 1],
        paint=paint,
    )


def _stage(axes: Axes, stage: ReliabilityStage) -> None:
    colour = _STAGES[stage.key]
    said = [one.said for one in stage.bins]
    true = [one.true.value for one in stage.bins]
    below = [max(0.0, one.true.value - one.true.low) for one in stage.bins]
    above = [max(0.0, one.true.high - one.true.value) for one in stage.bins]
    axes.plot([0, 1], [0, 1], color=QUIET, linewidth=1, linestyle=(0, (3, 3)))
    axes.plot(said, true, color=colour, linewidth=0.9, alpha=0.5)
    axes.errorbar(
        said,
        true,
        yerr=[below, above],
        color=colour,
        marker="o",
        markersize=6,
        linestyle="none",
        elinewidth=1.2,
        markeredgecolor=PAPER,
    )


def _groups(column: Column, name: str, report: Report) -> Drawing:
    title, overall = _measure_of(report)
    lines = [(one, one.area or one.accuracy) for one in column.groups]
    if report.finding is not None:
        lines = [(one, one.area) for one in column.groups if one.area]

    def paint(canvas: Canvas) -> None:
        axes = canvas.add_subplot()
        if overall is not None and overall.told:
            axes.axvspan(overall.low, overall.high, color=FIRST, alpha=0.12, linewidth=0)
        if overall is not None:
            axes.axvline(overall.value, color=FIRST, linewidth=1)
        for place, (group, figure) in enumerate(lines):
            _whisker(axes, place, group, figure)
        axes.set_yticks(
            range(len(lines)),
            [f"{shown(one.name, _NAME)}{' (few)' if one.small else ''}" for one, _ in lines],
        )
        axes.set_ylim(len(lines) - 0.5, -0.5)
        axes.grid(visible=False, axis="y")
        axes.set_xlabel(f"{title}; shaded: all films")

    words = "; ".join(
        f"{one.name}: {in_words(figure)}, {one.films} films" for one, figure in lines
    )
    return draw(
        name,
        f"{title} by {shown(column.name, 60)}",
        description=words or "No group has films with and without the finding.",
        size=(4.6, 0.9 + 0.34 * max(len(lines), 1)),
        paint=paint,
    )


def nuisance_drawing(found: Nuisance) -> Drawing:
    """Mean and 90th percentile of how far each change moves the answers; the worst on top."""
    lines = [(str(Sentence(f"nuisance.{one.name}")), one) for one in found.changes]

    def paint(canvas: Canvas) -> None:
        axes = canvas.add_subplot()
        for place, (_, one) in enumerate(lines):
            bad = one.moved.value > MOST_MOVED
            colour = SECOND if bad else FIRST
            axes.barh(place, one.moved.value, 0.6, color=colour)
            axes.plot([one.moved.value, one.most], [place, place], color=colour, linewidth=1.2)
            axes.plot(one.most, place, "|", color=colour, markersize=8)
        axes.axvline(MOST_MOVED, color=INK, linewidth=1.2, linestyle=(0, (3, 3)))
        axes.set_yticks(range(len(lines)), [name for name, _ in lines])
        axes.set_ylim(len(lines) - 0.5, -0.5)
        axes.set_xlim(0, max(1.05 * max(one.most for _, one in lines), 2 * MOST_MOVED))
        axes.grid(visible=False, axis="y")
        axes.set_xlabel("Change of the probability")

    words = "; ".join(
        f"{name}: {one.moved.value:.3f} in the mean, {one.most:.3f} at the 90th percentile"
        for name, one in lines
    )
    size = (9.4, 0.9 + 0.3 * len(lines))
    return draw("nuisance", "How far answers move", description=words, size=size, paint=paint)


def _whisker(axes: Axes, place: int, group: Group, figure: Estimate) -> None:
    colour = QUIET if group.small else FIRST
    axes.plot([figure.low, figure.high], [place, place], color=colour, linewidth=1.6)
    face = PAPER if group.small else colour
    axes.plot(figure.value, place, "o", color=colour, markersize=6, markerfacecolor=face)


def _measure_of(report: Report) -> tuple[str, Estimate | None]:
    if report.finding is not None:
        told = report.finding.discrimination
        return "AUC", told.area if told else None
    return "Accuracy", report.choice.accuracy if report.choice else None


def _learning(epochs: tuple[Learnt, ...]) -> Drawing:
    def paint(canvas: Canvas) -> None:
        left, middle, right = canvas.subplots(1, 3)
        _line(left, epochs, "loss", SECOND, "training")
        _line(left, epochs, "validation_loss", FIRST, "validation")
        left.set_title("Loss", fontsize=9)
        left.legend()
        _line(middle, epochs, "accuracy", FIRST, "validation")
        middle.set_title("Accuracy on validation films", fontsize=9)
        _line(right, epochs, "learning_rate", QUIET, "learning rate")
        right.set_title("Learning rate", fontsize=9)
        right.ticklabel_format(axis="y", style="plain")
        for axes in (left, middle, right):
            axes.set_xlabel("Epoch")
            axes.xaxis.get_major_locator().set_params(integer=True)
        right.set_ylim(bottom=0)

    last = epochs[-1]
    told = [
        f"{title} {value:.4f}"
        for title, value in (
            ("training loss", last.loss),
            ("validation loss", last.validation_loss),
            ("validation accuracy", last.accuracy),
        )
        if value is not None
    ]
    words = (
        f"{len(epochs)} epochs; at the last one " + (", ".join(told) or "nothing is told") + "."
    )
    return draw("learning", "How it learnt", description=words, size=(9.6, 2.9), paint=paint)


def _line(axes: Axes, epochs: tuple[Learnt, ...], key: str, colour: str, label: str) -> None:
    known = [(one.number, getattr(one, key)) for one in epochs if getattr(one, key) is not None]
    if known:
        numbers, values = zip(*known, strict=True)
        marker = "o" if len(known) == 1 else ""
        axes.plot(numbers, values, color=colour, label=label, marker=marker)
