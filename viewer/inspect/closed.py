"""Why the panes of Inspect have nothing to show, said once over all of them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QSizePolicy, QWidget

from viewer.kit import theme
from viewer.kit.language import told, tr
from viewer.kit.live import live
from viewer.kit.pages import Pages
from viewer.kit.widgets import column_in, label, panel

if TYPE_CHECKING:
    from collections.abc import Container

    from viewer.session.session import Session


def why_closed(session: "Session") -> tuple[str, str]:
    """Heading and sentence: why no network is opened; empty where one is, or soon will be."""
    film, model, analysis = session.film, session.models.current, session.analysis
    if session.inspection.opened is not None or not session.inspection.shown:
        return "", ""
    if film is None:
        return tr("No film"), tr("Open a film to see what a network does with each of its rows.")
    if model is None:
        return tr("No model"), tr("Choose the model that is to read the film, at the top right.")
    if analysis is None and session.analyses.calls.hides(film.key):
        return tr("Your own call first"), tr("What the network does appears after your own call.")
    if analysis is not None and analysis.states is None:
        return tr("No answer, so no rows to show"), told(analysis.abstained or "")
    return "", ""


class ClosedNote(QWidget):
    """Lies over pages while no network is opened on the film, and says why.

    Args:
        pages: It lies over them, and over nothing else.
        session: Whose film is shown.
        bare: Codes of pages that it leaves alone.
        centred: In the middle of the pages, and not at their upper left.
    """

    def __init__(
        self, pages: Pages, session: "Session", bare: "Container[str]" = (), *, centred: bool
    ) -> None:
        super().__init__(pages)
        panel(self)
        self._pages, self._session, self._bare = pages, session, bare
        self.title, self.words = label("", "heading"), label("", "quiet")
        column = column_in(self, 4, (theme.MARGIN, 4, theme.MARGIN, theme.MARGIN))
        if centred:
            column.addStretch(1)
        for line in (self.title, self.words):
            line.setWordWrap(True)
            line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
            if centred:
                line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            column.addWidget(line)
        column.addStretch(1)
        pages.installEventFilter(self)
        pages.turned.connect(lambda _code: self.say())
        analyses = session.analyses
        for signal in (analyses.analysed, analyses.reading_started, analyses.call_awaited):
            signal.connect(lambda _what: self.say())
        analyses.blanked.connect(self.say)
        session.panes.arranged.connect(lambda _layout: self.say())
        session.panes.emptied.connect(lambda _pointer: self.say())
        session.models.ready.connect(lambda *_what: self.say())
        session.inspection.opened_changed.connect(lambda _opened: self.say())
        live(self, ClosedNote.say)

    def say(self) -> None:
        """Show why there is nothing, or go."""
        title, words = why_closed(self._session)
        self.title.setText(title)
        self.words.setText(words)
        self.setGeometry(self._pages.rect())  # it may have come after they got their size
        self.setVisible(bool(title) and self._pages.code not in self._bare)
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """As large as the pages."""
        if watched is self._pages and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._pages.rect())
        return super().eventFilter(watched, event)
