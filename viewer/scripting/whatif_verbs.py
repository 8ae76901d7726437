"""Commands of a script for What if: change the film, and read it again."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from engine import EngineError
from engine.inspection import Edit, parsed
from viewer.commanding.whatif_menu import turn
from viewer.kit.language import marked, told, tr
from viewer.scripting.verbs import ScriptError, Verb, either, number, plain, switched
from viewer.session.tries import VIEWS
from viewer.window import MainWindow

if TYPE_CHECKING:
    from viewer.session.tries import Tries


def _begin(window: MainWindow) -> "Tries":
    """What is tried, once the mode is on."""
    turn(window, on=True)
    return window.session.tries


def _whatif(window: MainWindow, arguments: tuple[str, ...]) -> None:
    turn(window, on=switched(arguments[0]))


def _opened(window: MainWindow) -> "Tries":
    if window.session.tries.opened is None:
        raise ScriptError(tr("no network is open on this film: show it in Inspect first."))
    return _begin(window)


def _edit(words: tuple[str, ...]) -> Edit:
    try:
        return parsed(words)
    except EngineError as error:
        raise ScriptError(told(error)) from None


def _rows(window: MainWindow, arguments: tuple[str, ...]) -> None:
    first, last, rest = arguments
    fill, _, more = rest.partition(" ")
    edit = _edit(("rows", first, last, fill, *([more] if more else [])))
    if edit.path is not None:
        edit = Edit("film", edit.first, edit.last, path=Path(edit.path).expanduser().absolute())
        if not window.session.inspection.lends(edit.path):
            raise ScriptError(tr("the answer to that film waits for your own call."))
    tries = _opened(window)
    if edit.first is None or edit.last is None or not 0 <= edit.first <= edit.last < tries.steps:
        raise ScriptError(tr("the film has steps 0 to {last}.", last=tries.steps - 1))
    tries.fill = edit
    tries.brush(edit.first, edit.last)


def _whole(kind: str, window: MainWindow, arguments: tuple[str, ...]) -> None:
    edit = _edit((kind, *arguments))
    _opened(window).change_whole(edit)


def _view(window: MainWindow, arguments: tuple[str, ...]) -> None:
    chosen = next((one for one in VIEWS if one == arguments[0]), None)
    if chosen is None:
        raise ScriptError(tr("it is {names}.", names=either(VIEWS)))
    _opened(window).show(chosen)


def _target(window: MainWindow, arguments: tuple[str, ...]) -> None:
    model, name = window.session.model, arguments[0]
    if model is None or name not in model.classes:
        known = either(model.classes) if model is not None else ""
        raise ScriptError(tr("“{name}” is no class; it is {names}.", name=name, names=known))
    _opened(window).aim(model.classes.index(name))


def _go_to(window: MainWindow, arguments: tuple[str, ...]) -> None:
    place = number(arguments[0])
    tries = _opened(window)
    if place not in range(len(tries.trail.tries)):
        raise ScriptError(tr("there are tries 0 to {last}.", last=len(tries.trail.tries) - 1))
    tries.go_to(int(place))


VERBS: Final = (
    Verb("whatif", "on|off", marked("change the film and read it again, or leave that"), _whatif),
    Verb(
        "whatif.rows",
        marked("FIRST LAST FILL"),
        marked(
            "brushed steps become mean, blurred, neighbour, mirror, noise SEED, value GREY or"
            " film PATH"
        ),
        _rows,
        rest=True,
    ),
    Verb(
        "whatif.shift",
        marked("ROWS COLUMNS"),
        marked("move the film down and right, in model rows and columns"),
        partial(_whole, "shift"),
        numbers=True,
    ),
    Verb(
        "whatif.rotate",
        marked("DEGREES"),
        marked("turn the film for the model"),
        partial(_whole, "rotate"),
        numbers=True,
    ),
    Verb(
        "whatif.invert",
        "",
        marked("exchange dark and bright for the model"),
        lambda window, _arguments: _whole("invert", window, ()),
    ),
    Verb(
        "whatif.window",
        marked("CENTRE WIDTH"),
        marked("another window on the model's 0 to 1"),
        partial(_whole, "window"),
        numbers=True,
    ),
    Verb("whatif.keep", "", marked("keep what is tried"), plain(lambda w: _opened(w).keep())),
    Verb("whatif.undo", "", marked("undo the last try"), plain(lambda w: _opened(w).undo())),
    Verb("whatif.redo", "", marked("redo the try"), plain(lambda w: _opened(w).redo())),
    Verb("whatif.try", marked("NUMBER"), marked("go back to a try"), _go_to, numbers=True),
    Verb("whatif.show", marked("VIEW"), marked("changed, as-read or both"), _view),
    Verb(
        "whatif.directions",
        "",
        marked("read the film in all four directions"),
        plain(lambda w: _opened(w).ask_directions()),
    ),
    Verb(
        "whatif.columns",
        "",
        marked("columns of the brushed rows"),
        plain(lambda w: _opened(w).ask_columns()),
    ),
    Verb("target", marked("CLASS"), marked("ask What if about another class"), _target, rest=True),
)
