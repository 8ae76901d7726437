"""The commands for what the reader has drawn on films."""

from typing import TYPE_CHECKING

from viewer.commanding.menus import MEASURE, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Name, delete, copy and export."""
    sheets = window.sheets
    return (
        Command(MEASURE, tr("Rename t&he mark"), ("F2",), lambda: rename(window), "mark.rename"),
        Command(
            MEASURE,
            tr("&Delete the mark"),
            ("Del", "Backspace"),
            lambda: delete(window),
            "mark.delete",
        ),
        Command(MEASURE, tr("Delete all mar&ks"), (), lambda: clear(window), "marks.clear"),
        Command(MEASURE, tr("Cop&y the marks"), ("Ctrl+Shift+C",), sheets.copy, "marks.copy"),
        Command(MEASURE, tr("E&xport the marks…"), (), sheets.export, "marks.export"),
    )


def rename(window: "MainWindow") -> None:
    """Let the reader write the name of the chosen mark over the film."""
    window.film.sketch.write()


def delete(window: "MainWindow") -> None:
    """Take the chosen mark away."""
    window.film.sketch.remove_chosen()


def clear(window: "MainWindow") -> None:
    """Take everything away that lies on the film that is shown, as one step."""
    film, annotations = window.session.film, window.session.annotations
    if film is not None:
        keys = [one.id for one in annotations.of(annotations.subject_of(film))]
        annotations.remove(window.session.pointer.pane, film, keys)
