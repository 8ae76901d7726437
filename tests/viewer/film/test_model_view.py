"""What the model saw, over the film: its grey levels, at their places, whichever way it lies."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from engine.types import InputFormat
from tests.viewer import film_panes, film_values as made
from viewer.film.model_view import paint_view, place_plate
from viewer.kit import theme
from viewer.session.model_rows import ModelViews, model_view
from viewer.session.pointer import Pointer
from viewer.session.viewport import History

READS = made.model(input=InputFormat(12, 9, "rank"))
WAYS = {  # where the corner lies, the way of columns, the way of rows; in units of 3 pixels
    "upright": ((5, 7), (1, 0), (0, 1)),
    "a quarter": ((250, 7), (0, 1), (-1, 0)),
    "upside down": ((200, 260), (-1, 0), (0, -1)),
    "three quarters": ((5, 200), (0, -1), (1, 0)),
    "mirrored": ((200, 7), (-1, 0), (0, 1)),
}


def placed(way):
    (x, y), (a, b), (c, d) = WAYS[way]

    def pixel(column, row):
        return QPointF(x + 3 * (a * column + c * row), y + 3 * (b * column + d * row))

    return pixel


def painted(view, pixel):
    image = QImage(320, 320, QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    paint_view(painter, view, pixel)
    painter.end()
    return image


def grey_at(image, point):
    colour = image.pixelColor(int(point.x()), int(point.y()))
    assert colour.red() == colour.green() == colour.blue(), colour.name()
    return colour.red()


@pytest.mark.parametrize("way", WAYS)
def test_that_every_cell_has_its_own_grey_level_whichever_way_the_film_lies(way):
    view, pixel = model_view(made.frame(), READS), placed(way)
    image = painted(view, pixel)
    rows, columns = (
        (view.rows[:-1] + view.rows[1:]) / 2,
        (view.columns[:-1] + view.columns[1:]) / 2,
    )
    seen = [[grey_at(image, pixel(column, row)) for column in columns] for row in rows]
    assert seen == view.grey.tolist()


def test_that_no_grey_level_is_there_but_those_that_the_network_read():
    view, pixel = model_view(made.frame(), READS), placed("upright")
    image = painted(view, pixel)
    seen = {
        grey_at(image, pixel(column + 0.5, row + 0.5))
        for row, column in product(range(80), range(60))
    }
    assert seen == set(np.unique(view.grey).tolist())


def test_that_what_the_model_did_not_get_is_veiled_and_not_covered():
    frame = made.frame()
    valid = np.zeros(frame.values.shape, np.bool_)
    valid[20:, 10:] = True
    view = model_view(replace(frame, valid=valid), READS)
    image = painted(view, placed("upright"))
    outside = image.pixelColor(placed("upright")(2, 2).toPoint())
    assert outside != QColor("magenta")
    assert outside.red() > 80  # what lies beneath is still seen
    assert image.pixelColor(0, 0) == QColor("magenta")  # beside the film there is nothing


LINES = ("12 × 9 grey levels, ranked", "whole film, nothing cut off")


@pytest.fixture
def _fonts(qapp):
    theme.load_fonts()


@pytest.mark.usefixtures("_fonts")
def test_that_the_plate_keeps_clear_of_what_must_be_read():
    film, taken = QRectF(0, 0, 600, 500), [QRectF(150, 380, 300, 120)]
    plate = place_plate(film, film, LINES, taken)
    assert film.contains(plate.box)
    assert not plate.box.intersects(taken[0])


@pytest.mark.usefixtures("_fonts")
@pytest.mark.parametrize("film", [(0, 100, 600, 300), (200, 0, 200, 500), (0, 0, 300, 500)])
def test_that_the_plate_stands_beside_the_film_where_there_is_room(film):
    plate = place_plate(QRectF(0, 0, 600, 500), QRectF(*film), LINES, ())
    assert QRectF(0, 0, 600, 500).contains(plate.box)
    assert not plate.box.intersects(QRectF(*film))


@pytest.fixture
def joined(qtbot):
    """A pane, the viewport whose film it shows, and the views of models."""
    pane, pointer, views = film_panes.build(qtbot), Pointer(History()), ModelViews()
    pane.seen.follow(pointer, views)
    pointer.take_model(READS)
    pointer.show_film(replace(made.film(), key="one"))
    yield pane, pointer, views
    views.lane.close()


def shot(pane):
    return pane.view.grab().toImage()


def test_that_one_key_blinks_the_models_rows_over_the_film(qtbot, joined):
    pane, _pointer, views = joined
    film = shot(pane)
    with qtbot.waitSignal(views.known, timeout=60_000):
        pane.seen.turn(on=True)
    view, place = pane.seen.shown, pane.placement.pixel
    image = shot(pane)
    taken = (*pane.written().boxes, pane.seen.plate.box)
    free = 0
    for row, column in product(range(12), range(9)):
        at = place(
            (view.columns[column] + view.columns[column + 1]) / 2,
            (view.rows[row] + view.rows[row + 1]) / 2,
        )
        if not any(box.contains(at) for box in taken):
            free += 1
            assert grey_at(image, at) == view.grey[row, column]
    assert free > 20
    pane.seen.turn(on=False)
    assert shot(pane) == film


def test_that_another_film_takes_the_view_of_the_last_one_away(qtbot, joined):
    pane, pointer, views = joined
    with qtbot.waitSignal(views.known, timeout=60_000):
        pane.seen.turn(on=True)
    pointer.show_film(replace(made.film(made.image("other.dcm", rows=64)), key="two"))
    assert pane.seen.shown is None
    with qtbot.waitSignal(views.known, timeout=60_000):
        pass
    assert pane.seen.shown.stored == (64, 60)


def test_that_nothing_is_computed_while_it_is_off(joined):
    pane, _pointer, views = joined
    assert not views.lane.busy
    assert pane.seen.shown is None
