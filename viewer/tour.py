"""The tour: the program shows itself, a sentence at each stop, until somebody touches it."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QSizePolicy, QToolBar, QWidget

from viewer.kit import language, theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import label, row_in
from viewer.messages import SentenceLine
from viewer.scripting.director import Director, parse
from viewer.scripting.verbs import ScriptError
from viewer.window import MainWindow

_FILM: Final = re.compile(r"\{([^}]+)\}")
IDLE: Final = 60.0  # seconds without a touch after which a stand belongs to the next visitor


@dataclass(frozen=True, slots=True)
class Stop:
    """What is shown for a while.

    Attributes:
        commands: As a script has them; the name of a film in braces stands for its place in the
            list, and {here} for the words of a mark.
        words: What is seen, marked: one sentence.
        seconds: That it stays, once its commands are done.
    """

    commands: str
    words: str
    seconds: float = 6.0


def _scrub(first: int, last: int, steps: int) -> str:
    """The row cursor on its way from one stored row to another."""
    rows = (round(first + (last - first) * step / steps) for step in range(steps + 1))
    return "; ".join(f"row {row}; wait 0.06" for row in rows)


_CALM: Final = "workspace read; layout 1x1; map none; model-view off; tool window; own-call off"
STOPS: Final = (
    Stop(
        f"{_CALM}; reset; fit",
        marked("These chest films are drawn by the program itself: they show no patient."),
        5.0,
    ),
    Stop(
        "window.preset LUNG; wait 1.5; window.preset BONE; wait 1.5; window.auto; wait 1.5;"
        " window.preset NORMAL",
        marked("Grey levels change by a drag or a number key; the stored values never do."),
        3.0,
    ),
    Stop(
        "zoom 2; wait 2; pan 0 160; wait 2; fit",
        marked("Look as closely as you like: what the model reads stays the whole film."),
        3.0,
    ),
    Stop(
        "wait 0",
        marked(
            "At the right stands the answer: a probability, its interval, and the threshold that"
            " decides."
        ),
        7.0,
    ),
    Stop(
        "map influence",
        marked("This map shows which rows moved the answer, towards the finding or away from it."),
        7.0,
    ),
    Stop(
        "map none; measure.length 330,700 690,690",
        marked("A length is in millimetres only where that is true, and of a kind that is named."),
    ),
    Stop(
        f"marks.clear; workspace inspect; map state; tool row; {_scrub(40, 980, 70)}; row 222",
        marked("The network reads from top to bottom; the strips show what it holds at each row."),
        4.0,
    ),
    Stop(
        "workspace read; map none; tool window; stack {wrong-answer.dcm};"
        " measure.arrow 322,262 420,180 {here}",
        marked("The model is wrong here: an opacity was drawn at the arrow, and it finds none."),
        9.0,
    ),
    Stop(
        "marks.clear; stack {on-its-side.dcm}",
        marked("This film lies on its side: the model gives no answer, and says why."),
        8.0,
    ),
    Stop(
        "stack {phantom-1.dcm}; model-view on",
        marked("This is all that the model saw of the film: it reads this coarse picture."),
        7.0,
    ),
    Stop(
        "model-view off; stack {phantom-2.dcm}; own-call on",
        marked("Your own call first: the answer stays hidden until you have recorded yours."),
        7.0,
    ),
    Stop(
        "own-call off; stack {phantom-1.dcm}",
        marked("Research use only, not a diagnosis: films stay on this computer."),
    ),
)


# --------------------------------------------------------------------------------- caption
class TourCaption(QToolBar):
    """A strip across the window: the sentence of a stop, and how the tour is stopped."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._at, self._count = "", 0, 0
        self.setMovable(False)
        self._sentence, self._place = SentenceLine(), label("", "quiet")
        self._sentence.setFont(theme.font(theme.LARGE))
        self._sentence.setMinimumHeight(28)
        self._place.setMinimumHeight(28)
        self._place.setContentsMargins(theme.GAP, 0, theme.GAP, 0)
        self._sentence.setContentsMargins(theme.GAP, 0, 0, 0)
        strip = QWidget()
        strip.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row = row_in(strip, theme.GAP)
        row.addWidget(self._sentence, 1)
        row.addWidget(self._place)
        self.addWidget(strip)
        live(self, TourCaption._tell)

    @property
    def words(self) -> str:
        """The sentence as it stands there."""
        return tr(self._words)

    def say(self, words: str, at: int = 0, count: int = 0) -> None:
        """Show a marked sentence; with its place in the tour, from 1, while there is one."""
        self._words, self._at, self._count = words, at, count
        self._tell()
        self.setVisible(bool(words))

    def _tell(self) -> None:
        self.setWindowTitle(tr("Tour"))
        self._sentence.show_sentence(tr(self._words))
        stop = tr(
            "{number} of {count} · touch anything to stop", number=self._at, count=self._count
        )
        self._place.setText(stop if self._at else "")


# ------------------------------------------------------------------------------------ tour
class Tour(QObject):
    """Gives the commands of each stop to a window, and waits there.

    What cannot be done at a stop is passed over with the next one.

    Args:
        window: Shows the demo study, or soon will.
        caption: Where the sentences stand.
        stops: Of the tour.
        loops: Whether it begins again at its end.
        pace: Times the seconds of a stop; 0 waits nowhere.
    """

    finished = Signal()  # unless it loops
    arrived = Signal(int)  # at a stop, from 0, all of whose commands were given
    failed = Signal(str)  # nobody need hear it

    def __init__(
        self,
        window: MainWindow,
        caption: TourCaption,
        stops: tuple[Stop, ...] = STOPS,
        *,
        loops: bool = True,
        pace: float = 1.0,
    ) -> None:
        super().__init__(window)
        self._window, self._caption, self._stops = window, caption, stops
        self._loops, self._pace = loops, pace
        self._at, self._director = 0, None  # type: int, Director | None
        self._stay = QTimer(self, singleShot=True)
        self._stay.timeout.connect(self._go_on)

    @property
    def runs(self) -> bool:
        """Whether it is on its way."""
        return self._director is not None

    def start(self) -> None:
        """Go to the first stop."""
        self._go_to(0)

    def stop(self) -> None:
        """Leave everything as it is; no other command is given."""
        self._stay.stop()
        if self._director is not None:
            self._director.stop()
            self._director.deleteLater()
            self._director = None

    def _go_to(self, place: int) -> None:
        self.stop()
        self._at, stop = place, self._stops[place]
        self._caption.say(stop.words, place + 1, len(self._stops))
        try:
            steps = parse(_placed(self._window, stop.commands))
        except ScriptError as error:
            self.failed.emit(str(error))
            steps = ()
        self._director = Director(self._window, steps)
        self._director.finished.connect(self._arrive)
        self._director.failed.connect(self.failed)
        self._director.start()

    def _arrive(self) -> None:
        self.arrived.emit(self._at)
        if self.runs:
            self._stay.start(round(1000 * self._pace * self._stops[self._at].seconds))

    def _go_on(self) -> None:
        if self._at + 1 < len(self._stops):
            self._go_to(self._at + 1)
        elif self._loops:
            self._go_to(0)
        else:
            self.stop()
            self.finished.emit()


def _placed(window: MainWindow, commands: str) -> str:
    """Commands in which names of films are their places in the list; 0 where one is not there."""

    def place(found: re.Match[str]) -> str:
        stacks = enumerate(window.session.stacks.all, start=1)
        names = {path.name: str(number) for number, stack in stacks for path in stack.paths}
        names["here"] = tr("drawn here")
        return names.get(found[1], "0")

    return _FILM.sub(place, commands)


# ----------------------------------------------------------------------------------- stand
_TOUCHES: Final = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_MOVES: Final = frozenset({QEvent.Type.MouseMove, QEvent.Type.TouchUpdate})
_ONE_TOUCH_MS: Final = 300  # all that comes of a first touch, such as a double click
YOURS: Final = marked(
    "The tour has stopped: try everything. Untouched for a while, it begins anew."
)


class Stand(QObject):
    """A window on the demo study that gives the tour until it is touched.

    It then belongs to the visitor. After a while without a touch it is another window, in which
    nothing is left of what he did, and the tour begins again.

    Args:
        open_window: A window that remembers nothing: records and settings in memory.
        idle: Seconds without a touch until then; None: the window stays the visitor's.
        loops: Whether the tour begins again at its end.
        pace: As for `Tour`.
        parent: Of the Qt object.
    """

    finished = Signal()
    failed = Signal(str)

    def __init__(
        self,
        open_window: Callable[[], MainWindow],
        *,
        idle: float | None = IDLE,
        loops: bool = True,
        pace: float = 1.0,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._open_window, self._loops, self._pace = open_window, loops, pace
        self._language, self._theme = language.current(), theme.current().name
        self._idle = QTimer(self, singleShot=True, interval=round(1000 * (idle or 0)))
        self._idle.timeout.connect(self.reset)
        self._waits = idle is not None
        self._one_touch = QTimer(self, singleShot=True, interval=_ONE_TOUCH_MS)
        self.window, self.caption, self.tour = self._furnish(open_window())

    def _furnish(self, window: MainWindow) -> tuple[MainWindow, TourCaption, Tour]:
        caption = TourCaption()
        window.addToolBarBreak()
        window.addToolBar(caption)
        tour = Tour(window, caption, loops=self._loops, pace=self._pace)
        tour.finished.connect(self.finished)
        tour.failed.connect(self.failed)
        window.tour_requested.connect(tour.start)
        return window, caption, tour

    def start(self) -> None:
        """Show the window, open the demo study in it and begin the tour."""
        application = QApplication.instance()
        if application is not None:
            application.installEventFilter(self)
        self.window.show()
        self.window.session.models.warm_up()
        self.window.opening.open_demo()
        self.tour.start()

    def end(self) -> None:
        """Leave the window as it is; nothing begins again."""
        application = QApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self._idle.stop()
        self.tour.stop()

    def reset(self) -> None:
        """Begin the tour in another window; language and theme are those of the start."""
        old = self.window
        self.end()
        self._restore()
        self.window, self.caption, self.tour = self._furnish(self._open_window())
        self.window.setGeometry(old.geometry())
        self.window.setWindowState(old.windowState())
        self.start()
        for widget in QApplication.topLevelWidgets():  # with dialogs that a visitor left open
            if widget is not self.window and widget.isVisible():
                widget.close()
        old.session.records.close()
        old.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stop at the first touch, which does nothing else; end with the window."""
        kind = event.type()
        if kind == QEvent.Type.Close and watched is self.window:
            self.end()
        elif kind in _TOUCHES and event.spontaneous():
            return self._touch(event)
        elif kind in _MOVES and self._idle.isActive():
            self._idle.start()
        return False

    def _touch(self, event: QEvent) -> bool:
        first = self.tour.runs
        if first:
            self.tour.stop()
            self.caption.say(YOURS if self._waits else "")
            self._one_touch.start()
        if self._waits:
            self._idle.start()
        if self._one_touch.isActive():
            event.accept()  # a shortcut would be heard all the same
            return True
        return False

    def _restore(self) -> None:
        if language.current() != self._language:
            language.speak(self._language)
        application = QApplication.instance()
        if isinstance(application, QApplication) and theme.current().name != self._theme:
            theme.wear(application, theme.THEMES[self._theme])
