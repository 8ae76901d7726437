"""The program against a bare PySide6 and pyqtgraph window with an image: up, and with an answer.

Each is a process of its own, one after the other in every turn; the caches of an earlier start are
there, compiled modules among them, as on every day but the first. The goals are of the clock; what
the processor worked, which a busy machine changes less, stands beside it.
"""

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT, TURNS = Path(__file__).parents[2], 5
BARE = """
import sys, numpy as np, pyqtgraph as pg
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
application, window = QApplication([]), QMainWindow()
view = pg.GraphicsLayoutWidget()
values = np.random.default_rng(0).integers(0, 4096, (2048, 2500)).astype("uint16")
view.addViewBox().addItem(pg.ImageItem(values))
window.setCentralWidget(view)
window.resize(1280, 800)
window.show()
def done():
    application.processEvents()
    window.grab().save(sys.argv[1])
    application.quit()
QTimer.singleShot(0, done)
application.exec()
"""
OURS = "import sys; from viewer.start import main; sys.exit(main())"


def run() -> list[tuple[str, float, float]]:
    """Medians of ratios; without a film the picture is taken as soon as the window is up."""
    with tempfile.TemporaryDirectory() as folder:
        film, picture = Path(folder, "film.dcm"), str(Path(folder, "window.png"))
        draw(film)
        # Of its own, so that neither a setting of this shell nor an older start decides.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        size = ("--size", "1280x800", "--model", "phantom-opacity", "--screenshot", picture)
        commands = {
            "bare": ("-c", BARE, picture),
            "up": ("-c", OURS, *size),
            "answer": ("-c", OURS, *size, str(film)),
        }
        times = {name: [] for name in commands}
        work = {name: [] for name in commands}
        for turn in range(TURNS + 1):
            for name, command in commands.items():
                before, seconds = worked(), started(command)
                if turn:  # the first fills caches
                    times[name].append(seconds)
                    work[name].append(worked() - before)
    for words, column in (("by the clock", times), ("of the processor", work)):
        medians = ", ".join(f"{k} {statistics.median(v):.2f} s" for k, v in column.items())
        shares = ", ".join(f"{name} {ratio(column, name):.2f}" for name in ("up", "answer"))
        print(f"  {words}: {medians}; / bare: {shares}")
    return [
        ("program started and its window painted / a bare window", ratio(times, "up"), 1.3),
        ("program started, film read and answered / a bare window", ratio(times, "answer"), 2.0),
    ]


def draw(film: Path) -> None:
    """Write a phantom of 2500 × 2048 pixels."""
    code = (
        "import sys; from pathlib import Path;"
        "from engine.phantoms import PhantomSpec, draw_phantom, write_phantom;"
        "spec = PhantomSpec(seed=3, rows=2500, columns=2048, opacity=True);"
        "write_phantom(draw_phantom(spec), Path(sys.argv[1]))"
    )
    started(("-c", code, str(film)))


def started(arguments) -> float:
    """Seconds from a process's start to its end."""
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)}
    begin = time.perf_counter()
    command = [sys.executable, *arguments]
    subprocess.run(command, env=environment, check=True, capture_output=True, cwd=ROOT)
    return time.perf_counter() - begin


def worked() -> float:
    """Seconds of the processor that all processes worked that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def ratio(times, name: str) -> float:
    """Median over the turns."""
    pairs = zip(times[name], times["bare"], strict=True)
    return statistics.median(ours / bare for ours, bare in pairs)
