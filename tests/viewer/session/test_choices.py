"""Choices are values: each key turns one into the next."""

from viewer.session.choices import MapChoice, next_layer, other_quantity, toggled


def test_that_the_same_key_takes_the_map_off_again():
    choice = toggled(MapChoice(), "influence")
    assert (choice.question, toggled(choice, "influence").question) == ("influence", "none")


def test_that_another_key_changes_the_map():
    assert toggled(MapChoice("influence"), "state").question == "state"


def test_that_deviation_and_raw_alternate():
    raw = other_quantity(MapChoice())
    assert (raw.quantity, other_quantity(raw).quantity) == ("raw", "deviation")


def test_that_layers_and_directions_are_walked_in_a_circle():
    choice, seen = MapChoice(layer=0), []
    for _ in range(4):
        seen.append((choice.layer, choice.direction))
        choice = next_layer(choice, 2, 2)
    assert seen == [(0, 0), (0, 1), (1, 0), (1, 1)]
    assert (choice.layer, choice.direction) == (0, 0)
