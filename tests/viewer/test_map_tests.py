"""Can the map be trusted? Audits in words."""

import pytest

from engine import Audit
from engine.types import Curve, Figure
from viewer.map_tests import NOT_TESTED, map_tests


def figure(value):
    return Figure(value, value - 0.02, value + 0.02, 97)


def audit(area=0.14, correlation=0.03, **others):
    factor = figure(0.46 / area)
    curve = Curve(figure(area), figure(0.46), figure(0.44), factor, factor)
    values = {"deletion": curve, "randomised": figure(correlation)} | others
    return Audit("integrated-gradients", "97 validation films", 0, **values)


def test_that_a_model_without_an_audit_is_not_tested():
    assert map_tests(None) == NOT_TESTED
    assert NOT_TESTED.state == "not tested"


def test_that_a_map_that_passes_is_told_with_its_numbers():
    tests = map_tests(audit())
    words = "Yes, by its tests: deletion 0.14 (random 0.46), changes under random weights"
    assert (tests.state, tests.words) == ("passed", words)


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (audit(area=0.4), "No: deletion 0.40 (random 0.46), changes under random weights."),
        (audit(correlation=0.6), "hardly changes under random weights. A state, not importance."),
        (audit(deletion=None), "No: deletion not measured, changes under random weights."),
        (audit(randomised=None), "not tried with random weights. A state, not importance."),
    ],
)
def test_that_a_map_that_fails_says_how_and_is_called_a_state(measured, words):
    tests = map_tests(measured)
    assert tests.state == "failed"
    assert words in tests.words


def test_that_every_test_of_influence_can_be_asked_for():
    lines = map_tests(audit(seeds=figure(0.71))).lines
    assert lines[0] == "Measured on 97 validation films"
    assert "Influence: other seeds: 0.71 (0.69–0.73), 97 films; passes" in lines
    assert "Influence: completeness: not measured" in lines
    assert not any(line.startswith(("State", "Raw")) for line in lines)
