"""Numbers as people read them."""

import pytest

from engine.types import Interval
from viewer.kit.words import interval_text, ordinal, probability_text, signed


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.5, "+0.50"), (-0.25, "−0.25"), (0.0, "0.00"), (-0.001, "0.00"), (12.345, "+12.35")],
)
def test_that_numbers_have_their_sign_and_no_negative_zero(value, text):
    assert signed(value) in {text, text.replace("12.35", "12.34")}


@pytest.mark.parametrize(
    ("probability", "text"), [(1.0, ">0.99"), (0.0, "<0.01"), (0.994, "0.99"), (0.005, "0.01")]
)
def test_that_no_probability_claims_certainty(probability, text):
    assert probability_text(probability) == text


@pytest.mark.parametrize(
    ("percentile", "text"),
    [
        (0.0, "1st"),
        (2.4, "2nd"),
        (3.0, "3rd"),
        (11.0, "11th"),
        (12.0, "12th"),
        (13.0, "13th"),
        (21.0, "21st"),
        (34.0, "34th"),
        (99.0, "99th"),
        (100.0, "99th"),
    ],
)
def test_that_a_percentile_is_a_place_and_never_the_last(percentile, text):
    assert ordinal(percentile) == text


@pytest.mark.parametrize(
    ("low", "high", "text"),
    [
        (0.84, 0.96, "0.84–0.96"),
        (0.0, 0.04, "0.00–0.04"),
        (0.987, 1.0, "0.99–1.00"),
        (0.999, 1.0, ">0.99"),
        (0.0, 0.001, "<0.01"),
        (0.501, 0.502, "0.50"),
    ],
)
def test_that_an_interval_is_two_numbers_or_one(low, high, text):
    assert interval_text(Interval(low, high)) == text
