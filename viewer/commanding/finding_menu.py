"""The commands for finding states elsewhere."""

from typing import TYPE_CHECKING

from viewer.commanding.menus import MAPS, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Indexing the films of the list, and opening an index."""
    searching = window.session.searching

    def make() -> None:
        searching.index_list()

    def ask() -> None:
        from viewer.inspect.find_page import ask_for_index  # noqa: PLC0415 - for Inspect only

        ask_for_index(window, searching)

    return (
        Command(MAPS, tr("Index the films of the list"), (), make, "index.list"),
        Command(MAPS, tr("Open an index…"), (), ask, "index.open"),
        Command(MAPS, tr("Let Find follow the cursor"), (), searching.release, "find.row"),
    )
