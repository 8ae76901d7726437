"""Commands for grey levels, and for what lies over a film by its file."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from viewer.commanding.menus import SEPARATOR, VIEW, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from engine.types import WindowKind
    from viewer.session.viewport import LayerChoice
    from viewer.window import MainWindow

_NUMBERED = 9  # windows that have a key


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Windows by number, overlay planes, shutter, presentation states."""
    return (*(_numbered(window, place) for place in range(_NUMBERED)), *_named(window))


def _named(window: "MainWindow") -> tuple[Command, ...]:
    session = window.session

    def lay(change: Callable[["LayerChoice"], "LayerChoice"]) -> None:
        session.pointer.choose_layers(change(session.pointer.viewport.layers))

    auto, full = (partial(_computed, window, kind) for kind in ("auto", "full range"))
    overlays, colour, shutter, following = (
        partial(lay, change)
        for change in (
            lambda layers: layers.other_overlays(),
            lambda layers: layers.next_colour(),
            lambda layers: layers.other_shutter(),
            lambda layers: layers.next_presentation(),
        )
    )
    return (
        Command(VIEW, tr("&Automatic window"), ("0",), auto, "window.auto"),
        Command(VIEW, tr("Window of the full range"), (), full, "window.full"),
        Command(VIEW, SEPARATOR, (), bool),
        Command(VIEW, tr("&Overlays of the file"), ("O",), overlays, "overlay"),
        Command(VIEW, tr("Next overlay colour"), (), colour, "overlay.colour"),
        Command(VIEW, tr("S&hutter of the file"), ("Shift+H",), shutter, "shutter"),
        Command(
            VIEW,
            tr("Next presentation, or as stored"),
            ("Ctrl+Shift+P",),
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
