"""The row cursor in Inspect: a move till all panes are painted, and another unit, layer, gate.

Times are those of the window's own thread, so that others at work on the machine do not count. A
network of 224 steps × 2 directions × 256 units, untrained, on a drawn film. It is built and read
in other processes: this one never imports torch.
"""

import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

from engine.phantoms import PhantomSpec, draw_phantom, write_phantom
from viewer.kit import language, theme
from viewer.session.session import Session
from viewer.session.settings import Memory, Settings
from viewer.window import MainWindow

FRAME_MS = 1000 / 60
MOVES, WARM = 60, 6
PATIENCE = 240  # seconds until an untrained network of this size has read a film in a process
BUILD = """
import sys
from dataclasses import replace
from pathlib import Path
from engine.bundle import NetworkConfig
from tests.engine.conftest import build_bundle
build_bundle(Path(sys.argv[1]), NetworkConfig(
    rows=224, columns=224, classes=2, cell="gru", hidden_size=256, layers=2, bidirectional=True,
    readout="mean", dropout=0.0))
"""


def run():
    """A move of the row cursor as a share of a 60 Hz frame; other choices, and torch."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    language.speak()
    theme.apply(application)
    with tempfile.TemporaryDirectory() as name:
        model, film = Path(name) / "model", Path(name) / "film.dcm"
        subprocess.run([sys.executable, "-c", BUILD, str(model)], check=True)
        write_phantom(draw_phantom(PhantomSpec(seed=1, rows=896, columns=896)), film)
        session, window = opened(application, model, film)
        rows = []
        for page in window.inspect.dock.pages.codes:
            window.inspect.dock.pages.turn_to(page)
            settle(application, session)
            rows.append(moved(application, session, window, page))
        window.inspect.dock.pages.turn_to("row")
        rows += chosen(application, session, window)
        window.close()
    return rows


def opened(application, model, film):
    """The real window in Inspect, the network opened on the film."""
    session = Session(())
    window = MainWindow(session, Settings(Memory()))
    window.resize(1680, 1020)
    window.show()
    window.choose_workspace("inspect")
    session.start_with(model, asked=True)
    session.open((film,))
    wait(application, lambda: session.inspection.opened is not None and not session.busy)
    session.choose_map(replace(session.choice, question="state", units=(17, 41, 98)))
    settle(application, session)
    return session, window


class Paints(QObject):
    """Counts what is painted of some widgets."""

    def __init__(self, widgets):
        super().__init__()
        self.seen = set()
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        if event.type() == QEvent.Type.Paint:
            self.seen.add(watched)
        return False


def moved(application, session, window, page):
    """Moves of the cursor, each till film and strips were painted."""
    watched = [window.film.view.viewport(), window.strips.line]
    watched += [strip.view.viewport() for strip in window.strips]
    paints, times, way = Paints(watched), [], 1
    session.move_to_row(40.0)
    settle(application, session)
    for _ in range(MOVES + WARM):
        paints.seen.clear()
        start = time.thread_time()
        session.step_row(way)
        painted(application)
        times.append((time.thread_time() - start) * 1000)
        missing = [widget for widget in watched if widget not in paints.seen]
        if missing:
            raise AssertionError(f"{len(missing)} panes were not painted")
    times = times[WARM:]
    middle, worst = statistics.median(times), sorted(times)[int(0.9 * len(times))]
    print(f"  the row cursor, page {page}: {middle:.1f} ms, 9 of 10 below {worst:.1f} ms")
    return (
        f"row cursor, all panes of Inspect, page {page} / a 60 Hz frame",
        middle / FRAME_MS,
        1.0,
    )


def chosen(application, session, window):
    """Another unit, layer, direction, gate: what was asked of other processes, and torch here."""
    asked, ask = [], session.inspection.run
    session.inspection.run = lambda topic, *a, **k: (asked.append(topic), ask(topic, *a, **k))
    gates = [one for one in session.pointer.offers if one not in {"h", "surprise"}]
    choices = {
        "unit": [{"units": (unit,)} for unit in range(8)],
        "layer": [{"layer": n % 2, "direction": n // 2 % 2} for n in range(8)],
        "gate": [{"shown": gates[n % len(gates)]} for n in range(8)],
        "order": [{"order": order} for order in ("similarity", "index", "peak") * 2],
    }
    rows = []
    for name, many in choices.items():
        times, sent = [], set()
        for one in many:
            asked.clear()
            start = time.thread_time()
            session.choose_map(replace(session.choice, **one))
            painted(application)
            times.append((time.thread_time() - start) * 1000)
            sent |= set(asked)
            settle(application, session)
        print(f"  another {name}: {statistics.median(times):.1f} ms; asked: {sorted(sent)}")
        share = statistics.median(times) / FRAME_MS
        rows.append((f"another {name}, all panes / a 60 Hz frame", share, 1.0))
    rows.append(("torch imported by the window", float("torch" in sys.modules), 0.0))
    return rows


def painted(application):
    """Let everything that was asked to be painted be painted."""
    for _ in range(3):
        application.sendPostedEvents()
        application.processEvents()


def settle(application, session):
    """Until nothing is on its way, and all is painted."""
    wait(application, lambda: not session.busy)
    painted(application)


def wait(application, condition):
    """Let the window work until something is so."""
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError("the window did not come to rest")
        application.processEvents()
        time.sleep(0.005)
