"""Commands of Inspect for the row and its memory, in the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from tests.viewer import film_values as made
from viewer.kit import theme
from viewer.scripting.director import parse
from viewer.scripting.state import state_of
from viewer.scripting.verbs import ScriptError
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

A = Path("/films/a.dcm")


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def window(qtbot, engine):
    session = Session((made.model("one"),))
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    window.show()
    yield window
    session.close()


@pytest.fixture
def opened(window, qtbot):
    with qtbot.waitSignal(window.session.settled, timeout=60_000):
        window.session.open((A,))
    do(window, "workspace inspect")
    qtbot.waitUntil(lambda: window.inspect.widgets["row"].taken() is not None, timeout=60_000)
    return window


def do(window, text) -> None:
    for step in parse(text):
        step.verb.run(window, step.arguments)


def test_that_a_step_is_gone_to_by_its_number_and_stands_in_the_state(opened):
    do(opened, "step 5")
    state = state_of(opened)["inspect"]
    assert opened.session.cursor.step == 5
    assert state["row"]["step"] == 5
    assert state["row"]["pixels"]["stored_rows"] == [50.0, 60.0]
    assert state["memory"]["terms"]["exact"] is True


@pytest.mark.parametrize("number", ["8", "-1", "2.5"])
def test_that_a_step_that_is_none_is_refused_in_a_sentence(opened, number):
    with pytest.raises(ScriptError, match="steps go from 0 to 7"):
        do(opened, f"step {number}")


def test_that_memory_is_measured_on_its_page(opened, qtbot):
    do(opened, "memory.measure")
    assert opened.inspect.dock.pages.code == "memory"
    qtbot.waitUntil(lambda: state_of(opened)["inspect"]["memory"]["gradients"]["measured"])
    found = state_of(opened)["inspect"]["memory"]["replaced"]
    assert "could not have affected" in found["sentence"]


def test_that_the_field_of_the_step_is_asked_for_by_key(opened, qtbot):
    from viewer.commanding.row_menu import ask_step

    ask_step(opened)
    assert opened.inspect.steps.edit.selectedText() == opened.inspect.steps.edit.text() != ""


def test_that_a_number_typed_and_confirmed_goes_there_and_records_no_call(opened, qtbot):
    do(opened, "step 2")
    opened.activateWindow()
    opened.inspect.steps.ask()
    edit = opened.inspect.steps.edit
    qtbot.waitUntil(edit.hasFocus)
    edit.setText("6")
    override = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Return, Qt.KeyboardModifier(0))
    override.ignore()
    QApplication.sendEvent(edit, override)
    assert override.isAccepted()  # so that Return is the field's, and no command of the window
    qtbot.keyClick(edit, Qt.Key.Key_Return)
    assert opened.session.cursor.step == 6
