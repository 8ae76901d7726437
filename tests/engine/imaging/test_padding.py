"""Padding is no image: not for what is shown, not for what is checked, not for a model."""

import numpy as np
import pytest

from engine.films import read_rows
from engine.imaging import (
    auto_window,
    borders,
    default_voi,
    film_area,
    full_window,
    read_frame,
    read_image,
    thumbnail,
)
from engine.sequence import column_edges, refusal, to_sequence
from engine.suitability import film_checks
from engine.types import FilmLimits, InputFormat
from tests.engine.imaging_files import EXPLICIT, IMPLICIT, dataset, ramp, write

TOP, LEFT, BOTTOM, RIGHT = 9, 13, 5, 7  # pixels around the film
OUTSIDE = 5000
LIMITS = FilmLimits(narrowest=0.5, widest=2.0, levels=32, clipped=0.6, upright=True)
GREY = ("MONOCHROME1", "MONOCHROME2")


def noise(rows=60, columns=48, low=100, high=4000):
    return np.random.default_rng(3).integers(low, high, (rows, columns)).astype(np.uint16)


def disc(size=96):
    """Where a round field is, in a square."""
    y, x = np.mgrid[0:size, 0:size] - (size - 1) / 2
    return np.hypot(y, x) < size * 0.45


def framed(film, value=OUTSIDE):
    return np.pad(film, ((TOP, BOTTOM), (LEFT, RIGHT)), constant_values=value)


def read(tmp_path, pixels, name="film", **attributes):
    return read_frame(read_image(write(tmp_path / name, pixels, **attributes)))


def padded(tmp_path, film, **attributes):
    return read(tmp_path, framed(film), "padded", PixelPaddingValue=OUTSIDE, **attributes)


def round_film(tmp_path, outside, *, tag=True, photometric="MONOCHROME2"):
    """Values −1000…400 in a round field, no window in the header."""
    section = np.random.default_rng(4).integers(-1000, 401, (96, 96))
    pixels = np.where(disc(), section, outside).astype(np.int16)
    declared = {"PixelPaddingValue": outside} if tag else {}
    return read(tmp_path, pixels, str(outside), PhotometricInterpretation=photometric, **declared)


# ------------------------------------------------------------------ what is padding
def test_that_pixels_of_the_padding_value_are_no_image(tmp_path):
    frame = padded(tmp_path, noise())
    np.testing.assert_array_equal(frame.valid, framed(np.ones((60, 48)), 0) > 0)


def test_that_the_value_stays_where_it_is_not_image(tmp_path):
    assert padded(tmp_path, noise()).values[0, 0] == OUTSIDE


def test_that_without_padding_there_is_no_mask(tmp_path):
    assert read(tmp_path, noise()).valid is None
    assert read(tmp_path, noise(), PixelPaddingValue=OUTSIDE).valid is None


@pytest.mark.parametrize("ends", [(4, 9), (9, 4)])
def test_that_a_range_of_values_is_padding_whichever_end_comes_first(tmp_path, ends):
    film = np.arange(100, dtype=np.uint16).reshape(10, 10)
    value, limit = ends
    frame = read(tmp_path, film, PixelPaddingValue=value, PixelPaddingRangeLimit=limit)
    assert frame.values[~frame.valid].tolist() == [4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize(
    ("syntax", "vr", "value"),
    [(IMPLICIT, "SS", -2000), (EXPLICIT, "SS", -2000), (EXPLICIT, "US", 65536 - 2000)],
)
def test_that_the_sign_is_that_of_the_pixels(tmp_path, syntax, vr, value):
    film = noise().astype(np.int16)
    film[0] = -2000
    made = dataset(film, syntax)
    made.add_new(0x00280120, vr, value)
    made.save_as(tmp_path / "film", enforce_file_format=True)
    frame = read_frame(read_image(tmp_path / "film"))
    assert not frame.valid[0].any()
    assert frame.valid[1:].all()


def test_that_padding_is_told_before_a_rescale(tmp_path):
    frame = padded(tmp_path, noise(), RescaleSlope=2, RescaleIntercept=-1024)
    assert np.count_nonzero(frame.valid) == 60 * 48


def test_that_colour_has_no_padding(tmp_path):
    rgb = np.zeros((8, 8, 3), np.uint8)
    rgb[4:] = 200
    assert read(tmp_path, rgb, PixelPaddingValue=0).valid is None


def test_that_a_frame_of_nothing_but_padding_is_shown_as_it_is_with_a_note(tmp_path):
    frame = read(tmp_path, np.full((20, 20), 7, np.uint16), PixelPaddingValue=7)
    assert frame.valid is None
    assert [note.code for note in frame.image.notes if note.code == "padding"] == ["padding"]


def test_that_a_note_says_how_much_is_padding(tmp_path):
    frame = read(tmp_path, framed(noise(60, 48)), PixelPaddingValue=OUTSIDE)
    share = 100 * (1 - 60 * 48 / (74 * 68))
    words = [note.words for note in frame.image.notes if note.code == "padding"]
    assert words == [f"{share:.1f} % of the pixels are padding (5000), which is no image."]


# ------------------------------------------------------------------ what is shown
@pytest.mark.parametrize("outside", [-2000, -32768])
@pytest.mark.parametrize("window", [auto_window, full_window, default_voi])
def test_that_computed_windows_are_those_of_the_image(tmp_path, outside, window):
    found = window(round_film(tmp_path, outside))
    low, high = found.center - found.width / 2, found.center + found.width / 2
    assert (low, high) == pytest.approx((-1000, 400), abs=12)


def test_that_a_window_that_shows_only_the_padding_is_passed_over(tmp_path):
    frame = padded(tmp_path, noise(), WindowCenter=4900, WindowWidth=50)
    assert default_voi(frame).explanation == "auto"


@pytest.mark.parametrize("photometric", GREY)
def test_that_padding_is_black_in_a_thumbnail(tmp_path, photometric):
    frame = round_film(tmp_path, -2000, photometric=photometric)
    small = thumbnail(frame, 48)
    assert {small[y, x] for y in (0, -1) for x in (0, -1)} == {0}
    assert 60 < small[24, 24] < 200


@pytest.mark.parametrize("outside", [-32768, 32767])
def test_that_padding_does_not_shine_into_the_pixels_beside_it(tmp_path, outside):
    plain = round_film(tmp_path, -300, tag=False)
    frame = round_film(tmp_path, outside)
    inside = thumbnail(frame, 32)[10:22, 3]  # at the left edge of the field
    beside = thumbnail(plain, 32)[10:22, 3]
    assert np.abs(inside.astype(int) - beside).max() < 60


# ------------------------------------------------------------------ what a model reads
@pytest.mark.parametrize("photometric", GREY)
@pytest.mark.parametrize("intensity", ["rank", "min-max", "full-range"])
@pytest.mark.parametrize("aspect", ["stretch", "keep"])
def test_that_a_film_in_a_padded_frame_gives_the_rows_that_it_gives_alone(
    tmp_path, photometric, intensity, aspect
):
    wanted = InputFormat(16, 12, intensity, aspect=aspect)
    alone = read(tmp_path, noise(), PhotometricInterpretation=photometric)
    frame = padded(tmp_path, noise(), PhotometricInterpretation=photometric)
    rows = to_sequence(frame, wanted).rows
    np.testing.assert_array_equal(rows, to_sequence(alone, wanted).rows)


def test_that_edges_are_the_stored_rows_of_the_film(tmp_path):
    edges = to_sequence(padded(tmp_path, noise()), InputFormat(16, 12, "rank")).edges
    np.testing.assert_allclose(edges, TOP + np.linspace(0, 60, 17))


def test_that_column_edges_are_the_stored_columns_of_the_film(tmp_path):
    edges = column_edges(padded(tmp_path, noise()), 12)
    np.testing.assert_allclose(edges, LEFT + np.linspace(0, 48, 13))


@pytest.mark.parametrize("photometric", GREY)
@pytest.mark.parametrize("intensity", ["rank", "min-max"])
def test_that_cells_without_image_are_as_dark_as_can_be(tmp_path, photometric, intensity):
    frame = round_film(tmp_path, -2000, photometric=photometric)
    rows = to_sequence(frame, InputFormat(24, 24, intensity)).rows
    assert {rows[y, x] for y in (0, -1) for x in (0, -1)} == {0.0}


@pytest.mark.parametrize("photometric", GREY)
@pytest.mark.parametrize("intensity", ["rank", "min-max"])
@pytest.mark.parametrize("outside", [-32768, 32767])
def test_that_the_value_of_padding_does_not_count(tmp_path, photometric, intensity, outside):
    wanted = InputFormat(24, 24, intensity)
    one = round_film(tmp_path, -2000, photometric=photometric)
    two = round_film(tmp_path, outside, photometric=photometric)
    np.testing.assert_array_equal(to_sequence(one, wanted).rows, to_sequence(two, wanted).rows)


def test_that_ranks_are_those_among_cells_with_image(tmp_path):
    frame = round_film(tmp_path, -2000)
    rows = to_sequence(frame, InputFormat(24, 24, "rank")).rows
    cells = np.zeros((24, 24), bool)
    area = film_area(frame)
    inner = frame.valid[area.top : area.bottom, area.left : area.right]
    for y, x in np.argwhere(inner):
        cells[y * 24 // inner.shape[0], x * 24 // inner.shape[1]] = True
    middle = rows[cells]
    assert (middle.min(), middle.max()) == (0.0, 1.0)
    assert middle.mean() == pytest.approx(0.5, abs=0.01)


def test_that_training_reads_a_padded_film_as_it_reads_it_alone(tmp_path):
    wanted = InputFormat(16, 12, "rank")
    alone = read_rows(write(tmp_path / "alone", noise()), wanted)
    path = write(tmp_path / "padded", framed(noise()), PixelPaddingValue=OUTSIDE)
    np.testing.assert_array_equal(read_rows(path, wanted).rows, alone.rows)


# ------------------------------------------------------------------ what is checked
def asked(frame):
    fmt = InputFormat(16, 16, "rank")
    return {c.name: c for c in film_checks(frame.image, fmt, limits=LIMITS, frame=frame)}


def test_that_every_check_finds_in_a_padded_frame_what_it_finds_in_the_film_alone(tmp_path):
    alone = asked(read(tmp_path, noise(60, 48)))
    for name, check in asked(padded(tmp_path, noise(60, 48))).items():
        assert check == alone[name], name


def test_that_padding_does_not_clip_a_film(tmp_path):
    wide = np.pad(noise(), 40, constant_values=OUTSIDE)
    clipping = asked(read(tmp_path, wide, PixelPaddingValue=OUTSIDE))["clipping"]
    assert clipping.passed
    assert clipping.value < 0.01


def test_that_padding_beyond_the_range_of_the_values_is_no_fault(tmp_path):
    pixels = framed(noise(high=900))
    bits = {"BitsStored": 10, "HighBit": 9}
    frame = read(tmp_path, pixels, PixelPaddingValue=OUTSIDE & 1023, **bits)
    assert asked(frame)["range"].passed


def test_that_the_shape_is_that_of_the_film(tmp_path):
    high = np.pad(noise(), ((200, 200), (0, 0)), constant_values=OUTSIDE)
    assert asked(read(tmp_path, high, "high", PixelPaddingValue=OUTSIDE))["geometry"].passed


def test_that_a_film_of_one_value_in_padding_has_no_contrast(tmp_path):
    frame = padded(tmp_path, np.full((60, 48), 700, np.uint16))
    assert "no contrast" in refusal(frame.image, InputFormat(16, 12, "rank"), frame)


def test_that_a_film_too_small_in_a_large_frame_is_refused_by_its_own_size(tmp_path):
    frame = read(tmp_path, np.pad(ramp(), 100), PixelPaddingValue=0)
    assert "only 12 × 10 pixels" in refusal(frame.image, InputFormat(32, 32, "rank"), frame)


def test_that_declared_padding_is_no_border(tmp_path):
    assert borders(padded(tmp_path, noise())).total == 0
