"""Reports as files: a page and its numbers, of one model or of two compared."""

import json
import re
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure as Canvas

from engine.bundle import parse_json
from engine.errors import DataError, EngineError
from engine.evaluation.comparison import METHODS, VERDICTS
from engine.evaluation.comparison_report import (
    COMPARISON,
    COMPARISON_FORMAT,
    FEW,
    Comparison,
    Rival,
    interval_words,
    p_words,
)
from engine.evaluation.drawings import (
    FIRST,
    INK,
    PAPER,
    QUIET,
    SECOND,
    Drawing,
    draw,
    in_words,
    reliability_drawing,
    unit_axes,
)
from engine.evaluation.page import page_of, rendered
from engine.evaluation.report import FORMAT, KIND, Evaluation
from engine.measure import Discrimination, json_value
from engine.output import write_whole
from engine.text import shown
from engine.words import as_json

# -------------------------------------------------------------- page and JSON of a report
# The two files of a report: written beside their places, then put there, never in halves.

_LARGEST = 2**26  # bytes of a JSON file
_MAKERS = {KIND: "evaluate", COMPARISON: "evaluate --against"}
_FORMATS = {KIND: FORMAT, COMPARISON: COMPARISON_FORMAT}
_ARCHIVES = (".tar.gz", ".tgz", ".tar", ".npz")


def report_path(model: str, data: Path, *, split: str) -> Path:
    """Where a report goes if nobody says: MODEL-DATA-SPLIT.html in the current folder."""
    name = data.name
    for suffix in _ARCHIVES:
        name = name.removesuffix(suffix)
    words = (Path(model).name, name or "data", split)
    return Path("-".join(re.sub(r"[^\w.-]+", "_", word) for word in words) + ".html")


def check_place(path: Path, kind: str = KIND) -> None:
    """Refuse, before anything is measured, a place where a report of a kind cannot go.

    Raises:
        DataError: Another kind of name, no such folder, or a JSON file that is no report.
    """
    if path.suffix.lower() != ".html":
        raise DataError("{path}: the name of a report must end in .html.", path=path.name)
    if not path.parent.is_dir():
        raise DataError(
            "{path}: its folder {parent} is not there.", path=path.name, parent=path.parent.name
        )
    beside = path.with_suffix(".json")
    if beside.exists():
        try:
            read_report(beside, kind)
        except (EngineError, OSError) as error:
            raise DataError(
                "{beside} is there and is no report; choose another name with -o.",
                beside=beside.name,
            ) from error


def write_report(evaluation: Evaluation, path: Path) -> Path:
    """Write the page, and its numbers as JSON beside it.

    Args:
        evaluation: What was measured.
        path: Of the page; ends in .html.

    Returns:
        The path of the JSON file.

    Raises:
        DataError: See `check_place`.
        OSError: The folder cannot be written to.
    """
    results = [[as_json(one) for one in pair] for pair in evaluation.report.results]
    values = json_value(evaluation.report) | {"results": results}
    values["test"]["source"] = as_json(evaluation.report.test.source)
    return write_page(path, values, page_of(evaluation), kind=KIND)


def write_page(path: Path, report: object, page: str, *, kind: str) -> Path:
    """Write a page and the frozen values it shows, see `write_report`."""
    check_place(path, kind)
    beside = path.with_suffix(".json")
    text = json.dumps(json_value(report), indent=1, ensure_ascii=False, allow_nan=False) + "\n"
    write_whole(beside, text)
    write_whole(path, page)
    return beside


def read_report(path: Path, kind: str = KIND) -> dict[str, Any]:
    """The JSON file of a report, as plain values.

    Args:
        path: Of the file.
        kind: "rowscope-evaluation", or "rowscope-comparison" of two models.

    Raises:
        DataError: It is no report of this program, or of a later one.
        BundleError: It is not JSON with one meaning.
        OSError: It cannot be read.
    """
    if path.stat().st_size > _LARGEST:
        raise DataError("{path} is too large for a report.", path=path.name)
    values = parse_json(path.read_bytes(), shown(path.name))
    if not isinstance(values, dict) or values.get("kind") != kind:
        raise DataError(
            "{path} is no report of `rowscope-engine {makers}`.",
            path=path.name,
            makers=_MAKERS[kind],
        )
    if values.get("format") != _FORMATS[kind]:
        raise DataError("{path} was written by another version of this program.", path=path.name)
    return values


# ------------------------------------------------------------------------- comparison page
# A comparison as one page, in the style of a report: both curves in one drawing.

_SQUARE = (4.6, 4.2)
_NAME = 28  # characters of a model
_COLOURS, _LINES = (FIRST, SECOND), ("solid", (0, (5, 2)))


def write_comparison(comparison: Comparison, path: Path) -> Path:
    """Write the page, and its numbers as JSON beside it; see `write_report`."""
    return write_page(path, comparison, comparison_page(comparison), kind=COMPARISON)


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


# ------------------------------------------------------------------------------ evaluation
# One evaluation of a model: measured once, shown as a page, kept as JSON, told in its card.
#
# And two models on the same films: `compare`, with paired tests of every difference.
