"""Outlines, areas and labels of probabilities on a grid."""

from dataclasses import replace

import numpy as np
import pytest

from engine.tasks import class_numbers_of, labels_on, regions_of
from engine.types import RegionRule, Spacing, TaskAnswer


def answer(values, *, rows=None, columns=None, **rule):
    """Of one class on a grid (R, C) that covers a film of as many stored pixels."""
    values = np.asarray(values, np.float32)
    rows, columns = rows or values.shape[0], columns or values.shape[1]
    return TaskAnswer(
        task="segmentation",
        maps=np.stack((1 - values, values)),
        row_edges=np.linspace(0.0, rows, values.shape[0] + 1),
        column_edges=np.linspace(0.0, columns, values.shape[1] + 1),
        cut=0.5,
        rule=RegionRule(("around", "disc"), **rule),
    )


def disc(size, centre, radius):
    y, x = np.mgrid[:size, :size] + 0.5
    return 1 / (1 + np.exp(np.hypot(y - centre[0], x - centre[1]) - radius))


def test_that_an_outline_has_the_area_and_the_box_of_a_disc_in_stored_pixels():
    (region,) = regions_of(answer(disc(32, (12, 18), 7), rows=64, columns=96), 0.5, None)
    assert region.area_px == pytest.approx(np.pi * 14 * 21, rel=0.01)
    assert region.box == pytest.approx((33, 10, 75, 38), abs=0.5)
    assert (region.label, region.area_mm2, region.weak) == ("disc", None, False)


def test_that_a_hole_is_no_part_of_the_area():
    ring = disc(32, (16, 16), 12) * (1 - disc(32, (16, 16), 5))
    (region,) = regions_of(answer(ring), 0.5, None)
    assert len(region.outlines) == 2
    assert region.area_px == pytest.approx(np.pi * (12**2 - 5**2), rel=0.03)


def test_that_an_outline_follows_the_edge_of_the_film():
    (region,) = regions_of(answer(np.ones((4, 6)), rows=40, columns=30), 0.5, None)
    assert region.box == (0, 0, 30, 40)
    assert region.area_px == pytest.approx(1200)


def test_that_two_cells_that_touch_at_a_corner_are_two_regions():
    values = np.zeros((6, 6))
    values[2, 2] = values[3, 3] = 1
    assert len(regions_of(answer(values), 0.5, None)) == 2


@pytest.mark.parametrize(
    ("kind", "area"), [("calibrated", 8.0), ("in patient", 8.0), ("at detector", None)]
)
def test_that_an_area_in_millimetres_is_told_where_it_is_the_patients(kind, area):
    (region,) = regions_of(answer(np.ones((4, 4))), 0.5, Spacing(0.5, 1.0, kind))
    assert region.area_mm2 == (None if area is None else pytest.approx(area))


def test_that_a_region_smaller_than_the_rule_says_is_dropped():
    values = np.maximum(disc(32, (8, 8), 5), disc(32, (24, 24), 2))
    assert len(regions_of(answer(values), 0.5, None)) == 2
    (kept,) = regions_of(answer(values, smallest=0.03), 0.5, None)
    assert kept.box[2] < 16
    assert class_numbers_of(answer(values, smallest=0.03))[20:, 20:].max() == 0


def test_that_another_cut_makes_other_regions():
    found = answer(disc(32, (16, 16), 8))
    (wide,), (narrow,) = regions_of(found, 0.2, None), regions_of(found, 0.8, None)
    assert wide.area_px > narrow.area_px
    assert regions_of(replace(found, maps=found.maps * 0), 0.5, None) == ()


def test_that_the_probability_of_a_region_follows_from_the_rule():
    found = answer(disc(32, (16, 16), 8), odds=(-2.0, 0.0, 0.0))
    (region,) = regions_of(found, 0.5, None)
    assert region.probability == pytest.approx(1 / (1 + np.exp(2)))


def test_that_labels_of_stored_pixels_fill_the_outline():
    found = answer(disc(32, (12, 18), 7), rows=128, columns=128)
    (region,) = regions_of(found, 0.5, None)
    labels = class_numbers_of(found)
    assert labels.shape == (128, 128)
    assert (labels == 1).sum() == pytest.approx(region.area_px, rel=0.02)


def test_that_a_pixel_belongs_to_the_most_probable_of_several_classes():
    maps = np.zeros((3, 2, 2), np.float32)
    maps[1], maps[2] = [[0.6, 0.2], [0.1, 0.1]], [[0.3, 0.7], [0.1, 0.1]]
    assert labels_on(maps, (2, 2), cut=0.5).tolist() == [[1, 2], [0, 0]]
