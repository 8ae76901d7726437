"""Shift and a drag in a strip brush a stretch of steps; without Shift the strip hears the drag."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from tests.viewer.film_values import heard
from viewer.inspect.stretch_brush import StretchBrush
from viewer.inspect.strip import RowStrip
from viewer.kit import theme
from viewer.session.choices import RowView
from viewer.session.searching import Stretch

EDGES = np.linspace(0.0, 80.0, 9)


@pytest.fixture
def strip(qtbot):
    result = RowStrip(("Strip",), "empty", insets=(8.0, 8.0))
    qtbot.addWidget(result)
    result.resize(160, 400 + theme.HEAD + theme.FOOT)
    result.show()
    result.show_rows(RowView(0.0, 80.0))
    result.show_data(EDGES)
    return result


@pytest.fixture
def brush(strip):
    return StretchBrush(strip)


def send(strip, kind, y, *, shift=True):
    target, left = strip.view.viewport(), Qt.MouseButton.LeftButton
    held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
    button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
    buttons = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else left
    at = QPointF(60.0, y)
    QApplication.sendEvent(
        target, QMouseEvent(kind, at, target.mapToGlobal(at), button, buttons, held)
    )


def drag(strip, start, end, *, shift=True):
    send(strip, QEvent.Type.MouseButtonPress, start, shift=shift)
    send(strip, QEvent.Type.MouseMove, end, shift=shift)
    send(strip, QEvent.Type.MouseButtonRelease, end, shift=shift)


def test_that_a_drag_with_shift_brushes_steps_and_moves_no_cursor(strip, brush):
    brushed, rows = heard(brush.stretch_requested), heard(strip.row_requested)
    drag(strip, 120.0, 280.0)  # 50 pixels a step
    assert brushed == [(2, 2), (2, 5)]
    assert rows == []


def test_that_a_drag_upwards_brushes_the_same(strip, brush):
    brushed = heard(brush.stretch_requested)
    drag(strip, 280.0, 120.0)
    assert brushed[-1] == (2, 5)


def test_that_a_drag_goes_on_when_shift_is_let_go(strip, brush):
    brushed, rows = heard(brush.stretch_requested), heard(strip.row_requested)
    send(strip, QEvent.Type.MouseButtonPress, 120.0)
    send(strip, QEvent.Type.MouseMove, 280.0, shift=False)
    send(strip, QEvent.Type.MouseButtonRelease, 280.0, shift=False)
    assert (brushed[-1], rows) == ((2, 5), [])


def test_that_without_shift_the_cursor_is_moved(strip, brush):
    brushed, rows = heard(brush.stretch_requested), heard(strip.row_requested)
    drag(strip, 120.0, 280.0, shift=False)
    assert brushed == []
    assert [row for (row,) in rows] == [24.0, 56.0]


def test_that_an_empty_strip_is_not_brushed(strip, brush):
    strip.clear()
    brushed = heard(brush.stretch_requested)
    drag(strip, 120.0, 280.0)
    assert brushed == []


def test_that_a_brushed_stretch_is_a_band_over_its_steps(strip, brush):
    bare = strip.body.grab().toImage()
    brush.show_stretch(Stretch(2, 5, own=True))
    banded = strip.body.grab().toImage()
    changed = [y for y in range(400) if banded.pixel(60, y) != bare.pixel(60, y)]
    assert (changed[0], changed[-1]) == (100, 299)
    assert len(changed) == 200


def test_that_the_row_of_the_cursor_is_no_band(strip, brush):
    brush.show_stretch(Stretch(2, 2, own=False))
    assert brush.stretch is None
