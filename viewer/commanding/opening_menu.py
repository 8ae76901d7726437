"""The commands about what is open: frames of a stack, cine, entries of the list."""

from functools import partial
from typing import TYPE_CHECKING

from viewer.commanding.menus import FILE, VIEW, Command, MenuChoice
from viewer.kit.language import tr
from viewer.kit.words import visible

if TYPE_CHECKING:
    from pathlib import Path

    from viewer.window import MainWindow

_FAR = 1 << 30  # frames: beyond the end of any stack


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Frames, cine, entries of the list."""
    return (*_files(window), *_frames(window))


def _files(window: "MainWindow") -> tuple[Command, ...]:
    recent = window.settings.recent
    again = Command(FILE, tr("Open a&gain"), (), bool, choices=lambda: _recent(window))
    forget = Command(
        FILE,
        tr("Forget what was opened"),
        (),
        lambda: window.settings.put("recent", []),
        "recent.clear",
    )
    return (
        Command(
            FILE,
            tr("&Take out of the list"),
            ("Ctrl+W",),
            lambda: _close(window),
            "close",
        ),
        again,
        *((forget,) if recent else ()),
    )


def _recent(window: "MainWindow") -> tuple[MenuChoice, ...]:
    return tuple(
        MenuChoice(visible(path.name or str(path)), partial(window.opening.open, (path,)))
        for path in window.settings.recent
    )


def _close(window: "MainWindow") -> None:
    stack = window.session.pointer.viewport.stack
    paths: tuple[Path, ...] = stack.paths if stack is not None else ()
    window.session.close_films(paths)


def _frames(window: "MainWindow") -> tuple[Command, ...]:
    session, cine = window.session, window.cine
    return (
        Command(VIEW, tr("Next frame"), ("PgDown",), lambda: session.step_frame(1), "frame.next"),
        Command(
            VIEW,
            tr("Previous frame"),
            ("PgUp",),
            lambda: session.step_frame(-1),
            "frame.previous",
        ),
        Command(VIEW, tr("First frame"), ("Home",), lambda: session.go_to_frame(0), "frame.first"),
        Command(VIEW, tr("Last frame"), ("End",), lambda: session.go_to_frame(_FAR), "frame.last"),
        Command(VIEW, tr("Play or stop the cine"), ("Ctrl+K",), cine.toggle, "cine.play"),
    )
