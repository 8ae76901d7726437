"""Linked panes, against geometry made by hand: planes, reference lines, points, scales."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from engine.types import Spacing, Uids, Window
from tests.viewer import film_values as made
from viewer.session.linking import (
    Plane,
    fit_of,
    in_millimetres,
    linked_middle,
    linked_place,
    linked_window,
    nearest,
    parallel,
    plane_of,
    reference_line,
)
from viewer.session.viewport import BY_HAND, Place, WindowChoice

AXIAL = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))
SAGITTAL = ((0.0, 1.0, 0.0), (0.0, 0.0, -1.0))
TRUE, ELSE = Spacing(0.5, 0.5, "in patient"), Spacing(2.0, 1.0, "calibrated")
DETECTOR = Spacing(0.2, 0.2, "at detector")


def plane(position=(0.0, 0.0, 0.0), directions=AXIAL, reference="1.2", **others):
    sizes = {"row_mm": 1.0, "column_mm": 1.0, "rows": 100, "columns": 100} | others
    return Plane(reference, position, directions, **sizes)


def film(spacing=None, rows=80, columns=60, name="a.dcm", **header):
    return made.film(made.image(Path(name), rows, columns), spacing=spacing, **header)


def lying(position, directions=AXIAL, reference="1.2", spacing=TRUE):
    of = replace(made.image(), uids=Uids(reference=reference))
    return made.film(of, position=position, directions=directions, spacing=spacing)


# ---------------------------------------------------------------------------- planes
def test_that_a_place_on_a_film_is_a_place_in_the_patient_and_back():
    shown = plane((10.0, 20.0, 30.0), SAGITTAL, row_mm=2.0, column_mm=0.5)
    assert shown.point(0.5, 0.5) == pytest.approx((10.0, 20.0, 30.0))  # middle of the first pixel
    assert shown.point(4.5, 3.5) == pytest.approx((10.0, 22.0, 24.0))
    assert shown.pixel(shown.point(7.25, 61.0)) == pytest.approx((7.25, 61.0))


def test_that_a_film_without_frame_of_reference_or_spacing_lies_nowhere():
    assert plane_of(lying((0.0, 0.0, 0.0)).frame) is not None
    assert plane_of(lying((0.0, 0.0, 0.0), reference="").frame) is None
    assert plane_of(lying((0.0, 0.0, 0.0), spacing=None).frame) is None
    assert plane_of(lying(None).frame) is None


def test_that_the_nearest_film_of_a_stack_is_found_along_the_normal():
    here = plane((5.0, 5.0, 12.0))
    stack = [(90.0, -90.0, float(z)) for z in (0, 5, 10, 15)]
    assert nearest(here, stack) == 2
    assert nearest(here, [None, *stack]) == 3
    assert nearest(here, [None, None]) is None


def test_that_a_film_seen_from_behind_is_parallel():
    assert parallel(plane(), plane(directions=((-1.0, 0.0, 0.0), (0.0, 1.0, 0.0))))
    assert not parallel(plane(), plane(directions=SAGITTAL))


# ----------------------------------------------------------------------- reference lines
def test_that_a_sagittal_film_cuts_an_axial_one_in_a_column():
    # The sagittal film lies at x = 40 and covers y from -0.5 to 99.5: all rows of the axial one.
    line = reference_line(plane(), plane((40.0, 0.0, 50.0), SAGITTAL))
    columns, rows = zip(*line, strict=True)
    assert columns == pytest.approx((40.5, 40.5))
    assert sorted(rows) == pytest.approx([0.0, 100.0])


def test_that_a_reference_line_is_as_long_as_the_other_film_is_wide():
    line = reference_line(plane(), plane((40.0, 20.0, 50.0), SAGITTAL, columns=30))
    assert sorted(row for _, row in line) == pytest.approx([20.0, 50.0])


def test_that_a_reference_line_counts_in_pixels_that_are_not_square():
    on = plane(row_mm=2.0, column_mm=0.5)
    line = reference_line(on, plane((40.0, 20.0, 50.0), SAGITTAL, columns=30))
    assert [column for column, _ in line] == pytest.approx([80.5, 80.5])
    assert sorted(row for _, row in line) == pytest.approx([10.25, 25.25])


@pytest.mark.parametrize(
    "other",
    [
        plane((0.0, 0.0, 9.0)),  # parallel
        plane((40.0, 0.0, 50.0), SAGITTAL, reference="1.3"),
        plane((40.0, 0.0, 50.0), SAGITTAL, reference=""),
        plane((400.0, 0.0, 50.0), SAGITTAL),  # beside the film
        plane((40.0, 0.0, -50.0), SAGITTAL),  # beneath it
        None,
    ],
)
def test_that_there_is_no_reference_line_where_films_do_not_meet(other):
    assert reference_line(plane(), other) is None


def test_that_no_frame_of_reference_is_not_a_common_one():
    one, other = (plane((40.0, 0.0, 50.0), way, reference="") for way in (AXIAL, SAGITTAL))
    assert reference_line(one, other) is None


# ---------------------------------------------------------------------- reference points
def turned(points, angle, scale, shift, mirror=1.0):
    c, s = np.cos(angle), np.sin(angle)
    turn = scale * np.array([[c, -s], [s, c]]) @ np.diag((mirror, 1.0))
    return [tuple(turn @ np.array(point) + shift) for point in points]


POINTS = [(10.0, 20.0), (50.0, 30.0), (20.0, 70.0), (60.0, 60.0)]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_that_reference_points_tell_turn_scale_and_shift(count):
    there = turned(POINTS, 0.4, 1.5, (7.0, -3.0))
    fit = fit_of(list(zip(POINTS[:count], there[:count], strict=True)))
    assert fit.pixel(33.0, 44.0) == pytest.approx(turned([(33.0, 44.0)], 0.4, 1.5, (7, -3))[0])
    assert fit.scale == pytest.approx(1.5)
    assert fit.kind == ("similarity" if count == 2 else "affine")


def test_that_two_points_take_a_mirrored_film_at_its_word():
    there = turned(POINTS, 0.4, 1.5, (7.0, -3.0), mirror=-1.0)
    fit = fit_of(list(zip(POINTS[:2], there[:2], strict=True)), mirrored=True)
    assert fit.pixel(*POINTS[3]) == pytest.approx(there[3])


def test_that_a_similarity_keeps_right_angles_on_pixels_that_are_not_square():
    pairs = [((0.0, 0.0), (0.0, 0.0)), ((10.0, 0.0), (10.0, 0.0))]
    fit = fit_of(pairs, aspects=(1.0, 0.5))  # there a row is as high as two columns are wide
    assert fit.pixel(0.0, 10.0) == pytest.approx((0.0, 5.0))


@pytest.mark.parametrize("points", [[], POINTS[:1], [(5.0, 5.0), (5.0, 5.0)]])
def test_that_too_few_points_tell_nothing(points):
    assert fit_of([(point, point) for point in points]) is None


def test_that_points_in_one_line_tell_a_similarity():
    line = [(0.0, 0.0), (10.0, 10.0), (20.0, 20.0)]
    fit = fit_of(list(zip(line, turned(line, 0.2, 2.0, (1.0, 1.0)), strict=True)))
    assert (fit.kind, fit.scale) == ("similarity", pytest.approx(2.0))


# ------------------------------------------------------------------------ zoom and pan
def placed(here, there, before, after, now, kinds=frozenset({"zoom", "pan"}), fit=None):
    return linked_place(here, there, before=before, after=after, now=now, kinds=kinds, fit=fit)


def test_that_zoom_is_linked_in_millimetres_where_both_are_true():
    here, there = film(TRUE), film(ELSE)
    assert in_millimetres(here, there)
    place = placed(here, there, Place(30, 40, 1.0), Place(30, 40, 2.0), Place(30, 40, 3.0))
    assert place.scale == 8.0  # 4 pixels per millimetre, 2 mm a row


@pytest.mark.parametrize("spacing", [None, DETECTOR])
def test_that_zoom_is_linked_by_a_factor_where_one_is_not(spacing):
    here, there = film(TRUE), film(spacing)
    assert not in_millimetres(here, there)
    place = placed(here, there, Place(30, 40, 1.0), Place(30, 40, 2.0), Place(30, 40, 3.0))
    assert place.scale == 6.0


def test_that_pan_moves_by_the_same_share_of_films_without_true_spacing():
    here, there = film(rows=80, columns=60), film(rows=160, columns=120)
    place = placed(here, there, Place(30, 40, 1.0), Place(33, 44, 1.0), Place(60, 80, 1.0))
    assert (place.x, place.y) == (66.0, 88.0)


def test_that_pan_moves_by_the_same_millimetres_where_they_are_true():
    here, there = film(TRUE), film(ELSE)
    place = placed(here, there, Place(30, 40, 1.0), Place(34, 48, 1.0), Place(30, 40, 1.0))
    assert (place.x, place.y) == (32.0, 42.0)


def test_that_pan_goes_to_the_same_place_of_the_patient():
    here, there = lying((0.0, 0.0, 0.0)), lying((5.0, 10.0, 40.0))
    middle = linked_middle(here, there, before=(1, 1), after=(30.5, 40.5), now=(0, 0))
    assert middle == pytest.approx((20.5, 20.5))  # 15 − 5 and 20 − 10 mm, half a millimetre each


def test_that_reference_points_go_before_everything():
    fit = fit_of(list(zip(POINTS, turned(POINTS, 0.0, 2.0, (1.0, 2.0)), strict=True)))
    place = placed(
        film(TRUE), film(TRUE), Place(30, 40, 1.0), Place(10, 20, 3.0), Place(1, 1, 1), fit=fit
    )
    assert (place.x, place.y, place.scale) == pytest.approx((21.0, 42.0, 1.5))


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [({"zoom"}, Place(30, 40, 6.0)), ({"pan"}, Place(33, 40, 3.0)), (set(), Place(30, 40, 3.0))],
)
def test_that_what_is_not_linked_stays(kinds, expected):
    there = placed(
        film(), film(), Place(30, 40, 1), Place(33, 40, 2), Place(30, 40, 3.0), frozenset(kinds)
    )
    assert there == expected


# ------------------------------------------------------------------------------ window
HEADER, AUTO = Window(40.0, 400.0, "SOFT"), Window(10.0, 20.0, "auto", kind="auto")
OTHER_AUTO = Window(1000.0, 2000.0, "auto", kind="auto")


def by_hand(center, width, vois=(HEADER, AUTO)):
    return WindowChoice(vois, BY_HAND, Window(center, width, "by hand", kind="by hand"))


def test_that_a_window_is_the_same_where_values_mean_the_same():
    here, there = (film(unit="HU", value_range=(0, top)) for top in (255, 4095))
    before, now = WindowChoice((HEADER, AUTO), 0), WindowChoice((OTHER_AUTO,), 0)
    linked = linked_window(here, there, before=before, after=by_hand(50.0, 300.0), now=now)
    assert (linked.voi.center, linked.voi.width, linked.place) == (50.0, 300.0, BY_HAND)


def test_that_a_window_changes_by_the_same_factor_where_they_do_not():
    here, there = film(unit="HU"), film(value_range=(0, 4095))
    before, now = WindowChoice((HEADER, AUTO), 0), WindowChoice((OTHER_AUTO,), 0)
    linked = linked_window(here, there, before=before, after=by_hand(80.0, 200.0), now=now)
    assert (linked.voi.center, linked.voi.width) == (1200.0, 1000.0)


def test_that_an_entry_of_the_menu_is_chosen_in_both_menus():
    before, after = WindowChoice((HEADER, AUTO), 0), WindowChoice((HEADER, AUTO), 1)
    now = WindowChoice((OTHER_AUTO, HEADER), 1)
    assert linked_window(film(), film(), before=before, after=after, now=now).place == 0
