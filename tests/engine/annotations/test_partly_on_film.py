"""Regions that lie partly beside the film: what is there is measured, and what is not said."""

import numpy as np
import pytest

from engine.annotations import values_of
from engine.annotations.shapes import area_of, area_on
from engine.types import Spacing
from tests.engine.annotations.drawn import drawn, frame, noise

ROWS, COLUMNS = 30, 50
SPACINGS = (None, Spacing(0.2, 0.2, "at detector"), Spacing(0.7, 0.3, "calibrated"))
STAR = ((25.0, -20.0), (40.0, 45.0), (-12.0, 5.0), (62.0, 5.0), (10.0, 45.0))  # crosses itself
OUTLINES = (
    ("rectangle", ((-7.3, 4.2), (31.9, 48.8))),
    ("rectangle", ((60.0, 40.0), (-5.0, -5.0))),  # around all of the film
    ("ellipse", ((-15.0, -10.0), (20.0, 22.0))),  # over a corner
    ("ellipse", ((20.0, 5.0), (75.0, 25.0))),  # over one side
    ("ellipse", ((-9.0, -30.0), (57.0, 60.0))),  # over all four, and over no corner
    ("ellipse", ((5.0, -40.0), (45.0, 70.0))),  # over two sides
    ("ellipse", ((-60.0, -60.0), (110.0, 90.0))),  # around all of the film
    ("freehand", ((-5.2, 5.1), (40.3, -9.2), (20.1, 20.7), (64.8, 35.3), (8.4, 30.6))),
    ("freehand", STAR),
    ("freehand", ((-50.0, -20.0), (100.0, -20.0), (25.0, 90.0))),
)


def brute(kind, points, fine=24):
    """The area on the film by small squares whose middles lie inside."""
    down = (np.arange(ROWS * fine) + 0.5) / fine
    across = (np.arange(COLUMNS * fine) + 0.5) / fine
    x, y = np.meshgrid(across, down)
    (left, top), (right, bottom) = np.min(points, axis=0), np.max(points, axis=0)
    if kind == "rectangle":
        inside = (x >= left) & (x <= right) & (y >= top) & (y <= bottom)
    elif kind == "ellipse":
        along = (x - (left + right) / 2) / ((right - left) / 2)
        over = (y - (top + bottom) / 2) / ((bottom - top) / 2)
        inside = along**2 + over**2 <= 1
    else:
        inside = np.zeros(x.shape, bool)
        for (x1, y1), (x2, y2) in zip(points, (*points[1:], points[0]), strict=True):
            if y1 != y2:
                beyond = x < x1 + (y - y1) * (x2 - x1) / (y2 - y1)
                inside ^= ((y1 <= y) != (y2 <= y)) & beyond
    return np.count_nonzero(inside) / fine**2


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize(("kind", "points"), OUTLINES)
def test_that_only_the_area_on_the_film_counts(kind, points, spacing):
    found = values_of(drawn(kind, *points), frame(noise(ROWS, COLUMNS), spacing=spacing))
    pixel = spacing.row_mm * spacing.column_mm if spacing else 1.0
    assert found["area"] == pytest.approx(brute(kind, points) * pixel, rel=1e-3)
    assert found["beside"]


@pytest.mark.parametrize("kind", ["rectangle", "ellipse", "freehand"])
def test_that_a_region_around_one_pixel_is_that_pixel(kind):
    corners = ((-900.0, -800.0), (2000.0, 1500.0))
    points = (
        corners if kind != "freehand" else ((-900, -800), (2000, -800), (2000, 1500), (-900, 1500))
    )
    found = values_of(drawn(kind, *points), frame([[7]], spacing=Spacing(0.5, 0.5, "calibrated")))
    assert (found["pixels"], found["mean"], found["area"]) == (1, 7, pytest.approx(0.25))


@pytest.mark.parametrize(
    ("kind", "points"),
    [
        ("rectangle", ((60.0, 2.0), (70.0, 9.0))),
        ("ellipse", ((-20.0, -20.0), (-1.0, -1.0))),
        ("ellipse", ((-9.0, -9.0), (1.0, 1.0))),  # its box lies over the corner, it does not
        ("freehand", ((60.0, 2.0), (70.0, 9.0), (80.0, 40.0))),
    ],
)
def test_that_a_region_beside_the_film_has_neither_area_nor_pixels(kind, points):
    found = values_of(drawn(kind, *points), frame(noise(ROWS, COLUMNS)))
    assert (found["area"], found["pixels"], found["mean"]) == (0, 0, None)
    assert found["beside"]


@pytest.mark.parametrize(
    ("kind", "points"),
    [
        ("rectangle", ((0.0, 0.0), (50.0, 30.0))),  # to its edges
        ("rectangle", ((7.3, 4.2), (31.9, 28.8))),
        ("ellipse", ((10.2, 5.1), (40.7, 29.3))),
        ("freehand", ((5.2, 5.1), (40.3, 9.2), (20.1, 20.7), (44.8, 29.3), (8.4, 28.6))),
    ],
)
def test_that_a_region_on_the_film_has_the_area_it_was_drawn_with_to_the_last_digit(kind, points):
    found = values_of(drawn(kind, *points), frame(noise(ROWS, COLUMNS)))
    assert found["area"] == area_of(kind, np.array(points))
    assert not found["beside"]


def test_that_a_part_grows_into_the_whole_without_a_step():
    """From one that is cut by a hair's breadth to one that is not."""
    for kind in ("rectangle", "ellipse"):
        points = np.array(((-1e-7, 3.0), (20.0, 21.0)))
        cut = area_on(kind, points, ROWS, COLUMNS)
        assert cut == pytest.approx(area_of(kind, points), rel=1e-7)
