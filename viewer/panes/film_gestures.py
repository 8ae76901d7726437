"""Mouse over the film → intentions: drags by tool and button, wheel, click, double click."""

from typing import ClassVar

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine import Window
from viewer.choices import Tool

_FAST = 4.0  # Ctrl accelerates a drag
_NOTCH = 120  # eighths of a degree per notch of a wheel


class Gestures(QObject):
    """Watches a widget's mouse and says what was meant, in pixels of the widget."""

    windowed = Signal(float, float)  # pixels right, pixels down
    zoomed = Signal(float, QPointF)  # factor, fixed point
    panned = Signal(float, float)
    row_pointed = Signal(float)  # y
    hovered = Signal(QPointF)
    left = Signal()
    wheeled = Signal(int, QPointF, bool)  # notches away from the user, place, with Ctrl
    fitted = Signal()

    _CURSORS: ClassVar[dict[Tool, Qt.CursorShape]] = {
        "window": Qt.CursorShape.ArrowCursor,
        "zoom": Qt.CursorShape.SizeVerCursor,
        "pan": Qt.CursorShape.OpenHandCursor,
        "row": Qt.CursorShape.SplitVCursor,
    }

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self._widget = widget
        self._tool: Tool = "window"
        self._active: Tool | None = None
        self._last = self._first = QPointF()
        self._dragged = False
        self._turned = 0
        widget.setMouseTracking(True)
        widget.installEventFilter(self)

    def set_tool(self, tool: Tool) -> None:
        """What the left button does."""
        self._tool = tool
        self._widget.setCursor(self._CURSORS[tool])

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take mouse and wheel, leave everything else alone."""
        if isinstance(event, QWheelEvent):
            self._on_wheel(event)
        elif event.type() == QEvent.Type.Leave:
            self.left.emit()
            return False
        elif isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        else:
            return False
        return True

    def _on_mouse(self, event: QMouseEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonDblClick:
            self.fitted.emit()
        elif kind == QEvent.Type.MouseButtonPress:
            self._on_press(event)
        elif kind == QEvent.Type.MouseMove:
            self._on_move(event)
        elif kind == QEvent.Type.MouseButtonRelease:
            left = event.button() == Qt.MouseButton.LeftButton
            if left and self._active is not None and not self._dragged:
                self.row_pointed.emit(event.position().y())
            self._active = None
        else:
            return False
        return True

    def _on_press(self, event: QMouseEvent) -> None:
        buttons: dict[Qt.MouseButton, Tool] = {
            Qt.MouseButton.LeftButton: self._tool,
            Qt.MouseButton.RightButton: "zoom",
            Qt.MouseButton.MiddleButton: "pan",
        }
        self._active = buttons.get(event.button())
        self._first = self._last = event.position()
        self._dragged = False
        if self._active == "row":
            self.row_pointed.emit(event.position().y())

    def _on_move(self, event: QMouseEvent) -> None:
        place = event.position()
        self.hovered.emit(place)
        if self._active is None:
            return
        if not self._dragged:
            away = (place - self._first).manhattanLength()
            if away < QApplication.startDragDistance():
                return
            self._dragged = True
        moved, self._last = place - self._last, place
        fast = _FAST if event.modifiers() & Qt.KeyboardModifier.ControlModifier else 1.0
        if self._active == "window":
            self.windowed.emit(moved.x() * fast, moved.y() * fast)
        elif self._active == "zoom":
            self.zoomed.emit(1.006 ** (-moved.y() * fast), self._first)
        elif self._active == "pan":
            self.panned.emit(moved.x(), moved.y())
        else:
            self.row_pointed.emit(place.y())

    def _on_wheel(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)  # towards zero; the rest waits for the next turn
        self._turned -= notches * _NOTCH
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if notches:
            self.wheeled.emit(notches, event.position(), control)


def dragged(window: Window, right: float, down: float, *, reach: float) -> Window:
    """A window after a drag: pixels right widen it, pixels down raise its centre.

    Args:
        window: What is shown.
        right: Pixels.
        down: Pixels.
        reach: Width of the values of the film; 500 pixels cover it. Narrow windows move by finer
            steps, down to a hundredth of that. A LINEAR window is at least 1 wide (PS3.3
            C.11.2.1.2.1).
    """
    step = min(reach / 500, max(window.width, reach / 100) / 100)
    least = max(step, 1.0) if window.function == "LINEAR" else step
    width = max(window.width + right * step, least)
    return Window(window.center + down * step, width, "by hand", window.function)
