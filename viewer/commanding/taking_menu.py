"""The commands by which what Inspect shows is taken away: files, Python, a notebook."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from viewer.commanding.menus import MAPS, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtCore import QPoint
    from PySide6.QtWidgets import QWidget

    from viewer.kit.taken import Taken
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """One dialog for everything that a pane gives away."""
    return (Command(MAPS, tr("Take away…"), ("Ctrl+Shift+E",), partial(ask, window), "take.away"),)


def ask(window: "MainWindow") -> None:
    """Ask which pane, and in which form."""
    from viewer.commanding import taking_dialog  # noqa: PLC0415 - not before it is asked for

    taking_dialog.ask_taking(window)


def panes_of(
    window: "MainWindow",
) -> "Mapping[str, tuple[QWidget, Callable[[], Taken | None]]]":
    """Every pane that gives something away, by the code that scripts call it with."""
    from viewer.export import strips_taken  # noqa: PLC0415 - not before it is asked for

    session, strips = window.session, window.strips
    film = {
        "map": (window.film, partial(strips_taken.map_of, session)),
        "influence": (strips.influence, partial(strips_taken.influence_of, session)),
        "answer": (strips.answer, partial(strips_taken.answer_of, session)),
        "states": (strips.states, partial(strips_taken.states_of, session)),
    }
    panes = {code: (pane, pane.taken) for code, pane in window.inspect.widgets.items()}
    return film | panes | _pages_of_model(window)


def _pages_of_model(
    window: "MainWindow",
) -> "dict[str, tuple[QWidget, Callable[[], Taken | None]]]":
    """The pages of the model's window, where it is open and shows the model that reads."""
    from viewer.commanding.model_dialog import model_window  # noqa: PLC0415 - weights are read there

    shown = model_window(window)
    if shown is None or shown.model != window.session.model:
        return {}
    return {f"model.{page.code}": (page, page.taken) for page in shown.with_numbers}


def join_taking(window: "MainWindow") -> None:
    """The right button over a pane of Inspect offers what it gives away."""
    offered: dict[str, QWidget] = {
        "influence": window.strips.influence,
        "answer": window.strips.answer,
        "states": window.strips.states,
    }
    for code, widget in (offered | window.inspect.widgets).items():
        join_pane(window, code, widget)


def join_pane(window: "MainWindow", code: str, widget: "QWidget") -> None:
    """The right button over one pane offers what it gives away."""
    widget.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
    widget.customContextMenuRequested.connect(partial(_offer, window, code, widget))


def _offer(window: "MainWindow", code: str, widget: "QWidget", at: "QPoint") -> None:
    from viewer.commanding import taking_dialog  # noqa: PLC0415 - not before it is asked for

    taking_dialog.offer(window, code, widget, at)
