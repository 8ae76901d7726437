"""Commands for the row that Inspect opens: typing its number, measuring its memory."""

from typing import TYPE_CHECKING

from viewer.commanding.menus import MAPS, Command
from viewer.kit.language import tr
from viewer.read.workspace import INSPECT

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Going to a step by its number, and measuring what a film's rows could do."""
    return (
        Command(MAPS, tr("Go to step…"), ("Ctrl+G",), lambda: ask_step(window), "step.ask"),
        Command(MAPS, tr("Measure the memory"), (), lambda: measure(window), "memory.measure"),
    )


def ask_step(window: "MainWindow") -> None:
    """Let the reader type the number of a step."""
    window.choose_workspace(INSPECT.name)
    window.inspect.steps.ask()


def measure(window: "MainWindow") -> None:
    """Replace the rows above each step and measure gradients, on the page of memory."""
    window.choose_workspace(INSPECT.name)
    window.inspect.dock.pages.turn_to("memory")
    window.inspect.widgets["memory"].measure()
