"""The marks of the films on screen as a table: to the clipboard, into a file."""

from pathlib import Path

from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from engine.annotations import as_csv
from engine.output import whole
from viewer.kit.language import marked, tr
from viewer.session.choices import Message
from viewer.session.session import Session

NO_MARKS = marked("No film on screen has a mark.")


class Sheets:
    """Writes what the reader has drawn on the films that are shown.

    Args:
        session: Has them.
        window: Parent of the dialog.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        self._session, self._window = session, window

    @property
    def text(self) -> str:
        """The marks of all films on screen, each film once, as CSV."""
        annotations = self._session.annotations
        shown = {annotations.subject_of(film): film for _, film in self._session.panes.shown()}
        return as_csv((subject, annotations.measured(film)) for subject, film in shown.items())

    @property
    def is_empty(self) -> bool:
        """Whether no film on screen has a mark."""
        annotations = self._session.annotations
        shown = [annotations.subject_of(film) for _, film in self._session.panes.shown()]
        return not any(annotations.of(subject) for subject in shown)

    def copy(self) -> None:
        """Put the table on the clipboard."""
        if self._tell_if_empty():
            return
        QApplication.clipboard().setText(self.text)
        self._session.message.emit(Message(tr("The marks are on the clipboard.")))

    def export(self) -> None:
        """Ask for a file, and write the table into it."""
        if self._tell_if_empty():
            return
        path, _ = QFileDialog.getSaveFileName(
            self._window, tr("Export the marks"), "marks.csv", "CSV (*.csv)"
        )
        try:
            if path:
                self.write(Path(path))
        except OSError as error:
            words = tr("{path} cannot be written: {why}", path=path, why=error.strerror)
            self._session.message.emit(Message(words, "error"))

    def write(self, path: Path) -> None:
        """Write the table, whole or not at all; with a mark by which Excel knows UTF-8.

        Raises:
            OSError: The file cannot be written.
        """
        with whole(path) as beside:
            beside.write_text(self.text, encoding="utf-8-sig", newline="")

    def _tell_if_empty(self) -> bool:
        if self.is_empty:
            self._session.message.emit(Message(tr(NO_MARKS)))
        return self.is_empty
