"""Sampling at the pixels of the screen shows what scaling the drawn film shows, where it does."""

from dataclasses import replace

import numpy as np
import pytest

from engine.types import Window
from tests.viewer import film_values as made
from tests.viewer.film_panes import build
from viewer.kit.rendering import Pyramid, Rect, Screen, build_pyramid, on_screen, sampled
from viewer.session.choices import MapChoice

BODY = Rect(0.0, 0.0, 300.0, 200.0)
SCREEN = Screen(40.25, 10.5, 0.4, 0.4, BODY)


def ramp(rows=400, columns=500):
    values = np.add.outer(np.arange(rows) * 3.0, np.arange(columns) * 2.0)
    return Pyramid((values.astype(np.float32),), ())


def test_that_a_ramp_stays_a_ramp_at_the_middle_of_every_pixel():
    values = sampled(ramp(), SCREEN).levels[0]
    rows = (np.arange(*SCREEN.rows(400)) + 0.5 - SCREEN.top) / SCREEN.down - 0.5
    columns = (np.arange(*SCREEN.columns(500)) + 0.5 - SCREEN.left) / SCREEN.across - 0.5
    wanted = np.add.outer(rows * 3.0, columns * 2.0)
    assert np.allclose(values, wanted, atol=3.0)  # beyond the last middle it is repeated
    assert np.allclose(values[1:-1, 1:-1], wanted[1:-1, 1:-1], atol=0.01)


def test_that_every_pixel_whose_middle_lies_on_the_film_is_drawn():
    assert SCREEN.columns(500) == (40, 240)
    assert SCREEN.rows(400) == (10, 170)


def test_that_nothing_beyond_the_body_is_sampled():
    near = replace(SCREEN, left=-90.0, top=-30.0, across=0.9, down=0.9)
    assert sampled(ramp(), near).levels[0].shape == (200, 300)


def test_that_coarser_levels_are_sampled_at_the_same_places():
    pyramid = build_pyramid(made.frame(made.image(rows=1024, columns=1024)))
    smooth = np.add.outer(np.arange(1024), np.arange(1024)).astype(np.float32)
    pyramid = build_pyramid(replace_values(smooth))
    small = replace(SCREEN, across=0.1, down=0.1)
    values = sampled(pyramid, small).levels[0]
    rows = (np.arange(*small.rows(1024)) + 0.5 - small.top) / small.down - 0.5
    assert np.allclose(np.diff(values[5:-5], axis=0), np.diff(rows)[0], atol=0.01)
    columns = (np.arange(*small.columns(1024)) + 0.5 - small.left) / small.across - 0.5
    assert values[50, 50] == pytest.approx(rows[50] + columns[50], abs=0.01)


def replace_values(values):
    return replace(made.frame(made.image(rows=1024, columns=1024)), values=values)


def test_that_the_edges_of_a_map_stay_where_they_are_on_the_screen():
    shown = made.heatmap(rows=400)
    moved = on_screen(shown, SCREEN, 400)
    on_device = moved.edges + SCREEN.rows(400)[0]
    assert np.allclose(on_device, SCREEN.top + shown.edges * SCREEN.down)


@pytest.mark.parametrize("zoom", [1.0, 1.7])
@pytest.mark.parametrize("mapped", [False, True])
def test_that_a_drag_begins_without_a_jump(qtbot, zoom, mapped):
    pane = build(qtbot, (520, 700), made.image(rows=1800, columns=1500))
    smooth = np.add.outer(np.arange(1800) / 14, np.arange(1500) / 12).astype(np.float32)
    frame = replace(pane.item.frame, values=smooth)
    pane.show_frame(frame, build_pyramid(frame), fresh=True)
    pane.show_voi(made.WINDOW)
    pane.zoom_by(zoom)
    if mapped:
        pane.show_map(made.heatmap(rows=1800), MapChoice(question="state"))
    scaled = pixels(pane)
    pane.show_voi(Window(90.0, 100.0))
    pixels(pane)
    pane.show_voi(made.WINDOW)
    assert pane.item._samples is not None
    differences = np.abs(pixels(pane).astype(int) - scaled)
    edges = 20 if mapped else 5  # rows of the screen on which a band or the film ends
    assert (differences.max(axis=(1, 2)) > 4).sum() <= edges
    assert differences.mean() < 0.5


def pixels(pane):
    image = pane.view.grab().toImage()
    data = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), -1, 4)
    right = int(pane.placement.on_screen(pane.item.image_rect()).right()) - 2
    return data[:, :right, :3].copy()


def test_that_another_place_is_scaled_until_something_changes_there(qtbot):
    pane = build(qtbot, (520, 700), made.image(rows=1800, columns=1500))
    pane.show_voi(Window(90.0, 100.0))
    pane.grab()
    assert pane.item._samples is not None
    pane.zoom_by(1.1)
    pane.grab()
    assert pane.item._samples is None


def test_that_another_frame_at_the_same_place_is_sampled_anew(qtbot):
    pane = build(qtbot, (520, 700), made.image(rows=1800, columns=1500))
    pane.show_voi(Window(90.0, 100.0))
    pane.grab()
    frame = replace(pane.item.frame, values=pane.item.frame.values * 0)
    pane.show_frame(frame, build_pyramid(frame), fresh=True)
    pane.grab()
    pane.show_voi(made.WINDOW)
    pane.grab()
    assert not pane.item._samples.levels[0].any()


def test_that_a_colour_film_is_never_sampled(qtbot):
    pane = build(qtbot, (520, 700), made.image(rows=900, columns=900))
    colour = np.zeros((900, 900, 3), np.uint8)
    frame = replace(pane.item.frame, colour=colour)
    pane.show_frame(frame, build_pyramid(frame), fresh=True)
    pane.grab()
    pane.item.refresh()
    pane.grab()
    assert pane.item._samples is None
