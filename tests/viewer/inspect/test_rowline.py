"""The line of readings beneath the film."""

import pytest

from viewer.inspect.rowline import RowLinePane
from viewer.kit import theme

PAIRS = (
    ("stored rows", "556–564"),
    ("answer", "0.71"),
    ("influence", "+0.23"),
    ("state", "+1.9 σ"),
)


@pytest.fixture
def line(qtbot):
    result = RowLinePane()
    qtbot.addWidget(result)
    result.resize(900, result.height())
    return result


def test_that_a_wide_line_shows_every_pair(line):
    line.show_row("Row 60", PAIRS)
    assert line.visible_pairs() == PAIRS


def test_that_pairs_are_dropped_from_the_right_when_it_is_narrow(line):
    line.show_row("Row 60", PAIRS)
    line.resize(320, line.height())
    shown = line.visible_pairs()
    assert 0 < len(shown) < len(PAIRS)
    assert shown == PAIRS[: len(shown)]


def test_that_no_pair_reaches_the_margin(line):
    line.show_row("Row 60", PAIRS)
    line.resize(320, line.height())
    image = line.grab().toImage()
    ground = image.pixel(0, 0)
    edge = range(image.width() - theme.MARGIN, image.width())
    assert all(image.pixel(x, y) == ground for x in edge for y in range(image.height()))


def test_that_a_screen_reader_hears_everything(line):
    line.show_row("Row 60", PAIRS)
    assert line.accessibleName() == (
        "Row 60, stored rows 556–564, answer 0.71, influence +0.23, state +1.9 σ"
    )


def test_that_dropped_pairs_can_still_be_read(line):
    line.resize(320, line.height())
    line.show_row("Row 60", PAIRS)
    assert "state +1.9 σ" in line.toolTip()


def test_that_clearing_leaves_the_line_empty(line):
    line.show_row("Row 60", PAIRS)
    line.clear()
    image = line.grab().toImage()
    ground = image.pixel(0, 0)
    shades = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert shades == {ground}
