"""A stored row lies on the same pixel in the film and in every strip."""

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from tests.viewer import film_values as made
from tests.viewer.film_panes import show
from tests.viewer.film_values import heard
from viewer.film.view import FilmPane
from viewer.inspect.answer import AnswerPane
from viewer.inspect.influence import InfluencePane
from viewer.inspect.states import StatesPane
from viewer.session.choices import RowCursor

HEIGHTS = (500, 733)
ROWS = (0.0, 33.3, 80.0)


@pytest.fixture
def panes(qtbot):
    """Film and strips side by side, as the window wires them."""
    holder = QWidget()
    qtbot.addWidget(holder)
    film, *strips = FilmPane(), InfluencePane(), AnswerPane(), StatesPane()
    answer = made.analysis()
    for strip in strips:
        film.rows_moved.connect(strip.show_rows)
    place(holder, (film, *strips), HEIGHTS[0])
    holder.show()
    strips[0].show_influence(answer.influence, 1.8, "finding")
    strips[1].show_answer(answer.prediction, answer.states.edges, 0.5)
    matrix = answer.states.h[-1, 0]
    strips[2].show_states(matrix, answer.states.edges, limits=(-1.0, 1.0), unit="")
    show(film, made.image())
    holder.grab()
    return holder, film, strips


def place(holder, panes, height):
    holder.resize(1000, height)
    left = 0
    for pane, width in zip(panes, (520, 160, 120, 200), strict=True):
        pane.setParent(holder)
        pane.setGeometry(left, 0, width, height)
        left += width
    holder.grab()


def at(pane, row):
    """Height of a stored row over the upper edge of the window that holds the panes."""
    if isinstance(pane, FilmPane):
        y = pane.item.mapToParent(QPointF(0.0, row)).y()
    else:
        y = pane.box.mapFromView(QPointF(0.0, row)).y()
    return pane.view.mapTo(pane.parentWidget(), QPointF(0.0, y)).y()


def assert_aligned(film, strips):
    for row in ROWS:
        assert [at(strip, row) for strip in strips] == pytest.approx([at(film, row)] * 3, abs=1e-3)


def test_that_rows_are_aligned_when_fitted(panes):
    assert_aligned(*panes[1:])


def test_that_rows_stay_aligned_when_zoomed_and_panned(panes):
    _, film, strips = panes
    film.zoom_by(3.7)
    assert_aligned(film, strips)
    film.pan(0.0, 61.0)
    assert_aligned(film, strips)


@pytest.mark.parametrize("height", HEIGHTS)
def test_that_rows_stay_aligned_when_the_window_is_resized(panes, height):
    holder, film, strips = panes
    film.zoom_by(1.5)
    place(holder, (film, *strips), height + 87)
    assert_aligned(film, strips)


def test_that_the_formula_of_the_strips_is_the_films(panes):
    _, film, strips = panes
    film.zoom_by(2.1)
    places = [float(strip.y_of(33.3)) for strip in strips]
    assert places == pytest.approx([film.placement.y_of(33.3)] * 3)


def test_that_the_cursor_is_painted_on_the_same_pixels(panes):
    holder, film, strips = panes
    for pane in (film, *strips):
        pane.show_cursor(RowCursor(33.3, 3, ""))
    image = holder.grab().toImage()
    lefts = [strip.view.mapTo(holder, QPointF(1.0, 0.0)).x() for strip in strips]
    places = [np.mean(accent(image, int(x))) + 0.5 for x in (film.width() // 2, *lefts)]
    assert places == pytest.approx([at(film, 33.3)] * 4, abs=1.0)


def accent(image, x):
    colours = [image.pixelColor(x, y) for y in range(image.height())]
    return [y for y, c in enumerate(colours) if c.green() > 120 and c.green() > 1.5 * c.red()]


def act_by(name, holder, film, strips):
    {
        "resize": lambda: place(holder, (film, *strips), 640),
        "zoom": lambda: film.zoom_by(2.0),
        "pan": lambda: film.pan(0.0, 30.0),
        "fit": film.fit,
        "film": lambda: show(film, made.image("other.dcm", rows=200)),
    }[name]()


@pytest.mark.parametrize("action", ["resize", "zoom", "pan", "fit", "film"])
def test_that_every_move_tells_the_rows_that_are_seen(panes, action):
    told = heard(panes[1].rows_moved)
    panes[1].tell()  # rows that stay are not told again
    act_by(action, *panes)
    seen = panes[1].placement.visible()
    assert (told[-1][0].top, told[-1][0].bottom) == (seen.top(), seen.bottom())
