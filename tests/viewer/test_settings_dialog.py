"""Settings and keys: whatever is changed holds at once, and no key stands for two commands."""

import pytest
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QCheckBox, QComboBox

from viewer.commanding.keys_dialog import KeyBook, KeyList
from viewer.commanding.menus import FILE, VIEW, Command
from viewer.commanding.register import change_keys, commands_of, shipped
from viewer.commanding.settings_dialog import show_settings
from viewer.kit import theme
from viewer.scripting.director import parse
from viewer.scripting.verbs import ScriptError
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow


@pytest.fixture
def window(qtbot, session, qapp):
    window = MainWindow(session, Settings(Memory()))
    qtbot.addWidget(window)
    yield window
    theme.wear(qapp, theme.DARK)


def give(window, text):
    for step in parse(text):
        step.verb.run(window, step.arguments)


# ---------------------------------------------------------------------- settings


def control(dialog, name):
    boxes = dialog.findChildren(QCheckBox) + dialog.findChildren(QComboBox)
    return next(box for box in boxes if box.accessibleName() == name)


def test_that_a_switch_holds_at_once_and_is_told(qtbot, window):
    dialog = show_settings(window)
    for words, name in (
        ("Smooth enlarged pixels", "smooth"),
        ("Lay films out by the hanging rules", "hangs"),
        ("List what was opened last", "keep_recent"),
        ("Own call first", "call_first"),
    ):
        box, before = control(dialog, words), getattr(window.settings, name)
        assert box.isChecked() == before
        with qtbot.waitSignal(window.settings.changed) as told:
            box.toggle()
        assert told.args == [name]
        assert getattr(window.settings, name) is not before


def test_that_a_choice_holds_at_once(window):
    dialog = show_settings(window)
    for words, name, place, value in (
        ("The wheel over a series", "wheel", 1, "zoom"),
        ("Decoded pixels kept in memory", "memory", 0, 256),
        ("Colours", "theme", 1, "light"),
    ):
        box = control(dialog, words)
        box.setCurrentIndex(place)
        box.activated.emit(place)
        assert getattr(window.settings, name) == value
    assert theme.current().name == "light"


def test_that_scripts_set_the_same(window):
    for text, name, value in (
        ("wheel zoom", "wheel", "zoom"),
        ("smoothing off", "smooth", False),
        ("memory 512", "memory", 512),
        ("hanging off", "hangs", False),
        ("recent on", "keep_recent", True),
        ("language en", "language", "en"),
    ):
        give(window, text)
        assert getattr(window.settings, name) == value


def test_that_what_cannot_be_set_is_one_sentence(window):
    for text in ("wheel spins", "memory 3", "smoothing maybe", "language xx"):
        with pytest.raises(ScriptError):
            give(window, text)


# -------------------------------------------------------------------------- keys

COMMANDS = (
    Command(FILE, "&Open", ("Ctrl+O",), bool, "open"),
    Command(VIEW, "&Fit", ("F",), bool, "fit"),
    Command(VIEW, "Zoom in", ("+", "="), bool, "zoom.in"),
    Command(VIEW, "Fixed", ("X",), bool),
)


def test_that_a_key_may_be_given_and_the_rest_stays():
    book = KeyBook(COMMANDS, {})
    assert book.given("fit", ("Q",)) == {"fit": ("Q",)}
    assert KeyBook(COMMANDS, {"fit": ("Q",)}).of("open") == ("Ctrl+O",)


def test_that_who_had_a_key_loses_it():
    assert KeyBook(COMMANDS, {}).given("fit", ("=",)) == {"fit": ("=",), "zoom.in": ("+",)}


def test_that_the_first_key_again_is_no_change():
    assert KeyBook(COMMANDS, {"fit": ("Q",)}).given("fit", ("F",)) == {}


@pytest.mark.parametrize(
    ("key", "held"), [("ctrl+o", "open"), ("F", ""), ("Q", None), ("x", "Fixed")]
)
def test_that_the_holder_of_a_key_is_known(key, held):
    holder = KeyBook(COMMANDS, {}).holder(key, but="fit")
    found = None if holder is None else holder.code or holder.text
    assert found == (held or None)


@pytest.fixture
def keys(qtbot):
    settings, applied = Settings(Memory()), []
    page = KeyList(COMMANDS, settings, lambda: applied.append(settings.keys))
    qtbot.addWidget(page)
    page.show()
    return page, settings, applied


def press(page, code, key):
    page.fields[code].setKeySequence(QKeySequence(key))


def test_that_a_changed_key_is_kept_and_applied(keys):
    page, settings, applied = keys
    press(page, "fit", "Q")
    assert settings.keys == {"fit": ("Q",)}
    assert applied == [{"fit": ("Q",)}]


def test_that_a_key_of_another_command_is_taken_on_purpose_only(keys):
    page, settings, _ = keys
    press(page, "fit", "Ctrl+O")
    assert settings.keys == {}
    assert "“Open”" in page.said.text()
    assert page.fields["fit"].keySequence() == QKeySequence("F")
    page.take.click()
    assert settings.keys == {"fit": ("Ctrl+O",), "open": ()}
    assert page.fields["open"].keySequence().isEmpty()


def test_that_a_key_that_stays_where_it_is_cannot_be_taken(keys):
    page, settings, _ = keys
    press(page, "fit", "X")
    assert "“Fixed”" in page.said.text()
    assert page.take.isHidden()
    assert settings.keys == {}


def test_that_a_command_may_have_no_key(keys):
    page, settings, _ = keys
    press(page, "fit", "")
    assert settings.keys == {"fit": ()}


def test_that_all_come_back_to_the_first_keys(keys):
    page, settings, _ = keys
    press(page, "fit", "Q")
    page.reset()
    assert settings.keys == {}
    assert page.fields["fit"].keySequence() == QKeySequence("F")


def test_that_commands_are_found_by_their_words(keys):
    page, _, _ = keys
    page.search.setText("zOOm")
    assert page.fields["zoom.in"].isVisible()
    assert not page.fields["fit"].isVisible()


def test_that_menus_follow_a_changed_key(window):
    dialog = change_keys(window)
    page = dialog.findChild(KeyList)
    press(page, "fit", "Ctrl+Shift+F9")
    shown = {one.text(): one.shortcuts() for one in window.findChildren(QAction, "command")}
    assert shown["&Fit"] == [QKeySequence("Ctrl+Shift+F9")]
    assert {one.code: one.keys for one in commands_of(window)}["fit"] == ("Ctrl+Shift+F9",)


def test_that_every_command_of_the_window_can_be_given_another_key(window):
    page = change_keys(window).findChild(KeyList)
    assert set(page.fields) == {one.code for one in shipped(window) if one.code}
    assert [one.text for one in shipped(window) if one.keys and not one.code] == []


def test_that_scripts_give_keys(window):
    give(window, "key fit Ctrl+F9 Ctrl+F8")
    assert window.settings.keys == {"fit": ("Ctrl+F9", "Ctrl+F8")}
    give(window, "key fit none")
    assert window.settings.keys == {"fit": ()}
    give(window, "key fit first")
    assert window.settings.keys == {}


def test_that_a_key_that_cannot_be_given_is_one_sentence(window):
    for text, why in (
        ("key nothing Q", "no command with the code"),
        ("key fit Ctrl+O", "belongs to “Open films”"),
        ("key fit Strg+Quatsch", "is no key"),
    ):
        with pytest.raises(ScriptError, match=why):
            give(window, text)
    assert window.settings.keys == {}


def test_that_settings_hold_in_the_window_at_once_and_in_new_panes(window):
    session = window.session
    give(window, "wheel zoom; smoothing off; memory 512; hanging off")
    session.panes.arrange(1, 2)
    assert all(pane.surface.gestures.wheel_zooms for pane in window.panes.all)
    assert not any(pointer.viewport.smooth for pointer in session.panes.all)
    assert not any(pane.item.smooth for pane in window.panes.all[:1])
    assert session.leafing.fetching.store.limit == 512 << 20
    assert not window.board.hangs
    window.settings.call_first = True
    assert session.analyses.calls.first
    window.settings.call_first = False
    assert not session.analyses.calls.first


def test_that_settings_of_the_last_start_hold_from_the_beginning(qtbot, session):
    settings = Settings(Memory())
    settings.wheel, settings.memory, settings.smooth = "zoom", 256, False
    window = MainWindow(session, settings)
    qtbot.addWidget(window)
    assert window.film.surface.gestures.wheel_zooms
    assert session.leafing.fetching.store.limit == 256 << 20
    assert not session.pointer.viewport.smooth
