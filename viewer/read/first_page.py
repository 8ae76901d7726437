"""What is seen before anything is open: what this is, and three ways to begin."""

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QFont, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.kit.live import live
from viewer.kit.widgets import label, panel, said
from viewer.session.opening import Opening
from viewer.session.session import Session

WIDTH: Final = 460
SENTENCES: Final = (
    marked("Drop films anywhere in this window: files, folders, a DICOMDIR, a zip."),
    marked(
        "A recurrent network reads each film row by row, says how sure it is, and what moved it."
    ),
    marked("Your films stay on this computer."),
)
RESEARCH: Final = marked("Research use only. Not a diagnosis.")
NO_MODEL: Final = marked(
    "No model is installed: films can be seen and measured, but none is read. Open one from the"
    " File menu."
)


class _WayIn(QPushButton):
    """A button for Enter, too, which Qt leaves to dialogs."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses it, as Space does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.click()
        else:
            super().keyPressEvent(event)


class FirstPage(QWidget):
    """Covers another widget as long as there is nothing to show in it.

    Args:
        over: The widget; its size is followed.
    """

    needed = Signal(bool)  # it covers the widget now, or no more: keys go to what is in sight

    def __init__(self, over: QWidget) -> None:
        super().__init__(over)
        panel(self, "window")
        self.films = self._button(marked("Open films…"))
        self.folder = self._button(marked("Open a folder…"))
        self.demo = self._button(marked("Show the demo"))
        self.no_model = said(NO_MODEL, "warning")
        self.no_model.setWordWrap(True)
        self.no_model.hide()
        self._lay_out()
        over.installEventFilter(self)
        self.setGeometry(over.rect())

    def show_model(self, *, there: bool) -> None:
        """Say it where no model is there to read films."""
        self.no_model.setVisible(not there)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Be as large as what lies beneath."""
        over = self.parentWidget()
        if event.type() == QEvent.Type.Resize and over is not None:
            self.setGeometry(over.rect())
        return bool(super().eventFilter(watched, event))

    def follow(self, session: Session, opening: Opening) -> None:
        """Cover a session's films before anything is open, and never again over a film."""

        def look(*_: object) -> None:
            nothing = session.film is None and session.loading is None
            needed = nothing and not session.films.paths
            turns = needed == self.isHidden()
            self.setVisible(needed)
            self.show_model(there=bool(session.models.all))
            if turns:
                self.needed.emit(needed)

        self.films.clicked.connect(opening.ask_for_films)
        self.folder.clicked.connect(opening.ask_for_folder)
        self.demo.clicked.connect(opening.open_demo)
        films, listed = session.films, session.models.listed
        for changed in (session.loading_changed, films.added, films.removed, listed):
            changed.connect(look)
        session.panes.emptied.connect(look)  # the list may have become empty, too
        look()

    def _button(self, words: str) -> QPushButton:
        button = live(_WayIn(), lambda one: one.setText(tr(words)))
        button.setMinimumHeight(32)
        return button

    def _lay_out(self) -> None:
        sign = live(QLabel(), _draw_sign)
        column = QVBoxLayout()
        column.setSpacing(theme.GAP)
        column.addWidget(sign)
        column.addSpacing(theme.GAP)
        title = label("Rowscope", "result")
        title.setFont(theme.font(theme.RESULT, QFont.Weight.DemiBold))  # its height is asked early
        title.setMinimumHeight(32)
        column.addWidget(title)
        for sentence in SENTENCES:
            line = said(sentence)
            line.setWordWrap(True)
            column.addWidget(line)
        column.addWidget(said(RESEARCH, "heading"))
        column.addWidget(self.no_model)
        column.addSpacing(theme.MARGIN)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.GAP)
        for button in (self.films, self.folder, self.demo):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        middle = QWidget()
        middle.setFixedWidth(WIDTH)
        column.setContentsMargins(0, 0, 0, 0)
        middle.setLayout(column)
        whole = QVBoxLayout(self)
        whole.addStretch(2)
        whole.addWidget(middle, 0, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(3)


def _draw_sign(sign: QLabel) -> None:
    sign.setMinimumSize(40, 40)
    sign.setPixmap(theme.icon("rowscope", theme.ACCENT, 40).pixmap(40, 40))
