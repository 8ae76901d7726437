"""The patient's studies on a line: where they stand, what opens them."""

from datetime import date
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from tests.viewer.film_values import heard
from viewer.read.timeline import LINE_AT, SIDE, Timeline
from viewer.session.comparing import Visit

FIRST = Visit(date(2024, 3, 17), ("CR",), ("a",))
SECOND = Visit(date(2025, 2, 11), ("MR",), ("b", "b2"), 331)
THIRD = Visit(date(2025, 2, 12), ("CR", "CT"), ("c",), 1)


@pytest.fixture
def timeline(qtbot):
    timeline = Timeline()
    qtbot.addWidget(timeline)
    timeline.resize(900, timeline.height())
    timeline.show_visits((FIRST, SECOND, THIRD), {"b2": "left"})
    return timeline


def test_that_one_study_needs_no_timeline(timeline):
    assert timeline.isVisible()
    timeline.show_visits((FIRST,), {})
    assert not timeline.isVisible()


def test_that_studies_stand_by_their_dates_but_never_on_each_other(timeline):
    first, second, third = timeline.places()
    assert (first, round(third)) == (SIDE, 900 - SIDE)
    assert second - first > 4 * (third - second) > 0


@pytest.mark.parametrize("width", [120, 400, 3000])
def test_that_all_studies_lie_on_the_line_in_order(timeline, width):
    timeline.resize(width, timeline.height())
    places = timeline.places()
    assert all(one <= other for one, other in pairwise(places))
    assert 0 <= places[0] <= places[-1] <= max(width, 2 * SIDE + 1)


@pytest.mark.parametrize(("place", "key"), [(0, "a"), (1, "b"), (2, "c")])
def test_that_a_click_opens_a_study(timeline, place, key):
    asked = heard(timeline.open_requested)
    at = QPoint(round(timeline.places()[place]), round(LINE_AT))
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=at)
    assert asked == [(key,)]


def test_that_a_click_beside_the_line_opens_nothing(timeline):
    asked = heard(timeline.open_requested)
    at = QPoint(round(timeline.places()[0]), 8)
    QTest.mouseClick(timeline, Qt.MouseButton.LeftButton, pos=at)
    assert asked == []


def test_that_keys_choose_and_open_a_study(timeline):
    asked = heard(timeline.open_requested)
    QTest.keyClick(timeline, Qt.Key.Key_Right)
    assert timeline.accessibleDescription() == "2025-02-11, MR, left"
    QTest.keyClick(timeline, Qt.Key.Key_Return)
    assert asked == [("b",)]


def test_that_it_paints_where_a_study_is_shown(timeline):
    before = timeline.grab().toImage()
    timeline.show_visits((FIRST, SECOND, THIRD), {})
    assert timeline.grab().toImage() != before
