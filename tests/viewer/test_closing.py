"""Films that are taken out of the list go from the screen, too, and leave nothing behind."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPointF
from PySide6.QtWidgets import QApplication, QLabel, QTreeWidget

from tests.viewer.film.test_film import drag
from viewer.read.workspace import INSPECT, READ
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.scripting.verbs import ScriptError
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

A, B, C = Path("/films/a.dcm"), Path("/films/b.dcm"), Path("/films/c.dcm")


@pytest.fixture
def window(qtbot, session):
    window = MainWindow(session, Settings(Memory()))
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    window.board.hangs = False
    return window


@pytest.fixture
def two(window, settle):
    """A at the left, B at the right, C only in the list; the left pane is the active one."""
    settle(window.session.open, (A, B, C))
    window.session.panes.arrange(1, 2)
    window.session.panes.activate(1)
    settle(window.session.select, B)
    window.session.panes.activate(0)
    return window


@pytest.fixture
def close(window, qtbot):
    def do(*paths):
        window.session.close_films(paths)
        qtbot.waitUntil(
            lambda: not (window.session.busy or window.session.loading), timeout=60_000
        )

    return do


def give(window, text):
    for step in parse(text):
        step.verb.run(window, step.arguments)


def names(window):
    """The films of the panes, by the names of their files."""
    shown = [pane["path"] for pane in state_of(window)["panes"]]
    return [Path(path).name if path is not None else None for path in shown]


def words(widget):
    """What a panel says, without the labels that were replaced and wait to be deleted."""
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return " ".join(one.text() for one in widget.findChildren(QLabel))


def assert_empty(pane):
    assert pane.item.frame is None
    assert not pane.items
    assert not pane.sketch.items


# ---------------------------------------------------------------------------- one pane
def test_that_the_last_film_goes_and_the_first_page_comes_back(window, settle):
    settle(window.session.open, (A,))
    give(window, "measure.length 10,10 13,14")
    assert not window.first_page.isVisible()
    assert "Finding" in words(window.reading)
    assert window.marks.findChild(QTreeWidget).topLevelItemCount() == 1
    give(window, "close")
    state = state_of(window)
    assert (state["films"], names(window), state["panes"][0]["marks"]) == ([], [None], [])
    assert window.first_page.isVisible()
    assert window.windowTitle() == "Rowscope"
    assert not window.status.text()
    assert "Finding" not in words(window.reading)
    assert window.marks.findChild(QTreeWidget).topLevelItemCount() == 0
    assert_empty(window.film)


def test_that_nothing_is_measured_or_shown_on_nothing(window, settle, close):
    settle(window.session.open, (A,))
    close(A)
    for text in ("measure.length 1,1 2,2", "close", "window 40 400"):
        with pytest.raises(ScriptError, match="no film is open"):
            give(window, text)
    window.choose_tool("length")
    drag(window.film, (90.0, 90.0), (150.0, 130.0))
    assert not window.film.sketch.is_busy
    assert window.film.stored(QPointF(5, 5)) is not None  # the hand over nothing raises nothing
    give(window, "undo; redo")
    assert names(window) == [None]


def test_that_no_step_of_a_film_that_went_is_taken_back(window, settle, close):
    settle(window.session.open, (A, B))
    give(window, "rotate 90")
    close(A)
    assert names(window) == ["b.dcm"]
    give(window, "undo")
    assert state_of(window)["panes"][0]["turn"] == 0


def test_that_the_next_film_follows_and_else_the_one_before(window, settle, close):
    settle(window.session.open, (A, B, C))
    close(A)
    assert names(window) == ["b.dcm"]
    settle(window.session.step_film, 1)
    close(C)
    assert names(window) == ["b.dcm"]


def test_that_an_heir_that_goes_as_well_or_cannot_be_read_is_passed_over(
    window, settle, close, engine
):
    engine.bad.add(C)
    last = C.with_name("d.dcm")
    settle(window.session.open, (A, B, C, last))
    close(A, B)
    assert names(window) == ["d.dcm"]


def test_that_what_fails_to_come_leaves_nothing_of_what_went(window, settle, close, engine):
    settle(window.session.open, (A, B))
    engine.bad.add(B)
    close(A)
    assert names(window) == [None]
    assert_empty(window.film)
    assert not window.first_page.isVisible()  # B is listed, with the reason why it is not shown


def test_that_a_film_on_its_way_that_is_closed_does_not_come(window, settle, engine, qtbot):
    settle(window.session.open, (A, B))
    latch = engine.hold(f"load {B.name}")
    window.session.select(B)
    window.session.close_films((B,))
    latch.set()
    qtbot.waitUntil(lambda: not window.session.busy, timeout=60_000)
    assert names(window) == ["a.dcm"]
    assert window.session.loading is None


def test_that_another_film_of_the_list_may_go_unseen(window, settle, close):
    settle(window.session.open, (A, B))
    close(B)
    assert names(window) == ["a.dcm"]
    assert window.windowTitle().startswith("a.dcm")


# ------------------------------------------------------------------------- several panes
def test_that_a_pane_that_is_not_active_becomes_empty(two, close):
    close(B)
    assert names(two) == ["a.dcm", None]
    assert_empty(two.panes.all[1])
    assert two.windowTitle().startswith("a.dcm")


def test_that_the_active_pane_shows_the_next_film_and_the_other_stays(two, close):
    give(two, "measure.length 1,1 5,5")
    close(A)
    assert names(two) == ["b.dcm", "b.dcm"]
    close(B)
    assert names(two) == ["c.dcm", None]
    close(C)
    assert names(two) == [None, None]
    assert two.first_page.isVisible()


def test_that_an_empty_pane_takes_the_next_film_that_is_opened(two, close, settle):
    close(A, B, C)
    settle(two.session.open, (A,))
    assert names(two) == ["a.dcm", None]
    assert not two.first_page.isVisible()
    assert two.film.item.frame is not None


@pytest.mark.parametrize("films", [(), (A, B)], ids=["empty", "read"])
def test_that_a_window_that_is_closed_leaves_no_widget(qapp, session, settle, films):
    before = set(qapp.allWidgets())
    window = MainWindow(session, Settings(Memory()))
    window.show()
    if films:
        settle(session.open, films)
    for workspace in (INSPECT, READ) if films else ():
        window.show_workspace(workspace)
        qapp.processEvents()
    window.inspect.prepare()  # its panes may be made and never shown
    assert set(qapp.allWidgets()) > before
    window.close()
    window.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    left = set(qapp.allWidgets()) - before
    assert sorted(type(one).__name__ for one in left) == []
