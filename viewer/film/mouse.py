"""The mouse over the film: hands presses, drags, clicks and the wheel to the tool in the hand."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from engine.types import Window
from viewer.film.tools import BUTTONS, TOOLS, Surface, Tool, Touch

_FAST, _FASTEST = 4.0, 16.0  # Ctrl accelerates a drag, Ctrl and Shift accelerate it more
_NOTCH = 120  # eighths of a degree per notch of a wheel


class Gestures(QObject):
    """Watches a widget's mouse.

    Args:
        widget: Shows the film.
        film: What tools act on.
    """

    pressed = Signal()  # any button, anywhere
    began = Signal()  # a gesture that can be taken back
    ended = Signal()
    interrupted = Signal()  # the window is not the active one any more, with a button held
    hovered = Signal(QPointF)
    left = Signal()

    def __init__(self, widget: QWidget, film: Surface) -> None:
        super().__init__(widget)
        self._widget, self._film = widget, film
        self._tool: Tool = TOOLS[0]
        self._active: Tool | None = None
        self._last = self._first = QPointF()
        self._dragged = False
        self._turned = 0
        self.wheel_zooms = False  # without Ctrl; with it the other way round
        widget.setMouseTracking(True)
        widget.installEventFilter(self)

    @property
    def tool(self) -> Tool:
        """In the hand."""
        return self._tool

    def set_tool(self, tool: Tool) -> None:
        """What the left button does."""
        self._tool = tool
        self._widget.setCursor(tool.cursor)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take mouse and wheel, leave everything else alone."""
        if isinstance(event, QWheelEvent):
            self._on_wheel(event)
        elif event.type() == QEvent.Type.Leave:
            self.left.emit()
            return False
        elif event.type() == QEvent.Type.WindowDeactivate:
            self._break_off()
            return False
        elif isinstance(event, QMouseEvent):
            return self._on_mouse(event)
        else:
            return False
        return True

    def _on_mouse(self, event: QMouseEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.MouseButtonDblClick:
            self._tool.double_click(self._film, self.touch(event.position()))
        elif kind == QEvent.Type.MouseButtonPress:
            self._on_press(event)
        elif kind == QEvent.Type.MouseMove:
            self._on_move(event)
        elif kind == QEvent.Type.MouseButtonRelease:
            self._on_release(event)
        else:
            return False
        return True

    def _on_press(self, event: QMouseEvent) -> None:
        left = event.button() == Qt.MouseButton.LeftButton
        self.pressed.emit()
        self._end()
        self._active = self._tool if left else BUTTONS.get(event.button())
        self._first = self._last = event.position()
        self._dragged = False
        if self._active is not None:
            if self._active.undoable:
                self.began.emit()
            self._active.press(self._film, self.touch(event.position()))

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
        touch, self._last = self.touch(place, _speed(event.modifiers())), place
        self._active.drag(self._film, touch)

    def _on_release(self, event: QMouseEvent) -> None:
        if self._active is not None and event.button() == Qt.MouseButton.LeftButton:
            self._active.release(self._film, self.touch(event.position()))
        self._end()

    def _end(self) -> None:
        active, self._active = self._active, None
        if active is not None and active.undoable:
            self.ended.emit()

    def _break_off(self) -> None:
        """A dialog has come, or another program: the release of the button goes there."""
        if self._active is not None:
            self._end()
            self.interrupted.emit()

    def _on_wheel(self, event: QWheelEvent) -> None:
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)  # towards zero; the rest waits for the next turn
        self._turned -= notches * _NOTCH
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        control = control != self.wheel_zooms
        if notches:
            touch = self.touch(event.position())
            self._tool.wheel(self._film, touch, notches, control=control)

    @property
    def last(self) -> QPointF:
        """Where the mouse was last in a gesture."""
        return self._last

    def touch(self, pixel: QPointF, fast: float = 1.0) -> Touch:
        """A pixel of the pane, as tools are told of it."""
        stored, moved = self._film.stored(pixel), pixel - self._last
        return Touch(
            stored.x(),
            stored.y(),
            pixel,
            self._first,
            right=moved.x(),
            down=moved.y(),
            fast=fast,
            dragged=self._dragged,
        )


def _speed(keys: Qt.KeyboardModifier) -> float:
    """How much faster a drag is to be."""
    if not keys & Qt.KeyboardModifier.ControlModifier:
        return 1.0
    return _FASTEST if keys & Qt.KeyboardModifier.ShiftModifier else _FAST


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
    return Window(window.center + down * step, width, "by hand", window.function, "by hand")
