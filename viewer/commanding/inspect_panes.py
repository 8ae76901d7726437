"""Every pane of the Inspect workspace, made when one is wanted for the first time.

A pane is a widget that takes the session and wires itself: to add one, add a line here.
"""

from dataclasses import replace
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING

from viewer.commanding.taking_menu import join_taking
from viewer.inspect.changed_strips import ChangedStrips
from viewer.inspect.compare_figures import ComparedModel
from viewer.inspect.compare_page import ComparePage
from viewer.inspect.compared_strips import ComparedStrips
from viewer.inspect.find_page import FindPage
from viewer.inspect.memory_page import MemoryPage
from viewer.inspect.row_page import RowPage, StepField
from viewer.inspect.similar import SimilarPane
from viewer.inspect.trail import TriesTrail
from viewer.inspect.unit_page import UnitPage, WithoutCurve
from viewer.inspect.whatif_page import WhatIfPage
from viewer.kit.language import marked, tr
from viewer.session.recollection import Recollection

if TYPE_CHECKING:
    from viewer.session.choices import Question
    from viewer.window import MainWindow

UNITS_OFF = marked(
    "← → film    ↑ ↓ row    Shift+U units off or on    Esc film as read    F1 all keys"
)
WHAT_IF = marked(
    "↑ ↓ row    Shift drag brush rows    Enter keep as try    Ctrl+Z undo    Esc leave what if"
    "    F1 all keys"
)


def make_panes(window: "MainWindow") -> None:
    """Add all panes, and let list, strips and toolbar follow them."""
    session, stage = window.session, window.inspect
    recollection = Recollection(session.inspection, stage)
    row, similar = RowPage(session, recollection), SimilarPane(session)
    stage.add_steps(StepField(session))
    stage.add_to_dock(marked("Row"), row)
    row.add(similar, least=180, most=360)
    stage.add(similar)
    stage.add_to_dock(marked("Find"), FindPage(session))
    stage.add_to_dock(marked("Compare"), ComparePage(session))
    stage.add_to_dock(marked("Memory"), MemoryPage(session, recollection))
    stage.add_to_side(marked("Unit"), UnitPage(session))
    stage.add_to_side(marked("What if"), WhatIfPage(session))
    join_taking(window)
    join_tries(window)
    join_units(window)
    join_comparison(window)
    session.tell_again()  # whoever came late hears of map, row and tests, too
    # What orders units by likeness: a third of a second that no choice of an order waits for.
    ahead = Thread(target=import_module, args=("scipy.cluster.hierarchy",), daemon=True)
    ahead.start()


def join_tries(window: "MainWindow") -> None:
    """Let list, strips, pages, map and toolbar follow What if."""
    session, tries = window.session, window.session.tries
    strips = ChangedStrips(session, window.strips, window)
    window.panes.rows_moved.connect(strips.follow_rows)
    window.film.tell()
    trail = TriesTrail(session)
    window.inspect.left.add("tries", "", trail)
    asked: list[Question] = []

    def follow(on: bool) -> None:  # noqa: FBT001 - a Qt slot
        window.toolbar.check("whatif", on=on)
        window.inspect.left.turn_to("tries" if on else "films")
        window.inspect.side.pages.turn_to("whatif" if on else "reading")
        window.show_hints(tr(WHAT_IF) if on else "")
        window.status.setText("")  # nothing is said any more of the film before
        if on:
            asked[:] = [session.choice.question]
            session.choose_map(replace(session.choice, question="none"))
        elif asked:
            session.choose_map(replace(session.choice, question=asked.pop()))

    def tell() -> None:
        if tries.on and tries.found is not None and tries.draft:
            words = tr(
                "What if: {steps} steps read again in {seconds} s",
                steps=tries.steps,
                seconds=f"{tries.seconds:.3f}",
            )
            window.status.setText(words)

    tries.turned.connect(follow)
    tries.changed.connect(tell)


def join_units(window: "MainWindow") -> None:
    """Let the strip of the answer follow what is off, and a chosen column open the page Unit."""
    WithoutCurve(window.session, window.strips, window)
    pages = window.inspect.side.pages

    def turn(units: tuple[int, ...]) -> None:
        if units and pages.code == "reading":
            pages.turn_to("unit")

    def hint(off: bool) -> None:  # noqa: FBT001 - a Qt slot
        if not window.session.tries.on:
            window.show_hints(tr(UNITS_OFF) if off else "")

    window.strips.units_requested.connect(turn)
    window.session.ablating.switched.connect(hint)


def join_comparison(window: "MainWindow") -> None:
    """Let strips and What if show the other one, too."""
    pages, page = window.inspect.dock.pages, window.inspect.widgets[ComparePage.code]
    section = ComparedModel(page.tried, page.comparisons, window.session.tries)
    window.inspect.widgets["whatif"].add_section(section)
    strips = ComparedStrips(window.session, window.strips, page, pages=pages, parent=window)
    lie = window.strips.influence  # laying the strips out moves rows again: what comes is stale
    window.panes.rows_moved.connect(lambda _rows: strips.difference.show_rows(lie.lie.rows))
