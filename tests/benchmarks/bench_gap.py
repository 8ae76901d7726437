"""How long the window stands still while a 2048 × 2500 film is read and analysed."""

import subprocess
import sys
import tempfile
import time
from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QEventLoop, QSettings, QTimer
from PySide6.QtWidgets import QApplication

from engine import list_models
from viewer.kit import theme
from viewer.session.session import Session
from viewer.session.settings import Settings
from viewer.window import MainWindow


def run() -> list[tuple[str, float, float]]:
    """The longest gap of the event loop, as a share of 100 ms and of the whole cold reading."""
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder, "film.dcm")
        draw(film)
        gap, whole = longest_gap(film)
    print(f"  longest gap {gap * 1000:.0f} ms while a 2048 × 2500 film is read in {whole:.2f} s")
    return [
        ("longest gap of the event loop while a film is read / 100 ms", gap * 10, 1.0),
        ("longest gap of the event loop / the same work without threads", gap / whole, 0.1),
    ]


def draw(film: Path) -> None:
    """Write a phantom, in a process of its own: nothing of the engine is loaded here yet."""
    code = (
        "import sys; from pathlib import Path;"
        "from engine.phantoms import PhantomSpec, draw_phantom, write_phantom;"
        "spec = PhantomSpec(seed=3, rows=2500, columns=2048, opacity=True);"
        "write_phantom(draw_phantom(spec), Path(sys.argv[1]))"
    )
    subprocess.run([sys.executable, "-c", code, str(film)], check=True)


def longest_gap(film: Path) -> tuple[float, float]:
    """Seconds of the longest turn of the event loop while a new window reads, and of them all."""
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
    read = session.analysis is not None
    window.close()
    if not read:
        raise RuntimeError("the film was not read")
    return max(b - a for a, b in pairwise(ticks)), ticks[-1] - ticks[0]
