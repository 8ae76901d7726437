"""The answer with its interval and threshold, and whether the map may be trusted."""

from dataclasses import replace
from html import escape

import pytest
from hypothesis import given, strategies as st
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QLineEdit

from engine.types import Figure, Interval
from tests.viewer.reading_panes import (
    MODEL,
    OFF,
    TESTED,
    abstained,
    analysis,
    build,
    many_classes,
    marks,
    opened,
    texts,
    tips,
    trusted,
    words,
)
from viewer.kit import theme
from viewer.read.blocks import ProbabilityScale
from viewer.read.result import (
    CALIBRATED,
    KIND,
    NO_TEST,
    SHORT,
    UNCALIBRATED,
    UNTESTED,
    FigurePair,
    predictive_values,
)
from viewer.session.models import NOT_TESTED, MapTests

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
    assert {"Pneumonia", "0.91"} <= set(texts(pane))


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
    pane.show_analysis(analysis(model=TESTED))
    shown = words(pane)
    assert "at this threshold, test: 624 films of 400 patients, 390 with the finding" in shown
    assert {"0.78", "0.72–0.83", "0.98", "0.96–0.99"} <= set(texts(pane))


def test_that_of_sensitivity_and_specificity_the_less_flattering_one_stands_first(pane):
    shown = {}
    for sensitivity, specificity in ((0.98, 0.78), (0.78, 0.98)):
        test = replace(
            TESTED.tests[0],
            sensitivity=replace(TESTED.tests[0].sensitivity, value=sensitivity),
            specificity=replace(TESTED.tests[0].specificity, value=specificity),
        )
        pane.show_analysis(analysis(model=replace(TESTED, tests=(test,))))
        texts(pane)
        pair = next(one for one in pane.findChildren(FigurePair) if one.isVisible())
        names = {one.text(): one for one in pair.findChildren(QLabel)}
        left, right = (
            names[name].mapTo(pair, QPoint()) for name in ("Sensitivity", "Specificity")
        )
        assert left.y() == right.y()
        shown[sensitivity] = left.x() < right.x()
    assert shown == {0.98: False, 0.78: True}


def test_that_figures_of_validation_films_are_second_and_named(pane):
    pane.show_analysis(analysis(model=TESTED))
    assert "524 validation films" not in words(pane)
    opened(pane, "Validation figures")
    shown = texts(pane)
    assert shown.index("0.96–0.99") < shown.index("524 validation films")
    assert "on the films that the threshold was chosen on" in words(pane)


def test_that_a_model_without_a_test_says_so(pane):
    pane.show_analysis(analysis())
    assert NO_TEST in words(pane)
    assert "0.95" not in texts(pane)


def test_that_there_are_no_predictive_values_until_a_prevalence_is_set(pane):
    pane.show_analysis(analysis(model=TESTED))
    assert "predictive value" not in words(pane)


def test_that_predictive_values_follow_from_the_prevalence(pane):
    pane.show_analysis(analysis(model=TESTED))
    pane.findChild(QLineEdit).setText("10")
    # Bayes: 0.98·0.1 / (0.98·0.1 + 0.22·0.9) = 0.331; 0.78·0.9 / (0.78·0.9 + 0.02·0.1) = 0.997
    shown = words(pane)
    assert "0.33 (0.28–0.39)" in shown
    assert ">0.99 (0.99–1.00)" in shown
    assert "–>" not in shown  # which the typeface draws as an arrow


@pytest.mark.parametrize("text", ["", "0", "100", "-3", "abc", "1e9"])
def test_that_an_impossible_prevalence_gives_no_value(pane, text):
    pane.show_analysis(analysis(model=TESTED))
    pane.findChild(QLineEdit).setText(text)
    assert "predictive value" not in words(pane)


def test_that_the_prevalence_stays_for_the_next_film(pane):
    pane.show_analysis(analysis(model=TESTED))
    pane.findChild(QLineEdit).setText("10")
    pane.show_analysis(analysis(0.2, model=TESTED))
    assert "predictive value" in words(pane)


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.99), st.floats(0.001, 0.999))
def test_that_predictive_values_are_those_of_counted_films(sure, clear, prevalence):
    exact = [Figure(value, value, value, 1) for value in (sure, clear)]
    positive, negative = predictive_values(*exact, prevalence)
    ill, well = 1e6 * prevalence, 1e6 * (1 - prevalence)
    assert positive.value == pytest.approx(sure * ill / (sure * ill + (1 - clear) * well))
    assert negative.value == pytest.approx(clear * well / (clear * well + (1 - sure) * ill))


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
    pane.show_analysis(analysis(model=TESTED))
    assert CALIBRATED not in texts(pane)
    assert "Venn–Abers interval" not in texts(pane)


def test_that_the_interval_stands_beside_the_calibrated_number(pane):
    pane.show_analysis(trusted(TESTED, interval=Interval(0.84, 0.96)))
    assert {CALIBRATED, "0.84–0.96"} <= set(texts(pane))
    assert KIND not in texts(pane)


def test_that_a_model_whose_test_was_not_calibrated_is_not_called_so(pane):
    pane.show_analysis(trusted(OFF, interval=Interval(0.84, 0.96)))
    assert SHORT[UNCALIBRATED] in texts(pane)
    assert any(escape(UNCALIBRATED) in tip for tip in tips(pane))
    assert CALIBRATED not in texts(pane)


def test_that_a_model_without_a_test_of_its_calibration_says_so(pane):
    pane.show_analysis(trusted(MODEL, interval=Interval(0.84, 0.96)))
    assert SHORT[UNTESTED] in texts(pane)
    assert any(escape(UNTESTED) in tip for tip in tips(pane))


@pytest.mark.parametrize("interval", [Interval(0.4, 0.6), Interval(0.95, 0.99)])
def test_that_a_number_outside_its_interval_is_not_called_calibrated(pane, interval):
    pane.show_analysis(trusted(TESTED, interval=interval))
    assert KIND in texts(pane)
    assert CALIBRATED not in texts(pane)


def test_that_rounding_does_not_put_a_number_outside_its_interval(pane):
    pane.show_analysis(trusted(TESTED, interval=Interval(0.914, 0.96)))
    assert CALIBRATED in texts(pane)


def test_that_the_interval_says_what_it_is(pane):
    pane.show_analysis(trusted(MODEL, interval=Interval(0.84, 0.96)))
    assert "0.84–0.96" in words(pane)
    (tip,) = (tip for tip in tips(pane) if "they have no level" in tip)
    assert "Venn–Abers interval" in tip


def test_that_the_band_of_the_interval_lies_around_the_dot(pane):
    pane.show_analysis(trusted(MODEL, interval=Interval(0.84, 0.96)))
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
    pane.show_analysis(trusted(MODEL, conformal=(0, 1), level=0.95))
    assert "95 %: normal cannot be excluded" in texts(pane)


def test_that_a_set_of_the_answer_alone_is_not_told(pane):
    pane.show_analysis(trusted(MODEL, conformal=(1,), level=0.95))
    assert "95 %" not in words(pane)


def test_that_sensitivity_and_specificity_have_their_intervals(pane):
    measured = replace(
        MODEL.threshold,
        sensitivity_interval=Interval(0.93, 0.97),
        specificity_interval=Interval(0.79, 0.86),
    )
    pane.show_analysis(analysis(model=replace(MODEL, threshold=measured)))
    opened(pane, "Validation figures")
    assert {"0.95 (0.93–0.97)", "0.83 (0.79–0.86)"} <= set(texts(pane))


def test_that_a_test_of_too_few_films_says_so_instead_of_an_interval(pane):
    few = replace(TESTED.tests[0], sensitivity=Figure(0.5, 0.0, 1.0, 2))
    pane.show_analysis(analysis(model=replace(TESTED, tests=(few,))))
    assert "0.50 | too few to tell" in words(pane)


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


def test_that_every_test_of_a_map_is_a_click_away(pane):
    pane.show_map_tests(YES)
    pane.show_analysis(analysis())
    assert "seeds: 0.7; passes" not in texts(pane)
    opened(pane, "How it was tested")
    assert "seeds: 0.7; passes" in texts(pane)


@pytest.mark.parametrize(
    ("tests", "mark"),
    [
        (YES, "passed"),
        (NOT_TESTED, "not asked"),
        (MapTests("failed", "No: deletion 0.4 (random 0.5)"), "failed"),
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
