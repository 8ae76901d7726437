"""Commands for grey levels, and for what lies over a film by its file."""

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
    session = window.session
    return (
        *(_numbered(window, place) for place in range(_NUMBERED)),
        Command(
            VIEW, tr("&Automatic window"), ("A",), lambda: _computed(window, "auto"), "window.auto"
        ),
        Command(
            VIEW,
            tr("Window of the full ran&ge"),
            (),
            lambda: _computed(window, "full range"),
            "window.full",
        ),
        Command(VIEW, SEPARATOR, (), bool),
        Command(
            VIEW,
            tr("&Overlays of the file"),
            ("O",),
            lambda: toggle_overlays(session.pointer),
            "overlay",
        ),
        Command(
            VIEW,
            tr("Next &colour of overlays"),
            ("Shift+O",),
            lambda: next_colour(session.pointer),
            "overlay.colour",
        ),
        Command(
            VIEW,
            tr("S&hutter of the file"),
            ("Shift+H",),
            lambda: toggle_shutter(session.pointer),
            "shutter",
        ),
        Command(
            VIEW,
            tr("Next &presentation, or as stored"),
            ("Shift+P",),
            lambda: next_presentation(session.pointer),
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
