"""The commands of a script about what is open: stacks, their frames, cine."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from viewer.kit.language import marked, tr
from viewer.scripting.verbs import ScriptError, Verb, number, plain
from viewer.session.stacks import Stack
from viewer.window import MainWindow


def _shown(window: MainWindow) -> Stack:
    stack = window.session.pointer.viewport.stack
    if stack is None:
        raise ScriptError(tr("no film is open."))
    return stack


def _close(window: MainWindow, _arguments: tuple[str, ...]) -> None:
    window.session.close_films(_shown(window).paths)


def _remove(window: MainWindow, arguments: tuple[str, ...]) -> None:
    path = Path(arguments[0]).absolute()
    found = tuple(one for one in window.session.films.paths if one.is_relative_to(path))
    if not found:
        raise ScriptError(tr("{name} is not in the list.", name=path.name))
    window.session.close_films(found)


def _stack(window: MainWindow, arguments: tuple[str, ...]) -> None:
    stacks, place = window.session.stacks.all, int(number(arguments[0]))
    if not 1 <= place <= len(stacks):
        raise ScriptError(tr("the list has %n entries.", "", n=len(stacks)))
    window.session.show(stacks[place - 1])


def _end(place: Callable[[Stack], int]) -> Callable[[MainWindow, tuple[str, ...]], None]:
    def go(window: MainWindow, _arguments: tuple[str, ...]) -> None:
        window.session.go_to_frame(place(_shown(window)))

    return go


def _play(window: MainWindow, _arguments: tuple[str, ...]) -> None:
    if len(_shown(window)) < 2:
        raise ScriptError(tr("the film has one frame only."))
    window.cine.play()


def _speed(window: MainWindow, arguments: tuple[str, ...]) -> None:
    speed = number(arguments[0])
    if speed <= 0:
        raise ScriptError(tr("a speed is more than 0."))
    _shown(window)
    window.cine.set_speed(speed)


VERBS: Final = (
    Verb("close", "", marked("take the film that is shown out of the list"), _close),
    Verb(
        "remove",
        marked("PATH"),
        marked("take a file, or the files of a folder, out of the list"),
        _remove,
        rest=True,
    ),
    Verb(
        "stack",
        marked("NUMBER"),
        marked("show an entry of the list, counted from 1, where it was left"),
        _stack,
        numbers=True,
    ),
    Verb(
        "frame.next", "", marked("show the next frame"), plain(lambda w: w.session.step_frame(1))
    ),
    Verb(
        "frame.previous",
        "",
        marked("show the frame before"),
        plain(lambda w: w.session.step_frame(-1)),
    ),
    Verb("frame.first", "", marked("show the first frame"), _end(lambda _stack: 0)),
    Verb("frame.last", "", marked("show the last frame"), _end(lambda stack: len(stack) - 1)),
    Verb("cine.play", "", marked("play the frames, over and over"), _play, waits=False),
    Verb(
        "cine.stop",
        "",
        marked("stay at the frame that is shown"),
        plain(lambda w: w.cine.stop()),
    ),
    Verb(
        "cine.speed",
        marked("NUMBER"),
        marked("play so many frames a second"),
        _speed,
        numbers=True,
        waits=False,
    ),
    Verb(
        "recent.clear",
        "",
        marked("forget what was opened last"),
        plain(lambda w: w.settings.put("recent", [])),
    ),
)
