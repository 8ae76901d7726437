"""The tour: what each stop shows, who stops it, and what a visitor leaves behind."""

import gc
import json
import re
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from engine import load
from engine.imaging import list_images, read_image
from engine.phantoms import demo_part, demo_study, files
from engine.records import Store
from engine.types import Window
from tests.drawn import drawn, small_demo
from tests.e2e.conftest import PATIENCE
from tests.e2e.test_program import rowscope
from viewer import tour as module
from viewer.__main__ import _offer_tour, _parser, _window
from viewer.kit import language, theme
from viewer.kit.language import tr
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.session import opening
from viewer.session.settings import Memory, Settings
from viewer.tour import STOPS, Stand, Stop, Tour, TourCaption
from viewer.window import MainWindow

WRONG, ASIDE = 6, 7  # parts of the demo study
WORDS = [stop.words for stop in STOPS]


@pytest.fixture(scope="session")
def demo(tmp_path_factory):
    """The demo study in small: its films are drawn in a moment."""
    folder = tmp_path_factory.mktemp("cache") / "rowscope"
    with small_demo():
        demo_study(folder / "demo")
    return folder


@pytest.fixture
def open_window(qapp, demo, monkeypatch):
    theme.apply(qapp)
    monkeypatch.setattr(opening, "user_cache_dir", lambda _name: str(demo))
    opened = []

    def open_one():
        options = _parser().parse_args(["--demo", "--size", "1280x800"])
        opened.append(_window(options, Settings(Memory()), Store(None)))
        return opened[-1]

    yield open_one
    for window in opened:
        try:
            window.close()
            window.deleteLater()
        except RuntimeError:  # another one is in its place
            continue


@pytest.fixture
def stand(open_window):
    stand = Stand(open_window, idle=3600)
    yield stand
    stand.end()


def unhurried(stop):
    return replace(stop, commands=re.sub(r"wait [\d.]+", "wait 0", stop.commands))


@pytest.fixture
def walk(open_window, demo, qtbot):
    """The tour once from end to end: the state at each stop, and what was seen on the way."""
    window = open_window()
    window.show()
    states, failures, windows, rows, zooms = [], [], set(), set(), set()

    def note(pointer):
        voi = pointer.viewport.window.voi
        windows.add(voi.explanation if isinstance(voi, Window) else "")

    tour = Tour(window, TourCaption(), tuple(map(unhurried, STOPS)), loops=False, pace=0)
    tour.failed.connect(failures.append)
    tour.arrived.connect(lambda _place: states.append(state_of(window)))
    window.session.panes.altered.connect(note)
    window.session.panes.cursor_moved.connect(lambda cursor: rows.add(cursor and cursor.row))
    window.film.zoomed.connect(zooms.add)
    window.opening.open_demo()
    with qtbot.waitSignal(tour.finished, timeout=PATIENCE):
        tour.start()
    assert failures == []
    return states, windows, rows, zooms


def test_that_each_stop_shows_what_it_says(walk):
    states, windows, rows, zooms = walk
    panes = [state["panes"][0] for state in states]
    names = [pane["path"].rpartition("/")[2] for pane in panes]
    assert names == [
        *["phantom-1.dcm"] * 7,
        "wrong-answer.dcm", "on-its-side.dcm", "phantom-1.dcm", "phantom-2.dcm", "phantom-1.dcm",
    ]  # fmt: skip
    assert {"NORMAL", "LUNG", "BONE"} <= windows
    assert len(rows) > 10
    assert {2.0, None} <= zooms
    assert [pane["map"] for pane in panes] == [
        *["none"] * 4, "influence", "none", "state", *["none"] * 5,
    ]  # fmt: skip
    kinds = [[mark["kind"] for mark in pane["marks"]] for pane in panes]
    assert kinds == [*[[]] * 5, ["length"], [], ["arrow"], *[[]] * 4]
    assert [state["workspace"] for state in states] == [
        *["read"] * 6, "inspect", *["read"] * 5,
    ]  # fmt: skip
    statuses = [pane["result"]["status"] for pane in panes]
    assert (statuses[3], statuses[8], statuses[10]) == ("ok", "abstained", "hidden")
    assert states[-1]["messages"] == []


@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.words[:20])
def test_that_the_commands_of_a_stop_can_be_read(stop):
    assert parse(re.sub(r"\{[^}]+\}", "1", stop.commands))
    assert stop.words.endswith(".")
    assert tr(stop.words)


def test_that_the_wrong_film_is_wrong_and_the_one_on_its_side_gets_no_answer(tmp_path):
    model = load("phantom-opacity")
    (wrong,), (aside,) = (demo_part(tmp_path, place) for place in (WRONG, ASIDE))
    assert (wrong.name, aside.name) == ("wrong-answer.dcm", "on-its-side.dcm")
    answer = model.analyse(wrong).prediction
    assert answer is not None
    assert answer.probabilities[1] < model.info.threshold.value
    assert "quarter" in model.analyse(aside).abstained
    assert [read_image(path).identity.patient_id for path in (wrong, aside)] == [
        "PHANTOM-104064", "PHANTOM-000008",
    ]  # fmt: skip
    assert len(list_images((tmp_path,)).files) == 2


def test_that_the_arrow_points_at_the_opacity_that_was_drawn():
    truth = drawn(files._FILMS[WRONG].spec)
    (place,) = (stop for stop in STOPS if "measure.arrow" in stop.commands)
    column, row = map(int, re.search(r"arrow (\d+),(\d+)", place.commands).groups())
    assert truth.opacity_columns[0] <= column < truth.opacity_columns[1]
    assert truth.opacity_rows[0] <= row < truth.opacity_rows[1]


# ------------------------------------------------------------------------------- stopped by
def press_key(window):
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_I)


def click(window):
    QTest.mouseClick(window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(500, 400))


def turn_wheel(window):
    QTest.wheelEvent(window.windowHandle(), QPointF(600, 400), QPoint(0, 120))


@pytest.mark.parametrize("touch", [press_key, click, turn_wheel])
def test_that_the_first_touch_stops_the_tour_and_does_nothing_else(stand, qtbot, touch):
    with qtbot.waitSignal(stand.tour.arrived, timeout=PATIENCE):
        stand.start()
    before = state_of(stand.window)
    touch(stand.window)
    assert not stand.tour.runs
    assert state_of(stand.window) == before
    assert stand.caption.words == tr(module.YOURS)


def test_that_nothing_of_the_tour_is_done_after_a_touch(stand, qtbot):
    arrived = []
    stand.tour.arrived.connect(arrived.append)
    stand.start()
    press_key(stand.window)
    with qtbot.waitSignal(stand.window.session.settled, timeout=PATIENCE):
        pass
    qtbot.wait(200)
    assert arrived == []


def test_that_the_second_touch_is_the_visitors(stand, qtbot):
    with qtbot.waitSignal(stand.tour.arrived, timeout=PATIENCE):
        stand.start()
    press_key(stand.window)
    qtbot.waitUntil(lambda: not stand._one_touch.isActive())
    press_key(stand.window)
    assert state_of(stand.window)["panes"][0]["map"] == "influence"


# ---------------------------------------------------------------------------- what remains
def test_that_a_reset_leaves_nothing_of_a_visitor(stand, qtbot):
    with qtbot.waitSignal(stand.tour.arrived, timeout=PATIENCE):
        stand.start()
    old = stand.window
    press_key(old)
    session = old.session
    session.annotations.add(session.pointer.pane, session.film, "length", ((1, 1), (9, 9)))
    old.wear("light")
    language.speak("zh")
    assert state_of(old)["panes"][0]["marks"]
    with qtbot.waitSignal(old.destroyed, timeout=PATIENCE):
        stand.reset()
    assert stand.window is not old
    with qtbot.waitSignal(stand.tour.arrived, timeout=PATIENCE):
        pass
    state = state_of(stand.window)
    assert (state["language"], state["theme"], state["panes"][0]["marks"]) == ("en", "dark", [])
    assert stand.tour.runs


def test_that_a_reset_closes_the_dialogs_that_a_visitor_left_open(stand, qtbot):
    with qtbot.waitSignal(stand.tour.arrived, timeout=PATIENCE):
        stand.start()
    press_key(stand.window)
    dialog = QDialog(stand.window)
    dialog.show()
    with qtbot.waitSignal(dialog.destroyed, timeout=PATIENCE):
        stand.reset()
    assert stand.window.isVisible()


def test_that_the_tour_of_the_menu_has_a_window_of_its_own(open_window, qtbot, film, read):
    own = open_window()
    own.show()
    read(own, film)
    _offer_tour(_parser().parse_args([]), own)
    before = state_of(own)
    entry = next(one for one in own.findChildren(QAction) if one.property("code") == "tour")
    entry.trigger()
    gc.collect()
    (other,) = (
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, MainWindow) and one is not own and one.isVisible()
    )
    caption = other.findChild(TourCaption)
    with qtbot.waitSignal(other.session.settled, timeout=PATIENCE):
        pass
    assert caption.words in map(tr, WORDS)
    press_key(other)
    assert caption.isHidden()
    with qtbot.waitSignal(other.destroyed, timeout=PATIENCE):
        other.close()
    assert state_of(own) == before


def test_that_a_stand_is_reset_only_where_it_is_left_alone(open_window, qtbot):
    stand = Stand(open_window, idle=None)
    with qtbot.waitSignal(stand.tour.arrived, timeout=PATIENCE):
        stand.start()
    press_key(stand.window)
    assert not stand._idle.isActive()
    assert stand.caption.isHidden()
    stand.end()


def test_that_a_window_that_was_closed_does_not_come_back(stand, qtbot):
    with qtbot.waitSignal(stand.tour.arrived, timeout=PATIENCE):
        stand.start()
    press_key(stand.window)
    assert stand._idle.isActive()
    stand.window.close()
    assert not stand._idle.isActive()


def test_that_what_cannot_be_done_is_passed_over(open_window, qtbot):
    window = open_window()
    window.show()
    stops = (Stop("stack 99; no-such-command", "One.", 0), Stop("map influence", "Two.", 0))
    tour = Tour(window, TourCaption(), stops, loops=False, pace=0)
    window.opening.open_demo()
    with qtbot.waitSignal(tour.finished, timeout=PATIENCE):
        tour.start()
    assert window.session.choice.question == "influence"


# ---------------------------------------------------------------------------- command line
@pytest.mark.skipif(sys.platform != "linux", reason="the cache lies elsewhere")
def test_that_without_a_display_the_tour_runs_once_and_says_where_it_ended(demo, tmp_path):
    target = tmp_path / "state.json"
    run = rowscope("--tour", "--state", target, XDG_CACHE_HOME=str(demo.parent))
    assert (run.returncode, run.stderr) == (0, "")
    (pane,) = json.loads(target.read_text("utf-8"))["panes"]
    assert (Path(pane["path"]).name, pane["marks"]) == ("phantom-1.dcm", [])


@pytest.mark.parametrize("text", ["soon", "0", "-5", "nan", "inf", "1e9"])
def test_that_a_stand_waits_for_a_number_of_seconds(capsys, text):
    with pytest.raises(SystemExit):
        _parser().parse_args(["--tour", f"--idle={text}"])
    assert f"{text} is not a number of seconds from 1 to 86400" in capsys.readouterr().err
