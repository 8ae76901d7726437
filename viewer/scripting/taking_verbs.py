"""Commands of a script that take away what the panes of Inspect show."""

from pathlib import Path
from typing import Final

from viewer.export.picture import ExportError
from viewer.kit.language import marked, tr
from viewer.scripting.verbs import ScriptError, Verb
from viewer.window import MainWindow


def _take(window: MainWindow, arguments: tuple[str, ...]) -> None:
    code, place = arguments
    path = Path(place)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        window.taking.save(code, path)
    except ExportError as error:
        raise ScriptError(str(error)) from None
    except OSError:
        words = tr("{path} could not be written. Choose another place.", path=path)
        raise ScriptError(words) from None


def _copy(window: MainWindow, arguments: tuple[str, ...]) -> None:
    try:
        window.taking.copy_python(arguments[0])
    except ExportError as error:
        raise ScriptError(str(error)) from None


def _all(window: MainWindow, arguments: tuple[str, ...]) -> None:
    folder = Path(arguments[0])
    try:
        folder.mkdir(parents=True, exist_ok=True)
        window.taking.save_all(folder)
    except ExportError as error:
        raise ScriptError(str(error)) from None
    except OSError:
        words = tr("{path} could not be written. Choose another place.", path=folder)
        raise ScriptError(words) from None


def _notebook(window: MainWindow, arguments: tuple[str, ...]) -> None:
    try:
        window.taking.save_notebook(Path(arguments[0]))
    except ExportError as error:
        raise ScriptError(str(error)) from None


VERBS: Final = (
    Verb(
        "take",
        marked("PANE FILE"),
        marked("write what a pane shows: .png, .svg, .csv, .npz, .py or .ipynb"),
        _take,
        rest=True,
    ),
    Verb(
        "take.python",
        marked("PANE"),
        marked("put the Python that makes a pane’s numbers on the clipboard"),
        _copy,
    ),
    Verb(
        "take.all",
        marked("FOLDER"),
        marked("write every pane that shows something into a folder, in every form"),
        _all,
        rest=True,
    ),
    Verb(
        "take.notebook",
        marked("FILE"),
        marked("write a notebook with the Python of every pane"),
        _notebook,
        rest=True,
    ),
)
