import numpy as np
import pytest
from hypothesis import given, strategies as st

from engine.sequence import resampled

LENGTHS = st.integers(1, 40)


def random(*shape):
    return np.random.default_rng(0).random(shape, np.float32)


@given(LENGTHS)
def test_that_the_same_length_gives_the_same_numbers(length):
    values = random(length, 3)
    assert resampled(values, length, axis=0) is values


@given(LENGTHS, LENGTHS)
def test_that_a_constant_stays_one(stored, length):
    values = np.full((stored, 2), 0.3, np.float32)
    np.testing.assert_array_equal(resampled(values, length, axis=0), np.float32(0.3))


@given(LENGTHS, LENGTHS)
def test_that_nothing_lies_outside_what_is_stored(stored, length):
    values = random(stored)
    found = resampled(values, length, axis=0)
    assert values.min() - 1e-6 <= found.min() <= found.max() <= values.max() + 1e-6


@given(st.integers(1, 20))
def test_that_a_slope_stays_straight_between_the_outermost_rows(length):
    slope = (np.arange(40) + 0.5) / 40
    wanted = (np.arange(length) + 0.5) / length
    np.testing.assert_allclose(resampled(slope, length, axis=0), wanted, atol=1e-12)


def test_that_rows_above_the_first_and_below_the_last_repeat_them():
    found = resampled(np.array([1.0, 3.0]), 8, axis=0)
    np.testing.assert_allclose(found, [1, 1, 1.25, 1.75, 2.25, 2.75, 3, 3])


@pytest.mark.parametrize("axis", [0, 1, 2])
def test_that_only_the_chosen_axis_changes(axis):
    values = random(5, 5, 5)
    found = resampled(values, 9, axis=axis)
    assert found.shape[axis] == 9
    moved = resampled(np.moveaxis(values, axis, 0), 9, axis=0)
    np.testing.assert_array_equal(np.moveaxis(found, axis, 0), moved)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_that_the_precision_stays(kind):
    assert resampled(np.zeros((4, 2), kind), 7, axis=0).dtype == kind
