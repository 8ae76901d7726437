"""Lengths, angles and areas are those of the film as it is, and in mm only where that is true."""

import math

import numpy as np
import pytest

from engine.annotations import KINDS, Annotation, values_of
from engine.types import Spacing
from tests.engine.annotations.drawn import CALIBRATED, drawn, frame

BLANK = np.zeros((40, 50))


def measured(kind, *points, **header):
    return values_of(drawn(kind, *points), frame(BLANK, **header))


@pytest.mark.parametrize("kind", ["calibrated", "at detector", "in patient"])
def test_that_a_length_is_in_mm_of_the_kind_that_the_file_names(kind):
    found = measured("length", (10, 5), (40, 25), spacing=Spacing(0.2, 0.3, kind))
    assert found["length"] == pytest.approx(math.sqrt((30 * 0.3) ** 2 + (20 * 0.2) ** 2))
    assert (found["unit"], found["spacing"]) == ("mm", kind)
    assert found["length_px"] == pytest.approx(math.sqrt(1300))


def test_that_rows_and_columns_are_not_swapped():
    across = measured("length", (0, 0), (10, 0), spacing=CALIBRATED)
    down = measured("length", (0, 0), (0, 10), spacing=CALIBRATED)
    assert (across["length"], down["length"]) == (pytest.approx(3), pytest.approx(2))


def test_that_a_length_without_spacing_is_in_px():
    found = measured("length", (10, 5), (13, 9))
    assert (found["length"], found["unit"], found["spacing"]) == (5, "px", None)


def test_that_a_length_of_which_only_the_aspect_is_known_is_in_heights_of_a_pixel():
    found = measured("length", (0, 0), (3, 8), nominal_aspect=2.0)
    assert (found["length"], found["unit"]) == (10, "px")
    assert found["length_px"] == pytest.approx(math.sqrt(73))


@pytest.mark.parametrize("turn", range(0, 360, 30))
@pytest.mark.parametrize("aspect", [1.0, 0.5, 1.7])
def test_that_an_angle_is_that_of_the_true_shape(turn, aspect):
    for angle in (0, 1, 30, 90, 135, 179, 180):
        ends = [np.deg2rad(turn), np.deg2rad(turn + angle)]
        one, two = ((20 + 9 * np.cos(a) / aspect, 20 + 9 * np.sin(a)) for a in ends)
        found = measured("angle", one, (20, 20), two, nominal_aspect=aspect)
        assert found == {"angle": pytest.approx(angle, abs=1e-6), "unit": "°"}


def test_that_an_angle_with_an_arm_of_no_length_is_not_known():
    assert measured("angle", (1, 1), (1, 1), (5, 5))["angle"] is None
    assert measured("cobb", (1, 1), (1, 1), (5, 5), (9, 9))["angle"] is None


def line(middle, degrees, *, back=False):
    across, down = (8 * f(np.deg2rad(degrees)) for f in (np.cos, np.sin))
    ends = [(middle[0] - across, middle[1] - down), (middle[0] + across, middle[1] + down)]
    return ends[::-1] if back else ends


@pytest.mark.parametrize("back", [False, True])
@pytest.mark.parametrize(("upper", "lower"), [(5, -5), (20, -30), (40, -65), (70, -60), (0, 0)])
def test_that_a_cobb_angle_is_the_tilt_of_one_end_plate_against_the_other(upper, lower, back):
    points = [*line((25, 5), upper), *line((25, 35), lower, back=back)]
    assert measured("cobb", *points)["angle"] == pytest.approx(upper - lower, abs=1e-6)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_that_a_cobb_angle_of_more_than_90_degrees_is_known_on_a_film_on_its_side(turn):
    points = np.array([*line((25, 5), 50), *line((25, 35), -55)])
    for _ in range(turn // 90):
        points = np.stack([40 - points[:, 1], points[:, 0]], axis=1)
    found = measured("cobb", *map(tuple, points))
    assert found["angle"] == pytest.approx(105)


def test_that_lines_along_the_way_between_them_enclose_the_smaller_angle():
    points = [*line((10, 20), 5), *line((40, 20), -5)]
    assert measured("cobb", *points)["angle"] == pytest.approx(10)


def test_that_two_lines_with_one_middle_enclose_the_smaller_angle():
    points = [*line((20, 20), 50), *line((20, 20), -50)]
    assert measured("cobb", *points)["angle"] == pytest.approx(80)


def test_that_areas_are_in_square_mm_or_in_pixels():
    corners = ((10, 10), (30, 20))
    known = measured("rectangle", *corners, spacing=CALIBRATED)
    assert known["area"] == pytest.approx(200 * 0.06)
    assert (known["area_unit"], known["spacing"]) == ("mm²", "calibrated")
    unknown = measured("ellipse", *corners)
    assert unknown["area"] == pytest.approx(math.pi * 10 * 5)
    assert (unknown["area_unit"], unknown["spacing"]) == ("px", None)


def test_that_the_area_of_a_freehand_outline_is_that_of_its_corners():
    bent = ((0, 0), (20, 0), (20, 10), (10, 10), (10, 30), (0, 30))
    assert measured("freehand", *bent)["area"] == pytest.approx(400)


def test_that_an_outline_that_crosses_itself_loses_no_area():
    eight = ((0, 0), (20, 20), (20, 0), (0, 20))
    assert measured("freehand", *eight)["area"] == pytest.approx(200)  # shoelace: 0


def test_that_a_star_counts_what_lies_inside_an_odd_number_of_times():
    turns = [np.deg2rad(144 * n - 90) for n in range(5)]
    star = [(25 + 15 * np.cos(a), 20 + 15 * np.sin(a)) for a in turns]
    found = measured("freehand", *star)
    inner = 15 * np.cos(np.deg2rad(72)) / np.cos(np.deg2rad(36))
    whole = 5 * 15 * inner * np.sin(np.deg2rad(36))
    twice = 2.5 * inner**2 * np.sin(np.deg2rad(72))  # the pentagon in the middle
    assert found["area"] == pytest.approx(whole - twice)


@pytest.mark.parametrize(
    ("kind", "count"), [(kind, (count or 3) - 1) for kind, count in KINDS.items()]
)
def test_that_an_annotation_has_as_many_points_as_its_kind(kind, count):
    with pytest.raises(ValueError, match="points"):
        drawn(kind, *[(1.0, 1.0)] * count)


@pytest.mark.parametrize("place", [math.nan, math.inf, 1e9])
def test_that_an_annotation_lies_where_films_are(place):
    with pytest.raises(ValueError, match="beyond"):
        drawn("probe", (place, 1.0))


def test_that_an_unknown_kind_is_none():
    with pytest.raises(ValueError, match="no kind"):
        Annotation("a", "circle", ((1, 1), (2, 2)))


def test_that_an_arrow_and_a_point_say_what_they_are():
    film = frame(BLANK)
    assert values_of(drawn("arrow", (1, 2), (3, 4), text="here"), film) == {"text": "here"}
    found = values_of(drawn("point", (1.5, 2.5), number=2), film)
    assert found == {"number": 2, "column": 1.5, "row": 2.5}
