"""Points of a plane, paths through it, and the line that is drawn around some of them."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.viewer.film_values import heard
from viewer.inspect.projection import EDGE, Path2d, ProjectionView
from viewer.kit import theme

POINTS = np.array([(0.0, 0.0), (10.0, 0.0), (10.0, 4.0), (0.0, 4.0), (5.0, 2.0)], np.float32)
BRIGHT = np.full((5, 3), 255, np.uint8)
PATH = Path2d(np.array([(0.0, 4.0), (5.0, 1.0), (10.0, 4.0)], np.float32), "this film")


@pytest.fixture
def view(qtbot):
    result = ProjectionView()
    qtbot.addWidget(result)
    result.resize(400, 200)
    result.show_cloud(POINTS, BRIGHT)
    result.show()
    return result


def pixel(view, at):
    return view.grab().toImage().pixelColor(round(at[0]), round(at[1]))


def test_that_the_points_fill_the_room_up_to_its_edge(view):
    left, bottom = view.places(POINTS[0])
    right, top = view.places(POINTS[2])
    assert (left, top) == (EDGE, EDGE)
    assert (right, bottom) == (400 - EDGE, 200 - EDGE)


def test_that_pixels_lead_back_to_the_plane(view):
    np.testing.assert_allclose(view.plane_of(view.places(POINTS)), POINTS, atol=1e-6)


def test_that_every_point_is_drawn_in_its_place(view):
    assert all(pixel(view, at).lightness() > 150 for at in view.places(POINTS))
    assert pixel(view, (100.0, 60.0)) == theme.colour(theme.WINDOW)


def test_that_points_that_are_all_the_same_are_drawn(view):
    view.show_cloud(np.full((3, 2), 7.0, np.float32), BRIGHT[:3])
    assert np.isfinite(view.places(np.full((1, 2), 7.0))).all()
    assert not view.grab().isNull()


def test_that_the_step_at_the_cursor_is_a_dot_in_the_accent(view):
    view.show_paths((PATH,), (1, 1))
    assert pixel(view, view.places(PATH.points[1])) == theme.colour(theme.ACCENT)


def test_that_the_tip_names_a_row_of_the_path_before_a_point(view):
    view.name_of = lambda place: f"point {place}"
    view.show_paths((PATH,), None)
    assert view.tip_at(QPointF(*view.places(PATH.points[0]))) == "this film, step 0"
    assert view.tip_at(QPointF(*view.places(POINTS[4]))) == "point 4"
    assert view.tip_at(QPointF(100.0, 60.0)) == ""


def send(view, name, place):
    kind = {
        "Press": QEvent.Type.MouseButtonPress,
        "Move": QEvent.Type.MouseMove,
        "Release": QEvent.Type.MouseButtonRelease,
        "Double": QEvent.Type.MouseButtonDblClick,
    }[name]
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    held = Qt.MouseButton.NoButton if name == "Release" else left
    at = QPointF(*place)
    QApplication.sendEvent(view, QMouseEvent(kind, at, view.mapToGlobal(at), left, held, none))


def test_that_a_drag_draws_a_line_in_the_plane(view):
    lassoed = heard(view.lassoed)
    corners = [(20, 20), (200, 20), (200, 180)]
    send(view, "Press", corners[0])
    for place in corners[1:]:
        send(view, "Move", place)
    send(view, "Release", corners[-1])
    (found,) = lassoed[0]
    np.testing.assert_allclose(view.places(found), corners, atol=1e-6)


def press(view, place):
    send(view, "Press", place)
    send(view, "Release", place)


def test_that_a_press_on_the_path_asks_for_its_row(view):
    rows, lassoed = heard(view.row_requested), heard(view.lassoed)
    view.show_paths((PATH,), None)
    press(view, view.places(PATH.points[2]))
    assert (rows, lassoed) == ([(2,)], [])


def test_that_a_press_on_nothing_forgets_the_line(view):
    lassoed = heard(view.lassoed)
    press(view, (100.0, 60.0))
    assert lassoed == [(None,)]


def test_that_a_double_click_opens_a_point(view):
    opened = heard(view.point_opened)
    send(view, "Double", view.places(POINTS[2]))
    send(view, "Double", (100.0, 60.0))
    assert opened == [(2,)]
