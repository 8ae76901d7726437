"""Undo in the window: the mouse, the keys, the menu of windows and scripts."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent

from tests.viewer import film_values as made
from tests.viewer.film.test_film import drag, mouse, wheel
from viewer.scripting.director import parse
from viewer.scripting.verbs import ScriptError
from viewer.session.settings import Memory, Settings
from viewer.toolbar import ChoiceBox
from viewer.window import MainWindow

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")
START, END = (90.0, 90.0), (150.0, 130.0)


@pytest.fixture
def window(qtbot, session, settle):
    window = MainWindow(session, Settings(Memory()))
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    settle(session.open, (A, B))
    window.grab()
    return window


def words(action):
    return [key.toString() for key in action.shortcuts()]


def give(window, text):
    for step in parse(text):
        step.verb.run(window, step.arguments)


@pytest.fixture
def actions(window):
    """What has a key, by its key."""
    menus = [action.menu() for action in window.menuBar().actions() if action.menu()]
    entries = [entry for menu in menus for entry in menu.actions()]
    return {keys[0]: entry for entry in entries if (keys := words(entry))}


def test_that_a_drag_of_the_window_is_taken_back_and_done_again(window, actions):
    before = window.film.item.voi
    drag(window.film, START, END, (180.0, 160.0))
    dragged = window.film.item.voi
    assert dragged is not before
    actions["Ctrl+Z"].trigger()
    assert window.film.item.voi == before
    actions["Ctrl+Shift+Z"].trigger()
    assert window.film.item.voi is dragged


def test_that_the_menu_of_windows_follows(window):
    box = next(
        box for box in window.toolbar.findChildren(ChoiceBox) if box.accessibleName() == "Window"
    )
    drag(window.film, START, END)
    assert box.currentIndex() == -1
    give(window, "undo")
    assert box.currentIndex() == 0
    give(window, "redo")
    assert box.currentIndex() == -1


@pytest.mark.parametrize("tool", ["zoom", "pan"])
def test_that_the_film_goes_back_to_its_place(window, tool):
    window.film.zoom_to(20.0)
    before = window.film.placement
    give(window, f"tool {tool}")
    drag(window.film, START, END)
    assert window.film.placement != before
    give(window, "undo")
    assert window.film.placement == before
    give(window, "undo")
    assert window.film.drawings.fitted


def test_that_notches_of_the_wheel_go_back_at_once(window):
    for _ in range(3):
        wheel(window.film, 100.0, 100.0)
    give(window, "undo")
    assert window.film.drawings.fitted


def test_that_fit_can_be_taken_back(window):
    window.film.zoom_to(20.0)
    mouse(window.film, QEvent.Type.MouseButtonDblClick, 50.0, 50.0)
    assert window.film.drawings.fitted
    give(window, "undo")
    assert window.film.placement.scale == 20.0


def test_that_a_row_goes_back_on_screen(window, session):
    before = session.cursor.row
    give(window, "tool row")
    drag(window.film, START, END)
    assert session.cursor.row != before
    give(window, "undo")
    assert (session.cursor.row, window.film.items[0].points[0][1]) == (before, before)


def test_that_nothing_is_taken_back_of_a_film_that_is_not_shown_any_more(window, session, settle):
    drag(window.film, START, END)
    kept = window.film.item.voi
    settle(session.select, B)
    give(window, "undo")
    assert window.film.item.voi == made.WINDOW
    settle(session.select, A)  # as it was left
    give(window, "undo")
    assert window.film.item.voi == kept != made.WINDOW


def test_that_there_may_be_nothing_to_take_back(window):
    before = window.film.item.voi
    give(window, "undo; redo; undo")
    assert window.film.item.voi is before


def test_that_a_tool_that_does_not_exist_gets_one_sentence(window):
    with pytest.raises(ScriptError, match="a tool is window, zoom, pan, row, brush, window-box"):
        give(window, "tool hammer")
