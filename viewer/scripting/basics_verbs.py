"""The commands of a script that are as old as scripts: films, models, maps, the view."""

from dataclasses import replace
from pathlib import Path
from typing import Final, get_args

from viewer.commanding.messages_dialog import show_messages
from viewer.film.tools import TOOLS
from viewer.kit import theme
from viewer.kit.language import marked, tr
from viewer.scripting.verbs import ScriptError, Verb, either, film_of, number, plain
from viewer.session.choices import BASELINES, MapChoice, Question
from viewer.window import MainWindow


def _wait(_window: MainWindow, arguments: tuple[str, ...]) -> int:
    return round(1000 * max(number(arguments[0]), 0.0))


def _open(window: MainWindow, arguments: tuple[str, ...]) -> None:
    window.session.open((Path(arguments[0]),))


def _frame(window: MainWindow, arguments: tuple[str, ...]) -> None:
    film = film_of(window)
    stack, place = window.session.pointer.viewport.stack, int(number(arguments[0]))
    count = len(stack) if stack is not None else film.frame.image.frame_count
    if not 1 <= place <= count:
        name = film.frame.image.path.name
        raise ScriptError(tr("{name} has %n frames.", "", n=count, name=name))
    window.session.go_to_frame(place - 1)


def _model(window: MainWindow, arguments: tuple[str, ...]) -> None:
    models = window.session.models
    known = [model for model in models.all if model.name == arguments[0]]
    if known:
        window.session.models.choose(known[0].path)
    else:
        models.open(arguments[0])


def _map(window: MainWindow, arguments: tuple[str, ...]) -> None:
    session = window.session
    questions: dict[str, Question] = {name: name for name in get_args(Question)}
    if arguments[0] not in questions:
        raise ScriptError(tr("a map is influence, state or none."))
    strength, baseline = session.choice.strength, session.choice.baseline
    session.choose_map(MapChoice(questions[arguments[0]], strength=strength, baseline=baseline))


def _baseline(window: MainWindow, arguments: tuple[str, ...]) -> None:
    session = window.session
    kind = next((one for one in BASELINES if one == arguments[0]), None)
    if kind is None:
        raise ScriptError(tr("a baseline is mean, midway, blank or blurred."))
    session.choose_map(replace(session.choice, baseline=kind))


def _theme(window: MainWindow, arguments: tuple[str, ...]) -> None:
    if arguments[0] not in theme.THEMES:
        raise ScriptError(tr("a theme is dark or light."))
    window.wear(arguments[0])


def _tool(window: MainWindow, arguments: tuple[str, ...]) -> None:
    if arguments[0] not in {tool.code for tool in TOOLS}:
        raise ScriptError(tr("a tool is {names}.", names=either(tool.code for tool in TOOLS)))
    window.choose_tool(arguments[0])


VERBS: Final = (
    Verb("wait", marked("SECONDS"), marked("let time pass"), _wait, numbers=True, waits=False),
    Verb(
        "open",
        marked("PATH"),
        marked("open a file, a folder or a model; read it anew if it is open"),
        _open,
    ),
    Verb("frame", marked("NUMBER"), marked("show a frame, counted from 1"), _frame, numbers=True),
    Verb(
        "next",
        "",
        marked("show the next film of the list"),
        plain(lambda w: w.session.step_film(1)),
    ),
    Verb("previous", "", marked("show the film before"), plain(lambda w: w.session.step_film(-1))),
    Verb(
        "cancel",
        "",
        marked("stay with the film that is shown"),
        plain(lambda w: w.session.cancel()),
        waits=False,
    ),
    Verb("model", marked("NAME"), marked("read with a model, by name or folder"), _model),
    Verb(
        "suggested",
        "",
        marked("read with the model that fits the film"),
        plain(lambda w: w.session.analyses.choose_suggested()),
    ),
    Verb("map", "influence|state|none", marked("lay a map over the film, or none"), _map),
    Verb(
        "baseline",
        "mean|midway|blank|blurred",
        marked("let Influence start from another film"),
        _baseline,
    ),
    Verb(
        "row",
        marked("NUMBER"),
        marked("put the row cursor on a stored row"),
        lambda w, a: w.session.move_to_row(number(a[0])),
        numbers=True,
    ),
    Verb(
        "tool",
        "|".join(tool.code for tool in TOOLS),
        marked("take another tool into the hand"),
        _tool,
    ),
    Verb(
        "undo", "", marked("take the last gesture back"), plain(lambda w: w.session.panes.undo())
    ),
    Verb("redo", "", marked("do it again"), plain(lambda w: w.session.panes.redo())),
    Verb("invert", "", marked("swap black and white"), plain(lambda w: w.toggle_invert())),
    Verb("fit", "", marked("show the whole film"), plain(lambda w: w.film.fit())),
    Verb(
        "reset",
        "",
        marked("show the film as when it was opened"),
        plain(lambda w: w.reset_view()),
    ),
    Verb(
        "zoom",
        marked("SCALE"),
        marked("screen pixels for each stored pixel"),
        lambda w, a: w.film.zoom_to(number(a[0])),
        numbers=True,
    ),
    Verb(
        "text",
        "",
        marked("all text on the film, the least, none"),
        plain(lambda w: w.next_text_level()),
    ),
    Verb("theme", "dark|light", marked("show the window in other colours"), _theme),
    Verb("messages", "", marked("list what was said so far"), plain(show_messages)),
    Verb("studies", "", marked("show or hide the worklist"), plain(lambda w: w.toggle_studies())),
)
