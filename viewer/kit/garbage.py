"""Python's search for garbage on the GUI thread alone, where Qt objects may be deleted.

Python searches for unreachable cycles on whichever thread happens to allocate. A widget or a timer
that is found on a thread that reads a film is deleted there, and Qt ends the program for it (its
own documentation: a `QObject` is deleted by the thread that it lives in).
"""

import gc

from PySide6.QtCore import QObject, QTimer

PERIOD = 1000  # milliseconds; what a second allocates is small beside a film


def collect_due() -> int | None:
    """Search the generations that Python itself would search by now.

    Returns:
        The oldest generation that was searched, or None where nothing was due.
    """
    counts, limits = gc.get_count(), gc.get_threshold()
    if counts[0] <= limits[0]:
        return None
    due = 0
    for generation in (1, 2):
        if counts[generation] <= limits[generation]:
            break
        due = generation
    gc.collect(due)
    return due


class Collector(QObject):
    """Takes the search for garbage away from Python, and does it on the thread that made this.

    What was loaded until now is left out of every search: it stays to the end.

    Args:
        parent: Of the Qt object, whose thread searches.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        gc.freeze()
        timer = QTimer(self, interval=PERIOD)
        timer.timeout.connect(collect_due)
        timer.start()
