"""The slider beside a film that can be leafed through: where one is, what is loaded, cine."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QBoxLayout, QMenu, QToolButton, QWidget

from viewer.kit import theme
from viewer.kit.language import tr
from viewer.kit.live import live
from viewer.session.cine import SPEEDS, Cine
from viewer.session.pointer import Pointer
from viewer.session.session import Session
from viewer.session.stacks import Stack

WIDE: Final = 28  # pixels across, so that a finger or an unsteady hand meets it
_GROOVE, _HANDLE, _LEAST = 4, 10, 8
_NOTCH: Final = 120  # eighths of a degree per notch of a wheel


class StackSlider(QAbstractSlider):
    """Shows a place among frames, and which of them are loaded; asks for another place.

    Dragging, clicking, the wheel, and arrows while it has the focus. The place that is shown is
    only ever set from outside, so that it never says more than the film does.
    """

    place_requested = Signal(int)  # from 0
    step_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._loaded: tuple[bool, ...] = ()
        self._turned = 0
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setOrientation(Qt.Orientation.Vertical)
        live(self, StackSlider._word)

    def _word(self) -> None:
        self.setAccessibleName(tr("Frame"))
        self.setToolTip(tr("Drag to leaf through the frames; light: loaded"))

    def setOrientation(self, orientation: Qt.Orientation) -> None:
        """Stand beside the film, or lie beneath it."""
        super().setOrientation(orientation)
        self.setMinimumSize(WIDE, WIDE)

    def sizeHint(self) -> QSize:
        """As slim as can be met."""
        return QSize(WIDE, WIDE)

    def show_place(self, place: int, count: int) -> None:
        """Stand at a place, from 0, of so many."""
        self.setRange(0, max(count - 1, 0))
        self.setPageStep(max(count // 10, 1))
        self.setValue(place)
        self.setAccessibleDescription(
            tr("{number} of {count}", number=place + 1, count=max(count, 1))
        )
        self.update()

    def show_loaded(self, places: Sequence[bool]) -> None:
        """Mark what is loaded, place by place."""
        self._loaded = tuple(places)
        self.update()

    # ---------------------------------------------------------------- asking
    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go where the slider is pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._ask(event.position().x(), event.position().y())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the hand."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._ask(event.position().x(), event.position().y())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Go on by a frame for each notch."""
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        if notches:
            self.step_requested.emit(-notches)
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows and page keys, while it has the focus."""
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_PageUp: -self.pageStep(),
            Qt.Key.Key_PageDown: self.pageStep(),
        }
        ends = {Qt.Key.Key_Home: self.minimum(), Qt.Key.Key_End: self.maximum()}
        key = Qt.Key(event.key())
        if key in steps:
            self.step_requested.emit(steps[key])
        elif key in ends:
            self.place_requested.emit(ends[key])
        else:
            super().keyPressEvent(event)

    def _ask(self, x: float, y: float) -> None:
        upright = self.orientation() == Qt.Orientation.Vertical
        start, length = self._reach()
        share = ((y if upright else x) - start) / max(length, 1.0)
        place = round(min(max(share, 0.0), 1.0) * self.maximum())
        if place != self.value() or not self.isSliderDown():
            self.place_requested.emit(place)

    # ---------------------------------------------------------------- drawing
    def _reach(self) -> tuple[float, float]:
        """Where the middle of the handle is at the first place, and how far it goes."""
        whole = self.height() if self.orientation() == Qt.Orientation.Vertical else self.width()
        return self._long() / 2 + 4, whole - self._long() - 8

    def _long(self) -> float:
        whole = self.height() if self.orientation() == Qt.Orientation.Vertical else self.width()
        return max(_LEAST, (whole - 8) / (self.maximum() + 1))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw groove, what is loaded, and the handle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        start, length = self._reach()
        half = self._long() / 2
        painter.fillRect(
            self._bar(start - half, length + 2 * half, _GROOVE), theme.colour(theme.LINE)
        )
        each = (length + 2 * half) / max(len(self._loaded), 1)
        for first, end in _runs(self._loaded):
            bar = self._bar(start - half + first * each, (end - first) * each, _GROOVE)
            painter.fillRect(bar, theme.colour(theme.QUIET))
        share = self.value() / self.maximum() if self.maximum() else 0.0
        handle = self._bar(start + share * length - half, 2 * half, _HANDLE)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.ACCENT if self.hasFocus() else theme.TEXT))
        painter.drawRoundedRect(handle, 3, 3)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(theme.colour(theme.ACCENT))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 3, 3)

    def _bar(self, start: float, length: float, thick: float) -> QRectF:
        if self.orientation() == Qt.Orientation.Vertical:
            return QRectF((self.width() - thick) / 2, start, thick, length)
        return QRectF(start, (self.height() - thick) / 2, length, thick)


def _runs(loaded: Sequence[bool]) -> list[tuple[int, int]]:
    """First and last + 1 of neighbours that are loaded."""
    found: list[tuple[int, int]] = []
    for place, there in enumerate(loaded):
        if there and found and found[-1][1] == place:
            found[-1] = (found[-1][0], place + 1)
        elif there:
            found.append((place, place + 1))
    return found


class FilmScroll(QWidget):
    """Slider and cine of one pane; there only while its film has more than one frame.

    Args:
        session: Shows the frames, and knows what is loaded.
        pointer: Of the pane.
        cine: Of the window.
        upright: Whether it stands beside the film; else it lies beneath.
    """

    def __init__(
        self,
        session: Session,
        pointer: Pointer,
        cine: Cine,
        parent: QWidget | None = None,
        *,
        upright: bool = True,
    ) -> None:
        super().__init__(parent)
        self._session, self._pointer, self._cine = session, pointer, cine
        self._stack: Stack | None = None
        self.slider = StackSlider()
        self.play, self.speed = QToolButton(), QToolButton()
        self._build(upright=upright)
        pointer.stack_changed.connect(self.show_stack)
        pointer.emptied.connect(self.show_nothing)
        session.leafing.fetching.loaded.connect(self._on_loaded)
        session.panes.arranged.connect(self._on_arranged)  # not a lambda: it ends with the pane
        cine.changed.connect(self._show_cine)
        self.slider.place_requested.connect(self._go_to)
        self.slider.step_requested.connect(self._step)
        self.play.clicked.connect(self._toggle)
        live(self, FilmScroll._show_cine)
        self.hide()
        if pointer.viewport.stack is not None:
            self.show_stack(pointer.viewport.stack, pointer.viewport.at)

    def _build(self, *, upright: bool) -> None:
        way = QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(way, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.slider, 1)
        self.slider.setOrientation(
            Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal
        )
        self._speeds = QMenu(self)
        for button in (self.play, self.speed):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setFixedSize(WIDE, WIDE)
            button.setAutoRaise(True)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignCenter)
        self.speed.setMenu(self._speeds)
        self.speed.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.speed.setStyleSheet("QToolButton::menu-indicator { image: none; width: 0 }")
        if upright:
            self.setFixedWidth(WIDE)
        else:
            self.setFixedHeight(WIDE)

    def show_stack(self, stack: Stack, at: int) -> None:
        """Stand at a place of a stack."""
        other, self._stack = stack is not self._stack, stack
        self.slider.show_place(at, len(stack))
        if other:
            self.setVisible(len(stack) > 1)
            self._on_loaded(stack)
            self._show_cine()

    def show_nothing(self) -> None:
        """The pane is empty: there is nothing to leaf through."""
        self._stack = None
        if self._pointer is self._session.pointer:
            self._cine.stop()
        self.hide()

    def _on_loaded(self, stack: Stack) -> None:
        if self._stack is not None and stack.key == self._stack.key and len(stack) > 1:
            self.slider.show_loaded(self._session.leafing.fetching.loaded_places(self._stack))

    def _on_arranged(self, _layout: object) -> None:
        self._show_cine()

    def _show_cine(self) -> None:
        mine = self._pointer is self._session.pointer
        playing = self._cine.playing and mine
        self.play.setIcon(theme.icon("pause" if playing else "play"))
        words = tr("Stop the cine") if playing else tr("Play the frames as a cine")
        self.play.setToolTip(words)
        self.play.setAccessibleName(words)
        speed = f"{self._cine.speed:.3g}"
        self.speed.setText(speed)
        self.speed.setToolTip(tr("{speed} frames a second", speed=speed))
        self.speed.setAccessibleName(tr("{speed} frames a second", speed=speed))
        self._speeds.clear()
        for one in SPEEDS:
            action = self._speeds.addAction(tr("{speed} frames a second", speed=f"{one:.3g}"))
            action.triggered.connect(lambda _on=False, speed=one: self._choose(speed))

    # ---------------------------------------------------------------- asking
    def _activate(self) -> None:
        """What is asked for here is for this pane."""
        panes = self._session.panes
        if self._pointer is not panes.active and self._pointer in panes.all:
            panes.activate(panes.all.index(self._pointer))

    def _go_to(self, place: int) -> None:
        self._activate()
        self._cine.stop()
        self._session.go_to_frame(place)

    def _step(self, by: int) -> None:
        self._activate()
        self._cine.stop()
        self._session.step_frame(by)

    def _toggle(self) -> None:
        self._activate()
        self._cine.toggle()

    def _choose(self, speed: float) -> None:
        self._activate()
        self._cine.set_speed(speed)
