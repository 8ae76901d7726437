"""The sums by column stand at the film's own columns, however it lies."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF

from engine.types import GridInfluence
from tests.viewer import film_values as made
from viewer.film.column_margin import HIGH, PART, MarginLayer
from viewer.film.view import FilmPane
from viewer.kit.rendering import build_pyramid
from viewer.panes import join
from viewer.session.pointer import Viewports
from viewer.session.viewport import Place, Turn


def grid(values=None):
    """Cells of 8 × 6 over a film of 80 × 60, whose fourth column speaks for the finding."""
    if values is None:
        values = np.zeros((8, 6), np.float32)
        values[:, 3], values[2, 0] = 0.2, -0.4
    edges = np.linspace(0, 80, 9), np.linspace(0, 60, 7)
    return GridInfluence(values, *edges, 1, float(values.sum()), 0.0, 0.0)


@pytest.fixture
def pointer(qtbot):
    return Viewports(made.model()).active


@pytest.fixture
def pane(qtbot, pointer):
    pane = FilmPane()
    qtbot.addWidget(pane)
    pane.resize(620, 800)
    join(pane, pointer)
    pane.layer = MarginLayer(pane, pointer)
    pane.show()
    pointer.show_film(made.film())
    pane.show_frame(pointer.film.frame, build_pyramid(pointer.film.frame), fresh=True)
    pointer.analysis = made.analysis()
    pointer.show_answer()
    pointer.choose_map(replace(pointer.choice, question="influence", grid=True))
    pointer.take_grid(grid())
    pane.grab()
    return pane


def shown(pane):
    layer = pane.layer
    return next((one for one in (layer.beneath, layer.beside) if not one.isHidden()), None)


def test_that_the_sums_of_columns_are_those_of_the_map(pane):
    assert shown(pane) is pane.layer.beneath
    assert shown(pane).values == pytest.approx([-0.4, 0, 0, 1.6, 0, 0], abs=1e-6)


@pytest.mark.parametrize("turn", [Turn(), Turn(1), Turn(2), Turn(3), Turn(0, flipped=True)])
def test_that_a_column_stands_at_its_place_on_the_film_however_it_is_turned(pane, pointer, turn):
    pointer.turn(turn)
    pane.grab()
    margin = shown(pane)
    assert margin is (pane.layer.beneath if turn.level else pane.layer.beside)
    for edge, place in zip(np.linspace(0, 60, 7), margin.places(), strict=True):
        pixel = pane.pixel(float(edge), 0.0)
        assert place == pytest.approx(pixel.x() if turn.level else pixel.y())


def test_that_it_follows_zoom_and_pan(pane):
    before = shown(pane).places()
    pane.show_place(Place(20.0, 30.0, 25.0))
    after = shown(pane).places()
    assert after[1] - after[0] == pytest.approx(250.0)
    assert not np.allclose(before, after)
    assert after[2] == pytest.approx(pane.pixel(20.0, 0.0).x())


def test_that_the_bar_of_a_column_is_painted_at_that_column(pane):
    margin = shown(pane)
    image = margin.grab().toImage()
    places = margin.places()
    strong = image.pixelColor(round((places[3] + places[4]) / 2), round(PART * HIGH) - 3)
    none = image.pixelColor(round((places[1] + places[2]) / 2), round(PART * HIGH) - 3)
    assert strong.red() > strong.blue() + 60
    assert abs(none.red() - none.blue()) < 10


def test_that_a_tip_says_columns_and_their_sum(pane):
    place = QPointF(pane.pixel(35.0, 0.0).x(), 10.0)
    assert shown(pane).tip_at(place) == "stored columns 30–40: +1.6 log-odds"
    assert shown(pane).tip_at(QPointF(pane.pixel(-5.0, 0.0).x(), 10.0)) == ""


def test_that_there_is_no_margin_without_a_map_over_rows_and_columns(pane, pointer):
    pointer.choose_map(replace(pointer.choice, grid=False))
    assert shown(pane) is None
    pointer.choose_map(replace(pointer.choice, grid=True))
    assert shown(pane) is not None
    pointer.blank()
    assert shown(pane) is None


def test_that_the_foot_names_the_cells_and_says_that_they_were_not_tested(pane):
    assert "Influence on finding, Δ log-odds per cell of 8 × 6" in pane.legend.name.toolTip()
    assert "not tested" in pane.legend.meaning.toolTip()
    assert "not an outline" in pane.legend.meaning.toolTip()
    assert pane.item.heatmap.unit == "Δ log-odds per cell"


def test_that_the_map_colours_the_cell_and_leaves_others_bare(pane, pointer):
    pane.item.strength = 1.0
    pane.item.refresh()
    image = pane.view.grab().toImage()

    def colour(column, row):
        shade = image.pixelColor(pane.pixel(column, row).toPoint())
        return shade.red() - shade.blue()

    assert colour(35.5, 42.5) > 8
    assert colour(45.5, 42.5) == 0
    assert colour(5.5, 25.5) < -8


@pytest.mark.parametrize("turn", [Turn(1), Turn(2), Turn(0, flipped=True)])
def test_that_the_map_is_turned_with_the_film(pane, pointer, turn):
    pointer.turn(turn)
    pane.item.strength = 1.0
    pane.item.refresh()
    for _ in range(2):  # the second time its values are sampled for the screen
        image = pane.view.grab().toImage()
        shade = image.pixelColor(pane.pixel(35.5, 42.5).toPoint())
        bare = image.pixelColor(pane.pixel(45.5, 42.5).toPoint())
        assert shade.red() - shade.blue() > 8
        assert bare.red() == bare.blue()
        pane.item.refresh()
