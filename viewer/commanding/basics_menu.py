"""The commands that are as old as the window: films, the view, tools, maps."""

from functools import partial
from typing import TYPE_CHECKING

from viewer.commanding.menus import FILE, MAPS, MEASURE, SEPARATOR, VIEW, Command
from viewer.film.tools import TOOLS
from viewer.kit import theme
from viewer.kit.language import tr
from viewer.session.choices import (
    Message,
    Question,
    laid,
    next_baseline,
    next_layer,
    other_quantity,
    toggled,
)

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Films, the view, tools and maps."""
    return (*_file(window), *_view(window), *_tools(window), *_maps(window))


def _file(window: "MainWindow") -> tuple[Command, ...]:
    opening = window.opening
    return (
        Command(FILE, tr("&Open films…"), ("Ctrl+O",), opening.ask_for_films, "open"),
        Command(
            FILE, tr("Open a &folder…"), ("Ctrl+Shift+O",), opening.ask_for_folder, "open.folder"
        ),
        Command(
            FILE, tr("Open a &model…"), ("Ctrl+Shift+M",), opening.ask_for_model, "open.model"
        ),
    )


def _view(window: "MainWindow") -> tuple[Command, ...]:
    session = window.session
    return (
        Command(VIEW, tr("&Next film"), ("Right",), lambda: session.step_film(1), "next"),
        Command(VIEW, tr("&Previous film"), ("Left",), lambda: session.step_film(-1), "previous"),
        Command(VIEW, SEPARATOR, (), bool),
        Command(VIEW, tr("&Fit"), ("F",), window.fit_film, "fit"),
        Command(VIEW, tr("Zoom in"), ("+", "="), lambda: window.film.zoom_by(1.25), "zoom.in"),
        Command(VIEW, tr("Zoom out"), ("-",), lambda: window.film.zoom_by(0.8), "zoom.out"),
        Command(VIEW, tr("&Invert grey levels"), ("N",), window.toggle_invert, "invert"),
        Command(
            VIEW,
            tr("&Text on the film"),
            ("Space",),
            window.next_text_level,
            "text",
            short=tr("Text"),
        ),
        Command(VIEW, tr("&Worklist"), ("Ctrl+B",), window.toggle_studies, "studies"),
        Command(VIEW, tr("&Reset the view"), ("Ctrl+R",), window.reset_view, "reset"),
        Command(
            VIEW, tr("&Light or dark colours"), (), lambda: window.wear(theme.next_name()), "theme"
        ),
    )


def _tools(window: "MainWindow") -> tuple[Command, ...]:
    return (
        *(
            Command(
                MEASURE,
                tr(tool.entry),
                (tool.key,),
                partial(window.choose_tool, tool.code),
                f"tool.{tool.code}",
            )
            for tool in TOOLS
        ),
        Command(MEASURE, SEPARATOR, (), bool),
        Command(MEASURE, tr("&Undo"), ("Ctrl+Z",), partial(_undo, window), "undo"),
        Command(MEASURE, tr("R&edo"), ("Ctrl+Shift+Z",), partial(_redo, window), "redo"),
    )


def _undo(window: "MainWindow") -> None:
    """Take back a try while films are changed, and what was done to the view otherwise."""
    session = window.session
    (session.tries if session.tries.on else session.panes).undo()


def _redo(window: "MainWindow") -> None:
    session = window.session
    (session.tries if session.tries.on else session.panes).redo()


def _maps(window: "MainWindow") -> tuple[Command, ...]:
    session = window.session

    def lay(question: Question, *, memory: bool = False) -> None:
        choice = session.choice
        shown = choice.question == question and choice.memory == memory
        session.choose_map(
            toggled(choice, question) if shown else laid(choice, question, memory=memory)
        )

    def switch() -> None:
        if session.choice.shown == "h":
            session.choose_map(other_quantity(session.choice))
        else:
            words = tr("Training means are stored of the hidden state alone: no deviation of this")
            session.message.emit(Message(words))

    def start_elsewhere() -> None:
        session.choose_map(next_baseline(session.choice, session.model))

    def descend() -> None:
        if (model := session.model) is not None:
            session.choose_map(next_layer(session.choice, model.layers, model.directions))

    return (
        Command(MAPS, tr("&Bare film"), (), lambda: lay("none"), "map.none"),
        Command(MAPS, tr("&Influence map"), ("I",), lambda: lay("influence"), "map.influence"),
        Command(MAPS, tr("&State map"), ("S",), lambda: lay("state"), "map.state"),
        Command(MAPS, tr("Memo&ry map"), (), lambda: lay("state", memory=True), "map.memory"),
        Command(MAPS, SEPARATOR, (), bool),
        Command(
            MAPS, tr("&Next baseline of Influence"), ("Shift+I",), start_elsewhere, "baseline"
        ),
        Command(MAPS, tr("&Deviation or raw state"), ("D",), switch, "quantity"),
        Command(MAPS, tr("Next &layer"), ("L",), descend, "layer"),
        Command(MAPS, tr("&All units"), ("U",), lambda: window.choose_units(()), "units.all"),
        Command(MAPS, SEPARATOR, (), bool),
        Command(MAPS, tr("Step up"), ("Up",), lambda: session.step_row(-1), "row.up"),
        Command(MAPS, tr("Step down"), ("Down",), lambda: session.step_row(1), "row.down"),
        Command(
            MAPS, tr("Ten steps up"), ("Shift+Up",), lambda: session.step_row(-10), "row.up-ten"
        ),
        Command(
            MAPS,
            tr("Ten steps down"),
            ("Shift+Down",),
            lambda: session.step_row(10),
            "row.down-ten",
        ),
        Command(
            MAPS, tr("First step"), ("Ctrl+Home",), lambda: session.step_row(-99_999), "row.first"
        ),
        Command(
            MAPS, tr("Last step"), ("Ctrl+End",), lambda: session.step_row(99_999), "row.last"
        ),
        Command(MAPS, SEPARATOR, (), bool),
        Command(MAPS, tr("Next &model"), ("Ctrl+M",), session.models.choose_next, "model.next"),
    )
