"""The commands of a script for panes, links between them, and workspaces."""

import re
from typing import Final

from viewer.kit.language import marked, tr
from viewer.read.workspace import WORKSPACES
from viewer.scripting.compare_verbs import compare_model
from viewer.scripting.verbs import ScriptError, Verb, either, number, plain
from viewer.session.linking import LINKS, Linked
from viewer.window import MainWindow

MOST: Final = 3  # rows and columns


def _layout(window: MainWindow, arguments: tuple[str, ...]) -> None:
    found = re.fullmatch(r"(\d)x(\d)", arguments[0].lower())
    shape = tuple(map(int, found.groups())) if found else (0, 0)
    if not all(1 <= side <= MOST for side in shape):
        raise ScriptError(tr("a layout is rows x columns, from 1x1 to 3x3."))
    window.board.arrange(*shape)


def _pane(window: MainWindow, arguments: tuple[str, ...]) -> None:
    window.session.panes.activate(_place(window, arguments[0]))


def _place(window: MainWindow, text: str) -> int:
    """The place, from 0, of a pane that is counted from 1."""
    count, wanted = len(window.session.panes.all), number(text)
    if wanted not in range(1, count + 1):
        raise ScriptError(tr("there are %n panes.", "", n=count))
    return int(wanted) - 1


def _show(window: MainWindow, arguments: tuple[str, ...]) -> None:
    keys = window.board.keys
    wanted = number(arguments[0])
    if wanted not in range(1, len(keys) + 1):
        raise ScriptError(tr("there are %n series in the list.", "", n=len(keys)))
    window.board.show(keys[int(wanted) - 1], _place(window, arguments[1]))


def _link(window: MainWindow, arguments: tuple[str, ...]) -> None:
    wanted = arguments[0]
    links = window.board.links
    names: dict[str, Linked] = {name: name for name in LINKS}
    if wanted in names:
        links.toggle(names[wanted])
    elif wanted in {"all", "none"}:
        links.choose(frozenset(LINKS) if wanted == "all" else frozenset())
    else:
        raise ScriptError(tr("a link is {names}.", names=either((*LINKS, "all", "none"))))


def _workspace(window: MainWindow, arguments: tuple[str, ...]) -> None:
    if arguments[0] not in WORKSPACES:
        raise ScriptError(tr("a workspace is read or inspect."))
    window.choose_workspace(arguments[0])


def _compare(window: MainWindow, arguments: tuple[str, ...]) -> None:
    if arguments:
        compare_model(window, " ".join(arguments))
        return
    why = window.board.compare()
    if why:
        raise ScriptError(why)


def _swap(window: MainWindow, _arguments: tuple[str, ...]) -> None:
    if not window.board.swap():
        raise ScriptError(tr("there is only one pane."))


def _hang(window: MainWindow, arguments: tuple[str, ...]) -> None:
    names = window.board.rules
    if arguments[0] not in names:
        raise ScriptError(tr("a hanging rule is {names}.", names=either(names)))
    window.board.hang(arguments[0])


VERBS: Final = (
    Verb("layout", marked("ROWSxCOLUMNS"), marked("show so many panes"), _layout),
    Verb("pane", marked("NUMBER"), marked("make a pane the active one"), _pane, numbers=True),
    Verb(
        "pane.only",
        "",
        marked("show the active pane alone, or all of them again"),
        plain(lambda w: w.panes.show_alone()),
    ),
    Verb(
        "pane.next", "", marked("make the next pane active"), plain(lambda w: w.panes.show_next())
    ),
    Verb(
        "show",
        marked("NUMBER PANE"),
        marked("show a series of the list in a pane, both counted from 1"),
        _show,
        numbers=True,
    ),
    Verb(
        "compare",
        marked("[MODEL]"),
        marked(
            "show the last prior of the same kind beside the film; with a model: compare it in"
            " Inspect with the one that reads"
        ),
        _compare,
    ),
    Verb("swap", "", marked("exchange the first two panes"), _swap),
    Verb(
        "link",
        "scroll|window|zoom|pan|all|none",
        marked("link the panes in this, or no more"),
        _link,
    ),
    Verb(
        "reference-lines",
        "",
        marked("show or hide where films of other panes cut a film"),
        plain(lambda w: w.board.toggle_lines()),
    ),
    Verb("workspace", "read|inspect", marked("show another workspace"), _workspace),
    Verb("hang", marked("NAME"), marked("lay the films out by a hanging rule"), _hang),
)
