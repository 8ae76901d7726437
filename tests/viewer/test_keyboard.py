"""The window by keys alone: everything is reached, seen, named, and keeps its own keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QToolButton, QWidget

from engine.phantoms import PhantomSpec, draw_phantom, write_phantom
from viewer.film.view import FilmPane
from viewer.kit import theme
from viewer.kit.focus import is_own
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

SILENT = {QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window}


@pytest.fixture
def shown(qtbot, qapp, tmp_path):
    """A window with a film in it, active as one in front of a reader is."""
    theme.apply(qapp)
    path = tmp_path / "film.dcm"
    write_phantom(draw_phantom(PhantomSpec(seed=1, rows=192, columns=192)), path)
    session = Session(())
    window = MainWindow(session, Settings(Memory()))
    session.setParent(window)
    window.resize(1680, 1020)
    qtbot.addWidget(window)
    window.show()
    session.open((path,))
    qtbot.waitUntil(lambda: session.film is not None and not session.busy, timeout=60_000)
    window.activateWindow()
    window.film.setFocus()
    QApplication.processEvents()
    yield window
    window.close()


def reachable(window):
    """What can have the focus, on screen and not switched off."""
    return [
        one
        for one in window.findChildren(QWidget)
        if one.isVisible() and one.isEnabled() and one.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def named(widget):
    if isinstance(widget, QComboBox):  # Qt gives its value, and its name by its label
        return widget.accessibleName()
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


@pytest.mark.parametrize("workspace", ["read", "inspect"])
def test_that_whatever_can_have_the_focus_has_a_name_and_a_role(shown, workspace):
    shown.choose_workspace(workspace)
    widgets = reachable(shown)
    assert [type(one).__name__ for one in widgets if not named(one)] == []
    roles = {
        type(one).__name__
        for one in widgets
        if QAccessible.queryAccessibleInterface(one).role() in SILENT
    }
    assert roles <= {"ThresholdScale", "Timeline"}  # Qt has no role for these
    assert named(shown.film) == "Film"


def test_that_every_page_of_inspect_names_its_controls(shown):
    shown.choose_workspace("inspect")
    shown.session.tries.turn(on=True)
    stage = shown.inspect
    unnamed = set()
    for pages in (stage.dock.pages, stage.side.pages):
        for code in pages.codes:
            pages.turn_to(code)
            unnamed |= {type(one).__name__ for one in reachable(shown) if not named(one)}
    plane = stage.panes["find"].findChildren(QComboBox)
    unnamed |= {"plane" for box in plane if not box.accessibleName()}
    assert (unnamed, len(plane)) == (set(), 2)
    undo, redo = stage.left.currentWidget().findChildren(QToolButton)
    assert named(undo)
    assert named(redo)


def test_that_tab_comes_to_the_page_that_is_shown(shown):
    shown.choose_workspace("inspect")
    pages = shown.inspect.dock.pages
    pages.turn_to("compare")
    tabbed = {
        code
        for code, one in pages.bar.buttons.items()
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert tabbed == {"compare"}


@pytest.mark.parametrize("workspace", ["read", "inspect"])
def test_that_tab_reaches_everything_and_is_caught_nowhere(shown, workspace):
    shown.choose_workspace(workspace)
    widgets = set(reachable(shown))
    first = next(one for one in widgets if isinstance(one, QToolButton))
    first.setFocus(Qt.FocusReason.TabFocusReason)
    seen, here = set(), first
    while here not in seen and len(seen) < 2 * len(widgets) + 9:
        seen.add(here)
        QTest.keyClick(here, Qt.Key.Key_Tab)
        here = QApplication.focusWidget()
    exclusive = {
        one
        for one in widgets
        if isinstance(one, QToolButton) and (one.group() or one.autoExclusive())
    }
    assert widgets - seen <= exclusive  # of a group the arrows reach the others


def test_that_the_film_is_left_with_shift_tab_and_found_again_with_escape(shown):
    QTest.keyClick(shown.film, Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    elsewhere = QApplication.focusWidget()
    assert elsewhere is not None
    assert not isinstance(elsewhere, FilmPane)
    QTest.keyClick(elsewhere, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is shown.film


def test_that_the_focus_is_seen(shown):
    blind = []
    for one in reachable(shown):
        shown.setFocus()
        before = one.grab().toImage()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        if one.hasFocus() and one.grab().toImage() == before:
            blind.append((type(one).__name__, named(one)))
    assert blind == []


def button(window, code):
    return window.toolbar.widgetForAction(window.toolbar._actions[code])


def test_that_space_presses_the_button_that_has_the_focus(shown):
    inverted = button(shown, "invert")
    level = shown.film.lettering.level
    inverted.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(inverted, Qt.Key.Key_Space)
    assert shown.session.pointer.viewport.inverted
    assert shown.film.lettering.level == level
    shown.film.setFocus()
    QTest.keyClick(shown.film, Qt.Key.Key_Space)
    assert shown.film.lettering.level != level


def test_that_arrows_choose_in_a_box_that_has_the_focus_and_leave_the_film_alone(shown):
    row = shown.session.pointer.viewport.row
    box = next(one for one in shown.toolbar.findChildren(QComboBox) if one.count() > 2)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    place = box.currentIndex()
    QTest.keyClick(box, Qt.Key.Key_Down)
    assert box.currentIndex() == place + 1
    assert shown.session.pointer.viewport.row == row


@pytest.mark.parametrize("key", [Qt.Key.Key_W, Qt.Key.Key_Escape, Qt.Key.Key_F1])
def test_that_all_other_keys_stay_with_the_window(qtbot, key):
    for kind in (QToolButton, QComboBox):
        widget = kind()
        qtbot.addWidget(widget)
        assert not is_own(widget, key)
