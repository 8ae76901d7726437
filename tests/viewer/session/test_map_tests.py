"""Can the map be trusted? Audits in words."""

import pytest

from engine.types import Audit, Curve, Figure, GridAudit, RowCalibration
from viewer.session.models import NO_CURVE, NOT_TESTED, map_tests


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
    assert tests.state == "passed"
    assert "goes 3.3 times as fast as without rows at random" in tests.words
    assert "does not show where a lesion is" in tests.words
    assert tests.starts == ("mean",)


def test_that_of_two_starts_the_less_flattering_one_is_told():
    tests = map_tests(audit(midway=audit(area=0.15).deletion))
    assert (tests.state, tests.starts) == ("passed", ("mean", "midway"))
    assert "goes 3.1 times as fast" in tests.words
    assert any(one.startswith("Influence from midway: deletion, random") for one in tests.lines)


@pytest.mark.parametrize(
    ("measured", "words"),
    [
        (audit(area=0.4), "goes only 1.1 times as fast as without rows at random, and 3 times"),
        (audit(correlation=0.6), "a network of random weights makes nearly the same map"),
        (audit(midway=audit(area=0.2).deletion), "goes only 2.3 times as fast as without rows"),
        (audit(deletion=None), "nobody tried whether the answer rests on the rows"),
        (audit(randomised=None), "nobody tried whether a network of random weights"),
    ],
)
def test_that_a_map_that_fails_says_how_and_is_called_a_state(measured, words):
    tests = map_tests(measured)
    assert tests.state == "failed"
    assert words in tests.words
    assert tests.words.endswith("what the network holds, not what the answer rests on.")


@pytest.mark.parametrize("measured", [audit(), audit(area=0.4), audit(correlation=0.6), None])
def test_that_no_jargon_stands_in_the_sentence(measured):
    jargon = ("deletion", "random order", "log-odds", "Shapley", "correlation", "σ")
    assert not any(word in map_tests(measured).words for word in jargon)


def test_that_every_test_of_influence_can_be_asked_for():
    lines = map_tests(audit(seeds=figure(0.71))).lines
    assert lines[0] == "Measured on 97 validation films"
    assert "Influence: other seeds: 0.71 (0.69–0.73), 97 films; passes" in lines
    assert "Influence: completeness: not measured" in lines
    assert not any(line.startswith(("State", "Raw")) for line in lines)


def by_row(worst=0.06, mean=0.03, chance=0.05):
    return RowCalibration(
        "784 val films of chest",
        "",
        worst=figure(worst),
        mean=figure(mean),
        step=4,
        chance_worst=chance,
        chance_mean=chance / 2,
        answers=(),
    )


def curve(**measured):
    return map_tests(audit(by_row=by_row(**measured))).by_row


def test_that_a_curve_that_passes_says_how_far_it_is_off_and_on_which_films():
    found = curve()
    words = "After each row off by up to 0.06 (784 val films of chest)."
    assert (found.state, found.words) == ("passed", words)


@pytest.mark.parametrize("measured", [{"worst": 0.12}, {"mean": 0.06}])
def test_that_a_curve_that_is_off_at_a_row_or_in_the_mean_is_not_shown(measured):
    found = curve(**measured)
    assert found.state == "failed"
    assert found.words.startswith("Not shown: what it says after some rows is off by up to ")


def test_that_too_few_films_are_no_test_of_a_curve():
    found = curve(chance=0.12)
    words = "Not shown: 97 films are too few to say what it is worth."
    assert (found.state, found.words) == ("not tested", words)


def test_that_an_audit_of_maps_alone_is_no_test_of_a_curve():
    assert map_tests(audit()).by_row == NO_CURVE


@pytest.mark.parametrize(
    ("correlation", "state"), [(0.03, "passed"), (0.6, "failed"), (None, "not tested")]
)
def test_that_the_map_over_rows_and_columns_has_a_verdict_of_its_own(correlation, state):
    measured = audit()
    if correlation is not None:
        cells = GridAudit(48, 48, measured.deletion, figure(correlation))
        measured = audit(grid=cells)
    tests = map_tests(measured)
    assert (tests.state, tests.grid) == ("passed", state)
    told = any("Rows × columns" in line for line in tests.lines)
    assert told == (correlation is not None)
