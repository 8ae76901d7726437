"""Edits of model rows: what each does, in numpy, and the words that they are written in."""

from pathlib import Path

import numpy as np
import pytest

from engine.errors import InferenceError
from engine.explain import blurred
from engine.inspection import Edit, Surroundings, applied, parsed

ROWS = np.random.default_rng(0).random((12, 8)).astype(np.float32)
MEAN = np.full((12, 8), 0.25, np.float32)
TWO_A_STEP = Surroundings(MEAN, rows_per_step=2)
ONE_A_STEP = Surroundings(MEAN)


def changed(words, around=ONE_A_STEP, rows=ROWS):
    return applied(rows, [parsed(words)], around)


def test_that_a_band_counts_steps_and_holds_both_its_ends():
    found = changed("rows 1 2 mean", TWO_A_STEP)
    assert (found[2:6] == 0.25).all()
    np.testing.assert_array_equal(found[[0, 1, *range(6, 12)]], ROWS[[0, 1, *range(6, 12)]])


def test_that_the_film_itself_stays_as_it_is():
    before = ROWS.copy()
    for words in ("rows 1 2 mean", "rows 1 2 mirror", "shift 1 1", "invert", "window 0.5 0.5"):
        changed(words)
    np.testing.assert_array_equal(ROWS, before)


def test_that_blurred_rows_are_those_of_the_blurred_film():
    np.testing.assert_array_equal(changed("rows 3 5 blurred")[3:6], blurred(ROWS)[3:6])


def test_that_neighbours_run_straight_from_the_row_above_to_the_row_below():
    found = changed("rows 3 5 neighbour")
    for place, share in ((3, 0.25), (4, 0.5), (5, 0.75)):
        expected = ROWS[2] + np.float32(share) * (ROWS[6] - ROWS[2])
        np.testing.assert_allclose(found[place], expected, atol=1e-7)


def test_that_the_first_rows_take_the_row_below_them_and_the_last_the_one_above():
    np.testing.assert_allclose(changed("rows 0 1 neighbour")[0], ROWS[2], atol=1e-7)
    np.testing.assert_allclose(changed("rows 10 11 neighbour")[11], ROWS[9], atol=1e-7)


def test_that_a_whole_film_has_no_neighbours():
    with pytest.raises(InferenceError, match="no neighbours"):
        changed("rows 0 11 neighbour")


def test_that_mirrored_rows_exchange_left_and_right():
    np.testing.assert_array_equal(changed("rows 4 4 mirror")[4], ROWS[4, ::-1])


def test_that_noise_is_the_same_for_a_seed_and_made_of_the_films_own_values():
    first, again, other = (changed(f"rows 2 6 noise {seed}") for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert (first[2:7] != other[2:7]).any()
    assert np.isin(first[2:7], ROWS).all()


def test_that_a_value_is_one_grey_of_the_model():
    assert (changed("rows 2 3 value 0.5")[2:4] == 0.5).all()
    with pytest.raises(InferenceError, match="no grey"):
        changed("rows 2 3 value 1.5")


def test_that_rows_of_another_film_come_from_the_same_relative_place():
    other = np.repeat(np.arange(6, dtype=np.float32)[:, None], 8, axis=1)  # half as high
    found = applied(ROWS, [Edit("film", 8, 11, path=Path("b.png"), other=other)], ONE_A_STEP)
    np.testing.assert_allclose(found[8:, 0], [3.75, 4.25, 4.75, 5.0])


def test_that_a_shifted_film_repeats_its_edge():
    found = changed("shift 2 -1")
    np.testing.assert_array_equal(found[2:, :-1], ROWS[:-2, 1:])
    np.testing.assert_array_equal(found[:2, :-1], np.stack([ROWS[0, 1:]] * 2))
    np.testing.assert_array_equal(found[2:, -1], ROWS[:-2, -1])


def test_that_a_quarter_turn_moves_the_top_to_the_right():
    square = np.zeros((9, 9), np.float32)
    square[0, 4] = 1.0
    around = Surroundings(square)
    found = applied(square, [parsed("rotate 90")], around)
    assert np.unravel_index(int(found.argmax()), found.shape) == (4, 8)
    np.testing.assert_allclose(applied(square, [parsed("rotate 360")], around), square, atol=1e-6)


def test_that_a_turn_is_one_of_the_film_and_not_of_its_grid():
    wide = np.zeros((9, 9), np.float32)
    wide[0, 4] = 1.0  # 4 rows up are 2 columns of cells that are twice as wide as high
    found = applied(wide, [parsed("rotate 90")], Surroundings(wide, cell_aspect=2.0))
    assert np.unravel_index(int(found.argmax()), found.shape) == (4, 6)


def test_that_inverting_twice_changes_nothing():
    twice = applied(ROWS, [parsed("invert"), parsed("invert")], ONE_A_STEP)
    np.testing.assert_allclose(twice, ROWS, atol=1e-6)


def test_that_a_window_maps_its_ends_to_black_and_white():
    line = np.array([[0.2, 0.3, 0.5, 0.7, 0.9]], np.float32)
    found = applied(line, [parsed("window 0.5 0.4")], Surroundings(line))
    np.testing.assert_allclose(found, [[0, 0, 0.5, 1, 1]], atol=1e-6)


def test_that_edits_are_applied_in_their_order():
    window, invert = parsed("window 0.25 0.5"), parsed("invert")
    one = applied(ROWS, [window, invert], ONE_A_STEP)
    other = applied(ROWS, [invert, window], ONE_A_STEP)
    assert (one != other).any()


@pytest.mark.parametrize(
    "words",
    ["rows 10 20 mean", "rows 1 2 value 0.5", "rows 1 2 noise 7", "rows 1 2 film /a b/c d.png",
     "shift 2 -3", "rotate 12.5", "invert", "window 0.5 0.25"],
)  # fmt: skip
def test_that_an_edit_says_the_words_that_make_it(words):
    assert parsed(words).words == words
    assert parsed(parsed(words).words) == parsed(words)


@pytest.mark.parametrize(
    "words",
    ["", "rows", "rows 1", "rows 1 2", "rows 1 2 paint", "rows a b mean", "rows 1 2 value",
     "rows 1 2 value nan", "rows 1 2 film", "shift 1", "rotate", "window 1", "invert 1", "bend 3"],
)  # fmt: skip
def test_that_words_that_mean_nothing_are_refused_with_what_does(words):
    with pytest.raises(InferenceError, match="is no change of a film"):
        parsed(words)


@pytest.mark.parametrize("band", ["-1 2", "3 2", "5 12"])
def test_that_a_band_outside_the_film_is_refused(band):
    with pytest.raises(InferenceError, match="no band of the film; it has rows 0 to 11"):
        changed(f"rows {band} mean")
