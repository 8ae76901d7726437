"""A threshold that mouse and keys move, on whatever widget draws it between 0 and 1."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

_STEPS: Final = {
    Qt.Key.Key_Left: -0.01,
    Qt.Key.Key_Down: -0.01,
    Qt.Key.Key_Right: 0.01,
    Qt.Key.Key_Up: 0.01,
    Qt.Key.Key_PageDown: -0.1,
    Qt.Key.Key_PageUp: 0.1,
}
_BACK: Final = frozenset({Qt.Key.Key_Home, Qt.Key.Key_Backspace, Qt.Key.Key_Delete})
_NEAR: Final = 9  # pixels from the handle that still take it
_LEAST, _MOST = 0.01, 0.99
_Kind = QEvent.Type


class ThresholdHandle(QObject):
    """Hears a widget's mouse and keys before the widget does, and says where the threshold goes.

    A drag or a click puts it there; arrows move it by a hundredth, page keys by a tenth; a double
    click, Home, Backspace and Delete ask for the model's own. The widget draws it.

    Args:
        widget: Draws the threshold; may be reached by Tab while it can be moved.
        inset: Pixels from the widget's ends to 0 and 1.
        brings: Whether a press elsewhere brings the threshold there.

    Signals:
        moved(object): Where it was put, 0…1; None back to the model's.
        pressed(): Elsewhere than on the threshold, where a press does not bring it.
    """

    moved = Signal(object)
    pressed = Signal()

    def __init__(self, widget: QWidget, *, inset: int = 0, brings: bool = False) -> None:
        super().__init__(widget)
        self._widget, self._inset, self._brings = widget, inset, brings
        self._value: float | None = None
        self._movable = self._drags = False
        widget.setMouseTracking(True)
        widget.installEventFilter(self)

    def place(self, value: float | None, *, movable: bool) -> None:
        """Where the threshold is, if anywhere, and whether the reader may move it."""
        self._value, self._movable = value, movable and value is not None
        policy = Qt.FocusPolicy.TabFocus if self._movable else Qt.FocusPolicy.NoFocus
        self._widget.setFocusPolicy(policy)

    def x_of(self, share: float) -> float:
        """Pixel of a probability."""
        return self._inset + min(max(share, 0.0), 1.0) * (self._widget.width() - 2 * self._inset)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the mouse and the keys that move it do; everything else is the widget's."""
        if isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        if isinstance(event, QKeyEvent) and event.type() in {
            _Kind.ShortcutOverride,
            _Kind.KeyPress,
        }:
            return self._on_key(event)
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------ mouse and keys
    def _on_mouse(self, event: QMouseEvent) -> bool:
        x, kind = event.position().x(), event.type()
        near = (
            self._movable and self._value is not None and abs(x - self.x_of(self._value)) <= _NEAR
        )
        if kind == _Kind.MouseButtonPress:
            self._on_press(event, near=near)
        elif kind == _Kind.MouseMove:
            self._on_move(x, near=near)
        elif kind == _Kind.MouseButtonRelease:
            self._drags = False
        elif kind == _Kind.MouseButtonDblClick and self._movable and (near or self._brings):
            self.moved.emit(None)
        return True

    def _on_press(self, event: QMouseEvent, *, near: bool) -> None:
        taken = near or (self._brings and self._movable)
        if taken and event.button() == Qt.MouseButton.LeftButton:
            self._drags = True
            if self._brings:
                self._move_to(event.position().x())
        elif not self._brings:
            self.pressed.emit()

    def _on_move(self, x: float, *, near: bool) -> None:
        if near or self._drags:
            self._widget.setCursor(Qt.CursorShape.SplitHCursor)
        else:
            self._widget.unsetCursor()
        if self._drags:
            self._move_to(x)

    def _move_to(self, x: float) -> None:
        share = (x - self._inset) / max(self._widget.width() - 2 * self._inset, 1)
        self.moved.emit(round(min(max(share, _LEAST), _MOST), 2))

    def _on_key(self, event: QKeyEvent) -> bool:
        """Its keys are the handle's while it has the focus, and not the film's."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None and event.key() not in _BACK:
            return False
        if event.type() == _Kind.ShortcutOverride:
            event.accept()
        elif step is None:
            self.moved.emit(None)
        elif self._value is not None:
            self.moved.emit(round(min(max(self._value + step, _LEAST), _MOST), 2))
        return True
