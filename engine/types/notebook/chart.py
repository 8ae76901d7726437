"""Influence and answer by row, side by side on one axis of stored rows: an SVG.

Lines and words take the colour of the text around them, so that they stand on light and on dark;
the two colours of Influence have a contrast of at least 3 on white and on #111.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from engine.types.notebook.words import probability, safe, signed
from engine.types.scale import marks, rounded_up

if TYPE_CHECKING:
    from engine.types.reading import Analysis, Influence, Prediction

_FOR, _AGAINST = "#D9730D", "#3B82F6"
_WIDTH, _HEIGHT = 640, 326
_TOP, _BOTTOM = 26, 282
_FAINT = 'stroke="currentColor" stroke-opacity=".16"'
_FIRM = 'stroke="currentColor" stroke-opacity=".55"'
_LEAST_GAP = 4.0  # height of a bar from which on bars are kept apart
_LEAST_DISTANCE = 0.1  # of a threshold from 0 and 1, so that both can be written


@dataclass(frozen=True, slots=True)
class _Panel:
    """A horizontal scale: values low … high lie at left … right."""

    left: float
    right: float
    low: float
    high: float

    def x(self, value: float) -> float:
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return self.left + share * (self.right - self.left)


@dataclass(frozen=True, slots=True)
class _Rows:
    """The vertical scale: stored rows."""

    first: float
    last: float

    def y(self, row: float) -> float:
        return _TOP + (row - self.first) / (self.last - self.first) * (_BOTTOM - _TOP)


def draw_rows(analysis: "Analysis", prediction: "Prediction", influence: "Influence") -> str:
    """The drawing, with one sentence that says what is in it.

    Args:
        analysis: For the threshold, and the model's own scale of Influence: the same for every
            film, so that films can be compared; what lies beyond it ends in an arrow.
        prediction: by_row (L, K).
        influence: values (L,), edges (L + 1,).
    """
    rows = _Rows(float(influence.edges[0]), float(influence.edges[-1]))
    largest = float(np.abs(influence.values).max())
    statistics = analysis.statistics
    limit = statistics.influence_limit if statistics else largest
    if influence.baseline.kind != "mean":  # the model's scale was measured against that
        limit = max(limit, largest)
    end = rounded_up(limit)
    left, right = _Panel(64, 356, -end, end), _Panel(396, 628, 0.0, 1.0)
    name = safe(prediction.classes[prediction.target], 20)
    parts = (
        *_row_axis(rows, left, right),
        *_influence(rows, left, influence),
        *_answer(rows, right, prediction, edges=influence.edges, level=_level(analysis)),
        _text(64, 14, f"Influence towards {name}", weight=600),
        _text(396, 14, _title(prediction), weight=600),
        _text(210, _HEIGHT - 8, "change of log-odds", anchor="middle", quiet=True),
        _text(512, _HEIGHT - 8, f"probability of {name}", anchor="middle", quiet=True),
    )
    words = _sentence(prediction, influence)
    style = "max-width:100%;height:auto;display:block;margin:8px 0;font-family:inherit"
    return (
        f'<svg role="img" aria-label="{words}" viewBox="0 0 {_WIDTH} {_HEIGHT}"'
        f' width="{_WIDTH}" height="{_HEIGHT}" style="{style}" font-size="12"'
        f' fill="currentColor">{"".join(parts)}</svg>'
    )


def _title(prediction: "Prediction") -> str:
    """What is drawn; a curve that nobody calibrated is called so."""
    return "Answer by row" + ("" if prediction.by_row_calibrated else ", not calibrated")


def _level(analysis: "Analysis") -> float | None:
    model, prediction = analysis.model, analysis.prediction
    if prediction is None or model.threshold is None or prediction.target != model.positive:
        return None
    return model.threshold.value


def _row_axis(rows: _Rows, left: _Panel, right: _Panel) -> Iterable[str]:
    yield _text(left.left - 8, 14, "row", anchor="end", quiet=True)
    for mark in marks(rows.last - rows.first, 6):
        y = rows.y(rows.first + mark)
        for panel in (left, right):
            yield _line(panel.left, y, panel.right, y, _FAINT)
        yield _text(left.left - 8, y + 4, f"{rows.first + mark:g}", anchor="end", quiet=True)


def _influence(rows: _Rows, panel: _Panel, influence: "Influence") -> Iterable[str]:
    values, edges = influence.values, influence.edges
    for colour, side in ((_FOR, values > 0), (_AGAINST, values < 0)):
        steps = np.flatnonzero(side)
        bars = "".join(_bar(rows, panel, influence, step=int(step)) for step in steps)
        beyond = [int(step) for step in steps if abs(values[step]) > panel.high]
        middles = [rows.y(float(edges[step] + edges[step + 1]) / 2) for step in beyond]
        arrows = "".join(_arrow(panel, y, up=colour == _FOR) for y in middles)
        if bars:
            yield f'<path fill="{colour}" d="{bars}{arrows}"/>'
    yield _line(panel.x(0), _TOP, panel.x(0), _BOTTOM, _FIRM)
    for value, sign in ((-panel.high, "−"), (0.0, ""), (panel.high, "+")):
        words = f"{sign}{abs(value):g}"
        yield _text(panel.x(value), _BOTTOM + 18, words, anchor="middle", quiet=True)


def _bar(rows: _Rows, panel: _Panel, influence: "Influence", *, step: int) -> str:
    top, bottom = (rows.y(float(influence.edges[step + side])) for side in (0, 1))
    gap = 1.0 if bottom - top >= _LEAST_GAP else 0.0
    zero, end = panel.x(0), panel.x(float(influence.values[step]))
    return f"M{zero:.1f} {top:.2f}H{end:.1f}V{bottom - gap:.2f}H{zero:.1f}z"


def _arrow(panel: _Panel, y: float, *, up: bool) -> str:
    x, reach = (panel.right + 2, 5) if up else (panel.left - 2, -5)
    return f"M{x} {y - 3.5:.2f}l{reach} 3.5l{-reach} 3.5z"


def _answer(
    rows: _Rows, panel: _Panel, prediction: "Prediction", *, edges: np.ndarray, level: float | None
) -> Iterable[str]:
    for end in (0.0, 1.0):
        yield _line(panel.x(end), _TOP, panel.x(end), _BOTTOM, _FAINT)
        if level is None or abs(level - end) > _LEAST_DISTANCE:
            yield _text(panel.x(end), _BOTTOM + 18, f"{end:g}", anchor="middle", quiet=True)
    if level is not None:
        x = panel.x(level)
        yield _line(x, _TOP, x, _BOTTOM, f'{_FIRM} stroke-dasharray="3 3"')
        yield _text(x, _BOTTOM + 18, f"{level:.2f}", anchor="middle", quiet=True)
    points = []
    for step, value in enumerate(prediction.by_row[:, prediction.target]):
        x = panel.x(float(value))
        points += [f"{x:.1f},{rows.y(float(edges[step + side])):.2f}" for side in (0, 1)]
    yield (
        f'<polyline fill="none" stroke="{_FOR}" stroke-width="2" stroke-linejoin="round"'
        f' points="{" ".join(points)}"/>'
    )


def _sentence(prediction: "Prediction", influence: "Influence") -> str:
    step = int(np.abs(influence.values).argmax())
    first, last = influence.edges[step], influence.edges[step + 1]
    name = safe(prediction.classes[prediction.target], 100)
    strongest = signed(float(influence.values[step]))
    answer = safe(probability(float(prediction.by_row[-1, prediction.target])))
    return (
        f"Influence of {len(influence.values)} steps towards {name}: the strongest, {strongest}"
        f" log-odds, covers stored rows {first:.0f} to {last:.0f}. The answer by row ends at"
        f" {answer}."
    )


def _text(
    x: float,
    y: float,
    words: str,
    *,
    anchor: str = "start",
    quiet: bool = False,
    weight: int = 400,
) -> str:
    faint = ' fill-opacity=".72"' if quiet else ""
    return (
        f'<text x="{x:g}" y="{y:.1f}" text-anchor="{anchor}" font-weight="{weight}"{faint}>'
        f"{words}</text>"
    )


def _line(x1: float, y1: float, x2: float, y2: float, stroke: str) -> str:
    return f'<path fill="none" {stroke} d="M{x1:.1f} {y1:.2f}L{x2:.1f} {y2:.2f}"/>'
