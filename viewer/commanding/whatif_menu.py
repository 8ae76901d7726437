"""The commands of What if, and how the window shows that a changed film is read."""

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from engine.inspection import Edit
from viewer.commanding.menus import MAPS, SEPARATOR, Command
from viewer.inspect.changed_strips import ChangedStrips
from viewer.inspect.trail import TriesTrail
from viewer.kit.language import marked, tr
from viewer.read.workspace import INSPECT

if TYPE_CHECKING:
    from viewer.session.choices import Question
    from viewer.window import MainWindow

HINTS = marked(
    "↑ ↓ row    Shift drag brush rows    Enter keep as try    Ctrl+Z undo    Esc leave what if"
    "    F1 all keys"
)


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Changing films, and what is asked of them."""
    tries = window.session.tries
    return (
        Command(
            MAPS,
            tr("&What if"),
            ("Ctrl+I",),
            partial(toggle, window),
            "whatif",
        ),
        Command(MAPS, tr("Keep as try"), (), tries.keep, "whatif.keep"),
        Command(MAPS, tr("Take a try back"), (), tries.undo, "whatif.undo"),
        Command(MAPS, tr("Have a try back"), (), tries.redo, "whatif.redo"),
        Command(
            MAPS,
            tr("Invert the changed film"),
            (),
            lambda: tries.change_whole(Edit("invert")),
            "whatif.invert",
        ),
        Command(
            MAPS, tr("Compare reading directions"), (), tries.ask_directions, "whatif.directions"
        ),
        Command(MAPS, tr("Columns of the brushed rows"), (), tries.ask_columns, "whatif.columns"),
        Command(MAPS, SEPARATOR, (), bool),
    )


def toggle(window: "MainWindow") -> None:
    """Begin to try in Inspect, or go back to the film as read."""
    turn(window, on=not window.session.tries.on)


def turn(window: "MainWindow", *, on: bool) -> None:
    """The same, either way."""
    if on:
        window.choose_workspace(INSPECT.name)
    window.session.tries.turn(on=on)


def join_tries(window: "MainWindow") -> None:
    """Let list, strips, pages, map and toolbar follow What if."""
    session, tries = window.session, window.session.tries
    strips = ChangedStrips(session, window.strips, window)
    window.panes.rows_moved.connect(strips.follow_rows)
    window.film.tell()
    trail = TriesTrail(session)
    window.inspect.left.add("tries", "", trail)
    asked: list[Question] = []

    def follow(on: bool) -> None:  # noqa: FBT001 - a Qt slot
        window.toolbar.check("whatif", on=on)
        window.inspect.left.turn_to("tries" if on else "films")
        window.inspect.side.pages.turn_to("whatif" if on else "reading")
        window.show_hints(tr(HINTS) if on else "")
        if on:
            asked[:] = [session.choice.question]
            session.choose_map(replace(session.choice, question="none"))
        elif asked:
            session.choose_map(replace(session.choice, question=asked.pop()))

    def tell() -> None:
        if tries.on and tries.found is not None and tries.draft:
            words = tr(
                "What if: {steps} steps read again in {seconds} s",
                steps=tries.steps,
                seconds=f"{tries.seconds:.3f}",
            )
            window.status.setText(words)

    tries.turned.connect(follow)
    tries.changed.connect(tell)
