"""Commands of a script for grey levels, and for what lies over a film by its file."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from engine.imaging import best_window, box_values
from engine.types import Window, WindowKind
from viewer.kit.language import listed, marked, tr
from viewer.scripting.verbs import ScriptError, Verb, film_of, number, place_of, plain
from viewer.session.readings import voi_names
from viewer.session.viewport import LayerChoice
from viewer.window import MainWindow


def _window(window: MainWindow, arguments: tuple[str, ...]) -> None:
    center, width = map(number, arguments)
    if width <= 0:
        raise ScriptError(tr("a window is wider than 0."))
    film_of(window)
    window.session.pointer.show_window(Window(center, width, "by hand", kind="by hand"))


def _preset(window: MainWindow, arguments: tuple[str, ...]) -> None:
    film_of(window)
    choice, name = window.session.pointer.viewport.window, arguments[0]
    place = int(name) - 1 if name.isdecimal() and len(name) < 4 else choice.named(name)
    if place is None or not 0 <= place < len(choice.vois):
        names = listed(voi_names(choice.vois))
        raise ScriptError(tr("the windows of this film are {names}.", names=names))
    window.session.pointer.choose_voi(place)


def _computed(window: MainWindow, kind: WindowKind) -> None:
    film_of(window)
    pointer = window.session.pointer
    place = pointer.viewport.window.computed(kind)
    if place is not None:
        pointer.choose_voi(place)


def _box(window: MainWindow, arguments: tuple[str, ...]) -> None:
    wrong = (tr("a place is COLUMN,ROW, and not “{text}”.", text=one) for one in arguments)
    corners = list(map(place_of, arguments, wrong))
    values = box_values(film_of(window).frame, corners[0], corners[1])
    if not values.size:
        raise ScriptError(tr("there is no image in this box."))
    window.session.pointer.show_window(best_window(values))


def _lay(change: Callable[[LayerChoice], LayerChoice]) -> Callable[[MainWindow], None]:
    def give(window: MainWindow) -> None:
        film_of(window)
        pointer = window.session.pointer
        pointer.choose_layers(change(pointer.viewport.layers))

    return give


def _present(window: MainWindow, arguments: tuple[str, ...]) -> None:
    film_of(window)
    layers, place = window.session.pointer.viewport.layers, int(number(arguments[0]))
    count = len(layers.presentations)
    if not 0 <= place <= count:
        raise ScriptError(tr("this film has %n presentations; 0 is as stored.", "", n=count))
    window.session.pointer.choose_layers(replace(layers, number=place))


VERBS: Final = (
    Verb(
        "window",
        marked("CENTER WIDTH"),
        marked("show the film with a window of modality values"),
        _window,
        numbers=True,
    ),
    Verb(
        "window.preset",
        marked("NAME|NUMBER"),
        marked("show the film with a window of its menu, by its name or place"),
        _preset,
    ),
    Verb(
        "window.auto",
        "",
        marked("show the film with the automatic window"),
        plain(lambda window: _computed(window, "auto")),
    ),
    Verb(
        "window.full",
        "",
        marked("show the film from its smallest to its greatest value"),
        plain(lambda window: _computed(window, "full range")),
    ),
    Verb(
        "window.box",
        marked("COLUMN,ROW COLUMN,ROW"),
        marked("show the film with the best window for a box"),
        _box,
    ),
    Verb(
        "overlay",
        "",
        marked("show or hide what the file lays over the film"),
        plain(_lay(LayerChoice.other_overlays)),
    ),
    Verb(
        "overlay.colour",
        "",
        marked("draw overlay planes in the next colour"),
        plain(_lay(LayerChoice.next_colour)),
    ),
    Verb(
        "shutter",
        "",
        marked("close or open the shutter of the file"),
        plain(_lay(LayerChoice.other_shutter)),
    ),
    Verb(
        "presentation",
        marked("NUMBER"),
        marked("show the film as a presentation state does, from 1; 0 is as stored"),
        _present,
        numbers=True,
    ),
)
