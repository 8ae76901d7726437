"""How values show in a notebook or a console: one line, or a quiet page on light or dark.

Everything that comes from a file is escaped, nothing is fetched, nothing runs; no pixels of the
film are in it. The pages are templates of `resources/notebook`, filled in here.
"""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from engine.resources import resource_path
from engine.text import marks, rounded_up, shown

if TYPE_CHECKING:
    from jinja2 import Environment

    from engine.types import Analysis, Influence, ModelInfo, Prediction, Trust

_FOR, _AGAINST = "#D9730D", "#3B82F6"  # contrast of at least 3 on white and on #111
_MOST = 5  # classes that are listed, and strongest steps
_TOP, _BOTTOM = 26, 282  # of the drawing's axes
_LEFT, _RIGHT = (64, 356), (396, 628)  # from −end to end; from 0 to 1
_LEAST_GAP = 4.0  # height of a bar from which on bars are kept apart
_LEAST_DISTANCE = 0.1  # of a threshold from 0 and 1, so that both can be written


def model_line(model: "ModelInfo") -> str:
    """For example "<ModelInfo digits 1.0: Handwritten digits; LSTM 3 × 128, last; …>"."""
    grid = f"reads {model.input.rows} × {model.input.columns}"
    parts = (shown(model.title), model.architecture, grid, f"weights {model.sha256[:12]}")
    return f"<ModelInfo {shown(model.name)} {shown(model.version)}: {'; '.join(parts)}>"


def analysis_line(analysis: "Analysis") -> str:
    """For example "<Analysis of film.dcm by digits 1.0: 8 0.97>"."""
    model, prediction = analysis.model, analysis.prediction
    frame = f", frame {analysis.frame + 1}" if analysis.image.frame_count > 1 else ""
    who = f"{shown(analysis.image.path.name)}{frame} by {shown(model.name)} {shown(model.version)}"
    if prediction is None:
        return f"<Analysis of {who}: abstained. {shown(analysis.abstained or '', 300)}>"
    name, value = prediction.classes[prediction.target], prediction.probabilities
    answer = f"{shown(name)} {probability(float(value[prediction.target]))}"
    where = _threshold_words(prediction, model)
    return f"<Analysis of {who}: {answer}{', ' + where if where else ''}>"


def model_card(model: "ModelInfo", device: str = "") -> str:
    """What may be known of a model before it reads: HTML.

    Args:
        model: From its metadata.
        device: Where it reads, if it is loaded.
    """
    return _pages().get_template("model.html").render(model=model, device=device)


def analysis_page(analysis: "Analysis") -> str:
    """The answer, its measure, what moved it, and which weights said so: HTML without script."""
    prediction, influence = analysis.prediction, analysis.influence
    reasons = analysis.trust.reasons if analysis.trust else ()
    said = [str(one.sentence) for one in reasons] or [
        str(analysis.abstained or "The model abstained.")
    ]
    given: dict[str, Any] = {"reasons": said}
    if prediction is not None and influence is not None:
        target = prediction.target
        name = _brief(prediction.classes[target], 100)
        given |= {
            "answer": f"{name[:1].upper()}{name[1:]}"
            f" {probability(float(prediction.probabilities[target]))}",
            "where": _threshold_words(prediction, analysis.model),
            "trust": " · ".join(_trust(analysis.trust, prediction)),
            "classes": _classes(prediction),
            "drawing": _drawing(analysis, prediction, influence),
            "total": float(influence.values.sum(dtype=np.float64)),
            "strongest": [*_strongest(prediction, influence)],
        }
    return _pages().get_template("analysis.html").render(analysis=analysis, **given)


def probability(value: float) -> str:
    """Two decimals that never claim to be certain."""
    if value > 0.995:
        return ">0.99"
    return "<0.01" if value < 0.005 else f"{value:.2f}"


@cache
def _pages() -> "Environment":
    import jinja2  # noqa: PLC0415 - 70 ms, and most who read films need no page

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resource_path("notebook")),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"brief": _brief, "signed": _signed}
    return environment


def _brief(text: str, most: int = 200) -> str:
    """A text from a file: visible, on one line, not too long."""
    return shown(" ".join(text.split()), most)


def _signed(value: float, places: int = 2) -> str:
    """With a sign and a true minus; zero has none."""
    text = f"{value:+.{places}f}"
    return text.lstrip("+-") if float(text) == 0 else text.replace("-", "−")


def _threshold_words(prediction: "Prediction", model: "ModelInfo") -> str:
    """Where the answer lies, for example "above the threshold 0.49"; empty without one."""
    if model.threshold is None or prediction.target != model.positive:
        return ""
    value, limit = float(prediction.probabilities[prediction.target]), model.threshold.value
    side = "above" if value > limit else "below" if value < limit else "at"
    equal = f"{value:.2f}" == f"{limit:.2f}" and value != limit
    return f"{side} the threshold {limit:.3f}" if equal else f"{side} the threshold {limit:.2f}"


def _trust(trust: "Trust | None", prediction: "Prediction") -> Iterator[str]:
    """Interval, prediction set, surprise, and what could not be checked."""
    if trust is None:
        return
    if trust.interval is not None:
        yield f"Venn–Abers interval {trust.interval.low:.2f}–{trust.interval.high:.2f}"
    if trust.level > 0:
        names = ", ".join(_brief(prediction.classes[k], 60) for k in trust.conformal)
        yield f"not excluded at {100 * trust.level:.3g} %: {names or 'no class'}"
    if trust.surprise is not None:
        yield f"surprise: percentile {trust.surprise.percentile:.0f}"
    unasked = [_brief(check.name, 60) for check in trust.checks if check.passed is None]
    if unasked:
        yield f"not checked: {', '.join(unasked)}"


def _classes(prediction: "Prediction") -> str:
    """The most probable classes, where there are more than two."""
    values = np.asarray(prediction.probabilities, dtype=np.float64)
    order = np.argsort(-values, kind="stable")[: _MOST if len(values) > 2 else 0]
    return " · ".join(
        f"{_brief(prediction.classes[k], 60)}\u00a0{probability(values[k])}" for k in order
    )


def _strongest(prediction: "Prediction", influence: "Influence") -> Iterator[tuple[str, ...]]:
    """The rows that moved the answer most: stored rows (such as "235–255"), influence, answer."""
    for step in np.argsort(-np.abs(influence.values), kind="stable")[:_MOST].tolist():
        first, behind = (round(float(one)) for one in influence.edges[step : step + 2])
        yield (
            f"{first}–{behind - 1}" if behind - 1 > first else f"{first}",
            _signed(float(influence.values[step])),
            probability(float(prediction.by_row[step, prediction.target])),
        )


def _drawing(
    analysis: "Analysis", prediction: "Prediction", influence: "Influence"
) -> dict[str, Any]:
    """Influence and answer by row, side by side on one axis of stored rows.

    The scale of Influence is the model's own: the same for every film, so that films can be
    compared; what lies beyond it ends in an arrow.
    """
    values, edges, statistics = influence.values, influence.edges, analysis.statistics
    largest = float(np.abs(values).max())
    limit = statistics.influence_limit if statistics else largest
    if influence.baseline.kind != "mean":  # the model's scale was measured against that
        limit = max(limit, largest)
    end, first, last = rounded_up(limit), float(edges[0]), float(edges[-1])
    rows = first + np.array(marks(last - first, 6))
    y, y_of_marks = (np.interp(one, (first, last), (_TOP, _BOTTOM)) for one in (edges, rows))
    x = np.interp(values, (-end, end), _LEFT)
    answers = np.interp(prediction.by_row[:, prediction.target], (0, 1), _RIGHT)
    strongest = int(np.abs(values).argmax())
    return {
        "name": _brief(prediction.classes[prediction.target], 100),
        "steps": len(values),
        "end": end,
        "marks": [(f"{row:g}", at) for row, at in zip(rows, y_of_marks, strict=True)],
        "shapes": [
            (_FOR, _bars(x, y, values > 0) + _arrows(y, values > end, _LEFT[1] + 2, reach=5)),
            (_AGAINST, _bars(x, y, values < 0) + _arrows(y, values < -end, 62, reach=-5)),
        ],
        "level": _level(analysis.model, prediction.target),
        "points": " ".join(
            f"{one:.1f},{y[step]:.2f} {one:.1f},{y[step + 1]:.2f}"
            for step, one in enumerate(answers)
        ),
        "calibrated": prediction.by_row_calibrated,
        "strongest": float(values[strongest]),
        "covers": edges[strongest : strongest + 2],
        "last": probability(float(prediction.by_row[-1, prediction.target])),
    }


def _bars(x: np.ndarray, y: np.ndarray, chosen: np.ndarray) -> str:
    zero, gaps = sum(_LEFT) / 2, np.diff(y) >= _LEAST_GAP
    return "".join(
        f"M{zero:.1f} {y[k]:.2f}H{x[k]:.1f}V{y[k + 1] - gaps[k]:.2f}H{zero:.1f}z"
        for k in np.flatnonzero(chosen)
    )


def _arrows(y: np.ndarray, chosen: np.ndarray, x: int, *, reach: int) -> str:
    middles = ((y[:-1] + y[1:]) / 2)[chosen]
    return "".join(f"M{x} {one - 3.5:.2f}l{reach} 3.5l{-reach} 3.5z" for one in middles)


def _level(model: "ModelInfo", target: int) -> tuple[float, float, list[int]] | None:
    """The threshold, where it is drawn, and which ends of the scale can be written beside it."""
    if model.threshold is None or target != model.positive:
        return None
    value = model.threshold.value
    ends = [end for end in (0, 1) if abs(value - end) > _LEAST_DISTANCE]
    return value, float(np.interp(value, (0, 1), _RIGHT)), ends
