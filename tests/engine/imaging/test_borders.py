"""Borders that no tag declares are measured, named and held against a film."""

from dataclasses import replace

import numpy as np
import pytest

from engine.imaging import WIDE, borders, read_frame, read_image
from engine.suitability import film_checks
from engine.types import FilmLimits, InputFormat
from tests.engine.imaging_files import file, png, write

FORMAT = InputFormat(16, 16, "rank")
LIMITS = FilmLimits(narrowest=0.1, widest=9.0, levels=2, clipped=1.0, upright=True)
SIDES = ("top", "left", "bottom", "right")


@pytest.fixture
def values():
    return np.random.default_rng(0).integers(20, 230, (100, 80)).astype(np.uint8)


def bordered(values, side, count, level=0):
    """The film with lines of one value at one edge."""
    turned = np.rot90(values, -SIDES.index(side))
    added = np.pad(turned, ((count, 0), (0, 0)), constant_values=level)
    return np.rot90(added, SIDES.index(side))


def asked(frame, limits=LIMITS):
    checks = film_checks(frame.image, FORMAT, limits=limits, frame=frame)
    return {check.name: check for check in checks}.get("borders")


def test_that_an_ordinary_film_has_no_borders(make_frame, values):
    found = borders(make_frame(values))
    assert (found.total, found.levels) == (0, (None,) * 4)


@pytest.mark.parametrize("side", SIDES)
@pytest.mark.parametrize(("level", "place"), [(0, 0.0), (255, 1.0), (125, 0.5)])
def test_that_a_band_is_measured_at_its_edge(make_frame, values, side, level, place):
    found = borders(make_frame(bordered(values, side, 20, level)))
    length = 100 if side in {"top", "bottom"} else 80
    shares = [getattr(found, name) for name in SIDES]
    assert shares[SIDES.index(side)] == found.total == pytest.approx(20 / (length + 20))
    assert found.levels[SIDES.index(side)] == pytest.approx(place, abs=0.02)


def test_that_a_frame_all_round_counts_its_corners_once(make_frame, values):
    found = borders(make_frame(np.pad(values, 10)))
    assert found.total == pytest.approx(1 - 8000 / (120 * 100))


def test_that_a_letter_in_a_band_does_not_end_it(make_frame, values):
    film = bordered(values, "left", 30)
    film[50:54, 10:14] = 255
    assert borders(make_frame(film)).left == pytest.approx(30 / 110)


def test_that_noise_of_lossy_compression_does_not_end_a_band(make_frame, values):
    film = bordered(values, "top", 30).astype(int)
    film[:30] += np.random.default_rng(1).integers(0, 5, (30, 80))
    assert borders(make_frame(film)).top == pytest.approx(30 / 130)


def test_that_a_slope_of_grey_is_a_band_no_further_than_it_stays_alike(make_frame):
    found = borders(make_frame(np.add.outer(np.arange(200), np.zeros(90))))
    assert 0 < found.top == found.bottom < 0.07


def test_that_a_large_film_is_measured_as_a_small_one(make_frame, values):
    film = bordered(values, "top", 25)
    large = np.kron(film, np.ones((12, 12), np.uint8))
    assert borders(make_frame(large)).top == pytest.approx(0.2, abs=0.01)


@pytest.mark.parametrize(
    ("count", "black", "white"),
    [
        (0, "passed", "passed"),
        (8, "passed", "passed"),
        (14, "doubtful", "doubtful"),
        (25, "doubtful", "failed"),
        (40, "failed", "failed"),
    ],
)
def test_that_wide_borders_are_doubtful_and_wider_ones_fail(
    make_frame, values, count, black, white
):
    marks = [asked(make_frame(bordered(values, "left", count, level))).mark for level in (0, 255)]
    assert marks == [black, white]


def test_that_the_words_say_where_and_how(make_frame, values):
    film = bordered(bordered(values, "left", 20), "bottom", 25, 255)
    words = asked(make_frame(film)).words
    assert words.startswith("Borders of one value take 36 % of the film:")
    assert "16 % at the left edge (black)" in words
    assert "20 % at the lower edge (white)" in words


def test_that_black_and_white_are_those_of_the_screen(make_frame, values):
    frame = make_frame(bordered(values, "left", 20), photometric="MONOCHROME1")
    assert "(white)" in asked(frame).words


def test_that_a_model_of_other_pictures_than_patients_does_not_ask(make_frame, values):
    frame = make_frame(bordered(values, "left", 40))
    assert asked(frame, replace(LIMITS, upright=False)) is None


def test_that_pixels_that_were_not_given_are_not_checked(make_frame, values):
    image = make_frame(values).image
    checks = film_checks(image, FORMAT, limits=LIMITS)
    assert {check.name: check.passed for check in checks}["borders"] is None


def test_that_a_file_with_wide_borders_is_shown_whole_with_a_note(tmp_path, values):
    film = bordered(values, "right", 30)
    frame = read_frame(read_image(write(tmp_path / "film.dcm", np.ascontiguousarray(film))))
    assert [note.code for note in frame.image.notes] == ["spacing", "borders"]
    np.testing.assert_array_equal(frame.values, film)


@pytest.mark.parametrize("size", [28, 60])
def test_that_a_small_drawing_may_have_any_border(tmp_path, size):
    film = np.zeros((size, size), np.uint8)
    film[10:15, 10:15] = 255
    frame = read_frame(read_image(file(tmp_path, png(film), "seven.png")))
    assert frame.image.notes == ()


def test_that_few_ordinary_films_have_wide_borders(tmp_path):
    from tests.engine.imaging.test_real_files import STRETCHED, unpacked

    paths = unpacked(STRETCHED, tmp_path, name=lambda name: "/train/" in f"/{name}", limit=400)
    shares = np.array([borders(read_frame(read_image(path))).total for path in paths])
    assert np.mean(shares > WIDE) <= 0.02
