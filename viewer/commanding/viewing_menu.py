"""Commands for how a film lies in its pane (turned, mirrored, enlarged), and for its tags."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from viewer.commanding.menus import SEPARATOR, VIEW, Command
from viewer.kit.language import tr
from viewer.session.choices import Message

if TYPE_CHECKING:
    from viewer.session.viewport import Turn
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Turns, mirrors, sizes and single pixels."""
    change = partial(_turner, window)
    return (
        Command(VIEW, tr("Rotate right"), ("R",), change(_right), "rotate.right"),
        Command(VIEW, tr("Rotate left"), ("Shift+R",), change(_left), "rotate.left"),
        Command(VIEW, tr("Mirror left and right"), ("H",), change(_across), "flip.horizontal"),
        Command(VIEW, tr("Mirror top and bottom"), ("V",), change(_down), "flip.vertical"),
        Command(VIEW, SEPARATOR, (), bool),
        Command(
            VIEW, tr("One pixel for one"), ("Shift+F",), partial(actual, window), "zoom.actual"
        ),
        Command(
            VIEW, tr("True size"), ("Ctrl+Shift+F",), partial(_tell_true, window), "zoom.true"
        ),
        Command(VIEW, tr("Smooth or single pixels"), (), partial(toggle_smooth, window), "smooth"),
        Command(VIEW, SEPARATOR, (), bool),
        Command(VIEW, tr("Ta&gs of the file"), ("T",), partial(ask_tags, window), "tags"),
    )


def turn(window: "MainWindow", change: "Callable[[Turn], Turn]") -> None:
    """Let the film of the active pane lie another way."""
    pointer = window.session.pointer
    pointer.turn(change(pointer.viewport.turn))


def actual(window: "MainWindow") -> None:
    """Show one stored pixel on each pixel of the screen."""
    window.film.zoom_to(1.0)


def toggle_smooth(window: "MainWindow") -> None:
    """Let enlarged pixels run into each other, or show each as one square."""
    pointer = window.session.pointer
    pointer.smoothen(smooth=not pointer.viewport.smooth)


def ask_tags(window: "MainWindow") -> None:
    """Show what stands in the header of the film of the active pane."""
    from viewer.commanding import tags_dialog  # noqa: PLC0415 - not before it is asked for

    film = window.session.film
    if film is None:
        window.messages.show_message(Message(tr("No film is open."), "warning"))
    else:
        tags_dialog.show_tags(window, film.frame.image.path)


def _turner(window: "MainWindow", change: "Callable[[Turn], Turn]") -> Callable[[], None]:
    return lambda: turn(window, change)


def _right(lies: "Turn") -> "Turn":
    return lies.rotated(1)


def _left(lies: "Turn") -> "Turn":
    return lies.rotated(-1)


def _across(lies: "Turn") -> "Turn":
    return lies.mirrored_across()


def _down(lies: "Turn") -> "Turn":
    return lies.mirrored_down()


def _tell_true(window: "MainWindow") -> None:
    """Show a centimetre as a centimetre, or say why that cannot be done."""
    reason = window.film.zoom_true() if window.session.film is not None else ""
    if reason:
        window.messages.show_message(Message(tr(reason), "warning"))
