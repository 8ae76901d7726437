"""Beneath the film: what Influence may be called, by the tests of the model's bundle."""

import pytest

from tests.viewer import film_values as made
from viewer.film.foot import FilmFoot
from viewer.kit import theme
from viewer.session.choices import MapChoice
from viewer.session.models import NOT_TESTED, MapTests

INFLUENCE, STATE = MapChoice("influence"), MapChoice("state")
PASSED, FAILED = MapTests("passed", "Yes"), MapTests("failed", "No")


@pytest.fixture
def foot(qapp, qtbot):
    theme.apply(qapp)
    widget = FilmFoot()
    qtbot.addWidget(widget)
    widget.resize(640, theme.FOOT)
    widget.show()
    return widget


def influence():
    return made.heatmap("influence", unit="Δ log-odds")


@pytest.mark.parametrize("width", [380, 640, 1500])
@pytest.mark.parametrize(
    ("tests", "words"), [(NOT_TESTED, "not tested"), (FAILED, "a state, not importance")]
)
def test_that_influence_is_not_vouched_for_without_passed_tests(foot, width, tests, words):
    foot.show_tests(tests)
    foot.show_map(influence(), INFLUENCE)
    foot.resize(width, theme.FOOT)
    line = foot.meaning
    assert words in line.text()
    assert line.fontMetrics().horizontalAdvance(line.text()) <= foot.width() - foot.bar.width()
    assert line.property("rank") == "warning"


@pytest.mark.parametrize("tests", [NOT_TESTED, FAILED])
def test_that_a_narrow_foot_cuts_no_word_of_it(foot, tests):
    foot.show_tests(tests)
    foot.show_map(influence(), INFLUENCE)
    foot.resize(300, theme.FOOT)
    assert not foot.meaning.text().endswith("…")


def test_that_the_lesion_is_still_denied_where_there_is_room(foot):
    foot.show_map(influence(), INFLUENCE)
    foot.resize(1500, theme.FOOT)
    assert foot.meaning.text() == (
        "not tested for this model: a state, not importance."
        " A band is not the outline of a lesion."
    )


def test_that_tests_that_are_known_later_change_the_words(foot):
    foot.show_map(influence(), INFLUENCE)
    assert "not tested" in foot.meaning.text()
    foot.show_tests(PASSED)
    assert "lesion" in foot.meaning.text()
    assert foot.meaning.property("rank") == "quiet"


@pytest.mark.parametrize("tests", [PASSED, FAILED, NOT_TESTED])
def test_that_tests_of_influence_say_nothing_of_the_state(foot, tests):
    foot.show_tests(tests)
    foot.show_map(made.heatmap(), STATE)
    assert "a state, not importance" in foot.meaning.text()
    assert foot.meaning.property("rank") == "quiet"


def test_that_without_a_map_nothing_is_doubted(foot):
    foot.show_map(None, MapChoice())
    assert foot.meaning.property("rank") == "quiet"


def test_that_a_wide_foot_uses_the_full_words(foot):
    foot.show_map(made.heatmap(), STATE)
    foot.resize(1500, theme.FOOT)
    full = "deviation from the training mean of the step; a state, not importance"
    assert foot.meaning.text() == full
