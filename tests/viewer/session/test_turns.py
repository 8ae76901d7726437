"""The eight ways in which a film can lie, held against a table made by hand."""

from dataclasses import FrozenInstanceError

import numpy as np
import pytest

from engine.types import Orientation
from viewer.session.viewport import Turn

STORED = Orientation("R", "L", "H", "F")
# What a page with R at its left and H at its top shows at left, right, top and bottom.
TABLE = {
    (0, False): "RLHF",
    (1, False): "FHRL",
    (2, False): "LRFH",
    (3, False): "HFLR",
    (0, True): "LRHF",
    (1, True): "FHLR",
    (2, True): "RLFH",
    (3, True): "HFRL",
}
ALL = [Turn(quarters, flipped) for quarters, flipped in TABLE]


def written(letters):
    return letters.left + letters.right + letters.top + letters.bottom


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_letters_are_those_of_a_page_turned_by_hand(turn):
    assert written(turn.letters(STORED)) == TABLE[turn.quarters, turn.flipped]


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_letters_are_those_of_the_direction_cosines(turn):
    """A patient supine and feet first, whose directions are no round numbers."""
    along, down = np.array([0.98, 0.17, 0.05]), np.array([0.0, -0.28, -0.96])
    (a, b), (c, d) = turn.across, turn.down
    right = a * along + c * down  # the way that leads right on the screen, in the patient
    below = b * along + d * down
    stored = Orientation(*(letter(way) for way in (-along, along, -down, down)))
    assert turn.letters(stored) == Orientation(
        letter(-right), letter(right), letter(-below), letter(below)
    )


def letter(way):
    axis = int(np.argmax(np.abs(way)))
    return (("R", "L"), ("A", "P"), ("F", "H"))[axis][int(way[axis] > 0)]


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_an_unknown_letter_stays_unknown(turn):
    shown = written(turn.letters(Orientation("R", "", "", "F")))
    assert sorted(shown) == ["F", "R"]


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_a_mirror_on_the_screen_exchanges_two_letters(turn):
    left, right, top, bottom = written(turn.letters(STORED))
    assert written(turn.mirrored_across().letters(STORED)) == right + left + top + bottom
    assert written(turn.mirrored_down().letters(STORED)) == left + right + bottom + top


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_a_turn_on_the_screen_is_clockwise(turn):
    left, right, top, bottom = written(turn.letters(STORED))
    assert written(turn.rotated(1).letters(STORED)) == bottom + top + left + right


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_every_change_can_be_taken_back(turn):
    assert turn.mirrored_across().mirrored_across() == turn
    assert turn.mirrored_down().mirrored_down() == turn
    assert turn.rotated(1).rotated(3) == turn.rotated(-2).rotated(6) == turn


def test_that_each_way_to_lie_has_one_value():
    assert len({(turn.across, turn.down) for turn in ALL}) == len(ALL)
    assert Turn(-1) == Turn(3) == Turn(7)
    with pytest.raises(FrozenInstanceError):
        Turn().quarters = 1


@pytest.mark.parametrize("turn", ALL, ids=str)
def test_that_rows_run_across_the_screen_after_half_turns_only(turn):
    assert turn.level == (turn.quarters in {0, 2}) == (turn.across[1] == 0)
