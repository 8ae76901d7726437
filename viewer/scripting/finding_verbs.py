"""Commands of a script for finding states: stretches of rows, the index, the plane of states."""

from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from viewer.kit.language import marked, tr
from viewer.scripting.inspect_verbs import in_inspect
from viewer.scripting.verbs import ScriptError, Verb, either, film_of, number, place_of
from viewer.session.row_plane import COLOURINGS, PROJECTIONS
from viewer.window import MainWindow

if TYPE_CHECKING:
    from viewer.session.searching import Searching


def _shown(window: MainWindow) -> "Searching":
    """What looks for states, on screen, with a film that a network is or will be opened on.

    Raises:
        ScriptError: There is none.
    """
    in_inspect(window)
    window.inspect.dock.pages.turn_to("find")
    searching = window.session.searching
    film_of(window)
    return searching


def _indexed(window: MainWindow) -> "Searching":
    """The same with an index.

    Raises:
        ScriptError: There is none.
    """
    searching = _shown(window)
    if searching.index is None:
        raise ScriptError(tr("there is no index of this model’s states."))
    return searching


def _find(window: MainWindow, arguments: tuple[str, ...]) -> None:
    searching = _shown(window)
    if arguments == ("none",):
        searching.release()
        return
    if len(arguments) > 2:
        raise ScriptError(tr("a stretch is its first and its last step."))
    rows = [round(number(one)) for one in arguments]
    searching.brush(rows[0], rows[-1])


def _index(window: MainWindow, arguments: tuple[str, ...]) -> None:
    _shown(window).open_index(Path(arguments[0]).expanduser())


def _index_list(window: MainWindow, _arguments: tuple[str, ...]) -> None:
    searching = _shown(window)
    if not searching.index_list():
        raise ScriptError(tr("an index needs a model and two films in the list, or more."))


def _projection(window: MainWindow, arguments: tuple[str, ...]) -> None:
    kind = next((one for one in PROJECTIONS if one == arguments[0]), None)
    if kind is None:
        raise ScriptError(tr("a projection is {names}.", names=either(PROJECTIONS)))
    _indexed(window).plane.choose_projection(kind)


def _colour(window: MainWindow, arguments: tuple[str, ...]) -> None:
    colouring = next((one for one in COLOURINGS if one == arguments[0]), None)
    if colouring is None:
        raise ScriptError(tr("colours are by {names}.", names=either(COLOURINGS)))
    _indexed(window).plane.choose_colouring(colouring)


def _lasso(window: MainWindow, arguments: tuple[str, ...]) -> None:
    searching = _indexed(window)
    if arguments == ("none",):
        searching.plane.lasso(None)
        return
    wrong = tr("a place in the plane is X,Y.")
    corners = np.array([place_of(one, wrong) for one in arguments])
    if len(corners) < 3:
        raise ScriptError(tr("a lasso has three corners or more."))
    searching.plane.lasso(corners)


def _match(window: MainWindow, arguments: tuple[str, ...]) -> None:
    shown, place = _indexed(window).shown, round(number(arguments[0]))
    if not 1 <= place <= len(shown):
        raise ScriptError(tr("%n films are listed.", "", n=len(shown)))
    window.session.searching.open_found(shown[place - 1])


VERBS: Final = (
    Verb(
        "find",
        marked("STEP …"),
        marked("find a stretch elsewhere, by its first and last step; “none” follows the cursor"),
        _find,
    ),
    Verb(
        "match",
        marked("NUMBER"),
        marked("open a film that was found, from 1"),
        _match,
        numbers=True,
    ),
    Verb("index", marked("FOLDER"), marked("open an index of states"), _index, rest=True),
    Verb("index.list", "", marked("index the films of the list"), _index_list),
    Verb("projection", "pca|umap", marked("lay row states out in another plane"), _projection),
    Verb("projection.colour", "row|class|film", marked("colour row states"), _colour),
    Verb("lasso", marked("X,Y …"), marked("list the films inside a line in the plane"), _lasso),
)
