"""Dragging window and level over a 2048 × 2500 film with a map on it, against pyqtgraph."""

import statistics
import sys
import time
from pathlib import Path

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from engine.types import Frame, FrameHeader, Heatmap, Image, Window
from viewer.film.view import FilmItem
from viewer.kit.canvas import canvas, view_box
from viewer.kit.rendering import build_pyramid

ROWS, COLUMNS, STEPS = 2500, 2048, 96
VIEW = (1280, 1024)
TURNS = 25
GOAL = 0.25
FRAME_MS = 16.0


def run() -> list[tuple[str, float, float]]:
    """One step of the drag: ours as a share of pyqtgraph's, and of a 60 Hz frame."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    values = film()
    target = QImage(*VIEW, QImage.Format.Format_RGB32)
    ours, theirs = Ours(values), Theirs(values)
    application.processEvents()
    pairs = []
    for turn in range(TURNS + 3):
        level = 1800.0 + 20.0 * turn
        pairs.append((timed(ours.draw, level, target), timed(theirs.draw, level, target)))
    pairs = pairs[3:]  # the first turns fill caches
    ratio = statistics.median(mine / other for mine, other in pairs)
    mine, other = (statistics.median(column) * 1000 for column in zip(*pairs, strict=True))
    print(f"  a step of the drag: ours {mine:.1f} ms, pyqtgraph {other:.1f} ms")
    return [
        ("window/level drag with map / pyqtgraph setLevels with map", ratio, GOAL),
        (f"window/level drag with map / {FRAME_MS:.0f} ms", mine / FRAME_MS, 1.0),
    ]


def film() -> np.ndarray:
    """(2500, 2048) uint16: smooth shapes and noise, twelve bits."""
    rng = np.random.default_rng(1)
    y, x = np.mgrid[0:ROWS, 0:COLUMNS].astype(np.float32)
    smooth = 2048 + 1200 * np.sin(x / 300) * np.cos(y / 400)
    return np.clip(smooth + rng.normal(0, 40, smooth.shape), 0, 4095).astype(np.uint16)


class Ours:
    """The item of the film pane, in a view as the pane builds it."""

    def __init__(self, values: np.ndarray) -> None:
        image = Image(
            path=Path("film.dcm"),
            format="DICOM",
            encoding="",
            frame_count=1,
            rows=ROWS,
            columns=COLUMNS,
            bits_stored=12,
            photometric="MONOCHROME2",
        )
        frame = Frame(image, 0, values.astype(np.float32), header=FrameHeader((0, 4095)))
        holder = self.holder = QWidget()
        holder.resize(*VIEW)
        self.view = canvas(holder, 0)
        box = view_box(self.view)
        self.item = FilmItem(box)
        box.addItem(self.item)
        self.item.show_frame(frame, build_pyramid(frame), Window(1800.0, 3000.0))
        self.item.heatmap = Heatmap(
            np.linspace(-3, 3, STEPS, dtype=np.float32),
            np.linspace(0.0, ROWS, STEPS + 1),
            "state",
            "",
            "σ",
            (-3.0, 3.0),
        )
        holder.show()
        width = ROWS * VIEW[0] / VIEW[1]
        box.setRange(QRectF((COLUMNS - width) / 2, 0, width, ROWS), padding=0)
        self.view.grab()

    def draw(self, level: float, target: QImage) -> None:
        self.item.voi = Window(level, 3000.0)
        self.item.refresh()
        painter = QPainter(target)
        self.view.render(painter)
        painter.end()


class Theirs:
    """An ImageItem under a second one that is half transparent."""

    def __init__(self, values: np.ndarray) -> None:
        self.view = pg.GraphicsView()
        self.view.resize(*VIEW)
        self.box = pg.ViewBox(enableMouse=False, enableMenu=False, invertY=True, lockAspect=True)
        self.view.setCentralItem(self.box)
        self.film = pg.ImageItem(values, axisOrder="row-major", levels=(300, 3300))
        rows = np.linspace(-3, 3, STEPS, dtype=np.float32)[:, None]
        shown = pg.ImageItem(rows, axisOrder="row-major", levels=(-3, 3))
        shown.setLookupTable(pg.colormap.get("viridis").getLookupTable(nPts=256))
        shown.setRect(QRectF(0, 0, COLUMNS, ROWS))
        shown.setOpacity(0.5)
        self.box.addItem(self.film)
        self.box.addItem(shown)
        self.box.setRange(QRectF(0, 0, COLUMNS, ROWS), padding=0)
        self.view.show()
        self.view.grab()

    def draw(self, level: float, target: QImage) -> None:
        self.film.setLevels((level - 1500.0, level + 1500.0))
        painter = QPainter(target)
        self.view.render(painter)
        painter.end()


def timed(draw, level: float, target: QImage) -> float:
    """Seconds that one drawing takes."""
    started = time.perf_counter()
    draw(level, target)
    return time.perf_counter() - started
