"""Beneath the film: what Influence may be called, by the tests of the model's bundle."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QLabel

from tests.viewer import film_values as made, found_values as found
from tests.viewer.reading_panes import abstained, analysis
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


# ------------------------------------------------------------- the strip beside a bare film
BARE = MapChoice("none")


def shown_sides(foot):
    words = [label.text() for label in foot.sides.findChildren(QLabel)]
    return [text for text in words if text] if foot.sides.isVisible() else []


def test_that_a_bare_film_says_what_the_strip_beside_it_shows(foot):
    foot.resize(900, theme.FOOT)
    foot.show_tests(PASSED)
    foot.show_strip(shown=True)
    foot.show_answer(analysis())
    foot.show_map(None, BARE)
    assert foot.name.text() == "Change of the log-odds against the mean film, step by step"
    assert foot.meaning.text() == "A band is not the outline of a lesion."
    assert shown_sides(foot) == ["towards normal", "towards pneumonia"]


@pytest.mark.parametrize("tests", [NOT_TESTED, FAILED])
def test_that_the_strip_is_not_vouched_for_either(foot, tests):
    foot.show_tests(tests)
    foot.show_strip(shown=True)
    foot.show_answer(analysis())
    foot.show_map(None, BARE)
    assert "a state, not importance" in foot.meaning.toolTip()
    assert foot.meaning.property("rank") == "warning"


@pytest.mark.parametrize("answer", [None, abstained()])
def test_that_without_an_answer_nothing_is_said_of_a_strip(foot, answer):
    foot.show_strip(shown=True)
    foot.show_answer(analysis())
    foot.show_answer(answer)
    foot.show_map(None, BARE)
    assert (foot.name.text(), foot.meaning.text(), shown_sides(foot)) == ("", "", [])


def test_that_without_a_strip_nothing_is_said_of_it(foot):
    foot.show_answer(analysis())
    foot.show_map(None, BARE)
    assert (foot.name.text(), shown_sides(foot)) == ("", [])


@pytest.mark.parametrize("width", [320, 480, 640, 900])
def test_that_words_and_classes_of_the_strip_fit_side_by_side(foot, width):
    foot.resize(width, theme.FOOT)
    foot.show_tests(PASSED)
    foot.show_strip(shown=True)
    foot.show_answer(analysis())
    foot.show_map(None, BARE)
    room = foot.width() - foot.sides.sizeHint().width()
    assert foot.name.fontMetrics().horizontalAdvance(foot.name.text()) <= room


def test_that_one_of_two_findings_is_not_the_absence_of_the_other(foot):
    foot.show_strip(shown=True)
    foot.show_answer(replace(analysis(), task_answer=found.several()))
    assert shown_sides(foot) == ["away from pneumonia", "towards pneumonia"]


def test_that_a_map_of_cells_is_called_by_its_own_tests(foot):
    cells = replace(
        influence(), values=np.zeros((8, 6), np.float32), columns=np.linspace(0.0, 60.0, 7)
    )
    foot.resize(1500, theme.FOOT)
    foot.show_tests(PASSED)
    foot.show_map(cells, MapChoice("influence", grid=True))
    assert "not tested" in foot.meaning.text()
    foot.show_tests(replace(PASSED, grid="passed"))
    assert foot.meaning.text().startswith("By column above.")
    assert foot.meaning.property("rank") == "quiet"


def test_that_a_map_of_cells_on_its_way_is_said(foot):
    foot.show_answer(analysis())
    foot.show_map(None, MapChoice("influence", grid=True))
    assert foot.meaning.text() == "Rows and columns are being measured …"
