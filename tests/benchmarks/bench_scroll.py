"""Leafing through a series in the window: pictures a second, and whether all are painted."""

import tempfile
import time
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from tests.benchmarks.bench_stack import write_series
from viewer.kit import language, theme
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

SLICES = 200
WANTED = 30.0  # pictures a second


def run():
    """Time that a picture takes, and its share of frames that were asked for and not painted."""
    application = QApplication.instance() or QApplication([])
    language.speak()
    theme.apply(application)
    with tempfile.TemporaryDirectory() as name:
        write_series(Path(name), SLICES)
        session = Session(())
        window = MainWindow(session, Settings(Memory()))
        window.resize(1280, 800)
        window.show()
        session.open((Path(name),))
        wait(application, lambda: is_loaded(session))
        painted = []
        window.film.painted.connect(lambda: painted.append(session.pointer.viewport.at))
        start = time.perf_counter()
        for _ in range(SLICES - 1):
            session.step_frame(1)
            application.processEvents()
        took = time.perf_counter() - start
        window.close()
    different = len(set(painted))
    return [
        (f"a picture of 512 × 512 ({different / took:.0f} a second): a thirtieth of a second",
         took / max(different, 1) * WANTED, 1.0),
        ("steps that were not painted: none", 1 - different / (SLICES - 1), 0.0),
    ]  # fmt: skip


def is_loaded(session):
    """Whether all frames are in memory, and nothing else is on its way."""
    stack = session.pointer.viewport.stack
    if stack is None or len(stack) != SLICES or session.busy:
        return False
    return all(session.leafing.fetching.loaded_places(stack))


def wait(application, condition, seconds=120):
    """Let the window work until something is so."""
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
