"""A study of 2,000 slices, leafed through from end to end: pixels and memory against 1 GB.

The files hold more than the limit. Beside what the window counts stands what the system counts.
"""

import contextlib
import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from tests.benchmarks.bench_scroll import wait
from tests.benchmarks.bench_stack import write_series
from viewer.kit import language, theme
from viewer.session.fetching import LIMIT
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

SLICES, SIZE = 2000, 640  # 1.6 GB of decoded pixels
STEP = 5  # frames of a step: every fifth is painted
BESIDE = 0.5  # of the limit: the program, the process that reads files, the film that is shown


def run():
    """The most that was held while leafing there and back, as shares of the limit."""
    application = QApplication.instance() or QApplication([])
    language.speak()
    theme.apply(application)
    with tempfile.TemporaryDirectory() as name:
        write_series(Path(name), SLICES, SIZE)
        session = Session(())
        window = MainWindow(session, Settings(Memory()))
        window.resize(1280, 800)
        window.show()
        before = resident()
        session.open((Path(name),))
        wait(application, lambda: is_listed(session), 300)
        held, used = leafed(application, session)
        window.close()
    print(
        f"  {SLICES} slices of {SIZE} × {SIZE}: at most {held >> 20} MB of decoded pixels,"
        f" {used >> 20} MB in all (of these {before >> 20} MB before the study)"
    )
    return [
        (f"decoded pixels held of {SLICES} slices / {LIMIT >> 20} MB", held / LIMIT, 1.0),
        (f"memory of all its processes / {LIMIT >> 20} MB", used / LIMIT, 1.0 + BESIDE),
    ]


def leafed(application, session):
    """The most bytes of frames, and of the process, from one end to the other and back."""
    held = used = 0
    store = session.leafing.fetching.store
    for end in (SLICES - 1, 0):
        while session.pointer.viewport.at != end:
            session.step_frame(STEP if end else -STEP)
            wait(application, lambda: session.loading is None, 20)
            for _ in range(3):  # a reader who looks, while frames are read ahead
                application.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
            held, used = max(held, store.nbytes), max(used, resident())
    return held, used


def is_listed(session):
    """Whether all slices are one stack."""
    stack = session.pointer.viewport.stack
    return stack is not None and len(stack) == SLICES


def resident():
    """Bytes of memory that this process and those that it started have for themselves, and shared.

    Frames lie in shared memory, which counts as of a process only where that has touched it: all
    that the system has is taken, since hardly anything else uses it.
    """
    everyone = [Path("/proc/self"), *_started(os.getpid())]
    own = sum(_kilobytes(process / "status", "RssAnon") for process in everyone)
    return (own + _kilobytes(Path("/proc/meminfo"), "Shmem")) << 10


def _started(process):
    """The processes that one has started, and these."""
    found = []
    for listed in Path(f"/proc/{process}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # a thread has ended
            for child in listed.read_text(encoding="ascii").split():
                found += [Path("/proc", child), *_started(child)]
    return found


def _kilobytes(file, name):
    """A figure of a file with a line for each; 0 where the process has ended."""
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith(name + ":")), 0)
