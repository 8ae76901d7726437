"""Statistics against a reference that is computed otherwise: pixel by pixel, in fractions."""

import math
from fractions import Fraction

import numpy as np
import pytest

from engine.annotations import values_of
from engine.imaging import apply_voi
from engine.types import Spacing, Window
from tests.engine.annotations.drawn import drawn, frame, noise

SPACINGS = (None, Spacing(0.2, 0.2, "at detector"), Spacing(0.7, 0.3, "calibrated"))
OUTLINES = (
    ("rectangle", ((7.3, 4.2), (31.9, 28.8))),
    ("rectangle", ((31.5, 28.5), (7.5, 4.5))),  # on middles, drawn upwards
    ("ellipse", ((10.2, 5.1), (40.7, 33.3))),
    ("ellipse", ((40.0, 30.0), (11.0, 11.0))),
    ("ellipse", ((-15.0, -10.0), (20.0, 22.0))),  # over the corner of the film
    ("freehand", ((5.2, 5.1), (40.3, 9.2), (20.1, 20.7), (44.8, 35.3), (8.4, 30.6))),
    ("freehand", ((5.2, 5.1), (40.3, 30.2), (40.1, 6.7), (6.8, 33.3))),  # crosses itself
)


def is_inside(kind, points, x, y):
    """Whether a place lies in an outline, in fractions; None on the side of a polygon."""
    points = [(Fraction(a), Fraction(b)) for a, b in points]
    if kind == "freehand":
        return in_polygon(points, x, y)
    (x1, y1), (x2, y2) = points
    if kind == "rectangle":
        return min(x1, x2) <= x <= max(x1, x2) and min(y1, y2) <= y <= max(y1, y2)
    across, down = 2 * x - x1 - x2, 2 * y - y1 - y2
    return (across / (x2 - x1)) ** 2 + (down / (y2 - y1)) ** 2 <= 1


def in_polygon(points, x, y):
    """By the turns that one sees from the place: a ray to the right, each side by its own test."""
    inside = False
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True):
        if (y1 > y) != (y2 > y):
            turn = (x2 - x1) * (y - y1) - (x - x1) * (y2 - y1)
            assert turn != 0, "choose an outline that runs through no middle"
            inside ^= (turn > 0) == (y2 > y1)
    return inside


def reference(values, kind, points, valid=None):
    rows, columns = values.shape
    found = [
        Fraction(values[row, column].item())
        for row in range(rows)
        for column in range(columns)
        if (valid is None or valid[row, column])
        and is_inside(kind, points, column + Fraction(1, 2), row + Fraction(1, 2))
    ]
    mean = sum(found) / len(found)
    variance = sum((value - mean) ** 2 for value in found) / len(found)
    return {
        "mean": float(mean),
        "sd": math.sqrt(variance),
        "min": float(min(found)),
        "max": float(max(found)),
        "pixels": len(found),
    }


def assert_as(found, wanted):
    assert {name: found[name] for name in wanted} == pytest.approx(wanted, rel=1e-9)


@pytest.mark.parametrize(("kind", "points"), OUTLINES)
def test_that_statistics_are_those_of_the_pixels_whose_middle_lies_inside(kind, points):
    values = noise()
    found = values_of(drawn(kind, *points), frame(values))
    assert_as(found, reference(values, kind, points))
    assert (found["of"], found["unit"], found["left_out"]) == ("stored values", "", 0)


@pytest.mark.parametrize(("kind", "points"), OUTLINES)
@pytest.mark.parametrize("turn", range(8))
def test_that_a_film_that_was_stored_otherwise_measures_the_same(kind, points, turn):
    values = noise()
    height, width = values.shape
    turned, places = values, np.array(points)
    if turn >= 4:  # mirrored first
        turned, places = turned[:, ::-1], np.stack([width - places[:, 0], places[:, 1]], 1)
    for _ in range(turn % 4):  # clockwise: what was at the left is above
        high = turned.shape[0]
        turned, places = np.rot90(turned, -1), np.stack([high - places[:, 1], places[:, 0]], 1)
    assert turned.shape == ((height, width) if turn % 2 == 0 else (width, height))
    found = values_of(drawn(kind, *map(tuple, places)), frame(turned))
    assert_as(found, reference(values, kind, points))


@pytest.mark.parametrize(("kind", "points"), OUTLINES)
@pytest.mark.parametrize("rescale", [(1.0, -1024.0), (0.5, 3.25), (-2.0, 100.0), (0.001, 0.0)])
def test_that_rescaled_films_are_measured_in_modality_values(kind, points, rescale):
    stored = noise()
    slope, intercept = rescale
    values = (stored * slope + intercept).astype(np.float32)
    found = values_of(drawn(kind, *points), frame(values, rescale=rescale, unit="HU"))
    assert_as(found, reference(values, kind, points))
    assert (found["of"], found["unit"]) == ("modality values", "HU")


@pytest.mark.parametrize("spacing", SPACINGS)
@pytest.mark.parametrize(("kind", "points"), OUTLINES)
def test_that_areas_agree_with_the_pixels_of_a_large_outline(kind, points, spacing):
    """An outline 20 times as large: its edge is then a small part of it."""
    large = [(20 * x + 400, 20 * y + 400) for x, y in points]
    film = frame(np.zeros((1600, 1800)), spacing=spacing)
    found = values_of(drawn(kind, *large), film)
    size = spacing.row_mm * spacing.column_mm if spacing else 1.0
    assert found["area"] == pytest.approx(found["pixels"] * size, rel=1e-3)


def test_that_an_offset_of_millions_does_not_eat_the_spread():
    small = np.random.default_rng(1).integers(0, 8, (40, 50)) * 64.0
    values = small + 3e7
    corners = ((1.0, 1.0), (49.0, 39.0))
    film = frame(values, exact=values)
    assert_as(
        values_of(drawn("rectangle", *corners), film), reference(values, "rectangle", corners)
    )


def test_that_float32_values_are_summed_in_double_precision():
    values = np.full((3000, 3000), 0.1, np.float32)
    found = values_of(drawn("rectangle", (0, 0), (3000, 3000)), frame(values))
    assert found["mean"] == pytest.approx(float(np.float32(0.1)), rel=1e-12)
    assert found["sd"] == pytest.approx(0, abs=1e-9)


def test_that_padding_is_left_out_and_counted():
    values, valid = noise(), np.ones((40, 50), bool)
    values[:20], valid[:20] = -2000, False
    kind, points = OUTLINES[0]
    found = values_of(drawn(kind, *points), frame(values, valid=valid))
    wanted = reference(values, kind, points, valid)
    assert_as(found, wanted)
    assert found["left_out"] == reference(values, kind, points)["pixels"] - wanted["pixels"] > 0


def test_that_nothing_is_measured_where_no_pixel_is():
    film = frame(noise(), valid=np.zeros((40, 50), bool))
    for corners in (((60, 60), (70, 70)), ((5, 5), (9, 9)), ((5.6, 5.6), (5.8, 5.8))):
        found = values_of(drawn("rectangle", *corners), film)
        assert (found["mean"], found["sd"], found["histogram"], found["pixels"]) == (
            *(None,) * 3,
            0,
        )


def test_that_a_colour_film_is_measured_by_its_luminance_and_says_so():
    values = noise(top=255)
    colour = np.stack([values] * 3, axis=-1).astype(np.uint8)
    found = values_of(drawn(*OUTLINES[2][:1], *OUTLINES[2][1]), frame(values, colour=colour))
    assert_as(found, reference(values, *OUTLINES[2]))
    assert found["of"] == "luminance"


@pytest.mark.parametrize("values", [noise(), noise(top=5), noise() / 7, np.full((40, 50), 3.5)])
def test_that_a_histogram_counts_every_pixel_in_its_bar(values):
    values = values.astype(np.float32)
    kind, points = OUTLINES[2]
    found = values_of(drawn(kind, *points), frame(values))
    bars = found["histogram"]
    assert sum(bars["counts"]) == found["pixels"]
    assert len(bars["counts"]) <= 64
    width = (bars["high"] - bars["low"]) / len(bars["counts"])
    wanted = [0] * len(bars["counts"])
    for row in range(40):
        for column in range(50):
            if is_inside(kind, points, column + Fraction(1, 2), row + Fraction(1, 2)):
                place = int((float(values[row, column]) - bars["low"]) / width)
                wanted[min(place, len(wanted) - 1)] += 1
    assert bars["counts"] == wanted


def test_that_whole_numbers_have_bars_of_whole_numbers():
    bars = values_of(drawn("rectangle", (0, 0), (50, 40)), frame(noise(top=5)))["histogram"]
    assert (bars["low"], bars["high"], len(bars["counts"])) == (-0.5, 4.5, 5)


# ------------------------------------------------------------------------------------- probe


def probe(film, place=(7.9, 3.1), **others):
    return values_of(drawn("probe", place), film, **others)


@pytest.mark.parametrize(
    "rescale", [(1.0, -1024.0), (0.37, 12.5), (-3.0, 7.0), (1e-6, 0.0), (1234.5, -9e6)]
)
def test_that_a_probe_finds_the_stored_value_under_a_rescale(rescale):
    stored = noise(top=65536)
    slope, intercept = rescale
    values = stored.astype(np.float32) * np.float32(slope) + np.float32(intercept)
    film = frame(values, rescale=rescale, unit="HU")
    for row, column in ((3, 7), (0, 0), (39, 49)):
        found = probe(film, (column + 0.5, row + 0.5))
        assert (found["column"], found["row"]) == (column, row)
        assert found["stored"] == stored[row, column]
        assert found["value"] == values[row, column]
        assert (found["of"], found["unit"]) == ("modality values", "HU")


def test_that_a_stored_value_that_rounding_has_lost_is_not_known():
    stored = noise(top=65536)
    values = stored.astype(np.float32) * np.float32(1e-3) + np.float32(1e6)
    assert probe(frame(values, rescale=(1e-3, 1e6)))["stored"] is None


def test_that_a_stored_value_behind_a_look_up_table_is_not_known():
    found = probe(frame(noise(), rescale=None))
    assert (found["stored"], found["of"]) == (None, "modality values")


def test_that_a_raster_file_and_one_without_rescale_hold_what_is_measured():
    for film in (frame(noise(), kind="PNG", rescale=None), frame(noise())):
        found = probe(film)
        assert found["stored"] == found["value"] == noise()[3, 7]
        assert isinstance(found["stored"], int)
        assert found["of"] == "stored values"


def test_that_a_probe_on_colour_says_red_green_and_blue():
    colour = np.zeros((40, 50, 3), np.uint8)
    colour[3, 7] = (10, 20, 30)
    found = probe(frame(noise(top=255), colour=colour))
    assert (found["stored"], found["of"]) == ([10, 20, 30], "luminance")


@pytest.mark.parametrize("inverted", [False, True])
def test_that_a_probe_knows_the_grey_on_the_screen(inverted):
    window = Window(2000, 3000)
    found = probe(frame(noise()), voi=window, inverted=inverted)
    wanted = apply_voi(noise()[3:4, 7:8].astype(np.float32), window, inverted)
    assert found["displayed"] == wanted[0, 0]
    assert probe(frame(noise()))["displayed"] is None


def test_that_a_probe_beside_the_film_has_no_value():
    found = probe(frame(noise()), (-0.1, 3))
    assert (found["column"], found["row"]) == (-1, 3)
    assert (found["stored"], found["value"], found["displayed"]) == (None, None, None)


def test_that_a_probe_on_padding_says_so():
    valid = np.ones((40, 50), bool)
    valid[3, 7] = False
    assert probe(frame(noise(), valid=valid))["padding"]
    assert not probe(frame(noise(), valid=valid), (1, 1))["padding"]
