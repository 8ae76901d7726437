"""The slider beside a film: where one is, what is loaded, cine."""

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible

from tests.viewer.film_values import heard
from viewer.film.scroll import FilmScroll, StackSlider
from viewer.kit import theme
from viewer.session.cine import Cine

A = Path("/films/a.dcm")
SLICES = tuple(Path(f"/films/ct/{number:03}.dcm") for number in range(20))


@pytest.fixture
def slider(qtbot):
    slider = StackSlider()
    qtbot.addWidget(slider)
    slider.resize(28, 400)
    slider.show_place(0, 100)
    slider.show()
    return slider


@pytest.fixture
def scroll(session, settle, engine, qtbot):
    """A series of twenty is on screen, and in memory."""
    engine.series, engine.ahead = [("ct", SLICES)], True
    scroll = FilmScroll(session, session.pointer, Cine(session))
    qtbot.addWidget(scroll)
    settle(session.open, SLICES)
    ahead, stack = session.leafing.fetching, session.stacks.by_key("ct")
    qtbot.waitUntil(lambda: all(ahead.loaded_places(stack)), timeout=60_000)
    return scroll


def drawn(slider):
    """Colours down the middle of a slider."""
    picture = slider.grab().toImage()
    return [picture.pixelColor(14, y).name() for y in range(picture.height())]


def test_that_a_press_asks_for_the_place_under_it(slider, qtbot):
    asked = heard(slider.place_requested)
    for y in (0, 200, 399):
        qtbot.mousePress(slider, Qt.MouseButton.LeftButton, pos=QPoint(14, y))
    assert [place for (place,) in asked] == [0, pytest.approx(50, abs=1), 99]
    assert slider.value() == 0  # it says only what the film shows


def test_that_what_is_loaded_is_seen(slider):
    slider.show_place(99, 100)
    before = drawn(slider)
    slider.show_loaded([place < 50 for place in range(100)])
    after = drawn(slider)
    quiet = theme.colour(theme.QUIET).name()
    assert before.count(quiet) == 0
    assert after[20:180].count(quiet) > 150
    assert after[220:380].count(quiet) == 0


@pytest.mark.parametrize(
    ("key", "signal", "value"),
    [
        (Qt.Key.Key_Down, "step_requested", 1),
        (Qt.Key.Key_Up, "step_requested", -1),
        (Qt.Key.Key_PageDown, "step_requested", 10),
        (Qt.Key.Key_End, "place_requested", 99),
    ],
)
def test_that_keys_move_it_while_it_has_the_focus(slider, qtbot, key, signal, value):
    asked = heard(getattr(slider, signal))
    qtbot.keyClick(slider, key)
    assert asked == [(value,)]


def test_that_it_is_read_out(slider):
    slider.show_place(41, 100)
    told = QAccessible.queryAccessibleInterface(slider)
    assert told.role() == QAccessible.Role.Slider
    assert told.text(QAccessible.Text.Name) == "Frame"
    assert told.text(QAccessible.Text.Description) == "42 of 100"


def test_that_it_is_there_for_several_frames_only(scroll, session, settle):
    assert not scroll.isHidden()
    settle(session.open, (A,))
    assert scroll.isHidden()


def test_that_it_follows_the_film_and_moves_it(scroll, session):
    session.step_frame(7)
    assert scroll.slider.value() == 7
    scroll.slider.place_requested.emit(12)
    assert (session.pointer.viewport.at, scroll.slider.value()) == (12, 12)


def test_that_a_cine_goes_from_the_last_frame_to_the_first(scroll, session, qtbot):
    session.go_to_frame(18)
    scroll._cine.set_speed(60)
    shown = heard(session.frame_read)
    scroll.play.click()
    qtbot.waitUntil(lambda: len(shown) >= 4, timeout=60_000)
    scroll.play.click()
    seen = [SLICES.index(film.frame.image.path) for (film,) in shown]
    assert seen[:4] == [19, 0, 1, 2]
    assert not scroll._cine.playing


def test_that_no_answer_is_asked_for_while_a_cine_plays(scroll, session, qtbot, engine, settle):
    asked = len(engine.analysed)
    scroll._cine.set_speed(5)  # slower than a reader needs to be at rest
    shown = heard(session.frame_read)
    scroll.play.click()
    qtbot.waitUntil(lambda: len(shown) >= 3, timeout=60_000)
    assert len(engine.analysed) == asked
    settle(scroll.play.click)
    assert len(engine.analysed) == asked + 1


def test_that_another_film_ends_the_cine(scroll, session, settle, qtbot):
    scroll.play.click()
    settle(session.open, (A,))
    qtbot.waitUntil(lambda: not scroll._cine.playing, timeout=60_000)


def test_that_a_film_of_one_frame_is_not_played(session, settle):
    cine = Cine(session)
    settle(session.open, (A,))
    cine.play()
    assert not cine.playing
