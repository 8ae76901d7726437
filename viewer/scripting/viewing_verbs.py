"""Commands of a script for how a film lies in its pane: turned, mirrored, enlarged, smoothed."""

from typing import Final

from viewer.commanding.viewing_menu import actual, ask_tags, turn
from viewer.film.view import FilmPane
from viewer.kit.language import marked, tr
from viewer.scripting.verbs import ScriptError, Verb, either, film_of, number, plain
from viewer.window import MainWindow

_ANGLES: Final = {"90": 1, "180": 2, "270": 3}
_WAYS: Final = ("horizontal", "vertical")
_PIXELS: Final = ("smooth", "nearest")


def _pane(window: MainWindow) -> FilmPane:
    film_of(window)
    return window.film


def _rotate(window: MainWindow, arguments: tuple[str, ...]) -> None:
    quarters = _ANGLES.get(arguments[0])
    if quarters is None:
        raise ScriptError(tr("a film is rotated by {angles}.", angles=either(_ANGLES)))
    _pane(window)
    turn(window, lambda lies: lies.rotated(quarters))


def _flip(window: MainWindow, arguments: tuple[str, ...]) -> None:
    if arguments[0] not in _WAYS:
        raise ScriptError(tr("a film is flipped {ways}.", ways=either(_WAYS)))
    _pane(window)
    across = arguments[0] == _WAYS[0]
    turn(window, lambda lies: lies.mirrored_across() if across else lies.mirrored_down())


def _show_pixels(window: MainWindow, arguments: tuple[str, ...]) -> None:
    if arguments[0] not in _PIXELS:
        raise ScriptError(tr("enlarged pixels are {ways}.", ways=either(_PIXELS)))
    _pane(window)
    window.session.pointer.smoothen(smooth=arguments[0] == _PIXELS[0])


def _pan(window: MainWindow, arguments: tuple[str, ...]) -> None:
    right, down = map(number, arguments)
    _pane(window).pan(right, down)


def _true_size(window: MainWindow, _arguments: tuple[str, ...]) -> None:
    reason = _pane(window).zoom_true()
    if reason:
        raise ScriptError(tr(reason))


def _magnify(window: MainWindow, arguments: tuple[str, ...]) -> None:
    pane, (column, row) = _pane(window), map(number, arguments)
    if not pane.item.image_rect().contains(column, row):
        raise ScriptError(
            tr("the film has no column {column}, row {row}.", column=column, row=row)
        )
    pane.surface.magnify(pane.pixel(column, row))


def _actual(window: MainWindow) -> None:
    _pane(window)
    actual(window)


def _tags(window: MainWindow) -> None:
    _pane(window)
    ask_tags(window)


VERBS: Final = (
    Verb("rotate", "90|180|270", marked("rotate the film on screen, clockwise"), _rotate),
    Verb(
        "flip",
        "horizontal|vertical",
        marked("exchange left and right on screen, or top and bottom"),
        _flip,
    ),
    Verb("zoom.in", "", marked("show the film larger"), plain(lambda w: _pane(w).zoom_by(1.25))),
    Verb("zoom.out", "", marked("show it smaller"), plain(lambda w: _pane(w).zoom_by(0.8))),
    Verb(
        "zoom.actual",
        "",
        marked("show one stored pixel on each pixel of the screen"),
        plain(_actual),
    ),
    Verb("zoom.true", "", marked("show a centimetre as a centimetre"), _true_size),
    Verb(
        "pan",
        marked("RIGHT DOWN"),
        marked("move the film by pixels of the pane"),
        _pan,
        numbers=True,
    ),
    Verb(
        "pixels",
        "|".join(_PIXELS),
        marked("let enlarged pixels run into each other, or show each as one square"),
        _show_pixels,
    ),
    Verb(
        "magnify",
        marked("COLUMN ROW"),
        marked("lay the magnifier on a place of the film"),
        _magnify,
        numbers=True,
    ),
    Verb(
        "magnify.end",
        "",
        marked("take the magnifier off"),
        plain(lambda w: _pane(w).surface.magnify(None)),
    ),
    Verb("tags", "", marked("show what stands in the header of the file"), plain(_tags)),
)
