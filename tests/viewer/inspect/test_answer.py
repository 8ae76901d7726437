"""Curves of the answer by row."""

import numpy as np
import pytest

from engine.types import Prediction
from tests.viewer.tested import PASSED
from viewer.inspect.answer import AnswerPane, curves_of
from viewer.kit import theme
from viewer.session.choices import RowCursor, RowView
from viewer.session.models import NOT_TESTED, CurveTests, MapTests

EDGES = np.linspace(0.0, 960.0, 97)
RISE = 1 / (1 + np.exp(-np.linspace(-5.0, 4.0, 96)))


@pytest.fixture
def pane(qtbot):
    result = AnswerPane()
    qtbot.addWidget(result)
    result.resize(126, 576 + theme.HEAD + theme.FOOT)
    result.show_rows(RowView(0.0, 960.0))
    result.show_tests(PASSED)
    return result


def two_classes() -> Prediction:
    by_row = np.stack([1 - RISE, RISE], axis=1).astype(np.float32)
    return Prediction(("normal", "pneumonia"), by_row[-1].astype(np.float64), by_row, 1)


def many_classes() -> Prediction:
    by_row = np.tile(np.array([0.05, 0.6, 0.1, 0.25], dtype=np.float32), (96, 1))
    return Prediction(("a", "b", "c", "d"), by_row[-1].astype(np.float64), by_row, 1)


def test_that_the_target_is_thick_and_orange():
    target = curves_of(two_classes())[-1]
    assert (target.name, target.width, target.colour) == (
        "pneumonia",
        2.0,
        theme.INFLUENCE_POSITIVE,
    )


def test_that_the_other_of_two_classes_is_blue():
    other = curves_of(two_classes())[0]
    assert (other.name, other.width, other.colour) == ("normal", 1.5, theme.INFLUENCE_NEGATIVE)


def test_that_of_many_classes_target_and_runner_up_are_named():
    assert [curve.name for curve in curves_of(many_classes()) if curve.named] == ["d", "b"]


def test_that_the_remaining_classes_are_quiet():
    assert {curve.colour for curve in curves_of(many_classes())[:2]} == {theme.QUIET}


def test_that_every_name_stands_inside_the_body(pane):
    pane.show_answer(two_classes(), EDGES, 0.38)
    pane.grab()
    body = pane.box.rect()
    assert all(body.contains(box) for _, box in pane.name_places())


def test_that_names_do_not_touch_each_other(pane):
    pane.show_answer(two_classes(), EDGES, 0.38)
    pane.grab()
    (_, first), (_, second) = pane.name_places()
    assert not first.intersects(second)


def test_that_names_do_not_stand_on_a_curve(pane):
    pane.show_answer(two_classes(), EDGES, 0.38)
    pane.grab()
    centres = (EDGES[:-1] + EDGES[1:]) / 2
    points = [
        (float(pane.x_of(value)), float(pane.y_of(row)))
        for curve in curves_of(two_classes())
        for row, value in zip(centres, curve.values, strict=True)
    ]
    boxes = [box for _, box in pane.name_places()]
    assert not [point for point in points if any(box.contains(*point) for box in boxes)]


def test_that_the_threshold_is_a_tick(pane):
    pane.show_answer(two_classes(), EDGES, 0.38)
    pane.grab()
    assert {tick.text for tick, _ in pane.scale.placed_ticks()} == {"0", "0.38", "1"}


def test_that_a_threshold_near_an_end_keeps_its_label(pane):
    pane.show_answer(two_classes(), EDGES, 0.03)
    pane.grab()
    assert {tick.text for tick, _ in pane.scale.placed_ticks()} == {"0.03", "1"}


def test_that_without_a_threshold_only_the_ends_are_named(pane):
    pane.show_answer(two_classes(), EDGES, None)
    pane.grab()
    assert {tick.text for tick, _ in pane.scale.placed_ticks()} == {"0", "1"}


def test_that_the_dot_lies_on_the_targets_curve_at_the_cursor(pane):
    pane.show_answer(two_classes(), EDGES, 0.38)
    pane.grab()
    pane.show_cursor(RowCursor(605.0, 60, ""))
    place = pane._dot.pos()
    assert place.y() == pytest.approx(float(pane.y_of(605.0)))
    assert place.x() == pytest.approx(float(pane.x_of(RISE[60])), abs=1e-3)


def test_that_there_is_no_dot_without_an_answer(pane):
    pane.show_cursor(RowCursor(605.0, 60, ""))
    assert not pane._dot.isVisible()


def test_that_the_dot_goes_when_the_answer_goes(pane):
    pane.show_answer(two_classes(), EDGES, 0.38)
    pane.show_cursor(RowCursor(605.0, 60, ""))
    pane.show_answer(None, None, None)
    assert not pane._dot.isVisible()


def test_that_the_tooltip_says_what_the_curve_means(pane):
    pane.show_answer(two_classes(), EDGES, 0.38)
    pane.grab()
    tip = pane.tip_at(20.0, float(pane.y_of(605.0))).splitlines()
    assert tip[0] == "if reading stopped after step 60:"
    assert tip[1] == f"pneumonia {RISE[60]:.2f}"


def test_that_one_class_alone_can_be_drawn(pane):
    prediction = Prediction(("finding",), np.ones(1), np.ones((96, 1), dtype=np.float32), 0)
    pane.show_answer(prediction, EDGES, None)
    pane.grab()
    assert [curve.name for curve, _ in pane.name_places()] == ["finding"]


def test_that_a_long_name_in_a_narrow_pane_stays_inside(pane):
    by_row = np.stack([1 - RISE, RISE], axis=1).astype(np.float32)
    names = ("no finding at all in this film", "pulmonary tuberculosis, active")
    pane.resize(84, 300)
    pane.show_answer(Prediction(names, by_row[-1].astype(np.float64), by_row, 1), EDGES, 0.5)
    pane.grab()
    assert all(pane.box.rect().contains(box) for _, box in pane.name_places())


def seen(pane):
    return pane.edges is not None, pane._words.text()


def test_that_a_curve_whose_model_was_not_tested_is_not_shown_and_why_is_said(pane):
    pane.show_answer(two_classes(), EDGES, 0.38)
    pane.show_tests(NOT_TESTED)
    assert seen(pane) == (False, "Not shown: nobody measured what it is worth row by row.")
    assert pane.tip_at(30.0, 100.0) == ""


def test_that_a_curve_that_failed_says_so_in_one_sentence(pane):
    failed = CurveTests("failed", "Not shown: what it says after some rows is off by up to 0.37.")
    pane.show_tests(MapTests("passed", "Yes.", by_row=failed))
    pane.show_answer(two_classes(), EDGES, 0.38)
    assert seen(pane) == (False, failed.words)


def test_that_a_curve_appears_once_its_tests_are_known(pane):
    pane.show_tests(NOT_TESTED)
    pane.show_answer(two_classes(), EDGES, 0.38)
    pane.show_tests(PASSED)
    assert pane.edges is not None
    assert "pneumonia" in pane.tip_at(30.0, 100.0)


def test_that_without_an_answer_the_pane_says_that_and_nothing_of_tests(pane):
    pane.show_tests(NOT_TESTED)
    pane.set_empty("No answer, no rows to show")
    pane.show_answer(None, None, None)
    assert seen(pane) == (False, "No answer, no rows to show")
