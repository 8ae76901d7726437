"""Cine: the stack that is shown, played at a speed, from its last frame on to its first."""

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from viewer.session.session import Session

if TYPE_CHECKING:
    from viewer.session.stacks import Stack

USUAL: Final = 10.0  # frames a second, where no header says how fast
SLOWEST, FASTEST = 0.5, 60.0
SPEEDS: Final = (1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 25.0, 30.0, 60.0)


class Cine(QObject):
    """Plays the stack of the active pane.

    Args:
        session: Shows its frames.
        parent: Of the Qt object.
    """

    changed = Signal()  # it plays, or does not, or at another speed

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._speeds: dict[str, float] = {}  # that the reader has chosen, by stack
        self._playing: Stack | None = None
        self._clock = QTimer(self, timerType=Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._on_tick)

    @property
    def playing(self) -> bool:
        """Whether a stack is played."""
        return self._playing is not None

    @property
    def speed(self) -> float:
        """Frames a second: chosen, as the header says it, or usual."""
        stack = self._session.pointer.viewport.stack
        if stack is None:
            return USUAL
        said = stack.series.frame_rate if stack.series is not None else None
        speed = self._speeds.get(stack.key, said or USUAL)
        return min(max(speed, SLOWEST), FASTEST)

    def set_speed(self, speed: float) -> None:
        """Play this stack so many frames a second, now or later."""
        stack = self._session.pointer.viewport.stack
        if stack is not None:
            self._speeds[stack.key] = min(max(speed, SLOWEST), FASTEST)
            self._clock.setInterval(round(1000 / self.speed))
            self.changed.emit()

    def play(self) -> None:
        """Play the stack that is shown; one of a single frame is not."""
        stack = self._session.pointer.viewport.stack
        if stack is None or len(stack) < 2 or self.playing:
            return
        self._playing = stack
        self._session.leafing.hold(held=True)
        self._clock.start(round(1000 / self.speed))
        self.changed.emit()

    def stop(self) -> None:
        """Stay at the frame that is shown."""
        if self.playing:
            self._playing = None
            self._clock.stop()
            self._session.leafing.hold(held=False)
            self.changed.emit()

    def toggle(self) -> None:
        """Play, or stop."""
        if self.playing:
            self.stop()
        else:
            self.play()

    def _on_tick(self) -> None:
        session, playing = self._session, self._playing
        held = session.pointer.viewport.stack
        if playing is None or held is None or held.key != playing.key:
            self.stop()  # another one is shown
        elif session.loading is None:  # a frame that is not there yet is waited for
            session.go_to_frame((session.pointer.viewport.at + 1) % len(held))
