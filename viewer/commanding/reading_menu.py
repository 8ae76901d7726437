"""The commands for reading: own calls, thresholds, the worklist, and what leaves of it."""

from typing import TYPE_CHECKING

from viewer.commanding.menus import FILE, READING, SEPARATOR, Command
from viewer.kit.language import tr

if TYPE_CHECKING:
    from viewer.window import MainWindow


def commands(window: "MainWindow") -> tuple[Command, ...]:
    """What a reader does with films and answers."""
    desk, calls = window.desk, window.session.analyses.calls
    thresholds = window.session.analyses.thresholds

    def record() -> None:
        if window.session.tries.on:
            window.session.tries.keep()
            return
        form = window.reading.form
        if form is not None:
            form.record()
        else:
            desk.ask_for_call()

    def switch() -> None:
        desk.call_first(on=not calls.first)

    return (
        Command(READING, tr("Record my &call"), ("Return", "Enter"), record, "call"),
        Command(READING, tr("&Own call first"), ("Ctrl+Shift+H",), switch, "own-call"),
        Command(READING, SEPARATOR, (), bool),
        Command(
            READING,
            tr("Raise the threshold"),
            ("Ctrl+Up",),
            lambda: desk.step_threshold(0.01),
            "higher",
        ),
        Command(
            READING,
            tr("Lower the threshold"),
            ("Ctrl+Down",),
            lambda: desk.step_threshold(-0.01),
            "lower",
        ),
        Command(
            READING,
            tr("The &model's threshold"),
            ("Ctrl+0",),
            lambda: thresholds.move(None),
            "threshold",
        ),
        Command(READING, SEPARATOR, (), bool),
        Command(
            READING,
            tr("Read &all images of this series"),
            (),
            desk.ask_for_series,
            "series.read",
        ),
        Command(
            READING,
            tr("&Find in the worklist"),
            ("Ctrl+F",),
            window.studies.take_words,
            "worklist.find",
        ),
        Command(FILE, tr("Export the &worklist…"), (), desk.ask_to_export_list, "worklist.export"),
        Command(FILE, tr("Export c&alls…"), (), desk.ask_to_export_calls, "calls.export"),
        Command(
            FILE,
            tr("Export the &log of readings…"),
            (),
            desk.ask_to_export_readings,
            "readings.export",
        ),
    )
