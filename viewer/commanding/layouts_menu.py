"""Commands for panes, links between them, and workspaces."""

from functools import partial
from typing import TYPE_CHECKING

from viewer.commanding.menus import LAYOUT, READING, SEPARATOR, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from viewer.window import MainWindow

_SHAPES = ((1, 1), (1, 2), (2, 2), (3, 3))


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """Comparing, panes, links and workspaces."""
    board, panes = window.board, window.panes
    return (
        Command(
            READING,
            tr("Compare with the &prior"),
            ("J",),
            board.toggle_compare,
            "compare",
            short=tr("Compare"),
        ),
        Command(READING, tr("S&wap the first two panes"), ("X",), board.swap, "swap"),
        *(_shape(window, *shape) for shape in _SHAPES),
        Command(LAYOUT, SEPARATOR, (), bool),
        Command(LAYOUT, tr("This pane &alone"), ("Ctrl+Return",), panes.show_alone, "pane.only"),
        Command(LAYOUT, tr("&Next pane"), ("Ctrl+Tab", "F6"), panes.show_next, "pane.next"),
        Command(LAYOUT, SEPARATOR, (), bool),
        Command(LAYOUT, tr("&Link the panes"), ("K",), window.toggle_links, "link"),
        *_links(window),
        Command(LAYOUT, tr("&Reference lines"), (), board.toggle_lines, "reference-lines"),
        Command(LAYOUT, SEPARATOR, (), bool),
        Command(
            LAYOUT,
            tr("Read &or Inspect"),
            ("Tab",),
            window.next_workspace,
            "workspace",
            over_films=True,
        ),
    )


def _shape(window: "MainWindow", rows: int, columns: int) -> Command:
    return Command(
        LAYOUT,
        tr("{rows} × {columns} panes", rows=rows, columns=columns),
        (f"Ctrl+{rows * columns}",),
        partial(window.board.arrange, rows, columns),
        f"layout.{rows}x{columns}",
    )


def _links(window: "MainWindow") -> tuple[Command, ...]:
    links = window.board.links
    return (
        Command(LAYOUT, tr("Link &scroll"), (), partial(links.toggle, "scroll"), "link.scroll"),
        Command(LAYOUT, tr("Link &window"), (), partial(links.toggle, "window"), "link.window"),
        Command(LAYOUT, tr("Link &zoom"), (), partial(links.toggle, "zoom"), "link.zoom"),
        Command(LAYOUT, tr("Link &pan"), (), partial(links.toggle, "pan"), "link.pan"),
    )
