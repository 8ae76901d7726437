"""Dialogs and commands: every key once, and no patient data in a report."""

from functools import partial
from unittest.mock import MagicMock

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMainWindow, QMenu, QPlainTextEdit

from engine import __version__
from engine.types import Window
from viewer.commanding.dialogs import show_about, show_keys, show_unexpected, trace_without_data
from viewer.commanding.menus import (
    FILE,
    SEPARATOR,
    VIEW,
    Command,
    MenuChoice,
    install,
    joined,
    keys_text,
    retitle,
    with_keys,
)
from viewer.commanding.register import commands_of
from viewer.commanding.windows_menu import window_words
from viewer.session.choices import MapChoice

PATIENT = "Jane^Doe 1970"
DIALOGS = {
    "export",
    "index.open",
    "model.show",
    "settings",
    "tags",
    "take.away",
}  # they open a window of their own


@pytest.fixture
def window():
    window = MagicMock()
    window.session.choice, window.settings.keys = MapChoice(), {}
    window.session.model.layers, window.session.model.directions = 2, 1
    window.film.zoom_true.return_value = ""  # what kept it from doing so: nothing
    return window


@pytest.fixture
def commands(window):
    return commands_of(window)


@pytest.fixture
def parent(qtbot):
    parent = QMainWindow()
    qtbot.addWidget(parent)
    return parent


@pytest.fixture
def error(tmp_path):
    """An error from a file in a folder that is named after a patient."""
    folder = tmp_path / PATIENT / "films"
    folder.mkdir(parents=True)
    code = f"def fail():\n    raise ValueError('{PATIENT}')\n"
    names = {}
    exec(compile(code, str(folder / "film.py"), "exec"), names)  # noqa: S102 - our own two lines
    with pytest.raises(ValueError, match="Jane") as caught:
        names["fail"]()
    return caught.value


def test_that_a_report_names_kind_and_place(error):
    report = trace_without_data(error)
    assert report.startswith(f"Rowscope {__version__}")
    assert report.endswith("ValueError")
    assert "films/film.py:2 in fail" in report


def test_that_a_report_holds_no_message_and_no_path(error, tmp_path):
    report = trace_without_data(error)
    assert "Jane" not in report
    assert str(tmp_path) not in report


def test_that_a_report_of_an_error_without_a_traceback_names_its_kind():
    assert trace_without_data(KeyError(PATIENT)).endswith("KeyError")


def test_that_the_dialog_shows_the_report_and_no_more(qtbot, parent, error):
    dialog = show_unexpected(parent, error)
    text = dialog.findChild(QPlainTextEdit)
    assert text.toPlainText() == trace_without_data(error)
    assert text.isReadOnly()
    assert "Jane" not in words(dialog)
    dialog.reject()


def test_that_no_key_stands_for_two_commands(commands):
    keys = [key for command in commands for key in command.keys]
    assert len(keys) == len(set(keys))


def test_that_every_key_is_one_that_qt_knows(commands):
    shown = keys_text(commands)
    for command in commands:
        if command.keys:
            assert command.text.replace("&", "").removesuffix("…") in shown
    assert "\n\t" not in shown


def test_that_no_mnemonic_of_a_menu_stands_for_two_commands(commands):
    used = [
        (command.menu, command.text[command.text.index("&") + 1].lower())
        for command in commands
        if "&" in command.text
    ]
    assert len(used) == len(set(used))


def test_that_the_keys_dialog_lists_all_keys(qtbot, parent, commands):
    dialog = show_keys(parent, commands)
    shown = words(dialog)
    for line in keys_text(commands).splitlines():
        assert all(part in shown for part in line.split("\t"))
    dialog.reject()


def test_that_the_about_dialog_says_research_use_only(qtbot, parent):
    dialog = show_about(parent)
    assert "Research use only" in words(dialog)
    dialog.reject()


def test_that_dialogs_read_no_html(qtbot, parent, commands):
    dialogs = (show_about(parent), show_keys(parent, commands))
    labels = [found for dialog in dialogs for found in dialog.findChildren(QLabel)]
    assert {found.textFormat() for found in labels} == {Qt.TextFormat.PlainText}
    for dialog in dialogs:
        dialog.reject()


def test_that_menus_hold_every_command_in_order(parent, commands):
    install(parent, commands)
    titles = [action.text() for action in parent.menuBar().actions()]
    assert titles == list(dict.fromkeys(command.menu for command in commands))
    texts = [
        action.text()
        for menu in parent.menuBar().actions()
        for action in menu.menu().actions()
        if not action.isSeparator()
    ]
    assert texts == [command.text for command in commands if command.text != SEPARATOR]


def test_that_a_menu_entry_runs_its_command(parent):
    ran = []
    install(parent, (Command("&File", "&Go", ("G",), lambda: ran.append(1)),))
    parent.menuBar().actions()[0].menu().actions()[0].trigger()
    assert ran == [1]


def test_that_map_commands_ask_for_maps(commands, window):
    run = {command.keys[0]: command.run for command in commands if command.keys}
    run["S"]()
    run["I"]()
    run["L"]()
    asked = [call.args[0] for call in window.session.choose_map.call_args_list]
    assert [choice.question for choice in asked[:2]] == ["state", "influence"]
    assert asked[2].layer == 0


def test_that_every_command_calls_the_window_or_its_session(commands, window):
    for command in commands:
        if command.text != SEPARATOR and command.menu != "&Help" and command.code not in DIALOGS:
            window.reset_mock()
            command.run()
            assert window.mock_calls or command.run is bool, command.text


def words(dialog):
    return "\n".join(found.text() for found in dialog.findChildren(QLabel))


def test_that_every_command_with_a_key_has_a_code_of_its_own(commands):
    codes = [command.code for command in commands if command.keys]
    assert all(codes)
    assert len(set(codes)) == len(codes)


def test_that_the_parts_of_a_menu_are_divided_by_a_line():
    one, two = Command(VIEW, "One", (), bool, "one"), Command(VIEW, "Two", (), bool, "two")
    other = Command(FILE, "Open", (), bool, "open")
    assert [command.text for command in joined([(one,), (other, two)])] == [
        "Open",
        "One",
        SEPARATOR,
        "Two",
    ]


def test_that_a_reader_may_give_a_command_other_keys():
    one, two = Command(VIEW, "One", ("A",), bool, "one"), Command(VIEW, "Two", ("B",), bool, "two")
    assert [found.keys for found in with_keys((one, two), {"two": ("F2",)})] == [("A",), ("F2",)]


def test_that_quit_is_the_last_of_its_menu(commands):
    codes = [one.code for one in commands if one.menu == FILE and one.text != SEPARATOR]
    assert codes[-1] == "quit"


def test_that_no_two_entries_of_the_menus_say_the_same(commands):
    words = [one.text.replace("&", "") for one in commands if one.text != SEPARATOR]
    assert len(words) == len(set(words))


def test_that_windows_are_named_in_the_menu_and_those_that_are_not_there_are_not_shown(qtbot):
    main = QMainWindow()
    qtbot.addWidget(main)
    places = (f"window.{place}" for place in range(1, 10))
    install(main, tuple(Command(VIEW, code, (code[-1],), bool, code) for code in places))
    vois = (Window(1.0, 2.0, "Lung & bone"), Window(3.0, 4.0, "auto"))
    retitle(main, window_words(vois))
    actions = main.findChildren(QAction, "command")
    seen = [action.text() for action in actions if action.isVisible()]
    assert seen == ["Window: Lung && bone", "Window: auto"]
    assert all(action.shortcut() for action in actions)


def test_that_a_menu_of_choices_is_asked_whenever_it_opens(qtbot):
    main, done, names = QMainWindow(), [], ["Lung", "Bone"]
    qtbot.addWidget(main)

    def choices():
        chosen = names[-1] if names else ""
        return tuple(
            MenuChoice(name, partial(done.append, name), name == chosen) for name in names
        )

    install(main, (Command(VIEW, "Presentations", (), bool, choices=choices),))
    (outer,) = [one for one in main.menuBar().findChildren(QMenu) if one.title() == VIEW]
    (inner,) = outer.findChildren(QMenu)
    inner.aboutToShow.emit()
    assert [(one.text(), one.isChecked()) for one in inner.actions()] == [
        ("Lung", False), ("Bone", True),
    ]  # fmt: skip
    inner.actions()[0].trigger()
    assert done == ["Lung"]
    names.clear()
    outer.aboutToShow.emit()
    assert not inner.menuAction().isVisible()
