"""How long the window stands still while a 2048 × 2500 film is read and analysed."""

import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from engine import Analysis, analyse, list_models, read_frame, read_image
from engine.phantoms import PhantomSpec, draw_phantom, write_phantom
from viewer import theme
from viewer.session import Session
from viewer.settings import Settings
from viewer.window import MainWindow

GOAL_MS = 100


def run() -> list[tuple[str, float, float]]:
    """The longest gap of the event loop, as a share of the work done directly, and of 100 ms."""
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder, "film.dcm")
        write_phantom(
            draw_phantom(PhantomSpec(seed=3, rows=2500, columns=2048, opacity=True)), film
        )
        gap, _ = longest_gap(film)
        model = next(model for model in list_models() if model.name == "phantom-opacity")
        direct = directly(film, str(model.path))
    print(f"  longest gap {gap * 1000:.0f} ms; direct work {direct * 1000:.0f} ms")
    return [
        ("longest gap of the event loop, film opened in a new window / 100 ms", gap * 10, 1.0),
        ("longest gap of the event loop / the same work on the GUI thread", gap / direct, 0.25),
    ]


def longest_gap(film: Path) -> tuple[float, Analysis]:
    """Seconds between two turns of the event loop while a new window reads a film; its answer."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    theme.apply(application)
    models = sorted(list_models(), key=lambda model: model.name != "phantom-opacity")
    session = Session(tuple(models))
    store = QSettings(str(film.with_suffix(".ini")), QSettings.Format.IniFormat)
    window = MainWindow(session, Settings(store))
    window.resize(1680, 1020)
    window.show()
    application.processEvents()
    loop, ticks = QEventLoop(), []
    session.settled.connect(loop.quit)
    clock = QTimer(interval=0)
    clock.timeout.connect(lambda: ticks.append(time.perf_counter()))
    clock.start()
    session.open((film,))
    loop.exec()
    clock.stop()
    analysis = session.analysis
    window.close()
    if analysis is None or len(ticks) < 2:
        raise RuntimeError("the film was not read")
    return max(b - a for a, b in pairwise(ticks)), analysis


def directly(film: Path, model: str) -> float:
    """Seconds for reading and analysing with everything imported and warm."""
    analyse(model, read_frame(read_image(film)))
    started = time.perf_counter()
    analyse(model, read_frame(read_image(film)))
    return time.perf_counter() - started
