import numpy as np
import pytest

from engine.imaging import apply_voi, auto_window, default_voi, thumbnail
from engine.types import Frame, FrameHeader, Image, VoiLut, Window


def frame(values, colour=None, **attributes):
    values = np.asarray(values, np.float32)
    rows, columns = values.shape
    given = {
        "format": "DICOM",
        "bits_stored": 12,
        "photometric": "MONOCHROME2",
    } | attributes
    said = {name: given.pop(name) for name in ("voi", "value_range") if name in given}
    header = FrameHeader(**({"value_range": (0.0, 4095.0)} | said))
    image = Image(path="film", encoding="", frame_count=1, rows=rows, columns=columns, **given)
    return Frame(image, 0, values, colour, header=header)


def linear(x, center, width):
    """PS3.3 C.11.2.1.2.1, the pseudo-code written out."""
    if x <= center - 0.5 - (width - 1) / 2:
        return 0
    if x > center - 0.5 + (width - 1) / 2:
        return 255
    return ((x - (center - 0.5)) / (width - 1) + 0.5) * 255


@pytest.mark.parametrize(("center", "width"), [(2048, 4096), (2048, 1), (0, 100), (10, 2)])
def test_that_a_linear_window_follows_the_standard(center, width):
    values = np.arange(-200, 4200, 3, dtype=np.float32)
    expected = [linear(x, center, width) for x in values]
    shown = apply_voi(values, Window(center, width))
    assert np.abs(shown - np.array(expected)).max() <= 0.51


def linear_exact(x, center, width):
    """PS3.3 C.11.2.1.3.2."""
    if x <= center - width / 2:
        return 0
    if x > center + width / 2:
        return 255
    return ((x - center) / width + 0.5) * 255


@pytest.mark.parametrize(("center", "width"), [(2048, 4096), (0.5, 1), (0, 0.25), (-3.5, 100)])
def test_that_linear_exact_follows_the_standard(center, width):
    values = np.linspace(center - 2 * width, center + 2 * width, 999, dtype=np.float32)
    expected = np.array([linear_exact(float(x), center, width) for x in values])
    shown = apply_voi(values, Window(center, width, "", "LINEAR_EXACT"))
    assert np.abs(shown - expected).max() <= 0.51


def test_that_linear_exact_has_no_half_steps():
    values = np.array([-1, 0, 50, 100, 101], np.float32)
    shown = apply_voi(values, Window(50, 100, "", "LINEAR_EXACT"))
    assert shown.tolist() == [0, 0, 128, 255, 255]


@pytest.mark.parametrize(("center", "width"), [(40, 400), (0, 1), (-600.5, 0.5), (1e5, 3e4)])
def test_that_sigmoid_follows_the_standard(center, width):
    """PS3.3 C.11.2.1.3.1."""
    values = np.linspace(center - 3 * width, center + 3 * width, 999, dtype=np.float32)
    expected = 255 / (1 + np.exp(-4 * (values.astype(float) - center) / width))
    shown = apply_voi(values, Window(center, width, "", "SIGMOID"))
    assert np.abs(shown - expected).max() <= 0.51


def test_that_a_voi_lut_is_looked_up_and_clamped():
    lut = VoiLut(np.array([0, 0.2, 1], np.float32), 10)
    shown = apply_voi(np.array([-5, 10, 11, 12, 99], np.float32), lut)
    assert shown.tolist() == [0, 0, 51, 255, 255]


@pytest.mark.parametrize(
    "voi",
    [
        None,
        Window(500, 1000),
        Window(500, 1),
        Window(500, 300, "", "SIGMOID"),
        Window(500, 1000, "", "LINEAR_EXACT"),
        VoiLut(np.linspace(0, 1, 1001, dtype=np.float32), 0),
    ],
)
def test_that_inverted_is_the_negative(voi):
    values = np.arange(1001, dtype=np.float32).reshape(7, 143)
    positive = apply_voi(values, voi, inverted=False).astype(int)
    negative = apply_voi(values, voi, inverted=True)
    assert np.abs(255 - positive - negative).max() <= 1


def test_that_no_window_shows_everything_there_is():
    shown = apply_voi(np.array([[-3.5, 0, 3.5]], np.float32), None)
    assert shown.tolist() == [[0, 128, 255]]


@pytest.mark.parametrize("value", [0.0, 1e9, -1e-9])
def test_that_a_uniform_film_is_shown_without_a_warning(value):
    values = np.full((4, 4), value, np.float32)
    assert apply_voi(values, None).shape == (4, 4)
    assert auto_window(frame(values)).width > 0


@pytest.mark.parametrize("shape", [(3, 5), (300, 401), (1, 200_000), (0,)])
def test_that_the_shape_is_kept(shape):
    assert apply_voi(np.zeros(shape, np.float32), Window(5, 10)).shape == shape


def test_that_narrow_windows_are_exact_at_large_values():
    values = np.float32(60000) + np.arange(10, dtype=np.float32)
    shown = apply_voi(values, Window(60004.5, 9, "", "LINEAR_EXACT"))
    assert np.abs(shown - np.arange(10) / 9 * 255).max() <= 0.51


def test_that_the_automatic_window_ignores_single_bright_pixels():
    values = np.random.default_rng(0).normal(1000, 50, (300, 300))
    values[0, :3] = 60000
    window = auto_window(frame(values))
    assert window.explanation == "auto"
    assert 200 < window.width < 400
    assert abs(window.center - 1000) < 20


def test_that_the_first_usable_window_of_the_header_is_taken():
    ramp = np.arange(100).reshape(10, 10)
    blind, good = Window(1e6, 10, "BLIND"), Window(50, 100, "GOOD")
    assert default_voi(frame(ramp, voi=(blind, good))) is good


def test_that_eight_bit_pictures_are_shown_as_they_are():
    values = np.arange(40, 140).reshape(10, 10)
    raster = frame(values, format="PNG", bits_stored=8, value_range=(0.0, 255.0))
    assert np.array_equal(apply_voi(raster.values, default_voi(raster)), values)


def test_that_films_without_a_window_get_the_automatic_one():
    assert default_voi(frame(np.arange(100).reshape(10, 10))).explanation == "auto"


@pytest.mark.parametrize(
    ("rows", "columns", "expected"),
    [(200, 100, (64, 32)), (100, 200, (32, 64)), (10, 5, (64, 32)), (1000, 3, (64, 1))],
)
def test_that_a_thumbnail_keeps_the_aspect(rows, columns, expected):
    small = thumbnail(frame(np.random.default_rng(0).random((rows, columns))), 64)
    assert small.shape == expected
    assert small.dtype == np.uint8


def test_that_a_thumbnail_averages_what_it_covers():
    checks = np.indices((128, 128)).sum(0) % 2 * 100.0
    window = Window(50, 100, "", "LINEAR_EXACT")
    assert set(thumbnail(frame(checks, voi=(window,)), 64).ravel()) == {128}


def test_that_a_thumbnail_of_monochrome1_is_inverted():
    values = np.tile(np.arange(100.0), (100, 1))
    small = thumbnail(frame(values, photometric="MONOCHROME1"), 50)
    assert small[0, 0] > small[0, -1]
