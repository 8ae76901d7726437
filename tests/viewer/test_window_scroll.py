"""Keys and wheel in the window: the newest frame that was asked for is what is painted."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

SLICES = tuple(Path(f"/films/ct/{number:03}.dcm") for number in range(40))


@pytest.fixture
def window(qtbot, session, settle, engine):
    """A series of forty is on screen, and in memory."""
    engine.series, engine.ahead = [("ct", SLICES)], True
    window = MainWindow(session, Settings(Memory()))
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    settle(session.open, SLICES)
    ahead, stack = session.leafing.fetching, session.stacks.by_key("ct")
    qtbot.waitUntil(lambda: all(ahead.loaded_places(stack)), timeout=60_000)
    window.grab()
    return window


@pytest.fixture
def painted(window, session):
    """The places of the frames that have reached the screen."""
    places = []
    window.film.painted.connect(lambda: places.append(session.pointer.viewport.at))
    return places


def turn(window, notches, modifier=Qt.KeyboardModifier.NoModifier):
    """Turn the wheel over the film towards the reader."""
    view = window.film.view.viewport()
    place = QPointF(view.rect().center())
    event = QWheelEvent(
        place,
        QPointF(view.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, -120 * notches),
        Qt.MouseButton.NoButton,
        modifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,  # noqa: FBT003 - by place, as Qt has it
    )
    QApplication.sendEvent(view, event)


def test_that_each_of_thirty_keys_paints_the_newest_frame(window, painted, qtbot):
    for _ in range(30):
        qtbot.keyClick(window, Qt.Key.Key_PageDown)
        QApplication.processEvents()
    assert painted == list(range(1, 31))


def test_that_keys_without_a_pause_add_up_and_the_last_frame_is_painted(window, painted, session):
    for _ in range(30):
        session.step_frame(1)
    QApplication.processEvents()
    assert painted[-1] == session.pointer.viewport.at == 30


def test_that_thirty_notches_move_thirty_frames(window, session):
    for _ in range(30):
        turn(window, 1)
    assert session.pointer.viewport.at == 30
    turn(window, -12)
    assert session.pointer.viewport.at == 18


def test_that_the_wheel_with_control_zooms(window, session):
    before = window.film.placement.scale
    turn(window, -2, Qt.KeyboardModifier.ControlModifier)
    assert window.film.placement.scale > before
    assert session.pointer.viewport.at == 0


@pytest.mark.parametrize(("key", "at"), [(Qt.Key.Key_End, 39), (Qt.Key.Key_Home, 0)])
def test_that_home_and_end_go_through_the_stack(window, session, qtbot, key, at):
    session.go_to_frame(20)
    qtbot.keyClick(window, key)
    assert session.pointer.viewport.at == at


def test_that_the_film_says_which_frame_of_the_stack_it_is(window, session):
    def said():
        return " ".join(line for plate in window.film.written().plates for line in plate.lines)

    count = len(session.pointer.viewport.stack)
    assert f"frame 1 of {count}" in said()
    session.go_to_frame(count - 1)
    assert f"frame {count} of {count}" in said()


def test_that_zoom_and_place_stay_while_one_leafs(window, session):
    window.film.zoom_to(3.0)
    session.step_frame(5)
    assert window.film.placement.scale == pytest.approx(3.0)
