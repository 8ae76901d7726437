"""Commands for grey levels, and for what lies over a film by its file."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from viewer.commanding.menus import SEPARATOR, VIEW, Command, MenuChoice
from viewer.kit.language import tr
from viewer.session.readings import voi_names

if TYPE_CHECKING:
    from engine.types import Voi, WindowKind
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
        Command(VIEW, tr("Presentations"), (), bool, choices=lambda: _presentations(window)),
    )


def _numbered(window: "MainWindow", place: int) -> Command:
    key = str(place + 1)
    run = partial(window.choose_voi, place)
    names = voi_names(window.session.pointer.viewport.window.vois)
    words = tr("Window {number}", number=key)
    if place < len(names):
        words = _named_window(names[place])
    return Command(VIEW, words, (key,), run, f"window.{key}")


def window_words(vois: "tuple[Voi, ...]") -> dict[str, str]:
    """What the entries of windows say while these can be chosen, by their codes."""
    names = voi_names(vois)[:_NUMBERED]
    words = [_named_window(name) for name in names] + [""] * (_NUMBERED - len(names))
    return {f"window.{place}": text for place, text in enumerate(words, 1)}


def _named_window(name: str) -> str:
    return tr("Window: {name}", name=name)


def _presentations(window: "MainWindow") -> tuple[MenuChoice, ...]:
    """As stored, and every presentation state of the film by its name."""
    pointer = window.session.pointer
    layers = pointer.viewport.layers
    if not layers.presentations:
        return ()
    names = [one.name or str(place) for place, one in enumerate(layers.presentations, 1)]

    def show(number: int) -> None:
        now = pointer.viewport.layers
        pointer.choose_layers(replace(now, number=number))

    return tuple(
        MenuChoice(name, partial(show, number), number == layers.number)
        for number, name in enumerate((tr("As stored"), *names))
    )


def _computed(window: "MainWindow", kind: "WindowKind") -> None:
    place = window.session.pointer.viewport.window.computed(kind)
    if place is not None:
        window.choose_voi(place)
