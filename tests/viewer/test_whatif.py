"""What if in the window: the mouse, the keys, the list's place, and what stays as it was read."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from engine.calibration import log_odds, softmax
from engine.inspection import Reread, Surroundings, applied
from engine.types import Influence
from tests.viewer import film_values as made
from tests.viewer.tested import PASSED
from viewer.film.brush_head import BrushHead
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.scripting.verbs import ScriptError
from viewer.session import tries as module
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

A, B = Path("/films/a.dcm"), Path("/films/b.dcm")
STEPS = made.STEPS


def reread(_model, film, edits=(), target=None):
    """A network whose log-odds grow with the rows that it has read."""
    mean = np.full((STEPS, STEPS), 0.5, np.float32)
    rows = film.own.sequence.rows
    changed = applied(rows, edits, Surroundings(mean))
    before, after = (np.cumsum(one.mean(axis=1)) - 1.0 for one in (rows, changed))
    logits = [np.stack([-odds / 2, odds / 2], axis=1) for odds in (before, after)]
    target = 1 if target is None else target
    trace = made.trace(rows=film.image.rows)
    trace = replace(trace, by_row=logits[1].astype(np.float32), logits=logits[1][-1])
    odds = [log_odds(one, target) for one in logits]
    return Reread(
        tuple(edits), changed, (changed != rows).any(axis=1), target, trace,
        softmax(logits[1][-1]), softmax(logits[0][-1]),
        softmax(logits[1]).astype(np.float32), softmax(logits[0]).astype(np.float32),
        float(odds[1][-1]), float(odds[0][-1]), (odds[1] - odds[0]).astype(np.float32),
    )  # fmt: skip


def influence_again(_model, film, edits=(), target=None, _seed=0):
    found = reread(_model, film, edits, target)
    values = np.diff(found.delta, prepend=0.0).astype(np.float32)
    return Influence(values, found.trace.edges, found.target, found.log_odds, 0.0, 0.0)


@pytest.fixture
def window(qtbot, session, settle, monkeypatch):
    monkeypatch.setattr(module.asking, "reread", reread)
    monkeypatch.setattr(module.asking, "influence_again", influence_again)
    monkeypatch.setattr(module.asking, "fillings", lambda *_: ())
    window = MainWindow(session, Settings(Memory()))
    window.resize(1280, 800)
    qtbot.addWidget(window)
    window.show()
    settle(session.open, (A, B))
    settle(give, window, "workspace inspect")
    window.grab()
    return window


def give(window, text):
    for step in parse(text):
        step.verb.run(window, step.arguments)


@pytest.fixture
def tried(window, settle):
    settle(give, window, "whatif on")
    return window.session.tries


def at(window, step):
    """The middle of a step over the film, in pixels."""
    edges = window.session.inspection.opened.trace.edges
    return window.film.pixel(30.0, float(edges[step] + edges[step + 1]) / 2)


def mouse(window, kind, place, keys=Qt.KeyboardModifier.NoModifier):
    left = Qt.MouseButton.LeftButton
    widget = window.film.view.viewport()
    where = QPointF(widget.mapToGlobal(place))
    moved = kind == QEvent.Type.MouseMove
    event = QMouseEvent(kind, place, where, Qt.MouseButton.NoButton if moved else left, left, keys)
    QApplication.sendEvent(widget, event)


def drag(window, start, end, keys=Qt.KeyboardModifier.NoModifier):
    mouse(window, QEvent.Type.MouseButtonPress, start, keys)
    mouse(window, QEvent.Type.MouseMove, end, keys)
    mouse(window, QEvent.Type.MouseButtonRelease, end, keys)


def test_that_the_mode_changes_list_page_and_button(window, tried):
    assert window.inspect.left.code == "tries"
    assert window.inspect.side.pages.code == "whatif"
    assert window.session.choice.question == "none"
    give(window, "whatif off")
    assert (window.inspect.left.code, window.inspect.side.pages.code) == ("films", "reading")
    assert window.session.choice.question == "state"


def test_that_a_drag_with_shift_brushes_rows(window, tried, settle):
    shift = Qt.KeyboardModifier.ShiftModifier
    settle(drag, window, at(window, 2), at(window, 4), shift)
    assert tried.band == (2, 4)
    assert np.flatnonzero(tried.found.changed).tolist() == [2, 3, 4]


def test_that_a_drag_without_shift_is_the_tools(window, tried):
    before = window.film.item.voi
    drag(window, at(window, 2), at(window, 5))
    assert tried.band is None
    assert window.film.item.voi is not before


def test_that_the_brush_brushes_without_shift_and_begins_the_mode(window, settle):
    window.choose_tool("brush")
    settle(drag, window, at(window, 1), at(window, 3))
    assert window.session.tries.on
    assert window.session.tries.band == (1, 3)


def test_that_an_edge_of_the_band_is_taken_by_any_tool(window, tried, settle):
    settle(give, window, "whatif.rows 2 4 mean")
    edge = window.film.pixel(30.0, float(window.session.inspection.opened.trace.edges[5]))
    settle(drag, window, edge, at(window, 6))
    assert tried.band == (2, 6)


def test_that_a_film_without_the_mode_cannot_be_brushed(window):
    drag(window, at(window, 2), at(window, 4), Qt.KeyboardModifier.ShiftModifier)
    assert window.session.tries.draft == ()


def test_that_panes_laid_out_anew_do_not_bring_its_controls_back(window, tried):
    head = window.findChild(BrushHead)
    assert head.isVisible()
    give(window, "whatif off; layout 1x2; layout 1x1")
    window.grab()
    assert not head.isVisible()
    assert window.film.controls.isVisible()


def test_that_a_badge_says_that_the_film_is_changed(window, tried, settle):
    assert window.film.lettering.changed is None
    settle(give, window, "whatif.rows 2 4 mean")
    assert window.film.lettering.changed.words == "Changed film"
    give(window, "whatif.show as-read")
    assert window.film.lettering.changed.words == "As read"
    give(window, "whatif off")
    assert window.film.lettering.changed is None


def test_that_the_reading_of_the_film_stays_what_it_was(window, tried, settle):
    before = state_of(window)
    settle(give, window, "whatif.rows 2 4 value 1")
    after = state_of(window)
    told = after["inspect"]["whatif"]
    assert told["probability"] > told["probability_as_read"]
    assert after["films"] == before["films"]
    assert after["panes"][0]["result"] == before["panes"][0]["result"]


def test_that_enter_keeps_and_undo_takes_back(window, tried, settle):
    settle(give, window, "whatif.rows 2 4 mean")
    QTest.keyClick(window, Qt.Key.Key_Return)
    assert len(tried.trail.tries) == 2
    window.film.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert tried.trail.tries[1].undone
    QTest.keyClick(
        window,
        Qt.Key.Key_Z,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert not tried.trail.tries[1].undone


def test_that_escape_leaves(window, tried):
    window.messages.clear()  # Esc would close what other panes said of the stand-in model
    window.film.setFocus()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert not tried.on


def test_that_read_ends_the_mode(window, tried):
    give(window, "workspace read")
    assert not tried.on


def test_that_the_strips_show_the_changed_film_and_then_the_film_again(window, tried, settle):
    window.strips.answer.show_tests(PASSED)
    settle(give, window, "whatif.rows 2 4 value 1")
    (curve,) = window.strips.answer._curves
    np.testing.assert_allclose(curve.values, tried.found.by_row[:, 1], atol=1e-6)
    give(window, "whatif off")
    assert len(window.strips.answer._curves) == 2


def test_that_whole_films_are_changed_by_commands(window, tried, settle):
    settle(give, window, "whatif.shift 1 0; whatif.invert; whatif.window 0.5 0.5; whatif.rotate 5")
    assert [edit.words for edit in tried.draft] == [
        "shift 1 0", "invert", "window 0.5 0.5", "rotate 5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("whatif.rows 2 99 mean", "steps 0 to 7"),
        ("whatif.rows 2 3 paint", "is no change of a film"),
        ("target zebra", "is no class"),
        ("whatif.show sideways", "changed, as-read or both"),
        ("whatif.try 7", "there are tries 0 to 0"),
        ("whatif perhaps", "neither on nor off"),
    ],
)
def test_that_a_wrong_command_says_what_is_right(window, tried, text, words):
    with pytest.raises(ScriptError, match=words):
        give(window, text)


def test_that_rows_of_a_hidden_film_are_refused_and_not_offered(window, tried, settle):
    calls = window.session.analyses.calls
    settle(lambda: calls.choose(first=True))
    assert window.inspect.panes["whatif"].why.text() == "Appears when a model has read the film"
    settle(lambda: calls.record(window.session.film.key, "opacity"))
    with pytest.raises(ScriptError, match="your own call"):
        give(window, f"whatif.rows 0 7 film {B}")
    (fills,) = [head.fills for head in window.findChildren(BrushHead)]
    assert B not in [fills.itemData(place) for place in range(fills.count())]
    settle(lambda: calls.choose(first=False))
    assert B in [fills.itemData(place) for place in range(fills.count())]


def test_that_the_row_says_both_answers_only_where_they_are_worth_it(window, tried, settle):
    settle(give, window, "whatif.rows 2 4 value 1")
    give(window, "step 5")
    assert "→" not in window.film._cursor.tag
    window.session.panes.take_tests(PASSED)
    give(window, "step 6")
    assert "→" in window.film._cursor.tag
    give(window, "whatif off")
    assert window.film._cursor.tag == window.session.cursor.tag
