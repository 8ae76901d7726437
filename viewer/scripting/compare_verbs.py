"""Commands of a script for what Inspect compares with: a model, a film, no training."""

from pathlib import Path
from typing import Final

from viewer.commanding.compare_menu import compare, leave, page_of
from viewer.kit.language import marked, tr
from viewer.scripting.verbs import ScriptError, Verb, film_of, plain
from viewer.session.comparisons import Opponent
from viewer.window import MainWindow


def compare_model(window: MainWindow, name: str) -> None:
    """Compare with a model of the list, given by name, title or folder.

    Raises:
        ScriptError: It is none of the list, or the one that reads.
    """
    film_of(window)
    wanted, folder = name.casefold(), Path(name).absolute()
    for model in page_of(window).comparisons.models():
        known = (model.name.casefold(), model.title.casefold(), str(model.path).casefold())
        if wanted in known or folder == model.path:
            compare(window, Opponent("models", model.path))
            return
    raise ScriptError(tr("no other model “{name}” is in the list; open it first.", name=name))


def _film(window: MainWindow, arguments: tuple[str, ...]) -> None:
    film_of(window)
    wanted = Path(arguments[0]).absolute()
    known = {path.absolute(): path for path in window.session.films.paths}
    path = known.get(wanted, wanted)
    if path not in window.session.films.paths and not path.is_file():
        raise ScriptError(tr("there is no film {path}.", path=arguments[0]))
    compare(window, Opponent("films", path))


def _untrained(window: MainWindow) -> None:
    film_of(window)
    compare(window, Opponent("untrained"))


VERBS: Final = (
    Verb(
        "compare.film",
        marked("PATH"),
        marked("show in Inspect what the model makes of another film, beside this one"),
        _film,
        rest=True,
    ),
    Verb(
        "compare.untrained",
        "",
        marked("compare in Inspect with the same network before any training"),
        plain(_untrained),
    ),
    Verb("compare.none", "", marked("stop comparing in Inspect"), plain(leave)),
)
