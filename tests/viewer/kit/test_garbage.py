"""Qt objects in cycles are found on the GUI thread, however much other threads allocate."""

import gc
import subprocess
import sys
import threading
from typing import ClassVar

import pytest
from PySide6.QtCore import QObject, QTimer

from viewer.kit import garbage
from viewer.kit.garbage import Collector, collect_due


class Cycle(QObject):
    """A Qt object that only a search for garbage finds, as most widgets with slots are."""

    gone: ClassVar[list[threading.Thread]] = []

    def __init__(self):
        super().__init__()
        self.timer = QTimer(self, interval=1000)
        self.timer.start()
        self.itself = self

    def __del__(self):
        self.gone.append(threading.current_thread())


def _allocate(count=200_000):
    return [[] for _ in range(count)]


@pytest.fixture
def gone(monkeypatch, qapp):
    monkeypatch.setattr(Cycle, "gone", [])
    yield Cycle.gone
    gc.disable()  # as all tests have it


@pytest.fixture
def thread():
    def on_another(function):
        other = threading.Thread(target=function)
        other.start()
        other.join()

    return on_another


def test_that_a_thread_that_allocates_deletes_no_qt_object(gone, qtbot, thread, monkeypatch):
    monkeypatch.setattr(garbage, "PERIOD", 1)
    parent = QObject()
    gc.enable()
    collector = Collector(parent)
    Cycle()
    thread(_allocate)
    assert not gc.isenabled()
    assert gone == []
    kept = [_allocate(1000) for _ in range(300)]
    qtbot.waitUntil(lambda: bool(gone))
    assert gone == [threading.main_thread()]
    assert (collector.parent(), len(kept)) == (parent, 300)


def test_that_python_by_itself_deletes_them_on_the_thread(gone, thread):
    """What this is for: if Python ever stops doing so, `Collector` can go."""
    gc.collect()

    class Plain:  # a Qt object would end these tests
        def __init__(self):
            self.itself = self

        def __del__(self):
            gone.append(threading.current_thread())

    Plain()
    gc.enable()
    thread(_allocate)
    assert gone
    assert gone != [threading.main_thread()]


@pytest.mark.parametrize(
    ("counts", "due"),
    [
        ((700, 99, 99), None),
        ((701, 10, 10), 0),
        ((701, 11, 10), 1),
        ((701, 11, 11), 2),
        ((701, 10, 11), 0),
    ],
)
def test_that_what_python_would_search_is_searched(monkeypatch, counts, due):
    searched = []
    monkeypatch.setattr(gc, "get_count", lambda: counts)
    monkeypatch.setattr(gc, "get_threshold", lambda: (700, 10, 10))
    monkeypatch.setattr(gc, "collect", searched.append)
    assert collect_due() == due
    assert searched == ([] if due is None else [due])


def test_that_the_program_searches_on_its_gui_thread(tmp_path):
    code = (
        "import gc, sys\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from viewer.__main__ import main\n"
        "from viewer.kit.garbage import Collector\n"
        "application = QApplication([])\n"
        "status = main(['--screenshot', sys.argv[1]])\n"
        "assert not gc.isenabled()\n"
        "assert len(application.findChildren(Collector)) == 1\n"
        "sys.exit(status)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "window.png")]
    run = subprocess.run(command, timeout=120, check=False, capture_output=True, text=True)
    assert run.returncode == 0, run.stderr
