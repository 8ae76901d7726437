"""Fingers over the film: one is a mouse, two zoom, move and scroll, one that rests asks.

A film has touches of its own, because the mouse that Qt makes of a finger knows one point only,
and goes down before it can be told whether a second finger follows.
"""

import math
from dataclasses import dataclass
from typing import Final, Literal

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QEventPoint, QGuiApplication, QMouseEvent, QTouchEvent
from PySide6.QtWidgets import QApplication, QWidget

from viewer.film.mouse import Gestures
from viewer.film.tools import ROW, Surface

MEANT: Final = 10.0  # pixels by which two fingers must move before it is known what they do
STEP: Final = 24.0  # pixels of a swipe for each frame
NEAR: Final = 24.0  # pixels between two taps that are one double tap
LEAST: Final = 16.0  # pixels between two fingers; closer together they would zoom by leaps
_NONE: Final = Qt.MouseButton.NoButton
_LEFT: Final = Qt.MouseButton.LeftButton

# What goes on: nothing, one finger that may still do anything, one that drags, one that asks, two
# that may still do anything, two that place the film, two that leaf, or what is not looked at.
Doing = Literal["", "resting", "dragging", "asking", "two", "placing", "leafing", "ignoring"]


@dataclass(frozen=True, slots=True)
class Pinch:
    """Two fingers.

    Attributes:
        middle: Between them, in pixels of the pane.
        apart: Pixels between them.
    """

    middle: QPointF
    apart: float

    @classmethod
    def of(cls, one: QPointF, other: QPointF) -> "Pinch":
        """Two fingers at these pixels."""
        away = other - one
        return cls((one + other) / 2, max(math.hypot(away.x(), away.y()), LEAST))


class Fingers(QObject):
    """Watches the touches of a widget that shows a film.

    Args:
        widget: Shows the film.
        film: What two fingers act on.
        gestures: The mouse over the same film; one finger is a mouse.

    Attributes:
        hold: Runs while a finger rests that may ask.
    """

    def __init__(self, widget: QWidget, film: Surface, gestures: Gestures) -> None:
        super().__init__(widget)
        self._widget, self._film, self._gestures = widget, film, gestures
        self._doing: Doing = ""
        self._start = self._tapped_at = QPointF()
        self._pinch = self._began = Pinch(QPointF(), LEAST)
        self._swiped = 0.0
        hints = QGuiApplication.styleHints()
        self.hold = QTimer(self, singleShot=True, interval=hints.mousePressAndHoldInterval())
        self.hold.timeout.connect(self._ask)
        self._again = QTimer(self, singleShot=True, interval=hints.mouseDoubleClickInterval())
        widget.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take touches, leave everything else alone."""
        if not isinstance(event, QTouchEvent):
            return False
        event.accept()
        if event.type() == QEvent.Type.TouchCancel:
            self._give_up()
            return True
        points = event.points()
        down = [one for one in points if one.state() != QEventPoint.State.Released]
        if self._doing in {"", "resting"} and len(down) == 1 and len(points) == 1:
            self._on_one(down[0].position())
        elif self._doing in {"dragging", "asking"} and down:
            self._move(down[0].position())
        elif self._doing in {"", "resting"} and len(down) == 2:
            self.hold.stop()
            self._doing = "two"
            self._began = self._pinch = _pinch(down)
            self._gestures.pressed.emit()
        elif self._doing in {"two", "placing", "leafing"} and len(down) == 2:
            self._on_two(_pinch(down))
        elif self._doing != "" and down:
            self._end_two()
            self._doing = "ignoring"  # a finger that stays longer than the other one drags nothing
        if not down:
            self._lift(points[0].position() if points else self._start)
        return True

    # ---------------------------------------------------------------- one finger
    def _on_one(self, place: QPointF) -> None:
        if self._doing == "":
            self._doing, self._start = "resting", place
            self.hold.start()
        elif (place - self._start).manhattanLength() >= QApplication.startDragDistance():
            self.hold.stop()
            self._doing = "dragging"
            self._mouse(QEvent.Type.MouseButtonPress, self._start, _LEFT, _LEFT)
            self._move(place)

    def _move(self, place: QPointF) -> None:
        held = _LEFT if self._doing == "dragging" else _NONE
        self._mouse(QEvent.Type.MouseMove, place, _NONE, held)
        if self._doing == "asking":
            ROW.drag(self._film, self._gestures.touch(place))

    def _ask(self) -> None:
        """The finger rests: say what lies there, and put the row cursor under it."""
        self._doing = "asking"
        self._gestures.pressed.emit()
        self._gestures.began.emit()
        self._move(self._start)

    def _lift(self, place: QPointF) -> None:
        self.hold.stop()
        doing, self._doing = self._doing, ""
        if doing == "dragging":
            self._mouse(QEvent.Type.MouseButtonRelease, place, _LEFT, _NONE)
        elif doing == "resting":
            self._tap(self._start)
        elif doing in {"asking", "placing"}:
            self._gestures.ended.emit()

    def _tap(self, place: QPointF) -> None:
        near = (place - self._tapped_at).manhattanLength() <= NEAR
        twice = self._again.isActive() and near
        kinds = QEvent.Type
        first = kinds.MouseButtonDblClick if twice else kinds.MouseButtonPress
        self._mouse(first, place, _LEFT, _LEFT)
        self._mouse(kinds.MouseButtonRelease, place, _LEFT, _NONE)
        self._tapped_at = place
        if twice:
            self._again.stop()
        else:
            self._again.start()

    def _mouse(
        self, kind: QEvent.Type, place: QPointF, button: Qt.MouseButton, held: Qt.MouseButton
    ) -> None:
        everywhere = self._widget.mapToGlobal(place)
        keys = QGuiApplication.keyboardModifiers()
        event = QMouseEvent(kind, place, everywhere, button, held, keys)
        QApplication.sendEvent(self._widget, event)

    # ---------------------------------------------------------------- two fingers
    def _on_two(self, pinch: Pinch) -> None:
        if self._doing == "two":
            self._doing = self._meant(pinch)
            if self._doing == "placing":
                self._gestures.began.emit()
        if self._doing == "placing":
            self._place(pinch)
        elif self._doing == "leafing":
            self._leaf(pinch)

    def _meant(self, pinch: Pinch) -> Doing:
        """What two fingers do, once they have moved far enough."""
        moved = pinch.middle - self._began.middle
        spread = abs(pinch.apart - self._began.apart)
        if max(spread, abs(moved.x()), abs(moved.y())) < MEANT:
            return "two"
        upright = abs(moved.y()) > max(abs(moved.x()), spread)
        return "leafing" if upright and self._film.leafs else "placing"

    def _place(self, pinch: Pinch) -> None:
        """Keep what lies between the fingers between them."""
        last, self._pinch = self._pinch, pinch
        if pinch.apart != last.apart:
            self._film.zoom(pinch.apart / last.apart, last.middle)
        moved = pinch.middle - last.middle
        if not moved.isNull():
            self._film.pan(moved.x(), moved.y())

    def _leaf(self, pinch: Pinch) -> None:
        """Go through the frames: upwards to later ones, as a page moves."""
        self._swiped += self._pinch.middle.y() - pinch.middle.y()
        self._pinch = pinch
        frames = int(self._swiped / STEP)  # towards zero; the rest waits for more
        self._swiped -= frames * STEP
        if frames:
            self._film.step_frames(frames)

    def _end_two(self) -> None:
        if self._doing == "placing":
            self._gestures.ended.emit()
        self._swiped = 0.0

    def _give_up(self) -> None:
        """The system has taken the fingers away: nothing is clicked."""
        if self._doing in {"resting", "two"}:
            self._doing = ""
        self._lift(self._gestures.last)


def _pinch(down: list[QEventPoint]) -> Pinch:
    return Pinch.of(down[0].position(), down[1].position())
