"""The house in numbers: sizes of rooms, and what data meets on its way. `make house` prints it.

The second table counts, with a profiler, modules of ours that a piece of work enters, calls of
our functions, and how deep they stand in each other. Everything runs once before it is counted.
"""

import ast
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import mean
from types import FrameType
from typing import Any

import numpy as np
from PIL import Image as PillowImage
from PySide6.QtCore import QEventLoop, QPoint, QSettings, Qt, QTimer, SignalInstance
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from engine import list_models, load, train
from engine.imaging import read_frame, read_image
from engine.phantoms import PhantomSpec, draw_phantom, write_phantom
from viewer.kit import theme
from viewer.session.loading import load_film
from viewer.session.session import Session
from viewer.session.settings import Settings
from viewer.window import MainWindow

ROOT = Path(__file__).parents[1]
OURS = (f"{ROOT}/engine", f"{ROOT}/viewer")


def at(share: float, values: list[int]) -> int:
    return sorted(values)[min(int(share * len(values)), len(values) - 1)]


def sizes(top: str) -> str:
    files = sorted((ROOT / top).rglob("*.py"))
    lines = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in files}
    modules = [count for path, count in lines.items() if path.name != "__init__.py"]
    nodes = [node for path in files for node in ast.walk(ast.parse(path.read_text("utf-8")))]
    functions = [
        node.end_lineno - node.lineno + 1
        for node in nodes
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    total = sum(lines.values())
    return (
        f"{top:8} {total:7,} {len(modules):5} {1000 * len(modules) / total:5.1f}   "
        f"{mean(modules):4.0f} / {at(0.5, modules)} / {at(0.9, modules)} / {max(modules)}   "
        f"{at(0.5, functions)} / {at(0.9, functions)} / {max(functions)}"
    )


def names_twice() -> str:
    files = [path for top in ("engine", "viewer") for path in (ROOT / top).rglob("*.py")]
    stems = Counter(path.name for path in files if path.name != "__init__.py")
    classes = Counter(
        node.name
        for path in files
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    twice = [sorted(n for n, count in c.items() if count > 1) for c in (stems, classes)]
    return f"file names twice: {', '.join(twice[0])}; class names twice: {', '.join(twice[1])}"


class Traced:
    """Counts what a piece of work enters of engine and viewer, in all threads."""

    def __init__(self) -> None:
        self.on = False
        self.local = threading.local()
        self.begin()

    def begin(self) -> None:
        self.modules: set[str] = set()
        self.calls = self.deepest = 0

    def __call__(self, frame: FrameType, event: str, _argument: object) -> None:
        path = frame.f_code.co_filename
        if not self.on or not path.startswith(OURS):
            return
        depth = getattr(self.local, "depth", 0)
        if event == "call":
            self.local.depth = depth + 1
            self.calls += 1
            self.deepest = max(self.deepest, depth + 1)
            self.modules.add(path)
        elif event == "return":
            self.local.depth = max(depth - 1, 0)


SEEN = Traced()


def each(name: str, values: Sequence[Any], work: Callable[[Any], object]) -> None:
    """Trace the second of two like pieces of work."""
    turns = iter(values)
    traced(name, lambda: work(next(turns)))


def traced(name: str, work: Callable[[], object]) -> None:
    work()
    SEEN.begin()
    SEEN.local.depth, SEEN.on = 0, True
    try:
        work()
    finally:
        SEEN.on = False
    print(f"{name:44} {len(SEEN.modules):7} {SEEN.calls:9,} {SEEN.deepest:6}")


def shown_window(folder: Path) -> tuple[QApplication, MainWindow]:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    theme.apply(application)
    models = sorted(list_models(), key=lambda model: model.name != "phantom-opacity")
    session = Session(tuple(models))
    settings = Settings(QSettings(str(folder / "settings.ini"), QSettings.Format.IniFormat))
    window = MainWindow(session, settings)
    window.resize(1280, 800)
    window.show()
    return application, window


def until(signal: SignalInstance, work: Callable[[], object]) -> None:
    loop = QEventLoop()
    signal.connect(loop.quit)
    QTimer.singleShot(60_000, loop.quit)
    work()
    loop.exec()
    signal.disconnect(loop.quit)


def films(folder: Path) -> dict[str, list[Path]]:
    """Two small films of each kind: the first opening of a kind loads its decoder."""
    found: dict[str, list[Path]] = {"DICOM": [], "PNG": []}
    for seed in (5, 6):
        path = folder / f"{seed}.dcm"
        write_phantom(draw_phantom(PhantomSpec(seed=seed, rows=192, columns=192)), path)
        found["DICOM"].append(path)
        pixels = np.random.default_rng(seed).integers(0, 255, (64, 64)).astype(np.uint8)
        found["PNG"].append(folder / f"{seed}.png")
        PillowImage.fromarray(pixels).save(found["PNG"][-1])
    return found


def training(folder: Path) -> dict[str, Any]:
    """A recipe, and 48 films of two classes, bright above or below."""
    rng = np.random.default_rng(0)
    for split, count in (("train", 16), ("test", 8)):
        for name, bright in (("above", slice(0, 8)), ("below", slice(8, 16))):
            place = folder / "films" / split / name
            place.mkdir(parents=True)
            for number in range(count):
                pixels = rng.integers(0, 100, (16, 16), dtype=np.uint8)
                pixels[bright] += 100
                PillowImage.fromarray(pixels).save(place / f"{number}.png")
    said = ("name", "title", "version", "task", "intended_use", "data_source")
    return {
        **dict.fromkeys(said, "tiny"),
        "classes": ["above", "below"],
        "positive": 1,
        "input": {"rows": 8, "columns": 8, "intensity": "rank"},
        "network": {"cell": "gru", "hidden_size": 6},
        "data": {"source": "a test", "licence": "none", "validation": 0.25},
        "population": {},
        "training": {"epochs": 1, "batch_size": 8},
        "measure": {"allow_untold": True},  # the way is traced, whatever comes out
    }


def traces(folder: Path) -> None:
    print(f"\n{'what data meets on its way':44} modules     calls  depth")
    for kind, paths in films(folder).items():
        each(f"open and read a {kind} film, no window", paths, lambda path: load_film(path, 0))
    model = load("phantom-opacity")
    film = read_frame(read_image(folder / "5.dcm"), 0)
    traced("analyse a frame", lambda: model.analyse(film))
    traced("list the models", list_models)
    recipe, made = training(folder), (folder / "first", folder / "second")
    each(
        "train: recipe and films to bundle, one epoch",
        made,
        lambda output: train(recipe, folder / "films", output=output, audit=False, workers=1),
    )
    application, window = shown_window(folder)
    session = window.session
    painted = window.film.painted
    for kind, paths in films(folder).items():
        name = f"open a {kind} film until it is painted"
        each(name, paths, lambda path: until(painted, lambda: session.open((path,))))
    until(session.settled, lambda: session.open((folder / "6.dcm",)))
    each("move the row cursor, everything painted", (20, 21), lambda row: moved(window, row))
    view = window.film.view.viewport()
    middle = view.rect().center()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    steps = (middle + QPoint(5, 5), middle + QPoint(9, 9))
    each("a step of a window drag, painted", steps, lambda place: dragged(view, place))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle)
    application.processEvents()
    window.close()


def moved(window: MainWindow, row: int) -> None:
    window.session.move_to_row(row)
    QApplication.processEvents()


def dragged(view: QWidget, place: QPoint) -> None:
    QTest.mouseMove(view, place)
    QApplication.processEvents()


if __name__ == "__main__":
    print("          lines modules per 1,000  mean / p50 / p90 / max   functions p50 / p90 / max")
    print(sizes("engine"), sizes("viewer"), names_twice(), sep="\n")
    threading.setprofile(SEEN)
    sys.setprofile(SEEN)
    with tempfile.TemporaryDirectory() as made:
        traces(Path(made))
