"""A reading panel, what it can be given, and what it shows; for tests."""

from dataclasses import replace
from pathlib import Path

import numpy as np
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget

from engine.types import (
    Analysis,
    Figure,
    FilmTest,
    Image,
    Influence,
    InputFormat,
    ModelInfo,
    Prediction,
    Threshold,
    Trust,
)
from viewer.read.blocks import CheckRow
from viewer.read.panel import ReadingPane

MODEL = ModelInfo(
    name="chest-pneumonia",
    title="Chest film, pneumonia",
    version="1.2.0",
    path=Path("m"),
    sha256="4f1c2a9b" + "0" * 52 + "9a0d",
    task="",
    intended_use="",
    data_source="children of 1–5 years",
    classes=("normal", "pneumonia"),
    positive=1,
    input=InputFormat(96, 96, "rank"),
    architecture="GRU 2 × 192",
    layers=2,
    directions=1,
    hidden_size=192,
    steps=8,
    threshold=Threshold(0.38, 0.95, 0.83, "524 validation films"),
    results=(("Test AUC", "0.97 (0.96–0.98), 624 films"),),
)
_TEST = FilmTest(
    name="test",
    source="another hospital",
    films=624,
    patients=400,
    positive=390,
    date="2026-11-29",
    sensitivity=Figure(0.98, 0.96, 0.99, 390),
    specificity=Figure(0.78, 0.72, 0.83, 234),
    calibration_error=Figure(0.02, 0.01, 0.03, 624),
    calibration_slope=Figure(1.02, 0.95, 1.1, 624),
)
TESTED = replace(MODEL, tests=(_TEST,))
OFF = replace(
    MODEL,
    tests=(
        replace(
            _TEST,
            calibration_error=Figure(0.2, 0.17, 0.23, 624),
            calibration_slope=Figure(0.4, 0.3, 0.5, 624),
        ),
    ),
)
IMAGE = Image(Path("a.dcm"), "DICOM", "", 1, 80, 60, 8, "MONOCHROME2")
MANY = tuple(f"class {letter}" for letter in "abcdefg")


def influence(values, baseline=-0.85, residual=0.0):
    values = np.asarray(values, np.float32)
    total = float(values.astype(np.float64).sum()) + residual
    edges = np.linspace(0, 80, len(values) + 1)
    return Influence(values, edges, 1, baseline + total, baseline, residual)


def analysis(probability=0.91, model=MODEL, moved=None):
    moved = influence([-0.5, -0.8, 2.0, 2.0, 0.15, 0.3, 0.2, 0.1]) if moved is None else moved
    values = np.array([1 - probability, probability])
    prediction = Prediction(model.classes, values, np.zeros((8, 2), np.float32), 1)
    return Analysis(IMAGE, 0, model, "CPU", 0.21, prediction=prediction, influence=moved)


def trusted(model=MODEL, **trust):
    return replace(analysis(model=model), trust=Trust((), **trust))


def opened(pane, title) -> None:
    """Click the line of that name."""
    button = next(one for one in pane.findChildren(QToolButton) if one.text() == title)
    button.click()


def abstained():
    sentence = "This model reads CR films; the file is an MR image."
    return Analysis(IMAGE, 0, MODEL, "CPU", 0.02, abstained=sentence)


def many_classes():
    model = replace(MODEL, classes=MANY, positive=None, threshold=None)
    values = np.array([0.04, 0.5, 0.2, 0.1, 0.08, 0.05, 0.03])
    prediction = Prediction(MANY, values, np.zeros((8, 7), np.float32), 1)
    return Analysis(IMAGE, 0, model, "CPU", 0.21, prediction=prediction)


def build(qtbot) -> ReadingPane:
    widget = ReadingPane()
    widget.resize(232, 696)
    qtbot.addWidget(widget)
    widget.show()
    return widget


def texts(pane) -> list[str]:
    QApplication.processEvents()  # a layout shows new rows when it is next asked
    return [found.text() for found in pane.findChildren(QLabel) if found.isVisible()]


def words(pane) -> str:
    return " | ".join(texts(pane)).replace("\u200b", "").replace("\n", " ")


def tips(pane) -> list[str]:
    QApplication.processEvents()
    return [found.toolTip() for found in pane.findChildren(QWidget) if found.toolTip()]


def marks(pane) -> list[str]:
    QApplication.processEvents()
    rows = [row for row in pane.findChildren(CheckRow) if row.isVisible()]
    return [row.findChildren(QLabel)[0].accessibleName() for row in rows]
