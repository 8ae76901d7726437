"""A film that is turned or mirrored: every stored place is painted where it then lies."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor

from engine.types import Orientation, Window
from tests.viewer import film_values as made
from tests.viewer.film_panes import build
from tests.viewer.film_values import heard
from tests.viewer.session.test_turns import ALL, TABLE, written
from viewer.kit import theme
from viewer.kit.rendering import build_pyramid
from viewer.session.choices import MapChoice, RowCursor
from viewer.session.viewport import Turn, Viewport

BLOCK = 40  # stored pixels of one grey level
FULL = Window(127.5, 255.0, "", "LINEAR_EXACT")
SIDE = 12  # blocks: all of them are different


def film(block=BLOCK):
    """12 × 10 blocks, each of another grey."""
    greys = np.random.default_rng(3).permutation(SIDE * 10).reshape(SIDE, 10) * 2.0
    values = greys.repeat(block, axis=0).repeat(block, axis=1).astype(np.float32)
    rows, columns = values.shape
    return replace(made.frame(made.image(rows=rows, columns=columns)), values=values), greys


def pane_of(qtbot, turn, block=BLOCK, size=(520, 700)):
    pane, (shown, greys) = build(qtbot, size), film(block)
    pane.set_text_level("none")
    pane.show_frame(shown, build_pyramid(shown), fresh=True)
    pane.show_voi(FULL)
    pane.show_look(Viewport(turn=turn))
    return pane, greys


def picture(pane):
    image = pane.view.grab().toImage()
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    return data[:, :, :3].astype(int)


def middles(pane, greys, block=BLOCK):
    """What is painted in the middle of every block."""
    shown, found = picture(pane), np.zeros((*greys.shape, 3), int)
    for row, column in np.ndindex(greys.shape):
        place = pane.pixel((column + 0.5) * block, (row + 0.5) * block)
        found[row, column] = shown[int(place.y()), int(place.x())]
    return found


def hidden(pane, greys, block=BLOCK):
    """Blocks beneath the line that is always written."""
    boxes = pane.written().boxes
    places = [
        pane.pixel((column + 0.5) * block, (row + 0.5) * block)
        for row, column in np.ndindex(greys.shape)
    ]
    covered = [any(box.contains(place) for box in boxes) for place in places]
    return np.reshape(covered, greys.shape)


@pytest.mark.parametrize("block", [8, BLOCK, 90])
@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_every_block_is_painted_where_it_lies(qtbot, turn, block):
    pane, greys = pane_of(qtbot, turn, block)
    seen = ~hidden(pane, greys, block)
    assert seen.sum() > 100
    scaled = middles(pane, greys, block)
    assert np.abs(scaled - greys[..., None])[seen].max() <= 1
    pane.show_voi(Window(100.0, 50.0))
    picture(pane)
    pane.show_voi(FULL)
    assert (pane.item._samples is not None) == (block == 90 or pane.placement.scale < 1)
    assert np.abs(middles(pane, greys, block) - greys[..., None])[seen].max() <= 1


@pytest.mark.parametrize("block", [BLOCK, 90])
@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_the_map_follows_the_rows(qtbot, turn, block):
    pane, greys = pane_of(qtbot, turn, block)
    values = np.where(np.arange(SIDE) == 3, 3.0, 0.0)
    shown = made.heatmap(rows=SIDE * block, values=values)
    pane.show_map(shown, MapChoice(question="state", strength=1.0))
    seen = ~hidden(pane, greys, block)
    for _ in ("scaled", "sampled"):
        found = middles(pane, greys, block)
        coloured = (found.max(axis=2) - found.min(axis=2) > 8) & seen
        assert (coloured[3] == seen[3]).all()  # on black, too
        assert not np.delete(coloured, 3, axis=0).any()
        pane.item.refresh()


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_the_ribbon_stands_beside_level_rows_and_lies_beneath_upright_ones(qtbot, turn):
    pane, _ = pane_of(qtbot, turn)
    values = np.where(np.arange(SIDE) == 3, 3.0, 0.0)
    pane.show_map(made.heatmap(rows=SIDE * BLOCK, values=values), MapChoice(question="state"))
    shown = pane.placement.on_screen(pane.item.image_rect())
    there, other = (pane.pixel(0.0, (row + 0.5) * BLOCK) for row in (3, 8))
    if turn.level:
        spots = [QPointF(shown.right() + 6, place.y()) for place in (there, other)]
    else:
        spots = [QPointF(place.x(), shown.bottom() + 6) for place in (there, other)]
    image = pane.view.grab().toImage()
    strong, zero = (QColor(image.pixel(spot.toPoint())) for spot in spots)
    assert strong.red() > zero.red() + 100
    assert zero != QColor(theme.ON_FILM.pane)


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_the_row_cursor_runs_along_its_row(qtbot, turn):
    pane, _ = pane_of(qtbot, turn)
    before = picture(pane)
    pane.show_cursor(RowCursor(3.5 * BLOCK, 3, "row 3"))
    changed = np.argwhere((picture(pane) != before).any(axis=2))
    place = pane.pixel(0.0, 3.5 * BLOCK)
    along, fixed = (changed[:, 1], changed[:, 0]) if turn.level else changed.T
    at = place.y() if turn.level else place.x()
    assert np.abs(fixed + 0.5 - at).max() < 3
    length = pane.box.width() if turn.level else pane.box.height()
    assert along.max() - along.min() > length - 3


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_letters_follow_and_are_absent_where_they_are_unknown(qtbot, turn):
    pane, _ = pane_of(qtbot, turn)
    pane.set_text_level("all")
    assert pane.written().letters == ()
    frame = pane.item.frame
    known = replace(
        frame, header=replace(frame.header, orientation=Orientation("R", "L", "H", "F"))
    )
    pane.show_frame(known, build_pyramid(known), fresh=False)
    assert [sign.lines[0] for sign in pane.written().letters] == list(
        TABLE[turn.quarters, turn.flipped]
    )
    assert written(turn.letters(known.header.orientation)) == TABLE[turn.quarters, turn.flipped]


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_a_click_asks_for_the_row_beneath_it(qtbot, turn):
    pane, _ = pane_of(qtbot, turn)
    rows = heard(pane.row_requested)
    pane.surface.point(pane.stored(pane.pixel(7.0, 33.0)).y())
    assert rows == [(pytest.approx(33.0),)]


def test_that_the_strips_are_told_of_every_turn(qtbot):
    pane, _ = pane_of(qtbot, Turn())
    told = heard(pane.rows_moved)
    for turn in ALL[1:]:
        pane.show_look(Viewport(turn=turn))
    assert [rows.level for (rows,) in told] == [turn.level for turn in ALL[1:]]
    upside_down = [rows.top > rows.bottom for (rows,) in told if rows.level]
    assert upside_down == [True, False, True]


def test_that_a_turned_film_is_fitted_anew_and_a_place_stays_in_the_middle(qtbot):
    pane, _ = pane_of(qtbot, Turn())
    wide = pane.placement.scale
    pane.show_look(Viewport(turn=Turn(1)))
    assert pane.placement.scale != wide
    pane.zoom_by(3.0)
    before = pane.placement
    pane.show_look(Viewport(turn=Turn(2)))
    assert pane.placement == replace(before, turn=Turn(2))
