"""The commands for what the reader has drawn on films."""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QFileDialog

from engine.annotations import as_csv
from engine.output import whole
from viewer.commanding.menus import MEASURE, Command
from viewer.kit.language import tr
from viewer.session.choices import Message

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Name, delete, copy and export."""
    return (
        Command(MEASURE, tr("Re&name the mark"), ("F2",), lambda: rename(window), "mark.rename"),
        Command(
            MEASURE,
            tr("&Delete the mark"),
            ("Del", "Backspace"),
            lambda: remove(window),
            "mark.delete",
        ),
        Command(
            MEASURE, tr("Delete &all marks of the film"), (), lambda: clear(window), "marks.clear"
        ),
        Command(
            MEASURE, tr("Cop&y the marks"), ("Ctrl+Shift+C",), lambda: copy(window), "marks.copy"
        ),
        Command(MEASURE, tr("E&xport the marks…"), (), lambda: export(window), "marks.export"),
    )


def rename(window: "MainWindow") -> None:
    """Write the name of the chosen mark over the film."""
    window.film.drawing.write()


def remove(window: "MainWindow") -> None:
    """Take the chosen mark away."""
    window.film.drawing.remove_chosen()


def clear(window: "MainWindow") -> None:
    """Take everything away that lies on the film that is shown; one step back brings it again."""
    film, annotations = window.session.film, window.session.annotations
    if film is not None:
        keys = [one.id for one in annotations.of(annotations.subject_of(film))]
        annotations.remove(window.session.pointer.pane, film, keys)


def copy(window: "MainWindow") -> None:
    """Put the marks of the films on screen on the clipboard, as a table."""
    QApplication.clipboard().setText(sheet_of(window))


def export(window: "MainWindow") -> None:
    """Ask for a file, and write the marks of the films on screen into it."""
    path, _ = QFileDialog.getSaveFileName(
        window, tr("Export the marks"), "marks.csv", "CSV (*.csv)"
    )
    if not path:
        return
    try:
        write_sheet(window, Path(path))
    except OSError as error:
        words = tr("{path} cannot be written: {why}", path=path, why=error.strerror)
        window.session.message.emit(Message(words, "error"))


def write_sheet(window: "MainWindow", path: Path) -> None:
    """Write the marks of the films on screen.

    Raises:
        OSError: The file cannot be written.
    """
    with whole(path) as beside:
        beside.write_text(sheet_of(window), encoding="utf-8-sig", newline="")


def sheet_of(window: "MainWindow") -> str:
    """The marks of all films on screen, each film once, as CSV."""
    annotations = window.session.annotations
    shown = {annotations.subject_of(film): film for _, film in window.session.panes.shown()}
    return as_csv((subject, annotations.measured(film)) for subject, film in shown.items())
