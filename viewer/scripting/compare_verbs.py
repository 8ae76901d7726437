"""Commands of a script for what Inspect compares with: a model, a film, no training."""

from pathlib import Path
from typing import Final

from viewer.inspect.compare_page import ComparePage
from viewer.kit.language import marked, tr
from viewer.scripting.inspect_verbs import in_inspect
from viewer.scripting.verbs import ScriptError, Verb, film_of
from viewer.session.comparisons import Opponent
from viewer.window import MainWindow


def compare_model(window: MainWindow, name: str) -> None:
    """Compare with a model of the list, given by name, title or folder.

    Raises:
        ScriptError: It is none of the list, or the one that reads.
    """
    page, wanted = _page(window), name.casefold()
    for model in page.comparisons.models():
        known = (model.name.casefold(), model.title.casefold(), str(model.path).casefold())
        if wanted in known or Path(name).absolute() == model.path:
            _compare(window, Opponent("models", model.path))
            return
    raise ScriptError(tr("no other model “{name}” is in the list; open it first.", name=name))


def _film(window: MainWindow, arguments: tuple[str, ...]) -> None:
    page, wanted = _page(window), Path(arguments[0]).absolute()
    known = {path.absolute(): path for path in window.session.films.paths}
    path = known.get(wanted, wanted)
    if not path.is_file():
        raise ScriptError(tr("there is no film {path}.", path=arguments[0]))
    page.comparisons.compare(None)
    _compare(window, Opponent("films", path))


def _compare(window: MainWindow, opponent: Opponent | None) -> None:
    page = _page(window)
    in_inspect(window)
    window.inspect.dock.pages.turn_to(page.code)
    page.comparisons.compare(opponent)


def _untrained(window: MainWindow, _arguments: tuple[str, ...]) -> None:
    _compare(window, Opponent("untrained"))


def _none(window: MainWindow, _arguments: tuple[str, ...]) -> None:
    _page(window).comparisons.compare(None)


def _page(window: MainWindow) -> ComparePage:
    film_of(window)
    page = window.inspect.panes[ComparePage.code]
    if not isinstance(page, ComparePage):
        raise TypeError(f"{page} is no page of comparisons")
    return page


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
        _untrained,
    ),
    Verb("compare.none", "", marked("compare with nothing any more"), _none),
)
