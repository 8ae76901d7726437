"""All commands of the window with their words and keys."""

from functools import partial
from typing import TYPE_CHECKING

from viewer.actions import SEPARATOR, Command
from viewer.choices import Question, next_baseline, next_layer, other_quantity, toggled
from viewer.dialogs import show_about, show_keys
from viewer.panes.film_tools import TOOLS

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands_of(window: "MainWindow") -> tuple[Command, ...]:
    """The menus of a window, in order."""
    return (
        *_file(window),
        *_view(window),
        *_tools(window),
        *_maps(window),
        *_help(window),
    )


def _file(window: "MainWindow") -> tuple[Command, ...]:
    opening = window.opening
    return (
        Command("&File", "&Open films…", ("Ctrl+O",), opening.ask_for_films),
        Command("&File", "Open a &folder…", ("Ctrl+Shift+O",), opening.ask_for_folder),
        Command("&File", "Open a &model…", ("Ctrl+Shift+M",), opening.ask_for_model),
        Command("&File", SEPARATOR, (), bool),
        Command("&File", "&Quit", ("Ctrl+Q",), window.close),
    )


def _view(window: "MainWindow") -> tuple[Command, ...]:
    film, session = window.film, window.session
    return (
        Command("&View", "&Next film", ("Right",), lambda: session.step_film(1)),
        Command("&View", "&Previous film", ("Left",), lambda: session.step_film(-1)),
        Command("&View", "Next frame", ("PgDown",), lambda: session.step_frame(1)),
        Command("&View", "Previous frame", ("PgUp",), lambda: session.step_frame(-1)),
        Command("&View", SEPARATOR, (), bool),
        Command("&View", "&Fit", ("F",), film.fit),
        Command("&View", "Zoom in", ("+", "="), lambda: film.zoom_by(1.25)),
        Command("&View", "Zoom out", ("-",), lambda: film.zoom_by(0.8)),
        Command("&View", "&Invert grey levels", ("N",), window.toggle_invert),
        Command("&View", "&Text on the film", ("Space",), window.next_text_level),
        Command("&View", "&Study list", ("Ctrl+B",), window.toggle_studies),
        Command("&View", "&Reset the view", ("Ctrl+R",), window.reset_view),
        Command("&View", SEPARATOR, (), bool),
        *(_window_preset(window, place) for place in range(4)),
    )


def _window_preset(window: "MainWindow", place: int) -> Command:
    key = str(place + 1)
    return Command("&View", f"Window {key}", (key,), lambda: window.choose_voi(place))


def _tools(window: "MainWindow") -> tuple[Command, ...]:
    return (
        *(
            Command("&Tools", tool.entry, (tool.key,), partial(window.choose_tool, tool.code))
            for tool in TOOLS
        ),
        Command("&Tools", SEPARATOR, (), bool),
        Command("&Tools", "&Undo", ("Ctrl+Z",), window.session.panes.undo),
        Command("&Tools", "R&edo", ("Ctrl+Shift+Z",), window.session.panes.redo),
    )


def _maps(window: "MainWindow") -> tuple[Command, ...]:
    session = window.session

    def lay(question: Question) -> None:
        session.choose_map(toggled(session.choice, question))

    def switch() -> None:
        session.choose_map(other_quantity(session.choice))

    def start_elsewhere() -> None:
        session.choose_map(next_baseline(session.choice))

    def descend() -> None:
        if (model := session.model) is not None:
            session.choose_map(next_layer(session.choice, model.layers, model.directions))

    return (
        Command("&Maps", "&Bare film", ("B",), lambda: lay("none")),
        Command("&Maps", "&Influence map", ("I",), lambda: lay("influence")),
        Command("&Maps", "&State map", ("S",), lambda: lay("state")),
        Command("&Maps", SEPARATOR, (), bool),
        Command("&Maps", "&Next baseline of Influence", ("Shift+I",), start_elsewhere),
        Command("&Maps", "&Deviation or raw state", ("D",), switch),
        Command("&Maps", "Next &layer", ("L",), descend),
        Command("&Maps", "&All units", ("U",), lambda: window.choose_units(())),
        Command("&Maps", SEPARATOR, (), bool),
        Command("&Maps", "Step up", ("Up",), lambda: session.step_row(-1)),
        Command("&Maps", "Step down", ("Down",), lambda: session.step_row(1)),
        Command("&Maps", "Ten steps up", ("Shift+Up",), lambda: session.step_row(-10)),
        Command("&Maps", "Ten steps down", ("Shift+Down",), lambda: session.step_row(10)),
        Command("&Maps", "First step", ("Home",), lambda: session.step_row(-99_999)),
        Command("&Maps", "Last step", ("End",), lambda: session.step_row(99_999)),
        Command("&Maps", SEPARATOR, (), bool),
        Command("&Maps", "Next &model", ("Ctrl+M",), session.models.choose_next),
    )


def _help(window: "MainWindow") -> tuple[Command, ...]:
    return (
        Command("&Help", "All &keys", ("F1",), lambda: show_keys(window, commands_of(window))),
        Command("&Help", "About &Rowscope", (), lambda: show_about(window)),
    )
