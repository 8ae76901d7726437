"""Commands for grey levels, and for what lies over a film by its file."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from viewer.commanding.menus import SEPARATOR, VIEW, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from engine.types import WindowKind
    from viewer.session.pointer import Pointer
    from viewer.window import MainWindow

_NUMBERED = 9  # windows that have a key


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Windows by number, overlay planes, shutter, presentation states."""
    return (*(_numbered(window, place) for place in range(_NUMBERED)), *_named(window))


def _named(window: "MainWindow") -> tuple[Command, ...]:
    def to_layers(change: Callable[["Pointer"], None]) -> Callable[[], None]:
        return lambda: change(window.session.pointer)

    auto, full = (partial(_computed, window, kind) for kind in ("auto", "full range"))
    following = to_layers(next_presentation)
    return (
        Command(VIEW, tr("&Automatic window"), ("0",), auto, "window.auto"),
        Command(VIEW, tr("Window of the full ran&ge"), (), full, "window.full"),
        Command(VIEW, SEPARATOR, (), bool),
        Command(VIEW, tr("&Overlays of the file"), ("O",), to_layers(toggle_overlays), "overlay"),
        Command(
            VIEW,
            tr("Next overlay &colour"),
            ("Shift+O",),
            to_layers(next_colour),
            "overlay.colour",
        ),
        Command(
            VIEW, tr("S&hutter of the file"), ("Shift+H",), to_layers(toggle_shutter), "shutter"
        ),
        Command(
            VIEW,
            tr("Next &presentation, or as stored"),
            ("Shift+P",),
            following,
            "presentation.next",
        ),
    )


def _numbered(window: "MainWindow", place: int) -> Command:
    key = str(place + 1)
    run = partial(window.choose_voi, place)
    return Command(VIEW, tr("Window {number}", number=key), (key,), run, f"window.{key}")


def _computed(window: "MainWindow", kind: "WindowKind") -> None:
    place = window.session.pointer.viewport.window.computed(kind)
    if place is not None:
        window.choose_voi(place)


def toggle_overlays(pointer: "Pointer") -> None:
    """Show or hide overlay planes, and what presentation states draw."""
    layers = pointer.viewport.layers
    pointer.choose_layers(replace(layers, overlays=not layers.overlays))


def next_colour(pointer: "Pointer") -> None:
    """Draw overlay planes in another colour."""
    layers = pointer.viewport.layers
    pointer.choose_layers(replace(layers, colour=layers.colour + 1))


def toggle_shutter(pointer: "Pointer") -> None:
    """Close or open the shutter."""
    layers = pointer.viewport.layers
    pointer.choose_layers(replace(layers, shutter=not layers.shutter))


def next_presentation(pointer: "Pointer") -> None:
    """Show the film by the next presentation state, and after the last one as it is stored."""
    layers = pointer.viewport.layers
    pointer.choose_layers(
        replace(layers, number=(layers.number + 1) % (len(layers.presentations) + 1))
    )
