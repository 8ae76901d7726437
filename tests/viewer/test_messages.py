import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from viewer.kit import theme
from viewer.messages import MessageStrip
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


def test_that_next_goes_to_the_following_message(window):
    window.strip.show_message(Message("one"))
    window.strip.show_message(Message("two"))
    button(window.strip, "Next").click()
    assert {"two", "2 of 2"} <= set(texts(window.strip))


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
    assert window.strip.messages == (Message("two"),)
    qtbot.keyClick(window.other, Qt.Key.Key_Escape)
    assert window.strip.isHidden()


def test_that_clear_forgets_all_messages(window):
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
