"""What a model may find on a film, made by hand, for the tests of the window."""

from dataclasses import replace

import numpy as np

from engine.types import (
    Analysis,
    Figure,
    FrameHeader,
    Interval,
    LabelAnswer,
    MeasuredValue,
    Region,
    RegionRule,
    Spacing,
    TaskAnswer,
)
from tests.viewer import film_values as made

SPACING = Spacing(0.5, 0.25, "calibrated")


def square(left, top, right, bottom) -> np.ndarray:
    return np.array([(left, top), (right, top), (right, bottom), (left, bottom)], float)


BOX = Region("finding", 0.91, (30.0, 30.0, 50.0, 60.0))
OUTLINE = Region(
    "lung", 0.99, (5.0, 10.0, 25.0, 50.0), (square(5, 10, 25, 50),), area_px=800.0, area_mm2=100.0
)
WEAK = Region("finding", 0.47, (8.0, 60.0, 20.0, 70.0), weak=True)


def answer(*regions, **others) -> TaskAnswer:
    return TaskAnswer("localisation", regions or (OUTLINE, BOX, WEAK), **others)


def mapped(cut=0.5) -> TaskAnswer:
    """A lung of four cells of 8 × 6, whose middle is surer than its edge."""
    maps = np.zeros((2, 8, 6), np.float32)
    maps[1, 1:5, 1:4], maps[1, 2:4, 2] = 0.6, 0.9
    maps[0] = 1 - maps[1]
    edges = np.linspace(0, 80, 9), np.linspace(0, 60, 7)
    rule = RegionRule(("nothing", "lung"))
    places = {"row_edges": edges[0], "column_edges": edges[1]}
    return answer(OUTLINE, maps=maps, cut=cut, rule=rule, **places)


def again(answer, cut, _spacing) -> tuple[Region, ...]:
    """One region around the cells that are at least as sure as the cut."""
    rows, columns = np.nonzero(answer.maps[1] >= cut)
    if not rows.size:
        return ()
    low, high = answer.row_edges[rows.min()], answer.row_edges[rows.max() + 1]
    left, right = answer.column_edges[columns.min()], answer.column_edges[columns.max() + 1]
    size = float((high - low) * (right - left))
    shape = (square(left, low, right, high),)
    return (Region("lung", 0.9, (left, low, right, high), shape, size, size / 8),)


LABELS = (
    LabelAnswer(
        "opacity",
        0.91,
        0.38,
        Figure(0.95, 0.9, 0.98, 200),
        Figure(0.83, 0.8, 0.86, 952),
        Interval(0.84, 0.96, 0.9),
    ),
    LabelAnswer("effusion", 0.22, 0.41, interval=Interval(0.12, 0.35, 0.9)),
    LabelAnswer("fracture", float("nan"), 0.3, abstained="Bone window missing."),
)


def several() -> TaskAnswer:
    return TaskAnswer("labels", labels=LABELS)


def aged() -> TaskAnswer:
    return TaskAnswer("regression", values=(MeasuredValue("age", 4.2, "y", (3.1, 5.0)),))


def analysis(found: TaskAnswer, spacing: Spacing | None = SPACING, **others) -> Analysis:
    said = made.analysis(**others)
    return replace(said, task_answer=found, header=FrameHeader((0, 255), spacing=spacing))
