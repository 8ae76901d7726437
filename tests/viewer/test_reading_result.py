"""The answer with its interval and threshold, and whether the map may be trusted."""

from dataclasses import replace

import pytest

from engine import Interval
from tests.viewer.reading_panes import (
    MODEL,
    abstained,
    analysis,
    build,
    many_classes,
    marks,
    texts,
    tips,
    trusted,
    words,
)
from viewer import theme
from viewer.map_tests import NOT_TESTED, MapTests
from viewer.panes.reading_scale import ProbabilityScale

pytestmark = pytest.mark.qt_log_ignore("propagateSizeHints")  # the offscreen platform


@pytest.fixture(scope="module", autouse=True)
def _dressed(qapp):
    theme.apply(qapp)


@pytest.fixture
def pane(qtbot):
    return build(qtbot)


def test_that_numbers_of_the_table_have_a_true_minus(pane):
    pane.show_analysis(analysis())
    assert "−0.85" in texts(pane)
    assert not any(text.startswith("-") for text in texts(pane))


# ------------------------------------------------------------------ result
def test_that_the_result_is_named_with_its_probability(pane):
    pane.show_analysis(analysis())
    assert {"Pneumonia", "0.91", "the model's probability"} <= set(texts(pane))


def test_that_of_two_classes_the_rest_is_not_listed(pane):
    pane.show_analysis(analysis())
    assert "0.09" not in texts(pane)


@pytest.mark.parametrize(("probability", "side"), [(0.91, "above"), (0.1, "below"), (0.38, "at")])
def test_that_the_side_of_the_threshold_is_said_in_words(pane, probability, side):
    pane.show_analysis(analysis(probability))
    assert f"{side} the threshold" in texts(pane)


@pytest.mark.parametrize(
    ("probability", "tint"), [(0.91, theme.INFLUENCE_POSITIVE), (0.1, theme.QUIET)]
)
def test_that_the_scale_is_orange_from_the_threshold_on_only(pane, probability, tint):
    pane.show_analysis(analysis(probability))
    assert pane.findChild(ProbabilityScale).tint == tint


def test_that_the_threshold_says_how_it_did_and_on_which_films(pane):
    pane.show_analysis(analysis())
    assert {"Sensitivity", "0.95", "Specificity", "0.83"} <= set(texts(pane))
    assert "at this threshold (524 validation films)" in words(pane)


def test_that_a_model_without_a_threshold_shows_none(pane):
    pane.show_analysis(analysis(model=replace(MODEL, threshold=None)))
    assert "threshold" not in words(pane)
    assert pane.findChild(ProbabilityScale).tint == theme.QUIET


def test_that_a_threshold_of_the_finding_is_not_used_for_another_class(pane):
    pane.show_analysis(analysis(model=replace(MODEL, positive=0)))
    assert "threshold" not in words(pane)


def test_that_of_many_classes_five_are_listed_and_the_rest_is_summed(pane):
    pane.show_analysis(many_classes())
    shown = set(texts(pane))
    assert {"class b", "class c", "class d", "class e", "class f", "2 others", "0.07"} <= shown
    assert not {"class a", "class g"} & shown


def test_that_without_calibration_films_the_number_is_not_called_calibrated(pane):
    pane.show_analysis(analysis())
    assert "calibrated" not in words(pane)
    assert "interval" not in words(pane)


def test_that_the_interval_stands_beside_the_calibrated_number(pane):
    pane.show_analysis(trusted(interval=Interval(0.84, 0.96)))
    assert {"calibrated, interval", "0.84–0.96"} <= set(texts(pane))
    assert "the model's probability" not in texts(pane)


@pytest.mark.parametrize("interval", [Interval(0.4, 0.6), Interval(0.95, 0.99)])
def test_that_a_number_outside_its_interval_is_not_called_calibrated(pane, interval):
    pane.show_analysis(trusted(interval=interval))
    assert {"the model's probability", "calibrated interval"} <= set(texts(pane))


def test_that_rounding_does_not_put_a_number_outside_its_interval(pane):
    pane.show_analysis(trusted(interval=Interval(0.914, 0.96)))
    assert "calibrated, interval" in texts(pane)


def test_that_the_interval_says_what_it_is(pane):
    pane.show_analysis(trusted(interval=Interval(0.84, 0.96)))
    assert any("Venn–Abers interval" in tip for tip in tips(pane))


def test_that_the_band_of_the_interval_lies_around_the_dot(pane):
    pane.show_analysis(trusted(interval=Interval(0.84, 0.96)))
    texts(pane)
    scale = pane.findChild(ProbabilityScale)
    band = scale.band(Interval(0.84, 0.96))
    assert band.left() < scale._place(0.84) < scale._place(0.91) < scale._place(0.96)
    assert scale._place(0.96) < band.right() <= scale.width()


def test_that_the_interval_can_be_seen(qtbot):
    reds = []
    for interval in (Interval(0.5, 0.96), None):
        scale = ProbabilityScale(0.91, 0.38, interval=interval)
        qtbot.addWidget(scale)
        scale.resize(200, 52)
        place = round(scale._place(0.6))  # between threshold and dot
        reds.append(scale.grab().toImage().pixelColor(place, 19).red())
    assert reds[0] > reds[1] + 40


def test_that_a_class_that_cannot_be_excluded_is_named(pane):
    pane.show_analysis(trusted(conformal=(0, 1), level=0.95))
    assert "95 %: normal cannot be excluded" in texts(pane)


def test_that_a_set_of_the_answer_alone_is_not_told(pane):
    pane.show_analysis(trusted(conformal=(1,), level=0.95))
    assert "95 %" not in words(pane)


def test_that_sensitivity_and_specificity_have_their_intervals(pane):
    measured = replace(
        MODEL.threshold,
        sensitivity_interval=Interval(0.93, 0.97),
        specificity_interval=Interval(0.79, 0.86),
    )
    pane.show_analysis(analysis(model=replace(MODEL, threshold=measured)))
    assert {"0.95 (0.93–0.97)", "0.83 (0.79–0.86)"} <= set(texts(pane))


# ------------------------------------------------------------------ may the map be trusted?
YES = MapTests("passed", "Yes, by its tests: deletion 0.14 (random 0.46)", ("seeds: 0.7; passes",))


def test_that_a_map_without_tests_is_said_to_be_untested(pane):
    pane.show_analysis(analysis())
    assert "Can the map be trusted?" in texts(pane)
    assert NOT_TESTED.words in words(pane)


def test_that_the_tests_of_a_map_are_shown_whenever_they_are_known(pane):
    pane.show_analysis(analysis())
    pane.show_map_tests(YES)
    assert YES.words in words(pane)
    pane.show_analysis(analysis(0.3))
    assert YES.words in words(pane)


def test_that_every_test_of_a_map_is_in_its_tip(pane):
    pane.show_map_tests(YES)
    pane.show_analysis(analysis())
    assert any("seeds: 0.7; passes" in tip for tip in tips(pane))


@pytest.mark.parametrize(
    ("tests", "mark"),
    [
        (YES, "passed"),
        (NOT_TESTED, "doubtful"),
        (MapTests("failed", "No: deletion 0.4 (random 0.5)"), "doubtful"),
    ],
)
def test_that_only_a_map_that_passed_gets_a_tick(pane, tests, mark):
    pane.show_map_tests(tests)
    pane.show_analysis(analysis())
    assert marks(pane) == [mark]


def test_that_no_map_is_spoken_of_where_there_is_none(pane):
    pane.show_map_tests(YES)
    pane.show_analysis(abstained())
    assert "Can the map be trusted?" not in texts(pane)
    pane.show_reading("b.dcm")
    pane.show_map_tests(YES)
    assert "Can the map be trusted?" not in texts(pane)
