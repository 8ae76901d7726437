"""How a film lies, in the window: keys, scripts, undo and what they say where it cannot be."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtWidgets import QWidget

from engine.types import Orientation, Window
from tests.viewer import film_values as made
from tests.viewer.film.test_film import CONTROL, KINDS, asked_window, drag, mouse
from tests.viewer.film.test_turned import picture
from tests.viewer.film_panes import build
from tests.viewer.film_values import heard
from viewer.film.painted import LENS
from viewer.film.placement import NO_SPACING
from viewer.kit import theme
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.scripting.verbs import ScriptError
from viewer.session.choices import MapChoice
from viewer.session.settings import Memory, Settings
from viewer.session.viewport import Turn, Viewport
from viewer.window import MainWindow

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")
SHIFT = CONTROL.ShiftModifier


@pytest.fixture
def window(qtbot, session, settle):
    window = MainWindow(session, Settings(Memory()))
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    settle(session.open, (A, B))
    window.grab()
    return window


def give(window, text):
    for step in parse(text):
        step.verb.run(window, step.arguments)


def press(window, key):
    menus = [action.menu() for action in window.menuBar().actions() if action.menu()]
    entries = [entry for menu in menus for entry in menu.actions()]
    found = [e for e in entries if key in [one.toString() for one in e.shortcuts()]]
    assert len(found) == 1, key
    found[0].trigger()


@pytest.mark.parametrize(
    ("text", "turn", "flip", "letters"),
    [
        ("", 0, [False, False], "RLHF"),
        ("rotate 90", 90, [False, False], "FHRL"),
        ("flip horizontal", 0, [True, False], "LRHF"),
        ("flip vertical", 0, [False, True], "RLFH"),
        ("rotate 90; flip horizontal", 270, [True, False], "HFRL"),
    ],
)
def test_that_the_state_says_how_a_film_lies(window, session, text, turn, flip, letters):
    (pane,) = state_of(window)["panes"]
    assert set(pane["letters"].values()) == {None}  # the file says none
    film, known = session.film, Orientation("R", "L", "H", "F")
    header = replace(film.frame.header, orientation=known)
    session.pointer.film = replace(film, frame=replace(film.frame, header=header))
    give(window, f"invert; {text}" if text else "invert")
    (pane,) = state_of(window)["panes"]
    assert (pane["turn"], pane["flip"], pane["inverted"]) == (turn, flip, True)
    assert "".join(pane["letters"].values()) == letters
    assert list(pane["letters"]) == ["left", "right", "top", "bottom"]


@pytest.mark.parametrize(
    ("text", "turn"),
    [
        ("rotate 90", Turn(1)),
        ("rotate 180", Turn(2)),
        ("rotate 270", Turn(3)),
        ("flip horizontal", Turn(0, flipped=True)),
        ("flip vertical", Turn(2, flipped=True)),
        ("rotate 90; flip horizontal", Turn(3, flipped=True)),
        ("flip horizontal; flip vertical; rotate 180", Turn()),
    ],
)
def test_that_scripts_turn_and_mirror_and_take_it_back(window, session, text, turn):
    give(window, text)
    assert session.pointer.viewport.turn == window.film.placement.turn == turn
    for _ in text.split(";"):
        give(window, "undo")
    assert session.pointer.viewport.turn == window.film.placement.turn == Turn()


@pytest.mark.parametrize(
    ("key", "turn"),
    [
        ("R", Turn(1)),
        ("Shift+R", Turn(3)),
        ("H", Turn(0, flipped=True)),
        ("V", Turn(2, flipped=True)),
    ],
)
def test_that_keys_turn_and_mirror(window, key, turn):
    press(window, key)
    assert window.film.placement.turn == turn


def test_that_inversion_is_a_step_that_is_seen_in_the_toolbar(window):
    press(window, "N")
    assert window.film.item.swapped
    give(window, "undo")
    assert not window.film.item.swapped
    give(window, "redo; reset")
    assert not window.film.item.swapped
    assert window.film.written().badges == ()


def test_that_another_film_lies_as_it_is_stored(window, session, settle):
    give(window, "rotate 90; invert")
    settle(session.select, B)
    assert window.film.placement.turn == Turn()
    assert not window.film.item.swapped


def test_that_sizes_follow_scripts(window):
    give(window, "zoom.actual")
    assert window.film.placement.scale == 1.0
    give(window, "zoom.in")
    assert window.film.placement.scale == 1.25
    give(window, "zoom.out")
    assert window.film.placement.scale == 1.0
    before = window.film.placement
    give(window, "pan 7 -5")
    after = window.film.placement
    assert (before.x - after.x, before.y - after.y) == pytest.approx((7.0, -5.0))


def test_that_single_pixels_can_be_asked_for(window):
    give(window, "pixels nearest")
    assert not window.film.item.smooth
    give(window, "pixels smooth")
    assert window.film.item.smooth


def test_that_true_size_is_refused_in_one_sentence(window):
    with pytest.raises(ScriptError, match=r"True size is not known: this film does not say"):
        give(window, "zoom.true")
    press(window, "Ctrl+Shift+F")
    assert NO_SPACING in [message.text for message in window.messages.messages]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("rotate 45", "90, 180 or 270"),
        ("flip sideways", "horizontal or vertical"),
        ("magnify 9999 3", "no column"),
        ("pixels round", "smooth or nearest"),
    ],
)
def test_that_what_cannot_be_done_is_said(window, text, words):
    with pytest.raises(ScriptError, match=words):
        give(window, text)


def test_that_nothing_is_turned_without_a_film(qtbot, session):
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    for text in (
        "rotate 90",
        "flip vertical",
        "zoom.actual",
        "pixels smooth",
        "magnify 1 1",
        "pan 1 1",
    ):
        with pytest.raises(ScriptError, match="no film is open"):
            give(window, text)


# -------------------------------------------------------------------- a pane by itself
@pytest.mark.parametrize(("keys", "times"), [(CONTROL, 4), (CONTROL | SHIFT, 16)])
def test_that_control_and_shift_accelerate_a_drag_of_the_window(qtbot, keys, times):
    pane = build(qtbot)
    slow = asked_window(pane, 0.0, 20.0)[-1].center - made.WINDOW.center
    fast = asked_window(pane, 0.0, 20.0, keys=keys)[-1].center - made.WINDOW.center
    assert fast == pytest.approx(times * slow)


def test_that_a_box_is_shown_as_large_as_the_pane_allows(qtbot):
    pane = build(qtbot)
    area = QRectF(20, 30, 12, 9)
    box = pane.placement.on_body(area)
    pane.set_tool("zoom-box")
    drag(pane, box.topLeft().toTuple(), box.center().toTuple(), box.bottomRight().toTuple())
    shown = pane.placement.on_body(area)
    body = QRectF(0, 0, pane.box.width(), pane.box.height())
    assert body.adjusted(-1, -1, 1, 1).contains(shown)
    assert max(shown.width() / body.width(), shown.height() / body.height()) > 0.99
    assert pane.drawings.rubber is None


@pytest.mark.parametrize("turn", [Turn(), Turn(1), Turn(2, flipped=True)], ids=str)
def test_that_a_box_gets_the_window_of_its_values(qtbot, turn):
    pane = build(qtbot)
    pane.show_look(Viewport(turn=turn))
    asked = heard(pane.window_requested)
    area = QRectF(20, 30, 12, 9)  # values of 50 … 69
    box = pane.placement.on_body(area)
    pane.set_tool("window-box")
    drag(pane, box.topLeft().toTuple(), box.center().toTuple(), box.bottomRight().toTuple())
    ((window,),) = asked
    assert window.center == pytest.approx(59.5, abs=1.0)
    assert window.width == pytest.approx(19, abs=3.0)


@pytest.mark.parametrize("turn", [Turn(), Turn(3)], ids=str)
def test_that_the_magnifier_shows_its_place_three_times_as_large(qtbot, turn):
    pane = build(qtbot, of=made.image(rows=400, columns=300))
    pane.set_text_level("none")
    pane.show_look(Viewport(turn=turn))
    pane.show_voi(Window(127.5, 255.0, "", "LINEAR_EXACT"))
    at = pane.pixel(150.0, 200.0)
    before = picture(pane)
    pane.surface.magnify(at)
    after = picture(pane)
    x, y = int(at.x()), int(at.y())
    assert alike(after[y, x], before[y, x], 3)
    for right, down in ((60, 0), (0, 45), (-30, -30)):
        near = before[y + round(down / 3), x + round(right / 3)]
        assert alike(after[y + down, x + right], near, 4)
    far = round(LENS) + 12
    assert (after[y, x + far] == before[y, x + far]).all()
    pane.surface.magnify(None)
    assert (picture(pane) == before).all()


def alike(one, other, tolerance):
    return abs(one - other).max() <= tolerance


def test_that_the_magnifier_is_held_with_the_button(qtbot):
    pane = build(qtbot)
    pane.set_tool("magnify")
    mouse(pane, KINDS.MouseButtonPress, 90.0, 100.0)
    assert pane.drawings.lens == QPointF(90.0, 100.0)
    drag(pane, (90.0, 100.0), (120.0, 140.0))
    assert pane.drawings.lens is None


def test_that_pixels_are_squares_or_run_into_each_other(qtbot):
    pane = build(qtbot, of=made.image(rows=40, columns=30))
    pane.set_text_level("none")
    pane.show_voi(Window(35.0, 70.0, "", "LINEAR_EXACT"))
    counts = {}
    for smooth in (False, True):
        pane.show_look(Viewport(smooth=smooth))
        line = picture(pane)[int(pane.pixel(0.0, 20.5).y()), :, 0]
        left, right = (int(pane.pixel(edge, 0.0).x()) for edge in (5.0, 25.0))
        counts[smooth] = len(set(line[left:right].tolist()))
    assert counts[False] <= 21
    assert counts[True] > 40


def test_that_bands_of_a_map_may_end_within_a_pixel_that_runs_into_others(qtbot):
    pane = build(qtbot, of=made.image(rows=16, columns=12))
    pane.set_text_level("none")
    shown = made.heatmap(rows=16, values=[0.0, 3.0, 0.0])
    pane.show_map(shown, MapChoice(question="state", strength=1.0))
    pane.show_voi(Window(10.0, 40.0))
    colours = picture(pane)
    x = int(pane.pixel(6.5, 0.0).x())
    tinted = [y for y in range(colours.shape[0]) if colours[y, x].max() - colours[y, x].min() > 8]
    ends = [pane.pixel(0.0, float(edge)).y() for edge in shown.edges[1:3]]
    assert tinted[0] == pytest.approx(ends[0], abs=1.5)
    assert tinted[-1] + 1 == pytest.approx(ends[1], abs=1.5)


def test_that_the_active_pane_has_a_thin_frame(qtbot):
    pane = build(qtbot)
    edge = pane.view.grab().toImage().pixelColor(0, 100)
    pane.set_active(True)
    framed = pane.view.grab().toImage()
    assert framed.pixelColor(0, 100) == theme.colour(theme.ON_FILM.accent)
    assert framed.pixelColor(2, 100) != theme.colour(theme.ON_FILM.accent)
    pane.set_active(False)
    assert pane.view.grab().toImage().pixelColor(0, 100) == edge


def test_that_a_press_tells_that_the_pane_is_meant(qtbot):
    pane = build(qtbot)
    told = heard(pane.activated)
    drag(pane, (90.0, 90.0), (95.0, 140.0))
    assert told == [()]


def test_that_a_slider_finds_its_place_beside_the_film(qtbot):
    pane, slider = build(qtbot), QWidget()
    slider.setFixedWidth(14)
    before = pane.box.width()
    pane.set_scroll(slider)
    qtbot.waitUntil(slider.isVisible, timeout=10_000)
    pane.grab()
    assert pane.box.width() == before - 14
    assert slider.mapTo(pane, QPointF(0, 0)).x() == before - 14
