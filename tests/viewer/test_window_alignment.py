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
from viewer.read.layouts import PaneGrid
from viewer.read.workspace import Centre
from viewer.session.choices import RowCursor
from viewer.session.viewport import Turn, Viewport

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


@pytest.fixture
def beneath(qtbot):
    """A film that is turned by 90°, and strips beneath it, as the centre lays them."""
    film, *strips = FilmPane(), InfluencePane(), AnswerPane(), StatesPane()
    grid = PaneGrid()
    grid.arrange((film,), 1, 1, 0)
    centre = Centre(grid, strips)
    qtbot.addWidget(centre)
    for strip in strips:
        film.rows_moved.connect(strip.show_rows)
    film.rows_moved.connect(lambda rows: centre.lie(level=rows.level))
    centre.resize(1000, 700)
    centre.show()
    answer = made.analysis()
    strips[0].show_influence(answer.influence, 1.8, "finding")
    strips[1].show_answer(answer.prediction, answer.states.edges, 0.5)
    strips[2].show_states(answer.states.h[-1, 0], answer.states.edges, limits=(-1.0, 1.0), unit="")
    show(film, made.image())
    film.show_look(Viewport(turn=Turn(1)))
    centre.grab()
    return centre, film, strips


def column(pane, row):
    """Pixels of a stored row from the left edge of the window that holds the panes."""
    if isinstance(pane, FilmPane):
        x = pane.placement.pixel(0.0, row).x()
    else:
        x = pane.lie.screen(0.0, float(pane.y_of(row))).x()
    return pane.view.mapTo(pane.window(), QPointF(x, 0.0)).x()


def assert_aligned_beneath(film, strips):
    for row in ROWS:
        seen = [column(strip, row) for strip in strips]
        assert seen == pytest.approx([column(film, row)] * 3, abs=1e-3)


@pytest.mark.parametrize("turn", [Turn(1), Turn(3), Turn(1, flipped=True), Turn(3, flipped=True)])
def test_that_strips_lie_beneath_a_turned_film_row_over_row(beneath, turn):
    centre, film, strips = beneath
    film.show_look(Viewport(turn=turn))
    centre.grab()
    tops = [pane.mapTo(centre, QPointF(0, 0).toPoint()).y() for pane in (film, *strips)]
    assert tops == sorted(tops)
    assert_aligned_beneath(film, strips)


@pytest.mark.parametrize("act", ["zoom", "pan", "fit", "resize"])
def test_that_strips_beneath_a_turned_film_follow_it(beneath, act):
    centre, film, strips = beneath
    film.zoom_by(2.3)
    {
        "zoom": lambda: film.zoom_by(1.7),
        "pan": lambda: film.pan(41.0, 7.0),
        "fit": film.fit,
        "resize": lambda: centre.resize(1311, 655),
    }[act]()
    centre.grab()
    assert_aligned_beneath(film, strips)


def test_that_strips_stand_beside_the_film_again(beneath):
    centre, film, strips = beneath
    film.show_look(Viewport(turn=Turn(2)))
    centre.grab()
    for row in ROWS:
        places = [float(strip.y_of(row)) for strip in strips]
        assert places == pytest.approx([film.placement.y_of(row)] * 3, abs=1e-3)
    assert strips[0].x() > film.x()


@pytest.mark.parametrize("flipped", [False, True])
@pytest.mark.parametrize("quarters", [0, 2])
def test_that_rows_stay_aligned_when_mirrored_and_upside_down(panes, flipped, quarters):
    _, film, strips = panes
    film.show_look(Viewport(turn=Turn(quarters, flipped=flipped)))
    film.zoom_by(1.9)
    for row in ROWS:
        places = [float(strip.y_of(row)) for strip in strips]
        assert places == pytest.approx([film.placement.y_of(row)] * 3, abs=1e-3)
