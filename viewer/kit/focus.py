"""Keys that belong to the widget with the focus before they are the window's."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

_KEY = Qt.Key
_ARROWS: Final = frozenset({_KEY.Key_Up, _KEY.Key_Down})
_ENDS: Final = frozenset({_KEY.Key_Home, _KEY.Key_End, _KEY.Key_PageUp, _KEY.Key_PageDown})
_SIDES: Final = frozenset({_KEY.Key_Left, _KEY.Key_Right})
_PRESS: Final = frozenset({_KEY.Key_Space})
_DONE: Final = frozenset({_KEY.Key_Return, _KEY.Key_Enter})
# What each kind of widget does by itself; all other keys stay with the window's commands.
_OWN: Final[tuple[tuple[type[QWidget], frozenset[Qt.Key]], ...]] = (
    (QAbstractButton, _PRESS),
    (QComboBox, _ARROWS | _ENDS | _PRESS | {_KEY.Key_F4}),
    (QAbstractSlider, _ARROWS | _SIDES | _ENDS),
    (QLineEdit, _DONE),
    (QPlainTextEdit, _ARROWS | _SIDES | _ENDS | _PRESS),
    (QTextEdit, _ARROWS | _SIDES | _ENDS | _PRESS),
)


def is_own(widget: QWidget | None, key: int) -> bool:
    """Whether a widget with the focus does something by itself with a key."""
    return any(isinstance(widget, kind) and key in keys for kind, keys in _OWN)


class FocusKeys(QObject):
    """Lets the widget with the focus have its keys, where a command of the window has them, too.

    Whoever reached a button with Tab presses it with Space; a command with the same key is heard
    everywhere else. Qt asks the widget and then its parents whether a key is a shortcut or theirs
    (QEvent.ShortcutOverride): this answers for the window.

    Args:
        window: Is asked last.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Accept what is the focused widget's."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        keypad = Qt.KeyboardModifier.KeypadModifier
        plain = event.modifiers() in {Qt.KeyboardModifier.NoModifier, keypad}
        if plain and is_own(QApplication.focusWidget(), event.key()):
            event.accept()
            return True
        return False
