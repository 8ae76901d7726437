"""The commands of the Inspect workspace: which of its panes are shown."""

from typing import TYPE_CHECKING

from viewer.commanding.menus import MAPS, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from viewer.kit.pages import Pages
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Turning the pages beneath the films and at the right."""
    inspect = window.inspect

    def fold() -> None:
        inspect.dock.fold(folded=not inspect.dock.folded)

    return (
        Command(
            MAPS,
            tr("Next page beneath the film"),
            ("Ctrl+PgDown",),
            lambda: turn(inspect.dock.pages),
            "dock.next",
        ),
        Command(
            MAPS,
            tr("Next page at the right"),
            ("Ctrl+Shift+PgDown",),
            lambda: turn(inspect.side.pages),
            "side.next",
        ),
        Command(MAPS, tr("Fold what stands beneath the film"), (), fold, "dock.fold"),
    )


def turn(pages: "Pages") -> None:
    """Show the next page, after the last one the first."""
    codes = pages.codes
    if codes:
        pages.turn_to(codes[(codes.index(pages.code) + 1) % len(codes)])
