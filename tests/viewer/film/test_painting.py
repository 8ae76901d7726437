"""What goes wrong in painting is told once; Qt never meets the exception and the window lives."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from tests.viewer.film_panes import build
from viewer.film import marks
from viewer.kit import theme
from viewer.kit.canvas import stamp


@pytest.fixture
def pane(qtbot):
    return build(qtbot)


class BrokenError(RuntimeError):
    """Stands for whatever may go wrong while a film is painted."""


@pytest.fixture
def caught(monkeypatch):
    errors = []
    hook = SimpleNamespace(excepthook=lambda kind, _error, _trace: errors.append(kind))
    monkeypatch.setattr("viewer.kit.canvas.sys", hook)
    return errors


def fail(*_, **__):
    raise BrokenError


def test_that_an_error_in_drawing_the_film_is_told_once_and_ends_nothing(
    pane, caught, monkeypatch
):
    monkeypatch.setattr("viewer.film.item.render_view", fail)
    pane.item.refresh()
    for _ in range(3):
        pane.grab()
    assert caught == [BrokenError]


def test_that_the_film_is_drawn_again_after_the_next_change(pane, caught, monkeypatch):
    whole = pane.grab().toImage()
    with monkeypatch.context() as broken:
        broken.setattr("viewer.film.item.render_view", fail)
        pane.item.refresh()
        assert pane.grab().toImage() != whole
    pane.item.refresh()
    assert pane.grab().toImage() == whole


def test_that_an_error_in_a_drawing_over_the_film_is_told_once_and_ends_nothing(
    pane, caught, monkeypatch
):
    monkeypatch.setattr(pane.drawings.over, "_paint", fail)
    pane.drawings.over.refresh()
    for _ in range(3):
        pane.grab()
    assert caught == [BrokenError]


def test_that_words_are_drawn_once_while_frames_pass_beneath_them(pane, monkeypatch):
    pane.grab()
    drawn = []
    monkeypatch.setattr(marks, "_fill", lambda *_: drawn.append("plate"))
    for _ in range(3):
        pane.item.voi = replace(pane.item.voi)
        pane.drawings.refresh()
        pane.grab()
    assert not drawn
    pane.lettering.step_rows = "other words"
    pane.drawings.refresh()
    pane.grab()
    assert drawn


@pytest.mark.parametrize("ratio", [1.0, 1.5, 2.0])
def test_that_a_stamp_looks_as_if_it_were_painted_there(qtbot, ratio):
    box = QRectF(10.25, 7.5, 41.3, 20.6)

    def paint(painter):
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(theme.ON_FILM.pane, 200))
        painter.drawRoundedRect(box, 3, 3)
        painter.fillRect(box.adjusted(8, 8, -8, -8), theme.colour(theme.ON_FILM.accent))

    def picture(how, kind=QImage.Format.Format_RGB32):
        image = QImage(120, 90, kind)
        image.setDevicePixelRatio(ratio)
        image.fill(theme.colour(theme.ON_FILM.text))
        painter = QPainter(image)
        painter.translate(2.5, 3.0)
        how(painter)
        painter.end()
        return np.frombuffer(image.constBits(), np.uint8).astype(int)

    directly = picture(paint)
    for _ in range(2):  # made, and kept
        stamped = picture(lambda painter: stamp(painter, box, ("test", ratio), paint))
        assert np.abs(stamped - directly).max() <= 3  # of 255: blended twice


def test_that_what_is_turned_or_on_paper_is_painted_itself(qtbot):
    painted, image = [], QImage(64, 64, QImage.Format.Format_RGB32)
    for turn in (0.0, 30.0):
        painter = QPainter(image)
        painter.rotate(turn)
        for _ in range(2):
            stamp(painter, QRectF(4, 4, 9, 9), "turned", painted.append)
        painter.end()
    assert len(painted) == 3  # once straight, into the picture; each time where it is turned
    assert painted[1:] == [painter, painter]
