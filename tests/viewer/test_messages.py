from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from viewer.commanding.messages_dialog import show_messages
from viewer.kit import theme
from viewer.messages import KEPT, MessageLog, MessageStrip
from viewer.session.choices import Message

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def window(qtbot):
    widget = QWidget()
    widget.resize(600, 200)
    qtbot.addWidget(widget)
    column = QVBoxLayout(widget)
    widget.strip = MessageStrip()
    widget.other = QLineEdit()
    column.addWidget(widget.strip)
    column.addWidget(widget.other)
    widget.show()
    return widget


def texts(strip):
    return [found.text() for found in strip.findChildren(QLabel) if found.isVisible()]


def button(strip, words):
    return next(found for found in strip.findChildren(QPushButton) if found.text() == words)


def test_that_the_strip_is_hidden_while_there_is_nothing_to_say(window):
    assert window.strip.isHidden()


def test_that_a_message_shows_the_strip(window):
    window.strip.show_message(Message("One film was not read."))
    assert "One film was not read." in texts(window.strip)


def test_that_several_messages_are_counted(window):
    for text in ("one", "two", "three"):
        window.strip.show_message(Message(text))
    assert "1 of 3" in texts(window.strip)


def test_that_the_newest_error_is_in_front(window):
    window.strip.show_message(Message("one", "error"))
    window.strip.show_message(Message("two", "error"))
    assert {"two", "1 of 2"} <= set(texts(window.strip))


def test_that_next_goes_from_the_newest_to_older_ones(window):
    for text in ("one", "two", "three"):
        window.strip.show_message(Message(text, "error"))
    seen = []
    for _ in range(4):
        seen += [text for text in ("one", "two", "three") if text in texts(window.strip)]
        button(window.strip, "Next").click()
    assert seen == ["three", "two", "one", "three"]


def test_that_what_is_worth_knowing_never_hides_what_went_wrong(window):
    window.strip.show_message(Message("broken", "error"))
    window.strip.show_message(Message("by the way"))
    assert {"broken", "1 of 2"} <= set(texts(window.strip))


def test_that_an_older_error_that_is_being_read_stays_on_show(window):
    for text in ("one", "two"):
        window.strip.show_message(Message(text, "error"))
    button(window.strip, "Next").click()
    window.strip.show_message(Message("by the way"))
    assert {"one", "2 of 3"} <= set(texts(window.strip))


def test_that_the_next_film_takes_off_only_what_was_worth_knowing(window):
    window.strip.show_message(Message("broken", "error"))
    window.strip.show_message(Message("by the way"))
    button(window.strip, "Next").click()
    window.strip.clear_infos()
    assert window.strip.messages == (Message("broken", "error"),)
    assert "broken" in texts(window.strip)


def test_that_the_same_message_is_not_taken_twice(window):
    window.strip.show_message(Message("one"))
    window.strip.show_message(Message("one"))
    assert window.strip.messages == (Message("one"),)


def test_that_escape_closes_one_message_after_the_other(window, qtbot):
    window.strip.show_message(Message("one"))
    window.strip.show_message(Message("two"))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    qtbot.keyClick(window.other, Qt.Key.Key_Escape)
    assert window.strip.messages == (Message("one"),)
    qtbot.keyClick(window.other, Qt.Key.Key_Escape)
    assert window.strip.isHidden()


def test_that_clear_takes_all_messages_off(window):
    window.strip.show_message(Message("one"))
    window.strip.clear()
    assert (window.strip.messages, window.strip.isHidden()) == ((), True)


def test_that_details_are_shown_on_demand_only(window):
    window.strip.show_message(Message("one", "error", "where it happened"))
    field = window.strip.findChild(QPlainTextEdit)
    assert field.isHidden()
    button(window.strip, "Details").click()
    assert (field.isVisible(), field.toPlainText()) == (True, "where it happened")


def test_that_details_can_be_selected_and_not_changed(window):
    assert window.strip.findChild(QPlainTextEdit).isReadOnly()


def test_that_a_message_without_details_offers_none(window):
    window.strip.show_message(Message("one"))
    assert button(window.strip, "Details").isHidden()


def test_that_a_message_takes_no_focus(window, qtbot):
    window.other.setFocus()
    window.activateWindow()
    qtbot.waitUntil(window.other.hasFocus)
    window.strip.show_message(Message("one", "error", "details"))
    assert window.other.hasFocus()


def test_that_a_sentence_too_long_for_the_strip_has_a_tooltip(window):
    window.strip.show_message(Message("a <b>word</b> " * 60))
    line = next(found for found in window.strip.findChildren(QLabel) if "…" in found.text())
    assert "&lt;b&gt;" in line.toolTip()


def test_that_html_in_a_message_stays_text(window):
    window.strip.show_message(Message("<b>Doe</b>"))
    line = next(found for found in window.strip.findChildren(QLabel) if "Doe" in found.text())
    assert line.textFormat() == Qt.TextFormat.PlainText


def test_that_a_long_message_does_not_widen_the_window(window):
    width = window.minimumSizeHint().width()
    window.strip.show_message(Message("word " * 500))
    assert window.minimumSizeHint().width() <= max(width, 400)


# ---------------------------------------------------------------------- the list


class Clock:
    """A minute passes from one question to the next."""

    def __init__(self):
        self.now = datetime(2024, 5, 6, 12, 0, 30, tzinfo=UTC)

    def __call__(self):
        self.now += timedelta(minutes=1)
        return self.now


def test_that_the_list_has_times_and_the_newest_first(qapp):
    log = MessageLog(Clock())
    log.add(Message("one", "error", "where\nand why"))
    log.add(Message("two"))
    assert log.text.splitlines() == [
        "12:02:30  info  two", "12:01:30  error  one", "    where", "    and why"
    ]  # fmt: skip


def test_that_what_was_closed_is_still_listed(window):
    window.strip.show_message(Message("one", "error"))
    window.strip.clear()
    assert [one.message.text for one in window.strip.log.said] == ["one"]


def test_that_a_message_that_waits_already_is_listed_once(window):
    for _ in range(3):
        window.strip.show_message(Message("one", "error"))
    assert len(window.strip.log.said) == 1


def test_that_the_list_does_not_grow_without_end(qapp):
    log = MessageLog(Clock())
    for place in range(KEPT + 2):
        log.add(Message(f"{place}"))
    assert [log.said[0].message.text, log.said[-1].message.text] == [f"{KEPT + 1}", "2"]


@pytest.fixture
def listed(window, qtbot):
    window.messages = window.strip
    for text in ("one", "two"):
        window.strip.show_message(Message(text, "error"))
    dialog = show_messages(window)
    yield SimpleNamespace(dialog=dialog, field=dialog.findChild(QPlainTextEdit), window=window)
    dialog.close()


def sentences(field):
    return [line.split("  ", 2)[2] for line in field.toPlainText().splitlines()]


def test_that_the_dialog_shows_the_list(listed):
    assert sentences(listed.field) == ["two", "one"]


def test_that_the_dialog_adds_what_comes_while_it_is_open(listed):
    listed.window.strip.show_message(Message("three"))
    assert sentences(listed.field) == ["three", "two", "one"]


def test_that_the_list_can_be_copied_and_not_changed(listed):
    button(listed.dialog, "Copy all").click()
    assert QGuiApplication.clipboard().text() == listed.window.strip.log.text
    assert listed.field.isReadOnly()


def test_that_keys_select_in_the_list(listed, qtbot):
    qtbot.keyClick(listed.field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert listed.field.textCursor().selectedText().count("\u2029") == 1


def test_that_an_empty_list_says_so(window):
    window.messages = window.strip
    dialog = show_messages(window)
    assert dialog.findChild(QPlainTextEdit).placeholderText() == "Nothing was said so far."
    dialog.close()
