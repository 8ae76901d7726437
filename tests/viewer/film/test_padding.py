"""Padding on screen: as the pane behind the film, whatever window, inversion and map say."""

from dataclasses import replace

import numpy as np
import pytest

from engine.types import HiddenStates
from tests.viewer import film_values as made
from tests.viewer.film_panes import build
from tests.viewer.kit.test_rendering import WINDOW, frame, heatmap, rgb
from viewer.kit import theme
from viewer.kit.rendering import Rect, Screen, build_pyramid, render_view, sampled
from viewer.kit.words import probe_text
from viewer.session.choices import MapChoice
from viewer.session.viewport import Viewport

PANE = [int(theme.PANE[i : i + 2], 16) for i in (1, 3, 5)]
WIDE, OUTSIDE = 64, 30_000.0


def padded(size=256, level=100.0):
    """A grey film in the middle of a frame whose padding is brighter than anything."""
    valid = np.zeros((size, size), bool)
    valid[WIDE:-WIDE, WIDE:-WIDE] = True
    return replace(frame(np.where(valid, level, OUTSIDE)), valid=valid)


def drawn(shown, *, scale=1.0, inverted=False, shown_map=None, part=None):
    size = shown.values.shape[0]
    return rgb(
        render_view(
            build_pyramid(shown),
            WINDOW,
            inverted=inverted,
            heatmap=shown_map,
            strength=1.0,
            part=part or Rect(0, 0, size, size),
            scale=scale,
        ).pixels
    )


@pytest.mark.parametrize("inverted", [False, True])
@pytest.mark.parametrize("scale", [0.5, 1.0])
@pytest.mark.parametrize("with_map", [False, True])
def test_that_padding_is_drawn_as_the_pane(inverted, scale, with_map):
    shown_map = heatmap([-3, 3], 256) if with_map else None
    pixels = drawn(padded(), scale=scale, inverted=inverted, shown_map=shown_map)
    assert pixels[0, 0].tolist() == pixels[-1, len(pixels) // 2].tolist() == PANE


def test_that_rows_between_which_a_band_ends_keep_their_padding():
    part = Rect(WIDE - 4, WIDE - 4, WIDE + 4, WIDE + 4)
    pixels = drawn(padded(), scale=8.0, shown_map=heatmap([-3, 3], 256), part=part)
    assert pixels[0, 0].tolist() == PANE
    assert pixels[-1, -1].tolist() != PANE


@pytest.mark.parametrize("scale", [0.5, 0.25])
def test_that_padding_enters_no_average(scale):
    level = {tuple(pixel) for pixel in drawn(padded(), scale=scale).reshape(-1, 3)}
    assert level == {tuple(PANE), (100, 100, 100)}


def test_that_padding_does_not_shine_into_pixels_of_the_screen():
    screen = Screen(3.3, 2.7, 0.41, 0.41, Rect(0.0, 0.0, 200.0, 200.0))
    taken = sampled(build_pyramid(padded()), screen)
    image = taken.levels[0][taken.shares[0] >= 0.5]
    assert image.size > 1000
    assert np.allclose(image, 100.0, atol=0.01)


def test_that_the_pane_shows_no_padding_in_the_film(qtbot):
    pane = build(qtbot, of=made.image(rows=256, columns=256))
    film = padded()
    pane.show_frame(film, build_pyramid(film), fresh=True)
    pane.show_look(Viewport(inverted=True))
    picture = pane.view.grab().toImage()
    left, top = 2, picture.height() // 2
    assert picture.pixelColor(left + 20, top).getRgb()[:3] == tuple(PANE)


def test_that_the_probe_says_padding():
    assert probe_text(padded(), 0, 5) == "column 5, row 0: padding (30000)"
    assert probe_text(padded(), WIDE, WIDE) == f"column {WIDE}, row {WIDE}: 100"


def test_that_the_map_covers_the_rows_of_the_film_only(qtbot):
    pane = build(qtbot)
    shown = replace(made.heatmap(), edges=np.linspace(10.0, 60.0, made.STEPS + 1))
    pane.show_map(shown, MapChoice(question="state"))
    rect = pane.item.overlay_rect()
    assert (rect.top(), rect.bottom()) == (10.0, 60.0)


@pytest.mark.parametrize(("asked", "row", "step"), [(0.0, 10.0, 0), (79.0, 59.999, 7)])
def test_that_the_cursor_stays_on_the_rows_that_were_read(session, settle, asked, row, step):
    settle(session.open, (made.image().path,))
    states = session.analysis.states
    edges = np.linspace(10.0, 60.0, made.STEPS + 1)
    session.pointer.analysis = replace(session.analysis, states=HiddenStates(states.h, edges))
    session.move_to_row(asked)
    assert (session.cursor.row, session.cursor.step) == (row, step)
