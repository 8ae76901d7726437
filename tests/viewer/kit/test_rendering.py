"""Pixels and map → RGB: lightness, chroma, gamut, bands, crops and levels."""

from pathlib import Path

import numpy as np
import pytest

from engine.imaging import apply_voi, oklab
from engine.types import Frame, FrameHeader, Heatmap, Image, Window
from viewer.kit import theme
from viewer.kit.rendering import (
    CHROMA,
    LIFT,
    LIFTED,
    MAP_STEPS,
    Rect,
    band_contrast,
    build_pyramid,
    render_view,
    solid_lut,
    table_places,
    tint_table,
)

QUESTIONS = ("state", "influence")
WINDOW = Window(127.5, 255.0, "", "LINEAR_EXACT")
MIDDLE = MAP_STEPS // 2
JUST_SEEN = 0.02  # OKLab


def frame(values, colour=None) -> Frame:
    rows, columns = np.shape(values)
    image = Image(Path("film"), "PNG", "", 1, rows, columns, 8, "MONOCHROME2")
    values = np.asarray(values, np.float32)
    return Frame(image, 0, values, colour, header=FrameHeader((0, 255)))


def heatmap(values, rows, question="state", *, signed=True) -> Heatmap:
    edges = np.linspace(0.0, rows, len(values) + 1)
    limits = (-3.0, 3.0) if signed else (0.0, 1.0)
    return Heatmap(np.asarray(values, np.float32), edges, question, "", "", limits, signed)


def drawn(pyramid, shown=None, *, scale=1.0, part=None, strength=1.0, inverted=False):
    rows, columns = pyramid.levels[0].shape
    return render_view(
        pyramid,
        WINDOW,
        inverted=inverted,
        heatmap=shown,
        strength=strength,
        part=part or Rect(0, 0, columns, rows),
        scale=scale,
    )


def rgb(packed) -> np.ndarray:
    packed = np.asarray(packed)
    return np.stack([packed >> 16 & 255, packed >> 8 & 255, packed & 255], axis=-1)


def linear(packed) -> np.ndarray:
    encoded = rgb(packed) / 255
    steep = ((encoded + 0.055) / 1.055) ** 2.4
    return np.where(encoded <= 0.04045, encoded / 12.92, steep)


def cie_lightness(packed) -> np.ndarray:
    """CIE 1976 L* of D65 luminance, 0…100."""
    y = linear(packed) @ (0.2126729, 0.7151522, 0.0721750)
    return np.where(y > 216 / 24389, 116 * np.cbrt(y) - 16, y * 24389 / 27)


def oklab_chroma(packed) -> np.ndarray:
    lab = oklab(linear(packed))
    return np.hypot(lab[..., 1], lab[..., 2])


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("strength", [0.3, 1.0])
def test_that_a_map_keeps_the_lightness_of_every_grey_that_is_not_near_black_or_white(
    question, strength
):
    lightness = cie_lightness(tint_table(question, strength))
    bare = lightness[MIDDLE]
    between = (bare > LIFTED) & (bare < 100 - LIFTED)
    assert between.sum() > 110
    assert np.abs(lightness - bare)[:, between].max() < 1.2


@pytest.mark.parametrize("question", QUESTIONS)
def test_that_near_black_and_white_lightness_changes_by_no_more_than_is_said(question):
    lightness = cie_lightness(tint_table(question, 1.0))
    assert np.abs(lightness - lightness[MIDDLE]).max() < LIFT + 1.2
    weak = cie_lightness(tint_table(question, 0.3))
    assert np.abs(weak - weak[MIDDLE]).max() < 0.3 * LIFT + 1.2


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("strength", [0.3, 0.7, 1.0])
def test_that_the_brighter_of_two_pixels_stays_the_brighter_one_under_every_map_value(
    question, strength
):
    lightness = cie_lightness(tint_table(question, strength))
    four = lightness[:, 4:] - lightness[:, :-4]  # eight bits round away what one level differs
    assert four.min() > 0.0


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("sign", [-1, 1])
@pytest.mark.parametrize(("one", "other"), [(0.0, 0.5), (0.5, 1.0), (0.0, 1.0)])
def test_that_neighbouring_bands_can_be_told_apart_on_every_grey(question, sign, one, other):
    assert band_contrast(question, sign * one, sign * other, 0.7).min() > JUST_SEEN
    # At full strength gold ends where a grey of 50 has no more chroma, before the full value.
    assert band_contrast(question, sign * one, sign * other, 1.0).min() > JUST_SEEN / 2


def test_that_bands_of_opposite_signs_are_told_apart_on_black_and_white():
    for question in QUESTIONS:
        assert band_contrast(question, -1.0, 1.0, 0.7)[[0, 255]].min() > 2 * JUST_SEEN


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("strength", [0.3, 1.0])
def test_that_a_map_has_at_most_the_chroma_of_its_strength(question, strength):
    rounding = 0.0025  # of eight bits, near mid-grey
    greys = slice(32, 256)
    chroma = oklab_chroma(tint_table(question, strength)[:, greys])
    assert chroma.max() <= CHROMA * strength + rounding


@pytest.mark.parametrize("question", QUESTIONS)
def test_that_full_values_reach_the_full_chroma_on_mid_grey(question):
    chroma = oklab_chroma(tint_table(question, 1.0)[[0, -1], 120])
    assert chroma == pytest.approx([CHROMA, CHROMA], abs=0.0025)


@pytest.mark.parametrize("question", QUESTIONS)
def test_that_black_and_white_stay_as_they_are_where_the_map_is_zero(question):
    ends = rgb(tint_table(question, 1.0)[MIDDLE, [0, 255]])
    assert (ends == np.array([0, 255])[:, None]).all()


@pytest.mark.parametrize("question", QUESTIONS)
def test_that_zero_leaves_the_film_bare_bit_for_bit(question):
    assert (rgb(tint_table(question, 1.0)[MIDDLE]) == np.arange(256)[:, None]).all()


def test_that_no_strength_leaves_the_film_bare():
    assert np.abs(rgb(tint_table("state", 0.0)) - np.arange(256)[:, None]).max() == 0


@pytest.mark.parametrize("question", QUESTIONS)
def test_that_chroma_grows_with_the_value(question):
    chroma = oklab_chroma(tint_table(question, 1.0)[MIDDLE::16, 120])
    assert (np.diff(chroma) > 0).all()


@pytest.mark.parametrize(
    ("question", "place", "name"),
    [
        ("state", 0, theme.STATE_NEGATIVE),
        ("state", -1, theme.STATE_POSITIVE),
        ("influence", 0, theme.INFLUENCE_NEGATIVE),
        ("influence", -1, theme.INFLUENCE_POSITIVE),
    ],
)
def test_that_the_hue_is_the_themes(question, place, name):
    def hue(packed):
        lab = oklab(linear(packed))
        return np.arctan2(lab[2], lab[1])

    assert hue(tint_table(question, 1.0)[place, 128]) == pytest.approx(
        hue(int(name[1:], 16)), abs=0.05
    )


@pytest.mark.parametrize("question", QUESTIONS)
def test_that_solid_colours_are_dark_at_zero_and_the_themes_at_the_ends(question):
    table = solid_lut(question, size=MAP_STEPS)
    pair = {
        "state": (theme.STATE_NEGATIVE, theme.STATE_POSITIVE),
        "influence": (theme.INFLUENCE_NEGATIVE, theme.INFLUENCE_POSITIVE),
    }[question]
    wanted = rgb([int(name[1:], 16) for name in (pair[0], theme.MAP_ZERO, pair[1])])
    assert np.abs(table[[0, MIDDLE, -1]].astype(int) - wanted).max() <= 1


def test_that_solid_colours_of_a_map_without_sign_begin_at_zero():
    assert (solid_lut("state", signed=False)[0] == solid_lut("state", size=129)[64]).all()


def test_that_a_map_without_sign_uses_the_positive_colour_only():
    places = table_places(heatmap([0.0, 0.5, 1.0], 3, signed=False))
    assert list(places) == [MIDDLE, MIDDLE + MIDDLE // 2, MAP_STEPS - 1]


def test_that_values_beyond_the_scale_and_not_numbers_are_drawable():
    places = table_places(heatmap([-99.0, 99.0, np.nan], 3))
    assert list(places) == [0, MAP_STEPS - 1, MIDDLE]


@pytest.mark.parametrize("inverted", [False, True])
def test_that_the_bare_film_is_its_windowed_values(inverted):
    values = np.arange(256.0).reshape(16, 16)
    view = drawn(build_pyramid(frame(values)), inverted=inverted)
    grey = apply_voi(values.astype(np.float32), WINDOW, inverted)
    assert (rgb(view.pixels) == grey[..., None]).all()


def test_that_every_pixel_is_opaque():
    pyramid = build_pyramid(frame(np.full((16, 16), 90.0)))
    assert (drawn(pyramid, heatmap([1.0, 2.0], 16)).pixels >> 24 == 255).all()


def test_that_the_colour_changes_exactly_at_the_edges():
    shown = heatmap([-3.0, 0.0, 3.0, 1.0], 40)
    view = drawn(build_pyramid(frame(np.full((40, 4), 120.0))), shown)
    changes = np.flatnonzero(np.diff(view.pixels[:, 0].astype(np.int64)))
    assert list(changes + 1) == [10, 20, 30]


def test_that_within_a_band_nothing_is_smoothed():
    view = drawn(build_pyramid(frame(np.full((40, 4), 120.0))), heatmap([-3.0, 3.0], 40))
    assert len(np.unique(view.pixels)) == 2


def test_that_an_edge_within_a_stored_row_is_drawn_within_it_when_enlarged():
    view = drawn(build_pyramid(frame(np.full((5, 4), 120.0))), heatmap([-3.0, 3.0], 5), scale=16.0)
    change = int(np.flatnonzero(np.diff(view.pixels[:, 0].astype(np.int64)))[0]) + 1
    assert change / len(view.pixels) * 5 == 2.5


def test_that_the_map_does_not_change_what_is_outside_its_hue():
    values = np.random.default_rng(1).uniform(64, 180, (64, 64))
    pyramid = build_pyramid(frame(values))
    bare, tinted = drawn(pyramid), drawn(pyramid, heatmap([3.0, -3.0], 64))
    difference = cie_lightness(tinted.pixels) - cie_lightness(bare.pixels)
    assert np.abs(difference).max() < 1.2


def test_that_a_colour_film_is_drawn_as_stored():
    colour = np.random.default_rng(1).integers(0, 256, (16, 16, 3), dtype=np.uint8)
    pyramid = build_pyramid(frame(colour.mean(axis=2), colour))
    assert (rgb(drawn(pyramid).pixels) == colour).all()


def test_that_each_level_averages_the_one_before():
    values = np.random.default_rng(1).uniform(0, 255, (256, 256)).astype(np.float32)
    pyramid = build_pyramid(frame(values))
    blocks = values.reshape(128, 2, 128, 2).mean(axis=(1, 3))
    assert np.allclose(pyramid.levels[1], blocks, rtol=1e-6)


@pytest.mark.parametrize("shape", [(255, 301), (1, 1), (1000, 3), (3, 1000)])
def test_that_films_of_any_shape_have_a_pyramid_that_covers_them(shape):
    pyramid = build_pyramid(frame(np.full(shape, 7.0)))
    for level, values in enumerate(pyramid.levels):
        assert np.array(values.shape) * 2**level == pytest.approx(shape, abs=2**level)
        assert (values == 7.0).all()


def test_that_an_odd_border_does_not_move_the_bands():
    shown = heatmap([-3.0, 3.0], 301)
    pyramid = build_pyramid(frame(np.full((301, 255), 120.0)))
    view = drawn(pyramid, shown, scale=0.5)
    change = int(np.flatnonzero(np.diff(view.pixels[:, 0].astype(np.int64)))[0]) + 1
    assert view.rect.top + change * 2 == pytest.approx(150.5, abs=1.0)


@pytest.mark.parametrize("scale", [0.05, 0.2, 0.41, 0.5, 0.99, 1.0, 7.0])
def test_that_there_is_a_sample_for_every_device_pixel(scale):
    pyramid = build_pyramid(frame(np.zeros((1024, 1024))))
    view = drawn(pyramid, scale=scale)
    assert len(view.pixels) >= min(1024, 1024 * scale)


@pytest.mark.parametrize("scale", [0.05, 0.2, 0.41, 0.5, 0.99])
def test_that_not_much_more_is_drawn_than_the_screen_shows(scale):
    pyramid = build_pyramid(frame(np.zeros((1024, 1024))))
    assert len(drawn(pyramid, scale=scale).pixels) <= 2 * 1024 * scale + 2


def test_that_only_the_visible_part_is_drawn():
    pyramid = build_pyramid(frame(np.zeros((1000, 1000))))
    view = drawn(pyramid, part=Rect(100, 200, 150, 230))
    assert view.pixels.size <= 54 * 34


def test_that_a_crop_shows_the_same_pixels_as_the_whole():
    values = np.random.default_rng(1).uniform(0, 255, (200, 300))
    pyramid, shown = build_pyramid(frame(values)), heatmap(np.linspace(-3, 3, 7), 200)
    whole = drawn(pyramid, shown).pixels
    crop = drawn(pyramid, shown, part=Rect(40.5, 30.2, 90.1, 77.7))
    left, top, right, bottom = (
        int(side) for side in (crop.rect.left, crop.rect.top, crop.rect.right, crop.rect.bottom)
    )
    assert (crop.pixels == whole[top:bottom, left:right]).all()


@pytest.mark.parametrize("part", [Rect(-50, -50, 500, 500), Rect(-90, -90, -50, -50)])
def test_that_looking_beyond_the_film_draws_only_film(part):
    pyramid = build_pyramid(frame(np.zeros((30, 40))))
    rect = drawn(pyramid, part=part).rect
    assert rect.left >= 0
    assert rect.top >= 0
    assert rect.right <= 40
    assert rect.bottom <= 30
