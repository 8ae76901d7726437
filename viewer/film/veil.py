"""The veil over film and reading while another film is loaded."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QMouseEvent, QPainter, QPaintEvent, QShortcut, QWheelEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import label, panel, row_in
from viewer.kit.words import visible
from viewer.session.choices import Loading

AT_ONCE: Final = marked("Loading …")
NAMED_MS: Final = 1000  # after which a reader wants to know what is waited for, and may stop it
SILENT_MS: Final = 10_000  # after which the storage is named
WIDEST: Final = 420


class Veil(QWidget):
    """Dims a widget, and takes the mouse from it, as long as it belongs to another film.

    Args:
        over: The widget; its size is followed.
        area: Where in it the words stand, in its coordinates; None: a veil without words.
    """

    cancelled = Signal()

    def __init__(self, over: QWidget, area: Callable[[], QRect] | None = None) -> None:
        super().__init__(over)
        self._area = area
        self._plate = _Plate(self)
        self._plate.setVisible(area is not None)
        self._loading: Loading | None = None
        self._still = ""
        self._named = QTimer(self, singleShot=True, interval=NAMED_MS)
        self._named.timeout.connect(self._name)
        self._silent = QTimer(self, singleShot=True, interval=SILENT_MS)
        self._silent.timeout.connect(self._complain)
        over.installEventFilter(self)
        self._plate.cancel.clicked.connect(self.cancelled)
        if area is not None:
            # A hidden widget's shortcut is asleep: Esc cancels only while there is what to cancel.
            QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.cancelled.emit)
        self.hide()

    @property
    def words(self) -> tuple[str, ...]:
        """What can be read on it."""
        return self._plate.words if self.isVisible() else ()

    @property
    def cancel(self) -> QPushButton:
        """The button that stays with the film beneath."""
        return self._plate.cancel

    def show_loading(self, loading: Loading | None, still: str = "") -> None:
        """Cover what is shown as long as a film is on its way; None uncovers it.

        Args:
            loading: The film that was chosen.
            still: Name of the film that is beneath; empty where there is none.
        """
        begins = self._loading is None
        self._loading, self._still = loading, still
        if loading is None:
            self._named.stop()
            self._silent.stop()
            self.hide()
            return
        if begins:
            self._plate.show_words(tr(AT_ONCE))
            self._named.start()
            self._silent.start()
        elif not self._named.isActive():  # another one is chosen while the reader waits already
            self._silent.start()
            self._name()
        self._follow()
        self.show()
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as what lies beneath."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.LayoutRequest}:
            self._follow()
        return bool(super().eventFilter(watched, event))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Dim it."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour(theme.PANE, theme.VEIL_ALPHA))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Nothing beneath can be pointed at."""
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Nothing beneath can be turned."""
        event.accept()

    def _name(self) -> None:
        if self._loading is not None:
            still = tr("Still showing {name}", name=visible(self._still)) if self._still else ""
            self._plate.show_words(_loading_words(self._loading), still, cancel=True)
            self._follow()

    def _complain(self) -> None:
        if self._loading is not None:
            place = self._loading.place
            whose = visible(place) if place.strip("/") else tr("its storage")
            seconds = SILENT_MS // 1000
            silent = tr("Nothing from {storage} for {seconds} s", storage=whose, seconds=seconds)
            self._plate.show_words(_loading_words(self._loading), silent, cancel=True)
            self._follow()

    def _follow(self) -> None:
        over = self.parentWidget()
        if over is None:
            return
        self.setGeometry(over.rect())
        if self._area is not None:
            area = self._area()
            self._plate.setMaximumWidth(max(min(area.width() - 2 * theme.MARGIN, WIDEST), 120))
            self._plate.fit()
            place = self._plate.rect()
            place.moveCenter(area.center())
            self._plate.setGeometry(place)


class _Plate(QWidget):
    """The words, one beneath the other, and the button."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        panel(self, "plate")
        self._first, self._second = label("", "value"), label("", "quiet")
        for line in (self._first, self._second):
            line.setWordWrap(False)
        self.cancel = live(QPushButton(), _word_cancel)
        self.cancel.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        lines.addWidget(self._first)
        lines.addWidget(self._second)
        row = row_in(self, 24, (theme.MARGIN, 12, theme.MARGIN, 12))
        row.addLayout(lines, 1)
        row.addWidget(self.cancel, 0, Qt.AlignmentFlag.AlignVCenter)

    def fit(self) -> None:
        """Be as large as the words that stand there now; a layout alone would lag behind."""
        self.ensurePolished()
        layout = self.layout()
        if layout is not None:
            layout.invalidate()
            layout.activate()
        self.resize(self.sizeHint().boundedTo(self.maximumSize()))

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(line.text() for line in (self._first, self._second) if line.text())

    def show_words(self, first: str, second: str = "", *, cancel: bool = False) -> None:
        for line, text in ((self._first, first), (self._second, second)):
            room = WIDEST - 2 * theme.MARGIN - 100
            line.setText(line.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room))
            line.setToolTip("")
        self._second.setVisible(bool(second))
        self.cancel.setVisible(cancel)


def _word_cancel(button: QPushButton) -> None:
    button.setText(tr("Cancel"))
    button.setToolTip(tr("Stay with the film that is shown (Esc)"))


def _loading_words(loading: Loading) -> str:
    return tr("Loading {film} …", film=_called(loading))


def _called(loading: Loading) -> str:
    name = visible(loading.path.name or str(loading.path))
    frame = tr("{name}, frame {number}", name=name, number=loading.index + 1)
    return frame if loading.index else name
