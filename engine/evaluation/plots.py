"""The drawings of a report, each of values that the report holds."""

from collections.abc import Iterator

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from engine.evaluation.curve_plots import (
    bars_drawing,
    recall_drawing,
    rest_drawing,
    roc_drawing,
)
from engine.evaluation.drawing import (
    FIRST,
    PAPER,
    QUIET,
    SECOND,
    THIRD,
    Drawing,
    draw,
    in_words,
    unit_axes,
)
from engine.evaluation.learning import Learnt
from engine.evaluation.reliability import Stage
from engine.evaluation.report import Report
from engine.evaluation.subgroups import Column, Group
from engine.training.measure import Figure
from engine.types.text import shown

_STAGES = {"before": SECOND, "after": FIRST, "merged": THIRD, "a": FIRST, "b": SECOND}
_RELIABILITY = ((4.6, 4.3), (9.4, 4.7), (9.6, 3.6))  # of one, two and three stages
_NAME = 28  # characters of a group on an axis


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
    yield reliability_drawing(report.reliability.of, report.reliability.stages)
    for number, column in enumerate(report.subgroups, 1):
        yield _groups(column, f"group-{number}", report)
    if report.learning:
        yield _learning(report.learning)


def reliability_drawing(of: str, stages: tuple[Stage, ...]) -> Drawing:
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


def _stage(axes: Axes, stage: Stage) -> None:
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


def _whisker(axes: Axes, place: int, group: Group, figure: Figure) -> None:
    colour = QUIET if group.small else FIRST
    axes.plot([figure.low, figure.high], [place, place], color=colour, linewidth=1.6)
    face = PAPER if group.small else colour
    axes.plot(figure.value, place, "o", color=colour, markersize=6, markerfacecolor=face)


def _measure_of(report: Report) -> tuple[str, Figure | None]:
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
