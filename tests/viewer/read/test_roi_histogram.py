"""The values inside a region: bars, figures, and nothing where none is chosen."""

import numpy as np
import pytest
from PySide6.QtGui import QAccessible

from engine.annotations import Annotation, Measurement, values_of
from tests.viewer import film_values as made
from viewer.kit import theme
from viewer.read.annotation_list import AnnotationList
from viewer.read.roi_histogram import BARS, HEIGHT

MADE = "2026-11-29T14:02:31.250Z"
CORNERS = ((4.0, 6.0), (28.0, 30.0))


def frame():
    return made.frame(rescale=(1.0, 0.0))


def region(kind="rectangle", points=CORNERS, number=1):
    one = Annotation(f"{kind} {number}", kind, points, made=MADE, number=number)
    return Measurement(one, values_of(one, frame()))


@pytest.fixture(autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def marks(qtbot):
    marks = AnnotationList()
    qtbot.addWidget(marks)
    marks.resize(1000, 300)
    return marks


def test_that_nothing_stands_there_until_a_region_is_chosen(marks):
    marks.show_marks((region(), region("length", ((0.0, 0.0), (30.0, 40.0)))))
    assert marks.histogram.isHidden()
    marks.choose("rectangle 1")
    assert not marks.histogram.isHidden()
    marks.choose("length 1")
    assert marks.histogram.isHidden()
    marks.choose("rectangle 1")
    marks.choose("")
    assert marks.histogram.isHidden()


def test_that_the_histogram_goes_with_its_region(marks):
    marks.show_marks((region(),))
    marks.choose("rectangle 1")
    marks.show_marks((region("ellipse"),))
    assert marks.histogram.isHidden()


def test_that_the_bars_are_as_high_as_numpys(marks):
    marks.show_marks((region(),))
    marks.choose("rectangle 1")
    inside = frame().values[6:30, 4:28]
    bars = marks.histogram.bars
    low, high = inside.min() - 0.5, inside.max() + 0.5
    width = np.ceil((high - low) / 64)
    counts, _ = np.histogram(inside, bins=len(bars), range=(low, low + width * len(bars)))
    assert len(bars) > 8
    assert len(set(counts.tolist())) > 1  # they differ, so that a wrong order would be seen
    heights = [bar.height() for bar in bars]
    assert heights == pytest.approx(BARS * counts / counts.max())
    assert all(bar.bottom() == pytest.approx(BARS) for bar in bars)


def test_that_the_bars_are_painted_in_the_quiet_colour_of_text(marks):
    marks.show_marks((region(),))
    marks.choose("rectangle 1")
    widget = marks.histogram
    image = widget.grab().toImage()
    tallest = max(widget.bars, key=lambda bar: bar.height())
    middle = tallest.center().toPoint()
    assert image.pixelColor(middle).name() == theme.colour(theme.QUIET).name()
    assert theme.ACCENT.lower() not in {
        image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())
    }
    assert widget.height() == HEIGHT <= 60


def test_that_tip_and_screen_reader_have_the_figures(marks):
    marks.show_marks((region(),))
    marks.choose("rectangle 1")
    inside = frame().values[6:30, 4:28].astype(float)
    heard = QAccessible.queryAccessibleInterface(marks.histogram)
    words = heard.text(QAccessible.Text.Description)
    for figure in (f"lowest value {inside.min():.0f}", f"mean {inside.mean():.1f}",
                   f"standard deviation {inside.std():.1f}", f"highest value {inside.max():.0f}",
                   f"{inside.size} pixels"):  # fmt: skip
        assert figure in words
        assert figure in marks.histogram.toolTip()
    assert heard.text(QAccessible.Text.Name) == "Histogram of Rectangle 1"


def test_that_a_region_off_the_film_has_no_histogram(marks):
    marks.show_marks((region(points=((-50.0, -50.0), (-10.0, -10.0))),))
    marks.choose("rectangle 1")
    assert marks.histogram.isHidden()
