"""One stored row lies at the same pixel in every strip."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QImage, QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from engine.types import Influence, Prediction
from tests.viewer.tested import PASSED
from viewer.inspect.answer import AnswerPane
from viewer.inspect.influence import InfluencePane
from viewer.inspect.states import StatesPane
from viewer.inspect.strip import RowStrip
from viewer.kit import theme
from viewer.session.choices import RowCursor, RowView

EDGES = np.linspace(0.0, 800.0, 41)
HEIGHT = 500
VIEW = RowView(-31.5, 700.25)


@pytest.fixture
def strips(qtbot):
    panes = (InfluencePane(), AnswerPane(), StatesPane())
    for pane in panes:
        qtbot.addWidget(pane)
        pane.resize(150, HEIGHT + theme.HEAD + theme.FOOT)
        pane.show_rows(VIEW)
    influence, answer, states = panes
    steps = np.linspace(-0.2, 0.3, 40, dtype=np.float32)
    influence.show_influence(Influence(steps, EDGES, 1, 1.0, 0.0, 0.0), 0.3, "finding")
    answer.show_tests(PASSED)
    by_row = np.stack([1 - np.abs(steps), np.abs(steps)], axis=1)
    answer.show_answer(Prediction(("none", "finding"), by_row[-1], by_row, 1), EDGES, 0.4)
    states.show_states(np.outer(steps, np.ones(30)), EDGES, limits=(-3.0, 3.0), unit="σ")
    for pane in panes:
        pane.grab()  # lays out without a window on screen
    return panes


def drawn(pane: RowStrip) -> QImage:
    return pane.view.grab().toImage()


def accent_rows(pane: RowStrip, x: int) -> list[int]:
    image = drawn(pane)
    colours = [image.pixelColor(x, y) for y in range(image.height())]
    return [y for y, c in enumerate(colours) if c.green() > 120 and c.green() > 1.5 * c.red()]


def mouse(pane: RowStrip, kind: QEvent.Type, x: float, y: float) -> None:
    moving = kind == QEvent.Type.MouseMove
    button = Qt.MouseButton.NoButton if moving else Qt.MouseButton.LeftButton
    held = Qt.MouseButton.LeftButton
    viewport = pane.view.viewport()
    place = QPointF(x, y)
    away = viewport.mapToGlobal(place)
    event = QMouseEvent(kind, place, away, button, held, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(viewport, event)


def test_that_the_body_has_the_full_height_between_head_and_foot(strips):
    assert [pane.box.height() for pane in strips] == [HEIGHT] * 3


@pytest.mark.parametrize("row", [0.0, 123.4, 650.0])
def test_that_a_row_lies_where_the_film_draws_it(strips, row):
    film = (row - VIEW.top) / (VIEW.bottom - VIEW.top) * HEIGHT
    assert [float(pane.y_of(row)) for pane in strips] == pytest.approx([film] * 3)


@pytest.mark.parametrize("row", [0.0, 123.4, 650.0])
def test_that_the_view_boxes_agree(strips, row):
    film = (row - VIEW.top) / (VIEW.bottom - VIEW.top) * HEIGHT
    seen = [pane.box.mapFromView(QPointF(0.0, row)).y() for pane in strips]
    assert seen == pytest.approx([film] * 3, abs=1e-6)


def test_that_rows_stay_aligned_when_the_panes_are_resized(strips):
    for pane in strips:
        pane.resize(210, 333 + theme.HEAD + theme.FOOT)
        pane.grab()
    film = (99.0 - VIEW.top) / (VIEW.bottom - VIEW.top) * 333
    assert [float(pane.y_of(99.0)) for pane in strips] == pytest.approx([film] * 3)


def test_that_the_cursor_is_drawn_on_the_same_pixel_in_all(strips):
    for pane in strips:
        pane.show_cursor(RowCursor(310.0, 15, "row 15"))
    places = [accent_rows(pane, 1) for pane in strips]
    expected = (310.0 - VIEW.top) / (VIEW.bottom - VIEW.top) * HEIGHT
    assert places[0] == places[1] == places[2]
    assert abs(np.mean(places[0]) + 0.5 - expected) < 1.0


def test_that_no_cursor_is_drawn_after_it_was_taken_away(strips):
    for pane in strips:
        pane.show_cursor(RowCursor(310.0, 15, ""))
        pane.show_cursor(None)
    assert not any(accent_rows(pane, 1) for pane in strips)


def test_that_moving_the_cursor_paints_no_data_again(strips, monkeypatch):
    painted = []
    for pane in strips:
        monkeypatch.setattr(pane, "refresh", lambda: painted.append(1))
        pane.show_cursor(RowCursor(200.0, 10, ""))
    assert not painted


@pytest.mark.parametrize("place", [0, 1])
def test_that_a_press_asks_for_the_row_under_it(strips, qtbot, place):
    pane = strips[place]
    with qtbot.waitSignal(pane.row_requested) as asked:
        mouse(pane, QEvent.Type.MouseButtonPress, 20.0, 250.0)
    assert asked.args[0] == pytest.approx((VIEW.top + VIEW.bottom) / 2)


def test_that_a_drag_beyond_the_film_stays_on_its_rows(strips, qtbot):
    pane = strips[0]
    with qtbot.waitSignal(pane.row_requested) as asked:
        mouse(pane, QEvent.Type.MouseMove, 20.0, -40.0)
    assert asked.args[0] == 0.0


def test_that_a_row_asked_for_always_has_a_time_step(strips):
    pane = strips[0]
    pane.show_rows(RowView(0.0, 2000.0))
    assert pane.row_at(HEIGHT) < EDGES[-1]


def test_that_the_wheel_does_not_zoom(strips):
    pane = strips[1]
    place = QPointF(30.0, 30.0)
    event = QWheelEvent(
        place,
        pane.view.viewport().mapToGlobal(place),
        QPointF(0, 120).toPoint(),
        QPointF(0, 120).toPoint(),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - Qt's own signature
    )
    QApplication.sendEvent(pane.view.viewport(), event)
    assert pane.box.viewRange()[1] == pytest.approx([VIEW.top, VIEW.bottom])


def test_that_grid_lines_run_through_the_same_rows(strips):
    assert len({tuple(pane.grid_steps()) for pane in strips}) == 1


def test_that_fewer_rows_in_view_bring_closer_grid_lines(strips):
    pane = strips[0]
    before = pane.grid_steps().step
    pane.show_rows(RowView(100.0, 200.0))
    assert pane.grid_steps().step < before


def test_that_a_sequence_of_one_step_can_be_shown(strips):
    influence, answer, states = strips
    edges, one = np.array([0.0, 800.0]), np.ones((1, 1), dtype=np.float32)
    influence.show_influence(Influence(one[0], edges, 0, 1.0, 0.0, 0.0), 0.3, "finding")
    answer.show_answer(Prediction(("finding",), np.ones(1), one, 0), edges, None)
    states.show_states(one, edges, limits=(-3.0, 3.0), unit="σ")
    assert all(len(colours(drawn(pane))) > 1 for pane in strips)


def test_that_the_empty_state_says_why(strips):
    for pane in strips:
        pane.set_empty("No influence: the model did not answer")
        pane.clear()
    assert all(pane._words.isVisibleTo(pane) for pane in strips)
    assert {pane._words.text() for pane in strips} == {"No influence: the model did not answer"}


def test_that_nothing_of_the_last_film_is_drawn_after_clearing(strips):
    for pane in strips:
        pane.clear()
        pane._words.hide()
    assert all(len(colours(drawn(pane))) == 1 for pane in strips)


def colours(image: QImage) -> set[int]:
    return {image.pixel(x, y) for x in range(image.width()) for y in range(0, image.height(), 2)}


def test_that_rows_of_a_film_that_is_upside_down_lie_where_the_film_draws_them(strips):
    over = RowView(VIEW.bottom, VIEW.top)
    for pane in strips:
        upright = pane.view.grab().toImage()
        pane.show_rows(over)
        film = (310.0 - over.top) / (over.bottom - over.top) * HEIGHT
        assert float(pane.y_of(310.0)) == pytest.approx(film)
        assert pane.row_at(film) == pytest.approx(310.0)
        assert pane.view.grab().toImage() != upright


def test_that_a_strip_shows_as_much_of_a_film_that_is_upside_down(strips):
    def painted(pane):
        image = pane.view.grab().toImage()
        plain = image.pixelColor(image.width() - 1, 0)
        return sum(
            image.pixelColor(x, y) != plain
            for x in range(0, image.width(), 3)
            for y in range(image.height())
        )

    for pane in strips:
        upright = painted(pane)
        pane.show_rows(RowView(VIEW.bottom, VIEW.top))
        assert painted(pane) == pytest.approx(upright, rel=0.2)


def lie_down(strips):
    for pane in strips:
        pane.resize(theme.SIDE + HEIGHT, 100 + pane.above)
        pane.show_rows(RowView(VIEW.top, VIEW.bottom, level=False))
        pane.grab()


def test_that_strips_beneath_a_film_on_its_side_have_bodies_of_equal_width(strips):
    lie_down(strips)
    assert [pane.box.width() for pane in strips] == [HEIGHT] * 3
    assert [pane.view.mapTo(pane, QPointF(0, 0).toPoint()).x() for pane in strips] == [
        theme.SIDE
    ] * 3


@pytest.mark.parametrize("row", [0.0, 123.4, 650.0])
def test_that_rows_follow_from_left_to_right_in_strips_that_lie(strips, row):
    lie_down(strips)
    film = (row - VIEW.top) / (VIEW.bottom - VIEW.top) * HEIGHT
    places = [pane.lie.screen(0.0, float(pane.y_of(row))).x() for pane in strips]
    assert places == pytest.approx([film] * 3)


def test_that_the_cursor_stands_upright_on_the_same_column_in_strips_that_lie(strips):
    lie_down(strips)
    for pane in strips:
        pane.show_cursor(RowCursor(310.0, 15, "row 15"))
    expected = (310.0 - VIEW.top) / (VIEW.bottom - VIEW.top) * HEIGHT
    for pane in strips:
        image = drawn(pane)
        colours = [image.pixelColor(x, 2) for x in range(image.width())]
        found = [x for x, c in enumerate(colours) if c.green() > 120 and c.green() > 1.5 * c.red()]
        assert abs(np.mean(found) + 0.5 - expected) < 1.0


def test_that_a_press_on_a_strip_that_lies_asks_for_the_row_under_it(strips, qtbot):
    lie_down(strips)
    with qtbot.waitSignal(strips[0].row_requested) as asked:
        mouse(strips[0], QEvent.Type.MouseButtonPress, 250.0, 20.0)
    assert asked.args[0] == pytest.approx((VIEW.top + VIEW.bottom) / 2)


def test_that_larger_values_lie_higher_in_strips_that_lie(strips):
    lie_down(strips)
    for pane in strips:
        low, high = (pane.lie.screen(float(pane.x_of(value)), 0.0).y() for value in (0.0, 0.2))
        assert high < low


def test_that_a_matrix_that_lies_is_drawn_in_its_rows_and_column_only(strips):
    states = strips[2]
    matrix = np.zeros((40, 30), dtype=np.float32)
    matrix[12, 3] = 3.0
    states.show_states(matrix, EDGES, limits=(-3.0, 3.0), unit="σ")
    states.show_order("index")
    lie_down([states])
    image = drawn(states)
    rows = float(states.y_of(EDGES[12])), float(states.y_of(EDGES[13]))
    column = states.lie.screen(float(states.x_of(3.5)), 0.0).y()
    bright = [x for x in range(image.width()) if image.pixelColor(x, round(column)).red() > 120]
    assert bright[0] == pytest.approx(rows[0], abs=1.0)
    assert bright[-1] + 1 == pytest.approx(rows[1], abs=1.0)
    middle = round(sum(rows) / 2)
    seen = [y for y in range(image.height()) if image.pixelColor(middle, y).red() > 120]
    assert np.mean(seen) + 0.5 == pytest.approx(column, abs=1.5)


def test_that_strips_stand_again_when_the_film_does(strips):
    before = [pane.grab().toImage() for pane in strips]
    size = strips[0].size()
    lie_down(strips)
    assert all(pane.head.isHidden() and pane.foot.isHidden() for pane in strips)
    for pane in strips:
        pane.resize(size)
        pane.show_rows(VIEW)
    assert [pane.grab().toImage() == was for pane, was in zip(strips, before, strict=True)] == [
        True
    ] * 3


def test_that_a_click_chooses_the_unit_under_it_in_a_matrix_that_lies(strips, qtbot):
    states = strips[2]
    states.show_order("index")
    lie_down([states])
    pixel = states.lie.screen(float(states.x_of(7.5)), 250.0)
    with qtbot.waitSignal(states.units_requested) as asked:
        mouse(states, QEvent.Type.MouseButtonPress, pixel.x(), pixel.y())
        mouse(states, QEvent.Type.MouseButtonRelease, pixel.x(), pixel.y())
    assert asked.args[0] == (7,)


def test_that_the_names_of_classes_stand_in_the_gutter_of_an_answer_that_lies(strips):
    lie_down(strips)
    assert strips[1].name_places() == []
    assert {text for text, _ in strips[1].more_words()} == {"finding", "none"}
