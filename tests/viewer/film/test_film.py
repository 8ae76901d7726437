"""The film pane: what the mouse asks for, and that nothing changes by itself."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from engine.types import Spacing, VoiLut, Window
from tests.viewer import film_values as made
from tests.viewer.film_panes import build, show
from tests.viewer.film_values import heard
from viewer.film.view import FilmPane
from viewer.session.choices import MapChoice, RowCursor

LEFT, RIGHT, MIDDLE, NONE = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
    Qt.MouseButton.NoButton,
)
PLAIN, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
KINDS = QEvent.Type


@pytest.fixture
def pane(qtbot):
    return build(qtbot)


def mouse(pane, kind, x, y, *, button=LEFT, held=LEFT, keys=PLAIN):
    viewport, place = pane.view.viewport(), QPointF(x, y)
    event = QMouseEvent(kind, place, viewport.mapToGlobal(place), button, held, keys)
    QApplication.sendEvent(viewport, event)


def drag(pane, start, *stops, button=LEFT, keys=PLAIN):
    mouse(pane, KINDS.MouseButtonPress, *start, button=button, held=button, keys=keys)
    for stop in stops:
        mouse(pane, KINDS.MouseMove, *stop, button=NONE, held=button, keys=keys)
    mouse(pane, KINDS.MouseButtonRelease, *stops[-1], button=button, held=NONE, keys=keys)


def wheel(pane, x, y, turned=120, keys=PLAIN):
    viewport, place = pane.view.viewport(), QPointF(x, y)
    angle = QPointF(0, turned).toPoint()
    phase, straight = Qt.ScrollPhase.NoScrollPhase, False
    event = QWheelEvent(
        place, viewport.mapToGlobal(place), angle, angle, NONE, keys, phase, straight
    )
    QApplication.sendEvent(viewport, event)


def asked_window(pane, *way, keys=PLAIN):
    windows = heard(pane.window_requested)
    start = (100.0, 100.0)
    stop = (start[0] + way[0], start[1] + way[1])
    drag(pane, start, stop, keys=keys)
    return [window for (window,) in windows]


SIZES = ((380, 500), (520, 700), (777, 433), (1280, 1112))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("rows", [80, 81, 257])
def test_that_the_overlay_covers_exactly_the_image(qtbot, size, rows):
    pane = build(qtbot, size, made.image(rows=rows))
    pane.show_map(made.heatmap(rows=rows), MapChoice(question="state"))
    assert pane.item.overlay_rect() == pane.item.image_rect()


def test_that_without_a_map_there_is_no_overlay(pane):
    assert pane.item.overlay_rect().isEmpty()


def test_that_a_drag_asks_for_a_window_and_changes_nothing(pane):
    windows = asked_window(pane, 40.0, 0.0)
    assert windows
    assert all(isinstance(window, Window) for window in windows)
    assert pane.item.voi is made.WINDOW


def test_that_a_drag_to_the_right_widens_and_one_down_raises(pane):
    assert asked_window(pane, 40.0, 0.0)[-1].width > made.WINDOW.width
    assert asked_window(pane, -40.0, 0.0)[-1].width < made.WINDOW.width
    assert asked_window(pane, 0.0, 40.0)[-1].center > made.WINDOW.center


def test_that_control_accelerates_a_drag(pane):
    slow = asked_window(pane, 0.0, 40.0)[-1].center - made.WINDOW.center
    fast = asked_window(pane, 0.0, 40.0, keys=CONTROL)[-1].center - made.WINDOW.center
    assert fast == pytest.approx(4 * slow)


def test_that_a_window_never_becomes_nothing(pane):
    assert all(window.width > 0 for window in asked_window(pane, -90000.0, 0.0))


def test_that_a_drag_from_a_table_starts_with_a_window(pane):
    pane.show_voi(VoiLut(np.linspace(0, 1, 256, dtype=np.float32), 0.0))
    assert isinstance(asked_window(pane, 40.0, 0.0)[-1], Window)


def test_that_a_click_asks_for_the_stored_row(pane):
    rows, windows = heard(pane.row_requested), heard(pane.window_requested)
    y = pane.placement.y_of(33.25)
    drag(pane, (90.0, y), (90.0, y))
    assert rows == [(pytest.approx(33.25, abs=0.01),)]
    assert windows == []


def test_that_a_drag_asks_for_no_row(pane):
    rows = heard(pane.row_requested)
    drag(pane, (90.0, 90.0), (90.0, 140.0))
    assert rows == []


def test_that_the_row_tool_asks_for_rows_all_the_way(pane):
    pane.set_tool("row")
    rows = heard(pane.row_requested)
    drag(pane, (90.0, 100.0), (90.0, 140.0), (90.0, 180.0))
    values = [row for (row,) in rows]
    assert len(values) >= 3
    assert values == sorted(values)


def test_that_the_wheel_zooms_about_the_pointer(pane):
    place = QPointF(123.0, 234.0)
    before, scale = pane.placement.stored(place), pane.placement.scale
    wheel(pane, place.x(), place.y())
    after = pane.placement.stored(place)
    assert pane.placement.scale > scale
    assert (after.x(), after.y()) == pytest.approx((before.x(), before.y()))


def test_that_quarter_notches_add_up(pane):
    scale = pane.placement.scale
    for _ in range(3):
        wheel(pane, 100.0, 100.0, 30)
    assert pane.placement.scale == scale
    wheel(pane, 100.0, 100.0, 30)
    assert pane.placement.scale > scale


def test_that_the_wheel_asks_for_frames_where_there_are_several(qtbot):
    pane = build(qtbot, of=made.image(frame_count=5))
    frames, scale = heard(pane.frame_requested), pane.placement.scale
    wheel(pane, 100.0, 100.0, -120)
    wheel(pane, 100.0, 100.0, 240)
    assert frames == [(1,), (-2,)]
    assert pane.placement.scale == scale


def test_that_control_and_wheel_zoom_where_there_are_several_frames(qtbot):
    pane = build(qtbot, of=made.image(frame_count=5))
    scale = pane.placement.scale
    wheel(pane, 100.0, 100.0, keys=CONTROL)
    assert pane.placement.scale > scale


def test_that_a_double_click_fits(pane):
    zoom = heard(pane.zoomed)
    wheel(pane, 50.0, 50.0)
    fitted_before = pane.placement
    mouse(pane, KINDS.MouseButtonDblClick, 50.0, 50.0)
    assert zoom[0][0] == fitted_before.scale
    assert zoom[-1] == (None,)
    shown = pane.placement.visible().adjusted(-1e-6, -1e-6, 1e-6, 1e-6)
    assert shown.contains(pane.item.image_rect())


@pytest.mark.parametrize("button", [RIGHT, MIDDLE])
def test_that_right_zooms_and_middle_pans_whatever_the_tool(pane, button):
    before = pane.placement
    drag(pane, (90.0, 90.0), (90.0, 140.0), button=button)
    zoomed = pane.placement.scale != before.scale
    assert zoomed == (button == RIGHT)
    assert (pane.placement.x, pane.placement.y) != (before.x, before.y)


def test_that_another_frame_of_the_same_file_keeps_zoom_and_place(qtbot):
    pane = build(qtbot, of=made.image(frame_count=3))
    pane.zoom_by(2.5)
    before = pane.placement
    show(pane, made.image(frame_count=3), 1)
    assert pane.placement == before


def test_that_another_file_is_fitted(pane):
    pane.zoom_by(2.5)
    zoom = heard(pane.zoomed)
    show(pane, made.image("other.dcm"))
    assert zoom[-1] == (None,)


def test_that_a_new_frame_takes_the_old_map_off(pane):
    pane.show_map(made.heatmap(), MapChoice(question="state"))
    show(pane, made.image("other.dcm"))
    assert pane.item.heatmap is None


def test_that_pixels_that_are_not_square_are_shown_in_shape(qtbot):
    square = build(qtbot).placement
    flat = build(qtbot, spacing=Spacing(0.2, 0.1, "calibrated")).placement
    assert square.across == square.scale
    assert flat.across == pytest.approx(flat.scale / 2)


def test_that_the_pointer_tells_the_value_under_it(pane):
    said = heard(pane.probe_moved)
    x, y = 30.5, 40.5
    at = (
        pane.placement.width / 2 + (x - pane.placement.x) * pane.placement.across,
        pane.placement.y_of(y),
    )
    mouse(pane, KINDS.MouseMove, *at, button=NONE, held=NONE)
    assert "column 30" in said[-1][0]
    assert "row 40" in said[-1][0]
    assert "70" in said[-1][0]


def test_that_beside_the_film_the_pointer_tells_nothing(pane):
    said = heard(pane.probe_moved)
    mouse(pane, KINDS.MouseMove, pane.box.width() - 1, 1.0, button=NONE, held=NONE)
    assert said[-1] == ("",)


def test_that_an_empty_pane_can_be_touched(qtbot):
    pane = FilmPane()
    qtbot.addWidget(pane)
    pane.show_notice("Drop a film here")
    pane.resize(400, 500)
    pane.grab()
    drag(pane, (50.0, 50.0), (90.0, 120.0))
    wheel(pane, 50.0, 50.0)
    mouse(pane, KINDS.MouseButtonDblClick, 50.0, 50.0)
    pane.show_cursor(RowCursor(3.0, None, "row"))
    pane.zoom_by(2.0)
    pane.fit()
    pane.grab()
    assert pane.item.frame is None


def test_that_a_painted_frame_is_told_once(qtbot):
    pane = build(qtbot)
    told = heard(pane.painted)
    pane.grab()
    assert len(told) == 0
    show(pane, made.image("other.dcm"))
    pane.grab()
    pane.grab()
    assert len(told) == 1


def test_that_labels_of_the_pane_read_no_html(pane):
    pane.show_map(made.heatmap(label="Influence towards <b>x</b>"), MapChoice(question="state"))
    labels = pane.findChildren(QLabel)
    assert {found.textFormat() for found in labels} == {Qt.TextFormat.PlainText}
    assert not any("<b>" in found.toolTip() for found in labels)
