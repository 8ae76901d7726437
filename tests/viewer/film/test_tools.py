"""Tools of the film: one table, gestures in columns and rows, and items that they paint."""

from unittest.mock import MagicMock

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from tests.viewer.film.test_film import MIDDLE, RIGHT, drag, wheel
from tests.viewer.film_panes import build
from tests.viewer.film_values import heard
from viewer.commanding import basics_menu
from viewer.film.tools import MEASURING, TOOLS, Touch, tool_of
from viewer.scripting.director import parse
from viewer.scripting.register import VERBS
from viewer.session.choices import RowCursor
from viewer.session.viewport import Item, Place
from viewer.toolbar import GROUPS, FilmToolBar


class Film:
    """Notes what a tool does to it."""

    def __init__(self, frames=1):
        self.done, self.frames = [], frames

    def stored(self, pixel):
        return pixel

    def pixel(self, column, row):
        return QPointF(column, row)

    def change_window(self, right, down):
        self.done.append(("window", right, down))

    def zoom(self, factor, fixed, *, flows=False):
        self.done.append(("zoom", round(factor, 4), fixed.x(), flows))

    def pan(self, right, down):
        self.done.append(("pan", right, down))

    def show_rubber(self, box):
        self.done.append(("rubber", box))

    def zoom_to_box(self, box):
        self.done.append(("zoom to box", box))

    def window_from_box(self, box):
        self.done.append(("window from box", box))

    def magnify(self, pixel):
        self.done.append(("magnify", pixel))

    def point(self, row):
        self.done.append(("row", row))

    def step_frames(self, by):
        if self.frames > 1:
            self.done.append(("frames", by))
        return self.frames > 1

    def fit(self):
        self.done.append(("fit",))


def touch(**changes):
    values = {"right": 5.0, "down": 10.0, "fast": 4.0, "dragged": True} | changes
    return Touch(7.0, 33.0, QPointF(70, 330), QPointF(60, 300), **values)


@pytest.mark.parametrize(
    ("code", "done"),
    [
        ("window", ("window", 20.0, 40.0)),
        ("zoom", ("zoom", round(1.006**-40, 4), 60.0, False)),
        ("pan", ("pan", 5.0, 10.0)),
        ("row", ("row", 33.0)),
    ],
)
def test_that_each_tool_makes_one_thing_of_a_drag(code, done):
    film = Film()
    tool_of(code).drag(film, touch())
    assert film.done == [done]


PLAIN = [tool for tool in TOOLS if tool not in MEASURING]


@pytest.mark.parametrize("tool", PLAIN, ids=lambda tool: tool.code)
def test_that_a_click_points_at_a_row_whatever_the_tool_and_a_drag_does_not(tool):
    film = Film()
    tool.release(film, touch(dragged=True))
    assert ("row", 33.0) not in film.done
    tool.release(film, touch(dragged=False))
    assert film.done[-1] == ("row", 33.0)


@pytest.mark.parametrize(
    ("code", "done"), [("zoom-box", "zoom to box"), ("window-box", "window from box")]
)
def test_that_a_box_is_shown_while_it_is_drawn_and_used_when_it_is_done(code, done):
    film, box = Film(), QRectF(60, 300, 10, 30)
    tool_of(code).drag(film, touch())
    tool_of(code).release(film, touch())
    assert film.done == [("rubber", box), ("rubber", None), (done, box)]


@pytest.mark.parametrize("code", ["zoom-box", "window-box"])
def test_that_a_line_is_no_box(code):
    film = Film()
    tool_of(code).release(film, Touch(7, 33, QPointF(61, 330), QPointF(60, 300), dragged=True))
    assert film.done == [("rubber", None)]


def test_that_the_magnifier_follows_the_pointer_as_long_as_it_is_held():
    film, tool = Film(), tool_of("magnify")
    tool.press(film, touch())
    tool.drag(film, touch())
    tool.release(film, touch())
    assert film.done == [("magnify", QPointF(70, 330))] * 2 + [("magnify", None)]


@pytest.mark.parametrize(
    ("frames", "control", "done"),
    [
        (5, False, ("frames", -2)),
        (5, True, ("zoom", round(1.15**2, 4), 70.0, True)),
        (1, False, ("zoom", round(1.15**2, 4), 70.0, True)),
    ],
)
def test_that_the_wheel_goes_through_frames_or_zooms(frames, control, done):
    film = Film(frames)
    TOOLS[0].wheel(film, touch(), 2, control=control)
    assert film.done == [done]


def test_that_buttons_menu_keys_and_scripts_come_from_one_table(qtbot):
    toolbar = FilmToolBar()
    qtbot.addWidget(toolbar)
    toolbar.show_commands(basics_menu.commands(MagicMock()))
    tips = {found.text(): found.toolTip() for found in toolbar.actions()}
    verb = next(verb for verb in VERBS if verb.name == "tool")
    buttons = {code for group in GROUPS for code in group}
    assert basics_menu.TOOLS is TOOLS
    assert verb.arguments.split("|") == [tool.code for tool in TOOLS]
    for tool in TOOLS:
        if f"tool.{tool.code}" in buttons:
            assert tips[tool.words] == f"{tool.words} ({tool.key})"
        assert tool.entry.replace("&", "") == tool.words


def test_that_no_two_tools_share_a_name_or_a_key():
    for field in ("code", "words", "key"):
        assert len({getattr(tool, field) for tool in TOOLS}) == len(TOOLS)


@pytest.mark.parametrize("text", ["undo", "redo", "tool pan"])
def test_that_scripts_can_say(text):
    assert [step.text for step in parse(text)] == [text]


def test_that_the_mouse_shows_the_tool(qtbot):
    pane = build(qtbot)
    for tool in TOOLS:
        pane.set_tool(tool.code)
        assert pane.view.viewport().cursor().shape() == tool.cursor


@pytest.mark.parametrize("button", [RIGHT, MIDDLE])
def test_that_a_gesture_of_any_button_begins_and_ends_once(qtbot, button):
    pane, events = build(qtbot), []
    pane.gesture_began.connect(lambda: events.append("began"))
    pane.placed.connect(lambda *_: events.append("placed"))
    pane.gesture_ended.connect(lambda: events.append("ended"))
    drag(pane, (90.0, 90.0), (90.0, 140.0), (90.0, 190.0), button=button)
    assert events == ["began", "placed", "placed", "ended"]


def test_that_the_pane_tells_where_the_film_was_moved(qtbot):
    pane = build(qtbot)
    placed = heard(pane.placed)
    wheel(pane, 100.0, 100.0)
    at = pane.placement
    assert placed == [(Place(at.x, at.y, at.scale), True)]
    pane.fit()
    assert placed[-1] == (None, False)


def test_that_a_place_that_is_shown_is_not_told_back(qtbot):
    pane = build(qtbot)
    placed, zoomed = heard(pane.placed), heard(pane.zoomed)
    pane.show_place(Place(20.0, 30.0, 7.0))
    assert (pane.placement.x, pane.placement.y, pane.placement.scale) == (20.0, 30.0, 7.0)
    pane.show_place(None)
    assert (placed, zoomed) == ([], [(7.0,), (None,)])


def test_that_the_cursor_is_an_item_across_the_film_that_keeps_its_name(qtbot):
    pane = build(qtbot)
    pane.show_cursor(RowCursor(33.0, 3, "step 3"))
    (before,) = pane.items
    pane.show_cursor(RowCursor(44.0, 4, "step 4"))
    (after,) = pane.items
    assert after == Item(before.id, "row", before.frame, ((0.0, 44.0), (60.0, 44.0)), "step 4")
    pane.show_cursor(None)
    assert pane.items == ()


def test_that_the_row_tool_paints_its_item_where_its_row_is():
    image = QImage(40, 100, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    item = Item("row cursor", "row", "film", ((0.0, 30.0), (60.0, 30.0)))
    body = QRectF(0, 0, 40, 100)
    tool_of(item.kind).paint(painter, item, body, lambda column, row: QPointF(column, 2 * row))
    painter.end()
    shape = (100, 40, 4)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(shape)[:, :, :3].any(axis=(1, 2))
    assert rows[60]
    assert set(np.flatnonzero(rows)) <= set(range(57, 64))


def test_that_the_row_tool_paints_an_upright_line_where_rows_stand():
    image = QImage(40, 100, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    item = Item("row cursor", "row", "film", ((0.0, 10.0), (60.0, 10.0)))
    body = QRectF(0, 0, 40, 100)
    tool_of(item.kind).paint(painter, item, body, lambda column, row: QPointF(2 * row, column))
    painter.end()
    shape = (100, 40, 4)
    columns = np.frombuffer(image.constBits(), np.uint8).reshape(shape)[:, :, :3].any(axis=(0, 2))
    assert columns[20]
    assert set(np.flatnonzero(columns)) <= set(range(17, 24))
